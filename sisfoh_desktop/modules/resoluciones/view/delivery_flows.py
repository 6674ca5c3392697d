"""The tab "Entrega" as the page uses it: its orders, which of them can be given now, and the next step."""

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryStep, NotificationState, letter_open
from sisfoh_desktop.modules.resoluciones.service.delivery import DeliveryView
from sisfoh_desktop.modules.resoluciones.view.delivery_notify import NotifyOrders
from sisfoh_desktop.modules.resoluciones.view.delivery_orders import unsigned
from sisfoh_desktop.modules.resoluciones.view.delivery_send import SendOrders
from sisfoh_desktop.modules.resoluciones.view.delivery_tab import DeliveryTab, key
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for
from sisfoh_desktop.qtkit.round_orders import SIGN

DELIVER = "resoluciones.deliver"


class DeliveryFlows(NotifyOrders, SendOrders):
    """The orders over the signed act that `tab` shows. `busy_changed` brackets each change."""

    def __init__(self, desk: Desk, tab: DeliveryTab, over: QWidget) -> None:
        super().__init__(desk, tab, over)
        self._build_actions()
        reading = (self.evidence_action, self.sign_letter_action)
        only_for(desk.actor, SIGN, self.sign_letter_action)
        only_for(desk.actor, DELIVER, *(one for one in self._all if one not in reading))
        tab.set_actions(
            [self.prepare_action, self.print_action, self.outcome_action],
            [
                self.retry_action,
                self.attach_action,
                self.evidence_action,
                self.close_action,
                self.correct_action,
            ],
            [self.letter_action, self.sign_letter_action, self.send_action],
            [self.publish_action, self.constancia_action],
        )
        tab.list.activated.connect(lambda _one: self._on_activated())
        tab.changed.connect(self.refresh)
        tab.code_entered.connect(self.open_code)
        self.refresh()

    def actions(self) -> list[QAction]:
        """The orders for the menu of the page; none while the act has no signature."""
        if self.tab.view is None:
            return []
        return list(self._all)

    def next_step(self) -> NextStep | None:
        """What the panel at the right says of a signed act."""
        view = self.tab.view
        if view is None:
            return None
        title, text, action = self._words(view)[view.step]
        step = NextStep(
            title,
            text,
            action.text().replace("&", ""),
            enabled=not self.busy,
            reason="Un momento: se está guardando.",
            run=action.trigger,
        )
        return step_for(self.desk.actor, SIGN if action is self.sign_letter_action else DELIVER, step)

    def refresh(self) -> None:
        """Which orders can be given now."""
        view, one = self.tab.view, self.tab.selected()
        idle = view is not None and not self.busy
        state = one.state if one is not None and not one.superseded else None
        sent = view is not None and view.remission is not None and view.remission.sending is not None
        owed = idle and view is not None and view.must_remit and not sent
        letter = view.letter if view is not None else None
        self.prepare_action.setEnabled(idle)
        self.print_action.setEnabled(idle and view is not None and bool(view.notifications))
        self.outcome_action.setEnabled(idle and state is NotificationState.PENDING)
        self.retry_action.setEnabled(idle and state is NotificationState.RETURNED)
        self.attach_action.setEnabled(
            idle and state is not None and one is not None and one.outcome is not None
        )
        self.evidence_action.setEnabled(idle and one is not None and one.has_evidence)
        self.close_action.setEnabled(
            idle and state in (NotificationState.PENDING, NotificationState.RETURNED)
        )
        self.correct_action.setEnabled(idle and state not in (None, NotificationState.PENDING))
        self.letter_action.setEnabled(owed and letter_open(letter))
        self.sign_letter_action.setEnabled(idle and letter is not None and unsigned(letter))
        self.send_action.setEnabled(owed and (letter is None or not unsigned(letter)))
        self.publish_action.setEnabled(idle)
        self.constancia_action.setEnabled(idle and view is not None and bool(view.publications))
        self.busy_changed.emit()

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        action = partial(make_action, self)

        self.prepare_action = key(action("Prep&arar notificaciones…", self.prepare), "Ins")
        self.print_action = action("&Imprimir cargos", self.print_cargos)
        self.outcome_action = action("&Registrar entrega…", self.record_outcome)
        self.retry_action = action("Nuevo intento…", self.retry)
        self.attach_action = action("Adjuntar cargo escaneado…", self.attach)
        self.evidence_action = action("Ver cargo escaneado", self.show_evidence)
        self.close_action = key(action("Cerrar con motivo…", self.close_selected), "Del")
        self.correct_action = action("Corregir lo registrado…", self.correct)
        self.letter_action = action("Oficio de remi&sión…", self.letter)
        self.sign_letter_action = action("Firmar el oficio…", self.sign_letter)
        self.send_action = action("Registrar e&nvío…", self.send)
        self.publish_action = action("Registrar p&ublicación…", self.publish)
        self.constancia_action = action("&Constancia…", self.constancia)
        self._all = (
            self.prepare_action,
            self.print_action,
            self.outcome_action,
            self.retry_action,
            self.attach_action,
            self.evidence_action,
            self.close_action,
            self.correct_action,
            self.letter_action,
            self.sign_letter_action,
            self.send_action,
            self.publish_action,
            self.constancia_action,
        )

    def _words(self, view: DeliveryView) -> dict[DeliveryStep, tuple[str, str, QAction]]:
        """Title, text and order of each step."""
        left = len(view.waiting)
        waits = "Falta 1" if left == 1 else f"Faltan {left}"
        back = self.outcome_action if self.outcome_action.isEnabled() else self.attach_action
        return {
            DeliveryStep.PREPARE: (
                "Notificar",
                "Se proponen las copias (C.c.) y todas las unidades del Anexo N° 01; usted quita o agrega.",
                self.prepare_action,
            ),
            DeliveryStep.PRINT: (
                "Notificar: imprima los cargos",
                "Salen dos por hoja, cada uno con su código. Al volver firmado se escanea ese código.",
                self.print_action,
            ),
            DeliveryStep.LETTER: (
                "Remitir la copia",
                "El oficio se escribe con los datos de la resolución y del ente rector vigente.",
                self.letter_action,
            ),
            DeliveryStep.SIGN_LETTER: (
                "Remitir: firmar el oficio",
                "El oficio está congelado y numerado; falta la firma de su autor.",
                self.sign_letter_action,
            ),
            DeliveryStep.SEND: (
                "Remitir: registrar el envío",
                "Con la fecha, el registro que dio el organismo y la prueba se cierra el plazo.",
                self.send_action,
            ),
            DeliveryStep.PUBLISH: (
                "Publicar",
                "Registre la dirección, el archivo publicado y la captura de la página.",
                self.publish_action,
            ),
            DeliveryStep.COLLECT: (
                "Registrar los cargos que vuelven",
                f"{waits} por notificar o por escanear. Escriba el código del cargo, o elija la notificación.",
                back,
            ),
            DeliveryStep.DONE: (
                "Todo entregado",
                "Notificada, remitida y publicada, cada cosa con su prueba. Puede hacer la constancia.",
                self.constancia_action,
            ),
        }

    def _on_activated(self) -> None:
        for action in (self.outcome_action, self.retry_action, self.evidence_action, self.attach_action):
            if action.isEnabled():
                action.trigger()
                return
