"""The bar beside the tabs: which campaign is on view, and whether it is closed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.elided_combo import ElidedCombo
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import theme

_NARROWEST = 112
_AROUND_TEXT = 48  # frame, arrow and air of the list


class CampaignBar(QWidget):
    """`chosen` gives the id of another campaign."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = 0
        self.combo = ElidedCombo()
        self.combo.setStyleSheet("QComboBox { min-height: 1px; }")  # the tabs say how high it is
        self.combo.setAccessibleName("Campaña")
        self.combo.setToolTip("Campaña a la vista")
        self.combo.setPlaceholderText("Todavía no hay campañas")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.activated.connect(self._on_activated)
        self.chip = Chip()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 2)
        row.setSpacing(8)
        row.addWidget(self.chip)
        row.addWidget(self.combo)

    def show_campaigns(self, campaigns: Sequence[Campaign], chosen_id: int) -> None:
        """Offer these, with one of them (or none: 0) on view."""
        self.combo.clear()
        for number, one in enumerate(sorted(campaigns, key=lambda one: one.starts_on, reverse=True)):
            self.combo.addItem(one.name, one.id)
            self.combo.setItemData(number, plain_tip(_told(one)), Qt.ItemDataRole.ToolTipRole)
        self.combo.setCurrentIndex(self.combo.findData(chosen_id))
        self.combo.setEnabled(bool(campaigns))
        present = next((one for one in campaigns if one.id == chosen_id), None)
        self.combo.setToolTip(plain_tip(_told(present)) if present is not None else "Campaña a la vista")
        closed = present is not None and present.closed_on is not None
        self.chip.set_state("dim", "Cerrada" if closed else "")
        self.chip.setVisible(closed)
        self.fit()

    def fit(self, room: int | None = None, height: int = 0) -> None:
        """Take what the name needs of `room` pixels, no higher than the tabs (as before without them)."""
        if room is not None:
            self._room = room
            self.combo.setFixedHeight(height - 2)
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        taken = margins.left() + margins.right()
        if not self.chip.isHidden():
            taken += self.chip.sizeHint().width() + layout.spacing()
        wish = self.combo.fontMetrics().horizontalAdvance(self.combo.currentText()) + theme().px(_AROUND_TEXT)
        if self.combo.currentIndex() < 0:
            wish = theme().px(210)
        self.combo.setFixedWidth(max(theme().px(_NARROWEST), min(wish, self._room - taken)))

    def _on_activated(self, _number: int) -> None:
        self.chosen.emit(self.combo.currentData())


def _told(campaign: Campaign) -> str:
    parts = [campaign.name, f"desde el {format_date(campaign.starts_on)}"]
    if campaign.ends_on is not None:
        parts.append(f"hasta el {format_date(campaign.ends_on)}")
    if campaign.closed_on is not None:
        parts.append(f"cerrada el {format_date(campaign.closed_on)}")
    return ", ".join(parts)
