"""What accepting a finding means: who may, with which reason, how long it holds, and what it leaves in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.resoluciones.rules.checks import Problem
from sisfoh_desktop.modules.resoluciones.rules.coherence import Finding, Severity

ACCEPT_REASON_LIMIT = 1_000


@dataclass(frozen=True)
class Acceptance:
    """A finding accepted with a reason; `withdrawn` when this entry takes an earlier acceptance back."""

    code: str
    fingerprint: str
    sentence: str
    reason: str
    accepted_by: str
    accepted_at: datetime
    withdrawn: bool = False
    id: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return (self.code, self.fingerprint)


@dataclass(frozen=True)
class Review:
    """The findings of an act and the acceptances that hold for them."""

    findings: tuple[Finding, ...]
    accepted: tuple[Acceptance, ...]

    def acceptance_of(self, finding: Finding) -> Acceptance | None:
        """The acceptance that holds for a finding, None when there is none."""
        return next((one for one in self.accepted if one.key == (finding.code, finding.fingerprint)), None)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops the freeze: findings that block and were not accepted."""
        return tuple(
            one
            for one in self.findings
            if one.severity is Severity.BLOCKS and self.acceptance_of(one) is None
        )


def acceptances_in_force(rows: Iterable[Acceptance], findings: Sequence[Finding]) -> tuple[Acceptance, ...]:
    """Of the rows in the order in which they were added, those that hold for these findings."""
    last = {row.key: row for row in rows}
    present = {(one.code, one.fingerprint) for one in findings}
    return tuple(row for key, row in last.items() if key in present and not row.withdrawn)


def check_can_accept(review: Review, code: str, fingerprint: str) -> Finding:
    """The finding to accept; RuleError when it is not there any more or was accepted already."""
    finding = _found(review, code, fingerprint)
    if review.acceptance_of(finding) is not None:
        raise RuleError(
            "finding_accepted", "La observación ya estaba aceptada; no se cambió nada. Actualice con F5."
        )
    return finding


def check_can_withdraw(review: Review, code: str, fingerprint: str) -> Finding:
    """The finding whose acceptance is taken back; RuleError when nobody accepted it."""
    finding = _found(review, code, fingerprint)
    if review.acceptance_of(finding) is None:
        raise RuleError(
            "finding_not_accepted", "La observación no está aceptada; no se cambió nada. Actualice con F5."
        )
    return finding


def clean_accept_reason(reason: str) -> str:
    """The reason as it will be kept; RuleError `reason_missing`, `text_too_long`."""
    if not reason.strip():
        raise RuleError(
            "reason_missing", "Falta el motivo; no se cambió nada. Escriba por qué se acepta la observación."
        )
    return clean_text(reason, what="el motivo", limit=ACCEPT_REASON_LIMIT)


def problem_of(finding: Finding) -> Problem:
    """A blocking finding as one of the problems that stop the freeze."""
    return Problem(
        finding.code,
        f"{finding.sentence} Corríjalo, o acéptelo con motivo en Observaciones (F9).",
        finding.block,
    )


def _found(review: Review, code: str, fingerprint: str) -> Finding:
    for finding in review.findings:
        if (finding.code, finding.fingerprint) == (code, fingerprint):
            return finding
    raise RuleError(
        "finding_gone",
        "Esa observación ya no existe: lo que comparaba cambió. No se guardó nada; actualice con F5.",
    )
