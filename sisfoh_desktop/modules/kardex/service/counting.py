"""Counts of forms and what they are compared for: the cuadre, its differences, the closing of a campaign.

The cuadre itself is in `counting_cuadre`, closing in `closing`; both are offered from here.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent, tell_each
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.counting import (
    Count,
    CountKind,
    CountLine,
    CountListLine,
    NewCount,
    check_count,
    check_count_day,
    lines_of,
)
from sisfoh_desktop.modules.kardex.rules.digitised import CountImport, take_rows
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, FormType
from sisfoh_desktop.modules.kardex.service.closing import check_closing, close_campaign, reopen_campaign
from sisfoh_desktop.modules.kardex.service.counting_cuadre import cuadre, explain_difference
from sisfoh_desktop.modules.kardex.service.moving import record_sighting_in
from sisfoh_desktop.modules.kardex.sheet.digitised import read_digitised
from sisfoh_desktop.modules.kardex.store import catalogue, counts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "check_closing",
    "check_digitised",
    "close_campaign",
    "cuadre",
    "explain_difference",
    "import_digitised",
    "list_counts",
    "load_count",
    "record_count",
    "reopen_campaign",
]

_LONGEST_AUDITED = 2_000


def list_counts(db: Database, campaign_id: int) -> list[CountListLine]:
    """Every count of the campaign, the newest first; those that were replaced say so."""
    with db.reading() as session:
        return counts.list_counts(session, campaign_id)


def load_count(db: Database, count_id: int) -> Count:
    """One count with its lines. RuleError `count_unknown`."""
    with db.reading() as session:
        return counts.load_count(session, count_id)


def record_count(
    db: Database, *, actor: Actor, now: datetime, count: NewCount, token: str | None = None
) -> int:
    """Record an arqueo; its id. Lost forms that it found are remembered as seen again.

    RuleError as in `rules.counting.check_count`, or `count_replaced` when the count to correct no longer stands.
    """
    document = clean_text(
        count.document, what="el documento del arqueo", limit=200, required=True, one_line=True
    )

    def change(session: "Session") -> int:
        form_type = catalogue.load_type(session, count.type_id)
        holder = catalogue.load_holder(session, count.holder_id)
        campaign = catalogue.load_campaign(session, form_type.campaign_id)
        check_count(count, form_type, holder, campaign, today=now.astimezone(LIMA).date())
        if count.replaces_id is not None:
            _check_replaces(session, count.replaces_id, CountKind.PHYSICAL, form_type, holder.id)
        lines = lines_of(count)
        count_id = counts.add_count(
            session,
            kind=CountKind.PHYSICAL,
            type_id=form_type.id,
            holder_id=holder.id,
            counted_on=count.counted_on,
            source=document,
            sha256="",
            replaces_id=count.replaces_id,
            registered_at=now,
            registered_by=actor.user,
            lines=lines,
        )
        _record_sightings(
            session, actor, now, form_type, lines, f"arqueo de {holder.name} ({document})", count.counted_on
        )
        told = "; ".join(
            f"{one.condition.label}: {form_type.ranges_text(one.ranges) or one.count}" for one in count.found
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="kardex_count.add",
            subject=f"kardex_count:{count_id}",
            after={
                "form_type": form_type.code,
                "holder": holder.name,
                "counted_on": count.counted_on,
                "found": told[:_LONGEST_AUDITED],
                "document": document,
                "replaces": count.replaces_id,
            },
        )
        return count_id

    return db.run_once(token, change)


def check_digitised(
    db: Database,
    *,
    type_id: int,
    file_name: str,
    data: bytes,
    counted_on: date,
    today: date,
    progress: Progress = silent,
) -> CountImport:
    """What importing this file would do; nothing is stored. `progress` counts its rows and may raise Cancelled.

    FileFailed for a file that cannot be read; RuleError `digitised_no_numbers`, `digitised_not_numbered`, or of the
    day.
    """
    with db.reading() as session:
        form_type = catalogue.load_type(session, type_id)
        campaign = catalogue.load_campaign(session, form_type.campaign_id)
    _check_can_import(form_type, campaign, counted_on, today)
    return _read_digitised(db, type_id, file_name, data, counted_on, progress)


def _read_digitised(
    db: Database,
    type_id: int,
    file_name: str,
    data: bytes,
    counted_on: date,
    progress: Progress = silent,
) -> CountImport:
    with db.reading() as session:
        form_type = catalogue.load_type(session, type_id)
        campaign = catalogue.load_campaign(session, form_type.campaign_id)
        people = catalogue.list_holders(session)
    table = read_digitised(data, file_name, type_code=form_type.code, progress=progress)
    rows = tell_each(table.rows, len(table.rows), progress)
    lines, findings = take_rows(rows, form_type, people, campaign, counted_on=counted_on)
    return CountImport(
        file_name=table.file_name,
        row_count=len(table.rows),
        form_count=sum(line.form_count for line in lines),
        findings=(*findings, *table.notes),
        lines=tuple(lines),
    )


def import_digitised(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    type_id: int,
    file_name: str,
    data: bytes,
    counted_on: date,
    replaces_id: int | None = None,
    token: str | None = None,
    progress: Progress = silent,
) -> CountImport:
    """Record what was digitised up to a day, from a spreadsheet of numbers: the whole file, or nothing of it.

    Cancelled through `progress`: nothing of it.

    A file with rows that cannot be read gives its findings and is not stored (`refused`). RuleError `digitised_again`
    for the same file twice, `digitised_empty` for one without numbers; else as `check_digitised`.
    """
    known = db.find_answer(token)
    if known is not None:  # whatever happened to the campaign since
        read = _read_digitised(db, type_id, file_name, data, counted_on)
        return replace(read, count_id=int(known.result))
    checked = check_digitised(
        db,
        type_id=type_id,
        file_name=file_name,
        data=data,
        counted_on=counted_on,
        today=now.astimezone(LIMA).date(),
        progress=progress,
    )
    if checked.refused:
        return checked
    if not checked.lines:
        raise RuleError(
            "digitised_empty",
            f"«{checked.file_name}» no tiene ningún número de formulario; no se guardó nada.",
        )
    sha256 = hashlib.sha256(data).hexdigest()

    def change(session: "Session") -> int:
        form_type = catalogue.load_type(session, type_id)
        campaign = catalogue.load_campaign(session, form_type.campaign_id)
        _check_can_import(form_type, campaign, counted_on, now.astimezone(LIMA).date())
        if replaces_id is not None:
            _check_replaces(session, replaces_id, CountKind.DIGITISED, form_type, None)
        same = counts.find_same_file(session, type_id, sha256)
        if same is not None:
            raise RuleError(
                "digitised_again",
                f"«{checked.file_name}» ya se importó con corte al {format_date(same)}; no se guardó otra vez. "
                "Si hay un archivo nuevo, impórtelo en reemplazo del anterior.",
            )
        count_id = counts.add_count(
            session,
            kind=CountKind.DIGITISED,
            type_id=type_id,
            holder_id=None,
            counted_on=counted_on,
            source=checked.file_name,
            sha256=sha256,
            replaces_id=replaces_id,
            registered_at=now,
            registered_by=actor.user,
            lines=checked.lines,
        )
        seen_in = f"digitación, archivo «{checked.file_name}»"
        _record_sightings(session, actor, now, form_type, checked.lines, seen_in, counted_on)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="kardex_count.import",
            subject=f"kardex_count:{count_id}",
            after={
                "form_type": form_type.code,
                "file_name": checked.file_name,
                "sha256": sha256,
                "counted_on": counted_on,
                "form_count": checked.form_count,
                "replaces": replaces_id,
            },
        )
        progress(0, 0)
        return count_id

    return replace(checked, count_id=db.run_once(token, change))


def _check_can_import(form_type: FormType, campaign: Campaign, counted_on: date, today: date) -> None:
    if not form_type.serialised:
        raise RuleError(
            "digitised_not_numbered",
            f"{form_type.code} no lleva número: lo digitado no se puede comparar formulario por formulario.",
        )
    if campaign.closed_on is not None:
        raise RuleError(
            "campaign_closed",
            f"La campaña «{campaign.name}» se cerró el {format_date(campaign.closed_on)}; reábrala para importar lo "
            "digitado. No se guardó nada.",
        )
    check_count_day(counted_on, campaign, today=today)


def _check_replaces(
    session: "Session", count_id: int, kind: CountKind, form_type: FormType, holder_id: int | None
) -> None:
    """Only a count of the same sort, type and holder is corrected by another, and only once."""
    earlier = counts.load_count(session, count_id)
    if counts.find_replacement(session, count_id) is not None:
        raise RuleError(
            "count_replaced",
            "Otra persona ya registró un conteo en reemplazo de ese; actualice con F5 y reemplace el último.",
        )
    if (earlier.kind, earlier.type_id, earlier.holder_id) != (kind, form_type.id, holder_id):
        raise RuleError(
            "count_of_another",
            "El conteo que quiere reemplazar es de otra persona, de otro formulario o de otra clase; elija el suyo.",
        )


def _record_sightings(
    session: "Session",
    actor: Actor,
    now: datetime,
    form_type: FormType,
    lines: Iterable[CountLine],
    seen_in: str,
    seen_on: date,
) -> None:
    """Remember the lost forms among these."""
    counted = FormRanges.of(line.forms for line in lines if line.forms is not None)
    lost = counts.lost_forms(session, form_type.id) & counted
    if lost:
        record_sighting_in(
            session,
            actor=actor,
            now=now,
            type_id=form_type.id,
            ranges=lost,
            seen_in=seen_in,
            seen_on=seen_on,
        )
