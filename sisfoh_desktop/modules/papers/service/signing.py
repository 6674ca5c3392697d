"""Sign here by .p12 or card, in turn: one paper, or several with one opened certificate.

These signatures are not accredited before the IOFE: each is recorded with its route, and screens say so.
"""

import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.progress import Cancelled, Progress, silent
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules
from sisfoh_desktop.modules.papers.rules import GivenSignature, Paper, PaperSigner, Route
from sisfoh_desktop.modules.papers.service.hooks import Hook
from sisfoh_desktop.modules.papers.service.issuing import load_paper
from sisfoh_desktop.modules.papers.service.recording import place_to_sign, record_given

if TYPE_CHECKING:
    from sisfoh_desktop.documents.signing import Signer

SIGN = "papers.sign"
MOST_AT_ONCE = 100
_STOPPED = "No se firmó: usted canceló antes de que le llegara el turno."


@dataclass(frozen=True)
class SignRequest:
    """A place to sign, with the paper's version as it was seen."""

    paper_id: int
    signer_id: int
    expected_version: int


@dataclass(frozen=True)
class SignOutcome:
    """What became of one paper; `refusal` is the sentence why it was not signed, empty when it was."""

    paper_id: int
    name: str
    refusal: str = ""

    @property
    def signed(self) -> bool:
        return not self.refusal


def sign_paper(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    signer_id: int,
    expected_version: int,
    open_signer: "Callable[[], AbstractContextManager[Signer]]",
    on_signed: Hook | None = None,
    token: str | None = None,
) -> Paper:
    """Sign in turn: the archived bytes get one signature more, verified before they are kept.

    `open_signer` opens the certificate or card, after turn and version were checked; no transaction is open while it
    asks for its PIN. Without `on_signed`, what the paper's kind registered follows.
    Raises RuleError (turn, state, other person), SigningFailed, FileFailed or StaleRow; then the paper,
    its archive and its row are as before. A token that signed before gives the paper as it is now; no card is asked.
    """
    check_right(actor, SIGN)  # "paper.sign" also tells of signatures given elsewhere, which others bring in
    earlier = db.find_answer(token)
    if earlier is not None:
        return load_paper(db, int(earlier.result))
    paper, slot = place_to_sign(db, paper_id, signer_id, expected_version, on_signed)
    frozen = archive.get(paper.current_sha256)
    with open_signer() as signer:
        given = _signed(archive, paper, slot, frozen, signer, now)
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


def sign_papers(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    requests: Sequence[SignRequest],
    open_signer: "Callable[[], AbstractContextManager[Signer]]",
    token: str | None = None,
    progress: Progress = silent,
) -> list[SignOutcome]:
    """Sign several papers with one certificate, opened once; each is signed or said why not, in the order asked.

    A paper that cannot be signed does not keep the others from it, and each one is a commit of its own: what was signed
    before a fault stays signed. A certificate that does not open is an error, and nothing was signed.
    After `progress` raised Cancelled the papers that are left stay unsigned, and each says so.
    """
    check_right(actor, SIGN)
    if len(requests) > MOST_AT_ONCE:
        raise RuleError(
            "too_many",
            f"Se firman como mucho {MOST_AT_ONCE} documentos a la vez; no se firmó ninguno. Elija menos.",
        )
    base = token or str(uuid.uuid4())
    ready = [(request, _refusal_before(db, request, f"{base}:{request.signer_id}")) for request in requests]
    if all(outcome is not None for _, outcome in ready):
        return [outcome for _, outcome in ready if outcome is not None]
    outcomes = []
    with open_signer() as signer:
        stopped = False
        for request, refused in ready:
            if refused is not None:
                outcomes.append(refused)
                continue
            paper = load_paper(db, request.paper_id)
            stopped = stopped or _asked_to_stop(progress, len(outcomes), len(ready))
            if stopped:
                outcomes.append(SignOutcome(paper.id, paper.name, _STOPPED))
                continue
            try:
                paper, slot = place_to_sign(
                    db, request.paper_id, request.signer_id, request.expected_version, None
                )
                given = _signed(archive, paper, slot, archive.get(paper.current_sha256), signer, now)
                record_given(
                    db,
                    actor=actor,
                    now=now,
                    paper=paper,
                    slot=slot,
                    given=given,
                    expected_version=request.expected_version,
                    on_signed=None,
                    token=f"{base}:{request.signer_id}",
                )
            except SisfohError as error:
                outcomes.append(SignOutcome(paper.id, paper.name, error.sentence))
            else:
                outcomes.append(SignOutcome(paper.id, paper.name))
    return outcomes


def _asked_to_stop(progress: Progress, done: int, total: int) -> bool:
    try:
        progress(done, total)
    except Cancelled:
        return True
    return False


def _refusal_before(db: Database, request: SignRequest, token: str) -> SignOutcome | None:
    """Why a paper cannot be signed, found before the PIN is asked; or that this very action signed it already."""
    name = ""
    try:
        paper = load_paper(db, request.paper_id)
        name = paper.name
        if db.find_answer(token) is not None:
            return SignOutcome(paper.id, name)
        place_to_sign(db, request.paper_id, request.signer_id, request.expected_version, None)
    except SisfohError as error:
        return SignOutcome(request.paper_id, name, error.sentence)
    return None


def _signed(
    archive: Archive, paper: Paper, slot: PaperSigner, frozen: bytes, signer: "Signer", now: datetime
) -> GivenSignature:
    """The archived bytes with one signature more, kept in the archive and not recorded yet."""
    from sisfoh_desktop.documents.signing import sign_field

    rules.check_signer_identity(slot, signer.subject_name, signer.dni)
    # sign_field verifies the result, earlier signatures included, before it gives it back
    signed = sign_field(
        frozen,
        field=slot.field,
        signer=signer,
        reason=slot.motive,
        when=now,
        position=slot.position,
        sha256=paper.current_sha256,
    )
    return GivenSignature(
        Route.INSIDE,
        archive.put(signed),
        signed_at=now,
        field=slot.field,
        certificate_name=signer.subject_name,
    )
