"""Columns and words of an import of the POI: the three lists of a reviewed file, its numbers, its quarantine."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.import_plan import (
    FigureChange,
    FiveNumbers,
    ImportPlan,
    ImportResult,
    QuarantineLine,
)
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import CheckedRow, Finding
from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.view.quarantine_marks import bare_text, short_reading
from sisfoh_desktop.qtkit.row_model import Column

_ROW = "Fila"
_MOST_CHANGES = 4


def row_key(one: Any) -> tuple[str, int]:
    """Its sheet and its number there."""
    if isinstance(one, CheckedRow | QuarantineLine):
        return one.row.sheet, one.row.row
    return one.sheet, one.row


class SheetNames:
    """Whether rows of several sheets are on view, so that a row is told with the name of its own."""

    def __init__(self) -> None:
        self.several = False

    def look(self, rows: Iterable[Any]) -> None:
        """Look at all rows on view."""
        self.several = len({row_key(one)[0] for one in rows}) > 1

    def name(self, row: Any) -> str:
        """`12`, or `Gerencia, 12` where there are several sheets."""
        sheet, number = row_key(row)
        return f"{sheet}, {number}" if self.several and sheet else str(number)

    def columns(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of a list, the row's own with its sheet where there are several."""
        return [replace(one, text=self.name) if one.title == _ROW else one for one in columns]


def why(findings: Sequence[Finding]) -> str:
    """The reasons, one after another."""
    return " ".join(bare_text(one) for one in findings)


def ways(one: "CheckedRow | QuarantineLine") -> str:
    """How many readings a row allows."""
    if one.readings:
        return counted(len(one.readings), "lectura", "lecturas")
    return counted(len(one.weaker), "lectura débil", "lecturas débiles") if one.weaker else "sin lectura"


def _ways_tone(one: "CheckedRow | QuarantineLine") -> Any:
    if len(one.readings) == 1:
        return "ok"
    return "warn" if one.readings else "danger"


def _text(meaning: str) -> Any:
    return lambda one: one.row.text(meaning)


def _row_column() -> Column:
    return Column(_ROW, lambda one: str(row_key(one)[1]), sort_key=row_key, align="right")


def _annual(one: CheckedRow) -> str:
    value = one.row.value("annual")
    return "" if value is None else shown_figure(value)


ACCEPTED_COLUMNS = (
    _row_column(),
    Column("Unidad orgánica", _text("unit_name")),
    Column("Actividad", _text("title")),
    Column("Unidad de medida", _text("measure")),
    Column("Meta anual", _annual, sort_key=lambda one: one.row.value("annual"), align="right"),
)
PROPOSED_COLUMNS = (
    _row_column(),
    Column("Por qué no cuadra", lambda one: why(one.findings), width=160),
    Column("Lecturas", ways, sort_key=lambda one: len(one.readings), tone=_ways_tone),
    Column("La primera", lambda one: short_reading(one.readings[0]) if one.readings else ""),
    Column("Actividad", _text("title")),
)
UNFIT_COLUMNS = (
    _row_column(),
    Column("Por qué no cuadra", lambda one: why([one] if isinstance(one, Finding) else one.findings)),
    Column("Actividad", lambda one: one.found if isinstance(one, Finding) else one.row.text("title")),
)
QUARANTINE_COLUMNS = (
    _row_column(),
    Column("Actividad", _text("title")),
    Column("Por qué no cuadra", lambda line: line.settled_reason or why(line.findings), width=190),
    Column(
        "Lecturas",
        lambda line: ways(line) if line.pending else line.state.capitalize(),
        sort_key=lambda line: len(line.readings),
        tone=lambda line: _ways_tone(line) if line.pending else "dim",
    ),
    Column("Unidad orgánica", _text("unit_name"), width=160),
)


