"""The tab "Entrega" of a signed act: who was notified, the copy to the national body, the publication.

It shows and offers; what the orders do is in `delivery_flows`.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones.rules.delivery import Notification
from sisfoh_desktop.modules.resoluciones.service.delivery import DeliveryView
from sisfoh_desktop.modules.resoluciones.view import delivery_rows as rows
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.scroll_room import roomy
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.top_bar import ActionButton

_CODE_WIDTH = 204


class DeliveryTab(QWidget):
    """`code_entered` comes with the code of a cargo, typed or scanned (a scanner ends it with Enter)."""

    code_entered = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: DeliveryView | None = None
        self.list = RowTable(
            rows.notification_columns(),
            name="Notificaciones",
            noun=("notificación", "notificaciones"),
            empty_text="Todavía no se preparó ninguna notificación. Se proponen las copias (C.c.) y el Anexo N° 01.",
            filterable=False,
            whole_rows=True,
        )
        self.list.selection_changed.connect(self._on_selected)
        self.code = QLineEdit()
        self.code.setPlaceholderText("SISFOH-CARGO:…")
        self.code.setMaxLength(80)
        self.code.setFixedWidth(theme().px(_CODE_WIDTH))
        self.code.setAccessibleName("Código del cargo")
        self.code.setToolTip("Escriba o escanee el código que está bajo el QR y pulse Intro")
        self.code.returnPressed.connect(self._on_code_entered)
        label = QLabel("Có&digo del cargo")
        label.setBuddy(self.code)
        self.notified = _Group("Notificación", beside=(label, self.code))
        self.remitted = _Group("Remisión al ente rector")
        self.published = _Group("Publicación")
        self.detail = _caption()
        layout = QVBoxLayout(roomy(self))
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        self.notified.body.addWidget(self.list, 1)
        self.notified.body.addWidget(self.detail)
        layout.addWidget(self.notified, 1)
        layout.addWidget(self.remitted)
        layout.addWidget(self.published)

    # -- content ---------------------------------------------------------------------------------------

    def set_actions(
        self,
        notify: Sequence[QAction],
        more: Sequence[QAction],
        remit: Sequence[QAction],
        publish: Sequence[QAction],
    ) -> None:
        """The orders of each group as buttons; `more` stand in the menu of the list."""
        for group, actions in ((self.notified, notify), (self.remitted, remit), (self.published, publish)):
            group.add_buttons(actions)
        self.list.menu_actions = [*notify, *more]
        for action in (*notify, *more):
            if not action.shortcut().isEmpty():
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                self.list.view.addAction(action)

    def show_view(self, view: DeliveryView | None, today: date) -> None:
        """Show what is known of the act; None while it has no signature, or there is no act."""
        self.view = view
        if view is None:
            self.list.set_rows([])
            self._on_selected(None)
            return
        self.list.set_rows(view.notifications)
        if self.list.selected() is None and view.notifications:
            first = next(iter(view.waiting), view.notifications[0])
            self.list.select(first.id)
        self.notified.show_state(*rows.notification_said(view, today), rows.notification_text(view))
        self.remitted.show_state(*rows.remission_said(view, today), rows.remission_text(view))
        self.published.show_state(*rows.publication_said(view), rows.publication_text(view))
        self._on_selected(self.list.selected())

    def selected(self) -> Notification | None:
        """The notification under the cursor."""
        found: Notification | None = self.list.selected()
        return found

    # -- inside ----------------------------------------------------------------------------------------

    def _on_selected(self, one: Notification | None) -> None:
        text = rows.notification_detail(self.view, one) if self.view is not None else ""
        self.detail.setText(text)
        self.detail.setVisible(bool(text))
        self.changed.emit()

    def _on_code_entered(self) -> None:
        typed = self.code.text().strip()
        if typed:
            self.code.clear()
            self.code_entered.emit(typed)


class _Group(QWidget):
    """Title, state, a line of facts, a body, buttons."""

    def __init__(self, title: str, beside: Sequence[QWidget] = ()) -> None:
        super().__init__()
        heading = QLabel(title)
        heading.setProperty("role", "section")
        self.chip = Chip("dim", "")
        self.text = _caption()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading)
        head.addWidget(self.chip)
        head.addStretch(1)
        for widget in beside:
            head.addWidget(widget)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.text)
        layout.addLayout(self.body, 1)
        layout.addLayout(self._buttons)

    def add_buttons(self, actions: Sequence[QAction]) -> None:
        for action in actions:
            self._buttons.addWidget(ActionButton(action))
        self._buttons.addStretch(1)

    def show_state(self, tone: rows.Tone, word: str, text: str) -> None:
        self.chip.set_state(tone, word)
        self.text.setText(text)


def _caption() -> QLabel:
    label = QLabel()
    label.setProperty("role", "caption")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def key(action: QAction, keys: str) -> QAction:
    """Give an order of the list its key and tell it in the tooltip."""
    action.setShortcut(QKeySequence(keys))
    action.setToolTip(f"{action.text().replace('&', '')} ({keys})")
    return action
