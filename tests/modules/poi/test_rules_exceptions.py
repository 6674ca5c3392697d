"""Exceptions first: the thirteen rows of the seed with 0 of 6 at the head, and the order of every other case."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from poi_region import region_year
from poi_seed import seed_year, year_with

from sisfoh_desktop.modules.poi.rules.exceptions import Side, exceptions_of, side_counts, states_until
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, Direction, Execution


def activity(
    done: int | None, wanted: int, *, direction: Direction = Direction.MORE, title: str = ""
) -> ActivityYear:
    rest = (None,) * 11
    programmed = (Decimal(wanted), *rest) if wanted else (None,) * 12
    made = Activity(
        "UNIDAD", title or f"{done}/{wanted}", "ACCIÓN", Decimal(12), programmed, direction=direction
    )
    return ActivityYear(made, (None if done is None else Decimal(done), *rest))


def titles(*activities: ActivityYear) -> list[str]:
    return [line.row.activity.title for line in exceptions_of(year_with(activities=activities), 1)]


def test_the_thirteen_exceptions_of_the_seed_in_their_order():
    lines = exceptions_of(seed_year(), 9)
    assert [line.row.activity.id for line in lines] == [37, 48, 14, 100, 46, 90, 22, 99, 103, 10, 95, 96, 84]
    head = lines[0]
    assert (head.state.executed, head.state.programmed, head.side) == (0, 6, Side.BELOW)
    assert "SERVICIO CIVIL" in head.row.activity.title


def test_the_seed_has_nine_below_and_four_above():
    counts = side_counts(exceptions_of(seed_year(), 9))
    assert counts == {Side.BELOW: 9, Side.PENDING: 0, Side.UNPROGRAMMED: 0, Side.ABOVE: 4}


def test_below_then_owed_then_unprogrammed_then_above():
    assert titles(activity(9, 6), activity(2, 0), activity(None, 3), activity(5, 6), activity(4, 4)) == [
        "5/6", "None/3", "2/0", "9/6"
    ]  # fmt: skip


def test_of_two_equal_ratios_the_larger_gap_comes_first_and_then_the_order_of_the_plan():
    told = activity(1, 2, title="primero"), activity(10, 20, title="mayor"), activity(1, 2, title="segundo")
    assert titles(*told) == ["mayor", "primero", "segundo"]


def test_the_largest_excess_comes_first():
    assert titles(activity(11, 10), activity(30, 10), activity(12, 10)) == ["30/10", "12/10", "11/10"]


def test_where_less_is_better_more_than_programmed_is_below():
    told = exceptions_of(
        year_with(
            activities=(activity(8, 4, direction=Direction.LESS), activity(1, 4, direction=Direction.LESS))
        ),
        1,
    )
    assert [(line.row.activity.title, line.side) for line in told] == [
        ("8/4", Side.BELOW),
        ("1/4", Side.ABOVE),
    ]


def test_nothing_programmed_and_nothing_done_is_no_exception():
    assert titles(activity(None, 0), activity(0, 0)) == []


def test_the_notes_up_to_the_cut_go_with_the_line():
    notes = (
        Execution(1, 5, motive_text="después"),
        Execution(1, 2, motive_text="segundo"),
        Execution(1, 1, motive_text="primero"),
    )
    year = year_with(activities=(replace(activity(0, 6), notes=notes),))
    (line,) = exceptions_of(year, 3)
    assert [note.motive_text for note in line.notes] == ["primero", "segundo"]


def test_a_cut_before_the_deviation_does_not_tell_it():
    assert 37 not in {line.row.activity.id for line in exceptions_of(seed_year(), 2)}
    assert 37 in {line.row.activity.id for line in exceptions_of(seed_year(), 3)}


@given(until=st.integers(1, 12), seed=st.integers(0, 50))
def test_every_deviation_is_told_once_and_sides_come_in_order(until, seed):
    year = region_year(150, until=8, seed=seed)
    states = states_until(year, until)
    lines = exceptions_of(year, until, states)
    assert len(lines) == sum(state.deviates for state in states)
    assert len({line.row.activity.id for line in lines}) == len(lines)
    assert [line.side for line in lines] == sorted(line.side for line in lines)
    below = [line.state.ratio for line in lines if line.side is Side.BELOW]
    assert below == sorted(below)
