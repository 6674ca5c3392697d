"""What each column of a table means: proposed by the program, confirmed by a person, kept for the next file."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name
from sisfoh_desktop.modules.poi.rules.import_plan import LayoutProposal
from sisfoh_desktop.modules.poi.rules.import_words import place_words
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    IGNORED,
    TEXT_MEANINGS,
    ColumnMapping,
    Profile,
    month_meaning,
    quarter_meaning,
)
from sisfoh_desktop.modules.poi.service.mappings import check_mapping
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, theme

_HEADS = ("Columna del archivo", "Qué significa", "Sus primeras celdas")
_SHOWN_CELLS = 4
_LONGEST_NAME = 120


def meanings() -> list[tuple[str, str]]:
    """All that a column may mean, with its words, in the order of the list."""
    found = [(IGNORED, "(no se toma)"), *TEXT_MEANINGS.items()]
    found += [(ANNUAL, "Meta física anual"), (ANNUAL_MONEY, "Meta financiera anual (S/)")]
    for money in (False, True):
        for executed in (False, True):
            codes = [month_meaning(executed, month, money=money) for month in range(1, 13)]
            codes += [quarter_meaning(executed, quarter, money=money) for quarter in range(1, 5)]
            found += [(code, place_words(code)) for code in codes]
    return found


class _MeaningBox(QComboBox):
    """`reached`: the cursor came to it."""

    reached = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()


class MappingDialog(TaskDialog):
    """One line a column: its title in the file, what it means, its first cells."""

    usual_width = 860

    def __init__(self, proposal: LayoutProposal, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"Qué dice cada columna de «{file_name}»", primary="Confirmar", parent=parent, wide=True
        )
        self._proposal = proposal
        self.mapping: ColumnMapping | None = None
        words = QLabel(
            "El programa propone lo que significa cada columna por su título. Corrija lo que no sea: queda guardado "
            "con el nombre de abajo y se reconoce solo la próxima vez."
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.table = QTableWidget(len(proposal.mapping.heads), len(_HEADS))
        self.table.setAccessibleName("Columnas del archivo y lo que significan")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.verticalHeader().setVisible(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through the lists in it
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(theme().px(300))
        self.combos: list[QComboBox] = []
        self.table.setWordWrap(False)
        known = meanings()
        words_of = QStandardItemModel(self)  # one for all the lists: an export has over a hundred columns
        for code, meant in known:
            entry = QStandardItem(meant)
            entry.setData(code, Qt.ItemDataRole.UserRole)
            words_of.appendRow(entry)
        for at, head in enumerate(proposal.mapping.heads):
            meaning = proposal.mapping.meanings[at] if at < len(proposal.mapping.meanings) else IGNORED
            self.table.setItem(at, 0, QTableWidgetItem(head or f"(columna {at + 1}, sin título)"))
            combo = _MeaningBox()
            combo.reached.connect(partial(self._bring_into_sight, at))
            combo.setAccessibleName(f"Qué significa «{head or f'columna {at + 1}'}»")
            combo.setModel(words_of)
            combo.setCurrentIndex(next(n for n, (code, _) in enumerate(known) if code == meaning))
            combo.setMaxVisibleItems(16)
            self.combos.append(combo)
            self.table.setCellWidget(at, 1, combo)
            cells = [row[at] for row in proposal.preview if at < len(row) and row[at]]
            self.table.setItem(at, 2, QTableWidgetItem(" · ".join(cells[:_SHOWN_CELLS])))
            self.table.setRowHeight(at, theme().px(ROW_HEIGHT + 6))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.table.setColumnWidth(0, theme().px(230))
        self.table.setColumnWidth(1, theme().px(240))
        self.name = QLineEdit(proposal.saved_name or file_name.rpartition(".")[0] or file_name)
        self.name.setMaxLength(_LONGEST_NAME)
        label = QLabel("&Nombre de esta disposición")
        label.setBuddy(self.name)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label)
        foot.addWidget(self.name, 1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.set_body(body)
        if self.combos:
            self.combos[0].setFocus()

    def _bring_into_sight(self, row: int) -> None:
        self.table.scrollTo(self.table.model().index(row, 0))

    def sizeHint(self) -> QSize:
        asked = super().sizeHint()
        return QSize(asked.width(), asked.height() + theme().px(120))

    def chosen(self) -> ColumnMapping:
        """The mapping as the lists stand."""
        told = tuple(str(combo.currentData()) for combo in self.combos)
        return ColumnMapping(Profile.OWN, told, self._proposal.mapping.heads, self._proposal.mapping.stage)

    def submit(self) -> bool:
        mapping = self.chosen()
        try:
            check_mapping(mapping)
            clean_name(self.name.text(), what="el nombre de la disposición", limit=_LONGEST_NAME)
        except RuleError as error:
            self.refuse(error)
            return False
        self.mapping = mapping
        return True
