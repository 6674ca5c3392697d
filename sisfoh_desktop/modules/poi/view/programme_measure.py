"""A new unit of measure for the catalogue, asked for while an activity is being written."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.poi.rules.facts import MeasureUnit
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.view.plan_dialogs import TOUCHES, saver
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog


class MeasureDialog(SavingDialog):
    """The choice is the unit added."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"measure_exists": "name", "measure_code_taken": "code"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Agregar una unidad de medida",
            saver(desk, plans.add_measure, "measure"),
            primary="Agregar",
            parent=parent,
        )
        self.form.text("name", "Nombre", required=True, max_length=120)
        self.form.text("code", "Código de CEPLAN", max_length=20, hint="Si lo conoce")

    def choice_from(self, values: dict[str, Any]) -> MeasureUnit:
        return MeasureUnit(0, values["code"], values["name"])
