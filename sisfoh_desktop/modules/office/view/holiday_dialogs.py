"""The forms of days off: one day, taking out a mistaken one, noting how far the calendar was verified."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.dates import MONTH_NAMES
from sisfoh_desktop.basics.holidays import DayOffKind
from sisfoh_desktop.modules.office.rules import Holiday
from sisfoh_desktop.modules.office.service.places import PlaceFinder
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog, Fresh, Save
from sisfoh_desktop.qtkit.look_up_field import LookUpField
from sisfoh_desktop.qtkit.page import Desk

KIND_WORDS = {
    DayOffKind.HOLIDAY: "Feriado",
    DayOffKind.COMPENSABLE: "Compensable",
    DayOffKind.HALF_DAY: "Media jornada",
}
_WAYS = {
    "yearly": ("month", "day"),
    "easter": ("easter_offset",),
    "once": ("single_day",),
}


class HolidayDialog(FactDialog):
    """A day off in one of three forms of date; whether terms skip it is asked, never assumed."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "scope_invalid": "scope",
        "holiday_date_invalid": "day",
        "holiday_date_unclear": "way",
    }

    def __init__(self, desk: Desk, holiday: Holiday | None, parent: QWidget | None = None) -> None:
        title = f"Editar «{holiday.name}»" if holiday else "Nuevo día no laborable"
        super().__init__(desk, title, parent=parent)
        self._holiday = holiday
        form = self.form
        form.text("name", "Nombre del día", required=True, max_length=200, wide=True)
        form.combo(
            "way",
            "Cuándo es",
            [("yearly", "Cada año"), ("easter", "Según la Pascua"), ("once", "Una sola vez")],
            required=True,
            wide=True,
        )
        form.number("day", "Día", minimum=1, maximum=31)
        form.combo("month", "Mes", [(n, name.capitalize()) for n, name in enumerate(MONTH_NAMES, 1)])
        form.number(
            "easter_offset",
            "Días desde el Domingo de Pascua",
            minimum=-70,
            maximum=70,
            wide=True,
            hint="Jueves Santo es -3; Viernes Santo, -2",
        )
        form.date("single_day", "Fecha", wide=True)
        form.combo("kind", "Clase", list(KIND_WORDS.items()), required=True)
        form.combo(
            "suspends",
            "En los plazos",
            [(True, "No se cuenta"), (False, "Se cuenta como hábil")],
            required=True,
            hint="Si es regional, consulte a asesoría jurídica (TUO LPAG, arts. 134 y 137)",
        )
        form.text("norm", "Norma", max_length=200, placeholder="DS 042-2025-PCM")
        finder = PlaceFinder(districts_only=False)
        form.add(
            "scope",
            LookUpField(
                "Lugar en que vale",
                offer=finder.offer,
                tell=finder.tell,
                max_length=60,
                placeholder="Todo el país",
                hint="Parte del nombre de un departamento, provincia o distrito, o su ubigeo del INEI",
            ),
        )
        form.text("note", "Nota", max_length=600, wide=True)
        self.add_validity(since="Rige desde", until="Rigió hasta")
        form.fields["way"].changed.connect(self._show_way)
        self.fill(holiday)
        self._show_way()

    def choice_from(self, values: dict[str, Any]) -> Holiday:
        way = values.pop("way")
        for name in (name for other, names in _WAYS.items() if other != way for name in names):
            values[name] = None
        return replace(self._holiday or Holiday(""), **values)

    @classmethod
    def ask_for(
        cls,
        parent: QWidget,
        desk: Desk,
        holiday: Holiday | None,
        save: Save,
        fresh: Fresh | None = None,
    ) -> Holiday | None:
        """The day as saved, or None if the person left."""
        dialog = cls(desk, holiday, parent)
        if holiday is not None:
            dialog.edits(holiday, f"holiday:{holiday.id}", f"«{holiday.name}»", fresh)
        saved: Holiday | None = dialog.ask_and_save(save)
        return saved

    def fill(self, holiday: Holiday | None) -> None:
        self._holiday = holiday
        if holiday is None:
            self.form.set_values({"way": "once", "kind": DayOffKind.HOLIDAY})
            return
        way = "once" if holiday.single_day else "easter" if holiday.easter_offset is not None else "yearly"
        values = {name: getattr(holiday, name) for name in self.form.fields if name != "way"}
        self.form.set_values({"way": way, **values})

    def _show_way(self) -> None:
        chosen = self.form.value("way")
        for way, names in _WAYS.items():
            for name in names:
                self.form.fields[name].setVisible(way == chosen)


class RemoveHolidayDialog(FactDialog):
    """Takes out a day entered by mistake; the reason stays in the trail."""

    field_by_code: ClassVar[Mapping[str, str]] = {"reason_missing": "reason"}

    def __init__(self, desk: Desk, holiday: Holiday, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Retirar «{holiday.name}»", primary="Retirar día", columns=1, parent=parent)
        self.primary_button.setProperty("role", "danger")  # what destroys is not what Enter does
        self.primary_button.setDefault(False)
        self.primary_button.setAutoDefault(False)
        self.form.note("Los plazos que se calculen desde ahora ya no lo tendrán en cuenta.")
        self.form.text("reason", "Por qué se retira", required=True, max_length=200)

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["reason"])

    @classmethod
    def ask_for(cls, parent: QWidget, desk: Desk, holiday: Holiday, save: Save) -> str | None:
        """The reason, once the day is out; None if the person left."""
        reason: str | None = cls(desk, holiday, parent).ask_and_save(save)
        return reason


class VerifiedDialog(FactDialog):
    """Notes up to which day the calendar was compared with the official gazette."""

    field_by_code: ClassVar[Mapping[str, str]] = {"verified_in_future": "until"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "Anotar verificación del calendario", primary="Anotar", columns=1, parent=parent
        )
        self.form.note(
            "Compare la lista con El Peruano y agregue los días que falten antes de anotar la fecha."
        )
        self.form.date("until", "Verificado hasta", required=True)
        self.form.set_values({"until": desk.clock.now().date()})

    def choice_from(self, values: dict[str, Any]) -> date:
        until: date = values["until"]
        return until

    @classmethod
    def ask_for(cls, parent: QWidget, desk: Desk, save: Save) -> date | None:
        """The day noted, or None if the person left."""
        until: date | None = cls(desk, parent).ask_and_save(save)
        return until
