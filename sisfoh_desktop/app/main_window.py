"""The main window: which base is open, how one comes and goes. What the keys and the menu do is in its orders.

Its parts and their layout are in `qtkit.frame`. It is painted before anything heavy is imported: first an outline,
then the worker imports the parts, opens the base and imports the pages. For that reason little is imported above.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS, WindowFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from sisfoh_desktop.app.connection_dialog import ConnectionDialog
    from sisfoh_desktop.app.entering import Entering
    from sisfoh_desktop.app.first_day import FirstDayKeeper
    from sisfoh_desktop.app.main_window_orders import Orders
    from sisfoh_desktop.app.recovering import Recovering
    from sisfoh_desktop.app.watching import Watch
    from sisfoh_desktop.app.ways_out import WaysOut
    from sisfoh_desktop.app.wiring import OpenedBase
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.basics.errors import SisfohError
    from sisfoh_desktop.basics.progress import Progress
    from sisfoh_desktop.modules.inbox.service import Tray
    from sisfoh_desktop.qtkit.page import Desk, PageSpec
    from sisfoh_desktop.qtkit.tasks import Tasks
    from sisfoh_desktop.qtkit.window_state import WindowState

PROGRAM = "SISFOH Desktop"
_OPENING = "Abriendo la base…"


class MainWindow(WindowFrame):
    """The window. Once painted it furnishes itself and opens its base: `base` if given, else the one of this PC."""

    orders: "Orders"
    entering: "Entering"
    first_day: "FirstDayKeeper"
    watch: "Watch"
    recovering: "Recovering"
    base_opened = Signal(str)  # its target; also when another one takes its place

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
        self._ways_out: WaysOut | None = None
        self._may_close = False
        self._role, self._single = "", True
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

        from sisfoh_desktop.app.entering import Entering
        from sisfoh_desktop.app.first_day import FirstDayKeeper
        from sisfoh_desktop.app.main_window_orders import Orders
        from sisfoh_desktop.app.recovering import Recovering
        from sisfoh_desktop.app.watching import Watch
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
        self.entering = Entering(self)
        self.first_day = FirstDayKeeper(self)
        self.watch = Watch(self)
        self.recovering = Recovering(self)
        self.orders = Orders(self)
        self.status_line.show_waiting(_OPENING)
        self.stack.placeholder.show_sentence(_OPENING)

    # -- the base --------------------------------------------------------------------------------------

    def open_configured_base(self) -> None:
        """Open the base given at the start or set on this PC; ask for one when there is none."""
        target, settings, now = self.target, self.settings, self.clock.now()

        def open_target() -> "OpenedBase | None":
            from sisfoh_desktop.app import wiring

            return wiring.open_base(target, settings=settings, now=now) if target else None

        def opened(base: "OpenedBase | None") -> None:
            if base is None:
                self.ask_connection()
            else:
                self.use_base(base)

        self.tasks.run_query(open_target, opened, on_error=self._on_not_opened, owner=self)

    def _on_not_opened(self, error: "SisfohError") -> None:
        """An encrypted base without its key asks for the phrase; anything else, for another base."""
        from sisfoh_desktop.app.unlock_dialog import offer_unlock

        def ask_base() -> None:
            if not self.target or "://" in self.target:
                self.ask_connection(error.sentence)
            else:
                self.ways_out().tell_base(self.target, error)

        self.furnish()
        if not offer_unlock(
            error, tasks=self.tasks, parent=self, then=self.open_configured_base, otherwise=ask_base
        ):
            ask_base()

    def ask_connection(self, sentence: str = "") -> "ConnectionDialog":
        """Show the connection dialog (without blocking), with a refusal on top if there was one."""
        from PySide6.QtCore import Qt

        from sisfoh_desktop.app.connection_dialog import ConnectionDialog

        self.furnish()
        dialog = ConnectionDialog(
            tasks=self.tasks,
            settings=self.settings,
            clock=self.clock,
            usual=self.target,
            sentence=sentence,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def finished() -> None:
            if dialog.opened is not None:
                if dialog.was_made:
                    self.first_day.expect(dialog.opened.target)
                self.use_base(dialog.opened)
            elif self._opened is None:
                self.show_no_base()

        dialog.finished.connect(finished)
        dialog.open()
        return dialog

    @property
    def target(self) -> str:
        """The base that this run opens: the one given at the start, else the one of this PC ("" for none)."""
        return self._base or self.settings.database

    def ways_out(self) -> "WaysOut":
        """What is offered where something is wrong with this PC or its base; loaded when first needed."""
        if self._ways_out is None:
            from sisfoh_desktop.app.ways_out import WaysOut

            self._ways_out = WaysOut(self)
        return self._ways_out

    def show_no_base(self) -> None:
        """Nothing is open: say so and offer to choose."""
        self.status_line.show_waiting("Sin base abierta")
        self.stack.placeholder.show_sentence(
            "No hay una base abierta en este equipo.", "Elegir la base…", lambda: self.ask_connection()
        )

    def use_base(self, opened: "OpenedBase") -> None:
        """Work on this base from now on, once it is known who works; the one before is closed."""
        from sisfoh_desktop.db.database import forbid_current_thread

        self.furnish()
        forbid_current_thread()
        self.recovering.leave()
        self.watch.leave()
        self.entering.leave()
        before, self._opened = self._opened, opened
        if before is not None:
            self.on_worker(self._closing(before))
        self._remember_base(opened)
        self.base_opened.emit(opened.target)
        self.show_practice(opened.practice)
        self.setWindowTitle(
            " — ".join([opened.label, PROGRAM, *([PRACTICE_WORDS] if opened.practice else [])])
        )
        if opened.notice:
            self.tell(opened.notice)
        self.entering.start(opened)

    def work_as(self, actor: "Actor | None", *, role: str = "", single: bool = False) -> None:
        """Give the pages to who works now (None: nobody is in); `single` is the one user of this PC."""
        from sisfoh_desktop.qtkit.page import Desk

        opened, self._role, self._single = self._opened, role, single
        self.desk = None
        if opened is not None and actor is not None:
            self.desk = Desk(
                db=opened.db,
                archive=opened.archive,
                tasks=self.tasks,
                clock=self.clock,
                actor=actor,
                settings=self.settings,
                practice=opened.practice,
                let_go=self.let_go,
                first_day=self.first_day.open,
                first_day_left=self.first_day.is_left,
                see_example=None if opened.practice else self.first_day.open_practice,
            )
        self.offer_pages(actor)
        self.orders.offer_session(not single and actor is not None)
        self.show_who()
        self.recovering.follow(self.desk)
        self.orders.search.follow(self.desk)
        self.stack.set_desk(self.desk)
        self._read_terms()
        self.watch.follow(self.desk)
        self.first_day.follow(self.desk)
        self.orders.tours.offer()

    def _read_terms(self) -> None:
        """The terms at the foot are those of this base and this person, also while another page than the tray shows."""
        from sisfoh_desktop.modules.inbox.service import load_tray

        desk = self.desk
        self.status_line.terms.clear()
        if desk is None or self.stack.number == 0:  # the tray tells them itself
            return
        folder = self.settings.backup_folder
        read = partial(load_tray, today=desk.clock.now().date(), actor=desk.actor, backup_folder=folder)

        def told(tray: "Tray") -> None:
            if self.desk is desk:
                self.status_line.show_terms(tray.counts.overdue, tray.counts.soon)

        # a base that does not answer is told by the page on view
        self.tasks.run_query(partial(read, desk.db), told, on_error=lambda _refused: None, owner=self)

    def work_with_rights(self, actor: "Actor", role: str) -> None:
        """The rights of who is in have changed: the pages are built anew unless typed text would be lost."""
        if self.desk is None or self.desk.actor == actor:
            return
        self.desk.actor = actor
        if self.unsaved_titles():
            self.toast("Sus permisos cambiaron: valen desde ahora.")
            return
        self.work_as(actor, role=role)
        self.toast("Sus permisos cambiaron.")

    def ask_other_base(self) -> None:
        """Offer another base to work on, unless typed text would be lost."""
        if self.may_leave_pages():
            self.ask_connection()

    def let_go(self, title: str, work: Callable[["Progress"], str], noun: str, cancelling: str) -> None:
        """Close the base, do `work` under its progress dialog, tell its sentence or refusal, ask for another base."""
        from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

        opened = self._opened
        if opened is None:  # pragma: no cover - a page asks, and pages are there while a base is open
            return
        self.watch.leave()
        self.entering.leave()
        self._opened = None
        self.work_as(None)
        close = self._closing(opened)
        if self.settings.database == opened.target:
            self.settings.database = ""
            self.save_settings()

        def closed(progress: "Progress") -> str:
            close()
            return work(progress)

        def done(told: str) -> None:
            self.ask_connection()
            self.tell(told)

        def refused(error: "SisfohError") -> None:
            self.ask_connection(error.sentence)

        run = partial(ProgressDialog.run_change, noun=noun, cancelling=cancelling)
        run(self, self.tasks, title, closed, (), on_done=done, on_error=refused)

    def show_who(self) -> None:
        """Tell in the status bar who works, on what."""
        if self._opened is not None and self.desk is not None:
            self.status_line.show_desk(
                user=self.desk.actor.user,
                office=self.desk.actor.office,
                base=self._opened.label,
                local=self._opened.local,
                practice=self._opened.practice,
                role=self._role,
                single=self._single,
            )

    def save_settings(self) -> None:
        """Write the settings of this PC, on the worker."""
        self.on_worker(replace(self.settings).save)

    def on_worker(self, fn: Callable[[], object]) -> None:
        """Run something whose result nobody waits for; a refusal is shown."""
        self.tasks.run_query(fn, lambda _done: None, owner=self)

    def _remember_base(self, opened: "OpenedBase") -> None:
        """The base of the next start; practice never takes the place of the office's own base."""
        if self._base == opened.target or (opened.practice and self.target):
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

    def unsaved_titles(self) -> list[str]:
        """The pages in which something typed is not saved."""
        return [page.title for page in self.stack.built_pages() if page.has_unsaved()]

    def may_leave_pages(self) -> bool:
        """Whether nothing typed would be lost, or the person leaves it."""
        from sisfoh_desktop.qtkit.messages import ask

        unsaved = self.unsaved_titles()
        return not unsaved or ask(
            self,
            "Hay cambios sin guardar",
            f"En {', '.join(unsaved)} hay algo escrito que no se guardó. Si sale ahora se pierde.",
            "Salir sin guardar",
            danger=True,
        )

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Ask about unsaved text, make the copy of closing, let the worker end, close the base, and only then go."""
        if self._may_close or self._opened is None:
            self.state.geometry = self.saveGeometry()
            self.state.save()
            if self._opened is not None:
                from sisfoh_desktop.db.database import allow_current_thread

                allow_current_thread()
            super().closeEvent(event)
            return
        event.ignore()
        if self.may_leave_pages():
            from sisfoh_desktop.app.closing_backup import back_up_then

            back_up_then(self, self._leave_base)

    def _leave_base(self) -> None:
        """Nothing holds the person any more: the worker closes the base, and the window goes."""
        if self._opened is None:  # pragma: no cover - it was open when the person asked to close
            return
        self.watch.leave()
        self.entering.leave()
        self.setEnabled(False)
        self.status_line.show_waiting("Cerrando la base…")
        self.tasks.run_query(
            self._closing(self._opened), lambda _none: None, owner=self, on_end=self._close_now
        )

    def _closing(self, opened: "OpenedBase") -> Callable[[], None]:
        """What the worker does to close a base."""
        from sisfoh_desktop.app.wiring import close_base

        return partial(close_base, opened, settings=self.settings, now=self.clock.now())

    def _close_now(self) -> None:
        self._may_close = True
        self.close()


def _import_parts() -> None:
    """Load what furnishing needs; on the worker, so that the outline answers meanwhile."""
    import_module("sisfoh_desktop.app.entering")
    import_module("sisfoh_desktop.app.main_window_orders")
    import_module("sisfoh_desktop.app.recovering")
    import_module("sisfoh_desktop.app.watching")
    for part in ("language", "next_panel", "page_stack", "rail", "status_line", "stylesheet", "top_bar"):
        import_module(f"sisfoh_desktop.qtkit.{part}")
