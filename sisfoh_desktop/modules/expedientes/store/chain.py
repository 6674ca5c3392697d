"""Reads and writes of expedientes and their documents."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.expedientes import tables
from sisfoh_desktop.modules.expedientes.rules import (
    Attachment,
    Detail,
    Document,
    DocumentEntry,
    DocumentKind,
    Duplicate,
    Expediente,
    ExpedienteLine,
    ExpedienteState,
    Opinion,
    Party,
    in_chain_order,
    is_duplicate,
)
from sisfoh_desktop.modules.expedientes.tables import ExpedienteDocumentRow, ExpedienteRow

_IN_CHAIN = ExpedienteDocumentRow.withdrawn_reason == ""


def list_expedientes(session: Session) -> list[ExpedienteLine]:
    """Every expediente, the newest first, with who has it now; two queries."""
    chains: dict[int, list[Any]] = {}
    document = ExpedienteDocumentRow
    for row in session.execute(
        select(
            document.expediente_id,
            document.dated,
            document.received_on,
            document.kind,
            document.kind_word,
            document.number_text,
            document.to_siglas,
            document.to_name,
            document.to_person,
        )
        .where(_IN_CHAIN)
        .order_by(document.dated, document.id)
    ):
        chains.setdefault(row.expediente_id, []).append(row)
    rows = session.scalars(select(ExpedienteRow).order_by(ExpedienteRow.id.desc()))
    return [_line(row, chains.get(row.id, [])) for row in rows]


def load_expediente(session: Session, expediente_id: int) -> Expediente:
    """The whole expediente, its chain oldest first; RuleError `expediente_unknown`."""
    row = session.get(ExpedienteRow, expediente_id)
    if row is None:
        raise RuleError("expediente_unknown", "El expediente ya no existe; actualice la lista con F5.")
    documents = session.scalars(
        select(ExpedienteDocumentRow).where(ExpedienteDocumentRow.expediente_id == expediente_id, _IN_CHAIN)
    ).all()
    details = _details(session, ExpedienteDocumentRow.expediente_id == expediente_id)
    return Expediente(
        id=row.id,
        title=row.title,
        code=row.code,
        registry=row.registry_number,
        plan_id=row.plan_id,
        opened_on=row.opened_on,
        state=ExpedienteState(row.state),
        version=row.version,
        resolved_on=row.resolved_on,
        documents=tuple(in_chain_order([_document(each, details.get(each.id, ())) for each in documents])),
    )


def load_document(session: Session, document_id: int) -> Document:
    """One document of a chain; RuleError `document_unknown` when it is not there or was withdrawn."""
    row = session.get(ExpedienteDocumentRow, document_id)
    if row is None or row.withdrawn_reason:
        raise RuleError("document_unknown", "El documento ya no está en el expediente; actualice con F5.")
    return _document(row, _details(session, ExpedienteDocumentRow.id == document_id).get(document_id, ()))


def state_of(session: Session, expediente_id: int, *, lock: bool = False) -> ExpedienteState:
    """Its state; with `lock` nobody else changes the expediente until the commit."""
    query = select(ExpedienteRow.state).where(ExpedienteRow.id == expediente_id)
    state = session.scalar(query.with_for_update() if lock else query)
    if state is None:
        raise RuleError("expediente_unknown", "El expediente ya no existe; actualice la lista con F5.")
    return ExpedienteState(state)


def list_keys(session: Session, expediente_id: int) -> list[str]:
    """Every key ever given in the expediente, withdrawn documents included: none is used twice."""
    keys = select(ExpedienteDocumentRow.key).where(ExpedienteDocumentRow.expediente_id == expediente_id)
    return list(session.scalars(keys))


def list_duplicates(session: Session, entry: DocumentEntry, *, but: int = 0) -> list[Duplicate]:
    """Documents of any expediente with the same kind and number, except document `but`."""
    number = entry.number
    if number is None:
        return []
    document = ExpedienteDocumentRow
    rows = session.execute(
        select(document, ExpedienteRow.title)
        .join(ExpedienteRow, ExpedienteRow.id == document.expediente_id)
        .where(
            document.kind == entry.kind,
            document.number_year == number.year,
            document.number_value == int(number.number),
            document.id != but,
            _IN_CHAIN,
        )
        .order_by(document.id)
    )
    found = [(_document(row, ()), title) for row, title in rows]
    return [
        Duplicate(other.id, other.expediente_id, title, other.title, other.entry.on)
        for other, title in found
        if is_duplicate(entry, other.entry)
    ]


def list_attachments(session: Session) -> list[tuple[str, str]]:
    """(name of the document, SHA-256) of every attached file that the archive must hold."""
    rows = session.scalars(
        select(ExpedienteDocumentRow)
        .where(ExpedienteDocumentRow.file_sha256 != "")
        .order_by(ExpedienteDocumentRow.id)
    )
    return [(_document(row, ()).title, row.file_sha256) for row in rows]


def add_expediente(
    session: Session, *, title: str, code: str, registry: str, plan_id: int | None, opened_on: date
) -> int:
    row = ExpedienteRow(
        title=title,
        code=code,
        registry_number=registry,
        plan_id=plan_id,
        opened_on=opened_on,
        state=ExpedienteState.OPEN,
        version=1,
    )
    session.add(row)
    session.flush()
    return row.id


def record_heading(
    session: Session,
    expediente_id: int,
    expected_version: int,
    *,
    title: str,
    code: str,
    registry: str,
    plan_id: int | None,
) -> None:
    """Change what heads the expediente; StaleRow unless it still has the expected version."""
    values = {"title": title, "code": code, "registry_number": registry, "plan_id": plan_id}
    update_version(session, ExpedienteRow, expediente_id, expected_version, values)


def record_new_state(
    session: Session, expediente_id: int, expected_version: int, state: ExpedienteState
) -> None:
    """Set the state; StaleRow unless the expediente still has the expected version."""
    update_version(session, ExpedienteRow, expediente_id, expected_version, {"state": state})


def record_resolved(session: Session, expediente_id: int, on: date) -> None:
    """Its resolución was signed `on` that day; part of the act's change, whatever the version."""
    session.execute(
        update(ExpedienteRow)
        .where(ExpedienteRow.id == expediente_id)
        .values(state=ExpedienteState.RESOLVED, resolved_on=on, version=ExpedienteRow.version + 1)
    )


