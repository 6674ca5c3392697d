"""The filters above the register: words, form, kind, person, a number, days. They only say what is wanted."""

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date, parse_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules import FormType, Holder, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import RegisterFilter
from sisfoh_desktop.modules.kardex.view.register_asks import by_use
from sisfoh_desktop.modules.kardex.view.register_suggest import Offer, SuggestField
from sisfoh_desktop.qtkit.theme import theme

_WAIT_MS = 250  # of quiet before typed words are looked for


class RegisterFilters(QWidget):
    """`changed` gives the filter as it stands now; a date or number that cannot be read is marked and left out."""

    changed = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._told = RegisterFilter()
        self.text = self._line("Buscar (Ctrl+F)", "Filtrar por documento, motivo o persona", 150)
        self.type = self._combo("Formulario", 96)
        self.kind = self._combo("Clase", 116)
        for kind in MovementKind:
            self.kind.addItem(kind.label, kind)
        self.person = SuggestField("Filtrar por persona")
        self.person.setPlaceholderText("Persona")
        self.person.setClearButtonEnabled(True)
        self.person.settled.connect(self._tell)
        self.number = self._line("N°", "Filtrar por número de formulario", 64)
        self.since = self._line("Desde", "Filtrar desde el día", 88)
        self.until = self._line("Hasta", "Filtrar hasta el día", 88)
        self.clear_button = QPushButton("Quitar filtros")
        self.clear_button.setProperty("role", "link")
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.text, 3)
        row.addWidget(self.type)
        row.addWidget(self.kind)
        row.addWidget(self.person, 3)
        for field in (self.number, self.since, self.until):
            row.addWidget(field, 1)
        row.addWidget(self.clear_button)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._tell)

    def set_choices(self, types: Sequence[FormType], holders: Sequence[Holder]) -> None:
        """Offer these; what is chosen stays."""
        chosen = self.type.currentData()
        self.type.blockSignals(True)
        self.type.clear()
        self.type.addItem("Formulario", 0)
        for one in types:
            self.type.addItem(one.code, one.id)
        self.type.setCurrentIndex(max(0, self.type.findData(chosen)))
        self.type.blockSignals(False)
        self.person.set_offers([Offer(one, one.name, one.kind.label) for one in by_use(holders)])

    def wanted(self) -> RegisterFilter:
        """The filter as it stands."""
        digits = re.sub(r"\D", "", self.number.text())
        person = self.person.value
        return RegisterFilter(
            text=self.text.text().strip(),
            type_id=self.type.currentData() or 0,
            holder_id=person.id if person is not None else 0,
            kind=self.kind.currentData() or None,
            number=int(digits[:12]) if digits else None,
            since=self._day(self.since),
            until=self._day(self.until),
        )

    def focus_filter(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def clear(self) -> None:
        """Show everything again."""
        for field in (self.text, self.number, self.since, self.until):
            field.clear()
        self.person.take_value(None)
        self.type.setCurrentIndex(0)
        self.kind.setCurrentIndex(0)
        self._tell()

    # -- inside ----------------------------------------------------------------------------------------

    def _line(self, words: str, name: str, width: int) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(words)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setMaxLength(120)
        field.setMinimumWidth(theme().px(width * 3 // 4))
        field.textEdited.connect(lambda _text: self._later.start(_WAIT_MS))
        field.returnPressed.connect(self._tell)
        field.editingFinished.connect(self._tell)
        return field

    def _combo(self, words: str, width: int) -> QComboBox:
        combo = QComboBox()
        combo.addItem(words, None)
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

    def _tell(self) -> None:
        self._later.stop()
        wanted = self.wanted()
        self.clear_button.setVisible(not wanted.shows_all)
        if wanted != self._told:
            self._told = wanted
            self.changed.emit(wanted)
