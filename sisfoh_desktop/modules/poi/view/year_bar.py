"""The bar beside the tabs: the POI of which year is on view."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from sisfoh_desktop.modules.poi.rules.facts import PoiPlan
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import theme

_AROUND_TEXT = 48  # frame, arrow and air of the list


class YearBar(QWidget):
    """`chosen` gives the id of another plan."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = QComboBox()
        self.combo.setStyleSheet("QComboBox { min-height: 1px; }")  # the tabs say how high it is
        self.combo.setAccessibleName("Año del POI")
        self.combo.setPlaceholderText("Sin POI")
        self.combo.activated.connect(self._on_activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 2)
        row.addWidget(self.combo)

    def show_plans(self, plans: Sequence[PoiPlan], chosen_id: int) -> None:
        """Offer these, with one of them (or none: 0) on view."""
        self.combo.clear()
        for one in sorted(plans, key=lambda one: one.year, reverse=True):
            self.combo.addItem(f"POI {one.year}", one.id)
        self.combo.setCurrentIndex(self.combo.findData(chosen_id))
        self.combo.setEnabled(bool(plans))
        present = next((one for one in plans if one.id == chosen_id), None)
        self.combo.setToolTip(plain_tip(present.title) if present is not None else "POI a la vista")

    def fit(self, height: int) -> None:
        """No higher than the tabs, as wide as a year needs."""
        self.combo.setFixedHeight(height - 2)
        self.combo.setFixedWidth(
            self.combo.fontMetrics().horizontalAdvance("POI 0000") + theme().px(_AROUND_TEXT)
        )

    def _on_activated(self, _number: int) -> None:
        self.chosen.emit(self.combo.currentData())
