"""Changing one line of a matrix: adding, moving and taking out units and duties. Nothing is checked here."""

from dataclasses import replace
from typing import TypeVar

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities.rules.facts import Duty, Matrix, MatrixUnit


def unit_in(matrix: Matrix, unit_row_id: int) -> MatrixUnit:
    """The matrix's row of this id; RuleError `unit_unknown`."""
    for unit in matrix.units:
        if unit.id == unit_row_id:
            return unit
    raise RuleError(
        "unit_unknown", "Esa unidad ya no está en la matriz; actualice con F5. No se cambió nada."
    )


def duty_in(matrix: Matrix, duty_id: int) -> tuple[MatrixUnit, Duty]:
    """The duty of this id and the row it stands in; RuleError `duty_unknown`."""
    for unit in matrix.units:
        for duty in unit.duties:
            if duty.id == duty_id:
                return unit, duty
    raise RuleError(
        "duty_unknown", "Esa función ya no está en la matriz; actualice con F5. No se cambió nada."
    )


def with_unit(matrix: Matrix, unit: MatrixUnit, place: int = 0) -> Matrix:
    """The matrix with a new row (id 0), or with the row of that id changed; `place` from 1.

    Place 0 leaves a known row where it is and puts a new one at the end.
    """
    ids = [one.id for one in matrix.units if one.id]
    known = unit.id in ids
    others = tuple(one for one in matrix.units if not known or one.id != unit.id)
    where = place or (ids.index(unit.id) + 1 if known else len(others) + 1)
    return replace(matrix, units=_put(others, unit, where))


def without_unit(matrix: Matrix, unit_row_id: int) -> Matrix:
    """The matrix without the row, nor its duties."""
    gone = unit_in(matrix, unit_row_id)
    return replace(matrix, units=tuple(unit for unit in matrix.units if unit is not gone))


def with_duty(matrix: Matrix, unit_row_id: int, duty: Duty, place: int = 0) -> Matrix:
    """The matrix with a new duty (id 0) in the row, or with that of its id changed or moved there.

    `place` counts from 1; 0 leaves a duty of the same row where it is and puts any other at the end.
    """
    target = unit_in(matrix, unit_row_id)
    ids = [one.id for one in target.duties if one.id]
    rest = without_duty(matrix, duty.id) if duty.id else matrix
    target = unit_in(rest, unit_row_id)
    where = place or (ids.index(duty.id) + 1 if duty.id in ids else len(target.duties) + 1)
    return with_unit(rest, replace(target, duties=_put(target.duties, duty, where)))


def without_duty(matrix: Matrix, duty_id: int) -> Matrix:
    """The matrix without the duty; the letters below it move up."""
    unit, gone = duty_in(matrix, duty_id)
    return with_unit(matrix, replace(unit, duties=tuple(duty for duty in unit.duties if duty is not gone)))


Item = TypeVar("Item")


def _put(items: tuple[Item, ...], item: Item, place: int) -> tuple[Item, ...]:
    """`items` with `item` at `place`, held between 1 and one past the end."""
    at = max(0, min(place - 1, len(items)))
    return (*items[:at], item, *items[at:])
