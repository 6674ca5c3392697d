"""The orders about notifications: prepare, print, record, try again, attach, close, correct, open by code."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.resoluciones.rules.delivery import Notification, NotificationState, Proposal
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.resoluciones.view import delivery_dialogs as dialogs
from sisfoh_desktop.modules.resoluciones.view.changes import TOUCHES
from sisfoh_desktop.modules.resoluciones.view.delivery_forms import ask_file
from sisfoh_desktop.modules.resoluciones.view.delivery_orders import DeliveryOrders, read_file
from sisfoh_desktop.modules.resoluciones.view.delivery_tab import DeliveryTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_reason import SavingReason


class NotifyOrders(DeliveryOrders):
    """`open_asked` asks for another act, whose cargo was scanned here."""

    open_asked = Signal(int)

    def __init__(self, desk: Desk, tab: DeliveryTab, over: QWidget) -> None:
        super().__init__(desk, tab, over)
        self._wanted = 0  # the notification whose cargo was scanned, while its act is loading

    def prepare(self) -> None:
        """Propose recipients, let the clerk choose, keep their notifications."""
        view = self.ready()
        if view is not None:
            self.query(
                partial(delivery.propose_recipients, self.desk.db, view.resolucion.id),
                self._choose_recipients,
            )

    def _choose_recipients(self, proposals: Sequence[Proposal]) -> None:
        view = self.ready()
        if view is None:
            return
        today = self.desk.clock.now().date()
        act_id = view.resolucion.id

        def save(chosen: dialogs.Chosen, token: str) -> list[int]:
            return delivery.prepare_notifications(
                self.desk.db,
                **self.who(),
                resolucion_id=act_id,
                recipients=chosen.recipients,
                channel=chosen.channel,
                token=token,
            )

        self.run(
            dialogs.RecipientsDialog(self.desk, proposals, view.channels.on(today), save, self.over),
            lambda made: self.say(
                "Se preparó 1 notificación."
                if len(made) == 1
                else f"Se prepararon {len(made)} notificaciones."
            ),
        )

    def print_cargos(self) -> None:
        """The cargos of all that wait in one PDF, or of the chosen ones when several are."""
        view = self.ready()
        if view is None:
            return
        chosen = [one.id for one in self.tab.list.selected_rows()]
        only = chosen if len(chosen) > 1 or not view.waiting else []
        self.change(
            partial(
                delivery.print_cargos,
                self.desk.db,
                **self.who(),
                resolucion_id=view.resolucion.id,
                notification_ids=only,
            ),
            lambda pdf: self.show_pdf(pdf, "Cargos de notificación", f"cargos {view.resolucion.number_text}"),
        )

    def record_outcome(self) -> None:
        """Ask what became of the chosen notification."""
        view, one = self.ready(), self.tab.selected()
        if view is None or one is None:
            return
        today = self.desk.clock.now().date()
        save = partial(self._outcome_on_worker, one)
        self.run(
            dialogs.OutcomeDialog(self.desk, one, view.channels.on(today), save, self.over),
            self._on_outcome,
        )

    def _outcome_on_worker(self, one: Notification, answer: dialogs.OutcomeAnswer, token: str) -> str:
        return delivery.record_outcome(
            self.desk.db,
            self.desk.archive,
            **self.who(),
            notification_id=one.id,
            expected_version=one.version,
            outcome=answer.outcome,
            file=read_file(answer.file) if answer.file else None,
            token=token,
        )

    def _on_outcome(self, state: str) -> None:
        self.say("Todos están notificados." if state == "notificada" else "Se registró.")

    def retry(self) -> None:
        """Prepare another try of what came back."""
        view, one = self.ready(), self.tab.selected()
        if view is None or one is None:
            return
        channels = view.channels.on(self.desk.clock.now().date())

        def save(channel: str, token: str) -> int:
            return delivery.retry_notification(self.desk.db, **self.named(one), channel=channel, token=token)

        self.run(
            dialogs.RetryDialog(self.desk, one, channels, save, self.over),
            lambda _id: self.say("Se preparó otro intento. Imprima su cargo."),
        )

    def attach(self) -> None:
        """Add the scanned cargo to what was registered without it."""
        one = self.tab.selected()
        path = ask_file(self.over, "Cargo escaneado") if self.ready() and one is not None else ""
        if path and one is not None:
            self.change(partial(self._attach_on_worker, one, path), self._on_outcome)

    def _attach_on_worker(self, one: Notification, path: str) -> str:
        return delivery.attach_cargo(self.desk.db, self.desk.archive, **self.named(one), file=read_file(path))

    def close_selected(self) -> None:
        """Ask why the chosen notification will not be made."""
        one = self.tab.selected()
        if self.ready() is not None and one is not None:
            self._ask_reason(
                one,
                "Cerrar la notificación",
                f"No se notificará a {one.recipient.name}. Queda en la lista, con su motivo.",
                "Cerrar",
                delivery.close_notification,
                self._on_outcome,
            )

    def correct(self) -> None:
        """Ask why what was recorded is taken back."""
        one = self.tab.selected()
        if self.ready() is not None and one is not None:
            self._ask_reason(
                one,
                "Corregir lo registrado",
                f"La notificación a {one.recipient.name} vuelve a pendiente. Lo registrado sigue en el historial.",
                "Volver a pendiente",
                delivery.correct_notification,
                lambda _state: self.say("Está pendiente otra vez."),
            )

    def _ask_reason(
        self,
        one: Notification,
        title: str,
        told: str,
        primary: str,
        verb: Callable[..., Any],
        done: Callable[[Any], object],
    ) -> None:
        dialog = SavingReason(
            self.desk,
            title,
            told,
            lambda reason, token: verb(self.desk.db, **self.named(one), reason=reason, token=token),
            primary=primary,
            touches=TOUCHES,
            subject=f"notification:{one.id}",
            longest=1_000,
            parent=self.over,
        )
        self.run(dialog, done)

    def show_evidence(self) -> None:
        """The scanned cargo of the chosen notification, as it was kept."""
        one = self.tab.selected()
        if one is not None and one.evidence is not None:
            evidence = one.evidence
            self.query(
                partial(delivery.evidence_bytes, self.desk.archive, evidence),
                lambda data: self.show_file(data, evidence.name),
            )

    def open_code(self, typed: str) -> None:
        """Go to the notification of a typed or scanned cargo, of this act or of another."""
        self.query(partial(delivery.open_cargo, self.desk.db, typed), self._go_to)

    def _go_to(self, one: Notification) -> None:
        view = self.tab.view
        self._wanted = one.id
        if view is not None and view.resolucion.id == one.resolucion_id:
            self.show_wanted()
        else:
            self.open_asked.emit(one.resolucion_id)

    def show_wanted(self) -> None:
        """Select the notification whose cargo was scanned, and ask what became of it."""
        if self._wanted and self.tab.list.select(self._wanted):
            self._wanted = 0
            self.tab.list.view.setFocus()
            one = self.tab.selected()
            may = self.desk.actor.may("resoluciones.deliver")
            if may and one is not None and one.state is NotificationState.PENDING and not one.superseded:
                self.record_outcome()
