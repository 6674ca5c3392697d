"""Where a matrix starts from, and rows that the directive's model has and a matrix lacks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import DutyModel, MatrixLine, ModelUnit
from sisfoh_desktop.qtkit.choice_fields import ComboField
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.fields import LongTextField

_DIRECTIVE = 0  # no matrix has this id
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Start:
    """The new matrix's title, the earlier matrix to copy (0: the directive's model), the model's optional rows."""

    title: str
    source_id: int = _DIRECTIVE
    roles: tuple[str, ...] = ()


class StartDialog(FormDialog):
    """From the directive's model or from an earlier matrix; a title with a year is offered with this one's."""

    def __init__(
        self, model: DutyModel, lines: Sequence[MatrixLine], year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("Crear la matriz", primary="Crear la matriz", parent=parent)
        self._model, self._lines, self._year = model, lines, year
        choices = [(_DIRECTIVE, f"La directiva: {model.title}"), *((line.id, line.title) for line in lines)]
        self.source: ComboField = self.form.combo("source", "A partir de", choices, required=True)
        self.title: LongTextField = self.form.long_text(
            "title", "Título del plan", required=True, max_length=rules.MAX_TITLE, rows=2
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

    def start(self) -> Start:
        """What was chosen."""
        values = cast("dict[str, object]", self.values)
        source = cast(int, values["source"])
        optional = [role for role in self._checks if values[role]] if source == _DIRECTIVE else []
        always = [unit.role for unit in self._model.units if not unit.optional]
        return Start(str(values["title"]), source, (*always, *optional))

    @classmethod
    def ask(
        cls, model: DutyModel, lines: Sequence[MatrixLine], year: int, parent: QWidget | None = None
    ) -> Start | None:
        """What to create, or None."""
        dialog = cls(model, lines, year, parent)
        return dialog.start() if dialog.exec() else None


class MissingUnitsDialog(FormDialog):
    """Rows of the model that the matrix lacks, each to be taken or not."""

    def __init__(self, rows: Sequence[ModelUnit], parent: QWidget | None = None) -> None:
        super().__init__("Unidades que faltan", primary="Agregar", parent=parent)
        self.form.note(
            "El modelo de la directiva las propone y esta matriz no las tiene. Se agregan al final."
        )
        for row in rows:
            told = row.note or "; ".join(duty.text for duty in row.duties)[:160]
            self.form.check(row.role, row.name, hint=told)

    @classmethod
    def ask(cls, rows: Sequence[ModelUnit], parent: QWidget | None = None) -> tuple[str, ...] | None:
        """The roles to take, or None."""
        values = cls(rows, parent).ask_values()
        return None if values is None else tuple(role for role, taken in values.items() if taken)
