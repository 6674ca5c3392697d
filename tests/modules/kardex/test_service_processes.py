"""Eight processes hand out overlapping ranges on both databases; and the power goes in the middle of it.

No number is in two hands, none is lost, whoever came late is told which movement has the forms.
"""

import os
import re

import pytest
from kardex_rush import BULK, FORMS, notes_in
from power_cut import Nursery, Order
from sqlalchemy import select

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.service import moving
from sisfoh_desktop.modules.kardex.store import forms, ledger
from sisfoh_desktop.modules.kardex.tables import KardexMovementRow

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed by signal")

PROCESSES, ROUNDS = 8, 9
CUTS = 25
BULK_CUTS = 10
WHOLE = FormRanges.single(1, FORMS)


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    with Nursery(tmp_path_factory.mktemp("nursery"), "kardex_rush.py") as one:
        yield one


@pytest.fixture
def notes(tmp_path):
    folder = tmp_path / "notas"
    folder.mkdir()
    return folder


def target_of(db):
    return str(db.path) if db.is_sqlite else db.url.render_as_string(hide_password=False)


def all_movements(db):
    with db.reading() as session:
        ids = session.scalars(select(KardexMovementRow.id).order_by(KardexMovementRow.id)).all()
        return [ledger.load_movement(session, movement_id) for movement_id in ids]


def assert_whole(target, office):
    """What the office finds afterwards; all its movements."""
    db = Database.open(target)
    try:
        assert [check for check in (*check_database(db), *moving.check_kardex(db)) if not check.ok] == []
        movements = all_movements(db)
        assert [movement.number for movement in movements] == list(range(1, len(movements) + 1))
        handed = FormRanges()
        for movement in movements[1:]:
            assert movement.kind is MovementKind.HAND_OUT
            assert not handed & movement.ranges, "in two hands"
            handed |= movement.ranges
        with db.reading() as session:
            pieces = forms.find_pieces(session, office.fsu, WHOLE)
        assert FormRanges.of(piece.forms for piece in pieces) == WHOLE, "none is lost"
        assert {piece.condition for piece in pieces} == {Condition.BLANK}
        in_store = FormRanges.of(piece.forms for piece in pieces if piece.holder_id == office.store)
        assert in_store == WHOLE - handed
        return movements
    finally:
        db.close()


def test_eight_processes_at_once_never_give_a_form_twice(either_kardex, nursery, notes):
    office = either_kardex
    office.receive(WHOLE)
    target = target_of(office.db)
    orders = [
        Order(target, str(notes), "hand_out", f"p{worker}", office.fsu, rounds=ROUNDS)
        for worker in range(PROCESSES)
    ]
    ends = nursery.run(*orders)
    assert [end.code for end in ends] == [0] * PROCESSES, [end.said for end in ends]
    movements = {movement.id: movement for movement in assert_whole(target, office)}
    by_number = {movement.number: movement for movement in movements.values()}
    told = notes_in(notes)
    assert len(told) == PROCESSES * ROUNDS
    winners = [note for note in told if note.movement]
    assert {note.movement for note in winners} == set(movements) - {1}, "each told movement once, no other"
    for note in winners:
        assert note.again == note.movement, "the same token again is the same movement"
        assert movements[note.movement].ranges == FormRanges.single(note.first, note.last)
        assert movements[note.movement].to_holder_id == note.to_holder
    losers = [note for note in told if not note.movement]
    assert losers
    for note in losers:
        assert note.code == "forms_elsewhere"
        numbers = re.findall(r"movimiento N° (\d+)", note.sentence)
        assert numbers, note.sentence
        assert by_number[int(numbers[0])].ranges & FormRanges.single(note.first, note.last), note.sentence


def test_a_power_cut_leaves_each_hand_out_whole_or_undone(kardex_office, nursery, notes):
    office = kardex_office
    office.receive(WHOLE)
    target = target_of(office.db)
    office.db.close()

    def order(subject, **changes):
        return Order(target, str(notes), "hand_out", subject, office.fsu, **changes)

    [alone] = nursery.run(order("sola"))
    assert alone.code == 0, alone.said
    cut, seen = 0, []
    for turn in range(CUTS):
        at = 1 + turn * alone.beats // CUTS
        [end] = nursery.run(order("corte", first=turn, die_at=at, struck=turn % 3 == 2))
        assert end.killed or end.code == 0, end.said
        cut += end.killed
        movements = assert_whole(target, office)
        assert [movement.id for movement in movements][: len(seen)] == seen, "none is lost"
        seen = [movement.id for movement in movements]
        assert {note.movement for note in notes_in(notes) if note.movement} <= set(seen), "nor what was told"
    assert cut >= CUTS * 3 // 4
    # whoever was interrupted does the same again: what had been recorded is not recorded twice
    [end] = nursery.run(order("corte", rounds=CUTS))
    assert end.code == 0, end.said
    again = {}
    movements = assert_whole(target, office)
    for note in notes_in(notes):
        if note.movement:
            assert again.setdefault(note.subject, note.movement) == note.movement
    assert set(again.values()) == {movement.id for movement in movements[1:]}


def test_a_power_cut_in_a_bulk_reception_leaves_all_of_it_or_nothing(kardex_office, nursery, notes):
    office = kardex_office
    target = target_of(office.db)
    office.db.close()

    def order(turn, **changes):
        return Order(target, str(notes), "receive", "lote", office.fsu, first=turn, **changes)

    def received():
        db = Database.open(target)
        try:
            assert [check for check in (*check_database(db), *moving.check_kardex(db)) if not check.ok] == []
            with db.reading() as session:
                pieces = forms.find_pieces(session, office.fsu, FormRanges.single(1, BULK * (BULK_CUTS + 1)))
            return {piece.forms.first // BULK for piece in pieces if piece.forms.count == BULK}, len(pieces)
        finally:
            db.close()

    [alone] = nursery.run(order(0))
    assert alone.code == 0, alone.said
    whole, cut = {0}, 0
    for turn in range(1, BULK_CUTS + 1):
        at = (2 * turn - 1) * alone.beats // (2 * BULK_CUTS)
        [end] = nursery.run(order(turn, die_at=at, struck=turn % 3 == 2))
        assert end.killed or end.code == 0, end.said
        cut += end.killed
        found, pieces = received()
        assert found >= whole, "what was received is not lost"
        assert found <= {*whole, turn}
        assert pieces == len(found), "nothing is half received"
        whole = found
    assert cut >= BULK_CUTS // 2
    [end] = nursery.run(order(0, rounds=BULK_CUTS + 1))  # whoever was interrupted does the same again
    assert end.code == 0, end.said
    assert received() == (set(range(BULK_CUTS + 1)), BULK_CUTS + 1)
