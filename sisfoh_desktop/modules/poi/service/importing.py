"""Importing a table of the POI: read, checked like a detective, and what adds up stored in one commit.

The rows that do not add up wait in quarantine (`quarantine`) until a person reads them. Reviewing stores nothing; the
file is read and its sums are checked outside any transaction.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import detective
from sisfoh_desktop.modules.poi.rules.facts import PoiPlan, PoiVersion, Stage
from sisfoh_desktop.modules.poi.rules.import_placing import Ground, Placed
from sisfoh_desktop.modules.poi.rules.import_plan import ImportLine, ImportPlan, ImportResult
from sisfoh_desktop.modules.poi.rules.import_review import Review, review
from sisfoh_desktop.modules.poi.rules.importing import CheckedFile, ColumnMapping, Profile
from sisfoh_desktop.modules.poi.rules.plans import new_plan
from sisfoh_desktop.modules.poi.rules.versions import draft_of, new_draft
from sisfoh_desktop.modules.poi.service import plans, versions
from sisfoh_desktop.modules.poi.service.import_ground import (
    ground_of,
    last_begun,
    receiving_version,
    write_placed,
)
from sisfoh_desktop.modules.poi.service.mappings import check_mapping
from sisfoh_desktop.modules.poi.sheet import importing as sheet
from sisfoh_desktop.modules.poi.store import importing as store
from sisfoh_desktop.modules.poi.store import plans as plan_store
from sisfoh_desktop.modules.poi.store import versions as version_store
from sisfoh_desktop.sheets.reading import read_workbook, shown_file_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def check_file(
    db: Database,
    *,
    year: int,
    file_name: str,
    data: bytes,
    now: datetime,
    mapping: ColumnMapping | None = None,
    as_version: Stage | None = None,
    progress: Progress = silent,
) -> ImportPlan:
    """What importing the file would do now; nothing is stored.

    `as_version`: the file is a version of its own, and its programme is taken. FileFailed for a file that cannot be
    read safely; RuleError `poi_head_missing`, `mapping_unconfirmed`, `mapping_incomplete`, or why no such version may
    be started.
    """
    checked = _checked(db, data, file_name, mapping, progress)
    with db.reading() as session:
        return _plan(session, checked, year, file_name, data, _today(now), as_version, progress)[0]


def import_file(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    year: int,
    file_name: str,
    data: bytes,
    mapping: ColumnMapping | None = None,
    as_version: Stage | None = None,
    expected: ImportPlan | None = None,
    token: str | None = None,
    progress: Progress = silent,
) -> ImportResult:
    """Store the rows that add up in one commit, with the others in quarantine beside them.

    `expected` is what the person was shown: RuleError `import_changed` when it is no longer so. Also `import_repeated`
    (the same bytes were imported before), `import_empty`, and what `check_file` raises. Cancelled through `progress`:
    nothing remains of it.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return ImportResult(**earlier.result)
    checked = _reviewed_before(data, mapping, expected)
    if checked is None:
        checked = _checked(db, data, file_name, mapping, progress)

    def change(session: "Session") -> dict[str, Any]:
        today = _today(now)
        plan, reviewed = _plan(session, checked, year, file_name, data, today, as_version, progress)
        before = _check_importable(session, plan, expected)
        poi = _found_or_made(session, actor, now, plan)
        version, started = _receiving(session, actor, now, poi, plan)
        if started:  # its rows have ids of their own
            reviewed = review(checked, ground_of(session, poi, version, today, replaces=True), progress)
        store.discard_pending(
            session,
            [one.id for one in before],
            reason="El mismo archivo se importó de nuevo.",
            now=now,
            user=actor.user,
        )
        import_id = store.add_import(
            session, plan, plan_id=poi.id, version_id=version.id, now=now, user=actor.user
        )
        waiting = [
            (one, order)
            for one, order in zip(reviewed.checked.rows, reviewed.orders, strict=True)
            if one.findings
        ]
        store.add_quarantine(session, import_id, waiting)
        progress(0, 0)
        write_placed(session, reviewed.accepted, actor=actor, now=now, version=version, import_id=import_id)
        result = ImportResult(
            import_id=import_id,
            plan_id=poi.id,
            version_id=version.id,
            rows=plan.rows,
            accepted=plan.accepted,
            quarantined=plan.quarantined,
            rejected=plan.rejected,
            totals_checked=plan.totals_checked,
            unchanged=plan.unchanged,
            added=plan.new_activities,
        )
        _record(session, actor, now, plan, result)
        progress(0, 0)
        return asdict(result)

    return ImportResult(**db.run_once(token, change))


