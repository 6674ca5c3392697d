"""The form of an officer: person, post, appointment, validity. The stored DNI is never shown whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.office.rules import Officer, OfficerLine, Unit
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog, Fresh, Save
from sisfoh_desktop.qtkit.page import Desk


class OfficerDialog(FactDialog):
    """A blank DNI keeps the stored one; a box takes it away."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "dni_invalid": "dni",
        "officer_overlap": "valid_from",
        "text_missing": "document",
    }

    def __init__(
        self, desk: Desk, line: OfficerLine, units: Sequence[Unit], parent: QWidget | None = None
    ) -> None:
        officer = line.officer
        title = f"Editar a {officer.full_name}" if officer.id else "Nuevo responsable"
        super().__init__(desk, title, parent=parent)
        self._officer = officer
        offered = [(unit.id, f"{unit.name} ({unit.siglas})") for unit in units]
        if officer.unit_id and officer.unit_id not in {key for key, _text in offered}:
            offered.append((officer.unit_id, line.unit_name or "Unidad que no rige en la fecha elegida"))
        form = self.form
        form.text("name", "Nombres y apellidos", required=True, max_length=200, wide=True)
        form.text("title", "Título profesional", max_length=40, placeholder="Ing.")
        form.text("position", "Cargo", required=True, max_length=200, placeholder="Gerente Municipal")
        form.combo("unit_id", "Unidad", offered, required=True, wide=True)
        form.text(
            "dni",
            "DNI",
            max_length=8,
            hint=(
                f"Registrado: {line.masked_dni}; vacío lo conserva"
                if line.masked_dni
                else "Ocho cifras; sirve para comprobar su firma"
            ),
        )
        form.text("document", "Documento de designación", max_length=200, placeholder="RA 045-2024-A/MPT")
        form.check("head", "Está a la cabeza de la unidad")
        form.check("acting", "Encargado (e)", hint="Firma en lugar del titular mientras dure")
        if line.masked_dni:
            form.check("forget_dni", "Quitar el DNI registrado", wide=True)
        self.add_validity()
        self.fill(officer)

    def fill(self, officer: Officer) -> None:
        self._officer = officer
        self.form.set_values(
            {
                "name": officer.name,
                "title": officer.title,
                "position": officer.position,
                "unit_id": officer.unit_id or None,
                "document": officer.document,
                "head": officer.head,
                "acting": officer.acting,
                "valid_from": officer.valid_from,
                "valid_to": officer.valid_to,
            }
        )

    def choice_from(self, values: dict[str, Any]) -> Officer:
        forget = values.pop("forget_dni", False)
        values["dni"] = "" if forget else values["dni"] or None
        return replace(self._officer, **values)

    @classmethod
    def ask_for(
        cls,
        parent: QWidget,
        desk: Desk,
        line: OfficerLine,
        units: Sequence[Unit],
        save: Save,
        fresh: Fresh | None = None,
    ) -> Officer | None:
        """The officer as saved, or None if the person left."""
        dialog = cls(desk, line, units, parent)
        officer = line.officer
        dialog.edits(officer, f"officer:{officer.id}", f"los datos de {officer.full_name}", fresh)
        saved: Officer | None = dialog.ask_and_save(save)
        return saved
