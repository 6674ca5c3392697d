"""The whole year of a POI in one reading of the database: what screens, charts and papers reckon from."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS, ActivityYear, PoiVersion, PoiYear
from sisfoh_desktop.modules.poi.rules.versions import on_view
from sisfoh_desktop.modules.poi.store import plans, programme, versions
from sisfoh_desktop.modules.poi.store import reading as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def load_year(db: Database, plan_id: int, version_id: int | None = None) -> PoiYear:
    """The year as the version on view programmes it (or another one of the plan), with what was executed.

    RuleError `plan_unknown` or `version_unknown`.
    """
    with db.reading() as session:
        return load_year_in(session, plan_id, version_id)


def load_year_in(
    session: "Session",
    plan_id: int,
    version_id: int | None = None,
    activity_ids: Collection[int] | None = None,
) -> PoiYear:
    """As `load_year`, within the caller's reading or transaction; of all activities, or of some hundreds."""
    plan = plans.load_plan(session, plan_id)
    version = _version(session, plan_id, version_id)
    executed = store.load_execution(session, plan_id, activity_ids)
    return PoiYear(
        plan,
        version,
        tuple(
            ActivityYear(
                activity,
                executed.physical.get(activity.id, NO_MONTHS),
                executed.money.get(activity.id, NO_MONTHS),
                executed.notes.get(activity.id, ()),
            )
            for activity in programme.load_programme(session, version.id, activity_ids)
        ),
        tuple(plans.list_months(session, plan_id)),
    )


def _version(session: "Session", plan_id: int, version_id: int | None) -> PoiVersion:
    listed = versions.list_versions(session, plan_id)
    named = (one for one in listed if one.id == version_id)
    found = next(named, None) if version_id is not None else on_view(listed)
    if found is None:
        raise RuleError("version_unknown", "Esa versión del POI no existe en esta base; actualice con F5.")
    return found
