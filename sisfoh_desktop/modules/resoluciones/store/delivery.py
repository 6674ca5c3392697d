"""Reads and writes of what follows the signature: notifications, the remission, publications."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.office.rules import CountsFrom
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, State
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    Notification,
    NotificationState,
    Outcome,
    Publication,
    PublicationEntry,
    Recipient,
    RecipientOrigin,
    Remission,
    Sending,
)
from sisfoh_desktop.modules.resoluciones.store.act import load_resolucion
from sisfoh_desktop.modules.resoluciones.tables import (
    ResolucionNotificationRow,
    ResolucionPublicationRow,
    ResolucionRemissionRow,
    ResolucionRow,
)


def lock_act(session: Session, resolucion_id: int) -> Resolucion:
    """The act, kept from others who record its delivery until the commit: whoever comes last sees all the rest."""
    session.execute(select(ResolucionRow.id).where(ResolucionRow.id == resolucion_id).with_for_update())
    return load_resolucion(session, resolucion_id)


def record_state(session: Session, resolucion_id: int, state: State) -> None:
    """Signed or notified; the caller holds the act."""
    session.execute(
        update(ResolucionRow)
        .where(ResolucionRow.id == resolucion_id)
        .values(state=state, version=ResolucionRow.version + 1)
    )


def list_notifications(session: Session, resolucion_id: int) -> list[Notification]:
    """Every try of an act, in the order in which they were prepared."""
    rows = session.scalars(
        select(ResolucionNotificationRow)
        .where(ResolucionNotificationRow.resolucion_id == resolucion_id)
        .order_by(ResolucionNotificationRow.id)
    )
    return [_notification(row) for row in rows]


def act_of(session: Session, notification_id: int) -> int:
    """The act that is notified; RuleError `notification_unknown`."""
    found = session.scalar(
        select(ResolucionNotificationRow.resolucion_id).where(ResolucionNotificationRow.id == notification_id)
    )
    if found is None:
        raise RuleError(
            "notification_unknown", "Esa notificación ya no existe; no se cambió nada. Actualice con F5."
        )
    return found


def load_notification(session: Session, notification_id: int) -> Notification:
    """One try that is known to exist."""
    return _notification(session.get_one(ResolucionNotificationRow, notification_id))


def find_notification(session: Session, notification_id: int) -> Notification | None:
    row = session.get(ResolucionNotificationRow, notification_id)
    return None if row is None else _notification(row)


def add_notifications(
    session: Session,
    resolucion_id: int,
    recipients: Sequence[Recipient],
    *,
    channel: str,
    folios: int,
    attempt: int = 1,
) -> list[int]:
    """Keep one pending try for each; their ids, in that order."""
    rows = [
        {
            "resolucion_id": resolucion_id,
            "recipient_key": one.key,
            "attempt": attempt,
            "superseded": False,
            "name": one.name,
            "siglas": one.siglas,
            "unit_id": one.unit_id,
            "person": one.person,
            "address": one.address,
            "email": one.email,
            "origin": one.origin,
            "channel": channel,
            "folios": folios,
            "state": NotificationState.PENDING,
            "printed_at": None,
            **_outcome_columns(None),
            **_file_columns(None),
            "version": 1,
        }
        for one in recipients
    ]
    made = session.scalars(
        insert(ResolucionNotificationRow).returning(
            ResolucionNotificationRow.id, sort_by_parameter_order=True
        ),
        rows,
    )
    return list(made)


def record_notification(session: Session, notification: Notification, expected_version: int) -> None:
    """Write state, outcome, evidence and channel; StaleRow unless the row has the expected version."""
    outcome = notification.outcome
    values = {
        "state": notification.state,
        "channel": outcome.channel if outcome else notification.channel,
        "superseded": notification.superseded,
        **_outcome_columns(outcome),
        **_file_columns(notification.evidence),
    }
    update_version(session, ResolucionNotificationRow, notification.id, expected_version, values)


def record_printed(session: Session, notification_ids: Iterable[int], now: datetime) -> None:
    """Their cargos were printed; no version moves: nobody's edit is about this."""
    session.execute(
        update(ResolucionNotificationRow)
        .where(ResolucionNotificationRow.id.in_(list(notification_ids)))
        .values(printed_at=now)
    )


def find_remission(session: Session, resolucion_id: int) -> Remission | None:
    row = session.scalar(
        select(ResolucionRemissionRow).where(ResolucionRemissionRow.resolucion_id == resolucion_id)
    )
    return None if row is None else _remission(row)


def add_remission(session: Session, remission: Remission) -> int:
    """Keep a new remission; its id."""
    row = ResolucionRemissionRow(
        resolucion_id=remission.resolucion_id, version=1, **_remission_columns(remission)
    )
    session.add(row)
    session.flush()
    return row.id


def record_remission(session: Session, remission: Remission, expected_version: int) -> None:
    """StaleRow unless the row has the expected version."""
    update_version(
        session, ResolucionRemissionRow, remission.id, expected_version, _remission_columns(remission)
    )


def list_publications(session: Session, resolucion_id: int) -> list[Publication]:
    """Oldest first."""
    rows = session.scalars(
        select(ResolucionPublicationRow)
        .where(ResolucionPublicationRow.resolucion_id == resolucion_id)
        .order_by(ResolucionPublicationRow.published_on, ResolucionPublicationRow.id)
    )
    return [_publication(row) for row in rows]


