"""The line above the month's grid: which month, quantities or soles, and whether the month is open."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES
from sisfoh_desktop.modules.poi.view.follow_rows import Ground
from sisfoh_desktop.qtkit.chips import Chip


class FollowBar(QWidget):
    """`month_chosen` gives a month (1 to 12), `money_chosen` whether soles are to be shown."""

    month_chosen = Signal(int)
    money_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = QComboBox()
        self.months.setAccessibleName("Mes que se registra")
        self.months.setMaxVisibleItems(12)
        self.months.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.months.activated.connect(lambda _number: self.month_chosen.emit(self.months.currentData()))
        label = QLabel("&Mes")
        label.setBuddy(self.months)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("Qué se registra")
        self.kinds.addItem("Metas físicas", False)
        self.kinds.addItem("Soles", True)
        self.kinds.activated.connect(lambda _number: self.money_chosen.emit(self.kinds.currentData()))
        self.chip = Chip()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.months)
        row.addWidget(self.kinds)
        row.addWidget(self.chip)

    def show_nothing(self) -> None:
        """There is no plan."""
        self.months.clear()
        self.chip.set_state("dim", "")
        self.setEnabled(False)

    def show_ground(self, ground: Ground, month: int, today: date) -> None:
        """Offer the twelve months of the plan, with one of them on view."""
        self.setEnabled(True)
        self.months.clear()
        for state in ground.followed.months:
            closed = " · cerrado" if state.closed else ""
            self.months.addItem(f"{MONTH_NAMES[state.month - 1].capitalize()}{closed}", state.month)
        self.months.setCurrentIndex(self.months.findData(month))
        state = ground.month(month)
        if state.closed:
            self.chip.set_state("dim", "Cerrado")
        elif month not in ground.begun:
            self.chip.set_state("dim", "Todavía no empieza")
        elif today > state.due_on:
            self.chip.set_state("danger", f"Debió cerrarse el {format_date(state.due_on)}")
        else:
            self.chip.set_state("ok", f"Abierto hasta el {format_date(state.due_on)}")

    def step(self, by: int) -> None:
        """The month before or after."""
        number = self.months.currentIndex() + by
        if 0 <= number < self.months.count():
            self.month_chosen.emit(self.months.itemData(number))
