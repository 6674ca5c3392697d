"""The date above a list of dated facts: what is listed held on that day."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.parsed_fields import DateField
from sisfoh_desktop.qtkit.theme import theme


class OnDay(QWidget):
    """A date with its label; `changed` is called when another day was chosen.

    A date that cannot be read says so and changes nothing.
    """

    def __init__(self, desk: Desk, label: str, changed: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._changed = changed
        self._day = desk.clock.now().date()
        self.field = DateField(label, clock=desk.clock)
        self.field.set_value(self._day)
        self.field.label.setText(label)
        self.field.setMaximumWidth(theme().px(180))
        self.field.editor.editingFinished.connect(self._on_edited)
        self.field.changed.connect(self._on_picked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addStretch(1)

    def day(self) -> date:
        """The day asked for."""
        return self._day

    def _on_picked(self) -> None:
        if not self.field.editor.hasFocus():
            self._on_edited()

    def _on_edited(self) -> None:
        try:
            day = self.field.value() or self._desk.clock.now().date()
        except RuleError as error:
            self.field.set_error(error.sentence)
            return
        self.field.set_error("")
        if day != self._day:
            self._day = day
            self._changed()
