"""Custodia: who answers for which forms, since when, and what became of those that were handed out."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.view.custody_panel import TABS_TAKE, CustodyPanel, Person
from sisfoh_desktop.modules.kardex.view.custody_rows import (
    EVERYBODY,
    HOLDING,
    VIEWS,
    PersonRow,
    days_text,
    person_columns,
    person_rows,
)
from sisfoh_desktop.modules.kardex.view.stock_table import FiguresTable, select_first
from sisfoh_desktop.modules.kardex.view.tab import MOVE, KardexTab
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.workbook_saving import save_workbook


@dataclass(frozen=True)
class _People:
    campaign_id: int
    rows: list[PersonRow]


def _load(db: Any, campaign_id: int, today: date) -> _People:
    if not campaign_id:
        return _People(0, [])
    lines = reading.custody(db, campaign_id, today)
    return _People(campaign_id, person_rows(lines, catalogue.list_holders(db)))


def _load_person(db: Any, campaign_id: int, holder_id: int, today: date) -> Person:
    flows = reading.flows(db, campaign_id=campaign_id, holder_id=holder_id) if campaign_id else []
    return Person(
        reading.custody_of(db, holder_id, today),
        tuple(line for line in flows if line.holder.kind.is_person),
        catalogue.load_campaign(db, campaign_id).name if campaign_id else "",
    )


class CustodyTab(KardexTab):
    """A line for each person and type; below, the chosen person."""

    key = "custody"
    title = "Custodia"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._people: list[PersonRow] = []
        self._loading = False
        self._wanted = 0  # asked for before the list came
        self._has_people = False
        self._alone = False  # the panel shows somebody whom the list does not have
        self._holder_id = 0
        self._shown_campaign = 0
        self.panel = CustodyPanel()
        self.view_combo = QComboBox()
        self.view_combo.addItems([view.words for view in VIEWS])
        self.view_combo.setAccessibleName("Qué personas mostrar")
        self.view_combo.currentIndexChanged.connect(lambda _number: self._show_rows())
        self.list = FiguresTable(
            person_columns(),
            words=("Persona", "Jefe"),
            lesser_share=0.25,
            whole_rows=True,
            key=lambda row: row.key,
            name="Custodia por persona",
            noun=("línea", "líneas"),
            empty_text=VIEWS[0].empty,
        )
        self.list.selection_changed.connect(lambda _row: self._on_chosen())
        self.list.activated.connect(lambda _row: self.panel.list.view.setFocus())
        self.list.view.tell_apart((0, 6))  # the person and the chief
        self.panel.day_return_asked.connect(self._on_day_return)
        self.panel.no_debt_asked.connect(
            lambda holder_id: self.open_tab.emit("actas", ("no_debt", holder_id))
        )
        self.panel.sheet_asked.connect(
            lambda holder_id: self.open_tab.emit("actas", ("daily_sheet", holder_id))
        )
        self.panel.number_chosen.connect(lambda text: self.open_tab.emit("trace", text))
        self.return_action = QAction("Retorno del día…", self)
        self.return_action.setToolTip("Registrar lo usado, lo anulado y lo devuelto por la persona elegida")
        self.return_action.triggered.connect(lambda: self.panel.return_button.click())
        self.export_action = QAction("E&xportar…", self)
        self.export_action.setToolTip("Guardar la custodia en un libro de Excel")
        self.export_action.triggered.connect(lambda: self.export())
        only_for(desk.actor, MOVE, self.return_action, self.panel.return_button, self.panel.no_debt_button)
        self.list.menu_actions = [self.return_action]
        self._build_layout()
        self._refresh_action()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self.campaign_id, self._today()), self._on_loaded, owner=self
        )

    def show_part(self, part: Any) -> None:
        """Show the holder with this id, listed or not."""
        if isinstance(part, int) and part:
            self._wanted = part
            if self._has_people:
                self._show_wanted()

    def next_step(self) -> NextStep | None:
        gone = [row for row in self._people if row.gone_with_forms]
        if gone:
            row = gone[0]
            return NextStep(
                "Pida la devolución",
                f"{row.holder.name} ya no está vigente y todavía tiene formularios.{_others(gone)}",
                "Ver lo que tiene",
                run=partial(self._go_to, row.holder.id),
            )
        late = sorted((row for row in self._people if row.over_days), key=lambda row: -_days(row))
        if late:
            row = late[0]
            return NextStep(
                "Pida cuentas",
                f"{row.holder.name} tiene formularios desde hace {days_text(_days(row))}.{_others(late)}",
                "Ver lo que tiene",
                run=partial(self._go_to, row.holder.id),
            )
        return None

    def actions_of_tab(self) -> list[QAction]:
        return [self.return_action, self.export_action]

    def table(self) -> RowTable:
        return self.list

    def export(self) -> None:
        """Who has what, as a workbook."""
        make = partial(_workbook, self.desk.db, self.campaign_id, self._today())
        save_workbook(self, self.desk.tasks, "Guardar la custodia", "custodia.xlsx", make, noun="líneas")

    # -- inside ----------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _on_loaded(self, people: _People) -> None:
        if people.campaign_id != self.campaign_id:
            return
        self._people, self._has_people = people.rows, True
        stays = people.campaign_id == self._shown_campaign
        self._shown_campaign = people.campaign_id
        self._show_rows(stays=stays)
        if self._wanted:
            self._show_wanted()
        self.next_step_changed.emit()

    def _show_rows(self, *, stays: bool = False) -> None:
        """The people of the chosen view. `stays`: below stays who was there, even with nothing left in the list."""
        view = VIEWS[self.view_combo.currentIndex()]
        rows = [row for row in self._people if view.shows(row)]
        self._loading = True
        if view is HOLDING:
            self.list.set_empty_state(
                view.empty, "Ir al registro", lambda: self.open_tab.emit("register", None)
            )
        else:
            self.list.set_empty_state(view.empty)
        self.list.set_rows(rows)
        if self._alone or (stays and self._holder_id):
            self._alone = not self._select_seen(self._holder_id)
            if self._alone:
                self.list.view.clearSelection()
        else:
            select_first(self.list)
        self.list.refit()
        self._loading = False
        if self._alone:
            self._show_holder(self._holder_id)
        else:
            self._on_chosen()

    def _show_wanted(self) -> None:
        holder_id, self._wanted = self._wanted, 0
        self._go_to(holder_id)

    def _go_to(self, holder_id: int) -> None:
        """Choose a holder in the list, in another view if need be; one who is in none is shown in the panel alone."""
        if self._choose(holder_id):
            return
        self.view_combo.setCurrentIndex(VIEWS.index(EVERYBODY))
        if not self._choose(holder_id):
            self.list.view.clearSelection()
            self._alone = True
            self._show_holder(holder_id)

    def _choose(self, holder_id: int) -> bool:
        chosen: PersonRow | None = self.list.selected()
        if chosen is not None and chosen.holder.id == holder_id:
            return True
        row = next((row for row in self.list.rows() if row.holder.id == holder_id), None)
        return row is not None and self.list.select(row.key)

    def _select_seen(self, holder_id: int) -> bool:
        """Choose a line of the holder that the filter leaves in sight; whether there is one."""
        chosen: PersonRow | None = self.list.selected()
        if chosen is not None and chosen.holder.id == holder_id:
            return True
        seen = (self.list.model.fact(number) for number in range(self.list.model.rowCount()))
        row = next((row for row in seen if row.holder.id == holder_id), None)
        return row is not None and self.list.select(row.key)

    def _on_chosen(self) -> None:
        if self._loading:
            return
        row: PersonRow | None = self.list.selected()
        if row is not None:
            self._alone = False
            self._show_holder(row.holder.id)
        elif self._holder_id and self.list.rows():
            self._show_holder(self._holder_id)  # hidden by the filter, yet on view below: as it is now
        else:
            self._holder_id = 0
            self.panel.show_nobody()
            self._refresh_action()

    def _show_holder(self, holder_id: int) -> None:
        self._holder_id = holder_id
        today = self._today()

        def show(person: Person) -> None:
            if holder_id == self._holder_id:
                self.panel.show_person(person, today)
                self._refresh_action()

        self.desk.tasks.run_query(
            partial(_load_person, self.desk.db, self.campaign_id, holder_id, today), show, owner=self
        )

    def _on_day_return(self, holder_id: int) -> None:
        from sisfoh_desktop.modules.kardex.view.day_return_dialog import DayReturnDialog

        DayReturnDialog.show_for(self, self.desk, self.campaign_id, holder_id=holder_id)

    def _refresh_action(self) -> None:
        self.return_action.setEnabled(self.panel.return_button.isEnabled())
        self.export_action.setEnabled(bool(self._people))

    def _build_layout(self) -> None:
        label = QLabel(with_mnemonic("&Mostrar:", set(TABS_TAKE)))
        label.setBuddy(self.view_combo)
        choosing = QHBoxLayout()
        choosing.setSpacing(8)
        choosing.addWidget(label)
        choosing.addWidget(self.view_combo)
        choosing.addStretch(1)
        top = QWidget()
        box = QVBoxLayout(top)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(8)
        box.addLayout(choosing)
        box.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(top)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 280])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.list)


def _workbook(db: Any, campaign_id: int, today: date, progress: Progress) -> bytes:
    from sisfoh_desktop.modules.kardex.service import actas

    return actas.custody_workbook(db, campaign_id, today, progress=progress)


def _days(row: PersonRow) -> int:
    return row.line.days if row.line is not None else 0


def _others(rows: list[PersonRow]) -> str:
    """` Hay 2 personas más así.`"""
    more = len({row.holder.id for row in rows}) - 1
    if not more:
        return ""
    return f" Hay {more} {'persona' if more == 1 else 'personas'} más así."
