"""Where a matrix starts from, and rows that the directive's model has and a matrix lacks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import DutyModel, MatrixLine, ModelUnit
from sisfoh_desktop.modules.responsibilities.view.dialogs import TOUCHES
from sisfoh_desktop.qtkit.choice_fields import ComboField
from sisfoh_desktop.qtkit.fields import LongTextField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

_DIRECTIVE = 0  # no matrix has this id
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Start:
    """The new matrix's title, the earlier matrix to copy (0: the directive's model), the model's optional rows."""

    title: str
    source_id: int = _DIRECTIVE
    roles: tuple[str, ...] = ()


class StartDialog(SavingDialog):
    """From the directive's model or from an earlier matrix; a title with a year is offered with this one's.

    The choice is a Start.
    """

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "title", "text_too_long": "title"}

    def __init__(
        self,
        desk: Desk,
        model: DutyModel,
        lines: Sequence[MatrixLine],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, "Crear la matriz", save, primary="Crear la matriz", parent=parent)
        self._model, self._lines, self._year = model, lines, desk.clock.now().year
        choices = [(_DIRECTIVE, f"La directiva: {model.title}"), *((line.id, line.title) for line in lines)]
        self.source: ComboField = self.form.combo("source", "A partir de", choices, required=True)
        self.title: LongTextField = self.form.long_text(
            "title", "Título del plan", required=True, max_length=rules.MAX_TITLE, rows=3
        )
        self.told = self.form.note("")
        self.form.group("Unidades que el anexo de la directiva no trae")
        self._checks = {
            unit.role: self.form.check(unit.role, unit.name, hint=unit.note)
            for unit in model.units
            if unit.optional
        }
        newest = lines[0].id if lines else _DIRECTIVE
        self.source.changed.connect(self._on_source_changed)
        self.form.set_values({"source": newest})
        self._on_source_changed()
        self.form.mark_saved()

    def _on_source_changed(self) -> None:
        source = self.source.value()
        directive = source == _DIRECTIVE
        line = next((one for one in self._lines if one.id == source), None)
        if line is not None:
            self.title.set_value(_YEAR.sub(str(self._year), line.title))
            self.told.setText(
                "Las mismas unidades y funciones; estados, fechas y evidencia empiezan de nuevo."
            )
        else:
            self.told.setText(
                f"Fuente: {self._model.source} ({self._model.trust.lower()}). Revise cada función."
            )
        for check in self._checks.values():
            check.setEnabled(directive)

    def choice_from(self, values: dict[str, Any]) -> Start:
        source: int = values["source"]
        optional = [role for role in self._checks if values[role]] if source == _DIRECTIVE else []
        always = [unit.role for unit in self._model.units if not unit.optional]
        return Start(str(values["title"]), source, (*always, *optional))


class MissingUnitsDialog(SavingDialog):
    """Rows of the model that the matrix lacks, each to be taken or not; the choice are the roles to take."""

    touches = TOUCHES

    def __init__(
        self, desk: Desk, rows: Sequence[ModelUnit], save: Save, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "Unidades que faltan", save, primary="Agregar", parent=parent)
        self.form.note(
            "El modelo de la directiva las propone y esta matriz no las tiene. Se agregan al final."
        )
        for row in rows:
            told = row.note or "; ".join(duty.text for duty in row.duties)[:160]
            self.form.check(row.role, row.name, hint=told)

    def choice_from(self, values: dict[str, Any]) -> tuple[str, ...]:
        roles = tuple(role for role, taken in values.items() if taken)
        if not roles:
            raise RuleError("units_missing", "Marque al menos una unidad; todavía no se agregó ninguna.")
        return roles
