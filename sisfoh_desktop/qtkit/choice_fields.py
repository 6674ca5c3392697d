"""Fields of choice: one of a list, yes or no."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from sisfoh_desktop.qtkit.elided_combo import ElidedCombo
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.mnemonics import bare_text
from sisfoh_desktop.qtkit.type_ahead import TypeAhead


class ComboField(Field):
    """A choice among (value, text) pairs; None while nothing is chosen, unless there is only one to choose."""

    editor: QComboBox

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[Any, str]] = (),
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "Elija…",
    ) -> None:
        super().__init__(label, ElidedCombo(), required=required, hint=hint)
        self._placeholder = placeholder
        self._options: list[tuple[Any, str]] = []
        self.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.editor.setMinimumContentsLength(12)
        self.editor.setMaxVisibleItems(14)
        self.editor.currentIndexChanged.connect(lambda: self.changed.emit())
        self.editor.installEventFilter(self)
        TypeAhead(self.editor)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these choices; the present one stays if it is among them."""
        present = self.value() if self._options else None
        self._options = list(options)
        blocked = self.editor.blockSignals(True)
        self.editor.clear()
        self.editor.setPlaceholderText(self._placeholder)
        if not self.required:
            self.editor.addItem("—")
        self.editor.addItems([text for _value, text in self._options])
        for number, (_value, text) in enumerate(self._options):
            self.editor.setItemData(number + self._shift, text, Qt.ItemDataRole.AccessibleTextRole)
        self.editor.setCurrentIndex(0 if not self.required or len(self._options) == 1 else -1)
        self.editor.blockSignals(blocked)
        if present is not None:
            self.set_value(present)

    @property
    def _shift(self) -> int:
        return 0 if self.required else 1

    def raw(self) -> int:
        return self.editor.currentIndex()

    def put_raw(self, raw: int) -> None:
        self.editor.setCurrentIndex(raw)

    def as_read(self) -> str:
        return "" if self.is_empty() else self.editor.currentText()

    def typed(self) -> str:
        return self.as_read()

    def type_again(self, typed: str | bool) -> None:
        texts = [text for _value, text in self._options]
        if typed in texts:
            self.editor.setCurrentIndex(texts.index(str(typed)) + self._shift)
        elif not typed:
            self.editor.setCurrentIndex(-1 if self.required else 0)

    def is_empty(self) -> bool:
        return self.editor.currentIndex() < self._shift

    def value(self) -> Any:
        return None if self.is_empty() else self._options[self.editor.currentIndex() - self._shift][0]

    def set_value(self, value: Any) -> None:
        for number, (option, _text) in enumerate(self._options):
            if option == value:
                self.editor.setCurrentIndex(number + self._shift)
                return
        self.editor.setCurrentIndex(-1 if self.required else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The wheel over a closed list would change data while the person scrolls the form.
        if watched is self.editor and event.type() == QEvent.Type.Wheel and not self.editor.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class CheckField(Field):
    """Yes or no; its text stands beside the box. The value is a bool."""

    editor: QCheckBox

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__("", QCheckBox(), hint=hint)
        self.label.hide()
        self.set_label(label)
        self.editor.toggled.connect(lambda: self.changed.emit())

    def set_label(self, label: str) -> None:
        self.editor.setText(label)
        self._describe()

    def put_mark(self, mark: QWidget) -> None:
        self.mark = mark
        self._editor_line.setStretch(0, 0)
        self._editor_line.insertWidget(1, mark)
        self._editor_line.addStretch(1)
        mark.show()

    @property
    def title(self) -> str:
        return bare_text(self.editor.text())

    def raw(self) -> bool:
        return self.editor.isChecked()

    def as_read(self) -> str:
        return "sí" if self.editor.isChecked() else "no"

    def typed(self) -> bool:
        return self.editor.isChecked()

    def is_empty(self) -> bool:
        return False

    def value(self) -> bool:
        return self.editor.isChecked()

    def set_value(self, value: bool | None) -> None:
        self.editor.setChecked(bool(value))
