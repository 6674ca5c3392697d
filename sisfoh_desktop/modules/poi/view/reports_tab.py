"""Informes: the quarter and the unit to report, copies for work, and the papers emitted with their round."""

from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.papers.rules import Paper, next_signer
from sisfoh_desktop.modules.poi.rules.charts import unit_names
from sisfoh_desktop.modules.poi.rules.facts import QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.quarter_table import quarter_of
from sisfoh_desktop.modules.poi.rules.reports import ReportLine, version_words
from sisfoh_desktop.modules.poi.service import reading, reports
from sisfoh_desktop.modules.poi.view.reports_orders import ReportOrders, Wanted
from sisfoh_desktop.modules.poi.view.reports_round import ReportRound
from sisfoh_desktop.modules.poi.view.reports_rows import report_columns
from sisfoh_desktop.modules.poi.view.tab import NO_ACTIVITIES, NO_PLAN, REPORT, PoiTab
from sisfoh_desktop.qtkit.actions import action_button, make_action
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for
from sisfoh_desktop.qtkit.round_orders import SIGN
from sisfoh_desktop.qtkit.row_table import RowTable

_TABS_TAKE = frozenset("tspgifv")  # the Alt+letters of the page's tabs, and of «Informes»
_WHOLE_PLAN = "Todo el plan"
_NO_REPORTS = "Todavía no se emitió ningún informe de este POI."


class _Loaded:
    """The reports of a plan, its units, its version in words and the last month with anything executed."""

    def __init__(self, db: Any, plan_id: int) -> None:
        self.plan_id = plan_id
        self.lines: list[ReportLine] = []
        self.units: tuple[str, ...] = ()
        self.version, self.last_month = "", 0
        if plan_id:
            self.lines = reports.list_reports(db, plan_id)
            year = reading.load_year(db, plan_id)
            self.units = unit_names(year)
            self.version, self.last_month = version_words(year.poi_version), year.last_executed


