"""A matrix as it stood."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ResponsibilitySnapshotRow(Base):
    """What a matrix said when an act printed it or it came into force; only ever added."""

    __tablename__ = "responsibility_snapshot"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden")
    matrix_id: Mapped[int] = mapped_column(
        ForeignKey("responsibility_matrix.id"), index=True, comment="Matriz"
    )
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    taken_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la congeló o puso en vigencia")
    occasion: Mapped[str] = mapped_column(String(200), comment="Por qué se guardó")
    contents: Mapped[str] = mapped_column(
        Text, comment="Sus textos, unidades y funciones de entonces, en JSON"
    )
