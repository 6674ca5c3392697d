"""The tab "Datos": what the plan is, its goal and money, who answers for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.drafts import DraftField
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.office.service.places import PlaceFinder
from sisfoh_desktop.modules.plans.rules import ZERO, Plan
from sisfoh_desktop.modules.plans.rules import writing as limits
from sisfoh_desktop.modules.plans.view.year_field import YearField
from sisfoh_desktop.modules.responsibilities.rules import MatrixLine
from sisfoh_desktop.qtkit.forms import ComboField, Field, Form
from sisfoh_desktop.qtkit.look_up_field import LookUpField

_EMPTY: dict[str, Any] = {"amount": ZERO, "households": 0, "estimated_households": 0}


class DataTab(QWidget):
    """The plan's own values in a form; `edited` after every readable change."""

    edited = Signal()

    def __init__(self, clock: Clock, *, may_edit: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_edit = may_edit
        self._plan: Plan | None = None
        self._stored_words: dict[str, str] = {}
        self.form = Form(columns=2, clock=clock)
        self._build_form()
        self.form.changed.connect(self._on_changed)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("ground", "surface")
        body = QWidget()
        body.setProperty("ground", "surface")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(2, 12, 12, 12)
        inner.addWidget(self.form)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _build_form(self) -> None:
        form = self.form
        form.text("title", "Título", required=True, max_length=limits.MAX_TITLE, wide=True)
        form.text("short_name", "Nombre corto", max_length=limits.MAX_SHORT_NAME)
        form.text("campaign", "Campaña", max_length=limits.MAX_LINE)
        form.group("Meta y recursos")
        form.add("year", YearField())
        form.amount("amount", "Monto asignado")
        form.number("households", "Meta de hogares", maximum=limits.MAX_COUNT)
        form.number("estimated_households", "Hogares que estima la directiva", maximum=limits.MAX_COUNT)
        form.date("starts", "Inicio del plazo")
        form.date("ends", "Fin del plazo")
        form.text("district", "Distrito", max_length=limits.MAX_LINE)
        self._finder = PlaceFinder()
        ubigeo = LookUpField(
            "Ubigeo (INEI)", offer=self._finder.offer, tell=self._finder.tell, max_length=limits.MAX_CODE
        )
        form.add("ubigeo", ubigeo)
        ubigeo.chosen.connect(self._on_place)
        form.text("annex_code", "Código en el anexo de la directiva", max_length=limits.MAX_CODE)
        form.long_text("objective", "Objetivo", max_length=limits.MAX_OBJECTIVE, rows=3)
        form.group("Responsables")
        form.combo("unit_id", "Unidad que propone el plan")
        form.text("executing_unit", "Unidad que lo ejecuta", max_length=limits.MAX_LINE)
        form.text("cost_centre", "Centro de costo", max_length=limits.MAX_LINE)
        form.combo("matrix_id", "Matriz de responsabilidades")
        form.text("prepared_by", "Elaborado por", max_length=limits.MAX_LINE)
        form.text("reviewed_by", "Revisado por", max_length=limits.MAX_LINE)

    # -- for the record --------------------------------------------------------------------------------

    def set_choices(self, units: Sequence[Unit], matrices: Sequence[MatrixLine], plan: Plan) -> None:
        """Offer the office's units of today and its matrices; the plan's own unit even when it ended."""
        choices: list[tuple[int, str]] = [(unit.id, unit.name) for unit in units]
        if plan.unit_id is not None and plan.unit_id not in dict(choices):
            choices.append((plan.unit_id, "Unidad que ya no está vigente"))
        self._combo("unit_id").set_options(choices)
        self._combo("matrix_id").set_options(
            [(line.id, f"{line.title} ({line.state.label.lower()})") for line in matrices]
        )

    def show_plan(self, plan: Plan) -> None:
        """Fill the form; it is only read when the plan cannot be edited."""
        self._plan = None  # filling it is no edit
        values = {name: getattr(plan, name) for name in self.form.fields}
        self.form.set_values(
            {name: None if name in _EMPTY and not value else value for name, value in values.items()}
        )
        for field in self.form.fields.values():
            field.set_read_only(not (plan.can_edit and self._may_edit))
        self._plan = plan

    def with_values(self, plan: Plan) -> Plan:
        """`plan` with what stands in the form; a field that cannot be read keeps the plan's value."""
        values: dict[str, Any] = {}
        for name, field in self.form.fields.items():
            try:
                value = field.value()
            except RuleError:
                continue
            values[name] = _EMPTY[name] if value is None and name in _EMPTY else value
        if values.get("year") is None:
            values.pop("year", None)
        return replace(plan, **values)

    def check(self) -> bool:
        """Whether every field can be read; shows what is wrong and moves there."""
        return self.form.checked() is not None

    def has_unreadable(self) -> bool:
        """Whether something typed cannot be read yet, so that it is not in the plan."""
        return any(_is_unreadable(field) for field in self.form.fields.values())

    def mark_stored(self) -> None:
        """What stands in the form is what the base has."""
        self._stored_words = {name: field.as_read() for name, field in self.form.fields.items()}

    def unsaved(self, stored: Plan) -> list[DraftField]:
        """The fields that say something else than `stored`, also what cannot be read yet."""
        plan = self.with_values(stored)
        found = []
        for name, field in self.form.fields.items():
            typed, before, after = field.typed(), self._stored_words.get(name, ""), field.as_read()
            another = getattr(plan, name) != getattr(stored, name) or _is_unreadable(field)
            if another and typed is not None and after != before:
                found.append(DraftField(name, field.title, before, after, typed))
        return found

    def type_again(self, kept: Iterable[DraftField]) -> None:
        """Put back what `unsaved` gave; what is of no field here changes nothing."""
        for one in kept:
            field = self.form.fields.get(one.name)
            if field is not None and isinstance(one.typed, type(field.typed())):
                field.type_again(one.typed)

    # -- inside ----------------------------------------------------------------------------------------

    def _on_place(self, code: str) -> None:
        """The place looked up gives the district's name, unless it is written already."""
        place, district = self._finder.at(code), self.form.fields["district"]
        if place is not None and district.is_empty():
            district.set_value(place.names[0])

    def _combo(self, name: str) -> ComboField:
        field = self.form.fields[name]
        assert isinstance(field, ComboField)
        return field

    def _on_changed(self) -> None:
        if self._plan is not None:
            self.edited.emit()


def _is_unreadable(field: Field) -> bool:
    try:
        field.checked_value()
    except RuleError:
        return True
    return False
