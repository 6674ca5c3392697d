"""Versions of a matrix kept when it is frozen, comes into force or leaves it, and two versions compared."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import Difference, Duty, Matrix, MatrixUnit
from sisfoh_desktop.modules.responsibilities.service.naming import with_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class MatrixVersion:
    """Something that a matrix can be compared with: another matrix, or an earlier state of itself."""

    title: str
    matrix_id: int = 0
    snapshot_id: int = 0


def keep_snapshot(session: "Session", actor: Actor, now: datetime, matrix: Matrix, occasion: str) -> None:
    """Keep what the matrix prints, in the caller's transaction, unless the last version kept says the same."""
    store.add_snapshot(
        session,
        matrix.id,
        now=now,
        user=actor.user,
        occasion=occasion[:200],
        contents=_contents(matrix),
    )


def list_versions(db: Database, matrix_id: int) -> list[MatrixVersion]:
    """What the matrix can be compared with: its own earlier versions and the other matrices, the newest first."""
    with db.reading() as session:
        own = store.list_snapshots(session, matrix_id)
        lines = store.list_matrices(session)
    return [
        MatrixVersion(f"Esta matriz, {format_date(at.date())}: {occasion}", snapshot_id=snapshot_id)
        for snapshot_id, at, occasion in own
    ] + [MatrixVersion(line.title, matrix_id=line.id) for line in lines if line.id != matrix_id]


def compare_versions(
    db: Database, matrix_id: int, earlier: MatrixVersion, on: date
) -> tuple[Difference, ...]:
    """What differs in the matrix from the version chosen; units without label by their name on `on`, or on the day
    on which the version was kept."""
    with db.reading() as session:
        after = store.load_matrix(session, matrix_id)
        if earlier.snapshot_id:
            contents, day = store.load_snapshot(session, earlier.snapshot_id)
            before = _read(contents)
        else:
            before, day = store.load_matrix(session, earlier.matrix_id), on
    return rules.compare_matrices(with_names(db, [before], day)[0], with_names(db, [after], on)[0])


def _contents(matrix: Matrix) -> str:
    printed = rules.printed_texts(matrix)
    return json.dumps(
        {
            "title": printed.title,
            "heading": printed.heading,
            "intro": printed.intro,
            "units": [
                {
                    "label": unit.label,
                    "unit_id": unit.unit_id,
                    "duties": [duty.text for duty in unit.duties],
                }
                for unit in printed.units
            ],
        },
        ensure_ascii=False,
    )


def _read(contents: str) -> Matrix:
    kept = json.loads(contents)
    units = tuple(
        MatrixUnit(unit["label"], unit["unit_id"], tuple(Duty(text) for text in unit["duties"]))
        for unit in kept["units"]
    )
    return rules.numbered(Matrix(kept["title"], kept["heading"], kept["intro"], units=units))
