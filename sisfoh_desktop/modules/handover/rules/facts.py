"""What a handover is: who leaves, who receives, when, and the lines of what is pending. Facts only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Section(StrEnum):
    """What a line of a handover is about; the value is what the base holds. In the order of the acta."""

    SIGNATURES = "signatures"
    FILES = "files"
    OPINIONS = "opinions"
    ACTS = "acts"
    PLANS = "plans"
    DUTIES = "duties"
    FORMS = "forms"
    POI = "poi"
    BOOKS = "books"
    KEEPING = "keeping"
    CREDENTIALS = "credentials"

    @property
    def label(self) -> str:
        """The heading on screens and in the acta."""
        return _LABELS[self]

    @property
    def page(self) -> str:
        """The page whose work it is, "" where it is of several or of none."""
        return _PAGES.get(self, "")

    @property
    def is_chosen(self) -> bool:
        """Whether it is ticked or not; the list of systems is written line by line instead."""
        return self is not Section.CREDENTIALS


_LABELS = {
    Section.SIGNATURES: "Papeles que esperan firma",
    Section.FILES: "Expedientes en trámite",
    Section.OPINIONS: "Opiniones pedidas sin respuesta",
    Section.ACTS: "Resoluciones por terminar, notificar, remitir o publicar",
    Section.PLANS: "Planes en borrador",
    Section.DUTIES: "Funciones por cumplir de la matriz",
    Section.FORMS: "Formularios en poder",
    Section.POI: "Meses del POI sin cerrar",
    Section.BOOKS: "Otros pendientes de los registros",
    Section.KEEPING: "Inventario, copias y vencimientos",
    Section.CREDENTIALS: "Sistemas y llaves, sin sus claves",
}
_PAGES = {
    Section.SIGNATURES: "papers",
    Section.FILES: "expedientes",
    Section.OPINIONS: "expedientes",
    Section.ACTS: "resoluciones",
    Section.PLANS: "plans",
    Section.DUTIES: "responsibilities",
    Section.FORMS: "kardex",
    Section.POI: "poi",
    Section.KEEPING: "",
}

CHOSEN_SECTIONS = tuple(section for section in Section if section.is_chosen)


class HandoverState(StrEnum):
    """DRAFT while it is written; FROZEN with its acta waiting for signatures; SIGNED when both signed.

    OBSERVED: a signer refused the acta, or it was annulled; it can be corrected and drawn up again.
    """

    DRAFT = "draft"
    FROZEN = "frozen"
    SIGNED = "signed"
    OBSERVED = "observed"

    @property
    def label(self) -> str:
        """The name on screens."""
        return {"draft": "Borrador", "frozen": "Por firmar", "signed": "Firmada", "observed": "Observada"}[
            self.value
        ]


@dataclass(frozen=True)
class Person:
    """Who gives or receives, as printed; the ids say which user and which officer it is, None for neither."""

    name: str
    position: str = ""
    unit: str = ""
    user_id: int | None = None
    officer_id: int | None = None

    @property
    def told(self) -> str:
        """`ANA CASTRO, Responsable de la ULE`."""
        return ", ".join(part for part in (self.name, self.position) if part)


@dataclass(frozen=True)
class Credential:
    """A system or key that changes hands: where its secret is kept and by whom, never the secret itself."""

    system: str
    account: str = ""
    place: str = ""
    custodian: str = ""
    id: int = 0


@dataclass(frozen=True)
class Line:
    """One thing that is handed over; `kind` and `record_id` say which record opens it ("" where none does)."""

    section: Section
    title: str
    detail: str = ""
    due: date | None = None
    kind: str = ""
    record_id: int = 0
    id: int = 0

    @property
    def key(self) -> tuple[str, str, int, str]:
        """Tells it apart from the others, now and when it is looked at again."""
        return (self.section.value, self.kind, self.record_id, self.title)


@dataclass(frozen=True)
class Handover:
    """A handover with its list of systems.

    `holder_id` is whose forms are handed over, None for nobody's; `sections` are those that are listed. `proposes_end`
    asks the administrator to end the access of whoever leaves: nothing ends by itself. What follows `version` is told
    by the program: the paper's number and state, and when the receiver went through what was received.
    """

    leaver: Person
    receiver: Person
    handed_on: date
    reason: str
    document: str = ""
    note: str = ""
    holder_id: int | None = None
    sections: tuple[Section, ...] = CHOSEN_SECTIONS
    credentials: tuple[Credential, ...] = ()
    proposes_end: bool = False
    id: int = 0
    version: int = 0
    is_draft: bool = True
    paper_id: int | None = None
    number_text: str = ""
    paper_state: str = ""
    drawn_at: datetime | None = None
    drawn_by: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""

    @property
    def state(self) -> HandoverState:
        """From its own row and the paper's state."""
        if self.is_draft:
            return HandoverState.DRAFT
        if self.paper_state in ("observada", "anulada"):
            return HandoverState.OBSERVED
        return HandoverState.SIGNED if self.paper_state == "firmada" else HandoverState.FROZEN

    @property
    def title(self) -> str:
        """How lists and sentences call it."""
        return f"{self.leaver.name} a {self.receiver.name}"


@dataclass(frozen=True)
class TakenLine:
    """A line that was received, and whether the office still has it pending."""

    line: Line
    still: bool


def of_section(lines: Sequence[Line], section: Section) -> list[Line]:
    """The lines of one section, in their order."""
    return [line for line in lines if line.section is section]


def running(lines: Sequence[Line]) -> list[Line]:
    """The lines with a day by which they are due, the nearest first: the clocks that run."""
    return sorted((line for line in lines if line.due is not None), key=lambda line: (line.due, line.title))
