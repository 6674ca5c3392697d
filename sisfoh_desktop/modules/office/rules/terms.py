"""A legal term: how long, counted how, from which event, by which norm. Which days are off: basics."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.workdays import Calendar, Term, term_in_calendar_days, term_in_workdays

# What the program asks for by key; a row of the office with another key would never be read.
TERM_KEYS: Mapping[str, str] = {
    "report": "Informe u opinión pedidos a una unidad",
    "report_extension": "Ampliación del plazo de un informe",
    "notification": "Notificación de un acto",
    "remission": "Remisión de la copia al ente rector",
    "step": "Acto de mero trámite",
    "derivation": "Recepción y derivación de un escrito",
}


class TermUnit(StrEnum):
    """How the days of a term are counted; the value is what is stored."""

    WORKDAYS = "habil"
    CALENDAR = "calendario"

    @property
    def label(self) -> str:
        return {TermUnit.WORKDAYS: "Días hábiles", TermUnit.CALENDAR: "Días calendario"}[self]


class CountsFrom(StrEnum):
    """The event from which a term counts; the day of the event is not counted (LPAG, art. 133)."""

    ISSUE = "emision"
    APPROVAL = "aprobacion"
    NOTIFICATION = "notificacion"
    RECEIPT = "recepcion"

    @property
    def label(self) -> str:
        return {
            CountsFrom.ISSUE: "La emisión",
            CountsFrom.APPROVAL: "La aprobación",
            CountsFrom.NOTIFICATION: "La notificación",
            CountsFrom.RECEIPT: "La recepción",
        }[self]


@dataclass(frozen=True)
class LegalTerm:
    """A term as a norm gives it while it holds; `key` is one of TERM_KEYS, `days` 0 means the same day."""

    key: str
    title: str
    days: int
    unit: TermUnit = TermUnit.WORKDAYS
    counts_from: CountsFrom = CountsFrom.RECEIPT
    norm: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    trust: str = ""
    id: int = 0
    version: int = 0

    @property
    def words(self) -> str:
        """`7 días hábiles`, `1 día calendario`, `el mismo día`."""
        if self.days == 0:
            return "el mismo día"
        if self.days == 1:
            return "1 día hábil" if self.unit is TermUnit.WORKDAYS else "1 día calendario"
        return f"{self.days} {self.unit.label.lower()}"

    @property
    def event(self) -> str:
        """`desde la recepción`: the event, as a sentence goes on."""
        return f"desde {self.counts_from.label[0].lower()}{self.counts_from.label[1:]}"

    def ends(self, start: date, calendar: Calendar) -> Term:
        """When the term ends that its event started on `start`, with every day that did not count.

        A notification on a day off counts as served on the next working day (LPAG, art. 18).
        """
        if self.unit is TermUnit.CALENDAR:
            return term_in_calendar_days(start, self.days, calendar)
        served = self.counts_from is CountsFrom.NOTIFICATION
        return term_in_workdays(start, self.days, calendar, from_notification=served)
