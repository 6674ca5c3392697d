"""How what heads an act lies in the database."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class ResolucionRow(Base):
    """An act, from draft to signature."""

    __tablename__ = "resolucion"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    expediente_id: Mapped[int] = mapped_column(
        ForeignKey("expediente.id"), index=True, comment="Expediente del que sale"
    )
    plan_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan.id"), index=True, comment="Plan que aprueba; vacío si no aprueba un plan"
    )
    series_id: Mapped[int] = mapped_column(ForeignKey("paper_series.id"), comment="Serie de su número")
    matter: Mapped[str] = mapped_column(Text, comment="Asunto, como completa «sobre …» en los vistos")
    act_name: Mapped[str] = mapped_column(String(300), comment="Nombre del acto como se imprime")
    vistos_heading: Mapped[str] = mapped_column(String(300), comment="Rótulo de los vistos")
    considerando_heading: Mapped[str] = mapped_column(String(300), comment="Rótulo de los considerandos")
    resuelve_heading: Mapped[str] = mapped_column(String(300), comment="Rótulo de los artículos")
    entity_line: Mapped[str] = mapped_column(String(300), comment="Línea de la entidad sobre la firma")
    initials: Mapped[str] = mapped_column(String(300), comment="Iniciales de quienes lo redactaron")
    article_style: Mapped[str] = mapped_column(
        String(60), comment="Molde de la cabeza de un artículo: {ordinal}, {Ordinal} o {n}"
    )
    number_word: Mapped[str] = mapped_column(String(20), comment="Lo que va antes del número: N°, N.°, Nº")
    vistos_one: Mapped[str] = mapped_column(
        String(300), comment="Rótulo cuando se cita un solo documento; vacío, el mismo"
    )
    vistos_form: Mapped[str] = mapped_column(
        Text, comment="Cómo se cuentan los vistos: {documentos} y {asunto} en su lugar"
    )
    model_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("act_model_version.id"), index=True, comment="Versión del modelo con que empezó"
    )
    dated: Mapped[date] = mapped_column(Date, comment="Fecha del acto")
    with_annex: Mapped[bool] = mapped_column(Boolean, comment="Si lleva el Anexo N° 01 de la matriz del plan")
    state: Mapped[str] = mapped_column(
        String(20), index=True, comment="borrador, congelada, en_firma, firmada o notificada"
    )
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id"), index=True, comment="Documento congelado; vacío en borrador"
    )
    number_text: Mapped[str] = mapped_column(
        String(120), index=True, comment="Número como se imprime; vacío en borrador"
    )
    draft_round: Mapped[int] = mapped_column(Integer, comment="Vuelta del borrador: 2 tras una anulación")
    version: Mapped[int] = mapped_column(Integer, comment="Versión, con sus bloques, firmantes y textos")
