"""A list of facts on screen: filter, order, count, copy, empty state. What the facts mean is the page's affair."""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.row_model import FACT_ROLE, Column, RowTableModel
from sisfoh_desktop.qtkit.row_view import RowView
from sisfoh_desktop.qtkit.theme import theme

__all__ = ["FACT_ROLE", "Column", "EmptyState", "RowTable", "RowTableModel"]

_SAMPLE = 60
_FOLDED_AT_ONCE = 2_000  # rows in one idle moment: some 8 ms
_WIDEST, _NARROWEST = 420, 96
_GAP = 4  # between the list and its count
_NO_LIMIT = 16_777_215  # Qt's QWIDGETSIZE_MAX
_FORMULA_STARTS, _SIGNS = ("=", "@"), ("+", "-")


def _default_key(fact: Any) -> Hashable:
    return getattr(fact, "id", fact)


class RowTable(QWidget):
    """A list with its filter row, count foot and empty state.

    `key` tells facts apart, so that the selection survives a reload (default: the fact's `id`). `empty_text`
    is one sentence for a list without any fact, `empty_button` and `on_empty` the one thing to do then.
    `noun` is the pair (singular, plural) of the count, e.g. ("documento", "documentos"). With `whole_rows` a list
    that has more rows than room ends below a whole one, never through the middle of one.
    """

    activated = Signal(object)
    selection_changed = Signal(object)
    view_type: Callable[[RowTableModel, QWidget], RowView] = RowView

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        key: Callable[[Any], Hashable] = _default_key,
        name: str = "Lista",
        noun: tuple[str, str] = ("registro", "registros"),
        empty_text: str = "Todavía no hay nada aquí.",
        empty_button: str = "",
        on_empty: Callable[[], object] | None = None,
        filterable: bool = True,
        whole_rows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._whole_rows = whole_rows
        self._noun = noun
        self._empty_text, self._empty_button, self._on_empty = empty_text, empty_button, on_empty
        self._kept: Hashable | None = None
        self._user_sized = False
        self._fitting = False
        self.menu_actions: list[QAction] = []
        self.model = RowTableModel(columns, self)
        self.view = self.view_type(self.model, self)
        self.view.setAccessibleName(name)
        self.filter_box = self.view.filter_header.filter
        if not filterable:
            self.filter_box.hide()
            self.view.filter_header.fit_height()
        self.foot = QLabel()
        self.foot.setProperty("role", "caption")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.foot)
        if whole_rows:
            layout.addStretch(0)
        self.setFocusProxy(self.view)

        self._fold_later = QTimer(self)
        self._fold_later.setSingleShot(True)
        self._fold_later.timeout.connect(self._fold_some)
        header = self.view.filter_header
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionResized.connect(self._on_section_resized)
        self.filter_box.textChanged.connect(self._on_filter_changed)
        self.view.copy_asked.connect(self.copy)
        self.view.entered_row.connect(self._on_row_entered)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_asked)
        self.view.viewport().installEventFilter(self)
        theme().changed.connect(self.fit_columns)
        self.filter_box.setEnabled(False)  # until rows come; nothing is said before that

    # -- content ---------------------------------------------------------------------------------------

    def set_rows(self, facts: Sequence[Any]) -> None:
        """Show these facts; filter, order and selected row stay."""
        first = self.model.total == 0
        with self._keeping_selection():
            self.model.set_rows(facts)
        if first and not self._user_sized:
            self.fit_columns()
        if first and self.view.hasFocus() and self.model.rowCount():
            self.view.select_row(0)  # rows came after the cursor: the keys work at once
        self._fold_later.start(0)
        self._refresh_foot()
        self._fit_height()

    def rows(self) -> list[Any]:
        """Every fact of the list, filtered or not, as given."""
        return self.model.all_facts()

    def selected(self) -> Any | None:
        """The selected fact (of several, the one under the cursor), or None."""
        index = self.view.currentIndex()
        chosen = self.view.selectionModel().selectedRows()
        if index.isValid() and any(one.row() == index.row() for one in chosen):
            return self.model.fact(index.row())
        return self.model.fact(chosen[0].row()) if chosen else None

    def selected_rows(self) -> list[Any]:
        """All selected facts, in the order seen."""
        return [self.model.fact(row) for row in self._selected_numbers()]

    def select(self, key: Hashable) -> bool:
        """Select the fact with this key, taking the filter off if it hides it; whether it is in the list."""
        if self._select_seen(key):
            return True
        if self.filter_box.text() and any(self._key(fact) == key for fact in self.model.all_facts()):
            self.filter_box.clear()
            return self._select_seen(key)
        return False

    def set_filter(self, typed: str) -> None:
        """Filter as if `typed` had been typed."""
        self.filter_box.setText(typed)

    def focus_filter(self) -> None:
        """Put the cursor in the filter field."""
        self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_box.selectAll()

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """Order by a column and show the mark in its header; None goes back to the order given."""
        with self._keeping_selection():
            self.model.sort_by(column, descending=descending)
        header = self.view.filter_header
        header.setSortIndicatorShown(column is not None)
        if column is not None:
            header.setSortIndicator(
                column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            )

    def set_empty_state(
        self, text: str, button: str = "", on_empty: Callable[[], object] | None = None
    ) -> None:
        """Change what an empty list says and offers."""
        self._empty_text, self._empty_button, self._on_empty = text, button, on_empty
        if "_empty" in self.__dict__:
            self._refresh_foot()

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        """Titles and texts of the list exactly as it is seen now: filtered, in order."""
        titles = [column.title for column in self.model.columns]
        texts = [column.text for column in self.model.columns]
        return titles, [[text(fact) for text in texts] for fact in self.model.facts_seen()]

    def copy(self) -> None:
        """Put the selected rows (all seen ones if none is selected) with their heads on the clipboard."""
        titles, rows = self.as_seen()
        chosen = self._selected_numbers()
        picked = [rows[number] for number in chosen] if chosen else rows
        lines = ["\t".join(_cell(text) for text in line) for line in [titles, *picked]]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # -- inside ----------------------------------------------------------------------------------------

    @cached_property
    def _empty(self) -> EmptyState:
        """Made when the list is empty for the first time: most lists never are."""
        empty = EmptyState(self.view.viewport())
        empty.button.clicked.connect(self._on_empty_clicked)
        return empty

    @property
    def empty_label(self) -> QLabel:
        """The sentence of an empty list."""
        return self._empty.label

    @property
    def empty_button(self) -> QPushButton:
        """The one thing to do about an empty list."""
        return self._empty.button

    def _fold_some(self) -> None:
        if not self.model.prepare_search(_FOLDED_AT_ONCE):
            self._fold_later.start(0)

    def _keeping_selection(self) -> "_SelectionKept":
        return _SelectionKept(self)

    def _selected_numbers(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())

    def _select_seen(self, key: Hashable) -> bool:
        for row, fact in enumerate(self.model.facts_seen()):
            if self._key(fact) == key:
                self.view.select_row(row)
                return True
        return False

    def _refresh_foot(self) -> None:
        total, seen = self.model.total, self.model.rowCount()
        counted = (
            f"{format_number(seen)} de {format_number(total)}" if seen != total else format_number(total)
        )
        self.foot.setText(f"{counted} {self._noun[0] if total == 1 else self._noun[1]}")
        self.filter_box.setEnabled(total > 0)
        if seen:
            if "_empty" in self.__dict__:
                self._empty.hide()
            return
        if total == 0:
            self._empty.show_state(self._empty_text, self._empty_button if self._on_empty else "")
        else:
            typed = self.filter_box.text().strip()
            self._empty.show_state(f"Nada coincide con «{typed[:60]}».", "Quitar el filtro")
        self._place_empty()

    def _place_empty(self) -> None:
        if "_empty" in self.__dict__:
            self._empty.setGeometry(self.view.viewport().rect().adjusted(16, 16, -16, -16))

    def _on_empty_clicked(self) -> None:
        if self.model.total:
            self.filter_box.clear()
            self.view.setFocus()
        elif self._on_empty is not None:
            self._on_empty()

    def _on_filter_changed(self, typed: str) -> None:
        with self._keeping_selection():
            self.model.set_filter(typed.strip())
        self._refresh_foot()

    def _on_header_clicked(self, column: int) -> None:
        by, descending = self.model.order
        self.sort_by(column, descending=by == column and not descending)

    def _on_row_entered(self) -> None:
        fact = self.selected()
        if fact is not None:
            self.activated.emit(fact)

    def _on_selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.selection_changed.emit(self.selected())

    def _on_menu_asked(self, place: QPoint) -> None:
        self.build_menu().popup(self.view.viewport().mapToGlobal(place))

    def build_menu(self) -> QMenu:
        """The list's context menu: the page's actions, copying, ordering."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.menu_actions)
        if self.menu_actions:
            menu.addSeparator()
        menu.addAction("&Copiar con encabezados\tCtrl+C", self.copy)
        order = menu.addMenu("&Ordenar por")
        for number, column in enumerate(self.model.columns):
            order.addAction(column.title, partial(self._on_header_clicked, number))
        order.addAction("Orden original", lambda: self.sort_by(None))
        return menu

    # -- widths ----------------------------------------------------------------------------------------

    def fit_columns(self) -> None:
        """Give each column its width, and what is left to the left-aligned ones without a fixed width."""
        self._fitting = True
        metrics = self.view.fontMetrics()
        seen = self.model.facts_seen()
        sample = seen[:: max(1, len(seen) // _SAMPLE)][:_SAMPLE]
        wishes: list[int] = []
        for column in self.model.columns:
            if column.width is not None:
                wishes.append(max(theme().px(column.width), 40))
                continue
            head = metrics.horizontalAdvance(column.title) * 11 // 10 + 32  # bold, and room for the mark
            cells = [metrics.horizontalAdvance(column.text(fact)[:300]) for fact in sample]
            mark = theme().px(16) if column.tone else 0
            wishes.append(max([head, *(cell + 20 + mark for cell in cells)]))
        growing = [
            number
            for number, column in enumerate(self.model.columns)
            if column.width is None and column.align == "left" and column.tone is None
        ] or [len(wishes) - 1]
        room = self.view.viewport().width()
        widths = fitted_widths(wishes, growing, room, theme().px(_WIDEST), theme().px(_NARROWEST))
        for number, width in enumerate(widths):
            self.view.setColumnWidth(number, width)
        self._fitting = False

    def refit(self) -> None:
        """Fit the columns to what the list shows now, unless the person gave them widths."""
        if not self._user_sized:
            self.fit_columns()

    def _fit_height(self) -> None:
        """Let the view end below a whole row when not all of them fit."""
        if not self._whole_rows:
            return
        row = self.view.verticalHeader().defaultSectionSize()
        around = self.view.filter_header.height() + 2 * self.view.frameWidth()
        room = self.height() - self.foot.sizeHint().height() - _GAP - around
        fitting = room // row
        cut = 0 < fitting < self.model.rowCount()
        self.view.setMaximumHeight(around + fitting * row if cut else _NO_LIMIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _on_section_resized(self, _section: int, _old: int, _new: int) -> None:
        if not self._fitting:
            self._user_sized = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self._place_empty()
            if not self._user_sized and not self._fitting:
                self.fit_columns()
        return super().eventFilter(watched, event)


class _SelectionKept:
    """While the model is reset: remembers the selected key and selects it again."""

    def __init__(self, table: RowTable) -> None:
        self._table = table
        self._key: Hashable | None = None
        self._had = False

    def __enter__(self) -> None:
        fact = self._table.selected()
        if fact is not None:
            self._had, self._key = True, self._table._key(fact)

    def __exit__(self, *_error: object) -> None:
        table = self._table
        if self._had and not table._select_seen(self._key):
            table.selection_changed.emit(table.selected())


def fitted_widths(
    wishes: Sequence[int], growing: Sequence[int], room: int, widest: int, narrowest: int
) -> list[int]:
    """Column widths (pixels) for the widths that the contents wish, in `room` pixels.

    Columns not in `growing` get their wish up to `widest`. What is left goes to the growing ones that wish more,
    then to the one that wished most; what lacks is taken from the widest of them, none below `narrowest`.
    """
    widths = [min(wish, widest) for wish in wishes]
    spare = room - sum(widths)
    while spare < 0:
        able = sorted((number for number in growing if widths[number] > narrowest), key=lambda n: -widths[n])
        if not able:
            return widths
        floor = max(narrowest, widths[able[1]]) if len(able) > 1 else narrowest
        step = min(-spare, max(1, widths[able[0]] - floor))
        widths[able[0]] -= step
        spare += step
    for number in sorted(growing, key=lambda n: wishes[n]):
        more = min(spare, wishes[number] - widths[number])
        widths[number] += max(0, more)
        spare -= max(0, more)
    widths[max(growing, key=lambda n: wishes[n])] += spare
    return widths


def _cell(text: str) -> str:
    """A cell for the clipboard: one line, and text that a spreadsheet would run as a formula stays text."""
    plain = " ".join(text.split())
    runs = plain[:1] in _FORMULA_STARTS or (plain[:1] in _SIGNS and not plain[1:2].isdigit())
    return f"'{plain}" if runs else plain
