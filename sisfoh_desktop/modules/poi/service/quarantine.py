"""The rows of imported tables that did not add up: listed with their readings, read by a person, or discarded.

Nothing is settled by itself. Who chose, when, which reading with which assumptions, and the row of the file it came
from are kept with the row and in the trail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.import_placing import Ground, Placed, Target, activity_key, place
from sisfoh_desktop.modules.poi.rules.import_plan import QuarantineLine, folded, repaired_row
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import TEXT_MEANINGS, FileRow, Finding, Reading
from sisfoh_desktop.modules.poi.rules.row_checks import check_row
from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.service.import_ground import ground_of, receiving_version, write_placed
from sisfoh_desktop.modules.poi.store import importing as store
from sisfoh_desktop.modules.poi.store import plans as plan_store
from sisfoh_desktop.modules.poi.store import waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_REASON = 500
_LONGEST_TEXT = 2_000
_STAYS = "La fila sigue en cuarentena."


@dataclass(frozen=True)
class Choice:
    """What a person decided for a row: the reading, and texts of the activity put right."""

    line_id: int
    expected_version: int
    reading: Reading
    texts: Mapping[str, str] = field(default_factory=dict)


def list_quarantine(db: Database, plan_id: int, *, pending_only: bool = True) -> list[QuarantineLine]:
    """The rows that wait, the newest file first; with `pending_only=False` the settled ones too."""
    with db.reading() as session:
        return store.list_quarantine(session, plan_id, pending_only=pending_only)


def count_pending(db: Database, plan_id: int) -> int:
    """How many rows wait."""
    with db.reading() as session:
        return waiting.count_pending(session, plan_id)


def settle(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    line_id: int,
    reading: Reading,
    expected_version: int,
    reason: str = "",
    texts: Mapping[str, str] | None = None,
    token: str | None = None,
) -> int:
    """Store a row as a person reads it; its activity. `texts` are those of the activity that were put right.

    RuleError with the first thing that does not add up in that reading, `quarantine_settled` when somebody settled
    the row first (or StaleRow in the very same moment); the row stays in quarantine.
    """
    choice = Choice(line_id, expected_version, reading, texts or {})
    kept = clean_text(reason, what="el motivo", limit=_LONGEST_REASON)
    return db.run_once(token, lambda session: _settle_in(session, actor, now, [choice], kept)[0])


def settle_many(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    lines: Sequence[tuple[int, int]],
    reason: str = "",
    token: str | None = None,
) -> int:
    """Store rows (id, expected version) by the one reading that each allows, all or none; how many they were.

    For a person who looked at them and confirmed. RuleError `reading_not_single` where a row has none or several, and
    as in `settle`.
    """
    kept = clean_text(reason, what="el motivo", limit=_LONGEST_REASON)

    def change(session: "Session") -> int:
        choices = []
        found = store.load_quarantine(session, [line_id for line_id, _ in lines])
        for line, (line_id, expected_version) in zip(found, lines, strict=True):
            _check_pending(line)
            if line.only_reading is None:
                raise RuleError(
                    "reading_not_single",
                    f"La fila {line.row.row} no tiene una sola lectura; resuélvala aparte. No se guardó ninguna.",
                )
            choices.append(Choice(line_id, expected_version, line.only_reading))
        return len(_settle_in(session, actor, now, choices, kept))

    return db.run_once(token, change)


def discard(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    line_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Take a row out of quarantine without storing it, with the reason. RuleError `text_missing`; StaleRow."""
    kept = clean_text(reason, what="el motivo", limit=_LONGEST_REASON, required=True)

    def change(session: "Session") -> None:
        (line,) = store.load_quarantine(session, [line_id])
        _check_pending(line)
        store.record_settled(
            session,
            line_id,
            expected_version,
            state=RowState.DISCARDED,
            reading=None,
            reason=kept,
            now=now,
            user=actor.user,
            activity_id=None,
        )
        subject = f"poi_import:{line.import_id}"
        _record(session, actor, now, line, RowState.DISCARDED, subject, {}, kept)

    db.run_once(token, change)


# --- inside ---


