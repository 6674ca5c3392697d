"""The small questions of the page: what heads an expediente, and reasons."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.modules.expedientes.rules import Expediente
from sisfoh_desktop.modules.plans.rules import PlanLine
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog


class HeadingDialog(SavingDialog):
    """Opens an expediente, or changes what heads it."""

    field_by_code: ClassVar[Mapping[str, str]] = {"date_in_future": "opened_on"}

    def __init__(
        self,
        plans: Sequence[PlanLine],
        clock: Clock,
        expediente: Expediente | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Datos del expediente" if expediente else "Nuevo expediente",
            primary="Guardar" if expediente else "Abrir expediente",
            columns=2,
            parent=parent,
            clock=clock,
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
            self.form.set_values({"opened_on": clock.now().date()})
            if len(choices) == 1:
                self.form.set_values({"plan_id": choices[0][0]})
        else:
            self.fill(expediente)
        self.form.jump_to("title")

    def fill(self, expediente: Expediente) -> None:
        names = ("title", "code", "registry", "plan_id")
        self.form.set_values({name: getattr(expediente, name) for name in names})


class ReasonDialog(FormDialog):
    """Asks why, before something that the trail must explain."""

    def __init__(self, title: str, verb: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(title, primary=verb, parent=parent)
        self.form.note(note)
        self.form.long_text("reason", "Motivo", required=True, max_length=500, rows=3)
        self.form.jump_to("reason")

    @classmethod
    def ask(cls, title: str, verb: str, note: str, parent: QWidget | None = None) -> str | None:
        """The reason, or None."""
        values = cls(title, verb, note, parent).ask_values()
        return None if values is None else str(values["reason"])
