"""The forms of people and places: entering or correcting one, and letting one cease, told what it still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.modules.kardex.rules import Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.holders import LONGEST_DOCUMENT, LONGEST_NAME, LONGEST_REASON
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import CatalogueDialog, Save, short_name
from sisfoh_desktop.qtkit.page import Desk


class HolderDialog(CatalogueDialog):
    """A person or a place. The stored DNI is never shown whole: a blank field keeps it, a box takes it away."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "dni_invalid": "dni",
        "holder_dni_taken": "dni",
        "holder_name_taken": "name",
        "holder_kind_used": "kind",
        "chief_unknown": "chief_id",
        "dates_upside_down": "valid_until",
        "date_out_of_range": "valid_from",
    }

    def __init__(
        self,
        desk: Desk,
        holder: Holder | None,
        chiefs: Sequence[Holder],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        title = f"Editar a {short_name(holder.name)}" if holder else "Nueva persona o lugar"
        super().__init__(desk, title, save, parent=parent)
        self._holder = holder or Holder(HolderKind.EMPADRONADOR, "")
        form = self.form
        form.text("name", "Nombres y apellidos, o lugar", required=True, max_length=LONGEST_NAME, wide=True)
        kind = form.combo("kind", "Función", [(one, one.label) for one in HolderKind], required=True)
        registered = mask_dni(self._holder.dni)
        form.text(
            "dni",
            "DNI",
            max_length=8,
            hint=f"Registrado: {registered}; vacío lo conserva"
            if registered
            else "Ocho cifras; va en las actas",
        )
        form.combo("chief_id", "Jefe de brigada", [(one.id, one.name) for one in chiefs])
        form.text(
            "document",
            "Documento",
            max_length=LONGEST_DOCUMENT,
            placeholder="Contrato, orden de servicio…",
            wide=True,
        )
        if registered:
            form.check("forget_dni", "Quitar el DNI registrado", wide=True)
        form.group("Vigencia")
        form.date("valid_from", "Desde", hint="Vacío si no se fijó")
        form.date("valid_until", "Hasta", hint="Vacío si no se fijó")
        self.put(replace(self._holder, dni=""))
        if holder is None:
            form.set_values({"valid_from": desk.clock.now().date()})
        kind.changed.connect(self._show_fields)
        self._show_fields()

    def fill(self, record: Holder) -> None:
        self._holder = record
        typed = self.form.fields["dni"].raw()  # the stored one is never shown: what stands there was typed
        self.put(replace(record, dni=""))
        self.form.fields["dni"].put_raw(typed)

    def choice_from(self, values: dict[str, Any]) -> Holder:
        forget = values.pop("forget_dni", False)
        values["dni"] = "" if forget else values["dni"] or self._holder.dni
        return replace(self._holder, **values)

    def _show_fields(self) -> None:
        kind: HolderKind | None = self.form.value("kind")
        shown = {
            "dni": kind is not None and kind.is_person,
            "forget_dni": kind is not None and kind.is_person,
            "chief_id": kind is HolderKind.EMPADRONADOR,
        }
        for name, visible in shown.items():
            if name in self.form.fields:
                self.form.fields[name].setVisible(visible)


class EndDialog(CatalogueDialog):
    """The last day of a person or place, and why; what is still in hand is told. The choice is (day, reason).

    `crew` are those whose crew chief it is.
    """

    field_by_code: ClassVar[Mapping[str, str]] = {
        "end_before_start": "until",
        "date_out_of_range": "until",
        "text_missing": "reason",
    }

    def __init__(
        self,
        desk: Desk,
        holder: Holder,
        save: Save,
        *,
        crew: Sequence[Holder] = (),
        parent: QWidget | None = None,
    ) -> None:
        verb, what = ("Cesar", "Cesar a") if holder.kind.is_person else ("Dejar de usar", "Dejar de usar")
        title = f"{what} {short_name(holder.name)}"
        super().__init__(desk, title, save, primary=verb, columns=1, parent=parent)
        self.held = self.form.note("Revisando qué tiene en su poder…")
        if crew:
            led = crew[0].name if len(crew) == 1 else f"{len(crew)} personas en funciones"
            self.form.note(f"Es jefe de brigada de {led}: asígneles otro después del cese.")
        self.form.date(
            "until", "Último día", required=True, hint="Desde el siguiente ya no recibe formularios"
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=LONGEST_REASON, rows=3)
        self.form.set_values({"until": desk.clock.now().date()})
        desk.tasks.run_query(
            partial(forms_in_hand, desk.db, holder.id, desk.clock.now().date()), self._tell_held, owner=self
        )

    def choice_from(self, values: dict[str, Any]) -> tuple[date, str]:
        return values["until"], values["reason"]

    def _tell_held(self, held: str) -> None:
        if held:
            self.held.setText(
                f"▲ Todavía tiene en su poder: {held}. El cese se registra igual, pero no habrá constancia de no "
                "adeudo hasta que los devuelva o se explique qué pasó con ellos."
            )
            self.held.setProperty("tone", "warn")
            self.held.style().unpolish(self.held)
            self.held.style().polish(self.held)
        else:
            self.held.setText("No tiene formularios en su poder.")
        self.fit()


def forms_in_hand(db: Any, holder_id: int, today: date) -> str:
    """What a holder has yet to hand back, as ranges by type; "" when nothing. Runs on the worker."""
    return reading.custody_of(db, holder_id, today).text
