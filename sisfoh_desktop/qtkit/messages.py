"""Short words to the person: a refusal, a notice, a question, a toast. Plain text only, buttons are verbs.

Errors and notices do not block the caller; questions do, since they answer with a value.
"""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.qtkit import icons
from sisfoh_desktop.qtkit.dialogs import TaskDialog

_FADE_MS = 120
_TOAST_MS = 6_000
_UNDO_MS = 10_000


class MessageDialog(TaskDialog):
    """One sentence with its icon, and one or two buttons."""

    usual_width = 440

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        icon_name: str,
        role: str,
        primary: str,
        cancel: str = "",
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary=primary, cancel=cancel or "Cerrar", danger=danger, parent=parent)
        self.sentence = sentence
        self.cancel_button.setVisible(bool(cancel))
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon_name, role, 24))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        head = QLabel(title)
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        head.setProperty("role", "section")
        text = QLabel(sentence)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts.addWidget(head)
        texts.addWidget(text)
        texts.addStretch(1)
        row.addWidget(picture)
        row.addLayout(texts, 1)
        self.set_body(body)
        self.setAccessibleDescription(sentence)


def _front_window(parent: QWidget | None) -> QWidget | None:
    return parent.window() if parent is not None else QApplication.activeWindow()


def show_error(parent: QWidget | None, sentence: str, title: str = "No se pudo hacer") -> MessageDialog:
    """Show a refusal over `parent`'s window without blocking; the dialog frees itself when closed."""
    dialog = MessageDialog(
        title,
        sentence,
        icon_name="circle-alert",
        role="danger",
        primary="Entendido",
        parent=_front_window(parent),
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def show_notice(parent: QWidget | None, title: str, sentence: str) -> MessageDialog:
    """Show something worth knowing, without blocking."""
    dialog = MessageDialog(
        title, sentence, icon_name="info", role="accent", primary="Entendido", parent=_front_window(parent)
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def ask(parent: QWidget | None, title: str, question: str, button: str, *, danger: bool = False) -> bool:
    """Ask before doing something; `button` is the verb that does it. Esc and Cancelar answer no."""
    dialog = MessageDialog(
        title,
        question,
        icon_name="triangle-alert" if danger else "circle-help",
        role="danger" if danger else "accent",
        primary=button,
        cancel="Cancelar",
        danger=danger,
        parent=_front_window(parent),
    )
    if danger:  # what destroys is never what Enter does
        dialog.primary_button.setDefault(False)
        dialog.primary_button.setAutoDefault(False)
        dialog.cancel_button.setDefault(True)
        dialog.cancel_button.setFocus()
    answer = dialog.exec() == MessageDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answer


def ask_destroy(parent: QWidget | None, what: str, consequence: str, button: str = "Eliminar") -> bool:
    """Ask before destroying, naming it: `what` is e.g. "el documento 237-2024-OGAJ/MPT"."""
    return ask(parent, f"¿{button} {what}?", consequence, button, danger=True)


class Toast(QFrame):
    """A line at the foot of a window that goes by itself; with an undo it stays 10 seconds."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], object] | None = None) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        self.setAccessibleName(text)
        if undo is None:  # nothing in it to press: it is in nobody's way
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(label)
        self._undo = undo
        if undo is not None:
            self.undo_button = QPushButton("Deshacer")
            self.undo_button.setProperty("role", "link")
            self.undo_button.clicked.connect(self._on_undo_clicked)
            row.addWidget(self.undo_button)
        self._opacity = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._opacity)
        self._fade = QPropertyAnimation(self._opacity, b"opacity", self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.Linear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        window.installEventFilter(self)

    @classmethod
    def show_over(cls, widget: QWidget, text: str, undo: Callable[[], object] | None = None) -> "Toast":
        """Show `text` at the foot of the widget's window."""
        window = widget.window()
        for older in window.findChildren(Toast):
            older.hide()
            older.deleteLater()
        toast = cls(window, text, undo)
        toast._place()
        toast.show()
        toast.raise_()
        toast._fade.setStartValue(0.0)
        toast._fade.setEndValue(1.0)
        toast._fade.start()
        toast._timer.start(_UNDO_MS if undo is not None else _TOAST_MS)
        return toast

    def leave(self) -> None:
        """Fade away."""
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.finished.connect(self.deleteLater)
        self._fade.start()

    def _on_undo_clicked(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()
        if self._undo is not None:
            self._undo()

    def _place(self) -> None:
        self.adjustSize()
        window = self.parentWidget()
        if window is not None:
            self.move((window.width() - self.width()) // 2, window.height() - self.height() - 48)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return super().eventFilter(watched, event)
