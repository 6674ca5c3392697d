"""The export of the Aplicativo CEPLAN V.01: its blocks, its codes, and activities on one row per genérica."""

from dataclasses import replace
from decimal import Decimal

import pytest
from poi_books import FORMATS, Grid, book_of, bytes_of, ceplan_code, ceplan_grid, read_poi_file
from poi_seed import seed_year, year_with

from sisfoh_desktop.modules.poi.rules.facts import GoalKind, PoiYear
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, ANNUAL_MONEY, PoiFile, Profile, month_meaning
from sisfoh_desktop.modules.poi.sheet.importing import propose_table
from sisfoh_desktop.sheets.reading import read_workbook

GENERIC = -1


def budgeted(count: int = 4) -> PoiYear:
    """Some activities with soles: 1 000 programmed and 900 executed each month, the second one a level."""
    chosen = []
    for order, one in enumerate(seed_year().activities[:count]):
        kind = GoalKind.STOCK if order == 1 else GoalKind.SUM
        activity = replace(
            one.activity,
            goal_kind=kind,
            programmed_money=(Decimal(1000),) * 12,
            annual_money=Decimal(12000),
            oei="OEI.01",
            function="03",
            ubigeo="230101",
        )
        chosen.append(replace(one, activity=activity, executed_money=(Decimal(900),) * 9 + (None,) * 3))
    return year_with(activities=tuple(chosen))


def read(grid: Grid, kind: str = "tsv") -> PoiFile:
    return read_poi_file(bytes_of([grid], kind), f"poi.{kind}")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_kind_of_file_gives_the_plan(kind: str) -> None:
    year = seed_year()
    found = read_poi_file(book_of(year, "ceplan", kind), f"poi.{kind}")
    assert (found.mapping.profile, found.mapping.stage, found.year) == (Profile.CEPLAN, "CS", 2019)
    assert (len(found.rows), len(found.totals), len(found.rejected)) == (90, 0, 0)
    for order, (row, one) in enumerate(zip(found.rows, year.activities, strict=True), 1):
        assert (row.text("code"), row.text("title")) == (ceplan_code(order), one.activity.title)
        assert row.value(ANNUAL) == one.activity.annual
        assert (
            tuple(row.value(month_meaning(False, month)) for month in range(1, 13)) == one.activity.programmed
        )
        assert tuple(row.value(month_meaning(True, month)) for month in range(1, 13)) == one.executed


def test_texts_codes_and_the_kind_of_goal() -> None:
    grid = ceplan_grid(budgeted())
    for number in grid.place:
        row = grid.row(number)
        row[10], row[19], row[20], row[36] = "Mejorar el servicio", 3, "PLANEAMIENTO", 70101
    found = read(grid)
    first = found.rows[0]
    assert first.text("oei") == "OEI.01 Mejorar el servicio"
    assert first.text("function") == "03 PLANEAMIENTO"
    assert first.text("ubigeo") == "070101"
    assert [row.text("goal_kind") for row in found.rows] == ["suma", "acumulado", "suma", "suma"]
    assert any("funciones que perdieron ceros" in note for note in found.notes)
    assert any("«Etapa»" in note for note in found.notes)


def test_one_activity_on_several_rows_units_once_soles_added() -> None:
    year = budgeted()
    found = read(ceplan_grid(year, generics=3))
    assert len(found.rows) == 4
    for row, one in zip(found.rows, year.activities, strict=True):
        assert row.value(ANNUAL) == one.activity.annual
        assert row.value("p01") == one.activity.programmed[0]
        assert row.value("mp01") == 1000
        assert row.value("me09") == 900
        assert row.value("me10") is None
        assert row.value(ANNUAL_MONEY) == 12000
    assert any("8 filas repetían una actividad" in note for note in found.notes)


def test_units_told_on_one_of_the_rows_only_are_enough() -> None:
    grid = ceplan_grid(budgeted(), generics=2)
    column = grid.first_figure - 1
    for number in grid.place:
        second = grid.row(number + 1)
        second[column : column + 39] = [None] * 39
    found = read(grid)
    assert found.rows[0].value(ANNUAL) == budgeted().activities[0].activity.annual


def test_rows_of_one_activity_that_disagree_are_unreadable_and_say_so() -> None:
    grid = ceplan_grid(budgeted(), generics=2)
    place = grid.place[0]
    heads = grid.rows[place - 2]
    column = heads.index("F(CS) 01 ")
    grid.row(place + 1)[column] = 5
    cell = next(one for one in read(grid).rows[0].numbers if one.meaning == "p01")
    assert cell.value is None
    assert f"Las filas {place} y {place + 1}" in cell.fault
    assert "1 y 5" in cell.fault


def test_the_same_code_under_another_activity_is_not_joined() -> None:
    grid = ceplan_grid(budgeted())
    grid.row(grid.place[1])[26] = grid.row(grid.place[0])[26]
    assert len(read(grid).rows) == 4


def test_names_of_months_and_numbered_blocks() -> None:
    found = read(ceplan_grid(budgeted(), blocks=("A", "RE1", "RE2", "SE1"), month_names=True))
    assert found.mapping.stage == "RE"
    assert found.rows[0].value("p09") == budgeted().activities[0].activity.programmed[8]
    assert found.rows[0].value("e09") == budgeted().activities[0].executed[8]


def test_a_block_that_is_there_and_empty_is_not_taken() -> None:
    grid = ceplan_grid(budgeted(), blocks=("A", "CS", "RE", "SE"))
    heads = grid.rows[grid.place[0] - 2]
    for number in grid.place:
        for column, head in enumerate(heads):
            if str(head).startswith(("F(RE)", "Fn(RE)")):
                grid.row(number)[column] = None
    assert read(grid).mapping.stage == "CS"


def test_a_person_may_choose_the_block() -> None:
    data = bytes_of([ceplan_grid(budgeted(), blocks=("A", "AJ", "CS", "SE"))], "tsv")
    workbook = read_workbook(data, "poi.tsv")
    proposal = propose_table(workbook, "A")
    assert proposal is not None
    assert proposal.stages == ("A", "AJ", "CS")
    assert proposal.mapping.stage == "A"
    found = read_poi_file(data, "poi.tsv", proposal.mapping)
    assert found.mapping == proposal.mapping
    assert len(found.rows) == 4


@pytest.mark.parametrize("titles", [1, 3, 8, 12])
def test_the_head_is_found_under_its_titles(titles: int) -> None:
    assert len(read(ceplan_grid(budgeted(), titles=titles)).rows) == 4
