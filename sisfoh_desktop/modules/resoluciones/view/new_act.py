"""A new act: what it can be made from, the form that asks, and what its page does with the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from textwrap import shorten
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteLine
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Series, series_text
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import ActModelLine
from sisfoh_desktop.modules.resoluciones.view.changes import TOUCHES
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.qtkit.choice_fields import ComboField
from sisfoh_desktop.qtkit.dialogs import WIDEST
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import may_any
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

DRAFT = "resoluciones.draft"
_NO_MODEL, _NEW_SERIES = 0, -1
_COMBO_LETTERS = 72  # what a field of the widest dialog shows


@dataclass(frozen=True)
class NewChoices:
    """What a new act can be made from; `plans` and `matrices` name by expediente what goes with it.

    `newest` gives by expediente the newest act that it already has.
    """

    expedientes: tuple[ExpedienteLine, ...]
    series: tuple[Series, ...]
    plans: Mapping[int, str]
    matrices: Mapping[int, str]
    newest: Mapping[int, int] = field(default_factory=dict)
    models: tuple[ActModelLine, ...] = ()


@dataclass(frozen=True)
class NewAct:
    """The answer: from which expediente, in which series, of which date, after which model.

    `series_id` is None where the model's own series is still to be made.
    """

    expediente_id: int
    series_id: int | None
    dated: date
    model_id: int | None = None


class NewDialog(SavingDialog):
    """ "Nueva resolución": the expediente decides plan and matrix; the rest has its usual answer.

    The choice is a NewAct; `expediente_id` is chosen beforehand.
    """

    touches = TOUCHES

    def __init__(
        self,
        desk: Desk,
        choices: NewChoices,
        save: Save,
        parent: QWidget | None = None,
        *,
        expediente_id: int = 0,
    ) -> None:
        super().__init__(desk, "Nueva resolución", save, primary="Redactar", parent=parent)
        self.usual_width = WIDEST
        self._choices = choices
        self._year = desk.clock.now().year
        self.form.combo(
            "expediente_id",
            "Expediente",
            [(line.id, _expediente_text(line)) for line in choices.expedientes],
            required=True,
        )
        if choices.models:
            self.form.combo(
                "model_id",
                "Modelo",
                [
                    (_NO_MODEL, "Como el último acto de la serie"),
                    *((one.id, one.name) for one in choices.models),
                ],
                required=True,
                hint="Decide rótulos, cabezas de artículo, textos fijos y firmantes.",
            )
            self.form.fields["model_id"].changed.connect(self._on_model)
        self.form.combo("series_id", "Serie", self._series(None), required=True)
        self.form.date(
            "dated", "Fecha del acto", required=True, hint="Decide los nombres, cargos y normas vigentes."
        )
        self.form.group("Lo que sale del expediente")
        self.plan = self.form.note("")
        self.matrix = self.form.note("")
        self.documents = self.form.note("")
        asked = [line for line in choices.expedientes if line.id == expediente_id]
        free = [line for line in choices.expedientes if line.id not in choices.newest]
        first = next(iter([*asked, *free, *choices.expedientes]), None)
        self.form.set_values(
            {
                "expediente_id": first.id if first else None,
                "series_id": choices.series[0].id if choices.series else None,
                "dated": desk.clock.now().date(),
            }
        )
        if choices.models:
            self.form.set_values({"model_id": _NO_MODEL if choices.series else choices.models[0].id})
            self._on_model()
            self.form.mark_saved()
        self.form.fields["expediente_id"].changed.connect(self._tell)
        self._tell()

    def _series(self, model: ActModelLine | None) -> list[tuple[int, str]]:
        """The series to choose among; the model's own one is offered before it exists."""
        year = self._year
        found = [(one.id, series_text(one.title, one.mask, year)) for one in self._choices.series]
        if model is not None and all(one.mask != model.mask for one in self._choices.series):
            found.insert(0, (_NEW_SERIES, f"Nueva: {series_text(model.series_title, model.mask, year)}"))
        return found

    def _on_model(self) -> None:
        """The model brings its series along."""
        chosen = self.form.fields["model_id"].value()
        model = next((one for one in self._choices.models if one.id == chosen), None)
        series = self.form.fields["series_id"]
        assert isinstance(series, ComboField)
        series.set_options(self._series(model))
        if model is not None:
            own = next((one.id for one in self._choices.series if one.mask == model.mask), _NEW_SERIES)
            series.set_value(own)
        elif self._choices.series and series.value() in (None, _NEW_SERIES):
            series.set_value(self._choices.series[0].id)

    def _tell(self) -> None:
        chosen = self.form.fields["expediente_id"].value()
        line = next((one for one in self._choices.expedientes if one.id == chosen), None)
        if line is None:
            for label in (self.plan, self.matrix, self.documents):
                label.setText("")
            return
        plan = self._choices.plans.get(line.id, "")
        matrix = self._choices.matrices.get(line.id, "")
        self.plan.setText(f"Plan: {plan}" if plan else "Plan: ninguno; se elige en el expediente.")
        self.matrix.setText(
            f"Anexo N° 01: {matrix}" if matrix else "Anexo N° 01: sin matriz; se elige en el plan."
        )
        count = line.document_count
        self.documents.setText(
            f"VISTOS y considerandos se redactan con sus {count} documentos."
            if count > 1
            else "VISTOS y considerandos se redactan con su documento."
            if count
            else "El expediente no tiene documentos; registre primero los que sustentan el acto."
        )
        self.fit()

    def choice_from(self, values: dict[str, Any]) -> NewAct:
        chosen, series_id, dated = values["expediente_id"], values["series_id"], values["dated"]
        assert isinstance(chosen, int)
        assert isinstance(series_id, int)
        assert isinstance(dated, date)
        model_id = values.get("model_id")
        return NewAct(
            chosen,
            None if series_id == _NEW_SERIES else series_id,
            dated,
            model_id if isinstance(model_id, int) and model_id != _NO_MODEL else None,
        )


