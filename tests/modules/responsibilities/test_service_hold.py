"""A matrix that a frozen act printed: its texts and state wait for the signatures, its follow-up goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import DutyState, Matrix, MatrixState

NUMBER = "091-2024-GM/MPT"


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    """What every change is called with."""
    return {"db": db, "actor": actor, "now": now}


@pytest.fixture
def held(desk: dict[str, Any], matrix_id: int, load: Callable[[int], Matrix]) -> Matrix:
    with desk["db"].transaction() as session:
        version = service.hold_matrix_in(
            session, actor=desk["actor"], now=desk["now"], matrix_id=matrix_id, held_by=NUMBER
        )
    assert version == 1
    return load(matrix_id)


def release(desk: dict[str, Any], matrix_id: int, held_by: str) -> bool:
    with desk["db"].transaction() as session:
        return service.release_matrix_in(
            session, actor=desk["actor"], now=desk["now"], matrix_id=matrix_id, held_by=held_by
        )


def test_texts_and_state_of_a_held_matrix_stay(
    desk: dict[str, Any], held: Matrix, load: Callable[[int], Matrix]
) -> None:
    rewritten = rules.without_duty(held, held.units[0].duties[0].id)
    with pytest.raises(RuleError) as caught:
        service.save_matrix(**desk, matrix=rewritten, expected_version=1)
    assert caught.value.code == "matrix_held"
    assert caught.value.sentence == (
        "La matriz está congelada en la 091-2024-GM/MPT y no se cambia; no se guardó nada. Anule la versión "
        "congelada de la resolución para corregirla."
    )
    for state in (MatrixState.IN_FORCE, MatrixState.ARCHIVED):
        with pytest.raises(RuleError, match="congelada en la 091"):
            service.set_matrix_state(**desk, matrix_id=held.id, expected_version=1, state=state)
    assert load(held.id) == held


def test_the_follow_up_of_a_held_matrix_goes_on(
    desk: dict[str, Any], held: Matrix, load: Callable[[int], Matrix]
) -> None:
    duty = replace(
        held.units[0].duties[0], responsible="Gerente", due=date(2024, 4, 1), state=DutyState.UNDER_WAY
    )
    followed = rules.with_duty(held, held.units[0].id, duty)
    assert service.save_matrix(**desk, matrix=followed, expected_version=1) == 2
    matrix = load(held.id)
    assert (matrix.units[0].duties[0].responsible, matrix.held_by) == ("Gerente", NUMBER)


def test_only_its_act_releases_it(desk: dict[str, Any], held: Matrix, load: Callable[[int], Matrix]) -> None:
    assert release(desk, held.id, "092-2024-GM/MPT") is False
    assert release(desk, held.id, NUMBER) is True
    matrix = load(held.id)
    assert (matrix.held_by, matrix.version, matrix.can_rewrite) == ("", 1, True)
    shorter = rules.without_duty(held, held.units[0].duties[0].id)
    service.save_matrix(**desk, matrix=shorter, expected_version=1)
    assert load(held.id).held_by == "", "what was seen while held does not hold it again"


def test_a_signed_act_puts_the_matrix_it_holds_in_force(
    desk: dict[str, Any], held: Matrix, load: Callable[[int], Matrix]
) -> None:
    with desk["db"].transaction() as session:
        service.put_in_force_in(
            session, actor=desk["actor"], now=desk["now"], matrix_id=held.id, reason="Resolución 091"
        )
    assert load(held.id).state is MatrixState.IN_FORCE


def test_a_copy_of_a_held_matrix_is_free(
    desk: dict[str, Any], held: Matrix, load: Callable[[int], Matrix]
) -> None:
    copy = load(service.copy_matrix(**desk, source_id=held.id, title="PLAN 2025"))
    assert (copy.held_by, copy.can_rewrite) == ("", True)
