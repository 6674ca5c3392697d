"""What shows that a duty was done."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class DutyEvidenceRow(Base):
    """An entry of evidence of a duty, or one that withdraws another; only ever added."""

    __tablename__ = "duty_evidence"
    __table_args__ = (Index(None, "duty_id", "day"), Index(None, "record_kind", "record_id"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    duty_id: Mapped[int] = mapped_column(ForeignKey("responsibility_duty.id"), comment="Función que prueba")
    kind: Mapped[str] = mapped_column(String(20), comment="nota, archivo, registro o anulacion")
    text: Mapped[str] = mapped_column(Text, comment="Lo que prueba; en una anulación, el motivo")
    day: Mapped[date] = mapped_column(Date, comment="Día del hecho que prueba")
    file_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 del archivo guardado; vacío si no hay"
    )
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo; vacío si no hay")
    record_kind: Mapped[str] = mapped_column(
        String(40), comment="Clase del registro de otro módulo; vacío si no es de otro módulo"
    )
    record_id: Mapped[int | None] = mapped_column(
        Integer, comment="Identificador del registro en su módulo; vacío si no es de otro módulo"
    )
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("duty_evidence.id"),
        unique=True,
        comment="Evidencia que esta anulación retira; vacío si no es una anulación",
    )
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    recorded_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la registró")
