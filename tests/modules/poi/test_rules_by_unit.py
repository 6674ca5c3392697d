"""By unit and by unit of measure: counted by state, never adding unlike units; and what is left for the quarter."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from poi_region import region_year
from poi_seed import seed_year, year_with

from sisfoh_desktop.modules.poi.rules.by_measure import MeasureKey, by_measure, measure_keys
from sisfoh_desktop.modules.poi.rules.by_unit import by_unit, state_heads
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, Direction, GoalKind
from sisfoh_desktop.modules.poi.rules.percent import percent_text
from sisfoh_desktop.modules.poi.rules.remaining import remaining_of
from sisfoh_desktop.modules.poi.rules.states import StateKind


def months(*values: int | None) -> tuple[Decimal | None, ...]:
    told = [None if value is None else Decimal(value) for value in values]
    return (*told, *(None,) * (12 - len(told)))


def activity(
    programmed, executed, *, measure="ACCIÓN", kind=GoalKind.SUM, direction=Direction.MORE, unit="UNIDAD"
) -> ActivityYear:
    made = Activity(unit, "ACTIVIDAD", measure, Decimal(12), programmed, goal_kind=kind, direction=direction)
    return ActivityYear(made, executed)


# -- by unit -------------------------------------------------------------------------------------------------


def test_the_units_of_the_seed_in_the_order_of_the_plan():
    lines = by_unit(seed_year(), 9)
    assert len(lines) == 24
    assert lines[0].unit_name == "JEFATURA SAT"
    assert sum(line.tally.activities for line in lines) == 90
    assert sum(line.tally.deviating for line in lines) == 13


def test_a_unit_is_told_by_its_activities_and_not_by_a_sum():
    people = next(
        line for line in by_unit(seed_year(), 9) if line.unit_name == "GERENCIA DE RECURSOS HUMANOS"
    )
    tally = people.tally
    assert tally.fulfilled < tally.programmed <= tally.activities
    named = {
        head.label: count
        for head, count in zip(state_heads(seed_year().plan.bands), tally.counts, strict=True)
    }
    assert (named["Crítico"], named["En riesgo"]) == (1, 1)
    assert tally.advance is not None
    assert tally.advance < 100


def test_excess_makes_up_for_nothing():
    year = year_with(activities=(activity(months(10), months(30)), activity(months(10), months(0))))
    (line,) = by_unit(year, 1)
    assert (line.tally.advance, line.tally.fulfilled, line.tally.fulfilled_percent) == (50, 1, 50)


def test_what_is_owed_counts_as_not_done():
    year = year_with(activities=(activity(months(2, 2), months(2)), activity(months(2, 2), months(2, 2))))
    (line,) = by_unit(year, 2)
    assert (line.tally.fulfilled, line.tally.programmed) == (1, 2)


def test_a_unit_without_anything_programmed_has_no_percentage():
    (line,) = by_unit(year_with(activities=(activity(months(), months()),)), 1)
    assert (line.tally.fulfilled_percent, line.tally.advance) == (None, None)


@given(until=st.integers(1, 12))
def test_every_activity_has_one_state(until):
    year = region_year(300, until=7)
    for line in by_unit(year, until):
        assert sum(line.tally.counts) == line.tally.activities
    for told in by_measure(year, until):
        assert sum(told.tally.counts) == told.tally.activities


# -- by unit of measure --------------------------------------------------------------------------------------


def test_the_units_of_measure_of_the_seed():
    lines = {line.name: line for line in by_measure(seed_year(), 9)}
    assert {name: line.tally.activities for name, line in lines.items()} == {
        "ACCIONES": 80, "REPORTE": 6, "INFORMES": 2, "DOCUMENTOS": 1, "REPORTE DE ACCIONES": 1,
    }  # fmt: skip
    assert (lines["DOCUMENTOS"].state.executed, lines["DOCUMENTOS"].state.programmed) == (0, 6)
    assert sum(line.annual for line in lines.values()) == 7040


def test_levels_and_indicators_where_less_is_better_stand_apart():
    year = year_with(
        activities=(
            activity(months(5), months(5)),
            activity(months(5), months(4), kind=GoalKind.STOCK),
            activity(months(5), months(4), direction=Direction.LESS),
        )
    )
    assert [line.name for line in by_measure(year, 1)] == [
        "ACCIÓN", "ACCIÓN (acumulado)", "ACCIÓN (menos es mejor)"
    ]  # fmt: skip
    assert MeasureKey("ACCIÓN", GoalKind.STOCK, Direction.LESS).name == "ACCIÓN (acumulado, menos es mejor)"
    assert [key.name for key in measure_keys(year)] == [line.name for line in by_measure(year, 1)]


def test_a_sum_is_pending_while_one_of_its_activities_is():
    year = year_with(activities=(activity(months(5, 5), months(5, 5)), activity(months(5, 5), months(5))))
    (line,) = by_measure(year, 2)
    assert (line.state.kind, line.state.executed) == (StateKind.PENDING, 15)


# -- what is left for the quarter ----------------------------------------------------------------------------


def test_what_is_left_for_the_third_quarter_of_the_seed():
    lines = {line.row.activity.id: line for line in remaining_of(seed_year(), 3)}
    assert sorted(lines) == [14, 22, 37, 46, 48, 90, 99, 100, 103]
    transit = lines[37]
    assert (transit.missing, transit.arrears, transit.owed_months) == (6, 4, ())


def test_for_the_fourth_quarter_every_arrear_stays():
    assert {line.row.activity.id: int(line.arrears) for line in remaining_of(seed_year(), 4)}[37] == 6


def test_months_not_told_yet_are_named():
    year = year_with(activities=(activity(months(1, 1, 1, 2, 2, 2), months(1, 0, 1, 2)),))
    (line,) = remaining_of(year, 2)
    assert (line.missing, line.arrears, line.owed_months) == (5, 1, (5, 6))


def test_a_level_has_no_arrears_and_less_is_better_leaves_nothing():
    year = year_with(
        activities=(
            activity(months(2, 4, 6), months(2, 3), kind=GoalKind.STOCK),
            activity(months(5, 5, 5), months(0), direction=Direction.LESS),
        )
    )
    (line,) = remaining_of(year, 1)
    assert (line.missing, line.arrears) == (3, 0)


def test_what_was_done_ahead_is_not_asked_again():
    assert remaining_of(year_with(activities=(activity(months(2, 2, 2), months(6)),)), 1) == ()


# -- percentages in words ------------------------------------------------------------------------------------


def test_a_percentage_never_reaches_a_hundred_by_rounding():
    assert percent_text(Decimal("99.99")) == "99.9\u00a0%"
    assert percent_text(Decimal(100)) == "100\u00a0%"
    assert percent_text(Decimal(6800) / 59) == "115.3\u00a0%"
    assert percent_text(None) == ""
