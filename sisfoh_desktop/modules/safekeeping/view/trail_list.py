"""The list of the trail: the newest entry on top, older ones fetched on the way down."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailLine
from sisfoh_desktop.qtkit.paged_list import PagedList
from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.theme import theme

_MOST_HELD = 100_000
_AHEAD = 30  # rows from the end at which the next page is fetched
_NARROWEST = 96

COLUMNS = (
    Column(
        "Cuándo",
        lambda line: f"{format_date(line.at.date())} {line.at:%H:%M}",
        sort_key=lambda line: line.at,
        width=120,
    ),
    Column("Quién", lambda line: line.person or "—", width=104, tip=lambda line: _who(line)),
    Column("Parte", lambda line: line.part or "—", width=100),
    Column("Qué", lambda line: line.what),
    Column("Registro", lambda line: line.record or "—"),
    Column("Antes → Después", lambda line: line.summary),
)
_SHARES = {3: 8, 4: 5, 5: 9}  # columns that share what is left, and how


def _who(line: TrailLine) -> str:
    return " · ".join(part for part in (line.person, line.office) if part) or "—"


class TrailList(PagedList):
    """`selection_changed` gives the line chosen, or None; `older_wanted` asks for the next page.

    It is not ordered by its columns: each entry is chained to the one before.
    """

    private_titles = frozenset({"Registro", "Antes → Después"})  # they may name a person
    selection_changed = Signal(object)
    older_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            COLUMNS,
            name="Anotaciones, la última arriba",
            shares=_SHARES,
            narrowest=_NARROWEST,
            most=_MOST_HELD,
            parent=parent,
        )
        self.model.later_wanted.connect(self.older_wanted)
        self.view.selectionModel().selectionChanged.connect(
            lambda *_change: self.selection_changed.emit(self.selected())
        )
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme().changed.connect(self.fit)

    def show_newest(self, lines: Sequence[TrailLine], *, older: bool) -> None:
        """Show these alone, the first one in sight; what was chosen stays chosen if it is among them."""
        chosen = self.selected()
        self.model.set_page(lines, earlier=False, later=older)
        self.fit()
        self.view.scrollToTop()
        if not (chosen is not None and self.select(chosen.id)) and lines:
            self.view.select_row(0)
        self.selection_changed.emit(self.selected())

    def add_older(self, lines: Sequence[TrailLine], *, older: bool) -> None:
        """Join older ones below; what was in sight stays where it was."""
        self.model.add_later(lines, later=older)

    @property
    def at_top(self) -> bool:
        """Whether the newest entry is in sight."""
        return self.view.verticalScrollBar().value() == 0

    @property
    def last_id(self) -> int:
        """The oldest entry held here, 0 for none."""
        return self.model.fact(self.model.rowCount() - 1).id if self.model.rowCount() else 0

    def _on_scrolled(self, value: int) -> None:
        if value >= self.view.verticalScrollBar().maximum() - _AHEAD * self.rows_per_step():
            self.model.want_later()
