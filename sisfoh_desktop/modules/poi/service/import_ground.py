"""What imported rows meet in the database, and how placed rows are written: for the import and for the quarantine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.modules.poi.rules.facts import Activity, PoiPlan, PoiVersion
from sisfoh_desktop.modules.poi.rules.follow_up import has_begun
from sisfoh_desktop.modules.poi.rules.import_activity import MONTHS
from sisfoh_desktop.modules.poi.rules.import_placing import Ground, Placed, Target
from sisfoh_desktop.modules.poi.rules.import_plan import folded
from sisfoh_desktop.modules.poi.rules.importing import FileRow
from sisfoh_desktop.modules.poi.rules.versions import check_is_draft, draft_of, first_free_month, on_view
from sisfoh_desktop.modules.poi.service import following, plans
from sisfoh_desktop.modules.poi.service.reading import load_year_in
from sisfoh_desktop.modules.poi.store import programme as programme_store
from sisfoh_desktop.modules.poi.store import versions as version_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MOST_NEAR = 500  # activities told one by one to the database


def receiving_version(session: "Session", plan_id: int) -> PoiVersion | None:
    """The version that takes rows: the draft where there is one, else the one in force."""
    listed = version_store.list_versions(session, plan_id)
    return draft_of(listed) or on_view(listed)


def ground_of(
    session: "Session",
    plan: PoiPlan,
    version: PoiVersion,
    today: date,
    *,
    replaces: bool = False,
    rows: Sequence[FileRow] | None = None,
) -> Ground:
    """The POI as the rows of a file meet it, or only some `rows` of it.

    `replaces`: the file is a version of its own, and its programme is taken.
    """
    near = None if rows is None else _near(session, version, rows)
    year = load_year_in(session, plan.id, version.id, near)
    target = Target.NEW_VERSION if replaces else Target.DRAFT if version.is_draft else Target.APPROVED
    return Ground(
        year.activities,
        target=target,
        closed=[one.month for one in year.months if one.closed],
        last_begun=last_begun(plan.year, today),
        first_month=first_free_month(year.months),
        based=version.based_on_id is not None or not version.is_draft,
    )


def _near(session: "Session", version: PoiVersion, rows: Sequence[FileRow]) -> list[int] | None:
    """The activities that the rows may mean or be mistaken for; None where they are as well looked for among all."""
    codes = {folded(row.text("code")) for row in rows} - {""}
    names = {(folded(row.text("unit_name")), folded(row.text("title"))) for row in rows}
    units = {unit for unit, _ in names}
    found = [
        activity_id
        for activity_id, code, unit, title in programme_store.list_names(session, version.id)
        if (codes and folded(code) in codes)
        or (folded(unit) in units and (not version.is_draft or (folded(unit), folded(title)) in names))
    ]
    return found if len(found) <= _MOST_NEAR else None


def last_begun(year: int, today: date) -> int:
    """The last month (1 to 12) of a year that has begun; 0 for none."""
    return max((month for month in MONTHS if has_begun(year, month, today)), default=0)


def write_placed(
    session: "Session",
    placed: Sequence[Placed],
    *,
    actor: Actor,
    now: datetime,
    version: PoiVersion,
    import_id: int,
) -> list[int]:
    """Store what rows became, in few statements; the activity of each.

    New activities keep the file and the row they came from. RuleError `version_approved` where one would change the
    programme of an approved version, or as in `following.record_imported_in`.
    """
    measures = plans.measures_in(session, [one.activity.measure for one in placed])

    def measured(one: Placed) -> Activity:
        return replace(one.activity, measure_id=measures[plans.measure_key(one.activity.measure)])

    new = [one for one in placed if one.is_new]
    changed = [one for one in placed if not one.is_new and one.touches_programme]
    if new or changed:
        check_is_draft(version)
        version_store.touch_version(session, version)
    added = iter(
        programme_store.add_activities(
            session,
            version.plan_id,
            version.id,
            [measured(one) for one in new],
            origin_import_id=import_id,
            origin_rows=[one.row.row for one in new],
        )
    )
    activity_ids = [next(added) if one.is_new else one.activity.id for one in placed]
    programme_store.save_activities(session, version.id, [measured(one) for one in changed])
    told = [
        (activity_id, one.entries)
        for one, activity_id in zip(placed, activity_ids, strict=True)
        if one.entries
    ]
    if told:
        following.record_imported_in(session, actor=actor, now=now, plan_id=version.plan_id, told=told)
    return activity_ids
