"""The preview of a paste: what would change, old and new, and what cannot be pasted and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.grid_model import GridModel
from sisfoh_desktop.qtkit.grid_paste import PastePlan, planned_changes
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

_WIDE, _HIGH = 690, 320


class PasteDialog(TaskDialog):
    """Shows a plan; accepted, the caller applies it."""

    def __init__(self, model: GridModel, plan: PastePlan, parent: QWidget | None = None) -> None:
        doable = bool(plan.columns)
        super().__init__(
            "Revisar antes de pegar",
            primary=f"Pegar {counted(plan.cells, 'celda', 'celdas')}" if doable else "Entendido",
            parent=parent,
            wide=True,
        )
        self.cancel_button.setVisible(doable)
        self.changes = RowTable(
            [
                Column("Fila", lambda one: one.row_name),
                Column("Columna", lambda one: one.column_name, width=140),
                Column("Antes", lambda one: one.before or "en blanco", align="right", width=130),
                Column("Después", lambda one: one.after or "en blanco", align="right", width=130),
            ],
            key=id,
            name="Celdas que cambian",
            noun=("celda cambia", "celdas cambian"),
            empty_text="Nada cambiaría: lo copiado es igual a lo que hay, o no se puede pegar.",
        )
        self.changes.set_rows(planned_changes(model, plan.changes))
        self.refusals = RowTable(
            [
                Column("Fila", lambda one: one.row_name, width=190),
                Column("Columna", lambda one: one.column_name, width=90),
                Column("Copiado", lambda one: one.text, width=110),
                Column("Por qué no se pega", lambda one: one.reason),
            ],
            key=id,
            name="Celdas que no se pegan",
            noun=("celda no se pega", "celdas no se pegan"),
            empty_text="Todas las celdas copiadas se pueden pegar.",
        )
        self.refusals.set_rows(plan.rejected)
        self.lists = QTabWidget()
        self.lists.setDocumentMode(True)
        self.lists.setAccessibleName("Listas de la revisión")
        self.lists.tabBar().setAccessibleName("Listas de la revisión")
        self.lists.addTab(self.changes, f"Ca&mbian ({format_number(plan.cells)})")
        refused = max(plan.outside, 0) + sum(1 for one in plan.rejected if not _is_outside(one.row_name))
        self.lists.addTab(self.refusals, f"&No se pegan ({format_number(refused)})")
        if plan.rejected and not doable:
            self.lists.setCurrentIndex(1)
        self.summary = QLabel(_summary(plan, refused))
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.summary)
        inside.addWidget(self.lists, 1)
        self.lists.setMinimumSize(theme().px(_WIDE), theme().px(_HIGH))
        self.set_body(body)
        self._doable = doable

    def submit(self) -> bool:
        if not self._doable:
            self.reject()
        return self._doable

    @classmethod
    def ask(cls, model: GridModel, plan: PastePlan, parent: QWidget | None = None) -> bool:
        """Show the plan; whether to apply it."""
        dialog = cls(model, plan, parent)
        answer = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return answer


def _is_outside(row_name: str) -> bool:
    return row_name.endswith("de lo copiado")


def _summary(plan: PastePlan, refused: int) -> str:
    """`Cambian 46 celdas; 2 no se pueden pegar y quedan como estaban; 12 ya eran iguales.`"""
    parts = []
    if plan.cells:
        parts.append(f"{'Cambia' if plan.cells == 1 else 'Cambian'} {counted(plan.cells, 'celda', 'celdas')}")
    if refused:
        parts.append(
            f"{counted(refused, 'celda copiada', 'celdas copiadas')} no se "
            f"{'puede pegar: su lugar queda' if refused == 1 else 'pueden pegar: sus lugares quedan'} como estaba"
            f"{'' if refused == 1 else 'n'}"
        )
    if plan.unchanged:
        parts.append(f"{counted(plan.unchanged, 'ya era igual', 'ya eran iguales')}")
    said = "; ".join(parts)
    heads = " La primera línea copiada son los encabezados y no se pega." if plan.heads_dropped else ""
    return f"{said[:1].upper()}{said[1:]}.{heads}" if said else f"No hay nada que pegar.{heads}"
