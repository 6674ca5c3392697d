"""Step 0014 adds the follow-up of duties: what a matrix of an older base says stays, its day in force is filled in."""

from datetime import date, datetime

from sqlalchemy import text

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.migrate import downgrade, upgrade
from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyState, Matrix, MatrixState, MatrixUnit

SIGNED = datetime(2024, 3, 8, 20, 30, tzinfo=LIMA)  # already the 9th in UTC


def test_an_older_matrix_keeps_its_words_and_learns_its_day(either_db, actor, now):
    db = either_db
    duty = Duty("Aprobar el plan.", responsible="Gerente", due=date(2024, 7, 31), state=DutyState.UNDER_WAY)
    matrix = Matrix("PLAN", units=(MatrixUnit(label="GERENCIA", duties=(duty,)),))
    ids = [service.create_matrix(db, actor=actor, now=now, matrix=matrix) for _ in range(3)]
    for matrix_id in ids[:2]:
        service.set_matrix_state(
            db,
            actor=actor,
            now=SIGNED,
            matrix_id=matrix_id,
            expected_version=1,
            state=MatrixState.IN_FORCE,
        )
    with db.transaction() as session:
        record_audit(
            session,
            actor=actor,
            now=SIGNED.replace(day=20),
            action="matrix.state",
            subject=f"responsibility_matrix:{ids[1]}",
            after={"state": "vigente"},
        )
    downgrade(db.url, "0013")
    upgrade(db.url, "head")
    loaded = [service.load_matrix(db, matrix_id, date(2024, 3, 9)) for matrix_id in ids]
    assert [one.in_force_on for one in loaded] == [date(2024, 3, 8), date(2024, 3, 20), None]
    (kept,) = loaded[0].units[0].duties
    assert (kept.text, kept.responsible, kept.due, kept.state) == (
        duty.text,
        duty.responsible,
        duty.due,
        duty.state,
    )
    assert (kept.officer_id, kept.frequency, kept.link, kept.source_norm) == (None, None, None, "")


def test_a_matrix_in_force_without_a_trail_counts_from_the_day_of_the_step(db):
    with db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO responsibility_matrix (id, title, heading, intro, state, held_by, version) "
                "VALUES (1, 'PLAN', 'H', '', 'vigente', '', 1)"
            )
        )
    downgrade(db.url, "0013")
    upgrade(db.url, "head")
    assert service.load_matrix(db, 1, date(2024, 3, 9)).in_force_on is not None
