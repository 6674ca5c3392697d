"""The POI as a workbook: the seed's layout with live sums that come to what the table says."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from poi_office import small_year
from poi_seed import seed_year

from sisfoh_desktop.modules.poi.rules.facts import Direction, GoalKind, PoiYear
from sisfoh_desktop.modules.poi.rules.reports import report_of, version_words
from sisfoh_desktop.modules.poi.sheet.export import report_xlsx
from sisfoh_desktop.modules.poi.sheet.plan_export import plan_xlsx

DAY = date(2019, 10, 15)


def quarter_book(year: PoiYear, quarter: int = 3) -> bytes:
    return report_xlsx(report_of(year, quarter, dated=DAY, motives={}))


def opened(data: bytes, *, values: bool = True):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


@pytest.fixture(scope="module")
def seed_book() -> bytes:
    return quarter_book(seed_year())


def test_titles_and_heads_are_those_of_the_seed(seed_book):
    sheet = opened(seed_book)["POI"]
    assert sheet["A1"].value == "PLAN OPERATIVO INSTITUCIONAL 2019 - EJECUCIÓN AL III TRIMESTRE"
    assert "sin resolución registrada" in sheet["A2"].value
    heads = [cell.value for cell in sheet[3] if cell.value]
    assert heads[:7] == [
        "UNIDAD ORGÁNICA",
        "MEF",
        "ACTIVIDAD POI",
        "UNIDAD DE MEDIDA",
        "META ANUAL",
        "PROGRAMADO",
        "EJECUTADO",
    ]
    assert heads[7:10] == ["I TRIMESTRE", "II TRIMESTRE", "III TRIMESTRE"]
    assert [cell.value for cell in sheet[4]][5:9] == ["ENE", "FEB", "MAR", "ABR"]
    spans = {str(one) for one in sheet.merged_cells.ranges}
    assert {"F3:N3", "O3:W3", "X3:Y3", "Z3:AA3", "AB3:AC3"} <= spans
    assert sheet.freeze_panes == "E5"


def test_totals_are_live_and_come_to_those_of_the_seed(seed_book):
    row = 5 + 90
    values, formulas = opened(seed_book)["POI"], opened(seed_book, values=False)["POI"]
    assert values.cell(row, 1).value == "TOTAL"
    assert values.cell(row, 5).value == 7040
    assert [values.cell(row, column).value for column in range(24, 30)] == [
        1726, 1722, 1745, 1745, 1747, 1761,
    ]  # fmt: skip
    assert formulas.cell(row, 5).value == '=IF(COUNT(E5:E94)=0,"",SUM(E5:E94))'
    assert formulas["X5"].value == '=IF(COUNT(F5:H5)=0,"",SUM(F5:H5))'
    assert formulas["AF5"].value == '=IF(OR(N(AD5)=0,COUNT(AE5)=0),"",AE5/AD5)'


def test_the_worst_row_is_at_nothing(seed_book):
    sheet = opened(seed_book)["POI"]
    row = next(row for row in sheet.iter_rows(min_row=5, values_only=True) if "TRANSITO AL NUEVO" in row[2])
    assert row[29:] == (6, 0, 0, "Crítico")


def test_counts_by_unit_and_sums_by_measure_are_live_too(seed_book):
    units = opened(seed_book)["Por unidad"]
    heads = [cell.value for cell in units[2]]
    assert heads == [
        "UNIDADES", "ACTIVIDADES", "Crítico", "En riesgo", "Conforme", "Exceso", "CUMPLIDAS", "% DE CUMPLIDAS",
    ]  # fmt: skip
    last = [cell.value for cell in units[units.max_row]]
    assert last[:6] == ["TOTAL", 90, 1, 2, 83, 4]
    measures = opened(seed_book)["Por medida"]
    assert [cell.value for cell in measures[3]][:5] == ["ACCIONES", 80, 6632, 4914, 4930]
    assert opened(seed_book, values=False)["Por medida"]["C3"].value.startswith("=SUMPRODUCT(")


_TOLD = re.compile(r'=IF\(COUNT\((\w+):(\w+)\)=0,"",(SUM|LOOKUP)\(')


@pytest.mark.parametrize(
    "make", [quarter_book, lambda year: plan_xlsx(year, version_words(year.poi_version))]
)
@pytest.mark.parametrize("year", [seed_year(), small_year()], ids=["seed", "small"])
def test_every_kept_value_is_what_its_formula_comes_to(make, year):
    """Sums and levels are reckoned again from the cells: a reader that recalculates sees no figure change."""
    data = make(year)
    values, formulas = opened(data)["POI"], opened(data, values=False)["POI"]
    checked = 0
    for row in formulas.iter_rows(min_row=5):
        for cell in row:
            found = _TOLD.match(cell.value) if isinstance(cell.value, str) else None
            if found is None:
                continue
            told = [one.value for line in values[f"{found[1]}:{found[2]}"] for one in line]
            figures = [Decimal(str(one)) for one in told if isinstance(one, int | float)]
            kept = values[cell.coordinate].value
            if not figures:
                assert kept in (None, "")
                continue
            wanted = sum(figures) if found[3] == "SUM" else figures[-1]
            assert Decimal(str(kept)) == wanted, cell.coordinate
            checked += 1
    assert checked > 20


def test_levels_and_less_is_better_have_formulas_of_their_own():
    seed = seed_year()
    first, second = seed.activities[0], seed.activities[1]
    year = replace(
        seed,
        activities=(
            replace(first, activity=replace(first.activity, goal_kind=GoalKind.STOCK)),
            replace(second, activity=replace(second.activity, direction=Direction.LESS)),
        ),
    )
    formulas = opened(quarter_book(year), values=False)["POI"]
    assert [formulas[f"{at}5"].value for at in "EF"] == ["Acumulado", "Más es mejor"]
    assert [formulas[f"{at}6"].value for at in "EF"] == ["Suma", "Menos es mejor"]
    assert "LOOKUP(9.99E+307,H5:J5)" in formulas["Z5"].value
    assert "IF(AG6<=AF6,1,AF6/AG6)" in formulas["AH6"].value
    assert opened(quarter_book(year))["POI"]["Z5"].value == 1


def test_texts_that_look_like_formulas_stay_texts():
    seed = seed_year()
    one = seed.activities[0]
    year = replace(
        seed, activities=(replace(one, activity=replace(one.activity, title="=1+1", code="00123")),)
    )
    sheet = opened(quarter_book(year), values=False)["POI"]
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=1+1", "s")
    plan = opened(plan_xlsx(year, "POI"), values=False)["POI"]
    assert (plan["B5"].value, plan["B5"].data_type) == ("00123", "s")


def test_the_whole_plan_has_twelve_months_of_units_and_soles():
    sheet = opened(plan_xlsx(small_year(), "POI aprobado"))["POI"]
    heads = [cell.value for cell in sheet[3] if cell.value]
    assert heads[-4:] == ["PROGRAMADO", "EJECUTADO", "PROGRAMADO (S/)", "EJECUTADO (S/)"]
    months = [cell.value for cell in sheet[4]][21:34]
    assert months[0] == "ENE"
    assert months[-2:] == ["DIC", "TOTAL"]
    assert sheet.max_row == 4 + 12 + 1


def test_no_figure_is_wider_than_its_column():
    """Millions with decimals, as plans told in soles have them, and their totals."""
    year = small_year()
    big = replace(
        year,
        activities=tuple(
            replace(
                one,
                activity=replace(
                    one.activity,
                    annual=Decimal("14814810.5"),
                    programmed=(Decimal("1234567.25"),) * 12,
                    annual_money=Decimal("14814810.50"),
                    programmed_money=(Decimal("1234567.25"),) * 12,
                ),
                executed=(Decimal("1234567.25"),) * 12,
            )
            for one in year.activities
        ),
    )
    for data in (report_xlsx(report_of(big, 1, dated=date(2025, 1, 2), motives={})), plan_xlsx(big, "v")):
        sheet = opened(data)["POI"]
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, int | float):
                    wide = sheet.column_dimensions[cell.column_letter].width
                    assert wide > len(f"{cell.value:,.2f}".removesuffix(".00")), cell.coordinate
