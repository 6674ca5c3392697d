"""Why a term ends on its day: from which event it counts, by which norm, and every day on the way."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import format_date, weekday_name
from sisfoh_desktop.basics.workdays import Calendar, Skipped, Term, term_in_workdays
from sisfoh_desktop.modules.office.rules import LegalTerm

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CountedDay:
    """One day of a term: its place in the count, or why it did not count. Place 0 is the day of the event."""

    day: date
    place: int
    reason: str

    @property
    def id(self) -> date:
        return self.day

    @property
    def text(self) -> str:
        """`viernes 08/03/2024`."""
        return f"{weekday_name(self.day)} {format_date(self.day)}"

    @property
    def counts(self) -> str:
        """`día 3`, `no cuenta`, `hecho`."""
        if self.reason:
            return "no cuenta"
        return f"día {self.place}" if self.place else "hecho"


@dataclass(frozen=True)
class Reckoning:
    """How a due date was counted, so that a lawyer can check it.

    `event` says what happened on `start` ("la recepción"), `words` how long the term is; `term` is None where the
    days were asked for by the office and not by a norm.
    """

    event: str
    start: date
    words: str
    last_day: date
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    term: LegalTerm | None = None

    @classmethod
    def of(cls, term: LegalTerm, start: date, calendar: Calendar) -> "Reckoning":
        """A legal term counted from the day of its event."""
        ends = term.ends(start, calendar)
        event = f"{term.counts_from.label[0].lower()}{term.counts_from.label[1:]}"
        return cls(event, start, term.words, ends.last_day, ends.skipped, ends.notes, term)

    @property
    def sentence(self) -> str:
        """`Vence el miércoles 13/03/2024: 3 días hábiles desde la aprobación, el 08/03/2024.`"""
        until = f"{weekday_name(self.last_day)} {format_date(self.last_day)}"
        return f"Vence el {until}: {self.words} desde {self.event}, el {format_date(self.start)}."

    @property
    def source(self) -> str:
        """The norm with how the office knows it; empty where no norm gave the days."""
        if self.term is None:
            return ""
        trust = f" ({self.term.trust.lower()})" if self.term.trust else ""
        return f"{self.term.norm}{trust}"

    def days(self) -> list[CountedDay]:
        """Every day from the event to the last one."""
        reasons = {one.day: one.reason for one in self.skipped}
        place, day = 0, self.start
        # on a day off the event counts as of the next working day
        served = reasons.get(self.start, "")
        found = [CountedDay(self.start, 0, served)]
        while day < self.last_day:
            day += _ONE_DAY
            reason = reasons.get(day, "")
            if served and not reason:
                served = ""
            elif not reason:
                place += 1
            found.append(CountedDay(day, 0 if reason else place, reason))
        return found


def opinion_reckoning(asked_on: date, days: int, due: date, calendar: Calendar) -> Reckoning:
    """The due date that was given when an opinion was asked, with the days on the way as the calendar has them."""
    ends: Term = term_in_workdays(asked_on, days, calendar)
    words = "1 día hábil" if days == 1 else f"{days} días hábiles"
    found = Reckoning("el pedido", asked_on, words, ends.last_day, ends.skipped, ends.notes)
    if ends.last_day == due:
        return found
    note = (
        f"Con el calendario de hoy vencería el {format_date(ends.last_day)}; "
        f"se conserva el {format_date(due)}, que fue el plazo que se dio."
    )
    skipped = tuple(one for one in ends.skipped if one.day <= due)
    return replace(found, last_day=due, skipped=skipped, notes=(*found.notes, note))
