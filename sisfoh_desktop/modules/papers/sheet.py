"""The register of numbers as a workbook, one row a number."""

from collections.abc import Sequence

from sisfoh_desktop.modules.papers.rules import NumberLine, Series
from sisfoh_desktop.sheets.workbook import Column, table_workbook

_COLUMNS = (
    Column("Desde", 8),
    Column("Hasta", 8),
    Column("Número", 24),
    Column("Estado", 18),
    Column("Fecha", 12),
    Column("Documento", 48),
    Column("Explicación", 48),
)


def numbers_workbook(series: Series, year: int, lines: Sequence[NumberLine], *, mark: str) -> bytes:
    """The register of a series in a year; holes have their own rows."""
    return table_workbook(
        f"Correlativos {year} {series.kind}",
        _COLUMNS,
        [
            (
                line.first,
                line.last,
                line.text,
                line.state.value.capitalize(),
                line.dated,
                line.title,
                line.explanation,
            )
            for line in lines
        ],
        mark=mark,
    )
