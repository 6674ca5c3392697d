"""A field of units to tick; Space ticks, letters jump. Its value is the tuple of ids in the order of the list."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.qtkit.fields import Field
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import theme

_ROWS, _ROW_HEIGHT = 5, 26


class UnitChecklist(Field):
    """Units with a box each; at least one must be ticked."""

    editor: QListWidget

    def __init__(self, label: str, units: Sequence[Unit]) -> None:
        super().__init__(
            label, QListWidget(), required=True, hint="Marque una o varias con la barra espaciadora."
        )
        for unit in units:
            item = QListWidgetItem(f"{unit.siglas} – {unit.name}" if unit.siglas else unit.name)
            item.setData(Qt.ItemDataRole.UserRole, unit.id)
            item.setToolTip(plain_tip(unit.name))
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme().px(_ROW_HEIGHT)))  # Qt would leave the boxes touching
            self.editor.addItem(item)
        self.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.editor.setMinimumHeight(theme().px(_ROW_HEIGHT) * _ROWS)
        self.editor.setMaximumHeight(theme().px(_ROW_HEIGHT) * _ROWS + 8)
        if units:
            self.editor.setCurrentRow(0)
        self.editor.itemChanged.connect(self._on_ticked)

    def raw(self) -> tuple[int, ...]:
        items = (self.editor.item(row) for row in range(self.editor.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def value(self) -> tuple[int, ...]:
        return self.raw()

    def is_empty(self) -> bool:
        return not self.raw()

    def set_value(self, value: Sequence[int] | None) -> None:
        wanted = set(value or ())
        for row in range(self.editor.count()):
            item = self.editor.item(row)
            ticked = item.data(Qt.ItemDataRole.UserRole) in wanted
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _on_ticked(self) -> None:
        many = len(self.raw())
        self.counter.setText("" if not many else "1 unidad" if many == 1 else f"{many} unidades")
        self.changed.emit()
