"""The trail of the whole office: filters, pages by key, who may read it."""

from datetime import date, timedelta

import pytest

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailFilter, TrailKind
from sisfoh_desktop.modules.safekeeping.service import trail

READER = Actor("auditora", rights=frozenset({"audit.read"}))
WRITTEN = (
    ("ana", "kardex.move", "kardex_movement:1", "Entrega del 08"),
    ("ana", "session.in", "user:1", ""),
    ("beto", "plan.save", "plan:1", "Error de tipeo en 100%_real"),
    ("beto", "print.paper", "print", ""),
    ("beto", "personal.view", "officer:1", "Pedido del OCI"),
    ("ana", "export.list", "export", ""),
    ("programa", "ledger.seal", "kardex_movement:1-1", ""),
    ("ana", "poi_plan.save", "poi_plan:1", ""),
)


def write(db, now, entries=WRITTEN):
    with db.transaction() as session:
        for day, (user, action, subject, reason) in enumerate(entries):
            record_audit(
                session,
                actor=Actor(user),
                now=now + timedelta(days=day),
                action=action,
                subject=subject,
                reason=reason,
                after={"title": f"Título {day}"},
            )


def actions(db, **wanted):
    page = trail.read_page(db, actor=READER, wanted=TrailFilter(**wanted))
    assert page.found == len(page.lines)
    return [line.action for line in page.lines]


def test_the_newest_comes_first_with_count_and_head(either_db, now):
    write(either_db, now)
    page = trail.read_page(either_db, actor=READER, wanted=TrailFilter())
    assert [line.action for line in page.lines] == [one[1] for one in reversed(WRITTEN)]
    assert (page.found, page.entry_count, page.earlier) == (8, 8, False)
    assert page.head == page.lines[0].hash
    assert page.lines[0].previous_hash == page.lines[1].hash


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"person": "beto"}, ["personal.view", "print.paper", "plan.save"]),
        ({"part": "plans"}, ["plan.save"]),
        ({"part": "poi"}, ["poi_plan.save"]),
        ({"part": "kardex"}, ["kardex.move"]),
        ({"kind": TrailKind.SESSION}, ["session.in"]),
        ({"kind": TrailKind.VIEW}, ["personal.view"]),
        ({"kind": TrailKind.PRINT}, ["print.paper"]),
        ({"kind": TrailKind.EXPORT}, ["export.list"]),
        ({"kind": TrailKind.SEAL}, ["ledger.seal"]),
        ({"kind": TrailKind.CHANGE}, ["poi_plan.save", "plan.save", "kardex.move"]),
        ({"text": "tipeo 100%_REAL"}, ["plan.save"]),
        ({"text": "100x_real"}, []),
        ({"text": "título 3"}, ["print.paper"]),
        ({"since": date(2024, 3, 14)}, ["poi_plan.save", "ledger.seal"]),
        ({"until": date(2024, 3, 8)}, ["kardex.move"]),
        ({"person": "ana", "kind": TrailKind.CHANGE}, ["poi_plan.save", "kardex.move"]),
    ],
)
def test_each_filter_finds_its_entries(either_db, now, wanted, found):
    write(either_db, now)
    assert actions(either_db, **wanted) == found


def test_all_but_the_seals_is_what_people_did(db, now):
    write(db, now)
    assert "ledger.seal" not in actions(db, kind=TrailKind.WORK)
    assert len(actions(db, kind=TrailKind.WORK)) == 7


def test_a_day_is_the_day_of_lima(db, now):
    write(db, now.replace(hour=23, minute=30), WRITTEN[:1])  # already the 9th in UTC
    assert actions(db, since=date(2024, 3, 8), until=date(2024, 3, 8)) == ["kardex.move"]
    assert actions(db, since=date(2024, 3, 9)) == []


def test_pages_follow_each_other_by_key_also_while_others_write(either_db, now):
    write(either_db, now, WRITTEN * 3)
    wanted, seen, before, found = TrailFilter(person="ana"), [], None, None
    while True:
        page = trail.read_page(either_db, actor=READER, wanted=wanted, before=before, found=found, limit=5)
        seen += [line.id for line in page.lines]
        write(either_db, now, WRITTEN[:1])
        if not page.earlier:
            break
        before, found = page.lines[-1].id, page.found
    assert len(seen) == len(set(seen)) == 12
    assert seen == sorted(seen, reverse=True)
    assert page.found == 12


def test_people_are_offered_by_name(db, now):
    write(db, now)
    assert trail.list_people(db, actor=READER) == ["ana", "beto", "programa"]


def test_who_may_not_read_it_reads_nothing(db, now):
    clerk = Actor("ana", rights=frozenset({"kardex.move"}))
    for asked in (
        lambda: trail.read_page(db, actor=clerk, wanted=TrailFilter()),
        lambda: trail.list_people(db, actor=clerk),
    ):
        with pytest.raises(RuleError, match="Leer y extraer el historial"):
            asked()


def test_markup_and_sql_typed_as_a_search_find_nothing_and_break_nothing(db, now):
    write(db, now)
    for typed in ("'; DROP TABLE audit_entry; --", "<b>x</b>", "%", "_", "\\", "Ñ" * 80):
        trail.read_page(db, actor=READER, wanted=TrailFilter(text=typed))
    assert len(actions(db)) == 8
