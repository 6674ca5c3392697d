"""Room for what may be higher than the place it gets: it scrolls, and the cursor is never out of sight.

Qt's own scroll area follows only its own round of Tab, and gives its widget the height that it wishes, not the least
with which it does: a page whose lists would give way got a bar that it does not need.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

_AROUND = 16  # px kept in sight around what has the cursor


class FollowingScroll(QScrollArea):
    """A scroll area without frame, out of the round of Tab, that brings what takes the cursor into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("ground", "surface")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _AROUND)


class PageRoom(FollowingScroll):
    """The room of a page or a tab: as high as there is, and never lower than the least its parts do with."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        for one in (self.viewport(), content):  # the ground of the page shows through
            one.setAutoFillBackground(False)
        content.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content = self.widget()
        if content is not None:
            room = self.viewport().size()
            content.resize(room.width(), max(room.height(), least_height(content, room.width())))


def roomy(owner: QWidget) -> QWidget:
    """A widget that fills `owner`, for its parts to be laid out in: where they are too many for it, it scrolls."""
    inside = QWidget()
    around = QVBoxLayout(owner)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(PageRoom(inside))
    return inside


def least_height(content: QWidget, width: int) -> int:
    """The height (px) below which the parts of a widget of this width would be cut."""
    layout = content.layout()
    if layout is not None and layout.hasHeightForWidth():
        least = layout.totalMinimumHeightForWidth(width)
    else:
        least = content.minimumSizeHint().height()
    return max(least, content.minimumHeight())
