"""Importing the kardex from a spreadsheet: an opening stock or a year of movements, checked as a whole.

What adds up is recorded in one commit; the rest waits in quarantine until somebody settles it row by row. Reviewing
stores nothing. The reading of the file happens outside any transaction.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.facts import Piece
from sisfoh_desktop.modules.kardex.rules.importing import (
    FIELDS,
    FileRow,
    ImportLine,
    ImportPlan,
    ImportResult,
    KardexFile,
    QuarantineLine,
    QuarantineState,
)
from sisfoh_desktop.modules.kardex.rules.importing_names import Names
from sisfoh_desktop.modules.kardex.rules.importing_replay import (
    Ground,
    MovementKey,
    Replayed,
    movement_key,
    read_rows,
    replay,
    wanted_forms,
)
from sisfoh_desktop.modules.kardex.rules.importing_rows import ReadRow
from sisfoh_desktop.modules.kardex.rules.importing_totals import check_totals
from sisfoh_desktop.modules.kardex.rules.moving import movement_name
from sisfoh_desktop.modules.kardex.service import moving
from sisfoh_desktop.modules.kardex.service.in_force import why_not_in_force_in
from sisfoh_desktop.modules.kardex.sheet import importing as sheet
from sisfoh_desktop.modules.kardex.sheet.import_template import template_workbook
from sisfoh_desktop.modules.kardex.store import catalogue as catalogue_store
from sisfoh_desktop.modules.kardex.store import forms, ledger
from sisfoh_desktop.modules.kardex.store import importing as store
from sisfoh_desktop.sheets.reading import shown_file_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "check_file",
    "count_pending",
    "discard_quarantine",
    "import_file",
    "list_imports",
    "list_quarantine",
    "settle_quarantine",
    "template_workbook",
]

_LONGEST_REASON = 500


def check_file(
    db: Database,
    *,
    campaign_id: int,
    file_name: str,
    data: bytes,
    now: datetime,
    progress: Progress = silent,
) -> ImportPlan:
    """What importing the file would do now; nothing is stored.

    FileFailed for a file that cannot be read safely, RuleError `kardex_head_missing` or `campaign_unknown`.
    """
    read = sheet.read_kardex_file(data, file_name, progress=progress)
    with db.reading() as session:
        return _plan(session, read, campaign_id, file_name, data, now, progress)[0]


def import_file(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    campaign_id: int,
    file_name: str,
    data: bytes,
    expected: ImportPlan | None = None,
    token: str | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Record the rows that add up in one commit, with the others in quarantine beside them.

    `expected` is what the person was shown: RuleError `import_changed` when it is no longer so. Also
    `import_repeated` (the same bytes were imported before and something of them was recorded), `import_empty`, and
    what `check_file` raises. Cancelled through `progress`: nothing remains of it.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return ImportResult(**earlier.result)
    read = sheet.read_kardex_file(data, file_name, progress=progress)

    def change(session: "Session") -> dict[str, Any]:
        plan, replayed = _plan(
            session, read, campaign_id, file_name, data, now, lambda _done, _total: progress(0, 0)
        )
        before = store.list_imports(session, campaign_id, sha256=plan.sha256)
        _check_importable(plan, expected, before)
        movements = plan.movements
        if movements:
            moving.register_in_bulk(session, actor=actor, now=now, movements=movements, progress=progress)
        store.discard_pending(
            session,
            [one.id for one in before],
            reason="El mismo archivo se importó de nuevo.",
            user=actor.user,
        )
        import_id = store.add_import(session, plan, now=now, user=actor.user)
        for lost in replayed.lost:
            moving.record_sighting_in(
                session,
                actor=actor,
                now=now,
                type_id=lost.type_id,
                ranges=lost.ranges,
                seen_in=lost.seen_in,
                seen_on=lost.seen_on,
            )
        result = ImportResult(
            import_id=import_id,
            rows=plan.row_count,
            accepted=len(plan.accepted),
            quarantined=len(plan.quarantined),
            rejected=len(plan.rejected),
            totals_checked=plan.totals_checked,
            movements=len(movements),
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="kardex.import",
            subject=f"kardex_import:{import_id}",
            after={"file_name": plan.file_name, "sha256": plan.sha256, **_counted(result)},
        )
        return asdict(result)

    return ImportResult(**db.run_once(token, change))


def list_imports(db: Database, campaign_id: int) -> list[ImportLine]:
    """The imported files, the newest first."""
    with db.reading() as session:
        return store.list_imports(session, campaign_id)


def list_quarantine(
    db: Database, campaign_id: int, *, import_id: int = 0, pending_only: bool = True
) -> list[QuarantineLine]:
    """The rows that wait for a person; with `pending_only=False` the settled ones too."""
    with db.reading() as session:
        return store.list_quarantine(session, campaign_id, import_id=import_id, pending_only=pending_only)


def count_pending(db: Database, campaign_id: int) -> int:
    """How many rows wait."""
    with db.reading() as session:
        return store.count_pending(session, campaign_id)


def settle_quarantine(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    quarantine_id: int,
    expected_version: int,
    texts: Mapping[str, str],
    token: str | None = None,
) -> int:
    """Record a row with its cells corrected (`texts` by field); how many movements it became.

    RuleError with the first thing that still does not add up: the row stays in quarantine. StaleRow when somebody
    settled it first.
    """

    def change(session: "Session") -> int:
        line = _pending(session, quarantine_id)
        values = {
            name: clean_text(text, what="la celda", limit=300, one_line=True) for name, text in texts.items()
        }
        if not line.has_condition and not values.get("condition"):
            values.pop("condition", None)
        row = sheet.file_row(line.sheet, line.row, line.layout, values)
        replayed = _replayed(session, [row], line.campaign_id, now)[2]
        if replayed.quarantined:
            wrong = replayed.quarantined[0].findings[0]
            raise RuleError(wrong.rule, f"{wrong.text.rstrip('.')}. La fila sigue en cuarentena.")
        if replayed.repeated:
            raise RuleError("already_recorded", f"{replayed.repeated[0].why} Descártela de la cuarentena.")
        movements = replayed.accepted[0].movements
        moving.register_movements_in(session, actor=actor, now=now, movements=movements)
        corrected = {name: text for name, text in row.texts.items() if text != line.texts.get(name, "")}
        reason = "Registrada sin cambios." if not corrected else "Registrada con correcciones."
        _settle(session, actor, now, line, expected_version, QuarantineState.REGISTERED, reason, corrected)
        return len(movements)

    return db.run_once(token, change)


def discard_quarantine(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    quarantine_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Take a row out of quarantine without recording it, with the reason. RuleError `text_missing`; StaleRow."""
    kept = clean_text(reason, what="el motivo", limit=_LONGEST_REASON, required=True)

    def change(session: "Session") -> None:
        line = _pending(session, quarantine_id)
        _settle(session, actor, now, line, expected_version, QuarantineState.DISCARDED, kept, {})

    db.run_once(token, change)


