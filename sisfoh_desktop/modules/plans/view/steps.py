"""The one thing to do now in Planes: with the list on view, and with a plan opened."""

from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.plans.rules import Plan, PlanState, Severity
from sisfoh_desktop.modules.plans.view.review_tab import WHERE_WORDS
from sisfoh_desktop.qtkit.page import NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import step_for

if TYPE_CHECKING:
    from sisfoh_desktop.modules.plans.view.page import PlansPage

RIGHT = "plans.edit"


def step_in_list(page: "PlansPage") -> NextStep:
    """With the list on view."""
    line = page.chosen()
    if line is None:
        step = NextStep(
            "Prepare el plan de trabajo",
            "Con él se aprueba la resolución: su meta, su plazo, su presupuesto y sus actividades.",
            "Nuevo plan",
            run=page.new_action.trigger,
        )
        return step_for(page.desk.actor, RIGHT, step)
    return NextStep(
        line.short_name or line.title,
        f"Asignado: {format_amount(line.amount)} para {format_number(line.households)} hogares.",
        "Abrir el plan",
        run=page.open_action.trigger,
    )


def step_in_record(page: "PlansPage", plan: Plan) -> NextStep:
    """With a plan opened, as it stands on screen."""
    if page.record.is_modified():
        return NextStep(
            "Guarde los cambios", "Lo editado todavía no está guardado.", "Guardar el plan", run=page.save
        )
    if plan.held_by:
        return NextStep(
            f"Congelado en la {plan.held_by}",
            "No se cambia hasta que firme su autor; para corregirlo, anule la versión congelada.",
            "Ir a Resoluciones",
            run=partial(page.open_record.emit, "resoluciones", 0),
        )
    if plan.state is PlanState.DRAFT:
        for finding in page.record.findings:
            if finding.severity is Severity.BLOCKS:
                step = NextStep(
                    f"Corrija: {WHERE_WORDS[finding.where]}",
                    finding.text,
                    "Ir a corregir",
                    run=partial(page.record.show_tab, finding.where),
                )
                return step_for(page.desk.actor, RIGHT, step)
        if plan.matrix_id is None:
            return NextStep(
                "Falta la matriz",
                "Sin matriz la resolución no tendrá Anexo N° 01. Prepárela y elíjala en la pestaña Datos.",
                "Ir a Matriz",
                run=partial(page.open_record.emit, "responsibilities", 0),
            )
        return NextStep(
            "El plan cuadra",
            "Puede prepararse la resolución que lo aprueba.",
            "Ir a Resoluciones",
            run=partial(page.open_record.emit, "resoluciones", 0),
        )
    step = NextStep(
        f"Plan {plan.state.label.lower()}",
        f"{plan.approved_by or 'Solo se consulta'}. Cópielo para preparar el siguiente.",
        "Copiar plan",
        run=page.copy_action.trigger,
    )
    return step_for(page.desk.actor, RIGHT, step)