def add_document(
    session: Session, *, expediente_id: int, key: str, entry: DocumentEntry, now: datetime, user: str
) -> int:
    row = ExpedienteDocumentRow(
        expediente_id=expediente_id,
        key=key,
        **_columns(entry),
        file_sha256="",
        file_name="",
        file_size=0,
        file_pages=0,
        registered_at=now,
        registered_by=user,
        withdrawn_reason="",
        version=1,
    )
    session.add(row)
    session.flush()
    _add_details(session, row.id, entry)
    return row.id


def record_document(session: Session, document_id: int, expected_version: int, entry: DocumentEntry) -> None:
    """Replace what was typed; StaleRow unless the document still has the expected version."""
    update_version(session, ExpedienteDocumentRow, document_id, expected_version, _columns(entry))
    session.execute(
        delete(tables.ExpedienteDetailRow).where(tables.ExpedienteDetailRow.document_id == document_id)
    )
    _add_details(session, document_id, entry)


def record_attachment(
    session: Session, document_id: int, expected_version: int, attachment: Attachment
) -> None:
    values = {
        "file_sha256": attachment.sha256,
        "file_name": attachment.name,
        "file_size": attachment.size,
        "file_pages": attachment.pages,
    }
    update_version(session, ExpedienteDocumentRow, document_id, expected_version, values)


def record_withdrawal(session: Session, document_id: int, expected_version: int, reason: str) -> None:
    update_version(
        session, ExpedienteDocumentRow, document_id, expected_version, {"withdrawn_reason": reason}
    )


def count_replies(session: Session, document_id: int) -> int:
    """How many documents of the chain respond to this one."""
    document = ExpedienteDocumentRow
    query = select(func.count()).where(document.responds_to_id == document_id, _IN_CHAIN)
    return session.scalar(query) or 0


def _add_details(session: Session, document_id: int, entry: DocumentEntry) -> None:
    if entry.details:
        session.execute(
            insert(tables.ExpedienteDetailRow),
            [
                {
                    "document_id": document_id,
                    "position": position,
                    "label": detail.label,
                    "code": detail.code,
                    "text": detail.text,
                }
                for position, detail in enumerate(entry.details, start=1)
            ],
        )


