"""The token of each user action: present once it has been committed, with the answer that was given."""

from datetime import datetime

from sqlalchemy import String, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ActionTokenRow(Base):
    """One committed user action."""

    __tablename__ = "action_token"

    token: Mapped[str] = mapped_column(String(64), primary_key=True, comment="Identificador de la acción")
    result: Mapped[str] = mapped_column(Text, comment="Respuesta dada, en JSON")
    made_at: Mapped[datetime] = mapped_column(
        UtcDateTime, server_default=func.current_timestamp(), comment="Momento en la base (UTC)"
    )
