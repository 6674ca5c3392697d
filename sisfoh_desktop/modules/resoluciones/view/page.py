"""Resoluciones: the list, and one act from its draft to its signatures.

The record is in record.py, what is done with it in flows.py; here is how they answer to the window.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.modules.papers.rules import next_signer
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.view import loading, steps
from sisfoh_desktop.modules.resoluciones.view.delivery_flows import DeliveryFlows
from sisfoh_desktop.modules.resoluciones.view.exchange_flows import ExchangeFlows
from sisfoh_desktop.modules.resoluciones.view.flows import Flows
from sisfoh_desktop.modules.resoluciones.view.header import STATE_TONES
from sisfoh_desktop.modules.resoluciones.view.loading import ListRow, RecordData
from sisfoh_desktop.modules.resoluciones.view.new_act import DRAFT, NewActFlow
from sisfoh_desktop.modules.resoluciones.view.record import RecordView
from sisfoh_desktop.modules.resoluciones.view.rectify_flow import RectifyFlow
from sisfoh_desktop.modules.resoluciones.view.review_flows import ReviewFlows
from sisfoh_desktop.modules.resoluciones.view.round_flow import RoundFlow
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.messages import ask, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.rights_of_widgets import may_any, only_for, step_for, trigger_offered
from sisfoh_desktop.qtkit.round_orders import CARRY, SIGN
from sisfoh_desktop.qtkit.row_table import Column, RowTable

OF_EXPEDIENTE = "expediente.resolucion"  # the act of an expediente: the one it has, or a new one


class ResolucionesPage(Page):
    """The resoluciones of the office; one of them may be open."""

    title = "Resoluciones"
    touches = frozenset({"resoluciones", "papers", "expedientes", "plans", "responsibilities", "office"})
    kinds = frozenset({"resoluciones", OF_EXPEDIENTE})
    has_example = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._open_id = 0
        self._build_actions()
        self.list = RowTable(
            [
                Column("N°", lambda row: row.line.number_text or "Sin número", width=140),
                Column("Asunto", lambda row: row.matter),
                Column(
                    "Fecha",
                    lambda row: format_date(row.line.dated),
                    lambda row: row.line.dated,
                    "center",
                    96,
                ),
                Column(
                    "Estado",
                    lambda row: row.line.state.label,
                    lambda row: list(State).index(row.line.state),
                    tone=lambda row: STATE_TONES[row.line.state],
                    width=112,
                ),
                Column(
                    "Firmas",
                    lambda row: row.signatures,
                    lambda row: row.paper.signed_count if row.paper else -1,
                    "right",
                    72,
                ),
                Column("Espera a", lambda row: row.waits_for, width=184),
            ],
            name="Resoluciones",
            noun=("resolución", "resoluciones"),
            empty_text="Todavía no hay resoluciones: se redactan con los documentos de un expediente.",
            empty_button="Nueva resolución" if may_any(desk.actor, DRAFT) else "",
            on_empty=self.new_action.trigger,
        )
        self.list.menu_actions = [self.open_action, self.new_action]
        self.list.activated.connect(lambda row: self._open(row.id))
        self.list.selection_changed.connect(self._on_row_selected)
        # Signing and verifying stand in the bar above: a letter that two buttons share would do neither.
        self.round = RoundFlow(
            desk, self, lambda: self.flows.paper_on_view(), lambda fn, done: self.flows.run_round(fn, done)
        )
        round_actions = [*self.round.actions, self.annul_action, self.compare_action]
        self.record = RecordView(desk, round_actions, self.bring_action)
        self.record.header.back_asked.connect(self._leave)
        self.record.changed.connect(self._refresh)
        self.flows = Flows(desk, self.record, self)
        self.flows.busy_changed.connect(self._refresh)
        self.flows.reload_asked.connect(self.reload)
        self.record.header.compare_asked.connect(self.flows.compare)
        self.delivery = DeliveryFlows(desk, self.record.delivery, self)
        self.delivery.busy_changed.connect(self._refresh)
        self.delivery.reload_asked.connect(self.reload)
        self.delivery.open_asked.connect(self._open)
        self.rectify = RectifyFlow(desk, self.record, self)
        self.rectify.open_asked.connect(self._open)
        self.rectify.reload_asked.connect(self.reload)
        self.record.header.chain.open_asked.connect(self._open)
        self.review = ReviewFlows(desk, self.record, self)
        self.review.open_asked.connect(self.open_record)
        self.exchange = ExchangeFlows(desk, self.record, self)
        self.exchange.busy_changed.connect(self._refresh)
        self.exchange.reload_asked.connect(self.reload)
        self.drafting = NewActFlow(desk, self, self._may_leave)
        self.drafting.open_asked.connect(self._show_opening)
        self._hide_what_is_not_theirs()
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.addWidget(self.list)
        self._list_holder = holder
        self.stack = QStackedWidget()
        self.stack.addWidget(holder)
        self.stack.addWidget(self.record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._refresh()
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(loading.load_list, self.desk.db), self._on_listed, owner=self)
        if self._open_id:
            self._load_record(self._open_id)

    def table(self) -> RowTable:
        return self.record.table() if self.record_open else self.list

    def page_actions(self) -> list[QAction]:
        if not self.record_open or self.record.saved is None:
            return [self.new_action, self.open_action, self.exchange.models_action]
        if self.record.editable:
            return [
                self.preview_action,
                self.save_action,
                self.freeze_action,
                self.frame_action,
                self.check_action,
                self.bring_action,
                self.record.text.insert_action,
                *self.record.text.menu(),
                self.exchange.export_action,
                self.exchange.bring_action,
                self.compare_action,
                self.exchange.as_model_action,
                *self.rectify.actions(),
                self.new_action,
            ]
        after = self.delivery.actions()
        round_orders = (
            [self.check_action] if after else [self.check_action, *self.round.actions, self.annul_action]
        )
        return [
            self.preview_action,
            *([] if after else [self.sign_action]),
            self.verify_action,
            *round_orders,
            *after,
            self.compare_action,
            self.exchange.as_model_action,
            *self.rectify.actions(),
            self.new_action,
        ]

    def next_step(self) -> NextStep | None:
        busy = self.flows.busy
        if not self.record_open:
            row: ListRow | None = self.list.selected()
            step = steps.step_in_list(
                row, new=self.new_action.trigger, open_row=partial(self._open, row.id if row else 0)
            )
            return step if row is not None else step_for(self.desk.actor, DRAFT, step)
        if self.record.saved is None or self.record.data is None:
            return None
        if self.record.is_modified():
            return steps.step_to_save(busy=busy, save=self.save_action.trigger)
        view = self.record.data.view
        if self.record.saved.state is State.DRAFT:
            kept = self.record.data.kept_number
            step = steps.step_of_draft(view, kept=kept, busy=busy, freeze=self.freeze_action.trigger)
            return step_for(self.desk.actor, DRAFT, step)
        if self.record.delivery.view is not None:
            return self.delivery.next_step()
        step = steps.step_of_paper(
            view.paper,
            busy=busy,
            sign=self.sign_action.trigger,
            bring=self.round.orders.bring_action.trigger,
            verify=self.verify_action.trigger,
        )
        turn = next_signer(view.paper) if view.paper is not None else None
        if turn is None:
            return step
        return step_for(self.desk.actor, SIGN if turn.exported_at is None else CARRY, step)

    def show_record(self, kind: str, record_id: int) -> None:
        if kind == OF_EXPEDIENTE:
            self.drafting.ask_of(record_id, self._open_id)
        else:
            self._open(record_id)

    def has_unsaved(self) -> bool:
        return self.record_open and self.record.is_modified()

    def new_record(self) -> bool:
        return trigger_offered(self.new_action)

    def save(self) -> bool:
        return self.record_open and self.flows.save()

    def preview(self) -> bool:
        if self.record_open and self.record.saved is not None:
            self.flows.preview(self.record.act)
            return True
        row = self.list.selected()
        if row is not None:
            self.desk.tasks.run_query(
                partial(service.load_resolucion, self.desk.db, row.id), self.flows.preview, owner=self
            )
        return row is not None

    def cancel(self) -> bool:
        if not self.record_open:
            return False
        if not self.record.step_back():
            self._leave()
        return True

    @property
    def record_open(self) -> bool:
        """Whether one act is on view (or on its way)."""
        return self._open_id != 0

    # -- actions ---------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        self.new_action = make_action(
            self,
            "&Nueva resolución…",
            lambda: self.drafting.ask(),
            "Redactar desde un expediente (Ctrl+N)",
            "plus",
        )
        self.open_action = make_action(self, "&Abrir", self._on_open_selected, "Abrir la elegida (Intro)")
        self.preview_action = make_action(
            self, "&Vista previa", self.preview, "Ver, guardar o imprimir el PDF (Ctrl+P)", "eye"
        )
        self.save_action = make_action(self, "&Guardar", self.save, "Guardar el borrador (Ctrl+G)", "save")
        self.freeze_action = make_action(
            self,
            "&Congelar…",
            lambda: self.flows.freeze(),
            "Fijar el PDF y tomar el número que sigue",
            "lock",
        )
        self.frame_action = make_action(self, "Datos del &acto…", lambda: self.record.edit_frame())
        self.bring_action = make_action(
            self, "Traer doc&umentos que faltan", lambda: self.flows.bring_documents()
        )
        self.sign_action = make_action(
            self, "&Firmar…", lambda: self.round.orders.sign(), "Firma quien sigue en la ronda", "pen-line"
        )
        self.verify_action = make_action(
            self, "V&erificar firmas", lambda: self.flows.verify(), "Comprobar cada firma", "shield-check"
        )
        self.annul_action = make_action(self, "A&nular la versión congelada…", lambda: self.flows.annul())
        self.compare_action = make_action(self, "&Qué cambió…", lambda: self.exchange.compare())
        self.check_action = make_action(
            self, "Ver o&bservaciones", self._on_check, "Lo que impide, lo dudoso y el estilo (F9)"
        )
        keys = QAction("Verificar", self)
        keys.setShortcut(QKeySequence("F9"))
        keys.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.triggered.connect(self._on_check)
        self.addAction(keys)

    def _hide_what_is_not_theirs(self) -> None:
        record, exchange, rectify = self.record, self.exchange, self.rectify
        draft = (self.new_action, self.save_action, self.freeze_action, self.frame_action, self.bring_action)
        text = (*record.text.list.menu_actions, record.text.insert_action, *record.signers.draft_actions)
        review = (record.findings.accept_action, record.findings.withdraw_action)
        others = (exchange.models_action, exchange.as_model_action, exchange.bring_action)
        rectifying = (rectify.rectify_action, rectify.errors_action, self.annul_action)
        only_for(self.desk.actor, DRAFT, *draft, *text, *review, *others, *rectifying)
        only_for(self.desk.actor, SIGN, self.sign_action)

    def _refresh(self) -> None:
        """Which orders can be given now, and what the next step is."""
        saved, data = self.record.saved, self.record.data
        idle = saved is not None and data is not None and not self.flows.busy
        clean = idle and not self.record.is_modified()
        draft = saved is not None and saved.state is State.DRAFT
        signing = saved is not None and saved.state in (State.FROZEN, State.SIGNING)
        self.open_action.setEnabled(self.list.selected() is not None)
        self.preview_action.setEnabled(idle)
        self.save_action.setEnabled(idle and draft and not clean)
        self.freeze_action.setEnabled(clean and draft and data is not None and not data.view.obstacles)
        self.frame_action.setEnabled(idle and draft)
        self.check_action.setEnabled(idle)
        self.bring_action.setEnabled(clean and draft and data is not None and bool(data.view.untold))
        self.exchange.refresh(clean=clean, draft=draft)
        self.compare_action.setEnabled(idle and saved is not None and saved.draft_round > 1)
        self.sign_action.setEnabled(idle and signing)
        self.round.orders.set_enabled(idle and signing)
        self.annul_action.setEnabled(idle and signing)
        self.verify_action.setEnabled(idle and not draft)
        self.rectify.refresh(idle=idle and not draft, clean=clean)
        self.next_step_changed.emit()

    # -- the list --------------------------------------------------------------------------------------

    def _on_listed(self, rows: list[ListRow]) -> None:
        self.list.set_rows(rows)
        if self.list.selected() is None and rows:
            self.list.select(rows[0].id)
        self._refresh()

    def _on_row_selected(self, _row: ListRow | None) -> None:
        if not self.record_open:
            self._refresh()

    def _on_open_selected(self) -> None:
        row: ListRow | None = self.list.selected()
        if row is not None:
            self._open(row.id)

    # -- the record ------------------------------------------------------------------------------------

    def _open(self, resolucion_id: int) -> None:
        if resolucion_id == self._open_id or self._may_leave():
            self._show_opening(resolucion_id)

    def _show_opening(self, resolucion_id: int) -> None:
        if resolucion_id != self._open_id:
            self.record.clear()
            self._open_id = resolucion_id
            self.list.select(resolucion_id)
            self.actions_changed.emit()
        self._load_record(resolucion_id)

    def _load_record(self, resolucion_id: int) -> None:
        self.desk.tasks.run_query(
            partial(loading.load_record, self.desk.db, resolucion_id, self.desk.clock.now().date()),
            self._on_loaded,
            self._on_not_loaded,
            owner=self,
        )

    def _on_not_loaded(self, error: SisfohError) -> None:
        """An act that is not there any more leaves the list on view; one that is typed in stays."""
        show_error(self, error.sentence, "No se pudo abrir")
        if self.record.saved is None:
            self._show_list()

    def _on_loaded(self, data: RecordData) -> None:
        if data.act.id != self._open_id:
            return
        first = self.record.saved is None
        self.record.show_data(data)
        self.stack.setCurrentWidget(self.record)
        self.delivery.show_wanted()
        if first:
            self.record.table().view.setFocus()
        self.actions_changed.emit()
        self._refresh()

    def _leave(self) -> None:
        """Back to the list, asking when something typed would be lost."""
        if self._may_leave():
            self._show_list()

    def _show_list(self) -> None:
        self._open_id = 0
        self.record.clear()
        self.stack.setCurrentWidget(self._list_holder)
        self.list.view.setFocus()
        self.actions_changed.emit()
        self._refresh()

    def _may_leave(self) -> bool:
        return not self.has_unsaved() or ask(
            self,
            "Hay cambios sin guardar",
            "Si sale ahora se pierde lo escrito en este borrador.",
            "Salir sin guardar",
            danger=True,
        )

    def _on_check(self) -> None:
        if self.record_open and self.record.saved is not None:
            self.record.show_findings()