class NewActFlow(QObject):
    """Asks for a new act and drafts it. `open_asked` leads to the one drafted, or to the one that was there already."""

    open_asked = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, may_leave: Callable[[], bool]) -> None:
        super().__init__(over)
        self._desk, self._over, self._may_leave = desk, over, may_leave

    def ask(self) -> None:
        """A new act of any expediente."""
        self._with_choices(self._ask)

    def ask_of(self, expediente_id: int, on_view: int) -> None:
        """The act that the expediente already has, else a first one; `on_view` is the act that is open (0: none)."""
        self._with_choices(partial(self._on_asked_of, expediente_id, on_view))

    def _with_choices(self, then: "Callable[[NewChoices], object]") -> None:
        self._desk.tasks.run_query(partial(load_choices, self._desk.db), then, owner=self._over)

    def _on_asked_of(self, expediente_id: int, on_view: int, choices: NewChoices) -> None:
        known = choices.newest.get(expediente_id)
        if known is None and not may_any(self._desk.actor, DRAFT):
            Toast.show_over(self._over, "El expediente todavía no tiene resolución.")
        elif known is None:
            self._ask(choices, expediente_id)
        elif known != on_view and self._may_leave():
            self.open_asked.emit(known)
            Toast.show_over(self._over, "El expediente ya tiene esta resolución. Ctrl+N redacta otra.")

    def _ask(self, choices: NewChoices, expediente_id: int = 0) -> None:
        if not choices.expedientes:
            show_error(
                self._over,
                "Todavía no hay expedientes; no se creó nada. Registre uno con sus documentos en Expedientes.",
                "Falta el expediente",
            )
        elif self._may_leave():
            dialog = NewDialog(self._desk, choices, self._create, self._over, expediente_id=expediente_id)
            dialog.saved.connect(self._on_created)
            dialog.ask()

    def _create(self, answer: NewAct, token: str) -> tuple[int, tuple[str, ...]]:
        who = {"actor": self._desk.actor, "now": self._desk.clock.now()}
        return create_act(self._desk.db, answer, who, token)

    def _on_created(self, created: tuple[int, tuple[str, ...]]) -> None:
        resolucion_id, missing = created
        self.open_asked.emit(resolucion_id)
        told = (
            f" El modelo pide la firma de {', '.join(missing)}, que Oficina no tiene en esa fecha."
            if missing
            else ""
        )
        Toast.show_over(self._over, f"Se redactó el borrador con los documentos del expediente.{told}")


def load_choices(db: Any) -> NewChoices:
    """What a new act can be made from."""
    lines = tuple(expedientes.list_expedientes(db))
    plan_titles, matrix_titles = {}, {}
    known = {line.id: line.title for line in responsibilities.list_matrices(db)}
    for line in lines:
        if line.plan_id is None:
            continue
        plan = plans.load_plan(db, line.plan_id)
        plan_titles[line.id] = plan.title
        if plan.matrix_id is not None:
            matrix_titles[line.id] = known.get(plan.matrix_id, "")
    newest: dict[int, int] = {}
    for act in service.list_resoluciones(db):
        newest.setdefault(act.expediente_id, act.id)
    models = tuple(service.list_models(db, with_retired=False))
    return NewChoices(lines, tuple(papers.list_series(db)), plan_titles, matrix_titles, newest, models)


def create_act(db: Any, answer: NewAct, who: Mapping[str, Any], token: str) -> tuple[int, tuple[str, ...]]:
    """Draft what was asked, its series first where it is still to be made; the id, and units that could not sign."""
    series_id = answer.series_id
    missing: tuple[str, ...] = ()
    if answer.model_id is not None:
        missing = service.model_use(db, answer.model_id, answer.dated).missing
        if series_id is None:
            series_id = service.series_for_model(db, **who, model_id=answer.model_id)
    assert series_id is not None
    created = service.create_resolucion(
        db,
        **who,
        expediente_id=answer.expediente_id,
        series_id=series_id,
        dated=answer.dated,
        model_id=answer.model_id,
        token=token,
    )
    return created, missing


def _expediente_text(line: ExpedienteLine) -> str:
    known = line.code or line.registry or format_date(line.opened_on)
    return shorten(f"{known}  {line.title}", _COMBO_LETTERS, placeholder="…")
