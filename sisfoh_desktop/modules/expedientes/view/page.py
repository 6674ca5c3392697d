"""Expedientes: the list with who has each one, and one expediente with its chain of documents."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    Attachment,
    Document,
    DocumentEntry,
    ExpedienteState,
)
from sisfoh_desktop.modules.expedientes.view.dialogs import HeadingDialog
from sisfoh_desktop.modules.expedientes.view.document_dialog import (
    TOUCHES,
    DocumentDialog,
    ask_file,
    attach_from,
)
from sisfoh_desktop.modules.expedientes.view.loading import Loaded, list_columns, load_all
from sisfoh_desktop.modules.expedientes.view.opinion_flows import OpinionFlows
from sisfoh_desktop.modules.expedientes.view.paper_flows import PaperFlows
from sisfoh_desktop.modules.expedientes.view.party_field import Correspondents
from sisfoh_desktop.modules.expedientes.view.record import RecordView
from sisfoh_desktop.modules.expedientes.view.steps import Orders, step_of, step_of_list
from sisfoh_desktop.modules.plans.rules import PlanLine
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.rights_of_widgets import may_any, only_for, step_for, trigger_offered
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.saving_reason import SavingReason

EDIT = "expedientes.edit"


class ExpedientesPage(Page):
    """The expedientes of the office; `show_record` opens one."""

    title = "Expedientes"
    touches = frozenset({"expedientes", "office", "plans", "resoluciones", "papers"})
    kinds = frozenset({"expedientes"})
    has_example = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = 0
        self._plans: list[PlanLine] = []
        self._correspondents = Correspondents()
        self._build_actions()
        may_edit = may_any(desk.actor, EDIT)
        self.list = RowTable(
            list_columns(),
            name="Expedientes",
            noun=("expediente", "expedientes"),
            empty_text="Todavía no hay expedientes.",
            empty_button="Nuevo expediente" if may_edit else "",
            on_empty=self.new_action.trigger,
        )
        self.list.activated.connect(lambda line: self.show_record("expedientes", line.id))
        self.list.selection_changed.connect(lambda _line: self._refresh())
        self.record = RecordView()
        self.record.back_asked.connect(self.cancel)
        self.record.timeline.set_empty_state(
            "El expediente todavía no tiene documentos.",
            "Registrar documento" if may_edit else "",
            self.document_action.trigger,
        )
        self.record.timeline.activated.connect(lambda _step: self.correct_action.trigger())
        self.record.timeline.selection_changed.connect(lambda _step: self._refresh())
        self.record.timeline.menu_actions = [
            self.correct_action,
            self.attach_action,
            self.view_file_action,
            self.withdraw_action,
        ]
        self.record.tabs.currentChanged.connect(lambda _index: self._changed_view())
        self.record.opinions.table.selection_changed.connect(lambda _line: self._refresh())
        self.opinions = OpinionFlows(desk, self.record, self)
        self.papers = PaperFlows(desk, self.record, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.stack)
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        today = self.desk.clock.now().date()
        self.desk.tasks.run_query(
            partial(load_all, self.desk.db, self._wanted, today), self._on_loaded, owner=self
        )

    def table(self) -> RowTable:
        return self.record.table() if self._in_record else self.list

    def page_actions(self) -> list[QAction]:
        if not self._in_record:
            return [self.new_action]
        whole = [*self.papers.actions, self.heading_action, self.archive_action, self.reopen_action]
        if self.record.in_opinions:
            return [self.opinions.ask_action, *self.opinions.of_line, *whole]
        if self.record.in_time:
            return [
                self.papers.timeline_action,
                self.papers.route_action,
                self.papers.cover_action,
                *whole[3:],
            ]
        return [
            self.document_action,
            self.opinions.ask_action,
            self.correct_action,
            self.attach_action,
            self.view_file_action,
            self.withdraw_action,
            *whole,
        ]

    def show_record(self, kind: str, record_id: int) -> None:
        self._wanted = record_id
        self.reload()

    def new_record(self) -> bool:
        return trigger_offered(self.document_action if self._in_record else self.new_action)

    def preview(self) -> bool:
        """The file of the chosen document where there is one, else the paper of the tab on view."""
        if not self._in_record:
            return False
        if self.view_file_action.isEnabled():
            self.view_file_action.trigger()
        elif self.record.in_time:
            self.papers.timeline_action.trigger()
        else:
            self.papers.cover_action.trigger()
        return True

    def cancel(self) -> bool:
        if not self._in_record:
            return False
        chosen, self._wanted = self._wanted, 0
        self.stack.setCurrentWidget(self.list)
        self.list.select(chosen)
        self.list.setFocus()
        self._changed_view()
        return True

    def next_step(self) -> NextStep | None:
        if not self._in_record:
            line = self.list.selected()
            step = step_of_list(
                line,
                lambda: self.show_record("expedientes", line.id if line is not None else 0),
                self.new_action.trigger,
            )
            return step if line is not None else step_for(self.desk.actor, EDIT, step)
        assert self.record.shown is not None
        orders = Orders(
            reopen=self.reopen_action.trigger,
            register=self.document_action.trigger,
            resolucion=self._go_to_resoluciones,
            remind=self.opinions.remind,
            act=lambda act_id: self.open_record.emit("resoluciones", act_id),
        )
        return step_of(self.record.shown, orders, self.desk.actor)

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def _in_record(self) -> bool:
        return self.stack.currentWidget() is self.record

    def _build_actions(self) -> None:
        def action(text: str, run: Callable[[], object], icon_name: str = "", tip: str = "") -> QAction:
            made = QAction(text, self)
            made.triggered.connect(lambda _checked=False: run())
            if icon_name:
                set_icon(made, icon_name)
            if tip:
                made.setToolTip(tip)
            return made

        self.new_action = action("&Nuevo expediente", self._on_new, "plus", "Nuevo expediente (Ctrl+N)")
        self.document_action = action(
            "Registrar &documento", self._on_document, "file-plus", "Registrar documento (Ctrl+N)"
        )
        self.correct_action = action("&Corregir…", self._on_correct, "pencil")
        self.attach_action = action("&Adjuntar archivo…", self._on_attach, "paperclip")
        self.view_file_action = action("&Ver archivo", self._on_view_file, "eye")
        self.withdraw_action = action("&Retirar documento…", self._on_withdraw)
        self.heading_action = action("Dat&os del expediente…", self._on_heading)
        self.archive_action = action("Arch&ivar…", partial(self._on_state, ExpedienteState.ARCHIVED))
        self.reopen_action = action("Rea&brir…", partial(self._on_state, ExpedienteState.OPEN))
        changing = (self.new_action, self.document_action, self.correct_action, self.attach_action)
        only_for(self.desk.actor, EDIT, *changing, self.withdraw_action, self.heading_action)
        only_for(self.desk.actor, EDIT, self.archive_action, self.reopen_action)

    def _on_loaded(self, loaded: Loaded) -> None:
        self._plans, self._correspondents = loaded.plans, loaded.correspondents
        self.opinions.units, self.opinions.calendar = loaded.correspondents.units, loaded.calendar
        self.opinions.days = loaded.report_days
        self.list.set_rows(loaded.lines)
        if loaded.view is not None:
            opening = not self._in_record
            self.record.show_expediente(loaded.view)
            shown = loaded.view.expediente.id
            self.record.history.follow(self.desk.tasks, shown, partial(service.history, self.desk.db, shown))
            self.stack.setCurrentWidget(self.record)
            if opening:
                self.record.timeline.setFocus()
        else:
            self._wanted = 0
            self.stack.setCurrentWidget(self.list)
            if self.list.selected() is None and loaded.lines:
                self.list.select(loaded.lines[0].id)
        self._changed_view()

    def _changed_view(self) -> None:
        self.title_changed.emit(self.title)
        self.actions_changed.emit()
        self._refresh()

    def _refresh(self) -> None:
        document = self.record.document if self._in_record else None
        state = self.record.shown.expediente.state if self._in_record and self.record.shown else None
        working = state in (ExpedienteState.OPEN, ExpedienteState.RESOLVED)
        self.document_action.setEnabled(working)
        for action in (self.correct_action, self.attach_action, self.withdraw_action):
            action.setEnabled(working and document is not None)
        self.view_file_action.setEnabled(document is not None and document.attachment is not None)
        self.archive_action.setEnabled(working)
        self.reopen_action.setEnabled(state is ExpedienteState.ARCHIVED)
        self.opinions.refresh(in_record=self._in_record)
        self.next_step_changed.emit()

    def _who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def _run(self, change: Callable[[], Any], done: Callable[[Any], object] | None = None) -> None:
        self.desk.tasks.run_change(change, TOUCHES, on_done=done, owner=self)

    # -- what the actions do ---------------------------------------------------------------------------

    def _on_new(self) -> None:
        def save(values: dict[str, Any], token: str) -> int:
            return service.create_expediente(self.desk.db, **self._who(), **values, token=token)

        dialog = HeadingDialog(self.desk, self._plans, save, parent=self)
        dialog.saved.connect(self._want)
        dialog.ask()

    def _want(self, expediente_id: int) -> None:
        self._wanted = expediente_id

    def _on_heading(self) -> None:
        view = self.record.shown
        if view is None:
            return
        expediente = view.expediente

        def save(values: dict[str, Any], token: str) -> None:
            service.save_expediente(
                self.desk.db,
                **self._who(),
                expediente_id=expediente.id,
                expected_version=dialog.record.version,
                **values,
                token=token,
            )

        dialog = HeadingDialog(self.desk, self._plans, save, expediente, self)
        dialog.ask()

    def _on_document(self) -> None:
        view = self.record.shown
        if view is not None:
            self._register(self.document_dialog(view.expected))

    def _on_correct(self) -> None:
        document = self.record.document
        if document is not None and self.correct_action.isEnabled():
            self._register(self.document_dialog(document.entry, document))

    def _register(self, dialog: DocumentDialog) -> None:
        dialog.exec()
        self.opinions.offer_answers(dialog.saved_ids)

    def document_dialog(self, expected: DocumentEntry, document: Document | None = None) -> DocumentDialog:
        """The form of a document of the expediente on view."""
        assert self.record.shown is not None
        return DocumentDialog(
            self.desk,
            self.record.shown.expediente,
            self._correspondents,
            expected=expected,
            document=document,
            values=self.record.shown.values,
            parent=self,
        )

    def _on_attach(self) -> None:
        document = self.record.document
        path = ask_file(self) if document is not None else ""
        if document is not None and path:
            now = self.desk.clock.now()
            self._run(partial(attach_from, self.desk, document.id, document.version, path, now))

    def _on_view_file(self) -> None:
        document = self.record.document
        if document is None or document.attachment is None:
            return
        self.desk.tasks.run_query(
            partial(service.attachment_bytes, self.desk.db, self.desk.archive, document.id),
            lambda found: self._show_file(document, *found),
            owner=self,
        )

    def _show_file(self, document: Document, attachment: Attachment, data: bytes) -> None:
        from sisfoh_desktop.modules.expedientes.view.file_view import show_file

        show_file(self.desk, document.title, attachment, data, self)

    def _on_withdraw(self) -> None:
        document = self.record.document
        if document is None:
            return
        SavingReason(
            self.desk,
            f"Retirar {document.title}",
            "Deja de contarse en el expediente. Su registro, su archivo y el motivo quedan en el historial.",
            lambda reason, token: service.withdraw_document(
                self.desk.db,
                **self._who(),
                document_id=document.id,
                expected_version=document.version,
                reason=reason,
                token=token,
            ),
            primary="Retirar",
            danger=True,
            touches=TOUCHES,
            subject=f"document:{document.id}",
            parent=self,
        ).ask()

    def _on_state(self, state: ExpedienteState) -> None:
        view = self.record.shown
        if view is None:
            return
        expediente = view.expediente
        archiving = state is ExpedienteState.ARCHIVED
        SavingReason(
            self.desk,
            "Archivar el expediente" if archiving else "Reabrir el expediente",
            "Ya no recibirá documentos; puede reabrirse." if archiving else "Volverá a recibir documentos.",
            lambda reason, token: service.set_state(
                self.desk.db,
                **self._who(),
                expediente_id=expediente.id,
                expected_version=expediente.version,
                state=state,
                reason=reason,
                token=token,
            ),
            primary="Archivar" if archiving else "Reabrir",
            touches=TOUCHES,
            subject=f"expediente:{expediente.id}",
            parent=self,
        ).ask()

    def _go_to_resoluciones(self) -> None:
        if self.record.shown is not None:
            self.open_record.emit("expediente.resolucion", self.record.shown.expediente.id)
