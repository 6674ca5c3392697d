"""What «Programación» reads and saves, on the worker; widgets are in the tab."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.modules.poi.rules.facts import Activity, PoiVersion
from sisfoh_desktop.modules.poi.rules.versions import draft_of, first_free_month, on_view, renewed
from sisfoh_desktop.modules.poi.service import drafting, plans, reading, versions
from sisfoh_desktop.modules.poi.view.programme_rows import Balance, Programme, balance_of_activity
from sisfoh_desktop.modules.poi.view.unit_words import siglas_of_units


@dataclass(frozen=True)
class LoadedProgramme:
    """A version with its activities, the others it may be changed for, and the catalogue of units of measure."""

    plan_id: int
    versions: tuple[PoiVersion, ...]
    programme: Programme | None
    activities: tuple[Activity, ...]
    measures: tuple[str, ...]
    balances: Mapping[bool, Mapping[int, Balance]] = field(default_factory=dict)
    """Of each activity by its id, in units (False) and in soles (True)."""

    @property
    def version(self) -> PoiVersion | None:
        return self.programme.version if self.programme is not None else None


@dataclass(frozen=True)
class ProgrammeChanges:
    """What there is to save of a draft."""

    version_id: int
    changed: tuple[Activity, ...]
    added: tuple[Activity, ...]
    removed: tuple[int, ...]


def load_programme(db: Any, plan_id: int, version_id: int) -> LoadedProgramme:
    """The version asked for, else the draft, else the one on view."""
    measures = tuple(one.name for one in plans.list_measures(db))
    listed = versions.list_versions(db, plan_id) if plan_id else []
    chosen = (
        next((one for one in listed if one.id == version_id), None) or draft_of(listed) or on_view(listed)
    )
    if chosen is None:
        return LoadedProgramme(plan_id, tuple(listed), None, (), measures)
    year = reading.load_year(db, plan_id, chosen.id)
    version = renewed(year.poi_version, year.months)
    base = (
        versions.load_programme(db, version.based_on_id)
        if version.is_draft and version.based_on_id is not None
        else ()
    )
    programme = Programme(
        version,
        first_free_month(year.months),
        {one.activity.id: one.executed for one in year.activities},
        {one.activity.id: one.executed_money for one in year.activities},
        {one.id: one for one in base},
        siglas_of_units(db, year.plan.year),
    )
    activities = tuple(one.activity for one in year.activities)
    balances = {  # here and not in the tab: those of a region would hold the window up
        money: {one.id: balance_of_activity(one, programme, money=money) for one in activities}
        for money in (False, True)
    }
    return LoadedProgramme(plan_id, tuple(listed), programme, activities, measures, balances)


def save_changes(db: Any, actor: Actor, now: datetime, changes: ProgrammeChanges, token: str) -> None:
    """All of it or nothing, in one commit."""
    drafting.save_programme(
        db,
        actor=actor,
        now=now,
        version_id=changes.version_id,
        changes=changes.changed,
        added=changes.added,
        removed=changes.removed,
        token=token,
    )
