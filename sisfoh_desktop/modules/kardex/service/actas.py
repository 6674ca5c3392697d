"""Actas and constancias of the kardex: proposed, previewed, numbered and frozen, listed, annulled; and control sheets.

Each is a paper as every other of the office. Its last signature is evidence of the duty to keep the kardex; an acta
that is annulled or observed frees its movements for another.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules import actas as rules
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, ToldMovement
from sisfoh_desktop.modules.kardex.service import acta_papers, catalogue
from sisfoh_desktop.modules.kardex.service.acta_lists import (
    WITHDRAWN,
    acta_desk,
    acta_of_movement,
    acta_of_paper,
    closing_acta,
    load_acta_paper,
    paper_of_acta,
    route_of_acta,
    told_movements,
)
from sisfoh_desktop.modules.kardex.service.acta_papers import proposed_draft
from sisfoh_desktop.modules.kardex.service.control_papers import (
    card_pdf,
    daily_sheet_pdf,
    inventory_pdf,
)
from sisfoh_desktop.modules.kardex.service.exporting import (
    card_workbook,
    custody_workbook,
    register_workbook,
    stock_workbook,
)
from sisfoh_desktop.modules.kardex.store import actas as store
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import (
    NewSigner,
    Paper,
    PaperSigner,
    SignerRole,
)
from sisfoh_desktop.modules.papers.service import KindHooks, Moment
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import DutyLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

__all__ = [
    "RECORD_KIND",
    "acta_desk",
    "acta_of_movement",
    "acta_series",
    "annul_acta",
    "card_pdf",
    "card_workbook",
    "closing_acta",
    "create_acta_series",
    "custody_workbook",
    "daily_sheet_pdf",
    "freeze_acta",
    "inventory_pdf",
    "load_acta_paper",
    "preview_acta",
    "proposed_draft",
    "register_workbook",
    "route_of_acta",
    "series_proposal",
    "stock_workbook",
    "told_movements",
]

RECORD_KIND = "kardex_acta"


# --- the series ---


acta_series = partial(papers.find_series, kind=rules.ACTA_SERIES)
"""The series that numbers the kardex's papers, None while the office has none."""

create_acta_series = partial(papers.create_series, kind=rules.ACTA_SERIES)
"""The series as the clerk confirmed it; all else, and its errors, as in `papers.service.create_series`."""


def series_proposal(db: Database) -> tuple[str, str]:
    """Title and mask to propose while there is no series; the clerk confirms or changes the mask."""
    return rules.series_proposal(office.load_municipality(db).short_name)


# --- making ---


def preview_acta(db: Database, draft: ActaDraft, *, now: datetime) -> bytes:
    """The acta as it would be frozen, its number blank, PROYECTO across it; RuleError as in `freeze_acta`."""
    kept, movements, _ = _checked(db, draft, now)
    series = acta_series(db)
    mask = series.mask if series else series_proposal(db)[1]
    number = blank_number(mask, kept.dated.year)
    return acta_papers.build_acta(db, kept, number=number, movements=movements, watermark="PROYECTO").pdf


def freeze_acta(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    draft: ActaDraft,
    token: str | None = None,
) -> int:
    """Number the acta, fix its bytes and set its round; its id.

    RuleError as in `rules.actas` (draft and movements), `series_missing`, `still_holds`, `closing_in_hand`,
    `closing_unexplained`; StaleRow when another acta took one of the movements meanwhile.
    """
    check_right(actor, "kardex.move")  # before a number is spent
    earlier = db.find_answer(token)
    if earlier is not None:
        return acta_of_paper(db, int(earlier.result))
    kept, movements, seen = _checked(db, draft, now)
    series = acta_series(db)
    if series is None:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere las actas del kardex; no se hizo el acta. Créela primero.",
        )
    # what the paper would say is checked before a number is spent on it
    acta_papers.build_acta(db, kept, number=blank_number(series.mask, kept.dated.year), movements=movements)

    def build(number: str) -> "BuiltPaper":
        return acta_papers.build_acta(db, kept, number=number, movements=movements)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        _check_still(session, kept, seen)
        acta_id = store.add_acta(session, kept, paper_id, now=now, user=actor.user)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="kardex_acta.freeze",
            subject=f"{RECORD_KIND}:{acta_id}",
            after={
                "kind": kept.kind.label,
                "number": number,
                "movements": [one.number for one in movements],
                "holder_id": kept.holder_id or None,
                "paper": paper_id,
            },
        )

    paper_id = papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series.id,
        kind=kept.kind.paper_kind,
        title=partial(_title, db, kept, movements),
        dated=kept.dated,
        subject=_subject(kept),
        build=build,
        signers=_signers(db, kept),
        on_frozen=on_frozen,
        still_due=lambda session: _check_still(session, kept, seen),
        token=token,
    )
    return acta_of_paper(db, paper_id)


