"""«Buscar en todo» of one window: what it knows, what it asks of the base, and where each line leads.

What was opened lately is remembered while the base is open, and nowhere else: names of people do not leave the base.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.qtkit.commands import bare_words, key_words
from sisfoh_desktop.qtkit.row_memory import FILE_NAME, list_memory

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.search import Answer, Finding, Group
    from sisfoh_desktop.app.search_orders import PageOrder
    from sisfoh_desktop.app.search_sources import FoundRecords, RecordSearch
    from sisfoh_desktop.basics.errors import SisfohError
    from sisfoh_desktop.qtkit.page import Desk, Page

_MOST_RECENT = 8
_LOOK_AGAIN_MS, _LOOKS = 100, 30  # an order may have to wait until its page has read what it is about


class WindowSearch(QObject):
    """Made with the orders of the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._stack = window, window.stack
        self._records: RecordSearch | None = None
        self._recent: list[Finding] = []
        window.tasks.changed.connect(self._on_changed)

    def follow(self, desk: "Desk | None") -> None:
        """Somebody else works now, or on another base: nothing of before is remembered, and lists are theirs."""
        list_memory().start(user_data_dir() / FILE_NAME)
        list_memory().use(desk.actor.user if desk is not None else "")
        self._recent = []
        if self._records is not None:
            self._records.forget()

    def show(self) -> None:
        """Open the search."""
        from sisfoh_desktop.app.search_dialog import SearchDialog

        SearchDialog(
            self.known_findings(),
            self.ask_records,
            self._window,
            recent=self._recent,
            chosen=self._remember,
        ).open()

    # -- what is known without asking the base ---------------------------------------------------------

    def known_findings(self) -> "list[Finding]":
        """Pages, orders of every page and of the window, settings, help."""
        from sisfoh_desktop.app import search
        from sisfoh_desktop.basics.help_topics import help_topics

        orders = self._window.orders
        pages = [
            search.Finding(search.PAGES, spec.icon, spec.title, "", partial(self._stack.show_page, number))
            for number, spec in enumerate(self._stack.specs)
            if self._stack.is_offered(number)
        ]
        settings = [
            search.Finding(search.SETTINGS, "pencil", title, "", orders.show_settings, words)
            for title, words in SETTINGS
        ]
        return [
            *pages,
            *self._orders_here(),
            *self._orders_elsewhere(),
            *settings,
            *search.help_findings(help_topics(), orders.show_help),
        ]

    def _orders_here(self) -> "list[Finding]":
        """Those of the page on view that can be done now, then those of the window."""
        from sisfoh_desktop.app import search

        page, orders = self._stack.page, self._window.orders
        found = [
            search.Finding(search.ORDERS, "chevron-right", bare_words(action.text()), "", action.trigger)
            for action in (page.page_actions() if page is not None else [])
            if action.isEnabled() and action.isVisible()
        ]
        of_page = {order.title for order in found}
        return found + [
            search.Finding(
                search.ORDERS,
                "chevron-right",
                bare_words(command.text),
                key_words(command.keys[0]) if command.keys else "",
                command.run,
            )
            for command in orders.commands
            if bare_words(command.text) not in of_page
            and orders.actions[bare_words(command.text)].isVisible()
        ]

    def _orders_elsewhere(self) -> "list[Finding]":
        """Those of the other pages that this person may do; the page on view tells its own."""
        from sisfoh_desktop.app import search
        from sisfoh_desktop.app.search_orders import page_orders

        desk = self._window.desk
        if desk is None:
            return []
        numbers = {spec.key: number for number, spec in enumerate(self._stack.specs)}
        here = self._stack.specs[self._stack.number].key
        return [
            search.Finding(
                search.ORDERS,
                "chevron-right",
                order.words,
                " › ".join(
                    ["en " + self._stack.specs[numbers[order.page]].title, *filter(None, [order.title])]
                ),
                partial(self._do_elsewhere, order),
            )
            for order in page_orders()
            if order.page in numbers
            and (order.page != here or order.tab)
            and self._stack.is_offered(numbers[order.page])
            and order.is_for(desk.actor)
        ]

    # -- doing an order of another page ----------------------------------------------------------------

    def _do_elsewhere(self, order: "PageOrder") -> None:
        """Go to the page and its tab, and do it as soon as it can be done."""
        numbers = {spec.key: number for number, spec in enumerate(self._stack.specs)}
        self._stack.show_page(numbers[order.page])
        self._try(order, _LOOKS)

    def _try(self, order: "PageOrder", looks: int) -> None:
        page = self._stack.page
        if self._stack.specs[self._stack.number].key != order.page:
            return  # the person went on to something else
        if page is not None and self._show_tab(page, order.tab):
            for action in page.page_actions():
                if bare_words(action.text()) == order.words and action.isVisible() and action.isEnabled():
                    action.trigger()
                    return
        if looks:
            left = looks if self._window.tasks.busy else looks - 1  # what is still being read is waited for
            QTimer.singleShot(_LOOK_AGAIN_MS, self, partial(self._try, order, left))
        else:
            self._window.toast(f"«{order.words}» se hace aquí: elija antes el registro de la lista.")

    @staticmethod
    def _show_tab(page: "Page", tab: str) -> bool:
        """Go to the tab, once; whether it is there."""
        from PySide6.QtWidgets import QTabWidget

        from sisfoh_desktop.qtkit.tabbed_page import TabbedPage

        if not tab:
            return True
        if isinstance(page, TabbedPage):
            shown = page.tab()
            if shown is None or page.specs[page.tabs.currentIndex()].key != tab:
                page.show_tab(tab)
            return page.tab() is not None
        tabs = getattr(page, "tabs", None)
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentIndex(int(tab))
        return True

    # -- records ---------------------------------------------------------------------------------------

    def ask_records(self, typed: str, answer: "Answer", owner: QObject) -> None:
        """Let the worker look for records of the pages that are offered; without a base, or refused, there are none."""
        from sisfoh_desktop.app.search_sources import RecordSearch

        desk = self._window.desk
        if desk is None:
            answer([])
            return
        if self._records is None:
            self._records = RecordSearch()
        pages = [spec.key for spec in self._stack.offered_specs()]

        def refused(error: "SisfohError") -> None:
            answer([])
            self._window.toast(error.sentence)

        self._window.tasks.run_query(
            partial(self._records.find, desk, pages, typed),
            lambda found: answer(self._groups(found)),
            on_error=refused,
            owner=owner,
        )

    def _groups(self, found: "Sequence[FoundRecords]") -> "list[Group]":
        from sisfoh_desktop.app.search import Finding, Group

        specs = {spec.key: spec for spec in self._stack.specs}
        groups = []
        for one in found:
            spec = specs[one.page]
            findings = tuple(
                Finding(
                    spec.title,
                    spec.icon,
                    hit.title,
                    hit.detail,
                    partial(self._stack.show_record, hit.kind, hit.record_id),
                )
                for hit in one.best.hits
            )
            groups.append(Group(spec.title, findings, one.best.rank, one.best.count))
        return groups

    def _remember(self, finding: "Finding") -> None:
        known = [one for one in self._recent if (one.title, one.detail) != (finding.title, finding.detail)]
        self._recent = [finding, *known][:_MOST_RECENT]

    def _on_changed(self, touched: set[str]) -> None:
        if self._records is not None:
            self._records.forget(touched)


SETTINGS = (
    ("Colores: claro, oscuro o como el sistema", "tema apariencia contraste pantalla noche"),
    ("Su nombre de usuario y su oficina", "ajustes equipo siglas quien trabaja"),
    ("Minutos sin uso hasta bloquear la pantalla", "bloqueo contraseña espera tiempo"),
)
"""What stands in the settings of this PC, and other words for it."""
