"""Who reports the plan's months on time."""

from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.punctuality import Punctuality, punctuality_of
from sisfoh_desktop.modules.poi.service.following import load_follow_up


def punctuality(db: Database, plan_id: int, today: date) -> Punctuality:
    """By unit and month on a day; RuleError `plan_unknown`."""
    followed = load_follow_up(db, plan_id)
    return punctuality_of(followed.activities, followed.months, year=followed.plan.year, today=today)
