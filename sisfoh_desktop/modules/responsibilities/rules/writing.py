"""What a matrix may become: texts that can be kept, states that follow one another, copies.

What a frozen or signed act printed stays as it is; who answers, evidence, dates and states go on moving.
"""

from dataclasses import replace

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ordinals import list_letter
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.responsibilities.rules.facts import (
    MAX_DUTIES,
    MAX_EVIDENCE,
    MAX_INTRO,
    MAX_LABEL,
    MAX_NORM,
    MAX_RESPONSIBLE,
    MAX_TEXT,
    MAX_TITLE,
    MAX_UNITS,
    Duty,
    DutyState,
    Matrix,
    MatrixState,
    MatrixUnit,
)


def clean_duty(duty: Duty) -> Duty:
    """The duty with its texts as they will be kept; RuleError as in `clean_text`."""
    return replace(
        duty,
        text=clean_text(duty.text, what="el texto de la función", limit=MAX_TEXT, required=True),
        responsible=clean_text(
            duty.responsible, what="el nombre del responsable", limit=MAX_RESPONSIBLE, one_line=True
        ),
        evidence=clean_text(duty.evidence, what="el texto de la evidencia", limit=MAX_EVIDENCE),
        source_norm=clean_text(duty.source_norm, what="la norma", limit=MAX_NORM, one_line=True),
        source_text=clean_text(duty.source_text, what="el texto de la norma", limit=MAX_TEXT),
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
            "matrix_archived",
            "La matriz está archivada y solo se consulta; no se cambió nada. Cópiela para seguir trabajando.",
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
        in_force_on=None,
        units=tuple(
            replace(unit, id=0, duties=tuple(_afresh(duty) for duty in unit.duties)) for unit in matrix.units
        ),
    )


def _afresh(duty: Duty) -> Duty:
    return replace(duty, id=0, due=None, state=DutyState.PENDING, progress=None, owner_gone=False)


def check_can_save(before: Matrix, after: Matrix) -> None:
    """Whether the matrix may become `after` (cleaned): everything in a draft, follow-up only once held or in force.

    RuleError `matrix_archived`, `matrix_held`, `matrix_not_draft`.
    """
    check_can_follow_up(before.state)
    if printed_texts(before) != printed_texts(after):
        check_not_held(before)
        check_can_rewrite(before.state)


def printed_texts(matrix: Matrix) -> Matrix:
    """The matrix without its follow-up, ids and letters: what Anexo N° 01 prints."""
    units = tuple(
        MatrixUnit(unit.label, unit.unit_id, tuple(Duty(duty.text) for duty in unit.duties))
        for unit in matrix.units
    )
    return Matrix(matrix.title, matrix.heading, matrix.intro, units=units)
