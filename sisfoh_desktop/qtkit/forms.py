"""Forms: fields in groups of at most two columns, errors under the field and summed up on top with a jump.

The fields themselves are in `fields`, `parsed_fields` and `choice_fields`. A form knows no office rule: it hands
values out and shows refusals.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError, SisfohError, may_try_again
from sisfoh_desktop.qtkit.choice_fields import CheckField, ComboField
from sisfoh_desktop.qtkit.fields import Field, LongTextField, TextField
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.parsed_fields import AmountField, DateField, NumberField

__all__ = [
    "AmountField",
    "CheckField",
    "ComboField",
    "DateField",
    "Field",
    "Form",
    "LongTextField",
    "NumberField",
    "TextField",
]

_F = TypeVar("_F", bound=Field)


class Form(QWidget):
    """Fields by name. `columns` is 1 or 2; long texts and `wide=True` fields take the whole width.

    Use: `form = Form(columns=2); form.text("number", "Número", required=True, max_length=60); ...` then
    `values = form.checked()`, which is None (errors shown, focus on the first) or a dict by name.
    """

    changed = Signal()
    retry_asked = Signal()

    def __init__(
        self,
        *,
        columns: int = 1,
        clock: Clock | None = None,
        taken_letters: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._columns = columns
        self._clock = clock
        self._taken = {letter.lower() for letter in taken_letters}
        self._start: dict[str, Any] = {}
        self._row, self._column = 0, 0
        self._group = ""
        self._group_of: dict[str, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        self.summary = ErrorSummary()
        self.summary.jump_asked.connect(self.jump_to)
        self.summary.retry_asked.connect(self.retry_asked)
        outer.addWidget(self.summary)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
        outer.addLayout(self._grid)
        outer.addStretch(1)

    # -- building --------------------------------------------------------------------------------------

    def group(self, title: str) -> None:
        """Start a group of related fields under a title."""
        self._group = title
        self._new_line()
        label = QLabel(title)
        label.setProperty("role", "section")
        label.setTextFormat(Qt.TextFormat.PlainText)
        if self._row:
            label.setContentsMargins(0, 8, 0, 0)
        self._grid.addWidget(label, self._row, 0, 1, self._columns)
        self._row += 1

    def note(self, text: str) -> QLabel:
        """A sentence between fields."""
        self._new_line()
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", "dim")
        self._grid.addWidget(label, self._row, 0, 1, self._columns)
        self._row += 1
        return label

    def add(self, name: str, field: _F, *, wide: bool = False) -> _F:
        """Add a field of any kind; its Alt+letter is chosen if its label brings none."""
        if name in self.fields:
            raise ValueError(f"field {name!r} is already in the form")
        if wide and self._column:
            self._new_line()
        span = self._columns if wide else 1
        self._grid.addWidget(field, self._row, self._column, 1, span)
        self._column += span
        if self._column >= self._columns:
            self._new_line()
        label = field.editor.text() if isinstance(field, CheckField) else field.label.text()
        field.set_label(with_mnemonic(label.removesuffix(" *"), self._taken))
        self.fields[name] = field
        self._group_of[name] = self._group
        self._start[name] = field.raw()
        field.changed.connect(lambda: self._on_field_changed(field))
        return field

    def text(self, name: str, label: str, *, wide: bool = False, **options: Any) -> TextField:
        """One line of text; options as TextField's."""
        return self.add(name, TextField(label, **options), wide=wide)

    def long_text(self, name: str, label: str, **options: Any) -> LongTextField:
        """Several lines of text over the whole width; options as LongTextField's."""
        return self.add(name, LongTextField(label, **options), wide=True)

    def date(self, name: str, label: str, *, wide: bool = False, **options: Any) -> DateField:
        """A date; options as DateField's."""
        return self.add(name, DateField(label, clock=self._clock, **options), wide=wide)

    def amount(self, name: str, label: str, *, wide: bool = False, **options: Any) -> AmountField:
        """Soles; options as AmountField's."""
        return self.add(name, AmountField(label, **options), wide=wide)

    def number(self, name: str, label: str, *, wide: bool = False, **options: Any) -> NumberField:
        """A whole number; options as NumberField's."""
        return self.add(name, NumberField(label, **options), wide=wide)

    def combo(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[Any, str]] = (),
        *,
        wide: bool = False,
        **more: Any,
    ) -> ComboField:
        """A choice among (value, text) pairs; more options as ComboField's."""
        return self.add(name, ComboField(label, options, **more), wide=wide)

    def check(self, name: str, label: str, *, wide: bool = False, **options: Any) -> CheckField:
        """Yes or no."""
        return self.add(name, CheckField(label, **options), wide=wide)

    # -- values ----------------------------------------------------------------------------------------

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the named fields; what stands then counts as unedited."""
        for name, value in values.items():
            self.fields[name].set_value(value)
        self.clear_errors()
        self.mark_saved()

    def mark_saved(self) -> None:
        """What stands in the fields now counts as unedited."""
        self._start = {name: field.raw() for name, field in self.fields.items()}

    def is_modified(self) -> bool:
        """Whether something was edited since it was filled or saved."""
        return any(field.raw() != self._start[name] for name, field in self.fields.items())

    def start(self, name: str) -> Any:
        """What `raw` of a field was when the form was last filled or saved."""
        return self._start[name]

    def checked(self) -> dict[str, Any] | None:
        """The values by name, or None after showing what is wrong and moving there."""
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for name, field in self.fields.items():
            try:
                values[name] = field.checked_value()
            except RuleError as error:
                errors[name] = error.sentence
        self.set_errors(errors)
        return None if errors else values

    def value(self, name: str) -> Any:
        """One field's value; RuleError if it cannot be read."""
        return self.fields[name].value()

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """Show these errors by field name (none clears all), sum them up on top and move to the first.

        What two fields say alike is told apart by their groups.
        """
        for name, field in self.fields.items():
            field.set_error(errors.get(name, ""))
        said = [errors[name] for name in self.fields if name in errors]
        known = []
        for name, group in self._group_of.items():
            if name in errors:
                alike = group and said.count(errors[name]) > 1
                known.append((name, f"{group}: {errors[name]}" if alike else errors[name]))
        others = [("", sentence) for name, sentence in errors.items() if name not in self.fields]
        self.summary.show_errors(known + others)
        if known:
            self.jump_to(known[0][0])

    def show_refusal(self, error: SisfohError, field_by_code: Mapping[str, str] | None = None) -> None:
        """Show a service's refusal: under the field that its code names, or in the summary alone.

        What the environment refused may be tried again as it stands; `retry_asked` then tells that it was asked.
        """
        code = error.code if isinstance(error, RuleError) else ""
        self.set_errors({(field_by_code or {}).get(code, ""): error.sentence})
        self.summary.offer_retry(may_try_again(error))

    def clear_errors(self) -> None:
        """Take every error away."""
        self.set_errors({})

    def jump_to(self, name: str) -> None:
        """Move the cursor to a field."""
        field = self.fields.get(name)
        if field is not None:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        from sisfoh_desktop.qtkit.field_help import explain_fields

        explain_fields(self)
        super().showEvent(event)

    def _new_line(self) -> None:
        if self._column:
            self._row, self._column = self._row + 1, 0

    def _on_field_changed(self, field: Field) -> None:
        field.set_error("")
        self.changed.emit()


