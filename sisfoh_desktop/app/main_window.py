"""The main window: which base is open, how one comes and goes. What the keys and the menu do is in its orders.

Its parts and their layout are in `qtkit.frame`. It is painted before anything heavy is imported: first an outline,
then the worker imports the parts, opens the base and imports the pages. For that reason little is imported above.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS, WindowFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from sisfoh_desktop.app.connection_dialog import ConnectionDialog
    from sisfoh_desktop.app.main_window_orders import Orders
    from sisfoh_desktop.app.wiring import OpenedBase
    from sisfoh_desktop.qtkit.page import Desk, PageSpec
    from sisfoh_desktop.qtkit.tasks import Tasks
    from sisfoh_desktop.qtkit.window_state import WindowState

PROGRAM = "SISFOH Desktop"
_OPENING = "Abriendo la base…"


class MainWindow(WindowFrame):
    """The window. Once painted it furnishes itself and opens its base: `base` if given, else the one of this PC."""

    orders: "Orders"

    def __init__(
        self,
        specs: "Sequence[PageSpec]",
        *,
        tasks: "Tasks",
        settings: PcSettings,
        state: "WindowState",
        base: str = "",
        clock: Clock | None = None,
    ) -> None:
        super().__init__(PROGRAM, _OPENING, specs, tasks, settings.theme)
        self.settings, self.state, self._base = settings, state, base
        self.clock: Clock = clock or SystemClock()
        self.desk: Desk | None = None
        self._opened: OpenedBase | None = None
        self._may_close = False
        if not state.geometry.isEmpty():
            self.restoreGeometry(state.geometry)
        self.painted.connect(self._on_painted)

    def _on_painted(self) -> None:
        self.tasks.run_query(_import_parts, lambda _none: self.furnish(), owner=self)
        self.open_configured_base()

    def furnish(self) -> None:
        """Dress the program and put the parts into the window; a second call does nothing."""
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QApplication

        from sisfoh_desktop.app.main_window_orders import Orders
        from sisfoh_desktop.qtkit.language import speak_spanish
        from sisfoh_desktop.qtkit.theme import theme

        if self.is_furnished:
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        speak_spanish(app)
        app.setWindowIcon(QIcon(str(resource("icons", "sisfoh.svg"))))
        theme().start(app, self.settings.theme, scale=self.state.scale)
        super().furnish()
        self.orders = Orders(self)
        self.status_line.show_waiting(_OPENING)
        self.stack.placeholder.show_sentence(_OPENING)

    # -- the base --------------------------------------------------------------------------------------

    def open_configured_base(self) -> None:
        """Open the base given at the start or set on this PC; ask for one when there is none."""
        target, settings, now = self._base or self.settings.database, self.settings, self.clock.now()

        def open_target() -> "OpenedBase | None":
            from sisfoh_desktop.app import wiring

            return wiring.open_base(target, settings=settings, now=now) if target else None

        def opened(base: "OpenedBase | None") -> None:
            if base is None:
                self.ask_connection()
            else:
                self.use_base(base)

        self.tasks.run_query(
            open_target, opened, on_error=lambda error: self.ask_connection(error.sentence), owner=self
        )

    def ask_connection(self, sentence: str = "") -> "ConnectionDialog":
        """Show the connection dialog (without blocking), with a refusal on top if there was one."""
        from PySide6.QtCore import Qt

        from sisfoh_desktop.app.connection_dialog import ConnectionDialog

        self.furnish()
        dialog = ConnectionDialog(
            tasks=self.tasks, settings=self.settings, clock=self.clock, sentence=sentence, parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def finished() -> None:
            if dialog.opened is not None:
                self.use_base(dialog.opened)
            elif self._opened is None:
                self.status_line.show_waiting("Sin base abierta")
                self.stack.placeholder.show_sentence(
                    "No hay una base abierta en este equipo.",
                    "Elegir la base…",
                    lambda: self.ask_connection(),
                )

        dialog.finished.connect(finished)
        dialog.open()
        return dialog

    def use_base(self, opened: "OpenedBase") -> None:
        """Work on this base from now on; the one before is closed."""
        from sisfoh_desktop.app import wiring
        from sisfoh_desktop.db.database import forbid_current_thread
        from sisfoh_desktop.qtkit.page import Desk

        self.furnish()
        forbid_current_thread()
        before, self._opened = self._opened, opened
        if before is not None:
            self.on_worker(before.db.close)
        self._remember_base(opened)
        self.desk = Desk(
            db=opened.db,
            archive=opened.archive,
            tasks=self.tasks,
            clock=self.clock,
            actor=wiring.acting(self.settings),
            settings=self.settings,
            practice=opened.practice,
        )
        self.show_practice(opened.practice)
        self.setWindowTitle(
            " — ".join([opened.label, PROGRAM, *([PRACTICE_WORDS] if opened.practice else [])])
        )
        self.show_who()
        self.stack.set_desk(self.desk)
        if opened.notice:
            self.tell(opened.notice)

    def ask_other_base(self) -> None:
        """Offer another base to work on, unless typed text would be lost."""
        if self._may_leave_pages():
            self.ask_connection()

    def show_who(self) -> None:
        """Tell in the status bar who works, on what."""
        if self._opened is not None and self.desk is not None:
            self.status_line.show_desk(
                user=self.desk.actor.user,
                office=self.desk.actor.office,
                base=self._opened.label,
                local=self._opened.local,
                practice=self._opened.practice,
            )

    def save_settings(self) -> None:
        """Write the settings of this PC, on the worker."""
        self.on_worker(replace(self.settings).save)

    def on_worker(self, fn: Callable[[], object]) -> None:
        """Run something whose result nobody waits for; a refusal is shown."""
        self.tasks.run_query(fn, lambda _done: None, owner=self)

    def _remember_base(self, opened: "OpenedBase") -> None:
        """The base of the next start; practice never takes the place of the office's own base."""
        if self._base == opened.target or (opened.practice and self.settings.database):
            return
        self.settings.database = opened.target
        self.save_settings()

    # -- words -----------------------------------------------------------------------------------------

    def tell(self, sentence: str) -> None:
        """Show a notice over the window, without blocking."""
        from sisfoh_desktop.qtkit.messages import show_notice

        show_notice(self, "Aviso", sentence)

    def toast(self, text: str) -> None:
        """Show a line at the foot that goes by itself."""
        from sisfoh_desktop.qtkit.messages import Toast

        Toast.show_over(self, text)

    # -- leaving ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        from PySide6.QtCore import Qt

        page = self.stack.page if self.is_furnished else None
        if event.key() == Qt.Key.Key_Escape and page is not None and page.cancel():
            event.accept()
            return
        super().keyPressEvent(event)

    def _may_leave_pages(self) -> bool:
        from sisfoh_desktop.qtkit.messages import ask

        unsaved = [page.title for page in self.stack.built_pages() if page.has_unsaved()]
        return not unsaved or ask(
            self,
            "Hay cambios sin guardar",
            f"En {', '.join(unsaved)} hay algo escrito que no se guardó. Si sale ahora se pierde.",
            "Salir sin guardar",
            danger=True,
        )

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Ask about unsaved text, let the worker end, close the base, and only then go."""
        if self._may_close or self._opened is None:
            self.state.geometry = self.saveGeometry()
            self.state.save()
            if self._opened is not None:
                from sisfoh_desktop.db.database import allow_current_thread

                allow_current_thread()
            super().closeEvent(event)
            return
        event.ignore()
        if not self._may_leave_pages():
            return
        self.setEnabled(False)
        self.status_line.show_waiting("Cerrando la base…")
        self.tasks.run_query(self._opened.db.close, lambda _none: None, owner=self, on_end=self._close_now)

    def _close_now(self) -> None:
        self._may_close = True
        self.close()


def _import_parts() -> None:
    """Load what furnishing needs; on the worker, so that the outline answers meanwhile."""
    import_module("sisfoh_desktop.app.main_window_orders")
    for part in ("language", "next_panel", "page_stack", "rail", "status_line", "stylesheet", "top_bar"):
        import_module(f"sisfoh_desktop.qtkit.{part}")
