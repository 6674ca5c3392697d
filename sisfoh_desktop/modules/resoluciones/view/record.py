"""One resolución on view: head, text, signers, findings, page. Holds what was edited and not saved yet.

What is done with it (save, freeze, sign) is decided by the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.drafts import DraftField
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, State
from sisfoh_desktop.modules.resoluciones.view.block_rows import problems_by_block
from sisfoh_desktop.modules.resoluciones.view.chip_editor import plain
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning, meanings
from sisfoh_desktop.modules.resoluciones.view.delivery_tab import DeliveryTab
from sisfoh_desktop.modules.resoluciones.view.dialogs import ActDialog
from sisfoh_desktop.modules.resoluciones.view.findings_tab import Finding, FindingsTab, findings_of
from sisfoh_desktop.modules.resoluciones.view.header import RecordHeader
from sisfoh_desktop.modules.resoluciones.view.loading import RecordData
from sisfoh_desktop.modules.resoluciones.view.page_pane import PagePane
from sisfoh_desktop.modules.resoluciones.view.signers_tab import SignersTab
from sisfoh_desktop.modules.resoluciones.view.text_draft import (
    DRAFT_TITLE,
    differing_parts,
    draft_key,
    restored,
)
from sisfoh_desktop.modules.resoluciones.view.text_tab import TextTab
from sisfoh_desktop.qtkit.history import TAB_TITLE, HistoryTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.record_draft import RecordDraft
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import theme

_BESIDE_FROM = 1_240  # px at 100 %: from this width the page stands beside the text
_SAVED_MEANWHILE = (
    "Otra persona guardó esta resolución mientras usted editaba. Lo suyo sigue en la pantalla, sin guardar."
)


class RecordView(QWidget):
    """`changed` comes with every edit; `act` is the act as it stands here, `saved` as the base last gave it."""

    changed = Signal()

    def __init__(self, desk: Desk, round_actions: list[QAction], bring_action: QAction) -> None:
        super().__init__()
        self._desk = desk
        self.data: RecordData | None = None
        self.saved: Resolucion | None = None
        self._frame: Resolucion | None = None  # headings, date and matter as edited
        self._known: Mapping[str, ChipMeaning] = {}
        self.header = RecordHeader()
        self.text = TextTab()
        self.signers = SignersTab(round_actions)
        self.findings = FindingsTab(bring_action)
        self.delivery = DeliveryTab()
        self.history = HistoryTab()
        self.page = PagePane(desk.tasks)
        self.text.changed.connect(self._on_edited)
        self.signers.changed.connect(self._on_edited)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes de la resolución")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.text, "&Texto")
        self.tabs.addTab(self.signers, "Fir&mas")
        self.tabs.addTab(self.findings, "&Observaciones")
        self.tabs.addTab(self.delivery, "Entre&ga")
        self.tabs.addTab(self.history, TAB_TITLE)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._tabs_holder, self._beside = QWidget(), QWidget()
        for holder in (self._tabs_holder, self._beside):
            QVBoxLayout(holder)
            self._split.addWidget(holder)
        self._layout_of(self._tabs_holder).addWidget(self.tabs)
        self._stand_beside(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.header)
        layout.addWidget(self._split, 1)
        self.draft = RecordDraft(
            layout,
            DRAFT_TITLE,
            self._unsaved_parts,
            lambda draft: self.text.bring(restored(self.act.blocks, draft)),
            self,
        )

    # -- content ---------------------------------------------------------------------------------------

    def show_data(self, data: RecordData) -> None:
        """Show an act as the base has it; text that is not saved yet stays."""
        told = partial(service.history, self._desk.db, data.act.id)
        self.history.follow(self._desk.tasks, data.act.id, told)
        another = self.saved is None or self.saved.id != data.act.id
        if not another and self.is_modified():
            self.data = data
            if self.saved is not None and data.act.version != self.saved.version:
                self.header.show_conflict(_SAVED_MEANWHILE)
            self._show_text(self.act, data)
            return
        before = None if another else self.saved
        self.data, self.saved, self._frame = data, data.act, data.act
        self.header.show_conflict("")
        self._show_text(data.act, data)
        self._show_round(data)
        if another:
            self.draft.follow(draft_key(data.act) if self.editable else "", data.act.title)
        if before is None or before.state is not data.act.state:
            self._choose_tab(data.act.state)
        self.page.show_source(self._page_source())
        self._show_edited()

    def mark_saved(self, act: Resolucion, version: int) -> None:
        """The base took `act` as its `version`; what was typed since is unsaved."""
        self.saved = replace(act, version=version)
        self.header.show_conflict("")
        self._show_edited()

    def take(self, act: Resolucion) -> None:
        """Throw away what was edited and show `act`."""
        if self.data is not None:
            self.draft.leave()
            self.saved = None
            self.show_data(replace(self.data, view=replace(self.data.view, resolucion=act)))

    def clear(self) -> None:
        """No act is on view."""
        self.draft.leave()
        self.data = self.saved = self._frame = None
        self.page.show_source(None)
        self.delivery.show_view(None, self._desk.clock.now().date())

    @property
    def act(self) -> Resolucion:
        """The act as it stands on the screen."""
        assert self._frame is not None
        assert self.saved is not None
        places = self.signers.places if self.editable else self._frame.places
        return replace(self._frame, blocks=self.text.blocks, places=places, version=self.saved.version)

    @property
    def editable(self) -> bool:
        """Whether it is a draft and the person may write it."""
        return self._is_draft and self._desk.actor.may("resoluciones.draft")

    @property
    def _is_draft(self) -> bool:
        return self.saved is not None and self.saved.state is State.DRAFT

    def is_modified(self) -> bool:
        """Whether something was edited that is not saved yet."""
        return self.editable and self.act != self.saved

    def meanings(self) -> Mapping[str, ChipMeaning]:
        """What each datum of the act stands for."""
        return self._known

    def table(self) -> RowTable:
        """The list of the tab on view."""
        tab = self.tabs.currentWidget()
        return (
            tab.list
            if isinstance(tab, (SignersTab, FindingsTab, DeliveryTab, HistoryTab))
            else self.text.list
        )

    # -- orders ----------------------------------------------------------------------------------------

    def edit_frame(self) -> None:
        """Ask for matter, date and headings."""
        if self.editable:
            model = self.data.model if self.data is not None else ""
            answer = ActDialog.ask(self.act, self.meanings(), self._desk.clock, self, model=model)
            if answer is not None:
                self._frame = answer
                self.text.set_style(answer)
                self._show_head(answer)
                self._on_edited()

    def go_to(self, finding: Finding) -> None:
        """Show where a gap of the act is."""
        if finding.block >= 0:
            self.show_block(finding.block)
        elif finding.signers:
            self.tabs.setCurrentWidget(self.signers)

    def show_block(self, index: int) -> None:
        """Show a block, with the cursor in its text."""
        self.tabs.setCurrentWidget(self.text)
        self.text.go_to(index)

    def show_findings(self) -> None:
        """F9."""
        self.tabs.setCurrentWidget(self.findings)
        self.findings.list.view.setFocus()

    def step_back(self) -> bool:
        """Esc in the text goes to its list first; False when there is nothing to step back from."""
        if self.text.panel.editor.hasFocus():
            self.text.focus_list()
            return True
        return False

    # -- inside ----------------------------------------------------------------------------------------

    def _show_text(self, act: Resolucion, data: RecordData) -> None:
        view = data.view
        texts = (block.text for block in act.blocks)
        found_meanings = meanings(view.values, view.expediente.documents, dict(act.wordings), texts)
        known = self._known = {one.key: one for one in found_meanings}
        problems = problems_by_block(data.act, data.view.obstacles)
        self.text.show_act(act, known, problems, editable=self.editable)
        found = findings_of(data.view)
        self.findings.show_findings(found, editable=self.editable, frozen=not self._is_draft)
        standing = sum(one.acceptance is None for one in found)
        at = self.tabs.indexOf(self.findings)
        self.tabs.setTabText(at, f"&Observaciones ({standing})" if standing else "&Observaciones")
        self._show_head(act)

    def _show_round(self, data: RecordData) -> None:
        if data.view.paper is not None:
            self.signers.show_paper(data.view.paper, data.heads)
        else:
            self.signers.show_places(data.act.places, data.heads, editable=self.editable)
        self.tabs.setTabVisible(self.tabs.indexOf(self.delivery), data.delivery is not None)
        self.delivery.show_view(data.delivery, self._desk.clock.now().date())

    def _choose_tab(self, state: State) -> None:
        signed = self.delivery if state in (State.SIGNED, State.NOTIFIED) else self.signers
        self.tabs.setCurrentWidget(self.text if state is State.DRAFT else signed)

    def _on_edited(self) -> None:
        self._show_edited()
        self.page.mark_changed(self._page_source())
        self.changed.emit()

    def _unsaved_parts(self) -> Sequence[DraftField]:
        if self.saved is None:
            return ()
        return differing_parts(self.saved, self.act, lambda text: plain(text, self._known))

    def _show_edited(self) -> None:
        self.header.show_unsaved(self.is_modified())
        self.draft.edited()

    def _show_head(self, act: Resolucion) -> None:
        if self.data is not None:
            self.header.show_act(act, plain(act.matter, self._known), self.data.view.expediente.title)
            self.header.chain.show_chain(self.data.chain)

    def _page_source(self) -> "partial[bytes]":
        desk = self._desk
        if self._is_draft:
            return partial(service.preview_pdf, desk.db, self.act)
        return partial(service.resolucion_bytes, desk.db, desk.archive, self.act.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme().px(_BESIDE_FROM)
        if beside != self._beside.isVisibleTo(self._split):
            self._stand_beside(beside)

    def _stand_beside(self, beside: bool) -> None:
        """The page beside the text where there is room for both, else behind a tab of its own."""
        if beside:
            self.tabs.removeTab(self.tabs.indexOf(self.page))
            self._layout_of(self._beside).addWidget(self.page)
            self._split.setSizes([self.width() * 58 // 100, self.width() * 42 // 100])
        elif self.tabs.indexOf(self.page) < 0:
            self.tabs.addTab(self.page, "&Página")
        self._beside.setVisible(beside)
        self.page.setVisible(beside or self.tabs.currentWidget() is self.page)
        self._layout_of(self._tabs_holder).setContentsMargins(0, 0, 12 if beside else 0, 0)
        self._layout_of(self._beside).setContentsMargins(12, 0, 0, 0)

    @staticmethod
    def _layout_of(holder: QWidget) -> QVBoxLayout:
        layout = holder.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout
