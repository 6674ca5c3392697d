"""Cargos on paper, all of an act in one PDF, and the notification that a typed or scanned code opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Resolucion
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import Cargo, Notification, NotificationState
from sisfoh_desktop.modules.resoluciones.service.delivery.gathering import channels
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion, subject_of
from sisfoh_desktop.modules.resoluciones.service.gathering import gather
from sisfoh_desktop.modules.resoluciones.store import delivery as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def code_of(act: Resolucion, notification: Notification) -> str:
    """The code under the QR of a notification's cargo."""
    return facts.cargo_code(
        notification.id, act.number_text, notification.recipient.key, notification.attempt
    )


def print_cargos(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    notification_ids: Sequence[int] = (),
    token: str | None = None,
) -> bytes:
    """The cargos of these notifications in one PDF, noted as printed; without names those that wait, or all again.

    RuleError `no_cargos` when there is none to print.
    """
    act = load_resolucion(db, resolucion_id)
    facts.check_can_deliver(act)
    with db.reading() as session:
        known = store.list_notifications(session, resolucion_id)
    wanted = set(notification_ids)
    if wanted:
        chosen = [one for one in known if one.id in wanted]
    else:
        made = [one for one in known if not one.superseded and one.state is not NotificationState.CLOSED]
        chosen = [one for one in made if not one.settled and not one.served] or made
    if not chosen:
        raise RuleError(
            "no_cargos",
            "No hay cargos por imprimir: prepare primero las notificaciones, o elija una para imprimir su cargo.",
        )
    pdf = _pdf(db, act, chosen)

    def change(session: "Session") -> None:
        store.record_printed(session, [one.id for one in chosen], now)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="notification.print",
            subject=subject_of(resolucion_id),
            after={"cargos": [one.id for one in chosen]},
        )

    db.run_once(token, change)
    return pdf


def open_cargo(db: Database, code: str) -> Notification:
    """The notification that a typed or scanned code names; RuleError `cargo_code` or `cargo_unknown`."""
    read = facts.read_code(code)
    with db.reading() as session:
        found = store.find_notification(session, read.notification_id)
    if found is None:
        raise facts.unknown_cargo()
    act = load_resolucion(db, found.resolucion_id)
    facts.check_code(read, act.number_text, found.recipient.key, found.attempt)
    return found


def _pdf(db: Database, act: Resolucion, chosen: Sequence[Notification]) -> bytes:
    from sisfoh_desktop.modules.resoluciones.report.cargos import cargos_pdf

    around = gather(db, act)
    author = next((one for one in around.signers if one.role is rules.SignerRole.AUTHOR), None)
    table = channels()
    subject = rules.readable(act.matter, around.values)
    cargos = []
    for one in chosen:
        channel = table.newest(one.channel)
        cargos.append(
            Cargo(
                code=code_of(act, one),
                act=act.title,
                dated=act.dated,
                subject=subject[:1].upper() + subject[1:],
                recipient=one.recipient.name,
                person=one.recipient.person,
                address=one.recipient.email if channel.key == "correo" else one.recipient.address,
                by_mail=channel.key == "correo",
                channel=channel.name,
                channel_rule=channel.rule_words,
                attempt=one.attempt,
                folios=one.folios,
                origin=one.recipient.origin.label,
            )
        )
    return cargos_pdf(
        cargos,
        office.letterhead(db, act.dated, author.unit if author else ""),
        watermark=office.watermark(db),
    )
