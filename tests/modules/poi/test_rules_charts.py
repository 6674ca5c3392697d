"""What charts show and say: unlike units are never added, blanks end a curve, words tell what the picture does."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poi_region import region_year
from poi_seed import seed_year, year_with

from sisfoh_desktop.modules.poi.rules.by_measure import MeasureKey
from sisfoh_desktop.modules.poi.rules.by_unit import is_fulfilled
from sisfoh_desktop.modules.poi.rules.chart_words import (
    cumulative_words,
    heat_words,
    month_readout,
    month_words,
)
from sisfoh_desktop.modules.poi.rules.charts import Scope, cumulative, heat_map, month_series, unit_names
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, Direction, GoalKind
from sisfoh_desktop.modules.poi.rules.states import StateKind, state_of

ALL = Scope()
ACTIONS = MeasureKey("ACCIONES")
TRANSIT = "GESTIONAR EL TRANSITO AL NUEVO REGIMEN DEL SERVICIO CIVIL"


def months(*values: int | None) -> tuple[Decimal | None, ...]:
    told = [None if value is None else Decimal(value) for value in values]
    return (*told, *(None,) * (12 - len(told)))


def activity(
    programmed, executed, *, annual=None, kind=GoalKind.SUM, direction=Direction.MORE, unit="UNIDAD"
) -> ActivityYear:
    made = Activity(unit, "ACTIVIDAD", "ACCIÓN", annual, programmed, goal_kind=kind, direction=direction)
    return ActivityYear(made, executed)


def ints(values) -> list[int | None]:
    return [None if value is None else int(value) for value in values]


# -- by month ------------------------------------------------------------------------------------------------


def test_with_a_unit_of_measure_months_are_its_sums():
    series = month_series(seed_year(), Scope(measure=ACTIONS))
    assert series.activities == 80
    assert sum(ints(series.programmed)[:9]) == 4914
    assert sum(ints(series.executed)[:9]) == 4930
    assert (series.executed[9], series.last_executed) == (None, 9)


def test_without_one_activities_are_counted_and_not_their_units():
    year = year_with(
        activities=(activity(months(100, 1), months(100, 0)), activity(months(1, None), months(5, None)))
    )
    series = month_series(year, ALL)
    assert ints(series.programmed)[:3] == [2, 1, None]
    assert ints(series.executed)[:3] == [2, 0, None]


def test_a_level_that_was_not_told_again_stays():
    year = year_with(
        activities=(
            activity(months(2, 4, 6), months(2, None, 6), kind=GoalKind.STOCK),
            activity(months(1, 1, 1), months(1, 1, 1), kind=GoalKind.STOCK),
        )
    )
    series = month_series(year, Scope(measure=MeasureKey("ACCIÓN", GoalKind.STOCK)))
    assert ints(series.executed)[:4] == [3, 3, 7, None]
    assert cumulative(year, series.scope) == series


def test_one_unit_alone():
    name = "GERENCIA DE RECURSOS HUMANOS"
    assert month_series(seed_year(), Scope(name)).activities == 8
    assert name in unit_names(seed_year())


@given(seed=st.integers(0, 30), month=st.integers(1, 12))
def test_counting_agrees_with_the_states_of_the_month(seed, month):
    year = region_year(120, until=8, seed=seed)
    states = [
        state_of(one.activity.programmed, one.executed, (month,), one.activity, year.plan.bands)
        for one in year.activities
    ]
    series = month_series(year, ALL)
    assert (series.programmed[month - 1] or 0) == sum(bool(state.programmed) for state in states)
    if month <= 8:
        assert series.executed[month - 1] == sum(is_fulfilled(state) for state in states)
    else:
        assert series.executed[month - 1] is None


# -- cumulative ----------------------------------------------------------------------------------------------


def test_the_curve_of_one_unit_of_measure_ends_at_what_its_activities_did():
    series = cumulative(seed_year(), Scope(measure=ACTIONS))
    assert (series.programmed[8], series.executed[8], series.executed[9]) == (4914, 4930, None)


def test_without_a_unit_of_measure_the_curve_is_per_cent_of_each_annual_goal():
    year = year_with(
        activities=(
            activity(months(1, 1), months(1, 0), annual=Decimal(4)),
            activity(months(50, 50), months(90, 90), annual=Decimal(100)),
            activity(months(9), months(9), annual=Decimal(9), direction=Direction.LESS),
            activity(months(9), months(9), annual=Decimal(0)),
        )
    )
    series = cumulative(year, ALL)
    assert ints(series.programmed)[:3] == [37, 75, None]  # (25 + 50) / 2, (50 + 100) / 2
    assert ints(series.executed)[:3] == [57, 62, None]  # nobody counts for more than its whole goal
    assert series.activities == 2


@given(seed=st.integers(0, 30))
def test_a_curve_of_sums_never_falls(seed):
    year = region_year(100, until=9, seed=seed)
    for values in (cumulative(year, Scope(measure=MeasureKey("INFORME"))).executed,):
        told = [value for value in values if value is not None]
        assert told == sorted(told)


# -- map -----------------------------------------------------------------------------------------------------


def test_the_map_counts_the_activities_of_each_unit():
    shown = heat_map(seed_year(), ALL)
    assert (len(shown.rows), shown.counts) == (24, True)
    people = next(row for row in shown.rows if row.name == "GERENCIA DE RECURSOS HUMANOS")
    march = people.cells[2]
    assert (march.programmed, march.executed) == (8, 6)
    assert people.cells[9] is None


def test_the_map_of_one_unit_shows_its_activities():
    shown = heat_map(seed_year(), Scope("GERENCIA DE RECURSOS HUMANOS"))
    assert not shown.counts
    transit = next(row for row in shown.rows if row.name == TRANSIT)
    assert [cell.percent for cell in transit.cells[2:5]] == [0, 0, 0]
    assert transit.cells[0].kind is StateKind.NOT_PROGRAMMED


def test_the_map_of_one_unit_of_measure_adds_what_is_alike():
    year = year_with(activities=(activity(months(4), months(2)), activity(months(6), months(6))))
    ((row,),) = (heat_map(year, Scope(measure=MeasureKey("ACCIÓN"))).rows,)
    assert (row.cells[0].executed, row.cells[0].programmed) == (8, 10)


def test_a_unit_that_did_what_nobody_programmed_is_told_so():
    year = year_with(activities=(activity(months(None), months(2)),))
    assert heat_map(year, ALL).rows[0].cells[0].kind is StateKind.UNPROGRAMMED


def test_a_cell_with_an_owed_figure_is_pending():
    year = year_with(activities=(activity(months(4), months(None)), activity(months(4), months(4))))
    cell = heat_map(year, ALL).rows[0].cells[0]
    assert (cell.kind, cell.executed, cell.programmed) == (StateKind.PENDING, 1, 2)


# -- in words ------------------------------------------------------------------------------------------------


def test_the_bars_in_words():
    assert month_words(month_series(seed_year(), Scope(measure=ACTIONS))).startswith(
        "De enero a setiembre se programaron 4\u00a0914 y se ejecutaron 4\u00a0930 ACCIONES (100.3\u00a0%)."
    )
    counted = month_words(month_series(seed_year(), ALL))
    assert "metas mensuales de actividades" in counted
    assert "El mes más bajo fue febrero: 81 de 86" in counted


def test_the_curve_in_words():
    assert cumulative_words(cumulative(seed_year(), Scope(measure=ACTIONS))) == (
        "A setiembre van 4\u00a0930 de 4\u00a0914 programadas en ACCIONES (100.3\u00a0%)."
    )
    assert "llevan en promedio" in cumulative_words(cumulative(seed_year(), ALL))


def test_the_map_in_words():
    told = heat_words(heat_map(seed_year(), Scope("GERENCIA DE RECURSOS HUMANOS")))
    assert told.startswith(
        "De 67 casillas con algo programado, 8 están por debajo. La más baja: GESTIONAR EL REND"
    )
    assert told.endswith("en febrero, 0\u00a0%.")


@pytest.mark.parametrize("tell", [month_words, cumulative_words])
def test_an_empty_chart_says_so(tell):
    assert (
        tell(month_series(year_with(activities=()), ALL))
        == "No hay nada programado ni ejecutado que mostrar."
    )


def test_a_year_not_begun_is_said():
    year = year_with(activities=(activity(months(1, 5), months(None), annual=Decimal(6)),))
    told = month_words(month_series(year, Scope(measure=MeasureKey("ACCIÓN"))))
    assert told == "Todavía no se registró ejecución; lo más programado está en febrero (5)."
    assert "solo lo programado" in cumulative_words(cumulative(year, ALL))


def test_one_month_under_the_cursor():
    series = month_series(seed_year(), Scope(measure=ACTIONS))
    assert month_readout(series, 1).startswith("Enero: programado 5")
    assert month_readout(series, 12) == "Diciembre: nada que mostrar"


def test_owed_cells_are_counted_in_words():
    one = activity(months(4, 4), months(4, None))
    later = activity(months(4, 4, 4), months(4, None, 4), unit="OTRA")
    assert heat_words(heat_map(year_with(activities=(one,)), ALL)).endswith("0 están por debajo.")
    assert heat_words(heat_map(year_with(activities=(one, later)), ALL)).endswith(
        "2 tienen registro pendiente."
    )
    assert heat_words(heat_map(year_with(activities=(later,)), ALL)).endswith("Una tiene registro pendiente.")
    assert (
        heat_words(heat_map(year_with(activities=()), ALL))
        == "No hay nada programado ni ejecutado que mostrar."
    )


def test_without_an_annual_goal_the_months_are_the_goal():
    year = year_with(activities=(activity(months(1, 1, 2), months(1)),))
    assert ints(cumulative(year, ALL).programmed)[:3] == [25, 50, 100]


def test_where_less_is_better_no_month_is_called_the_lowest():
    year = year_with(activities=(activity(months(4, 4), months(2, 9), direction=Direction.LESS),))
    series = month_series(year, Scope(measure=MeasureKey("ACCIÓN", direction=Direction.LESS)))
    assert month_words(series) == (
        "De enero a febrero se programaron 8 y se ejecutaron 11 ACCIÓN (menos es mejor) (137.5\u00a0%)."
    )
    assert month_readout(series, 2) == "Febrero: programado 4, ejecutado 9"


def test_a_year_as_programmed_has_no_lowest_month():
    year = year_with(activities=(activity(months(4), months(5)),))
    series = month_series(year, Scope(measure=MeasureKey("ACCIÓN")))
    assert month_words(series) == (
        "En enero se programaron 4 y se ejecutaron 5 ACCIÓN (125\u00a0%). "
        "Ningún mes quedó por debajo de lo programado."
    )


def test_executed_without_any_programme_is_told_without_a_percentage():
    year = year_with(activities=(activity(months(None), months(3)),))
    scope = Scope(measure=MeasureKey("ACCIÓN"))
    assert month_words(month_series(year, scope)) == "En enero se programaron 0 y se ejecutaron 3 ACCIÓN."
    assert cumulative_words(cumulative(year, scope)) == "A enero van 3 de 0 programadas en ACCIÓN."