def list_imports(db: Database, plan_id: int) -> list[ImportLine]:
    """The imported files with their numbers as they are now, the newest first."""
    with db.reading() as session:
        return store.list_imports(session, plan_id)


# --- inside ---


def _checked(
    db: Database, data: bytes, file_name: str, mapping: ColumnMapping | None, progress: Progress
) -> CheckedFile:
    """The table with what its own cells and sums tell; no database but for a mapping that a person confirmed."""
    book = read_workbook(data, file_name, progress=progress)
    if mapping is not None:
        check_mapping(mapping)
    else:
        mapping = _confirmed(db, sheet.propose_mapping(book), file_name)
    read = sheet.find_table(book, mapping, sha256=hashlib.sha256(data).hexdigest())
    return detective.check_file(read)


def _reviewed_before(
    data: bytes, mapping: ColumnMapping | None, expected: ImportPlan | None
) -> CheckedFile | None:
    """The table as it was read for the review, where these are the same bytes under the same mapping."""
    if expected is None or expected.source is None:
        return None
    same = expected.sha256 == hashlib.sha256(data).hexdigest()
    read = expected.source.file.mapping
    return expected.source if same and (mapping is None or mapping.meanings == read.meanings) else None


def _confirmed(db: Database, proposed: ColumnMapping | None, file_name: str) -> ColumnMapping | None:
    """The mapping that a person confirmed for columns that are not known by themselves; None where they are."""
    if proposed is None or proposed.profile is not Profile.GENERIC:
        return None
    with db.reading() as session:
        saved = store.find_mapping(session, proposed.heads)
    if saved is None:
        raise RuleError(
            "mapping_unconfirmed",
            f"Las columnas de «{shown_file_name(file_name)}» no son de un formato conocido; no se importó nada. "
            "Confirme en el programa qué dice cada una: queda guardado para la próxima vez.",
        )
    return saved.mapping


def _plan(
    session: "Session",
    checked: CheckedFile,
    year: int,
    file_name: str,
    data: bytes,
    today: date,
    as_version: Stage | None,
    progress: Progress,
) -> tuple[ImportPlan, Review]:
    poi = plan_store.find_plan(session, year)
    told_year = checked.file.year
    notes: list[str] = []
    if told_year and told_year != year:
        notes.append(f"El título del archivo dice {told_year} y se importa al POI {year}.")
    if poi is None:
        new_plan(year, "", plans.proposal())  # RuleError for a year that none has
        ground, name = Ground(last_begun=last_begun(year, today)), "POI aprobado"
        if as_version not in (None, Stage.APPROVED):
            notes.append(f"El {year} aún no tiene POI: el archivo entra como POI aprobado.")
            as_version = None
    else:
        version = _version_to_be(session, poi, as_version)
        name = version.name
        base = version if version.id else _on_view(session, poi)
        ground = ground_of(session, poi, base, today, replaces=as_version is not None)
    reviewed = review(checked, ground, progress)
    known = plan_store.measure_ids(session)
    measures = {
        plan_store.measure_key(name): name for name in (one.activity.measure for one in reviewed.accepted)
    }
    return (
        ImportPlan(
            year=year,
            file_name=shown_file_name(file_name),
            sha256=hashlib.sha256(data).hexdigest(),
            checked=reviewed.checked,
            source=checked,
            habits=detective.habits_of(checked.file.rows),
            plan_id=poi.id if poi is not None else None,
            version_name=name,
            as_version=as_version,
            new_activities=sum(one.is_new for one in reviewed.accepted),
            unchanged=sum(one.unchanged for one in reviewed.accepted),
            changes=_of(reviewed.accepted, "executed_changes"),
            completed=_of(reviewed.accepted, "completed"),
            new_measures=tuple(name for key, name in measures.items() if key not in known),
            notes=(*notes, *reviewed.notes),
        ),
        reviewed,
    )


