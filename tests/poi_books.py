"""Tables of the POI as offices send them: a year written in the seed's layout or in CEPLAN's, clean or damaged.

`book_of(year)` is the bytes of a file; `grid_of` gives its cells to a test that changes them first, `bytes_of` writes
them. Rows of a `Grid` are counted from 1 as the reader counts them.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from new_books import new_workbook, open_workbook
from old_books import old_workbook

from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    QUARTER_NAMES,
    Activity,
    ActivityYear,
    GoalKind,
    PoiYear,
    last_month,
    quarter_value,
)
from sisfoh_desktop.modules.poi.rules.importing import TEXT_MEANINGS, ColumnMapping, PoiFile
from sisfoh_desktop.modules.poi.sheet.importing import find_table
from sisfoh_desktop.sheets.preflight import BookKind
from sisfoh_desktop.sheets.reading import MergedRange, Row, Sheet, Workbook, read_workbook

Cell = str | int | float | None
FORMATS = ("xlsx", "csv", "tsv", "txt", "ods", "xls")
TEXTS = 4
"""Columns of texts before the annual goal in the seed's layout."""


@dataclass
class Grid:
    """The cells of one sheet; `place[n]` is the row (from 1) of the n-th activity, `totals` those of the sums.

    `first_figure` is the column (from 1) of the first figure after the annual goal. Merged ranges as (first row,
    first column, last row, last column).
    """

    rows: list[list[Cell]]
    place: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    first_figure: int = TEXTS + 2
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = "POI"

    def row(self, number: int) -> list[Cell]:
        """The cells of a row (from 1), to be changed in place."""
        return self.rows[number - 1]


@dataclass(frozen=True)
class Damage:
    """What is done to the n-th activity (from 0); `at` counts its figures after the annual goal, from 0.

    lost: the figure is gone and those after it move one to the left, as in the seed; blank: gone in its place;
    shifted: all figures from there on stand one to the right, the last one past the table; swapped: with the next
    different month of the same side; changed: seven more; text: «s/d»; annual: the goal is one less than what is
    programmed; total: the last row of sums is one more in that column (`row` says nothing).
    """

    row: int
    kind: str
    at: int = 0


def book_of(
    year: PoiYear,
    layout: str = "quarters",
    kind: str = "xlsx",
    damage: Iterable[Damage] = (),
    *,
    quarter: int = 3,
    page: int = 0,
    thousands: str = "",
    extra: Sequence[str] = (),
) -> bytes:
    """A file of `kind` (see `FORMATS`) with the year up to a quarter, in the layout «quarters» or «ceplan».

    `page` repeats title and head every so many rows; `thousands` writes figures as text with that sign.
    """
    grid = grid_of(year, layout, quarter=quarter, page=page, extra=extra)
    for one in damage:
        plant(grid, one)
    if thousands:
        group(grid, thousands)
    return bytes_of([grid], kind)


def grid_of(
    year: PoiYear,
    layout: str = "quarters",
    *,
    quarter: int = 3,
    page: int = 0,
    extra: Sequence[str] = (),
) -> Grid:
    """The cells of the year in a layout."""
    if layout == "ceplan":
        return ceplan_grid(year)
    return quarters_grid(year, quarter=quarter, page=page, extra=extra)


# --- the seed's layout ---


def quarters_grid(
    year: PoiYear,
    *,
    quarter: int = 3,
    page: int = 0,
    activities: Sequence[ActivityYear] | None = None,
    extra: Sequence[str] = (),
) -> Grid:
    """Title, head of two rows with its wrong spans, activities, one row of sums.

    `extra` are texts of an activity («goal_kind», «code»…) in columns of their own after the unidad de medida.
    """
    chosen = year.activities if activities is None else activities
    months = 3 * quarter
    grid = Grid([], first_figure=TEXTS + len(extra) + 2)
    title = (
        f"PLAN OPERATIVO INSTITUCIONAL {year.plan.year} - EJECUCIÓN AL {QUARTER_NAMES[quarter - 1]} TRIMESTRE"
    )
    for order, one in enumerate(chosen):
        if order == 0 or (page and order % page == 0):
            grid.rows += [[title], [], *_head(quarter, extra)]
        grid.rows.append([*_texts(one.activity, extra), *quarter_figures(one, quarter)])
        grid.place.append(len(grid.rows))
    texts = TEXTS + len(extra)
    sums: list[Cell] = ["TOTAL", *[None] * (texts - 1)]
    for column in range(texts, texts + 1 + 2 * months + 2 * quarter):
        told = [grid.row(number)[column] for number in grid.place]
        sums.append(plain(sum((Decimal(str(one)) for one in told if one is not None), Decimal(0))))
    grid.rows.append(sums)
    grid.totals.append(len(grid.rows))
    return grid


