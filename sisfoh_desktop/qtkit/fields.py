"""Fields of a form, the base and text: label above, error below, a value of its own type, a limit of length.

Dates and numbers are in `parsed_fields`, choices in `choice_fields`; how fields stand together is in `forms`.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.qtkit.mnemonics import bare_text
from sisfoh_desktop.qtkit.theme import theme

_ABSURD = 20  # a paste this many times over the limit is refused before it is laid out
_SHORT = 20  # signs; nobody counts them in a DNI or a ubigeo, which are always full


class Field(QWidget):
    """Base of the fields: label, editor, hint or counter, error. `changed` is emitted by every edit."""

    changed = Signal()

    def __init__(
        self, label: str, editor: QWidget, *, required: bool = False, hint: str = "", accessory: Any = None
    ) -> None:
        super().__init__()
        self.editor = editor
        self.required = required
        self.error = ""
        self.note = ""
        self.mark: QWidget | None = None
        self._hint = hint
        self.label = QLabel()
        self.label.setBuddy(editor)
        self.counter = QLabel()
        self.counter.setProperty("role", "caption")
        self.error_label = QLabel()
        self.error_label.setTextFormat(Qt.TextFormat.PlainText)
        self.error_label.setWordWrap(True)
        self.error_label.setProperty("tone", "danger")
        self.error_label.hide()
        self.hint_label = QLabel(hint)
        self.hint_label.setTextFormat(Qt.TextFormat.PlainText)
        self.hint_label.setWordWrap(True)
        self.hint_label.setProperty("role", "caption")
        self.hint_label.setVisible(bool(hint))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(self.label)
        head.addStretch(1)
        head.addWidget(self.counter)
        self._marked_line = head
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(editor, 1)
        self._editor_line = line
        if accessory is not None:
            line.addWidget(accessory)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self.error_label)
        layout.addWidget(self.hint_label)
        layout.addStretch(1)
        self.setFocusProxy(editor)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Show this label (with its mnemonic), marked when the field is required."""
        self.label.setText(f"{label} *" if self.required else label)
        self._describe()

    @property
    def title(self) -> str:
        """The label as it is read."""
        return bare_text(self.label.text()).removesuffix(" *")

    def set_error(self, sentence: str) -> None:
        """Show the error under the field, or take it away ("")."""
        if sentence == self.error:
            return
        self.error = sentence
        self.error_label.setText(sentence)
        self.error_label.setVisible(bool(sentence))
        self.editor.setProperty("state", "error" if sentence else "")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        self._describe()

    def _describe(self) -> None:
        self.editor.setAccessibleName(f"{self.title}, obligatorio" if self.required else self.title)
        said = (self.error or self._hint, self.note)
        self.editor.setAccessibleDescription(" ".join(part for part in said if part))

    def set_note(self, note: str) -> None:
        """What the norm says of this field: heard after its hint, and shown by `field_help`."""
        self.note = note
        self.editor.setWhatsThis(note)
        self._describe()

    def put_mark(self, mark: QWidget) -> None:
        """Put the small sign that opens the note beside the label."""
        self.mark = mark
        self._marked_line.insertWidget(1, mark)
        mark.show()

    def value(self) -> Any:
        """The value as its own type, None or "" when empty. RuleError with its sentence when it is wrong."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value of the field's own type."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.raw() == ""

    def raw(self) -> Any:
        """What stands in the editor, to tell whether it was edited."""
        raise NotImplementedError

    def put_raw(self, raw: Any) -> None:
        """Show again what `raw` said."""
        self.set_value(raw)

    def as_read(self) -> str:
        """What stands in the editor, as a person reads it."""
        return str(self.raw())

    def typed(self) -> str | bool | None:
        """What a draft keeps of the field; None for what no draft can or may keep."""
        return None

    def type_again(self, typed: str | bool) -> None:
        """Put back what a draft kept."""
        self.put_raw(typed)

    def checked_value(self) -> Any:
        """`value()`, refusing an empty required field."""
        if self.required and self.is_empty():
            raise RuleError("field_missing", f"Falta «{self.title}»: complételo.")
        return self.value()

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting edit."""
        self.editor.setEnabled(not read_only)


