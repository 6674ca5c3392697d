"""What the tests of the expedientes ask of a base: what the trail says of an action, which rule refused."""

import json

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database


def trail(db: Database, action: str) -> list[tuple[dict, dict, str]]:
    with db.reading() as session:
        query = text("SELECT before, after, reason FROM audit_entry WHERE action = :action ORDER BY id")
        rows = session.execute(query, {"action": action}).all()
    return [(json.loads(row[0] or "{}"), json.loads(row[1] or "{}"), row[2]) for row in rows]


def refusal(code: str, call, *arguments, **named) -> str:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    return caught.value.sentence
