"""The forms of the catalogue: starting the kardex, campaigns, types of forms. People and places: catalogue_people.

They save on the worker and stay open when refused: what was typed is never lost, and pressed twice stores once.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, ClassVar, Self

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.serials import MAX_WIDTH
from sisfoh_desktop.modules.kardex.rules import Campaign, FormType
from sisfoh_desktop.modules.kardex.rules.catalogue import (
    LARGEST_BUNDLE,
    LARGEST_MINIMUM,
    LONGEST,
    MOST_DAYS_IN_HAND,
)
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog


class CatalogueDialog(SavingDialog):
    """A form for one record; subclasses build it and make the record in `choice_from`."""

    touches = frozenset({"kardex"})

    def __init__(
        self,
        desk: Desk,
        title: str,
        save: Save,
        *,
        primary: str = "Guardar",
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, save, primary=primary, columns=columns, parent=parent)

    def edits(self, record: Any, subject: str, what: str, fresh: Callable[[], Any]) -> Self:
        """As in its base; `subject` is the kind of the record."""
        return super().edits(record, f"{subject}:{record.id}", what, fresh)

    def put(self, record: Any) -> Self:
        """Put the record's values into the fields of the same names."""
        names = {field.name for field in fields(record)} & self.form.fields.keys()
        self.form.set_values({name: getattr(record, name) for name in names})
        return self


class CampaignDialog(CatalogueDialog):
    """A campaign; a new one may bring the types of the one before. The choice is (campaign, id to copy from)."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "campaign_name_taken": "name",
        "dates_upside_down": "ends_on",
        "date_out_of_range": "starts_on",
        "campaign_days_moved": "starts_on",
    }

    def __init__(
        self,
        desk: Desk,
        campaign: Campaign | None,
        save: Save,
        *,
        earlier: Campaign | None = None,
        earlier_types: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        title = f"Editar la campaña {campaign.name}" if campaign else "Nueva campaña"
        super().__init__(desk, title, save, parent=parent)
        self._campaign = campaign or Campaign("", desk.clock.now().date())
        self._earlier = earlier
        form = self.form
        form.text(
            "name",
            "Nombre",
            required=True,
            max_length=LONGEST["campaign_name"],
            placeholder="Empadronamiento 2024",
            wide=True,
        )
        form.date("starts_on", "Primer día", required=True)
        form.date("ends_on", "Último día", hint="Vacío si no se fijó")
        form.group("Avisos de la oficina")
        form.number(
            "most_days_in_hand",
            "Días en poder sin aviso",
            required=True,
            minimum=1,
            maximum=MOST_DAYS_IN_HAND,
            hint="Pasados, custodia señala a la persona",
        )
        form.number(
            "most_annulled_percent",
            "Anulados que se avisan (%)",
            required=True,
            maximum=100,
            hint="De los usados y anulados",
        )
        self.put(self._campaign)
        if campaign is None and earlier is not None and earlier_types:
            words = "el formulario" if earlier_types == 1 else f"los {earlier_types} formularios"
            form.check("copy", f"Traer {words} de «{short_name(earlier.name)}»", wide=True)
            form.set_values({"copy": True})

    def fill(self, record: Campaign) -> None:
        self._campaign = record
        self.put(record)

    def choice_from(self, values: dict[str, Any]) -> tuple[Campaign, int]:
        copy = values.pop("copy", False)
        return replace(self._campaign, **values), self._earlier.id if copy and self._earlier else 0


class StartDialog(CatalogueDialog):
    """The first campaign of an office. The choice is the campaign."""

    field_by_code: ClassVar[Mapping[str, str]] = {"date_out_of_range": "starts_on"}

    def __init__(self, desk: Desk, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Iniciar el kardex", save, primary="Iniciar", columns=1, parent=parent)
        form = self.form
        form.text(
            "name",
            "Nombre de la campaña",
            required=True,
            max_length=LONGEST["campaign_name"],
            placeholder="Empadronamiento 2024",
        )
        form.date("starts_on", "Primer día", required=True, hint="Ningún movimiento puede ser anterior")
        form.note(
            "Se proponen los formularios de uso nacional (FSU, S100, R200, N100, D100, constancia, croquis y "
            "credencial) y los lugares Almacén ULE, Archivo, Ente rector e Imprenta; todo se puede corregir después."
        )
        form.set_values({"starts_on": desk.clock.now().date()})

    def choice_from(self, values: dict[str, Any]) -> Campaign:
        return Campaign(**values)


class FormTypeDialog(CatalogueDialog):
    """A type of form; what does not apply to one without numbers is not shown."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "code_invalid": "code",
        "code_taken": "code",
        "prefix_invalid": "prefix",
        "number_width_invalid": "number_width",
        "number_width_used": "number_width",
        "dates_upside_down": "valid_until",
        "date_out_of_range": "valid_from",
    }

    def __init__(self, desk: Desk, form_type: FormType, save: Save, parent: QWidget | None = None) -> None:
        title = f"Editar el formulario {form_type.code}" if form_type.id else "Nuevo formulario"
        super().__init__(desk, title, save, parent=parent)
        self._form_type = form_type
        form = self.form
        form.text(
            "code",
            "Código",
            required=True,
            max_length=LONGEST["code"],
            placeholder="S100",
            hint="Lo que se escribe",
        )
        form.text(
            "layout_version", "Versión de la hoja", max_length=LONGEST["layout_version"], placeholder="2024"
        )
        form.text("title", "Nombre", required=True, max_length=LONGEST["title"], wide=True)
        serialised = form.check("serialised", "Cada ejemplar lleva número impreso", wide=True)
        form.number(
            "number_width",
            "Cifras del número",
            minimum=1,
            maximum=MAX_WIDTH,
            hint="Con sus ceros: 004517 tiene 6",
        )
        form.text(
            "prefix", "Impreso antes del número", max_length=LONGEST["prefix"], hint="Vacío si no hay nada"
        )
        form.number(
            "bundle_size", "Formularios por paquete", required=True, minimum=1, maximum=LARGEST_BUNDLE
        )
        form.number(
            "minimum_stock",
            "Existencia mínima",
            maximum=LARGEST_MINIMUM,
            hint="Por debajo se avisa; vacío o 0, nunca",
        )
        form.group("Uso")
        form.date("valid_from", "Desde", hint="Vacío si desde siempre")
        form.date("valid_until", "Hasta", hint="Vacío si sigue en uso")
        self.put(form_type)
        serialised.changed.connect(self._show_fields)
        self._show_fields()

    def fill(self, record: FormType) -> None:
        self._form_type = record
        self.put(record)

    def choice_from(self, values: dict[str, Any]) -> FormType:
        numbers = {name: values[name] or 0 for name in ("number_width", "minimum_stock")}
        return replace(self._form_type, **{**values, **numbers})

    def _show_fields(self) -> None:
        for name in ("number_width", "prefix"):
            self.form.fields[name].setVisible(bool(self.form.value("serialised")))


def short_name(name: str) -> str:
    """A name as titles and boxes say it: long ones cut to 40 signs."""
    return name if len(name) <= 40 else f"{name[:39]}…"
