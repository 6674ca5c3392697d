"""What every route of a signature ends in: one commit that moves the turn, the number, the trail and the hook."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import GivenSignature, Paper, PaperSigner, Route
from sisfoh_desktop.modules.papers.service.hooks import Hook, Moment, hooks_of, signed_hook
from sisfoh_desktop.modules.papers.service.issuing import load_paper


def place_to_sign(
    db: Database, paper_id: int, signer_id: int, expected_version: int, on_signed: Hook | None
) -> tuple[Paper, PaperSigner]:
    """The paper and the place whose turn it is, before anybody is asked for a PIN or a file.

    RuleError for the wrong turn, a closed round, or a paper whose module has not said what follows its signatures;
    StaleRow when the paper is no more as it was seen.
    """
    paper = load_paper(db, paper_id)
    slot = rules.check_can_sign(paper, signer_id)
    if on_signed is None:
        hooks_of(paper)
    check_updated(1 if paper.version == expected_version else 0)
    return paper, slot


def record_given(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    paper: Paper,
    slot: PaperSigner,
    given: GivenSignature,
    expected_version: int,
    on_signed: Hook | None,
    token: str | None,
) -> Paper:
    """Commit a signature that was checked; StaleRow when somebody was faster, and then nothing is recorded."""
    state = rules.state_after_signing(paper, slot)
    hook = signed_hook(paper, slot, Moment(actor, now), on_signed)

    def change(session: Session) -> int:
        store.record_signature(
            session,
            paper=paper,
            slot=slot,
            given=given,
            expected_version=expected_version,
            state=state,
            now=now,
            user=actor.user,
        )
        if hook is not None:
            hook(session, paper.id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="paper.sign",
            subject=f"paper:{paper.id}",
            before={"state": paper.state, "sha256": paper.current_sha256},
            after={"state": state, "sha256": given.sha256, "field": slot.field, **_details(given)},
            reason=given.note,
        )
        return paper.id

    return load_paper(db, db.run_once(token, change))


def _details(given: GivenSignature) -> dict[str, Any]:
    """What the trail says of each route beside the bytes."""
    if given.route is Route.INK:
        return {
            "route": given.route,
            "signed_on": given.signed_on.isoformat() if given.signed_on else "",
            "pages": given.pages,
            "scan_sha256": given.scan_sha256,
        }
    return {"route": given.route, "signed_field": given.field}
