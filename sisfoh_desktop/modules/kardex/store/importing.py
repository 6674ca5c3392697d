"""Imported files and their quarantine: written, listed, settled."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm import aliased

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.kardex.rules.facts import MovementKind, NewMovement
from sisfoh_desktop.modules.kardex.rules.importing import (
    Finding,
    ImportLine,
    ImportPlan,
    Layout,
    QuarantineLine,
    QuarantineState,
)
from sisfoh_desktop.modules.kardex.tables import (
    KardexImportRow,
    KardexLineRow,
    KardexMovementRow,
    KardexQuarantineRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult, Select
    from sqlalchemy.orm import Session

_IMPORTS = cast(Table, KardexImportRow.__table__)
_QUARANTINE = cast(Table, KardexQuarantineRow.__table__)


def add_import(session: "Session", plan: ImportPlan, *, now: datetime, user: str) -> int:
    """The file with its five numbers, and its rows in quarantine; the file's id."""
    row = KardexImportRow(
        campaign_id=plan.campaign_id,
        file_name=plan.file_name,
        sha256=plan.sha256,
        row_count=plan.row_count,
        accepted=len(plan.accepted),
        quarantined=len(plan.quarantined),
        rejected=len(plan.rejected),
        totals_checked=plan.totals_checked,
        imported_at=now,
        imported_by=user,
    )
    session.add(row)
    session.flush()
    if plan.quarantined:
        session.execute(
            insert(_QUARANTINE),
            [
                {
                    "import_id": row.id,
                    "row": one.row.row,
                    "cells": json.dumps(
                        {
                            "sheet": one.row.sheet,
                            "layout": one.row.layout.value,
                            "has_condition": one.row.has_condition,
                            "texts": dict(one.row.texts),
                        },
                        ensure_ascii=False,
                    ),
                    "findings": json.dumps([asdict(finding) for finding in one.findings], ensure_ascii=False),
                    "state": QuarantineState.PENDING.value,
                    "settled_reason": "",
                    "settled_by": "",
                    "version": 1,
                }
                for one in plan.quarantined
            ],
        )
    return row.id


def list_imports(session: "Session", campaign_id: int, *, sha256: str = "") -> list[ImportLine]:
    """The imports into the campaign, the newest first; with `sha256` those of these very bytes."""
    pending = (
        select(func.count())
        .where(_QUARANTINE.c.import_id == _IMPORTS.c.id, _QUARANTINE.c.state == QuarantineState.PENDING.value)
        .scalar_subquery()
    )
    query = select(_IMPORTS, pending.label("pending")).where(_IMPORTS.c.campaign_id == campaign_id)
    if sha256:
        query = query.where(_IMPORTS.c.sha256 == sha256)
    return [
        ImportLine(
            id=row.id,
            file_name=row.file_name,
            sha256=row.sha256,
            rows=row.row_count,
            accepted=row.accepted,
            quarantined=row.quarantined,
            rejected=row.rejected,
            totals_checked=row.totals_checked,
            imported_at=row.imported_at,
            imported_by=row.imported_by,
            pending=row.pending,
        )
        for row in session.execute(query.order_by(_IMPORTS.c.id.desc()))
    ]


def discard_pending(session: "Session", import_ids: Sequence[int], *, reason: str, user: str) -> int:
    """Discard what still waits of those files; how many rows it was."""
    if not import_ids:
        return 0
    changed = cast(
        "CursorResult[Any]",
        session.execute(
            update(_QUARANTINE)
            .where(
                _QUARANTINE.c.import_id.in_(import_ids), _QUARANTINE.c.state == QuarantineState.PENDING.value
            )
            .values(
                state=QuarantineState.DISCARDED.value,
                settled_reason=reason,
                settled_by=user,
                version=_QUARANTINE.c.version + 1,
            )
        ),
    )
    return changed.rowcount


def list_quarantine(
    session: "Session", campaign_id: int, *, import_id: int = 0, pending_only: bool = True
) -> list[QuarantineLine]:
    """The rows of the newest file first, in the order of the file."""
    query = _quarantine().where(_IMPORTS.c.campaign_id == campaign_id)
    if import_id:
        query = query.where(_IMPORTS.c.id == import_id)
    if pending_only:
        query = query.where(_QUARANTINE.c.state == QuarantineState.PENDING.value)
    return [_line(row) for row in session.execute(query.order_by(_IMPORTS.c.id.desc(), _QUARANTINE.c.id))]


