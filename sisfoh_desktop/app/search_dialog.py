"""The search window (Ctrl+K): one field, one list; arrows choose, Enter goes there, Esc leaves."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sisfoh_desktop.app.search import Answer, Finding, matching
from sisfoh_desktop.qtkit.icons import icon, icon_size
from sisfoh_desktop.qtkit.theme import theme

_PAUSE_MS = 150  # records are asked for when the typing rests
_FINDING = Qt.ItemDataRole.UserRole
AskRecords = Callable[[str, Answer, QObject], object]


class SearchDialog(QDialog):
    """`known` is searched at every key; `ask_records(text, answer, owner)` brings records later."""

    def __init__(self, known: Sequence[Finding], ask_records: AskRecords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Buscar en todo")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._known, self._ask_records = list(known), ask_records
        self._records: list[Finding] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText("Página, número de documento, asunto, orden o ayuda")
        self.field.setAccessibleName("Buscar en todo")
        self.field.setMaxLength(200)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Resultados")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(icon_size() * 0.8)
        self.foot = QLabel("Flechas: elegir · Intro: abrir · Esc: salir")
        self.foot.setProperty("role", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._ask)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self.choose())
        self.resize(self.sizeHint())
        self._fill()

    def choose(self) -> None:
        """Go to the line under the cursor."""
        item = self.list.currentItem()
        finding: Any = item.data(_FINDING) if item is not None else None
        if isinstance(finding, Finding):
            self.close()
            finding.run()

    def _on_typed(self, _typed: str) -> None:
        self._records = []
        self._fill()
        self._rest.start()

    def _ask(self) -> None:
        typed = self.field.text()

        def answer(found: Sequence[Finding]) -> None:
            if typed == self.field.text():
                self._records = list(found)
                self._fill()

        self._ask_records(typed, answer, self)

    def _fill(self) -> None:
        self.list.clear()
        typed = self.field.text().strip()
        shown = [*self._records, *matching(self._known, typed)]
        for finding in shown:
            words = f"{finding.title}   {finding.detail}" if finding.detail else finding.title
            item = QListWidgetItem(icon(finding.icon, "text_dim"), f"{words}   · {finding.kind}")
            item.setData(_FINDING, finding)
            item.setSizeHint(QSize(0, theme().px(28)))
            self.list.addItem(item)
        if not shown:
            item = QListWidgetItem(f"Nada coincide con «{typed[:60]}».")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            rows = self.list.count()
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and rows:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), rows - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        owner = self.parentWidget()
        if owner is not None:
            self.move(owner.mapToGlobal(QPoint((owner.width() - self.width()) // 2, theme().px(64))))
        self.field.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(560), theme().px(420))
