"""How each frozen version of an act is kept in words, so that the next one can be compared with it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ResolucionVersionRow(Base):
    """What an act said when it was frozen; written once, in the commit of the freeze."""

    __tablename__ = "resolucion_version"

    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), primary_key=True, comment="Resolución"
    )
    draft_round: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Vuelta del borrador, desde 1"
    )
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Cuándo se congeló")
    number_text: Mapped[str] = mapped_column(String(120), comment="Número como se imprimió")
    parts: Mapped[str] = mapped_column(
        Text, comment="Lista JSON de sus partes como se leyeron: kind, name, text"
    )
