"""A whole workbook, a sheet for each unit: clean it comes in whole, and of a hundred planted damages each is found."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from poi_books import Damage, Grid, bytes_of, plant, quarters_grid
from poi_seed import seed_year

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, PoiYear
from sisfoh_desktop.modules.poi.rules.import_plan import ImportPlan
from sisfoh_desktop.modules.poi.service import importing
from sisfoh_desktop.modules.poi.service.reading import load_year

YEAR, EACH = 2023, 10
DAMAGED, EXCHANGED, WRONG_SUM = range(20), range(20, 28), range(28, 36)
KINDS = ("lost", "blank", "shifted", "swapped", "changed", "text", "annual")
ROWS = 84
ENDS = (2, 5, 11, 14)  # the last month of a quarter: what is exchanged after it belongs to another one


def year_of(chance: random.Random) -> PoiYear:
    """36 units of ten activities, told until September."""
    base = seed_year()
    return PoiYear(replace(base.plan, year=YEAR), base.poi_version, tuple(_activities(chance)))


def _activities(chance: random.Random) -> Iterator[ActivityYear]:
    rest = (None,) * 3
    for number in range(EACH * (WRONG_SUM[-1] + 1)):
        programmed = [Decimal(chance.randint(1, 40)) for _ in range(9)]
        executed = [max(Decimal(0), one + chance.choice((0, 0, 0, 1, -1, 3))) for one in programmed]
        activity = Activity(
            f"UNIDAD {number // EACH:02d}", f"ACTIVIDAD {number}", "ACCIONES", sum(programmed) + 12,
            (*programmed, *rest), category="GESTIÓN",
        )  # fmt: skip
        yield ActivityYear(activity, (*executed, *rest))


def sheets_of(year: PoiYear) -> list[Grid]:
    units = [year.activities[start : start + EACH] for start in range(0, len(year.activities), EACH)]
    sheets = [quarters_grid(year, activities=unit) for unit in units]
    for number, sheet in enumerate(sheets):
        sheet.name = f"UNIDAD {number:02d}"
    return sheets


def look(db: Database, now: datetime, sheets: list[Grid]) -> ImportPlan:
    data = bytes_of(sheets)
    return importing.check_file(db, year=YEAR, file_name="poi.xlsx", data=data, now=now)


def test_a_clean_workbook_comes_in_whole_without_one_alarm(db: Database, actor: Actor, now: datetime) -> None:
    told = year_of(random.Random(2024))
    sheets = sheets_of(told)
    plan = look(db, now, sheets)
    assert (plan.rows, plan.accepted, plan.quarantined, plan.rejected) == (360, 360, 0, 0)
    assert plan.totals_checked == 36
    assert plan.checked.total_findings == ()
    result = importing.import_file(
        db, actor=actor, now=now, year=YEAR, file_name="poi.xlsx", data=bytes_of(sheets)
    )
    kept = load_year(db, result.plan_id)
    for one, other in zip(kept.activities, told.activities, strict=True):
        assert (one.activity.unit_name, one.activity.title) == (
            other.activity.unit_name,
            other.activity.title,
        )
        assert (one.activity.annual, one.activity.programmed) == (
            other.activity.annual, other.activity.programmed,
        )  # fmt: skip
        assert one.executed == other.executed


@pytest.mark.parametrize("seed", [5, 2024])
def test_a_hundred_planted_damages_are_found_and_nothing_else(db: Database, now: datetime, seed: int) -> None:
    chance = random.Random(seed)
    sheets = sheets_of(year_of(chance))
    planted = set()
    for order, place in enumerate(chance.sample(range(EACH * len(DAMAGED)), ROWS)):
        unit, row = divmod(place, EACH)
        kind = KINDS[order % len(KINDS)]
        plant(sheets[unit], Damage(row, kind, chance.choice(ENDS)))
        planted.add((sheets[unit].name, sheets[unit].place[row]))
    exchanged = {_exchange(sheets[unit], chance) for unit in EXCHANGED}
    for unit in WRONG_SUM:
        plant(sheets[unit], Damage(0, "total", chance.randint(0, 23)))
    assert len(planted) + len(exchanged) + len(WRONG_SUM) == 100

    checked = look(db, now, sheets).checked

    found = {(one.row.sheet, one.row.row) for one in checked.rows if one.findings}
    assert planted <= found
    assert found <= planted | exchanged
    told = {(one.sheet, one.row): one.text for one in checked.total_findings}
    sums = {(sheets[unit].name, sheets[unit].totals[-1]) for unit in WRONG_SUM}
    assert sums <= set(told)
    for sheet, row in exchanged:
        assert (sheet, row) in found or any(
            f"en la fila {row}" in " ".join((one.text, *one.candidates))
            for one in checked.total_findings
            if one.sheet == sheet
        )
    assert {sheet for sheet, _row in told} <= {sheet for sheet, _row in sums | exchanged}


def _exchange(sheet: Grid, chance: random.Random) -> tuple[str, int]:
    """Two unlike months of a quarter change places: only the row of sums can tell; where it stands."""
    while True:
        row = sheet.place[chance.randrange(EACH)]
        at = sheet.first_figure - 1 + 3 * chance.randrange(6)
        cells = sheet.row(row)
        if cells[at] != cells[at + 1]:
            cells[at], cells[at + 1] = cells[at + 1], cells[at]
            return sheet.name, row
