"""Check archived bytes against the record: hash, signatures, people, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import Paper, PaperSigner, Route, SignatureLine
from sisfoh_desktop.modules.papers.service.issuing import load_paper

if TYPE_CHECKING:
    from sisfoh_desktop.documents.verifying import Verification

ACCREDITATION_NOTE = (
    "Esta comprobación se hace en este equipo y no reemplaza al validador acreditado: dice si el documento cambió y "
    "quién firmó, no si el certificado sigue vigente ante la IOFE."
)


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
        count, by_hand = len(self.verification.signatures), len(self.in_ink)
        if not self.sound:
            return "Hay observaciones: no confíe en este archivo sin revisarlas"
        if count == by_hand == 0:
            return "Sin firmas: los bytes son los que se congelaron"
        ink = f"{by_hand} en tinta" if by_hand else ""
        if count == 0:
            return f"{ink}, ninguna digital; los bytes son los que se congelaron"
        noun = "firma íntegra" if count == 1 else "firmas íntegras"
        return f"{count} {noun}{f' y {ink}' if ink else ''}; los bytes son los del archivo"

    @property
    def in_ink(self) -> tuple[PaperSigner, ...]:
        """The places that were signed by hand; of these only the scan is kept."""
        return tuple(signer for signer in self.paper.signers if signer.route is Route.INK)

    @property
    def lines(self) -> list[SignatureLine]:
        """Every signature as a clerk reads it: the digital ones in the order they were made, then those by hand."""
        routes = {
            signer.signed_field: signer.route for signer in self.paper.signers if signer.route is not None
        }
        digital = [
            SignatureLine(
                signer=report.signer,
                reason=report.reason,
                signed_at=f"{report.signed_at:%d/%m/%Y %H:%M:%S}" if report.signed_at else "sin fecha",
                integrity=rules.integrity_words(intact=report.intact, modified_after=report.modified_after),
                trust=rules.trust_words(report.trust),
                revocation=rules.revocation_words(report.revocation),
                route=rules.route_words(routes.get(report.field)),
            )
            for report in self.verification.signatures
        ]
        return digital + [rules.ink_line(signer) for signer in self.in_ink]


def verify_paper(
    db: Database, archive: Archive, *, paper_id: int, roots: Sequence[bytes] = ()
) -> PaperVerification:
    """Check the archived bytes against the record: hash, every signature, the people expected, full coverage."""
    paper = load_paper(db, paper_id)
    verification = verify_bytes(paper, archive.get(paper.current_sha256), roots=roots)
    # before its first signature a paper has nothing to find but its own bytes, and `archive.get` compared those
    findings = verification.findings if _digital(paper) else ()
    scans = [
        (f"Firma en tinta de {signer.label}", signer.scan_sha256)
        for signer in paper.signers
        if signer.route is Route.INK
    ]
    return PaperVerification(paper, verification, (*findings, *archive.problems(scans)))


def verify_bytes(paper: Paper, data: bytes, *, roots: Sequence[bytes] = ()) -> "Verification":
    """Check `data`, a revision of `paper` whose hash is on record, against the people who signed it."""
    from sisfoh_desktop.documents.verifying import ExpectedSigner, verify_pdf

    expected = {
        s.signed_field or s.field: ExpectedSigner(name=s.name or s.certificate_name, dni=s.dni)
        for s in _digital(paper)
    }
    return verify_pdf(data, roots=roots, expected=expected, own_fields=True)


def _digital(paper: Paper) -> list[PaperSigner]:
    """The places whose signature stands in the PDF."""
    return [
        signer for signer in paper.signers if signer.signed_at is not None and signer.route is not Route.INK
    ]


def check_archive(db: Database, archive: Archive) -> list[str]:
    """One Spanish sentence for each archived revision that is missing or changed."""
    with db.reading() as session:
        archived = store.list_archived(session) + store.list_scans(session)
    return archive.problems(archived)
