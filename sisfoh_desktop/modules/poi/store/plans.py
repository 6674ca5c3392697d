"""Reads and writes of the plan of a year, its semaphore, the days by which its months close, and units of measure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, delete, insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.poi import tables
from sisfoh_desktop.modules.poi.rules.facts import Band, MeasureUnit, MonthState, PoiPlan
from sisfoh_desktop.modules.poi.tables import PoiBandRow, PoiPlanRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

    from sisfoh_desktop.db.base import Base

_BANDS = cast(Table, PoiBandRow.__table__)


# --- the plan of a year ---


def list_plans(session: "Session") -> list[PoiPlan]:
    """The newest year first."""
    bands: dict[int, list[Band]] = {}
    for row in session.execute(select(_BANDS).order_by(_BANDS.c.plan_id, _BANDS.c.position)):
        bands.setdefault(row.plan_id, []).append(
            Band(row.label, row.lower, row.inclusive, row.tone, row.shape)
        )
    rows = session.scalars(
        select(PoiPlanRow).order_by(PoiPlanRow.year.desc()).execution_options(populate_existing=True)
    )
    return [
        PoiPlan(
            row.id,
            row.year,
            row.title,
            tuple(bands.get(row.id, ())),
            row.tolerance_below,
            row.tolerance_above,
            row.version,
        )
        for row in rows
    ]


def load_plan(session: "Session", plan_id: int) -> PoiPlan:
    """RuleError `plan_unknown`."""
    for plan in list_plans(session):
        if plan.id == plan_id:
            return plan
    raise RuleError("plan_unknown", "Ese POI no existe en esta base; actualice con F5.")


def find_plan(session: "Session", year: int) -> PoiPlan | None:
    return next((plan for plan in list_plans(session) if plan.year == year), None)


def add_plan(session: "Session", plan: PoiPlan, months: Iterable[MonthState]) -> int:
    """The plan with its semaphore and its months; its id."""
    values = {**_plan_values(plan), "year": plan.year}
    plan_id = _insert(session, PoiPlanRow, values)
    _add_bands(session, plan_id, plan.bands)
    session.execute(
        insert(_months()),
        [
            {"plan_id": plan_id, "month": one.month, "due_on": one.due_on, "closed_by": "", "version": 1}
            for one in months
        ],
    )
    return plan_id


def save_plan(session: "Session", plan: PoiPlan) -> int:
    """Title, tolerances and semaphore over the version that was seen; the new one, or StaleRow."""
    version = update_version(session, PoiPlanRow, plan.id, plan.version, _plan_values(plan))
    session.execute(delete(_BANDS).where(_BANDS.c.plan_id == plan.id))
    _add_bands(session, plan.id, plan.bands)
    return version


def lock_plan(session: "Session", plan_id: int) -> None:
    """Let nobody else change the versions of a plan until the commit (PostgreSQL; on SQLite one writes at a time)."""
    session.execute(select(PoiPlanRow.id).where(PoiPlanRow.id == plan_id).with_for_update())


def list_months(session: "Session", plan_id: int) -> list[MonthState]:
    """The twelve months of a plan, in order."""
    months = _months()
    rows = session.execute(select(months).where(months.c.plan_id == plan_id).order_by(months.c.month))
    return [
        MonthState(row.plan_id, row.month, row.due_on, row.closed_at, row.closed_by, row.version)
        for row in rows
    ]


def save_due(session: "Session", month: MonthState) -> int:
    """The day by which a month should be closed, over the version that was seen; the new one, or StaleRow."""
    months = _months()
    row_id = session.scalar(
        select(months.c.id).where(months.c.plan_id == month.plan_id, months.c.month == month.month)
    )
    return update_version(session, tables.PoiMonthRow, row_id or 0, month.version, {"due_on": month.due_on})


def _measures() -> Table:
    return cast(Table, tables.PoiMeasureUnitRow.__table__)


def _months() -> Table:
    """Mapped with what is recorded in them: only the plan of a year that still runs asks for its months."""
    return cast(Table, tables.PoiMonthRow.__table__)


def _plan_values(plan: PoiPlan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "tolerance_below": plan.tolerance_below,
        "tolerance_above": plan.tolerance_above,
    }


def _add_bands(session: "Session", plan_id: int, bands: Sequence[Band]) -> None:
    rows = [
        {
            "plan_id": plan_id,
            "position": number,
            "label": band.label,
            "lower": band.lower,
            "inclusive": band.inclusive,
            "tone": band.tone,
            "shape": band.shape,
        }
        for number, band in enumerate(bands, start=1)
    ]
    if rows:
        session.execute(insert(_BANDS), rows)


# --- the catalogue of units of measure ---


def list_measures(session: "Session") -> list[MeasureUnit]:
    """By name, accents and capitals aside."""
    rows = session.execute(select(_measures()).order_by(_measures().c.search_key))
    return [MeasureUnit(row.id, row.code, row.name, row.version) for row in rows]


def load_measure(session: "Session", measure_id: int) -> MeasureUnit:
    """RuleError `measure_unknown`."""
    row = session.execute(select(_measures()).where(_measures().c.id == measure_id)).one_or_none()
    if row is None:
        raise RuleError("measure_unknown", "Esa unidad de medida no existe en esta base; actualice con F5.")
    return MeasureUnit(row.id, row.code, row.name, row.version)


def add_measures(session: "Session", measures: Sequence[MeasureUnit]) -> None:
    """New ones; none may be there under the same `measure_key`."""
    if measures:
        session.execute(insert(_measures()), [{**_measure_values(one), "version": 1} for one in measures])


def save_measure(session: "Session", measure: MeasureUnit) -> int:
    """Name and code over the version that was seen; the new one, or StaleRow."""
    return update_version(
        session, tables.PoiMeasureUnitRow, measure.id, measure.version, _measure_values(measure)
    )


def measure_ids(session: "Session") -> dict[str, int]:
    """The id of every unit of measure by its `measure_key`."""
    return {
        row.search_key: row.id for row in session.execute(select(_measures().c.search_key, _measures().c.id))
    }


@lru_cache(maxsize=4096)
def measure_key(name: str) -> str:
    """How a name is recognised: small letters, no accents, single blanks."""
    return " ".join(without_accents(name).split())


def _measure_values(measure: MeasureUnit) -> dict[str, Any]:
    return {"code": measure.code, "name": measure.name, "search_key": measure_key(measure.name)}


def _insert(session: "Session", row_class: "type[Base]", values: dict[str, Any]) -> int:
    done = cast("CursorResult[Any]", session.execute(insert(row_class).values(**values, version=1)))
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])
