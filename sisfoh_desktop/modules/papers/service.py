"""What the office can do with an emitted paper: number it, freeze it, sign it in turn, verify it, annul it.

The module's only door. Hooks (`on_frozen`, `on_signed`, `on_annulled`) let the module that wrote the paper
change its own row in the same commit; they touch nothing but the session.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import (
    NewSigner,
    NumberLine,
    NumberState,
    Paper,
    PaperLine,
    PaperState,
    ReservedNumber,
    Series,
    SignatureLine,
)

if TYPE_CHECKING:
    from sisfoh_desktop.documents.signature_zone import FieldBox
    from sisfoh_desktop.documents.signing import Signer
    from sisfoh_desktop.documents.verifying import Verification

ACCREDITATION_NOTE = (
    "Esta comprobación se hace en este equipo y no reemplaza al validador acreditado: dice si el documento cambió y "
    "quién firmó, no si el certificado sigue vigente ante la IOFE."
)

Hook = Callable[[Session, int], None]


@dataclass(frozen=True)
class PaperVerification:
    """A paper and what was found in its archived bytes; `sound` says nothing about trust or revocation."""

    paper: Paper
    verification: "Verification"
    findings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.findings

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        count = len(self.verification.signatures)
        if not self.sound:
            return "Hay observaciones: no confíe en este archivo sin revisarlas"
        if count == 0:
            return "Sin firmas: los bytes son los que se congelaron"
        noun = "firma íntegra" if count == 1 else "firmas íntegras"
        return f"{count} {noun}; los bytes son los del archivo"

    @property
    def lines(self) -> list[SignatureLine]:
        """Every signature as a clerk reads it."""
        return [
            SignatureLine(
                signer=report.signer,
                reason=report.reason,
                signed_at=f"{report.signed_at:%d/%m/%Y %H:%M:%S}" if report.signed_at else "sin fecha",
                integrity=rules.integrity_words(intact=report.intact, modified_after=report.modified_after),
                trust=rules.trust_words(report.trust),
                revocation=rules.revocation_words(report.revocation),
            )
            for report in self.verification.signatures
        ]


def list_series(db: Database) -> list[Series]:
    with db.reading() as session:
        return store.list_series(session)


def create_series(
    db: Database, *, actor: Actor, now: datetime, kind: str, title: str, mask: str, token: str | None = None
) -> int:
    """A new series of numbers; `kind` is its key, `mask` like `{n:03d}-{year}-GM/MPT`."""
    rules.check_series(title, mask)

    def change(session: Session) -> int:
        if store.find_series(session, kind) is not None:
            raise RuleError(
                "series_exists", f"Ya existe la serie «{title}»; no se creó otra. Use la que hay."
            )
        series_id = store.add_series(session, kind=kind, title=title, mask=mask)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="series.create",
            subject=f"series:{series_id}",
            after={"kind": kind, "title": title, "mask": mask},
        )
        return series_id

    return db.run_once(token, change)


def find_series(db: Database, kind: str) -> Series | None:
    with db.reading() as session:
        return store.find_series(session, kind)


def start_series_after(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    year: int,
    last_number: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Say that numbers up to `last_number` were used before this program; the reason stays in the register."""

    def change(session: Session) -> None:
        state = store.find_series_year(session, series_id, year)
        rules.check_series_start(state, last_number, reason)
        store.record_series_start(session, series_id, year, last_number, reason.strip())
        record_audit(
            session,
            actor=actor,
            now=now,
            action="series.start",
            subject=f"series:{series_id}",
            after={"year": year, "last_number": last_number},
            reason=reason,
        )

    db.run_once(token, change)


def list_series_years(db: Database, series_id: int) -> list[int]:
    with db.reading() as session:
        return store.list_years(session, series_id)


def number_register(db: Database, series_id: int, year: int) -> list[NumberLine]:
    """Every number of the year with its state and explanation, holes included."""
    with db.reading() as session:
        series = store.load_series(session, series_id)
        state = store.find_series_year(session, series_id, year)
        if state is None:
            return []
        return rules.register_lines(state, series.mask, store.list_numbers(session, series_id, year))


