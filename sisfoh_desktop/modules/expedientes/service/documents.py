"""Documents of a chain: registered in any order, corrected, withdrawn; duplicates are refused until confirmed.

Names of units are filled in as they are in force on the document's date and stay so.
"""

import re
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import rules, store
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    DocumentEntry,
    Party,
)
from sisfoh_desktop.modules.expedientes.service.trail import record
from sisfoh_desktop.modules.office import service as office

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


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
        if key and not re.fullmatch(r"[a-z0-9_]+", key):
            raise RuleError(
                "key_invalid",
                "La clave del documento lleva solo letras minúsculas, cifras y «_»; no se guardó. Corríjala.",
            )
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
        record(session, actor, now, "expediente.register", expediente_id, after=after)
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
        record(
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
        rules.check_can_register(store.state_of(session, stored.expediente_id, lock=True))
        if store.count_replies(session, document_id):
            raise RuleError(
                "document_answered",
                f"{stored.title} tiene una respuesta en el expediente; no se retiró. "
                "Corrija primero a qué documento responde.",
            )
        if store.count_linked_requests(session, document_id):
            raise RuleError(
                "document_of_opinion",
                f"Con {stored.title} se pidió o se respondió una opinión; no se retiró. "
                "Retire primero ese pedido, o corrija su respuesta.",
            )
        store.record_withdrawal(session, document_id, expected_version, reason)
        record(
            session,
            actor,
            now,
            "expediente.withdraw",
            stored.expediente_id,
            before={"document": document_id, "title": stored.title},
            reason=reason,
        )

    db.run_once(token, change)


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
