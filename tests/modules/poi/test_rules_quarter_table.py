"""The quarter table: the figures of the seed, blanks that stay blank, levels that are not added."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poi_region import region_year
from poi_seed import seed_year, year_with

from sisfoh_desktop.modules.poi.rules.exceptions import states_until
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, GoalKind
from sisfoh_desktop.modules.poi.rules.quarter_table import quarter_of, quarter_table


def months(*values: int | None) -> tuple[Decimal | None, ...]:
    told = [None if value is None else Decimal(value) for value in values]
    return (*told, *(None,) * (12 - len(told)))


def year_of(programmed, executed, kind: GoalKind = GoalKind.SUM):
    activity = Activity("UNIDAD", "ACTIVIDAD", "ACCIÓN", Decimal(12), programmed, goal_kind=kind)
    return year_with(activities=(ActivityYear(activity, executed),))


def test_the_seed_comes_to_what_its_own_row_of_totals_says():
    total = quarter_table(seed_year(), 9).total
    assert total.annual == 7040
    assert [tuple(map(int, one)) for one in total.quarters] == [(1726, 1722), (1745, 1745), (1747, 1761)]
    assert list(map(int, total.programmed)) == [565, 583, 578, 575, 584, 586, 590, 575, 582]
    assert list(map(int, total.executed[:3])) == [565, 578, 579]


def test_every_activity_of_the_seed_stands_in_the_order_of_the_plan():
    table = quarter_table(seed_year(), 9)
    assert [row.row.activity.order for row in table.rows] == list(range(1, 91))
    assert (table.months, table.quarters) == (range(1, 10), range(1, 4))


def test_seven_quarters_of_the_seed_programme_nothing():
    quarters = [one for row in quarter_table(seed_year(), 9).rows for one in row.figures.quarters]
    assert sum(one.programmed == 0 for one in quarters) == 7


def test_a_table_that_ends_within_a_quarter_tells_that_part_of_it():
    table = quarter_table(seed_year(), 8)
    assert len(table.total.programmed) == 8
    assert table.total.quarters[2].programmed == 590 + 575


def test_a_blank_is_not_a_zero():
    (row,) = quarter_table(year_of(months(1, 1, 1, 1, 1, 1), months(0, 0, 0)), 6).rows
    assert row.figures.quarters == ((3, 0), (3, None))
    assert row.figures.executed == (0, 0, 0, None, None, None)


def test_a_level_is_the_last_one_told_and_not_a_sum():
    (row,) = quarter_table(year_of(months(2, 4, 6, 8), months(2, 5, None, 7), GoalKind.STOCK), 4).rows
    assert row.figures.quarters == ((6, 5), (8, 7))


def test_without_activities_there_are_no_totals():
    table = quarter_table(year_with(activities=()), 3)
    assert (table.rows, table.total.annual, table.total.quarters) == ((), None, ((None, None),))


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (9, 3), (12, 4)])
def test_the_quarter_of_a_month(month, quarter):
    assert quarter_of(month) == quarter


@given(until=st.integers(1, 12))
def test_the_totals_are_the_sums_of_the_rows_whatever_the_month(until):
    year = region_year(200, until=10)
    table = quarter_table(year, until, states_until(year, until))
    for at, total in enumerate(table.total.quarters):
        told = [row.figures.quarters[at].executed for row in table.rows]
        assert (total.executed or 0) == sum(value for value in told if value is not None)
    assert [row.state for row in table.rows] == list(states_until(year, until))
