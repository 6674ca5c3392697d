"""The bar above the page: its title, the search, its first actions, and the menu that holds everything."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from sisfoh_desktop.qtkit.icons import icon_size, set_icon
from sisfoh_desktop.qtkit.theme import theme

SHOWN_ACTIONS = 3
_SEARCH, _SEARCH_SHORT = " Buscar en todo  (Ctrl+K)", " Buscar"


class ActionButton(QPushButton):
    """A plain button that follows an action: its words, icon, tooltip, and whether it can be done now."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self._action
        self.setText(f" {action.text()}" if not action.icon().isNull() else action.text())
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.toolTip() if action.toolTip() != action.iconText() else "")
        self.setAccessibleName(action.text().replace("&", ""))


class TopBar(QFrame):
    """Title at the left; search, up to three actions, the rest of them and the menu at the right."""

    search_asked = Signal()

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search_button = QPushButton(_SEARCH)
        self.search_button.setProperty("role", "search")
        self.search_button.setAccessibleName("Buscar en todo")
        self.search_button.setToolTip("Páginas, registros, órdenes y ayuda (Ctrl+K)")
        set_icon(self.search_button, "search", "text_dim")
        self.search_button.clicked.connect(lambda: self.search_asked.emit())
        self._offered: list[QAction] = []
        self._buttons: list[ActionButton] = []
        self._shown = 0
        self._actions_row = QHBoxLayout()
        self._actions_row.setSpacing(8)
        self.more_button = self._tool_button("Más acciones de esta página", "ellipsis")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button = self._tool_button("Menú del programa (F10)", "menu")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(menu)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.search_button)
        row.addLayout(self._actions_row)
        row.addWidget(self.more_button)
        row.addWidget(self.menu_button)
        theme().changed.connect(self._resize)
        self._resize()
        self.set_actions([])

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Show the page's actions: the first as buttons, the others behind one."""
        while (item := self._actions_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._offered = [
            action for action in actions if action.isVisible()
        ]  # the others are never this person's
        self._buttons = []
        for action in self._offered[:SHOWN_ACTIONS]:
            button = ActionButton(action)
            button.setIconSize(icon_size() * 0.8)
            self._actions_row.addWidget(button)
            self._buttons.append(button)
        self._show_buttons(len(self._buttons))
        self._fit()

    def _show_buttons(self, count: int) -> None:
        """The first `count` actions as buttons, the others behind one."""
        self._shown = count
        for place, button in enumerate(self._buttons):
            button.setVisible(place < count)
        rest = self._offered[count:]
        self.more_button.setVisible(bool(rest))
        old = self.more_button.menu()
        if old is not None:
            old.deleteLater()
        if rest:
            menu = QMenu(self.more_button)
            menu.addActions(rest)
            self.more_button.setMenu(menu)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """The title is never cut while the search has words to spare, or an action may stand behind the others'."""
        shown = self.search_button.text()
        ways = [(len(self._buttons), _SEARCH)]
        ways += [(count, _SEARCH_SHORT) for count in range(len(self._buttons), 0, -1)] or [(0, _SEARCH_SHORT)]
        count, text = next((one for one in ways if self._width_with(*one) <= self.width()), ways[-1])
        if count != self._shown:
            self._show_buttons(count)
        if text != shown:
            self.search_button.setText(text)

    def _width_with(self, count: int, search: str) -> int:
        """The width that the bar asks for with so many buttons and these words for the search."""
        width_of = self.search_button.fontMetrics().horizontalAdvance
        parts = [self.title.sizeHint().width(), self.menu_button.sizeHint().width()]
        parts.append(
            self.search_button.sizeHint().width() + width_of(search) - width_of(self.search_button.text())
        )
        parts += [button.sizeHint().width() for button in self._buttons[:count]]
        if len(self._offered) > count:
            parts.append(self.more_button.sizeHint().width())
        margins = self._row.contentsMargins()
        return sum(parts) + self._row.spacing() * (len(parts) - 1) + margins.left() + margins.right()

    def _tool_button(self, tip: str, icon_name: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("menuless", "true")
        set_icon(button, icon_name)
        return button

    def _resize(self) -> None:
        for button in (self.more_button, self.menu_button):
            button.setIconSize(icon_size())
        self.search_button.setIconSize(icon_size() * 0.8)
