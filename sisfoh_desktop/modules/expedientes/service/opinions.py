"""Opinions: asked of several units at once, reminded, answered, widened, withdrawn; each in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import Calendar, term_in_workdays
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import rules, store
from sisfoh_desktop.modules.expedientes.rules import (
    Attachment,
    Document,
    OpinionAnswer,
    OpinionAsk,
    OpinionKind,
    OpinionLine,
    OpinionMore,
    OpinionRequest,
    OpinionState,
    Party,
)
from sisfoh_desktop.modules.expedientes.service.files import attachment_of
from sisfoh_desktop.modules.expedientes.service.trail import record
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Draft:
    """What goes with a request: the act's draft, or any file; kept by hash."""

    name: str
    data: bytes


def list_opinions(db: Database, expediente_id: int, today: date) -> list[OpinionLine]:
    """The requests of an expediente as they stand today, each thread together."""
    calendar = office.calendar(db)
    with db.reading() as session:
        title = store.load_expediente(session, expediente_id).title
        requests = store.list_requests(session, expediente_id)
    return rules.lines_of(requests, title=title, calendar=calendar, today=today)


def list_open_opinions(db: Database, today: date, calendar: Calendar | None = None) -> list[OpinionLine]:
    """All that units owe in expedientes that are not archived, the earliest due date first.

    Whoever has the office's `calendar` at hand gives it, else it is read.
    """
    with db.reading() as session:
        found = store.list_open_requests(session)
    calendar = office.calendar(db) if calendar is None else calendar
    return [
        line
        for title, one in found
        for line in rules.lines_of([one], title=title, calendar=calendar, today=today)
    ]


def report_days(db: Database, on: date) -> int:
    """The working days that the office's terms give for a report or opinion asked on that day."""
    return office.term_in_force(db, "report", on).days


def chain_gaps(db: Database, expediente_id: int) -> list[str]:
    """What its plan's functional-programmatic chain lacks; empty when the file may go to Legal."""
    with db.reading() as session:
        plan_id = store.load_expediente(session, expediente_id).plan_id
    return rules.chain_gaps(None if plan_id is None else plans.functional_chain(db, plan_id))


def ask_opinions(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    ask: OpinionAsk,
    draft: Draft | None = None,
    without_chain: str = "",
    token: str | None = None,
) -> list[int]:
    """One request for each unit, all or none; returns their ids in the order of the units.

    RuleError `chain_incomplete` for a legal opinion while the plan lacks its chain, unless `without_chain` gives a
    reason; `opinion_already_asked` when a unit owes that opinion already.
    """
    if (answered := db.find_answer(token)) is not None:
        return [int(each) for each in answered.result]
    ask = rules.clean_ask(ask, now.date())
    asked = OpinionRequest(
        id=0,
        expediente_id=expediente_id,
        parent_id=None,
        kind=ask.kind,
        unit=Party(),
        asks=ask.asks,
        asked_on=ask.asked_on,
        days=ask.days,
        due=_due(db, ask.asked_on, ask.days),
        state=OpinionState.ASKED,
        version=1,
        document_id=ask.document_id,
        without_chain=_chain_reason(db, expediente_id, ask.kind, without_chain),
    )
    units = _units(db, ask.unit_ids, ask.asked_on)
    asked = replace(asked, draft=_keep(archive, draft))

    def change(session: "Session") -> list[int]:
        rules.check_can_register(store.state_of(session, expediente_id, lock=True))
        _check_document(session, expediente_id, ask.document_id, ask.asked_on)
        present = store.list_requests(session, expediente_id)
        for unit in units:
            rules.check_not_asked_twice(ask.kind, unit.unit_id or 0, present)
        return [_add(session, actor, now, replace(asked, unit=unit)) for unit in units]

    return db.run_once(token, change)


