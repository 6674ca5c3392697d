"""The proof that an act was published, and the constancia that says so on paper."""

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, PaperState, Route
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Signer
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import Publication, PublicationEntry
from sisfoh_desktop.modules.resoluciones.rules.genders import of_the
from sisfoh_desktop.modules.resoluciones.service.delivery.evidence import (
    NamedFile,
    keep_evidence,
    told_file,
)
from sisfoh_desktop.modules.resoluciones.service.delivery.remission import head_of, new_signer, short_name
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion, subject_of
from sisfoh_desktop.modules.resoluciones.store import delivery as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

CONSTANCIA_KIND = "constancia_publicacion"


def is_archived_copy(db: Database, resolucion_id: int, data: bytes) -> bool:
    """Whether these bytes are, every one of them, a revision of the act in the archive or its scanned original."""
    act = load_resolucion(db, resolucion_id)
    sha256 = hashlib.sha256(data).hexdigest()
    if act.paper_id is not None and sha256 in _scans(papers.load_paper(db, act.paper_id)):
        return True
    found = papers.find_paper_by_sha256(db, sha256)
    return found is not None and found.id == act.paper_id


def record_publication(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    entry: PublicationEntry,
    file: NamedFile,
    capture: NamedFile,
    token: str | None = None,
) -> int:
    """Keep where and when it was published, the public file as downloaded and the capture of its page; the id.

    RuleError `publication_twice`, `url_invalid`, `published_date`, `unit_unknown`, and as in `keep_evidence`.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    act = load_resolucion(db, resolucion_id)
    facts.check_can_deliver(act)
    kept = facts.clean_publication(entry, issued=act.dated, today=now.date())
    unit = office.load_unit(db, kept.unit_id, kept.published_on)
    paper = papers.load_paper(db, rules.check_has_paper(act))
    scan = hashlib.sha256(file[1]).hexdigest()
    publication = Publication(
        id=0,
        resolucion_id=resolucion_id,
        entry=kept,
        unit=unit.name,
        file=keep_evidence(archive, file),
        capture=keep_evidence(archive, capture),
        same=is_archived_copy(db, resolucion_id, file[1]),
        archived_sha256=scan if scan in _scans(paper) else paper.current_sha256,
    )

    def change(session: "Session") -> int:
        locked = store.lock_act(session, resolucion_id)
        facts.check_can_deliver(locked)
        for other in store.list_publications(session, resolucion_id):
            if (other.entry.url, other.entry.published_on) == (kept.url, kept.published_on):
                raise RuleError(
                    "publication_twice",
                    f"Ya consta la publicación del {format_date(kept.published_on)} en esa dirección; no se registró "
                    "otra vez. Actualice con F5.",
                )
        publication_id = store.add_publication(session, publication)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="publication.record",
            subject=subject_of(resolucion_id),
            after={
                "url": kept.url,
                "published_on": kept.published_on,
                "published_by": kept.published_by,
                "unit": unit.name,
                "same": publication.same,
                "file": told_file(publication.file),
                "capture": told_file(publication.capture),
            },
        )
        return publication_id

    return db.run_once(token, change)


def preview_constancia(db: Database, publication_id: int, dated: date) -> bytes:
    """The constancia as it would be frozen, PROYECTO on each page."""
    with db.reading() as session:
        publication = store.load_publication(session, publication_id)
    return _build(db, publication, dated, watermark="PROYECTO").pdf


def freeze_constancia(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    publication_id: int,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Fix the bytes of the constancia, dated today, to be signed by the unit that published. The paper's id.

    RuleError `constancia_exists`, `author_unknown`; StaleRow when somebody made it first.
    """
    check_right(actor, "resoluciones.deliver")  # before a number is spent
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    with db.reading() as session:
        publication = store.load_publication(session, publication_id)
    before = publication.paper_id
    if before is not None and papers.load_paper(db, before).state is not PaperState.ANNULLED:
        raise RuleError(
            "constancia_exists", "Esta publicación ya tiene su constancia; no se hizo otra. Véala en Papeles."
        )
    act = load_resolucion(db, publication.resolucion_id)
    built = _build(db, publication, now.date())
    signer = _signer(db, publication, now.date())

    def on_frozen(session: "Session", paper_id: int) -> None:
        store.record_constancia(session, publication_id, expected_version, paper_id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="publication.constancia",
            subject=subject_of(act.id),
            before={"paper": before},
            after={"paper": paper_id, "url": publication.entry.url},
        )

    return papers.freeze_paper(
        db,
        archive,
        actor=actor,
        now=now,
        kind=CONSTANCIA_KIND,
        title=f"Constancia de publicación {of_the(short_name(act))}",
        number=None,
        dated=now.date(),
        subject=subject_of(act.id),
        pdf=built.pdf,
        pages=built.pages,
        boxes=built.boxes,
        signers=[new_signer(signer)],
        on_frozen=on_frozen,
        token=token,
    )


def _scans(paper: Paper) -> set[str]:
    """The hashes of the scans of its pages signed in ink."""
    return {one.scan_sha256 for one in paper.signers if one.scan_sha256}


def _signer(db: Database, publication: Publication, on: date) -> Signer:
    """Whoever heads the unit that published; while nobody is registered, the person who published."""
    return head_of(db, publication.entry.unit_id, on, otherwise=publication.entry.published_by)


def _build(db: Database, publication: Publication, dated: date, *, watermark: str = "") -> "BuiltPaper":
    from sisfoh_desktop.modules.resoluciones.report.publication import publication_pdf

    act = load_resolucion(db, publication.resolucion_id)
    signer = _signer(db, publication, dated)
    paper = papers.load_paper(db, rules.check_has_paper(act))
    return publication_pdf(
        act,
        publication,
        office.letterhead(db, dated, signer.unit),
        signer,
        place=office.load_municipality(db).place_name,
        dated=dated,
        archived=facts.archived_label(
            ink=any(one.route is Route.INK for one in paper.signers),
            scanned=publication.archived_sha256 in _scans(paper),
        ),
        legend=office.legend(db, dated),
        watermark=office.watermark(db, watermark),
    )


papers.register_kind(CONSTANCIA_KIND, papers.KindHooks())
