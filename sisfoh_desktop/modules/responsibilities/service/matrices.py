"""Matrices written, copied, changed as a whole and brought from state to state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import Matrix, MatrixLine, MatrixState
from sisfoh_desktop.modules.responsibilities.service.naming import with_names
from sisfoh_desktop.modules.responsibilities.service.snapshots import keep_snapshot
from sisfoh_desktop.modules.responsibilities.service.trail import changes_between, subject

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OCCASIONS = {
    MatrixState.IN_FORCE: "Puesta en vigencia",
    MatrixState.DRAFT: "Devuelta a borrador",
    MatrixState.ARCHIVED: "Archivada",
}


def list_matrices(db: Database) -> list[MatrixLine]:
    """Every matrix, the newest first."""
    with db.reading() as session:
        return store.list_matrices(session)


def load_matrix(db: Database, matrix_id: int, on: date) -> Matrix:
    """The whole matrix with the names its units carry on `on`; RuleError `matrix_unknown`."""
    with db.reading() as session:
        matrix = store.load_matrix(session, matrix_id)
    return with_names(db, [matrix], on)[0]


def create_matrix(
    db: Database, *, actor: Actor, now: datetime, matrix: Matrix, token: str | None = None
) -> int:
    """A new draft, empty or with its units and duties; returns its id."""
    return db.run_once(token, lambda session: create_matrix_in(session, actor=actor, now=now, matrix=matrix))


def create_matrix_in(
    session: "Session", *, actor: Actor, now: datetime, matrix: Matrix, source_id: int = 0
) -> int:
    """As `create_matrix`, in the caller's transaction; `source_id` names the matrix it was copied from.

    Links and frequencies are proposed from the texts where they are empty.
    """
    kept = rules.with_proposals(rules.clean_matrix(replace(matrix, state=MatrixState.DRAFT)))
    matrix_id = store.add_matrix(session, kept)
    after: dict[str, Any] = {"title": kept.title, "units": len(kept.units), "duties": kept.duty_count}
    if source_id:
        after["copied_from"] = source_id
    record_audit(
        session, actor=actor, now=now, action="matrix.create", subject=subject(matrix_id), after=after
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
    kept = rules.numbered(rules.with_proposals(rules.clean_matrix(matrix), only_new=True))

    def change(session: "Session", stored: Matrix) -> None:
        rules.check_can_save(stored, kept)
        _check_nothing_proved_goes(session, stored, kept)
        store.record_changes(session, stored, kept)
        before, after = changes_between(stored, kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="matrix.save",
            subject=subject(matrix.id),
            before=before,
            after=after,
        )

    return change_matrix(db, token, matrix.id, expected_version, change)


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
    check_right(actor, "matrix.edit")  # "matrix.state" also follows signatures, which others give

    def change(session: "Session", matrix: Matrix) -> None:
        rules.check_not_held(matrix)
        rules.check_can_change_state(matrix, state, reason)
        if MatrixState.IN_FORCE in (matrix.state, state):
            keep_snapshot(session, actor, now, matrix, _OCCASIONS[state])
        store.record_state(
            session,
            matrix_id,
            state,
            now.date() if state is MatrixState.IN_FORCE else matrix.in_force_on,
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="matrix.state",
            subject=subject(matrix_id),
            before={"state": matrix.state},
            after={"state": state},
            reason=reason.strip(),
        )

    return change_matrix(db, token, matrix_id, expected_version, change)


def change_matrix(
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


def _check_nothing_proved_goes(session: "Session", before: Matrix, after: Matrix) -> None:
    """A duty with evidence stays in its matrix: what was recorded is never taken away. RuleError `duty_proved`."""
    kept = {duty.id for unit in after.units for duty in unit.duties}
    gone = {
        duty.id: f"{unit.number:02d}.{duty.letter}"
        for unit in before.units
        for duty in unit.duties
        if duty.id not in kept
    }
    proved = store.proved_duties(session, list(gone)) if gone else set()
    if proved:
        code = min(gone[duty_id] for duty_id in proved)
        raise RuleError(
            "duty_proved",
            f"La función {code} tiene evidencia registrada y no se quita; no se cambió nada. Si ya no corresponde, "
            "copie la matriz y quítela de la copia.",
        )