# --- inside ---


def _plan(
    session: "Session",
    read: KardexFile,
    campaign_id: int,
    file_name: str,
    data: bytes,
    now: datetime,
    progress: Progress,
) -> tuple[ImportPlan, Replayed]:
    rows, names, replayed = _replayed(session, read.rows, campaign_id, now, progress)
    plan = ImportPlan(
        campaign_id=campaign_id,
        file_name=shown_file_name(file_name),
        sha256=hashlib.sha256(data).hexdigest(),
        accepted=replayed.accepted,
        quarantined=replayed.quarantined,
        rejected=tuple(sorted((*read.rejected, *replayed.repeated), key=lambda one: (one.sheet, one.row))),
        totals_checked=len(read.totals),
        totals=tuple(check_totals(read.totals, rows, names)),
        columns=read.columns,
        notes=read.notes,
    )
    return plan, replayed


def _replayed(
    session: "Session",
    file_rows: Sequence[FileRow],
    campaign_id: int,
    now: datetime,
    progress: Progress = silent,
) -> tuple[list[ReadRow], Names, Replayed]:
    campaign = catalogue_store.load_campaign(session, campaign_id)
    names = Names(catalogue_store.list_types(session, campaign_id), catalogue_store.list_holders(session))
    rows = read_rows(file_rows, names)

    def out_of_force(holder_id: int, day: date) -> str:
        return why_not_in_force_in(session, names.holder_by_id[holder_id], day)

    def reception_of(piece: Piece) -> str:
        movement = ledger.load_reception(session, piece.line_id)
        return movement_name(movement.number, movement.kind, movement.moved_on)

    ground = Ground(
        campaign=campaign,
        names=names,
        today=now.astimezone(LIMA).date(),
        pieces={
            type_id: forms.find_pieces(session, type_id, ranges)
            for type_id, ranges in wanted_forms(rows).items()
        },
        day_changes=ledger.day_changes(session, [one.id for one in names.types if not one.serialised]),
        out_of_force=out_of_force,
        recorded=_recorded(session, rows),
        reception_of=reception_of,
    )
    return rows, names, replay(rows, ground, progress=progress)


