"""Facts and checks of series and their numbers, and the register of a year. Plain Python.

A number is given once, in order. Outside the program only the next one, a hole or a reserved one that no paper took
can be used or annulled, so that a jump forward cannot leave numbers without explanation.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.document_numbers import NumberMask, example_of
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.papers.rules.reasons import check_reason

TITLE_LIMIT = 600
_LAST_OF_ALL = 999_999


class NumberState(StrEnum):
    """Reserved at freeze, fixed by the author's signature, annulled with a reason; never used twice.

    OUTSIDE is the number of a document made outside this program (in a word processor, by hand). EARLIER and
    MISSING are never stored: numbers from before this program, and holes.
    """

    RESERVED = "reservado"
    FIXED = "emitido"
    ANNULLED = "anulado"
    OUTSIDE = "hecho fuera"
    EARLIER = "anterior"
    MISSING = "sin explicación"


@dataclass(frozen=True)
class Series:
    """A numbered series, such as the resoluciones of one gerencia."""

    id: int
    kind: str
    title: str
    mask: str
    version: int


def series_text(title: str, mask: str, year: int) -> str:
    """A series as lists name it: its documents and its first number of the year."""
    return f"{title} ({example_of(mask, year)})"


@dataclass(frozen=True)
class SeriesYear:
    """Where a series stands in a year; numbers up to `start_after` were used before this program."""

    series_id: int
    year: int
    last_number: int
    start_after: int
    start_reason: str


@dataclass(frozen=True)
class ReservedNumber:
    """A number that nobody else will get."""

    id: int
    series_id: int
    year: int
    number: int
    text: str


@dataclass(frozen=True)
class NumberEntry:
    """A number as it is stored, with its document: date, title, and the hash of a scan when one was kept.

    `taken` says that a paper of this program bears it, whatever its state.
    """

    number: int
    state: NumberState
    explanation: str
    dated: date | None = None
    title: str = ""
    scan_sha256: str = ""
    taken: bool = False
    id: int = 0


@dataclass(frozen=True)
class NumberLine:
    """One line of the register of numbers; `first` and `last` differ only for the years before this program.

    `open` says that the number may still be annulled or registered as used outside.
    """

    first: int
    last: int
    text: str
    state: NumberState
    explanation: str
    dated: date | None = None
    title: str = ""
    scan_sha256: str = ""
    open: bool = False

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class OutsideDocument:
    """A document made outside this program that used a number of a series; `reason` says where and why."""

    dated: date
    title: str
    reason: str
    scan_sha256: str = ""


def check_series(title: str, mask: str) -> None:
    """A series needs a title and a mask with number and year (`{n:03d}-{year}-GM/MPT`)."""
    if not title.strip() or len(title) > 200:
        raise RuleError(
            "series_title",
            "La serie necesita un nombre de hasta 200 letras; no se guardó. Escríbalo y guarde.",
        )
    NumberMask(mask)


def check_series_start(state: SeriesYear | None, last_number: int, reason: str) -> None:
    """A series may be set to go on after numbers used elsewhere, forward only, with a reason."""
    if not 0 <= last_number <= 999_999:
        raise RuleError(
            "number_range", "El último número usado va de 0 a 999 999; no se cambió nada. Corríjalo."
        )
    check_reason(reason)
    if state is not None and last_number < state.last_number:
        raise RuleError(
            "number_backwards",
            f"La serie ya va en el número {state.last_number} y no puede retroceder; no se cambió nada. "
            "Indique un número mayor.",
        )
    if state is not None and state.last_number > state.start_after:
        raise RuleError(
            "series_in_use",
            "La serie ya emitió números en este año; no se cambió nada. "
            "Anule con motivo los números que no se usarán.",
        )


def check_number_open(
    year: SeriesYear | None, entry: NumberEntry | None, number: int, mask: str, of_year: int
) -> None:
    """A number that may be annulled or used outside: the next one, a hole, or reserved and never taken.

    RuleError says why not: already explained, used, annulled, or with numbers before it that nothing explains.
    """
    if not 1 <= number <= _LAST_OF_ALL:
        raise RuleError("number_range", "El número va de 1 a 999 999; no se cambió nada. Corríjalo.")
    number_mask = NumberMask(mask)
    text = number_mask.format(number, of_year)
    start, last = (year.start_after, year.last_number) if year else (0, 0)
    if number <= start:
        raise RuleError(
            "number_earlier",
            f"{text} ya está explicado: se usó antes de este programa. No se cambió nada. Elija otro número.",
        )
    if entry is not None and (entry.taken or entry.state is not NumberState.RESERVED):
        raise RuleError(
            "number_taken", f"{text} {_how_taken(entry)} y no se usa otra vez; no se cambió nada."
        )
    if number > last + 1:
        following = number_mask.format(last + 1, of_year)
        raise RuleError(
            "number_skips",
            f"El número que sigue es {following}; {text} saltaría {number - last - 1} sin explicación y no se "
            f"cambió nada. Registre o anule antes {following}, con su motivo.",
        )


def checked_outside(document: OutsideDocument, year: int, today: date) -> OutsideDocument:
    """The document as it will be kept; its date is of the series' year and not in the future."""
    check_reason(document.reason)
    if document.dated.year != year:
        raise RuleError(
            "outside_other_year",
            f"La fecha {format_date(document.dated)} no es del año {year} de la serie; no se registró. "
            "Corrija la fecha o elija el año.",
        )
    if document.dated > today:
        raise RuleError(
            "date_in_future",
            f"La fecha {format_date(document.dated)} todavía no llega; no se registró. Corríjala.",
        )
    title = clean_text(
        document.title, what="el asunto del documento", limit=TITLE_LIMIT, required=True, one_line=True
    )
    reason = clean_text(document.reason, what="el motivo", limit=TITLE_LIMIT, one_line=True)
    return OutsideDocument(document.dated, title, reason, document.scan_sha256)


