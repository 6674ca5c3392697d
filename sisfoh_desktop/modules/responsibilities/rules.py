"""The matrix of responsibilities: units in order, their lettered duties, what may be changed and what is missing.

Nothing here reads a database or prints: the same facts serve the screen, the workbook and Anexo N° 01.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ordinals import list_letter
from sisfoh_desktop.basics.texts import clean_text

HEADING = "DE LA ORGANIZACIÓN ADMINISTRATIVA"  # section VI.1 of the plan, as the annex titles itself

MAX_UNITS = 60
MAX_DUTIES = 500  # in one matrix, over all its units
MAX_TEXT = 4_000
MAX_TITLE = 500
MAX_LABEL = 300
MAX_INTRO = 8_000
MAX_RESPONSIBLE = 200
MAX_EVIDENCE = 1_000


class DutyState(StrEnum):
    """How far a duty has come; the value is what the database holds."""

    PENDING = "pendiente"
    UNDER_WAY = "en_curso"
    DONE = "cumplida"

    @property
    def label(self) -> str:
        """The word on screens and in workbooks."""
        return self.value.replace("_", " ").capitalize()


class MatrixState(StrEnum):
    """A draft may be rewritten; one in force only followed up; an archived one only read and copied."""

    DRAFT = "borrador"
    IN_FORCE = "vigente"
    ARCHIVED = "archivada"

    @property
    def label(self) -> str:
        """The word on screens."""
        return self.value.capitalize()


@dataclass(frozen=True)
class Duty:
    """One lettered function of a unit; `letter` follows from its place, `due` may be open."""

    text: str
    responsible: str = ""
    evidence: str = ""
    due: date | None = None
    state: DutyState = DutyState.PENDING
    id: int = 0
    letter: str = ""


@dataclass(frozen=True)
class MatrixUnit:
    """A row of the annex: an office unit (`unit_id`), a label of its own, or both.

    `label` is what the annex prints when it is not empty; otherwise the unit's name in force. `name` is the
    result of that choice on a given day.
    """

    label: str = ""
    unit_id: int | None = None
    duties: tuple[Duty, ...] = ()
    id: int = 0
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Matrix:
    """A whole matrix; `title` is the plan's, `heading` and `intro` stand above the table.

    `held_by` is the number of the frozen act that printed it and waits for its signatures, empty when none does.
    """

    title: str
    heading: str = HEADING
    intro: str = ""
    state: MatrixState = MatrixState.DRAFT
    units: tuple[MatrixUnit, ...] = ()
    id: int = 0
    version: int = 0
    held_by: str = ""

    @property
    def can_rewrite(self) -> bool:
        """Whether its texts, units and order may change."""
        return self.state is MatrixState.DRAFT and not self.held_by

    @property
    def duty_count(self) -> int:
        return sum(len(unit.duties) for unit in self.units)


@dataclass(frozen=True)
class MatrixLine:
    """A matrix in the list: how big it is and how far it has come."""

    id: int
    title: str
    state: MatrixState
    units: int
    duties: int
    done: int
    version: int


@dataclass(frozen=True)
class Gap:
    """Something missing in the matrix; `code` is stable, ids are 0 when the gap is not of one duty."""

    code: str
    text: str
    unit_id: int = 0
    duty_id: int = 0


def clean_duty(duty: Duty) -> Duty:
    """The duty with its texts as they will be kept; RuleError as in `clean_text`."""
    return replace(
        duty,
        text=clean_text(duty.text, what="el texto de la función", limit=MAX_TEXT, required=True),
        responsible=clean_text(
            duty.responsible, what="el nombre del responsable", limit=MAX_RESPONSIBLE, one_line=True
        ),
        evidence=clean_text(duty.evidence, what="el texto de la evidencia", limit=MAX_EVIDENCE),
    )


def clean_unit(unit: MatrixUnit) -> MatrixUnit:
    """The unit's row, duties included, as it will be kept; a row needs an office unit or a label."""
    label = clean_text(
        unit.label,
        what="el nombre de la unidad orgánica",
        limit=MAX_LABEL,
        required=unit.unit_id is None,
        one_line=True,
    )
    return replace(unit, label=label, duties=tuple(clean_duty(duty) for duty in unit.duties))


