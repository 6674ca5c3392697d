"""Series, their counters, the numbers given out and what took one outside the program."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
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
