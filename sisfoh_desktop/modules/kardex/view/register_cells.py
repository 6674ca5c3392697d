"""The fields of the blank row: under their columns, a second line for what a kind asks for, a sentence below.

What they mean and complete is in `register_entry`, their keys in `register_keys`.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from sisfoh_desktop.modules.kardex.view.register_suggest import SuggestField
from sisfoh_desktop.qtkit.theme import theme

CELLS = ("day", "kind", "type", "source", "target", "first", "last", "count", "document")
EXTRAS = ("reason", "witness", "box", "folder", "folio", "condition", "note")
NAMES = {
    "day": "Fecha",
    "kind": "Movimiento",
    "type": "Formulario",
    "source": "De",
    "target": "A",
    "first": "Del",
    "last": "Al",
    "count": "Cantidad",
    "document": "Documento",
    "reason": "Motivo",
    "witness": "Testigo",
    "box": "Caja",
    "folder": "Archivador",
    "folio": "Folios",
    "condition": "Condición",
    "note": "Observación",
}
# what an empty field is for, where its name does not fit
_HINTS = {"type": "Form.", "count": "Cant."}
_LONG = ("first", "reason", "note")
_GAP = 2
# the window or a menu took the keys for a while: the field is not left
_STILL_THERE = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_CATALOGUES = ("kind", "type", "source", "target", "condition")


class EntryCells(QWidget):
    """The fields by name; a subclass answers `leave_field`, `answer_key` and what follows an edit or a choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placing: list[tuple[int, int]] = []
        self.fields: dict[str, QLineEdit] = {}
        self.strip = QWidget()
        self.strip.setAccessibleName("Fila nueva")
        for name in CELLS:
            self.fields[name] = self._field(name, self.strip)
        for name in ("first", "last", "count"):
            self.fields[name].setAlignment(Qt.AlignmentFlag.AlignRight)
        self.extras = QWidget()
        extra_row = QHBoxLayout(self.extras)
        extra_row.setContentsMargins(0, 4, 0, 0)
        extra_row.setSpacing(8)
        self._extra_boxes: dict[str, QWidget] = {}
        for name in EXTRAS:
            self.fields[name] = self._field(name, self.extras)
            box = self._extra_boxes[name] = QWidget()
            inside = QHBoxLayout(box)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(4)
            label = QLabel(NAMES[name])
            label.setProperty("role", "caption")
            inside.addWidget(label)
            inside.addWidget(self.fields[name], 1)
            extra_row.addWidget(box, 3 if name in _LONG else 1)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.strip)
        layout.addWidget(self.extras)
        layout.addWidget(self.message)
        order = [self.fields[name] for name in (*CELLS, *EXTRAS)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self.fields["day"])
        theme().changed.connect(self._place)

    def _field(self, name: str, parent: QWidget) -> QLineEdit:
        if name in _CATALOGUES:
            made: QLineEdit = SuggestField(NAMES[name], by_beginnings=name in ("kind", "type"), parent=parent)
        elif name == "document":
            made = SuggestField(NAMES[name], strict=False, parent=parent)
        else:
            made = QLineEdit(parent)
            made.setAccessibleName(NAMES[name])
            made.setMaxLength(4_000 if name in _LONG else 160)
        if name in CELLS:
            made.setPlaceholderText(_HINTS.get(name, NAMES[name]))
            made.setProperty("fit", "cell")  # a number has as much room as in the column above
        made.setObjectName(name)
        made.installEventFilter(self)
        made.textEdited.connect(self.on_edited)
        if isinstance(made, SuggestField):
            made.settled.connect(self.on_settled)
        return made

    # -- what a subclass answers -----------------------------------------------------------------------

    def on_edited(self, _text: str = "") -> None:
        """Something was typed."""
        self.changed.emit()

    def on_settled(self) -> None:
        """A field with proposals was left or a proposal taken."""
        self.changed.emit()

    def leave_field(self, name: str) -> None:
        """The cursor left a field."""

    def answer_key(self, field: QLineEdit, event: QKeyEvent) -> bool:
        """A key typed in a field; whether it was used."""
        return False

    # -- for it ----------------------------------------------------------------------------------------

    def suggest(self, name: str) -> SuggestField:
        """A field that proposes."""
        field = self.fields[name]
        assert isinstance(field, SuggestField)
        return field

    def texts(self) -> dict[str, str]:
        """What is typed, by field."""
        return {name: field.text() for name, field in self.fields.items()}

    def show_extras(self, names: Sequence[str]) -> None:
        """Show these fields in the second line; without any it is gone."""
        for name, box in self._extra_boxes.items():
            box.setVisible(name in names)
        self.extras.setVisible(bool(names))

    def write(self, name: str, text: str) -> None:
        """Fill a field; of a text that does not fit its beginning is seen, unless somebody types there."""
        field = self.fields[name]
        field.setText(text)
        if not field.hasFocus():
            field.setCursorPosition(0)

    def focus_field(self, name: str) -> None:
        field = self.fields[name]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def tell(self, sentence: str, tone: str = "dim") -> None:
        """The sentence under the row; "" takes it away."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.message.setProperty("tone", tone)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.strip.setAccessibleDescription(sentence)

    def mark(self, name: str) -> None:
        """Show which field is wrong; "" none."""
        for key, field in self.fields.items():
            state = "error" if key == name else ""
            if (field.property("state") or "") != state:
                field.setProperty("state", state)
                field.style().unpolish(field)
                field.style().polish(field)

    def place_cells(self, places: Sequence[tuple[int, int]]) -> None:
        """Put each field under its column: (left, width) in pixels, in the order of CELLS."""
        self._placing = list(places)
        self._place()

    # -- inside ----------------------------------------------------------------------------------------

    def _place(self) -> None:
        height = max(self.fields[name].sizeHint().height() for name in CELLS)
        self.strip.setFixedHeight(height + 2)
        for name, (left, width) in zip(CELLS, self._placing, strict=False):
            self.fields[name].setGeometry(left + _GAP // 2, 1, max(0, width - _GAP), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit):
            if event.type() == QEvent.Type.FocusOut:
                self.leave_field(watched.objectName())
                if isinstance(event, QFocusEvent) and event.reason() not in _STILL_THERE:
                    watched.setCursorPosition(0)
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self.answer_key(watched, event)
        return super().eventFilter(watched, event)
