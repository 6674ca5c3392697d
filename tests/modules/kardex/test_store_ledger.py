"""The ledger only grows: the database itself refuses to change or remove a line of it, on both engines."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import exc, text

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, MovementKind
from sisfoh_desktop.modules.kardex.rules.balances import NewLine, Place
from sisfoh_desktop.modules.kardex.rules.custody import FormLost
from sisfoh_desktop.modules.kardex.service import catalogue, moving
from sisfoh_desktop.modules.kardex.store import forms, ledger

APPEND_ONLY = {
    "kardex_movement": "reason = 'otra'",
    "kardex_line": "form_count = 1",
    "kardex_sighting": "seen_in = 'otra parte'",
    "kardex_approval": "approver = 'OTRA'",
}


@pytest.fixture
def office(either_kardex):
    """Forms 1 to 20 received, 1 to 5 handed to Ana, 5 lost and seen again."""
    either_kardex.receive("1-20")
    either_kardex.hand_out("1-5", either_kardex.ana)
    either_kardex.move(MovementKind.LOSS, "5", either_kardex.ana)
    with pytest.raises(FormLost):
        either_kardex.move(MovementKind.USE, "5", either_kardex.ana)
    with either_kardex.db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO kardex_adjustment (id, form_type_id, moved_on, ranges, form_count, from_holder_id, "
                "from_condition, to_holder_id, to_condition, reason, document, state, proposed_at, proposed_by, "
                "withdrawn_reason, version) VALUES (1, :type, '2024-03-08', '000001', 1, :ana, '', :ana, 'usada', "
                "'x', '', 'propuesto', '2024-03-08 15:00:00', 'prueba', '', 1)"
            ),
            {"type": either_kardex.fsu, "ana": either_kardex.ana},
        )
        session.execute(
            text(
                "INSERT INTO kardex_approval (id, adjustment_id, approver, position, document, approved_at, "
                "registered_by) VALUES (1, 1, 'JEFA', 'Jefa', '', '2024-03-08 15:00:00', 'prueba')"
            )
        )
    return either_kardex


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_written_stays(office, table):
    def rows():
        with office.db.reading() as session:
            return session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()

    before = rows()
    assert before
    changes = [f"UPDATE {table} SET {APPEND_ONLY[table]}", f"DELETE FROM {table}"]
    if office.db.is_sqlite:
        changes.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        changes.append(f"TRUNCATE {table} CASCADE")
    for change in changes:
        with pytest.raises(exc.DBAPIError, match="append-only"), office.db.transaction() as session:
            session.execute(text(change))
    assert rows() == before


def test_a_movement_reads_back_as_it_was_written(office):
    with office.db.reading() as session:
        movement = ledger.load_movement(session, 2)
        assert movement.number == 2
        assert movement.ranges == FormRanges.single(1, 5)
        assert (movement.from_holder_id, movement.to_holder_id) == (office.store, office.ana)
        assert movement.registered_by == "prueba"
        assert movement.registered_at == office.now
        [line] = movement.lines
        assert line.previous_id is not None
        assert ledger.load_reception(session, line.id).number == 1
        assert ledger.find_reversal(session, 2) is None
        with pytest.raises(RuleError, match="no existe"):
            ledger.load_movement(session, 99)


def test_pieces_are_consecutive_numbers_with_the_same_last_line(office):
    office.move(MovementKind.USE, "2, 4", office.ana)
    with office.db.reading() as session:
        pieces = forms.find_pieces(session, office.fsu, FormRanges.single(1, 40))
        one_by_one = forms.find_pieces(session, office.fsu, FormRanges.of_numbers([1, 2, 8, 9, 30]))
    told = [(piece.forms.first, piece.forms.last, piece.condition, piece.movement_number) for piece in pieces]
    assert told == [
        (1, 1, Condition.BLANK, 2),
        (2, 2, Condition.USED, 4),
        (3, 3, Condition.BLANK, 2),
        (4, 4, Condition.USED, 4),
        (5, 5, Condition.LOST, 3),
        (6, 20, Condition.BLANK, 1),
    ]
    assert [(one.forms.first, one.forms.last) for one in one_by_one] == [(1, 1), (2, 2), (8, 9)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.one_of(st.integers(1, 110), st.integers(280, 320), st.integers(12_000, 12_010))))
def test_scattered_numbers_are_read_as_each_of_their_ranges_alone(scattered, numbers):
    office, wanted = scattered, FormRanges.of_numbers(numbers)
    with office.db.reading() as session:
        alone = [
            piece for one in wanted for piece in forms.find_pieces(session, office.fsu, FormRanges((one,)))
        ]
        assert forms.find_pieces(session, office.fsu, wanted) == alone


@pytest.fixture
def scattered(kardex_office):
    office = kardex_office
    office.receive("1-40, 42-90, 300, 302-310, 12001-12005")
    office.hand_out("3-7, 9, 11-50 menos 41, 20", office.ana)
    office.move(MovementKind.USE, "5, 11-12, 30-45 menos 41", office.ana)
    return office


def test_forms_that_are_not_as_the_line_says_stop_everything(office):
    def place(holder_id):
        return Place(office.fsu, holder_id, Condition.BLANK)

    wrong = NewLine(FormRange(1, 4), 4, place(office.beto), place(office.chief), previous_id=2)
    with pytest.raises(StaleRow), office.db.transaction() as session:
        forms.record_forms(session, [wrong], [1], lambda _: None)
    with pytest.raises(exc.IntegrityError), office.db.transaction() as session:
        ledger.change_balances(session, {place(office.ana): -5})


def test_balances_are_kept_by_place(office):
    with office.db.reading() as session:
        blank = Place(office.fsu, office.store, Condition.BLANK)
        assert ledger.find_balance(session, blank) == 15
        assert ledger.find_balance(session, Place(office.fsu, office.ana, Condition.LOST)) == 1
        assert ledger.find_balance(session, Place(office.fsu, office.beto, Condition.BLANK)) == 0


def test_a_sighting_is_open_while_the_form_is_lost(office):
    [seen] = moving.list_sightings(office.db, office.campaign)
    assert (seen.type_id, seen.number, seen.seen_on) == (office.fsu, 5, office.now.date())
    assert seen.seen_in == "Uso de EMPADRONADOR UNO PRUEBA"
    assert seen.registered_by == "prueba"
    assert moving.list_sightings(office.db, 99) == []


def test_numbers_of_twelve_digits_are_held_like_any_other(either_kardex):
    office = either_kardex
    wide = FormType(office.campaign, "R200", "Formato R200", number_width=12, prefix="A-")
    type_id = catalogue.add_type(office.db, actor=office.actor, now=office.now, form_type=wide)
    numbers = FormRanges.single(999_999_999_990, 999_999_999_999)
    office.receive(numbers, type_id=type_id)
    office.hand_out(FormRanges.single(999_999_999_995), office.ana, type_id=type_id)
    with office.db.reading() as session:
        pieces = forms.find_pieces(session, type_id, numbers)
    assert [piece.forms.count for piece in pieces] == [5, 1, 4]
    assert pieces[1].holder_id == office.ana
    assert all(check.ok for check in moving.check_kardex(office.db))
