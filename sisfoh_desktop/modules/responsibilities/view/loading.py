"""What one visit of the page to the base brings. Runs on the worker and touches no widget."""

from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import OfficerLine, Unit
from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Evidence, Gap, Matrix, MatrixLine
from sisfoh_desktop.qtkit.page import Desk


@dataclass(frozen=True)
class Loaded:
    """What one visit to the base brings: the list, the chosen matrix with its evidence and gaps, and the office's
    units and officers of today."""

    lines: list[MatrixLine]
    matrix: Matrix | None
    units: list[Unit]
    officers: list[OfficerLine]
    evidence: dict[int, tuple[Evidence, ...]]
    gaps: tuple[Gap, ...]
    changed_by: str = ""  # who changed the chosen matrix last


def load_page(desk: Desk, wanted: int, today: date) -> Loaded:
    """On the worker. The matrix `wanted`, or the first one when there is none of that number."""
    db, archive = desk.db, desk.archive
    lines = service.list_matrices(db)
    ids = [line.id for line in lines]
    chosen = wanted if wanted in ids else (ids[0] if ids else 0)
    matrix = service.load_matrix(db, chosen, today) if chosen else None
    return Loaded(
        lines,
        matrix,
        office.list_units(db, today),
        office.list_officers(db, today),
        service.list_evidence(db, chosen) if matrix else {},
        service.list_gaps(db, chosen, today, archive) if matrix else (),
        desk.neighbours.last_to_change(f"matrix:{chosen}") if matrix and desk.neighbours is not None else "",
    )
