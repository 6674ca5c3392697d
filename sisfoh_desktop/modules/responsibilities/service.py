"""What the office can do with its matrices of responsibilities: the module's only door.

A matrix is changed as a whole that several people share: every change names the version it saw, and each one
leaves an entry in the trail with what was there before.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import (
    Gap,
    Matrix,
    MatrixLine,
    MatrixState,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from sqlalchemy.orm import Session


def list_matrices(db: Database) -> list[MatrixLine]:
    """Every matrix, the newest first."""
    with db.reading() as session:
        return store.list_matrices(session)


def load_matrix(db: Database, matrix_id: int, on: date) -> Matrix:
    """The whole matrix with the names its units carry on `on`; RuleError `matrix_unknown`."""
    with db.reading() as session:
        matrix = store.load_matrix(session, matrix_id)
    return _with_names(db, matrix, on)


def list_gaps(db: Database, matrix_id: int, today: date) -> tuple[Gap, ...]:
    """What is missing in the matrix today."""
    return rules.matrix_gaps(load_matrix(db, matrix_id, today), today)


def create_matrix(
    db: Database, *, actor: Actor, now: datetime, matrix: Matrix, token: str | None = None
) -> int:
    """A new draft, empty or with its units and duties; returns its id."""
    return db.run_once(token, lambda session: create_matrix_in(session, actor=actor, now=now, matrix=matrix))


def create_matrix_in(
    session: "Session", *, actor: Actor, now: datetime, matrix: Matrix, source_id: int = 0
) -> int:
    """As `create_matrix`, in the caller's transaction; `source_id` names the matrix it was copied from."""
    kept = rules.clean_matrix(replace(matrix, state=MatrixState.DRAFT))
    matrix_id = store.add_matrix(session, kept)
    after: dict[str, Any] = {"title": kept.title, "units": len(kept.units), "duties": kept.duty_count}
    if source_id:
        after["copied_from"] = source_id
    record_audit(
        session, actor=actor, now=now, action="matrix.create", subject=_subject(matrix_id), after=after
    )
    return matrix_id


def copy_matrix(
    db: Database, *, actor: Actor, now: datetime, source_id: int, title: str, token: str | None = None
) -> int:
    """A draft with the units and duties of another matrix (last year's); states and due dates start afresh."""
    return db.run_once(
        token,
        lambda session: copy_matrix_in(session, actor=actor, now=now, source_id=source_id, title=title),
    )


def copy_matrix_in(session: "Session", *, actor: Actor, now: datetime, source_id: int, title: str) -> int:
    """As `copy_matrix`, in the caller's transaction."""
    matrix = rules.copied(store.load_matrix(session, source_id), title)
    return create_matrix_in(session, actor=actor, now=now, matrix=matrix, source_id=source_id)


def save_matrix(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    matrix: Matrix,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Write the matrix as `rules.with_duty` and its kin left it; returns its new version.

    Units and duties with id 0 are new, those missing are taken out, the trail keeps what was there. RuleError
    for a text or size that does not fit, a matrix held or no longer a draft, StaleRow when somebody changed it first.
    """
    kept = rules.numbered(rules.clean_matrix(matrix))

    def change(session: "Session", stored: Matrix) -> None:
        rules.check_can_save(stored, kept)
        store.record_changes(session, stored, kept)
        before, after = _changes_between(stored, kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="matrix.save",
            subject=_subject(matrix.id),
            before=before,
            after=after,
        )

    return _change(db, token, matrix.id, expected_version, change)


def set_matrix_state(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    matrix_id: int,
    expected_version: int,
    state: MatrixState,
    reason: str = "",
    token: str | None = None,
) -> int:
    """Put in force, give back to draft (with a reason) or archive; returns the new version."""

    def change(session: "Session", matrix: Matrix) -> None:
        rules.check_not_held(matrix)
        rules.check_can_change_state(matrix, state, reason)
        store.record_state(session, matrix_id, state)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="matrix.state",
            subject=_subject(matrix_id),
            before={"state": matrix.state},
            after={"state": state},
            reason=reason.strip(),
        )

    return _change(db, token, matrix_id, expected_version, change)


def put_in_force_in(session: "Session", *, actor: Actor, now: datetime, matrix_id: int, reason: str) -> None:
    """The act that carries the matrix was signed: its texts are fixed from now on. Nothing if already so."""
    matrix = store.load_matrix(session, matrix_id)
    if matrix.state is not MatrixState.DRAFT:
        return
    rules.check_can_change_state(matrix, MatrixState.IN_FORCE, reason)
    store.claim_version(session, matrix_id, matrix.version)
    store.record_state(session, matrix_id, MatrixState.IN_FORCE)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="matrix.state",
        subject=_subject(matrix_id),
        before={"state": matrix.state},
        after={"state": MatrixState.IN_FORCE},
        reason=reason,
    )


def hold_matrix_in(session: "Session", *, actor: Actor, now: datetime, matrix_id: int, held_by: str) -> int:
    """The act `held_by` was frozen with it: its texts and state wait for the signatures. Returns its version.

    A matrix that another act holds stays with that one.
    """
    holder, version = store.claim_hold(session, matrix_id)
    if not holder:
        _record_hold(session, actor, now, matrix_id, before="", after=held_by)
    return version


def release_matrix_in(
    session: "Session", *, actor: Actor, now: datetime, matrix_id: int, held_by: str
) -> bool:
    """The act `held_by` needs it no more; whether it was the one that held it."""
    holder, _version = store.claim_hold(session, matrix_id)
    if holder != held_by:
        return False
    _record_hold(session, actor, now, matrix_id, before=held_by, after="")
    return True


def can_print(db: Database, matrix_id: int) -> bool:
    """Whether the matrix has units and each unit a duty, as Anexo N° 01 needs."""
    with db.reading() as session:
        matrix = store.load_matrix(session, matrix_id)
    return bool(matrix.units) and all(unit.duties for unit in matrix.units)


def anexo01_story(db: Database, matrix_id: int, on: date) -> "list[Flowable]":
    """Anexo N° 01 as flowables, for the resolución that carries it; names as of `on`.

    RuleError `matrix_unknown`, or `matrix_incomplete` when a unit has no duties.
    """
    from sisfoh_desktop.modules.responsibilities import report

    return report.anexo01_story(_printable(db, matrix_id, on))


def duties_story(db: Database, matrix_id: int, on: date) -> "list[Flowable]":
    """Only the table of units and duties, for section 7.1 of the plan."""
    from sisfoh_desktop.modules.responsibilities import report

    return report.duties_story(_printable(db, matrix_id, on))


def anexo01_pdf_bytes(db: Database, matrix_id: int, on: date) -> bytes:
    """Anexo N° 01 by itself, on the office's paper as of `on`; RuleError as in `anexo01_story`."""
    from sisfoh_desktop.modules.responsibilities import report

    matrix = _printable(db, matrix_id, on)
    return report.anexo01_pdf(
        matrix,
        office.letterhead(db, on),
        legend=office.legend(db, on),
        watermark="PRÁCTICA, SIN VALOR" if office.is_practice(db) else "",
    )


def matrix_workbook(db: Database, matrix_id: int, on: date) -> bytes:
    """The matrix with its follow-up as an .xlsx workbook."""
    from sisfoh_desktop.modules.responsibilities import sheet

    return sheet.matrix_xlsx(load_matrix(db, matrix_id, on))


def _record_hold(
    session: "Session", actor: Actor, now: datetime, matrix_id: int, *, before: str, after: str
) -> None:
    store.record_hold(session, matrix_id, after)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="matrix.hold" if after else "matrix.release",
        subject=_subject(matrix_id),
        before={"held_by": before},
        after={"held_by": after},
    )


