"""Evidence of what was executed: documents named and files in the archive; withdrawn with a reason, never erased."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import follow_up as rules
from sisfoh_desktop.modules.poi.rules.follow_up import Evidence
from sisfoh_desktop.modules.poi.store import follow_up as store
from sisfoh_desktop.modules.poi.store import plans as plan_store
from sisfoh_desktop.modules.responsibilities.rules.evidence import check_evidence_file

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.archive import Archive


def list_evidence(db: Database, activity_id: int, month: int | None = None) -> list[Evidence]:
    """Of an activity (of a month, 1 to 12), the newest first, withdrawn ones included."""
    with db.reading() as session:
        return store.list_evidence(session, activity_id, month)


def add_evidence(
    db: Database,
    archive: "Archive",
    *,
    actor: Actor,
    now: datetime,
    activity_id: int,
    month: int,
    document: str,
    file_name: str = "",
    data: bytes = b"",
    token: str | None = None,
) -> int:
    """Record what proves an execution; its id. A paper may come after the month was closed: its day is in the trail.

    RuleError for a document that is missing, a file that is not kept (`file_kind`, `file_too_big`, `file_empty`), a
    month that has not begun, an activity that is gone.
    """
    kept = rules.check_evidence(Evidence(activity_id, month, document, file_name))
    if kept.file_name:
        check_evidence_file(kept.file_name, len(data))
        kept = replace(kept, sha256=archive.put(data))

    def change(session: "Session") -> int:
        plan = plan_store.load_plan(session, store.plan_of_activity(session, activity_id))
        rules.check_months_begun({month}, plan.year, now.astimezone(LIMA).date())
        evidence_id = store.add_evidence(session, replace(kept, added_at=now, added_by=actor.user))
        record_audit(
            session,
            actor=actor,
            now=now,
            action="poi_evidence.add",
            subject=f"poi_activity:{activity_id}",
            after=_told(kept),
        )
        return evidence_id

    return db.run_once(token, change)


def withdraw_evidence(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    evidence_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """It no longer counts; it stays in sight with the reason, its file in the archive.

    RuleError `evidence_withdrawn`, `month_closed`, or for the reason; StaleRow.
    """

    def change(session: "Session") -> None:
        seen = store.load_evidence(session, evidence_id)
        months = store.claim_months(session, store.plan_of_activity(session, seen.activity_id))
        evidence = store.load_evidence(session, evidence_id)
        kept = rules.check_can_withdraw(evidence, months, reason)
        store.record_withdrawal(session, replace(evidence, version=expected_version), kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="poi_evidence.withdraw",
            subject=f"poi_activity:{evidence.activity_id}",
            before=_told(evidence),
            reason=kept,
        )

    db.run_once(token, change)


def evidence_file(db: Database, archive: "Archive", evidence_id: int) -> tuple[str, bytes]:
    """Name and content of its file, the hash checked; RuleError when it has none, FileFailed when it is lost."""
    with db.reading() as session:
        evidence = store.load_evidence(session, evidence_id)
    if not evidence.sha256:
        raise RuleError(
            "evidence_without_file",
            "Esa evidencia no tiene archivo; no se abrió nada. Elija una que lo tenga.",
        )
    return evidence.file_name, archive.get(evidence.sha256)


def check_evidence_files(db: Database, archive: "Archive") -> list[str]:
    """One Spanish sentence for each file of evidence that is missing or changed."""
    with db.reading() as session:
        kept = store.list_files(session)
    return archive.problems(kept)


def _told(evidence: Evidence) -> dict[str, object]:
    told: dict[str, object] = {"month": evidence.month, "evidence": evidence.document}
    if evidence.file_name:
        told |= {"file": evidence.file_name}
    if evidence.sha256:
        told |= {"sha256": evidence.sha256}
    return told
