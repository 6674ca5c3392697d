"""Reads and writes of evidence, which is only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities.rules import (
    DutyLink,
    DutyState,
    Evidence,
    EvidenceKind,
    MatrixState,
    Progress,
)
from sisfoh_desktop.modules.responsibilities.tables import (
    DutyEvidenceRow,
    ResponsibilityDutyRow,
    ResponsibilityMatrixRow,
    ResponsibilityUnitRow,
)

NEWEST_SHOWN = 60  # entries of one duty; a weekly one leaves 52 a year


@dataclass(frozen=True)
class DutyPlace:
    """Where a duty stands and how: what an entry of evidence needs to know before it is written."""

    duty_id: int
    matrix_id: int
    matrix_state: MatrixState
    state: DutyState


def claim_duties(session: Session, which: ColumnElement[bool]) -> list[DutyPlace]:
    """The duties that fit, their matrices kept from others until the commit, the newest matrix first."""
    duty, unit, matrix = ResponsibilityDutyRow, ResponsibilityUnitRow, ResponsibilityMatrixRow
    found = (
        select(duty.id, unit.matrix_id)
        .join(unit, unit.id == duty.matrix_unit_id)
        .join(matrix, matrix.id == unit.matrix_id)
        .where(which)
    )
    matrix_ids = sorted({row.matrix_id for row in session.execute(found)})
    if not matrix_ids:
        return []
    # first the locks, then the truth: what was read above may have changed meanwhile
    session.execute(
        select(matrix.id).where(matrix.id.in_(matrix_ids)).order_by(matrix.id).with_for_update()
    ).all()
    rows = session.execute(
        select(duty.id, duty.state, unit.matrix_id, matrix.state.label("matrix_state"))
        .join(unit, unit.id == duty.matrix_unit_id)
        .join(matrix, matrix.id == unit.matrix_id)
        .where(which, matrix.id.in_(matrix_ids))
        .order_by(matrix.id.desc(), unit.position, duty.position)
    )
    return [
        DutyPlace(row.id, row.matrix_id, MatrixState(row.matrix_state), DutyState(row.state)) for row in rows
    ]


def claim_duty(session: Session, duty_id: int) -> DutyPlace:
    """One duty as in `claim_duties`; RuleError `duty_unknown`."""
    found = claim_duties(session, ResponsibilityDutyRow.id == duty_id)
    if not found:
        raise RuleError(
            "duty_unknown", "Esa función ya no está en la matriz; actualice con F5. No se registró nada."
        )
    return found[0]


def claim_linked(session: Session, link: DutyLink, matrix_id: int = 0) -> list[DutyPlace]:
    """The duties of this link in the newest matrix in force that has any, or in `matrix_id` in any state."""
    which = ResponsibilityDutyRow.link == link
    if matrix_id:
        return claim_duties(session, which & (ResponsibilityMatrixRow.id == matrix_id))
    found = claim_duties(session, which & (ResponsibilityMatrixRow.state == MatrixState.IN_FORCE))
    return [place for place in found if place.matrix_id == found[0].matrix_id]


def record_duty_state(session: Session, place: DutyPlace, state: DutyState) -> None:
    """The duty's new state; its matrix gets a new version, so that nobody who has the old one open undoes it."""
    session.execute(
        update(ResponsibilityDutyRow).where(ResponsibilityDutyRow.id == place.duty_id).values(state=state)
    )
    matrix = ResponsibilityMatrixRow
    session.execute(update(matrix).where(matrix.id == place.matrix_id).values(version=matrix.version + 1))


def add_evidence(session: Session, evidence: Evidence, *, now: datetime, user: str) -> int:
    """Write a new entry; its id."""
    row = DutyEvidenceRow(
        duty_id=evidence.duty_id,
        kind=evidence.kind,
        text=evidence.text,
        day=evidence.day,
        file_sha256=evidence.file_sha256,
        file_name=evidence.file_name,
        record_kind=evidence.record_kind,
        record_id=evidence.record_id,
        reverses_id=None,
        recorded_at=now,
        recorded_by=user,
    )
    session.add(row)
    session.flush()
    return row.id


def add_reversal(session: Session, evidence: Evidence, reason: str, *, now: datetime, user: str) -> None:
    """Write the entry that withdraws `evidence`."""
    session.execute(
        insert(DutyEvidenceRow).values(
            duty_id=evidence.duty_id,
            kind=EvidenceKind.REVERSAL,
            text=reason,
            day=evidence.day,
            file_sha256="",
            file_name="",
            record_kind=evidence.record_kind,
            record_id=evidence.record_id,
            reverses_id=evidence.id,
            recorded_at=now,
            recorded_by=user,
        )
    )


def load_evidence(session: Session, evidence_id: int) -> Evidence:
    """One entry; RuleError `evidence_unknown`."""
    found = _list(session, DutyEvidenceRow.id == evidence_id)
    if not found:
        raise RuleError("evidence_unknown", "Esa evidencia no existe; actualice con F5. No se cambió nada.")
    return found[0]


