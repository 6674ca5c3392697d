"""The acta of a handover: seen before, numbered, frozen with the two who sign it, and given back as archived."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.handover.rules import checks as rules
from sisfoh_desktop.modules.handover.rules.facts import Handover, Line, Person
from sisfoh_desktop.modules.handover.rules.sealing import SEAL, seal_of
from sisfoh_desktop.modules.handover.service import collecting
from sisfoh_desktop.modules.handover.service.drafts import RIGHT, load_handover
from sisfoh_desktop.modules.handover.store import handovers as store
from sisfoh_desktop.modules.handover.store import lines as line_store
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole
from sisfoh_desktop.modules.papers.service import KindHooks

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

RECEIVES, GIVES = "RECIBE", "AUTOR"
"""The fields of the round: whoever receives signs first, whoever gives closes the acta as its author."""


handover_series = partial(papers.find_series, kind=rules.SERIES)
"""The series that numbers the actas, None while the office has none."""

create_handover_series = partial(papers.create_series, kind=rules.SERIES)
"""The series as it was confirmed; all else, and its errors, as in `papers.service.create_series`."""


def series_proposal(db: Database, on: date) -> tuple[str, str]:
    """Title and mask to propose while there is no series."""
    return rules.series_proposal(*office.ule_siglas(db, on))


def preview_acta(db: Database, *, now: datetime, handover: Handover, progress: Progress = silent) -> bytes:
    """The acta as it would be issued now, PROYECTO across each page; the draft need not be kept yet.

    RuleError as in `rules.checks.clean_handover`.
    """
    today = _day(now)
    cleaned = rules.clean_handover(handover, today)
    series = handover_series(db)
    mask = series.mask if series is not None else series_proposal(db, today)[1]
    shown = replace(cleaned, number_text=blank_number(mask, today.year))
    lines = collecting.collect(db, cleaned, today, progress=progress)
    return _build(db, shown, lines, today, now, watermark="PROYECTO", progress=progress).pdf


def issue_acta(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    handover_id: int,
    expected_version: int,
    start_series: Callable[[], object] | None = None,
    token: str | None = None,
    progress: Progress = silent,
) -> int:
    """Number and freeze the acta with what is pending now, to be signed by both; the paper's id.

    `progress` may cancel it until it has its number: nothing is written before. `start_series` makes the series where
    there is none yet.

    RuleError `handover_frozen`, `series_missing`, `not_allowed`, StaleRow, FileFailed; the draft stays a draft then.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    check_right(actor, RIGHT)
    today = _day(now)
    draft = load_handover(db, handover_id)
    rules.check_can_edit(draft)
    # before a number is spent; asked again in the commit
    check_updated(1 if draft.version == expected_version else 0)
    series = handover_series(db)
    if series is None and start_series is None:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere las actas de entrega de cargo; no se emitió nada. Créela primero.",
        )
    lines = collecting.collect(db, draft, today, progress=progress)
    mask = series.mask if series is not None else series_proposal(db, today)[1]
    # what the paper would say is built before a number is spent on it
    blank = replace(draft, number_text=blank_number(mask, today.year))
    _build(db, blank, lines, today, now, progress=progress)
    if series is None and start_series is not None:
        start_series()
        series = handover_series(db)
    assert series is not None
    subject = f"{rules.RECORD_KIND}:{handover_id}"

    def still_due(session: "Session") -> None:
        """Somebody else may have issued it meanwhile: a second number would be left without a paper."""
        check_updated(1 if store.load_handover(session, handover_id).version == expected_version else 0)

    def build(number: str) -> "BuiltPaper":
        return _build(db, replace(draft, number_text=number), lines, today, now)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        store.record_issue(session, handover_id, expected_version, paper_id)
        seal = seal_of(store.load_handover(session, handover_id))
        line_store.add_lines(session, handover_id, paper_id, lines)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.issue",
            subject=subject,
            after={"number": number, "paper": paper_id, "line_count": len(lines), SEAL: seal},
        )

    return papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series.id,
        kind=rules.PAPER_KIND,
        title=lambda number: f"Acta de entrega de cargo de {draft.leaver.name} (N° {number})",
        dated=today,
        subject=subject,
        build=build,
        signers=signers_of(draft),
        on_frozen=on_frozen,
        still_due=still_due,
        token=token,
    )


def acta_pdf(
    db: Database, archive: Archive, handover_id: int, now: datetime, *, progress: Progress = silent
) -> bytes:
    """The archived bytes of its acta, or the project of a draft."""
    handover = load_handover(db, handover_id)
    if handover.paper_id is not None:
        return papers.paper_bytes(db, archive, handover.paper_id)
    return preview_acta(db, now=now, handover=handover, progress=progress)


def signers_of(handover: Handover) -> tuple[NewSigner, ...]:
    """Whoever receives, then whoever gives as the author."""
    return (
        _signer(RECEIVES, SignerRole.PARTY, handover.receiver),
        _signer(GIVES, SignerRole.AUTHOR, handover.leaver),
    )


def _signer(field: str, role: SignerRole, person: Person) -> NewSigner:
    return NewSigner(field, role, person.name, person.position, person.unit, officer_id=person.officer_id)


def _build(
    db: Database,
    handover: Handover,
    lines: Sequence[Line],
    on: date,
    now: datetime,
    *,
    watermark: str = "",
    progress: Progress = silent,
) -> "BuiltPaper":
    from sisfoh_desktop.modules.handover.report.acta import ActaFrame, handover_pdf

    unit = office.ule_unit(db, on)
    municipality = office.find_municipality(db)
    frame = ActaFrame(
        letterhead=office.letterhead(db, on, unit.name if unit is not None else ""),
        place=municipality.place_name if municipality is not None else "",
        made_at=now,
        legend="" if watermark else office.legend(db, on),
        watermark=office.watermark(db, watermark),
    )
    return handover_pdf(handover, lines, frame, fields=(RECEIVES, GIVES), progress=progress)


def _day(now: datetime) -> date:
    return now.astimezone(LIMA).date()


papers.register_kind(rules.PAPER_KIND, KindHooks())

__all__ = [
    "GIVES",
    "RECEIVES",
    "acta_pdf",
    "create_handover_series",
    "handover_series",
    "issue_acta",
    "preview_acta",
    "series_proposal",
    "signers_of",
]
