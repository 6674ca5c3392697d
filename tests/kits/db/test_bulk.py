"""Many rows in one statement: the same values as by any other door, on both databases."""

from datetime import datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, select

from sisfoh_desktop.db.bulk import insert_rows
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.types import UtcDateTime
from sisfoh_desktop.modules.poi.tables import PoiActivityRow, PoiExecutionRow, PoiPlanRow

ACTIVITIES = cast(Table, PoiActivityRow.__table__)
CELLS = cast(Table, PoiExecutionRow.__table__)
NAMES = (
    "activity_id", "month", "physical", "money", "motive", "motive_text", "corrective", "imported",
    "registered_at", "registered_by", "version",
)  # fmt: skip


def test_every_kind_of_value_comes_back_as_it_was_told(either_db: Database, now: datetime) -> None:
    text = "100 % «sí», ñandú's {x} ?"
    rows = [
        (1, 1, Decimal("2.5000"), None, "", text, "", True, now, "ana", 1),
        (1, 2, None, Decimal("10.50"), "weather", "", text, False, now, "ana", 1),
        (2, 1, Decimal(0), Decimal(0), "", "", "", True, now, "luz", 1),
    ]
    with either_db.transaction() as session:
        session.add(
            PoiPlanRow(id=1, year=2026, title="Plan", tolerance_below=Decimal(5), tolerance_above=Decimal(5))
        )
        insert_rows(session, ACTIVITIES, ("id", "plan_id"), [(1, 1), (2, 1)])
        insert_rows(session, CELLS, NAMES, rows)
        insert_rows(session, CELLS, NAMES, [])
    with either_db.reading() as session:
        query = select(*(CELLS.c[name] for name in NAMES)).order_by(CELLS.c.activity_id, CELLS.c.month)
        kept = [tuple(row) for row in session.execute(query)]
    assert kept == rows
    assert isinstance(CELLS.c.registered_at.type, UtcDateTime)


def test_more_rows_than_are_sent_at_once_arrive_in_order(either_db: Database) -> None:
    with either_db.transaction() as session:
        session.add(
            PoiPlanRow(id=1, year=2026, title="Plan", tolerance_below=Decimal(5), tolerance_above=Decimal(5))
        )
        insert_rows(session, ACTIVITIES, ("id", "plan_id"), ((number, 1) for number in range(1, 20_106)))
    with either_db.reading() as session:
        assert list(session.scalars(select(ACTIVITIES.c.id).order_by(ACTIVITIES.c.id))) == list(
            range(1, 20_106)
        )
