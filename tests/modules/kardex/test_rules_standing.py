"""How forms stand after a ledger, against a dict of every number; and where the forms of a played file are."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind, Piece
from sisfoh_desktop.modules.kardex.rules.form_map import FormMap
from sisfoh_desktop.modules.kardex.rules.standing import standings_of, totals_of
from tests.kardex_ledger import ANA, BETO, STORE, Ledger, day

PEOPLE = {ANA, BETO}
HIGHEST = 40
ENDS = st.tuples(st.integers(1, HIGHEST), st.integers(1, HIGHEST)).map(sorted)
STEPS = st.lists(
    st.tuples(ENDS, st.sampled_from([STORE, ANA, BETO]), st.sampled_from([None, *Condition]), st.booleans()),
    max_size=12,
)


def ledger_of(steps) -> Ledger:
    """Received numbers that go anywhere in any condition, each movement reverted at once or not."""
    ledger = Ledger().receive("3-20").receive("25-33")
    known = FormRanges.of_numbers(ledger.forms)
    for at, ((first, last), holder, condition, reverted) in enumerate(steps):
        text = ", ".join(f"{one.first}-{one.last}" for one in known & FormRanges.single(first, last))
        if text:
            ledger.move(MovementKind.TRANSFER, text, holder, condition, day(2 + at))
            if reverted:
                ledger.revert_last(day(2 + at))
    return ledger


@given(STEPS, ENDS)
def test_every_form_stands_where_the_dict_has_it(steps, ends):
    ledger = ledger_of(steps)
    standings = standings_of(ledger.lines, PEOPLE)
    found = {
        number: (past.holder_id, past.condition)
        for forms, past in standings.parts_of(FormRange(1, HIGHEST))
        if past is not None
        for number in range(forms.first, forms.last + 1)
    }
    assert found == {number: state[:2] for number, state in ledger.forms.items()}

    wanted = FormRange(*ends)
    parts = standings.parts_of(wanted)
    assert [number for forms, _ in parts for number in range(forms.first, forms.last + 1)] == list(
        range(wanted.first, wanted.last + 1)
    )
    for forms, past in parts:
        assert (past is None) == (forms.first not in ledger.forms)


@given(STEPS)
def test_the_ledger_sums_to_what_stands(steps):
    ledger = ledger_of(steps)
    counted: dict[tuple[int, Condition], int] = {}
    for holder, condition, _ in ledger.forms.values():
        if condition is not Condition.OUTSIDE:
            counted[holder, condition] = counted.get((holder, condition), 0) + 1
    assert totals_of(ledger.lines) == counted


def piece(first: int, last: int, holder: int) -> Piece:
    return Piece(
        FormRange(first, last), holder, Condition.BLANK, holder, 0, 0, MovementKind.HAND_OUT, date.min
    )


@given(
    st.lists(st.tuples(st.lists(ENDS, min_size=1, max_size=4), st.integers(1, 9)), max_size=12),
    st.lists(ENDS),
)
def test_pieces_put_over_others_are_those_of_a_dict(puts, wanted):
    forms, expected = FormMap([piece(5, 14, 1), piece(20, 30, 2)]), dict.fromkeys(range(5, 15), 1)
    expected |= dict.fromkeys(range(20, 31), 2)
    for ends, holder in puts:
        ranges = FormRanges.of(FormRange(*one) for one in ends)
        forms.put(ranges, [piece(one.first, one.last, holder) for one in ranges])
        expected |= dict.fromkeys(ranges.numbers(), holder)
    ranges = FormRanges.of(FormRange(*one) for one in wanted)
    found = [
        (number, one.holder_id)
        for one in forms.inside(ranges)
        for number in range(one.forms.first, one.forms.last + 1)
    ]
    assert found == [(number, expected[number]) for number in ranges.numbers() if number in expected]
    forms.put(ranges, [])
    assert forms.inside(ranges) == []
