"""The plan of a year, its semaphore and tolerances, by when its months close, and the catalogue of units of measure."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import plans as rules
from sisfoh_desktop.modules.poi.rules.facts import MeasureUnit, MonthState, PoiPlan, PoiVersion, Stage
from sisfoh_desktop.modules.poi.store import plans as store
from sisfoh_desktop.modules.poi.store import versions as version_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


# --- plans ---


def list_plans(db: Database) -> list[PoiPlan]:
    """The newest year first."""
    with db.reading() as session:
        return store.list_plans(session)


def current_plan(db: Database, today: date) -> PoiPlan | None:
    """The plan to work on (`rules.current_of`); None in an office without POI."""
    return rules.current_of(list_plans(db), today)


def find_plan(db: Database, year: int) -> PoiPlan | None:
    with db.reading() as session:
        return store.find_plan(session, year)


def load_plan(db: Database, plan_id: int) -> PoiPlan:
    """RuleError `plan_unknown`."""
    with db.reading() as session:
        return store.load_plan(session, plan_id)


def proposal() -> rules.Proposal:
    """What a new plan starts with, as shipped; FileFailed when that file is damaged."""
    return _shipped()


def add_plan(
    db: Database, *, actor: Actor, now: datetime, year: int, title: str = "", token: str | None = None
) -> int:
    """The POI of a year with an empty draft «aprobado»; its id. RuleError `plan_exists` or as in `rules.clean_plan`."""
    return db.run_once(
        token, lambda session: add_plan_in(session, actor=actor, now=now, year=year, title=title)
    )


def add_plan_in(session: "Session", *, actor: Actor, now: datetime, year: int, title: str = "") -> int:
    """As `add_plan`, in the caller's transaction."""
    shipped = _shipped()
    plan = rules.new_plan(year, title, shipped)
    rules.check_new_year(year, store.list_plans(session))
    plan_id = store.add_plan(session, plan, rules.due_dates(year, shipped.due_day))
    version_store.add_version(session, PoiVersion(0, plan_id, Stage.APPROVED, 0))
    _record(session, actor, now, "poi_plan.add", f"poi_plan:{plan_id}", None, _plain_plan(plan))
    return plan_id


def save_plan(db: Database, *, actor: Actor, now: datetime, plan: PoiPlan, token: str | None = None) -> None:
    """Correct title, tolerances and semaphore over `plan.version`; the year stays.

    RuleError as in `rules.clean_plan`, StaleRow when somebody changed it first.
    """

    def change(session: "Session") -> None:
        before = store.load_plan(session, plan.id)
        after = rules.clean_plan(replace(plan, year=before.year))
        store.save_plan(session, after)
        _record(
            session,
            actor,
            now,
            "poi_plan.save",
            f"poi_plan:{plan.id}",
            _plain_plan(before),
            _plain_plan(after),
        )

    db.run_once(token, change)


def save_due(
    db: Database, *, actor: Actor, now: datetime, month: MonthState, token: str | None = None
) -> None:
    """Correct by when a month should be closed. As `save_dues`."""
    save_dues(db, actor=actor, now=now, months=[month], token=token)


def save_dues(
    db: Database, *, actor: Actor, now: datetime, months: Sequence[MonthState], token: str | None = None
) -> None:
    """Correct by when months of a plan should be closed, each over its `version`: CEPLAN moves dates by resolution.

    RuleError `due_invalid`, StaleRow; then none is changed.
    """

    def change(session: "Session") -> None:
        for month in months:
            plan = store.load_plan(session, month.plan_id)
            rules.check_due(month, plan.year)
            before = next(one for one in store.list_months(session, plan.id) if one.month == month.month)
            store.save_due(session, month)
            _record(
                session,
                actor,
                now,
                "poi_plan.save_due",
                f"poi_plan:{plan.id}",
                {"due_on": before.due_on},
                {"due_on": month.due_on, "month": month.month},
            )

    db.run_once(token, change)


# --- units of measure ---


def list_measures(db: Database) -> list[MeasureUnit]:
    """The catalogue by name."""
    with db.reading() as session:
        return store.list_measures(session)


def add_measure(
    db: Database, *, actor: Actor, now: datetime, measure: MeasureUnit, token: str | None = None
) -> int:
    """A new unit of measure; its id. RuleError `measure_exists`, `measure_code_taken` or as in `basics.texts`."""

    def change(session: "Session") -> int:
        kept = rules.clean_measure(replace(measure, id=0))
        rules.check_measure(kept, store.list_measures(session))
        store.add_measures(session, [kept])
        measure_id = store.measure_ids(session)[store.measure_key(kept.name)]
        _record(
            session, actor, now, "poi_measure.add", f"poi_measure:{measure_id}", None, _plain_measure(kept)
        )
        return measure_id

    return db.run_once(token, change)


def save_measure(
    db: Database, *, actor: Actor, now: datetime, measure: MeasureUnit, token: str | None = None
) -> None:
    """Correct name and code over `measure.version`: every activity that uses it shows the new name."""

    def change(session: "Session") -> None:
        before = store.load_measure(session, measure.id)
        kept = rules.clean_measure(measure)
        rules.check_measure(kept, store.list_measures(session))
        store.save_measure(session, kept)
        _record(
            session,
            actor,
            now,
            "poi_measure.save",
            f"poi_measure:{measure.id}",
            _plain_measure(before),
            _plain_measure(kept),
        )

    db.run_once(token, change)


def measures_in(session: "Session", names: Iterable[str]) -> dict[str, int]:
    """The id of every unit of measure by `measure_key` of its name, after adding those of `names` that are missing.

    For imports: what a file says becomes part of the catalogue, which a person can correct afterwards.
    """
    known = store.measure_ids(session)
    new: dict[str, MeasureUnit] = {}
    for name in names:
        key = measure_key(name)
        if key and key not in known and key not in new:
            new[key] = rules.clean_measure(MeasureUnit(0, "", name))
    if new:
        store.add_measures(session, list(new.values()))
        known = store.measure_ids(session)
    return known


def measure_key(name: str) -> str:
    """How the name of a unit of measure is recognised, accents, capitals and blanks aside."""
    return store.measure_key(name)


# --- inside ---


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    """One entry of the trail: a new record whole, of a corrected one the fields that changed."""
    old, new = changed_fields(before, after)
    record_audit(session, actor=actor, now=now, action=action, subject=subject, before=old, after=new)


def _plain_plan(plan: PoiPlan) -> dict[str, Any]:
    return {
        "year": plan.year,
        "name": plan.title,
        "tolerance_below": plan.tolerance_below,
        "tolerance_above": plan.tolerance_above,
        "bands": [
            f"{band.label} {covers} ({rules.TONES[band.tone].lower()}, {rules.SHAPES[band.shape][2:].lower()})"
            for band, covers in zip(plan.bands, rules.band_ranges(plan.bands), strict=True)
        ],
    }


def _plain_measure(measure: MeasureUnit) -> dict[str, Any]:
    return {"name": measure.name, "code": measure.code}


@cache
def _shipped() -> rules.Proposal:
    path = resource("data", "national", "poi.toml")
    try:
        return rules.proposal_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error
