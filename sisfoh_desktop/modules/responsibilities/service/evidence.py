"""Evidence of duties: written by a person, or brought by another module's record that lands on the right duty.

Entries are only added; one recorded by mistake is withdrawn by an entry of its own with a reason.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import DutyLink, Evidence, EvidenceKind, MatrixState
from sisfoh_desktop.modules.responsibilities.service.trail import subject

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.archive import Archive


def list_evidence(db: Database, matrix_id: int) -> dict[int, tuple[Evidence, ...]]:
    """The newest entries of each duty of the matrix (at most 60), withdrawn ones included, by the duty's id."""
    with db.reading() as session:
        found = store.list_of_matrix(session, matrix_id)
    by_duty: dict[int, list[Evidence]] = {}
    for evidence in found:
        by_duty.setdefault(evidence.duty_id, []).append(evidence)
    return {duty_id: tuple(entries) for duty_id, entries in by_duty.items()}


def add_evidence(
    db: Database,
    archive: "Archive",
    *,
    actor: Actor,
    now: datetime,
    duty_id: int,
    text: str,
    day: date,
    file: tuple[str, bytes] | None = None,
    token: str | None = None,
) -> int:
    """Record a note or a file (name, content) as evidence; returns its id. A pending duty is under way from then on.

    RuleError for a text or file that cannot be kept, a day after today, a matrix that is archived, a duty that is
    gone.
    """
    check_right(actor, "matrix.edit")  # "matrix.evidence" also follows signatures and deliveries
    kind = EvidenceKind.FILE if file else EvidenceKind.NOTE
    wanted = Evidence(duty_id, kind, text, day, file_name=file[0] if file else "")
    kept = rules.clean_evidence(wanted, now.date())
    if file is not None:
        rules.check_evidence_file(kept.file_name, len(file[1]))
        kept = replace(kept, file_sha256=archive.put(file[1]))

    def change(session: "Session") -> int:
        place = store.claim_duty(session, duty_id)
        rules.check_can_follow_up(place.matrix_state)
        return _record(session, actor, now, place, kept)

    return db.run_once(token, change)


def record_evidence_in(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    link: DutyLink,
    record_kind: str,
    record_id: int,
    label: str,
    day: date,
    matrix_id: int = 0,
) -> list[int]:
    """Another module's record is evidence of the duties with its link; returns the ids of the entries.

    It lands in the newest matrix in force that has such a duty, or in `matrix_id`. Where none has, or that one is
    archived, nothing is written and the list is empty: no neighbour is kept from saving its record. The same record
    counts once: recorded again, its entry is given back. `label` is what lists show of it, `day` when it happened.
    """
    found = [
        place
        for place in store.claim_linked(session, link, matrix_id)
        if place.matrix_state is not MatrixState.ARCHIVED
    ]
    known = {
        entry.duty_id: entry.id
        for entry in store.list_of_record(session, record_kind, record_id)
        if not entry.withdrawn
    }
    made = []
    for place in found:
        if place.duty_id in known:
            made.append(known[place.duty_id])
            continue
        said = label[: rules.MAX_EVIDENCE]  # a long title must not keep the neighbour from saving its record
        wanted = Evidence(
            place.duty_id, EvidenceKind.RECORD, said, day, record_kind=record_kind, record_id=record_id
        )
        made.append(_record(session, actor, now, place, rules.clean_evidence(wanted, now.date())))
    return made


def withdraw_evidence(
    db: Database, *, actor: Actor, now: datetime, evidence_id: int, reason: str, token: str | None = None
) -> None:
    """The entry no longer counts; it stays in sight with the reason. The duty's state stays as it is.

    RuleError when the reason is missing, the entry is withdrawn already or belongs to another module's record.
    """
    check_right(actor, "matrix.edit")
    said = rules.clean_reason(reason)

    def change(session: "Session") -> None:
        seen = store.load_evidence(session, evidence_id)
        place = store.claim_duty(session, seen.duty_id)
        rules.check_can_follow_up(place.matrix_state)
        evidence = store.load_evidence(session, evidence_id)
        if evidence.withdrawn:
            raise RuleError(
                "evidence_withdrawn", "Esa evidencia ya estaba anulada; no se cambió nada. Actualice con F5."
            )
        if evidence.kind is EvidenceKind.RECORD:
            raise RuleError(
                "evidence_of_record",
                f"«{evidence.text}» viene de su propio registro; no se anuló. Anúlelo allí y dejará de contar aquí.",
            )
        _withdraw(session, actor, now, place.matrix_id, evidence, said)

    db.run_once(token, change)


def withdraw_record_in(
    session: "Session", *, actor: Actor, now: datetime, record_kind: str, record_id: int, reason: str
) -> int:
    """Another module's record was annulled: its entries no longer count, wherever they are; returns how many."""
    said = rules.clean_reason(reason)
    count = 0
    for seen in store.list_of_record(session, record_kind, record_id):
        place = store.claim_duty(session, seen.duty_id)
        evidence = store.load_evidence(session, seen.id)
        if not evidence.withdrawn:
            _withdraw(session, actor, now, place.matrix_id, evidence, said)
            count += 1
    return count


def evidence_file(db: Database, archive: "Archive", evidence_id: int) -> tuple[str, bytes]:
    """Name and content of an entry's file, its hash checked; RuleError when it has none, FileFailed when lost."""
    with db.reading() as session:
        evidence = store.load_evidence(session, evidence_id)
    if not evidence.file_sha256:
        raise RuleError(
            "evidence_without_file",
            "Esa evidencia no tiene archivo; no se abrió nada. Elija una que lo tenga.",
        )
    return evidence.file_name, archive.get(evidence.file_sha256)


def check_evidence_files(db: Database, archive: "Archive") -> list[str]:
    """One Spanish sentence for each file of evidence that is missing or changed."""
    with db.reading() as session:
        kept = store.list_all_files(session)
    return archive.problems(kept)


def _record(
    session: "Session", actor: Actor, now: datetime, place: store.DutyPlace, evidence: Evidence
) -> int:
    evidence_id = store.add_evidence(session, evidence, now=now, user=actor.user)
    before: dict[str, Any] | None = None
    after = _told(evidence, evidence_id)
    state = rules.state_after_evidence(place.state)
    if state is not place.state:
        store.record_duty_state(session, place, state)
        before, after = {"state": place.state.value}, {**after, "state": state.value}
    record_audit(
        session,
        actor=actor,
        now=now,
        action="matrix.evidence",
        subject=subject(place.matrix_id),
        before=before,
        after=after,
    )
    return evidence_id


def _withdraw(
    session: "Session", actor: Actor, now: datetime, matrix_id: int, evidence: Evidence, reason: str
) -> None:
    store.add_reversal(session, evidence, reason, now=now, user=actor.user)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="matrix.evidence_withdraw",
        subject=subject(matrix_id),
        before=_told(evidence, evidence.id),
        reason=reason,
    )


def _told(evidence: Evidence, evidence_id: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "evidence": evidence_id,
        "duty": evidence.duty_id,
        "text": evidence.text,
        "day": evidence.day,
    }
    if evidence.file_sha256:
        told |= {"file": evidence.file_name, "sha256": evidence.file_sha256}
    if evidence.record_kind:
        told["record"] = f"{evidence.record_kind}:{evidence.record_id}"
    return told