def _printable(db: Database, matrix_id: int, on: date) -> Matrix:
    matrix = load_matrix(db, matrix_id, on)
    rules.check_can_print(matrix)
    return matrix


def _with_names(db: Database, matrix: Matrix, on: date) -> Matrix:
    """Each unit with the name it prints on `on`: its label, else the office unit's name that day or its last."""
    if all(unit.label for unit in matrix.units):
        return matrix
    names = {unit.id: unit.name for unit in office.list_units(db, on)}
    for unit in matrix.units:
        if unit.unit_id and not unit.label and unit.unit_id not in names:
            names[unit.unit_id] = office.list_unit_names(db, unit.unit_id)[-1].name
    return replace(
        matrix,
        units=tuple(
            replace(unit, name=unit.label or names.get(unit.unit_id or 0, "").upper())
            for unit in matrix.units
        ),
    )


def _change(
    db: Database,
    token: str | None,
    matrix_id: int,
    expected_version: int,
    change: "Callable[[Session, Matrix], None]",
) -> int:
    """Claim the next version, then run `change` on the matrix as it stands; returns that version."""

    def run(session: "Session") -> int:
        version = store.claim_version(session, matrix_id, expected_version)
        change(session, store.load_matrix(session, matrix_id))
        return version

    return db.run_once(token, run)


def _subject(matrix_id: int) -> str:
    return f"responsibility_matrix:{matrix_id}"


def _changes_between(before: Matrix, after: Matrix) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the trail keeps of a change: the items that differ, as they were and as they are.

    A key is the item's id (`unit:3`, `duty:12`) or, for a new one, its place (`03.k`). Only when nothing but
    the order changed are the places told, since one insertion moves every letter below it.
    """
    old, new = _told(before), _told(after)
    keys = [key for key in {**old, **new} if old.get(key, (0, 0))[1] != new.get(key, (0, 0))[1]]
    if keys:
        return (
            {key: old[key][1] for key in keys if key in old},
            {key: new[key][1] for key in keys if key in new},
        )
    moved = [key for key in old if old[key][0] != new[key][0]]
    return {key: old[key][0] for key in moved}, {key: new[key][0] for key in moved}


def _told(matrix: Matrix) -> dict[str, tuple[str, dict[str, Any]]]:
    """Key of each item to its place and its contents."""
    heading = {"title": matrix.title, "heading": matrix.heading, "intro": matrix.intro}
    told: dict[str, tuple[str, dict[str, Any]]] = {"matrix": ("", heading)}
    for unit in rules.numbered(matrix).units:
        place = f"{unit.number:02d}"
        key = f"unit:{unit.id}" if unit.id else place
        told[key] = (place, {"label": unit.label, "unit_id": unit.unit_id})
        for duty in unit.duties:
            place_of_duty = f"{place}.{duty.letter}"
            contents = {
                "text": duty.text,
                "responsible": duty.responsible,
                "evidence": duty.evidence,
                "due": duty.due,
                "state": duty.state.value,
            }
            told[f"duty:{duty.id}" if duty.id else place_of_duty] = (place_of_duty, contents)
    return told
