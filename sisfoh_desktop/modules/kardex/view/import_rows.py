"""Columns and words of an import: the three lists of a reviewed file, and its quarantine. No widgets."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules.importing import (
    FIELDS,
    LAYOUT_FIELDS,
    AcceptedRow,
    FileRow,
    Finding,
    FoundColumn,
    ImportPlan,
    ImportResult,
    QuarantinedRow,
    QuarantineLine,
    QuarantineState,
    RejectedRow,
)
from sisfoh_desktop.qtkit.row_model import Column


def row_words(row: "FileRow | QuarantineLine") -> str:
    """What a row says, by its columns."""
    told = (row.texts.get(name, "") for name in LAYOUT_FIELDS[row.layout])
    return " · ".join(text for text in told if text)


def why(findings: Sequence[Finding]) -> str:
    """The reasons, one after another."""
    return " ".join(finding.text for finding in findings)


def proposals(findings: Sequence[Finding]) -> str:
    """What the person may have meant, with the column it is about."""
    told = []
    for finding in findings:
        if finding.candidates:
            column = FIELDS.get(finding.field, "")
            told.append(
                f"{column}: {' o '.join(finding.candidates)}" if column else " o ".join(finding.candidates)
            )
    return " · ".join(told)


def untold_proposals(findings: Sequence[Finding]) -> str:
    """Those that the sentences do not name already."""
    return proposals([one for one in findings if one.candidates and one.candidates[0] not in one.text])


def _kinds(one: AcceptedRow) -> str:
    return ", ".join(movement.kind.label for movement in one.movements)


class SheetNames:
    """Whether rows of several sheets are on view, so that a row is told with the name of its own."""

    def __init__(self) -> None:
        self.several = False

    def look(self, rows: Iterable[Any]) -> None:
        """Look at all rows of the files on view."""
        found: dict[int, set[str]] = {}
        for row in rows:
            found.setdefault(getattr(row, "import_id", 0), set()).add(row_key(row)[0])
        self.several = any(len(sheets) > 1 for sheets in found.values())

    def name(self, row: Any) -> str:
        """`12`, or `Marzo, 12` where there are several sheets."""
        sheet, number = row_key(row)
        return f"{sheet}, {number}" if self.several and sheet else str(number)

    def columns(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of a list, the row's own with its sheet where there are several."""
        return [replace(one, text=self.name) if one.title == _ROW else one for one in columns]


_ROW = "Fila"


def row_key(one: "AcceptedRow | QuarantinedRow | RejectedRow | QuarantineLine") -> tuple[str, int]:
    """Its sheet and its number there."""
    return (
        (one.row.sheet, one.row.row)
        if isinstance(one, AcceptedRow | QuarantinedRow)
        else (one.sheet, one.row)
    )


def _row_column() -> Column:
    return Column(_ROW, lambda one: str(row_key(one)[1]), sort_key=row_key, align="right")


ACCEPTED_COLUMNS = (
    _row_column(),
    Column(
        "Fecha",
        lambda one: format_date(one.row.day) if one.row.day else "",
        sort_key=lambda one: one.row.day,
        align="center",
    ),
    Column("Se registra", _kinds),
    Column("Formularios", lambda one: one.told),
    Column("Lo que dice", lambda one: row_words(one.row)),
)
QUARANTINED_COLUMNS = (
    _row_column(),
    Column("Por qué no cuadra", lambda one: why(one.findings)),
    Column("Propuesta", lambda one: proposals(one.findings)),
    Column("Lo que dice", lambda one: row_words(one.row)),
)
REJECTED_COLUMNS = (
    _row_column(),
    Column("Por qué no se importa", lambda one: one.why),
    Column("Lo que dice", lambda one: one.text),
)
QUARANTINE_COLUMNS = (
    Column("Archivo", lambda line: line.file_name),
    _row_column(),
    Column(
        "Estado",
        lambda line: line.state.capitalize(),
        tone=lambda line: "warn" if line.state is QuarantineState.PENDING else "dim",
    ),
    Column("Por qué no cuadra", lambda line: line.settled_reason or why(line.findings)),
    Column("Propuesta", lambda line: proposals(line.findings)),
    Column("Lo que dice", row_words),
)


def detail_words(row: object) -> str:
    """The whole of a row of any list: why or what is recorded, what may have been meant, what it says."""
    if isinstance(row, QuarantineLine):
        told = (row.settled_reason or why(row.findings), untold_proposals(row.findings), row_words(row))
    elif isinstance(row, QuarantinedRow):
        told = (why(row.findings), untold_proposals(row.findings), row_words(row.row))
    elif isinstance(row, AcceptedRow):
        told = (f"Se registra {_kinds(row)}: {row.told}.", "", row_words(row.row))
    elif isinstance(row, RejectedRow):
        told = (row.why, "", row.text)
    else:
        return ""
    reason, meant, said = told
    return "\n".join(
        text for text in (reason, meant and f"Propuesta. {meant}.", f"La fila dice: {said}.") if text
    )


def columns_words(columns: Sequence[FoundColumn]) -> str:
    """How the columns of a file were understood: `Movimientos: Fecha (A), Movimiento (B «Operación»)`."""
    tables: dict[tuple[str, str], list[str]] = {}
    for column in columns:
        differs = column.title.strip().casefold() != column.name.casefold()
        said = f"{column.letter} «{column.title.strip()}»" if differs else column.letter
        tables.setdefault((column.sheet, column.layout.label), []).append(f"{column.name} ({said})")
    several = len({sheet for sheet, _ in tables}) > 1
    return "\n".join(
        f"{f'{sheet}, ' if several else ''}{label}: {', '.join(words)}"
        for (sheet, label), words in tables.items()
    )


def plan_words(plan: ImportPlan) -> str:
    """The five numbers of a reviewed file."""
    wrong = len(plan.totals)
    checked = plan.totals_checked
    totals = (
        ""
        if not checked
        else f" Totales comprobados: {checked}" + (f"; no coinciden {wrong}." if wrong else ".")
    )
    return (
        f"{format_number(plan.row_count)} filas: cuadran {format_number(len(plan.accepted))}, en cuarentena "
        f"{format_number(len(plan.quarantined))}, no se importan {format_number(len(plan.rejected))}.{totals}"
    )


def result_words(result: ImportResult) -> str:
    """What an import did, for the notice after it."""
    told = f"Se registraron {format_number(result.movements)} movimientos de {format_number(result.accepted)} filas."
    if result.movements == 1:
        told = "Se registró 1 movimiento."
    elif not result.movements:
        told = "No se registró ningún movimiento."
    if result.quarantined:
        rows = (
            "1 fila espera"
            if result.quarantined == 1
            else f"{format_number(result.quarantined)} filas esperan"
        )
        told += f" {rows} en cuarentena."
    return told


def import_button(plan: ImportPlan) -> str:
    """The verb of the primary button."""
    accepted, waiting = len(plan.accepted), len(plan.quarantined)
    if accepted:
        return (
            "Importar la que cuadra"
            if accepted == 1
            else f"Importar las {format_number(accepted)} que cuadran"
        )
    return f"Guardar {format_number(waiting)} en cuarentena" if waiting else "Importar"
