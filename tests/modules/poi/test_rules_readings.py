"""The readings of a damaged row: the true one is always among them, and each of them adds up."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from poi_rows import Figures, figures_of, mapping_of, meanings_of, row_of, unreadable, values_in

from sisfoh_desktop.modules.poi.rules.importing import FileRow, Reading
from sisfoh_desktop.modules.poi.rules.readings import SHOWN_WEAKER, candidates_of, reading_of
from sisfoh_desktop.modules.poi.rules.row_checks import Habits, check_row, layout_of_row

NINE, YEAR, PLAIN = meanings_of(9), meanings_of(12), meanings_of(12, quarters=False)
ALL_SPARSE = Habits(sparse=frozenset(YEAR))
MONTHS = st.lists(st.integers(0, 30), min_size=12, max_size=12)
SOUND = st.builds(figures_of, MONTHS, MONTHS)


def read(row: FileRow) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    layout = layout_of_row(row)
    strong, weak = (
        tuple(reading_of(one, row, layout) for one in some) for some in candidates_of(row, layout)
    )
    return strong, weak[:SHOWN_WEAKER]


def check_true_one_is_found(sound: Figures, damaged: Figures, meanings: Sequence[str] = YEAR) -> None:
    row = row_of(damaged, meanings)
    found = check_row(row, mapping_of(meanings))
    assume(found)  # some damage leaves a row that adds up, and nothing in the row can tell it
    readings, weaker = read(row)
    everything = [dict(one.values) for one in (*readings, *weaker)]
    assert values_in(row_of(sound, meanings)) in everything
    for one in (*readings, *weaker):
        assert check_row(row_of(list(one.values.values()), meanings), mapping_of(meanings), ALL_SPARSE) == ()
    assert all(len(one.assumptions) == 1 for one in readings)
    assert all(len(one.assumptions) == 2 for one in weaker)
    assert len({tuple(one.values.values()) for one in readings}) == len(readings)


@given(SOUND, st.integers(0, 32))
def test_a_cell_left_blank_in_its_place(sound: Figures, at: int) -> None:
    check_true_one_is_found(sound, [*sound[:at], None, *sound[at + 1 :]])


@given(SOUND, st.integers(1, 31))
def test_a_figure_lost_and_the_rest_moved_left(sound: Figures, at: int) -> None:
    check_true_one_is_found(sound, [*sound[:at], *sound[at + 1 :], None])


@given(SOUND, st.integers(1, 31), st.booleans())
def test_a_cell_too_many_and_the_rest_moved_right(sound: Figures, at: int, doubled: bool) -> None:
    check_true_one_is_found(sound, [*sound[:at], sound[at] if doubled else None, *sound[at:-1]])


@given(SOUND, st.integers(0, 32), st.integers(0, 32))
def test_two_figures_exchanged(sound: Figures, one: int, other: int) -> None:
    damaged = list(sound)
    damaged[one], damaged[other] = damaged[other], damaged[one]
    check_true_one_is_found(sound, damaged)


@given(SOUND, st.integers(0, 32), st.integers(0, 400))
def test_a_wrong_figure_in_its_place(sound: Figures, at: int, value: int) -> None:
    check_true_one_is_found(sound, [*sound[:at], Decimal(value), *sound[at + 1 :]])


@given(
    st.builds(figures_of, MONTHS, MONTHS, quarters=st.just(False)), st.integers(0, 12), st.integers(0, 400)
)
def test_a_wrong_figure_in_a_table_without_quarters(sound: Figures, at: int, value: int) -> None:
    check_true_one_is_found(sound, [*sound[:at], Decimal(value), *sound[at + 1 :]], PLAIN)


@given(SOUND, st.integers(0, 32))
def test_a_cell_that_cannot_be_read(sound: Figures, at: int) -> None:
    row = unreadable(row_of(sound, YEAR), YEAR[at])
    readings, weaker = read(row)
    assert [dict(one.values) for one in readings] == [values_in(row_of(sound, YEAR))]
    assert weaker == ()


def test_a_sound_row_has_no_readings() -> None:
    assert read(row_of(figures_of([2] * 9, [2] * 9), NINE)) == ((), ())


def test_a_row_moved_left_as_a_whole_finds_its_goal_in_the_unit_of_measure() -> None:
    sound = figures_of([3, 5, 2, 6, 1, 4, 3, 8, 2], [3, 5, 2, 6, 1, 4, 3, 8, 2], more=6)
    row = row_of([*sound[1:], None], NINE, measure="40")
    readings, _ = read(row)
    assert dict(readings[0].values) == values_in(row_of(sound, NINE))
    assert readings[0].assumptions == (
        "Falta el 40 de META ANUAL; lo que sigue está corrido un lugar a la izquierda",
    )


def test_a_lost_figure_may_stop_at_a_blank_within_the_row() -> None:
    """Somebody deleted a cell of the executed months and moved only those."""
    sound = figures_of([3, 5, 2, 6, 1, 4, 3, 8, 2], [3, 5, 2, 6, 1, 4, 3, 8, 2])
    damaged = [*sound[:12], *sound[13:19], None, *sound[19:]]
    readings, _ = read(row_of(damaged, NINE))
    assert dict(readings[0].values) == values_in(row_of(sound, NINE))
    assert (
        readings[0]
        .assumptions[0]
        .endswith("lo que sigue está corrido un lugar a la izquierda hasta SEP ejecutado")
    )


def test_an_executed_month_that_is_blank_is_zero_or_still_to_be_reported() -> None:
    sound = figures_of([5] * 9, [5] * 9)
    sound[NINE.index("e08")], sound[NINE.index("eq3")] = None, Decimal(10)
    readings, _ = read(row_of(sound, NINE))
    assert [(one.assumptions[0], one.values["e08"]) for one in readings[:2]] == [
        ("AGO ejecutado sigue en blanco: falta registrarlo", None),
        ("AGO ejecutado es 0", Decimal(0)),
    ]


def test_the_likeliest_reading_is_the_one_in_which_executed_follows_programmed() -> None:
    sound = figures_of([4, 7, 9, 5, 5, 5, 6, 6, 6], [4, 7, 9, 5, 5, 5, 6, 6, 6])
    wrong = list(sound)
    wrong[NINE.index("e02")] = Decimal(17)
    readings, _ = read(row_of(wrong, NINE))
    assert readings[0].assumptions == ("FEB ejecutado es 7 y no 17",)
    assert readings[0].words == "FEB ejecutado es 7 y no 17: ejecutado 4 7 9 · 5 5 5 · 6 6 6 = 20 · 15 · 18"
    assert "I TRIM ejecutado es 30 y no 20" in [one.assumptions[0] for one in readings]


@pytest.mark.parametrize("gap", range(1, 25))
def test_a_constant_row_that_lost_any_of_its_months_has_one_reading(gap: int) -> None:
    sound = figures_of([1] * 9, [1] * 9, more=3)
    readings, weaker = read(row_of([*sound[:gap], *sound[gap + 1 :], None], NINE))
    everything = [dict(one.values) for one in (*readings, *weaker)]
    assert values_in(row_of(sound, NINE)) in everything
    if gap <= 18:
        (one,) = readings
        assert one.assumptions[0].startswith(
            "Falta un 1 entre ENE programado y SEP ejecutado (no importa cuál"
        )


def test_two_cells_that_cannot_be_read_are_two_assumptions() -> None:
    sound = figures_of([3, 5, 2, 6, 1, 4, 3, 8, 2], [3, 5, 2, 6, 1, 4, 3, 8, 2])
    row = unreadable(unreadable(row_of(sound, NINE), "p02"), "e07")
    readings, weaker = read(row)
    assert readings == ()
    assert dict(weaker[0].values) == values_in(row_of(sound, NINE))


def test_levels_have_their_readings_too() -> None:
    levels = [1, 2, 4, 4, 5, 6, 8, 9, 9, 10, 11, 12]
    sound = figures_of(levels, levels, stock=True)
    wrong = list(sound)
    wrong[YEAR.index("p03")], wrong[YEAR.index("p06")] = Decimal(6), Decimal(4)
    readings, _ = read(row_of(wrong, YEAR, goal_kind="Acumulado"))
    assert dict(readings[0].values) == values_in(row_of(sound, YEAR))
    blank = [*sound[:6], None, *sound[7:]]
    readings, _ = read(row_of(blank, YEAR, goal_kind="Acumulado"))
    assert dict(readings[0].values) == values_in(row_of(sound, YEAR))
