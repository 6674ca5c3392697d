"""A signature by hand on a print: who, when, which pages, and the scan that shows it."""

from datetime import date, datetime

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules
from sisfoh_desktop.modules.papers.rules import GivenSignature, Paper, Route
from sisfoh_desktop.modules.papers.service.hooks import Hook
from sisfoh_desktop.modules.papers.service.issuing import load_paper
from sisfoh_desktop.modules.papers.service.recording import place_to_sign, record_given


def record_ink_signature(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    signer_id: int,
    expected_version: int,
    signed_on: date,
    pages: str,
    scan: bytes,
    note: str = "",
    on_signed: Hook | None = None,
    token: str | None = None,
) -> Paper:
    """Register that whoever has the turn signed the print by hand; the round goes on as with any signature.

    `pages` like "1-6" or "todas", the page of the box among them; `scan` a PDF, JPG or PNG with at least as many pages,
    kept by its hash. The field stays empty in the PDF, and who registered it is kept. RuleError for pages, day or scan;
    StaleRow when somebody was faster.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return load_paper(db, int(earlier.result))
    paper, slot = place_to_sign(db, paper_id, signer_id, expected_version, on_signed)
    rules.check_ink(paper, signed_on, note, now.date())
    signed_pages = rules.parse_pages(pages, paper.pages)
    rules.check_signed_pages(paper, signed_pages)
    from sisfoh_desktop.documents.signature_scan import check_scan

    rules.check_scan_pages(len(signed_pages), check_scan(scan).pages)
    given = GivenSignature(
        Route.INK,
        paper.current_sha256,
        signed_at=now,
        signed_on=signed_on,
        pages=rules.pages_text(signed_pages),
        scan_sha256=archive.put(scan),
        note=note.strip(),
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


def ink_scan(db: Database, archive: Archive, *, paper_id: int, signer_id: int) -> bytes:
    """The scan of one place signed by hand, hash checked; RuleError when it was signed otherwise."""
    slot = rules.place_in_ink(load_paper(db, paper_id), signer_id)
    return archive.get(slot.scan_sha256)
