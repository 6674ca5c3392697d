"""A notification from its preparation to its outcome: delivered, refused, returned and tried again, or closed.

Each try is a fact of its own; nothing of an earlier one is written over.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import check_dni
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.resoluciones.rules.delivery.recipients import Recipient
from sisfoh_desktop.modules.resoluciones.rules.facts import Resolucion, State

MAX_NOTE = 1_000


class NotificationState(StrEnum):
    """What became of a try; CLOSED means that it will not be made, with its reason."""

    PENDING = "pendiente"
    DELIVERED = "entregado"
    REFUSED = "rehusado"
    RETURNED = "devuelto"
    CLOSED = "cerrado"

    @property
    def label(self) -> str:
        return {
            "pendiente": "Pendiente",
            "entregado": "Entregado",
            "rehusado": "Rehusado",
            "devuelto": "Devuelto",
            "cerrado": "Cerrado con motivo",
        }[self.value]


OUTCOMES = (NotificationState.DELIVERED, NotificationState.REFUSED, NotificationState.RETURNED)
_SERVED = (NotificationState.DELIVERED, NotificationState.REFUSED)  # a refusal serves too (LPAG, art. 21.3)
_FOLLOWING = {
    NotificationState.PENDING: {*OUTCOMES, NotificationState.CLOSED},
    NotificationState.DELIVERED: {NotificationState.PENDING},
    NotificationState.REFUSED: {NotificationState.PENDING},
    NotificationState.RETURNED: {NotificationState.PENDING, NotificationState.CLOSED},
    NotificationState.CLOSED: {NotificationState.PENDING},
}


@dataclass(frozen=True)
class Outcome:
    """What happened at `moment` (Lima time): who received and as what, the witness's note or the reason.

    `effective_on` and `counts_from` are None unless it was served.
    """

    state: NotificationState
    channel: str
    moment: datetime
    receiver: str = ""
    relation: str = ""
    note: str = ""
    dni: str = dataclasses.field(default="", repr=False)
    effective_on: date | None = None
    counts_from: date | None = None


@dataclass(frozen=True)
class Notification:
    """One try to notify one recipient. `attempt` counts from 1; `evidence` is the cargo that came back, scanned."""

    id: int
    resolucion_id: int
    recipient: Recipient
    channel: str
    attempt: int
    state: NotificationState
    folios: int
    outcome: Outcome | None = None
    evidence: Attachment | None = None
    printed_at: datetime | None = None
    superseded: bool = False
    version: int = 1

    @property
    def served(self) -> bool:
        """Whether it counts as notified, its cargo scanned or not."""
        return self.state in _SERVED

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do: served with its cargo scanned, closed, or tried again as another."""
        return (
            self.superseded or self.state is NotificationState.CLOSED or (self.served and self.has_evidence)
        )

    @property
    def has_evidence(self) -> bool:
        return self.evidence is not None


def check_can_deliver(resolucion: Resolucion) -> None:
    """Only a signed act is notified, remitted or published."""
    if resolucion.state not in (State.SIGNED, State.NOTIFIED):
        raise RuleError(
            "not_signed",
            f"{resolucion.title} está {resolucion.state.label.lower()}; no se registró nada. Se notifica, se remite y "
            "se publica cuando tiene la firma de su autor.",
        )


def check_can_become(notification: Notification, state: NotificationState) -> None:
    """RuleError `notification_state` unless this try may pass to `state`."""
    who = notification.recipient.name
    if notification.superseded:
        raise RuleError(
            "notification_superseded",
            f"La notificación a {who} ya se intentó otra vez; no se cambió nada. Trabaje con el intento más reciente.",
        )
    if state not in _FOLLOWING[notification.state]:
        raise RuleError(
            "notification_state",
            f"La notificación a {who} está como «{notification.state.label}»; no se cambió nada. Actualice con F5 "
            "y, si se registró mal, use Corregir.",
        )


def check_can_retry(notification: Notification) -> None:
    """Only what came back, and was not tried again yet, may be tried again."""
    check_can_become(notification, NotificationState.PENDING)
    if notification.state is not NotificationState.RETURNED:
        raise RuleError(
            "not_returned",
            f"La notificación a {notification.recipient.name} no fue devuelta; no se creó otro intento.",
        )


def clean_outcome(outcome: Outcome, *, issued: date, now: datetime) -> Outcome:
    """The outcome as it will be kept.

    RuleError `outcome_kind`, `date_in_future`, `before_act`, `receiver_missing`, `witness_missing` or
    `reason_missing`; `dni_invalid` for an impossible DNI.
    """
    if outcome.state not in OUTCOMES:
        raise RuleError("outcome_kind", "Indique si fue entregado, rehusado o devuelto; no se cambió nada.")
    if outcome.moment > now:
        raise RuleError(
            "date_in_future",
            f"El {outcome.moment:%d/%m/%Y a las %H:%M} todavía no llega; no se registró. Corrija la fecha o la hora.",
        )
    if outcome.moment.date() < issued:
        raise RuleError(
            "before_act",
            f"La resolución es del {format_date(issued)} y no pudo notificarse antes; no se registró. "
            "Corrija la fecha.",
        )
    kept = dataclasses.replace(
        outcome,
        receiver=clean_name(outcome.receiver, what="el nombre de quien recibió", limit=300, required=False),
        relation=clean_name(outcome.relation, what="el vínculo", limit=200, required=False),
        note=clean_text(outcome.note, what="la nota", limit=MAX_NOTE),
        dni=check_dni(outcome.dni) if outcome.dni.strip() else "",
    )
    if kept.state is NotificationState.DELIVERED and not kept.receiver:
        raise RuleError(
            "receiver_missing",
            "Falta quién recibió; no se registró. Escriba su nombre como figura en el cargo.",
        )
    if kept.state is NotificationState.REFUSED and not kept.note:
        raise RuleError(
            "witness_missing",
            "Falta cómo se negó a recibir y quién fue testigo; no se registró. Escríbalo: con esa constancia se tiene "
            "por bien notificado (TUO de la Ley 27444, art. 21.3).",
        )
    if kept.state is NotificationState.RETURNED and not kept.note:
        raise RuleError("reason_missing", "Falta por qué fue devuelto; no se registró. Escríbalo.")
    return kept


def clean_reason(reason: str) -> str:
    """Why a notification is closed or corrected; RuleError `text_missing` and as in `clean_text`."""
    return clean_text(reason, what="el motivo", limit=MAX_NOTE, required=True)


def all_settled(notifications: Sequence[Notification]) -> bool:
    """Whether the act is notified: nobody waits, and somebody was served."""
    return all(one.settled for one in notifications) and any(one.served for one in notifications)


def waiting(notifications: Iterable[Notification]) -> list[Notification]:
    """Those that still ask for something: to be delivered, tried again, or their cargo scanned."""
    return [one for one in notifications if not one.settled]


def last_served(notifications: Iterable[Notification]) -> date | None:
    """The day of the last one that was served."""
    days = [one.outcome.moment.date() for one in notifications if one.served and one.outcome is not None]
    return max(days, default=None)