def _recorded(session: "Session", rows: Sequence[ReadRow]) -> dict[MovementKey, list[str]]:
    """What the ledger has of the days of the file, by what each movement says."""
    days = [one.row.day for one in rows if one.row.day is not None]
    types = sorted({one.form_type.id for one in rows if one.form_type is not None})
    found: defaultdict[MovementKey, list[str]] = defaultdict(list)
    if days and types:
        for movement, number in store.list_movements_between(session, types, min(days), max(days)):
            found[movement_key(movement)].append(movement_name(number, movement.kind, movement.moved_on))
    return found


def _check_importable(plan: ImportPlan, expected: ImportPlan | None, before: Sequence[ImportLine]) -> None:
    done = next((one for one in before if one.accepted), None)
    if done is not None:
        raise RuleError(
            "import_repeated",
            f"Este mismo archivo ya se importó el {done.imported_at:%d/%m/%Y} con {done.accepted} filas registradas; "
            "no se registró nada. Lo que quedó pendiente se resuelve en la cuarentena.",
        )
    if not plan.accepted and not plan.quarantined:
        raise RuleError(
            "import_empty",
            "El archivo no trae ninguna fila nueva de formularios bajo su cabecera; no se registró nada.",
        )
    if expected is not None and [one.movements for one in expected.accepted] != [
        one.movements for one in plan.accepted
    ]:
        raise RuleError(
            "import_changed",
            "El kardex cambió desde que se revisó el archivo; no se registró nada. Revíselo otra vez.",
        )


def _pending(session: "Session", quarantine_id: int) -> QuarantineLine:
    line = store.load_quarantine(session, quarantine_id)
    if line.state is not QuarantineState.PENDING:
        raise RuleError(
            "quarantine_settled",
            f"La fila ya está {line.state.value}: la resolvió {line.settled_by}. Actualice con F5.",
        )
    return line


def _settle(
    session: "Session",
    actor: Actor,
    now: datetime,
    line: QuarantineLine,
    expected_version: int,
    state: QuarantineState,
    reason: str,
    corrected: Mapping[str, str],
) -> None:
    store.record_settled(session, line.id, expected_version, state=state, reason=reason, user=actor.user)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="kardex.settle",
        subject=f"kardex_import:{line.import_id}",
        before={"row": line.row, "state": line.state.value},
        after={
            "row": line.row,
            "state": state.value,
            **({"corrections": _told(corrected)} if corrected else {}),
        },
        reason=reason,
    )


def _told(corrected: Mapping[str, str]) -> str:
    return "; ".join(f"{FIELDS.get(name, name)}: {text or 'en blanco'}" for name, text in corrected.items())


def _counted(result: ImportResult) -> dict[str, int]:
    return {name: count for name, count in asdict(result).items() if name != "import_id"}
