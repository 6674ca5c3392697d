"""A frozen paper and the round of its signers."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime

_ONE_LIVE = "uq_paper_number_id"
_HOLDS_ITS_NUMBER = text("state <> 'observada'")


class PaperRow(Base):
    """An emitted paper. A refused version leaves its number to the next one, and both name it."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    kind: Mapped[str] = mapped_column(String(40), comment="Clase de documento")
    title: Mapped[str] = mapped_column(String(600), comment="Título para las listas")
    number_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper_number.id"), comment="Número; vacío si el documento no lleva"
    )
    number_text: Mapped[str] = mapped_column(String(120), index=True, comment="Número como se imprime")
    dated: Mapped[date] = mapped_column(Date, comment="Fecha del documento")
    subject: Mapped[str] = mapped_column(String(120), index=True, comment="Registro del que salió")
    state: Mapped[str] = mapped_column(
        String(20), comment="congelada, en_firma, firmada, anulada u observada"
    )
    pages: Mapped[int] = mapped_column(Integer, comment="Número de páginas")
    frozen_sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 de los bytes congelados")
    current_sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 de la última revisión")
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento en que se congeló (UTC)")
    frozen_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo congeló")
    annul_reason: Mapped[str] = mapped_column(Text, comment="Motivo de la anulación")
    edition: Mapped[int] = mapped_column(
        Integer, server_default="1", comment="Versión del documento, 2 tras la primera observada o anulada"
    )
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), comment="Versión anterior")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


@event.listens_for(PaperRow.__table__, "before_create")
def _one_live_version_a_number(table: Table, *_event: object, **_options: object) -> None:
    """Only where the table is made: each of the two words would load all of its database's dialect at the start."""
    if _ONE_LIVE not in {index.name for index in table.indexes}:
        Index(
            _ONE_LIVE,
            table.c.number_id,
            unique=True,
            sqlite_where=_HOLDS_ITS_NUMBER,
            postgresql_where=_HOLDS_ITS_NUMBER,
        )


class PaperSignerRow(Base):
    """A place in a paper's round."""

    __tablename__ = "paper_signer"
    __table_args__ = (UniqueConstraint("paper_id", "field"), UniqueConstraint("paper_id", "turn"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), comment="Documento")
    turn: Mapped[int] = mapped_column(Integer, comment="Orden en la ronda, desde 1")
    field: Mapped[str] = mapped_column(String(60), comment="Campo de firma en el PDF")
    role: Mapped[str] = mapped_column(String(20), comment="visto_bueno, parte o autor")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="Responsable registrado")
    name: Mapped[str] = mapped_column(String(300), comment="Nombre esperado; vacío si no está registrado")
    position: Mapped[str] = mapped_column(String(300), comment="Cargo")
    unit: Mapped[str] = mapped_column(String(200), comment="Unidad de organización")
    dni: Mapped[str] = mapped_column(String(8), comment="DNI esperado; vacío si no está registrado")
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="Momento de la firma (UTC)")
    certificate_name: Mapped[str] = mapped_column(String(300), comment="Nombre que dice el certificado usado")
    acting: Mapped[bool] = mapped_column(Boolean, server_default=false(), comment="Encargado (e)")
    appointed_by: Mapped[str] = mapped_column(
        String(300), server_default="", comment="Documento que designa o encarga a quien firma"
    )
    route: Mapped[str] = mapped_column(
        String(10), server_default="", comment="dentro, fuera o tinta; vacío si no firmó"
    )
    signed_field: Mapped[str] = mapped_column(
        String(200), server_default="", comment="Campo del PDF en que quedó la firma"
    )
    exported_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Última salida para firmar fuera (UTC)"
    )
    signed_on: Mapped[date | None] = mapped_column(Date, comment="Día de la firma en tinta")
    pages: Mapped[str] = mapped_column(
        String(200), server_default="", comment="Páginas firmadas en tinta, p. ej. 1-6"
    )
    scan_sha256: Mapped[str] = mapped_column(
        String(64), server_default="", comment="SHA-256 del escaneo de la firma en tinta"
    )
    note: Mapped[str] = mapped_column(Text, server_default="", comment="Nota de quien registró la firma")
    recorded_by: Mapped[str] = mapped_column(
        String(120), server_default="", comment="Usuario que registró la firma o la observación"
    )
    refused_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Momento en que observó el documento (UTC)"
    )
    refuse_reason: Mapped[str] = mapped_column(Text, server_default="", comment="Motivo de la observación")
