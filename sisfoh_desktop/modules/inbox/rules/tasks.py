"""What stands in the tray and under which heading; plain Python over facts of the other modules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.inbox.rules.reckoning import Reckoning


class Group(IntEnum):
    """Headings of the tray, in the order in which a clerk should read them."""

    SETUP = 0
    OVERDUE = 1
    TODAY = 2
    THIS_WEEK = 3
    LATER = 4
    WAITING = 5
    DRAFTS = 6

    @property
    def label(self) -> str:
        """The heading on screen."""
        return {
            Group.SETUP: "Primeros pasos",
            Group.OVERDUE: "Vencido",
            Group.TODAY: "Hoy",
            Group.THIS_WEEK: "Esta semana",
            Group.LATER: "Más adelante",
            Group.WAITING: "Espero a otros",
            Group.DRAFTS: "Borradores",
        }[self]


@dataclass(frozen=True)
class Task:
    """One thing to do; `kind` and `record_id` say which record opens it, `days` counts working days.

    `reckoning` tells how the due date was counted, None where a person gave it.
    """

    group: Group
    title: str
    detail: str
    due: date | None
    days: int
    kind: str
    record_id: int
    reckoning: Reckoning | None = field(default=None, compare=False)

    @property
    def id(self) -> tuple[str, int, str]:
        """Tells tasks apart while the tray reloads."""
        return (self.kind, self.record_id, self.title)


@dataclass(frozen=True)
class Counts:
    """What the status bar says of the tray."""

    overdue: int
    soon: int


def group_of(due: date, today: date) -> Group:
    """The heading of a due date; the week ends on its Sunday."""
    if due < today:
        return Group.OVERDUE
    if due == today:
        return Group.TODAY
    if due <= today + timedelta(days=6 - today.weekday()):
        return Group.THIS_WEEK
    return Group.LATER


def due_task(
    *,
    title: str,
    detail: str,
    due: date,
    today: date,
    calendar: Calendar,
    kind: str,
    record_id: int,
    reckoning: Reckoning | None = None,
) -> Task:
    """A task with a due date; `days` are working days left, negative when it is overdue."""
    days = workdays_between(today, due, calendar) if due >= today else -workdays_between(due, today, calendar)
    return Task(group_of(due, today), title, detail, due, days, kind, record_id, reckoning)


def waiting_task(
    *,
    title: str,
    detail: str,
    since: date,
    today: date,
    calendar: Calendar,
    kind: str,
    record_id: int,
    due: date | None = None,
    reckoning: Reckoning | None = None,
) -> Task:
    """Something that somebody else has, until `due` if they have a term; `days` are those that they have had it."""
    days = workdays_between(since, today, calendar) if since <= today else 0
    return Task(Group.WAITING, title, detail, due, days, kind, record_id, reckoning)


def term_task(
    *,
    title: str,
    detail: str,
    late: str,
    since: date,
    reckoning: Reckoning,
    today: date,
    calendar: Calendar,
    kind: str,
    record_id: int,
) -> Task:
    """Something that somebody else has under a term: waiting while there is time, then overdue, as `late` says."""
    due = reckoning.last_day
    if today <= due:
        return waiting_task(
            title=title,
            detail=detail,
            since=since,
            today=today,
            calendar=calendar,
            kind=kind,
            record_id=record_id,
            due=due,
            reckoning=reckoning,
        )
    return due_task(
        title=title,
        detail=f"{detail}; {late}",
        due=due,
        today=today,
        calendar=calendar,
        kind=kind,
        record_id=record_id,
        reckoning=reckoning,
    )


def setup_tasks(*, named: bool, units: bool, officers: bool) -> list[Task]:
    """What a new office has to fill in before it can make its first paper."""
    steps = (
        (
            named,
            "Complete los datos de la municipalidad",
            "Nombre, ubigeo, lugar y escudo van en todo papel.",
        ),
        (
            units,
            "Registre las unidades orgánicas",
            "Con sus siglas: de ellas salen remitentes y vistos buenos.",
        ),
        (
            officers,
            "Registre a los responsables que firman",
            "Con su cargo y desde cuándo; también los encargados (e).",
        ),
    )
    # `days` keeps the steps in this order: a unit comes before whoever heads it
    return [
        Task(Group.SETUP, title, detail, None, len(steps) - rank, "office", 0)
        for rank, (done, title, detail) in enumerate(steps)
        if not done
    ]


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """By heading, then the nearest date, then the longest wait."""
    return sorted(tasks, key=lambda task: (task.group, task.due or date.max, -task.days, task.title))


def counts(tasks: Iterable[Task]) -> Counts:
    """How many are overdue and how many come due until Sunday."""
    groups = [task.group for task in tasks]
    return Counts(groups.count(Group.OVERDUE), groups.count(Group.TODAY) + groups.count(Group.THIS_WEEK))


def days_text(task: Task) -> str:
    """How the tray says the distance: "venció hace 3 d. h.", "en 2 d. h.", "hoy", "hace 4 d. h."."""
    if task.group in (Group.DRAFTS, Group.SETUP):
        return ""
    if task.group is Group.WAITING:
        return "desde hoy" if task.days == 0 else f"hace {task.days} d. h."
    if task.due is None:
        return ""
    if task.group is Group.TODAY:
        return "vence hoy"
    if task.group is Group.OVERDUE:
        return f"venció hace {max(1, -task.days)} d. h."
    return f"en {task.days} d. h."
