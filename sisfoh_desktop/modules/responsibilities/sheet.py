"""The matrix as a workbook, one row per duty with its follow-up, and two versions compared. Loads openpyxl when a
workbook is made.
"""

from collections.abc import Sequence

from sisfoh_desktop.basics.word_changes import StretchKind
from sisfoh_desktop.modules.responsibilities.rules import Difference, Duty, Matrix
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
    Column("FRECUENCIA", width=14),
    Column("SE ENLAZA CON", width=26),
    Column("ÚLTIMO AVANCE", width=14),
    Column("EVIDENCIA DEL ÚLTIMO AVANCE", width=44),
    Column("NORMA", width=44),
)
_COMPARED = (
    Column("QUÉ", width=14),
    Column("CAMBIO", width=12),
    Column("ANTES", width=9),
    Column("AHORA", width=9),
    Column("TEXTO DE ANTES", width=60),
    Column("TEXTO DE AHORA", width=60),
    Column("PALABRAS QUITADAS", width=36),
    Column("PALABRAS AGREGADAS", width=36),
)


def matrix_xlsx(matrix: Matrix, *, mark: str) -> bytes:
    """Every duty in the order of the annex; a unit without duties keeps a row of its own."""
    rows: list[tuple[Value, ...]] = []
    for unit in matrix.units:
        head = (f"{unit.number:02d}", unit.name)
        rows += [(*head, *_follow_up(duty)) for duty in unit.duties]
        if not unit.duties:
            rows.append((*head, *[None] * (len(_COLUMNS) - len(head))))
    return table_workbook("Matriz de responsabilidades", _COLUMNS, rows, mark=mark)


def _follow_up(duty: Duty) -> tuple[Value, ...]:
    progress = duty.progress
    return (
        duty.letter,
        duty.text,
        duty.responsible,
        duty.evidence,
        duty.due,
        duty.state.label,
        duty.frequency.label if duty.frequency else None,
        duty.link.label if duty.link else None,
        progress.day if progress else None,
        progress.text if progress else None,
        duty.source_norm or None,
    )


def comparison_xlsx(differences: Sequence[Difference], *, mark: str) -> bytes:
    """One row per difference with its two texts and the words that came and went."""
    rows = [
        (
            one.what.capitalize(),
            one.change.label,
            one.before_place or None,
            one.after_place or None,
            one.before or None,
            one.after or None,
            _of_kind(one, StretchKind.REMOVED),
            _of_kind(one, StretchKind.ADDED),
        )
        for one in differences
    ]
    return table_workbook("Comparación", _COMPARED, rows, mark=mark)


def _of_kind(difference: Difference, kind: StretchKind) -> str | None:
    return " … ".join(words.text.strip() for words in difference.words if words.kind is kind) or None
