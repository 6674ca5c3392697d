"""The panel of one block: its name and origin, its text with locked data, what follows it, what is missing in it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones.rules import TABLE_CHAIN, TABLE_DETAILS, BlockKind
from sisfoh_desktop.modules.resoluciones.view.block_rows import ORIGIN_WORDS, TABLE_WORDS, BlockRow
from sisfoh_desktop.modules.resoluciones.view.chip_editor import ChipEditor
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.qtkit.theme import theme

_ABOUT_CHIPS = "Los datos en recuadro son fijos: se corrigen en su origen. F4 inserta otro."


class BlockPanel(QWidget):
    """Edits one block. `edited` comes with every change of its text or of the table after it."""

    edited = Signal()
    insert_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: BlockRow | None = None
        self._showing = False
        self.head = QLabel()
        self.head.setProperty("role", "section")
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.origin = QLabel()
        self.origin.setProperty("role", "caption")
        self.origin.setTextFormat(Qt.TextFormat.PlainText)
        self.insert_button = QPushButton("Insertar &dato…")
        self.insert_button.setToolTip("Elegir un número, fecha, importe o nombre de esta resolución (F4)")
        self.insert_button.clicked.connect(lambda: self.insert_asked.emit())
        self.problems = QLabel()
        self.problems.setTextFormat(Qt.TextFormat.PlainText)
        self.problems.setWordWrap(True)
        self.problems.setProperty("tone", "danger")
        self.editor = ChipEditor()
        self.editor.textChanged.connect(self._on_edited)
        self.editor.hint.connect(self._warn)
        self.editor.chip_at_caret.connect(self._tell)
        self.editor.insert_asked.connect(self.insert_asked.emit)
        self.foot = QLabel(_ABOUT_CHIPS)
        self.foot.setProperty("role", "caption")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setWordWrap(True)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table_label = QLabel("Después del te&xto va")
        self.table_combo = QComboBox()
        self.table_combo.setAccessibleName("Después del texto va")
        self.table_label.setBuddy(self.table_combo)
        self.table_combo.currentIndexChanged.connect(self._on_edited)
        self._build_layout()
        theme().changed.connect(self._resize)
        self._resize()
        self.show_row(None, editable=False)

    # -- content ---------------------------------------------------------------------------------------

    def set_meanings(self, meanings: Mapping[str, ChipMeaning]) -> None:
        """What each datum of the act stands for."""
        self.editor.set_meanings(meanings)

    def show_row(self, row: BlockRow | None, *, editable: bool) -> None:
        """Show a block; None shows that none is chosen."""
        self._row, self._showing = row, True
        self.setEnabled(row is not None)
        self.head.setText(row.name if row else "")
        self.origin.setText(ORIGIN_WORDS[row.block.origin] if row else "")
        self.editor.set_stored(row.block.text if row else "")
        self.editor.setReadOnly(not editable)
        self.editor.setAccessibleName(f"Texto de {row.name}" if row else "Texto")
        self.insert_button.setVisible(editable)
        self.show_problems(row)
        self._show_tables(row, editable)
        self._showing = False
        self._say(_ABOUT_CHIPS if editable else "")

    def show_problems(self, row: BlockRow | None) -> None:
        """What stops the freeze in this block, as last checked."""
        self.problems.setText("\n".join(row.problems) if row else "")
        self.problems.setVisible(bool(row and row.problems))

    def text(self) -> str:
        """The text as it is stored."""
        return self.editor.stored()

    def table(self) -> str:
        """What follows the text."""
        return str(self.table_combo.currentData() or "")

    # -- inside ----------------------------------------------------------------------------------------

    def _show_tables(self, row: BlockRow | None, editable: bool) -> None:
        usual = row is not None and row.block.kind in (BlockKind.CONSIDERANDO, BlockKind.ARTICLE)
        shown = row is not None and (usual or bool(row.block.table))
        self.table_label.setVisible(shown)
        self.table_combo.setVisible(shown)
        if row is None or not shown:
            self.table_combo.clear()
            return
        offered = ["", TABLE_CHAIN]
        if row.block.document_id is not None or row.block.table == TABLE_DETAILS:
            offered.append(TABLE_DETAILS)
        self.table_combo.clear()
        for table in offered:
            self.table_combo.addItem(TABLE_WORDS[table], table)
        self.table_combo.setCurrentIndex(max(0, self.table_combo.findData(row.block.table)))
        self.table_combo.setEnabled(editable)

    def _on_edited(self, _index: int = 0) -> None:
        if not self._showing:
            self.edited.emit()

    def _say(self, sentence: str, tone: str = "dim") -> None:
        self.foot.setText(sentence)
        self.foot.setAccessibleName(sentence)
        if self.foot.property("tone") != tone:
            self.foot.setProperty("tone", tone)
            self.foot.style().unpolish(self.foot)
            self.foot.style().polish(self.foot)

    def _warn(self, sentence: str) -> None:
        """What the last key did not do, and why."""
        self._say(sentence, "warn")

    def _tell(self, meaning: ChipMeaning | None) -> None:
        self._say(meaning.told if meaning else "" if self.editor.isReadOnly() else _ABOUT_CHIPS)

    def _resize(self) -> None:
        # Two lines are kept free, so that a hint does not move the text above it.
        self.foot.setMinimumHeight(2 * self.foot.fontMetrics().lineSpacing())

    def _build_layout(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head)
        top.addWidget(self.origin, 1)
        top.addWidget(self.insert_button)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.table_label)
        below.addWidget(self.table_combo)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.problems)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self.foot)
        layout.addLayout(below)
