"""What every page of the first day is, and those with a form: where the data live, the municipality, the letterhead.

The lists are in `first_day_lists`, users and the first copy in `first_day_people`; the frame around them all is in
`first_day_dialog`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office.rules import Municipality, check_municipality
from sisfoh_desktop.modules.office.rules.first_day import OfficeStanding, Province
from sisfoh_desktop.modules.office.service.places import PlaceFinder
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.look_up_field import LookUpField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.screen_room import largest, screen_room
from sisfoh_desktop.qtkit.theme import theme

Kept = dict[str, str | bool]
STEPS_WIDTH = 190  # px at 100 % of the list of pages
_ABOVE = 112  # px at 100 % over and under a page: its title, two lines of lead, the foot, the margins
_BESIDE = 136  # px at the sides of both: their gap, the margins, the scroll bar, the edge of the screen


@dataclass(frozen=True)
class Setting:
    """What the pages are given: the desk, what the office has already, the letters that the foot takes.

    `place` is how the base is called, `local` whether it is a file of this PC; `has_users` and `has_copy` whether
    the base has users and a copy of it was made. `sealed` is an encrypted base: nothing typed goes to the disk.
    `hand_over` leads to the server of the office instead.
    """

    desk: Desk
    standing: OfficeStanding
    provinces: tuple[Province, ...]
    letters: Sequence[str]
    place: str
    local: bool
    has_users: bool
    has_copy: bool
    sealed: bool
    hand_over: Callable[[], object]


class FirstDayPage(QWidget):
    """A page: `key`, its `title` in the list, one sentence on top. `changed` after every edit; the cursor comes to
    `starts_at` where that is not the first thing that takes keys.
    """

    key = ""
    title = ""
    lead = ""
    starts_at: QWidget | None = None
    changed = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self.setAccessibleName(self.title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2, 2, 2, 2)
        self.column.setSpacing(12)

    def on_shown(self) -> None:
        """The page comes into view; what it takes from the others may have changed."""

    def check(self) -> bool:
        """Whether what stands can be stored; it has said what is wrong."""
        return True

    def told(self) -> list[tuple[str, str]]:
        """What was answered, in words, for «Revise sus respuestas»; it never raises."""
        return []

    def typed(self) -> Kept:
        """What a draft keeps of the page; never a password."""
        return {}

    def type_again(self, kept: Kept) -> None:
        """Put back what a draft kept."""

    def show_refusal(self, error: SisfohError) -> bool:
        """Show a refusal of the base if it is about something on this page; whether it is."""
        return False


class FormPage(FirstDayPage):
    """A page around one form."""

    field_by_code: Mapping[str, str] = {}

    def __init__(self, setting: Setting, *, columns: int = 2) -> None:
        super().__init__(setting)
        self.form = Form(columns=columns, clock=setting.desk.clock, taken_letters=setting.letters)
        self.form.changed.connect(self.changed)
        self.column.addWidget(self.form)

    def check(self) -> bool:
        return self.form.checked() is not None

    def told(self) -> list[tuple[str, str]]:
        return [(field.title, field.as_read()) for field in self.form.fields.values() if not field.is_empty()]

    def typed(self) -> Kept:
        found = {name: field.typed() for name, field in self.form.fields.items()}
        return {name: typed for name, typed in found.items() if typed is not None}

    def type_again(self, kept: Kept) -> None:
        for name, typed in kept.items():
            field = self.form.fields.get(name)
            if field is not None and isinstance(typed, type(field.typed())):  # else no draft of this form
                field.type_again(typed)

    def show_refusal(self, error: SisfohError) -> bool:
        code = error.code if isinstance(error, RuleError) else ""
        if self.field_by_code.get(code, "") not in self.form.fields:
            return False
        self.form.show_refusal(error, self.field_by_code)
        return True


class PlacePage(FirstDayPage):
    """Where the data live: decided when the base was made, told here, and still to be changed."""

    key = "place"
    title = "Dónde están los datos"
    lead = "Unos diez minutos. Puede dejarlo en cualquier momento: lo escrito se conserva en este equipo."
    sealed_lead = (
        "Unos diez minutos. La base está cifrada: lo escrito se conserva solo hasta cerrar el programa, sin copia en "
        "el disco."
    )

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        if setting.sealed:
            self.lead = self.sealed_lead
        where = "Un archivo de este equipo" if setting.local else "En el servidor de la oficina"
        self._told = [("Base", f"{where}: {setting.place}")]
        for words, role in (
            (f"{where}:", ""),
            (setting.place, "section"),
            (
                "Trabaja una persona a la vez, sin red. Los papeles quedan en la carpeta «archivo», a su lado."
                if setting.local
                else "Varios equipos trabajan a la vez sobre la misma base.",
                "",
            ),
        ):
            self.column.addWidget(words_label(words, role))
        self.server_button = QPushButton("Usar el servidor de la oficina…")
        self.server_button.setVisible(setting.local)
        self.server_button.setAutoDefault(False)
        self.server_button.clicked.connect(lambda _checked=False: setting.hand_over())
        if setting.local:
            self.column.addSpacing(8)
            self.column.addWidget(
                words_label(
                    "Si en su oficina trabajarán varios equipos, su técnico prepara antes el servidor. Lo que ya "
                    "escribió aquí pasa con usted; la base de este equipo queda vacía.",
                    "",
                    dim=True,
                )
            )
        self.column.addWidget(self.server_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def told(self) -> list[tuple[str, str]]:
        return self._told


class MunicipalityPage(FormPage):
    """Name, place and siglas: what every paper and every number carries."""

    key = "municipality"
    title = "Municipalidad"
    lead = "Va en el membrete, en los números y en el calendario de todo papel."
    field_by_code: Mapping[str, str] = {
        "ubigeo_invalid": "ubigeo",
        "ubigeo_unknown": "ubigeo",
        "portal_invalid": "portal_url",
        "stale": "name",
    }

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        form = self.form
        form.text(
            "name",
            "Nombre completo",
            required=True,
            max_length=200,
            wide=True,
            placeholder="Municipalidad Provincial de …",
        )
        form.text(
            "short_name", "Sigla", required=True, max_length=40, hint="Va en los números: 091-2024-GM/MPT."
        )
        form.text("portal_url", "Portal institucional", max_length=200, placeholder="www.….gob.pe")
        departments = list(dict.fromkeys(one.department for one in setting.provinces))
        self.department = form.combo("department", "Departamento", [(one, one) for one in departments])
        self.province = form.combo("province", "Provincia")
        self._finder = PlaceFinder()
        self.ubigeo = form.add(
            "ubigeo",
            LookUpField(
                "Distrito o ubigeo del INEI",
                offer=self._finder.offer,
                tell=self._finder.tell,
                required=True,
                max_length=60,
                placeholder="Pocollay o 230108",
                hint="Parte del nombre o seis cifras; el del RENIEC es otro.",
            ),
        )
        form.text(
            "place_name",
            "Distrito o ciudad",
            required=True,
            max_length=40,
            hint="Va antes de la fecha: «Tacna, 08 MAR 2024».",
        )
        self._following = False
        self._proposed = ""  # the name that the district gave
        self.ubigeo.chosen.connect(self._on_chosen)
        self.department.changed.connect(self._on_department)
        self.province.changed.connect(self._on_province)
        self.ubigeo.changed.connect(self._on_ubigeo)
        self.column.addStretch(1)
        known = setting.standing.municipality
        if known is not None:
            self.ubigeo.set_value(known.ubigeo.code)  # the two lists follow it
            form.set_values(
                {
                    "name": known.name,
                    "short_name": known.short_name,
                    "portal_url": known.portal_url,
                    "place_name": known.place_name,
                }
            )

    def municipality(self) -> Municipality:
        """What stands in the fields, with the coat of arms that is stored; RuleError as it is checked."""
        values = {name: str(field.raw()).strip() for name, field in self.form.fields.items()}
        ubigeo = Ubigeo(values["ubigeo"], "INEI")
        if self._province_of(ubigeo.code) is None:
            raise RuleError(
                "ubigeo_unknown",
                f"Ninguna provincia del INEI empieza por {ubigeo.code[:4]}: elija el departamento y la provincia, o "
                "corrija las cuatro primeras cifras.",
            )
        known = self.setting.standing.municipality
        return check_municipality(
            Municipality(
                name=values["name"],
                short_name=values["short_name"],
                ubigeo=ubigeo,
                place_name=values["place_name"],
                portal_url=values["portal_url"],
                logo=known.logo if known is not None else None,
                version=known.version if known is not None else 0,
            )
        )

    @property
    def code(self) -> str:
        """The ubigeo as it stands, "" while it is none."""
        typed = str(self.ubigeo.raw()).strip()
        return typed if self._province_of(typed) is not None and len(typed) == 6 else ""

    def check(self) -> bool:
        if self.form.checked() is None:
            return False
        try:
            self.municipality()
        except RuleError as error:
            self.form.show_refusal(error, self.field_by_code)
            return False
        return True

    def typed(self) -> Kept:
        kept = super().typed()
        return {name: typed for name, typed in kept.items() if name not in ("department", "province")}

    # -- inside ----------------------------------------------------------------------------------------

    def _province_of(self, code: str) -> Province | None:
        return next((one for one in self.setting.provinces if one.code == code[:4]), None)

    def _on_department(self) -> None:
        if not self._following:
            self._offer_provinces(self.department.value())

    def _offer_provinces(self, department: str | None) -> None:
        found = [one for one in self.setting.provinces if one.department == department]
        self.province.set_options([(one.code, f"{one.name} ({one.code})") for one in found])

    def _on_province(self) -> None:
        code = self.province.value()
        if self._following or code is None:
            return
        self._following = True
        typed = str(self.ubigeo.raw())
        if typed[:4] != code:
            self.ubigeo.set_value(f"{code}01" if len(typed) != 6 else f"{code}{typed[4:]}")
            self.ubigeo.set_error("")
        self._following = False

    def _on_chosen(self, code: str) -> None:
        """The district gives the name that goes before the date, unless somebody wrote another."""
        place = self._finder.at(code)
        named = self.form.fields["place_name"]
        if place is not None and str(named.raw()).strip() in ("", self._proposed):
            self._proposed = place.names[0]
            named.set_value(self._proposed)

    def _on_ubigeo(self) -> None:
        found = self._province_of(str(self.ubigeo.raw()))
        if self._following or found is None:
            return
        self._following = True
        self.department.set_value(found.department)
        self._offer_provinces(found.department)
        self.province.set_value(found.code)
        self._following = False


def page_width(widget: QWidget, wanted: int) -> int:
    """The width for `wanted` px at 100 %, or what a small screen leaves of it under large text."""
    return min(theme().px(wanted), screen_room(widget).width() - theme().px(STEPS_WIDTH) - _BESIDE)


def page_height(widget: QWidget, wanted: int, *, beside: int = 0) -> int:
    """The height for `wanted` px at 100 %, or what a low screen leaves of it; `beside` (px at 100 %) is spoken for."""
    return min(theme().px(wanted), largest(widget).height() - theme().px(_ABOVE + beside))


def words_label(text: str, role: str = "", *, dim: bool = False) -> QLabel:
    """Words that wrap and stay plain text."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    if dim:
        label.setProperty("tone", "dim")
    return label
