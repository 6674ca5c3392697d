"""The questions of the plans' page: a new plan, a copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.modules.plans.rules import writing as limits
from sisfoh_desktop.modules.plans.view.year_field import YearField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

TOUCHES = frozenset({"plans", "responsibilities"})
_TITLE_CODES = {"text_missing": "title", "text_too_long": "title", "year_invalid": "year"}


@dataclass(frozen=True)
class CopyChoice:
    """How to copy a plan."""

    title: str
    year: int
    keep_figures: bool
    copy_matrix: bool


class NewPlanDialog(SavingDialog):
    """Title and year of a plan to be prepared; the choice is the plan."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = _TITLE_CODES

    def __init__(self, desk: Desk, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Nuevo plan de trabajo", save, primary="Crear el plan", parent=parent)
        self.form.long_text("title", "Título", required=True, max_length=limits.MAX_TITLE, rows=3)
        self.form.add("year", YearField())
        self.form.set_values({"year": desk.clock.now().year})
        self.form.jump_to("title")

    def choice_from(self, values: dict[str, Any]) -> Plan:
        return Plan(title=str(values["title"]), year=int(str(values["year"])))


class CopyPlanDialog(SavingDialog):
    """Last year's plan as a template; the choice is a CopyChoice."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = _TITLE_CODES

    def __init__(self, desk: Desk, plan: Plan, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "Copiar el plan", save, primary="Copiar", subject=f"plan:{plan.id}", parent=parent
        )
        year = plan.year + 1
        self.form.note("La copia es un borrador; las fechas pasan al nuevo año.")
        self.form.long_text("title", "Título", required=True, max_length=limits.MAX_TITLE, rows=3)
        self.form.add("year", YearField())
        self.form.check("copy_matrix", "Copiar también su matriz de responsabilidades")
        self.form.check(
            "keep_figures",
            "Conservar montos, hogares y metas",
            hint="Si no los conserva empiezan en cero, para que nadie apruebe los del año anterior.",
        )
        self.form.set_values(
            {
                "title": plan.title.replace(str(plan.year), str(year)),
                "year": year,
                "copy_matrix": plan.matrix_id is not None,
            }
        )
        self.form.jump_to("title")

    def choice_from(self, values: dict[str, Any]) -> CopyChoice:
        return CopyChoice(
            title=str(values["title"]),
            year=int(str(values["year"])),
            keep_figures=bool(values["keep_figures"]),
            copy_matrix=bool(values["copy_matrix"]),
        )
