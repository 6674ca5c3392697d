"""A long list on screen of which only a stretch is held: what it shows, copies and selects, and its widths.

Which end is the newest, and how the next stretch is joined, is the module's; the stretch itself is `paged_model`'s.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.paged_model import PagedModel
from sisfoh_desktop.qtkit.row_copying import clipboard_text
from sisfoh_desktop.qtkit.row_filters import TEXTS, ColumnFilter, kind_of, passing_facts
from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.row_orders import RowOrders
from sisfoh_desktop.qtkit.row_view import RowView
from sisfoh_desktop.qtkit.theme import theme

GAP = 4  # px between the chips and the list


class PagedList(QWidget):
    """The view over a `PagedModel` with its empty state; facts are told apart by their `id`.

    `shares` are the columns that share what the others leave, and how; `narrowest` what each of them gets at least
    on average, in pixels at the usual text size; `most` how many facts are held. A subclass calls `fit` when the
    widths that it asks for have changed.

    Filtering by columns is asked for here and done by whoever reads the facts: `filters_changed` tells that they are to
    be read again, `keeper` gives what to keep of them. `choices` are the values that a column can have, by its title,
    for those that have few. What is looked for in a column of `private_titles` is in no saved view.
    """

    filters_changed = Signal()
    view_type: type[RowView] = RowView
    columns_choosable = True
    pinned_columns = 0
    private_titles: frozenset[str] = frozenset()
    sortable = False  # the order of the facts is that in which they happened

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str,
        shares: Mapping[int, int],
        narrowest: int,
        most: int = 2_000,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.choices: dict[str, Sequence[str]] = {}
        self._kinds: dict[
            int, str
        ] = {}  # of the columns that were filtered: with all rows gone none tells its own
        self.menu_actions: list[QAction] = []
        self._columns, self._shares, self._narrowest = columns, shares, narrowest
        self.model = PagedModel(columns, most=most, parent=self)
        self.view = self.view_type(cast(Any, self.model), self)
        self.view.setAccessibleName(name)
        self.view.filter_header.filter.hide()
        self.view.filter_header.setSectionsClickable(False)
        self.view.filter_header.fit_height()
        self.empty = EmptyState(self.view.viewport())
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.orders = RowOrders(self)
        self.orders.place_columns(again=True)
        self.view.copy_asked.connect(self.copy)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_asked)
        self.view.viewport().installEventFilter(self)

    def selected(self) -> Any | None:
        """The fact under the cursor, or None."""
        row = self.view.currentIndex().row()
        return self.model.fact(row) if 0 <= row < self.model.rowCount() else None

    def select(self, fact_id: int) -> bool:
        """Select a fact that is held here; whether it is."""
        for row, fact in enumerate(self.model.facts):
            if fact.id == fact_id:
                self.view.select_row(row)
                return True
        return False

    def titles_seen(self) -> list[str]:
        """The titles of the columns that are seen, in their order."""
        return [self._columns[number].title for number in self.orders.columns_seen()]

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        """Titles and texts of what is held here."""
        texts = [self._columns[number].text for number in self.orders.columns_seen()]
        return self.titles_seen(), [[text(fact) for text in texts] for fact in self.model.facts]

    def copy(self) -> None:
        """Put the selected rows (all held if none is) with their heads on the clipboard."""
        titles, rows = self.as_seen()
        chosen = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        picked = [rows[number] for number in chosen] if chosen else rows
        QGuiApplication.clipboard().setText(clipboard_text([titles, *picked]))

    # -- filters and columns ---------------------------------------------------------------------------

    @property
    def is_filtered(self) -> bool:
        """Whether a column is filtered."""
        return bool(self.model.column_filters)

    def set_column_filters(self, wanted: Mapping[str, ColumnFilter]) -> None:
        """Ask for what these columns let through, by their titles; each is told by a chip above the list."""
        filters = {title: one for title, one in wanted.items() if one.asks}
        if filters == self.model.column_filters:
            return
        self.model.column_filters = filters
        self.orders.show_chips()
        self.fit()
        self.filters_changed.emit()

    def clear_filters(self) -> None:
        """No column is filtered any more."""
        self.set_column_filters({})

    def keeper(self) -> Callable[[Sequence[Any]], list[Any]] | None:
        """What to keep of the facts that are read, as the columns are filtered now; None for all of them."""
        if not self.is_filtered:
            return None
        return partial(passing_facts, self._columns, dict(self.model.column_filters))

    def filters_told(self) -> str:
        """The filters of the columns in words; empty without any."""
        return "; ".join(one.told(title) for title, one in self.model.column_filters.items())

    def filter_choices(self, number: int) -> tuple[str, list[tuple[str, int]]]:
        """What a column is filtered by: its kind, and the values that it can have."""
        column = self._columns[number]
        if column.sort_key is not None and self.model.facts:
            keys = [column.sort_key(fact) for fact in self.model.facts]
            self._kinds[number] = kind_of(keys, column.align)
        kind = self._kinds.get(number, TEXTS)
        return kind, [(one, 0) for one in self.choices.get(column.title, ())]

    def has_columns_to_filter(self) -> bool:
        """Whether there is anything to filter, or was."""
        return self.model.rowCount() > 0 or self.is_filtered

    def clear_typed(self) -> None:
        """What is typed is in a bar of its own, not here."""

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """The order is that in which the facts happened."""

    def own_columns(self) -> list[int]:
        """The numbers of all columns."""
        return list(range(len(self._columns)))

    def told_under(self, _number: int) -> list[int]:
        """No column is told within another one."""
        return []

    def placing_columns(self) -> AbstractContextManager[None]:
        """Widths are never given by hand here."""
        return nullcontext()

    def fit_columns(self) -> None:
        """As `fit`."""
        self.fit()

    def build_menu(self) -> QMenu:
        """The list's context menu: its module's actions, copying, filters, columns and views."""
        menu = self.orders.started_menu()
        self.orders.fill_menu(menu)
        return menu

    def _on_menu_asked(self, place: QPoint) -> None:
        self.build_menu().popup(self.view.viewport().mapToGlobal(place))

    # -- sizes -----------------------------------------------------------------------------------------

    def width_of(self, number: int) -> int:
        """What a column asks for in pixels; those that share the rest ask for nothing."""
        return theme().px(self._columns[number].width or 0)

    def fit(self) -> None:
        """Give the columns their widths; what cannot be shared out evenly goes to the last one."""
        seen = self.orders.columns_seen()
        widths = {number: self.width_of(number) for number in seen}
        shares = {number: share for number, share in self._shares.items() if number in widths}
        spare = max(
            self.view.viewport().width() - sum(widths.values()), theme().px(self._narrowest) * len(shares)
        )
        for number, share in shares.items():
            widths[number] = spare * share // sum(shares.values())
        widths[seen[-1]] += spare - sum(widths[number] for number in shares)
        for number, width in widths.items():
            self.view.setColumnWidth(number, width)

    def rows_per_step(self) -> int:
        """How far one row is on the scroll bar."""
        per_item = self.view.verticalScrollMode() == self.view.ScrollMode.ScrollPerItem
        return 1 if per_item else self.view.verticalHeader().defaultSectionSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self.empty.setGeometry(self.view.viewport().rect().adjusted(8, 4, -8, -4))
            self.fit()
        return super().eventFilter(watched, event)