def count_pending(session: "Session", campaign_id: int) -> int:
    """How many rows of the campaign wait in quarantine."""
    query = (
        select(func.count())
        .select_from(_QUARANTINE.join(_IMPORTS, _IMPORTS.c.id == _QUARANTINE.c.import_id))
        .where(_IMPORTS.c.campaign_id == campaign_id, _QUARANTINE.c.state == QuarantineState.PENDING.value)
    )
    return session.scalar(query) or 0


def load_quarantine(session: "Session", quarantine_id: int) -> QuarantineLine:
    """One row, waiting or settled; RuleError `quarantine_unknown`."""
    row = session.execute(_quarantine().where(_QUARANTINE.c.id == quarantine_id)).one_or_none()
    if row is None:
        raise RuleError("quarantine_unknown", "Esa fila ya no está en cuarentena; actualice con F5.")
    return _line(row)


def record_settled(
    session: "Session",
    quarantine_id: int,
    expected_version: int,
    *,
    state: QuarantineState,
    reason: str,
    user: str,
) -> None:
    """What became of a row in quarantine; StaleRow when somebody settled it first."""
    changed = cast(
        "CursorResult[Any]",
        session.execute(
            update(_QUARANTINE)
            .where(_QUARANTINE.c.id == quarantine_id, _QUARANTINE.c.version == expected_version)
            .values(state=state.value, settled_reason=reason, settled_by=user, version=expected_version + 1)
        ),
    )
    check_updated(changed.rowcount)


def list_movements_between(
    session: "Session", type_ids: Sequence[int], since: date, until: date
) -> Iterator[tuple[NewMovement, int]]:
    """The movements of those types and days that were not reverted, as one asks for them, with their numbers."""
    reverting = aliased(KardexMovementRow)
    query = (
        select(KardexMovementRow, KardexLineRow.first_number, KardexLineRow.last_number)
        .join(KardexLineRow, KardexLineRow.movement_id == KardexMovementRow.id)
        .outerjoin(reverting, reverting.reverses_id == KardexMovementRow.id)
        .where(
            KardexMovementRow.form_type_id.in_(type_ids),
            KardexMovementRow.moved_on.between(since, until),
            KardexMovementRow.reverses_id.is_(None),
            reverting.id.is_(None),
        )
        .order_by(KardexMovementRow.id)
    )
    for row, parts in groupby(session.execute(query), key=lambda one: one[0]):
        forms = [FormRange(first, last) for _, first, last in parts if first is not None and last is not None]
        yield (
            NewMovement(
                kind=MovementKind(row.kind),
                type_id=row.form_type_id,
                moved_on=row.moved_on,
                from_holder_id=row.from_holder_id,
                to_holder_id=row.to_holder_id,
                ranges=FormRanges.of(forms),
                count=0 if forms else row.form_count,
                document=row.document,
            ),
            row.number,
        )


def _quarantine() -> "Select[Any]":
    return select(_QUARANTINE, _IMPORTS.c.file_name, _IMPORTS.c.imported_at, _IMPORTS.c.campaign_id).join(
        _IMPORTS, _IMPORTS.c.id == _QUARANTINE.c.import_id
    )


def _line(row: Any) -> QuarantineLine:
    cells = json.loads(row.cells)
    return QuarantineLine(
        id=row.id,
        import_id=row.import_id,
        campaign_id=row.campaign_id,
        file_name=row.file_name,
        imported_at=row.imported_at,
        row=row.row,
        sheet=cells["sheet"],
        layout=Layout(cells["layout"]),
        texts=cells["texts"],
        has_condition=cells["has_condition"],
        findings=tuple(
            Finding(**{**one, "candidates": tuple(one["candidates"])}) for one in json.loads(row.findings)
        ),
        state=QuarantineState(row.state),
        settled_reason=row.settled_reason,
        settled_by=row.settled_by,
        version=row.version,
    )
