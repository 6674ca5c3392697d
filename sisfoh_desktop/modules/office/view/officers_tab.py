"""The tab "Responsables": who held which post on a day, and everyone ever entered on demand."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from sisfoh_desktop.modules.office import rules, service
from sisfoh_desktop.modules.office.rules import Officer, OfficerLine, Unit
from sisfoh_desktop.modules.office.view.fact_dialog import EndDialog
from sisfoh_desktop.modules.office.view.office_tab import DetailLine, OfficeTab, validity_column
from sisfoh_desktop.modules.office.view.officer_dialog import OfficerDialog
from sisfoh_desktop.modules.office.view.on_day import OnDay
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.reason_dialog import reveal_dni
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class OfficersTab(OfficeTab):
    """Officers by date, DNI masked."""

    title = "Responsables"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.units: list[Unit] = []
        self.new_action = self.action("&Nuevo responsable", self.new_record, "plus")
        self.edit_action = self.action("&Editar", self._on_edit, "pencil")
        self.end_action = self.action("&Poner fin", self._on_end)
        self.dni_action = self.action("&Ver DNI completo…", self._on_dni, right="personal.view")
        only_for(desk.actor, "personal.view", self.dni_action)
        history = self.history_action(self._chosen_officer, lambda officer: officer.full_name)
        self.on = OnDay(desk, "Responsables &al", self.reload)
        self.everyone = QCheckBox("&Ver también los de otras fechas")
        self.everyone.toggled.connect(self._on_everyone_toggled)
        self.officers = RowTable(
            [
                Column("Responsable", lambda line: line.officer.full_name),
                Column("Cargo", lambda line: line.officer.full_position),
                Column("Unidad", lambda line: line.unit_siglas or "—", width=96),
                Column("DNI", lambda line: line.masked_dni or "—", align="center", width=88, personal=True),
                validity_column(lambda: self.today, lambda line: line.officer),
            ],
            key=lambda line: line.officer.id,
            name="Responsables",
            noun=("responsable", "responsables"),
            empty_text="No hay responsables en esa fecha: quien firma debe estar aquí con su designación.",
            empty_button="Nuevo responsable" if self.may_manage else "",
            on_empty=self.new_record,
        )
        self.needs_selection(self.officers, self.edit_action, self.end_action, self.dni_action, history)
        self.officers.selection_changed.connect(
            lambda line: self.dni_action.setEnabled(line is not None and bool(line.masked_dni))
        )
        self.officers.activated.connect(lambda _line: self.edit_action.trigger())
        self.officers.selection_changed.connect(self._show_detail)
        self.detail = DetailLine()
        self.everyone.setMinimumHeight(self.on.field.editor.sizeHint().height())
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.on)
        head.addWidget(self.everyone, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.officers, 1)
        self.column.addWidget(self.detail)

    def reload(self) -> None:
        db, day = self.desk.db, self.on.day()
        asked = None if self.everyone.isChecked() else day

        def query() -> tuple[list[OfficerLine], list[Unit]]:
            return service.list_officers(db, asked), service.list_units(db, day)

        self.desk.tasks.run_query(query, self._on_loaded, owner=self)

    def table(self) -> RowTable:
        return self.officers

    def select(self, record_id: int) -> bool:
        found = self.officers.select(record_id)
        if not found and self.is_loaded:
            self.everyone.setChecked(True)  # an officer of another date: looked for again once loaded
        return found

    def new_record(self) -> bool:
        blank = OfficerLine(Officer("", "", 0, dni=""), "", "", "")
        OfficerDialog.ask_for(self, self.desk, blank, self.units, self._saver(service.add_officer))
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _chosen_officer(self) -> Officer | None:
        line: OfficerLine | None = self.officers.selected()
        return line.officer if line is not None else None

    def _on_edit(self) -> None:
        line: OfficerLine | None = self.officers.selected()
        if line is not None:
            save = self._saver(service.save_officer, expected_version=line.officer.version)
            fresh = partial(service.load_officer, self.desk.db, line.officer.id)
            OfficerDialog.ask_for(self, self.desk, line, self.units, save, fresh)

    def _on_end(self) -> None:
        line: OfficerLine | None = self.officers.selected()
        if line is None:
            return
        officer = line.officer

        def save(last_day: date, token: str) -> int:
            return service.end_officer(
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                officer_id=officer.id,
                last_day=last_day,
                expected_version=officer.version,
                token=token,
            )

        what = f"la designación de {officer.full_name}"
        ended = EndDialog.ask_for(
            self,
            self.desk,
            what,
            f"Deja de figurar como {officer.full_position}; lo que firmó no cambia.",
            save,
        )
        if ended is not None:
            back = self._saver(service.save_officer, expected_version=officer.version + 1)
            self.offer_back(what, back, officer)

    def _on_dni(self) -> None:
        line: OfficerLine | None = self.officers.selected()
        if line is None:
            return
        db, actor, now, officer = self.desk.db, self.desk.actor, self.desk.clock.now(), line.officer

        def reveal(reason: str) -> str:
            return service.reveal_dni(db, actor=actor, now=now, officer_id=officer.id, reason=reason)

        reveal_dni(self, self.desk.tasks, officer.full_name, reveal)

    def _saver(self, verb: Callable[..., int], **options: Any) -> Callable[..., int]:
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock

        def save(officer: Officer, token: str, **later: Any) -> int:
            return verb(db, actor=actor, now=clock.now(), officer=officer, token=token, **(options | later))

        return save

    def _on_everyone_toggled(self, everyone: bool) -> None:
        self.on.setDisabled(everyone)
        self.reload()

    def _on_loaded(self, found: tuple[list[OfficerLine], list[Unit]]) -> None:
        lines, self.units = found
        self.show_rows(self.officers, lines)
        self._show_detail(self.officers.selected())
        self.tell_loaded()

    def _show_detail(self, line: OfficerLine | None) -> None:
        if line is None:
            self.detail.show_parts("Elija un responsable para ver su designación.")
            return
        officer = line.officer
        self.detail.show_parts(
            officer.full_position,
            line.unit_name,
            "A la cabeza de la unidad" if officer.head else "",
            f"Designación: {officer.document}" if officer.document else "Sin documento de designación",
            f"Vigencia: {rules.period_words(officer)}",
        )
