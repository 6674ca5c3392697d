"""The bar over the lists: up to when the year is looked at, and which of the lists is on view."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabBar, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, QUARTER_NAMES


@dataclass(frozen=True)
class Cut:
    """The year up to a month (1 to 12), called by its quarter or by the month itself."""

    until: int
    by_quarter: bool = True

    @property
    def name(self) -> str:
        """«III trimestre», «Hasta agosto»."""
        if self.by_quarter:
            return f"{QUARTER_NAMES[(self.until + 2) // 3 - 1]} trimestre"
        return f"Hasta {MONTH_NAMES[self.until - 1]}"

    @property
    def words(self) -> str:
        """«al III trimestre», «hasta agosto»."""
        return f"al {self.name}" if self.by_quarter else f"hasta {MONTH_NAMES[self.until - 1]}"


def cut_reached(last_executed: int, begun: int) -> Cut:
    """The cut that a year is opened at: what was executed so far, or the last month that is over.

    `begun` is the last month (1 to 12) that has begun, 0 for none.
    """
    until = last_executed or (begun if begun == _MONTHS else max(1, begun - 1))
    return Cut(until, by_quarter=until % 3 == 0)


CUTS = (
    *(Cut(3 * quarter) for quarter in range(1, 5)),
    *(Cut(month, by_quarter=False) for month in range(1, 13)),
)
_QUARTERS, _MONTHS = 4, 12
VIEWS: Mapping[str, str] = {
    "exceptions": "E&xcepciones",
    "table": "Ta&bla",
    "units": "Por &unidad",
    "measures": "Por &medida",
    "remaining": "&Lo que falta",
}
_KEYS = tuple(VIEWS)


class QuarterBar(QWidget):
    """`cut_chosen` gives a Cut, `view_chosen` the key of a list. Alt+C goes to the cut, arrows choose it."""

    cut_chosen = Signal(object)
    view_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cuts = QComboBox()
        self.cuts.setAccessibleName("Corte: hasta qué trimestre o mes se mira el año")
        self.cuts.setToolTip("Hasta qué trimestre o mes se mira el año (Alt+C)")
        for number, cut in enumerate(CUTS):
            if number == _QUARTERS:
                self.cuts.insertSeparator(number)
            self.cuts.addItem(cut.name, cut)
        self.cuts.setMaxVisibleItems(len(CUTS) + 1)
        self.cuts.currentIndexChanged.connect(self._on_cut)
        label = QLabel("&Corte:")
        label.setBuddy(self.cuts)
        self.views = QTabBar()
        self.views.setDocumentMode(True)
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setUsesScrollButtons(True)
        self.views.setAccessibleName("Listas del corte")
        for words in VIEWS.values():
            self.views.addTab(words)
        self.views.currentChanged.connect(lambda _at: self.view_chosen.emit(self.view))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.cuts)
        row.addWidget(self.views, 1)

    @property
    def cut(self) -> Cut:
        """The cut on view."""
        chosen = self.cuts.currentData()
        assert isinstance(chosen, Cut)
        return chosen

    @property
    def view(self) -> str:
        """The key of the list on view."""
        return _KEYS[self.views.currentIndex()]

    def offer_until(self, month: int) -> None:
        """Offer the cuts up to a month (1 to 12): of what has not begun nothing can be owed."""
        model = self.cuts.model()
        assert isinstance(model, QStandardItemModel)
        for at in range(self.cuts.count()):
            cut = self.cuts.itemData(at)
            if isinstance(cut, Cut):
                model.item(at).setEnabled(cut.until <= month)

    def show_cut(self, cut: Cut) -> None:
        """Choose a cut without telling it."""
        self.cuts.blockSignals(True)
        self.cuts.setCurrentIndex(
            next(at for at in range(self.cuts.count()) if self.cuts.itemData(at) == cut)
        )
        self.cuts.blockSignals(False)

    def show_view(self, key: str) -> None:
        """Choose a list; it is told if it is another one."""
        self.views.setCurrentIndex(_KEYS.index(key))

    def show_counts(self, exceptions: int, remaining: int) -> None:
        """How many lines the lists that call for action have."""
        for key, count in (("exceptions", exceptions), ("remaining", remaining)):
            words = f"{VIEWS[key]} ({format_number(count)})" if count else VIEWS[key]
            self.views.setTabText(_KEYS.index(key), words)

    def _on_cut(self, _number: int) -> None:
        if isinstance(self.cuts.currentData(), Cut):
            self.cut_chosen.emit(self.cut)
