"""Who is in: asks for user and password where the base has users, locks after a while, lets one leave.

Where the base has no users the one person of this PC works at once, and may do everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog

from sisfoh_desktop.app import receiving, wiring
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.messages import ask

if TYPE_CHECKING:
    from sisfoh_desktop.app.lock_screen import Lock
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.wiring import OpenedBase
    from sisfoh_desktop.modules.people.rules.facts import LoggedIn

_MINUTE_MS = 60_000
_TOUCHES = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)
)
NOBODY_IN = "Nadie ha entrado todavía: entre con su usuario para trabajar."
MAY_NO_LONGER = (
    "Su acceso terminó o se suspendió mientras trabajaba; lo ya guardado quedó guardado. "
    "Hable con quien administra los usuarios."
)
SHEET_USED = "Su contraseña se cambió y esa hoja ya no vale. Imprima otra en Personas › Usuarios."
NOW_WITH_USERS = (
    "La base ya tiene usuarios: desde ahora se entra con uno de ellos. Entre con el que acaba de crear."
)


class Entering(QObject):
    """The session of one window. `start` begins with a base, `leave` ends with it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._opened: OpenedBase | None = None
        self.session: LoggedIn | None = None
        self.lock: Lock | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock_now)
        self._heard: list[QWindow] = []
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._hear)
        window.tasks.changed.connect(self._on_changed)

    # -- coming in -------------------------------------------------------------------------------------

    def start(self, opened: "OpenedBase") -> None:
        """Work on this base: at once where it has no users, else after a log-in."""
        self._opened = opened
        if opened.users:
            self._wait_for_login()
        else:
            self._window.work_as(wiring.acting(self._window.settings), single=True)

    def _wait_for_login(self, sentence: str = "") -> None:
        self._window.work_as(None)
        self._window.status_line.show_waiting("Nadie ha entrado")
        self._window.stack.placeholder.show_sentence(NOBODY_IN, "Entrar…", self.ask_login)
        self.ask_login(sentence)

    def ask_login(self, sentence: str = "") -> "QDialog | None":
        """Show the log-in (without blocking), with a sentence on top if there is something to say."""
        from sisfoh_desktop.app.login_dialog import LoginDialog

        opened, window = self._opened, self._window
        if opened is None or self.session is not None or window.findChild(LoginDialog) is not None:
            return None
        dialog = LoginDialog(
            db=opened.db,
            tasks=window.tasks,
            clock=window.clock,
            base=opened.label,
            login=window.settings.user,
            sentence=sentence,
            other_base=window.ask_other_base,
            parent=window,
        )

        def finished() -> None:
            entered, typed, by_sheet = dialog.entered, dialog.typed, dialog.by_sheet
            dialog.setParent(None)
            dialog.deleteLater()
            if entered is not None and opened is self._opened:
                self._on_entered(entered, typed)
                if by_sheet:
                    window.toast(SHEET_USED)

        dialog.finished.connect(finished)
        dialog.open()
        return dialog

    def _on_entered(self, entered: "LoggedIn", typed: str) -> None:
        self.session = entered
        if entered.must_change:
            self._ask_new_password(entered.actor, typed)
        else:
            self._begin(entered)

    def _ask_new_password(self, actor: Actor, old: str = "") -> None:
        """The change of one's own password; asked for before working (`old`), whoever refuses it is out."""
        from sisfoh_desktop.app.login_dialog import PasswordDialog

        opened, window = self._opened, self._window
        if opened is None:
            return
        dialog = PasswordDialog(
            db=opened.db, tasks=window.tasks, clock=window.clock, actor=actor, old=old, parent=window
        )

        def finished(result: int) -> None:
            dialog.deleteLater()
            changed = result == QDialog.DialogCode.Accepted
            if old and self.session is not None:
                if changed:
                    self._begin(self.session)
                else:
                    self.log_out()
            elif changed:
                window.toast("Su contraseña se cambió.")

        dialog.finished.connect(finished)
        dialog.open()

    def _begin(self, entered: "LoggedIn") -> None:
        window = self._window
        if window.settings.user != entered.actor.user:  # who is asked first the next time
            window.settings.user = entered.actor.user
            window.save_settings()
        window.work_as(entered.actor, role=_role_words(entered.user.roles))
        receiving.offer_walk(window)
        self._hear(QGuiApplication.focusWindow())
        self._rest()

    # -- going out -------------------------------------------------------------------------------------

    def leave(self) -> None:
        """The base is about to be closed or changed: the session ends, and the trail says so."""
        session, opened = self.session, self._opened
        self.session, self._opened = None, None
        self._idle.stop()
        receiving.put_away(self._window)
        self._drop_lock()
        if session is not None and opened is not None:
            self._record_out(opened, session.actor)

    def log_out(self, sentence: str = "") -> None:
        """End the session, and ask who comes next."""
        session, opened = self.session, self._opened
        if opened is None:
            return
        self.session = None
        self._idle.stop()
        receiving.put_away(self._window)
        if session is not None:
            self._record_out(opened, session.actor)
        self._drop_lock()
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.done(QDialog.DialogCode.Rejected)  # without its question: nobody may answer it any more
        # after the loops of those dialogs have ended
        QTimer.singleShot(0, self, partial(self._wait_for_next, opened, sentence))

    def _wait_for_next(self, opened: "OpenedBase", sentence: str) -> None:
        if opened is self._opened and self.session is None:
            self._wait_for_login(sentence)

    def ask_log_out(self) -> None:
        """ "Salir de la sesión": unless typed text would be lost."""
        if self.session is not None and self._window.may_leave_pages():
            self._window.recovering.leave()
            self.log_out()

    def _record_out(self, opened: "OpenedBase", actor: Actor) -> None:
        from sisfoh_desktop.modules.people.service import access

        now = self._window.clock.now()
        self._window.tasks.run_query(
            partial(access.log_out, opened.db, actor=actor, now=now),
            lambda _none: None,
            on_error=lambda _error: (
                None
            ),  # a server that is away cannot note it; the session ends all the same
        )

    def change_password(self) -> None:
        """ "Cambiar mi contraseña"."""
        if self.session is not None:
            self._ask_new_password(self.session.actor)

    # -- the lock --------------------------------------------------------------------------------------

    def lock_now(self) -> None:
        """ "Bloquear", or nobody touched the program for a while."""
        from sisfoh_desktop.app.lock_screen import Lock, LockDialog

        session, opened, window = self.session, self._opened, self._window
        if session is None or opened is None or self.lock is not None or window.desk is None:
            return
        self._idle.stop()
        self._record_lock(locked=True)
        dialog = LockDialog(
            db=opened.db,
            tasks=window.tasks,
            clock=window.clock,
            actor=session.actor,
            who=f"{session.user.name} ({session.actor.user})",
            leave=self._ask_leave_locked,
            parent=QApplication.activeModalWidget() or window,
        )
        self.lock = Lock(dialog, self._on_unlocked)

    def _on_unlocked(self) -> None:
        self._drop_lock()
        self._record_lock(locked=False)
        self._rest()
        self._look_again()

    def _ask_leave_locked(self) -> None:
        if self.lock is None:
            return
        unsaved = self._window.unsaved_titles() or self.lock.open_dialogs()
        if unsaved and not ask(
            self.lock.dialog,
            "Hay algo escrito sin guardar",
            "Al salir de la sesión se cierra lo que quedó abierto y se pierde lo que no se guardó. "
            "Si es su sesión, desbloquéela y guárdelo antes.",
            "Salir sin guardar",
            danger=True,
        ):
            return
        self.log_out()

    def _drop_lock(self) -> None:
        lock, self.lock = self.lock, None
        if lock is not None:
            lock.lift()
            lock.dialog.done(QDialog.DialogCode.Rejected)
            lock.dialog.deleteLater()

    def _record_lock(self, *, locked: bool) -> None:
        from sisfoh_desktop.modules.people.service import access

        if self._opened is None or self.session is None:
            return
        self._window.tasks.run_query(
            partial(
                access.record_lock,
                self._opened.db,
                actor=self.session.actor,
                now=self._window.clock.now(),
                locked=locked,
            ),
            lambda _none: None,
            on_error=lambda _error: None,  # it is locked whether the base answers or not
        )

    # -- how long nobody touched it --------------------------------------------------------------------

    def _rest(self) -> None:
        """Somebody is here: count from the beginning."""
        if self.session is not None and self.lock is None:
            self._idle.start(self._window.settings.minutes_to_lock * _MINUTE_MS)

    def _hear(self, window: QWindow | None) -> None:
        """Listen to a window of the program: to its own events, a few, not to those of every widget."""
        if window is not None and self.session is not None and window not in self._heard:
            self._heard.append(window)
            window.destroyed.connect(partial(self._forget, window))
            window.installEventFilter(self)

    def _forget(self, window: QWindow) -> None:
        if window in self._heard:
            self._heard.remove(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._rest()
        return False

    # -- rights that change meanwhile ------------------------------------------------------------------

    def _on_changed(self, touched: set[str]) -> None:
        if "people" in touched:
            self._look_again()

    def _look_again(self) -> None:
        """Read what the person may do now; where the base has got its first user, ask who works."""
        from sisfoh_desktop.modules.people.service import access

        opened, session = self._opened, self.session
        if opened is None or self._window.desk is None:
            return
        query: Callable[[], object]
        if session is None:
            query = partial(access.has_users, opened.db)
        else:
            today = self._window.clock.now().date()
            query = partial(_found_now, opened, session.actor.user, today)
        self._window.tasks.run_query(
            query, partial(self._on_looked, opened, session), on_error=_stay, owner=self
        )

    def _on_looked(self, opened: "OpenedBase", session: "LoggedIn | None", answer: object) -> None:
        if opened is not self._opened or session is not self.session:
            return
        if session is None:
            if answer and not self._window.unsaved_titles():  # else it is asked at the next opening
                self._wait_for_login(NOW_WITH_USERS)
        elif answer is None:
            self.log_out(MAY_NO_LONGER)
        elif isinstance(answer, _FoundNow):
            self._window.work_with_rights(answer.actor, _role_words(answer.roles))


@dataclass(frozen=True)
class _FoundNow:
    """Who is in, as the base has them now."""

    actor: Actor
    roles: tuple[str, ...]


def _found_now(opened: "OpenedBase", login: str, today: date) -> _FoundNow | None:
    """On the worker: None when the person may no longer be in."""
    from sisfoh_desktop.modules.people.service import access, users

    actor, user = access.actor_now(opened.db, login, today), users.find_user(opened.db, login)
    return None if actor is None else _FoundNow(actor, user.roles if user is not None else ())


def _role_words(roles: "tuple[str, ...]") -> str:
    """The first role, and how many more, as the foot of the window has room for."""
    from sisfoh_desktop.modules.people.rules.roles import role_title

    if not roles:
        return ""
    return role_title(roles[0]) + (f" y {len(roles) - 1} más" if len(roles) > 1 else "")


def _stay(_error: SisfohError) -> None:
    """The base does not answer now: who is in stays in, and the base refuses what it must."""
