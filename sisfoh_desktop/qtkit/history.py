"""The history of a record on screen: a list of who did what and when, below it what changed, word by word.

It takes lines already told in Spanish (basics/history.py) and knows no record.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.tasks import Tasks

Load = Callable[[], Sequence[HistoryLine]]
TAB_TITLE = "&Historial"


class HistoryTab(QWidget):
    """The history of one record, newest first; read when it is looked at, not before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: Tasks | None = None
        self._load: Load | None = None
        self._record: Hashable = None
        self._stale = False
        self.list = RowTable(
            [
                Column("Cuándo", _when, lambda line: line.id, width=128),
                Column("Quién", lambda line: line.who, width=144),
                Column("Qué", lambda line: line.what),
                Column("Antes → Después", lambda line: line.summary),
            ],
            name="Historial",
            noun=("cambio", "cambios"),
            empty_text="Todavía no hay cambios anotados.",
        )
        self.list.selection_changed.connect(lambda _line: self._show_details())
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Detalle del cambio elegido")
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.details)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.list)

    def follow(self, tasks: "Tasks", record: Hashable, load: Load) -> None:
        """Tell this record from now on; `load` runs on the worker each time that it is needed.

        Called again with the same `record` it only reads anew: what is chosen stays chosen.
        """
        self._tasks, self._load = tasks, load
        if record != self._record:
            self._record = record
            self._show([])
        self.reload()

    def reload(self) -> None:
        """The record changed: read again now if the history is on view, else when it will be."""
        self._stale = True
        if self.isVisible():
            self._read()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(832), theme().px(480))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # -- inside ----------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._stale = False
        if self._tasks is None or self._load is None:
            return
        record = self._record
        self._tasks.run_query(
            self._load, lambda lines: self._show(lines) if record == self._record else None, owner=self
        )

    def _show(self, lines: Sequence[HistoryLine]) -> None:
        self.list.set_rows(lines)
        if lines and self.list.selected() is None:
            self.list.select(lines[0].id)
        self._show_details()

    def _show_details(self) -> None:
        line: HistoryLine | None = self.list.selected()
        if line is None:
            self.details.setPlainText("")
            return
        parts = [f"{line.what}. {_when(line)}, {line.who}.", *(change.text for change in line.changes)]
        if line.reason:
            parts.append(f"Motivo: {line.reason}")
        self.details.setPlainText("\n".join(parts))


class HistoryDialog(TaskDialog):
    """The same in a dialog, where a page has no tabs."""

    usual_width = 880

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Historial: {title}", primary="Cerrar", parent=parent, wide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel_button.hide()
        self.tab = HistoryTab()
        self.set_body(self.tab)

    @classmethod
    def show_for(cls, parent: QWidget, tasks: "Tasks", title: str, load: Load) -> "HistoryDialog":
        """Open the history of `title` ("Resolución 091-2024") over `parent`; it reads itself."""
        dialog = cls(title, parent)
        dialog.tab.follow(tasks, title, load)
        dialog.open()
        return dialog


def _when(line: HistoryLine) -> str:
    return f"{format_date(line.at.date())} {line.at:%H:%M}"
