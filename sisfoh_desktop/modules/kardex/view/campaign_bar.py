"""The bar beside the tabs: which campaign is on view, and whether it is closed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.qtkit.chips import Chip


class CampaignBar(QWidget):
    """`chosen` gives the id of another campaign."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = QComboBox()
        self.combo.setAccessibleName("Campaña")
        self.combo.setToolTip("Campaña a la vista")
        self.combo.setPlaceholderText("Todavía no hay campañas")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(15)
        self.combo.activated.connect(self._on_activated)
        self.chip = Chip()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.chip)
        row.addWidget(self.combo)

    def show_campaigns(self, campaigns: Sequence[Campaign], chosen_id: int) -> None:
        """Offer these, with one of them (or none: 0) on view."""
        self.combo.clear()
        for number, one in enumerate(sorted(campaigns, key=lambda one: one.starts_on, reverse=True)):
            self.combo.addItem(one.name, one.id)
            self.combo.setItemData(number, _told(one), Qt.ItemDataRole.ToolTipRole)
        self.combo.setCurrentIndex(self.combo.findData(chosen_id))
        self.combo.setEnabled(bool(campaigns))
        present = next((one for one in campaigns if one.id == chosen_id), None)
        self.combo.setToolTip(_told(present) if present is not None else "Campaña a la vista")
        closed = present is not None and present.closed_on is not None
        self.chip.set_state("dim", "Cerrada" if closed else "")
        self.chip.setVisible(closed)

    def _on_activated(self, _number: int) -> None:
        self.chosen.emit(self.combo.currentData())


def _told(campaign: Campaign) -> str:
    parts = [campaign.name, f"desde el {format_date(campaign.starts_on)}"]
    if campaign.ends_on is not None:
        parts.append(f"hasta el {format_date(campaign.ends_on)}")
    if campaign.closed_on is not None:
        parts.append(f"cerrada el {format_date(campaign.closed_on)}")
    return ", ".join(parts)