def load_publication(session: Session, publication_id: int) -> Publication:
    """One publication; RuleError `publication_unknown`."""
    row = session.get(ResolucionPublicationRow, publication_id)
    if row is None:
        raise RuleError(
            "publication_unknown", "Esa publicación ya no existe; no se cambió nada. Actualice con F5."
        )
    return _publication(row)


def add_publication(session: Session, publication: Publication) -> int:
    """Keep a new publication; its id."""
    entry = publication.entry
    row = ResolucionPublicationRow(
        resolucion_id=publication.resolucion_id,
        url=entry.url,
        published_on=entry.published_on,
        published_by=entry.published_by,
        unit_id=entry.unit_id,
        unit=publication.unit,
        note=entry.note,
        **_file_columns(publication.file),
        **_file_columns(publication.capture, "capture"),
        same=publication.same,
        archived_sha256=publication.archived_sha256,
        paper_id=None,
        version=1,
    )
    session.add(row)
    session.flush()
    return row.id


def record_constancia(session: Session, publication_id: int, expected_version: int, paper_id: int) -> None:
    """The publication has its paper; StaleRow unless the row has the expected version."""
    update_version(
        session, ResolucionPublicationRow, publication_id, expected_version, {"paper_id": paper_id}
    )


def _notification(row: ResolucionNotificationRow) -> Notification:
    outcome = None
    if row.done_at is not None:
        outcome = Outcome(
            state=NotificationState(row.state),
            channel=row.channel,
            moment=row.done_at,
            receiver=row.receiver,
            relation=row.relation,
            note=row.note,
            dni=row.dni,
            effective_on=row.effective_on,
            counts_from=row.counts_from,
        )
    return Notification(
        id=row.id,
        resolucion_id=row.resolucion_id,
        recipient=Recipient(
            name=row.name,
            siglas=row.siglas,
            unit_id=row.unit_id,
            person=row.person,
            address=row.address,
            email=row.email,
            origin=RecipientOrigin(row.origin),
        ),
        channel=row.channel,
        attempt=row.attempt,
        state=NotificationState(row.state),
        folios=row.folios,
        outcome=outcome,
        evidence=_file(row.file_sha256, row.file_name, row.file_size, row.file_pages),
        printed_at=row.printed_at,
        superseded=row.superseded,
        version=row.version,
    )


def _outcome_columns(outcome: Outcome | None) -> dict[str, Any]:
    return {
        "done_at": outcome.moment if outcome else None,
        "receiver": outcome.receiver if outcome else "",
        "dni": outcome.dni if outcome else "",
        "relation": outcome.relation if outcome else "",
        "note": outcome.note if outcome else "",
        "effective_on": outcome.effective_on if outcome else None,
        "counts_from": outcome.counts_from if outcome else None,
    }


def _remission(row: ResolucionRemissionRow) -> Remission:
    sending = None
    if row.sent_on is not None:
        sending = Sending(row.letter, row.sent_on, row.channel, row.body_registry)
    return Remission(
        id=row.id,
        resolucion_id=row.resolucion_id,
        body=row.body,
        body_siglas=row.body_siglas,
        event=CountsFrom(row.event),
        event_on=row.event_on,
        days=row.days,
        norm=row.norm,
        due=row.due,
        paper_id=row.paper_id,
        sending=sending,
        late_days=row.late_days,
        proof=_file(row.file_sha256, row.file_name, row.file_size, row.file_pages),
        version=row.version,
    )


def _remission_columns(remission: Remission) -> dict[str, Any]:
    sending = remission.sending
    return {
        "body": remission.body,
        "body_siglas": remission.body_siglas,
        "event": remission.event,
        "event_on": remission.event_on,
        "days": remission.days,
        "norm": remission.norm,
        "due": remission.due,
        "paper_id": remission.paper_id,
        "letter": sending.letter if sending else "",
        "sent_on": sending.sent_on if sending else None,
        "channel": sending.channel if sending else "",
        "body_registry": sending.registry if sending else "",
        "late_days": remission.late_days,
        **_file_columns(remission.proof),
    }


def _publication(row: ResolucionPublicationRow) -> Publication:
    return Publication(
        id=row.id,
        resolucion_id=row.resolucion_id,
        entry=PublicationEntry(row.url, row.published_on, row.published_by, row.unit_id, row.note),
        unit=row.unit,
        file=Attachment(row.file_sha256, row.file_name, row.file_size, row.file_pages),
        capture=Attachment(row.capture_sha256, row.capture_name, row.capture_size, row.capture_pages),
        same=row.same,
        archived_sha256=row.archived_sha256,
        paper_id=row.paper_id,
        version=row.version,
    )


def _file(sha256: str, name: str, size: int, pages: int) -> Attachment | None:
    return Attachment(sha256, name, size, pages) if sha256 else None


def _file_columns(file: Attachment | None, prefix: str = "file") -> dict[str, Any]:
    kept = file or Attachment("", "", 0, 0)
    return {
        f"{prefix}_sha256": kept.sha256,
        f"{prefix}_name": kept.name,
        f"{prefix}_size": kept.size,
        f"{prefix}_pages": kept.pages,
    }
