"""Reads and writes of the reviews of accesses; none is ever changed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.people.rules.facts import AccessReview
from sisfoh_desktop.modules.people.rules.reviews import kept_lines, read_lines
from sisfoh_desktop.modules.people.tables import AccessReviewRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session


def list_reviews(session: "Session") -> list[AccessReview]:
    """The newest first."""
    rows = session.scalars(select(AccessReviewRow).order_by(AccessReviewRow.id.desc()))
    return [_review(row) for row in rows]


def newest_review(session: "Session") -> AccessReview | None:
    """The last one, None while there is none."""
    row = session.scalars(select(AccessReviewRow).order_by(AccessReviewRow.id.desc()).limit(1)).one_or_none()
    return None if row is None else _review(row)


def load_review(session: "Session", review_id: int) -> AccessReview:
    """RuleError `review_unknown`."""
    row = session.get(AccessReviewRow, review_id)
    if row is None:
        raise RuleError(
            "review_unknown", "Esa revisión no existe en esta base; no se abrió nada. Actualice con F5."
        )
    return _review(row)


def find_by_paper(session: "Session", paper_id: int) -> int | None:
    """The review whose printed record is this paper."""
    return session.scalar(select(AccessReviewRow.id).where(AccessReviewRow.paper_id == paper_id))


def add_review(session: "Session", review: AccessReview) -> int:
    """Its id."""
    done = cast(
        "CursorResult[Any]",
        session.execute(
            insert(AccessReviewRow).values(
                reviewed_at=review.reviewed_at,
                reviewed_by=review.reviewed_by,
                findings=kept_lines(review.lines),
                note=review.note,
                paper_id=review.paper_id,
            )
        ),
    )
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


def _review(row: AccessReviewRow) -> AccessReview:
    review = AccessReview(row.reviewed_at, row.reviewed_by, read_lines(row.findings), row.note)
    return replace(review, paper_id=row.paper_id, id=row.id)
