"""The row in quarantine that is looked at: as it is in the file, why it waits, the readings it allows, the choice."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.import_plan import QuarantineLine
from sisfoh_desktop.modules.poi.rules.importing import Reading
from sisfoh_desktop.modules.poi.view.import_rows import settled_words, why
from sisfoh_desktop.modules.poi.view.quarantine_marks import short_reading
from sisfoh_desktop.modules.poi.view.quarantine_row import RowSheet
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import current_tokens, theme

_READING = Qt.ItemDataRole.UserRole
_LEAST_LINES, _MOST_LINES, _LINE = 2, 5, 22  # lines; px of one at 100 %
_LONGEST_REASON = 500


class ReadingList(QListWidget):
    """The readings of a row, best first. Arrows move, 1 to 9 jump, Enter chooses, Esc goes back."""

    chosen = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Lecturas posibles")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda _item: self.chosen.emit())

    def show_readings(self, line: QuarantineLine | None) -> None:
        """Those of a row that waits; none of another."""
        self.clear()
        if line is None or not line.pending:
            return
        for number, reading in enumerate(line.readings, 1):
            self._add(f"{number}.  {short_reading(reading)}", reading)
        if line.weaker:
            head = QListWidgetItem("Con más de una suposición")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setForeground(QBrush(QColor(current_tokens().text_dim)))
            self.addItem(head)
            for number, reading in enumerate(line.weaker, len(line.readings) + 1):
                self._add(f"{number}.  {short_reading(reading)}", reading)
        first = next((at for at in range(self.count()) if self._reading_at(at) is not None), -1)
        self.setCurrentRow(first)

    def reading(self) -> Reading | None:
        """The one under the cursor."""
        return self._reading_at(self.currentRow())

    def lines(self) -> list[str]:
        """What the list shows."""
        return [self.item(at).text() for at in range(self.count())]

    def sizeHint(self) -> QSize:
        shown = max(_LEAST_LINES, min(_MOST_LINES, self.count()))
        return QSize(super().sizeHint().width(), shown * theme().px(_LINE) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, max(1, min(_LEAST_LINES, self.count())) * theme().px(_LINE) + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isdigit() and event.text() != "0":
            self._jump(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _jump(self, wanted: int) -> None:
        places = [at for at in range(self.count()) if self._reading_at(at) is not None]
        if wanted <= len(places):
            self.setCurrentRow(places[wanted - 1])

    def _add(self, text: str, reading: Reading) -> None:
        item = QListWidgetItem(text)
        item.setData(_READING, reading)
        item.setToolTip(plain_tip(reading.words))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
        item.setSizeHint(QSize(0, theme().px(_LINE)))
        self.addItem(item)

    def _reading_at(self, at: int) -> Reading | None:
        item = self.item(at)
        found = item.data(_READING) if item is not None else None
        return found if isinstance(found, Reading) else None


class _WhyLabel(ElidedLabel):
    """As many lines as its text takes, or one that ends in an ellipsis where the window is low."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            QLabel.paintEvent(self, event)
        else:
            super().paintEvent(event)


class LineDetail(QWidget):
    """Everything about the chosen row; the tab does what its signals ask."""

    settle_asked = Signal()
    hand_asked = Signal()
    discard_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line: QuarantineLine | None = None
        self._low = False
        self.title = _label("section")
        self.reason_why = _WhyLabel()
        self.reason_why.setProperty("role", "caption")
        self.reason_why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sheet = RowSheet()
        self.ask = _label("body")
        self.readings = ReadingList()
        self.readings.currentRowChanged.connect(lambda _row: self._show_reading())
        self.readings.chosen.connect(self.settle_asked)
        self.readings.left.connect(self.left)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Motivo (opcional)")
        self.reason.setAccessibleName("Motivo de la lectura, opcional")
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.returnPressed.connect(self.settle_asked)
        self.settle_button = QPushButton("&Usar esta lectura")
        self.settle_button.setProperty("role", "primary")
        self.settle_button.clicked.connect(self.settle_asked)
        self.hand_button = QPushButton("&Leer a mano…")
        self.hand_button.clicked.connect(self.hand_asked)
        self.discard_button = QPushButton("&Descartar…")
        self.discard_button.clicked.connect(self.discard_asked)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.reason, 1)
        for button in (self.settle_button, self.hand_button, self.discard_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.reason_why)
        layout.addWidget(self.sheet)
        layout.addWidget(self.ask)
        layout.addWidget(self.readings, 1)
        layout.addLayout(foot)
        layout.addStretch()  # of a settled row, which has neither readings nor buttons
        self.setFocusProxy(self.readings)
        self.show_line(None)

    def show_line(self, line: QuarantineLine | None, *, several_files: bool = False) -> None:
        """Show a row in quarantine, or nothing."""
        self.line = line
        self.setVisible(line is not None)
        if line is None:
            self.sheet.show_row(None)
            self.readings.show_readings(None)
            return
        of_file = f" de {line.file_name}" if several_files else ""
        self.title.setText(f"Fila {line.row.row}{of_file}. {line.title or 'Sin nombre'}")
        unit = line.unit_name or "sin unidad orgánica"
        self.reason_why.setText(f"{unit}. {why(line.findings)}")
        self.readings.show_readings(line)
        self.ask.setText(_ask_words(line))
        self._show_question()
        self.reason.clear()
        for widget in (self.readings, self.reason, self.settle_button, self.hand_button, self.discard_button):
            widget.setVisible(line.pending)
        self._show_reading()

    def enter(self) -> None:
        """Put the cursor where the row is decided: on its readings, on reading it by hand where it has none."""
        line = self.line
        if line is None or not line.pending:
            self.sheet.setFocus()
        elif line.readings or line.weaker:
            self.readings.setFocus()
        else:
            self.hand_button.setFocus()

    def set_low(self, low: bool) -> None:
        """Whether the window is low for its text size: the reason takes one line then, the question none."""
        self._low = low
        self.sheet.set_low(low)
        self.layout().setContentsMargins(0, 0 if low else 8, 0, 0)  # type: ignore[union-attr]
        self.reason_why.setWordWrap(not low)
        self._show_question()
        self.layout().setSpacing(2 if low else 6)  # type: ignore[union-attr]

    def _show_question(self) -> None:
        line = self.line
        chosen_from = line is not None and line.pending and bool(line.readings or line.weaker)
        self.ask.setVisible(not (self._low and chosen_from))

    def _show_reading(self) -> None:
        line = self.line
        if line is None:
            return
        reading = self.readings.reading() if line.pending else line.chosen
        self.sheet.show_row(line.row, line.findings, reading)
        self.settle_button.setEnabled(reading is not None)
        self.readings.updateGeometry()


def _ask_words(line: QuarantineLine) -> str:
    if not line.pending:
        return settled_words(line)
    if line.readings:
        if len(line.readings) == 1:
            return "Una sola lectura la hace cuadrar; ¿es la correcta?"
        return f"{counted(len(line.readings), 'lectura la hace', 'lecturas la hacen')} cuadrar; ¿cuál es?"
    if line.weaker:
        return "Ninguna lectura simple la hace cuadrar; estas suponen más de un error, o léala a mano."
    return "Ninguna lectura la hace cuadrar: léala a mano con el documento a la vista, o descártela."


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
