"""Reads and writes of matrices, their units and duties."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyLink,
    DutyState,
    Frequency,
    Matrix,
    MatrixLine,
    MatrixState,
    MatrixUnit,
    Progress,
    numbered,
)
from sisfoh_desktop.modules.responsibilities.store.evidence import progress_by_duty
from sisfoh_desktop.modules.responsibilities.tables import (
    ResponsibilityDutyRow,
    ResponsibilityMatrixRow,
    ResponsibilityUnitRow,
)


def list_matrices(session: Session) -> list[MatrixLine]:
    """Every matrix with its sizes, the newest first."""
    units = (
        select(ResponsibilityUnitRow.matrix_id, func.count().label("units"))
        .group_by(ResponsibilityUnitRow.matrix_id)
        .subquery()
    )
    duties = (
        select(
            ResponsibilityUnitRow.matrix_id,
            func.count().label("duties"),
            func.sum(case((ResponsibilityDutyRow.state == DutyState.DONE, 1), else_=0)).label("done"),
        )
        .join(ResponsibilityDutyRow, ResponsibilityDutyRow.matrix_unit_id == ResponsibilityUnitRow.id)
        .group_by(ResponsibilityUnitRow.matrix_id)
        .subquery()
    )
    matrix = ResponsibilityMatrixRow
    rows = session.execute(
        select(
            matrix.id,
            matrix.title,
            matrix.state,
            matrix.version,
            units.c.units,
            duties.c.duties,
            duties.c.done,
        )
        .outerjoin(units, units.c.matrix_id == matrix.id)
        .outerjoin(duties, duties.c.matrix_id == matrix.id)
        .order_by(matrix.id.desc())
    )
    return [
        MatrixLine(
            id=row.id,
            title=row.title,
            state=MatrixState(row.state),
            units=row.units or 0,
            duties=row.duties or 0,
            done=row.done or 0,
            version=row.version,
        )
        for row in rows
    ]


def load_matrix(session: Session, matrix_id: int) -> Matrix:
    """The whole matrix, numbered and lettered; RuleError `matrix_unknown`."""
    found = _load(session, ResponsibilityMatrixRow.id == matrix_id)
    if not found:
        raise RuleError(
            "matrix_unknown", "La matriz de responsabilidades ya no existe; actualice la lista con F5."
        )
    return found[0]


def load_in_force(session: Session) -> list[Matrix]:
    """Every matrix in force, whole, in three queries however many there are."""
    return _load(session, ResponsibilityMatrixRow.state == MatrixState.IN_FORCE)


def _load(session: Session, which: ColumnElement[bool]) -> list[Matrix]:
    matrix, unit, duty = ResponsibilityMatrixRow, ResponsibilityUnitRow, ResponsibilityDutyRow
    rows = session.scalars(select(matrix).where(which).order_by(matrix.id)).all()
    if not rows:
        return []
    progress = progress_by_duty(session, which)
    duties: dict[int, list[Duty]] = {}
    for duty_row in session.scalars(
        select(duty)
        .join(unit, unit.id == duty.matrix_unit_id)
        .join(matrix, matrix.id == unit.matrix_id)
        .where(which)
        .order_by(duty.position, duty.id)
    ):
        duties.setdefault(duty_row.matrix_unit_id, []).append(_duty(duty_row, progress))
    units: dict[int, list[MatrixUnit]] = {}
    for one in session.scalars(
        select(unit).join(matrix, matrix.id == unit.matrix_id).where(which).order_by(unit.position, unit.id)
    ):
        units.setdefault(one.matrix_id, []).append(
            MatrixUnit(id=one.id, unit_id=one.unit_id, label=one.label, duties=tuple(duties.get(one.id, ())))
        )
    return [_matrix(row, tuple(units.get(row.id, ()))) for row in rows]


def _matrix(row: ResponsibilityMatrixRow, units: tuple[MatrixUnit, ...]) -> Matrix:
    return numbered(
        Matrix(
            id=row.id,
            version=row.version,
            title=row.title,
            heading=row.heading,
            intro=row.intro,
            state=MatrixState(row.state),
            held_by=row.held_by,
            in_force_on=row.in_force_on,
            units=units,
        )
    )


def add_matrix(session: Session, matrix: Matrix) -> int:
    """A new matrix with all its units and duties; ids in `matrix` are ignored."""
    row = ResponsibilityMatrixRow(**_heading_values(matrix), state=matrix.state, version=1)
    session.add(row)
    session.flush()
    for unit in numbered(matrix).units:
        _add_unit(session, row.id, unit)
    return row.id


def claim_version(session: Session, matrix_id: int, expected_version: int) -> int:
    """Take the next version before anything is read, so that two people cannot both change; StaleRow."""
    return update_version(session, ResponsibilityMatrixRow, matrix_id, expected_version, {})


def record_state(session: Session, matrix_id: int, state: MatrixState, in_force_on: date | None) -> None:
    """The new state; `in_force_on` is the day from which its evidence is expected, if that changed or not."""
    session.execute(
        update(ResponsibilityMatrixRow)
        .where(ResponsibilityMatrixRow.id == matrix_id)
        .values(state=state, in_force_on=in_force_on)
    )


def claim_hold(session: Session, matrix_id: int) -> tuple[str, int]:
    """Who holds the matrix and its version, kept from others until the commit."""
    row = session.execute(
        select(ResponsibilityMatrixRow.held_by, ResponsibilityMatrixRow.version)
        .where(ResponsibilityMatrixRow.id == matrix_id)
        .with_for_update()
    ).one()
    return row.held_by, row.version


def record_hold(session: Session, matrix_id: int, held_by: str) -> None:
    """Its version stays: a hold changes nothing that somebody may have open."""
    session.execute(
        update(ResponsibilityMatrixRow).where(ResponsibilityMatrixRow.id == matrix_id).values(held_by=held_by)
    )


def record_changes(session: Session, before: Matrix, after: Matrix) -> None:
    """Write what differs between two numbered states of one matrix; items with id 0 are new.

    Duties that changed their row are moved before rows are taken out, so that nothing is lost with its old row.
    """
    if _heading_values(before) != _heading_values(after):
        session.execute(
            update(ResponsibilityMatrixRow)
            .where(ResponsibilityMatrixRow.id == before.id)
            .values(**_heading_values(after))
        )
    old_units = {unit.id: unit for unit in before.units}
    old_duties = {duty.id: (unit.id, duty) for unit in before.units for duty in unit.duties}
    for unit in after.units:
        old = old_units.pop(unit.id, None)
        if old is None:
            _add_unit(session, before.id, unit)
            continue
        if _unit_values(old) != _unit_values(unit):
            session.execute(
                update(ResponsibilityUnitRow)
                .where(ResponsibilityUnitRow.id == unit.id)
                .values(**_unit_values(unit))
            )
        for position, duty in enumerate(unit.duties, start=1):
            values = {"matrix_unit_id": unit.id, "position": position, **_duty_values(duty)}
            held = old_duties.pop(duty.id, None)
            if held is None:
                session.execute(insert(ResponsibilityDutyRow).values(**values))
            elif held != (unit.id, duty):
                session.execute(
                    update(ResponsibilityDutyRow).where(ResponsibilityDutyRow.id == duty.id).values(**values)
                )
    session.execute(delete(ResponsibilityDutyRow).where(ResponsibilityDutyRow.id.in_(old_duties)))
    session.execute(delete(ResponsibilityUnitRow).where(ResponsibilityUnitRow.id.in_(old_units)))


def _add_unit(session: Session, matrix_id: int, unit: MatrixUnit) -> None:
    row = ResponsibilityUnitRow(matrix_id=matrix_id, **_unit_values(unit))
    session.add(row)
    session.flush()
    if unit.duties:
        session.execute(
            insert(ResponsibilityDutyRow),
            [
                {"matrix_unit_id": row.id, "position": position, **_duty_values(duty)}
                for position, duty in enumerate(unit.duties, start=1)
            ],
        )


def _unit_values(unit: MatrixUnit) -> dict[str, Any]:
    return {"position": unit.number, "unit_id": unit.unit_id, "label": unit.label}


def _heading_values(matrix: Matrix) -> dict[str, Any]:
    return {"title": matrix.title, "heading": matrix.heading, "intro": matrix.intro}


def _duty_values(duty: Duty) -> dict[str, Any]:
    return {
        "text": duty.text,
        "responsible": duty.responsible,
        "evidence": duty.evidence,
        "due": duty.due,
        "state": duty.state,
        "officer_id": duty.officer_id,
        "frequency": duty.frequency,
        "link": duty.link,
        "source_norm": duty.source_norm,
        "source_text": duty.source_text,
    }


def _duty(row: ResponsibilityDutyRow, progress: Mapping[int, Progress]) -> Duty:
    return Duty(
        id=row.id,
        text=row.text,
        responsible=row.responsible,
        evidence=row.evidence,
        due=row.due,
        state=DutyState(row.state),
        officer_id=row.officer_id,
        frequency=Frequency(row.frequency) if row.frequency else None,
        link=DutyLink(row.link) if row.link else None,
        source_norm=row.source_norm,
        source_text=row.source_text,
        progress=progress.get(row.id),
    )
