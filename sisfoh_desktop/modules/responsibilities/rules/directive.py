"""A matrix to start from: the duties that the directive asks for, by the role that a unit has in any municipality.

The texts are data (`resources/data/national/duties.toml`); here they are read and fitted to the office's own units.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.responsibilities.rules.facts import (
    HEADING,
    Duty,
    DutyLink,
    Frequency,
    Matrix,
    MatrixUnit,
)


@dataclass(frozen=True)
class ModelUnit:
    """A row of the model: which units play the role (`siglas`, or a name that holds `words`), and its duties.

    `optional` rows are no part of the annex that the model follows: they are proposed, with `note` saying why.
    """

    role: str
    name: str
    siglas: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    optional: bool = False
    note: str = ""
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True)
class DutyModel:
    """The whole model; `source` and `trust` tell where its texts come from and how sure that is."""

    title: str
    heading: str
    intro: str
    source: str
    trust: str
    units: tuple[ModelUnit, ...]


@dataclass(frozen=True)
class OfficeUnit:
    """A unit of the office that may play a role."""

    id: int
    name: str
    siglas: str


def read_model(data: Mapping[str, Any]) -> DutyModel:
    """The model as its file holds it; KeyError or ValueError when the file is not whole."""
    head = data["model"]
    return DutyModel(
        title=head["title"],
        heading=head.get("heading", HEADING),
        intro=head["intro"],
        source=head["source"],
        trust=head["trust"],
        units=tuple(_model_unit(row) for row in data["unit"]),
    )


def _model_unit(row: Mapping[str, Any]) -> ModelUnit:
    return ModelUnit(
        role=row["role"],
        name=row["name"],
        siglas=tuple(row.get("siglas", ())),
        words=tuple(row.get("words", ())),
        optional=row.get("optional", False),
        note=row.get("note", ""),
        duties=tuple(
            Duty(
                text=duty["text"],
                evidence=duty.get("evidence", ""),
                frequency=Frequency(duty["frequency"]) if duty.get("frequency") else None,
                link=DutyLink(duty["link"]) if duty.get("link") else None,
                source_norm=duty.get("norm", ""),
                source_text=duty.get("norm_text", ""),
            )
            for duty in row["duty"]
        ),
    )


def matrix_of_model(
    model: DutyModel, title: str, office_units: Sequence[OfficeUnit], roles: Collection[str]
) -> Matrix:
    """A draft with the model's rows of these roles, each fitted to the office's unit or under its own label."""
    rows = tuple(unit for unit in model.units if unit.role in roles)
    return Matrix(
        title=title, heading=model.heading, intro=model.intro, units=tuple(fitted(rows, office_units))
    )


def missing_rows(
    matrix: Matrix, model: DutyModel, office_units: Sequence[OfficeUnit]
) -> tuple[ModelUnit, ...]:
    """The model's rows whose unit does not stand in the matrix yet, in the model's order."""
    ids = {unit.unit_id for unit in matrix.units} - {None}
    names = [without_accents(unit.name or unit.label) for unit in matrix.units]

    def stands(row: ModelUnit) -> bool:
        unit = _unit_of(row, office_units, ())
        if unit is not None and unit.id in ids:
            return True
        return any(_speaks_of(name, row) for name in names)

    return tuple(row for row in model.units if not stands(row))


def with_rows(matrix: Matrix, rows: Iterable[ModelUnit], office_units: Sequence[OfficeUnit]) -> Matrix:
    """The matrix with these rows of the model at its end."""
    taken = [unit.unit_id for unit in matrix.units if unit.unit_id]
    return replace(matrix, units=(*matrix.units, *fitted(rows, office_units, taken)))


def fitted(
    rows: Iterable[ModelUnit], office_units: Sequence[OfficeUnit], taken: Iterable[int] = ()
) -> list[MatrixUnit]:
    """Rows of a matrix; an office unit plays one role only, and a role without a unit keeps the model's name."""
    used = set(taken)
    made = []
    for row in rows:
        unit = _unit_of(row, office_units, used)
        if unit is not None:
            used.add(unit.id)
        made.append(
            MatrixUnit(
                label="" if unit else row.name.upper(),
                unit_id=unit.id if unit else None,
                duties=row.duties,
            )
        )
    return made


def _unit_of(row: ModelUnit, office_units: Sequence[OfficeUnit], used: Collection[int]) -> OfficeUnit | None:
    free = [unit for unit in office_units if unit.id not in used]
    siglas = [_key(one) for one in row.siglas]
    exact = [unit for unit in free if _key(unit.siglas) in siglas]
    exact.sort(key=lambda unit: siglas.index(_key(unit.siglas)))
    named = [unit for unit in free if _speaks_of(without_accents(unit.name), row)]
    return next(iter(exact or named), None)


def _speaks_of(plain_name: str, row: ModelUnit) -> bool:
    return any(re.search(rf"\b{re.escape(without_accents(words))}", plain_name) for words in row.words)


def _key(siglas: str) -> str:
    return re.sub(r"[\s.]", "", siglas).casefold()
