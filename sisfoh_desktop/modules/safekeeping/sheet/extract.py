"""The extract of the trail as a workbook: one row an entry, with its whole hash and that of the entry before."""

from collections.abc import Callable, Sequence

from sisfoh_desktop.basics.progress import Progress, silent, tell_each
from sisfoh_desktop.modules.safekeeping.rules.extract import LIST_COLUMNS, SERIES_TITLE
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailLine
from sisfoh_desktop.sheets.workbook import Column, Value, table_workbook

_Cell = Callable[[TrailLine], Value]

_NUMBER: tuple[tuple[Column, _Cell], ...] = ((Column("N°", 9), lambda line: line.id),)
# what stands for each column of the list; those of `_NUMBER` and `_PROOF` are in no list and always here
_SHOWN: dict[str, tuple[tuple[Column, _Cell], ...]] = {
    "Cuándo": ((Column("Fecha y hora", 18, "dd/mm/yyyy hh:mm:ss"), lambda line: line.at),),
    "Quién": (
        (Column("Usuario", 18), lambda line: line.person),
        (Column("Oficina", 12), lambda line: line.office),
    ),
    "Parte": ((Column("Parte", 16), lambda line: line.part),),
    "Qué": ((Column("Qué se hizo", 36), lambda line: line.what),),
    "Registro": ((Column("Registro", 28), lambda line: line.record),),
    "Antes → Después": (
        (Column("Antes → después", 60), lambda line: "\n".join(change.text for change in line.changes)),
        (Column("Motivo", 40), lambda line: line.reason),
    ),
}
_PROOF: tuple[tuple[Column, _Cell], ...] = (
    (Column("Acción", 24), lambda line: line.action),
    (Column("Sobre", 24), lambda line: line.subject),
    (Column("Huella", 66), lambda line: line.hash),
    (Column("Huella anterior", 66), lambda line: line.previous_hash),
)


def extract_xlsx(
    lines: Sequence[TrailLine],
    foot: str,
    *,
    mark: str,
    shown: Sequence[str] = LIST_COLUMNS,
    progress: Progress = silent,
) -> bytes:
    """The lines in the order given; `foot` stands below them and at the foot of each printed page.

    `shown` are the columns of the list as it is seen; whatever it shows, the number and the hashes are here.
    """
    parts = [*_NUMBER, *(part for title in shown for part in _SHOWN[title]), *_PROOF]
    rows = (tuple(cell(line) for _column, cell in parts) for line in tell_each(lines, len(lines), progress))
    return table_workbook(SERIES_TITLE, [column for column, _cell in parts], rows, foot=foot, mark=mark)
