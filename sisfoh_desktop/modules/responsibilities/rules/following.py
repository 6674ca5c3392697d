"""What falls due and when: the due date of a duty, and the next evidence of one that must be proved again and again.

Plain arithmetic over the day that is handed in; nothing here asks the clock or a database.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.responsibilities.rules.facts import Duty, DutyState, Frequency, Matrix

PERIODIC = frozenset({Frequency.WEEKLY, Frequency.MONTHLY})


@dataclass(frozen=True)
class DueDuty:
    """A duty that is not done and falls due on `due`; `why` is a sentence part, `owner` may be empty."""

    matrix_id: int
    duty_id: int
    unit: str
    letter: str
    text: str
    due: date
    owner: str
    why: str


def is_overdue(duty: Duty, today: date) -> bool:
    """Its due date has passed and it is not done."""
    return duty.due is not None and duty.due < today and duty.state is not DutyState.DONE


def evidence_due(duty: Duty, since: date | None) -> date | None:
    """The last day for the next evidence of a periodic duty, counted from its newest one or from `since`.

    `since` is the day on which the matrix came into force (None: nothing is expected yet). A week is seven days, a
    month ends on the same day of the next one or on its last. Nothing is expected after the duty's due date, nor
    once it is done.
    """
    if since is None or duty.frequency not in PERIODIC or duty.state is DutyState.DONE:
        return None
    start = max(since, duty.progress.day) if duty.progress else since
    expected = start + timedelta(days=7) if duty.frequency is Frequency.WEEKLY else _month_after(start)
    if duty.due is None:
        return expected
    return None if start >= duty.due else min(expected, duty.due)


def is_evidence_overdue(duty: Duty, since: date | None, today: date) -> bool:
    """The day for its next evidence has passed."""
    expected = evidence_due(duty, since)
    return expected is not None and expected < today


def next_due(duty: Duty, since: date | None) -> date | None:
    """What comes first of a duty that is not done: its due date or its next evidence."""
    if duty.state is DutyState.DONE:
        return None
    days = [day for day in (duty.due, evidence_due(duty, since)) if day is not None]
    return min(days, default=None)


def due_duties(matrix: Matrix) -> tuple[DueDuty, ...]:
    """Every duty of a numbered and named matrix that still falls due, in the order of the annex."""
    found = []
    for unit in matrix.units:
        for duty in unit.duties:
            due = next_due(duty, matrix.since)
            if due is None:
                continue
            found.append(
                DueDuty(
                    matrix_id=matrix.id,
                    duty_id=duty.id,
                    unit=unit.name or unit.label,
                    letter=duty.letter,
                    text=duty.text,
                    due=due,
                    owner=duty.responsible,
                    why=_why(duty, due),
                )
            )
    return tuple(found)


def _why(duty: Duty, due: date) -> str:
    if due == duty.due or duty.frequency is None:
        return "fecha límite de la función"
    told = f"la última es del {format_date(duty.progress.day)}" if duty.progress else "todavía no hay ninguna"
    return f"evidencia {duty.frequency.label.lower()}: {told}"


def _month_after(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, min(day.day, last.day))
