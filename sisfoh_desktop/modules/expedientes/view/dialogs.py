"""What heads an expediente."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import Expediente
from sisfoh_desktop.modules.plans.rules import PlanLine
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

TOUCHES = frozenset({"expedientes"})


class HeadingDialog(SavingDialog):
    """Opens an expediente, or changes what heads it; the choice are the values by name."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"date_in_future": "opened_on"}

    def __init__(
        self,
        desk: Desk,
        plans: Sequence[PlanLine],
        save: Save,
        expediente: Expediente | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            "Datos del expediente" if expediente else "Nuevo expediente",
            save,
            primary="Guardar" if expediente else "Abrir expediente",
            columns=2,
            parent=parent,
        )
        self.form.long_text("title", "Asunto", required=True, max_length=2_000, rows=2)
        self.form.text("code", "Código", max_length=100)
        self.form.text("registry", "Registro", max_length=100)
        choices = [(plan.id, plan.short_name or plan.title) for plan in plans]
        self.form.combo(
            "plan_id", "Plan de trabajo", choices, wide=True, hint="El que la resolución va a aprobar."
        )
        if expediente is None:
            self.form.date("opened_on", "Fecha de apertura", required=True)
            self.form.set_values({"opened_on": desk.clock.now().date()})
            if len(choices) == 1:
                self.form.set_values({"plan_id": choices[0][0]})
        else:
            self.fill(expediente)
            fresh = partial(service.load_expediente, desk.db, expediente.id)
            self.edits(expediente, f"expediente:{expediente.id}", "los datos del expediente", fresh)
        self.form.jump_to("title")

    def fill(self, expediente: Expediente) -> None:
        names = ("title", "code", "registry", "plan_id")
        self.form.set_values({name: getattr(expediente, name) for name in names})
