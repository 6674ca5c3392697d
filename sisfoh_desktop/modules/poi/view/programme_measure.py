"""A new unit of measure for the catalogue, asked for while an activity is being written."""

import uuid
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.modules.poi.rules.facts import MeasureUnit
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.page import Desk


class MeasureDialog(FormDialog):
    """Saves on the worker and stays open when refused; `name` is the unit added."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Agregar una unidad de medida", primary="Agregar", parent=parent)
        self.desk = desk
        self.name = ""
        self._token = str(uuid.uuid4())
        self.form.text("name", "Nombre", required=True, max_length=120)
        self.form.text("code", "Código de CEPLAN", max_length=20, hint="Si lo conoce")

    @classmethod
    def ask(cls, desk: Desk, parent: QWidget | None = None) -> str:
        """Show the dialog; the name of the unit added, or ""."""
        dialog = cls(desk, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.name if accepted else ""

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            return False
        measure = MeasureUnit(0, values["code"], values["name"])
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(
                plans.add_measure,
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                measure=measure,
                token=self._token,
            ),
            touches={"poi"},
            on_done=lambda _id: self._on_added(measure.name),
            on_error=self.refuse,
            owner=self,
        )
        return False

    def _on_added(self, name: str) -> None:
        self.name, self.values = name, {"name": name}
        self.accept()
