"""The counts on which the cuadre rests: arqueos and files, the newest first."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.service import counting
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class CountsDialog(TaskDialog):
    """A list to look at; corrections are new counts."""

    usual_width = 860

    def __init__(self, desk: Desk, campaign_id: int, parent: QWidget | None = None) -> None:
        super().__init__("Arqueos y archivos de lo digitado", primary="Cerrar", wide=True, parent=parent)
        self.cancel_button.hide()
        self.list = RowTable(
            _columns(),
            name="Arqueos y archivos",
            noun=("conteo", "conteos"),
            empty_text="Todavía no hay arqueos ni archivos de lo digitado.",
        )
        self.list.setMinimumHeight(320)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list)
        self.set_body(body)
        desk.tasks.run_query(
            partial(counting.list_counts, desk.db, campaign_id), self.list.set_rows, owner=self
        )

    @classmethod
    def ask(cls, desk: Desk, campaign_id: int, parent: QWidget) -> None:
        dialog = cls(desk, campaign_id, parent)
        dialog.exec()
        dialog.deleteLater()


def _columns() -> list[Column]:
    return [
        Column("Día", lambda one: format_date(one.counted_on), lambda one: one.counted_on, "center", 92),
        Column("Clase", lambda one: one.kind.label, width=92),
        Column("Formulario", lambda one: one.type_code, width=96),
        Column("De quién", lambda one: one.holder_name or "Todos"),
        Column("Documento o archivo", lambda one: one.source),
        Column(
            "Cantidad", lambda one: format_number(one.form_count), lambda one: one.form_count, "right", 84
        ),
        Column("Estado", _state, width=112, tone=_tone),
        Column("Registró", lambda one: one.registered_by, width=96),
    ]


def _state(one: Any) -> str:
    return "Vale" if one.stands else "Reemplazado"


def _tone(one: Any) -> Any:
    return "ok" if one.stands else "dim"
