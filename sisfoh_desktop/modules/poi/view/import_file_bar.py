"""The first line of an import: which file, of which year, into which version, and what its columns mean."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from sisfoh_desktop.modules.poi.rules.facts import Stage
from sisfoh_desktop.modules.poi.rules.import_plan import LayoutProposal
from sisfoh_desktop.modules.poi.rules.plans import FIRST_YEAR, LAST_YEAR
from sisfoh_desktop.qtkit.elided_label import ElidedLabel

_BLOCKS = {"A": "aprobado", "AJ": "ajustado", "CS": "consistente", "RE": "reprogramado"}
_VERSIONS: tuple[tuple[str, Stage | None], ...] = (
    ("Al POI como está", None),
    *((f"Como POI {stage.value} nuevo", stage) for stage in Stage),
)


class YearBox(QComboBox):
    """A year, chosen or typed."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Año del POI")
        self.setMaxVisibleItems(12)
        for one in range(LAST_YEAR, FIRST_YEAR - 1, -1):
            self.addItem(str(one), one)
        self.set_year(year)

    def year(self) -> int:
        return int(self.currentData())

    def set_year(self, year: int) -> None:
        """Show a year; of one that no POI has, nothing changes."""
        at = self.findData(year)
        if at >= 0:
            self.setCurrentIndex(at)


class FileBar(QWidget):
    """`changed`: a person chose another year or version; `block_changed`: another block of CEPLAN's export."""

    choose_asked = Signal()
    columns_asked = Signal()
    changed = Signal()
    block_changed = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose_button = QPushButton("&Elegir archivo…")
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(lambda: self.choose_asked.emit())
        self.file_label = ElidedLabel()
        self.file_label.setText("La tabla del POI en .xlsx, .xls, .ods, .csv o .txt.")
        self.year = YearBox(year)
        self.year.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.as_version = QComboBox()
        self.as_version.setAccessibleName("A qué versión entra el archivo")
        for words, stage in _VERSIONS:
            self.as_version.addItem(words, stage)
        self.as_version.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.block = QComboBox()
        self.block.setAccessibleName("Bloque de la exportación que se toma como programado")
        self.block.currentIndexChanged.connect(lambda _at: self.block_changed.emit())
        self.block.hide()
        self.columns_button = QPushButton("Co&lumnas…")
        self.columns_button.setAutoDefault(False)
        self.columns_button.clicked.connect(lambda: self.columns_asked.emit())
        self.columns_button.setEnabled(False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.choose_button)
        line.addWidget(self.file_label, 1)
        for text, widget in (("&Año", self.year), ("En&tra", self.as_version)):
            label = QLabel(text)
            label.setBuddy(widget)
            line.addWidget(label)
            line.addWidget(widget)
        line.addWidget(self.block)
        line.addWidget(self.columns_button)

    def show_proposal(self, proposal: LayoutProposal) -> None:
        """What the file says of itself: its year, and the stages that CEPLAN's export tells side by side."""
        self.blockSignals(True)
        if proposal.year:
            self.year.set_year(proposal.year)
        self.block.clear()
        for stage in proposal.stages:
            self.block.addItem(f"Programado: {_BLOCKS.get(stage, stage)}", stage)
        self.block.setCurrentIndex(self.block.findData(proposal.mapping.stage))
        self.blockSignals(False)
        self.block.setVisible(len(proposal.stages) > 1)
        self.columns_button.setEnabled(True)

    def stage(self) -> Stage | None:
        """The version that is to be made of the file; None: it goes into the one that there is."""
        chosen = self.as_version.currentData()
        return Stage(chosen) if chosen else None  # Qt gives the bare text of an enum back
