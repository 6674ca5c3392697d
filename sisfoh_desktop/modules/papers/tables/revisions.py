"""The PDF of a paper after each signature."""

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


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