def quarter_figures(one: ActivityYear, quarter: int) -> list[Cell]:
    """Annual goal, months programmed, months executed, and both sums of each quarter; blanks stay blank."""
    kind, months = one.activity.goal_kind, 3 * quarter
    values = [one.activity.annual, *one.activity.programmed[:months], *one.executed[:months]]
    for number in range(1, quarter + 1):
        values += [
            quarter_value(one.activity.programmed, number, kind),
            quarter_value(one.executed, number, kind),
        ]
    return [plain(value) for value in values]


def _head(quarter: int, extra: Sequence[str]) -> Iterator[list[Cell]]:
    months = list(MONTH_CODES[: 3 * quarter])
    blanks: list[Cell] = [None] * (len(months) - 2)
    upper: list[Cell] = ["UNIDAD ORGÁNICA", "MEF", "ACTIVIDAD POI", "UNIDAD DE MEDIDA"]
    upper += [*[TEXT_MEANINGS[name].upper() for name in extra], "META ANUAL"]
    upper += ["PROGRAMADO", *blanks, "EJECUTADO", *blanks]
    for name in QUARTER_NAMES[:quarter]:
        upper += [f"{name} TRIMESTRE", None]
    yield upper
    yield [None] * (TEXTS + 1 + len(extra)) + months + months + ["PROG", "EJEC"] * quarter


def _texts(activity: Activity, extra: Sequence[str]) -> list[Cell]:
    told = [activity.unit_name, activity.category or None, activity.title, activity.measure]
    return [*told, *[str(getattr(activity, name)) or None for name in extra]]


# --- the export of the Aplicativo CEPLAN V.01 ---

_CEPLAN_HEADS = (
    "Periodo", "Etapa", "Año", "UE ID", "UE", "CC Responsable ID", "CC Responsable", "Centro Costo ID",
    "CENTRO  DE COSTO", "OEI", "Objetivo Estratégico", "AEI", "Acción Estratégica", "Categoria ID", "Categoria",
    "PRODUCTO ID", "PRODUCTO ", "Actividad Presupuestal ID", "Actividad Presupuestal", "Funcion ID", "Funcion",
    "Division Funcional ID", "Division Funcional", "Grupo Funcional ID", "Grupo Funcional", "Nro Registro POI",
    "Actividad Operativa ID", "Actividad Operativa", "AO sectorial", "Unidad Medida ID", "Unidad Medida",
    "Acumulado", "Tipo", "Cons PIA", "Cons PIM", "Prioridad", "Ubigeo", "Genérica",
)  # fmt: skip


def ceplan_grid(
    year: PoiYear,
    *,
    blocks: Sequence[str] = ("A", "CS", "SE"),
    generics: int = 1,
    titles: int = 3,
    month_names: bool = False,
) -> Grid:
    """One row per activity and genérica (money parted among them), the head under some titles.

    The blocks before the last hold what is programmed, the last one what was executed; both in units and in soles.
    """
    grid = Grid([[f"APLICATIVO CEPLAN V.01 - POI {year.plan.year}"]] + [[] for _ in range(titles - 1)])
    names = ("ENE FEB MAR ABR MAY JUN JUL AGO SET OCT NOV DIC" if month_names else "").split()
    months = names or [f"{number:02d}" for number in range(1, 13)]
    heads: list[Cell] = list(_CEPLAN_HEADS)
    grid.first_figure = len(heads) + 1
    for letter in ("F", "Fn"):
        for block in blocks:
            heads += [f"{letter}({block}) {month} " for month in months] + [f"{letter}({block}) TOTAL"]
    grid.rows.append(heads)
    for order, one in enumerate(year.activities, 1):
        for generic in range(generics):
            grid.rows.append(_ceplan_row(year, one, order, blocks, generic, generics))
            if generic == 0:
                grid.place.append(len(grid.rows))
    return grid


def ceplan_code(order: int) -> str:
    """The code written for the n-th activity (from 1) that has none."""
    return f"AOI301234{order:05d}"


def _ceplan_row(
    year: PoiYear, one: ActivityYear, order: int, blocks: Sequence[str], generic: int, generics: int
) -> list[Cell]:
    activity = one.activity
    code = activity.code or ceplan_code(order)
    row: list[Cell] = [
        f"{year.plan.year}-{year.plan.year + 2}", "Seguimiento", year.plan.year, "301234", "MUNICIPALIDAD",
        None, activity.unit_name, activity.centro_costo or None, None, activity.oei or None, None,
        activity.aei or None, None, None, activity.category or None, None, activity.product or None, None,
        activity.budget_activity or None, activity.function or None, None, activity.division or None, None,
        activity.group or None, None, 1000 + order, f"'{code}", activity.title, None, None, activity.measure,
        "SI" if activity.goal_kind is GoalKind.STOCK else "NO", None, None, None, activity.priority or None,
        activity.ubigeo or None, f"5-2{generic + 1}",
    ]  # fmt: skip
    programmed = [*activity.programmed, activity.annual]
    executed: list[Decimal | None] = [*one.executed, _run_total(one)]
    for block in blocks:
        row += [plain(value) for value in (executed if block.startswith("SE") else programmed)]
    for block in blocks:
        months = one.executed_money if block.startswith("SE") else activity.programmed_money
        annual = None if block.startswith("SE") else activity.annual_money
        row += [plain(_part(value, generic, generics)) for value in (*months, annual)]
    return row


