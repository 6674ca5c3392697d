"""What stands in the tray, under which heading, and how each due date was counted; plain Python."""

from sisfoh_desktop.modules.inbox.rules.reckoning import CountedDay, Reckoning, opinion_reckoning
from sisfoh_desktop.modules.inbox.rules.tasks import (
    Counts,
    Group,
    Task,
    counts,
    days_text,
    due_task,
    group_of,
    in_order,
    setup_tasks,
    term_task,
    waiting_task,
)
from sisfoh_desktop.modules.inbox.rules.whose import is_for

__all__ = [
    "CountedDay",
    "Counts",
    "Group",
    "Reckoning",
    "Task",
    "counts",
    "days_text",
    "due_task",
    "group_of",
    "in_order",
    "is_for",
    "opinion_reckoning",
    "setup_tasks",
    "term_task",
    "waiting_task",
]
