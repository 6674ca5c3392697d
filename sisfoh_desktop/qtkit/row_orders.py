"""What a person may do to a list beyond typing: filter by a column, choose its columns, keep that as a named view.

The list itself is in `row_table`; what is remembered, in `row_memory`; the dialogs, in `row_dialogs`.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.row_chips import FilterChips
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_memory import Arrangement, SavedView, list_memory

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.paged_list import PagedList
    from sisfoh_desktop.qtkit.row_table import RowTable

_NOTHING = ColumnFilter()


class RowOrders(QObject):
    """Of one list; made when the list is."""

    def __init__(self, table: "RowTable | PagedList") -> None:
        super().__init__(table)
        self._table = table
        self._arrangement: Arrangement | None = None
        self._arranged: tuple[str, ...] = ()  # the titles for which the columns were last put in their places
        self._placing = False
        self.chips: FilterChips | None = None  # made when a column is first filtered
        header = table.view.filter_header
        header.menu_asked.connect(self.open_menu)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu_asked)
        if table.columns_choosable:
            self._arrangement = list_memory().arrangement(self.name)
            header.setSectionsMovable(True)
            header.sectionMoved.connect(self._on_section_moved)

    @property
    def name(self) -> str:
        """How the list is remembered."""
        return self._table.view.accessibleName()

    def _titles(self) -> list[str]:
        return [column.title for column in self._table.model.columns]

    # -- columns ---------------------------------------------------------------------------------------

    def columns_seen(self) -> list[int]:
        """The numbers of the columns as the person left them, in their order, those told under others with them."""
        table, titles = self._table, self._titles()
        if self._arrangement is None or not table.columns_choosable:
            return list(range(len(titles)))
        own = table.own_columns()
        placed = [own[place] for place in self._arrangement.placed([titles[number] for number in own])]
        pinned = own[: table.pinned_columns]
        placed = [*pinned, *(number for number in placed if number not in pinned)]
        return [told for number in placed for told in (number, *table.told_under(number))]

    def own_seen(self) -> list[int]:
        """Those of them that have a place of their own."""
        own = self._table.own_columns()
        return [number for number in self.columns_seen() if number in own]

    def place_columns(self, *, again: bool = False) -> None:
        """Put the columns where the person left them; nothing is done twice for the same columns."""
        titles = tuple(self._titles())
        if not self._table.columns_choosable or (titles == self._arranged and not again):
            return
        if self._arrangement is None and not self._arranged:
            self._arranged = titles
            return
        self._arranged, seen = titles, self.own_seen()
        header = self._table.view.filter_header
        self._placing = True
        with self._table.placing_columns():
            for number in range(len(titles)):
                self._table.view.setColumnHidden(number, number not in seen)
            rest = [number for number in range(len(titles)) if number not in seen]
            for place, number in enumerate([*seen, *rest]):
                header.moveSection(header.visualIndex(number), place)
        self._placing = False

    def arrange(self, arrangement: Arrangement | None, *, keep: bool = True) -> None:
        """Show these columns (None: as given), and remember it; columns that are not here now stay hidden."""
        if arrangement is not None and self._arrangement is not None:
            titles = self._titles()
            others = tuple(title for title in self._arrangement.hidden if title not in titles)
            arrangement = Arrangement(arrangement.order, (*arrangement.hidden, *others))
        self._arrangement = arrangement
        if keep:
            list_memory().keep_arrangement(self.name, arrangement)
        self.place_columns(again=True)
        self._table.fit_columns()

    def choose_columns(self) -> None:
        """Ask which columns to see."""
        from sisfoh_desktop.qtkit.row_dialogs import ColumnsDialog

        own, titles = self._table.own_columns(), self._titles()
        dialog = ColumnsDialog(
            [self.whole_title(titles[number]) for number in own],
            [own.index(number) for number in self.own_seen()],
            self._table.window(),
            pinned=self._table.pinned_columns,
        )
        dialog.exec()
        dialog.deleteLater()
        if dialog.usual:
            self.arrange(None)
        elif dialog.chosen is not None:
            order, hidden = dialog.chosen
            self.arrange(
                Arrangement(
                    tuple(titles[own[place]] for place in order),
                    tuple(titles[own[place]] for place in hidden),
                )
            )

    def hide_column(self, number: int) -> None:
        """Hide one column; the last one and those that always stay are not."""
        if self.may_hide(number):
            seen = [one for one in self.own_seen() if one != number]
            self.arrange(self._arranged_as(seen))

    def may_hide(self, number: int) -> bool:
        """Whether others are left, and the column is none of those that stay."""
        pinned = self._table.own_columns()[: self._table.pinned_columns]
        return len(self.own_seen()) > 1 and number not in pinned

    def _arranged_as(self, seen: Sequence[int]) -> Arrangement:
        """The arrangement that shows these columns: their titles as they stand, then those of the others."""
        titles = self._titles()
        rest = [titles[number] for number in self._table.own_columns() if number not in seen]
        return Arrangement((*(titles[number] for number in seen), *rest), tuple(rest))

    def _on_section_moved(self, _section: int, _old: int, _new: int) -> None:
        if self._placing:
            return
        header, own = self._table.view.filter_header, self._table.own_columns()
        places = sorted(own, key=header.visualIndex)
        seen = [number for number in places if not header.isSectionHidden(number)]
        self._arrangement = self._arranged_as(seen)
        self._arranged = tuple(self._titles())
        list_memory().keep_arrangement(self.name, self._arrangement)
        pinned = self._table.pinned_columns
        if places[:pinned] != own[:pinned]:
            self.place_columns(again=True)  # those that stay go back to their places

    # -- filters ---------------------------------------------------------------------------------------

    def ask_filter(self, number: int) -> None:
        """Ask by what to filter a column."""
        from sisfoh_desktop.qtkit.row_dialogs import ColumnFilterDialog

        model = self._table.model
        column = model.columns[number]
        kind, values = self._table.filter_choices(number)
        wanted = ColumnFilterDialog.ask(
            self.whole_title(column.title),
            model.column_filters.get(column.title, _NOTHING),
            kind,
            values,
            self._table.window(),
        )
        if wanted is not None:
            self._table.set_column_filters({**model.column_filters, column.title: wanted})

    def show_chips(self) -> None:
        """Tell above the list what its columns are filtered by."""
        titles = self._titles()
        filters = {title: one for title, one in self._table.model.column_filters.items() if title in titles}
        if self.chips is None:
            if not filters:
                return
            self.chips = FilterChips(self._table)
            self.chips.dropped.connect(self._on_chip_dropped)
            self.chips.cleared.connect(self._on_chips_cleared)
            layout = self._table.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(0, self.chips)
        self.chips.show_filters({title: one.told(self.whole_title(title)) for title, one in filters.items()})
        self._put_chips_after_list(self.chips)

    def _put_chips_after_list(self, chips: FilterChips) -> None:
        """One Tab from the rows: made later than the rest of the window, they would come after all of it."""
        at: QWidget = self._table.view
        while (following := at.nextInFocusChain()) is not None and self._table.view.isAncestorOf(following):
            at = following
        for button in chips.buttons:
            QWidget.setTabOrder(at, button)
            at = button

    def chips_height(self, gap: int) -> int:
        """The room that the chips take, with the `gap` below them."""
        shown = self.chips is not None and not self.chips.isHidden()
        return self.chips.height() + gap if shown and self.chips is not None else 0

    def _on_chip_dropped(self, title: str) -> None:
        filters = self._table.model.column_filters
        filters.pop(title, None)
        self._table.set_column_filters(filters)
        self._table.view.setFocus()

    def _on_chips_cleared(self) -> None:
        self.clear_filters()
        self._table.view.setFocus()

    def clear_filters(self) -> None:
        """Filter by no column any more; for a while the person may have the filters back."""
        from sisfoh_desktop.qtkit.messages import Toast

        table = self._table
        filters = dict(table.model.column_filters)
        table.set_column_filters({})
        count = len(filters)
        said = f"Se quitaron {count} filtros." if count > 1 else "Se quitó el filtro."
        Toast.show_over(table, said, partial(table.set_column_filters, filters))

    def whole_title(self, title: str) -> str:
        """What a shortened title stands for."""
        return self._table.view.filter_header.whole_titles.get(title, title)

    # -- views -----------------------------------------------------------------------------------------

    def seen_now(self) -> SavedView:
        """The list as it is seen, but for what is looked for in columns of personal data."""
        model = self._table.model
        by, descending = model.order
        titles, personal = self._titles(), self._personal()
        filters = {title: one for title, one in model.column_filters.items() if title not in personal}
        return SavedView(
            self._arranged_as(self.own_seen()), filters, titles[by] if by is not None else "", descending
        )

    def show_view(self, view: SavedView) -> None:
        """See the list as it was saved; the typed filter goes."""
        table, titles = self._table, self._titles()
        table.clear_typed()
        if table.columns_choosable:
            self.arrange(view.arrangement, keep=False)
        table.set_column_filters(view.filters)
        if not table.sortable:
            return
        table.sort_by(
            titles.index(view.sorted_by) if view.sorted_by in titles else None, descending=view.descending
        )

    def save_view(self) -> None:
        """Ask for a name and keep the list as it is seen."""
        from sisfoh_desktop.qtkit.row_dialogs import SaveViewDialog

        left_out = [title for title in self._table.model.column_filters if title in self._personal()]
        note = f"No se guarda el filtro de {', '.join(left_out)}: son datos personales." if left_out else ""
        dialog = SaveViewDialog(list_memory(), self.name, self.seen_now(), note, self._table.window())
        dialog.exec()
        dialog.deleteLater()

    def drop_view(self, title: str) -> None:
        """Forget a view after asking."""
        from sisfoh_desktop.qtkit.messages import Toast, ask_destroy, show_error

        memory, view = list_memory(), list_memory().views(self.name).get(title)
        if not ask_destroy(
            self._table.window(), f"la vista «{title}»", "Los registros no cambian.", "Borrar"
        ):
            return
        try:
            memory.drop_view(self.name, title)
        except SisfohError as error:
            show_error(self._table.window(), error.sentence, "No se borró la vista")
            return
        if view is not None:
            back = partial(self._keep_again, title, view)
            Toast.show_over(self._table, f"Se borró la vista «{title}».", back)

    def _keep_again(self, title: str, view: SavedView) -> None:
        """A view that was just forgotten, as it was; the last of the list's."""
        from sisfoh_desktop.qtkit.messages import show_error

        try:
            list_memory().keep_view(self.name, title, view)
        except SisfohError as error:
            show_error(self._table.window(), error.sentence, "No volvió la vista")

    def _personal(self) -> frozenset[str]:
        personal = {column.title for column in self._table.model.columns if column.personal}
        return self._table.private_titles | personal

    # -- menus -----------------------------------------------------------------------------------------

    def started_menu(self) -> QMenu:
        """A context menu of the list with what every list has first: its page's actions, and copying."""
        table = self._table
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(table.menu_actions)
        if table.menu_actions:
            menu.addSeparator()
        menu.addAction("&Copiar con encabezados\tCtrl+C", table.copy)
        return menu

    def fill_menu(self, menu: QMenu) -> None:
        """The entries of the list's own menu."""
        model = self._table.model
        columns = menu.addMenu("&Filtrar por columna")
        for number in self.columns_seen():
            title = self.whole_title(model.columns[number].title)
            action = columns.addAction(f"{title.replace('&', '&&')}…", partial(self.ask_filter, number))
            action.setCheckable(True)
            action.setChecked(model.columns[number].title in model.column_filters)
        columns.setEnabled(self._table.has_columns_to_filter())
        if model.column_filters:
            menu.addAction("&Quitar filtros", self.clear_filters)
        if self._table.columns_choosable:
            menu.addAction("Elegir co&lumnas…", self.choose_columns)
        if not list_memory().remembers:
            return
        views = list_memory().views(self.name)
        shown = menu.addMenu("&Vistas")
        for title, view in views.items():
            shown.addAction(title.replace("&", "&&"), partial(self.show_view, view))
        if views:
            shown.addSeparator()
        shown.addAction("&Guardar la vista…", self.save_view)
        if views:
            dropped = shown.addMenu("&Borrar")
            for title in views:
                dropped.addAction(f"{title.replace('&', '&&')}…", partial(self.drop_view, title))

    def open_menu(self, place: QPoint) -> None:
        """Open the list's own menu at a point of the screen."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(place)

    def _on_header_menu_asked(self, place: QPoint) -> None:
        header = self._table.view.filter_header
        number = header.logicalIndexAt(place)
        if number >= 0:
            self.column_menu(number).popup(header.mapToGlobal(place))

    def column_menu(self, number: int) -> QMenu:
        """What may be done to one column."""
        table = self._table
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if table.sortable:
            menu.addAction("Orden &ascendente", partial(table.sort_by, number))
            menu.addAction("Orden &descendente", lambda: table.sort_by(number, descending=True))
            menu.addSeparator()
        asked = QAction("&Filtrar por esta columna…", menu)
        asked.triggered.connect(partial(self._ask_of_menu, number))
        asked.setEnabled(table.has_columns_to_filter())
        menu.addAction(asked)
        if table.columns_choosable:
            hide = menu.addAction("&Ocultar esta columna", partial(self.hide_column, number))
            hide.setEnabled(self.may_hide(number))
            menu.addAction("Elegir co&lumnas…", self.choose_columns)
        return menu

    def _ask_of_menu(self, number: int, _checked: bool = False) -> None:
        self.ask_filter(number)