def _run_total(one: ActivityYear) -> Decimal | None:
    last = last_month(one.executed)
    if not last:
        return None
    if one.activity.goal_kind is GoalKind.STOCK:
        return one.executed[last - 1]
    return sum((value for value in one.executed if value is not None), Decimal(0))


def _part(value: Decimal | None, generic: int, generics: int) -> Decimal | None:
    """The money of one genérica: whole soles each, the last one what remains."""
    if value is None:
        return None
    share = value // generics
    return value - share * (generics - 1) if generic == generics - 1 else share


# --- damage ---


def plant(grid: Grid, damage: Damage) -> None:
    """Do the damage; see `Damage`. ValueError where a swap finds nothing that differs."""
    if damage.kind == "total":
        row, at = grid.row(grid.totals[-1]), grid.first_figure - 1 + damage.at
        row[at] = plain(Decimal(str(row[at])) + 1)
        return
    row, first = grid.row(grid.place[damage.row]), grid.first_figure - 1
    at = first + damage.at
    if damage.kind == "lost":
        row[at:] = [*row[at + 1 :], None]
    elif damage.kind == "blank":
        row[at] = None
    elif damage.kind == "shifted":
        row[at:] = [None, *row[at:]]
    elif damage.kind == "swapped":
        other = next((one for one in range(at + 1, len(row)) if row[one] != row[at]), None)
        if other is None:
            raise ValueError("all the figures after this one are equal")
        row[at], row[other] = row[other], row[at]
    elif damage.kind == "changed":
        row[at] = plain(Decimal(str(row[at] or 0)) + 7)
    elif damage.kind == "text":
        row[at] = "s/d"
    elif damage.kind == "annual":
        months = (len(row) - first) * 3 // 8
        told = sum((Decimal(str(one)) for one in row[first : first + months] if one is not None), Decimal(0))
        row[first - 1] = plain(told - 1)
    else:
        raise ValueError(damage.kind)


def group(grid: Grid, sign: str) -> None:
    """Every figure from 1 000 on as text with `sign` between its thousands."""
    for row in grid.rows:
        for at, value in enumerate(row):
            if at >= grid.first_figure - 2 and isinstance(value, int) and value >= 1000:
                row[at] = f"{value:,}".replace(",", sign)


def merge_units(grid: Grid) -> None:
    """Equal unit names one under the other become one merged cell."""
    start = 0
    for order in range(1, len(grid.place) + 1):
        here = grid.place[start]
        joined = order < len(grid.place) and (
            grid.place[order] == grid.place[order - 1] + 1
            and grid.row(grid.place[order])[0] == grid.row(here)[0]
        )
        if joined:
            continue
        if order - start > 1:
            grid.merged.append((here, 1, grid.place[order - 1], 1))
            for number in grid.place[start + 1 : order]:
                grid.row(number)[0] = None
        start = order


def plain(value: Decimal | None) -> int | float | None:
    """A figure as a sheet holds it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


# --- files ---


def bytes_of(grids: Sequence[Grid], kind: str = "xlsx") -> bytes:
    """The grids as a file, a sheet each; the kinds of text and .xls take the first one."""
    if kind == "xlsx":
        names = [
            grid.name if grid.name != "POI" or len(grids) == 1 else f"POI {at}"
            for at, grid in enumerate(grids, 1)
        ]
        return new_workbook([(name, grid.rows, grid.merged) for name, grid in zip(names, grids, strict=True)])
    if kind == "ods":
        return open_workbook([(grid.name, grid.rows, grid.merged) for grid in grids])
    if kind == "xls":
        return old_workbook(grids[0].rows, grids[0].merged)
    out = io.StringIO()
    separator = ";" if kind == "csv" else "\t"
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(grids[0].rows)
    return out.getvalue().encode("utf-8-sig" if kind == "csv" else "utf-8")


# --- tables and sheets as the reader gives them ---


def sheet_of(
    rows: Sequence[Sequence[Any]], *, merged: Sequence[tuple[int, int, int, int]] = (), name: str = "POI"
) -> Sheet:
    """A sheet with these cells; rows without any value are left out, as the reader does."""
    told = [Row(number, tuple(row)) for number, row in enumerate(rows, 1)]
    kept = tuple(row for row in told if any(value is not None for value in row.values))
    return Sheet(name, kept, tuple(MergedRange(*ends) for ends in merged))


def workbook_of(*sheets: Sheet) -> Workbook:
    """A workbook that was read, with these sheets."""
    return Workbook("poi.xlsx", BookKind.XLSX, sheets, ())


def read_poi_file(data: bytes, file_name: str, mapping: ColumnMapping | None = None) -> PoiFile:
    """The table of a file."""
    return find_table(read_workbook(data, file_name), mapping, sha256=hashlib.sha256(data).hexdigest())
