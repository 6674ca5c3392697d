"""Figures and dates of a list as a spreadsheet reckons with them: `16 391` → 16391, `S/ 312 656.00`, `08/03/2024`.

A list gives its cells as they are read. In a sheet such a text cannot be added up or sorted by day, so a column that
has nothing else than figures, or than dates, becomes one of them. DNI, telephones and whatever has zeros before it stay
text; a short code made of figures alone (an ubigeo of Tacna, a year) looks like a count and reads the same as one.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from sisfoh_desktop.basics.money import NBSP

Shown = str | int | Decimal | date

_MOST_UNGROUPED = 7  # a longer figure without its thousands apart is a code: a DNI, a telephone
_SOLES = re.compile(rf"S/{NBSP}(-?\d{{1,3}}(?:{NBSP}\d{{3}})*\.\d{{2}})")
_GROUPED = re.compile(rf"-?[1-9]\d{{0,2}}(?:{NBSP}\d{{3}})+")
_SMALL = re.compile(rf"0|-?[1-9]\d{{0,{_MOST_UNGROUPED - 1}}}")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def bare_figure(text: str) -> str:
    """A figure shown with its thousands apart or in soles, by its digits alone; any other text as it is."""
    soles = _SOLES.fullmatch(text)
    if soles is not None:
        return soles[1].replace(NBSP, "")
    return text.replace(NBSP, "") if _GROUPED.fullmatch(text) else text


def reckoned(rows: Sequence[Sequence[str]]) -> list[list[Shown]]:
    """The rows, with the columns of figures, of soles and of dates as such; what is empty stays empty."""
    width = max(map(len, rows), default=0)
    kinds = [_reading_of([row[at] for row in rows if row[at : at + 1] and row[at]]) for at in range(width)]
    return [[kind(text) if text else text for kind, text in zip(kinds, row, strict=False)] for row in rows]


def _reading_of(texts: Sequence[str]) -> Callable[[str], Shown]:
    """How every text of a column is taken."""
    if texts and all(_SOLES.fullmatch(text) for text in texts):
        return _soles
    if texts and all(_SMALL.fullmatch(text) or _GROUPED.fullmatch(text) for text in texts):
        return _count
    return _day_or_text if texts and all(isinstance(_day_or_text(text), date) for text in texts) else str


def _soles(text: str) -> Shown:
    return Decimal(bare_figure(text))


def _count(text: str) -> Shown:
    return int(bare_figure(text))


def _day_or_text(text: str) -> Shown:
    found = _DAY.fullmatch(text)
    try:
        return text if found is None else date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return text
