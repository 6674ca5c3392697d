"""The questions of the matrix's page: its heading, a unit's row, a copy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Matrix, MatrixUnit
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

TOUCHES = frozenset({"responsibilities"})


class HeadingDialog(SavingDialog):
    """What stands above the table of Anexo N° 01; the choice is the matrix with it."""

    touches = TOUCHES

    def __init__(self, desk: Desk, matrix: Matrix, save: Save, parent: QWidget | None = None) -> None:
        known = bool(matrix.id)
        super().__init__(
            desk,
            "Encabezado del anexo" if known else "Nueva matriz",
            save,
            primary="Guardar" if known else "Crear la matriz",
            parent=parent,
        )
        self.form.long_text("title", "Título del plan", required=True, max_length=rules.MAX_TITLE, rows=2)
        self.form.text("heading", "Encabezado", required=True, max_length=rules.MAX_TITLE)
        self.form.long_text("intro", "Introducción", max_length=rules.MAX_INTRO, rows=7)
        self.fill(matrix)
        self.form.jump_to("title")
        if known:
            fresh = partial(stored_matrix, desk, matrix.id)
            self.edits(matrix, f"matrix:{matrix.id}", "el encabezado del anexo", fresh)

    def fill(self, matrix: Matrix) -> None:
        self.form.set_values({"title": matrix.title, "heading": matrix.heading, "intro": matrix.intro})

    def choice_from(self, values: dict[str, Any]) -> Matrix:
        stored: Matrix | None = self.record
        return Matrix(**values) if stored is None else replace(stored, **values)


class UnitDialog(SavingDialog):
    """A row of the matrix: which office unit it is and how it prints. The choice is the matrix with it."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"unit_missing": "unit_id", "text_too_long": "label"}

    def __init__(
        self,
        desk: Desk,
        matrix: Matrix,
        unit: MatrixUnit,
        units: Sequence[Unit],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            f"Unidad {unit.number:02d}" if unit.id else "Nueva unidad",
            save,
            primary="Guardar" if unit.id else "Agregar",
            parent=parent,
        )
        self._unit_id = unit.id
        choices = [(one.id, f"{one.siglas}  {one.name}" if one.siglas else one.name) for one in units]
        self.form.combo("unit_id", "Unidad orgánica", choices)
        self.form.long_text(
            "label",
            "Nombre que imprime el anexo",
            max_length=rules.MAX_LABEL,
            rows=2,
            hint="Déjelo vacío para imprimir el nombre vigente de la unidad.",
        )
        self.fill(matrix)
        self.form.jump_to("unit_id")
        fresh = partial(stored_matrix, desk, matrix.id, unit_row_id=unit.id)
        self.edits(matrix, f"matrix:{matrix.id}", "la unidad", fresh)

    def _unit_of(self, matrix: Matrix) -> MatrixUnit:
        return rules.unit_in(matrix, self._unit_id) if self._unit_id else MatrixUnit()

    def fill(self, matrix: Matrix) -> None:
        unit = self._unit_of(matrix)
        self.form.set_values({"unit_id": unit.unit_id, "label": unit.label})

    def choice_from(self, values: dict[str, Any]) -> Matrix:
        if values["unit_id"] is None and not values["label"]:
            raise RuleError("unit_missing", "Elija una unidad orgánica o escriba un nombre.")
        unit = replace(self._unit_of(self.record), name="", **values)
        return rules.with_unit(self.record, unit)

    def draft_key(self) -> str:
        return f"{super().draft_key()}, {self.windowTitle()}"


class CopyDialog(SavingDialog):
    """The title of a copy, which is the choice."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "title", "text_too_long": "title"}

    def __init__(self, desk: Desk, title: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Copiar la matriz", save, primary="Copiar", parent=parent)
        self.form.note(
            "La copia es un borrador con las mismas unidades y funciones; estados y fechas empiezan de nuevo."
        )
        self.form.long_text(
            "title", "Título del nuevo plan", required=True, max_length=rules.MAX_TITLE, rows=3
        )
        self.form.set_values({"title": title})
        self.form.jump_to("title")

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["title"])


def stored_matrix(desk: Desk, matrix_id: int, *, unit_row_id: int = 0, duty_id: int = 0) -> Matrix:
    """The matrix as the base has it now, with that row and that duty still in it; RuleError when one is gone.

    Runs on the worker.
    """
    matrix = service.load_matrix(desk.db, matrix_id, desk.clock.now().date())
    if unit_row_id:
        rules.unit_in(matrix, unit_row_id)
    if duty_id:
        rules.duty_in(matrix, duty_id)
    return matrix