def plan_words(plan: ImportPlan) -> str:
    """The five numbers of a reviewed file."""
    checked = plan.totals_checked
    wrong = len(plan.checked.total_findings)
    totals = f" Totales comprobados: {format_number(checked)}" if checked else ""
    if checked:
        totals += f"; {format_number(wrong)} con observaciones." if wrong else ", sin contradicción."
    return (
        f"{format_number(plan.rows)} filas: cuadran {format_number(plan.accepted)}, esperan en cuarentena "
        f"{format_number(plan.quarantined)}, no son actividades {format_number(plan.rejected)}.{totals}"
    )


def target_words(plan: ImportPlan) -> str:
    """Where the rows go, and what changes there."""
    where = f"Entran al «{plan.version_name}» de {plan.year}"
    if plan.plan_id is None:
        where += ", que se crea como borrador"
    said = [f"{where}."]
    if plan.accepted:
        known = plan.accepted - plan.new_activities
        parts = (
            [counted(plan.new_activities, "actividad nueva", "actividades nuevas")]
            if plan.new_activities
            else []
        )
        if known:
            parts.append(
                f"{counted(known, 'que ya estaba', 'que ya estaban')} ({plan.unchanged} sin ningún cambio)"
            )
        said.append(f"{' y '.join(parts).capitalize()}.")
    if plan.changes:
        said.append(f"Cambia lo ejecutado: {changes_words(plan.changes)}.")
    if plan.completed:
        said.append(f"Se completa lo programado: {changes_words(plan.completed)}.")
    if plan.new_measures:
        said.append(f"Unidades de medida nuevas: {', '.join(plan.new_measures)}.")
    return " ".join(said)


def changes_words(changes: Sequence[FigureChange]) -> str:
    """The first changes, old → new, and how many more there are."""
    told = [
        f"fila {one.row} {place_words(one.meaning)} {shown_figure(one.before)} → {shown_figure(one.after)}"
        for one in changes[:_MOST_CHANGES]
    ]
    more = len(changes) - _MOST_CHANGES
    return ", ".join(told) + (f" y {format_number(more)} cifras más" if more > 0 else "")


def numbers_words(numbers: FiveNumbers) -> str:
    """What has become of a file's rows until now."""
    return (
        f"{counted(numbers.rows, 'fila', 'filas')}: {counted(numbers.accepted, 'cuadraba', 'cuadraban')}, "
        f"{counted(numbers.quarantined, 'espera', 'esperan')}, {format_number(numbers.repaired)} "
        f"{'resuelta' if numbers.repaired == 1 else 'resueltas'}, {format_number(numbers.rejected)} "
        f"{'rechazada' if numbers.rejected == 1 else 'rechazadas'}; "
        f"{counted(numbers.totals, 'total comprobado', 'totales comprobados')}"
    )


def result_words(result: ImportResult) -> str:
    """What an import did, for the notice after it."""
    told = f"Se guardaron {format_number(result.accepted)} filas."
    if result.accepted == 1:
        told = "Se guardó 1 fila."
    elif not result.accepted:
        told = "No se guardó ninguna fila."
    if result.quarantined:
        told += f" {counted(result.quarantined, 'fila espera', 'filas esperan')} en cuarentena."
    return told


def import_button(plan: ImportPlan) -> str:
    """The verb of the primary button."""
    if plan.accepted:
        return (
            "Importar la que cuadra"
            if plan.accepted == 1
            else f"Importar las {format_number(plan.accepted)} que cuadran"
        )
    return f"Guardar {format_number(plan.quarantined)} en cuarentena" if plan.quarantined else "Importar"


def settled_words(line: QuarantineLine) -> str:
    """Who settled a row, when, how and why."""
    if line.pending or line.settled_at is None:
        return ""
    how = "La descartó" if line.state is RowState.DISCARDED else "La resolvió"
    said = f"{how} {line.settled_by} el {line.settled_at:%d/%m/%Y a las %H:%M}"
    reading = f": {short_reading(line.chosen)}" if line.chosen is not None else ""
    reason = f" Motivo: {line.settled_reason}" if line.settled_reason else ""
    return f"{said}{reading}.{reason}"
