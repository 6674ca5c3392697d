"""What is missing and what falls due, for the matrix's own screen and for the tray."""

from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import DueDuty, Gap
from sisfoh_desktop.modules.responsibilities.service.naming import with_names

if TYPE_CHECKING:
    from sisfoh_desktop.documents.archive import Archive


def list_gaps(db: Database, matrix_id: int, today: date, archive: "Archive | None" = None) -> tuple[Gap, ...]:
    """What is missing in the matrix today; with the archive, also evidence whose file is no longer there."""
    with db.reading() as session:
        matrix = store.load_matrix(session, matrix_id)
        files = store.list_kept_files(session, matrix_id) if archive is not None else []
    missing = {
        duty_id for duty_id, sha256 in files if archive is not None and not archive.path(sha256).is_file()
    }
    return rules.matrix_gaps(with_names(db, [matrix], today)[0], today, missing)


def list_due_duties(db: Database, today: date) -> list[DueDuty]:
    """Every duty of the matrices in force that still falls due, late ones included, the earliest first.

    `due` is the duty's own date or that of its next evidence, whichever comes first; names are those of `today`.
    """
    with db.reading() as session:
        matrices = store.load_in_force(session)
    found = [due for matrix in with_names(db, matrices, today) for due in rules.due_duties(matrix)]
    return sorted(found, key=lambda one: one.due)
