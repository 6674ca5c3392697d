"""The matrix as lines of a list: a band per unit, under it one line per duty."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPainter

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyState,
    Matrix,
    MatrixUnit,
    is_evidence_overdue,
    is_overdue,
    next_due,
)
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone, current_tokens

Key = tuple[str, int]
_TONES: dict[DutyState, Tone] = {
    DutyState.PENDING: "dim",
    DutyState.UNDER_WAY: "accent",
    DutyState.DONE: "ok",
}


@dataclass(frozen=True)
class MatrixRow:
    """A line: a unit's band when `duty` is None. `due` is its own date or that of its next evidence."""

    unit: MatrixUnit
    duty: Duty | None
    overdue: bool = False
    evidence_overdue: bool = False
    due: date | None = None

    @property
    def key(self) -> Key:
        return ("unit", self.unit.id) if self.duty is None else ("duty", self.duty.id)

    @property
    def code(self) -> str:
        """`03` or `03.k`."""
        return f"{self.unit.number:02d}" + (f".{self.duty.letter}" if self.duty else "")


def rows_of(matrix: Matrix, today: date) -> list[MatrixRow]:
    """Every line of the matrix in the order of the annex."""
    rows: list[MatrixRow] = []
    for unit in matrix.units:
        rows.append(MatrixRow(unit, None))
        rows += [
            MatrixRow(
                unit,
                duty,
                overdue=is_overdue(duty, today),
                evidence_overdue=is_evidence_overdue(duty, matrix.since, today),
                due=next_due(duty, matrix.since),
            )
            for duty in unit.duties
        ]
    return rows


def matrix_columns() -> list[Column]:
    """The columns of the list; a band shows its unit's name and how many of its duties are done."""
    return [
        Column("N°", lambda row: row.code, _place, width=56),
        Column("Función", lambda row: row.duty.text if row.duty else row.unit.name),
        Column(
            "Responsable",
            lambda row: row.duty.responsible if row.duty else "",
            tone=lambda row: "warn" if row.duty and row.duty.owner_gone else None,
            width=136,
        ),
        Column("Vence", _due_text, lambda row: row.due, "center", 88),
        Column("Estado", _state_text, tone=_tone, width=128),
        Column("Último avance", _progress_text, _progress_day, width=140),
    ]


class UnitBands(QObject):
    """Lays the second ground under the units' lines just before the list paints its cells over it."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(table)
        self._table = table
        table.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            view, facts = self._table.view, self._table.model.facts_seen()
            painter = QPainter(view.viewport())
            ground = QColor(current_tokens().surface_2)
            first = max(0, view.rowAt(0))
            for number in range(first, len(facts)):
                top = view.rowViewportPosition(number)
                if top > view.viewport().height():
                    break
                if facts[number].duty is None:
                    painter.fillRect(0, top, view.viewport().width(), view.rowHeight(number), ground)
            painter.end()
        return super().eventFilter(watched, event)


def _place(row: MatrixRow) -> tuple[int, int, str]:
    letter = row.duty.letter if row.duty else ""
    return row.unit.number, len(letter), letter


def _due_text(row: MatrixRow) -> str:
    day = row.due or (row.duty.due if row.duty else None)
    return format_date(day) if day else ""


def _progress_text(row: MatrixRow) -> str:
    progress = row.duty.progress if row.duty else None
    return f"{format_date(progress.day)} {progress.text}" if progress else ""


def _progress_day(row: MatrixRow) -> date | None:
    return row.duty.progress.day if row.duty and row.duty.progress else None


def _state_text(row: MatrixRow) -> str:
    if row.duty is None:
        done = sum(duty.state is DutyState.DONE for duty in row.unit.duties)
        return f"{done} de {len(row.unit.duties)}"
    if row.overdue:
        return "Vencida"
    return "Falta evidencia" if row.evidence_overdue else row.duty.state.label


def _tone(row: MatrixRow) -> Tone | None:
    if row.duty is None:
        return None
    return "danger" if row.overdue or row.evidence_overdue else _TONES[row.duty.state]
