"""What the office can do with an expediente: open it, register documents in any order, see who has it.

The module's only door. Names of units are filled in as they are in force on the document's date and stay so.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import rules, store
from sisfoh_desktop.modules.expedientes.rules import (
    Attachment,
    Document,
    DocumentEntry,
    Duplicate,
    Expediente,
    ExpedienteLine,
    ExpedienteState,
    FileKind,
    Holder,
    Party,
    Step,
)
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ExpedienteView:
    """An expediente with all that its screen shows: timeline, who has it now, the next document expected."""

    expediente: Expediente
    steps: tuple[Step, ...]
    holder: Holder | None
    expected: DocumentEntry


def list_expedientes(db: Database) -> list[ExpedienteLine]:
    """Every expediente, the newest first, with who has it and since when."""
    with db.reading() as session:
        return store.list_expedientes(session)


def load_expediente(db: Database, expediente_id: int) -> Expediente:
    """The whole expediente, its chain oldest first; RuleError `expediente_unknown`."""
    with db.reading() as session:
        return store.load_expediente(session, expediente_id)


def view_expediente(db: Database, expediente_id: int, today: date) -> ExpedienteView:
    """The expediente as its screen shows it today."""
    expediente = load_expediente(db, expediente_id)
    calendar = office.calendar(db)
    return ExpedienteView(
        expediente,
        tuple(rules.timeline(expediente.documents, calendar)),
        rules.holder_of(expediente.documents, calendar, today),
        rules.next_expected(expediente.documents, today),
    )


def create_expediente(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    code: str = "",
    registry: str = "",
    plan_id: int | None = None,
    opened_on: date | None = None,
    token: str | None = None,
) -> int:
    """A new expediente without documents; `opened_on` is today unless told, and never later."""
    title, code, registry = rules.clean_heading(title, code, registry)
    _check_plan(db, plan_id)
    opened = opened_on or now.date()
    if opened > now.date():
        raise RuleError(
            "date_in_future",
            f"La fecha de apertura {format_date(opened)} todavía no llega; no se creó. Corríjala.",
        )

    def change(session: "Session") -> int:
        expediente_id = store.add_expediente(
            session, title=title, code=code, registry=registry, plan_id=plan_id, opened_on=opened
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="expediente.create",
            subject=_subject(expediente_id),
            after={"title": title, "code": code, "registry": registry, "opened_on": opened},
        )
        return expediente_id

    return db.run_once(token, change)


def save_expediente(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    expected_version: int,
    title: str,
    code: str = "",
    registry: str = "",
    plan_id: int | None = None,
    token: str | None = None,
) -> None:
    """Change title, code, registry and plan; StaleRow when somebody changed them first."""
    title, code, registry = rules.clean_heading(title, code, registry)
    _check_plan(db, plan_id)
    after = {"title": title, "code": code, "registry": registry, "plan_id": plan_id}

    def change(session: "Session") -> None:
        stored = store.load_expediente(session, expediente_id)
        store.record_heading(
            session,
            expediente_id,
            expected_version,
            title=title,
            code=code,
            registry=registry,
            plan_id=plan_id,
        )
        before = {name: getattr(stored, name) for name in after}
        _record(session, actor, now, "expediente.save", expediente_id, before=before, after=after)

    db.run_once(token, change)


def set_state(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    expected_version: int,
    state: ExpedienteState,
    reason: str,
    token: str | None = None,
) -> None:
    """Archive or reopen, with a reason for the trail."""
    reason = rules.check_reason(reason)

    def change(session: "Session") -> None:
        before = store.state_of(session, expediente_id)
        store.record_new_state(session, expediente_id, expected_version, state)
        _record(
            session,
            actor,
            now,
            "expediente.state",
            expediente_id,
            before={"state": before},
            after={"state": state},
            reason=reason,
        )

    db.run_once(token, change)


def resolve_in(session: "Session", *, actor: Actor, now: datetime, expediente_id: int, number: str) -> None:
    """The resolución of this expediente was signed; joins the signature's transaction."""
    before = store.state_of(session, expediente_id)
    if before is ExpedienteState.OPEN:
        store.record_state(session, expediente_id, ExpedienteState.RESOLVED)
        _record(
            session,
            actor,
            now,
            "expediente.resolve",
            expediente_id,
            before={"state": before},
            after={"state": ExpedienteState.RESOLVED, "number": number},
        )


