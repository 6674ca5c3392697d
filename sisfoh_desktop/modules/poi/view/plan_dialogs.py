"""The forms of a plan: a new POI, a unit of measure, the days by which its months close.

They save on the worker and stay open when refused: what was typed is never lost, and pressed twice stores once.
The semaphore is in plan_semaphore.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, MeasureUnit, MonthState, PoiPlan
from sisfoh_desktop.modules.poi.rules.plans import parse_year
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

TOUCHES = frozenset({"poi"})


def saver(desk: Desk, verb: Callable[..., Any], argument: str, **options: Any) -> Save:
    """A change of the service as a dialog asks for it: `verb(db, actor, now, token, argument=…)`."""
    db, actor, clock = desk.db, desk.actor, desk.clock

    def save(chosen: Any, token: str) -> Any:
        return verb(db, actor=actor, now=clock.now(), token=token, **{argument: chosen}, **options)

    return save


class NewPlanDialog(SavingDialog):
    """The POI of a year. Its `answer` is the id of the one that was made."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {
        "plan_exists": "year",
        "year_invalid": "year",
        "text_too_long": "title",
    }

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, year: int = 0) -> None:
        super().__init__(desk, "Nuevo POI", self._add, primary="Crear el POI", parent=parent)
        form = self.form
        form.text("year", "Año", required=True, max_length=20)
        form.text(
            "title",
            "Nombre que se imprime",
            max_length=200,
            placeholder="Plan Operativo Institucional",
            hint="Vacío: «Plan Operativo Institucional» y el año",
        )
        form.note(
            "Empieza como borrador del POI aprobado, sin actividades: impórtelas de su Excel o escríbalas en "
            "«Programación», y apruébelo después con su resolución. El semáforo, las tolerancias y los días de "
            "cierre (el 20 del mes siguiente) vienen propuestos y se corrigen en «Versiones»."
        )
        form.set_values({"year": str(year or desk.clock.now().year)})
        form.mark_saved()

    def choice_from(self, values: dict[str, Any]) -> tuple[int, str]:
        return parse_year(values["year"]), values["title"]

    def _add(self, choice: tuple[int, str], token: str) -> int:
        desk = self.desk
        year, title = choice
        return plans.add_plan(
            desk.db, actor=desk.actor, now=desk.clock.now(), year=year, title=title, token=token
        )


class MeasureDialog(SavingDialog):
    """A unit of measure of the catalogue."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {
        "measure_exists": "name",
        "text_missing": "name",
        "measure_code_taken": "code",
    }

    def __init__(self, desk: Desk, measure: MeasureUnit | None, parent: QWidget | None = None) -> None:
        verb = plans.add_measure if measure is None else plans.save_measure
        title = "Nueva unidad de medida" if measure is None else f"Editar «{measure.name[:40]}»"
        super().__init__(desk, title, saver(desk, verb, "measure"), parent=parent)
        self._measure = measure or MeasureUnit(0, "", "")
        self.form.text("name", "Nombre", required=True, max_length=120, placeholder="Persona atendida")
        self.form.text("code", "Código de CEPLAN", max_length=20, hint="Vacío si no se conoce")
        if measure is not None:
            self.form.note(
                "Todas las actividades que la usan, también en versiones aprobadas, dirán el nombre nuevo."
            )
        self.fill(self._measure)
        if measure is not None:
            fresh = partial(_stored_measure, desk.db, measure.id)
            what = f"la unidad de medida «{measure.name[:40]}»"
            self.edits(measure, f"poi_measure:{measure.id}", what, fresh)

    def fill(self, measure: MeasureUnit) -> None:
        self._measure = measure
        self.form.set_values({"name": measure.name, "code": measure.code})

    def choice_from(self, values: dict[str, Any]) -> MeasureUnit:
        return replace(self._measure, name=values["name"], code=values["code"])


class DueDatesDialog(SavingDialog):
    """By when each month of a plan should be closed."""

    touches = TOUCHES

    def __init__(
        self, desk: Desk, plan: PoiPlan, months: Sequence[MonthState], parent: QWidget | None = None
    ) -> None:
        save = saver(desk, plans.save_dues, "months")
        super().__init__(desk, f"Días de cierre del POI {plan.year}", save, columns=2, parent=parent)
        self._months = tuple(months)
        self.form.note(
            "Hasta ese día se registra lo ejecutado en el mes y se cierra; después figura como vencido. La regla "
            f"general es el 20 del mes siguiente ({plans.proposal().due_norm})."
        )
        for month in self._months:
            name = MONTH_NAMES[month.month - 1].capitalize()
            self.form.date(_field(month), f"{name} (cerrado)" if month.closed else name, required=True)
        self.form.set_values({_field(month): month.due_on for month in self._months})
        self.form.mark_saved()

    def choice_from(self, values: dict[str, Any]) -> list[MonthState]:
        wanted = [replace(month, due_on=values[_field(month)]) for month in self._months]
        return [one for one, before in zip(wanted, self._months, strict=True) if one != before]


def _stored_measure(db: Any, measure_id: int) -> MeasureUnit:
    """The unit of measure as the base has it now; RuleError `measure_gone`. Runs on the worker."""
    found = next((one for one in plans.list_measures(db) if one.id == measure_id), None)
    if found is None:
        raise RuleError(
            "measure_gone",
            "Otra persona quitó esta unidad de medida; lo suyo no se guardó. Cierre esta ventana y créela de nuevo.",
        )
    return found


def _field(month: MonthState) -> str:
    return f"month_{month.month}"