def ask_more(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    opinion_id: int,
    expected_version: int,
    more: OpinionMore,
    draft: Draft | None = None,
    without_chain: str = "",
    token: str | None = None,
) -> int:
    """Ask the unit that answered to widen its opinion; the thread is kept. Returns the new request's id."""
    if (answered := db.find_answer(token)) is not None:
        return int(answered.result)
    with db.reading() as session:
        parent = store.load_request(session, opinion_id)
    more = rules.clean_more(more, parent, now.date())
    (unit,) = _units(db, (parent.unit.unit_id or 0,), more.asked_on)
    asked = replace(
        parent,
        parent_id=opinion_id,
        unit=unit,
        asks=more.asks,
        asked_on=more.asked_on,
        days=more.days,
        due=_due(db, more.asked_on, more.days),
        state=OpinionState.ASKED,
        document_id=more.document_id,
        without_chain=_chain_reason(db, parent.expediente_id, parent.kind, without_chain),
        draft=_keep(archive, draft),
    )

    def change(session: "Session") -> int:
        store.touch_request(session, opinion_id, expected_version)
        stored = _stored(session, opinion_id)
        present = store.list_requests(session, stored.expediente_id)
        widening = any(one.parent_id == opinion_id and one.is_open for one in present)
        rules.check_can_ask_more(stored, widening=widening)
        _check_document(session, stored.expediente_id, more.document_id, more.asked_on)
        return _add(session, actor, now, asked)

    return db.run_once(token, change)


def remind_opinion(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    opinion_id: int,
    expected_version: int,
    on: date | None = None,
    note: str = "",
    token: str | None = None,
) -> None:
    """Note that the unit was reminded `on` that day (today unless told); every reminder is kept."""
    day = on or now.date()

    def change(session: "Session") -> None:
        stored = _stored(session, opinion_id)
        rules.check_is_open(stored)
        kept = rules.clean_reminder(note, day, stored, now.date())
        store.add_reminder(session, opinion_id, expected_version, on=day, note=kept, now=now, user=actor.user)
        record(
            session,
            actor,
            now,
            "expediente.remind_opinion",
            stored.expediente_id,
            before={"opinion": opinion_id, "name": stored.name},
            after={"reminded_on": day, "note": kept},
        )

    db.run_once(token, change)


def receive_opinion(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    opinion_id: int,
    expected_version: int,
    answer: OpinionAnswer,
    token: str | None = None,
) -> None:
    """Register what the unit answered, or correct it while nothing was built on it; the trail keeps both."""

    def change(session: "Session") -> None:
        stored = _stored(session, opinion_id)
        present = store.list_requests(session, stored.expediente_id)
        rules.check_can_answer(stored, widened=any(one.parent_id == opinion_id for one in present))
        kept = rules.clean_answer(answer, stored, now.date())
        _check_document(session, stored.expediente_id, kept.document_id, kept.on)
        store.record_answer(session, opinion_id, expected_version, kept)
        record(
            session,
            actor,
            now,
            "expediente.receive_opinion",
            stored.expediente_id,
            before={
                "opinion": opinion_id,
                "name": stored.name,
                "state": stored.state,
                **_told(stored.answer),
            },
            after={"state": "recibido", **_told(kept)},
        )

    db.run_once(token, change)


