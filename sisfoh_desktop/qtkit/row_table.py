"""A list of facts on screen: filter, order, count, copy, empty state. What the facts mean is the page's affair."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.row_copying import clipboard_text
from sisfoh_desktop.qtkit.row_filters import TEXTS, ColumnFilter, kind_of, values_of
from sisfoh_desktop.qtkit.row_model import FACT_ROLE, Column, RowTableModel
from sisfoh_desktop.qtkit.row_orders import RowOrders
from sisfoh_desktop.qtkit.row_selection import SelectionKept
from sisfoh_desktop.qtkit.row_view import RowView
from sisfoh_desktop.qtkit.row_widths import column_widths, lacks_given_width
from sisfoh_desktop.qtkit.theme import theme

__all__ = ["FACT_ROLE", "Column", "EmptyState", "RowTable", "RowTableModel"]

_FOLDED_AT_ONCE = 2_000  # rows in one idle moment: some 8 ms
_GAP = 4  # between the list and its count
_NO_LIMIT = 16_777_215  # Qt's QWIDGETSIZE_MAX


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
    columns_choosable = True  # False where a list's columns are its whole meaning
    sortable = True
    private_titles: frozenset[str] = frozenset()  # those of personal data besides
    pinned_columns = 0  # so many of the first ones always stay, where they are

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
        self.orders = RowOrders(self)
        theme().changed.connect(self.fit_columns)
        self.filter_box.setEnabled(False)  # until rows come; nothing is said before that

    # -- content ---------------------------------------------------------------------------------------

    def set_rows(self, facts: Sequence[Any]) -> None:
        """Show these facts; filter, order and selected row stay."""
        first = self.model.total == 0
        with self._keeping_selection(other_facts=True):
            self.model.set_rows(facts)
        self.orders.place_columns()
        if (first or self._lacks_width()) and not self._user_sized:
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
        row = self.selected_row()
        return self.model.fact(row) if row is not None else None

    def selected_row(self) -> int | None:
        """The row of the selected fact as seen."""
        index = self.view.currentIndex()
        chosen = self.view.selectionModel()
        if index.isValid() and chosen.isRowSelected(index.row(), self.view.rootIndex()):
            return index.row()
        rows = chosen.selectedRows()
        return rows[0].row() if rows else None

    def selected_rows(self) -> list[Any]:
        """All selected facts, in the order seen."""
        return [self.model.fact(row) for row in self._selected_numbers()]

    def select(self, key: Hashable) -> bool:
        """Select the fact with this key, taking the filter off if it hides it; whether it is in the list."""
        if self.select_seen(key):
            return True
        filtered = self.filter_box.text() or self.model.column_filters
        if filtered and any(self._key(fact) == key for fact in self.model.all_facts()):
            self.clear_filters()
            return self.select_seen(key)
        return False

    def set_filter(self, typed: str) -> None:
        """Filter as if `typed` had been typed."""
        self.filter_box.setText(typed)

    def set_column_filters(self, wanted: Mapping[str, ColumnFilter]) -> None:
        """Filter by these columns (by their titles) and by no other; each is told by a chip above the list."""
        with self._keeping_selection():
            self.model.set_column_filters(wanted)
        self.orders.show_chips()
        self._refresh_foot()
        self._fit_height()

    def clear_filters(self) -> None:
        """Show every row: the typed filter and those of the columns go."""
        self.filter_box.clear()
        self.set_column_filters({})

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
        """Titles and texts of the list exactly as it is seen now: filtered, in order, the columns as arranged."""
        columns = [self.model.columns[number] for number in self.orders.columns_seen()]
        texts = [column.text for column in columns]
        rows = [[text(fact) for text in texts] for fact in self.model.facts_seen()]
        return [column.title for column in columns], rows

    def copy(self) -> None:
        """Put the selected rows (all seen ones if none is selected) with their heads on the clipboard."""
        titles, rows = self.as_seen()
        chosen = self._selected_numbers()
        picked = [rows[number] for number in chosen] if chosen else rows
        QGuiApplication.clipboard().setText(clipboard_text([titles, *picked]))

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

    def _keeping_selection(self, *, other_facts: bool = False) -> SelectionKept:
        return SelectionKept(self, other_facts)

    def _selected_numbers(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())

    def key_of(self, fact: Any) -> Hashable:
        """What tells this fact from the others."""
        return self._key(fact)

    def select_seen(self, key: Hashable) -> bool:
        """Select the fact with this key unless the filter hides it; whether it is seen."""
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
        elif total == 0:
            self._empty.show_state(self._empty_text, self._empty_button if self._on_empty else "")
        else:
            typed = self.filter_box.text().strip()
            if self.model.column_filters:
                self._empty.show_state("Nada coincide con los filtros puestos.", "Quitar los filtros")
            else:
                self._empty.show_state(f"Nada coincide con «{typed[:60]}».", "Quitar el filtro")
        self._place_empty()

    def _place_empty(self) -> None:
        if "_empty" in self.__dict__:
            self._empty.setGeometry(self.view.viewport().rect().adjusted(16, 2, -16, -2))
            self.view.keep_room(self._empty.least_height())

    def _on_empty_clicked(self) -> None:
        if self.model.total:
            self.clear_filters()
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
        menu = self.orders.started_menu()
        order = menu.addMenu("&Ordenar por")
        for number, column in enumerate(self.model.columns):
            order.addAction(column.title, partial(self._on_header_clicked, number))
        order.addAction("Orden original", lambda: self.sort_by(None))
        if not self.filter_box.isHidden():
            self.orders.fill_menu(menu)
        return menu

    def filter_choices(self, number: int) -> tuple[str, list[tuple[str, int]]]:
        """What a column is filtered by: its kind, and its values with how often each is there."""
        kind = kind_of(self.model.keys_of(number), self.model.columns[number].align)
        return kind, values_of(self.model.texts_of(number)) if kind == TEXTS else []

    def has_columns_to_filter(self) -> bool:
        """Whether there is anything to filter."""
        return self.model.total > 0

    def clear_typed(self) -> None:
        """Take the typed filter off."""
        self.filter_box.clear()

    def own_columns(self) -> list[int]:
        """The numbers of the columns that have a place of their own: what a person may choose from."""
        return list(range(len(self.model.columns)))

    def told_under(self, _number: int) -> list[int]:
        """The numbers of the columns that are told within this one, and come and go with it."""
        return []

    @contextmanager
    def placing_columns(self) -> Iterator[None]:
        """While columns are shown, hidden and moved: that gives none of them a width by hand."""
        fitting, self._fitting = self._fitting, True
        yield
        self._fitting = fitting

    # -- widths ----------------------------------------------------------------------------------------

    def fit_columns(self) -> None:
        """Give each column its width, and what is left to the left-aligned ones without a fixed width."""
        self._fitting = True
        numbers = self.orders.columns_seen()
        columns = [self.model.columns[number] for number in numbers]
        widths = column_widths(
            columns, self.model.facts_seen(), self.view.fontMetrics(), self.view.viewport().width()
        )
        for number, width in zip(numbers, widths, strict=True):
            self.view.setColumnWidth(number, width)
        self._fitting = False

    def _lacks_width(self) -> bool:
        numbers = self.orders.columns_seen()
        return lacks_given_width(
            [self.model.columns[number] for number in numbers],
            self.model.facts_seen(),
            self.view.fontMetrics(),
            [self.view.columnWidth(number) for number in numbers],
        )

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
        room = self.height() - self.foot.sizeHint().height() - _GAP - around - self.orders.chips_height(_GAP)
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
