"""The versions of a plan: reading them, starting a draft, approving or discarding it, comparing two.

What a draft programmes is changed in `drafting`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules import versions as rules
from sisfoh_desktop.modules.poi.rules.facts import Activity, MonthState, PoiVersion, Stage
from sisfoh_desktop.modules.poi.service.drafting import base_in, renewed_in
from sisfoh_desktop.modules.poi.store import plans as plan_store
from sisfoh_desktop.modules.poi.store import programme as programme_store
from sisfoh_desktop.modules.poi.store import versions as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_Activities = tuple[Activity, ...]


@dataclass(frozen=True)
class VersionsOverview:
    """The versions of a plan with how many activities each has, and the months that are closed."""

    versions: tuple[PoiVersion, ...]
    counts: Mapping[int, int]
    months: tuple[MonthState, ...]

    @property
    def on_view(self) -> PoiVersion | None:
        return rules.on_view(self.versions)

    @property
    def draft(self) -> PoiVersion | None:
        return rules.draft_of(self.versions)


# --- reading ---


def list_versions(db: Database, plan_id: int) -> list[PoiVersion]:
    """In the order of their life; a draft is the last."""
    with db.reading() as session:
        return store.list_versions(session, plan_id)


def load_version(db: Database, version_id: int) -> PoiVersion:
    """RuleError `version_unknown`."""
    with db.reading() as session:
        return store.load_version(session, version_id)


def version_on_view(db: Database, plan_id: int) -> PoiVersion | None:
    """What follow-up and reports go by: the last one approved, else the draft."""
    return rules.on_view(list_versions(db, plan_id))


def overview(db: Database, plan_id: int) -> VersionsOverview:
    """What the list of versions shows."""
    with db.reading() as session:
        versions = store.list_versions(session, plan_id)
        counts = programme_store.count_activities(session, [one.id for one in versions])
        return VersionsOverview(tuple(versions), counts, tuple(plan_store.list_months(session, plan_id)))


def load_programme(db: Database, version_id: int) -> _Activities:
    """The activities of a version in the order of the plan."""
    with db.reading() as session:
        return programme_store.load_programme(session, version_id)


def check_version(db: Database, version_id: int) -> tuple[rules.ActivityFindings, ...]:
    """What keeps a version from being approved; nothing is changed."""
    with db.reading() as session:
        version = store.load_version(session, version_id)
        return _findings(session, renewed_in(session, version))


def compare(db: Database, first_id: int, second_id: int) -> rules.VersionComparison:
    """What came, went and changed from one version of a plan to another."""
    with db.reading() as session:
        first, second = store.load_version(session, first_id), store.load_version(session, second_id)
        if first.plan_id != second.plan_id:
            raise RuleError(
                "other_plan", "Las dos versiones son de POI de años distintos; elija de uno solo."
            )
        before = programme_store.load_programme(session, first_id)
        return rules.compare(first, second, before, programme_store.load_programme(session, second_id))


# --- a draft ---


def start_version(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    stage: Stage,
    document: str = "",
    document_date: date | None = None,
    note: str = "",
    token: str | None = None,
) -> int:
    """A draft that starts as a copy of the version on view; its id. RuleError as in `rules.why_no_draft`."""
    return db.run_once(
        token,
        lambda session: start_version_in(
            session,
            actor=actor,
            now=now,
            plan_id=plan_id,
            stage=stage,
            document=document,
            document_date=document_date,
            note=note,
        ),
    )


def start_version_in(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    stage: Stage,
    document: str = "",
    document_date: date | None = None,
    note: str = "",
    copy: bool = True,
) -> int:
    """As `start_version`, in the caller's transaction; without `copy` it starts empty, for a file that brings it."""
    plan_store.lock_plan(session, plan_id)
    draft = rules.new_draft(
        plan_id,
        store.list_versions(session, plan_id),
        plan_store.list_months(session, plan_id),
        stage,
        document=document,
        document_date=document_date,
        note=note,
    )
    version_id = store.add_version(session, draft)
    if copy and draft.based_on_id is not None:
        programme_store.copy_programme(session, draft.based_on_id, version_id)
    after = {
        "name": draft.name,
        "first_month": draft.first_month,
        "document": draft.document,
        "note": draft.note,
    }
    _record(session, actor, now, "poi_version.start", version_id, None, after)
    return version_id


def approve_version(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    version_id: int,
    document: str,
    document_date: date,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Put a draft in force with its resolution: follow-up and reports go by it from now on.

    RuleError as in `rules.check_approval`, naming the activities that do not add up; StaleRow when somebody changed
    the draft after it was seen.
    """

    def change(session: "Session") -> None:
        version = store.load_version(session, version_id)
        plan_store.lock_plan(session, version.plan_id)
        version = renewed_in(session, version)
        base = None if version.based_on_id is None else store.load_version(session, version.based_on_id)
        kept = rules.check_approval(
            version,
            base,
            _findings(session, version) if version.is_draft else (),
            programme_store.count_activities(session, [version_id]).get(version_id, 0),
            document,
            document_date,
            now.astimezone(LIMA).date(),
        )
        approved = replace(
            version,
            document=kept,
            document_date=document_date,
            approved_at=now,
            approved_by=actor.user,
            version=expected_version,
        )
        store.save_version(session, approved)
        after = {"name": version.name, "document": kept, "document_date": document_date}
        _record(session, actor, now, "poi_version.approve", version_id, None, after)

    db.run_once(token, change)


def discard_draft(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    version_id: int,
    expected_version: int,
    reason: str = "",
    token: str | None = None,
) -> None:
    """Take a draft away with all that it programmed; the trail keeps that it was there.

    RuleError as in `rules.check_discard`; StaleRow when somebody changed it after it was seen.
    """

    def change(session: "Session") -> None:
        version = store.load_version(session, version_id)
        plan_store.lock_plan(session, version.plan_id)
        versions = store.list_versions(session, version.plan_id)
        rules.check_discard(version, versions, referred=store.is_referred(session, version_id))
        count = programme_store.count_activities(session, [version_id]).get(version_id, 0)
        store.save_version(session, replace(version, version=expected_version))
        programme_store.remove_activities(session, version_id)
        store.remove_version(session, version_id)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="poi_version.discard",
            subject=f"poi_plan:{version.plan_id}",  # the version's own number may be given again
            after={"name": version.name, "activities": count},
            reason=reason,
        )

    db.run_once(token, change)


# --- inside ---


def _findings(session: "Session", version: PoiVersion) -> tuple[rules.ActivityFindings, ...]:
    return rules.findings_of(
        version,
        programme_store.load_programme(session, version.id),
        tuple(base_in(session, version).values()),
        programme_store.executed_months(session, version.plan_id),
        programme_store.executed_money(session, version.plan_id),
    )


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    version_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reason: str = "",
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"poi_version:{version_id}",
        before=before,
        after=after,
        reason=reason,
    )
