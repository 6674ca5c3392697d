"""The reviews of who may do what."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class AccessReviewRow(Base):
    """A review of who may do what, with what was decided for each user."""

    __tablename__ = "access_review"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento de la revisión (UTC)")
    reviewed_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la hizo")
    findings: Mapped[str] = mapped_column(
        Text, comment="Cada usuario con sus roles, última entrada y lo decidido, en JSON"
    )
    note: Mapped[str] = mapped_column(Text, comment="Observación; vacío si no hay")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id"), comment="Constancia impresa; vacío si no se emitió"
    )
