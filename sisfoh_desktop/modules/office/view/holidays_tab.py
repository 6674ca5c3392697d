"""The tab "Feriados": every day off with its norm, its place, and whether terms skip it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from sisfoh_desktop.basics.dates import MONTH_NAMES, format_date
from sisfoh_desktop.basics.holidays import DayOffKind
from sisfoh_desktop.modules.office import service
from sisfoh_desktop.modules.office.rules import Holiday, OfficeState, period_words
from sisfoh_desktop.modules.office.service.places import names_of
from sisfoh_desktop.modules.office.view.fact_dialog import EndDialog, stored_fact
from sisfoh_desktop.modules.office.view.holiday_dialogs import (
    KIND_WORDS,
    HolidayDialog,
    RemoveHolidayDialog,
    VerifiedDialog,
)
from sisfoh_desktop.modules.office.view.office_tab import MANAGE, DetailLine, OfficeTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone
from sisfoh_desktop.qtkit.undo_offer import offer_undo

_COUNTRY = "Todo el país"
_KIND_OF_PLACE = {2: "Departamento", 4: "Provincia", 6: "Distrito"}


class HolidaysTab(OfficeTab):
    """Days off and how far they were verified."""

    title = "Feriados"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.state = OfficeState()
        self._places: dict[str, str] = {}
        self.new_action = self.action("&Nuevo día", self.new_record, "plus")
        self.edit_action = self.action("&Editar", self._on_edit, "pencil")
        self.end_action = self.action("&Poner fin", self._on_end)
        self.remove_action = self.action("Re&tirar un día mal registrado", self._on_remove)
        history = self.history_action(lambda: self.holidays.selected(), lambda holiday: holiday.name)
        self.verified = QLabel()
        self.verified.setProperty("tone", "dim")
        self.verify_button = QPushButton("Ano&tar verificación")
        only_for(desk.actor, MANAGE, self.verify_button)
        self.verify_button.clicked.connect(self.note_verified)
        self.holidays = RowTable(
            [
                Column("Fecha", when_text, when_key, width=120),
                Column("Día", lambda holiday: holiday.name),
                Column("Clase", lambda holiday: KIND_WORDS[holiday.kind], width=112),
                Column(
                    "En los plazos",
                    lambda holiday: counting(holiday)[1],
                    tone=lambda holiday: counting(holiday)[0],
                    width=128,
                ),
                Column("Ámbito", lambda holiday: scope_text(holiday, self._places), width=168),
                Column("Norma", lambda holiday: holiday.norm or "—", width=128),
            ],
            name="Feriados y días no laborables",
            noun=("día", "días"),
            empty_text="No hay feriados en la base: mientras tanto los plazos usan la lista del programa.",
            empty_button="Cargar la lista nacional" if self.may_manage else "",
            on_empty=self._on_install,
        )
        self.needs_selection(self.holidays, self.edit_action, self.end_action, self.remove_action, history)
        self.holidays.activated.connect(lambda _holiday: self.edit_action.trigger())
        self.holidays.selection_changed.connect(self._show_detail)
        self.detail = DetailLine()
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.verified, 1)
        head.addWidget(self.verify_button)
        self.column.addLayout(head)
        self.column.addWidget(self.holidays, 1)
        self.column.addWidget(self.detail)

    def reload(self) -> None:
        db = self.desk.db

        def query() -> tuple[list[Holiday], OfficeState, dict[str, str]]:
            holidays = service.list_holidays(db)
            return holidays, service.load_state(db), names_of({one.scope for one in holidays if one.scope})

        self.desk.tasks.run_query(query, self._on_loaded, owner=self)

    def table(self) -> RowTable:
        return self.holidays

    def new_record(self) -> bool:
        HolidayDialog.ask_for(self, self.desk, None, self._saver(service.add_holiday, "holiday"))
        return True

    def note_verified(self) -> None:
        """Ask up to which day the calendar was compared with the official gazette."""
        save = self._saver(service.save_calendar_verified, "until", expected_version=self.state.version)
        VerifiedDialog.ask_for(self, self.desk, save)

    # -- inside ----------------------------------------------------------------------------------------

    def _on_edit(self) -> None:
        holiday: Holiday | None = self.holidays.selected()
        if holiday is not None:
            save = self._saver(service.save_holiday, "holiday", expected_version=holiday.version)
            fresh = partial(stored_fact, service.list_holidays, self.desk.db, holiday.id)
            HolidayDialog.ask_for(self, self.desk, holiday, save, fresh)

    def _on_end(self) -> None:
        holiday: Holiday | None = self.holidays.selected()
        if holiday is not None:
            save = self._saver(
                service.end_holiday, "last_day", holiday_id=holiday.id, expected_version=holiday.version
            )
            ended = EndDialog.ask_for(
                self,
                self.desk,
                f"«{holiday.name}»",
                "Si la norma se derogó: después de ese día la fecha vuelve a ser hábil.",
                save,
            )
            if ended is not None:
                back = self._saver(service.save_holiday, "holiday", expected_version=holiday.version + 1)
                self.offer_back(f"«{holiday.name}»", back, holiday)

    def _on_remove(self) -> None:
        holiday: Holiday | None = self.holidays.selected()
        if holiday is not None:
            save = self._saver(
                service.remove_holiday, "reason", holiday_id=holiday.id, expected_version=holiday.version
            )
            removed = RemoveHolidayDialog.ask_for(self, self.desk, holiday, save)
            if (
                removed is not None and holiday.entered_by == self.desk.actor.user
            ):  # it comes back as one's own
                offer_undo(
                    self,
                    self.desk.tasks,
                    f"Se retiró «{holiday.name}».",
                    partial(self._saver(service.add_holiday, "holiday"), replace(holiday, id=0)),
                    {"office"},
                    undone=f"«{holiday.name}» está otra vez en la lista.",
                )

    def _on_install(self) -> None:
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock
        self.desk.tasks.run_change(
            lambda: service.install_national_data(db, actor=actor, now=clock.now()),
            touches={"office"},
            owner=self,
        )

    def _saver(self, verb: Callable[..., int], argument: str, **options: Any) -> Callable[..., int]:
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock

        def save(chosen: Any, token: str, **later: Any) -> int:
            return verb(
                db, actor=actor, now=clock.now(), token=token, **{argument: chosen}, **(options | later)
            )

        return save

    def _on_loaded(self, found: tuple[list[Holiday], OfficeState, dict[str, str]]) -> None:
        holidays, self.state, self._places = found
        self.show_rows(self.holidays, holidays)
        until = self.state.calendar_verified_until
        self.verified.setText(
            f"Calendario verificado hasta el {format_date(until)}; los plazos que pasan de ahí lo advierten."
            if until
            else "Nadie anotó hasta cuándo está verificado el calendario."
        )
        self._show_detail(self.holidays.selected())
        self.tell_loaded()

    def _show_detail(self, holiday: Holiday | None) -> None:
        if holiday is None:
            self.detail.show_parts("Elija un día para ver quién lo registró y qué tener en cuenta.")
            return
        self.detail.show_parts(
            f"Vigencia: {period_words(holiday)}" if holiday.single_day is None else "",
            f"Registró: {holiday.entered_by}" if holiday.entered_by else "",
            f"Cómo se sabe: {holiday.trust}" if holiday.trust else "",
            holiday.note,
        )


def when_text(holiday: Holiday) -> str:
    """`29 de junio`, `02/01/2026` or `Pascua − 2 días`."""
    if holiday.single_day is not None:
        return format_date(holiday.single_day)
    if holiday.easter_offset is not None:
        offset = holiday.easter_offset
        sign = "−" if offset < 0 else "+"
        return f"Pascua {sign} {abs(offset)} días" if offset else "Domingo de Pascua"
    return f"{holiday.day:02d} de {MONTH_NAMES[(holiday.month or 1) - 1]}"


def when_key(holiday: Holiday) -> tuple[int, date]:
    """Yearly days by date, then those of Easter, then single days."""
    if holiday.single_day is not None:
        return (2, holiday.single_day)
    if holiday.easter_offset is not None:
        return (1, date.fromordinal(date(2000, 6, 1).toordinal() + holiday.easter_offset))
    return (0, date(2000, holiday.month or 1, holiday.day or 1))


def counting(holiday: Holiday) -> tuple[Tone, str]:
    """How terms treat the day."""
    if not holiday.suspends:
        return ("warn", "Se cuenta")
    return ("accent", "No vence ese día") if holiday.kind is DayOffKind.HALF_DAY else ("ok", "No se cuenta")


def scope_text(holiday: Holiday, places: Mapping[str, str]) -> str:
    """`Todo el país` or `Provincia de Tacna`; `Provincia 2399` where `places` (code, name) does not know it."""
    if not holiday.scope:
        return _COUNTRY
    return places.get(holiday.scope) or f"{_KIND_OF_PLACE[len(holiday.scope)]} {holiday.scope}"
