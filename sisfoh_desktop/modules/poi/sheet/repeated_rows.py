"""An activity that comes on several rows, one per genérica de gasto: what is physical once, soles added.

Rows without a code, and tables without soles, are never joined: there a repeated activity is a finding of the rules.
"""

from collections.abc import Sequence
from decimal import Decimal

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.poi.rules.importing import ColumnMapping, FileRow, NumberCell
from sisfoh_desktop.modules.poi.sheet.cell_reading import is_money


def join_repeated(rows: Sequence[FileRow], mapping: ColumnMapping) -> tuple[list[FileRow], int]:
    """One row per activity, in the place of its first; and how many rows were joined into another.

    Where the physical figures of an activity do not agree, its cell is unreadable and says so.
    """
    if "code" not in mapping.meanings or not any(map(is_money, filter(None, mapping.meanings))):
        return list(rows), 0
    groups: dict[tuple[str, ...], list[FileRow]] = {}
    for row in rows:
        code = row.text("code")
        key = (code, without_accents(row.text("title"))) if code else ("", row.sheet, str(row.row))
        groups.setdefault(key, []).append(row)
    joined = [group[0] if len(group) == 1 else _joined(group) for group in groups.values()]
    return joined, len(rows) - len(joined)


def _joined(group: list[FileRow]) -> FileRow:
    first = group[0]
    width = min(len(row.numbers) for row in group)
    numbers = tuple(
        _money([row.numbers[at] for row in group])
        if is_money(first.numbers[at].meaning)
        else _physical(group, at)
        for at in range(width)
    )
    texts = dict(first.texts)
    for row in group[1:]:
        for name, text in row.texts.items():
            texts.setdefault(name, text)
    return FileRow(first.sheet, first.row, texts, numbers)


def _physical(group: list[FileRow], at: int) -> NumberCell:
    told = [row for row in group if not row.numbers[at].blank]
    if not told:
        return group[0].numbers[at]
    first = told[0]
    if all(row.numbers[at].value == first.numbers[at].value for row in told):
        return next((row.numbers[at] for row in told if row.numbers[at].fault), first.numbers[at])
    other = next(row for row in told if row.numbers[at].value != first.numbers[at].value)
    one, two = first.numbers[at].text, other.numbers[at].text
    return NumberCell(
        first.numbers[at].meaning,
        f"{one} / {two}",
        fault=f"Las filas {first.row} y {other.row} son de la misma actividad y no dicen lo mismo: {one} y {two}.",
    )


def _money(cells: list[NumberCell]) -> NumberCell:
    told = [cell for cell in cells if not cell.blank]
    if not told:
        return cells[0]
    fault = next((cell for cell in told if cell.fault), None)
    if fault or len(told) == 1:
        return fault or told[0]
    total = sum((cell.value for cell in told if cell.value is not None), Decimal(0))
    return NumberCell(told[0].meaning, str(total), total)
