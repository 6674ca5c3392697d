"""A signer observes a paper: the version is closed and its matter goes back to be corrected."""

from datetime import datetime

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import Paper, PaperState
from sisfoh_desktop.modules.papers.service.hooks import Hook, Moment, refused_hook
from sisfoh_desktop.modules.papers.service.issuing import load_paper


def refuse_paper(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    signer_id: int,
    expected_version: int,
    reason: str,
    on_refused: Hook | None = None,
    token: str | None = None,
) -> Paper:
    """Observe the paper with a reason, in one's turn or before it; the next version bears the same number.

    Its bytes and signatures stay in the archive and on the screens. Without `on_refused`, what the paper's kind
    registered follows; a kind that registered nothing is observed on its own page (RuleError).
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return load_paper(db, int(earlier.result))
    paper = load_paper(db, paper_id)
    slot = rules.check_can_refuse(paper, signer_id, reason)
    check_updated(1 if paper.version == expected_version else 0)
    hook = refused_hook(paper, slot, Moment(actor, now), on_refused)

    def change(session: Session) -> int:
        store.record_refusal(
            session,
            paper=paper,
            slot=slot,
            expected_version=expected_version,
            reason=reason.strip(),
            now=now,
            user=actor.user,
        )
        if hook is not None:
            hook(session, paper_id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="paper.refuse",
            subject=f"paper:{paper_id}",
            before={"state": paper.state},
            after={"state": PaperState.REFUSED, "by": slot.label, "edition": paper.edition},
            reason=reason.strip(),
        )
        return paper_id

    return load_paper(db, db.run_once(token, change))
