"""Stock, ranges in hand, flows and card, reckoned from sums and lines alone."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.card import CardLine, card_entries
from sisfoh_desktop.modules.kardex.rules.flows import FlowSum, flow_column, flow_lines
from sisfoh_desktop.modules.kardex.rules.reading import (
    Card,
    Custody,
    CustodyLine,
    FlowLine,
    HeldForms,
    HeldRange,
    MovementLine,
    RegisterFilter,
    StockLine,
    Trace,
)
from sisfoh_desktop.modules.kardex.rules.stock import (
    StockSum,
    join_held,
    likely_number,
    ranges_in_a_cell,
    stock_of,
    typed_number,
)

DAY = date(2024, 3, 8)
FSU = FormType(1, "FSU", "Ficha", number_width=6, minimum_stock=10, id=1)
S100 = FormType(1, "S100", "Solicitud", number_width=5, prefix="S-", id=2)
CROQUIS = FormType(1, "CROQUIS", "Croquis", serialised=False, number_width=0, id=3)
ANA = Holder(HolderKind.EMPADRONADOR, "ANA PRUEBA", id=6)
KIND = MovementKind


# --- stock ---


def test_every_condition_has_its_column() -> None:
    sums = [
        StockSum(1, HolderKind.WAREHOUSE, Condition.BLANK, 100),
        StockSum(1, HolderKind.EMPADRONADOR, Condition.BLANK, 20),
        StockSum(1, HolderKind.GOVERNING_BODY, Condition.BLANK, 5),
        StockSum(1, HolderKind.DIGITADOR, Condition.USED, 7),
        StockSum(1, HolderKind.ARCHIVE, Condition.USED, 3),
        StockSum(1, HolderKind.EMPADRONADOR, Condition.ANNULLED, 2),
        StockSum(1, HolderKind.EMPADRONADOR, Condition.LOST, 1),
        StockSum(1, HolderKind.EMPADRONADOR, Condition.DAMAGED, 4),
        StockSum(1, HolderKind.ARCHIVE, Condition.WRITTEN_OFF, 6),
    ]
    fsu, s100 = stock_of([FSU, S100], sums)
    assert fsu == StockLine(FSU, 100, 25, 10, 2, 1, 4, 6, sent_back=5)
    assert (fsu.received, fsu.below_minimum) == (148, False)
    assert s100 == StockLine(S100)


_SUMS = st.builds(
    StockSum,
    st.sampled_from([1, 2]),
    st.sampled_from(HolderKind),
    st.sampled_from([one for one in Condition if one is not Condition.OUTSIDE]),
    st.integers(1, 10_000),
)


@given(st.lists(_SUMS))
def test_what_was_received_is_somewhere(sums: list[StockSum]) -> None:
    lines = stock_of([FSU, S100], sums)
    assert sum(line.received for line in lines) == sum(one.form_count for one in sums)


def test_a_type_is_short_below_its_minimum_once_it_came() -> None:
    assert StockLine(FSU, in_stock=9).below_minimum
    assert not StockLine(FSU, in_stock=10).below_minimum
    assert StockLine(FSU, used=1).below_minimum
    assert not StockLine(FSU).below_minimum


# --- ranges in hand ---


def _held(first: int, last: int, condition: Condition = Condition.BLANK, movement: int = 1) -> HeldRange:
    return HeldRange(FormRange(first, last), condition, DAY, movement, movement)


def test_neighbours_of_one_movement_are_one_range() -> None:
    pieces = [
        _held(5, 6),
        _held(1, 4),
        _held(8, 9),
        _held(10, 10, movement=2),
        _held(11, 12, Condition.USED, movement=2),
    ]
    assert [(one.forms.first, one.forms.last) for one in join_held(pieces)] == [
        (1, 6),
        (8, 9),
        (10, 10),
        (11, 12),
    ]


@given(st.sets(st.integers(1, 60)), st.integers(1, 3))
def test_joining_keeps_every_number(numbers: set[int], movements: int) -> None:
    pieces = [_held(number, number, movement=number % movements) for number in numbers]
    joined = join_held(pieces)
    assert [number for one in joined for number in range(one.forms.first, one.forms.last + 1)] == sorted(
        numbers
    )
    assert movements > 1 or len(joined) == len(FormRanges.of_numbers(numbers).ranges)


def test_a_cell_tells_the_first_ranges() -> None:
    assert ranges_in_a_cell(FSU, FormRanges.of_numbers([1, 2, 3, 9])) == "000001-000003, 000009"
    many = FormRanges.of_numbers(range(1, 20, 2))
    assert ranges_in_a_cell(FSU, many) == "000001, 000003, 000005, 000007, 000009, 000011…"


def test_what_somebody_holds_in_words() -> None:
    forms = HeldForms(FSU, ((Condition.BLANK, 4),), (_held(1, 3), _held(9, 9)))
    cut = HeldForms(S100, ((Condition.USED, 40),), (_held(1, 3),), more=True)
    counted = HeldForms(CROQUIS, ((Condition.BLANK, 40), (Condition.USED, 2)))
    custody = Custody(ANA, held=(forms, cut, counted))
    assert custody.text == "FSU 000001-000003, 000009; S100 S-00001-S-00003 y otros; CROQUIS: 42"
    assert (custody.form_count, custody.holds_anything) == (86, True)
    assert not Custody(ANA).holds_anything


def test_days_in_hand_count_for_blank_forms_alone() -> None:
    assert CustodyLine(ANA, FSU, in_hand=1, days=16, most_days=15).over_days
    assert not CustodyLine(ANA, FSU, in_hand=1, days=15, most_days=15).over_days
    assert not CustodyLine(ANA, FSU, in_hand=0, used_in_hand=3, days=0, most_days=0).over_days
    line = CustodyLine(
        ANA, FSU, in_hand=1, used_in_hand=2, spoiled_in_hand=3, not_in_force="Terminó su contrato"
    )
    assert (line.in_force, line.form_count) == (False, 6)


# --- the typed number ---


def test_a_number_may_belong_to_several_types() -> None:
    assert typed_number("N° 4517", [FSU, S100, CROQUIS]) == (4517, frozenset({1, 2}))
    assert typed_number("004517", [FSU, S100]) == (4517, frozenset({1}))
    assert typed_number("s-04517", [FSU, S100]) == (4517, frozenset({2}))


@pytest.mark.parametrize(
    ("text", "types", "code"),
    [
        ("", [FSU], "serial_empty"),
        ("0045170", [FSU, S100], "serial_too_long"),
        ("1-2", [FSU], "serial_one"),
        ("1 menos 1", [FSU], "serial_empty"),
        ("1", [CROQUIS], "serial_none"),
    ],
)
def test_what_no_type_can_bear_is_refused(text: str, types: list[FormType], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        typed_number(text, types)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "number"),
    [("N° 004517 ", 4517), ("s-00001", 1), ("abc", None), ("", None), ("1234567890123", None), ("5, 9", 9)],
)
def test_the_likely_number_is_at_the_end(text: str, number: int | None) -> None:
    assert likely_number(text) == number


# --- flows ---

_HERE, _THERE = (True, False), (False, True)  # comes, leaves
_IN_PLACE = (True, True)
BLANK, USED = Condition.BLANK, Condition.USED


def _sum(
    kind: MovementKind,
    way: tuple[bool, bool],
    before: Condition = BLANK,
    after: Condition = BLANK,
    other: HolderKind = HolderKind.WAREHOUSE,
    reverts: bool = False,
    count: int = 1,
    earlier: bool = False,
) -> FlowSum:
    return FlowSum(ANA.id, FSU.id, kind, reverts, *way, before, after, other, earlier, count)


@pytest.mark.parametrize(
    ("one", "column"),
    [
        (_sum(KIND.HAND_OUT, _HERE), ("delivered", 1)),
        (_sum(KIND.HAND_OUT, _THERE, reverts=True), ("delivered", -1)),
        (_sum(KIND.TRANSFER, _HERE, USED, USED), ("", 1)),
        (_sum(KIND.USE, _IN_PLACE, BLANK, USED), ("used", 1)),
        (_sum(KIND.USE, _IN_PLACE, USED, BLANK, reverts=True), ("used", -1)),
        (_sum(KIND.ANNULMENT, _IN_PLACE, BLANK, Condition.ANNULLED), ("annulled", 1)),
        (_sum(KIND.ANNULMENT, _IN_PLACE, USED, Condition.ANNULLED), ("used_then_annulled", 1)),
        (_sum(KIND.LOSS, _IN_PLACE, USED, Condition.LOST), ("used_then_lost", 1)),
        (_sum(KIND.LOSS, _IN_PLACE, Condition.ANNULLED, Condition.LOST), ("", 1)),
        (_sum(KIND.DAMAGE, _IN_PLACE, USED, Condition.DAMAGED), ("used_then_damaged", 1)),
        (_sum(KIND.RETURN, _THERE), ("returned", 1)),
        (_sum(KIND.RETURN, _HERE, reverts=True), ("returned", -1)),
        (_sum(KIND.TRANSFER, _THERE), ("returned", 1)),
        (_sum(KIND.TRANSFER, _THERE, other=HolderKind.CREW_CHIEF), ("returned", 1)),
        (_sum(KIND.TRANSFER, _THERE, other=HolderKind.EMPADRONADOR), ("transferred", 1)),
        (_sum(KIND.TO_DATA_ENTRY, _THERE, USED, USED, HolderKind.DIGITADOR), ("", 1)),
        (_sum(KIND.ADJUSTMENT, _THERE), ("adjusted", 1)),
        (_sum(KIND.ADJUSTMENT, _HERE), ("adjusted", -1)),
        (_sum(KIND.ADJUSTMENT, _IN_PLACE, Condition.LOST, BLANK), ("adjusted", -1)),
        (_sum(KIND.ADJUSTMENT, _IN_PLACE, BLANK, Condition.WRITTEN_OFF), ("adjusted", 1)),
        (_sum(KIND.ADJUSTMENT, _IN_PLACE, BLANK, USED), ("used", 1)),
    ],
)
def test_each_sort_of_line_counts_in_its_column(one: FlowSum, column: tuple[str, int]) -> None:
    assert flow_column(one, HolderKind.EMPADRONADOR) == column


def test_what_a_chief_gives_to_another_chief_is_transferred() -> None:
    one = _sum(KIND.TRANSFER, _THERE, other=HolderKind.CREW_CHIEF)
    assert flow_column(one, HolderKind.CREW_CHIEF) == ("transferred", 1)


_HOLDERS: Mapping[int, Holder] = {ANA.id: ANA}
_FLOWS = st.builds(
    _sum,
    st.sampled_from(MovementKind),
    st.sampled_from([_HERE, _THERE, _IN_PLACE]),
    st.sampled_from([one for one in Condition if one is not Condition.OUTSIDE]),
    st.sampled_from([one for one in Condition if one is not Condition.OUTSIDE]),
    st.sampled_from(HolderKind),
    st.booleans(),
    st.integers(1, 500),
    st.booleans(),
).filter(lambda one: not (one.comes and one.leaves and one.from_condition is one.to_condition))


@given(st.lists(_FLOWS))
def test_flows_add_up_whatever_happens(sums: list[FlowSum]) -> None:
    for line in flow_lines(sums, _HOLDERS, {FSU.id: FSU}):
        assert line.adds_up


@given(st.lists(_FLOWS))
def test_what_is_reverted_leaves_nothing(sums: list[FlowSum]) -> None:
    """Each line and the one that takes it back, as the ledger would have them."""
    done = [
        FlowSum(one.holder_id, one.type_id, one.kind, False, one.comes, one.leaves, one.from_condition,
                one.to_condition, one.other_kind, False, one.form_count)
        for one in sums
    ]  # fmt: skip
    back = [
        FlowSum(one.holder_id, one.type_id, one.kind, True, one.leaves, one.comes, one.to_condition,
                one.from_condition, one.other_kind, False, one.form_count)
        for one in sums
    ]  # fmt: skip
    assert flow_lines([*done, *back], _HOLDERS, {FSU.id: FSU}) == []


def test_what_happened_before_the_first_day_is_the_opening() -> None:
    sums = [
        _sum(KIND.HAND_OUT, _HERE, count=50, earlier=True),
        _sum(KIND.USE, _IN_PLACE, BLANK, USED, count=10, earlier=True),
        _sum(KIND.USE, _IN_PLACE, BLANK, USED, count=15),
    ]
    [line] = flow_lines(sums, _HOLDERS, {FSU.id: FSU})
    assert line == FlowLine(ANA, FSU, opening=40, used=15, in_hand=25)
    assert (line.used_and_kept, line.adds_up) == (15, True)


def test_flows_are_listed_by_name_and_type() -> None:
    beto = Holder(HolderKind.EMPADRONADOR, "BETO PRUEBA", id=2)
    sums = [
        FlowSum(holder, type_id, KIND.HAND_OUT, False, *_HERE, BLANK, BLANK, HolderKind.WAREHOUSE, False, 1)
        for holder in (beto.id, ANA.id)
        for type_id in (1, 2)
    ]
    lines = flow_lines(sums, {beto.id: beto, **_HOLDERS}, {2: S100, 1: FSU})
    assert [(line.holder.name[:4], line.form_type.code) for line in lines] == [
        ("ANA ", "S100"),
        ("ANA ", "FSU"),
        ("BETO", "S100"),
        ("BETO", "FSU"),
    ]


# --- the card ---


def _card_line(movement: int, received: int = 0, issued: int = 0, first: int = 0, **more) -> CardLine:
    count = received or issued
    forms = FormRange(first, first + count - 1) if first else None
    return CardLine(movement, movement, DAY, KIND.RETURN, forms, received, issued, "ALGUIEN", **more)


def test_a_movement_of_several_lines_is_one_entry() -> None:
    [one, other] = card_entries(
        100, [_card_line(1, issued=5, first=1), _card_line(1, issued=5, first=9), _card_line(2, received=3)]
    )
    assert (one.issued, one.balance, one.forms) == (10, 90, FormRanges((FormRange(1, 5), FormRange(9, 13))))
    assert (other.received, other.balance, other.forms) == (3, 93, FormRanges())


def test_what_stays_within_the_same_hands_is_no_entry() -> None:
    assert card_entries(100, [_card_line(1, received=5, issued=5)]) == ()


def test_entries_explain_reversals() -> None:
    [one, other] = card_entries(
        0,
        [
            _card_line(1, received=5, reason="Motivo", reverted_by=2),
            _card_line(2, issued=5, reverses=(1, KIND.RETURN)),
        ],
    )
    assert one.detail == "Motivo; Revertido por el movimiento N° 000002"
    assert other.detail == "Revierte el movimiento N° 000001 (Devolución)"


@given(st.integers(0, 1_000), st.lists(st.tuples(st.integers(1, 9), st.integers(0, 50), st.integers(0, 50))))
def test_the_card_closes_with_what_came_and_went(opening: int, moved: list[tuple[int, int, int]]) -> None:
    lines = [CardLine(number, number, DAY, KIND.RETURN, None, came, went, "") for number, came, went in moved]
    entries = card_entries(opening, lines)
    card = Card(FSU, None, None, None, opening, entries)
    assert card.closing == opening + sum(came - went for _, came, went in moved)
    assert card.closing == (entries[-1].balance if entries else opening)


# --- the register ---


def test_a_line_of_the_register() -> None:
    line = MovementLine(1, 31, KIND.USE, 1, "FSU", DAY, 6, "ANA", 6, "ANA", 3, "000001-000003")
    assert (line.number_text, line.is_reverted) == ("000031", False)
    assert Trace(S100, 4517, ANA, Condition.USED, ()).number_text == "S-04517"
    assert RegisterFilter().shows_all
    assert not RegisterFilter(text="acta").shows_all