def clean_heading(matrix: Matrix) -> Matrix:
    """The matrix with title, heading and intro as they will be kept."""
    return replace(
        matrix,
        title=clean_text(
            matrix.title, what="el título del plan", limit=MAX_TITLE, required=True, one_line=True
        ),
        heading=clean_text(
            matrix.heading, what="el encabezado", limit=MAX_TITLE, required=True, one_line=True
        ),
        intro=clean_text(matrix.intro, what="el párrafo de introducción", limit=MAX_INTRO),
    )


def clean_matrix(matrix: Matrix) -> Matrix:
    """A whole matrix ready to be kept; RuleError for a text or a size that does not fit."""
    if len(matrix.units) > MAX_UNITS:
        raise RuleError(
            "too_many_units",
            f"La matriz admite hasta {MAX_UNITS} unidades orgánicas y tendría {len(matrix.units)}; "
            "no se cambió nada. Quite las que sobren.",
        )
    if matrix.duty_count > MAX_DUTIES:
        raise RuleError(
            "too_many_duties",
            f"La matriz admite hasta {MAX_DUTIES} funciones y tendría {matrix.duty_count}; "
            "no se cambió nada. Quite las que sobren.",
        )
    return replace(clean_heading(matrix), units=tuple(clean_unit(unit) for unit in matrix.units))


def check_can_rewrite(state: MatrixState) -> None:
    """Texts, units and order change only in a draft: what was approved stays as the resolución printed it."""
    if state is not MatrixState.DRAFT:
        raise RuleError(
            "matrix_not_draft",
            f"La matriz está {state.label.lower()}: sus unidades y funciones ya no se cambian. Cópiela para "
            "preparar otra, o devuélvala a borrador indicando el motivo.",
        )


def check_not_held(matrix: Matrix) -> None:
    """What a frozen act printed waits for its signatures as it is; RuleError `matrix_held`."""
    if matrix.held_by:
        raise RuleError(
            "matrix_held",
            f"La matriz está congelada en la {matrix.held_by} y no se cambia; no se guardó nada. Anule la versión "
            "congelada de la resolución para corregirla.",
        )


def check_can_follow_up(state: MatrixState) -> None:
    """Responsible, evidence, due date and state move until the matrix is archived."""
    if state is MatrixState.ARCHIVED:
        raise RuleError(
            "matrix_archived", "La matriz está archivada y solo se consulta; cópiela para seguir trabajando."
        )


_NEXT_STATES: dict[MatrixState, tuple[MatrixState, ...]] = {
    MatrixState.DRAFT: (MatrixState.IN_FORCE, MatrixState.ARCHIVED),
    MatrixState.IN_FORCE: (MatrixState.DRAFT, MatrixState.ARCHIVED),
    MatrixState.ARCHIVED: (),
}


def check_can_change_state(matrix: Matrix, new: MatrixState, reason: str) -> None:
    """Whether the matrix may pass to `new`; going back to a draft needs a reason for the trail.

    RuleError `state_forbidden`, `reason_missing`, `matrix_incomplete`.
    """
    if new not in _NEXT_STATES[matrix.state]:
        raise RuleError(
            "state_forbidden",
            f"La matriz está {matrix.state.label.lower()} y no puede pasar a {new.label.lower()}; "
            "cópiela si necesita otra.",
        )
    if new is MatrixState.DRAFT and not reason.strip():
        raise RuleError("reason_missing", "Escriba el motivo por el que la matriz vuelve a borrador.")
    if new is MatrixState.IN_FORCE:
        check_can_print(matrix)