class ReportsTab(PoiTab):
    """Above what is to be reported, below what was emitted."""

    key = "reports"
    title = "Informes"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._paper: Paper | None = None
        self._has_activities = False
        self._chosen_plan = 0  # of which the quarter was proposed already
        self._wanted_part = 0
        self._letters = set(_TABS_TAKE)
        self.orders = ReportOrders(desk, self)
        self.orders.busy_changed.connect(self._refresh)
        self.orders.reload_asked.connect(self.reload)
        self.round = ReportRound(desk, self, self._paper_now, self.orders.change)
        self._build_actions()
        self.made = RowTable(
            report_columns(),
            name="Informes y fichas emitidos",
            noun=("documento", "documentos"),
            empty_text=_NO_REPORTS,
        )
        self.made.menu_actions = [self.show_action, *self.round.orders.actions, self.annul_action]
        self.made.activated.connect(lambda _one: self.show_action.trigger())
        self.made.selection_changed.connect(lambda _one: self._on_selected())
        self._build_layout()
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        plan_id = self.plan.id if self.plan is not None else 0
        self.desk.tasks.run_query(partial(_Loaded, self.desk.db, plan_id), self._on_loaded, owner=self)

    def show_part(self, part: Any) -> None:
        """A report by its id, or below zero by what it is about: its newest."""
        if isinstance(part, int):
            self._wanted_part = part
            self._select_wanted()

    def next_step(self) -> NextStep | None:
        if self.plan is None:
            return None
        paper = self._paper
        slot = next_signer(paper) if paper is not None else None
        if paper is not None and slot is not None:
            step = NextStep(
                f"Falta firmar {paper.name}",
                f"Sigue {slot.label}. Firme aquí con su certificado, expórtelo para firmarlo fuera, o imprímalo y "
                "registre la firma en tinta con su escaneo.",
                "Firmar con certificado…",
                enabled=not self.orders.busy,
                reason="Un momento: se está guardando.",
                run=self.round.orders.sign_action.trigger,
            )
            return step_for(self.desk.actor, SIGN, step)
        step = NextStep(
            "Emita el informe del trimestre",
            "Empieza por las actividades que se apartan de lo programado. Mírelo antes de emitirlo: al emitirlo se "
            "numera y ya no cambia.",
            "Emitir…",
            enabled=self.emit_action.isEnabled(),
            reason="Este POI todavía no tiene actividades.",
            run=self.emit_action.trigger,
        )
        return step_for(self.desk.actor, REPORT, step)

    def actions_of_tab(self) -> list[QAction]:
        return [
            self.preview_action,
            self.emit_action,
            self.book_action,
            self.plan_action,
            self.show_action,
            *self.round.orders.actions,
            self.annul_action,
        ]

    def table(self) -> RowTable:
        return self.made

    def new_record(self) -> bool:
        return self._trigger(self.emit_action)

    def preview(self) -> bool:
        return self._trigger(self.preview_action)

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        action = partial(make_action, self)

        orders = self.orders
        self.preview_action = action(
            "Vista previa",
            lambda: self._with_wanted(orders.preview),
            "Ver el informe o la ficha sin emitirlo (Ctrl+P)",
        )
        self.emit_action = action(
            "Emitir…",
            lambda: self._with_wanted(orders.emit_report),
            "Numerar el documento y darlo a firmar (Ctrl+N)",
            "file-plus",
        )
        self.book_action = action(
            "Excel del trimestre…",
            lambda: self._with_wanted(orders.save_workbook),
            "Guardar la tabla del trimestre con sus sumas en fórmulas",
        )
        self.plan_action = action(
            "Excel del plan…",
            lambda: self._with_wanted(lambda wanted: orders.save_plan(wanted.plan)),
            "Guardar los doce meses y todos los datos, para trabajarlos fuera y volver a importarlos",
        )
        self.show_action = action(
            "Ver el documento", self._on_show, "Ver el documento emitido que está elegido (Intro)"
        )
        self.annul_action = action("Anular…", self._on_annul, "Retirar un documento que no se firmó completo")
        only_for(self.desk.actor, REPORT, self.emit_action, self.annul_action)

    def _build_layout(self) -> None:
        self.quarter = QComboBox()
        for number, name in enumerate(QUARTER_NAMES, 1):
            self.quarter.addItem(f"{name} trimestre", number)
        self.unit = QComboBox()
        self.unit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.unit.setMinimumContentsLength(28)
        self.unit.currentIndexChanged.connect(lambda _at: self._refresh())
        self.version = QLabel()
        self.version.setProperty("role", "caption")
        self.version.setWordWrap(True)
        heading = QLabel("Qué se informa")
        heading.setProperty("role", "section")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for name, field in (("Hasta el", self.quarter), ("Unidad", self.unit)):
            label = QLabel(with_mnemonic(name, self._letters))
            label.setBuddy(field)
            field.setAccessibleName(
                "Trimestre que se informa" if field is self.quarter else "Unidad que se informa"
            )
            bar.addWidget(label)
            bar.addWidget(field, 0 if field is self.quarter else 1)
        bar.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for action in (self.preview_action, self.emit_action, self.book_action, self.plan_action):
            buttons.addWidget(action_button(action, self._letters))
        buttons.addStretch(1)
        emitted = QLabel("Documentos emitidos")
        emitted.setProperty("role", "section")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addLayout(bar)
        layout.addWidget(self.version)
        layout.addLayout(buttons)
        layout.addSpacing(8)
        layout.addWidget(emitted)
        layout.addWidget(self.made, 1)
        self.setFocusProxy(self.quarter)

    def _on_loaded(self, loaded: _Loaded) -> None:
        if loaded.plan_id != (self.plan.id if self.plan is not None else 0):
            return
        self._has_activities = bool(loaded.units)
        self.version.setText(
            f"Se informa el {loaded.version}. Sin número ni firmas mientras no se emita."
            if loaded.version
            else ""
        )
        self._fill_units(loaded.units)
        if loaded.plan_id and loaded.plan_id != self._chosen_plan:
            self._chosen_plan = loaded.plan_id
            self.quarter.setCurrentIndex(quarter_of(max(1, loaded.last_month)) - 1)
        self._offer_beginning()
        self.made.set_rows(loaded.lines)
        self._select_wanted()
        if self.made.selected() is None and loaded.lines:
            self.made.select(loaded.lines[0].id)
        self._on_selected()

    def _offer_beginning(self) -> None:
        """What an empty list says: what comes before a report can be made of anything."""
        if self.plan is None:
            self.made.set_empty_state(
                NO_PLAN, "Importar el POI", lambda: self.open_tab.emit("quarantine", None)
            )
        elif not self._has_activities:
            self.made.set_empty_state(
                NO_ACTIVITIES, "Ir a programación", lambda: self.open_tab.emit("programme", None)
            )
        else:
            self.made.set_empty_state(_NO_REPORTS)

    def _fill_units(self, names: tuple[str, ...]) -> None:
        chosen = self.unit.currentData()
        self.unit.blockSignals(True)
        self.unit.clear()
        self.unit.addItem(_WHOLE_PLAN, "")
        for name in names:
            self.unit.addItem(name, name)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        self.unit.blockSignals(False)

    def _select_wanted(self) -> None:
        if not self._wanted_part:
            return
        subject = f"poi.report:{self._wanted_part}"
        lines: list[ReportLine] = self.made.rows()
        found = next((one for one in lines if self._wanted_part == one.id or one.subject == subject), None)
        if found is not None and self.made.select(found.id):
            self._wanted_part = 0
            self.made.view.setFocus()

    def _on_selected(self) -> None:
        line: ReportLine | None = self.made.selected()
        self._paper = None
        self._refresh()
        if line is not None:
            self.desk.tasks.run_query(
                partial(reports.load_report_paper, self.desk.db, line.id),
                partial(self._on_paper, line.id),
                owner=self,
            )

    def _on_paper(self, report_id: int, paper: Paper) -> None:
        line: ReportLine | None = self.made.selected()
        if line is not None and line.id == report_id:
            self._paper = paper
            self._refresh()

    def _on_show(self) -> None:
        line: ReportLine | None = self.made.selected()
        if line is not None:
            self.orders.show_paper(line)

    def _on_annul(self) -> None:
        line: ReportLine | None = self.made.selected()
        if line is not None and self._paper is not None:
            self.orders.annul(line, self._paper)

    def _with_wanted(self, order: Any) -> None:
        if self.plan is not None:
            order(Wanted(self.plan, self.quarter.currentData(), self.unit.currentData() or ""))

    def _trigger(self, action: QAction) -> bool:
        if not action.isEnabled():
            return False
        action.trigger()
        return True

    def _paper_now(self) -> Paper | None:
        return None if self.orders.busy else self._paper

    def _refresh(self) -> None:
        free = not self.orders.busy
        there = self.plan is not None and self._has_activities
        for action in (self.preview_action, self.plan_action):
            action.setEnabled(there)
        self.book_action.setEnabled(there and not self.unit.currentData())
        self.emit_action.setEnabled(there and free)
        self.show_action.setEnabled(self.made.selected() is not None)
        open_round = self._paper is not None and next_signer(self._paper) is not None
        self.round.orders.set_enabled(free and open_round)
        self.annul_action.setEnabled(free and open_round)
        self.next_step_changed.emit()
