"""Who looked at personal data, printed a paper or took one out of the program: entries of the trail without a change.

Each is a transaction of its own, written before the data is shown, and before or right after the paper has left (DS
016-2024-JUS, art. 46.3). What changes a record is told by the module that changes it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.leaving import ListOut, PaperOut
from sisfoh_desktop.db.audit import record_audit

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

SHORTEST_REASON = 8
LONGEST_REASON = 300
_LONGEST_TEXT = 200
_MOST_COLUMNS = 40


def checked_reason(reason: str) -> str:
    """The reason as it is kept; RuleError `reason_missing` where it says too little, or `reason_too_long`."""
    told = " ".join(reason.split())
    if len(told) < SHORTEST_REASON:
        raise RuleError(
            "reason_missing",
            f"Falta el motivo (al menos {SHORTEST_REASON} letras); no se mostró ni se guardó nada. "
            "Escriba para qué necesita los datos.",
        )
    if len(told) > LONGEST_REASON:
        raise RuleError(
            "reason_too_long",
            f"El motivo pasa de {LONGEST_REASON} letras; no se mostró ni se guardó nada. Acórtelo.",
        )
    return told


def record_view(
    db: "Database", *, actor: Actor, now: datetime, subject: str, person: str, reason: str
) -> None:
    """Note that the whole DNI of `person` is about to be shown; nothing may be shown unless this returns.

    RuleError `not_allowed` without the right `personal.view`, `reason_missing`.
    """
    told = checked_reason(reason)
    with db.transaction() as session:
        record_audit(
            session,
            actor=actor,
            now=now,
            action="personal.view",
            subject=subject,
            after={"person": person[:_LONGEST_TEXT]},
            reason=told,
        )


def record_dni_search(db: "Database", *, actor: Actor, now: datetime, dni: str, found: Sequence[str]) -> None:
    """Note that somebody looked for a person by a whole DNI, before what was found is shown.

    `dni` is the masked one; `found` are the subjects that bear it, as the trail names them.
    """
    after = {"dni": dni, "found": ", ".join(list(found)[:_MOST_COLUMNS])[:_LONGEST_TEXT]}
    _note(db, actor, now, "personal.search", "search", after)


def record_print(
    db: "Database", *, actor: Actor, now: datetime, paper: PaperOut, subject: str = "print"
) -> None:
    """Note that a paper went to the printer."""
    after = {
        **_paper_told(paper),
        "page_range": paper.page_range,
        "copies": paper.copies,
        "printer": paper.printer[:_LONGEST_TEXT],
    }
    _note(db, actor, now, "print.paper", subject, after)


def record_saved(
    db: "Database", *, actor: Actor, now: datetime, paper: PaperOut, subject: str = "export"
) -> None:
    """Note that a paper was saved to a file outside the archive."""
    _note(db, actor, now, "export.paper", subject, _paper_told(paper))


def record_export(
    db: "Database",
    *,
    actor: Actor,
    now: datetime,
    exported: ListOut,
    personal: bool = False,
    reason: str = "",
    subject: str = "export",
) -> None:
    """Note that a list goes to a file; of personal data only with its right and a reason.

    RuleError `not_allowed` without the right `personal.export`, `reason_missing`: call it before the file is written.
    """
    after = {
        "title": exported.title[:_LONGEST_TEXT],
        "file_name": exported.file_name[:_LONGEST_TEXT],
        "columns": ", ".join(list(exported.columns)[:_MOST_COLUMNS]),
        "row_count": exported.row_count,
    }
    if personal:
        _note(db, actor, now, "personal.export", subject, after, checked_reason(reason))
    else:
        _note(db, actor, now, "export.list", subject, after)


def _paper_told(paper: PaperOut) -> dict[str, Any]:
    return {
        "title": paper.title[:_LONGEST_TEXT],
        "file_name": paper.file_name[:_LONGEST_TEXT],
        "sha256": paper.sha256,
        "pages": paper.pages,
    }


def _note(
    db: "Database",
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    after: dict[str, Any],
    reason: str = "",
) -> None:
    with db.transaction() as session:
        record_audit(
            session, actor=actor, now=now, action=action, subject=subject, after=after, reason=reason
        )
