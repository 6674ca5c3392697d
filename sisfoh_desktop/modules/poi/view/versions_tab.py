"""The tab "Versiones": the life of a plan's versions, what changed between two, what a draft still lacks; its orders.

The plan's own settings (semaphore, units of measure, days of closing) are ordered from here too.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import PoiVersion
from sisfoh_desktop.modules.poi.rules.versions import ActivityFindings, VersionComparison, possible_stages
from sisfoh_desktop.modules.poi.service import quarantine, versions
from sisfoh_desktop.modules.poi.service.history import history
from sisfoh_desktop.modules.poi.service.versions import VersionsOverview
from sisfoh_desktop.modules.poi.view.plan_dialogs import DueDatesDialog, NewPlanDialog
from sisfoh_desktop.modules.poi.view.plan_measures import MeasuresDialog
from sisfoh_desktop.modules.poi.view.plan_semaphore import SemaphoreDialog
from sisfoh_desktop.modules.poi.view.stacked_table import StackedTable
from sisfoh_desktop.modules.poi.view.tab import PLAN, PoiTab
from sisfoh_desktop.modules.poi.view.versions_dialogs import ApproveDialog, DiscardDialog, StartDialog
from sisfoh_desktop.modules.poi.view.versions_rows import (
    DETAIL_STACK,
    FINDING_STACK,
    DetailLine,
    VersionLine,
    compared_lines,
    compared_words,
    detail_columns,
    finding_columns,
    lines_of,
    version_columns,
    version_words,
)
from sisfoh_desktop.modules.poi.view.versions_steps import Orders, step_of
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for
from sisfoh_desktop.qtkit.row_table import EmptyState, RowTable

_FINDINGS = 0  # what the chooser holds for what does not add up; else the id of the version compared with


def _load(db: Any, plan_id: int) -> tuple[VersionsOverview, int]:
    """The versions, and how many imported rows wait in quarantine."""
    return versions.overview(db, plan_id), quarantine.count_pending(db, plan_id)


class VersionsTab(PoiTab):
    """Versions above, what the chosen one changes or lacks below."""

    key = "versions"
    title = "Versiones"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._overview: VersionsOverview | None = None
        self._findings: tuple[ActivityFindings, ...] | None = None
        self._quarantined = 0
        self._wanted = 0
        self._asked = 0  # counts what was asked for below, so that a late answer is not shown
        self.approve_action = make_action(self, "&Aprobar…", self._approve, icon="shield-check")
        self.start_action = make_action(self, "&Nueva versión…", self._start, icon="plus")
        self.discard_action = make_action(self, "&Descartar borrador…", self._discard)
        self.semaphore_action = make_action(self, "Semáfo&ro y tolerancias…", self._edit_semaphore)
        self.measures_action = make_action(self, "&Unidades de medida…", self._edit_measures)
        self.due_action = make_action(self, "Días de &cierre…", self._edit_due)
        self.history_action = make_action(self, "&Historial de la versión", self._show_history)
        self.plan_history_action = make_action(self, "Historial del P&OI", self._show_plan_history)
        self.plan_action = make_action(self, "Nuevo &POI…", self.add_plan)
        only_for(
            desk.actor,
            PLAN,
            *(self.approve_action, self.start_action, self.discard_action, self.plan_action),
            *(self.semaphore_action, self.measures_action, self.due_action),
        )
        self.list = RowTable(
            version_columns(), name="Versiones del POI", noun=("versión", "versiones"), filterable=False
        )
        self.list.menu_actions = [self.approve_action, self.discard_action, self.history_action]
        self.list.selection_changed.connect(lambda _line: self._on_selected())
        self.list.activated.connect(lambda _line: self._enter_details())
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Qué se muestra de la versión elegida")
        self.chooser.setMinimumContentsLength(32)
        self.chooser.currentIndexChanged.connect(lambda _number: self._load_details())
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setProperty("tone", "dim")
        self.details = StackedTable(
            detail_columns(),
            DETAIL_STACK,
            name="Cambios de la versión elegida",
            noun=("cambio", "cambios"),
        )
        self.findings = StackedTable(
            finding_columns(),
            FINDING_STACK,
            key=lambda one: one.activity.id,
            name="Actividades que no cuadran",
            noun=("actividad", "actividades"),
        )
        self.stack = QStackedWidget()
        for table in (self.details, self.findings):
            table.activated.connect(self._on_detail_activated)
            self.stack.addWidget(table)
        self.facts = QLabel()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setProperty("tone", "dim")
        self.empty = EmptyState(self)
        self.empty.button.clicked.connect(self.add_plan)
        self.empty.hide()
        self._lay_out()
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        plan = self.plan
        self._content.setVisible(plan is not None)
        if plan is None:
            self._overview = None
            self.empty.show_state(
                "Todavía no hay un POI: créelo vacío aquí, o impórtelo en «Importación».",
                "Nuevo POI…" if self.plan_action.isVisible() else "",
            )
            self._refresh()
            return
        self.empty.hide()
        self.desk.tasks.run_query(partial(_load, self.desk.db, plan.id), self._on_loaded, owner=self)

    def actions_of_tab(self) -> list[QAction]:
        if self.plan is None:
            return [self.plan_action]
        return [
            self.approve_action,
            self.start_action,
            self.semaphore_action,
            self.measures_action,
            self.due_action,
            self.discard_action,
            self.history_action,
            self.plan_history_action,
            self.plan_action,
        ]

    def table(self) -> RowTable | None:
        if self.plan is None:
            return None
        return self.findings if self.stack.currentWidget() is self.findings else self.details

    def show_part(self, part: Any) -> None:
        """A version by its id."""
        if isinstance(part, int):
            self._wanted = 0 if self.list.select(part) else part

    def new_record(self) -> bool:
        if not self.plan_action.isVisible():
            return False
        if self.plan is None:
            self.add_plan()
        elif self.start_action.isEnabled():
            self._start()
        return True

    def next_step(self) -> NextStep | None:
        if self._overview is None:
            return None
        orders = Orders(
            lambda: self.open_tab.emit("quarantine", None),
            self._open_first_finding,
            self._approve,
            self._start,
        )
        step = step_of(self._overview, self._findings, orders, self._quarantined)
        return step_for(self.desk.actor, PLAN, step) if step is not None else None

    # -- orders ----------------------------------------------------------------------------------------

    def add_plan(self) -> None:
        """Ask for the POI of another year."""
        NewPlanDialog(self.desk, self).ask()

    def _start(self) -> None:
        overview, plan = self._overview, self.plan
        if overview is not None and plan is not None:
            dialog = StartDialog(self.desk, plan, overview.versions, overview.months, self)
            dialog.ask()
            self.show_part(dialog.answer)

    def _approve(self) -> None:
        overview = self._overview
        draft = overview.draft if overview is not None else None
        if overview is not None and draft is not None and self.approve_action.isEnabled():
            replaced = overview.on_view if overview.on_view != draft else None
            count = overview.counts.get(draft.id, 0)
            ApproveDialog(self.desk, draft, count, replaced, self._quarantined, self).ask()

    def _discard(self) -> None:
        overview = self._overview
        draft = overview.draft if overview is not None else None
        if overview is not None and draft is not None and self.discard_action.isEnabled():
            DiscardDialog(self.desk, draft, overview.counts.get(draft.id, 0), self).ask()

    def _edit_semaphore(self) -> None:
        if self.plan is not None:
            SemaphoreDialog(self.desk, self.plan, self).ask()

    def _edit_measures(self) -> None:
        dialog = MeasuresDialog(self.desk, self)
        dialog.exec()
        dialog.deleteLater()

    def _edit_due(self) -> None:
        if self.plan is not None and self._overview is not None:
            DueDatesDialog(self.desk, self.plan, self._overview.months, self).ask()

    def _show_history(self) -> None:
        version = self._selected()
        if version is not None:
            load = partial(history, self.desk.db, f"poi_version:{version.id}")
            HistoryDialog.show_for(self, self.desk.tasks, version.name, load)

    def _show_plan_history(self) -> None:
        plan = self.plan
        if plan is not None:
            load = partial(history, self.desk.db, f"poi_plan:{plan.id}")
            HistoryDialog.show_for(self, self.desk.tasks, f"POI {plan.year}", load)

    def _open_first_finding(self) -> None:
        if self._findings:
            self.open_tab.emit("programme", self._findings[0].activity.id)

    # -- inside ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        label = QLabel("&Mostrar")
        label.setBuddy(self.chooser)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(self.chooser)
        head.addWidget(self.summary)
        head.addStretch(1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.facts)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(below)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 3)
        self._content = self.split
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split, 1)
        outer.addWidget(self.empty, 1)
        self.setFocusProxy(self.list)

    def _selected(self) -> PoiVersion | None:
        line: VersionLine | None = self.list.selected()
        return line.poi_version if line is not None else None

    def _on_loaded(self, loaded: tuple[VersionsOverview, int]) -> None:
        overview, self._quarantined = loaded
        self._overview = overview
        self._findings = None
        self.list.set_rows(lines_of(overview))
        if self._wanted and self.list.select(self._wanted):
            self._wanted = 0
        elif overview.versions and self.list.selected() is None:
            self.list.view.select_row(0)
        draft = overview.draft
        if draft is not None:
            self.desk.tasks.run_query(
                partial(versions.check_version, self.desk.db, draft.id), self._on_checked, owner=self
            )
        self._on_selected()
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _on_checked(self, found: tuple[ActivityFindings, ...]) -> None:
        self._findings = found
        self._fill_chooser()
        self._refresh()
        self.next_step_changed.emit()

    def _enter_details(self) -> None:
        """Enter on a version: down to what it changes or lacks."""
        (self.findings if self.stack.currentWidget() is self.findings else self.details).setFocus()

    def _on_selected(self) -> None:
        self._fill_chooser()
        self._refresh()

    def _fill_chooser(self) -> None:
        """What may be shown of the chosen version: of a draft what it lacks first, while it lacks anything."""
        version, overview = self._selected(), self._overview
        blocked = self.chooser.blockSignals(True)
        self.chooser.clear()
        if version is not None and overview is not None:
            others = [one for one in overview.versions if one.id != version.id]
            others.sort(key=lambda one: (one.id != version.based_on_id, -one.id))
            for one in others:
                self.chooser.addItem(f"Cambios respecto del {one.name}", one.id)
            if version.is_draft:
                place = 0 if self._findings else self.chooser.count()
                self.chooser.insertItem(place, "Lo que falta para aprobarlo", _FINDINGS)
            self.chooser.setCurrentIndex(0)
        self.chooser.setEnabled(self.chooser.count() > 0)
        self.chooser.blockSignals(blocked)
        self._load_details()

    def _load_details(self) -> None:
        self._asked += 1
        version, chosen = self._selected(), self.chooser.currentData()
        if version is None or chosen is None:
            self._show([], "", "Es la primera versión: no hay otra con que compararla.")
        elif chosen == _FINDINGS:
            self._show_findings()
        else:
            self.desk.tasks.run_query(
                partial(versions.compare, self.desk.db, chosen, version.id),
                partial(self._on_compared, self._asked),
                owner=self,
            )

    def _show_findings(self) -> None:
        found = self._findings
        words = counted(len(found), "actividad no cuadra", "actividades no cuadran") if found else ""
        self.summary.setText("Comprobando…" if found is None else words)
        self.findings.set_empty_state(
            "" if found is None else "Todas las actividades cuadran: falta solo la resolución que lo aprueba."
        )
        self.findings.set_rows(found or ())
        self.findings.refit()
        self.stack.setCurrentWidget(self.findings)

    def _on_compared(self, asked: int, comparison: VersionComparison) -> None:
        if asked == self._asked:
            words = compared_words(comparison)
            self._show(compared_lines(comparison), words, "Las dos versiones programan lo mismo.")

    def _show(self, lines: list[DetailLine], words: str, empty: str) -> None:
        self.summary.setText(words)
        self.details.set_empty_state(empty)
        self.details.set_rows(lines)
        self.details.refit()
        self.stack.setCurrentWidget(self.details)

    def _on_detail_activated(self, line: DetailLine | ActivityFindings) -> None:
        self.open_tab.emit("programme", line.activity.id)

    def _refresh(self) -> None:
        overview = self._overview
        draft = overview.draft if overview is not None else None
        stages = possible_stages(overview.versions, overview.months) if overview is not None else ()
        self.approve_action.setEnabled(draft is not None)
        self.start_action.setEnabled(bool(stages))
        self.discard_action.setEnabled(
            overview is not None and draft is not None and len(overview.versions) > 1
        )
        version = self._selected()
        self.history_action.setEnabled(version is not None)
        words = version_words(version) if version is not None else ""
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
        for action in (self.semaphore_action, self.measures_action, self.due_action):
            action.setEnabled(overview is not None)
