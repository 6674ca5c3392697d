"""Evidence of a duty: notes, files and records of other parts of the program, only ever added; how links are proposed.

What was recorded by mistake is withdrawn by an entry of its own with a reason; it stays in sight.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text, shown_name, without_accents
from sisfoh_desktop.modules.responsibilities.rules.facts import (
    MAX_EVIDENCE,
    Duty,
    DutyLink,
    DutyState,
    Frequency,
    Matrix,
)

MAX_FILE = 30 * 1024 * 1024
MAX_FILE_NAME = 200
FILE_KINDS = (
    "pdf", "png", "jpg", "jpeg", "docx", "xlsx", "pptx", "odt", "ods", "txt", "csv", "mp3", "mp4", "zip",
)  # fmt: skip


class EvidenceKind(StrEnum):
    """What an entry is; the value is what the database holds."""

    NOTE = "nota"
    FILE = "archivo"
    RECORD = "registro"
    REVERSAL = "anulacion"

    @property
    def label(self) -> str:
        """The word on screens."""
        return "Anulación" if self is EvidenceKind.REVERSAL else self.value.capitalize()


@dataclass(frozen=True)
class Evidence:
    """One entry. `day` is when it happened, `recorded_at` when it was written down.

    A file is in the archive under `file_sha256`; a record lives in another module (`record_kind`, `record_id`).
    `withdrawn` is the reason why it no longer counts, empty while it does.
    """

    duty_id: int
    kind: EvidenceKind
    text: str
    day: date
    file_sha256: str = ""
    file_name: str = ""
    record_kind: str = ""
    record_id: int | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""
    withdrawn: str = ""
    id: int = 0


def clean_evidence(evidence: Evidence, today: date) -> Evidence:
    """The entry as it will be kept; RuleError for what is missing or not yet past."""
    check_evidence_day(evidence.day, today)
    return replace(
        evidence,
        text=clean_text(evidence.text, what="el texto de la evidencia", limit=MAX_EVIDENCE, required=True),
        file_name=clean_text(
            evidence.file_name, what="el nombre del archivo", limit=MAX_FILE_NAME, one_line=True
        ),
    )


def check_evidence_day(day: date, today: date) -> None:
    """Evidence is of today or before; RuleError `evidence_in_future`."""
    if day > today:
        raise RuleError(
            "evidence_in_future",
            f"La evidencia lleva fecha {format_date(day)}, posterior a hoy; no se registró. Corrija la fecha.",
        )


def check_evidence_file(name: str, size: int) -> None:
    """Whether a file may be kept as evidence; it is archived as it is and never opened by the program.

    RuleError `file_empty`, `file_too_big`, `file_kind`.
    """
    shown = shown_name(name)
    if size == 0:
        raise RuleError("file_empty", f"«{shown}» está vacío; no se registró. Elija otro archivo.")
    if size > MAX_FILE:
        raise RuleError(
            "file_too_big",
            f"«{shown}» pesa {size / 1_048_576:.0f} MB y el máximo es {MAX_FILE // 1_048_576} MB; no se registró. "
            "Redúzcalo y elíjalo otra vez.",
        )
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in FILE_KINDS:
        raise RuleError(
            "file_kind",
            f"«{shown}» no es de un tipo que se archive como evidencia (PDF, imagen, documento, hoja, audio o video); "
            "no se registró. Guárdelo como PDF y elíjalo otra vez.",
        )


def clean_reason(reason: str) -> str:
    """Why an entry no longer counts; RuleError when it is missing."""
    return clean_text(reason, what="el motivo", limit=MAX_EVIDENCE, required=True)


def state_after_evidence(state: DutyState) -> DutyState:
    """The first evidence starts a duty; whether it is done is a person's word."""
    return DutyState.UNDER_WAY if state is DutyState.PENDING else state


# What a duty's text speaks of, and whose records prove it; the first that fits is proposed.
_PROPOSALS = (
    (r"\bkardex\b", DutyLink.KARDEX),
    (r"\bsiac\b|acreditacion", DutyLink.STAFF),
    (r"\binformes? semanal", DutyLink.WEEKLY_REPORT),
    (r"\balertas?\b", DutyLink.ALERT),
    (r"\baprobar\b.*\bresolucion\b", DutyLink.RESOLUCION),
    (r"\belaborar\b.*\bplan\b", DutyLink.PLAN),
    (r"\bsolicitud(es)?\b.*\b(hogar|s100)", DutyLink.HOUSEHOLD_REQUEST),
)


def proposed_link(text: str) -> DutyLink | None:
    """Whose records would prove a duty of this text, or None where nothing in it says so."""
    plain = without_accents(text)
    return next((link for pattern, link in _PROPOSALS if re.search(pattern, plain, re.DOTALL)), None)


def proposed_frequency(text: str) -> Frequency | None:
    """How often a duty of this text leaves evidence, where the text says it."""
    plain = without_accents(text)
    if re.search(r"\bsemanal", plain):
        return Frequency.WEEKLY
    return Frequency.MONTHLY if re.search(r"\bmensual", plain) else None


def with_proposals(matrix: Matrix, *, only_new: bool = False) -> Matrix:
    """The matrix with link and frequency proposed where a duty has none; `only_new` leaves known duties alone."""

    def proposed(duty: Duty) -> Duty:
        if only_new and duty.id:
            return duty
        return replace(
            duty,
            link=duty.link or proposed_link(duty.text),
            frequency=duty.frequency or proposed_frequency(duty.text),
        )

    return replace(
        matrix,
        units=tuple(
            replace(unit, duties=tuple(proposed(duty) for duty in unit.duties)) for unit in matrix.units
        ),
    )