def withdraw_opinion(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    opinion_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Take back a request that is no longer needed, with a reason; it stays on record."""
    reason = rules.check_reason(reason)

    def change(session: "Session") -> None:
        stored = _stored(session, opinion_id)
        rules.check_is_open(stored)
        store.record_withdrawn_request(session, opinion_id, expected_version, on=now.date(), reason=reason)
        record(
            session,
            actor,
            now,
            "expediente.withdraw_opinion",
            stored.expediente_id,
            before={"opinion": opinion_id, "name": stored.name, "state": stored.state},
            after={"state": "retirado"},
            reason=reason,
        )

    db.run_once(token, change)


def opinions_answered_by(
    db: Database, expediente_id: int, document_ids: Sequence[int], today: date
) -> list[tuple[OpinionLine, Document]]:
    """(open request, document) for each of these documents that seems to answer one: what the window offers."""
    lines = list_opinions(db, expediente_id, today)
    with db.reading() as session:
        documents = {one.id: one for one in store.load_expediente(session, expediente_id).documents}
    found = []
    waiting = [line.request for line in lines]
    for document in (documents[each] for each in document_ids if each in documents):
        request = rules.request_answered_by(document.entry, waiting)
        if request is not None:
            waiting.remove(request)
            found.append((next(line for line in lines if line.id == request.id), document))
    return found


def draft_bytes(db: Database, archive: Archive, opinion_id: int) -> tuple[Attachment, bytes]:
    """The draft that went with a request, as it was kept; FileFailed when the archive lost or changed it."""
    with db.reading() as session:
        request = store.load_request(session, opinion_id)
    if request.draft is None:
        raise RuleError("no_draft", f"La {request.name} se pidió sin proyecto adjunto; no hay qué mostrar.")
    return request.draft, archive.get(request.draft.sha256)


def _add(session: "Session", actor: Actor, now: datetime, asked: OpinionRequest) -> int:
    opinion_id = store.add_request(session, asked, now=now, user=actor.user)
    after: dict[str, Any] = {
        "opinion": opinion_id,
        "kind": asked.kind,
        "unit": asked.unit.label,
        "asked_on": asked.asked_on,
        "due": asked.due,
        "draft": asked.draft.sha256 if asked.draft else "",
    }
    if asked.parent_id is not None:
        after["widens"] = asked.parent_id
    action = "expediente.ask_opinion" if asked.parent_id is None else "expediente.ask_more"
    record(session, actor, now, action, asked.expediente_id, after=after, reason=asked.without_chain)
    return opinion_id


def _stored(session: "Session", opinion_id: int) -> OpinionRequest:
    """The request, in an expediente that is not archived."""
    stored = store.load_request(session, opinion_id)
    rules.check_can_register(store.state_of(session, stored.expediente_id, lock=True))
    return stored


def _chain_reason(db: Database, expediente_id: int, kind: OpinionKind, reason: str) -> str:
    gaps = chain_gaps(db, expediente_id) if kind is OpinionKind.LEGAL else []
    return rules.check_chain_before_legal(kind, gaps, reason)


def _units(db: Database, unit_ids: Sequence[int], on: date) -> list[Party]:
    """The units by the names in force that day; RuleError `unit_not_in_force`."""
    known = {unit.id: unit for unit in office.list_units(db, on)}
    if any(unit_id not in known for unit_id in unit_ids):
        raise RuleError(
            "unit_not_in_force",
            f"Una de las unidades no existe al {format_date(on)}; no se pidió nada. Elija otra o revise la fecha.",
        )
    return [Party(known[each].name, known[each].siglas, each) for each in unit_ids]


def _due(db: Database, asked_on: date, days: int) -> date:
    return term_in_workdays(asked_on, days, office.calendar(db)).last_day


def _keep(archive: Archive, draft: Draft | None) -> Attachment | None:
    if draft is None:
        return None
    return replace(attachment_of(draft.name, draft.data), sha256=archive.put(draft.data))


def _check_document(session: "Session", expediente_id: int, document_id: int | None, on: date) -> None:
    """The document that asks or answers is of this expediente, and not of a later day than what it tells."""
    if document_id is None:
        return
    document = store.load_document(session, document_id)
    if document.expediente_id != expediente_id:
        raise RuleError(
            "document_elsewhere",
            f"{document.title} es de otro expediente; no se guardó nada. Elija un documento de este.",
        )
    if document.entry.on > on:
        raise RuleError(
            "document_later",
            f"{document.title} es del {format_date(document.entry.on)}, posterior al {format_date(on)}; "
            "no se guardó nada. Corrija la fecha o elija otro documento.",
        )


def _told(answer: OpinionAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    return {
        "answer": answer.opinion,
        "answered_on": answer.on,
        "note": answer.note,
        "document": answer.document_id,
    }
