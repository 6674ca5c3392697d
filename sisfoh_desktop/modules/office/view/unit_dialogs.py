"""The forms of units: entering or correcting one, and giving it a new name from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog, Fresh, Save
from sisfoh_desktop.qtkit.page import Desk

_CODES = {
    "siglas_taken": "siglas",
    "siglas_invalid": "siglas",
    "unit_name_overlap": "valid_from",
    "unit_without_name": "valid_from",
    "unit_circle": "parent_id",
    "unit_unknown": "parent_id",
}


class UnitDialog(FactDialog):
    """Name, siglas, place in the tree, validity."""

    field_by_code: ClassVar[Mapping[str, str]] = _CODES

    def __init__(self, desk: Desk, unit: Unit, units: Sequence[Unit], parent: QWidget | None = None) -> None:
        title = f"Editar la unidad {unit.siglas}" if unit.id else "Nueva unidad"
        super().__init__(desk, title, parent=parent)
        self._unit = unit
        form = self.form
        form.text("name", "Nombre", required=True, max_length=200, wide=True)
        form.text("siglas", "Sigla", required=True, max_length=40, placeholder="OGAJ")
        form.number(
            "sort_order", "Orden", maximum=9_999, hint="Entre las de su nivel; vacío la pone al final"
        )
        form.combo("parent_id", "Depende de", _superiors(unit, units), wide=True)
        form.text("document", "Documento que la crea o le da nombre", max_length=200, wide=True)
        self.add_validity()
        self.fill(unit)

    def fill(self, unit: Unit) -> None:
        self._unit = unit
        self.form.set_values(
            {
                "name": unit.name,
                "siglas": unit.siglas,
                "sort_order": unit.sort_order or None,
                "parent_id": unit.parent_id,
                "document": unit.document,
                "valid_from": unit.valid_from,
                "valid_to": unit.valid_to,
            }
        )

    def choice_from(self, values: dict[str, Any]) -> Unit:
        values["sort_order"] = values["sort_order"] or 0
        return replace(self._unit, **values)

    @classmethod
    def ask_for(
        cls,
        parent: QWidget,
        desk: Desk,
        unit: Unit,
        units: Sequence[Unit],
        save: Save,
        fresh: Fresh | None = None,
    ) -> Unit | None:
        """The unit as saved, or None if the person left."""
        dialog = cls(desk, unit, units, parent)
        dialog.edits(unit, f"unit:{unit.id}", f"la unidad {unit.siglas}", fresh)
        saved: Unit | None = dialog.ask_and_save(save)
        return saved


class RenameDialog(FactDialog):
    """A new name and siglas from a day on; earlier papers keep the earlier ones."""

    field_by_code: ClassVar[Mapping[str, str]] = _CODES

    def __init__(self, desk: Desk, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Cambiar el nombre de {unit.siglas}", primary="Cambiar nombre", parent=parent)
        self._unit = unit
        self.form.note(
            f"Hoy se llama «{unit.name}». Los documentos de fecha anterior conservan ese nombre y su sigla."
        )
        self.form.text("name", "Nombre nuevo", required=True, max_length=200, wide=True)
        self.form.text("siglas", "Sigla nueva", required=True, max_length=40)
        self.form.date("valid_from", "Rige desde", required=True)
        self.form.text("document", "Documento que lo dispone", max_length=200, wide=True)
        self.form.set_values(
            {"name": unit.name, "siglas": unit.siglas, "valid_from": desk.clock.now().date()}
        )

    def choice_from(self, values: dict[str, Any]) -> Unit:
        return replace(self._unit, valid_to=None, **values)

    @classmethod
    def ask_for(cls, parent: QWidget, desk: Desk, unit: Unit, save: Save) -> Unit | None:
        """The unit with its new name, or None if the person left."""
        renamed: Unit | None = cls(desk, unit, parent).ask_and_save(save)
        return renamed


def indented_name(unit: Unit) -> str:
    """The name set in by the unit's depth in the tree."""
    return "\u2003" * unit.depth + unit.name


def _superiors(unit: Unit, units: Sequence[Unit]) -> list[tuple[int, str]]:
    """Units that may stand above; the present superior stays on offer even when it no longer holds."""
    offered = [(other.id, f"{other.name} ({other.siglas})") for other in units if other.id != unit.id]
    if unit.parent_id is not None and unit.parent_id not in {key for key, _text in offered}:
        offered.append((unit.parent_id, "Unidad que no rige en la fecha elegida"))
    return offered
