"""The tab "Unidades": the tree as it was on a day, and below it the names that the chosen unit has had."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.modules.office import service
from sisfoh_desktop.modules.office.rules import Unit, UnitName, in_force
from sisfoh_desktop.modules.office.view.fact_dialog import EndDialog
from sisfoh_desktop.modules.office.view.office_tab import OfficeTab, validity_column
from sisfoh_desktop.modules.office.view.on_day import OnDay
from sisfoh_desktop.modules.office.view.unit_dialogs import RenameDialog, UnitDialog, indented_name
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class UnitsTab(OfficeTab):
    """Organic units by date."""

    title = "Unidades"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.new_action = self.action("&Nueva unidad", self.new_record, "plus")
        self.edit_action = self.action("&Editar", self._on_edit, "pencil")
        self.rename_action = self.action("Cambiar n&ombre", self._on_rename)
        self.end_action = self.action("&Poner fin", self._on_end)
        history = self.history_action(lambda: self.units.selected(), lambda unit: unit.name)
        self.on = OnDay(desk, "Unidades &al", self.reload)
        self.units = RowTable(
            [
                Column("Unidad", indented_name),
                Column("Sigla", lambda unit: unit.siglas, width=112),
                validity_column(lambda: self.today),
            ],
            name="Unidades orgánicas",
            noun=("unidad", "unidades"),
            empty_text="Todavía no hay unidades en esa fecha: empiece por la Gerencia Municipal.",
            empty_button="Nueva unidad" if self.may_manage else "",
            on_empty=self.new_record,
        )
        self.needs_selection(self.units, self.edit_action, self.rename_action, self.end_action, history)
        self.units.activated.connect(lambda _unit: self.edit_action.trigger())
        self.units.selection_changed.connect(self._on_selected)
        self.names = RowTable(
            [
                Column("Nombre", lambda name: name.name),
                Column("Sigla", lambda name: name.siglas, width=112),
                Column("Documento", lambda name: name.document or "—", width=176),
                validity_column(lambda: self.today),
            ],
            name="Nombres de la unidad elegida",
            noun=("nombre", "nombres"),
            filterable=False,
        )
        self.names_heading = QLabel("Nombres que tuvo")
        self.names_heading.setProperty("role", "section")
        self.column.addWidget(self.on)
        self.column.addWidget(self.units, 4)
        self.column.addWidget(self.names_heading)
        self.column.addWidget(self.names, 1)

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(service.list_units, self.desk.db, self.on.day()), self._on_loaded, owner=self
        )

    def table(self) -> RowTable:
        return self.units

    def new_record(self) -> bool:
        chosen: Unit | None = self.units.selected()
        blank = Unit("", "", parent_id=chosen.parent_id if chosen else None)
        UnitDialog.ask_for(self, self.desk, blank, self.units.rows(), self._saver(service.add_unit))
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _on_edit(self) -> None:
        unit: Unit | None = self.units.selected()
        if unit is not None:
            save = self._saver(service.save_unit, expected_version=unit.version)
            fresh = partial(service.load_unit, self.desk.db, unit.id, self.on.day())
            UnitDialog.ask_for(self, self.desk, unit, self.units.rows(), save, fresh)

    def _on_rename(self) -> None:
        unit: Unit | None = self.units.selected()
        if unit is not None:
            save = self._saver(service.rename_unit, expected_version=unit.version)
            RenameDialog.ask_for(self, self.desk, unit, save)

    def _on_end(self) -> None:
        unit: Unit | None = self.units.selected()
        if unit is None:
            return

        def save(last_day: Any, token: str) -> int:
            return service.end_unit(
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                unit_id=unit.id,
                last_day=last_day,
                expected_version=unit.version,
                token=token,
            )

        what = f"la unidad {unit.siglas}"
        ended: date | None = EndDialog.ask_for(
            self,
            self.desk,
            what,
            "Desde el día siguiente la unidad ya no se ofrece; los documentos anteriores la conservan.",
            save,
        )
        if ended is not None and in_force(unit, ended):  # else it was another of its names that ended
            back = self._saver(service.save_unit, expected_version=unit.version + 1)
            self.offer_back(what, back, unit)

    def _saver(self, verb: Callable[..., int], **options: Any) -> Callable[..., int]:
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock

        def save(unit: Unit, token: str, **later: Any) -> int:
            return verb(db, actor=actor, now=clock.now(), unit=unit, token=token, **(options | later))

        return save

    def _on_loaded(self, units: list[Unit]) -> None:
        self.show_rows(self.units, units)
        self._on_selected(self.units.selected())
        self.tell_loaded()

    def _on_selected(self, unit: Unit | None) -> None:
        self.names_heading.setVisible(unit is not None)
        self.names.setVisible(unit is not None)
        if unit is None:
            return
        self.desk.tasks.run_query(
            partial(service.list_unit_names, self.desk.db, unit.id),
            partial(self._on_names_loaded, unit.id),
            owner=self,
        )

    def _on_names_loaded(self, unit_id: int, names: list[UnitName]) -> None:
        chosen = self.units.selected()
        if chosen is not None and chosen.id == unit_id:
            self.names.set_rows(list(reversed(names)))
