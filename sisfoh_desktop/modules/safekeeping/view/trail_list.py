"""The list of the trail: the newest entry on top, older ones fetched on the way down."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailLine
from sisfoh_desktop.qtkit.paged_model import PagedModel
from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.row_table import EmptyState
from sisfoh_desktop.qtkit.row_view import RowView
from sisfoh_desktop.qtkit.theme import theme

_MOST_HELD = 100_000
_AHEAD = 30  # rows from the end at which the next page is fetched
_NARROWEST = 96

COLUMNS = (
    Column("Cuándo", lambda line: f"{format_date(line.at.date())} {line.at:%H:%M}", width=120),
    Column("Quién", lambda line: line.person or "—", width=104, tip=lambda line: _who(line)),
    Column("Parte", lambda line: line.part or "—", width=100),
    Column("Qué", lambda line: line.what),
    Column("Registro", lambda line: line.record or "—"),
    Column("Antes → Después", lambda line: line.summary),
)
_SHARES = {3: 8, 4: 5, 5: 9}  # columns that share what is left, and how


def _who(line: TrailLine) -> str:
    return " · ".join(part for part in (line.person, line.office) if part) or "—"


class TrailList(QWidget):
    """`selection_changed` gives the line chosen, or None; `older_wanted` asks for the next page."""

    selection_changed = Signal(object)
    older_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PagedModel(COLUMNS, most=_MOST_HELD, parent=self)
        self.view = RowView(cast(Any, self.model), self)
        self.view.setAccessibleName("Anotaciones, la última arriba")
        self.view.filter_header.filter.hide()
        self.view.filter_header.setSectionsClickable(False)
        self.view.filter_header.fit_height()
        self.empty = EmptyState(self.view.viewport())
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.model.later_wanted.connect(self.older_wanted)
        self.view.copy_asked.connect(self.copy)
        self.view.selectionModel().selectionChanged.connect(
            lambda *_change: self.selection_changed.emit(self.selected())
        )
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.view.viewport().installEventFilter(self)
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

    def selected(self) -> TrailLine | None:
        row = self.view.currentIndex().row()
        return self.model.fact(row) if 0 <= row < self.model.rowCount() else None

    def select(self, entry_id: int) -> bool:
        """Select an entry that is held here."""
        for row, line in enumerate(self.model.facts):
            if line.id == entry_id:
                self.view.select_row(row)
                return True
        return False

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        """Titles and texts of what is held here."""
        return [column.title for column in COLUMNS], [
            [column.text(line) for column in COLUMNS] for line in self.model.facts
        ]

    def copy(self) -> None:
        """Put the selected rows (all held if none is) with their heads on the clipboard."""
        titles, rows = self.as_seen()
        chosen = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        picked = [rows[number] for number in chosen] if chosen else rows
        lines = ["\t".join(" ".join(text.split()) for text in line) for line in [titles, *picked]]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def fit(self) -> None:
        """Give the columns their widths."""
        widths = [theme().px(column.width or 0) for column in COLUMNS]
        room = self.view.viewport().width() - sum(widths)
        spare = max(room, theme().px(_NARROWEST) * len(_SHARES))
        for number, share in _SHARES.items():
            widths[number] = spare * share // sum(_SHARES.values())
        widths[-1] += spare - sum(widths[number] for number in _SHARES)
        for number, width in enumerate(widths):
            self.view.setColumnWidth(number, width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self.empty.setGeometry(self.view.viewport().rect().adjusted(8, 4, -8, -4))
            self.fit()
        return super().eventFilter(watched, event)

    def _on_scrolled(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        row = self.view.verticalHeader().defaultSectionSize()
        by_row = self.view.verticalScrollMode() == self.view.ScrollMode.ScrollPerItem
        if value >= bar.maximum() - _AHEAD * (1 if by_row else row):
            self.model.want_later()
