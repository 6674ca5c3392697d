"""The units of the first day: ticked in a template, corrected, added to."""

import json
from collections.abc import Callable
from datetime import date

from sisfoh_desktop.app.first_day_pages import FormPage, Kept, Setting, page_height
from sisfoh_desktop.app.first_day_table import (
    LOCKED,
    OWN,
    EditTable,
    Refusals,
    Row,
    TableColumn,
    order_row,
    rows_of,
)
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.office.rules import Unit, UnitName, check_unit_name, siglas_key
from sisfoh_desktop.modules.office.rules.first_day import NewUnit, UnitTemplate, superiors_first
from sisfoh_desktop.qtkit.dialogs import Banner
from sisfoh_desktop.qtkit.mnemonics import letters_of

_TABLE_HEIGHT = 300


class UnitsPage(FormPage):
    """Units to tick, correct and add to."""

    key = "units"
    title = "Unidades"
    lead = "Marque las que tiene su municipalidad y corrija sus nombres y siglas según su ROF."

    def __init__(
        self, setting: Setting, templates: tuple[UnitTemplate, ...], ubigeo: Callable[[], str]
    ) -> None:
        super().__init__(setting)
        self._templates = {one.key: one for one in templates}
        self._ubigeo = ubigeo
        self._chosen = False
        self.template = self.form.combo(
            "template", "Empezar por", [(one.key, one.title) for one in templates], required=True
        )
        today = setting.desk.clock.now().date()
        self.since = self.form.date("valid_from", "Rigen desde", required=True)
        self.template.set_value(templates[0].key)
        self.since.set_value(date(today.year, 1, 1))
        self.form.mark_saved()
        self.banner = Banner()
        self.table = EditTable(
            [
                TableColumn("ticked", "Va", 40, "tick"),
                TableColumn("siglas", "Sigla", 92),
                TableColumn("name", "Nombre"),
                TableColumn("parent", "Depende de", 100),
                TableColumn("why", "Para qué", 230, "fixed"),
            ],
            "Unidades orgánicas",
        )
        self.table.setMinimumHeight(page_height(self, _TABLE_HEIGHT, beside=100))
        self.column.insertWidget(0, self.banner)
        self.column.addLayout(
            order_row(
                [*setting.letters, *letters_of(one.label.text() for one in self.form.fields.values())],
                ("Agregar unidad", self._on_add),
                ("Quitar la elegida", self.table.remove_current),
            )
        )
        self.column.addWidget(self.table, 1)
        self.refusals = Refusals(self.banner, self.table)
        self.table.edited.connect(self.changed)
        self.template.changed.connect(self._on_template)
        self._show_template(templates[0].key)

    def on_shown(self) -> None:
        code = self._ubigeo()
        if self._chosen or not code or any(row.get(OWN) for row in self.table.rows()):
            return
        wanted = "provincial" if code.endswith("01") else "distrital"
        if wanted in self._templates and self.template.value() != wanted:
            self.template.set_value(wanted)
            self._chosen = False  # the ubigeo chose, not the person

    def units(self) -> tuple[NewUnit, ...]:
        """The ticked units that the base does not have; RuleError with the row's own sentence."""
        on = self.since.checked_value()
        known = self.setting.standing.units
        names = [UnitName(unit.id, unit.name, unit.siglas, unit.valid_from, unit.valid_to) for unit in known]
        found: list[NewUnit] = []
        for row in self._ticked():
            unit = Unit(str(row["name"]), str(row["siglas"]), valid_from=on)
            with self.refusals.about(row):
                checked = check_unit_name(unit, names)
            names.append(UnitName(0, checked.name, checked.siglas, on))
            found.append(NewUnit(checked, str(row["parent"])))
        superiors_first(tuple(found), {siglas_key(unit.siglas) for unit in known})
        return tuple(found)

    def heads(self) -> list[tuple[str, str]]:
        """Siglas of every unit that there will be, with the usual position of whoever heads it."""
        rows = [row for row in self.table.rows() if row["ticked"]]
        return [(str(row["siglas"]), str(row.get("position", ""))) for row in rows if row["siglas"]]

    def check(self) -> bool:
        self.refusals.clear()
        if not super().check():
            return False
        found = self.refusals.judged(self.units)
        if found is None:
            return False
        if not found and not self.setting.standing.units:
            self.refusals.say(
                "Marque al menos una unidad: sin unidades no hay quien emita ni firme un papel."
            )
            return False
        return True

    def told(self) -> list[tuple[str, str]]:
        ticked = self._ticked()
        there = len(self.setting.standing.units)
        told = [("Nuevas", ", ".join(str(row["siglas"]) or "(sin sigla)" for row in ticked) or "Ninguna")]
        if there:
            told.append(("Ya registradas", counted(there, "unidad", "unidades")))
        return [*told, ("Rigen desde", self.since.as_read())]

    def typed(self) -> Kept:
        rows = self.table.rows(locked=False)
        return {**super().typed(), "rows": json.dumps(rows, ensure_ascii=False), "chosen": self._chosen}

    def type_again(self, kept: Kept) -> None:
        super().type_again(kept)
        rows = rows_of(kept.get("rows"))
        if rows is not None:
            there = {siglas_key(unit.siglas) for unit in self.setting.standing.units}
            fresh = [row for row in rows if siglas_key(str(row.get("siglas", ""))) not in there]
            self.table.set_rows([*self._stored(), *fresh])
            # a list that nobody looked at yet still follows the ubigeo
            self._chosen = kept.get("chosen") is not False

    def show_refusal(self, error: SisfohError) -> bool:
        code = error.code if isinstance(error, RuleError) else ""
        mine = code.startswith(("siglas_", "unit_", "superior_"))
        if mine:
            self.refusals.say(error.sentence)
        return mine

    # -- inside ----------------------------------------------------------------------------------------

    def _ticked(self) -> list[Row]:
        return [row for row in self.table.rows(locked=False) if row["ticked"]]

    def _stored(self) -> list[Row]:
        units = self.setting.standing.units
        siglas = {unit.id: unit.siglas for unit in units}
        return [
            {
                "ticked": True,
                "siglas": unit.siglas,
                "name": unit.name,
                "parent": siglas.get(unit.parent_id or 0, ""),
                "why": "Ya está en la base.",
                LOCKED: True,
            }
            for unit in units
        ]

    def _show_template(self, key: str) -> None:
        """The template's units, those that the base has before them; what the person wrote stays."""
        own = [row for row in self.table.rows(locked=False) if row.get(OWN)]
        there = {siglas_key(str(row["siglas"])) for row in [*self._stored(), *own]}
        with_base = bool(self.setting.standing.units)
        offered: list[Row] = [
            {
                "ticked": unit.ticked and not with_base,
                "siglas": unit.siglas,
                "name": unit.name,
                "parent": unit.parent,
                "position": unit.position,
                "why": unit.why,
            }
            for unit in self._templates[key].units
            if siglas_key(unit.siglas) not in there
        ]
        self.table.set_rows([*self._stored(), *offered, *own])

    def _on_template(self) -> None:
        key = self.template.value()
        if key is not None:
            self._chosen = True
            self._show_template(key)

    def _on_add(self) -> None:
        self.table.add_row({"ticked": True, "siglas": "", "name": "", "parent": "GM", "why": ""})
