"""A plan that a frozen act printed waits for the signatures as it is, and its matrix with it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import Plan, PlanState
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixState, MatrixUnit

DAY = date(2024, 3, 8)
NUMBER = "091-2024-GM/MPT"
SENTENCE = (
    "El plan está congelado en la 091-2024-GM/MPT y no se cambia; no se guardó nada. Anule la versión congelada de "
    "la resolución para corregirlo."
)


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    """What every change is called with."""
    return {"db": db, "actor": actor, "now": now}


@pytest.fixture
def matrix_id(desk: dict[str, Any]) -> int:
    unit = MatrixUnit(label="ULE", duties=(Duty("Ejecutar el plan."),))
    return responsibilities.create_matrix(**desk, matrix=Matrix("PLAN 2024", units=(unit,)))


@pytest.fixture
def plan_id(desk: dict[str, Any], sound_plan: Plan, matrix_id: int) -> int:
    return service.create_plan(**desk, plan=replace(sound_plan, matrix_id=matrix_id))


@pytest.fixture
def joined(desk: dict[str, Any]) -> Callable[..., Any]:
    """Calls a function of a service in a transaction of its own."""

    def call(fn: Callable[..., Any], **named: Any) -> Any:
        with desk["db"].transaction() as session:
            return fn(session, actor=desk["actor"], now=desk["now"], **named)

    return call


def holders(db: Database, plan_id: int) -> tuple[str, str]:
    """Who holds the plan, and who its matrix."""
    plan = service.load_plan(db, plan_id)
    return plan.held_by, responsibilities.load_matrix(db, plan.matrix_id or 0, DAY).held_by


def trail(db: Database) -> list[tuple[str, str, dict]]:
    query = (
        "SELECT action, subject, after FROM audit_entry WHERE action LIKE '%.hold' OR action LIKE '%.release'"
    )
    with db.reading() as session:
        rows = session.execute(text(f"{query} ORDER BY id")).all()
    return [(row[0], row[1].split(":")[0], json.loads(row[2])) for row in rows]


def test_a_held_plan_is_neither_saved_nor_given_another_state(
    desk: dict[str, Any], plan_id: int, joined: Callable[..., Any]
) -> None:
    joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER)
    held = service.load_plan(desk["db"], plan_id)
    assert (held.held_by, held.version, held.can_edit) == (NUMBER, 1, False)
    assert service.list_plans(desk["db"])[0].held_by == NUMBER
    with pytest.raises(RuleError) as caught:
        service.save_plan(**desk, plan=replace(held, title="OTRO"), expected_version=1)
    assert (caught.value.code, caught.value.sentence) == ("plan_held", SENTENCE)
    with pytest.raises(RuleError, match="congelado en la 091"):
        service.set_plan_state(
            **desk, plan_id=plan_id, expected_version=1, state=PlanState.CLOSED, reason="Ya no"
        )
    assert service.load_plan(desk["db"], plan_id) == held


def test_whoever_had_it_open_keeps_working_after_the_release(
    desk: dict[str, Any], plan_id: int, joined: Callable[..., Any]
) -> None:
    joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER)
    seen = service.load_plan(desk["db"], plan_id)
    assert joined(service.release_plan_in, plan_id=plan_id, held_by=NUMBER) is True
    assert holders(desk["db"], plan_id) == ("", "")
    assert service.save_plan(**desk, plan=replace(seen, campaign="Otra"), expected_version=1) == 2
    saved = service.load_plan(desk["db"], plan_id)
    assert (saved.campaign, saved.held_by) == ("Otra", ""), "what was seen while held does not hold it again"


def test_the_matrix_is_held_and_released_with_its_plan_and_the_trail_tells(
    desk: dict[str, Any], plan_id: int, joined: Callable[..., Any]
) -> None:
    assert joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER) == (1, 1)
    assert holders(desk["db"], plan_id) == (NUMBER, NUMBER)
    joined(service.release_plan_in, plan_id=plan_id, held_by=NUMBER)
    assert trail(desk["db"]) == [
        ("plan.hold", "plan", {"held_by": NUMBER}),
        ("matrix.hold", "responsibility_matrix", {"held_by": NUMBER}),
        ("plan.release", "plan", {"held_by": ""}),
        ("matrix.release", "responsibility_matrix", {"held_by": ""}),
    ]


def test_a_held_plan_is_approved_by_its_act(
    desk: dict[str, Any], plan_id: int, joined: Callable[..., Any]
) -> None:
    joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER)
    joined(service.approve_plan_in, plan_id=plan_id, approved_by=f"Resolución N° {NUMBER}")
    joined(service.release_plan_in, plan_id=plan_id, held_by=NUMBER)
    plan = service.load_plan(desk["db"], plan_id)
    assert (plan.state, plan.held_by) == (PlanState.APPROVED, "")
    matrix = responsibilities.load_matrix(desk["db"], plan.matrix_id or 0, DAY)
    assert (matrix.state, matrix.held_by) == (MatrixState.IN_FORCE, "")


def test_the_first_act_holds_it_until_it_lets_go(
    desk: dict[str, Any], plan_id: int, joined: Callable[..., Any]
) -> None:
    joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER)
    joined(service.hold_plan_in, plan_id=plan_id, held_by="092-2024-GM/MPT")
    assert holders(desk["db"], plan_id) == (NUMBER, NUMBER)
    assert joined(service.release_plan_in, plan_id=plan_id, held_by="092-2024-GM/MPT") is False
    assert holders(desk["db"], plan_id) == (NUMBER, NUMBER)


def test_a_matrix_of_two_held_plans_passes_to_the_other_act(
    desk: dict[str, Any], sound_plan: Plan, matrix_id: int, plan_id: int, joined: Callable[..., Any]
) -> None:
    other = service.create_plan(**desk, plan=replace(sound_plan, matrix_id=matrix_id))
    joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER)
    joined(service.hold_plan_in, plan_id=other, held_by="092-2024-GM/MPT")
    joined(service.release_plan_in, plan_id=plan_id, held_by=NUMBER)
    assert holders(desk["db"], other) == ("092-2024-GM/MPT", "092-2024-GM/MPT")
    joined(service.release_plan_in, plan_id=other, held_by="092-2024-GM/MPT")
    assert holders(desk["db"], other) == ("", "")


def test_a_plan_without_matrix_is_held_alone(
    desk: dict[str, Any], sound_plan: Plan, joined: Callable[..., Any]
) -> None:
    alone = service.create_plan(**desk, plan=sound_plan)
    assert joined(service.hold_plan_in, plan_id=alone, held_by=NUMBER) == (1, 0)
    assert joined(service.release_plan_in, plan_id=alone, held_by=NUMBER) is True


def test_a_copy_of_a_held_plan_is_free(
    desk: dict[str, Any], plan_id: int, joined: Callable[..., Any]
) -> None:
    joined(service.hold_plan_in, plan_id=plan_id, held_by=NUMBER)
    copy_id = service.copy_plan(**desk, source_id=plan_id, title="PLAN 2025", year=2025)
    assert holders(desk["db"], copy_id) == ("", "")
    copy = service.load_plan(desk["db"], copy_id)
    assert service.save_plan(**desk, plan=replace(copy, campaign="Otra"), expected_version=1) == 2
