"""A report to read, not to answer: a headline with its state, a list, and sentences under it; can be copied."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.screen_room import largest
from sisfoh_desktop.qtkit.theme import Tone, theme

_WIDE = 1040  # px at 100 %


class ReportDialog(TaskDialog):
    """`tone` and `headline` say the verdict, `notes` what to know about it, the table what it rests on."""

    def __init__(
        self,
        title: str,
        *,
        tone: Tone,
        headline: str,
        columns: Sequence[Column],
        rows: Sequence[Any],
        noun: tuple[str, str],
        empty_text: str,
        notes: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary="Cerrar", cancel="Copiar", parent=parent, wide=True)
        self._headline, self._notes = headline, tuple(notes)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.chip = Chip(tone, headline)
        layout.addWidget(self.chip)
        self.table = RowTable(
            columns, key=id, name=title, noun=noun, empty_text=empty_text, filterable=False, parent=body
        )
        wide = min(theme().px(_WIDE), largest(self).width() - 64)  # every column of a report of signatures
        self.table.setMinimumSize(wide, theme().px(240))
        self.table.set_rows(rows)
        layout.addWidget(self.table, 1)
        for note in self._notes:
            label = QLabel(note)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        self.set_body(body)
        self.cancel_button.clicked.disconnect()
        self.cancel_button.clicked.connect(self.copy)

    def copy(self) -> None:
        """Put the whole report on the clipboard as text."""
        titles, rows = self.table.as_seen()
        lines = [self._headline, "\t".join(titles), *("\t".join(row) for row in rows), *self._notes]
        QGuiApplication.clipboard().setText("\n".join(lines))
