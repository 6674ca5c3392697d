"""Facts of an imported table of the POI: what its columns mean, its rows as they came, what does not add up, readings.

How a table is found in a file is in `sheet`; what adds up, and which readings a damaged row allows, in `row_checks`,
`readings` and `totals`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# What a column may mean. Texts of an activity, in the order of screens:
TEXT_MEANINGS: Mapping[str, str] = {
    "unit_name": "Unidad orgánica",
    "code": "Código de la actividad",
    "title": "Actividad",
    "measure": "Unidad de medida",
    "category": "Categoría presupuestal",
    "oei": "OEI",
    "aei": "AEI",
    "centro_costo": "Centro de costo",
    "product": "Producto o proyecto",
    "budget_activity": "Actividad presupuestal",
    "function": "Función",
    "division": "División funcional",
    "group": "Grupo funcional",
    "budget_goal": "Meta o secuencia funcional",
    "ubigeo": "Ubigeo",
    "priority": "Prioridad",
    "goal_kind": "Suma o acumulado",
    "direction": "Sentido del indicador",
    "nature": "Actividad o inversión",
    "measure_code": "Código de la unidad de medida",
}
IGNORED = ""
# Figures: the annual goal, months programmed (p) and executed (e), quarters, in units and in soles (m before them).
ANNUAL, ANNUAL_MONEY = "annual", "annual_money"


def month_meaning(executed: bool, month: int, *, money: bool = False) -> str:
    """p01 … p12, e01 … e12; with money mp01, me01."""
    return f"{'m' if money else ''}{'e' if executed else 'p'}{month:02d}"


def quarter_meaning(executed: bool, quarter: int, *, money: bool = False) -> str:
    """pq1 … pq4, eq1 … eq4; with money mpq1, meq1."""
    return f"{'m' if money else ''}{'e' if executed else 'p'}q{quarter}"


class Profile(StrEnum):
    """A layout that is known by itself, or one that somebody maps by hand."""

    QUARTERS = "trimestral"
    CEPLAN = "ceplan_v01"
    OWN = "propio"
    GENERIC = "por_confirmar"


@dataclass(frozen=True)
class ColumnMapping:
    """What each column of the table means (`IGNORED` for none), from column 1 on; `heads` are their titles.

    `stage` is the letter of the export block taken as programmed (A, AJ, CS, RE) in CEPLAN's layout.
    """

    profile: Profile
    meanings: tuple[str, ...]
    heads: tuple[str, ...]
    stage: str = ""


@dataclass(frozen=True)
class NumberCell:
    """A cell under a column of figures: what it means, how it came, its figure (None: blank), why it is unreadable."""

    meaning: str
    text: str
    value: Decimal | None = None
    fault: str = ""

    @property
    def blank(self) -> bool:
        return self.value is None and not self.fault


@dataclass(frozen=True)
class FileRow:
    """A row of the table: its texts by meaning and its figures in the order of the columns."""

    sheet: str
    row: int
    texts: Mapping[str, str]
    numbers: tuple[NumberCell, ...]

    def text(self, meaning: str) -> str:
        return self.texts.get(meaning, "")

    def value(self, meaning: str) -> Decimal | None:
        return next((one.value for one in self.numbers if one.meaning == meaning), None)


@dataclass(frozen=True)
class PoiFile:
    """A table found in a file. `totals` are its rows of sums, never stored; `dropped` counts repeated heads and titles.

    `notes` are Spanish sentences for the person. `rejected` rows are no activities and no totals: their number and why.
    """

    file_name: str
    sha256: str
    mapping: ColumnMapping
    rows: tuple[FileRow, ...]
    totals: tuple[FileRow, ...]
    rejected: tuple["Finding", ...] = ()
    dropped: int = 0
    title: str = ""
    year: int = 0
    notes: tuple[str, ...] = ()


FINDING_RULES: Mapping[str, str] = {
    "activity_repeated": "another row of the file is the same activity",
    "activity_unknown": "the version in force, which has its resolution, lacks the activity",
    "annual_below": "less than the months or quarters programmed",
    "annual_sum": "the whole year is programmed and does not come to the annual goal",
    "cell_lost": "a figure is missing, with or without the rest of the row moved",
    "cell_unreadable": "a cell holds no figure of a plan, or more than is kept",
    "cells_swapped": "two figures stand in each other's place",
    "closed_month_programmed": "a new activity programmes months that are closed",
    "column_total": "a row of sums is not the sum of its rows",
    "month_closed": "another figure executed in a month that is closed",
    "month_not_begun": "a figure executed in a month that has not begun",
    "programme_changed": "what is programmed is not what the POI has",
    "quarter_sum": "a quarter is not what its months come to",
    "row_rejected": "no activity and no row of sums",
    "row_shifted": "the figures are one place to the left or right of their columns",
    "stock_falls": "a level («acumulado») is lower than the month before",
    "text_missing": "the activity lacks its name, its unit or its unit of measure",
    "total_annual": "a row of sums, within itself: programmed against the annual goal",
    "total_quarter": "a row of sums, within itself: months against quarters",
}
"""What each `Finding.rule` says, for those who read them (`--json`, the quarantine)."""


@dataclass(frozen=True)
class Finding:
    """What does not add up, in one Spanish sentence. `rule` is stable: a key of `FINDING_RULES`.

    `meanings` are the columns it is about; `candidates` the readings (in words) that a person may choose, best first.
    """

    row: int
    rule: str
    text: str
    expected: str = ""
    found: str = ""
    meanings: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Reading:
    """One way to read a damaged row: every figure in its place, with what has to be assumed for it.

    `assumptions` are Spanish phrases («Falta el 1 de JUN ejecutado»), the fewer the better. `against_total`: the
    row of sums speaks against it (None: it says nothing). `words` tells the reading in one line.
    """

    values: Mapping[str, Decimal | None]
    assumptions: tuple[str, ...]
    words: str
    against_total: bool | None = None


class Group(StrEnum):
    """The three lists of the import."""

    FITS = "cuadra"
    PROPOSED = "con_propuestas"
    DOES_NOT_FIT = "no_cuadra"


@dataclass(frozen=True)
class CheckedRow:
    """A row with its findings (none: it adds up) and the readings it allows, best first.

    `weaker` need more than one assumption: shown apart, never counted as candidates.
    """

    row: FileRow
    findings: tuple[Finding, ...] = ()
    readings: tuple[Reading, ...] = ()
    weaker: tuple[Reading, ...] = ()

    @property
    def group(self) -> Group:
        if not self.findings:
            return Group.FITS
        return Group.PROPOSED if self.readings else Group.DOES_NOT_FIT


@dataclass(frozen=True)
class CheckedFile:
    """The whole table after the checks: every row with what was found, and what the rows of sums say."""

    file: PoiFile
    rows: tuple[CheckedRow, ...]
    total_findings: tuple[Finding, ...] = ()
