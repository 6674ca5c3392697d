"""The extract of the trail as a workbook: one row an entry, with its whole hash and that of the entry before."""

from collections.abc import Iterable

from sisfoh_desktop.modules.safekeeping.rules.extract import SERIES_TITLE
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailLine
from sisfoh_desktop.sheets.workbook import Column, Value, table_workbook

_COLUMNS = (
    Column("N°", 9),
    Column("Fecha y hora", 18, "dd/mm/yyyy hh:mm:ss"),
    Column("Usuario", 18),
    Column("Oficina", 12),
    Column("Parte", 16),
    Column("Qué se hizo", 36),
    Column("Registro", 28),
    Column("Antes → después", 60),
    Column("Motivo", 40),
    Column("Acción", 24),
    Column("Sobre", 24),
    Column("Huella", 66),
    Column("Huella anterior", 66),
)


def extract_xlsx(lines: Iterable[TrailLine], foot: str) -> bytes:
    """The lines in the order given; `foot` stands below them and at the foot of each printed page."""
    return table_workbook(SERIES_TITLE, _COLUMNS, (_row(line) for line in lines), foot=foot)


def _row(line: TrailLine) -> tuple[Value, ...]:
    return (
        line.id,
        line.at,
        line.person,
        line.office,
        line.part,
        line.what,
        line.record,
        "\n".join(change.text for change in line.changes),
        line.reason,
        line.action,
        line.subject,
        line.hash,
        line.previous_hash,
    )
