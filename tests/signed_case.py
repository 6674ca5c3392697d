"""The practice office once its act has all its signatures, in ink, and its notifications are under way."""

from datetime import datetime
from pathlib import Path

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.service import delivery

NUMBER = "091-2024-GM/MPT"
ACTOR = Actor("práctica", "ULE")
AFTERNOON = datetime(2024, 3, 8, 16, 0, tzinfo=LIMA)


def a_scan() -> bytes:
    """A page that stands for the scanned original."""
    paper_format = PaperFormat(
        letterhead=Letterhead("Entidad de prueba"), title="Escaneo", author="", foot_number=""
    )
    return build_paper([paragraph("Original firmado")], paper_format).pdf


def sign_in_ink(base: Path) -> None:
    """Six signatures in ink on the act of the practice office at `base`."""
    db, archive = Database.open(base), Archive(base.parent / "archivo")
    act = resoluciones.find_by_number(db, NUMBER)
    assert act is not None
    assert act.paper_id is not None
    for slot in papers.load_paper(db, act.paper_id).signers:
        resoluciones.record_ink_on_resolucion(
            db,
            archive,
            actor=ACTOR,
            now=AFTERNOON,
            resolucion_id=act.id,
            signer_id=slot.id,
            expected_version=papers.load_paper(db, act.paper_id).version,
            signed_on=AFTERNOON.date(),
            pages=str(papers.load_paper(db, act.paper_id).pages),
            scan=a_scan(),
        )
    db.close()


def sign_in_ink_and_prepare(base: Path) -> None:
    """The same, then a notification for each recipient proposed."""
    sign_in_ink(base)
    db = Database.open(base)
    act = resoluciones.find_by_number(db, NUMBER)
    assert act is not None
    proposed = delivery.propose_recipients(db, act.id)
    delivery.prepare_notifications(
        db,
        actor=ACTOR,
        now=AFTERNOON,
        resolucion_id=act.id,
        recipients=[one.recipient for one in proposed if one.chosen],
        channel="personal",
    )
    db.close()
