"""The lock: curtains over every window of the program and one dialog that asks for the password of who is in.

Nothing behind the curtains is closed: what was typed stands there afterwards. When it locks is `entering`'s.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.qtkit import icons
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.secret_fields import SecretField
from sisfoh_desktop.qtkit.tasks import Tasks

_STILL_LOCKED = (
    "La contraseña no es correcta; sigue bloqueado y lo escrito sigue en su sitio. Escríbala otra vez; si la olvidó, "
    "pida una clave de un solo uso a quien administra los usuarios."
)


class Curtain(QFrame):
    """Covers a window whole, with the sign of a lock; goes with `lift`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("curtain")
        self.setProperty("ground", "surface")
        self.setAutoFillBackground(True)
        self.setAccessibleName("Bloqueado")
        picture = QLabel()
        picture.setPixmap(icons.pixmap("lock", "text_dim", 32))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addWidget(picture)
        window.installEventFilter(self)
        self._cover()
        self.show()

    def lift(self) -> None:
        """Let the window be seen again."""
        self.hide()
        self.deleteLater()

    def _cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() in (QEvent.Type.Resize, QEvent.Type.ChildPolished):
            self._cover()
        return False


class LockDialog(TaskDialog):
    """Asks for the password of the person who is in; Esc does nothing. `left` is set when they leave the session."""

    usual_width = 420

    def __init__(
        self,
        *,
        db: Any,
        tasks: Tasks,
        clock: Clock,
        actor: Actor,
        who: str,
        leave: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Programa bloqueado", primary="Desbloquear", cancel="Salir de la sesión…", parent=parent
        )
        self._db, self._tasks, self._clock, self._actor = db, tasks, clock, actor
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(lambda: leave())
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("lock", "accent", 24))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        name = QLabel(who)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "section")
        name.setWordWrap(True)
        head.addWidget(picture)
        head.addWidget(name, 1)
        said = QLabel(
            "Lo escrito sigue en la pantalla, tal como lo dejó. Para que entre otra persona, salga antes."
        )
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        said.setProperty("tone", "dim")
        self.form = Form(taken_letters=self.button_letters)
        self.secret = self.form.add("password", SecretField("Contraseña"))
        column.addLayout(head)
        column.addWidget(said)
        column.addWidget(self.form)
        self.set_body(body)

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        from sisfoh_desktop.modules.people.service import access

        self.set_busy(True)
        self._tasks.run_query(
            partial(
                access.check_password,
                self._db,
                actor=self._actor,
                now=self._clock.now(),
                password=values["password"],
            ),
            lambda _none: self.accept(),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def reject(self) -> None:
        """Neither Esc nor the window's own cross opens the lock."""

    def done(self, result: int) -> None:
        self.secret.wipe()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: SisfohError) -> None:
        self.secret.wipe()
        wrong = isinstance(error, RuleError) and error.code == "access_refused"
        self.refuse(RuleError("access_refused", _STILL_LOCKED) if wrong else error)
        self.secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)


class Lock(QObject):
    """Draws the curtains, keeps its dialog in front, and lifts them when the dialog is accepted (`opened`)."""

    def __init__(self, dialog: LockDialog, opened: Callable[[], object]) -> None:
        super().__init__(dialog)
        self.dialog = dialog
        self._curtains: dict[QWidget, Curtain] = {}
        self._opened = opened
        dialog.accepted.connect(self._on_accepted)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            popup.hide()
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._draw(window)
        self.dialog.open()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)  # only while it is locked: it hears of every window that opens

    def lift(self) -> None:
        """Take the curtains away; the dialog is the caller's to close."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        for curtain in self._curtains.values():
            curtain.lift()
        self._curtains.clear()

    def open_dialogs(self) -> list[QDialog]:
        """The dialogs that stand behind the lock, the one opened last at the end."""
        return [window for window in self._curtains if isinstance(window, QDialog) and window.isVisible()]

    def _draw(self, window: QWidget) -> None:
        if window is self.dialog or window in self._curtains or not window.isWindow():
            return
        if window.windowType() not in (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet):
            return
        self._curtains[window] = Curtain(window)
        window.destroyed.connect(partial(self._curtains.pop, window, None))

    def _on_accepted(self) -> None:
        self.lift()
        self._opened()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self.dialog
            and not self._asks_to_leave(watched)
        ):
            self._draw(watched)
            QTimer.singleShot(0, self, self._come_to_front)
        return False

    def _asks_to_leave(self, window: QWidget) -> bool:
        """The question whether to leave belongs to the lock's own dialog."""
        return window.parentWidget() is self.dialog

    def _come_to_front(self) -> None:
        """A window that opened meanwhile would take the keys: the lock's dialog becomes the newest again."""
        if self.dialog.isVisible():
            self.dialog.hide()
            self.dialog.open()
