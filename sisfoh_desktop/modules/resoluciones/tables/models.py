"""How the models of acts lie in the database: each save is a version of its own, and no version ever changes."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ActModelRow(Base):
    """A model of acts; what it says is in its last version."""

    __tablename__ = "act_model"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    shipped_key: Mapped[str | None] = mapped_column(
        String(80), unique=True, comment="Clave entre los modelos del programa; vacío si lo hizo la oficina"
    )
    last_number: Mapped[int] = mapped_column(Integer, comment="Número de su última versión")
    retired: Mapped[bool] = mapped_column(Boolean, comment="Si ya no se ofrece para actos nuevos")
    version: Mapped[int] = mapped_column(
        Integer, comment="Sube con cada cambio; evita pisar el de otra persona"
    )


class ActModelVersionRow(Base):
    """What a model said from one save to the next."""

    __tablename__ = "act_model_version"
    __table_args__ = (UniqueConstraint("model_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    model_id: Mapped[int] = mapped_column(ForeignKey("act_model.id"), index=True, comment="Modelo")
    number: Mapped[int] = mapped_column(Integer, comment="Número de la versión, desde 1")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Cuándo se guardó")
    saved_by: Mapped[str] = mapped_column(String(120), comment="Quién la guardó")
    name: Mapped[str] = mapped_column(String(300), comment="Nombre del modelo")
    organ: Mapped[str] = mapped_column(String(300), comment="Órgano que emite el acto")
    source: Mapped[str] = mapped_column(Text, comment="De dónde sale el modelo")
    series_title: Mapped[str] = mapped_column(String(300), comment="Serie de sus números")
    series_mask: Mapped[str] = mapped_column(String(300), comment="Molde de sus números")
    matter: Mapped[str] = mapped_column(Text, comment="Asunto con que empieza un acto")
    act_name: Mapped[str] = mapped_column(String(300), comment="Nombre del acto como se imprime")
    number_word: Mapped[str] = mapped_column(String(20), comment="Lo que va antes del número: N°, N.°, Nº")
    vistos_heading: Mapped[str] = mapped_column(String(300), comment="Rótulo de los vistos")
    vistos_one: Mapped[str] = mapped_column(
        String(300), comment="Rótulo cuando se cita un solo documento; vacío, el mismo"
    )
    vistos_form: Mapped[str] = mapped_column(
        Text, comment="Cómo se cuentan los vistos: {documentos} y {asunto} en su lugar"
    )
    considerando_heading: Mapped[str] = mapped_column(String(300), comment="Rótulo de los considerandos")
    resuelve_heading: Mapped[str] = mapped_column(String(300), comment="Rótulo de los artículos")
    entity_line: Mapped[str] = mapped_column(String(300), comment="Línea de la entidad sobre la firma")
    article_style: Mapped[str] = mapped_column(
        String(60), comment="Molde de la cabeza de un artículo: {ordinal}, {Ordinal} o {n}"
    )
    closing: Mapped[str] = mapped_column(Text, comment="Fórmula de cierre")
    copies: Mapped[str] = mapped_column(Text, comment="Con copia, uno por línea")


class ActModelTextRow(Base):
    """A fixed text of a version: considerando, estando or article."""

    __tablename__ = "act_model_text"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("act_model_version.id"), primary_key=True, comment="Versión del modelo"
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Orden, desde 1"
    )
    kind: Mapped[str] = mapped_column(String(20), comment="considerando, estando o articulo")
    text: Mapped[str] = mapped_column(Text, comment="Texto con datos entre llaves, un párrafo por línea")
    origin: Mapped[str] = mapped_column(String(20), comment="base_legal, plan o modelo")
    table_kind: Mapped[str] = mapped_column(
        String(20), comment="functional_chain o vacío: la tabla que va después"
    )


class ActModelPlaceRow(Base):
    """A unit whose head must sign acts of this model, by its siglas: units are dated, models are not."""

    __tablename__ = "act_model_place"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("act_model_version.id"), primary_key=True, comment="Versión del modelo"
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Orden en la ronda, desde 1"
    )
    role: Mapped[str] = mapped_column(String(20), comment="visto_bueno o autor")
    siglas: Mapped[str] = mapped_column(String(60), comment="Siglas de la unidad orgánica")
    position_text: Mapped[str] = mapped_column(
        String(300), comment="Cargo que se imprime; vacío, el del responsable"
    )
