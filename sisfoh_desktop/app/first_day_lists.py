"""The pages of the first day that are lists: who heads each unit, and the days off of the place."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QSizePolicy, QTableWidget, QTableWidgetItem

from sisfoh_desktop.app.first_day_pages import FirstDayPage, Kept, Setting, page_height
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
from sisfoh_desktop.basics.dates import format_date, parse_date
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.holidays import days_off_of
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.office.rules import (
    Holiday,
    Officer,
    check_dated,
    siglas_key,
)
from sisfoh_desktop.modules.office.rules.first_day import (
    NewOfficer,
)
from sisfoh_desktop.qtkit.dialogs import Banner
from sisfoh_desktop.qtkit.theme import theme

_TABLE_HEIGHT, _DAYS_HEIGHT = 300, 135
_PLACES = {"Distrito": 6, "Provincia": 4, "Departamento": 2}  # how many digits of the ubigeo say it


class OfficersPage(FirstDayPage):
    """Who heads each unit: those whose name is written are entered."""

    key = "officers"
    title = "Responsables"
    lead = (
        "Escriba a quien dirige cada unidad y firma por ella; deje en blanco lo que todavía no sabe. Un encargado "
        "«(e)» lleva su documento."
    )

    def __init__(self, setting: Setting, units: Callable[[], list[tuple[str, str]]]) -> None:
        super().__init__(setting)
        self._units = units
        self._left: list[Row] = []
        self._today = setting.desk.clock.now().date()
        self.banner = Banner()
        self.table = EditTable(
            [
                TableColumn("unit", "Unidad", 84, "fixed"),
                TableColumn("title", "Grado", 64),
                TableColumn("name", "Nombres y apellidos"),
                TableColumn("position", "Cargo", 210),
                TableColumn("acting", "(e)", 40, "tick"),
                TableColumn("document", "Documento", 150),
                TableColumn("since", "Desde", 96),
            ],
            "Responsables de las unidades",
            start="name",
        )
        self.table.setMinimumHeight(page_height(self, _TABLE_HEIGHT + 60, beside=20))
        self.refusals = Refusals(self.banner, self.table)
        self.table.edited.connect(self.changed)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.table, 1)

    def on_shown(self) -> None:
        """A row for each unit; what was written of one that is no longer ticked is kept until the end."""
        before = [*self._left, *self.table.rows(locked=False)]
        written = {siglas_key(str(row["unit"])): row for row in before}
        rows: list[Row] = []
        for siglas, position in self._units():
            head = self._head_of(siglas)
            if head is not None:
                rows.append(self._stored(siglas, head))
                continue
            known = written.pop(siglas_key(siglas), None)
            blank: Row = {
                "unit": siglas,
                "title": "",
                "name": "",
                "position": position,
                "acting": False,
                "document": "",
                "since": format_date(date(self._today.year, 1, 1)),
            }
            rows.append({**known, "unit": siglas} if known is not None and known.get(OWN) else blank)
        self.table.set_rows(rows)
        self._left = [row for row in written.values() if row.get("name")]

    def officers(self) -> tuple[NewOfficer, ...]:
        """Those whose name is written; RuleError with the row's own sentence."""
        self.on_shown()
        found = []
        for row in self.table.rows(locked=False):
            if not row["name"]:
                continue
            with self.refusals.about(row):
                officer = check_dated(
                    Officer(
                        name=str(row["name"]),
                        position=str(row["position"]),
                        unit_id=0,
                        title=str(row["title"]),
                        acting=bool(row["acting"]),
                        document=str(row["document"]),
                        valid_from=parse_date(str(row["since"]), self._today),
                    ),
                    (),
                )
            assert isinstance(officer, Officer)
            found.append(NewOfficer(officer, str(row["unit"])))
        return tuple(found)

    def check(self) -> bool:
        return self.refusals.judged(self.officers) is not None

    def told(self) -> list[tuple[str, str]]:
        self.on_shown()
        rows = [row for row in self.table.rows() if row["name"]]
        told = [
            (str(row["unit"]), f"{row['title']} {row['name']}, {row['position']}".strip()) for row in rows
        ]
        blank = sum(not row["name"] for row in self.table.rows())
        if blank:
            told.append(("Por registrar", f"{counted(blank, 'unidad', 'unidades')} sin responsable todavía"))
        return told

    def typed(self) -> Kept:
        return {
            "rows": json.dumps(
                [*(row for row in self.table.rows(locked=False) if row.get(OWN)), *self._left],
                ensure_ascii=False,
            )
        }

    def type_again(self, kept: Kept) -> None:
        rows = rows_of(kept.get("rows"))
        if rows is not None:
            self.table.set_rows([row for row in rows if {"unit", "name"} <= row.keys()])

    def show_refusal(self, error: SisfohError) -> bool:
        code = error.code if isinstance(error, RuleError) else ""
        mine = code in ("officer_overlap", "unit_unknown")
        if mine:
            self.refusals.say(error.sentence)
        return mine

    # -- inside ----------------------------------------------------------------------------------------

    def _head_of(self, siglas: str) -> Officer | None:
        unit = next(
            (one for one in self.setting.standing.units if siglas_key(one.siglas) == siglas_key(siglas)),
            None,
        )
        officers = self.setting.standing.officers
        return next(
            (one for one in officers if unit is not None and one.unit_id == unit.id and one.head), None
        )

    def _stored(self, siglas: str, head: Officer) -> Row:
        return {
            "unit": siglas,
            "title": head.title,
            "name": head.name,
            "position": head.position,
            "acting": head.acting,
            "document": head.document,
            "since": format_date(head.valid_from) if head.valid_from else "",
            LOCKED: True,
        }


