"""A matrix as it reads on a day: the names of its units then, and which of its owners were still in their posts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities.rules import Matrix


def with_names(db: Database, matrices: Sequence[Matrix], on: date) -> list[Matrix]:
    """Each unit with the name it prints on `on` (its label, else the office unit's name that day or its last), each
    duty with whether its officer has left the post by then."""
    units = [unit for matrix in matrices for unit in matrix.units]
    names: dict[int, str] = {}
    if any(unit.unit_id and not unit.label for unit in units):
        names = {unit.id: unit.name for unit in office.list_units(db, on)}
    for unit in units:
        if unit.unit_id and not unit.label and unit.unit_id not in names:
            names[unit.unit_id] = office.list_unit_names(db, unit.unit_id)[-1].name
    in_post: set[int] = set()
    if any(duty.officer_id for unit in units for duty in unit.duties):
        in_post = {line.officer.id for line in office.list_officers(db, on)}
    return [
        replace(
            matrix,
            units=tuple(
                replace(
                    unit,
                    name=unit.label or names.get(unit.unit_id or 0, "").upper(),
                    duties=tuple(
                        replace(
                            duty,
                            owner_gone=duty.officer_id is not None and duty.officer_id not in in_post,
                        )
                        for duty in unit.duties
                    ),
                )
                for unit in matrix.units
            ),
        )
        for matrix in matrices
    ]
