"""Opinions asked along the chain: what a request is, its standing on a day, what may be done with it.

An ampliación is a request whose `parent_id` names the opinion that it widens: the thread stays together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.dates import WEEKDAY_NAMES, format_date
from sisfoh_desktop.basics.workdays import Calendar, term_in_workdays, workdays_between
from sisfoh_desktop.modules.expedientes.rules.facts import Attachment, DocumentEntry, Opinion, Party


class OpinionKind(StrEnum):
    """What the unit is asked to look at; a request of kind LEGAL is what "goes to Legal"."""

    TECHNICAL = "tecnica"
    BUDGET = "presupuestal"
    LEGAL = "legal"

    @property
    def label(self) -> str:
        return {"tecnica": "Técnica", "presupuestal": "Presupuestal", "legal": "Legal"}[self.value]


class OpinionState(StrEnum):
    """What became of a request; the value is what the base holds."""

    ASKED = "pedido"
    ANSWERED = "recibido"
    WITHDRAWN = "retirado"


class Standing(StrEnum):
    """How a request stands on a day, as its chip says."""

    ASKED = "pedido"
    REMINDED = "recordado"
    OVERDUE = "vencido"
    MORE_ASKED = "ampliacion"
    ANSWERED = "recibido"
    WITHDRAWN = "retirado"

    @property
    def label(self) -> str:
        return {
            "pedido": "Pedido",
            "recordado": "Recordado",
            "vencido": "Vencido",
            "ampliacion": "Ampliación",
            "recibido": "Recibido",
            "retirado": "Retirado",
        }[self.value]


@dataclass(frozen=True)
class OpinionAsk:
    """What is asked of each unit in `unit_ids`: one request a unit, `days` working days after `asked_on`.

    `document_id` is the registered document with which it is asked, if there is one.
    """

    kind: OpinionKind
    unit_ids: tuple[int, ...]
    asks: str
    asked_on: date
    days: int
    document_id: int | None = None


@dataclass(frozen=True)
class OpinionMore:
    """An ampliación: what more is asked of the unit that answered."""

    asks: str
    asked_on: date
    days: int
    document_id: int | None = None


@dataclass(frozen=True)
class OpinionAnswer:
    """What a unit answered; NONE when it informs without an opinion. `note` holds conditions or remarks."""

    opinion: Opinion
    on: date
    note: str = ""
    document_id: int | None = None


@dataclass(frozen=True)
class Reminder:
    """A reminder that was sent."""

    on: date
    note: str
    by: str


@dataclass(frozen=True)
class OpinionRequest:
    """An opinion asked of one unit. `unit` keeps the name of its day; `due` was counted when it was asked.

    `without_chain` is the reason for going to Legal before the functional chain was complete.
    """

    id: int
    expediente_id: int
    parent_id: int | None
    kind: OpinionKind
    unit: Party
    asks: str
    asked_on: date
    days: int
    due: date
    state: OpinionState
    version: int
    document_id: int | None = None
    without_chain: str = ""
    draft: Attachment | None = None
    answer: OpinionAnswer | None = None
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
    reminders: tuple[Reminder, ...] = ()
    registered_by: str = ""

    @property
    def is_open(self) -> bool:
        return self.state is OpinionState.ASKED

    @property
    def name(self) -> str:
        """`opinión legal de OGAJ`, `ampliación de la opinión presupuestal de OGPPyMI`."""
        what = f"opinión {self.kind.label.lower()} de {self.unit.label}"
        return f"ampliación de la {what}" if self.parent_id is not None else what

    @property
    def title(self) -> str:
        """The same, to begin a line: `Opinión legal de OGAJ`."""
        return f"{self.name[0].upper()}{self.name[1:]}"


@dataclass(frozen=True)
class OpinionLine:
    """A request as lists show it on a day.

    `workdays` is how long the unit has or had it, `overdue_workdays` how long past its due date.
    `reminded_on` is the last reminder; `title` is the expediente's.
    """

    id: int
    expediente_id: int
    title: str
    parent_id: int | None
    unit: str
    unit_name: str
    kind: OpinionKind
    asks: str
    asked_on: date
    due: date
    reminded_on: date | None
    state: Standing
    workdays: int
    overdue_workdays: int
    request: OpinionRequest

    @property
    def is_extension(self) -> bool:
        return self.parent_id is not None

    @property
    def is_open(self) -> bool:
        return self.request.is_open

    @property
    def chip(self) -> str:
        """`Recordado 26/02`, `Vencido 2 d. h.`, else the word of its standing."""
        if self.state is Standing.REMINDED and self.reminded_on is not None:
            return f"Recordado {self.reminded_on:%d/%m}"
        if self.state is Standing.OVERDUE and self.overdue_workdays:
            return f"Vencido {self.overdue_workdays} d. h."
        return self.state.label

    @property
    def sentence(self) -> str:
        """Who has it, since when, for how long, and whether it is late."""
        days = "1 día hábil" if self.workdays == 1 else f"{self.workdays} días hábiles"
        since = f"{self.unit} la tiene desde el {format_date(self.asked_on)} ({days})"
        if not self.is_open:
            return f"{self.unit}: {self.chip.lower()}; la tuvo {days}."
        if self.state is Standing.OVERDUE:
            return f"{since}; venció el {format_date(self.due)}."
        return f"{since}; vence el {format_date(self.due)}."


def line_of(
    request: OpinionRequest, *, title: str, more_open: bool, calendar: Calendar, today: date
) -> OpinionLine:
    """How a request stands on `today`; `more_open` tells whether an ampliación of it is still expected."""
    answered = request.answer.on if request.answer else None
    until = answered or request.withdrawn_on or today
    return OpinionLine(
        id=request.id,
        expediente_id=request.expediente_id,
        title=title,
        parent_id=request.parent_id,
        unit=request.unit.label,
        unit_name=request.unit.name or request.unit.label,
        kind=request.kind,
        asks=request.asks,
        asked_on=request.asked_on,
        due=request.due,
        reminded_on=max((one.on for one in request.reminders), default=None),
        state=standing(request, more_open=more_open, today=today),
        workdays=workdays_between(request.asked_on, until, calendar),
        overdue_workdays=workdays_between(request.due, until, calendar),
        request=request,
    )


def standing(request: OpinionRequest, *, more_open: bool, today: date) -> Standing:
    """The chip of a request on `today`: the due date itself is still in time."""
    if request.state is OpinionState.WITHDRAWN:
        return Standing.WITHDRAWN
    if request.state is OpinionState.ANSWERED:
        return Standing.MORE_ASKED if more_open else Standing.ANSWERED
    if today > request.due:
        return Standing.OVERDUE
    return Standing.REMINDED if request.reminders else Standing.ASKED


def lines_of(
    requests: Sequence[OpinionRequest], *, title: str, calendar: Calendar, today: date
) -> list[OpinionLine]:
    """The requests of one expediente as lists show them, each thread together."""
    widened = {one.parent_id for one in requests if one.is_open}
    return [
        line_of(one, title=title, more_open=one.id in widened, calendar=calendar, today=today)
        for one in in_threads(requests)
    ]


def in_threads(requests: Sequence[OpinionRequest]) -> list[OpinionRequest]:
    """By the day they were asked, every ampliación right after the opinion that it widens."""
    known = {one.id for one in requests}
    children: dict[int | None, list[OpinionRequest]] = {}
    for one in sorted(requests, key=lambda one: (one.asked_on, one.id)):
        children.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    ordered: list[OpinionRequest] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        one = waiting.pop()
        ordered.append(one)
        waiting += children.get(one.id, [])[::-1]
    return ordered


def request_answered_by(entry: DocumentEntry, requests: Sequence[OpinionRequest]) -> OpinionRequest | None:
    """The open request that a document seems to answer: it responds to the document that asked.

    Of several units asked with one document it is that of the sender; a sender who was not asked answers only
    when one unit alone was (an office that signs for the one above it).
    """
    if entry.responds_to_id is None:
        return None
    asked = [one for one in requests if one.is_open and one.document_id == entry.responds_to_id]
    own = [one for one in asked if one.unit.same_as(entry.sender)]
    if own:
        return own[-1]
    return asked[0] if len(asked) == 1 else None


@dataclass(frozen=True)
class OpinionEvent:
    """Something that happened to a request on a day; `document_id` when a registered document tells it."""

    on: date
    opinion_id: int
    text: str
    unit: Party
    document_id: int | None = None


def events_of(requests: Sequence[OpinionRequest]) -> list[OpinionEvent]:
    """All that happened to the requests, oldest first: asked, reminded, answered, withdrawn."""
    events: list[OpinionEvent] = []
    for one in requests:

        def event(on: date, text: str, document_id: int | None = None, of: OpinionRequest = one) -> None:
            events.append(OpinionEvent(on, of.id, text, of.unit, document_id))

        event(one.asked_on, f"Pide {one.name}, vence {one.due:%d/%m}", one.document_id)
        for reminder in one.reminders:
            event(reminder.on, f"Recuerda la {one.name}")
        if one.answer is not None:
            event(one.answer.on, f"Recibida la {one.name}", one.answer.document_id)
        if one.withdrawn_on is not None:
            event(one.withdrawn_on, f"Retirada la {one.name}: {one.withdrawn_reason}")
    return sorted(events, key=lambda event: event.on)


def opinion_due_text(asked_on: date, days: int, calendar: Calendar) -> str:
    """`Vence el martes 27/02/2024; no cuenta el 21/02 (feriado local).`: holidays are named, weekends are not."""
    term = term_in_workdays(asked_on, days, calendar)
    holidays = [
        f"el {one.day:%d/%m} ({one.reason})" for one in term.skipped if one.reason not in WEEKDAY_NAMES
    ]
    told = f"Vence el {WEEKDAY_NAMES[term.last_day.weekday()]} {format_date(term.last_day)}"
    return f"{told}; no cuenta {', '.join(holidays[:4])}." if holidays else f"{told}."