class HolidaysPage(FirstDayPage):
    """The national days off of this year, and those of the place, to be typed."""

    key = "holidays"
    title = "Feriados"
    lead = (
        "Los plazos se cuentan saltando estos días. Agregue los de su distrito, provincia o departamento: "
        "aniversario, fiesta patronal."
    )

    def __init__(self, setting: Setting, ubigeo: Callable[[], str]) -> None:
        super().__init__(setting)
        self._ubigeo = ubigeo
        self._today = setting.desk.clock.now().date()
        self.banner = Banner()
        self.national = QTableWidget(0, 3)
        self.national.setAccessibleName("Feriados de este año que ya están")
        self.national.setHorizontalHeaderLabels(["Día", "Feriado", "Norma"])
        self.national.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.national.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.national.setTabKeyNavigation(False)
        self.national.verticalHeader().hide()
        self.national.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.national.horizontalHeader().setHighlightSections(False)
        self.national.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table = EditTable(
            [
                TableColumn("day", "Día", 120),
                TableColumn("name", "Feriado"),
                TableColumn("place", "Vale en", 130, options=tuple(_PLACES)),
                TableColumn("norm", "Norma", 200),
            ],
            "Feriados de su lugar",
        )
        self.refusals = Refusals(self.banner, self.table)
        self.table.edited.connect(self.changed)
        for table in (self.national, self.table):
            table.setMinimumHeight(page_height(self, _DAYS_HEIGHT, beside=_DAYS_HEIGHT + 120))
            # what there is, not Qt's usual height of a list: the page would scroll for it
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.column.addWidget(self.banner)
        self.column.addWidget(_caption(f"Ya están en el calendario, año {self._today.year}"))
        self.column.addWidget(self.national, 3)
        self.column.addWidget(_caption("Los suyos: «28/08» si es cada año, «28/08/2026» si es una sola vez"))
        orders = order_row(
            setting.letters,
            ("Agregar feriado", lambda: self.table.add_row({"day": "", "name": "", "place": "", "norm": ""})),
            ("Quitar el elegido", self.table.remove_current),
        )
        self.column.addLayout(orders)
        add = orders.itemAt(0)
        self.starts_at = add.widget() if add is not None else None
        self.column.addWidget(self.table, 2)

    def on_shown(self) -> None:
        rules = [holiday.rule for holiday in self.setting.standing.holidays]
        days = days_off_of(rules, [self._today.year], self._ubigeo())
        self.national.setRowCount(len(days))
        for number, off in enumerate(days):
            for place, text in enumerate((format_date(off.day), off.name, off.norm)):
                self.national.setItem(number, place, QTableWidgetItem(text))
        self.national.setColumnWidth(0, theme().px(96))
        self.national.setColumnWidth(2, theme().px(220))

    def holidays(self) -> tuple[Holiday, ...]:
        """The days off that were typed, each for its place; RuleError with the row's own sentence."""
        found = []
        for row in self.table.rows(locked=False):
            if not any((row["day"], row["name"], row["norm"])):
                continue
            with self.refusals.about(row):
                found.append(holiday_of(row, self._ubigeo(), self._today))
        return tuple(found)

    def check(self) -> bool:
        return self.refusals.judged(self.holidays) is not None

    def told(self) -> list[tuple[str, str]]:
        rows = [row for row in self.table.rows(locked=False) if row["day"] or row["name"]]
        own = "; ".join(_told(row) for row in rows) or "Ninguno por ahora"
        known = len(self.setting.standing.holidays)
        return [("En el calendario", counted(known, "regla", "reglas")), ("De su lugar", own)]

    def typed(self) -> Kept:
        return {"rows": json.dumps(self.table.rows(locked=False), ensure_ascii=False)}

    def type_again(self, kept: Kept) -> None:
        rows = rows_of(kept.get("rows"))
        if rows is not None:
            there = {(one.name.casefold(), one.scope) for one in self.setting.standing.holidays}
            code = self._ubigeo()
            self.table.set_rows(
                row
                for row in rows
                if (str(row.get("name", "")).strip().casefold(), scope_of(row, code)) not in there
            )

    def show_refusal(self, error: SisfohError) -> bool:
        mine = isinstance(error, RuleError) and error.code.startswith(("holiday_", "scope_"))
        if mine:
            self.refusals.say(error.sentence)
        return mine


def holiday_of(row: Row, ubigeo: str, today: date) -> Holiday:
    """A typed day off of the place around the district `ubigeo` that the row names: «28/08» each year, a whole date
    once. RuleError with what to correct.
    """
    text = str(row["day"])
    parts = text.replace("-", "/").split("/")
    holiday = Holiday(str(row["name"]), str(row["norm"]), scope_of(row, ubigeo))
    if len(parts) == 2 and all(part.strip().isdecimal() and len(part.strip()) < 3 for part in parts):
        holiday = replace(holiday, day=int(parts[0]), month=int(parts[1]))
    elif text:
        holiday = replace(holiday, single_day=parse_date(text, today))
    checked = check_dated(holiday, ())
    assert isinstance(checked, Holiday)
    return checked


def scope_of(row: Row, ubigeo: str) -> str:
    """The INEI prefix of the place in which a typed day off holds; the district where the row names none."""
    return ubigeo[: _PLACES.get(str(row.get("place", "")), len(ubigeo))]


def _told(row: Row) -> str:
    place = str(row.get("place", ""))
    return f"{row['day']} {row['name']}" + (f" ({place.lower()})" if place in tuple(_PLACES)[1:] else "")


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "caption")
    return label