def reserve_number(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    year: int,
    subject: str,
    token: str | None = None,
) -> ReservedNumber:
    """The next number for `subject`; one that it reserved before and never used is given back to it."""

    def change(session: Session) -> int:
        earlier = store.find_open_reservation(session, series_id, year, subject)
        if earlier is not None:
            return earlier.id
        series = store.load_series(session, series_id)
        number = store.add_number(session, series, year, subject=subject, now=now, user=actor.user)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="number.reserve",
            subject=subject,
            after={"number": number.text},
        )
        return number.id

    number_id = db.run_once(token, change)
    with db.reading() as session:
        return store.load_number(session, number_id)


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


def list_papers(db: Database, states: Sequence[PaperState] = ()) -> list[PaperLine]:
    """Papers in the given states (all when none is given), newest first."""
    with db.reading() as session:
        return store.list_papers(session, states)


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

    `open_signer` opens the certificate or card; no transaction is open while it asks for its PIN.
    Raises RuleError (turn, state, other person), SigningFailed, FileFailed or StaleRow; then the paper,
    its archive and its row are as before. A token that signed before gives the paper as it is now; no card is asked.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return load_paper(db, int(earlier.result))
    paper = load_paper(db, paper_id)
    slot = rules.check_can_sign(paper, signer_id)
    frozen = archive.get(paper.current_sha256)
    with open_signer() as signer:
        rules.check_signer_identity(slot, signer.subject_name, signer.dni)
        from sisfoh_desktop.documents.signing import sign_field

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
        certificate_name = signer.subject_name
    state = rules.state_after_signing(paper, slot)
    sha256 = archive.put(signed)

    def change(session: Session) -> int:
        store.record_signature(
            session,
            paper=paper,
            slot=slot,
            expected_version=expected_version,
            state=state,
            sha256=sha256,
            certificate_name=certificate_name,
            now=now,
            user=actor.user,
        )
        if on_signed is not None:
            on_signed(session, paper_id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="paper.sign",
            subject=f"paper:{paper_id}",
            before={"state": paper.state, "sha256": paper.current_sha256},
            after={"state": state, "sha256": sha256, "field": slot.field},
        )
        return paper_id

    return load_paper(db, db.run_once(token, change))


def verify_paper(
    db: Database, archive: Archive, *, paper_id: int, roots: Sequence[bytes] = ()
) -> PaperVerification:
    """Check the archived bytes against the record: hash, every signature, the people expected, full coverage."""
    paper = load_paper(db, paper_id)
    verification = verify_bytes(paper, archive.get(paper.current_sha256), roots=roots)
    signed = any(signer.signed_at is not None for signer in paper.signers)
    # before its first signature a paper has nothing to find but its own bytes, and `archive.get` compared those
    return PaperVerification(paper, verification, verification.findings if signed else ())


def verify_bytes(paper: Paper, data: bytes, *, roots: Sequence[bytes] = ()) -> "Verification":
    """Check `data`, a revision of `paper` whose hash is on record, against the people who signed it."""
    from sisfoh_desktop.documents.verifying import ExpectedSigner, verify_pdf

    signed = [signer for signer in paper.signers if signer.signed_at is not None]
    expected = {s.field: ExpectedSigner(name=s.name or s.certificate_name, dni=s.dni) for s in signed}
    return verify_pdf(data, roots=roots, expected=expected)


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


def check_archive(db: Database, archive: Archive) -> list[str]:
    """One Spanish sentence for each archived revision that is missing or changed."""
    with db.reading() as session:
        archived = store.list_archived(session)
    return archive.problems(archived)


def check_numbers(db: Database) -> list[str]:
    """One Spanish sentence for each number that is missing from its register."""
    problems = []
    for series in list_series(db):
        for year in list_series_years(db, series.id):
            problems += [
                f"{line.text} ({series.title}) falta en el registro."
                for line in number_register(db, series.id, year)
                if line.state is NumberState.MISSING
            ]
    return problems
