"""The service of the office as its tests call it: with its usual arguments, and what it refuses."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office.rules import Municipality

TACNA = Municipality(
    "Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna", "www.munitacna.gob.pe"
)
MARCH = date(2024, 3, 8)


class Desk:
    """The service with its usual three arguments filled in."""

    def __init__(self, db: Database, actor: Actor, now: datetime) -> None:
        self.db, self.actor, self.now = db, actor, now

    def do(self, verb: Any, **what: Any) -> Any:
        return verb(self.db, actor=self.actor, now=self.now, **what)

    def trail(self) -> list[tuple[str, str, Any, Any, str]]:
        with self.db.reading() as session:
            rows = session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.id)).all()
        return [
            (
                row.action,
                row.subject,
                json.loads(row.before or "null"),
                json.loads(row.after or "null"),
                row.reason,
            )
            for row in rows
        ]


def refused(code: str, call: Any, *args: Any, **what: Any) -> str:
    with pytest.raises(RuleError) as refusal:
        call(*args, **what)
    assert refusal.value.code == code
    return refusal.value.sentence
