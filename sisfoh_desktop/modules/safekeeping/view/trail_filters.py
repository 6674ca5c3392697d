"""The filters above the trail: words, person, part, kind, days. They only say what is wanted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date, parse_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.safekeeping.rules.trail import (
    LONGEST_SEARCH,
    USUAL,
    TrailFilter,
    TrailKind,
    part_choices,
)
from sisfoh_desktop.qtkit.theme import theme

_WAIT_MS = 300  # of quiet before typed words are looked for


class TrailFilters(QWidget):
    """`changed` gives the filter as it stands now; a day that cannot be read is marked and left out."""

    changed = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._told = USUAL
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._tell)
        self.text = self._line("Buscar (Ctrl+F)", "Buscar en lo anotado: registro, valores y motivo", 150)
        self.text.setMaxLength(LONGEST_SEARCH)
        self.person = self._combo("Usuario", 136)
        self.part = self._combo("Parte", 120)
        for key, title in part_choices():
            self.part.addItem(title, key)
        self.kind = self._combo("Clase", 164, (TrailKind.WORK.label, TrailKind.WORK))
        self.kind.addItem("Todo, con los sellos", None)
        for kind in TrailKind:
            if kind is not TrailKind.WORK:
                self.kind.addItem(kind.label, kind)
        self.since = self._line("Desde", "Desde el día", 88)
        self.until = self._line("Hasta", "Hasta el día", 88)
        self.clear_button = QPushButton("Quitar filtros")
        self.clear_button.setProperty("role", "link")
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.text, 3)
        for combo in (self.person, self.part, self.kind):
            row.addWidget(combo)
        for field in (self.since, self.until):
            row.addWidget(field, 1)
        row.addWidget(self.clear_button)

    def set_people(self, people: Sequence[str]) -> None:
        """Offer these; who is chosen stays."""
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem("Usuario", None)
        for one in people:
            self.person.addItem(one, one)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)

    def wanted(self) -> TrailFilter:
        """The filter as it stands."""
        kind = self.kind.currentData()
        return TrailFilter(
            person=self.person.currentData() or "",
            part=self.part.currentData() or "",
            kind=TrailKind(kind) if kind else None,  # Qt gives back a plain text
            since=self._day(self.since),
            until=self._day(self.until),
            text=" ".join(self.text.text().split()),
        )

    def focus_filter(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def clear(self) -> None:
        """Back to all that people did."""
        for field in (self.text, self.since, self.until):
            field.clear()
        for combo in (self.person, self.part, self.kind):
            combo.setCurrentIndex(0)
        self._tell()

    # -- inside ----------------------------------------------------------------------------------------

    def _line(self, words: str, name: str, width: int) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(words)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setMinimumWidth(theme().px(width * 3 // 4))
        field.textEdited.connect(lambda _text: self._later.start(_WAIT_MS))
        field.returnPressed.connect(self._tell)
        field.editingFinished.connect(self._tell)
        return field

    def _combo(self, words: str, width: int, first: tuple[str, str] | None = None) -> QComboBox:
        """A choice that shows everything with its `first` item, by default its own words."""
        combo = QComboBox()
        combo.addItem(*(first or (words, None)))
        combo.setAccessibleName(f"Filtrar por {words.lower()}")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumWidth(theme().px(width))
        combo.setMaximumWidth(theme().px(width))
        combo.currentIndexChanged.connect(self._tell)
        return combo

    def _day(self, field: QLineEdit) -> date | None:
        typed = field.text().strip()
        try:
            day = parse_date(typed, self._clock.now().date()) if typed else None
        except RuleError:
            day = None
        wrong = "error" if typed and day is None else ""
        if (field.property("state") or "") != wrong:
            field.setProperty("state", wrong)
            field.style().unpolish(field)
            field.style().polish(field)
        if day is not None and not field.hasFocus():
            field.setText(format_date(day))
        return day

    def _tell(self, *_change: Any) -> None:
        self._later.stop()
        wanted = self.wanted()
        self.clear_button.setVisible(wanted != USUAL)
        if wanted != self._told:
            self._told = wanted
            self.changed.emit(wanted)
