"""What is missing in a matrix today: one gap for each thing that somebody must mend."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.responsibilities.rules.facts import Duty, DutyState, Frequency, Matrix, MatrixUnit
from sisfoh_desktop.modules.responsibilities.rules.following import (
    PERIODIC,
    evidence_due,
    is_evidence_overdue,
    is_overdue,
)


class GapKind(StrEnum):
    """The kinds of gap, the most pressing first; the value is their stable code."""

    DUTY_OVERDUE = "duty_overdue"
    EVIDENCE_OVERDUE = "evidence_overdue"
    FILE_MISSING = "evidence_file_missing"
    OWNER_GONE = "owner_gone"
    NO_OWNER = "duty_without_responsible"
    NO_DUTIES = "unit_without_duties"
    NO_EVIDENCE = "duty_without_evidence"
    NO_DUE = "duty_without_due"

    @property
    def label(self) -> str:
        """The words on screens and papers."""
        return _LABELS[self]

    @property
    def is_late(self) -> bool:
        """Whether it is late already, not only incomplete."""
        return self in (GapKind.DUTY_OVERDUE, GapKind.EVIDENCE_OVERDUE, GapKind.FILE_MISSING)


_LABELS = {
    GapKind.DUTY_OVERDUE: "Función vencida",
    GapKind.EVIDENCE_OVERDUE: "Evidencia vencida",
    GapKind.FILE_MISSING: "Archivo perdido",
    GapKind.OWNER_GONE: "Responsable ya no está",
    GapKind.NO_OWNER: "Sin responsable",
    GapKind.NO_DUTIES: "Unidad sin funciones",
    GapKind.NO_EVIDENCE: "Cumplida sin evidencia",
    GapKind.NO_DUE: "Sin plazo",
}


@dataclass(frozen=True)
class Gap:
    """Something missing; ids are 0 when the gap is not of one duty. `code` is the unit's number or `03.k`."""

    kind: GapKind
    text: str
    unit_id: int = 0
    duty_id: int = 0
    code: str = ""
    unit: str = ""
    owner: str = ""

    @property
    def detail(self) -> str:
        """The sentence without its place, for lists where that stands in a column of its own."""
        said = self.text.partition(": ")[2]
        return said[:1].upper() + said[1:]


def matrix_gaps(matrix: Matrix, today: date, files_missing: Collection[int] = ()) -> tuple[Gap, ...]:
    """Every gap of a numbered and named matrix, in the order of the annex.

    `files_missing` are the ids of duties with evidence whose file is no longer in the archive.
    """
    gaps: list[Gap] = []
    for unit in matrix.units:
        name = unit.name or unit.label
        number = f"{unit.number:02d}"
        if not unit.duties:
            text = f"{number} {name}: no tiene funciones."
            gaps.append(Gap(GapKind.NO_DUTIES, text, unit.id, code=number, unit=name))
        for duty in unit.duties:
            gaps += _of_duty(matrix, unit, duty, today, duty.id in files_missing)
    return tuple(gaps)


def _of_duty(matrix: Matrix, unit: MatrixUnit, duty: Duty, today: date, file_missing: bool) -> "list[Gap]":
    code = f"{unit.number:02d}.{duty.letter}"
    found: list[tuple[GapKind, str]] = []
    if not duty.responsible:
        found.append((GapKind.NO_OWNER, "sin responsable"))
    elif duty.owner_gone:
        found.append((GapKind.OWNER_GONE, f"{duty.responsible} ya no está en el cargo"))
    if duty.due is None and duty.frequency not in PERIODIC and duty.state is not DutyState.DONE:
        found.append((GapKind.NO_DUE, "sin fecha límite ni frecuencia"))
    if is_overdue(duty, today) and duty.due:
        found.append((GapKind.DUTY_OVERDUE, f"venció el {format_date(duty.due)}"))
    expected = evidence_due(duty, matrix.since)
    if expected and is_evidence_overdue(duty, matrix.since, today):
        found.append((GapKind.EVIDENCE_OVERDUE, _late_evidence(duty, expected)))
    if duty.state is DutyState.DONE and duty.progress is None:
        found.append((GapKind.NO_EVIDENCE, "cumplida sin evidencia registrada"))
    if file_missing:
        found.append((GapKind.FILE_MISSING, "falta en el archivo el documento de una evidencia"))
    name = unit.name or unit.label
    return [
        Gap(kind, f"{code}: {text}.", unit.id, duty.id, code, name, duty.responsible) for kind, text in found
    ]


def _late_evidence(duty: Duty, expected: date) -> str:
    often = "semanal" if duty.frequency is Frequency.WEEKLY else "mensual"
    last = f"la última es del {format_date(duty.progress.day)}" if duty.progress else "todavía no hay ninguna"
    return f"falta la evidencia {often} que vencía el {format_date(expected)}; {last}"
