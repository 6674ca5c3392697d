"""Cuadre: does each person add up, and what differs between the ledger, the counts and what was digitised."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder
from sisfoh_desktop.modules.kardex.rules.cuadre import Cuadre
from sisfoh_desktop.modules.kardex.rules.differences import Difference, Severity
from sisfoh_desktop.modules.kardex.service import catalogue, counting
from sisfoh_desktop.modules.kardex.view.cuadre_detail import DifferenceDetail
from sisfoh_desktop.modules.kardex.view.cuadre_explain import ExplainDialog
from sisfoh_desktop.modules.kardex.view.cuadre_period import Period, PeriodBar
from sisfoh_desktop.modules.kardex.view.cuadre_rows import difference_columns, identity_columns, told_cuts
from sisfoh_desktop.modules.kardex.view.stock_table import FiguresTable
from sisfoh_desktop.modules.kardex.view.tab import CATALOGUE, MOVE, KardexTab
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for, trigger_offered
from sisfoh_desktop.qtkit.row_table import RowTable

_NO_MOVEMENTS = "Nadie recibió formularios en este período."
_NOT_COMPARED = "El libro cuadra. Importe lo digitado o registre un arqueo para comparar con él."
_NO_DIFFERENCES = "Ninguna diferencia: el libro, los arqueos y lo digitado dicen lo mismo."


@dataclass(frozen=True)
class _Answer:
    campaign_id: int
    period: Period
    cuadre: Cuadre | None
    people: list[Holder]
    types: list[FormType]


def _load(db: Any, campaign_id: int, period: Period, today: date) -> _Answer:
    if not campaign_id:
        return _Answer(0, period, None, [], [])
    answer = counting.cuadre(
        db,
        campaign_id=campaign_id,
        type_id=period.type_id,
        holder_id=period.holder_id,
        since=period.since,
        until=period.until,
        today=today,
        closing=period.closing,
    )
    people = [one for one in catalogue.list_holders(db) if one.kind.is_person]
    return _Answer(campaign_id, period, answer, people, catalogue.list_types(db, campaign_id))


class CuadreTab(KardexTab):
    """Above, a line for each person and form; below, the differences and the chosen one in words."""

    key = "cuadre"
    title = "Cuadre"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._answer: _Answer | None = None
        self.bar = PeriodBar(desk.clock)
        self.bar.changed.connect(self.reload)
        self.cuts = QLabel()
        self.cuts.setProperty("role", "caption")
        self.cuts.setTextFormat(Qt.TextFormat.PlainText)
        self.cuts.setWordWrap(True)
        self.people = FiguresTable(
            identity_columns(),
            words=("Persona",),
            key=lambda line: (line.holder.id, line.form_type.id),
            name="Cuadre por persona",
            noun=("línea", "líneas"),
            empty_text=_NO_MOVEMENTS,
            filterable=False,
            whole_rows=True,
            empty_button="Ir al registro",
            on_empty=lambda: self.open_tab.emit("register", None),
        )
        self.people.activated.connect(lambda line: self.bar.choose_holder(line.holder.id))
        self.list = RowTable(
            difference_columns(),
            key=lambda one: one.fingerprint,
            name="Diferencias",
            noun=("diferencia", "diferencias"),
            empty_text=_NO_DIFFERENCES,
            whole_rows=True,
        )
        for table in (self.people, self.list):
            titles = [column.title for column in table.model.columns]
            table.view.tell_apart([titles.index("Persona")])
        self.list.selection_changed.connect(lambda _one: self._show_chosen())
        self.list.activated.connect(lambda _one: self.explain())
        self.detail = DifferenceDetail()
        self.detail.explain_asked.connect(self.explain)
        self.detail.trace_asked.connect(lambda text: self.open_tab.emit("trace", text))
        self._make_actions()
        self._build_layout()
        self._show_chosen()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self.campaign_id, self.bar.period(), self._today()),
            self._on_loaded,
            owner=self,
        )

    def show_part(self, part: Any) -> None:
        """Show one holder's cuadre."""
        if isinstance(part, int) and part:
            self.bar.choose_holder(part)

    def next_step(self) -> NextStep | None:
        answer = self._answer.cuadre if self._answer else None
        if answer is None:
            return None
        open_ = [one for one in answer.differences if not one.explained]
        if open_:
            grave = sum(one.severity is Severity.GRAVE for one in open_)
            told = f"{len(open_)} sin explicar" + (
                f", {grave} {'grave' if grave == 1 else 'graves'}" if grave else ""
            )
            step = NextStep(
                "Aclare las diferencias",
                f"{told}. Empiece por: {open_[0].sentence}",
                "Explicar la primera",
                enabled=self._writable(),
                reason="La campaña está cerrada.",
                run=partial(self._explain, open_[0]),
            )
            return step_for(self.desk.actor, MOVE, step)
        if not answer.cuts and any(line.flow.used for line in answer.lines):
            step = NextStep(
                "Importe lo digitado",
                "Con los números que digitación ya cargó se compara lo usado, número por número.",
                "Importar lo digitado",
                enabled=self._writable(),
                reason="La campaña está cerrada.",
                run=self.bring_digitised,
            )
            return step_for(self.desk.actor, MOVE, step)
        return None

    def actions_of_tab(self) -> list[QAction]:
        return [
            *(self.import_action, self.count_action, self.close_action, self.counts_action),
            *(self.adjustments_action, self.propose_action),
        ]

    def table(self) -> RowTable:
        return self.list

    def new_record(self) -> bool:
        return trigger_offered(self.count_action)

    # -- orders ----------------------------------------------------------------------------------------

    def explain(self) -> None:
        """Say what became of the chosen difference."""
        chosen: Difference | None = self.list.selected()
        if chosen is not None and self._writable():
            self._explain(chosen)

    def _explain(self, difference: Difference) -> None:
        ExplainDialog(self.desk, self.campaign_id, difference, parent=self.window()).ask()

    def record_count(self) -> None:
        """Register what was found in somebody's hands."""
        from sisfoh_desktop.modules.kardex.view.count_dialog import CountDialog

        if self._answer is not None and self._writable():
            CountDialog(
                self.desk, self._answer.types, self.bar.period().holder_id, parent=self.window()
            ).ask()

    def bring_digitised(self) -> None:
        """Compare with a spreadsheet of digitised numbers."""
        from sisfoh_desktop.modules.kardex.view.count_import import ImportDialog

        if self._answer is not None and self._writable():
            ImportDialog.ask_file(self.desk, self._answer.types, self.window())

    def close_campaign(self) -> None:
        """Close the campaign, or open it again."""
        from sisfoh_desktop.modules.kardex.view.cuadre_closing import ask_closing

        campaign = self._campaign()
        if campaign is not None:
            ask_closing(self.desk, campaign, self)

    def show_counts(self) -> None:
        """The counts on which the differences rest."""
        from sisfoh_desktop.modules.kardex.view.count_list import CountsDialog

        CountsDialog.ask(self.desk, self.campaign_id, self.window())

    def show_adjustments(self) -> None:
        """Those that were proposed and wait for their approvals."""
        from sisfoh_desktop.modules.kardex.view.adjust_dialogs import AdjustmentsDialog

        AdjustmentsDialog.show_for(self, self.desk, self.campaign_id)

    def propose_adjustment(self) -> None:
        """What no movement can say: two people approve it."""
        from sisfoh_desktop.modules.kardex.view.adjust_dialogs import ProposeDialog

        ProposeDialog.show_for(self, self.desk, self.campaign_id)

    # -- inside ----------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _campaign(self) -> Campaign | None:
        answer = self._answer
        return answer.cuadre.campaign if answer is not None and answer.cuadre is not None else None

    def _writable(self) -> bool:
        campaign = self._campaign()
        return self.desk.actor.may(MOVE) and campaign is not None and campaign.closed_on is None

    def _on_loaded(self, answer: _Answer) -> None:
        if answer.campaign_id != self.campaign_id or answer.period != self.bar.period():
            return
        self._answer = answer
        self.bar.show_choices(answer.people, answer.types)
        found = answer.cuadre
        self._say_when_empty(found)
        self.people.set_rows(found.lines if found else ())
        self.list.set_rows(sorted(found.differences, key=lambda one: one.explained) if found else ())
        if found and found.differences and self.list.selected() is None:
            self.list.view.select_row(0)
        self.people.refit()
        self.list.refit()
        self.cuts.setText(told_cuts(found) if found else "")
        self._refresh_actions()
        self._show_chosen()
        self.next_step_changed.emit()

    def _say_when_empty(self, found: Cuadre | None) -> None:
        """Nothing to explain is good news only when there was something to compare with."""
        if found is not None and not found.cuts and self._writable():
            self.list.set_empty_state(_NOT_COMPARED, "Importar lo digitado…", self.bring_digitised)
        else:
            self.list.set_empty_state(_NO_DIFFERENCES)

    def _show_chosen(self) -> None:
        self.detail.show_difference(self.list.selected(), writable=self._writable())

    def _refresh_actions(self) -> None:
        campaign = self._campaign()
        closed = campaign is not None and campaign.closed_on is not None
        self.close_action.setText("Rea&brir campaña…" if closed else "&Cerrar campaña…")
        self.close_action.setEnabled(campaign is not None)
        for action in (self.count_action, self.import_action):
            action.setEnabled(campaign is not None and not closed)
        self.counts_action.setEnabled(campaign is not None)
        self.adjustments_action.setEnabled(campaign is not None)
        self.propose_action.setEnabled(campaign is not None and not closed)

    def _make_actions(self) -> None:
        def action(words: str, tip: str, run: Any) -> QAction:
            made = QAction(words, self)
            made.setToolTip(tip)
            made.triggered.connect(lambda: run())
            return made

        self.import_action = action(
            "I&mportar lo digitado…",
            "Comparar lo usado con una hoja de números digitados",
            self.bring_digitised,
        )
        self.count_action = action(
            "Registrar ar&queo…", "Anotar lo que se encontró en poder de alguien (Ctrl+N)", self.record_count
        )
        self.close_action = action(
            "&Cerrar campaña…", "Cerrar la campaña cuando nadie tenga formularios", self.close_campaign
        )
        self.counts_action = action(
            "Arqueos y archivos…", "Los conteos en que se apoya el cuadre", self.show_counts
        )
        self.adjustments_action = action(
            "Ajustes por aprobar…", "Los propuestos, y las aprobaciones que les faltan", self.show_adjustments
        )
        self.propose_action = action(
            "Proponer un ajuste…",
            "Corregir el libro donde ningún movimiento puede, con dos aprobaciones",
            self.propose_adjustment,
        )
        explain = action("Explicar…\tIntro", "Decir qué pasó con estos formularios", self.explain)
        trace = action("Ver en Rastreo", "Toda la vida del primer número", self.detail.trace_button.click)
        self.list.menu_actions = [explain, trace]
        moving = (self.import_action, self.count_action, self.propose_action, explain)
        only_for(self.desk.actor, MOVE, *moving, self.detail.explain_button)
        only_for(self.desk.actor, CATALOGUE, self.close_action)
        self._refresh_actions()

    def _build_layout(self) -> None:
        top = QWidget()
        box = QVBoxLayout(top)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(8)
        box.addWidget(self.bar)
        box.addWidget(self.people, 1)
        box.addWidget(self.cuts)
        bottom = QWidget()
        below = QVBoxLayout(bottom)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.list, 1)
        below.addWidget(self.detail)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(top)
        split.addWidget(bottom)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([300, 345])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.list)
