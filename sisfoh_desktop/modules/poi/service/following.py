"""Following the plan: recording what was executed month by month, closing months and opening them again.

Everything that writes claims the plan's months first (`store.follow_up.claim_months`), so that no figure slips into a
month that is being closed. Evidence is in `evidence`, punctuality in `punctuality`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.poi.rules import closing
from sisfoh_desktop.modules.poi.rules import follow_up as rules
from sisfoh_desktop.modules.poi.rules.closing import ClosingCheck, EventKind, MonthEvent
from sisfoh_desktop.modules.poi.rules.facts import Activity, Execution, MonthState, PoiPlan
from sisfoh_desktop.modules.poi.rules.follow_up import FollowedActivity, FollowedPlan
from sisfoh_desktop.modules.poi.rules.versions import on_view
from sisfoh_desktop.modules.poi.service.motives import list_motives
from sisfoh_desktop.modules.poi.store import follow_up as store
from sisfoh_desktop.modules.poi.store import plans as plan_store
from sisfoh_desktop.modules.poi.store import programme as programme_store
from sisfoh_desktop.modules.poi.store import versions as version_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


# -- reading -------------------------------------------------------------------------------------------------


def list_months(db: Database, plan_id: int) -> list[MonthState]:
    """January first."""
    with db.reading() as session:
        return plan_store.list_months(session, plan_id)


def load_follow_up(db: Database, plan_id: int) -> FollowedPlan:
    """The plan with everything told of its year, of one moment; RuleError `plan_unknown`."""
    with db.reading() as session:
        return load_follow_up_in(session, plan_id)


def load_follow_up_in(session: "Session", plan_id: int) -> FollowedPlan:
    """The same in the caller's session."""
    plan = plan_store.load_plan(session, plan_id)
    version = on_view(version_store.list_versions(session, plan_id))
    activities = programme_store.load_programme(session, version.id) if version is not None else ()
    cells = store.list_cells(session, plan_id)
    evidence = store.count_evidence(session, plan_id)
    return FollowedPlan(
        plan,
        version,
        tuple(plan_store.list_months(session, plan_id)),
        tuple(FollowedActivity(one, cells.get(one.id, {}), evidence.get(one.id, {})) for one in activities),
    )


def month_events(db: Database, plan_id: int) -> list[MonthEvent]:
    """Closings and reopenings, the newest first."""
    with db.reading() as session:
        return store.list_events(session, plan_id)


# -- recording -----------------------------------------------------------------------------------------------


def record_execution(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    entries: Sequence[Execution],
    token: str | None = None,
) -> None:
    """Record cells as they are from now on, all or none; `version` is the one seen (0: nothing was recorded).

    A blank figure is kept as a blank. RuleError for months that take nothing (`month_closed`, `month_not_begun`), a
    figure or motive that cannot be kept, an activity that the version on view does not have (`activity_unknown`);
    StaleRow when somebody else saved a cell first.
    """

    def change(session: "Session") -> None:
        plan = plan_store.load_plan(session, plan_id)
        months = store.claim_months(session, plan_id)
        rules.check_months_take(months, {one.month for one in entries}, plan.year, _today(now))
        _check_once([(one.activity_id, one.month) for one in entries])
        codes = {one.code for one in list_motives()}
        wanted = [rules.check_cell(one, codes) for one in entries]
        ids = {one.activity_id for one in wanted}
        version = on_view(version_store.list_versions(session, plan_id))
        store.check_programmed(session, version.id if version is not None else 0, ids)
        found = store.list_cells_of(session, ids)
        seen = [found.get(one.activity_id, {}).get(one.month) for one in wanted]
        stale = sum(
            one.version != (before.version if before is not None else 0)
            for one, before in zip(wanted, seen, strict=True)
        )
        if stale:
            raise StaleRow(rules.conflict_sentence(stale))
        _write(
            session,
            actor,
            now,
            [
                (before, _stamped(one, before, actor, now, imported=False))
                for one, before in zip(wanted, seen, strict=True)
            ],
            trail_of_new=True,
        )

    db.run_once(token, change)


