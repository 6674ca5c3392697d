"""The facts of the matrix of responsibilities: units in order, their lettered duties, and how each one stands.

The same facts serve the screen, the workbook and Anexo N° 01. What may change is in `writing`, what is missing
in `gaps`, what falls due in `following`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

HEADING = "DE LA ORGANIZACIÓN ADMINISTRATIVA"  # section VI.1 of the plan, as the annex titles itself

MAX_UNITS = 60
MAX_DUTIES = 500  # in one matrix, over all its units
MAX_TEXT = 4_000
MAX_TITLE = 500
MAX_LABEL = 300
MAX_INTRO = 8_000
MAX_RESPONSIBLE = 200
MAX_EVIDENCE = 1_000
MAX_NORM = 300


class DutyState(StrEnum):
    """How far a duty has come; the value is what the database holds."""

    PENDING = "pendiente"
    UNDER_WAY = "en_curso"
    DONE = "cumplida"

    @property
    def label(self) -> str:
        """The word on screens and in workbooks."""
        return self.value.replace("_", " ").capitalize()


class MatrixState(StrEnum):
    """A draft may be rewritten; one in force only followed up; an archived one only read and copied."""

    DRAFT = "borrador"
    IN_FORCE = "vigente"
    ARCHIVED = "archivada"

    @property
    def label(self) -> str:
        """The word on screens."""
        return self.value.capitalize()


class Frequency(StrEnum):
    """How often a duty must leave evidence of itself."""

    ONCE = "una_vez"
    WEEKLY = "semanal"
    MONTHLY = "mensual"

    @property
    def label(self) -> str:
        """The words on screens and papers."""
        return self.value.replace("_", " ").capitalize()


class DutyLink(StrEnum):
    """Whose records are evidence of a duty; the value is the module that brings them, whatever the duty says."""

    RESOLUCION = "resoluciones"
    PLAN = "plans"
    WEEKLY_REPORT = "weekly_reports"
    ALERT = "alerts"
    STAFF = "staff"
    KARDEX = "kardex"
    HOUSEHOLD_REQUEST = "household_requests"

    @property
    def label(self) -> str:
        """The words on screens."""
        return _LINK_LABELS[self]


_LINK_LABELS = {
    DutyLink.RESOLUCION: "Resoluciones",
    DutyLink.PLAN: "Plan de trabajo",
    DutyLink.WEEKLY_REPORT: "Informes semanales",
    DutyLink.ALERT: "Alertas y acciones correctivas",
    DutyLink.STAFF: "Personal acreditado (SIAC)",
    DutyLink.KARDEX: "Kardex de formatos",
    DutyLink.HOUSEHOLD_REQUEST: "Solicitudes de hogares",
}


@dataclass(frozen=True)
class Progress:
    """The newest evidence of a duty that still counts."""

    day: date
    text: str
    count: int = 1  # of all that count


@dataclass(frozen=True)
class Duty:
    """One lettered function of a unit; `letter` follows from its place, `due` may be open.

    `responsible` is who answers, as it was written or as the officer `officer_id` was called when chosen;
    `evidence` says what proves it, `source_norm` and `source_text` which norm asks for it. `progress` and
    `owner_gone` (the officer is no longer in the post) are read from elsewhere and never written from here.
    """

    text: str
    responsible: str = ""
    evidence: str = ""
    due: date | None = None
    state: DutyState = DutyState.PENDING
    id: int = 0
    letter: str = ""
    officer_id: int | None = None
    frequency: Frequency | None = None
    link: DutyLink | None = None
    source_norm: str = ""
    source_text: str = ""
    progress: Progress | None = field(default=None, compare=False)
    owner_gone: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class MatrixUnit:
    """A row of the annex: an office unit (`unit_id`), a label of its own, or both.

    `label` is what the annex prints when it is not empty; otherwise the unit's name in force. `name` is the
    result of that choice on a given day.
    """

    label: str = ""
    unit_id: int | None = None
    duties: tuple[Duty, ...] = ()
    id: int = 0
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Matrix:
    """A whole matrix; `title` is the plan's, `heading` and `intro` stand above the table.

    `held_by` is the number of the frozen act that printed it and waits for its signatures, empty when none does.
    `in_force_on` is the day on which it last came into force, written with its state and never saved from here.
    """

    title: str
    heading: str = HEADING
    intro: str = ""
    state: MatrixState = MatrixState.DRAFT
    units: tuple[MatrixUnit, ...] = ()
    id: int = 0
    version: int = 0
    held_by: str = ""
    in_force_on: date | None = field(default=None, compare=False)

    @property
    def can_rewrite(self) -> bool:
        """Whether its texts, units and order may change."""
        return self.state is MatrixState.DRAFT and not self.held_by

    @property
    def state_word(self) -> str:
        """Its state as it is told: what an act froze is no draft to whoever looks at it."""
        return "Congelada" if self.held_by and self.state is MatrixState.DRAFT else self.state.label

    @property
    def since(self) -> date | None:
        """The day from which its evidence is expected; None while it is not in force."""
        return self.in_force_on if self.state is MatrixState.IN_FORCE else None

    @property
    def duty_count(self) -> int:
        return sum(len(unit.duties) for unit in self.units)


@dataclass(frozen=True)
class MatrixLine:
    """A matrix in the list: how big it is and how far it has come."""

    id: int
    title: str
    state: MatrixState
    units: int
    duties: int
    done: int
    version: int
