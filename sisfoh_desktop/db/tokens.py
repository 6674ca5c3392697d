"""The token of each user action: present once it has been committed, with the answer that was given."""

from datetime import datetime
from typing import cast

from sqlalchemy import String, Table, Text, bindparam, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

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


# Core statements made once: every user action passes here
_TOKENS = cast(Table, ActionTokenRow.__table__)
_EARLIER = select(_TOKENS.c.result).where(_TOKENS.c.token == bindparam("wanted"))
_REMEMBER = insert(_TOKENS)


def find_result(session: Session, token: str) -> str | None:
    """The answer, in JSON, to the action of this token; None while none was committed."""
    return session.scalar(_EARLIER, {"wanted": token})


def keep_result(session: Session, token: str, result: str) -> None:
    """Remember the answer, in JSON, with the action that is being committed."""
    session.execute(_REMEMBER, {"token": token, "result": result})
