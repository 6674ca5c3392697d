"""A guided tour: a calm bubble beside one real widget after another. It shows and explains; it does nothing else.

While it lasts the window under it takes neither clicks nor keys, so nothing can be changed by accident. Which steps
there are, and where their widgets live, is the caller's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.qtkit.theme import theme

_WIDTH = 340  # px of the bubble at 100 %
_TICK_MS = 80
_AROUND = 4  # px between a widget and the line around it
_GAP = 12  # px between that line and the bubble
_SHADE = 70  # of 255


def _nothing() -> QWidget | None:
    return None


@dataclass(frozen=True)
class TourStep:
    """One stop: `go` brings the window there (a page, a tab, a record), `target` gives the widget once it is there.

    `target` is asked again until it gives a visible widget; without one the bubble stands in the middle.
    """

    title: str
    text: str
    target: Callable[[], QWidget | None] = _nothing
    go: Callable[[], object] | None = None


class _StepButton(QPushButton):
    """A button that leaves the arrows and Enter to the tour: Qt would walk from button to button with them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()


class _Bubble(QFrame):
    """The words of a step and the three buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bubble")  # its edge shows on a list as white as itself
        self.setAutoFillBackground(True)
        self.count = _label("caption")
        self.title = _label("section")
        self.text = _label()
        self.next_button = _StepButton()
        self.next_button.setProperty("role", "primary")
        self.back_button = _StepButton("&Anterior")
        self.skip_button = _StepButton("Sal&tar el recorrido")
        self.skip_button.setToolTip("Esc")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.skip_button, self.back_button, self.next_button):
            if button is self.back_button:
                foot.addStretch(1)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.count)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addSpacing(4)
        layout.addLayout(foot)
        self.fit()

    def fit(self) -> None:
        """As wide as the text size asks, as high as the words need."""
        layout = self.layout()
        assert layout is not None
        self.ensurePolished()
        width = max(theme().px(_WIDTH), layout.minimumSize().width())
        height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
        self.setFixedSize(QSize(width, height))


def _label(role: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


class Tour(QWidget):
    """The tour over one window; `start` shows it. `ended` tells once whether it was walked to its last step.

    Enter, → and Page Down go on, ← and Page Up go back, Esc leaves; the cursor returns where it was.
    """

    ended = Signal(bool)

    def __init__(
        self,
        window: QWidget,
        title: str,
        steps: Sequence[TourStep],
        *,
        stays: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(window)
        if not steps:
            raise ValueError("a tour has at least one step")
        self._window, self._title, self._steps, self._stays = window, title, tuple(steps), stays
        self._focus_before = QApplication.focusWidget()
        self._over = False
        self._hole = QRect()
        self.number = 0
        self.target: QWidget | None = None
        self.setAccessibleName(title)
        self.bubble = _Bubble(self)
        self.bubble.next_button.clicked.connect(self.go_on)
        self.bubble.back_button.clicked.connect(self.go_back)
        self.bubble.skip_button.clicked.connect(self.skip)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.follow)
        theme().changed.connect(self._on_theme_changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @classmethod
    def start(
        cls,
        widget: QWidget,
        title: str,
        steps: Sequence[TourStep],
        *,
        stays: Callable[[], bool] | None = None,
    ) -> Self:
        """Begin over the widget's window, in place of a tour that is there; it ends when `stays` gives False."""
        window = widget.window()
        for older in window.findChildren(Tour):
            older.end(walked=False)
        tour = cls(window, title, steps, stays=stays)
        tour.setGeometry(window.rect())
        tour.show()
        tour.raise_()
        tour.show_step(0)
        tour._tick.start()
        return tour

    @property
    def step(self) -> TourStep:
        """The step on show."""
        return self._steps[self.number]

    def show_step(self, number: int) -> None:
        """Bring the window to a step and say its words."""
        self.number, self.target, self._hole = number, None, QRect()
        step, bubble = self.step, self.bubble
        last = number == len(self._steps) - 1
        bubble.count.setText(f"{self._title} · {number + 1} de {len(self._steps)}")
        bubble.title.setText(step.title)
        bubble.text.setText(step.text)
        bubble.next_button.setText("&Terminar" if last else "&Siguiente")
        bubble.back_button.setEnabled(number > 0)
        bubble.skip_button.setVisible(not last)
        words = f"Paso {number + 1} de {len(self._steps)}: {step.title}. {step.text}"
        bubble.setAccessibleName(words)
        bubble.next_button.setAccessibleDescription(words)
        if step.go is not None:
            step.go()
        bubble.fit()
        bubble.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.follow()
        self._place()

    def go_on(self) -> None:
        """To the next step; after the last one the tour ends."""
        if self.number + 1 < len(self._steps):
            self.show_step(self.number + 1)
        else:
            self.end(walked=True)

    def go_back(self) -> None:
        """To the step before."""
        if self.number:
            self.show_step(self.number - 1)

    def skip(self) -> None:
        """Leave before the end."""
        self.end(walked=False)

    def end(self, *, walked: bool) -> None:
        """Go away and give the cursor back."""
        if self._over:
            return
        self._over = True
        self._tick.stop()
        theme().changed.disconnect(self._on_theme_changed)
        before = self._focus_before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._window.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.ended.emit(walked)
        self.deleteLater()

    # -- following the window --------------------------------------------------------------------------

    def follow(self) -> None:
        """Look where the step's widget is now: pages load, windows are resized."""
        if self._over:
            return
        if self._stays is not None and not self._stays():
            self.end(walked=False)
            return
        target = self.step.target()
        if target is not None and (not shiboken6.isValid(target) or not target.isVisible()):
            target = None
        if target is not None and target is not self.target:
            _scroll_to(target)
        self.target = target
        hole = _place_in(target, self._window) if target is not None else QRect()
        if self.geometry() != self._window.rect():
            self.setGeometry(self._window.rect())
        elif hole == self._hole:
            return
        self._hole = hole
        self._place()

    def _on_theme_changed(self) -> None:
        self.bubble.fit()
        self._place()

    def _place(self) -> None:
        """The bubble beside the widget where it fits, else inside its lower end, else in the middle."""
        room, bubble, hole = self.rect(), self.bubble.rect(), self._hole
        if hole.isEmpty():
            bubble.moveCenter(room.center())
        else:
            gap = _AROUND + _GAP
            middle = hole.center() - bubble.center()
            places = (
                QPoint(hole.right() + gap, hole.top()),
                QPoint(hole.left() - gap - bubble.width(), hole.top()),
                QPoint(middle.x(), hole.bottom() + gap),
                QPoint(middle.x(), hole.top() - gap - bubble.height()),
            )
            sides = [_kept_inside(QRect(place, bubble.size()), room) for place in places]
            inside = QRect(
                QPoint(middle.x(), hole.bottom() - bubble.height() - 2 * _GAP),
                bubble.size(),
            )
            free = (side for side in sides if not side.intersects(hole))
            bubble = next(free, _kept_inside(inside, room))
        self.bubble.move(bubble.topLeft())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QPainterPath()
        shade.addRect(self.rect())
        if not self._hole.isEmpty():
            seen = QPainterPath()
            seen.addRoundedRect(self._hole.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND), 4, 4)
            shade = shade.subtracted(seen)
            painter.setPen(QPen(QColor(theme().tokens.accent), 2))
            painter.drawPath(seen)
        painter.fillPath(shade, QColor(0, 0, 0, _SHADE))

    # -- keys and mouse --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no key of the window works while the tour is on
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bubble = Qt.Key(event.key()), self.bubble
        focused = QApplication.focusWidget()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            for button in (bubble.next_button, bubble.back_button, bubble.skip_button):
                if _letter(button) == event.key() and button.isVisible():
                    button.click()
                    return
        elif key == Qt.Key.Key_Escape:
            self.skip()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.go_on()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.go_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (focused if isinstance(focused, QPushButton) else bubble.next_button).click()

    def focusNextPrevChild(self, forward: bool) -> bool:
        bubble = self.bubble
        if self._over:
            return super().focusNextPrevChild(forward)
        buttons = [
            button
            for button in (bubble.next_button, bubble.skip_button, bubble.back_button)
            if button.isVisible() and button.isEnabled()
        ]
        here = next((place for place, button in enumerate(buttons) if button.hasFocus()), -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        buttons[(here + (1 if forward else -1)) % len(buttons)].setFocus(reason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A page that loads may take the cursor; the keys stay here, unless a dialog opened over it."""
        if self._over or new is None or QApplication.activeModalWidget() is not None:
            return
        if new.window() is self._window and new is not self and not self.isAncestorOf(new):
            self.bubble.next_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _letter(button: QPushButton) -> int:
    text = button.text()
    return ord(text[text.index("&") + 1].upper()) if "&" in text else 0


def _kept_inside(rect: QRect, room: QRect) -> QRect:
    """The rectangle moved so that it lies inside the room."""
    rect = QRect(rect)
    edge = 8
    rect.moveLeft(max(room.left() + edge, min(rect.left(), room.right() - edge - rect.width())))
    rect.moveTop(max(room.top() + edge, min(rect.top(), room.bottom() - edge - rect.height())))
    return rect


def _place_in(target: QWidget, window: QWidget) -> QRect:
    """What is seen of the widget, in the window's own coordinates."""
    seen = target.visibleRegion().boundingRect()
    if seen.isEmpty():
        seen = target.rect()
    return QRect(target.mapTo(window, seen.topLeft()), seen.size()).intersected(window.rect())


def _scroll_to(target: QWidget) -> None:
    """Bring the widget into view where it lies in something that scrolls."""
    above = target.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(target)
        above = above.parentWidget()
