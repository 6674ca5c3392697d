"""One plan on screen: its head with what does not add up, and the tabs of its parts.

The plan is edited in memory; `save_asked` hands it to the page. Every edit is checked at once (`rules.check_plan`).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.basics.money import format_amount
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import Finding, Plan, PlanLine, PlanState, Severity
from sisfoh_desktop.modules.plans.view.data_tab import DataTab
from sisfoh_desktop.modules.plans.view.part_tab import PartTab
from sisfoh_desktop.modules.plans.view.parts import PARTS
from sisfoh_desktop.modules.plans.view.plan_draft import (
    DRAFT_TITLE,
    draft_key,
    field_name,
    part_field,
    restored,
)
from sisfoh_desktop.modules.plans.view.review_tab import ReviewTab
from sisfoh_desktop.modules.responsibilities.rules import MatrixLine
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.history import TAB_TITLE, HistoryTab
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.record_draft import RecordDraft
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import Tone

STATE_TONES: dict[PlanState, Tone] = {
    PlanState.DRAFT: "dim",
    PlanState.APPROVED: "ok",
    PlanState.CLOSED: "warn",
}
_CHECK_AFTER_MS = 150


def state_tone(plan: Plan | PlanLine) -> Tone:
    """The tone of its state; one that an act froze waits, as the act does."""
    return "warn" if plan.held_by and plan.state is PlanState.DRAFT else STATE_TONES[plan.state]


class PlanRecord(QWidget):
    """Edits one plan. `changed` comes after each edit, when `findings` are up to date."""

    changed = Signal()
    save_asked = Signal()
    back_asked = Signal()

    def __init__(self, clock: Clock, *, may_edit: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_edit = may_edit
        self.stored: Plan | None = None
        self.draft: Plan | None = None
        self.findings: list[Finding] = []
        self.back_button = QPushButton("Planes")
        self.back_button.setToolTip("Volver a la lista (Esc)")
        set_icon(self.back_button, "chevron-left")
        self.back_button.clicked.connect(lambda: self.back_asked.emit())
        self.head = ElidedLabel()
        self.head.setProperty("role", "section")
        self.chip = Chip()
        self.save_button = QPushButton("Guardar")
        self.save_button.setToolTip("Ctrl+G")
        self.save_button.clicked.connect(lambda: self.save_asked.emit())
        self.check_label = QLabel()
        self.data_tab = DataTab(clock, may_edit=may_edit)
        self.data_tab.edited.connect(self._on_data_edited)
        self.part_tabs = {part.where: PartTab(part, clock, may_edit=may_edit) for part in PARTS}
        for tab in self.part_tabs.values():
            tab.changed.connect(partial(self._on_part_changed, tab))
        self.review_tab = ReviewTab()
        self.review_tab.jump_asked.connect(self.show_tab)
        self.history_tab = HistoryTab()
        self._check_later = QTimer(self)
        self._check_later.setSingleShot(True)
        self._check_later.setInterval(_CHECK_AFTER_MS)
        self._check_later.timeout.connect(self.check_now)
        self._build_layout()

    def _build_layout(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.back_button)
        top.addWidget(self.head, 1)
        top.addWidget(self.chip)
        top.addWidget(self.save_button)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes del plan")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setProperty("many", True)  # nine, which at 160 % leave no room to spare
        self.tabs.setUsesScrollButtons(False)  # each is seen whole or shortened, never half of one
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.addTab(self.data_tab, "Datos")
        for tab in self.part_tabs.values():
            self.tabs.addTab(tab, tab.part.tab)
        self.tabs.addTab(self.review_tab, "Revisión")
        self.tabs.addTab(self.history_tab, TAB_TITLE)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.check_label)
        layout.addWidget(self.tabs, 1)
        self.keeper = RecordDraft(layout, DRAFT_TITLE, self._unsaved, self._bring, self)

    # -- for the page ----------------------------------------------------------------------------------

    def show_plan(self, plan: Plan, units: Sequence[Unit], matrices: Sequence[MatrixLine]) -> None:
        """Show the plan as the base has it; edits of the same plan that are not saved yet stay."""
        self.data_tab.set_choices(units, matrices, plan)
        if self.stored is not None and plan.id == self.stored.id and self.is_modified():
            return
        before = self.stored
        self.stored = self.draft = plan
        self.data_tab.show_plan(plan)
        self.data_tab.mark_stored()
        if before is None or (before.id, before.can_edit) != (plan.id, plan.can_edit):
            self.keeper.follow(draft_key(plan) if plan.can_edit and self.may_edit else "", plan.title)
        self._show_draft()

    def clear(self) -> None:
        """No plan is on view."""
        self.keeper.leave()
        self.stored = self.draft = None

    def is_modified(self) -> bool:
        """Whether something was edited that is not kept yet."""
        if self.stored is None or not self.stored.can_edit:
            return False
        return self.draft != self.stored or self.data_tab.has_unreadable()

    def checked(self) -> Plan | None:
        """The plan as edited, or None after showing which value cannot be read."""
        if self.draft is None:
            return None
        if not self.data_tab.check():
            self.tabs.setCurrentWidget(self.data_tab)
            return None
        self.draft = self.data_tab.with_values(self.draft)
        return self.draft

    def mark_saved(self, plan: Plan, version: int) -> None:
        """The base took `plan` as its `version`; what was typed since is not saved."""
        assert self.draft is not None
        typed = self.draft != plan
        self.stored, self.draft = replace(plan, version=version), replace(self.draft, version=version)
        if not typed:
            self.data_tab.mark_stored()
        self.check_now()
        self.keeper.keep()

    def show_decided(self, stored: Plan, draft: Plan) -> None:
        """Go on from what somebody else stored, edited as `draft` says."""
        self.stored, self.draft = stored, draft
        self.data_tab.show_plan(stored)
        self.data_tab.mark_stored()
        self.data_tab.show_plan(draft)
        self._show_draft()

    def discard(self) -> None:
        """Show again what is kept."""
        if self.stored is not None:
            self.draft = self.stored
            self.data_tab.show_plan(self.stored)
            self._show_draft()
            self.keeper.keep()

    def show_tab(self, where: str) -> None:
        """Go to the tab of a finding (`Finding.where`)."""
        tab = self.part_tabs.get(where)
        self.tabs.setCurrentWidget(tab or self.data_tab)
        (tab.list if tab else self.data_tab.form.fields["title"]).setFocus()

    def table(self) -> RowTable | None:
        """The list of the tab on view."""
        tab = self.tabs.currentWidget()
        return tab.list if isinstance(tab, PartTab | ReviewTab | HistoryTab) else None

    def check_now(self) -> None:
        """Check the plan as edited and tell what does not add up."""
        self._check_later.stop()
        if self.draft is None:
            return
        self.findings = rules.check_plan(self.draft)
        self.review_tab.show_findings(self.findings)
        for tab in self.part_tabs.values():
            tab.show_sums(self.draft)
        blocking = sum(finding.severity is Severity.BLOCKS for finding in self.findings)
        count = len(self.findings)
        self.tabs.setTabText(
            self.tabs.indexOf(self.review_tab), f"Revisión ({count})" if count else "Revisión"
        )
        self._show_check(blocking)
        self.save_button.setEnabled(self.is_modified())
        self.keeper.edited()
        self.changed.emit()

    # -- what a power cut may not take -----------------------------------------------------------------

    def _unsaved(self) -> Sequence[DraftField]:
        stored, plan = self.stored, self.draft
        if stored is None or plan is None:
            return ()
        lists = (part_field(part, stored, plan) for part in PARTS)
        return [*self.data_tab.unsaved(stored), *(one for one in lists if one is not None)]

    def _bring(self, draft: Draft) -> None:
        """What was kept goes through the fields and the lists as if it were edited now."""
        self.data_tab.type_again(draft.fields)
        kept = {one.name: one.typed for one in draft.fields}
        for tab in self.part_tabs.values():
            name = field_name(tab.part)
            if self.draft is not None and name in kept:
                tab.changed.emit(restored(tab.part, self.draft, kept[name]))
        self.check_now()

    # -- inside ----------------------------------------------------------------------------------------

    def _show_draft(self) -> None:
        assert self.draft is not None
        for tab in self.part_tabs.values():
            tab.show_plan(self.draft)
        self.check_now()

    def _show_check(self, blocking: int) -> None:
        plan = self.draft
        assert plan is not None
        self.head.setText(plan.title)
        self.chip.set_state(state_tone(plan), plan.state_word)
        self.save_button.setVisible(plan.can_edit and self.may_edit)
        amount = format_amount(plan.amount)
        difference = rules.difference_text(plan.budget_total, plan.amount)
        if plan.held_by:
            text, tone = f"Congelado en la {plan.held_by}. Asignado: {amount}.", "ok"
        elif plan.approved_by:
            text, tone = f"Aprobado con {plan.approved_by}. Asignado: {amount}.", "ok"
        elif difference:
            text, tone = f"Asignado: {amount}. En el presupuesto {difference}.", "danger"
        elif blocking:
            many = "observación que impide" if blocking == 1 else "observaciones que impiden"
            text, tone = f"Asignado: {amount}. Hay {blocking} {many} aprobarlo.", "danger"
        else:
            text, tone = f"Asignado: {amount}. El presupuesto cuadra.", "ok"
        self.check_label.setText(text)
        self.check_label.setProperty("tone", tone)
        self.check_label.style().unpolish(self.check_label)
        self.check_label.style().polish(self.check_label)

    def _on_data_edited(self) -> None:
        if self.draft is not None:
            self.draft = self.data_tab.with_values(self.draft)
            self._check_later.start()

    def _on_part_changed(self, tab: PartTab, items: tuple[Any, ...]) -> None:
        assert self.draft is not None
        changes: dict[str, Any] = {tab.part.name: items}
        self.draft = replace(self.draft, **changes)
        tab.show_plan(self.draft)
        self.check_now()

    def _on_tab_changed(self) -> None:
        tab = self.tabs.currentWidget()
        if isinstance(tab, PartTab) and self.draft is not None:
            tab.show_plan(self.draft)