def find_duplicates(db: Database, entry: DocumentEntry, *, but: int = 0) -> list[Duplicate]:
    """Documents already registered with this kind and number, except document `but`."""
    with db.reading() as session:
        return store.list_duplicates(session, entry, but=but)


def register_document(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    entry: DocumentEntry,
    key: str = "",
    even_if_duplicate: bool = False,
    token: str | None = None,
) -> int:
    """Add a document to the chain, in any order of dates; `key` names it in locked data (made when empty).

    RuleError for what is missing or impossible, `document_duplicate` unless it was accepted as a second one.
    """
    kept = rules.clean_entry(_with_names(db, entry), now.date())

    def change(session: "Session") -> int:
        rules.check_can_register(store.state_of(session, expediente_id))
        _check_reply(session, expediente_id, kept)
        if not even_if_duplicate:
            _refuse_duplicate(session, kept)
        taken = store.list_keys(session, expediente_id)
        if key in taken:
            raise RuleError(
                "key_taken",
                f"La clave «{key}» ya nombra otro documento del expediente; no se guardó. Use otra.",
            )
        document_id = store.add_document(
            session,
            expediente_id=expediente_id,
            key=key or rules.document_key(kept, taken),
            entry=kept,
            now=now,
            user=actor.user,
        )
        after = {"document": document_id, "title": kept.citation, "on": kept.on}
        _record(session, actor, now, "expediente.register", expediente_id, after=after)
        return document_id

    return db.run_once(token, change)


def save_document(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    document_id: int,
    expected_version: int,
    entry: DocumentEntry,
    even_if_duplicate: bool = False,
    token: str | None = None,
) -> None:
    """Correct what was typed about a document; the trail keeps what was there. Its key stays."""
    kept = rules.clean_entry(_with_names(db, entry), now.date())

    def change(session: "Session") -> None:
        stored = store.load_document(session, document_id)
        rules.check_can_register(store.state_of(session, stored.expediente_id))
        _check_reply(session, stored.expediente_id, kept, document_id)
        if not even_if_duplicate and not rules.is_duplicate(kept, stored.entry):
            _refuse_duplicate(session, kept, but=document_id)
        store.record_document(session, document_id, expected_version, kept)
        before, after = _differences(stored.entry, kept)
        _record(
            session,
            actor,
            now,
            "expediente.correct",
            stored.expediente_id,
            before={"document": document_id, **before},
            after=after,
        )

    db.run_once(token, change)


