"""The quarantine: nothing is settled by itself; who, when, which reading and the row of the file are kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from poi_books import Damage, book_of
from poi_office import numbers_of, small_year
from poi_seed import SEED, seed_year
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import GoalKind, quarter_value
from sisfoh_desktop.modules.poi.rules.import_plan import QuarantineLine, read_by_hand
from sisfoh_desktop.modules.poi.rules.importing import Reading
from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.service import importing, quarantine, versions
from sisfoh_desktop.modules.poi.service.reading import load_year
from sisfoh_desktop.modules.poi.store import programme as programme_store

KINDS = ("goal_kind", "direction", "nature", "code")
Settle = Callable[..., int]


@pytest.fixture
def seed(db: Database, actor: Actor, now: datetime) -> int:
    """The seed imported; the id of its file."""
    return importing.import_file(
        db, actor=actor, now=now, year=2019, file_name=SEED.name, data=SEED.read_bytes()
    ).import_id


@pytest.fixture
def settle(db: Database, actor: Actor, now: datetime) -> Settle:
    """Settle a row of the quarantine."""

    def chosen(line: QuarantineLine, reading: Reading, **more: Any) -> int:
        values = {"actor": actor, "now": now, "expected_version": line.version, **more}
        return quarantine.settle(db, line_id=line.id, reading=reading, **values)

    return chosen


def lines_of(db: Database, *, pending_only: bool = True) -> dict[int, QuarantineLine]:
    """The rows of the only plan, by their row in the file."""
    return {one.row.row: one for one in quarantine.list_quarantine(db, 1, pending_only=pending_only)}


def trail(db: Database) -> list[Any]:
    with db.reading() as session:
        rows = session.execute(
            text("SELECT * FROM audit_entry WHERE action = 'poi.settle' ORDER BY id")
        ).all()
    return list(rows)


# --- the seed, to its end ---


def test_the_seed_settled_by_a_person_gives_the_figures_of_its_total(
    db: Database, actor: Actor, now: datetime, seed: int, settle: Settle
):
    lines = lines_of(db)
    single = [(one.id, one.version) for one in lines.values() if one.only_reading]
    assert len(single) == 37
    assert quarantine.settle_many(db, actor=actor, now=now, lines=single) == 37
    left = lines_of(db)
    assert sorted(left) == [8, 12, 13, 15, 32, 36, 37, 69, 86, 100]
    for one in left.values():
        settle(one, (one.readings or one.weaker)[0])

    numbers = numbers_of(db, seed)
    assert (numbers.rows, numbers.accepted, numbers.quarantined, numbers.repaired, numbers.rejected) == (
        90, 43, 0, 47, 0,
    )  # fmt: skip
    year = load_year(db, 1)
    assert [one.activity.title for one in year.activities] == [
        one.activity.title for one in seed_year().activities
    ]
    assert sum(one.activity.annual or 0 for one in year.activities) == 7040
    told = [
        tuple(
            sum(quarter_value(months, quarter, GoalKind.SUM) or 0 for months in column)
            for column in (
                [one.activity.programmed for one in year.activities],
                [one.executed for one in year.activities],
            )
        )
        for quarter in (1, 2, 3)
    ]
    assert told == [(1726, 1722), (1745, 1745), (1747, 1761)]


def test_line_86_may_be_read_by_hand_with_its_quarters_kept(db: Database, seed: int, settle: Settle):
    line = lines_of(db)[86]
    assert not line.readings
    wrong = read_by_hand(line.row, {"e04": Decimal(9)})
    with pytest.raises(RuleError, match="La fila sigue en cuarentena") as refused:
        settle(line, wrong)
    assert refused.value.code in ("quarter_sum", "cell_lost")
    typed = dict(
        zip(
            ("e04", "e05", "e06", "e07", "e08", "e09", "eq1", "pq2", "eq2", "pq3", "eq3"),
            map(Decimal, (9, 8, 8, 9, 9, 9, 27, 25, 25, 27, 27)),
            strict=True,
        )
    )
    activity_id = settle(line, read_by_hand(line.row, typed), reason="Según el reporte de agosto")
    stored = next(one for one in load_year(db, 1).activities if one.activity.id == activity_id)
    assert stored.executed[3:9] == tuple(map(Decimal, (9, 8, 8, 9, 9, 9)))
    assert trail(db)[-1].reason == "Según el reporte de agosto"


# --- what is kept ---


def test_who_when_which_reading_and_the_row_are_kept(
    db: Database, actor: Actor, now: datetime, seed: int, settle: Settle
):
    line = lines_of(db)[12]
    assert line.row.numbers[0].text
    other = Actor(user="planificadora")
    activity_id = settle(line, line.readings[1], actor=other, reason="Lo dice el memorando")
    kept = lines_of(db, pending_only=False)[12]
    assert (kept.state, kept.settled_by, kept.settled_reason) == (
        RowState.REGISTERED, "planificadora", "Lo dice el memorando",
    )  # fmt: skip
    assert kept.settled_at == now
    assert kept.chosen == line.readings[1]
    assert kept.activity_id == activity_id
    assert kept.row == line.row
    entry = trail(db)[-1]
    after = json.loads(entry.after)
    assert entry.actor == "planificadora"
    assert after["row"] == 12
    assert after["assumptions"] == "; ".join(line.readings[1].assumptions)
    assert "→" in after["figures"]
    with db.reading() as session:
        origin = session.execute(
            text("SELECT origin_import_id, origin_row FROM poi_programme WHERE activity_id = :id"),
            {"id": activity_id},
        ).one()
    assert tuple(origin) == (seed, 12)


def test_two_people_settle_the_same_row_and_the_second_is_told(
    db: Database, now: datetime, seed: int, settle: Settle
):
    line = lines_of(db)[7]
    settle(line, line.readings[0], actor=Actor(user="primera"))
    with pytest.raises(RuleError, match="la resolvió primera") as refused:
        settle(line, line.readings[0], actor=Actor(user="segundo"))
    assert refused.value.code == "quarantine_settled"
    assert len(load_year(db, 1).activities) == 44


def test_many_are_settled_all_or_none_and_each_is_in_the_trail(
    db: Database, actor: Actor, now: datetime, seed: int
):
    lines = lines_of(db)
    single = [one for one in lines.values() if one.only_reading][:3]
    wanted = [(one.id, one.version) for one in (*single, lines[12])]
    with pytest.raises(RuleError) as refused:
        quarantine.settle_many(db, actor=actor, now=now, lines=wanted)
    assert refused.value.code == "reading_not_single"
    assert len(lines_of(db)) == 47
    quarantine.settle_many(db, actor=actor, now=now, lines=wanted[:3])
    assert [json.loads(one.after)["row"] for one in trail(db)] == [one.row.row for one in single]


def test_a_row_is_discarded_with_its_reason(db: Database, actor: Actor, now: datetime, seed: int):
    line = lines_of(db)[86]
    values = {"actor": actor, "now": now, "line_id": line.id, "expected_version": line.version}
    with pytest.raises(RuleError) as refused:
        quarantine.discard(db, reason="  ", **values)
    assert refused.value.code == "text_missing"
    quarantine.discard(db, reason="Ya no existe", **values)
    numbers = numbers_of(db, seed)
    assert (numbers.quarantined, numbers.rejected) == (46, 1)
    assert lines_of(db, pending_only=False)[86].state is RowState.DISCARDED


def test_a_row_that_is_another_one_of_its_file_is_not_stored_over_it(
    db: Database, actor: Actor, now: datetime, settle: Settle
):
    told = small_year()
    twice = replace(told, activities=(*told.activities, told.activities[8]))
    importing.import_file(
        db,
        actor=actor,
        now=now,
        year=2024,
        file_name="poi.csv",
        data=book_of(twice, kind="csv", quarter=1, extra=KINDS),
    )
    (line,) = lines_of(db).values()
    assert {one.rule for one in line.findings} == {"activity_repeated"}
    as_it_is = read_by_hand(line.row, {})
    with pytest.raises(RuleError) as refused:
        settle(line, as_it_is)
    assert refused.value.code == "activity_repeated"
    settle(line, as_it_is, texts={"title": "Visitar hogares rurales"})
    assert load_year(db, 1).activities[-1].activity.title == "Visitar hogares rurales"


def test_a_row_settled_after_the_approval_needs_a_new_draft(
    db: Database, actor: Actor, now: datetime, settle: Settle
):
    data = book_of(small_year(), kind="csv", quarter=1, extra=KINDS, damage=[Damage(9, "changed", 0)])
    result = importing.import_file(db, actor=actor, now=now, year=2024, file_name="poi.csv", data=data)
    (line,) = lines_of(db).values()
    versions.approve_version(
        db,
        actor=actor,
        now=now,
        version_id=result.version_id,
        document="Resolución 1",
        document_date=now.date(),
        expected_version=versions.load_version(db, result.version_id).version,
    )
    reading = next(one for one in (*line.readings, *line.weaker) if one.values["p01"] == 40)
    with pytest.raises(RuleError) as refused:
        settle(line, reading)
    assert refused.value.code == "activity_unknown"
    from sisfoh_desktop.modules.poi.rules.facts import Stage

    draft = versions.start_version(db, actor=actor, now=now, plan_id=result.plan_id, stage=Stage.MODIFIED)
    settle(line, reading)
    assert len(versions.load_programme(db, draft)) == 12
    assert len(versions.load_programme(db, result.version_id)) == 11


def test_a_programme_that_differs_is_taken_only_where_a_person_chose_it(
    db: Database, actor: Actor, now: datetime, settle: Settle
):
    def bring(name: str, data: bytes) -> None:
        importing.import_file(db, actor=actor, now=now, year=2024, file_name=name, data=data)

    told = small_year()
    bring("uno.csv", book_of(told, kind="csv", quarter=1, extra=KINDS))
    one = told.activities[8]
    changed = replace(
        one.activity, programmed=(Decimal(60), *one.activity.programmed[1:]), annual=Decimal(610)
    )
    other = replace(
        told,
        activities=(*told.activities[:8], replace(one, activity=changed), *told.activities[9:]),
    )
    bring("dos.csv", book_of(other, kind="csv", quarter=1, extra=KINDS))
    (line,) = lines_of(db).values()
    kept, taken = line.readings
    assert "Se conserva lo programado" in kept.assumptions[0]
    assert (kept.values["p01"], taken.values["p01"]) == (50, 60)
    settle(line, taken)
    assert load_year(db, 1).activities[8].activity.programmed[0] == 60


def test_on_postgresql_as_well(either_db: Database, actor: Actor, now: datetime):
    result = importing.import_file(
        either_db, actor=actor, now=now, year=2019, file_name=SEED.name, data=SEED.read_bytes()
    )
    lines = quarantine.list_quarantine(either_db, result.plan_id)
    single = [(one.id, one.version) for one in lines if one.only_reading]
    quarantine.settle_many(either_db, actor=actor, now=now, lines=single)
    assert numbers_of(either_db, result.import_id).repaired == 37


def test_settling_a_row_reads_the_activities_it_may_mean_and_no_others(
    db: Database, seed: int, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large the plan is, one row costs the same."""
    asked: list[int] = []
    load = programme_store.load_programme

    def counted(*given: Any) -> Any:
        found = load(*given)
        asked.append(len(found))
        return found

    monkeypatch.setattr(programme_store, "load_programme", counted)
    line = lines_of(db)[12]
    settle(line, line.readings[0])
    assert asked == [0]
    assert lines_of(db, pending_only=False)[12].state is RowState.REGISTERED
