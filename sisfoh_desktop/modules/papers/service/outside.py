"""A paper goes out to be signed in another program and comes back: the same bytes and one signature more."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import GivenSignature, Paper, PaperSigner, Route
from sisfoh_desktop.modules.papers.service.hooks import Hook
from sisfoh_desktop.modules.papers.service.issuing import load_paper
from sisfoh_desktop.modules.papers.service.recording import place_to_sign, record_given


@dataclass(frozen=True)
class ExportedPaper:
    """The bytes that go out, the name proposed for the file, who signs them and in which field."""

    data: bytes
    file_name: str
    signer: str
    field: str


def export_for_signing(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    signer_id: int,
    token: str | None = None,
) -> ExportedPaper:
    """The archived bytes as they are, for the place whose turn it is; that they went out is recorded.

    Sent out twice they are the same bytes. RuleError for the wrong turn, FileFailed when the archive fails.
    """
    paper = load_paper(db, paper_id)
    slot = rules.check_can_sign(paper, signer_id)
    data = archive.get(paper.current_sha256)

    def change(session: Session) -> int:
        store.record_export(session, slot.id, now)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="paper.export",
            subject=f"paper:{paper_id}",
            after={"sha256": paper.current_sha256, "field": slot.field},
        )
        return paper_id

    db.run_once(token, change)
    stem = re.sub(r"[^\w.-]+", "-", paper.name, flags=re.ASCII).strip("-.")[:80] or f"documento-{paper.id}"
    return ExportedPaper(data, f"{stem}_{slot.field}.pdf", slot.label, slot.field)


def bring_back_paper(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    signer_id: int,
    expected_version: int,
    data: bytes,
    on_signed: Hook | None = None,
    token: str | None = None,
) -> Paper:
    """Take the signature that `data` brings, when it is the archived paper plus that signature and nothing else.

    The RuleError tells what is wrong with the file: another document, a changed page, something added, an earlier
    signature missing, no new signature or several, a print, another person. Then nothing is kept.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return load_paper(db, int(earlier.result))
    paper, slot = place_to_sign(db, paper_id, signer_id, expected_version, on_signed)
    archived = archive.get(paper.current_sha256)
    if not data.startswith(archived):
        _check_no_earlier_version(db, archive, paper, data)
    from sisfoh_desktop.documents.signature_return import check_returned

    waiting = {
        other.field: other.label for other in paper.signers if other.signed_at is None and other.id != slot.id
    }
    found = check_returned(archived, data, field=slot.field, waiting=waiting, between=(paper.frozen_at, now))
    rules.check_returned_identity(slot, found.signer, found.dni)
    # what the signature says of its moment, unless its PC's clock was ahead of ours or behind the freeze
    declared = found.signed_at
    given = GivenSignature(
        Route.OUTSIDE,
        archive.put(data),
        signed_at=declared if declared is not None and paper.frozen_at <= declared <= now else now,
        field=found.field,
        certificate_name=found.signer,
    )
    return record_given(
        db,
        actor=actor,
        now=now,
        paper=paper,
        slot=slot,
        given=given,
        expected_version=expected_version,
        on_signed=on_signed,
        token=token,
    )


def _check_no_earlier_version(db: Database, archive: Archive, paper: Paper, data: bytes) -> None:
    """A file that was signed on top of an older revision lacks the signatures that came since."""
    with db.reading() as session:
        *older, _current = store.list_revisions(session, paper.id)
    for number in range(len(older) - 1, -1, -1):
        if data.startswith(archive.get(older[number])):
            missing = _signed_since(paper, number)
            raise RuleError(
                "earlier_signature_missing",
                f"Falta la firma anterior de {missing.label}: se firmó una copia que salió antes. No se trajo nada y "
                "el documento sigue como estaba. Exporte la versión actual y fírmela.",
            )


def _signed_since(paper: Paper, revision: int) -> PaperSigner:
    """Who gave the signature that follows a revision: each one that is not by hand makes a revision."""
    digital = [one for one in paper.signers if one.signed_at is not None and one.route is not Route.INK]
    return digital[revision]
