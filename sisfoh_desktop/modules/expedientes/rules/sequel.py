"""What follows the chain of documents: the act of the file, its oficio, cargos and publication, and their terms.

The module that writes the acts gives these facts (`service.register_sequel`); here they are only told. Plain Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.expedientes.rules.facts import UNNUMBERED, Document


@dataclass(frozen=True)
class SequelStep:
    """One step after the chain. `folios` None: not counted; `in_index` False: it left no paper in the file."""

    day: date
    title: str
    sender: str
    receiver: str
    folios: int | None
    action: str
    in_index: bool = True
    is_act: bool = False


@dataclass(frozen=True)
class SequelDeadline:
    """What `who` must do until `due` (None: it does not run yet, or no term is on record).

    `done_on` is None while it is not done; `norm` says who asks it.
    """

    what: str
    due: date | None
    norm: str
    done_on: date | None
    who: str = ""

    @property
    def runs(self) -> bool:
        return self.due is not None and self.done_on is None


@dataclass(frozen=True)
class SequelAct:
    """The act to go on with: `head` and `says` tell its state, `id` opens it."""

    id: int
    head: str
    says: str


@dataclass(frozen=True)
class Sequel:
    """All of it, steps by day; empty while the file has no act with a number."""

    steps: tuple[SequelStep, ...] = ()
    deadlines: tuple[SequelDeadline, ...] = ()
    act: SequelAct | None = None

    @property
    def running(self) -> list[SequelDeadline]:
        """The terms that run, the first to end before the others."""
        return sorted(
            (one for one in self.deadlines if one.runs), key=lambda one: (one.due or date.max, one.what)
        )


def not_registered(steps: Sequence[SequelStep], documents: Sequence[Document]) -> list[SequelStep]:
    """The steps by day, without those whose paper somebody registered as a document of the file too."""
    numbers = {document.entry.spelled_number for document in documents} - {UNNUMBERED}
    kept = (step for step in steps if not any(step.title.endswith(f" {number}") for number in numbers))
    return sorted(kept, key=lambda step: step.day)


def deadline_words(deadline: SequelDeadline, calendar: Calendar, today: date) -> str:
    """`13/03/2024: Gerencia Municipal debe remitir copia…; Directiva….`, told as late after its last day."""
    if deadline.due is None:
        return ""
    late = workdays_between(deadline.due, today, calendar) if today > deadline.due else 0
    days = "1 día hábil" if late == 1 else f"{late} días hábiles"
    since = f", vencido hace {days}" if late else ""
    who = f"{deadline.who} debe {deadline.what}" if deadline.who else deadline.what
    norm = f"; {deadline.norm}" if deadline.norm else ""
    return f"{format_date(deadline.due)}{since}: {who}{norm}."
