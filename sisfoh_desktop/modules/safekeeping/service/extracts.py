"""The auditor's extract of the trail: looked at, numbered and frozen as a paper of the office, or as a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent, tell_each
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner
from sisfoh_desktop.modules.papers.service import KindHooks
from sisfoh_desktop.modules.safekeeping.rules import extract as rules
from sisfoh_desktop.modules.safekeeping.rules.extract import EXTRACT_KIND, Extract
from sisfoh_desktop.modules.safekeeping.rules.trail import (
    TrailFilter,
    TrailLine,
    check_filter,
    check_printable,
    filter_words,
    lines_of,
)
from sisfoh_desktop.modules.safekeeping.service import signers as signing
from sisfoh_desktop.modules.safekeeping.service.trail import RIGHT, Keep
from sisfoh_desktop.modules.safekeeping.store import trail as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

_CHECKS = ("auditoría", "libros")
_BLANK = "____"
_AT_ONCE = 1_000  # entries


extract_series = partial(papers.find_series, kind=EXTRACT_KIND)
"""The series that numbers the extracts, None while the office has none."""

create_extract_series = partial(papers.create_series, kind=EXTRACT_KIND, title=rules.SERIES_TITLE)
"""The series as the person confirmed its mask; all else as in `papers.service.create_series`."""


def series_proposal(db: Database, now: datetime) -> tuple[str, str]:
    """Title and mask to propose while there is no series."""
    return rules.series_proposal(*office.ule_siglas(db, now.astimezone(LIMA).date()))


def preview_extract(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    wanted: TrailFilter,
    keep: Keep | None = None,
    signers: Sequence[NewSigner] = (),
    progress: Progress = silent,
) -> bytes:
    """The extract as it would be frozen, PROYECTO across each page; `keep` gives what the list's columns let through.

    RuleError `not_allowed` without the right `audit.read`, `extract_empty`, `extract_too_long`, `dates_upside_down`.
    `progress` counts the entries twice, as they are read and as they are printed, and may raise Cancelled.
    """
    extract = replace(_gathered(db, actor, now, wanted, keep, progress=progress), number=_BLANK)
    return _built(db, extract, signers, watermark="PROYECTO", progress=progress).pdf


def freeze_extract(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    wanted: TrailFilter,
    keep: Keep | None = None,
    signers: Sequence[NewSigner],
    mask: str = "",
    token: str | None = None,
    progress: Progress = silent,
) -> int:
    """Number the extract, fix its bytes and set its round; the id of its paper.

    `progress` may cancel it until it has its number: nothing is written before. `mask` starts the series where there
    is none. Its head is that of the trail after its number was reserved. All columns are printed, whichever the list
    hides: an auditor's paper leaves out entries, which it says, and never who or when. RuleError as for the preview,
    `series_missing`, `author_missing`.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    check_right(actor, RIGHT)
    if not signers:
        raise RuleError(
            "author_missing", "Falta quién firme el extracto; no se hizo. Elija a un funcionario."
        )
    series = extract_series(db)
    if series is None and not mask:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere los extractos; no se hizo el extracto. Créela primero.",
        )
    # what the paper would say is built before a number is spent on it
    asked = replace(_gathered(db, actor, now, wanted, keep, progress=progress), number=_BLANK)
    _built(db, asked, signers, progress=progress)
    if series is None:
        series_id = create_extract_series(
            db, actor=actor, now=now, mask=mask, token=f"{token}:series" if token else None
        )
    else:
        series_id = series.id
    with db.reading() as session:
        entry_count, _head = store.load_head(session)
    extract = asked

    def build(number: str) -> "BuiltPaper":
        nonlocal extract
        extract = replace(_gathered(db, actor, now, wanted, keep), number=number)
        return _built(db, extract, signers)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        _record(session, actor, now, extract, f"paper:{paper_id}", "pdf", number=number)

    return papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series_id,
        kind=EXTRACT_KIND,
        title=lambda number: f"Extracto del historial N° {number}: {filter_words(wanted)}"[:300],
        dated=now.astimezone(LIMA).date(),
        subject=f"audit:1-{entry_count}",
        build=build,
        signers=signers,
        on_frozen=on_frozen,
        token=token,
    )