class TextField(Field):
    """One line of text of at most `max_length` characters. Longer text is kept on screen but refused."""

    editor: QLineEdit

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        max_length: int = 200,
        hint: str = "",
        placeholder: str = "",
        suggestions: Sequence[str] = (),
        accessory: QWidget | None = None,
    ) -> None:
        self._max_length = max_length
        super().__init__(label, QLineEdit(), required=required, hint=hint, accessory=accessory)
        self.editor.setPlaceholderText(placeholder)
        if suggestions:
            self.set_suggestions(suggestions)
        self.editor.textChanged.connect(self._on_text_changed)

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """Offer these texts while typing."""
        completer = QCompleter(list(suggestions), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.editor.setCompleter(completer)

    def _on_text_changed(self, text: str) -> None:
        _count(self, len(text), self._max_length)
        self.changed.emit()

    def raw(self) -> str:
        return self.editor.text()

    def typed(self) -> str | None:
        covered = self.editor.echoMode() != QLineEdit.EchoMode.Normal
        return None if covered else self.editor.text()  # no draft keeps a password

    def is_empty(self) -> bool:
        return not self.editor.text().strip()

    def value(self) -> str:
        text = self.editor.text().strip()
        _refuse_over_long(self.title, len(text), self._max_length)
        return text

    def set_value(self, value: str | None) -> None:
        self.editor.setText(value or "")
        self.editor.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.editor.setReadOnly(read_only)


class _LongEditor(QPlainTextEdit):
    """Tab leaves the field; an absurdly long paste is refused with a sentence instead of freezing the window."""

    refused = Signal(int)

    def __init__(self, max_length: int) -> None:
        super().__init__()
        self._longest_paste = max_length * _ABSURD
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:  # Qt's own makes room for a scroll bar, which two lines never show
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) > self._longest_paste:
            self.refused.emit(len(source.text()))
            return
        super().insertFromMimeData(source)


class LongTextField(Field):
    """Several lines of text of at most `max_length` characters, `rows` lines high at least."""

    editor: _LongEditor

    def __init__(
        self, label: str, *, required: bool = False, max_length: int = 4000, rows: int = 4, hint: str = ""
    ) -> None:
        self._max_length = max_length
        super().__init__(label, _LongEditor(max_length), required=required, hint=hint)
        self._rows = rows
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.refused.connect(self._on_paste_refused)
        theme().changed.connect(self._set_height)
        self._set_height()

    def _set_height(self) -> None:
        self.editor.setMinimumHeight(self.editor.fontMetrics().lineSpacing() * self._rows + 16)

    def _on_text_changed(self) -> None:
        _count(self, self.editor.document().characterCount() - 1, self._max_length)
        self.changed.emit()

    def _on_paste_refused(self, length: int) -> None:
        self.set_error(
            f"El texto pegado tiene {format_number(length)} caracteres y el máximo es "
            f"{format_number(self._max_length)}: no se pegó. Pegue una parte más corta."
        )

    def raw(self) -> str:
        return self.editor.toPlainText()

    def typed(self) -> str:
        return self.editor.toPlainText()

    def is_empty(self) -> bool:
        return not self.editor.toPlainText().strip()

    def value(self) -> str:
        text = self.editor.toPlainText().strip()
        _refuse_over_long(self.title, len(text), self._max_length)
        return text

    def set_value(self, value: str | None) -> None:
        self.editor.setPlainText(value or "")
        self.editor.moveCursor(QTextCursor.MoveOperation.Start)

    def set_read_only(self, read_only: bool) -> None:
        self.editor.setReadOnly(read_only)


def _count(field: Field, length: int, limit: int) -> None:
    """The counter appears near the limit and turns red past it."""
    over = length > limit
    near = over or (limit > _SHORT and length >= limit * 0.8)
    field.counter.setText(f"{format_number(length)} / {format_number(limit)}" if near else "")
    tone = "danger" if over else "dim"
    if field.counter.property("tone") != tone:
        field.counter.setProperty("tone", tone)
        field.counter.style().unpolish(field.counter)
        field.counter.style().polish(field.counter)


def _refuse_over_long(title: str, length: int, limit: int) -> None:
    if length > limit:
        raise RuleError(
            "text_too_long",
            f"«{title}» tiene {format_number(length)} caracteres y el máximo es {format_number(limit)}: "
            f"quite {format_number(length - limit)}. El texto sigue en la pantalla.",
        )