def register_lines(year: SeriesYear, mask: str, numbers: Sequence[NumberEntry]) -> list[NumberLine]:
    """The register of a year: every number from 1 to the last, each explained; a hole says that it is one.

    `numbers` come in any order.
    """
    number_mask = NumberMask(mask)
    lines = []
    if year.start_after:
        first, last = number_mask.format(1, year.year), number_mask.format(year.start_after, year.year)
        text = first if year.start_after == 1 else f"{first} a {last}"
        lines.append(NumberLine(1, year.start_after, text, NumberState.EARLIER, year.start_reason))
    known = {entry.number: entry for entry in numbers}
    for number in range(year.start_after + 1, year.last_number + 1):
        text = number_mask.format(number, year.year)
        entry = known.get(number)
        if entry is None:
            hole = "El número falta en el registro."
            lines.append(NumberLine(number, number, text, NumberState.MISSING, hole, open=True))
            continue
        lines.append(
            NumberLine(
                number,
                number,
                text,
                entry.state,
                entry.explanation,
                entry.dated,
                entry.title,
                entry.scan_sha256,
                open=entry.state is NumberState.RESERVED and not entry.taken,
            )
        )
    return lines


def count_states(lines: Sequence[NumberLine]) -> list[tuple[NumberState, int]]:
    """How many numbers of the register are in each state, in the order of the states, none left out."""
    counts: Counter[NumberState] = Counter()
    for line in lines:
        counts[line.state] += line.count
    return [(state, counts[state]) for state in NumberState if counts[state]]


def _how_taken(entry: NumberEntry) -> str:
    if entry.state is NumberState.ANNULLED:
        return "está anulado"
    if entry.state is NumberState.OUTSIDE:
        return "ya está registrado como hecho fuera del programa"
    return "ya lo lleva un documento de este programa"