def annul_acta(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    acta_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Withdraw an acta that is not signed whole; its movements wait for another. `expected_version` of its paper.

    RuleError as in `papers.service.annul_paper`.
    """
    papers.annul_numbered(
        db,
        actor=actor,
        now=now,
        paper_id=paper_of_acta(db, acta_id),
        expected_version=expected_version,
        reason=reason,
        action="kardex_acta.annul",
        record=f"{RECORD_KIND}:{acta_id}",
        token=token,
    )


# --- inside ---

_Seen = dict[int, tuple[int, ...]]


def _checked(db: Database, draft: ActaDraft, now: datetime) -> tuple[ActaDraft, list[ToldMovement], _Seen]:
    """The draft cleaned, its movements, and the papers that tell them already."""
    kept = rules.clean_draft(draft, now.date())
    catalogue.load_campaign(db, kept.campaign_id)
    if not kept.movement_ids:
        return kept, [], {}
    with db.reading() as session:
        movements = store.load_told(session, kept.movement_ids)
        seen = store.papers_of_movements(session, kept.movement_ids)
    rules.check_movements(kept, movements, _taken(db, seen))
    return kept, movements, seen


def _taken(db: Database, seen: _Seen) -> dict[int, str]:
    """The living paper of each movement that has one, as sentences call it."""
    known = {paper_id: papers.load_paper(db, paper_id) for ids in seen.values() for paper_id in ids}
    taken = {}
    for movement_id, ids in seen.items():
        living = [known[paper_id] for paper_id in ids if known[paper_id].state not in WITHDRAWN]
        if living:
            taken[movement_id] = f"el acta N° {living[-1].number_text}"
    return taken


def _check_still(session: "Session", draft: ActaDraft, seen: _Seen) -> None:
    """That nothing changed since it was checked: every writer stands in one line, so that it cannot change now."""
    if draft.movement_ids:
        check_updated(1 if store.papers_of_movements(session, draft.movement_ids) == seen else 0)
        told = store.load_told(session, draft.movement_ids)
        check_updated(0 if any(one.reverted for one in told) else 1)
    if draft.kind is ActaKind.NO_DEBT:
        check_updated(0 if store.holds_anything(session, draft.holder_id) else 1)


def _signers(db: Database, draft: ActaDraft) -> list[NewSigner]:
    unit = acta_papers.unit_name(db, draft.dated)
    places = words.places(draft)
    return [
        NewSigner(
            field=place.field,
            role=SignerRole.AUTHOR if place is places[-1] else SignerRole.PARTY,
            name=place.party.name,
            position=place.party.position,
            unit=unit,
            dni=place.party.dni,
        )
        for place in places
    ]


def _subject(draft: ActaDraft) -> str:
    """The record that the paper opens; a version made after an annulled one takes up the same subject."""
    if draft.movement_ids:
        return f"kardex.movement:{min(draft.movement_ids)}"
    if draft.holder_id:
        return f"kardex.holder:{draft.holder_id}"
    return f"kardex.campaign:{draft.campaign_id}"


def _title(db: Database, draft: ActaDraft, movements: Sequence[ToldMovement], number: str) -> str:
    about = words.acta_name(draft.kind, [one.kind for one in movements])
    if draft.holder_id:
        about = f"{about}: {catalogue.load_holder(db, draft.holder_id).name}"
    elif draft.kind.tells_movements:
        theirs = draft.receives if draft.kind.giver_signs_last else draft.gives
        about = f"{about}: {theirs.name}"
    return f"{about} (N° {number})"


def _after_signature(session: "Session", moment: Moment, paper: Paper, slot: PaperSigner) -> None:
    """The last signature makes the acta evidence of the duty to keep the kardex."""
    acta_id = store.find_by_paper(session, paper.id)
    if acta_id is None or slot.role is not SignerRole.AUTHOR:
        return
    responsibilities.record_evidence_in(
        session,
        actor=moment.actor,
        now=moment.now,
        link=DutyLink.KARDEX,
        record_kind=RECORD_KIND,
        record_id=acta_id,
        label=paper.title,
        day=paper.dated,
    )


for _kind in ActaKind:
    papers.register_kind(_kind.paper_kind, KindHooks(signed=_after_signature))
