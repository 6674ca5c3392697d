"""The guided tour of a role over the real window, and its printed guide: offered once, and always from the menu.

What each role is shown is data (resources/help/tours.toml); the bubble itself is in `qtkit.tour`. Nothing of it is
loaded until somebody is new or asks: the window is furnished without it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.modules.people.rules.role_notes import RoleNotes, TourStop
    from sisfoh_desktop.qtkit.tour import Tour

FRAME = "frame:"
_LOOK_AGAIN_MS = 500
_OFFER = "¿Un recorrido de tres minutos por su trabajo? También está en el menú (F10)."


class Tours(QObject):
    """The tours of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.tour: Tour | None = None

    def offer(self) -> None:
        """Offer the tour the first time that a person enters on this PC, once the first day does not stand before it;
        nothing is asked."""
        from sisfoh_desktop.qtkit.messages import Toast

        window = self._window
        desk, state = window.desk, window.state
        if desk is None or desk.actor.user in state.toured or not self._has_its_pages():
            return
        if window.first_day.is_under_way:
            return
        if QApplication.activeModalWidget() is not None:  # it would go by unseen behind what stands there
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self.offer)
            return
        state.toured = (*state.toured, desk.actor.user)
        Toast.show_over(window, _OFFER, self.start, button="Ver el recorrido")

    def start(self) -> None:
        """The tour of who is in; one with several roles chooses."""
        mine = self._mine()
        if len(mine) == 1:
            self.walk(mine[0])
        elif mine:
            self._choose("Recorrido guiado", "Empezar", mine, mine[0], self.walk)

    def walk(self, notes: "RoleNotes") -> None:
        """Walk the tour of a role, over the pages that who is in may see; afterwards the window is where it was."""
        from sisfoh_desktop.qtkit.messages import Toast
        from sisfoh_desktop.qtkit.tour import Tour

        window = self._window
        for toast in window.findChildren(Toast):
            toast.hide()
        before, desk, at = window.stack.number, window.desk, QApplication.focusWidget()
        stops = [stop for stop in notes.stops if self._is_offered(stop)]
        tour = Tour.start(
            window,
            notes.title,
            [self._step(stop) for stop in stops],
            stays=lambda: window.desk is not None and window.desk is desk,
        )

        def go_back(_walked: bool) -> None:
            self.tour = None
            if window.stack.is_offered(before):
                window.stack.show_page(before)
            if at is not None and shiboken6.isValid(at) and at.isVisible():
                at.setFocus()  # its page was away when the tour ended

        self.tour = tour
        tour.ended.connect(go_back)

    def ask_guide(self) -> None:
        """Choose a role, one's own first, and see its guide of two pages."""
        from sisfoh_desktop.modules.people.service import guides

        every = guides.role_notes()
        self._choose("Guía de un rol", "Ver la guía", every, self._mine()[0], self.show_guide)

    def show_guide(self, notes: "RoleNotes") -> None:
        """Preview the guide of a role, to be printed or kept."""
        from sisfoh_desktop.modules.people.service import guides

        window = self._window
        desk = window.desk
        if desk is None:
            window.toast("Abra una base y entre para ver la guía de su rol.")
            return
        make = partial(guides.role_guide_bytes, desk.db, notes.key, desk.clock.now().date())
        window.tasks.run_query(make, partial(self._show_pdf, notes), owner=window)

    def _show_pdf(self, notes: "RoleNotes", pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self._window.tasks,
            pdf,
            f"Guía de {notes.title}",
            file_name=f"Guía de {notes.title}.pdf",
            kind="guia",
            over=self._window,
        )

    # -- whose tour ------------------------------------------------------------------------------------

    def _mine(self) -> "tuple[RoleNotes, ...]":
        from sisfoh_desktop.modules.people.rules.role_notes import notes_of
        from sisfoh_desktop.modules.people.service import guides

        session = self._window.entering.session
        return notes_of(guides.role_notes(), session.user.roles if session is not None else ())

    def _choose(
        self,
        title: str,
        primary: str,
        offered: "Sequence[RoleNotes]",
        first: "RoleNotes",
        then: "Callable[[RoleNotes], object]",
    ) -> None:
        from sisfoh_desktop.qtkit.choice_fields import ComboField
        from sisfoh_desktop.qtkit.dialogs import FormDialog

        dialog = FormDialog(title, primary=primary, parent=self._window)
        field = dialog.form.add(
            "role", ComboField("Rol", [(one, one.title) for one in offered], required=True)
        )
        field.set_value(first)
        chosen = dialog.exec() == FormDialog.DialogCode.Accepted
        notes = field.value()
        dialog.deleteLater()
        if chosen and notes is not None:
            then(notes)

    # -- where each stop is ----------------------------------------------------------------------------

    def _has_its_pages(self) -> bool:
        """Whether this window has the pages that the tours speak of."""
        from sisfoh_desktop.modules.people.service import guides

        keys = {spec.key for spec in self._window.stack.specs}
        return all(stop.page in keys for notes in guides.role_notes() for stop in notes.stops if stop.page)

    def _number(self, page: str) -> int | None:
        specs = self._window.stack.specs
        return next((number for number, spec in enumerate(specs) if spec.key == page), None)

    def _is_offered(self, stop: "TourStop") -> bool:
        number = self._number(stop.page)
        return not stop.page or (number is not None and self._window.stack.is_offered(number))

    def _step(self, stop: "TourStop") -> Any:
        from sisfoh_desktop.qtkit.tour import TourStep

        number = self._number(stop.page)
        go = partial(self._window.stack.show_page, number) if number is not None else None
        return TourStep(stop.title, stop.text, partial(self.find, stop), go)

    def find(self, stop: "TourStop") -> QWidget | None:
        """The widget of a stop, its tab brought to the front; None while its page is still loading."""
        root: Any = self._window.stack.page
        if stop.page and (root is None or root is not self._window.stack.currentWidget()):
            return None
        if stop.tab:
            tabs = root.tabs
            at = _tab_at(tabs, stop.tab)
            if at is None:
                return None
            if tabs.currentIndex() != at:
                tabs.setCurrentIndex(at)
            inner = getattr(root, "tab", None)
            root = inner() if callable(inner) else root
        found = (self._named(root, target) for target in stop.targets)
        return next((widget for widget in found if widget is not None and widget.isVisible()), None)

    def _named(self, root: Any, target: str) -> QWidget | None:
        in_frame = target.startswith(FRAME)
        widget: Any = self._window if in_frame else root
        for name in filter(None, target.removeprefix(FRAME).split(".")):
            widget = getattr(widget, name, None)
        return widget if isinstance(widget, QWidget) else None


def _tab_at(tabs: QTabWidget, words: str) -> int | None:
    """Where the tab with these words stands, if it is offered."""
    from sisfoh_desktop.basics.help_topics import bare_tab

    every = range(tabs.count())
    return next((at for at in every if tabs.isTabVisible(at) and bare_tab(tabs.tabText(at)) == words), None)
