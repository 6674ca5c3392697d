"""Who signs the papers of safekeeping: an officer in force, the head of the ULE proposed."""

from collections.abc import Sequence
from datetime import date

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.signature_zone import SignatureSlot
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole, signer_of


def proposed_signer(db: Database, on: date) -> int:
    """The officer to propose, 0 while nobody heads the ULE."""
    unit = office.ule_unit(db, on)
    officer = office.officer_for(db, unit.id, on) if unit is not None else None
    return officer.id if officer is not None else 0


def author(db: Database, officer_id: int, on: date) -> tuple[NewSigner, ...]:
    """The round of one officer in force; RuleError `author_missing`."""
    lines = [line for line in office.list_officers(db, on) if line.officer.id == officer_id]
    if not lines:
        raise RuleError(
            "author_missing",
            "Quien debía firmar no está en funciones en esa fecha; no se emitió nada. Elija a otra persona.",
        )
    return (signer_of(office.load_officer(db, officer_id), lines[0].unit_name),)


def slots_of(signers: Sequence[NewSigner]) -> list[SignatureSlot]:
    """Their places on the paper."""
    return [
        SignatureSlot(
            field=one.field,
            role="author" if one.role is SignerRole.AUTHOR else "visto_bueno",
            name=one.name,
            position=one.position,
            unit=one.unit,
        )
        for one in signers
    ]
