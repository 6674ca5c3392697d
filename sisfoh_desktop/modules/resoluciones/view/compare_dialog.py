"""What changed between two versions of an act: its parts in a list, the words of the chosen one beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones.rules import (
    ActVersion,
    ChangeKind,
    PartChange,
    changes_only,
    compare_parts,
)
from sisfoh_desktop.modules.resoluciones.view.change_text import LEGEND, ChangeText
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.tokens import Tone

CHANGE_TONES: Mapping[ChangeKind, Tone | None] = {
    ChangeKind.CHANGED: "accent",
    ChangeKind.REMOVED: "danger",
    ChangeKind.ADDED: "ok",
    ChangeKind.MOVED: None,
    ChangeKind.SAME: None,
}


def side_by_side(left: QWidget, right: QWidget, width: int) -> QSplitter:
    """A list and the words of what is chosen in it, which may be given more room; `width` px for the list."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(1)
    for widget, margins in ((left, (0, 0, 8, 0)), (right, (8, 0, 0, 0))):
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(*margins)
        inner.addWidget(widget)
        split.addWidget(holder)
    split.setStretchFactor(1, 1)
    split.setSizes([theme().px(width), theme().px(900 - width)])
    split.setMinimumSize(theme().px(680), theme().px(320))
    return split


class CompareDialog(TaskDialog):
    """ "Qué cambió": the last two versions first; any other two can be chosen."""

    usual_width = 960

    def __init__(self, versions: Sequence[ActVersion], parent: QWidget | None = None) -> None:
        super().__init__("Qué cambió", primary="Cerrar", cancel="Salir", parent=parent, wide=True)
        self.cancel_button.hide()
        self._versions = tuple(versions)
        self.older, self.newer = QComboBox(), QComboBox()
        for combo, name in ((self.older, "De"), (self.newer, "A")):
            for version in self._versions:
                combo.addItem(version.label, version.draft_round)
            combo.setAccessibleName(f"{name} la versión")
        self.older.setCurrentIndex(max(0, len(self._versions) - 2))
        self.newer.setCurrentIndex(len(self._versions) - 1)
        self.list = RowTable(
            [
                Column("Parte", lambda one: one.name, width=168),
                Column("Qué pasó", lambda one: one.kind.label, tone=lambda one: CHANGE_TONES[one.kind]),
            ],
            key=id,
            name="Partes que cambiaron",
            noun=("parte cambió", "partes cambiaron"),
            empty_text="Las dos versiones dicen lo mismo.",
            filterable=False,
        )
        self.list.selection_changed.connect(self._show)
        self.text = ChangeText()
        self.legend = QLabel(LEGEND)
        self.legend.setProperty("role", "caption")
        self.set_body(self._body())
        self.older.currentIndexChanged.connect(self._compare)
        self.newer.currentIndexChanged.connect(self._compare)
        self._compare()
        self.list.view.setFocus()

    def _body(self) -> QWidget:
        choice = QHBoxLayout()
        choice.setSpacing(8)
        for text, combo in (("&De", self.older), ("&a", self.newer)):
            label = QLabel(text)
            label.setBuddy(combo)
            choice.addWidget(label)
            choice.addWidget(combo, 1)
        split = side_by_side(self.list, self.text, 320)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(choice)
        layout.addWidget(split, 1)
        layout.addWidget(self.legend)
        return body

    def _compare(self) -> None:
        by_round = {version.draft_round: version for version in self._versions}
        older, newer = by_round[self.older.currentData()], by_round[self.newer.currentData()]
        changes = changes_only(compare_parts(older.parts, newer.parts))
        self.list.set_rows(list(changes))
        if changes:
            self.list.select(id(changes[0]))
        self._show(changes[0] if changes else None)

    def _show(self, change: PartChange | None) -> None:
        self.text.show_stretches(change.stretches if change is not None else ())

    @classmethod
    def show_over(cls, versions: Sequence[ActVersion], parent: QWidget | None = None) -> None:
        """Show it and wait until it is closed."""
        dialog = cls(versions, parent)
        dialog.exec()
        dialog.deleteLater()
