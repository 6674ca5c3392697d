"""The rail at the left of the window: one button per page, icon and word, Alt+1 to Alt+9."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.icons import icon_size, set_icon
from sisfoh_desktop.qtkit.theme import theme

WIDTH, COMPACT_WIDTH = 208, 56
KEYED = 9  # pages that Alt and a figure reach


class RailEntry(NamedTuple):
    """One page of the rail: its word and the name of its icon."""

    title: str
    icon: str


class Rail(QFrame):
    """Buttons from top to bottom; `chosen` gives the number of the page asked for. Arrows walk among them."""

    chosen = Signal(int)
    help_asked = Signal()

    def __init__(self, name: str, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("Páginas del programa")
        self._compact = False
        self._name = QLabel(name)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("role", "section")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 8)
        layout.setSpacing(2)
        self._name.setIndent(10)
        layout.addWidget(self._name)
        layout.addSpacing(12)
        self.buttons: list[QToolButton] = []
        for number, entry in enumerate(entries):
            keys = f" (Alt+{number + 1})" if number < KEYED else ""
            button = self._button(entry.title, entry.icon, f"{entry.title}{keys}")
            button.setCheckable(True)
            self._group.addButton(button, number)
            self.buttons.append(button)
            layout.addWidget(button)
        layout.addStretch(1)
        self.help_button = self._button("Ayuda", "circle-help", "Ayuda de esta página (F1)")
        self.help_button.clicked.connect(lambda: self.help_asked.emit())
        layout.addWidget(self.help_button)
        self._group.idClicked.connect(self.chosen.emit)
        theme().changed.connect(self._resize)
        self._resize()

    def _button(self, text: str, icon_name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(f" {text}")  # room between icon and word; the style has no knob for it
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_icon(button, icon_name, "text_dim", "accent")
        return button

    def set_current(self, number: int) -> None:
        """Mark a page as the one on view."""
        self.buttons[number].setChecked(True)

    def offer(self, numbers: Collection[int]) -> None:
        """Show the buttons of these pages alone."""
        for number, button in enumerate(self.buttons):
            button.setVisible(number in numbers)

    def set_compact(self, compact: bool) -> None:
        """Icons alone (their words stay as tooltips), for narrow windows."""
        if compact != self._compact:
            self._compact = compact
            self._resize()

    def _resize(self) -> None:
        self.setFixedWidth(theme().px(COMPACT_WIDTH if self._compact else WIDTH))
        self._name.setVisible(not self._compact)
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if self._compact
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for button in (*self.buttons, self.help_button):
            button.setToolButtonStyle(style)
            button.setIconSize(icon_size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        offered = [button for button in self.buttons if not button.isHidden()]
        focused = next((number for number, button in enumerate(offered) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        offered[(focused + step) % len(offered)].setFocus(Qt.FocusReason.OtherFocusReason)
