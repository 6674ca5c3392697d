"""What is printed or written from a matrix: Anexo N° 01, sheets for the units, the gaps, workbooks.

What Anexo N° 01 prints comes from the matrix's texts alone; following it up changes no byte of it. Nobody signs
these papers digitally: they bear no legend that says so.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import Difference, Matrix, MatrixState
from sisfoh_desktop.modules.responsibilities.service.gaps import list_gaps
from sisfoh_desktop.modules.responsibilities.service.matrices import load_matrix

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.archive import Archive


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

    return report.anexo01_story(printable(db, matrix_id, on))


def duties_story(db: Database, matrix_id: int, on: date) -> "list[Flowable]":
    """Only the table of units and duties, for section 7.1 of the plan."""
    from sisfoh_desktop.modules.responsibilities import report

    return report.duties_story(printable(db, matrix_id, on))


def anexo01_pdf_bytes(db: Database, matrix_id: int, on: date) -> bytes:
    """Anexo N° 01 by itself, on the office's paper as of `on`; RuleError as in `anexo01_story`."""
    from sisfoh_desktop.modules.responsibilities import report

    matrix = printable(db, matrix_id, on)
    return report.anexo01_pdf(
        matrix,
        office.letterhead(db, on),
        watermark=office.watermark(db),
    )


def matrix_workbook(db: Database, matrix_id: int, on: date) -> bytes:
    """The matrix with its follow-up as an .xlsx workbook."""
    from sisfoh_desktop.modules.responsibilities import sheet

    return sheet.matrix_xlsx(load_matrix(db, matrix_id, on), mark=office.watermark(db))


def unit_sheets_pdf_bytes(db: Database, matrix_id: int, on: date, unit_row_id: int = 0) -> bytes:
    """For each unit (or for the row `unit_row_id` alone) its functions in full and a slip for the receipt.

    RuleError `matrix_incomplete`, `unit_unknown`.
    """
    from sisfoh_desktop.modules.responsibilities import report

    matrix = printable(db, matrix_id, on)
    units = (rules.unit_in(matrix, unit_row_id),) if unit_row_id else matrix.units
    return report.unit_sheets_pdf(
        matrix,
        units,
        office.letterhead(db, on),
        watermark=office.watermark(db, "PROYECTO" if matrix.state is MatrixState.DRAFT else ""),
    )


def gap_report_pdf_bytes(
    db: Database, matrix_id: int, today: date, archive: "Archive | None" = None
) -> bytes:
    """What is missing in the matrix on `today`, as a report."""
    from sisfoh_desktop.modules.responsibilities import report

    return report.gaps_pdf(
        load_matrix(db, matrix_id, today),
        list_gaps(db, matrix_id, today, archive),
        today,
        office.letterhead(db, today),
        watermark=office.watermark(db),
    )


def comparison_workbook(db: Database, differences: Sequence[Difference]) -> bytes:
    """The differences of two versions as an .xlsx workbook."""
    from sisfoh_desktop.modules.responsibilities import sheet

    return sheet.comparison_xlsx(differences, mark=office.watermark(db))


def printable(db: Database, matrix_id: int, on: date) -> Matrix:
    """The matrix as of `on`, ready to be printed; RuleError `matrix_incomplete`."""
    matrix = load_matrix(db, matrix_id, on)
    rules.check_can_print(matrix)
    return matrix
