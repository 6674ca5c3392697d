"""The POI of the practice office: what `resources/data/tacna-2024/poi.toml` says, entered through the services."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sisfoh_desktop.app.practice_case import read_case_file
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import Activity, Direction, Execution, GoalKind, MeasureUnit
from sisfoh_desktop.modules.poi.service import drafting, following, plans, versions

_LAST_REPORTED = 2


def load_poi(db: Database, actor: Actor, units: Mapping[str, str]) -> None:
    """The approved plan and its first two months; `units` are the names of the office's units by their siglas.

    January is closed on its day, February waits for the 20th of March.
    """
    case = read_case_file("poi")
    row = case["plan"]
    approved = _at(row["approved"], 9)
    plan_id = plans.add_plan(db, actor=actor, now=approved, year=row["year"], title=row["title"])
    for name in dict.fromkeys(one["measure"] for one in case["activity"]):
        plans.add_measure(db, actor=actor, now=approved, measure=MeasureUnit(0, "", name))
    draft = versions.list_versions(db, plan_id)[0]
    drafting.save_programme(
        db,
        actor=actor,
        now=approved,
        version_id=draft.id,
        changes=(),
        added=[_activity_of(one, units) for one in case["activity"]],
    )
    draft = versions.list_versions(db, plan_id)[0]
    versions.approve_version(
        db,
        actor=actor,
        now=approved,
        version_id=draft.id,
        document=row["document"],
        document_date=row["document_date"],
        expected_version=draft.version,
    )
    stored = versions.load_programme(db, draft.id)
    for month in range(1, _LAST_REPORTED + 1):
        entries = [
            cell
            for activity, one in zip(stored, case["activity"], strict=True)
            for cell in _cells_of(activity.id, one, month)
        ]
        reported = _at(date(row["year"], month + 1, 5), 10)
        following.record_execution(db, actor=actor, now=reported, plan_id=plan_id, entries=entries)
        if month < _LAST_REPORTED:
            _close(db, actor, plan_id, month, _at(date(row["year"], month + 1, 19), 16))


def _activity_of(row: dict[str, Any], units: Mapping[str, str]) -> Activity:
    return Activity(
        unit_name=units[row["unit"]],
        title=row["title"],
        measure=row["measure"],
        annual=Decimal(row["annual"]),
        programmed=tuple(map(Decimal, row["programmed"])),
        goal_kind=GoalKind(row.get("kind", GoalKind.SUM.value)),
        direction=Direction(row.get("direction", Direction.MORE.value)),
    )


def _cells_of(activity_id: int, row: dict[str, Any], month: int) -> list[Execution]:
    told = row["executed"][month - 1]
    if told == "":
        return []
    note = next((one for one in row.get("note", []) if one["month"] == month), None)
    if note is None:
        return [Execution(activity_id, month, Decimal(told))]
    return [
        Execution(
            activity_id,
            month,
            Decimal(told),
            motive=note["motive"],
            motive_text=note["text"],
            corrective=note["corrective"],
        )
    ]


def _close(db: Database, actor: Actor, plan_id: int, month: int, now: datetime) -> None:
    state = following.list_months(db, plan_id)[month - 1]
    following.close_month(
        db,
        actor=actor,
        now=now,
        plan_id=plan_id,
        month=month,
        expected_version=state.version,
        reason="Las diferencias de enero se explican en el informe del trimestre.",
    )


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LIMA)
