"""What every page of the window is: its desk (what it may use), its next step, its answers to the global keys.

The frame around the pages lives in `app.main_window`; what a page shows lives in its module's view.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.rights import may_see
from sisfoh_desktop.qtkit.plain_text import keep_labels_plain

if TYPE_CHECKING:
    from sisfoh_desktop.basics.settings import PcSettings
    from sisfoh_desktop.qtkit.tasks import Tasks


class Neighbours(Protocol):
    """The others who work on the same base. A hint for people, never a lock; `app.watching` answers it."""

    def enter(self, subject: str, window: QObject, tell: Callable[[str], object]) -> None:
        """`window` has the record open for editing; `tell` gets who else has, in words ("" for nobody)."""

    def leave_record(self, subject: str, window: QObject) -> None:
        """`window` no longer has the record open."""

    def last_to_change(self, subject: str) -> str:
        """Who changed the record last and when, in words; "" if unknown. Runs on the worker."""


@dataclass
class Desk:
    """What a page works with. `db` and `archive` are opaque here: pages hand them to services on the worker.

    `let_go(title, work, noun=, cancelling=)` closes the base, runs `work(progress)` on the worker under its progress
    dialog, tells the sentence it gives and asks for another base.
    `first_day` opens the assistant that sets the office up, `first_day_left` tells on the worker whether it was left
    in the middle, `see_example` opens the practice office (None there).
    """

    db: Any
    archive: Any
    tasks: "Tasks"
    clock: Clock = field(default_factory=SystemClock)
    actor: Actor = field(default_factory=lambda: Actor(user=""))
    settings: "PcSettings | None" = None
    practice: bool = False
    neighbours: Neighbours | None = None
    let_go: "Callable[..., object] | None" = None
    first_day: "Callable[[], object] | None" = None
    first_day_left: "Callable[[Desk], bool] | None" = None
    see_example: "Callable[[], object] | None" = None


class SeenList(Protocol):
    """A list or a grid as the frame's keys use it."""

    @property
    def view(self) -> QAbstractItemView: ...

    def focus_filter(self) -> None:
        """Put the cursor in the filter."""

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        """Titles and texts exactly as they are seen now."""


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now. A disabled step says why in `reason`; `run` is called on the GUI thread."""

    title: str
    text: str
    button: str
    enabled: bool = True
    reason: str = ""
    run: Callable[[], object] | None = None


class Page(QWidget):
    """Base of every page in the centre of the window.

    A page loads itself when it is built; the frame calls `reload` after a change that it touches and by F5.
    A subclass sets `title`, `touches` (names of changes after which it reloads) and `kinds` (the record kinds
    it can show), and overrides what it can answer. Every answer to a global key returns whether it was used.
    """

    title = ""
    touches: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    has_example = False  # whether the practice office shows what the page is for

    next_step_changed = Signal()
    title_changed = Signal(str)
    actions_changed = Signal()
    open_record = Signal(str, int)
    deadlines_changed = Signal(int, int)  # overdue, due soon: shown in the status bar

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(self.title)

    def showEvent(self, event: QShowEvent) -> None:
        keep_labels_plain(self)
        super().showEvent(event)

    def reload(self) -> None:
        """Fetch again what the page shows (a query on the worker); called after changes and by F5."""

    def next_step(self) -> NextStep | None:
        """The content of the panel at the right, or None where nothing is due."""
        return None

    def page_actions(self) -> list[QAction]:
        """The page's own actions for the top bar, most used first; the first two or three are shown."""
        return []

    def table(self) -> SeenList | None:
        """The list that Ctrl+F filters and Ctrl+Shift+E exports, as it is now; None where there is none."""
        return None

    def export_list(self) -> bool:
        """Ctrl+Shift+E, on a page whose list is longer than what it holds; else the window exports `table`."""
        return False

    def show_record(self, kind: str, record_id: int) -> None:
        """Open the record that another page or the search asked for; never called with 0 (the page alone)."""

    def has_unsaved(self) -> bool:
        """Whether leaving the page would lose typed text; the window asks before it does."""
        return False

    def new_record(self) -> bool:
        """Ctrl+N."""
        return False

    def save(self) -> bool:
        """Ctrl+S or Ctrl+G."""
        return False

    def save_and_next(self) -> bool:
        """Ctrl+Enter."""
        return self.save()

    def preview(self) -> bool:
        """Ctrl+P."""
        return False

    def cancel(self) -> bool:
        """Esc."""
        return False


@dataclass(frozen=True)
class PageSpec:
    """A page before it is loaded: `key` (its module, its help, the kind of its records), word and icon, class.

    `load` imports the page's module and runs on the worker, after the window has been painted. `kinds` are other
    records by which the page must be found before it was ever shown. Whoever has none of its `rights` is not
    offered the page; with none named, everybody is.
    """

    key: str
    title: str
    icon: str
    load: Callable[[], type[Page]]
    kinds: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()

    def is_for(self, actor: Actor) -> bool:
        """Whether the page is offered to the actor: always to whoever reads them all."""
        return may_see(actor, self.rights)
