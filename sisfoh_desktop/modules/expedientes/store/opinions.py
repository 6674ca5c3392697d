"""Reads and writes of requests of opinion and their reminders."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.expedientes.rules import (
    Attachment,
    ExpedienteState,
    Opinion,
    OpinionAnswer,
    OpinionKind,
    OpinionRequest,
    OpinionState,
    Party,
    Reminder,
)
from sisfoh_desktop.modules.expedientes.tables import ExpedienteRow, OpinionReminderRow, OpinionRequestRow


def list_requests(session: Session, expediente_id: int) -> list[OpinionRequest]:
    """Every request of an expediente, in the order in which they were registered."""
    return _requests(session, OpinionRequestRow.expediente_id == expediente_id)


def list_open_requests(session: Session) -> list[tuple[str, OpinionRequest]]:
    """(title of the expediente, request) of all that are expected where the work goes on, earliest due first."""
    working = select(ExpedienteRow.id).where(ExpedienteRow.state != ExpedienteState.ARCHIVED)
    requests = _requests(
        session,
        (OpinionRequestRow.state == OpinionState.ASKED) & OpinionRequestRow.expediente_id.in_(working),
    )
    named = select(ExpedienteRow.id, ExpedienteRow.title).where(
        ExpedienteRow.id.in_({one.expediente_id for one in requests})
    )
    titles = {row.id: row.title for row in session.execute(named)}
    requests.sort(key=lambda one: (one.due, one.id))
    return [(titles[one.expediente_id], one) for one in requests]


def load_request(session: Session, opinion_id: int) -> OpinionRequest:
    """One request; RuleError `opinion_unknown`."""
    found = _requests(session, OpinionRequestRow.id == opinion_id)
    if not found:
        raise RuleError("opinion_unknown", "El pedido de opinión ya no existe; actualice con F5.")
    return found[0]


def count_linked_requests(session: Session, document_id: int) -> int:
    """How many requests were asked or answered with this document and still count."""
    row = OpinionRequestRow
    query = select(func.count()).where(
        or_(row.asked_by_document_id == document_id, row.answered_by_document_id == document_id),
        row.state != OpinionState.WITHDRAWN,
    )
    return session.scalar(query) or 0


def list_drafts(session: Session) -> list[tuple[str, str]]:
    """(what the draft belongs to, SHA-256) of every draft that the archive must hold."""
    rows = _requests(session, OpinionRequestRow.draft_sha256 != "")
    return [(f"El proyecto de la {one.name}", one.draft.sha256) for one in rows if one.draft is not None]


def add_request(session: Session, request: OpinionRequest, *, now: datetime, user: str) -> int:
    """A new request as it is asked (its id and version do not count); returns its id."""
    draft = request.draft
    row = OpinionRequestRow(
        expediente_id=request.expediente_id,
        parent_id=request.parent_id,
        kind=request.kind,
        unit_id=request.unit.unit_id,
        unit_name=request.unit.name,
        unit_siglas=request.unit.siglas,
        asks=request.asks,
        asked_on=request.asked_on,
        days=request.days,
        due=request.due,
        asked_by_document_id=request.document_id,
        without_chain=request.without_chain,
        draft_sha256=draft.sha256 if draft else "",
        draft_name=draft.name if draft else "",
        draft_size=draft.size if draft else 0,
        draft_pages=draft.pages if draft else 0,
        state=OpinionState.ASKED,
        answer=Opinion.NONE,
        answer_note="",
        withdrawn_reason="",
        registered_at=now,
        registered_by=user,
        version=1,
    )
    session.add(row)
    session.flush()
    return row.id


def add_reminder(
    session: Session,
    opinion_id: int,
    expected_version: int,
    *,
    on: date,
    note: str,
    now: datetime,
    user: str,
) -> None:
    """Note a reminder; StaleRow unless the request still has the expected version."""
    update_version(session, OpinionRequestRow, opinion_id, expected_version, {})
    session.add(
        OpinionReminderRow(
            opinion_id=opinion_id, reminded_on=on, note=note, registered_at=now, registered_by=user
        )
    )
    session.flush()


def record_answer(session: Session, opinion_id: int, expected_version: int, answer: OpinionAnswer) -> None:
    """Keep the answer; StaleRow unless the request still has the expected version."""
    values = {
        "state": OpinionState.ANSWERED,
        "answer": answer.opinion,
        "answered_on": answer.on,
        "answer_note": answer.note,
        "answered_by_document_id": answer.document_id,
    }
    update_version(session, OpinionRequestRow, opinion_id, expected_version, values)


def record_withdrawn_request(
    session: Session, opinion_id: int, expected_version: int, *, on: date, reason: str
) -> None:
    """Take the request back; StaleRow unless it still has the expected version."""
    values = {"state": OpinionState.WITHDRAWN, "withdrawn_on": on, "withdrawn_reason": reason}
    update_version(session, OpinionRequestRow, opinion_id, expected_version, values)


def touch_request(session: Session, opinion_id: int, expected_version: int) -> None:
    """Claim the request for something that hangs from it; StaleRow as above."""
    update_version(session, OpinionRequestRow, opinion_id, expected_version, {})


def _requests(session: Session, condition: Any) -> list[OpinionRequest]:
    rows = session.scalars(select(OpinionRequestRow).where(condition).order_by(OpinionRequestRow.id)).all()
    reminders: dict[int, list[Reminder]] = {}
    if rows:
        found = session.scalars(
            select(OpinionReminderRow)
            .join(OpinionRequestRow, OpinionRequestRow.id == OpinionReminderRow.opinion_id)
            .where(condition)
            .order_by(OpinionReminderRow.reminded_on, OpinionReminderRow.id)
        )
        for each in found:
            reminder = Reminder(each.reminded_on, each.note, each.registered_by)
            reminders.setdefault(each.opinion_id, []).append(reminder)
    return [_request(row, reminders.get(row.id, ())) for row in rows]


def _request(row: OpinionRequestRow, reminders: Sequence[Reminder]) -> OpinionRequest:
    draft = (
        Attachment(row.draft_sha256, row.draft_name, row.draft_size, row.draft_pages)
        if row.draft_sha256
        else None
    )
    answer = (
        OpinionAnswer(Opinion(row.answer), row.answered_on, row.answer_note, row.answered_by_document_id)
        if row.answered_on is not None
        else None
    )
    return OpinionRequest(
        id=row.id,
        expediente_id=row.expediente_id,
        parent_id=row.parent_id,
        kind=OpinionKind(row.kind),
        unit=Party(row.unit_name, row.unit_siglas, row.unit_id),
        asks=row.asks,
        asked_on=row.asked_on,
        days=row.days,
        due=row.due,
        state=OpinionState(row.state),
        version=row.version,
        document_id=row.asked_by_document_id,
        without_chain=row.without_chain,
        draft=draft,
        answer=answer,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
        reminders=tuple(reminders),
        registered_by=row.registered_by,
    )
