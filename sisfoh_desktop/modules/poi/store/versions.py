"""Reads and writes of a plan's versions. What each programmes is in `programme`."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, func, insert, select, update

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.poi import tables
from sisfoh_desktop.modules.poi.rules.facts import PoiVersion, Stage
from sisfoh_desktop.modules.poi.tables import PoiVersionRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

_NAMES = tuple(field.name for field in fields(PoiVersion))


def list_versions(session: "Session", plan_id: int) -> list[PoiVersion]:
    """In the order of their life; a draft is the last."""
    rows = session.scalars(
        select(PoiVersionRow)
        .where(PoiVersionRow.plan_id == plan_id)
        .order_by(PoiVersionRow.id)
        .execution_options(populate_existing=True)
    )
    return [_version(row) for row in rows]


def load_version(session: "Session", version_id: int) -> PoiVersion:
    """RuleError `version_unknown`."""
    row = session.get(PoiVersionRow, version_id, populate_existing=True)
    if row is None:
        raise RuleError("version_unknown", "Esa versión del POI no existe en esta base; actualice con F5.")
    return _version(row)


def add_version(session: "Session", version: PoiVersion) -> int:
    done = cast(
        "CursorResult[Any]", session.execute(insert(PoiVersionRow).values(**_values(version), version=1))
    )
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


def save_version(session: "Session", version: PoiVersion) -> int:
    """Write it over `version.version`; the new one, or StaleRow."""
    return update_version(session, PoiVersionRow, version.id, version.version, _values(version))


def touch_version(session: "Session", version: PoiVersion) -> None:
    """Note that its activities changed, so that nobody approves what they did not see; and its first free month."""
    session.execute(
        update(PoiVersionRow)
        .where(PoiVersionRow.id == version.id)
        .values(first_month=version.first_month, version=PoiVersionRow.version + 1)
    )


def remove_version(session: "Session", version_id: int) -> None:
    """A draft without activities."""
    session.execute(delete(PoiVersionRow).where(PoiVersionRow.id == version_id))


def is_referred(session: "Session", version_id: int) -> bool:
    """Whether an imported file or a report tells of the version, so that it must stay."""
    return any(
        session.scalar(select(func.count()).where(row_class.version_id == version_id))
        for row_class in (tables.PoiImportRow, tables.PoiReportRow)
    )


def _version(row: PoiVersionRow) -> PoiVersion:
    values = {name: getattr(row, name) for name in _NAMES}
    return PoiVersion(**{**values, "stage": Stage(row.stage)})


def _values(version: PoiVersion) -> dict[str, Any]:
    values = {name: getattr(version, name) for name in _NAMES if name not in ("id", "version")}
    return {**values, "stage": version.stage.value}
