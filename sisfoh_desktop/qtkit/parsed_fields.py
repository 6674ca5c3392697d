"""Fields whose text is read as something else: dates, soles, whole numbers. Leaving one shows what was understood.

How a date or an amount is read is known in `basics`.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from sisfoh_desktop.basics.clock import Clock, SystemClock
from sisfoh_desktop.basics.dates import format_date, parse_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_amount, format_number, parse_amount
from sisfoh_desktop.qtkit.edge_button import EdgeButton
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.icons import set_icon

_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")


class _ParsedField(Field):
    """A line that is read as something else; on leaving it shows what was understood."""

    editor: QLineEdit

    def __init__(self, label: str, *, required: bool, hint: str, placeholder: str) -> None:
        super().__init__(label, QLineEdit(), required=required, hint=hint)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setMaxLength(60)
        self.editor.textChanged.connect(lambda: self.changed.emit())
        self.editor.installEventFilter(self)

    def parsed(self, text: str) -> Any:
        """The text as a value; RuleError when it cannot be read."""
        raise NotImplementedError

    def shown(self, value: Any) -> str:
        """The value as the field writes it."""
        raise NotImplementedError

    def raw(self) -> str:
        return self.editor.text()

    def put_raw(self, raw: str) -> None:
        self.editor.setText(raw)

    def typed(self) -> str:
        return self.editor.text()

    def is_empty(self) -> bool:
        return not self.editor.text().strip()

    def value(self) -> Any:
        return None if self.is_empty() else self.parsed(self.editor.text())

    def set_value(self, value: Any) -> None:
        self.editor.setText("" if value is None else self.shown(value))

    def set_read_only(self, read_only: bool) -> None:
        self.editor.setReadOnly(read_only)

    def tidy(self) -> None:
        """Write what was understood, or say under the field why it was not."""
        if self.is_empty():
            return
        try:
            value = self.parsed(self.editor.text())
        except RuleError as error:
            self.set_error(error.sentence)
            return
        self.set_error("")
        text = self.shown(value)
        if text != self.editor.text():
            self.editor.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and isinstance(event, QFocusEvent) and event.lostFocus():
            self.tidy()
        return super().eventFilter(watched, event)


class DateField(_ParsedField):
    """A date typed as `8/3/24`, `080324`, `hoy`, or picked from a calendar. The value is a date or None."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", clock: Clock | None = None
    ) -> None:
        self._clock: Clock = clock or SystemClock()
        super().__init__(label, required=required, hint=hint, placeholder="dd/mm/aaaa")
        self.pick_action = QAction("Elegir en el calendario (F4)", self)
        set_icon(self.pick_action, "calendar", "text_dim")
        self.pick_action.triggered.connect(lambda: self.show_calendar())
        self.pick_button = EdgeButton(self.editor, self.pick_action)

    def parsed(self, text: str) -> date:
        return parse_date(text, self._clock.now().date())

    def shown(self, value: date) -> str:
        return format_date(value)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.pick_action.setDisabled(read_only)

    def show_calendar(self) -> None:
        """Open the calendar under the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        try:
            present = self.value() or self._clock.now().date()
        except RuleError:
            present = self._clock.now().date()
        calendar.setSelectedDate(QDate(present.year, present.month, present.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(day: Any) -> None:
            self.set_value(day.toPython())
            self.set_error("")
            menu.close()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        menu.popup(self.editor.mapToGlobal(self.editor.rect().bottomLeft()))
        calendar.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.editor
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_F4
            and not self.editor.isReadOnly()
        ):
            self.show_calendar()
            return True
        return super().eventFilter(watched, event)


class AmountField(_ParsedField):
    """Soles, shown as `S/ 312 656.00`. The value is a Decimal with two places, or None."""

    def __init__(self, label: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__(label, required=required, hint=hint, placeholder="S/ 0.00")
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)

    def parsed(self, text: str) -> Decimal:
        return parse_amount(text)

    def shown(self, value: Decimal) -> str:
        return format_amount(value)


class NumberField(_ParsedField):
    """A whole number within limits, shown as `16 391`. The value is an int or None."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        minimum: int = 0,
        maximum: int = 999_999_999,
        hint: str = "",
    ) -> None:
        self._minimum, self._maximum = minimum, maximum
        super().__init__(label, required=required, hint=hint, placeholder="")
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)

    def parsed(self, text: str) -> int:
        plain = text.strip().translate(_SPACES)
        sign = "-" if plain.startswith("-") else ""
        digits = plain.removeprefix("-")
        limits = f"un número entero de {format_number(self._minimum)} a {format_number(self._maximum)}"
        if not (digits.isascii() and digits.isdigit() and len(digits) < 15):
            raise RuleError("number_invalid", f"«{text.strip()[:30]}» no vale aquí: escriba {limits}.")
        number = int(sign + digits)
        if not self._minimum <= number <= self._maximum:
            raise RuleError("number_out_of_range", f"{self.title} debe ser {limits}.")
        return number

    def shown(self, value: int) -> str:
        return format_number(value)
