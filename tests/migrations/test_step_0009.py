"""Step 0009 fills in, from the trail, the day on which an expediente got its resolución."""

from datetime import date, datetime

from sqlalchemy import text

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.migrate import downgrade, upgrade


def test_the_day_of_the_resolucion_is_read_from_the_trail(either_db, actor):
    signed = datetime(2024, 3, 8, 20, 30, tzinfo=LIMA)  # already the 9th in UTC
    with either_db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO expediente (id, title, code, registry_number, opened_on, state, version) "
                "VALUES (:id, 'Plan', '', '', '2024-01-12', :state, 2)"
            ),
            [{"id": 1, "state": "con_resolucion"}, {"id": 2, "state": "en_tramite"}],
        )
        record_audit(
            session, actor=actor, now=signed, action="expediente.resolve", subject="expediente:1", after={}
        )
    downgrade(either_db.url, "0008")
    upgrade(either_db.url, "head")
    with either_db.reading() as session:
        days = session.execute(text("SELECT resolved_on FROM expediente ORDER BY id")).scalars().all()
    assert [str(day) if day else None for day in days] == [str(date(2024, 3, 8)), None]
