"""Reads and writes of plans: takes a session, gives back facts. Rules and the trail are the service's affair."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.searching import LONGEST_WORDS, RecordHit
from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.plans import tables
from sisfoh_desktop.modules.plans.rules import (
    LEVELS,
    Activity,
    AlignedObjective,
    BudgetLine,
    CodeName,
    FunctionalChain,
    Phase,
    Plan,
    PlanLine,
    PlanSection,
    PlanState,
    SectionKind,
    Zone,
    level_of,
)
from sisfoh_desktop.modules.plans.tables import PlanRow

_PART_NAMES = ("chains", "budget", "objectives", "activities", "zones", "sections")
_OWN_COLUMNS = tuple(
    field.name
    for field in fields(Plan)
    if field.name not in {"id", "version", "state", "held_by", *_PART_NAMES}
)


def list_plans(session: Session) -> list[PlanLine]:
    """Every plan, the newest year first."""
    rows = session.execute(
        select(
            PlanRow.id,
            PlanRow.title,
            PlanRow.short_name,
            PlanRow.year,
            PlanRow.district,
            PlanRow.households,
            PlanRow.amount,
            PlanRow.state,
            PlanRow.version,
            PlanRow.held_by,
        ).order_by(PlanRow.year.desc(), PlanRow.id.desc())
    )
    return [PlanLine(**{**row._mapping, "state": PlanState(row.state)}) for row in rows]


def list_findable(session: Session) -> list[RecordHit]:
    """Every plan with its texts: objective, who made it, tasks, zones, sections."""
    texts: dict[int, list[str]] = {}
    for part, columns in (
        (tables.PlanActivityRow, ("activity", "task", "product", "responsible")),
        (tables.PlanZoneRow, ("name", "settlement", "manzana")),
        (tables.PlanSectionRow, ("title", "text")),
    ):
        table = part.__table__.c
        for plan_id, *cells in session.execute(
            select(table.plan_id, *(table[name] for name in columns)).order_by(table.plan_id, table.position)
        ):
            texts.setdefault(plan_id, []).extend(cells)
    rows = session.execute(
        select(
            PlanRow.id,
            PlanRow.title,
            PlanRow.short_name,
            PlanRow.year,
            PlanRow.district,
            PlanRow.campaign,
            PlanRow.objective,
            PlanRow.executing_unit,
            PlanRow.prepared_by,
            PlanRow.approved_by,
        ).order_by(PlanRow.year.desc(), PlanRow.id.desc())
    )
    return [
        RecordHit(
            "plans",
            row.id,
            row.short_name or row.title,
            f"Plan {row.year}, {row.district}",
            " ".join((row.title, *row[5:], " ".join(texts.get(row.id, ()))[:LONGEST_WORDS])),
        )
        for row in rows
    ]


def load_plan(session: Session, plan_id: int) -> Plan:
    """The plan with all its parts in order; RuleError `plan_unknown`."""
    row = session.get(PlanRow, plan_id)
    if row is None:
        raise RuleError("plan_unknown", "El plan de trabajo ya no existe; actualice la lista con F5.")
    parts: dict[str, Any] = {
        name: tuple(
            fact(part)
            for part in session.scalars(
                select(table).where(_plan_id(table) == plan_id).order_by(_position(table))
            )
        )
        for name, table, fact in _parts()
    }
    own: dict[str, Any] = {name: getattr(row, name) for name in _OWN_COLUMNS}
    return Plan(
        id=row.id,
        version=row.version,
        state=PlanState(row.state),
        held_by=row.held_by,
        **own,
        **parts,
    )


def add_plan(session: Session, plan: Plan) -> int:
    """A new plan with all its parts."""
    row = PlanRow(**_own_values(plan), state=plan.state, version=1)
    session.add(row)
    session.flush()
    for name, table, _ in _parts():
        _add_parts(session, row.id, table, getattr(plan, name))
    return row.id


def claim_version(session: Session, plan_id: int, expected_version: int) -> int:
    """Take the next version before anything is read, so that two people cannot both change; StaleRow."""
    return update_version(session, PlanRow, plan_id, expected_version, {})


def record_plan(session: Session, before: Plan, after: Plan) -> None:
    """Write what differs; a part that differs is replaced whole."""
    if _own_values(before) != _own_values(after):
        session.execute(update(PlanRow).where(PlanRow.id == before.id).values(**_own_values(after)))
    for name, table, _ in _parts():
        if getattr(before, name) != getattr(after, name):
            session.execute(delete(table).where(_plan_id(table) == before.id))
            _add_parts(session, before.id, table, getattr(after, name))


def record_state(session: Session, plan_id: int, state: PlanState, approved_by: str) -> None:
    session.execute(update(PlanRow).where(PlanRow.id == plan_id).values(state=state, approved_by=approved_by))


def claim_hold(session: Session, plan_id: int) -> tuple[str, int, int | None]:
    """Who holds the plan, its version and its matrix, kept from others until the commit."""
    row = session.execute(
        select(PlanRow.held_by, PlanRow.version, PlanRow.matrix_id)
        .where(PlanRow.id == plan_id)
        .with_for_update()
    ).one()
    return row.held_by, row.version, row.matrix_id


def record_hold(session: Session, plan_id: int, held_by: str) -> None:
    """Its version stays: a hold changes nothing that somebody may have open."""
    session.execute(update(PlanRow).where(PlanRow.id == plan_id).values(held_by=held_by))


def find_holder_of_matrix(session: Session, matrix_id: int) -> str:
    """The act that holds a plan with this matrix; empty when none does."""
    query = select(PlanRow.held_by).where(PlanRow.matrix_id == matrix_id, PlanRow.held_by != "")
    return session.scalar(query.order_by(PlanRow.id).limit(1)) or ""


def _parts() -> tuple[tuple[str, type[Base], Callable[[Any], object]], ...]:
    """Attribute of Plan, the table of that part, and how a row becomes the fact again.

    A list of plans needs none of them, so they are mapped when a plan is first read whole.
    """
    return (
        ("chains", tables.PlanChainRow, _chain),
        ("budget", tables.PlanBudgetLineRow, lambda row: BudgetLine(**_columns(row, BudgetLine))),
        (
            "objectives",
            tables.PlanObjectiveRow,
            lambda row: AlignedObjective(**_columns(row, AlignedObjective)),
        ),
        ("activities", tables.PlanActivityRow, _activity),
        ("zones", tables.PlanZoneRow, lambda row: Zone(**_columns(row, Zone))),
        ("sections", tables.PlanSectionRow, _section),
    )


def _add_parts(session: Session, plan_id: int, table: type[Base], facts: tuple[object, ...]) -> None:
    if facts:
        session.execute(
            insert(table),
            [
                {"plan_id": plan_id, "position": position, **_part_values(fact)}
                for position, fact in enumerate(facts, start=1)
            ],
        )


def _own_values(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in _OWN_COLUMNS}


def _part_values(fact: Any) -> dict[str, Any]:
    if isinstance(fact, FunctionalChain):
        values: dict[str, Any] = {"amount": fact.amount}
        for level in LEVELS:
            value = level_of(fact, level.key)
            values[f"{level.key}_code"] = value.code
            values[f"{level.key}_name"] = value.name
        return values
    return {field.name: getattr(fact, field.name) for field in fields(fact)}


def _columns(row: Any, fact: type[Any]) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(fact)}


def _chain(row: "tables.PlanChainRow") -> FunctionalChain:
    levels = {
        level.key: CodeName(getattr(row, f"{level.key}_code"), getattr(row, f"{level.key}_name"))
        for level in LEVELS
    }
    return FunctionalChain(**levels, amount=row.amount)


def _activity(row: "tables.PlanActivityRow") -> Activity:
    return Activity(**{**_columns(row, Activity), "phase": Phase(row.phase)})


def _section(row: "tables.PlanSectionRow") -> PlanSection:
    return PlanSection(**{**_columns(row, PlanSection), "kind": SectionKind(row.kind)})


def _plan_id(table: Any) -> Any:
    return table.plan_id


def _position(table: Any) -> Any:
    return table.position
