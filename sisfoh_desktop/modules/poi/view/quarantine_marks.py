"""What the quarantine shows of a row: its figures by side and month, with the doubtful ones marked. No widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    FileRow,
    Finding,
    NumberCell,
    Reading,
    month_meaning,
    quarter_meaning,
)


class Mark(Enum):
    """How a cell stands out; `sign` tells it without colour."""

    PLAIN = ("", "")
    SAME = ("", "como en el archivo")
    DOUBT = ("▲", "dudosa")
    MOVED = ("‹", "corrida de lugar")
    EXTRA = ("×", "de más")
    HOLE = ("+", "faltaba en el archivo")
    PUT_RIGHT = ("◆", "se lee otra cifra")

    def __init__(self, sign: str, words: str) -> None:
        self.sign = sign
        self.words = words


@dataclass(frozen=True)
class GridCell:
    """A cell of the row as shown: its meaning ("" for none), its text with the sign, its mark, words to hear."""

    meaning: str
    text: str
    mark: Mark
    spoken: str


@dataclass(frozen=True)
class GridLine:
    """A line of the row as shown; `reading`: it tells the reading on view, not the file."""

    label: str
    cells: tuple[GridCell, ...]
    reading: bool = False


@dataclass(frozen=True)
class RowGrid:
    """The figures of a row: their heads, and for each side a line of the file and one of the reading."""

    heads: tuple[str, ...]
    lines: tuple[GridLine, ...]


@dataclass(frozen=True)
class _Shift:
    """Where a reading puts in a figure (or takes one out), and the last place of those that move with it.

    `but` is the place of a figure among them that is put right as well.
    """

    at: int
    end: int
    out: bool
    but: int = -1


_SIDES = ((False, False, "Programado"), (True, False, "Ejecutado"), (False, True, "Programado S/"),
          (True, True, "Ejecutado S/"))  # fmt: skip


def row_grid(row: FileRow, findings: Sequence[Finding], reading: Reading | None) -> RowGrid:
    """The row as in the file, and under each side that the reading changes what it would be."""
    numbers = {one.meaning: one for one in row.numbers if one.meaning}
    periods = _periods(numbers)
    values = reading.values if reading is not None else {}
    marks = _file_marks(row, findings, reading)
    read = _reading_marks(row, reading)
    lines: list[GridLine] = []
    for executed, money, label in _SIDES:
        meanings = [_meaning(period, executed, money) for period in periods]
        if not any(one in numbers for one in meanings):
            continue
        lines.append(
            GridLine(
                label, tuple(_file_cell(numbers.get(one), marks.get(one, Mark.PLAIN)) for one in meanings)
            )
        )
        if any(read.get(one, Mark.SAME) is not Mark.SAME for one in meanings):
            lines.append(
                GridLine(
                    "se leería",
                    tuple(
                        _read_cell(one, values.get(one), read.get(one, Mark.SAME))
                        if one in numbers
                        else GridCell("", "", Mark.SAME, "")
                        for one in meanings
                    ),
                    reading=True,
                )
            )
    return RowGrid(tuple(_head(period) for period in periods), tuple(lines))


def short_reading(reading: Reading) -> str:
    """A reading in one short line: what it assumes, and what the row of sums says."""
    said = " y ".join(one.partition(";")[0] for one in reading.assumptions) or reading.words
    return f"{said}{total_words(reading)}"


def total_words(reading: Reading) -> str:
    """«; el TOTAL lo apoya», or "" where the row of sums says nothing."""
    if reading.against_total is None:
        return ""
    return "; el TOTAL no lo apoya" if reading.against_total else "; el TOTAL lo apoya"


def bare_text(finding: Finding) -> str:
    """The finding without the number of its row, where the row is on view."""
    said = finding.text.removeprefix(f"Fila {finding.row}: ")
    return said[:1].upper() + said[1:]


# --- inside ---

_Period = tuple[str, int]


def _periods(numbers: Mapping[str, NumberCell]) -> list[_Period]:
    """The annual goal, the months and the quarters that the row has on any side."""
    found: list[_Period] = []
    if ANNUAL in numbers or ANNUAL_MONEY in numbers:
        found.append(("annual", 0))
    every: list[_Period] = [("month", month) for month in range(1, 13)]
    every += [("quarter", quarter) for quarter in range(1, 5)]
    found += [
        period
        for period in every
        if any(_meaning(period, executed, money) in numbers for executed, money, _ in _SIDES)
    ]
    return found


def _meaning(period: _Period, executed: bool, money: bool) -> str:
    kind, number = period
    if kind == "annual":
        return "" if executed else ANNUAL_MONEY if money else ANNUAL
    if kind == "month":
        return month_meaning(executed, number, money=money)
    return quarter_meaning(executed, number, money=money)


def _head(period: _Period) -> str:
    kind, number = period
    if kind == "annual":
        return "META"
    return MONTH_CODES[number - 1] if kind == "month" else f"{QUARTER_NAMES[number - 1]} T"


def _file_cell(cell: NumberCell | None, mark: Mark) -> GridCell:
    if cell is None:
        return GridCell("", "", Mark.PLAIN, "")
    said = cell.text.strip() or "en blanco"
    spoken = f"{place_words(cell.meaning)}, en el archivo {said}"
    if mark.words:
        spoken += f", {mark.words}"
    return GridCell(cell.meaning, _signed(cell.text.strip(), mark), mark, spoken)


def _read_cell(meaning: str, value: Decimal | None, mark: Mark) -> GridCell:
    text = "–" if value is None else shown_figure(value)
    spoken = f"{place_words(meaning)}, se leería {shown_figure(value)}"
    if mark.words:
        spoken += f", {mark.words}"
    return GridCell(meaning, _signed(text, mark), mark, spoken)


def _signed(text: str, mark: Mark) -> str:
    if mark is Mark.MOVED:
        return f"{text} {mark.sign}" if text else mark.sign
    return f"{mark.sign} {text}".strip() if mark.sign else text


def _file_marks(row: FileRow, findings: Sequence[Finding], reading: Reading | None) -> dict[str, Mark]:
    marks = {one.meaning: Mark.DOUBT for one in row.numbers if one.fault}
    if reading is None:
        marks.update({meaning: Mark.DOUBT for one in findings for meaning in one.meanings})
        return marks
    shift = _shift(row, reading)
    numbers = row.numbers
    if shift is None:
        marks.update({one.meaning: Mark.DOUBT for one in numbers if _differs(one, reading)})
    elif shift.out:
        marks[numbers[shift.at].meaning] = Mark.EXTRA
        marks.update({one.meaning: Mark.MOVED for one in numbers[shift.at + 1 : shift.end + 1]})
    else:
        marks.update({one.meaning: Mark.MOVED for one in numbers[shift.at : shift.end]})
        marks[numbers[shift.end].meaning] = Mark.DOUBT
        if shift.but > 0:
            marks[numbers[shift.but - 1].meaning] = Mark.DOUBT
    return marks


def _reading_marks(row: FileRow, reading: Reading | None) -> dict[str, Mark]:
    if reading is None:
        return {}
    changed = [one.meaning for one in row.numbers if _differs(one, reading)]
    shift = _shift(row, reading)
    if shift is None or shift.out:
        return dict.fromkeys(changed, Mark.PLAIN if shift is not None else Mark.PUT_RIGHT)
    marks = dict.fromkeys(changed, Mark.PLAIN)
    marks[row.numbers[shift.at].meaning] = Mark.HOLE
    if shift.but >= 0:
        marks[row.numbers[shift.but].meaning] = Mark.PUT_RIGHT
    return marks


def _differs(cell: NumberCell, reading: Reading) -> bool:
    return cell.meaning in reading.values and (bool(cell.fault) or reading.values[cell.meaning] != cell.value)


def _shift(row: FileRow, reading: Reading) -> _Shift | None:
    """Whether the reading moves a stretch of figures by one place; None where it changes them in theirs.

    Among equal neighbours it makes no difference which one was lost: the last of them is taken.
    """
    found = [one.value for one in row.numbers]
    read = [reading.values.get(one.meaning, one.value) for one in row.numbers]
    changed = [at for at, one in enumerate(row.numbers) if _differs(one, reading)]
    if len(changed) < 2:
        return None
    first, last = changed[0], changed[-1]
    if found[last] is None:
        odd = [at for at in range(first + 1, last + 1) if read[at] != found[at - 1]]
        if len(odd) < 2 and last - first > 2 * len(odd):
            return _Shift(first, last, out=False, but=odd[0] if odd else -1)
    if read[first:last] == found[first + 1 : last + 1]:
        return _Shift(first, last, out=True)
    return None
