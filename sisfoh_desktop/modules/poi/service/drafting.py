"""What a draft of the POI programmes: its activities corrected, added and taken away by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import programme as programme_rules
from sisfoh_desktop.modules.poi.rules import versions as rules
from sisfoh_desktop.modules.poi.rules.facts import Activity, PoiVersion
from sisfoh_desktop.modules.poi.rules.follow_up import month_list
from sisfoh_desktop.modules.poi.service import plans
from sisfoh_desktop.modules.poi.store import plans as plan_store
from sisfoh_desktop.modules.poi.store import programme as programme_store
from sisfoh_desktop.modules.poi.store import versions as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def save_programme(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    version_id: int,
    changes: Sequence[Activity],
    added: Sequence[Activity] = (),
    removed: Sequence[int] = (),
    token: str | None = None,
) -> None:
    """Correct, add and remove (by activity id) activities of a draft, all or none.

    One that is added with the name of an activity that the draft had left out is that activity again, with what was
    executed of it. Sums need not come to the goal yet: that is asked when it is approved. RuleError `version_approved`,
    `measure_unknown`, `closed_month_changed`, `activity_executed`, or as in `rules.programme.clean_activity`;
    StaleRow when somebody changed one of them first.
    """

    def change(session: "Session") -> None:
        draft = _open_draft(session, version_id)
        stored = {one.id: one for one in programme_store.load_programme(session, version_id)}
        known = plan_store.measure_ids(session)
        texts: dict[tuple[str, str], str] = {}
        base = base_in(session, draft)
        wanted = [_measured(programme_rules.clean_activity(one, texts), known) for one in changes]
        altered = [one for one in wanted if one.id not in stored or _differs(stored[one.id], one)]
        first = rules.first_free_month(plan_store.list_months(session, draft.plan_id))
        based = draft.based_on_id is not None
        for one in altered:
            _check_closed_kept(one, first, base.get(one.id) if based else stored.get(one.id))
        programme_store.save_activities(session, version_id, altered)
        gone = [stored[one] for one in removed if one in stored]
        _check_removal(session, draft, gone, base)
        programme_store.remove_activities(session, version_id, [one.id for one in gone])
        fresh = _placed(
            [_measured(programme_rules.clean_activity(one, texts), known) for one in added], stored.values()
        )
        left = {one.id for one in gone}
        absent = [one for one in base.values() if one.id not in stored or one.id in left]
        fresh = [_returned(one, absent, first) for one in fresh]
        if based:
            for one in fresh:
                _check_closed_kept(one, first, base.get(one.id))
        ids = _add(session, draft, fresh)
        store.touch_version(session, draft)
        for one in altered:
            _record_change(session, actor, now, stored[one.id], one)
        for activity_id, one in zip(ids, fresh, strict=True):
            _record_activity(session, actor, now, "poi_activity.add", activity_id, None, one)
        for one in gone:
            _record_activity(session, actor, now, "poi_activity.remove", one.id, one, None)

    db.run_once(token, change)


def renewed_in(session: "Session", version: PoiVersion) -> PoiVersion:
    """The version with the first month that it may change now (`rules.renewed`)."""
    return rules.renewed(version, plan_store.list_months(session, version.plan_id))


def base_in(session: "Session", version: PoiVersion) -> dict[int, Activity]:
    """What the version that this one starts from programmes, by activity; {} for the first of a plan."""
    if version.based_on_id is None:
        return {}
    return {one.id: one for one in programme_store.load_programme(session, version.based_on_id)}


def _open_draft(session: "Session", version_id: int) -> PoiVersion:
    version = store.load_version(session, version_id)
    rules.check_is_draft(version)
    plan_store.lock_plan(session, version.plan_id)
    return renewed_in(session, version)


def _measured(activity: Activity, known: Mapping[str, int]) -> Activity:
    measure_id = known.get(plans.measure_key(activity.measure))
    if measure_id is None:
        raise RuleError(
            "measure_unknown",
            f"La unidad de medida «{activity.measure}» no está en el catálogo; elíjala de la lista o agréguela en "
            "«Versiones». No se guardó nada.",
        )
    return activity if activity.measure_id == measure_id else replace(activity, measure_id=measure_id)


def _differs(stored: Activity, wanted: Activity) -> bool:
    same = replace(wanted, measure=stored.measure) if wanted.measure_id == stored.measure_id else wanted
    return same != stored


def _check_closed_kept(activity: Activity, first: int, before: Activity | None) -> None:
    months = programme_rules.closed_months_changed(activity, first, before)
    if months:
        closed = "está cerrado" if len(months) == 1 else "están cerrados"
        raise RuleError(
            "closed_month_changed",
            f"«{programme_rules.short_name(activity)}» cambia {month_list(months)}, que ya {closed}: una "
            "modificación conserva los meses cerrados. No se guardó nada.",
        )


def _check_removal(
    session: "Session", draft: PoiVersion, gone: Sequence[Activity], base: Mapping[int, Activity]
) -> None:
    """What closed months programmed counts as the base has it: of one that is new in this draft, nothing yet."""
    if not gone:
        return
    executed = programme_store.executed_months(session, draft.plan_id)
    spent = programme_store.executed_money(session, draft.plan_id)
    months = plan_store.list_months(session, draft.plan_id)
    closed = [one.month for one in months if one.closed]
    new = Activity("", "", "")

    def stays(one: Activity) -> bool:
        owed = one if draft.based_on_id is None else base.get(one.id, replace(new, id=one.id))
        return rules.must_stay(owed, executed, spent, closed)

    rules.check_removal(gone, stays)


def _returned(activity: Activity, absent: Sequence[Activity], first: int) -> Activity:
    """The activity as the one of the base that the draft had left out, its closed months with it, if it is one."""
    before = next((one for one in absent if programme_rules.same_name(one, activity)), None)
    if before is None:
        return activity
    return replace(programme_rules.carry_closed(activity, first, before), id=before.id)


def _add(session: "Session", draft: PoiVersion, activities: Sequence[Activity]) -> list[int]:
    """Into the draft, those that the plan has already (`id`) and those that are new; their ids."""
    new = [one for one in activities if not one.id]
    made = iter(programme_store.add_activities(session, draft.plan_id, draft.id, new))
    programme_store.add_rows(session, draft.id, [one for one in activities if one.id])
    return [one.id or next(made) for one in activities]


def _placed(added: Sequence[Activity], stored: Iterable[Activity]) -> list[Activity]:
    """Those without a place come after all others."""
    last = max((one.order for one in stored), default=0)
    placed = []
    for one in added:
        if not one.order:
            last += 1
        placed.append(one if one.order else replace(one, order=last))
    return placed


def _record_change(
    session: "Session", actor: Actor, now: datetime, before: Activity, after: Activity
) -> None:
    old, new = programme_rules.plain_activity(before), programme_rules.plain_activity(after)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    record_audit(
        session,
        actor=actor,
        now=now,
        action="poi_activity.save",
        subject=f"poi_activity:{after.id}",
        before={name: old.get(name) for name in names},
        after={name: new.get(name) for name in names},
    )


def _record_activity(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    activity_id: int,
    before: Activity | None,
    after: Activity | None,
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"poi_activity:{activity_id}",
        before=None if before is None else programme_rules.plain_activity(before),
        after=None if after is None else programme_rules.plain_activity(after),
    )