def list_of_record(session: Session, record_kind: str, record_id: int) -> list[Evidence]:
    """The entries that another module's record left, withdrawn ones included."""
    row = DutyEvidenceRow
    return _list(session, (row.record_kind == record_kind) & (row.record_id == record_id))


def list_of_matrix(session: Session, matrix_id: int) -> list[Evidence]:
    """The newest entries of each duty of the matrix, the newest first."""
    newest = (
        select(
            DutyEvidenceRow.id,
            func.row_number()
            .over(
                partition_by=DutyEvidenceRow.duty_id,
                order_by=(DutyEvidenceRow.day.desc(), DutyEvidenceRow.id.desc()),
            )
            .label("place"),
        )
        .where(DutyEvidenceRow.duty_id.in_(_duties_of(ResponsibilityMatrixRow.id == matrix_id)))
        .where(DutyEvidenceRow.kind != EvidenceKind.REVERSAL)
        .subquery()
    )
    chosen = select(newest.c.id).where(newest.c.place <= NEWEST_SHOWN)
    return _list(session, DutyEvidenceRow.id.in_(chosen))


def list_kept_files(session: Session, matrix_id: int) -> list[tuple[int, str]]:
    """Duty and SHA-256 of every file that still counts as evidence in the matrix."""
    rows = session.execute(
        select(DutyEvidenceRow.duty_id, DutyEvidenceRow.file_sha256)
        .where(DutyEvidenceRow.file_sha256 != "", _counts())
        .where(DutyEvidenceRow.duty_id.in_(_duties_of(ResponsibilityMatrixRow.id == matrix_id)))
    )
    return [(row.duty_id, row.file_sha256) for row in rows]


def list_all_files(session: Session) -> list[tuple[str, str]]:
    """(name of the file, SHA-256) of every file ever recorded as evidence: withdrawn ones are kept as well."""
    rows = session.execute(
        select(DutyEvidenceRow.file_name, DutyEvidenceRow.file_sha256)
        .where(DutyEvidenceRow.file_sha256 != "")
        .order_by(DutyEvidenceRow.id)
    )
    return [(f"La evidencia «{row.file_name}»", row.file_sha256) for row in rows]


def proved_duties(session: Session, duty_ids: Sequence[int]) -> set[int]:
    """Those of the duties that have any entry, withdrawn or not."""
    rows = session.scalars(
        select(DutyEvidenceRow.duty_id).where(DutyEvidenceRow.duty_id.in_(duty_ids)).distinct()
    )
    return set(rows)


def progress_by_duty(session: Session, which: ColumnElement[bool]) -> dict[int, Progress]:
    """The newest entry that counts of each duty of these matrices, with how many count."""
    row = DutyEvidenceRow
    ranked = (
        select(
            row.duty_id,
            row.day,
            row.text,
            func.row_number()
            .over(partition_by=row.duty_id, order_by=(row.day.desc(), row.id.desc()))
            .label("place"),
            func.count().over(partition_by=row.duty_id).label("count_of_duty"),
        )
        .where(_counts(), row.duty_id.in_(_duties_of(which)))
        .subquery()
    )
    rows = session.execute(select(ranked).where(ranked.c.place == 1))
    return {one.duty_id: Progress(one.day, one.text, one.count_of_duty) for one in rows}


def _counts() -> ColumnElement[bool]:
    """Neither a reversal nor withdrawn by one."""
    reversal = aliased(DutyEvidenceRow)
    return (DutyEvidenceRow.kind != EvidenceKind.REVERSAL) & ~(
        select(reversal.id).where(reversal.reverses_id == DutyEvidenceRow.id).exists()
    )


def _duties_of(which: ColumnElement[bool]) -> Select[Any]:
    duty, unit, matrix = ResponsibilityDutyRow, ResponsibilityUnitRow, ResponsibilityMatrixRow
    return (
        select(duty.id)
        .join(unit, unit.id == duty.matrix_unit_id)
        .join(matrix, matrix.id == unit.matrix_id)
        .where(which)
    )


def _list(session: Session, which: ColumnElement[bool]) -> list[Evidence]:
    """Plain columns, no row objects: a matrix of many years brings thousands."""
    row, reversal = DutyEvidenceRow, aliased(DutyEvidenceRow)
    rows = session.execute(
        select(
            row.duty_id,
            row.kind,
            row.text,
            row.day,
            row.file_sha256,
            row.file_name,
            row.record_kind,
            row.record_id,
            row.recorded_at,
            row.recorded_by,
            func.coalesce(reversal.text, ""),
            row.id,
        )
        .outerjoin(reversal, reversal.reverses_id == row.id)
        .where(which, row.kind != EvidenceKind.REVERSAL)
        .order_by(row.day.desc(), row.id.desc())
    )
    return [Evidence(duty_id, EvidenceKind(kind), *rest) for duty_id, kind, *rest in rows]
