"""What the office does with its plans, on a real base."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.plans import rules, service
from sisfoh_desktop.modules.plans.rules import OUTLINE, BudgetLine, CodeName, Plan, PlanState
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyLink, Matrix, MatrixState, MatrixUnit


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    """What every change is called with."""
    return {"db": db, "actor": actor, "now": now}


@pytest.fixture
def matrix_id(desk: dict[str, Any]) -> int:
    unit = MatrixUnit(label="ULE", duties=(Duty("Ejecutar el plan."),))
    return responsibilities.create_matrix(**desk, matrix=Matrix("PLAN 2024", units=(unit,)))


def trail(db: Database, action: str) -> list[tuple[dict, dict, str]]:
    with db.reading() as session:
        query = text("SELECT before, after, reason FROM audit_entry WHERE action = :action ORDER BY id")
        rows = session.execute(query, {"action": action}).all()
    return [(json.loads(row[0] or "{}"), json.loads(row[1] or "{}"), row[2]) for row in rows]


def test_a_plan_is_read_as_it_was_written(desk: dict[str, Any], sound_plan: Plan, matrix_id: int) -> None:
    plan_id = service.create_plan(**desk, plan=replace(sound_plan, matrix_id=matrix_id))
    assert service.load_plan(desk["db"], plan_id) == replace(
        sound_plan, matrix_id=matrix_id, id=plan_id, version=1
    )


def test_codes_come_back_with_their_zeros(desk: dict[str, Any], sound_plan: Plan) -> None:
    (chain,) = service.functional_chain(desk["db"], service.create_plan(**desk, plan=sound_plan))
    assert (chain.group.code, chain.division.code, chain.rubro.code) == ("0114", "051", "00")
    assert chain.amount == Decimal("312656.00")


def test_a_new_plan_gets_the_outline(desk: dict[str, Any]) -> None:
    plan_id = service.create_plan(**desk, plan=Plan("Nuevo", 2025, state=PlanState.APPROVED))
    plan = service.load_plan(desk["db"], plan_id)
    assert [(section.kind, section.title) for section in plan.sections] == list(OUTLINE)
    assert plan.state is PlanState.DRAFT


def test_the_list_shows_the_newest_year_first(desk: dict[str, Any], sound_plan: Plan) -> None:
    service.create_plan(**desk, plan=sound_plan)
    service.create_plan(**desk, plan=replace(sound_plan, year=2023))
    service.create_plan(**desk, plan=replace(sound_plan, year=2025))
    lines = service.list_plans(desk["db"])
    assert [line.year for line in lines] == [2025, 2024, 2023]
    assert (lines[0].amount, lines[0].households, lines[0].state) == (
        Decimal("312656.00"),
        16391,
        PlanState.DRAFT,
    )


def test_a_save_keeps_every_part_and_tells_only_what_changed(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=sound_plan)
    stored = service.load_plan(desk["db"], plan_id)
    line = BudgetLine("2.3.1 2.1 1", "Vestuario", Decimal("1200.00"))
    edited = replace(stored, households=17000, budget=(line, stored.budget[1]))
    assert service.save_plan(**desk, plan=edited, expected_version=1) == 2
    assert service.load_plan(desk["db"], plan_id) == replace(edited, version=2)
    ((before, after, _),) = trail(desk["db"], "plan.save")
    assert before == {
        "households": 16391,
        "budget": [{"code": "2.3.2 9.1 1", "name": "Locación de servicios", "amount": "280000.00"}],
    }
    assert after["budget"] == [{"code": "2.3.1 2.1 1", "name": "Vestuario", "amount": "1200.00"}]


def test_a_new_order_is_kept(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=sound_plan)
    stored = service.load_plan(desk["db"], plan_id)
    service.save_plan(**desk, plan=replace(stored, zones=stored.zones[::-1], chains=()), expected_version=1)
    assert [zone.name for zone in service.load_plan(desk["db"], plan_id).zones] == ["Zona sur", "Zona norte"]
    assert service.functional_chain(desk["db"], plan_id) == ()
    assert trail(desk["db"], "plan.save")[0][1]["zones"] == "cambió el orden o las repeticiones"


def test_a_draft_that_does_not_add_up_is_kept(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=replace(sound_plan, budget=()))
    findings = rules.check_plan(service.load_plan(desk["db"], plan_id))
    assert "faltan S/\u00a0312\u00a0656.00" in findings[0].text


def test_a_refused_value_changes_nothing(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=sound_plan)
    stored = service.load_plan(desk["db"], plan_id)
    with pytest.raises(RuleError, match="No se cambió nada"):
        service.save_plan(**desk, plan=replace(stored, title=""), expected_version=1)
    assert service.load_plan(desk["db"], plan_id) == stored


def test_two_people_do_not_overwrite_each_other(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=sound_plan)
    seen = service.load_plan(desk["db"], plan_id)
    service.save_plan(**desk, plan=replace(seen, campaign="De ella"), expected_version=1)
    with pytest.raises(StaleRow):
        service.save_plan(**desk, plan=replace(seen, campaign="De él"), expected_version=1)
    assert service.load_plan(desk["db"], plan_id).campaign == "De ella"


def test_last_years_plan_is_a_template_with_its_matrix(
    desk: dict[str, Any], sound_plan: Plan, matrix_id: int
) -> None:
    plan_id = service.create_plan(**desk, plan=replace(sound_plan, matrix_id=matrix_id))
    copy_id = service.copy_plan(**desk, source_id=plan_id, title="PLAN 2025", year=2025)
    copy = service.load_plan(desk["db"], copy_id)
    assert (copy.title, copy.year, copy.amount) == ("PLAN 2025", 2025, 0)
    assert copy.matrix_id not in (None, matrix_id)
    assert [line.title for line in responsibilities.list_matrices(desk["db"])] == ["PLAN 2025", "PLAN 2024"]
    assert trail(desk["db"], "plan.create")[-1][1]["copied_from"] == plan_id
    alone = service.copy_plan(**desk, source_id=plan_id, title="PLAN 2026", year=2026, copy_matrix=False)
    assert service.load_plan(desk["db"], alone).matrix_id is None


def test_a_signed_act_approves_the_plan_and_its_matrix(
    desk: dict[str, Any], sound_plan: Plan, matrix_id: int
) -> None:
    plan_id = service.create_plan(**desk, plan=replace(sound_plan, matrix_id=matrix_id))
    for _ in range(2):
        with desk["db"].transaction() as session:
            service.approve_plan_in(
                session,
                actor=desk["actor"],
                now=desk["now"],
                plan_id=plan_id,
                approved_by="Resolución N° 091-2024-GM/MPT",
            )
    plan = service.load_plan(desk["db"], plan_id)
    assert (plan.state, plan.approved_by, plan.version) == (
        PlanState.APPROVED,
        "Resolución N° 091-2024-GM/MPT",
        2,
    )
    assert responsibilities.list_matrices(desk["db"])[0].state is MatrixState.IN_FORCE
    with pytest.raises(RuleError, match="ya no se edita"):
        service.save_plan(**desk, plan=plan, expected_version=2)


@pytest.fixture
def plan_with_duty(desk: dict[str, Any], sound_plan: Plan) -> tuple[int, int]:
    """Ids of a plan and of its matrix, one of whose duties the approved plan proves."""
    unit = MatrixUnit(label="ULE", duties=(Duty("Elaborar el plan.", link=DutyLink.PLAN),))
    matrix_id = responsibilities.create_matrix(**desk, matrix=Matrix("PLAN 2024", units=(unit,)))
    return service.create_plan(**desk, plan=replace(sound_plan, matrix_id=matrix_id)), matrix_id


def approve(desk: dict[str, Any], plan_id: int) -> None:
    with desk["db"].transaction() as session:
        service.approve_plan_in(
            session, actor=desk["actor"], now=desk["now"], plan_id=plan_id, approved_by="Acto"
        )


def test_an_archived_matrix_does_not_keep_the_act_from_being_signed(
    desk: dict[str, Any], plan_with_duty: tuple[int, int]
) -> None:
    plan_id, matrix_id = plan_with_duty
    responsibilities.set_matrix_state(
        **desk,
        matrix_id=matrix_id,
        expected_version=1,
        state=MatrixState.ARCHIVED,
        reason="Cambió la directiva",
    )
    approve(desk, plan_id)
    assert service.load_plan(desk["db"], plan_id).state is PlanState.APPROVED
    assert responsibilities.list_evidence(desk["db"], matrix_id) == {}


def test_a_plan_that_is_a_draft_again_proves_no_duty_until_it_is_approved_anew(
    desk: dict[str, Any], plan_with_duty: tuple[int, int]
) -> None:
    plan_id, matrix_id = plan_with_duty

    def counted() -> list[bool]:
        ((_duty, entries),) = responsibilities.list_evidence(desk["db"], matrix_id).items()
        return [not one.withdrawn for one in entries]

    approve(desk, plan_id)
    assert counted() == [True]
    service.set_plan_state(
        **desk, plan_id=plan_id, expected_version=2, state=PlanState.DRAFT, reason="Error material"
    )
    assert counted() == [False]
    ((_duty, (entry,)),) = responsibilities.list_evidence(desk["db"], matrix_id).items()
    assert entry.withdrawn == "El plan volvió a borrador: Error material"
    approve(desk, plan_id)
    assert counted() == [True, False]


def test_a_plan_that_does_not_add_up_is_not_approved(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=replace(sound_plan, budget=()))
    with pytest.raises(RuleError, match="faltan"), desk["db"].transaction() as session:
        service.approve_plan_in(
            session, actor=desk["actor"], now=desk["now"], plan_id=plan_id, approved_by="x"
        )
    assert service.load_plan(desk["db"], plan_id).state is PlanState.DRAFT


def test_an_approved_plan_goes_back_to_draft_with_a_reason(desk: dict[str, Any], sound_plan: Plan) -> None:
    plan_id = service.create_plan(**desk, plan=sound_plan)
    with desk["db"].transaction() as session:
        service.approve_plan_in(
            session, actor=desk["actor"], now=desk["now"], plan_id=plan_id, approved_by="Acto"
        )
    service.set_plan_state(
        **desk, plan_id=plan_id, expected_version=2, state=PlanState.DRAFT, reason="Error material"
    )
    plan = service.load_plan(desk["db"], plan_id)
    assert (plan.state, plan.approved_by, plan.version) == (PlanState.DRAFT, "", 3)
    assert trail(desk["db"], "plan.state")[-1][2] == "Error material"


def test_a_plan_that_is_gone_is_told(desk: dict[str, Any]) -> None:
    with pytest.raises(RuleError, match="ya no existe"):
        service.load_plan(desk["db"], 99)


def test_a_plan_of_many_parts_is_kept_whole(desk: dict[str, Any], sound_plan: Plan) -> None:
    many = replace(
        sound_plan,
        zones=tuple(replace(sound_plan.zones[0], name=f"Zona {n}", households=n) for n in range(2000)),
        chains=(replace(sound_plan.chains[0], product=CodeName("3999999", "SIN PRODUCTO")),),
    )
    stored = service.load_plan(desk["db"], service.create_plan(**desk, plan=many))
    assert stored.zones == many.zones
    assert stored.chains == many.chains