def _of(placed: Sequence[Placed], name: str) -> tuple[Any, ...]:
    return tuple(change for one in placed for change in getattr(one, name))


def _on_view(session: "Session", poi: PoiPlan) -> PoiVersion:
    version = receiving_version(session, poi.id)
    if version is None:
        raise RuleError("version_unknown", f"El POI {poi.year} no tiene ninguna versión; actualice con F5.")
    return version


def _version_to_be(session: "Session", poi: PoiPlan, as_version: Stage | None) -> PoiVersion:
    """The version that takes the rows; one that is still to be started has no id. RuleError where it may not be."""
    listed = version_store.list_versions(session, poi.id)
    draft = draft_of(listed)
    if as_version is None or (draft is not None and draft.stage is as_version):
        return _on_view(session, poi)
    return new_draft(poi.id, listed, plan_store.list_months(session, poi.id), as_version)


def _found_or_made(session: "Session", actor: Actor, now: datetime, plan: ImportPlan) -> PoiPlan:
    plan_id = plan.plan_id or plans.add_plan_in(session, actor=actor, now=now, year=plan.year)
    plan_store.lock_plan(session, plan_id)
    return plan_store.load_plan(session, plan_id)


def _receiving(
    session: "Session", actor: Actor, now: datetime, poi: PoiPlan, plan: ImportPlan
) -> tuple[PoiVersion, bool]:
    """The version that takes the rows, and whether it was started for them."""
    wanted = _version_to_be(session, poi, plan.as_version)
    if wanted.id:
        return wanted, False
    assert plan.as_version is not None
    version_id = versions.start_version_in(
        session,
        actor=actor,
        now=now,
        plan_id=poi.id,
        stage=plan.as_version,
        note=f"Importado de «{plan.file_name}».",
    )
    return version_store.load_version(session, version_id), True


def _check_importable(session: "Session", plan: ImportPlan, expected: ImportPlan | None) -> list[ImportLine]:
    """Earlier imports of these bytes of which nothing was kept: what waits of them gives way."""
    before = store.list_imports(session, plan.plan_id, sha256=plan.sha256) if plan.plan_id else []
    done = next((one for one in before if one.numbers.accepted or one.numbers.repaired), None)
    if done is not None:
        kept = done.numbers.accepted + done.numbers.repaired
        waiting = " Lo que espera se resuelve en «Importación»." if done.numbers.quarantined else ""
        raise RuleError(
            "import_repeated",
            f"Este mismo archivo ya se importó el {done.imported_at:%d/%m/%Y} ({done.imported_by}), con {kept} filas "
            f"guardadas; no se importó de nuevo.{waiting}",
        )
    if not plan.accepted and not plan.quarantined:
        raise RuleError(
            "import_empty",
            "El archivo no trae ninguna fila de actividades bajo su cabecera; no se importó nada.",
        )
    if expected is not None and not plan.same_as(expected):
        raise RuleError(
            "import_changed",
            "El POI cambió desde que se revisó el archivo; no se importó nada. Revíselo otra vez.",
        )
    return before


def _record(session: "Session", actor: Actor, now: datetime, plan: ImportPlan, result: ImportResult) -> None:
    counts = {
        name: value
        for name, value in asdict(result).items()
        if name not in ("import_id", "plan_id", "version_id")
    }
    record_audit(
        session,
        actor=actor,
        now=now,
        action="poi.import",
        subject=f"poi_import:{result.import_id}",
        after={
            "file_name": plan.file_name,
            "sha256": plan.sha256,
            "name": plan.version_name,
            **counts,
        },
    )


def _today(now: datetime) -> date:
    return now.astimezone(LIMA).date()
