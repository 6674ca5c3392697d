"""Between freeze and the author's signature nobody changes what the act printed of its plan."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan, PlanState
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.service import issuing
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixState, with_duty

DAY = date(2024, 3, 8)
FIRST, SECOND = "091-2024-GM/MPP", "092-2024-GM/MPP"
PEOPLE = {
    "AUTOR_GM": ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
    "VB1_OGAJ": ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    "VB2_OGPP": ("RAMOS LÓPEZ PEDRO PABLO", "40000003"),
}


def frozen(case, archive: Archive) -> int:
    resolucion_id = case.draft()
    service.freeze_resolucion(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=resolucion_id,
        expected_version=1,
    )
    return resolucion_id


def sign_all(case, archive: Archive, pki, resolucion_id: int) -> None:
    paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
    for slot in paper.signers:
        signer = open_pkcs12(
            pki.person(*PEOPLE.get(slot.field, ("VARGAS SOTO ANA", "40000009"))), pki.password
        )
        paper = service.sign_resolucion(
            case.db,
            archive,
            actor=case.desk["actor"],
            now=case.desk["now"],
            resolucion_id=resolucion_id,
            signer_id=slot.id,
            expected_version=paper.version,
            open_signer=lambda signer=signer: nullcontext(signer),
        )


def annul(case, resolucion_id: int) -> None:
    paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
    service.annul_freeze(
        **case.desk, resolucion_id=resolucion_id, expected_version=paper.version, reason="hay un error"
    )


def plan_of(case) -> Plan:
    return plans.load_plan(case.db, case.plan_id)


def matrix_of(case) -> Matrix:
    return responsibilities.load_matrix(case.db, case.matrix_id, DAY)


def save(case, **changes: Any) -> None:
    plan = plan_of(case)
    plans.save_plan(**case.desk, plan=replace(plan, **changes), expected_version=plan.version)


def save_duty(case) -> None:
    matrix = matrix_of(case)
    longer = with_duty(matrix, matrix.units[0].id, Duty("Otra función."))
    responsibilities.save_matrix(**case.desk, matrix=longer, expected_version=matrix.version)


def test_frozen_annulled_and_frozen_again(case, archive: Archive) -> None:
    resolucion_id = frozen(case, archive)
    with pytest.raises(RuleError, match=f"El plan está congelado en la {FIRST}"):
        save(case, title="OTRO TÍTULO")
    with pytest.raises(RuleError, match=f"La matriz está congelada en la {FIRST}"):
        save_duty(case)
    annul(case, resolucion_id)
    save(case, title="OTRO TÍTULO")
    save_duty(case)
    service.freeze_resolucion(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=resolucion_id,
        expected_version=service.load_resolucion(case.db, resolucion_id).version,
    )
    assert (plan_of(case).held_by, matrix_of(case).held_by) == (SECOND, SECOND)


def test_the_signature_approves_just_what_was_printed(case, archive: Archive, pki) -> None:
    printed_plan, printed_matrix = plan_of(case), matrix_of(case)
    resolucion_id = frozen(case, archive)
    for attempt in (lambda: save(case, households=1), lambda: save_duty(case)):
        with pytest.raises(RuleError, match="congelad"):
            attempt()
    sign_all(case, archive, pki, resolucion_id)
    act = service.load_resolucion(case.db, resolucion_id)
    assert act.state is State.SIGNED
    assert plan_of(case) == replace(
        printed_plan, state=PlanState.APPROVED, approved_by=act.title, version=printed_plan.version + 1
    )
    assert matrix_of(case) == replace(
        printed_matrix, state=MatrixState.IN_FORCE, version=printed_matrix.version + 1
    )


@pytest.mark.parametrize("changed_meanwhile", [lambda case: save(case, households=1), save_duty])
def test_what_changes_while_the_paper_is_made_stops_the_freeze(
    case, archive: Archive, monkeypatch, changed_meanwhile
) -> None:
    resolucion_id = case.draft()
    build = issuing.build

    def build_slowly(*arguments: Any) -> Any:
        built = build(*arguments)
        changed_meanwhile(case)
        return built

    monkeypatch.setattr(issuing, "build", build_slowly)
    with pytest.raises(StaleRow):
        service.freeze_resolucion(
            case.db,
            archive,
            actor=case.desk["actor"],
            now=case.desk["now"],
            resolucion_id=resolucion_id,
            expected_version=1,
        )
    assert service.load_resolucion(case.db, resolucion_id).state is State.DRAFT
    assert (plan_of(case).held_by, matrix_of(case).held_by) == ("", "")


def test_two_frozen_acts_of_one_plan_hold_it_one_after_the_other(case, archive: Archive, pki) -> None:
    first, second = frozen(case, archive), frozen(case, archive)
    assert plan_of(case).held_by == FIRST
    annul(case, first)
    assert (plan_of(case).held_by, matrix_of(case).held_by) == (SECOND, SECOND)
    with pytest.raises(RuleError, match=SECOND):
        save(case, title="OTRO TÍTULO")
    sign_all(case, archive, pki, second)
    assert (plan_of(case).state, plan_of(case).held_by, matrix_of(case).held_by) == (
        PlanState.APPROVED,
        "",
        "",
    )


def test_an_approved_plan_waits_for_the_other_act_that_printed_it(case, archive: Archive, pki) -> None:
    first, second = frozen(case, archive), frozen(case, archive)
    sign_all(case, archive, pki, first)
    back = {"state": PlanState.DRAFT, "reason": "Error material"}
    named = {**case.desk, "plan_id": case.plan_id, "expected_version": plan_of(case).version}
    with pytest.raises(RuleError, match=SECOND):
        plans.set_plan_state(**named, **back)
    annul(case, second)
    plans.set_plan_state(**named, **back)
    assert plan_of(case).can_edit


def test_a_matrix_that_could_not_be_put_in_force_stops_the_freeze_even_without_annex(case) -> None:
    matrix = matrix_of(case)
    empty = replace(matrix, units=(replace(matrix.units[0], duties=()),))
    responsibilities.save_matrix(**case.desk, matrix=empty, expected_version=matrix.version)
    act = service.load_resolucion(case.db, case.draft())
    service.save_resolucion(**case.desk, resolucion=replace(act, with_annex=False), expected_version=1)
    view = service.view_resolucion(case.db, act.id, DAY)
    assert [problem.code for problem in view.problems] == ["matrix_not_ready"]
