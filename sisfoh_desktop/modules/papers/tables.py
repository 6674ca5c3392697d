"""How series, numbers, papers, their rounds and their revisions lie in the database."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class PaperSeriesRow(Base):
    """A numbered series."""

    __tablename__ = "paper_series"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    kind: Mapped[str] = mapped_column(
        String(40), unique=True, comment="Clave de la serie, p. ej. resolucion_gm"
    )
    title: Mapped[str] = mapped_column(
        String(200), comment="Nombre del documento, p. ej. Resolución de Gerencia"
    )
    mask: Mapped[str] = mapped_column(String(80), comment="Forma del número, p. ej. {n:03d}-{year}-GM/MPT")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class PaperSeriesYearRow(Base):
    """Where a series stands in a year."""

    __tablename__ = "paper_series_year"
    __table_args__ = (CheckConstraint("last_number >= start_after AND start_after >= 0", name="order"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("paper_series.id"), primary_key=True, comment="Serie")
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, comment="Año")
    last_number: Mapped[int] = mapped_column(Integer, comment="Último número dado")
    start_after: Mapped[int] = mapped_column(Integer, comment="Último número usado antes de este programa")
    start_reason: Mapped[str] = mapped_column(Text, comment="Por qué la serie no empieza en 1")


class PaperNumberRow(Base):
    """One number given out; it stays for ever."""

    __tablename__ = "paper_number"
    __table_args__ = (UniqueConstraint("series_id", "year", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    series_id: Mapped[int] = mapped_column(ForeignKey("paper_series.id"), comment="Serie")
    year: Mapped[int] = mapped_column(Integer, comment="Año")
    number: Mapped[int] = mapped_column(Integer, comment="Correlativo")
    text: Mapped[str] = mapped_column(String(120), comment="Número como se imprime")
    state: Mapped[str] = mapped_column(String(20), comment="reservado, emitido, anulado o hecho fuera")
    subject: Mapped[str] = mapped_column(String(120), index=True, comment="Registro que lo pidió")
    explanation: Mapped[str] = mapped_column(Text, comment="Motivo de la anulación o estado en palabras")
    reserved_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento de la reserva (UTC)")
    reserved_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo reservó")


class PaperOutsideRow(Base):
    """A document made outside this program, by the number that it used; it stays for ever."""

    __tablename__ = "paper_outside"

    number_id: Mapped[int] = mapped_column(
        ForeignKey("paper_number.id"), primary_key=True, autoincrement=False, comment="Número que usó"
    )
    dated: Mapped[date] = mapped_column(Date, comment="Fecha del documento")
    title: Mapped[str] = mapped_column(String(600), comment="De qué trata")
    scan_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 de su copia escaneada en el archivo; vacío si no se guardó"
    )


_HOLDS_ITS_NUMBER = text("state <> 'observada'")


class PaperRow(Base):
    """An emitted paper. A refused version leaves its number to the next one, and both name it."""

    __tablename__ = "paper"
    __table_args__ = (
        Index(
            "uq_paper_number_id",
            "number_id",
            unique=True,
            sqlite_where=_HOLDS_ITS_NUMBER,
            postgresql_where=_HOLDS_ITS_NUMBER,
        ),
    )

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


class PaperRevisionRow(Base):
    """The bytes of a paper after the freeze and after each signature."""

    __tablename__ = "paper_revision"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True, comment="Documento")
    revision: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="0 al congelar, luego una por firma"
    )
    sha256: Mapped[str] = mapped_column(String(64), index=True, comment="SHA-256 de los bytes archivados")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    made_by: Mapped[str] = mapped_column(String(120), comment="Usuario")