def _details(session: Session, condition: Any) -> dict[int, tuple[Detail, ...]]:
    rows = session.scalars(
        select(tables.ExpedienteDetailRow)
        .join(ExpedienteDocumentRow, ExpedienteDocumentRow.id == tables.ExpedienteDetailRow.document_id)
        .where(condition)
        .order_by(tables.ExpedienteDetailRow.document_id, tables.ExpedienteDetailRow.position)
    )
    found: dict[int, tuple[Detail, ...]] = {}
    for row in rows:
        found[row.document_id] = (*found.get(row.document_id, ()), Detail(row.label, row.code, row.text))
    return found


def _columns(entry: DocumentEntry) -> dict[str, Any]:
    number = entry.number
    return {
        "kind": entry.kind,
        "kind_word": entry.kind_word,
        "number_text": entry.number_text,
        "number_value": int(number.number) if number else None,
        "number_year": number.year if number else None,
        "dated": entry.on,
        "received_on": entry.received_on,
        "registry_number": entry.registry,
        "folios": entry.folios,
        **_party_columns("from", entry.sender),
        **_party_columns("to", entry.receiver),
        "subject": entry.subject,
        "says": "\n".join(entry.says),
        "opinion": entry.opinion,
        "opening": entry.opening,
        "told_by": entry.told_by,
        "considerando_citation": entry.considerando_citation,
        "vistos_citation": entry.vistos_citation,
        "vistos_issuer": entry.vistos_issuer,
        "vistos_registry": entry.vistos_registry,
        "in_vistos": entry.in_vistos,
        "vistos_order": entry.vistos_order,
        "with_table": entry.with_table,
        "asks_reply": entry.asks_reply,
        "responds_to_id": entry.responds_to_id,
    }


def _party_columns(side: str, party: Party) -> dict[str, Any]:
    return {
        f"{side}_unit_id": party.unit_id,
        f"{side}_name": party.name,
        f"{side}_siglas": party.siglas,
        f"{side}_person": party.person,
    }


def _document(row: ExpedienteDocumentRow, details: tuple[Detail, ...]) -> Document:
    entry = DocumentEntry(
        kind=DocumentKind(row.kind),
        number_text=row.number_text,
        on=row.dated,
        sender=Party(row.from_name, row.from_siglas, row.from_unit_id, row.from_person),
        receiver=Party(row.to_name, row.to_siglas, row.to_unit_id, row.to_person),
        subject=row.subject,
        registry=row.registry_number,
        folios=row.folios,
        says=tuple(row.says.split("\n")) if row.says else (),
        opinion=Opinion(row.opinion),
        details=details,
        kind_word=row.kind_word,
        opening=row.opening,
        told_by=row.told_by,
        considerando_citation=row.considerando_citation,
        vistos_citation=row.vistos_citation,
        vistos_issuer=row.vistos_issuer,
        vistos_registry=row.vistos_registry,
        in_vistos=row.in_vistos,
        vistos_order=row.vistos_order,
        with_table=row.with_table,
        asks_reply=row.asks_reply,
        responds_to_id=row.responds_to_id,
        received_on=row.received_on,
    )
    attachment = (
        Attachment(row.file_sha256, row.file_name, row.file_size, row.file_pages) if row.file_sha256 else None
    )
    return Document(
        id=row.id,
        expediente_id=row.expediente_id,
        key=row.key,
        entry=entry,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        attachment=attachment,
        version=row.version,
    )


def _line(row: ExpedienteRow, chain: list[Any]) -> ExpedienteLine:
    last = chain[-1] if chain else None
    word = (last.kind_word or DocumentKind(last.kind).label) if last else ""
    return ExpedienteLine(
        id=row.id,
        title=row.title,
        code=row.code,
        registry=row.registry_number,
        plan_id=row.plan_id,
        opened_on=row.opened_on,
        state=ExpedienteState(row.state),
        document_count=len(chain),
        last_document=f"{word} {last.number_text}" if last else "",
        holder=(last.to_siglas or last.to_name or last.to_person) if last else "",
        since=(last.received_on or last.dated) if last else None,
    )