def extract_workbook(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    wanted: TrailFilter,
    keep: Keep | None = None,
    shown: Sequence[str] = rules.LIST_COLUMNS,
    progress: Progress = silent,
) -> bytes:
    """The extract as .xlsx, of any length that a sheet takes; that it was made stands in the trail.

    `keep` and `shown` are what the list's columns let through and which of them are seen, in their order.
    RuleError `not_allowed` without the right `audit.read`, `extract_empty`, `dates_upside_down`. Cancelled through
    `progress`: it was not made, and the trail does not say so.
    """
    from sisfoh_desktop.modules.safekeeping.sheet.extract import extract_xlsx

    told = "; ".join(part for part in (wanted.also, rules.hidden_words(shown)) if part)
    extract = _gathered(db, actor, now, replace(wanted, also=told), keep, for_paper=False, progress=progress)
    foot = (
        f"{rules.made_words(extract)} {rules.scope_words(extract)} Huella de la anotación N° {extract.entry_count}: "
        f"{extract.head}"
    )
    made = extract_xlsx(extract.lines, foot, mark=office.watermark(db), shown=shown, progress=progress)
    with db.transaction() as session:
        _record(session, actor, now, extract, "audit", "xlsx")
    return made


def _gathered(
    db: Database,
    actor: Actor,
    now: datetime,
    wanted: TrailFilter,
    keep: Keep | None = None,
    *,
    for_paper: bool = True,
    progress: Progress = silent,
) -> Extract:
    """What the extract tells, read at one moment; then the whole trail is walked."""
    check_right(actor, RIGHT)
    check_filter(wanted)
    with db.reading() as session:
        entry_count, head = store.load_head(session)
        count = store.count_entries(session, wanted)
        check_printable(count if for_paper and keep is None else min(count, 1))
        entries = store.each_entry(session, wanted, until_entry=entry_count)
        lines = _kept(lines_of(tell_each(entries, count, progress)), keep)
    check_printable(len(lines) if for_paper else min(len(lines), 1))
    checks = [one for one in check_database(db) if one.name in _CHECKS]
    entity = office.find_municipality(db)
    return Extract(
        wanted=wanted,
        lines=lines,
        entry_count=entry_count,
        head=head,
        verdict=tuple(one.detail for one in checks),
        sound=all(one.ok for one in checks),
        made_at=now,
        made_by=actor.user,
        place=entity.place_name if entity else "",
    )


def _kept(lines: Iterable[TrailLine], keep: Keep | None) -> tuple[TrailLine, ...]:
    """Those that are let through, looked at some at a time: the trail may be long and what is kept of it short."""
    if keep is None:
        return tuple(lines)
    kept: list[TrailLine] = []
    rest = iter(lines)
    while some := list(islice(rest, _AT_ONCE)):
        kept += keep(some)
    return tuple(kept)


def _built(
    db: Database,
    extract: Extract,
    signers: Sequence[NewSigner],
    *,
    watermark: str = "",
    progress: Progress = silent,
) -> "BuiltPaper":
    from sisfoh_desktop.modules.safekeeping.report.extract import extract_pdf

    day = extract.dated
    unit = office.ule_unit(db, day)
    return extract_pdf(
        extract,
        office.letterhead(db, day, unit.name if unit is not None else ""),
        slots=signing.slots_of(signers),
        legend=office.legend(db, day) if signers else "",
        watermark=office.watermark(db, watermark),
        progress=progress,
    )


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    extract: Extract,
    subject: str,
    form: str,
    number: str = "",
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action="audit.extract",
        subject=subject,
        after={
            **({"number": number} if number else {}),
            "format": form,
            "filter": filter_words(extract.wanted),
            "entries": len(extract.lines),
            "first_entry": extract.lines[0].id,
            "last_entry": extract.lines[-1].id,
            "head": extract.head,
        },
    )


papers.register_kind(EXTRACT_KIND, KindHooks())
