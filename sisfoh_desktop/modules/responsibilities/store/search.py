"""What «Buscar en todo» finds of the matrices: they themselves, and each function of theirs."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.modules.responsibilities.rules import MatrixState
from sisfoh_desktop.modules.responsibilities.tables import (
    ResponsibilityDutyRow,
    ResponsibilityMatrixRow,
    ResponsibilityUnitRow,
)


def list_findable(session: Session, unit_names: Mapping[int, str]) -> list[RecordHit]:
    """Every matrix, the newest first, then its functions by unit; two queries. `unit_names` are those in force."""
    matrix, unit, duty = ResponsibilityMatrixRow, ResponsibilityUnitRow, ResponsibilityDutyRow
    matrices = session.execute(
        select(matrix.id, matrix.title, matrix.heading, matrix.state).order_by(matrix.id.desc())
    ).all()
    duties = session.execute(
        select(
            unit.matrix_id,
            unit.label,
            unit.unit_id,
            duty.text,
            duty.responsible,
            duty.evidence,
        )
        .join(unit, duty.matrix_unit_id == unit.id)
        .order_by(unit.matrix_id.desc(), unit.position, duty.position)
    )
    return [
        *(
            RecordHit(
                "responsibilities",
                row.id,
                row.title,
                f"Matriz {MatrixState(row.state).label.lower()}",
                row.heading,
            )
            for row in matrices
        ),
        *(
            RecordHit(
                "responsibilities",
                row.matrix_id,
                row.text,
                " · ".join(
                    part
                    for part in ("Función", row.label or unit_names.get(row.unit_id, ""), row.responsible)
                    if part
                ),
                row.evidence,
            )
            for row in duties
        ),
    ]
