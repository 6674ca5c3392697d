"""The papers on personal data: security document and incident report (numbered, frozen, signed), notice, description.

Emitting needs `privacy.manage`; what they say is gathered in `privacy_security`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner, Series, check_round
from sisfoh_desktop.modules.papers.service import KindHooks
from sisfoh_desktop.modules.safekeeping.rules import privacy_papers as rules
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import (
    INCIDENT_KIND,
    SECURITY_KIND,
    IncidentReport,
    SecurityDocument,
)
from sisfoh_desktop.modules.safekeeping.service import incidents, privacy, privacy_security
from sisfoh_desktop.modules.safekeeping.service import signers as signing
from sisfoh_desktop.modules.safekeeping.service.inventory import load_inventory
from sisfoh_desktop.modules.safekeeping.service.privacy import RIGHT

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

_BLANK = "____"
_Build = Callable[[str], "BuiltPaper"]


# --- the series ---


def find_series(db: Database, kind: str) -> Series | None:
    """The series that numbers these papers, None while the office has none."""
    return papers.find_series(db, kind)


def mask_proposal(db: Database, kind: str, now: datetime) -> str:
    """The mask to propose while there is no series."""
    return rules.series_mask(kind, *office.ule_siglas(db, now.astimezone(LIMA).date()))


def create_series(
    db: Database, *, actor: Actor, now: datetime, kind: str, mask: str, token: str | None = None
) -> int:
    """The series as the person confirmed its mask."""
    return papers.create_series(
        db, actor=actor, now=now, kind=kind, title=rules.SERIES_TITLES[kind], mask=mask, token=token
    )


# --- the security document ---


def preview_security(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    settings: PcSettings | None = None,
    signers: Sequence[NewSigner] = (),
) -> bytes:
    """The document as it would be frozen, PROYECTO across each page. RuleError `not_allowed`."""
    check_right(actor, RIGHT)
    document = privacy_security.gather(db, archive, actor=actor, now=now, settings=settings, number=_BLANK)
    return _security(db, document, signers, watermark="PROYECTO").pdf


def freeze_security(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    signers: Sequence[NewSigner],
    settings: PcSettings | None = None,
    token: str | None = None,
) -> int:
    """Number it, fix its bytes and set its round; the id of its paper. RuleError `series_missing`, `author_missing`."""
    document = privacy_security.gather(db, archive, actor=actor, now=now, settings=settings)

    def build(number: str) -> "BuiltPaper":
        return _security(db, replace(document, number=number), signers)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        record_audit(
            session,
            actor=actor,
            now=now,
            action="privacy.issue",
            subject=privacy.SUBJECT,
            after={"number": number, "paper": paper_id},
        )

    return _freeze(
        db,
        archive,
        actor,
        now,
        SECURITY_KIND,
        "Documento de seguridad",
        privacy.SUBJECT,
        signers,
        build,
        on_frozen,
        token,
    )


# --- the report of an incident ---


def preview_incident(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    incident_id: int,
    signers: Sequence[NewSigner] = (),
) -> bytes:
    """The report as it would be frozen, PROYECTO across each page. RuleError `not_allowed`, `incident_unknown`."""
    check_right(actor, RIGHT)
    return _incident(
        db, replace(_report(db, now, incident_id), number=_BLANK), signers, watermark="PROYECTO"
    ).pdf


def freeze_incident(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    incident_id: int,
    signers: Sequence[NewSigner],
    token: str | None = None,
) -> int:
    """As `freeze_security`, for the report of an incident, which then names its paper."""
    report = _report(db, now, incident_id)

    def build(number: str) -> "BuiltPaper":
        return _incident(db, replace(report, number=number), signers)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        incidents.issue_in(
            session, actor=actor, now=now, incident_id=incident_id, paper_id=paper_id, number=number
        )

    subject = f"incident:{incident_id}"
    return _freeze(
        db,
        archive,
        actor,
        now,
        INCIDENT_KIND,
        "Informe de incidente",
        subject,
        signers,
        build,
        on_frozen,
        token,
    )


# --- sheets that are not numbered ---


def description(db: Database) -> str:
    """The description of the bank for its registration, as text to be copied."""
    bank, inventory = privacy.load_bank(db), load_inventory(db)
    return rules.description_text(bank, _entity(db), inventory.kinds, inventory.holders)


def description_pdf(db: Database, *, now: datetime) -> bytes:
    """The same as a sheet to be printed."""
    from sisfoh_desktop.modules.safekeeping.report.privacy_sheets import description_sheet

    bank, inventory = privacy.load_bank(db), load_inventory(db)
    facts = rules.description_facts(bank, _entity(db), inventory.kinds, inventory.holders)
    day = now.astimezone(LIMA).date()
    norms = privacy_security.cited_norms(db)
    return description_sheet(facts, norms, day, office.letterhead(db, day), watermark=office.watermark(db))


def notice_pdf(db: Database, *, now: datetime) -> bytes:
    """The privacy notice that is put up for the public (Ley 29733, art. 18)."""
    from sisfoh_desktop.modules.safekeeping.report.privacy_sheets import notice_sheet

    day = now.astimezone(LIMA).date()
    return notice_sheet(
        privacy.load_bank(db),
        _entity(db),
        privacy_security.cited_norms(db),
        day,
        office.letterhead(db, day),
        watermark=office.watermark(db),
    )


# --- inside ---


def _freeze(
    db: Database,
    archive: Archive,
    actor: Actor,
    now: datetime,
    kind: str,
    title: str,
    subject: str,
    signers: Sequence[NewSigner],
    build: _Build,
    on_frozen: "Callable[[Session, int, str], None]",
    token: str | None,
) -> int:
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    check_right(actor, RIGHT)
    check_round(signers)
    series = find_series(db, kind)
    if series is None:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere estos documentos; no se emitió nada. Créela primero.",
        )
    build(_BLANK)  # what the paper would say is built before a number is spent on it
    return papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series.id,
        kind=kind,
        title=lambda number: f"{title} (N° {number})",
        dated=now.astimezone(LIMA).date(),
        subject=subject,
        build=build,
        signers=signers,
        on_frozen=on_frozen,
        token=token,
    )


def _security(
    db: Database, document: SecurityDocument, signers: Sequence[NewSigner], *, watermark: str = ""
) -> "BuiltPaper":
    from sisfoh_desktop.modules.safekeeping.report.privacy_security import security_pdf

    day = document.dated
    unit = office.ule_unit(db, day)
    return security_pdf(
        document,
        office.letterhead(db, day, unit.name if unit is not None else ""),
        slots=signing.slots_of(signers),
        legend=office.legend(db, day) if signers else "",
        watermark=office.watermark(db, watermark),
    )


def _incident(
    db: Database, report: IncidentReport, signers: Sequence[NewSigner], *, watermark: str = ""
) -> "BuiltPaper":
    from sisfoh_desktop.modules.safekeeping.report.incident import incident_pdf

    day = report.dated
    unit = office.ule_unit(db, day)
    return incident_pdf(
        report,
        office.letterhead(db, day, unit.name if unit is not None else ""),
        slots=signing.slots_of(signers),
        legend=office.legend(db, day) if signers else "",
        watermark=office.watermark(db, watermark),
    )


def _report(db: Database, now: datetime, incident_id: int) -> IncidentReport:
    entity = office.find_municipality(db)
    return IncidentReport(
        incident=incidents.load_incident(db, incident_id),
        bank=privacy.load_bank(db),
        entity=entity.name if entity else "",
        norms=privacy_security.cited_norms(db),
        made_at=now,
        place=entity.place_name if entity else "",
    )


def _entity(db: Database) -> str:
    entity = office.find_municipality(db)
    return entity.name if entity else ""


for _kind in (SECURITY_KIND, INCIDENT_KIND):
    papers.register_kind(_kind, KindHooks())