def _settle_in(
    session: "Session", actor: Actor, now: datetime, choices: Sequence[Choice], reason: str
) -> list[int]:
    """Settle rows of one plan, all or none; their activities."""
    if not choices:
        return []
    lines = store.load_quarantine(session, [one.line_id for one in choices])
    for line in lines:
        _check_pending(line)
    plan_id = lines[0].plan_id
    if any(line.plan_id != plan_id for line in lines):
        raise RuleError(
            "other_plan", "Las filas son de POI de años distintos; resuélvalas por año. No se guardó nada."
        )
    plan_store.lock_plan(session, plan_id)
    plan = plan_store.load_plan(session, plan_id)
    version = receiving_version(session, plan_id)
    assert version is not None  # a plan that imported a file has one
    rows = [
        repaired_row(line.row, choice.reading, _cleaned(choice.texts))
        for line, choice in zip(lines, choices, strict=True)
    ]
    ground = ground_of(session, plan, version, now.astimezone(LIMA).date(), rows=rows)
    met: set[object] = set()
    by_file: dict[int, list[tuple[int, Placed]]] = {}
    for number, (line, choice, row) in enumerate(zip(lines, choices, rows, strict=True)):
        placed = _placed(session, line, choice, row, ground, version.id)
        key = placed.activity.id or (*activity_key(placed.activity), folded(placed.activity.code))
        if key in met:
            raise _repeated(line, "otra de estas filas")
        met.add(key)
        by_file.setdefault(line.import_id, []).append((number, placed))
    activity_ids = [0] * len(choices)
    for import_id, members in by_file.items():
        ids = write_placed(
            session,
            [placed for _, placed in members],
            actor=actor,
            now=now,
            version=version,
            import_id=import_id,
        )
        for (number, _), activity_id in zip(members, ids, strict=True):
            activity_ids[number] = activity_id
    for line, choice, activity_id in zip(lines, choices, activity_ids, strict=True):
        store.record_settled(
            session,
            line.id,
            choice.expected_version,
            state=RowState.REGISTERED,
            reading=choice.reading,
            reason=reason,
            now=now,
            user=actor.user,
            activity_id=activity_id,
        )
        told = {"file_name": line.file_name, **_told(line, choice)}
        subject = f"poi_activity:{activity_id}"
        _record(session, actor, now, line, RowState.REGISTERED, subject, told, reason)
    return activity_ids


def _placed(
    session: "Session", line: QuarantineLine, choice: Choice, row: FileRow, ground: Ground, version_id: int
) -> Placed:
    if choice.reading not in (*line.readings, *line.weaker):  # what was offered may leave a month still owed
        for finding in check_row(row, line.mapping, line.habits):
            raise _refused(finding)
    placed = place(row, ground, order=line.order)
    asked = {one.rule for one in line.findings}
    for finding in placed.findings:
        # the person was shown that the programme differs, and chose the file's
        if finding.rule == "programme_changed" and finding.rule in asked and ground.target is Target.DRAFT:
            continue
        raise _refused(finding)
    if not placed.is_new:
        other = store.origin_row(session, version_id, placed.activity.id, line.import_id)
        if other is not None and other != line.row.row:
            raise _repeated(line, f"la fila {other} del mismo archivo")
    return placed


def _cleaned(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        name: clean_text(text, what=f"«{TEXT_MEANINGS[name]}»", limit=_LONGEST_TEXT, one_line=True)
        for name, text in texts.items()
        if name in TEXT_MEANINGS
    }


def _refused(finding: Finding) -> RuleError:
    return RuleError(finding.rule, f"{finding.text.rstrip('.')}. {_STAYS}")


def _repeated(line: QuarantineLine, other: str) -> RuleError:
    return RuleError(
        "activity_repeated",
        f"Fila {line.row.row}: es la misma actividad que {other}. Corrija su nombre o descártela. {_STAYS}",
    )


def _check_pending(line: QuarantineLine) -> None:
    if not line.pending:
        raise RuleError(
            "quarantine_settled",
            f"La fila {line.row.row} ya está {line.state.value}: la resolvió {line.settled_by}. No se cambió nada; "
            "actualice con F5.",
        )


def _told(line: QuarantineLine, choice: Choice) -> dict[str, Any]:
    """The reading as the trail keeps it: its words, what it assumes, and each cell that it reads otherwise."""
    told: dict[str, Any] = {
        "reading": choice.reading.words,
        "assumptions": "; ".join(choice.reading.assumptions),
    }
    cells = "; ".join(_cells(line.row, choice.reading.values))
    texts = "; ".join(
        f"{TEXT_MEANINGS[name]}: {text or 'en blanco'}"
        for name, text in choice.texts.items()
        if name in TEXT_MEANINGS and text != line.row.text(name)
    )
    if cells:
        told["figures"] = cells
    if texts:
        told["corrections"] = texts
    return told


def _cells(row: FileRow, values: Mapping[str, Decimal | None]) -> list[str]:
    return [
        f"{place_words(one.meaning)}: {one.text or 'en blanco'} → {shown_figure(values[one.meaning])}"
        for one in row.numbers
        if one.meaning in values and (values[one.meaning] != one.value or one.fault)
    ]


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    line: QuarantineLine,
    state: RowState,
    subject: str,
    told: Mapping[str, Any],
    reason: str,
) -> None:
    where = {"row": line.row.row, "sheet": line.row.sheet}
    record_audit(
        session,
        actor=actor,
        now=now,
        action="poi.settle",
        subject=subject,
        before={**where, "state": line.state.value},
        after={**where, "state": state.value, **told},
        reason=reason,
    )
