"""Rows of an imported table made in the test that needs them, as the sheet would hand them over, sound or damaged.

A row of figures is a list in the order of its meanings, so that damage is what it is in a sheet: cells taken out, put
in, exchanged.
"""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from poi_seed import SEED, seed_rows

from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    ColumnMapping,
    FileRow,
    NumberCell,
    PoiFile,
    Profile,
    month_meaning,
    quarter_meaning,
)

Figures = list[Decimal | None]
TEXTS = ("unit_name", "category", "title", "measure")


def meanings_of(months: int = 9, *, quarters: bool = True, money: bool = False) -> tuple[str, ...]:
    """Annual goal, months programmed and executed, then both figures of each quarter, as in the seed's layout."""
    found: list[str] = []
    for soles in (False, True)[: 1 + money]:
        found.append(ANNUAL_MONEY if soles else ANNUAL)
        found += [month_meaning(False, month, money=soles) for month in range(1, months + 1)]
        found += [month_meaning(True, month, money=soles) for month in range(1, months + 1)]
        if quarters:
            for quarter in range(1, months // 3 + 1):
                found += [quarter_meaning(done, quarter, money=soles) for done in (False, True)]
    return tuple(found)


def mapping_of(meanings: Sequence[str]) -> ColumnMapping:
    """The mapping of a table with these figures after its texts."""
    names = (*TEXTS, *meanings)
    return ColumnMapping(Profile.QUARTERS, names, names)


def figures_of(
    programmed: Sequence[int],
    executed: Sequence[int],
    *,
    quarters: bool = True,
    stock: bool = False,
    more: int = 0,
) -> Figures:
    """A sound row out of its months; the annual goal is `more` than what is programmed."""
    come_to = (lambda values: values[-1]) if stock else sum
    row = [come_to(programmed) + more, *programmed, *executed]
    if quarters:
        for start in range(0, len(programmed), 3):
            row += [come_to(programmed[start : start + 3]), come_to(executed[start : start + 3])]
    return [Decimal(value) for value in row]


def row_of(figures: Sequence[Decimal | None], meanings: Sequence[str], row: int = 7, **texts: str) -> FileRow:
    """The row of a sheet; its texts are its own unless told."""
    told = {"unit_name": "OFICINA DE PRUEBA", "title": f"ACTIVIDAD {row}", "measure": "ACCIONES"} | texts
    cells = [
        NumberCell(meaning, "" if value is None else str(value), value)
        for meaning, value in zip(meanings, figures, strict=True)
    ]
    return FileRow("POI", row, told, tuple(cells))


def unreadable(row: FileRow, meaning: str, text: str = "s/d") -> FileRow:
    """The row with a cell that is no figure."""
    cells = tuple(
        NumberCell(meaning, text, None, f"«{text}» no es un número.") if one.meaning == meaning else one
        for one in row.numbers
    )
    return FileRow(row.sheet, row.row, row.texts, cells)


def total_of(rows: Sequence[FileRow], row: int, name: str = "TOTAL") -> FileRow:
    """The row of sums of some rows."""
    meanings = [cell.meaning for cell in rows[0].numbers]
    sums = [sum((one.value(meaning) or Decimal(0) for one in rows), Decimal(0)) for meaning in meanings]
    return row_of(sums, meanings, row, unit_name=name, title="", measure="")


def file_of(rows: Sequence[FileRow], totals: Sequence[FileRow] = ()) -> PoiFile:
    """The table with these rows."""
    meanings = [cell.meaning for cell in rows[0].numbers]
    return PoiFile("poi.xlsx", "0" * 64, mapping_of(meanings), tuple(rows), tuple(totals))


def figures_in(row: FileRow) -> Figures:
    return [cell.value for cell in row.numbers]


def values_in(row: FileRow) -> Mapping[str, Decimal | None]:
    return {cell.meaning: cell.value for cell in row.numbers}


def seed_file() -> PoiFile:
    """The table of 2019 with its rows as they stand in the text, 47 of them a figure short."""
    meanings = meanings_of(9)
    rows = [
        row_of(
            [_figure(text) for text in fields[4:]], meanings, line, **dict(zip(TEXTS, fields, strict=False))
        )
        for line, fields in seed_rows()
    ]
    lines = SEED.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("TOTAL\t"))
    total = [_figure(text) for text in lines[at - 1].split("\t")[4:]]
    return file_of(rows, [row_of(total, meanings, at, unit_name="TOTAL", title="", measure="")])


def generated_file(seed: int, *, units: int = 30, each: int = 10, months: int = 12) -> PoiFile:
    """A sound table: activities of several shapes, sums of each unit below it, sums of all at the end."""
    chance = random.Random(seed)
    meanings = meanings_of(months)
    rows: list[FileRow] = []
    totals: list[FileRow] = []
    number = 3
    for unit in range(1, units + 1):
        own = []
        for _ in range(each):
            programmed = [chance.randint(1, 40) for _ in range(months)]
            executed = [max(0, value + chance.choice((0, 0, 0, 1, -1, 3))) for value in programmed]
            own.append(
                row_of(figures_of(programmed, executed), meanings, number, unit_name=f"UNIDAD {unit:02d}")
            )
            number += 1
        totals.append(total_of(own, number, f"TOTAL UNIDAD {unit:02d}"))
        number += 1
        rows += own
    totals.append(total_of(rows, number, "TOTAL GENERAL"))
    return file_of(rows, totals)


def _figure(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text else None
