"""Is an issued handover still what was issued? Its seal is in the trail since its acta was drawn up. Plain Python."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sisfoh_desktop.modules.handover.rules.facts import Handover

SEAL = "seal"
ISSUED, REOPENED, TAKEN, ADDED, DROPPED = (
    f"handover.{verb}" for verb in ("issue", "reopen", "take", "add", "drop")
)
TELLING = (ISSUED, REOPENED, TAKEN, ADDED, DROPPED)
# what comes after the issue, or says nothing by itself; a field that Handover gains later belongs here as well, or the
# handovers issued before it would all look changed
_TOLD_APART = ("id", "version", "is_draft", "number_text", "paper_state", "taken_at", "taken_by")


@dataclass(frozen=True)
class TrailWord:
    """What the trail says of one handover: which action, by whom and when, and the paper and seal of an issue."""

    handover_id: int
    action: str
    user: str
    at: datetime
    paper_id: int | None = None
    seal: str = ""


def seal_of(handover: Handover) -> str:
    """16 hexadecimal figures over everything that was issued: the people, the day, the systems, the paper."""
    facts = {name: value for name, value in asdict(handover).items() if name not in _TOLD_APART}
    for system in facts["credentials"]:
        system.pop("id")
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find_differences(words: Sequence[TrailWord], kept: Iterable[Handover]) -> list[str]:
    """One sentence for each handover that is not as the trail left it; `words` the oldest first."""
    told: dict[int, list[TrailWord]] = {}
    for word in words:
        told.setdefault(word.handover_id, []).append(word)
    found = []
    for handover in sorted(kept, key=lambda one: one.id):
        problem = _problem(handover, told.pop(handover.id, []))
        if problem:
            found.append(f"La entrega de cargo {handover.id} ({handover.title}) {problem}.")
    found += [
        f"Falta la entrega de cargo {number}, que el historial conoce."
        for number, said in told.items()
        if said[-1].action != DROPPED
    ]
    return found


def _problem(handover: Handover, said: Sequence[TrailWord]) -> str:
    if not said or said[-1].action == DROPPED:
        return "no está en el historial"
    state = next((word for word in reversed(said) if word.action in (ISSUED, REOPENED)), None)
    issued = state is not None and state.action == ISSUED
    if handover.is_draft:
        return "volvió a ser borrador sin que el historial lo diga" if issued else ""
    if state is None or not issued:
        return "figura emitida sin que el historial lo diga"
    if state.paper_id != handover.paper_id or (state.seal and state.seal != seal_of(handover)):
        return "no dice lo que decía cuando se emitió su acta"
    last = said[-1]
    if handover.taken_at is None:
        return "figura sin revisar y quien recibe ya la revisó" if last.action == TAKEN else ""
    if last.action != TAKEN or (last.user, last.at) != (handover.taken_by, handover.taken_at):
        return "figura revisada por otra persona o en otro momento que los del historial"
    return ""


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
