"""Recording what was executed, closing months and opening them: on both databases, by two people at once."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from poi_office import PoiOffice
from sqlalchemy import select
from trails import first_broken_entry

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.poi.rules.closing import EventKind, next_to_close
from sisfoh_desktop.modules.poi.rules.facts import Execution
from sisfoh_desktop.modules.poi.service import following, punctuality
from sisfoh_desktop.modules.poi.service.motives import list_motives

VISITS, FICHAS = 8, 9  # of the small POI: February of the first is owed
WHY = "La unidad no informó"


def record(office: PoiOffice, *entries: Execution, user: str = "prueba", **more: object) -> None:
    following.record_execution(
        office.db,
        actor=Actor(user, "ULE"),
        now=more.pop("now", office.now),  # type: ignore[arg-type]
        plan_id=office.plan,
        entries=entries,
        **more,  # type: ignore[arg-type]
    )


def cell(office: PoiOffice, number: int, month: int) -> Execution:
    followed = following.load_follow_up(office.db, office.plan)
    return next(one for one in followed.activities if one.activity.id == office.ids[number]).cell(month)


def close(office: PoiOffice, month: int, reason: str = WHY, **more: object) -> None:
    state = following.list_months(office.db, office.plan)[month - 1]
    following.close_month(
        office.db,
        actor=office.actor,
        now=more.pop("now", office.now),  # type: ignore[arg-type]
        plan_id=office.plan,
        month=month,
        expected_version=more.pop("expected_version", state.version),  # type: ignore[arg-type]
        reason=reason,
        **more,  # type: ignore[arg-type]
    )


def reopen(office: PoiOffice, month: int, document: str = "Memorando N° 12") -> None:
    following.reopen_month(
        office.db,
        actor=office.actor,
        now=office.now,
        plan_id=office.plan,
        month=month,
        document=document,
        reason="Hubo un error",
    )


def trail(office: PoiOffice, action: str) -> list[AuditEntryRow]:
    with office.db.reading() as session:
        assert first_broken_entry(session) is None
        query = select(AuditEntryRow).where(AuditEntryRow.action == action).order_by(AuditEntryRow.id)
        return list(session.scalars(query))


def next_open(office: PoiOffice) -> int | None:
    return next_to_close(following.list_months(office.db, office.plan), 2024, office.now.date())


def test_a_zero_is_kept_and_is_no_blank(either_poi: PoiOffice) -> None:
    office = either_poi
    record(
        office,
        Execution(office.ids[VISITS], 3, Decimal(0), motive="staff", corrective="Contratar"),
        Execution(office.ids[FICHAS], 3, None, motive_text="La DOF no contesta"),
        Execution(office.ids[0], 3),
    )
    assert cell(office, VISITS, 3).physical == 0
    assert cell(office, VISITS, 3).motive == "staff"
    owed = cell(office, FICHAS, 3)
    assert (owed.physical, owed.motive_text, owed.version) == (None, "La DOF no contesta", 1)
    assert cell(office, 0, 3).version == 0, "nothing told leaves nothing behind"
    followed = following.load_follow_up(office.db, office.plan)
    assert followed.activities[VISITS].executed[:4] == (Decimal(50), None, Decimal(0), None)


def test_all_of_what_was_typed_is_kept_or_none(either_poi: PoiOffice) -> None:
    office = either_poi
    good = Execution(office.ids[VISITS], 3, Decimal("12.5"), Decimal("1000.10"))
    for bad, code in (
        (Execution(office.ids[FICHAS], 4, Decimal(1)), "month_not_begun"),
        (Execution(office.ids[FICHAS], 3, Decimal(-1)), "quantity_invalid"),
        (Execution(office.ids[FICHAS], 3, motive="nada"), "motive_unknown"),
        (Execution(9_999, 3, Decimal(1)), "activity_unknown"),
        (good, "cell_repeated"),
    ):
        with pytest.raises(RuleError) as refused:
            record(office, good, bad)
        assert refused.value.code == code
    assert cell(office, VISITS, 3).version == 0
    record(office, good)
    kept = cell(office, VISITS, 3)
    assert (kept.physical, kept.money, kept.imported) == (Decimal("12.5"), Decimal("1000.10"), False)
    assert (kept.registered_at, kept.registered_by) == (office.now, "prueba")


def test_the_same_token_records_once_and_what_says_the_same_changes_nothing(either_poi: PoiOffice) -> None:
    office = either_poi
    entry = Execution(office.ids[VISITS], 3, Decimal(7))
    record(office, entry, token="uno")
    record(office, entry, token="uno")
    seen = cell(office, VISITS, 3)
    assert seen.version == 1
    record(office, seen, token="dos")
    assert cell(office, VISITS, 3).version == 1
    assert len(trail(office, "poi_execution.record")) == 1


def test_who_saw_an_older_cell_is_refused_and_nothing_is_lost(either_poi: PoiOffice) -> None:
    office = either_poi
    seen = cell(office, FICHAS, 2)
    record(office, replace(seen, physical=Decimal(39)), user="ana")
    with pytest.raises(StaleRow) as refused:
        record(office, replace(seen, physical=Decimal(41)), Execution(office.ids[VISITS], 3, Decimal(1)))
    assert "una de estas celdas" in refused.value.sentence
    with pytest.raises(StaleRow):
        record(office, replace(seen, version=0, physical=Decimal(41)))
    assert cell(office, FICHAS, 2).physical == 39
    assert cell(office, VISITS, 3).version == 0
    (entry,) = trail(office, "poi_execution.record")
    assert (entry.actor, entry.subject) == ("ana", f"poi_activity:{office.ids[FICHAS]}")
    assert (entry.before, entry.after) == ('{"executed": "40", "month": 2}', '{"executed": "39", "month": 2}')


def test_the_first_report_of_a_figure_is_the_one_that_counts(either_poi: PoiOffice) -> None:
    office = either_poi
    later, last = office.now + timedelta(days=3), office.now + timedelta(days=9)
    record(office, Execution(office.ids[VISITS], 2, None, motive_text="Sin dato"))
    record(office, replace(cell(office, VISITS, 2), physical=Decimal(50)), now=later, user="ana")
    record(office, replace(cell(office, VISITS, 2), physical=Decimal(51)), now=last, user="beto")
    kept = cell(office, VISITS, 2)
    assert (kept.physical, kept.registered_at, kept.registered_by) == (Decimal(51), later, "ana")


def test_a_closed_month_takes_nothing_until_it_is_opened_by_a_document(either_poi: PoiOffice) -> None:
    office = either_poi
    close(office, 1)
    close(office, 2)
    with pytest.raises(RuleError) as refused:
        record(office, Execution(office.ids[VISITS], 2, Decimal(5)))
    assert refused.value.code == "month_closed"
    assert "Febrero está cerrado" in refused.value.sentence
    with pytest.raises(RuleError) as refused:
        reopen(office, 1, document=" ")
    assert refused.value.code == "text_missing"
    reopen(office, 1)
    assert [one.closed for one in following.list_months(office.db, office.plan)[:3]] == [False, True, False]
    record(office, replace(cell(office, FICHAS, 1), physical=Decimal(38)))
    assert next_open(office) == 1
    close(office, 1)
    assert next_open(office) == 3
    events = following.month_events(office.db, office.plan)
    assert [(one.month, one.kind) for one in events] == [
        (1, EventKind.CLOSING),
        (1, EventKind.REOPENING),
        (2, EventKind.CLOSING),
        (1, EventKind.CLOSING),
    ]
    assert (events[1].document, events[1].reason) == ("Memorando N° 12", "Hubo un error")
    assert events[2].pending == 1
    assert [entry.reason for entry in trail(office, "poi_month.reopen")] == ["Hubo un error"]


def test_what_a_month_owes_is_named_and_needs_a_reason(either_poi: PoiOffice) -> None:
    office = either_poi
    close(office, 1)
    check = following.check_closing(office.db, plan_id=office.plan, month=2)
    assert check.pending == ("Visitar hogares (UNIDAD LOCAL DE EMPADRONAMIENTO)",)
    assert [name.split(" (")[0] for name in check.unexplained] == [
        "Atender audiencias vecinales",
        "Capacitar a promotoras",
        "Resolver quejas pendientes",
        "Notificar resultados",
    ]
    with pytest.raises(RuleError) as refused:
        close(office, 2, reason="")
    assert refused.value.code == "month_incomplete"
    assert "Visitar hogares" in refused.value.sentence
    record(office, Execution(office.ids[VISITS], 2, Decimal(50)))
    for number, name in ((2, "demand"), (4, "demand"), (5, "other"), (10, "weather")):
        record(office, replace(cell(office, number, 2), motive=name))
    assert following.check_closing(office.db, plan_id=office.plan, month=2).complete
    close(office, 2, reason="")
    assert following.month_events(office.db, office.plan)[0].reason == ""


def test_months_close_in_order_and_once(either_poi: PoiOffice) -> None:
    office = either_poi
    for month, code in ((2, "month_order"), (4, "month_not_begun")):
        with pytest.raises(RuleError) as refused:
            close(office, month)
        assert refused.value.code == code
    close(office, 1, token="cierre")
    close(office, 1, token="cierre", expected_version=1)
    with pytest.raises(StaleRow):
        close(office, 1, expected_version=1)
    with pytest.raises(RuleError) as refused:
        close(office, 1)
    assert refused.value.code == "month_closed"
    assert len(following.month_events(office.db, office.plan)) == 1


def test_several_months_close_together_or_none(either_poi: PoiOffice) -> None:
    office = either_poi
    whole = {"actor": office.actor, "now": office.now, "plan_id": office.plan}
    with pytest.raises(RuleError) as refused:
        following.close_months(office.db, **whole, until=4, reason=WHY)
    assert refused.value.code == "month_not_begun"
    assert not any(one.closed for one in following.list_months(office.db, office.plan))
    assert following.close_months(office.db, **whole, until=3, reason=WHY) == [1, 2, 3]
    with pytest.raises(RuleError) as refused:
        following.close_months(office.db, **whole, until=3, reason=WHY)
    assert refused.value.code == "month_closed"
    assert [one.month for one in following.month_events(office.db, office.plan)] == [3, 2, 1]


def test_a_file_tells_open_months_and_its_blanks_change_nothing(either_poi: PoiOffice) -> None:
    office = either_poi
    record(office, replace(cell(office, FICHAS, 2), motive="weather", money=Decimal("5.00")))

    def import_(*entries: Execution) -> None:
        with office.db.transaction() as session:
            following.record_imported_in(
                session,
                actor=office.actor,
                now=office.now,
                plan_id=office.plan,
                told=[(one.activity_id, (one,)) for one in entries],
            )

    import_(
        Execution(office.ids[FICHAS], 2, Decimal(44)),
        Execution(office.ids[VISITS], 2, Decimal(48)),
        Execution(office.ids[0], 2),
    )
    changed, new = cell(office, FICHAS, 2), cell(office, VISITS, 2)
    assert (changed.physical, changed.money, changed.motive, changed.imported) == (
        Decimal(44), Decimal(5), "weather", False,
    )  # fmt: skip
    assert (new.physical, new.imported) == (Decimal(48), True)
    assert cell(office, 0, 2).version == 1
    assert len(trail(office, "poi_execution.record")) == 2, "the correction by hand and the one by the file"
    close(office, 1)
    with pytest.raises(RuleError) as refused:
        import_(Execution(office.ids[FICHAS], 1, Decimal(1)))
    assert refused.value.code == "month_closed"


def test_two_people_record_and_a_third_closes_and_no_figure_slips_into_a_closed_month(
    either_poi: PoiOffice,
) -> None:
    office = either_poi
    close(office, 1)
    told: list[str] = []

    def work(user: str, start: int) -> None:
        for turn in range(15):
            try:
                record(office, replace(cell(office, 0, 2), physical=Decimal(turn + start)), user=user)
                told.append("recorded")
            except RuleError as refused:
                told.append(refused.code)
            except StaleRow:
                told.append("stale")

    def planner() -> None:
        for _turn in range(15):
            try:
                close(office, 2)
                reopen(office, 2)
            except (RuleError, StaleRow) as refused:
                told.append(type(refused).__name__)

    jobs = [
        threading.Thread(target=work, args=("ana", 100)),
        threading.Thread(target=work, args=("beto", 200)),
        threading.Thread(target=planner),
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert set(told) <= {"recorded", "month_closed", "stale"}
    assert told.count("recorded") + told.count("month_closed") + told.count("stale") == 30
    closed = False
    with office.db.reading() as session:
        assert first_broken_entry(session) is None
        for entry in session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.id)):
            if '"month": 2' not in (entry.after or ""):
                continue
            if entry.action in ("poi_month.close", "poi_month.reopen"):
                closed = entry.action == "poi_month.close"
            elif entry.action == "poi_execution.record":
                assert not closed
    assert cell(office, 0, 2).version == told.count("recorded") + 1


def test_two_people_tell_the_same_blank_cell_and_one_is_refused(either_poi: PoiOffice) -> None:
    office = either_poi
    told: list[str] = []
    ready = threading.Barrier(4)

    def work(user: str, value: int) -> None:
        ready.wait()
        try:
            record(office, Execution(office.ids[VISITS], 3, Decimal(value)), user=user)
            told.append("recorded")
        except StaleRow:
            told.append("stale")

    jobs = [threading.Thread(target=work, args=(f"p{value}", value)) for value in range(4)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert sorted(told) == ["recorded", "stale", "stale", "stale"]


def test_who_reported_when_is_told_by_unit(poi_office: PoiOffice) -> None:
    office = poi_office
    late = datetime(2024, 3, 25, 9, 0, tzinfo=LIMA)
    record(office, Execution(office.ids[VISITS], 2, Decimal(50)), now=late)
    found = punctuality.punctuality(office.db, office.plan, late.date())
    ule = found.units[2]
    assert [one.words for one in ule.months[:3]] == ["Tarde, 17 d", "Tarde, 5 d", "Faltan 4 de 4"]


def test_motives_are_a_short_list() -> None:
    motives = list_motives()
    assert 5 <= len(motives) <= 12
    assert len({one.code for one in motives}) == len(motives)
