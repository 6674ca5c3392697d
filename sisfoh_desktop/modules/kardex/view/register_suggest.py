"""A line that proposes while one types: from a catalogue (the value is one of it) or from history (any text).

The list opens beside the field and never takes the cursor: arrows choose in it, Tab and Enter take, Esc closes it,
F4 shows everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from sisfoh_desktop.qtkit.row_order import fold_text
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, theme

_MOST_OFFERED = 200
_SHOWN_ROWS = 9
_LIST_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Escape,
)


@dataclass(frozen=True)
class Offer:
    """Something to choose: its value, its text in the field, what tells it apart."""

    value: Any
    text: str
    detail: str = ""

    @property
    def searched(self) -> str:
        return fold_text(f"{self.text} {self.detail}")


def matching(offers: Sequence[Offer], typed: str, *, by_beginnings: bool) -> list[Offer]:
    """The offers that fit what was typed, best first: those that begin so, then those that hold every word."""
    needle = fold_text(typed.strip())
    if not needle:
        return list(offers)
    begin = [one for one in offers if fold_text(one.text).startswith(needle)]
    if by_beginnings:
        return begin + [
            one
            for one in offers
            if one not in begin and any(w.startswith(needle) for w in fold_text(one.text).split())
        ]
    words = needle.split()
    held = [one for one in offers if all(word in one.searched for word in words) and one not in begin]
    return begin + held


class SuggestField(QLineEdit):
    """`value` is that of the offer taken; with `strict` False any text stands and is the value itself.

    `settled` is emitted when the field is left or a choice is taken, and what it means may have changed.
    """

    settled = Signal()

    def __init__(
        self, name: str, *, strict: bool = True, by_beginnings: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxLength(200)
        self._strict, self._by_beginnings = strict, by_beginnings
        self._offers: tuple[Offer, ...] = ()
        self._taken: Offer | None = None
        self.list = QListWidget(self)
        self.list.hide()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(f"Propuestas de {name}")
        self.list.itemClicked.connect(self._on_item_clicked)
        self.textEdited.connect(self._on_edited)

    # -- content ---------------------------------------------------------------------------------------

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Propose these from now on; what was taken stays if it is still among them (by its value)."""
        self._offers = tuple(offers)
        if self._strict and self._taken is not None:
            self._taken = next((one for one in offers if one.value == self._taken.value), None)
        if self._strict and self._taken is None and self.text():
            self._taken = self._found()

    @property
    def value(self) -> Any:
        """The value of the offer taken (None: none); of a free field its text."""
        if not self._strict:
            return self.text().strip()
        return self._taken.value if self._taken is not None else None

    def take_value(self, value: Any) -> None:
        """Show the offer with this value; empty where there is none."""
        self._take(next((one for one in self._offers if one.value == value), None))

    def take_text(self, text: str) -> None:
        """As if `text` had been typed and the field left."""
        self.setText(text)
        self._taken = None
        self.settle()

    def settle(self) -> None:
        """Decide what the text means and close the list."""
        chosen = self._highlighted()
        self.list.hide()
        if self._strict:
            found = chosen or self._found()
            if found is not None:
                self._take(found)
            else:
                self._taken = None
        elif chosen is not None:
            self.setText(chosen.text)
        self.settled.emit()

    @property
    def is_open(self) -> bool:
        """Whether the list of proposals is on view."""
        return self.list.isVisible()

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is for the open list: its arrows and Esc, and Enter while something in it is chosen."""
        if not self.is_open:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._highlighted() is not None
        return event.key() in _LIST_KEYS

    def offer_all(self) -> None:
        """F4: everything there is to choose."""
        self._show(self._offers, highlight=self._strict)

    # -- inside ----------------------------------------------------------------------------------------

    def _take(self, offer: Offer | None) -> None:
        self._taken = offer
        self.setText(offer.text if offer is not None else "")
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _found(self) -> Offer | None:
        typed = fold_text(self.text().strip())
        if not typed:
            return None
        if self._taken is not None and fold_text(self._taken.text) == typed:
            return self._taken
        fitting = matching(self._offers, self.text(), by_beginnings=self._by_beginnings)
        same = [one for one in fitting if fold_text(one.text) == typed]
        if same:
            return same[0]
        return fitting[0] if fitting and (len(fitting) == 1 or self._by_beginnings) else None

    def _highlighted(self) -> Offer | None:
        item = self.list.currentItem() if self.list.isVisible() else None
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def _on_edited(self, typed: str) -> None:
        self._taken = None
        if not typed.strip():
            self.list.hide()
            self.settled.emit()
            return
        self._show(matching(self._offers, typed, by_beginnings=self._by_beginnings), highlight=self._strict)

    def _show(self, offers: Sequence[Offer], *, highlight: bool) -> None:
        self.list.clear()
        for one in offers[:_MOST_OFFERED]:
            item = QListWidgetItem(f"{one.text}  ·  {one.detail}" if one.detail else one.text)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        if not offers or not self.hasFocus():
            self.list.hide()
            return
        self.list.setCurrentRow(0 if highlight else -1)
        row = theme().px(ROW_HEIGHT)
        for number in range(self.list.count()):
            self.list.item(number).setSizeHint(QSize(0, row))
        self._place(min(len(offers), _SHOWN_ROWS) * row + 8)

    def _place(self, height: int) -> None:
        """Below the field, or above it where there is more room; over everything else of the window."""
        window = self.window()
        if self.list.parent() is not window:
            self.list.setParent(window)
            self.destroyed.connect(self.list.deleteLater)
        below = self.mapTo(window, QPoint(0, self.height()))
        above = self.mapTo(window, QPoint(0, 0)).y()
        room_below = window.height() - below.y()
        if height > room_below and above > room_below:
            height = min(height, above)
            top = above - height
        else:
            height = min(height, room_below)
            top = below.y()
        wide = min(max(self.width(), theme().px(280)), window.width())
        left = max(0, min(below.x(), window.width() - wide))
        self.list.setGeometry(left, top, wide, height)
        self.list.show()
        self.list.raise_()

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        offer: Offer = item.data(Qt.ItemDataRole.UserRole)
        self.list.hide()
        self._take(offer)
        self.settled.emit()

    def _step(self, step: int) -> None:
        count = self.list.count()
        self.list.setCurrentRow((self.list.currentRow() + step) % count if count else -1)

    # -- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_F4 and not self.isReadOnly():
            self.offer_all()
        elif self.is_open and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif self.is_open and key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._step(_SHOWN_ROWS if key == Qt.Key.Key_PageDown else -_SHOWN_ROWS)
        elif self.is_open and key == Qt.Key.Key_Escape:
            self.list.hide()
        elif self._highlighted() is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def event(self, event: QEvent) -> bool:
        # An open list closes with Esc before the window's own Esc is heard.
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and self.is_open and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
            self.setCursorPosition(0)  # of a long name the beginning is seen

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()
