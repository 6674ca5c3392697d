"""The trail read back: by record or by kind of action, newest first, told in words."""

from decimal import Decimal

from sisfoh_desktop.basics.history import HistoryWords
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.history import history_of, list_entries


def write(db, actor, now, *entries):
    with db.transaction() as session:
        for action, subject, after in entries:
            record_audit(
                session, actor=actor, now=now, action=action, subject=subject, before={"a": 1}, after=after, reason="r"
            )  # fmt: skip


def test_the_entries_of_a_record_come_newest_first_and_whole(either_db, actor, now):
    write(
        either_db, actor, now, ("plan.save", "plan:1", {"amount": Decimal("10.50")}), ("plan.save", "plan:2", None),
        ("plan.state", "plan:1", {"on": now.date()}),
    )  # fmt: skip
    with either_db.reading() as session:
        last, first = list_entries(session, ["plan:1"])
    assert (first.action, first.before, first.after, first.reason) == (
        "plan.save",
        {"a": 1},
        {"amount": "10.50"},
        "r",
    )
    assert (last.action, last.after, last.at, last.actor, last.office) == (
        "plan.state", {"on": "2024-03-08"}, now, "prueba", "ULE",
    )  # fmt: skip


def test_several_records_and_a_kind_of_action_are_read_together_up_to_a_limit(db, actor, now):
    write(
        db,
        actor,
        now,
        ("plan.save", "plan:1", None),
        ("paper.sign", "paper:7", None),
        ("office.unit.add", "u", None),
    )
    with db.reading() as session:
        assert [one.action for one in list_entries(session, ["plan:1", "paper:7"])] == [
            "paper.sign",
            "plan.save",
        ]
        assert [one.action for one in list_entries(session, actions="office.")] == ["office.unit.add"]
        assert len(list_entries(session, ["plan:1", "paper:7"], actions="office.", limit=2)) == 2
        assert list_entries(session, ["plan:9"]) == []
        assert list_entries(session, actions="of_ice.") == [], "a sign of the pattern is taken as it is"


def test_a_history_is_told_in_the_words_of_its_module(db, actor, now):
    write(db, actor, now, ("plan.save", "plan:1", {"a": 2}))
    words = HistoryWords({"plan.save": "Plan corregido"}, {"a": "Asunto"})
    (line,) = history_of(db, ["plan:1"], words, named={"plan:1": "Plan 2024"})
    assert (line.what, line.summary) == ("Plan corregido: Plan 2024", "Asunto: 1 → 2; Motivo: r")
