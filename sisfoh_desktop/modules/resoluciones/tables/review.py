"""How findings accepted with a reason lie in the database: rows that are only added."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ResolucionAcceptanceRow(Base):
    """One acceptance of a finding, or its withdrawal; the last row of a finding is the one that counts."""

    __tablename__ = "resolucion_acceptance"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Orden, desde 1")
    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), index=True, comment="Resolución en la que se halló"
    )
    code: Mapped[str] = mapped_column(String(60), comment="Código de la regla, p. ej. norm_number_differs")
    fingerprint: Mapped[str] = mapped_column(
        String(64), comment="Huella de lo comparado: si cambia, la aceptación deja de valer"
    )
    sentence: Mapped[str] = mapped_column(Text, comment="Lo que decía la observación")
    reason: Mapped[str] = mapped_column(Text, comment="Motivo que dio quien la aceptó o la retiró")
    withdrawn: Mapped[bool] = mapped_column(Boolean, comment="Si esta fila retira la aceptación anterior")
    accepted_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la aceptó o la retiró")
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