def withdraw_document(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    document_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Take a document out of the chain with a reason; its record and file stay in the base."""
    reason = rules.check_reason(reason)

    def change(session: "Session") -> None:
        stored = store.load_document(session, document_id)
        if store.count_replies(session, document_id):
            raise RuleError(
                "document_answered",
                f"{stored.title} tiene una respuesta en el expediente; no se retiró. "
                "Corrija primero a qué documento responde.",
            )
        store.record_withdrawal(session, document_id, expected_version, reason)
        _record(
            session,
            actor,
            now,
            "expediente.withdraw",
            stored.expediente_id,
            before={"document": document_id, "title": stored.title},
            reason=reason,
        )

    db.run_once(token, change)


def attach_file(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    document_id: int,
    expected_version: int,
    name: str,
    data: bytes,
    token: str | None = None,
) -> Attachment:
    """Keep the scan of a document by hash; RuleError with a sentence for a file of another kind or damaged."""
    attachment = Attachment("", name[-200:], len(data), _pages(name, data))
    attachment = replace(attachment, sha256=archive.put(data))

    def change(session: "Session") -> None:
        stored = store.load_document(session, document_id)
        store.record_attachment(session, document_id, expected_version, attachment)
        _record(
            session,
            actor,
            now,
            "expediente.attach",
            stored.expediente_id,
            before={"document": document_id, "file": stored.attachment and stored.attachment.sha256},
            after={"file": attachment.sha256, "name": attachment.name},
        )

    db.run_once(token, change)
    return attachment


def attachment_bytes(db: Database, archive: Archive, document_id: int) -> tuple[Attachment, bytes]:
    """The attached file as it was kept; FileFailed when the archive lost or changed it."""
    with db.reading() as session:
        document = store.load_document(session, document_id)
    if document.attachment is None:
        raise RuleError("no_attachment", f"{document.title} no tiene archivo adjunto; adjunte su escaneo.")
    return document.attachment, archive.get(document.attachment.sha256)


def check_attachments(db: Database, archive: Archive) -> list[str]:
    """One Spanish sentence for each attached file that is missing or changed."""
    with db.reading() as session:
        kept = store.list_attachments(session)
    problems = []
    for title, sha256 in kept:
        try:
            archive.get(sha256)
        except FileFailed as error:
            problems.append(f"{title}: {error.sentence}")
    return problems


def _check_plan(db: Database, plan_id: int | None) -> None:
    """RuleError `plan_unknown` when the plan is not there."""
    if plan_id is not None:
        plans.load_plan(db, plan_id)


def _pages(name: str, data: bytes) -> int:
    if rules.check_attachment(name, data) is not FileKind.PDF:
        return 1
    from sisfoh_desktop.documents.rendering import page_count

    try:
        return page_count(data)
    except FileFailed:
        raise rules.damaged_file(name) from None


def _with_names(db: Database, entry: DocumentEntry) -> DocumentEntry:
    """Units named by id alone get the name and siglas in force on the document's date."""
    if all(party.unit_id is None or party.name for party in (entry.sender, entry.receiver)):
        return entry
    units = {unit.id: unit for unit in office.list_units(db, entry.on)}

    def named(party: Party) -> Party:
        if party.unit_id is None or party.name:
            return party
        unit = units.get(party.unit_id)
        if unit is None:
            raise RuleError(
                "unit_not_in_force",
                f"La oficina elegida no existe al {format_date(entry.on)}; no se guardó. "
                "Elija otra o revise la fecha.",
            )
        return replace(party, name=unit.name, siglas=unit.siglas)

    return replace(entry, sender=named(entry.sender), receiver=named(entry.receiver))


def _check_reply(
    session: "Session", expediente_id: int, entry: DocumentEntry, document_id: int | None = None
) -> None:
    if entry.responds_to_id is None:
        return
    answered: Document = store.load_document(session, entry.responds_to_id)
    if answered.expediente_id != expediente_id or answered.id == document_id:
        raise RuleError(
            "reply_elsewhere",
            "Un documento solo responde a otro del mismo expediente; no se guardó. Elija a cuál responde.",
        )


def _refuse_duplicate(session: "Session", entry: DocumentEntry, but: int = 0) -> None:
    duplicates = store.list_duplicates(session, entry, but=but)
    if duplicates:
        known = duplicates[0]
        raise RuleError(
            "document_duplicate",
            f"{known.title} del {format_date(known.on)} ya está registrado en «{known.expediente_title}»; "
            "no se guardó. Confirme si es otro documento.",
        )


def _differences(before: DocumentEntry, after: DocumentEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    old, new = asdict(before), asdict(after)
    changed = [name for name in new if old[name] != new[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    expediente_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=_subject(expediente_id),
        before=before,
        after=after,
        reason=reason,
    )


def _subject(expediente_id: int) -> str:
    return f"expediente:{expediente_id}"
