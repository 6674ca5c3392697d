"""How the recovery sheets of administrators lie in the database."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class RecoverySheetRow(Base):
    """The sheet in a sealed envelope with which an administrator gets in again, once; gone when it was used."""

    __tablename__ = "recovery_sheet"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    user_id: Mapped[int] = mapped_column(
        ForeignKey("app_user.id"), unique=True, comment="De qué administrador es"
    )
    code_hash: Mapped[str] = mapped_column(
        String(200), comment="Clave de la hoja impresa, por argon2id; vale una sola vez"
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Cuándo se imprimió la hoja (UTC)")
