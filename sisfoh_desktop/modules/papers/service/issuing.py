"""Fix the bytes of a paper, list and find papers, give back the archived bytes, annul."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import NewSigner, Paper, PaperLine, PaperState, ReservedNumber
from sisfoh_desktop.modules.papers.service.hooks import Hook

if TYPE_CHECKING:
    from sisfoh_desktop.documents.signature_zone import FieldBox


def freeze_paper(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    title: str,
    number: ReservedNumber | None,
    dated: date,
    subject: str,
    pdf: bytes,
    pages: int,
    boxes: "Mapping[str, FieldBox]",
    signers: Sequence[NewSigner],
    on_frozen: Hook | None = None,
    token: str | None = None,
) -> int:
    """Fix the bytes of a paper: signature fields set, archived by hash, recorded with its round.

    Raises RuleError for a round that cannot work, FileFailed when the archive cannot be written and StaleRow when
    another paper took the number; then nothing is recorded and the number stays as it was.
    """
    from sisfoh_desktop.documents.signing import prepare_fields

    rules.check_round(signers)
    missing = [signer.field for signer in signers if signer.field not in boxes]
    if missing:
        raise ValueError(f"no box for {missing}")
    # fields in the order of the round: whoever lists them sees who signs first
    sha256 = archive.put(prepare_fields(pdf, {signer.field: boxes[signer.field] for signer in signers}))

    def change(session: Session) -> int:
        if number is not None:
            store.claim_number(session, number.id)
        paper_id = store.add_paper(
            session,
            kind=kind,
            title=title,
            number=number,
            dated=dated,
            subject=subject,
            pages=pages,
            sha256=sha256,
            signers=signers,
            now=now,
            user=actor.user,
        )
        if on_frozen is not None:
            on_frozen(session, paper_id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="paper.freeze",
            subject=f"paper:{paper_id}",
            after={"number": number.text if number else "", "sha256": sha256, "from": subject},
        )
        return paper_id

    return db.run_once(token, change)


def load_paper(db: Database, paper_id: int) -> Paper:
    with db.reading() as session:
        return store.load_paper(session, paper_id)


def list_papers(
    db: Database,
    states: Sequence[PaperState] = (),
    *,
    kinds: Collection[str] = (),
    ids: Collection[int] | None = None,
) -> list[PaperLine]:
    """Papers in the given states and of the given kinds (all when none is given), newest first.

    With `ids`, those of them alone: a list that shows some papers costs what they cost, however many the office has.
    """
    with db.reading() as session:
        return store.list_papers(session, states, kinds=kinds, ids=ids)


def find_paper(db: Database, *, kind: str, number_text: str) -> Paper | None:
    """The living paper with this number as printed, or the newest annulled one, or None."""
    with db.reading() as session:
        paper_id = store.find_paper_id(session, kind=kind, number_text=number_text)
        return None if paper_id is None else store.load_paper(session, paper_id)


def find_paper_by_sha256(db: Database, sha256: str) -> Paper | None:
    """The paper of which these bytes are a revision, or None when the office never archived them."""
    with db.reading() as session:
        paper_id = store.find_paper_by_sha256(session, sha256)
        return None if paper_id is None else store.load_paper(session, paper_id)


def paper_bytes(db: Database, archive: Archive, paper_id: int) -> bytes:
    """The very bytes of the archive, hash checked; previewed, printed, signed and sent as they are."""
    return archive.get(load_paper(db, paper_id).current_sha256)


def annul_paper(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    expected_version: int,
    reason: str,
    on_annulled: Hook | None = None,
    token: str | None = None,
) -> None:
    """Withdraw a paper that its author has not signed; its number stays in the register, annulled."""

    def change(session: Session) -> None:
        paper = store.load_paper(session, paper_id)
        rules.check_can_annul(paper, reason)
        store.record_annulment(session, paper=paper, expected_version=expected_version, reason=reason.strip())
        if on_annulled is not None:
            on_annulled(session, paper_id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="paper.annul",
            subject=f"paper:{paper_id}",
            before={"state": paper.state},
            after={"state": PaperState.ANNULLED},
            reason=reason,
        )

    db.run_once(token, change)
