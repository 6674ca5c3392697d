"""What the POI asks of the office on a day: read by Mi bandeja, at the start of the program.

It reads the stores itself where a service would only pass the question on: those that write are not loaded for it,
nor those of a month while no month is asked for.
"""

from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import pending as rules
from sisfoh_desktop.modules.poi.rules.facts import PoiPlan, PoiVersion
from sisfoh_desktop.modules.poi.rules.versions import draft_of, on_view
from sisfoh_desktop.modules.poi.store import plans, versions, waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_pending(db: Database, today: date) -> list[Pending]:
    """Of every plan its drafts and quarantined rows; of this year's and last year's also the month to close."""
    with db.reading() as session:
        return [line for plan in plans.list_plans(session) for line in _of_plan(session, plan, today)]


def _of_plan(session: "Session", plan: PoiPlan, today: date) -> list[Pending]:
    listed = versions.list_versions(session, plan.id)
    draft = draft_of(listed)
    return [
        *_month(session, plan, on_view(listed), today),
        *rules.to_settle(plan, waiting.count_pending(session, plan.id)),
        *rules.to_approve(plan, draft),
    ]


def _month(session: "Session", plan: PoiPlan, version: PoiVersion | None, today: date) -> list[Pending]:
    if version is None or plan.year not in (today.year, today.year - 1):
        return []
    state = rules.month_asked(plan, plans.list_months(session, plan.id), today)
    if state is None:
        return []
    from sisfoh_desktop.modules.poi.store import follow_up, programme

    cells = follow_up.list_cells_of_month(session, plan.id, state.month)
    activities = programme.load_programme(session, version.id)
    owed = rules.owed_of(
        plan, state.month, ((one, cells.get(one.id, {}).get(state.month)) for one in activities)
    )
    return rules.to_close(plan, state, owed)
