"""Imported files, their quarantine and the confirmed mappings of columns: written, listed, settled."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, case, func, insert, select, update

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.poi.rules.column_mapping import heads_key
from sisfoh_desktop.modules.poi.rules.import_json import (
    doubts_json,
    doubts_of,
    findings_json,
    findings_of,
    mapping_json,
    mapping_of,
    reading_json,
    reading_of,
    row_json,
    row_of,
    rows_json,
)
from sisfoh_desktop.modules.poi.rules.import_plan import (
    FiveNumbers,
    ImportLine,
    ImportPlan,
    QuarantineLine,
    SavedMapping,
)
from sisfoh_desktop.modules.poi.rules.importing import CheckedRow, ColumnMapping, Profile, Reading
from sisfoh_desktop.modules.poi.rules.row_checks import Habits
from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.tables import (
    PoiImportRow,
    PoiMappingRow,
    PoiProgrammeRow,
    PoiQuarantineRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult, Select
    from sqlalchemy.orm import Session

_IMPORTS = cast(Table, PoiImportRow.__table__)
_QUARANTINE = cast(Table, PoiQuarantineRow.__table__)
_MAPPINGS = cast(Table, PoiMappingRow.__table__)
_PROGRAMME = cast(Table, PoiProgrammeRow.__table__)
_ROWS = 2_000  # written by one statement


# --- files ---


def add_import(
    session: "Session", plan: ImportPlan, *, plan_id: int, version_id: int, now: datetime, user: str
) -> int:
    """The file with its numbers, without its rows; its id."""
    row = PoiImportRow(
        plan_id=plan_id,
        version_id=version_id,
        file_name=plan.file_name,
        sha256=plan.sha256,
        mapping=mapping_json(plan.checked.file.mapping, plan.habits),
        row_count=plan.rows,
        accepted=plan.accepted,
        quarantined=plan.quarantined,
        rejected=plan.rejected,
        totals_checked=plan.totals_checked,
        findings=findings_json((*plan.checked.file.rejected, *plan.checked.total_findings)),
        totals=rows_json(plan.checked.file.totals),
        imported_at=now,
        imported_by=user,
    )
    session.add(row)
    session.flush()
    return row.id


def add_quarantine(session: "Session", import_id: int, rows: Sequence[tuple[CheckedRow, int]]) -> None:
    """Rows that wait for a person, each cell as it came, with their places in the plan."""
    values = [
        {
            "import_id": import_id,
            "sheet": one.row.sheet,
            "row": one.row.row,
            "cells": row_json(one.row, order),
            "findings": doubts_json(one.findings, one.readings, one.weaker),
            "state": RowState.PENDING.value,
            "reading": "",
            "settled_reason": "",
            "settled_by": "",
            "version": 1,
        }
        for one, order in rows
    ]
    for start in range(0, len(values), _ROWS):
        session.execute(insert(_QUARANTINE), values[start : start + _ROWS])


def list_imports(session: "Session", plan_id: int, *, sha256: str = "") -> list[ImportLine]:
    """The files imported into a plan (those of the bytes with `sha256`, if told), the newest first."""
    counted = (
        select(
            _QUARANTINE.c.import_id,
            *(
                func.sum(case((_QUARANTINE.c.state == state.value, 1), else_=0)).label(state.name)
                for state in RowState
            ),
        )
        .group_by(_QUARANTINE.c.import_id)
        .subquery()
    )
    query = select(_IMPORTS, counted.c.PENDING, counted.c.REGISTERED, counted.c.DISCARDED).outerjoin(
        counted, counted.c.import_id == _IMPORTS.c.id
    )
    query = query.where(_IMPORTS.c.plan_id == plan_id)
    if sha256:
        query = query.where(_IMPORTS.c.sha256 == sha256)
    return [
        ImportLine(
            id=row.id,
            plan_id=row.plan_id,
            version_id=row.version_id,
            file_name=row.file_name,
            sha256=row.sha256,
            numbers=FiveNumbers(
                rows=row.row_count,
                accepted=row.accepted,
                quarantined=row.PENDING or 0,
                repaired=row.REGISTERED or 0,
                rejected=row.rejected + (row.DISCARDED or 0),
                totals=row.totals_checked,
            ),
            findings=findings_of(row.findings),
            imported_at=row.imported_at,
            imported_by=row.imported_by,
        )
        for row in session.execute(query.order_by(_IMPORTS.c.id.desc()))
    ]


# --- what the rows meet ---


def origin_row(session: "Session", version_id: int, activity_id: int, import_id: int) -> int | None:
    """The row of a file that an activity of a version came from; None where it came otherwise."""
    return session.scalar(
        select(_PROGRAMME.c.origin_row).where(
            _PROGRAMME.c.version_id == version_id,
            _PROGRAMME.c.activity_id == activity_id,
            _PROGRAMME.c.origin_import_id == import_id,
        )
    )


# --- quarantine ---


def list_quarantine(session: "Session", plan_id: int, *, pending_only: bool = True) -> list[QuarantineLine]:
    """The rows of the newest file first, in the order of the file."""
    query = _quarantine().where(_IMPORTS.c.plan_id == plan_id)
    if pending_only:
        query = query.where(_QUARANTINE.c.state == RowState.PENDING.value)
    known: dict[str, tuple[ColumnMapping, Habits]] = {}
    rows = session.execute(query.order_by(_IMPORTS.c.id.desc(), _QUARANTINE.c.id))
    return [_line(row, known) for row in rows]


def load_quarantine(session: "Session", line_ids: Sequence[int]) -> list[QuarantineLine]:
    """These rows, waiting or settled, in the order asked; RuleError `quarantine_unknown`."""
    known: dict[str, tuple[ColumnMapping, Habits]] = {}
    found: dict[int, QuarantineLine] = {}
    for start in range(0, len(line_ids), _ROWS):
        part = line_ids[start : start + _ROWS]
        for row in session.execute(_quarantine().where(_QUARANTINE.c.id.in_(part))):
            found[row.id] = _line(row, known)
    if any(one not in found for one in line_ids):
        raise RuleError("quarantine_unknown", "Esa fila ya no está en cuarentena; actualice con F5.")
    return [found[one] for one in line_ids]


def record_settled(
    session: "Session",
    line_id: int,
    expected_version: int,
    *,
    state: RowState,
    reading: Reading | None,
    reason: str,
    now: datetime,
    user: str,
    activity_id: int | None,
) -> None:
    """What became of a row in quarantine; StaleRow when somebody settled it first."""
    changed = cast(
        "CursorResult[Any]",
        session.execute(
            update(_QUARANTINE)
            .where(_QUARANTINE.c.id == line_id, _QUARANTINE.c.version == expected_version)
            .values(
                state=state.value,
                reading=reading_json(reading) if reading is not None else "",
                settled_reason=reason,
                settled_at=now,
                settled_by=user,
                activity_id=activity_id,
                version=expected_version + 1,
            )
        ),
    )
    check_updated(changed.rowcount)


def discard_pending(
    session: "Session", import_ids: Sequence[int], *, reason: str, now: datetime, user: str
) -> int:
    """Discard what still waits of those files; how many rows it was."""
    if not import_ids:
        return 0
    changed = cast(
        "CursorResult[Any]",
        session.execute(
            update(_QUARANTINE)
            .where(_QUARANTINE.c.import_id.in_(import_ids), _QUARANTINE.c.state == RowState.PENDING.value)
            .values(
                state=RowState.DISCARDED.value,
                settled_reason=reason,
                settled_at=now,
                settled_by=user,
                version=_QUARANTINE.c.version + 1,
            )
        ),
    )
    return changed.rowcount


def _quarantine() -> "Select[Any]":
    return select(
        _QUARANTINE,
        _IMPORTS.c.plan_id,
        _IMPORTS.c.version_id,
        _IMPORTS.c.file_name,
        _IMPORTS.c.imported_at,
        _IMPORTS.c.mapping,
    ).join(_IMPORTS, _IMPORTS.c.id == _QUARANTINE.c.import_id)


def _line(row: Any, known: dict[str, tuple[ColumnMapping, Habits]]) -> QuarantineLine:
    if row.mapping not in known:
        known[row.mapping] = mapping_of(row.mapping)
    mapping, habits = known[row.mapping]
    file_row, order = row_of(row.cells)
    findings, readings, weaker = doubts_of(row.findings)
    return QuarantineLine(
        id=row.id,
        import_id=row.import_id,
        plan_id=row.plan_id,
        version_id=row.version_id,
        file_name=row.file_name,
        imported_at=row.imported_at,
        row=file_row,
        mapping=mapping,
        habits=habits,
        findings=findings,
        readings=readings,
        weaker=weaker,
        state=RowState(row.state),
        chosen=reading_of(row.reading) if row.reading else None,
        settled_reason=row.settled_reason,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        activity_id=row.activity_id or 0,
        order=order,
        version=row.version,
    )


# --- confirmed mappings ---


def list_mappings(session: "Session") -> list[SavedMapping]:
    """By name."""
    return [_mapping(row) for row in session.execute(select(_MAPPINGS).order_by(_MAPPINGS.c.name))]


def find_mapping(session: "Session", heads: Sequence[str]) -> SavedMapping | None:
    """The confirmed mapping of a layout with these titles."""
    row = session.execute(select(_MAPPINGS).where(_MAPPINGS.c.heads_key == heads_key(heads))).one_or_none()
    return _mapping(row) if row is not None else None


def save_mapping(session: "Session", name: str, mapping: ColumnMapping, *, now: datetime, user: str) -> int:
    """Keep a mapping for its titles, over an earlier one; its id."""
    values = {
        "name": name,
        "heads": json.dumps(mapping.heads, ensure_ascii=False),
        "meanings": json.dumps(mapping.meanings),
        "stage": mapping.stage,
        "confirmed_at": now,
        "confirmed_by": user,
    }
    earlier = find_mapping(session, mapping.heads)
    if earlier is not None:
        session.execute(
            update(_MAPPINGS)
            .where(_MAPPINGS.c.id == earlier.id)
            .values(**values, version=_MAPPINGS.c.version + 1)
        )
        return earlier.id
    row = PoiMappingRow(**values, heads_key=heads_key(mapping.heads))
    session.add(row)
    session.flush()
    return row.id


def _mapping(row: Any) -> SavedMapping:
    mapping = ColumnMapping(
        Profile.OWN, tuple(json.loads(row.meanings)), tuple(json.loads(row.heads)), row.stage
    )
    return SavedMapping(row.id, row.name, mapping, row.confirmed_at, row.confirmed_by, row.version)