def check_can_print(matrix: Matrix) -> None:
    """Anexo N° 01 needs at least one unit, and each unit at least one duty; RuleError `matrix_incomplete`."""
    if not matrix.units:
        raise RuleError(
            "matrix_incomplete",
            "La matriz no tiene unidades orgánicas: agregue la primera antes de continuar.",
        )
    empty = next((unit for unit in matrix.units if not unit.duties), None)
    if empty:
        raise RuleError(
            "matrix_incomplete",
            f"La unidad {empty.number:02d} ({empty.name or empty.label}) no tiene funciones: agréguele una o "
            "quítela antes de continuar.",
        )


def next_duty_state(state: DutyState) -> DutyState:
    """The state after this one, turning round: pending, under way, done, pending."""
    order = tuple(DutyState)
    return order[(order.index(state) + 1) % len(order)]


def numbered(matrix: Matrix) -> Matrix:
    """The same matrix with units numbered from 1 and duties lettered a, b, …, z, aa in their order."""
    return replace(
        matrix,
        units=tuple(
            replace(
                unit,
                number=number,
                name=unit.label or unit.name,
                duties=tuple(
                    replace(duty, letter=list_letter(place))
                    for place, duty in enumerate(unit.duties, start=1)
                ),
            )
            for number, unit in enumerate(matrix.units, start=1)
        ),
    )


def copied(matrix: Matrix, title: str) -> Matrix:
    """A draft of the same units and duties under a new title: states and due dates start afresh."""
    return replace(
        matrix,
        id=0,
        version=0,
        title=title,
        state=MatrixState.DRAFT,
        held_by="",
        units=tuple(
            replace(
                unit,
                id=0,
                duties=tuple(replace(duty, id=0, due=None, state=DutyState.PENDING) for duty in unit.duties),
            )
            for unit in matrix.units
        ),
    )


def check_can_save(before: Matrix, after: Matrix) -> None:
    """Whether the matrix may become `after` (cleaned): everything in a draft, follow-up only once held or in force.

    RuleError `matrix_archived`, `matrix_held` or `matrix_not_draft`.
    """
    check_can_follow_up(before.state)
    if _texts(before) != _texts(after):
        check_not_held(before)
        check_can_rewrite(before.state)


def _texts(matrix: Matrix) -> Matrix:
    """The matrix without its follow-up, ids and letters: what Anexo N° 01 prints."""
    units = tuple(
        MatrixUnit(unit.label, unit.unit_id, tuple(Duty(duty.text) for duty in unit.duties))
        for unit in matrix.units
    )
    return Matrix(matrix.title, matrix.heading, matrix.intro, units=units)


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


def is_overdue(duty: Duty, today: date) -> bool:
    """Its due date has passed and it is not done."""
    return duty.due is not None and duty.due < today and duty.state is not DutyState.DONE


def matrix_gaps(matrix: Matrix, today: date) -> tuple[Gap, ...]:
    """What is missing, in the order of the annex: units without duties, duties without a responsible person,
    overdue ones, and those marked as done without evidence.
    """
    gaps: list[Gap] = []
    for unit in matrix.units:
        where = f"{unit.number:02d} {unit.name or unit.label}"
        if not unit.duties:
            gaps.append(Gap("unit_without_duties", f"{where}: no tiene funciones.", unit.id))
        for duty in unit.duties:
            one = f"{unit.number:02d}.{duty.letter}"
            if not duty.responsible:
                gaps.append(Gap("duty_without_responsible", f"{one}: sin responsable.", unit.id, duty.id))
            if is_overdue(duty, today) and duty.due:
                gaps.append(
                    Gap("duty_overdue", f"{one}: venció el {format_date(duty.due)}.", unit.id, duty.id)
                )
            if duty.state is DutyState.DONE and not duty.evidence:
                gaps.append(Gap("duty_without_evidence", f"{one}: cumplida sin evidencia.", unit.id, duty.id))
    return tuple(gaps)
