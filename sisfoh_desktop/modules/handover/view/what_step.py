"""The second step of a handover: which parts are handed over, and what the office has pending in each."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.handover.rules.checks import summary
from sisfoh_desktop.modules.handover.rules.facts import CHOSEN_SECTIONS, Handover, Line, Section
from sisfoh_desktop.modules.handover.view.rows import line_columns
from sisfoh_desktop.modules.kardex.rules import Holder
from sisfoh_desktop.qtkit.choice_fields import ComboField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import theme


class WhatStep(QWidget):
    """A tick for each part with how many lines it has; `asked_again` when the lines have to be read anew."""

    title = "Qué se entrega"
    changed = Signal()
    asked_again = Signal()

    def __init__(self, desk: Desk, holders: Sequence[Holder], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._lines: list[Line] = []
        self.holder = ComboField(
            "Formularios que entrega", [(one.id, f"{one.name} ({one.kind.label})") for one in holders]
        )
        self.holder.changed.connect(self._on_holder)
        self.ticks: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for number, section in enumerate(CHOSEN_SECTIONS):
            tick = QCheckBox(section.label)
            tick.toggled.connect(lambda _on: self._show())
            self.ticks[section.value] = tick
            grid.addWidget(tick, number // 2, number % 2)
        self.told = QLabel()
        self.told.setProperty("role", "section")
        self.list = RowTable(
            line_columns(),
            key=lambda line: line.key,
            name="Lo que se entrega",
            noun=("línea", "líneas"),
            empty_text="No hay nada pendiente en las partes marcadas.",
        )
        self.list.setMinimumHeight(theme().px(180))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(12)
        layout.addWidget(self.holder)
        layout.addLayout(grid)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)

    def fill(self, handover: Handover) -> None:
        """Show which parts a handover has."""
        self.holder.blockSignals(True)
        self.holder.set_value(handover.holder_id)
        self.holder.blockSignals(False)
        for section in CHOSEN_SECTIONS:
            tick = self.ticks[section.value]
            tick.blockSignals(True)
            tick.setChecked(section in handover.sections)
            tick.blockSignals(False)
        self._show()

    def take(self, handover: Handover) -> Handover:
        """The handover with what is ticked."""
        return replace(
            handover,
            holder_id=self.holder.value(),
            sections=self.ticked(),
        )

    def ticked(self) -> tuple[Section, ...]:
        """The parts that are handed over, in the order of the acta."""
        return tuple(one for one in CHOSEN_SECTIONS if self.ticks[one.value].isChecked())

    def tick(self, sections: Sequence[Section]) -> None:
        """Tick these and no other."""
        for one in CHOSEN_SECTIONS:
            self.ticks[one.value].setChecked(one in sections)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """What every part has pending now, ticked or not."""
        self._lines = list(lines)
        for section in CHOSEN_SECTIONS:
            count = sum(line.section is section for line in lines)
            self.ticks[section.value].setText(f"{section.label}: {count}")
        self._show()

    def chosen_lines(self) -> list[Line]:
        """The lines of the ticked parts."""
        return [line for line in self._lines if self.ticks[line.section.value].isChecked()]

    def _show(self) -> None:
        lines = self.chosen_lines()
        self.list.set_rows(lines)
        self.told.setText(summary(lines, self.desk.clock.now().date()))
        self.changed.emit()

    def _on_holder(self) -> None:
        self.changed.emit()
        self.asked_again.emit()
