"""The printed record of a review of accesses: who signs it, and the PDF. reportlab is loaded when it is made."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.signature_zone import SignatureSlot
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers.rules import NewSigner, signer_of
from sisfoh_desktop.modules.people.rules.facts import AccessReview

if TYPE_CHECKING:
    from sisfoh_desktop.documents.page import BuiltPaper


def proposed_signers(db: Database, on: date) -> tuple[NewSigner, ...]:
    """Whoever heads the ULE as the author; nobody while none is registered."""
    unit = office.ule_unit(db, on)
    officer = office.officer_for(db, unit.id, on) if unit is not None else None
    return () if unit is None or officer is None else (signer_of(officer, unit.name),)


def signer_choices(db: Database, on: date) -> tuple[tuple[int, str], ...]:
    """The officers in force with their posts, for a list to choose from."""
    return office.officer_choices(db, on)


def chosen_signers(db: Database, on: date, author_id: int) -> tuple[NewSigner, ...]:
    """This officer as the one who signs."""
    units = {unit.id: unit.name for unit in office.list_units(db, on)}
    officer = office.load_officer(db, author_id)
    return (signer_of(officer, units.get(officer.unit_id, "")),)


def build_review(
    db: Database,
    review: AccessReview,
    on: date,
    *,
    signers: Sequence[NewSigner] = (),
    watermark: str = "",
) -> "BuiltPaper":
    """The record on paper; without signers it is a copy for work."""
    from sisfoh_desktop.modules.people.report.access_review import access_review_pdf

    unit = office.ule_unit(db, on)
    municipality = office.find_municipality(db)
    return access_review_pdf(
        review,
        office.letterhead(db, on, unit.name if unit is not None else ""),
        place=municipality.place_name if municipality is not None else "",
        slots=[SignatureSlot(one.field, "author", one.name, one.position, one.unit) for one in signers],
        legend=office.legend(db, on) if signers else "",
        watermark=office.watermark(db, watermark),
    )
