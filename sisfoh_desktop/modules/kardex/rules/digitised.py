"""A file of digitised numbers, row by row: which rows can be taken, which persons they name, what is worth telling.

Plain Python. Reading the file itself is in `sheet.digitised`. A file is taken whole or not at all: one row that cannot
be read refuses it, a number that comes twice does not (that is a difference of the cuadre).
"""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules.counting import CountLine
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, Condition, FormType, Holder
from sisfoh_desktop.modules.kardex.rules.importing_names import Names, NotFound

MOST_TOLD = 50  # findings of one kind that are listed by row
MOST_IN_A_CELL = 10_000
LONGEST_PERSON = 160
_ZERO_TAIL = re.compile(r"\.0+$")


class FindingKind(StrEnum):
    """REFUSED: with it nothing of the file is stored; NOTE: worth knowing."""

    REFUSED = "rechaza"
    NOTE = "nota"


@dataclass(frozen=True)
class Finding:
    """Something about a file; `row` 0 when it is of the whole."""

    kind: FindingKind
    row: int
    sentence: str


@dataclass(frozen=True)
class DigitisedRow:
    """A row as the file says it; `day_fault` tells why its day could not be read."""

    row: int
    number: str
    day: date | None = None
    day_fault: str = ""
    person: str = ""
    dni: str = ""


@dataclass(frozen=True)
class CountImport:
    """What became of a file: its count (0: nothing was stored), its rows and numbers, and the findings."""

    file_name: str
    row_count: int
    form_count: int
    findings: tuple[Finding, ...]
    lines: tuple[CountLine, ...] = ()
    count_id: int = 0

    @property
    def refused(self) -> bool:
        return any(one.kind is FindingKind.REFUSED for one in self.findings)


def take_rows(
    rows: Iterable[DigitisedRow],
    form_type: FormType,
    people: Iterable[Holder],
    campaign: Campaign,
    *,
    counted_on: date,
) -> tuple[list[CountLine], list[Finding]]:
    """The lines that the rows make, consecutive numbers of the same day and person together, and the findings."""
    names = Names((), [one for one in people if one.kind.is_person])
    taker = _Taker(form_type, names, campaign, counted_on)
    for row in rows:
        taker.take(row)
    return taker.lines, taker.findings()


class _Taker:
    def __init__(self, form_type: FormType, names: Names, campaign: Campaign, counted_on: date) -> None:
        self._type, self._names, self._campaign, self._cut = form_type, names, campaign, counted_on
        self.lines: list[CountLine] = []
        self._refused: list[Finding] = []
        self._first_rows: dict[int, int] = {}
        self._twice: list[tuple[int, int, int]] = []
        self._padded: list[int] = []
        self._strangers: Counter[str] = Counter()
        self._known: dict[tuple[str, str, date], int | None] = {}

    def take(self, row: DigitisedRow) -> None:
        """Add one row, or say why not."""
        try:
            ranges = self._ranges(row)
        except RuleError as error:
            self._refuse(row, error.sentence)
            return
        fault = row.day_fault or self._day_fault(row.day)
        if fault:
            self._refuse(row, fault)
            return
        person = row.person[:LONGEST_PERSON] or (f"DNI {mask_dni(row.dni)}" if row.dni else "")
        person_id = self._person_id(row)
        if person and person_id is None:
            self._strangers[person] += 1
        for forms in ranges:
            self._note_twice(row.row, forms)
            self._add(CountLine(forms, forms.count, Condition.USED, row.day, person, person_id, row.row))

    def findings(self) -> list[Finding]:
        """What refuses the file first; then what is worth knowing."""
        told = _first(self._refused, "filas más con faltas; corríjalas todas antes de volver a importar.")
        form_type = self._type
        if self._padded:
            told.append(
                Finding(
                    FindingKind.NOTE,
                    self._padded[0],
                    f"{len(self._padded)} números venían sin sus ceros a la izquierda: se completaron a "
                    f"{form_type.number_width} cifras (el primero, en la fila {self._padded[0]}).",
                )
            )
        twice = [
            Finding(
                FindingKind.NOTE,
                row,
                f"El N° {form_type.number_text(number)} está en las filas {first} y {row}: saldrá como diferencia.",
            )
            for number, first, row in self._twice
        ]
        told += _first(twice, "números más están dos veces en el archivo.")
        for name, count in self._strangers.most_common(MOST_TOLD):
            rows = f"{count} {'fila' if count == 1 else 'filas'}"
            sentence = f"«{name}» no está en el registro de personas ({rows}): revise el nombre o el DNI."
            told.append(Finding(FindingKind.NOTE, 0, sentence))
        return told

    def _refuse(self, row: DigitisedRow, sentence: str) -> None:
        self._refused.append(Finding(FindingKind.REFUSED, row.row, f"Fila {row.row}: {sentence}"))

    def _person_id(self, row: DigitisedRow) -> int | None:
        """By DNI, else by name; of several the one in force on the day of the row, or at the cut."""
        key = (row.person, row.dni, row.day or self._cut)
        if key not in self._known:
            self._known[key] = None
            for text in (row.dni, row.person):
                with suppress(NotFound):
                    self._known[key] = self._names.holder(text, key[2], "person").id
                    break
        return self._known[key]

    def _ranges(self, row: DigitisedRow) -> FormRanges:
        width, text = self._type.number_width, _ZERO_TAIL.sub("", row.number.strip())
        if text.isascii() and text.isdigit() and 0 < len(text) <= width and int(text) > 0:
            if len(text) < width:
                self._padded.append(row.row)
            return FormRanges.single(int(text))
        ranges = parse_ranges(text, width, self._type.prefix)
        if ranges.count > MOST_IN_A_CELL:
            raise RuleError(
                "digitised_cell_too_many",
                f"«{text[:40]}» son {ranges.count} números en una celda y se admiten {MOST_IN_A_CELL}; revise si es "
                "un número.",
            )
        return ranges

    def _day_fault(self, day: date | None) -> str:
        if day is None:
            return ""
        if day > self._cut:
            cut = format_date(self._cut)
            return f"la fecha {format_date(day)} es posterior al corte ({cut}); corrija una de las dos."
        if day < self._campaign.starts_on:
            start = format_date(self._campaign.starts_on)
            return f"la fecha {format_date(day)} es anterior a la campaña, que empezó el {start}; corríjala."
        return ""

    def _note_twice(self, row: int, forms: FormRange) -> None:
        for number in range(forms.first, forms.last + 1):
            first = self._first_rows.setdefault(number, row)
            if first != row:
                self._twice.append((number, first, row))

    def _add(self, line: CountLine) -> None:
        last = self.lines[-1] if self.lines else None
        if (
            last is not None
            and last.forms is not None
            and line.forms is not None
            and last.forms.last + 1 == line.forms.first
            and (last.day, last.person, last.person_id) == (line.day, line.person, line.person_id)
        ):
            forms = FormRange(last.forms.first, line.forms.last)
            line = CountLine(
                forms, forms.count, line.condition, line.day, line.person, line.person_id, last.row
            )
            self.lines[-1] = line
            return
        self.lines.append(line)


def _first(findings: list[Finding], rest: str) -> list[Finding]:
    """At most `MOST_TOLD` of them, and how many more there are."""
    if len(findings) <= MOST_TOLD:
        return list(findings)
    more = Finding(findings[0].kind, 0, f"Hay {len(findings) - MOST_TOLD} {rest}")
    return [*findings[:MOST_TOLD], more]