def record_imported_in(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    told: Sequence[tuple[int, Sequence[Execution]]],
) -> None:
    """What a file tells of open months, in the caller's transaction: its blanks change nothing, its figures stand.

    `told` are activities with their cells, of which the id is not looked at: activities that did the same share them.
    The day on which a figure from a file was reported is not known (`imported`). The trail tells each figure that
    was there and changed; new ones are told by the import itself. RuleError as in `record_execution`.
    """
    plan = plan_store.load_plan(session, plan_id)
    months = store.claim_months(session, plan_id)
    distinct = {id(cells): cells for _, cells in told}
    wanted = {one.month for cells in distinct.values() for one in cells}
    rules.check_months_take(months, wanted, plan.year, _today(now))
    _check_once([(activity_id, one.month) for activity_id, cells in told for one in cells])
    codes = {one.code for one in list_motives()}
    sound = {key: [rules.check_cell(one, codes) for one in cells] for key, cells in distinct.items()}
    ids = {activity_id for activity_id, _ in told}
    store.check_activities(session, plan_id, ids)
    found = store.list_cells_of(session, ids)
    fresh = [(one, sound[id(cells)]) for one, cells in told if one not in found]
    store.add_imported(session, fresh, now=now, user=actor.user)
    changes: list[tuple[Execution | None, Execution]] = []
    for activity_id, cells in told:
        for one in cells if activity_id in found else ():
            before = found[activity_id].get(one.month)
            cell = replace(one, activity_id=activity_id) if before is None else rules.over(before, one)
            cell = rules.check_cell(cell, codes)
            changes.append((before, _stamped(cell, before, actor, now, imported=True)))
    _write(session, actor, now, changes, trail_of_new=False)


def _check_once(cells: Sequence[tuple[int, int]]) -> None:
    """`cells` by activity and month."""
    if len(set(cells)) != len(cells):
        raise RuleError(
            "cell_repeated",
            "Una misma celda viene dos veces; no se guardó nada. Deje una sola cifra por actividad y mes.",
        )


def _stamped(
    cell: Execution, before: Execution | None, actor: Actor, now: datetime, *, imported: bool
) -> Execution:
    """With who reported the figure first and when: of one that was owed until now, that is this moment."""
    if before is None or (before.physical is None and cell.physical is not None):
        return replace(
            cell,
            imported=imported,
            registered_at=now,
            registered_by=actor.user,
            version=before.version if before is not None else 0,
        )
    return replace(
        cell,
        imported=before.imported,
        registered_at=before.registered_at,
        registered_by=before.registered_by,
        version=before.version,
    )


def _write(
    session: "Session",
    actor: Actor,
    now: datetime,
    changes: Sequence[tuple[Execution | None, Execution]],
    *,
    trail_of_new: bool,
) -> None:
    """Cells that say something else than before; the others stay as they are, their version too."""
    new = [cell for before, cell in changes if before is None and not rules.is_blank(cell)]
    changed = [
        (before, cell)
        for before, cell in changes
        if before is not None and not rules.told_alike(before, cell)
    ]
    store.add_cells(session, new)
    store.save_cells(session, [cell for _before, cell in changed])
    for cell in new if trail_of_new else ():
        _record_cell(session, actor, now, None, cell)
    for before, cell in changed:
        _record_cell(session, actor, now, before, cell)


def _record_cell(
    session: "Session", actor: Actor, now: datetime, before: Execution | None, after: Execution
) -> None:
    told = {
        name: value for name, value in _told(after).items() if before is not None or value not in (None, "")
    }
    earlier = None if before is None else _told(before)
    if earlier is not None:
        names = [name for name in told if name == "month" or told[name] != earlier[name]]
        told, earlier = {name: told[name] for name in names}, {name: earlier[name] for name in names}
    record_audit(
        session,
        actor=actor,
        now=now,
        action="poi_execution.record",
        subject=f"poi_activity:{after.activity_id}",
        before=earlier,
        after=told,
    )


def _told(cell: Execution) -> dict[str, Any]:
    return {
        "month": cell.month,
        "executed": cell.physical,
        "executed_money": cell.money,
        "motive": next((one.label for one in list_motives() if one.code == cell.motive), cell.motive),
        "motive_text": cell.motive_text,
        "corrective": cell.corrective,
    }


# -- closing -------------------------------------------------------------------------------------------------


