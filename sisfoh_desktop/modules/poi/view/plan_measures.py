"""The catalogue of units of measure in a dialog: looked up, added, renamed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.modules.poi.rules.facts import MeasureUnit
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view.plan_dialogs import MeasureDialog
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme


class MeasuresDialog(TaskDialog):
    """What activities count in. Enter edits the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Unidades de medida", primary="Editar", cancel="Cerrar", parent=parent)
        self.desk = desk
        self.list = RowTable(
            [
                Column("Nombre", lambda one: one.name),
                Column("Código de CEPLAN", lambda one: one.code or "—", width=152),
            ],
            name="Unidades de medida",
            noun=("unidad de medida", "unidades de medida"),
            empty_text="El catálogo está vacío: se llena al importar un POI o agregándolas aquí.",
            empty_button="Nueva unidad de medida…",
            on_empty=self._new,
        )
        self.list.setMinimumSize(QSize(theme().px(432), theme().px(360)))
        self.list.activated.connect(lambda _fact: self.try_submit())
        self.list.selection_changed.connect(lambda _fact: self._refresh())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.set_body(body)
        self.add_button("Nueva…", self._new)
        self._refresh()
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.setFocus()

    def reload(self) -> None:
        desk = self.desk
        desk.tasks.run_query(lambda: plans.list_measures(desk.db), self._on_loaded, owner=self)

    def submit(self) -> bool:
        measure: MeasureUnit | None = self.list.selected()
        if measure is not None and MeasureDialog(self.desk, measure, self).ask() is not None:
            self.reload()
        return False

    def _new(self) -> None:
        if MeasureDialog(self.desk, None, self).ask() is not None:
            self.reload()

    def _on_loaded(self, measures: Sequence[MeasureUnit]) -> None:
        self.list.set_rows(measures)
        if measures and self.list.selected() is None:
            self.list.view.select_row(0)
        self._refresh()

    def _refresh(self) -> None:
        self.primary_button.setEnabled(self.list.selected() is not None)