class ErrorSummary(QFrame):
    """The bar on top of a form: each error as a button that jumps to its field."""

    jump_asked = Signal(str)
    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setAccessibleName("Resumen de errores")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(2)
        self.hide()

    def show_errors(self, errors: Sequence[tuple[str, str]]) -> None:
        """Show (field name or "", sentence) pairs; none hides the bar."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if len(errors) > 1:
            self._add_label(f"Hay {len(errors)} datos por corregir; lo escrito se conserva.")
        for name, sentence in errors:
            if name and len(errors) > 1:  # a single one has the cursor already, and may be longer than a line
                button = QPushButton(sentence.replace("&", "&&"))
                button.setProperty("role", "link")
                button.setAccessibleName(f"Ir al campo: {sentence}")
                button.clicked.connect(lambda _checked=False, target=name: self.jump_asked.emit(target))
                self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._add_label(sentence)
        self.setVisible(bool(errors))

    def offer_retry(self, offered: bool) -> None:
        """Under the errors, a button that tries again with what stands in the form."""
        if offered:
            self.retry_button = QPushButton("Reintentar")
            self.retry_button.setAutoDefault(False)
            self.retry_button.clicked.connect(lambda: self.retry_asked.emit())
            self._layout.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignLeft)
            self.retry_button.show()

    def _add_label(self, sentence: str) -> None:
        label = QLabel(sentence)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._layout.addWidget(label)
