"""What lists ask of all acts at once after their signature, and every file that proves a delivery."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.rules.delivery import NotificationState
from sisfoh_desktop.modules.resoluciones.tables import (
    ResolucionNotificationRow,
    ResolucionPublicationRow,
    ResolucionRemissionRow,
    ResolucionRow,
)

_SIGNED = (State.SIGNED, State.NOTIFIED)
_OPEN = ~ResolucionNotificationRow.superseded & (
    ResolucionNotificationRow.state.in_((NotificationState.PENDING, NotificationState.RETURNED))
    | (
        ResolucionNotificationRow.state.in_((NotificationState.DELIVERED, NotificationState.REFUSED))
        & (ResolucionNotificationRow.file_sha256 == "")
    )
)
_COUNTS = select(
    ResolucionNotificationRow.resolucion_id,
    func.count().filter(~ResolucionNotificationRow.superseded).label("total"),
    func.count().filter(_OPEN).label("waiting"),
    func.max(ResolucionNotificationRow.done_at).label("last"),
).group_by(ResolucionNotificationRow.resolucion_id)


@dataclass(frozen=True)
class SignedAct:
    """What lists ask of a signed act: how many were notified and how many wait, when it was sent and published."""

    id: int
    number_text: str
    dated: date
    plan_id: int | None
    state: State
    notifications: int = 0
    waiting: int = 0
    notified_on: date | None = None
    remission_due: date | None = None
    has_remission: bool = False
    sent_on: date | None = None
    published_on: date | None = None


def list_evidence(session: Session) -> list[tuple[str, str]]:
    """(what it proves, SHA-256) of every file that the archive must hold for deliveries."""
    found: list[tuple[str, str]] = []
    for words, row_class, column in (
        ("Cargo de notificación", ResolucionNotificationRow, ResolucionNotificationRow.file_sha256),
        ("Prueba de remisión", ResolucionRemissionRow, ResolucionRemissionRow.file_sha256),
        ("Archivo publicado", ResolucionPublicationRow, ResolucionPublicationRow.file_sha256),
        ("Captura de la publicación", ResolucionPublicationRow, ResolucionPublicationRow.capture_sha256),
    ):
        rows = session.execute(
            select(ResolucionRow.number_text, column)
            .join(row_class, row_class.resolucion_id == ResolucionRow.id)
            .where(column != "")
            .order_by(row_class.id)
        )
        found += [(f"{words} de {number_text}", sha256) for number_text, sha256 in rows]
    return found


def list_signed_acts(session: Session) -> list[SignedAct]:
    """Every signed act with what was done after it: four queries, however many there are."""
    counts = {row.resolucion_id: row for row in session.execute(_COUNTS)}
    remissions = {
        row.resolucion_id: row
        for row in session.execute(
            select(
                ResolucionRemissionRow.resolucion_id,
                ResolucionRemissionRow.due,
                ResolucionRemissionRow.sent_on,
            )
        )
    }
    first = func.min(ResolucionPublicationRow.published_on).label("first")
    published = {
        row.resolucion_id: row.first
        for row in session.execute(
            select(ResolucionPublicationRow.resolucion_id, first).group_by(
                ResolucionPublicationRow.resolucion_id
            )
        )
    }
    acts = session.execute(
        select(
            ResolucionRow.id,
            ResolucionRow.number_text,
            ResolucionRow.dated,
            ResolucionRow.plan_id,
            ResolucionRow.state,
        )
        .where(ResolucionRow.state.in_(_SIGNED))
        .order_by(ResolucionRow.id.desc())
    )
    found = []
    for act in acts:
        count, remission = counts.get(act.id), remissions.get(act.id)
        found.append(
            SignedAct(
                id=act.id,
                number_text=act.number_text,
                dated=act.dated,
                plan_id=act.plan_id,
                state=State(act.state),
                notifications=count.total if count else 0,
                waiting=count.waiting if count else 0,
                notified_on=count.last.date() if count and count.last else None,
                remission_due=remission.due if remission else None,
                has_remission=remission is not None,
                sent_on=remission.sent_on if remission else None,
                published_on=published.get(act.id),
            )
        )
    return found
