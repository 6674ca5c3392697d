"""The search window (Ctrl+K): one field, one list in groups; arrows choose, Enter goes there, Esc leaves."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sisfoh_desktop.app.search import Answer, Finding, Group, groups_of, in_order
from sisfoh_desktop.qtkit.icons import icon, icon_size
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.screen_room import screen_room
from sisfoh_desktop.qtkit.theme import theme

SHOWN_PER_GROUP = 5
_PAUSE_MS = 150  # records are asked for when the typing rests
_TOP = 64  # px at 100 % below the top of the window
_FINDING = Qt.ItemDataRole.UserRole
_MORE = Qt.ItemDataRole.UserRole + 1
_USUAL_FOOT = "Flechas: elegir · Intro: abrir · Esc: salir"
_WAITING_FOOT = "Buscando… se abrirá lo primero que se encuentre · Esc: salir"
AskRecords = Callable[[str, Answer, QObject], object]


class SearchDialog(QDialog):
    """`known` is searched at every key; `ask_records(text, answer, owner)` brings groups of records later, or none: it
    always answers. Enter before the answer waits for it, and then goes to the first line.

    `chosen` is told each finding that somebody goes to.
    """

    def __init__(
        self,
        known: Sequence[Finding],
        ask_records: AskRecords,
        parent: QWidget,
        *,
        recent: Sequence[Finding] = (),
        chosen: Callable[[Finding], object] = lambda _finding: None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Buscar en todo")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._known, self._ask_records = list(known), ask_records
        self._recent, self._chosen = list(recent), chosen
        self._records: list[Group] = []
        self._whole: set[str] = set()  # titles of the groups of which all is shown
        self._moved = False  # the person chose a line: what comes later does not take it away
        self._is_answered = True  # whether the records of what is typed are in the list
        self._entered = False  # Enter was pressed before they were
        self.field = QLineEdit()
        self.field.setPlaceholderText("Número, nombre, DNI, serie, asunto, página, orden o ayuda")
        self.field.setAccessibleName("Buscar en todo")
        self.field.setMaxLength(200)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Resultados")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setIconSize(icon_size() * 0.8)
        self.foot = QLabel(_USUAL_FOOT)
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
        self.list.itemClicked.connect(self._on_clicked)
        self.resize(self.sizeHint())
        self._fill()

    def choose(self) -> None:
        """Go to the line under the cursor, or show the rest of its group; a line nobody chose waits for the records."""
        if not self._is_answered and not self._moved:
            self._entered = True
            self.foot.setText(_WAITING_FOOT)
            if self._rest.isActive():
                self._rest.stop()
                self._ask()
            return
        item = self.list.currentItem()
        if item is None:
            return
        finding: Any = item.data(_FINDING)
        more: Any = item.data(_MORE)
        if isinstance(finding, Finding):
            self.close()
            self._chosen(finding)
            finding.run()
        elif more:
            row = self.list.currentRow()
            self._whole.add(more)
            self._fill()
            self.list.setCurrentRow(row)

    def lines(self) -> list[str]:
        """What the list says, line by line."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _on_clicked(self, _item: QListWidgetItem) -> None:
        self._moved = True
        self.choose()

    def _on_typed(self, _typed: str) -> None:
        self._records, self._whole, self._moved = [], set(), False
        self._is_answered, self._entered = not self.field.text().strip(), False
        self.foot.setText(_USUAL_FOOT)
        self._fill()
        self._rest.start()

    def _ask(self) -> None:
        typed = self.field.text()

        def answer(found: Sequence[Group]) -> None:
            if typed != self.field.text() or self._is_answered:
                return
            self._records, self._is_answered = list(found), True
            self._fill()
            if self._entered:
                self._entered = False
                self.foot.setText(_USUAL_FOOT)
                self.choose()

        self._ask_records(typed, answer, self)

    def _fill(self) -> None:
        kept = self._current() if self._moved else None
        self.list.clear()
        typed = self.field.text().strip()
        groups = in_order([*self._records, *groups_of(self._known, typed)])
        if not typed and self._recent:
            groups.insert(0, Group("Recientes", tuple(self._recent), count=len(self._recent)))
        for group in groups:
            self._add_group(group, typed)
        if not groups:
            self._add_words(f"Nada coincide con «{typed[:60]}».")
        self._select(kept)

    def _add_group(self, group: Group, typed: str) -> None:
        self._add_words(group.title, head=True)
        whole = group.title in self._whole or not typed
        shown = group.findings if whole else group.findings[:SHOWN_PER_GROUP]
        for finding in shown:
            words = f"{finding.title}   {finding.detail}" if finding.detail else finding.title
            item = QListWidgetItem(icon(finding.icon, "text_dim"), " ".join(words.split("\n")))
            item.setData(_FINDING, finding)
            item.setToolTip(plain_tip(f"{finding.title}\n{finding.detail}".strip()))
            item.setSizeHint(QSize(0, theme().px(28)))
            self.list.addItem(item)
        left = group.count - len(shown)
        if left > 0 and len(shown) < len(group.findings):
            item = self._add_words(f"Hay {left} más en {group.title}: Intro los muestra")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setForeground(QColor(theme().tokens.text))
            item.setData(_MORE, group.title)
        elif left > 0:
            self._add_words(f"Hay {left} más en {group.title}: escriba otra palabra")

    def _add_words(self, words: str, *, head: bool = False) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, theme().px(28)))
        item.setForeground(QColor(theme().tokens.text_dim))  # told, not switched off
        if head:
            item.setFont(theme().font(bold=True))
        self.list.addItem(item)
        return item

    def _current(self) -> tuple[str, str, str] | None:
        item = self.list.currentItem()
        finding: Any = item.data(_FINDING) if item is not None else None
        return (finding.kind, finding.title, finding.detail) if isinstance(finding, Finding) else None

    def _select(self, kept: tuple[str, str, str] | None) -> None:
        """The line that the person was on, else the first that can be chosen."""
        rows = self._choosable()
        for row in rows:
            self.list.setCurrentRow(row)
            if kept is None or self._current() == kept:
                break
        else:
            if rows:
                self.list.setCurrentRow(rows[0])
        if rows and self.list.currentRow() == rows[0]:
            self.list.scrollToTop()

    def _choosable(self) -> list[int]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [row for row, item in enumerate(items) if item.flags() & Qt.ItemFlag.ItemIsSelectable]

    def _step(self, by: int) -> None:
        rows = self._choosable()
        if not rows:
            return
        at = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else 0
        self.list.setCurrentRow(rows[min(max(at + by, 0), len(rows) - 1)])
        if self.list.currentRow() == rows[0]:
            self.list.scrollToTop()
        self._moved = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        owner = self.parentWidget()
        if owner is not None:
            self.move(owner.mapToGlobal(QPoint((owner.width() - self.width()) // 2, theme().px(_TOP))))
        self.field.setFocus()

    def sizeHint(self) -> QSize:
        below = screen_room(self).height() - theme().px(_TOP) - 24
        return QSize(theme().px(640), min(theme().px(460), below))