def check_closing(db: Database, *, plan_id: int, month: int) -> ClosingCheck:
    """What a month (1 to 12) still owes; nothing is changed."""
    with db.reading() as session:
        plan = plan_store.load_plan(session, plan_id)
        return _check(session, plan, _programme(session, plan_id), month)


def close_month(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    month: int,
    expected_version: int,
    reason: str = "",
    token: str | None = None,
) -> None:
    """Close a month: from then on it takes no figures. `reason` is needed only where something is owed.

    RuleError as in `rules.closing.check_can_close`; StaleRow when somebody closed or opened it first.
    """

    def change(session: "Session") -> None:
        plan = plan_store.load_plan(session, plan_id)
        months = store.claim_months(session, plan_id)
        seen = closing.state_of_month(months, month, plan.year)
        check_updated(1 if seen.version == expected_version else 0)
        _close(session, actor, now, plan, months, _programme(session, plan_id), month, reason)

    db.run_once(token, change)


def close_months(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    until: int,
    reason: str = "",
    token: str | None = None,
) -> list[int]:
    """Close every open month up to `until` (1 to 12), all or none, as for a year that was imported; which they were.

    RuleError as in `close_month`, or `month_closed` where none is open.
    """

    def change(session: "Session") -> list[int]:
        plan = plan_store.load_plan(session, plan_id)
        months = store.claim_months(session, plan_id)
        wanted = [one.month for one in months if one.month <= until and not one.closed] or [until]
        programme = _programme(session, plan_id)
        for month in wanted:
            _close(session, actor, now, plan, months, programme, month, reason)
            months = tuple(replace(one, closed_at=now) if one.month == month else one for one in months)
        return wanted

    return db.run_once(token, change)


def reopen_month(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    month: int,
    document: str,
    reason: str,
    token: str | None = None,
) -> None:
    """Open a closed month by a document that says so; the months after it stay as they are.

    RuleError `month_open`, or for a document or reason that is missing.
    """

    def change(session: "Session") -> None:
        plan = plan_store.load_plan(session, plan_id)
        months = store.claim_months(session, plan_id)
        kept, why = closing.check_can_reopen(months, month, plan=plan, document=document, reason=reason)
        state = closing.state_of_month(months, month, plan.year)
        store.record_closing(
            session,
            plan_id=plan_id,
            month=month,
            expected_version=state.version,
            closed_at=None,
            closed_by="",
        )
        store.add_event(
            session, MonthEvent(plan_id, month, EventKind.REOPENING, why, kept, 0, 0, now, actor.user)
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="poi_month.reopen",
            subject=f"poi_plan:{plan_id}",
            before={"month": month, "closed_at": state.closed_at, "closed_by": state.closed_by},
            after={"month": month, "authority": kept},
            reason=why,
        )

    db.run_once(token, change)


def _close(
    session: "Session",
    actor: Actor,
    now: datetime,
    plan: PoiPlan,
    months: Sequence[MonthState],
    programme: Sequence[Activity],
    month: int,
    reason: str,
) -> None:
    check = _check(session, plan, programme, month)
    kept = closing.check_can_close(months, month, plan=plan, today=_today(now), check=check, reason=reason)
    why = "" if check.complete else kept
    store.record_closing(
        session,
        plan_id=plan.id,
        month=month,
        expected_version=closing.state_of_month(months, month, plan.year).version,
        closed_at=now,
        closed_by=actor.user,
    )
    counts = len(check.pending), len(check.unexplained)
    store.add_event(session, MonthEvent(plan.id, month, EventKind.CLOSING, why, "", *counts, now, actor.user))
    record_audit(
        session,
        actor=actor,
        now=now,
        action="poi_month.close",
        subject=f"poi_plan:{plan.id}",
        after={"month": month, "pending": counts[0], "unexplained": counts[1]},
        reason=why,
    )


def _programme(session: "Session", plan_id: int) -> tuple[Activity, ...]:
    version = on_view(version_store.list_versions(session, plan_id))
    return programme_store.load_programme(session, version.id) if version is not None else ()


def _check(session: "Session", plan: PoiPlan, programme: Sequence[Activity], month: int) -> ClosingCheck:
    cells = store.list_cells_of_month(session, plan.id, month)
    return closing.check_of(plan, month, ((one, cells.get(one.id, {}).get(month)) for one in programme))


def _today(now: datetime) -> date:
    return now.astimezone(LIMA).date()
