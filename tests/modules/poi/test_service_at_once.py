"""Several people at the same moment: months that close while versions are approved, drafts, cells, files, quarantine.

Whatever the order turns out to be, the trail tells one that could have happened and `comprobar` finds nothing.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from poi_books import Damage, book_of
from poi_office import PoiOffice, small_year
from sqlalchemy import select

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.poi.rules.facts import Activity, Execution, Stage
from sisfoh_desktop.modules.poi.service import drafting, following, importing, quarantine, versions
from sisfoh_desktop.modules.poi.service.checking import check_poi

ROUNDS = 8
KINDS = ("goal_kind", "direction", "nature", "code")


def at_once(*jobs: Callable[[int], object], rounds: int = ROUNDS) -> Counter[str]:
    """Each job in its own thread, several times; how often each was told what."""
    told: Counter[str] = Counter()
    strange: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def work(job: Callable[[int], object]) -> None:
        start.wait()
        for turn in range(rounds):
            try:
                job(turn)
                told["done"] += 1
            except RuleError as refused:
                told[refused.code] += 1
            except StaleRow:
                told["stale"] += 1
            except BaseException as error:
                strange.append(error)
                return

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert strange == []
    return told


def trail(office: PoiOffice, *actions: str) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    """Action, what was before and what came after, in order."""
    with office.db.reading() as session:
        rows = session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.id)).all()
        return [
            (row.action, json.loads(row.before or "{}"), json.loads(row.after or "{}"))
            for row in rows
            if row.action in actions
        ]


def assert_sound(office: PoiOffice) -> None:
    assert [check.detail for check in check_poi(office.db) if not check.ok] == []


def approve(office: PoiOffice, version_id: int, user: str = "planeamiento") -> None:
    versions.approve_version(
        office.db,
        actor=Actor(user),
        now=office.now,
        version_id=version_id,
        document="Resolución 9",
        document_date=date(2024, 3, 7),
        expected_version=versions.load_version(office.db, version_id).version,
    )


def start(office: PoiOffice, stage: Stage = Stage.MODIFIED) -> int:
    return versions.start_version(
        office.db, actor=Actor("planeamiento"), now=office.now, plan_id=office.plan, stage=stage
    )


def close_and_reopen(office: PoiOffice) -> Callable[[int], None]:
    """Closes the next open month up to March, and opens January again at every third turn."""

    def job(turn: int) -> None:
        months = following.list_months(office.db, office.plan)
        told = {"actor": Actor("jefa"), "now": office.now, "plan_id": office.plan}
        if turn % 3 == 2:
            following.reopen_month(
                office.db, **told, month=1, document="Memorando 3", reason="Error de registro"
            )
            return
        month = next((one for one in months[:3] if not one.closed), months[2])
        following.close_month(
            office.db, **told, month=month.month, expected_version=month.version, reason="Se debe"
        )

    return job


def with_month(activity: Activity, month: int, value: int) -> Activity:
    """Another figure programmed in a month, with the goal as much higher."""
    months = list(activity.programmed)
    annual = (activity.annual or 0) + value - (months[month - 1] or 0)
    months[month - 1] = Decimal(value)
    return replace(activity, programmed=tuple(months), annual=annual)


def test_a_version_approved_while_months_close_keeps_what_was_closed(either_poi: PoiOffice) -> None:
    office = either_poi
    office.approve()

    def modify(turn: int) -> None:
        drafts = [one for one in versions.list_versions(office.db, office.plan) if one.is_draft]
        draft = drafts[0].id if drafts else start(office)
        known = {one.id: one for one in versions.load_programme(office.db, draft)}
        changed = with_month(known[office.ids[8]], 1 + turn % 3, 40 + turn)
        drafting.save_programme(
            office.db, actor=Actor("planeamiento"), now=office.now, version_id=draft, changes=[changed]
        )

    def put_in_force(_turn: int) -> None:
        drafts = [one for one in versions.list_versions(office.db, office.plan) if one.is_draft]
        if drafts:
            approve(office, drafts[0].id)

    told = at_once(modify, put_in_force, close_and_reopen(office))
    assert told["done"]
    assert_sound(office)


def test_two_planners_on_one_draft_lose_nothing(either_poi: PoiOffice) -> None:
    office = either_poi
    saved: Counter[str] = Counter()

    def planner(name: str, number: int) -> Callable[[int], None]:
        def job(turn: int) -> None:
            mine = with_month(office.activity(number), 5, turn + 1)
            shared = with_month(office.activity(0), 6, 10 * number + turn)
            drafting.save_programme(
                office.db,
                actor=Actor(name),
                now=office.now,
                version_id=office.version,
                changes=[mine, shared],
            )
            saved[name] += 1

        return job

    told = at_once(planner("ana", 2), planner("beto", 4))
    assert told["done"] + told["stale"] == 2 * ROUNDS
    history = [
        (before["p06"], after["p06"])
        for _action, before, after in trail(office, "poi_activity.save")
        if "p06" in after
    ]
    assert all(one[1] == other[0] for one, other in pairwise(history))
    assert Decimal(str(history[-1][1])) == office.activity(0).programmed[5]
    assert sum(saved.values()) == told["done"]


def test_one_of_two_drafts_is_started_and_one_of_two_plans_is_approved(either_poi: PoiOffice) -> None:
    office = either_poi
    told = at_once(
        lambda _turn: approve(office, office.version, "ana"),
        lambda _turn: approve(office, office.version, "beto"),
        rounds=1,
    )
    assert told["done"] == 1
    told = at_once(lambda _turn: start(office), lambda _turn: start(office), rounds=1)
    assert told == {"done": 1, "draft_exists": 1}
    assert_sound(office)


def test_the_same_file_twice_at_once_is_stored_once(either_poi: PoiOffice) -> None:
    office = either_poi
    data = book_of(small_year(2023), kind="csv", quarter=1, extra=KINDS)
    plan = importing.check_file(office.db, year=2023, file_name="poi.csv", data=data, now=office.now)

    def bring(_turn: int) -> None:
        importing.import_file(
            office.db,
            actor=office.actor,
            now=office.now,
            year=2023,
            file_name="poi.csv",
            data=data,
            expected=plan,
        )

    told = at_once(bring, bring, bring, rounds=1)
    assert told == {"done": 1, "import_repeated": 2}
    assert len(importing.list_imports(office.db, office.plan + 1)) == 1
    assert_sound(office)


def test_a_token_used_by_two_at_once_imports_once_and_both_are_told_the_same(either_poi: PoiOffice) -> None:
    office = either_poi
    data = book_of(small_year(2023), kind="csv", quarter=1, extra=KINDS)
    results = []

    def bring(_turn: int) -> None:
        results.append(
            importing.import_file(
                office.db,
                actor=office.actor,
                now=office.now,
                year=2023,
                file_name="poi.csv",
                data=data,
                token="el-mismo",
            )
        )

    assert at_once(bring, bring, rounds=2) == {"done": 4}
    assert len({one.import_id for one in results}) == 1
    assert len(importing.list_imports(office.db, office.plan + 1)) == 1


def test_a_row_that_one_settles_and_another_discards_ends_one_way(either_poi: PoiOffice) -> None:
    office = either_poi
    damage = [Damage(number, "lost", at=3) for number in range(12)]
    data = book_of(small_year(2023), kind="csv", quarter=1, damage=damage)
    result = importing.import_file(
        office.db, actor=office.actor, now=office.now, year=2023, file_name="poi.csv", data=data
    )
    lines = [one for one in quarantine.list_quarantine(office.db, result.plan_id) if one.readings]
    assert len(lines) >= ROUNDS

    def settle(turn: int) -> None:
        line = lines[turn]
        quarantine.settle(
            office.db,
            actor=Actor("ana"),
            now=office.now,
            line_id=line.id,
            reading=line.readings[0],
            expected_version=line.version,
        )

    def discard(turn: int) -> None:
        line = lines[turn]
        quarantine.discard(
            office.db,
            actor=Actor("beto"),
            now=office.now,
            line_id=line.id,
            expected_version=line.version,
            reason="No es del POI",
        )

    told = at_once(settle, discard)
    settled = [
        one
        for one in quarantine.list_quarantine(office.db, result.plan_id, pending_only=False)
        if not one.pending
    ]
    assert len(settled) == told["done"] == ROUNDS
    numbers = importing.list_imports(office.db, result.plan_id)[0].numbers
    assert numbers.accepted + numbers.quarantined + numbers.repaired + numbers.rejected == numbers.rows == 12
    assert numbers.accepted + numbers.repaired == len(versions.load_programme(office.db, result.version_id))
    assert_sound(office)


def test_a_file_arrives_while_its_months_close(either_poi: PoiOffice) -> None:
    office = either_poi
    office.approve()

    def bring(turn: int) -> None:
        year = small_year()
        told = [
            replace(one, executed=(*one.executed[:2], Decimal(turn), *one.executed[3:]))
            for one in year.activities
        ]
        data = book_of(replace(year, activities=tuple(told)), kind="csv", quarter=1, extra=KINDS)
        plan = importing.check_file(office.db, year=2024, file_name="poi.csv", data=data, now=office.now)
        importing.import_file(
            office.db,
            actor=Actor("ana"),
            now=office.now,
            year=2024,
            file_name=f"poi-{turn}.csv",
            data=data,
            expected=plan,
        )

    told = at_once(bring, close_and_reopen(office))
    assert told["done"]
    assert_sound(office)
    closed: set[object] = set()
    for action, before, after in trail(office, "poi_month.close", "poi_month.reopen", "poi_execution.record"):
        if action == "poi_month.close":
            closed.add(after["month"])
        elif action == "poi_month.reopen":
            closed.discard(after["month"])
        else:
            assert after["month"] not in closed, before


def test_an_activity_left_out_while_it_is_told_stays_in_sight(either_poi: PoiOffice) -> None:
    office = either_poi
    office.approve()
    number = 1
    draft = start(office)

    def leave_out(_turn: int) -> None:
        drafting.save_programme(
            office.db,
            actor=Actor("planeamiento"),
            now=office.now,
            version_id=draft,
            changes=[],
            removed=[office.ids[number]],
        )

    def put_in_force(_turn: int) -> None:
        approve(office, draft)

    def record(_turn: int) -> None:
        entry = Execution(office.ids[number], 3, Decimal(4))
        following.record_execution(
            office.db, actor=Actor("ana"), now=office.now, plan_id=office.plan, entries=[entry]
        )

    at_once(leave_out, put_in_force, record, rounds=3)
    assert_sound(office)
