"""What state an activity is in: bands to the limit, and the four states that no band says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poi_seed import seed_year

from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS, Activity, Band, Direction, GoalKind, Months
from sisfoh_desktop.modules.poi.rules.states import (
    SHAPE_SIGNS,
    StateKind,
    owed_months,
    state_of,
    state_of_money,
    state_of_values,
)

BANDS = (
    Band("Crítico", Decimal(0), True, "bad", "square"),
    Band("En riesgo", Decimal(75), True, "warn", "triangle"),
    Band("Conforme", Decimal(95), True, "good", "circle"),
)
ACTIVITY = Activity("Unidad", "Actividad", "ACCIONES")
LESS = replace(ACTIVITY, direction=Direction.LESS)
STOCK = replace(ACTIVITY, goal_kind=GoalKind.STOCK)


def months(*told: object) -> Months:
    values = tuple(None if one is None else Decimal(str(one)) for one in told)
    return values + NO_MONTHS[len(values) :]


def told(programmed: object, executed: object, activity: Activity = ACTIVITY) -> tuple[StateKind, str]:
    state = state_of(months(programmed), months(executed), [1], activity, BANDS)
    return state.kind, state.label


@pytest.mark.parametrize(
    ("programmed", "executed", "label"),
    [
        (100, 0, "Crítico"),
        (100, "74.9999", "Crítico"),
        (100, 75, "En riesgo"),
        (100, "94.9999", "En riesgo"),
        (100, 95, "Conforme"),
        (100, 100, "Conforme"),
        (3, 2, "Crítico"),
        (7, 7, "Conforme"),
    ],
)
def test_a_band_begins_at_its_own_limit(programmed: object, executed: object, label: str) -> None:
    assert told(programmed, executed) == (StateKind.BAND, label)


def test_a_limit_that_does_not_belong_to_its_band_stays_in_the_one_below() -> None:
    bands = (BANDS[0], replace(BANDS[2], inclusive=False))
    state = state_of(months(100), months(95), [1], ACTIVITY, bands)
    assert state.label == "Crítico"


def test_what_no_band_says_is_a_state_of_its_own() -> None:
    assert told(59, 68) == (StateKind.EXCESS, "Exceso")
    assert told(0, 0) == told(None, None) == told(0, None) == (StateKind.NOT_PROGRAMMED, "Sin programación")
    assert told(0, 3) == told(None, 3) == (StateKind.UNPROGRAMMED, "Ejecutado sin programación")
    assert told(4, None) == (StateKind.PENDING, "Pendiente de registro")


def test_a_blank_is_no_zero() -> None:
    assert told(6, 0) == (StateKind.BAND, "Crítico")
    assert told(6, None)[0] is StateKind.PENDING


def test_one_month_owed_makes_the_period_pending_and_figures_are_still_told() -> None:
    state = state_of(months(2, 2, 2), months(2, None, 2), [1, 2, 3], ACTIVITY, BANDS)
    assert (state.kind, state.executed, state.programmed) == (StateKind.PENDING, Decimal(4), Decimal(6))
    assert state.deviates
    whole = state_of(months(2, None, 2), months(2, None, 2), [1, 2, 3], ACTIVITY, BANDS)
    assert whole.kind is StateKind.BAND
    assert not whole.deviates


def test_where_less_is_better_less_is_never_an_excess() -> None:
    for executed in (0, 3, 5):
        state = state_of(months(5), months(executed), [1], LESS, BANDS)
        assert (state.label, state.percent) == ("Conforme", Decimal(100))
    state = state_of(months(5), months(10), [1], LESS, BANDS)
    assert (state.label, state.percent) == ("Crítico", Decimal(50))


def test_a_level_is_its_last_one_and_not_a_sum() -> None:
    state = state_of(months(10, 20, 30), months(10, 21, 30), [1, 2, 3], STOCK, BANDS)
    assert (state.programmed, state.executed, state.kind) == (Decimal(30), Decimal(30), StateKind.BAND)


def test_money_always_adds_up() -> None:
    state = state_of_money(months(100, 100), months(100, 50), [1, 2], BANDS)
    assert (state.programmed, state.executed, state.label) == (Decimal(200), Decimal(150), "En riesgo")


def test_every_state_has_a_shape_and_a_word_that_no_other_has() -> None:
    states = [
        state_of(months(programmed), months(executed), [1], ACTIVITY, BANDS)
        for programmed, executed in ((4, 0), (4, 3), (4, 4), (4, 5), (0, 0), (0, 1), (4, None))
    ]
    assert len({state.sign for state in states}) == len({state.label for state in states}) == len(states)
    assert all(state.sign in SHAPE_SIGNS.values() for state in states)


def test_the_seed_deviates_in_thirteen_rows_at_the_third_quarter_and_nothing_is_owed() -> None:
    year = seed_year()
    states = [
        state_of(one.activity.programmed, one.executed, range(1, 10), one.activity, BANDS)
        for one in year.activities
    ]
    deviating = [state for state in states if state.deviates]
    assert len(deviating) == 13
    assert sorted(state.gap for state in deviating)[0] == -6
    assert {state.kind for state in deviating} == {StateKind.BAND, StateKind.EXCESS}
    assert sum(state.kind is StateKind.EXCESS for state in deviating) == 4


amounts = st.none() | st.decimals(0, 10_000, places=2)


@given(amounts, amounts, st.booleans(), st.sampled_from(Direction))
def test_any_two_figures_have_one_state(
    programmed: Decimal | None, executed: Decimal | None, owed: bool, direction: Direction
) -> None:
    state = state_of_values(programmed, executed, owed=owed, direction=direction, bands=BANDS)
    assert (state.ratio is None) == (not programmed or executed is None)
    if state.kind is StateKind.BAND and direction is Direction.LESS:
        assert state.ratio is not None
        assert 0 < state.ratio <= 1
    if state.kind is StateKind.EXCESS:
        assert state.gap > 0
    if executed == programmed and not owed:
        assert not state.deviates


@given(st.lists(amounts, min_size=12, max_size=12), st.lists(amounts, min_size=12, max_size=12))
def test_what_is_owed_is_programmed_and_not_told(
    programmed: list[Decimal | None], executed: list[Decimal | None]
) -> None:
    owed = owed_months(tuple(programmed), tuple(executed), range(1, 13))
    for month in range(1, 13):
        value = programmed[month - 1]
        assert (month in owed) == (value is not None and value > 0 and executed[month - 1] is None)
