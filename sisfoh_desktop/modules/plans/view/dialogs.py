"""The questions of the plans' page: a new plan, a copy, a reason."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.plans.rules import Plan, PlanState
from sisfoh_desktop.modules.plans.rules import writing as limits
from sisfoh_desktop.modules.plans.view.year_field import YearField
from sisfoh_desktop.qtkit.dialogs import FormDialog


@dataclass(frozen=True)
class CopyChoice:
    """How to copy a plan."""

    title: str
    year: int
    keep_figures: bool
    copy_matrix: bool


class NewPlanDialog(FormDialog):
    """Title and year of a plan to be prepared."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__("Nuevo plan de trabajo", primary="Crear el plan", parent=parent)
        self.form.long_text("title", "Título", required=True, max_length=limits.MAX_TITLE, rows=3)
        self.form.add("year", YearField())
        self.form.set_values({"year": year})
        self.form.jump_to("title")

    @classmethod
    def ask(cls, year: int, parent: QWidget | None = None) -> Plan | None:
        """A plan with this title and year, or None."""
        values = cls(year, parent).ask_values()
        if values is None:
            return None
        return Plan(title=str(values["title"]), year=int(str(values["year"])))


class CopyPlanDialog(FormDialog):
    """Last year's plan as a template."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__("Copiar el plan", primary="Copiar", parent=parent)
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

    @classmethod
    def ask(cls, plan: Plan, parent: QWidget | None = None) -> CopyChoice | None:
        """How to copy, or None."""
        values = cls(plan, parent).ask_values()
        if values is None:
            return None
        return CopyChoice(
            title=str(values["title"]),
            year=int(str(values["year"])),
            keep_figures=bool(values["keep_figures"]),
            copy_matrix=bool(values["copy_matrix"]),
        )


class ReasonDialog(FormDialog):
    """Why a plan changes its state by hand."""

    def __init__(self, state: PlanState, parent: QWidget | None = None) -> None:
        draft = state is PlanState.DRAFT
        super().__init__(
            "Devolver a borrador" if draft else "Cerrar el plan",
            primary="Devolver" if draft else "Cerrar el plan",
            parent=parent,
        )
        self.form.note(
            "El plan podrá editarse de nuevo. El motivo queda en el historial."
            if draft
            else "El plan quedará solo para consulta y para copiarlo. El motivo queda en el historial."
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=500, rows=3)
        self.form.jump_to("reason")

    @classmethod
    def ask(cls, state: PlanState, parent: QWidget | None = None) -> str | None:
        """The reason, or None."""
        values = cls(state, parent).ask_values()
        return None if values is None else str(values["reason"])
