"""The matrix as a workbook: one row per duty with its follow-up. Loads openpyxl when a workbook is made."""

from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix
from sisfoh_desktop.sheets.workbook import Column, Value, table_workbook

_COLUMNS = (
    Column("N°", width=6),
    Column("UNIDAD ORGÁNICA", width=38),
    Column("LETRA", width=8),
    Column("FUNCIÓN", width=60),
    Column("RESPONSABLE", width=28),
    Column("EVIDENCIA", width=34),
    Column("FECHA LÍMITE", width=14),
    Column("ESTADO", width=12),
)


def matrix_xlsx(matrix: Matrix) -> bytes:
    """Every duty in the order of the annex; a unit without duties keeps a row of its own."""
    rows: list[tuple[Value, ...]] = []
    for unit in matrix.units:
        head = (f"{unit.number:02d}", unit.name)
        rows += [(*head, *_follow_up(duty)) for duty in unit.duties]
        if not unit.duties:
            rows.append((*head, None, None, None, None, None, None))
    return table_workbook("Matriz de responsabilidades", _COLUMNS, rows)


def _follow_up(duty: Duty) -> tuple[Value, ...]:
    return duty.letter, duty.text, duty.responsible, duty.evidence, duty.due, duty.state.label
