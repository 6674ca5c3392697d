"""A paper of a numbered series, issued in one go (its number reserved, built with it, its bytes fixed), and annulled.

What it says, and what is checked before a number is spent on it, is the module's that writes it.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers.rules import NewSigner
from sisfoh_desktop.modules.papers.service.issuing import annul_paper, freeze_paper
from sisfoh_desktop.modules.papers.service.numbers import reserve_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper


def issue_numbered(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    series_id: int,
    kind: str,
    title: Callable[[str], str],
    dated: date,
    subject: str,
    build: "Callable[[str], BuiltPaper]",
    signers: Sequence[NewSigner],
    on_frozen: "Callable[[Session, int, str], None]",
    still_due: "Callable[[Session], object] | None" = None,
    token: str | None = None,
) -> int:
    """Reserve the next number of the series in the year of `dated`, build the paper and freeze it; the paper's id.

    `title`, `build` and `on_frozen` (after the session and the paper's id) get the number as it is printed. Raises as
    `reserve_number` and `freeze_paper`; a number already reserved then waits for the same `subject`.
    `still_due` is asked as there.
    """
    number = reserve_number(
        db,
        actor=actor,
        now=now,
        series_id=series_id,
        year=dated.year,
        subject=subject,
        still_due=still_due,
        token=f"{token}:number" if token else None,
    )
    built = build(number.text)
    return freeze_paper(
        db,
        archive,
        actor=actor,
        now=now,
        kind=kind,
        title=title(number.text),
        number=number,
        dated=dated,
        subject=subject,
        pdf=built.pdf,
        pages=built.pages,
        boxes=built.boxes,
        signers=signers,
        on_frozen=partial(_frozen, on_frozen, number.text),
        token=token,
    )


def annul_numbered(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    paper_id: int,
    expected_version: int,
    reason: str,
    action: str,
    record: str,
    token: str | None = None,
) -> None:
    """Withdraw a paper that is not signed whole; the same commit says so as `action` in the trail of its `record`.

    RuleError as in `annul_paper`.
    """

    def on_annulled(session: "Session", annulled: int) -> None:
        record_audit(
            session,
            actor=actor,
            now=now,
            action=action,
            subject=record,
            after={"paper": annulled},
            reason=reason.strip(),
        )

    annul_paper(
        db,
        actor=actor,
        now=now,
        paper_id=paper_id,
        expected_version=expected_version,
        reason=reason,
        on_annulled=on_annulled,
        token=token,
    )


def _frozen(
    on_frozen: "Callable[[Session, int, str], None]", number: str, session: "Session", paper_id: int
) -> None:
    on_frozen(session, paper_id, number)
