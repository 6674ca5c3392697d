"""Short words to the person: a refusal, a notice, a question, a toast. Plain text only, buttons are verbs.

Errors and notices do not block the caller; questions do, since they answer with a value.
"""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
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
from sisfoh_desktop.qtkit.theme import theme

_FADE_MS = 120
_TOAST_MS = 6_000
_UNDO_MS = 10_000
_UNDO = "Deshacer"
KEPT_FREE = "keptFree"
"""Object name of what is typed into at the foot of a page: no toast lies over it."""
_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_PANEL, _BAR = "nextPanel", "nextBar"
_MARGIN = 16  # px at 100 %


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
    """A line at the foot of a window that goes by itself; with an undo, or another `button`, it stays 10 seconds.

    It lies where nothing is worked with: under the words of "Siguiente paso", or over them where they are folded into
    a bar, and never over the step's button; only in a window without either it lies over the foot of what is there.
    While it stays, Ctrl+Z undoes too, unless what has the focus keeps that key for itself (a text, a grid).
    """

    def __init__(
        self, window: QWidget, text: str, undo: Callable[[], object] | None = None, button: str = _UNDO
    ) -> None:
        super().__init__(window)
        self.setProperty("role", "toast")
        self.setAccessibleName(text)
        if undo is None:  # nothing in it to press: it is in nobody's way
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._label = QLabel(text)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._row.addWidget(self._label, 1)
        self._undo = undo
        self._by_key = undo is not None and button == _UNDO
        if undo is not None:
            self.undo_button = QPushButton(button)
            self.undo_button.setProperty("role", "link")
            self.undo_button.setFocusPolicy(
                Qt.FocusPolicy.TabFocus
            )  # a click leaves the focus where it works
            if self._by_key:
                self.undo_button.setToolTip("Ctrl+Z")
                self.setAccessibleDescription("Ctrl+Z lo deshace.")
            self.undo_button.clicked.connect(self._on_undo_clicked)
            self._row.addWidget(self.undo_button)
        self._opacity = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._opacity)
        self._fade = QPropertyAnimation(self._opacity, b"opacity", self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.Linear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        window.installEventFilter(self)
        for name in (_PANEL, _BAR, KEPT_FREE):
            for part in window.findChildren(QWidget, name):
                part.installEventFilter(self)

    @classmethod
    def show_over(
        cls,
        widget: QWidget,
        text: str,
        undo: Callable[[], object] | None = None,
        *,
        button: str = _UNDO,
    ) -> "Toast":
        """Show `text` at the foot of the widget's window; what can be pressed goes when the widget does."""
        window = widget.window()
        for older in window.findChildren(Toast):
            older.hide()
            older.deleteLater()
        toast = cls(window, text, undo, button)
        if undo is not None and widget is not window:  # another base or another person: not theirs to undo
            widget.destroyed.connect(toast.deleteLater)
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
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        for name in (_PANEL, _BAR):
            part = window.findChild(QWidget, name)
            if part is not None and part.isVisible():
                place = self._under_words(part) if name == _PANEL else self._beside_button(part)
                if place is not None:
                    self.setGeometry(QRect(part.mapTo(window, place.topLeft()), place.size()))
                    return
        self._lay(0)
        self.move((window.width() - self.width()) // 2, self._floor(window) - self.height())

    def _under_words(self, panel: QWidget) -> QRect | None:
        """The foot of the panel, if nothing stands there."""
        room = theme().px(_MARGIN)
        width = panel.width() - 2 * room
        height = self._lay(width)
        words = [one.geometry().bottom() for one in panel.findChildren(QWidget) if self._is_told(one, panel)]
        top = panel.height() - room - height
        return QRect(room, top, width, height) if top > max(words, default=0) + room else None

    def _beside_button(self, bar: QWidget) -> QRect | None:
        """Over the words of the bar, from before the first as far as its button."""
        room = theme().px(_MARGIN) // 2
        buttons = [one.x() for one in bar.findChildren(QPushButton) if one.isVisible()]
        widest = min(buttons, default=bar.width()) - 2 * room
        self._lay(0)
        if self.width() > widest:  # too much to say for one line of it
            return None
        return QRect(room, (bar.height() - self.height()) // 2, self.width(), self.height())

    @staticmethod
    def _is_told(one: QWidget, panel: QWidget) -> bool:
        return one.parentWidget() is panel and one.isVisible()

    def _lay(self, width: int) -> int:
        """In one line (0), or words wrapped to `width` px with the button under them; the height it takes."""
        self._label.setWordWrap(width > 0)
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if width else QBoxLayout.Direction.LeftToRight
        )
        if width:
            self.resize(width, self._row.heightForWidth(width))
        else:
            self.adjustSize()
        return self.height()

    @staticmethod
    def _floor(window: QWidget) -> int:
        """Above the status bar, the next step where it is folded into a bar, and what a page keeps free."""
        floors = [window.height() - 48]
        for name in (_BAR, KEPT_FREE):
            feet = [one for one in window.findChildren(QWidget, name) if one.isVisible()]
            floors += [foot.mapTo(window, QPoint(0, 0)).y() - 8 for foot in feet]
        return min(floors)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED or (
            event.type() == QEvent.Type.LayoutRequest and watched.objectName() == _PANEL
        ):  # the words of another step take more room, or less
            self._place()
        # Only what nobody below wanted comes up to the window: a text or a grid undoes its own first.
        if (
            self._by_key
            and event.type() == QEvent.Type.KeyPress
            and watched is self.parentWidget()
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.isVisible()
        ):
            self._on_undo_clicked()
            return True
        return super().eventFilter(watched, event)
