"""How expedientes, their documents and the rows of detail lie in the database."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ExpedienteRow(Base):
    """A file of documents that leads to an act."""

    __tablename__ = "expediente"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    title: Mapped[str] = mapped_column(Text, comment="Asunto del expediente")
    code: Mapped[str] = mapped_column(String(300), index=True, comment="Código; vacío si no tiene")
    registry_number: Mapped[str] = mapped_column(
        String(300), comment="Registro de ingreso; vacío si no tiene"
    )
    plan_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan.id"), index=True, comment="Plan del que trata; vacío si no trata de un plan"
    )
    opened_on: Mapped[date] = mapped_column(Date, comment="Fecha de apertura")
    state: Mapped[str] = mapped_column(
        String(20), index=True, comment="en_tramite, con_resolucion o archivado"
    )
    resolved_on: Mapped[date | None] = mapped_column(
        Date, comment="Día en que se firmó su resolución; vacío mientras no la tiene"
    )
    version: Mapped[int] = mapped_column(
        Integer, comment="Versión de sus datos generales; cada documento tiene la suya"
    )


class ExpedienteDocumentRow(Base):
    """A document of the chain, as it was told."""

    __tablename__ = "expediente_document"
    __table_args__ = (
        UniqueConstraint("expediente_id", "key"),
        Index(None, "expediente_id", "dated"),
        Index(None, "kind", "number_year", "number_value"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), comment="Expediente")
    key: Mapped[str] = mapped_column(
        String(80), comment="Clave para citarlo en un texto, p. ej. memorando_541"
    )
    kind: Mapped[str] = mapped_column(String(20), comment="Tipo: informe, memorando, oficio, ...")
    kind_word: Mapped[str] = mapped_column(
        String(300), comment="Palabra del tipo como se lee; vacío, la usual"
    )
    number_text: Mapped[str] = mapped_column(String(120), comment="Número como se escribió, o S/N")
    number_value: Mapped[int | None] = mapped_column(
        BigInteger, comment="Correlativo; vacío si no tiene número"
    )
    number_year: Mapped[int | None] = mapped_column(Integer, comment="Año del número")
    dated: Mapped[date] = mapped_column(Date, comment="Fecha del documento")
    received_on: Mapped[date | None] = mapped_column(Date, comment="Fecha de recepción; vacío si no se sabe")
    registry_number: Mapped[str] = mapped_column(String(300), comment="Registro, como se lee en el documento")
    folios: Mapped[int | None] = mapped_column(Integer, comment="Número de folios; vacío si no se contó")
    from_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), comment="Unidad que lo envía")
    from_name: Mapped[str] = mapped_column(String(300), comment="Nombre de quien lo envía, de entonces")
    from_siglas: Mapped[str] = mapped_column(String(300), comment="Siglas de quien lo envía, de entonces")
    from_person: Mapped[str] = mapped_column(String(300), comment="Persona que lo envía")
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), comment="Unidad que lo recibe")
    to_name: Mapped[str] = mapped_column(String(300), comment="Nombre de quien lo recibe, de entonces")
    to_siglas: Mapped[str] = mapped_column(String(300), comment="Siglas de quien lo recibe, de entonces")
    to_person: Mapped[str] = mapped_column(String(300), comment="Persona que lo recibe")
    subject: Mapped[str] = mapped_column(Text, comment="Asunto")
    says: Mapped[str] = mapped_column(Text, comment="Lo que dice, un párrafo por línea")
    opinion: Mapped[str] = mapped_column(
        String(20), comment="ninguna, favorable, con_condiciones, desfavorable o pide_ampliacion"
    )
    opening: Mapped[str] = mapped_column(
        String(300), comment="Comienzo de su considerando; vacío, Que, mediante"
    )
    told_by: Mapped[str] = mapped_column(
        String(300), comment="Quién lo dice en el considerando; vacío, quien lo envía"
    )
    considerando_citation: Mapped[str] = mapped_column(
        String(300), comment="Cita en el considerando; vacío, la usual"
    )
    vistos_citation: Mapped[str] = mapped_column(String(300), comment="Cita en los vistos; vacío, la usual")
    vistos_issuer: Mapped[str | None] = mapped_column(
        String(300), comment="Quién lo emite según los vistos; sin valor, quien lo envía; vacío, nadie"
    )
    vistos_registry: Mapped[str] = mapped_column(String(300), comment="Registro según los vistos")
    in_vistos: Mapped[bool] = mapped_column(Boolean, comment="Si figura en los vistos")
    vistos_order: Mapped[int] = mapped_column(Integer, comment="Orden en los vistos; 0, después de los demás")
    with_table: Mapped[bool] = mapped_column(
        Boolean, comment="Si después de lo que dice va la estructura funcional programática"
    )
    asks_reply: Mapped[bool] = mapped_column(Boolean, comment="Si pide respuesta")
    responds_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("expediente_document.id"), comment="Documento al que responde"
    )
    file_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 del archivo adjunto; vacío si no hay"
    )
    file_name: Mapped[str] = mapped_column(String(300), comment="Nombre del archivo adjunto")
    file_size: Mapped[int] = mapped_column(Integer, comment="Tamaño del archivo adjunto, en bytes")
    file_pages: Mapped[int] = mapped_column(Integer, comment="Páginas del archivo adjunto")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo registró")
    withdrawn_reason: Mapped[str] = mapped_column(
        Text, comment="Motivo por el que se retiró de la cadena; vacío si está en ella"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Versión del registro")
