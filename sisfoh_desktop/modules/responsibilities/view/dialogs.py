"""The questions of the matrix's page: its heading, a unit's row, a copy, a reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Matrix, MatrixUnit
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog


class HeadingDialog(SavingDialog):
    """What stands above the table of Anexo N° 01."""

    def __init__(self, matrix: Matrix, parent: QWidget | None = None) -> None:
        known = bool(matrix.id)
        super().__init__(
            "Encabezado del anexo" if known else "Nueva matriz",
            primary="Guardar" if known else "Crear la matriz",
            parent=parent,
        )
        self.form.long_text("title", "Título del plan", required=True, max_length=rules.MAX_TITLE, rows=2)
        self.form.text("heading", "Encabezado", required=True, max_length=rules.MAX_TITLE)
        self.form.long_text("intro", "Introducción", max_length=rules.MAX_INTRO, rows=7)
        self.fill(matrix)
        self.form.jump_to("title")

    def fill(self, matrix: Matrix) -> None:
        self.form.set_values({"title": matrix.title, "heading": matrix.heading, "intro": matrix.intro})


class UnitDialog(FormDialog):
    """A row of the matrix: which office unit it is and how it prints."""

    def __init__(self, unit: MatrixUnit, units: Sequence[Unit], parent: QWidget | None = None) -> None:
        super().__init__(
            f"Unidad {unit.number:02d}" if unit.id else "Nueva unidad",
            primary="Guardar" if unit.id else "Agregar",
            on_submit=self._check,
            parent=parent,
        )
        self._unit = unit
        choices = [(one.id, f"{one.siglas}  {one.name}" if one.siglas else one.name) for one in units]
        self.form.combo("unit_id", "Unidad orgánica", choices)
        self.form.long_text(
            "label",
            "Nombre que imprime el anexo",
            max_length=rules.MAX_LABEL,
            rows=2,
            hint="Déjelo vacío para imprimir el nombre vigente de la unidad.",
        )
        self.form.set_values({"unit_id": unit.unit_id, "label": unit.label})
        self.form.jump_to("unit_id")

    def _check(self, values: dict[str, object]) -> bool:
        if values["unit_id"] is None and not values["label"]:
            self.form.set_errors({"unit_id": "Elija una unidad orgánica o escriba un nombre."})
            return False
        return True

    @classmethod
    def ask(
        cls, unit: MatrixUnit, units: Sequence[Unit], parent: QWidget | None = None
    ) -> tuple[int | None, str] | None:
        """The office unit's id and the label, or None."""
        values = cls(unit, units, parent).ask_values()
        if values is None:
            return None
        unit_id = values["unit_id"]
        return (unit_id if isinstance(unit_id, int) else None), str(values["label"])


class CopyDialog(FormDialog):
    """The title of a copy."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("Copiar la matriz", primary="Copiar", parent=parent)
        self.form.note(
            "La copia es un borrador con las mismas unidades y funciones; estados y fechas empiezan de nuevo."
        )
        self.form.long_text(
            "title", "Título del nuevo plan", required=True, max_length=rules.MAX_TITLE, rows=3
        )
        self.form.set_values({"title": title})
        self.form.jump_to("title")

    @classmethod
    def ask(cls, title: str, parent: QWidget | None = None) -> str | None:
        """The new title, or None."""
        values = _texts(cls(title, parent))
        return None if values is None else values["title"]


class ReasonDialog(FormDialog):
    """Why the matrix goes back to draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Devolver a borrador", primary="Devolver", parent=parent)
        self.form.note("Sus unidades y funciones podrán editarse de nuevo. El motivo queda en el historial.")
        self.form.long_text("reason", "Motivo", required=True, max_length=500, rows=3)
        self.form.jump_to("reason")

    @classmethod
    def ask(cls, parent: QWidget | None = None) -> str | None:
        """The reason, or None."""
        values = _texts(cls(parent))
        return None if values is None else values["reason"]


def _texts(dialog: FormDialog) -> dict[str, str] | None:
    values = dialog.ask_values()
    return None if values is None else {name: str(value) for name, value in values.items()}
