"""The bar above the cuadre: which days, which person, which form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date, weekday_name
from sisfoh_desktop.modules.kardex.rules import FormType, Holder
from sisfoh_desktop.modules.kardex.view.custody_panel import TABS_TAKE
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.parsed_fields import DateField
from sisfoh_desktop.qtkit.theme import theme


class Span(StrEnum):
    CAMPAIGN = "campana"
    WEEK = "semana"
    DAY = "dia"
    CLOSING = "cierre"


_SPAN_WORDS = {
    Span.CAMPAIGN: "Toda la campaña",
    Span.WEEK: "Una semana",
    Span.DAY: "Un día",
    Span.CLOSING: "Como para el cierre",
}
_STEP = {Span.DAY: 1, Span.WEEK: 7}


@dataclass(frozen=True)
class Period:
    """What the cuadre is asked: the days (None: open), a person and a form (0: all), whether it is for closing."""

    since: date | None = None
    until: date | None = None
    holder_id: int = 0
    type_id: int = 0
    closing: bool = False


class PeriodBar(QWidget):
    """`changed` tells that something else is asked."""

    changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = 0
        self.span = QComboBox()
        self.span.setAccessibleName("Período")
        for span, words in _SPAN_WORDS.items():
            self.span.addItem(words, span)
        self.span.activated.connect(lambda _number: self._on_span_chosen())
        self.day = DateField("Día", clock=clock)
        self.day.label.hide()
        self.day.counter.hide()
        self.day.setFixedWidth(theme().px(116))
        self.day.set_value(clock.now().date())
        self.day.editor.editingFinished.connect(self._on_day_typed)
        self.day.changed.connect(self._on_day_changed)
        self.before = self._arrow("chevron-left", "Período anterior", -1)
        self.after = self._arrow("chevron-right", "Período siguiente", 1)
        self.words = QLabel()
        self.words.setProperty("role", "caption")
        self.holder = QComboBox()
        self.holder.setAccessibleName("Persona")
        self.type = QComboBox()
        self.type.setAccessibleName("Formulario")
        for combo, letters in ((self.holder, 13), (self.type, 14)):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(letters)
            combo.activated.connect(lambda _number: self.changed.emit())
        taken = set(TABS_TAKE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = QLabel(with_mnemonic("Perí&odo:", taken))
        label.setBuddy(self.span)
        row.addWidget(label)
        row.addWidget(self.span)
        for widget in (self.before, self.day, self.after, self.words):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.holder)
        row.addWidget(self.type)
        self._asked_day = clock.now().date()
        self.show_choices((), ())
        self._refresh()

    def show_choices(self, people: Sequence[Holder], types: Sequence[FormType]) -> None:
        """Offer these; what was chosen stays if it is among them, a person asked for before is chosen now."""
        _fill(self.holder, "Todas las personas", [(one.id, one.name) for one in people])
        _fill(self.type, "Todos los formularios", [(one.id, one.code) for one in types])
        if self._wanted and self.holder.findData(self._wanted) >= 0:
            self.choose_holder(self._wanted)

    def period(self) -> Period:
        """What is asked now."""
        span = self._span()
        since: date | None = None
        until: date | None = None
        if span is Span.DAY:
            since = until = self._asked_day
        elif span is Span.WEEK:
            since = self._asked_day - timedelta(days=self._asked_day.weekday())
            until = since + timedelta(days=6)
        return Period(
            since,
            until,
            self.holder.currentData() or 0,
            self.type.currentData() or 0,
            closing=span is Span.CLOSING,
        )

    def choose_span(self, span: Span) -> None:
        """As if it had been chosen from the list."""
        self.span.setCurrentIndex(self.span.findData(span))
        self._on_span_chosen()

    def choose_holder(self, holder_id: int) -> None:
        """As if the person had been chosen from the list; before it was filled, once it is."""
        place = self.holder.findData(holder_id)
        self._wanted = holder_id if place < 0 else 0
        if place >= 0:
            self.holder.setCurrentIndex(place)
            self.changed.emit()

    def step(self, by: int) -> None:
        """To the day or week before or after."""
        days = _STEP.get(self._span())
        if days:
            self._ask_day(self._asked_day + timedelta(days=by * days))

    def _span(self) -> Span:
        return Span(self.span.currentData())  # Qt keeps the bare text

    def _arrow(self, icon: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        set_icon(button, icon)
        button.clicked.connect(lambda: self.step(by))
        return button

    def _on_span_chosen(self) -> None:
        self._refresh()
        self.changed.emit()

    def _on_day_typed(self) -> None:
        self.day.tidy()
        if not self.day.error and not self.day.is_empty():
            self._ask_day(self.day.value())

    def _on_day_changed(self) -> None:
        """A day picked from the calendar counts at once; a typed one when the field is left."""
        if not self.day.editor.hasFocus():
            self._on_day_typed()

    def _ask_day(self, day: date) -> None:
        if day == self._asked_day:
            return
        self._asked_day = day
        self.day.set_value(day)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        span = self._span()
        by_day = span in _STEP
        for widget in (self.before, self.day, self.after, self.words):
            widget.setVisible(by_day)
        asked = self.period()
        if span is Span.DAY and asked.since is not None:
            self.words.setText(weekday_name(asked.since))
        elif asked.since is not None and asked.until is not None:
            self.words.setText(f"{format_date(asked.since)[:5]} a {format_date(asked.until)[:5]}")


def _fill(combo: QComboBox, everything: str, choices: Sequence[tuple[int, str]]) -> None:
    chosen = combo.currentData()
    combo.clear()
    combo.addItem(everything, 0)
    for value, words in choices:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
