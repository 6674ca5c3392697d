"""The half-yearly review of accesses: drawn up, decided line by line, recorded with its printed and signed record.

Who is to leave leaves in the commit that records it; changes of roles are decided here and made in `users`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner, check_round
from sisfoh_desktop.modules.papers.service import KindHooks
from sisfoh_desktop.modules.people.rules import reviews as rules
from sisfoh_desktop.modules.people.rules.facts import AccessReview, Decision, ReviewLine
from sisfoh_desktop.modules.people.service.review_papers import (
    build_review,
    chosen_signers,
    proposed_signers,
    signer_choices,
)
from sisfoh_desktop.modules.people.service.users import check_manager, end_user_in
from sisfoh_desktop.modules.people.store import reviews as store
from sisfoh_desktop.modules.people.store import users as user_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

__all__ = [
    "add_review",
    "chosen_signers",
    "create_review_series",
    "draft_lines",
    "due_on",
    "list_reviews",
    "load_review",
    "preview_review",
    "proposed_signers",
    "review_pdf",
    "review_series",
    "series_proposal",
    "signer_choices",
]

RECORD_KIND = "access_review"


# --- the series ---


review_series = partial(papers.find_series, kind=rules.SERIES)
"""The series that numbers the printed records, None while the office has none."""

create_review_series = partial(papers.create_series, kind=rules.SERIES)
"""The series as it was confirmed; all else, and its errors, as in `papers.service.create_series`."""


def series_proposal(db: Database, on: date) -> tuple[str, str]:
    """Title and mask to propose while there is no series."""
    return rules.series_proposal(*office.ule_siglas(db, on))


# --- making ---


def draft_lines(db: Database) -> tuple[ReviewLine, ...]:
    """Everybody who has not left, as they are now, to be decided about."""
    with db.reading() as session:
        return rules.lines_of(user_store.list_users(session))


def due_on(db: Database) -> date | None:
    """By when the next review falls due; None in a base without users."""
    with db.reading() as session:
        newest = store.newest_review(session)
        users = user_store.list_users(session)
    set_at = [user.password_set_at for user in users if user.password_set_at is not None]
    return rules.due_on(newest.reviewed_at if newest else None, min(set_at, default=None))


def preview_review(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    lines: Sequence[ReviewLine],
    note: str = "",
    signers: Sequence[NewSigner] = (),
) -> bytes:
    """The record as it would be frozen, PROYECTO across each page. RuleError as in `add_review`."""
    review = _checked(db, actor, now, lines, note)
    dated = _day(now)
    series = review_series(db)
    mask = series.mask if series else series_proposal(db, dated)[1]
    shown = replace(review, number_text=blank_number(mask, dated.year))
    round_ = signers or proposed_signers(db, dated)
    return build_review(db, shown, dated, signers=round_, watermark="PROYECTO").pdf


def add_review(
    db: Database,
    archive: Archive | None,
    *,
    actor: Actor,
    now: datetime,
    lines: Sequence[ReviewLine],
    note: str = "",
    signers: Sequence[NewSigner] = (),
    token: str | None = None,
) -> int:
    """Record the review, with its numbered paper in the archive when somebody signs it; its id.

    RuleError `review_outdated`, `review_note_missing`, `series_missing`, `own_access`, `last_administrator`,
    `not_allowed`; nothing is recorded then.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return _review_of_paper(db, int(earlier.result)) if signers else int(earlier.result)
    check_manager(actor)
    review = _checked(db, actor, now, lines, note)
    if not signers or archive is None:
        return db.run_once(token, lambda session: _add_in(session, actor, now, review))
    check_round(signers)
    dated = _day(now)
    series = review_series(db)
    if series is None:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere las revisiones de accesos; no se registró nada. Créela primero.",
        )
    # what the paper would say is built before a number is spent on it
    build_review(
        db, replace(review, number_text=blank_number(series.mask, dated.year)), dated, signers=signers
    )

    def build(number: str) -> "BuiltPaper":
        return build_review(db, replace(review, number_text=number), dated, signers=signers)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        _add_in(session, actor, now, replace(review, paper_id=paper_id, number_text=number))

    def still_due(session: "Session") -> None:
        """Somebody else may have reviewed meanwhile: a second number would be left without a paper."""
        rules.checked_lines(review.lines, user_store.list_users(session))

    paper_id = papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series.id,
        kind=rules.PAPER_KIND,
        title="Revisión de accesos (N° {})".format,
        dated=dated,
        subject=f"{RECORD_KIND}:{dated.isoformat()}",
        build=build,
        signers=signers,
        on_frozen=on_frozen,
        still_due=still_due,
        token=token,
    )
    return _review_of_paper(db, paper_id)


# --- lists ---


def list_reviews(db: Database) -> list[AccessReview]:
    """The newest first, each with the number and state of its paper."""
    with db.reading() as session:
        reviews = store.list_reviews(session)
    ids = [one.paper_id for one in reviews if one.paper_id is not None]
    lines = {line.id: line for line in papers.list_papers(db, ids=ids)} if ids else {}
    return [
        replace(one, number_text=paper.number_text, paper_state=paper.state.value)
        if one.paper_id is not None and (paper := lines.get(one.paper_id)) is not None
        else one
        for one in reviews
    ]


def load_review(db: Database, review_id: int) -> AccessReview:
    """RuleError `review_unknown`."""
    with db.reading() as session:
        return store.load_review(session, review_id)


def review_pdf(db: Database, archive: Archive, review_id: int) -> bytes:
    """The archived bytes of its record, or a copy for work of a review that has none."""
    review = load_review(db, review_id)
    if review.paper_id is not None:
        return papers.paper_bytes(db, archive, review.paper_id)
    return build_review(db, review, _day(review.reviewed_at)).pdf


# --- inside ---


def _checked(
    db: Database, actor: Actor, now: datetime, lines: Sequence[ReviewLine], note: str
) -> AccessReview:
    with db.reading() as session:
        users = user_store.list_users(session)
    return AccessReview(now, actor.user, rules.checked_lines(lines, users), rules.clean_note(note))


def _add_in(session: "Session", actor: Actor, now: datetime, review: AccessReview) -> int:
    user_store.lock_users(session)
    rules.checked_lines(review.lines, user_store.list_users(session))
    review_id = store.add_review(session, review)
    for line in review.lines:
        if line.decision is Decision.END:
            end_user_in(session, actor=actor, now=now, user_id=line.user_id, reason=line.note)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="access_review.add",
        subject=f"{RECORD_KIND}:{review_id}",
        after={
            "kept": review.count(Decision.KEEP),
            "changed": [line.name for line in review.lines if line.decision is Decision.CHANGE],
            "ended": [line.name for line in review.lines if line.decision is Decision.END],
            **({"number": review.number_text, "paper": review.paper_id} if review.paper_id else {}),
            **({"note": review.note} if review.note else {}),
        },
    )
    return review_id


def _review_of_paper(db: Database, paper_id: int) -> int:
    """The review of a paper that is known to be one."""
    with db.reading() as session:
        review_id = store.find_by_paper(session, paper_id)
    assert review_id is not None  # written in the commit that froze the paper
    return review_id


def _day(now: datetime) -> date:
    return now.astimezone(LIMA).date()


papers.register_kind(rules.PAPER_KIND, KindHooks())
