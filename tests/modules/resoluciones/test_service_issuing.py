"""What becomes of a draft on a real base: previewed, frozen under its number, signed in turn, verified, annulled."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest
from resoluciones_verbs import freeze, refusal, sign_all

from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import fields_of, open_pkcs12
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.resoluciones import rules, service
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import MatrixState

# -- preview and freeze --------------------------------------------------------------------------------


def test_the_preview_is_marked_and_has_no_number(case, text_of) -> None:
    resolucion_id = case.draft()
    words = text_of(service.draft_pdf(case.db, resolucion_id))
    assert "N° ____-2024-GM/MPP" in words
    assert "ANEXO N° 01" in words
    assert papers.number_register(case.db, case.series_id, 2024)[-1].last == 90


def test_the_preview_marks_what_is_missing_instead_of_refusing(case, text_of) -> None:
    act = service.load_resolucion(case.db, case.draft())
    unsaved = replace(act, blocks=rules.rewritten(act.blocks, 1, "Que, {norm.nada} dispone."))
    assert "Que, [falta Norma: nada] dispone." in text_of(service.preview_pdf(case.db, unsaved))


def test_freezing_fixes_number_and_bytes(case, archive: Archive, text_of) -> None:
    resolucion_id = case.draft()
    paper_id = freeze(case, archive, resolucion_id)
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    act = view.resolucion
    assert (act.state, act.paper_id, act.number_text, act.version) == (
        State.FROZEN,
        paper_id,
        "091-2024-GM/MPP",
        2,
    )
    assert act.title == "Resolución de Gerencia Municipal N° 091-2024-GM/MPP"
    pdf = service.resolucion_bytes(case.db, archive, resolucion_id)
    assert {field.name for field in fields_of(pdf)} == {"VB1_OGAJ", "VB2_OGPP", "VB3_ULE", "AUTOR_GM"}
    assert "N° 091-2024-GM/MPP" in text_of(pdf)
    assert view.paper is not None
    assert [signer.dni for signer in view.paper.signers] == ["40000002", "40000003", "", "40000001"]
    assert service.find_by_number(case.db, "091-2024-GM/MPP") == act
    assert service.find_by_number(case.db, "") is None
    register = papers.number_register(case.db, case.series_id, 2024)
    assert (register[-1].last, register[-1].state) == (91, NumberState.RESERVED)


def test_nothing_changes_in_a_frozen_act(case, archive: Archive) -> None:
    act = service.load_resolucion(case.db, case.draft())
    freeze(case, archive, act.id)
    frozen = service.load_resolucion(case.db, act.id)
    refusal("not_draft", service.save_resolucion, **case.desk, resolucion=frozen, expected_version=2)
    refusal("not_draft", freeze, case, archive, act.id)
    refusal("not_draft", service.draft_pdf, case.db, act.id)


def test_what_is_missing_stops_the_freeze_and_takes_no_number(case, archive: Archive) -> None:
    resolucion_id = case.draft()
    plan = plans.load_plan(case.db, case.plan_id)
    plans.save_plan(**case.desk, plan=replace(plan, chains=()), expected_version=plan.version)
    sentence = refusal("chain_missing", freeze, case, archive, resolucion_id)
    assert sentence.startswith("No se congeló: Considerando")
    assert service.load_resolucion(case.db, resolucion_id).state is State.DRAFT
    assert len(papers.number_register(case.db, case.series_id, 2024)) == 1


def test_an_incomplete_annex_stops_the_freeze(case, archive: Archive) -> None:
    resolucion_id = case.draft()
    matrix = responsibilities.load_matrix(case.db, case.matrix_id, date(2024, 3, 8))
    empty = replace(matrix, units=(replace(matrix.units[0], duties=()),))
    responsibilities.save_matrix(**case.desk, matrix=empty, expected_version=matrix.version)
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    assert "matrix_not_ready" in {problem.code for problem in view.problems}
    service.preview_pdf(case.db, view.resolucion)
    with pytest.raises(RuleError, match="No se congeló"):
        freeze(case, archive, resolucion_id)


def test_tomorrows_act_is_not_frozen_today(case, archive: Archive) -> None:
    resolucion_id = case.draft(dated=date(2024, 3, 9))
    refusal("date_in_future", freeze, case, archive, resolucion_id)


def test_a_draft_changed_by_another_keeps_the_number_for_the_next_try(case, archive: Archive) -> None:
    resolucion_id = case.draft()
    with pytest.raises(StaleRow):
        freeze(case, archive, resolucion_id, expected_version=7)
    assert service.load_resolucion(case.db, resolucion_id).state is State.DRAFT
    freeze(case, archive, resolucion_id)
    assert service.load_resolucion(case.db, resolucion_id).number_text == "091-2024-GM/MPP"
    other = case.draft()
    freeze(case, archive, other)
    assert service.load_resolucion(case.db, other).number_text == "092-2024-GM/MPP"


def test_an_archive_that_cannot_be_written_loses_nothing(case, tmp_path) -> None:
    blocked = tmp_path / "archivo"
    blocked.write_text("un archivo donde debía haber una carpeta")
    resolucion_id = case.draft()
    with pytest.raises(FileFailed):
        freeze(case, Archive(blocked), resolucion_id)
    assert service.load_resolucion(case.db, resolucion_id).state is State.DRAFT
    freeze(case, Archive(tmp_path / "otro"), resolucion_id)
    assert service.load_resolucion(case.db, resolucion_id).number_text == "091-2024-GM/MPP"


def test_a_draft_has_nothing_to_sign_or_verify(case, archive: Archive) -> None:
    resolucion_id = case.draft()
    refusal("not_frozen", service.resolucion_bytes, case.db, archive, resolucion_id)
    refusal("not_frozen", service.verify_resolucion, case.db, archive, resolucion_id)
    refusal(
        "nothing_frozen",
        service.annul_freeze,
        **case.desk,
        resolucion_id=resolucion_id,
        expected_version=1,
        reason="x",
    )
    refusal("resolucion_unknown", service.load_resolucion, case.db, 99)


# -- signing -------------------------------------------------------------------------------------------


def test_the_round_ends_with_the_author_and_what_it_brings_about(case, archive: Archive, pki) -> None:
    resolucion_id = case.draft()
    freeze(case, archive, resolucion_id)
    sign_all(case, archive, pki, resolucion_id, turns=1)
    assert service.load_resolucion(case.db, resolucion_id).state is State.SIGNING
    assert plans.load_plan(case.db, case.plan_id).state is PlanState.DRAFT
    sign_all(case, archive, pki, resolucion_id)
    act = service.load_resolucion(case.db, resolucion_id)
    assert act.state is State.SIGNED
    plan = plans.load_plan(case.db, case.plan_id)
    assert (plan.state, plan.approved_by) == (PlanState.APPROVED, act.title)
    matrix = responsibilities.load_matrix(case.db, case.matrix_id, date(2024, 3, 8))
    assert matrix.state is MatrixState.IN_FORCE
    expediente = expedientes.load_expediente(case.db, case.expediente_id)
    assert expediente.state is ExpedienteState.RESOLVED
    assert papers.number_register(case.db, case.series_id, 2024)[-1].state is NumberState.FIXED
    found = service.verify_resolucion(case.db, archive, resolucion_id, roots=[pki.root])
    assert found.findings == ()
    assert [report.field for report in found.verification.signatures] == [
        "VB1_OGAJ",
        "VB2_OGPP",
        "VB3_ULE",
        "AUTOR_GM",
    ]
    assert found.verification.all_intact
    assert found.verification.last_covers_file
    refusal(
        "nothing_frozen",
        service.annul_freeze,
        **case.desk,
        resolucion_id=resolucion_id,
        expected_version=5,
        reason="tarde",
    )


def test_another_persons_certificate_signs_nothing(case, archive: Archive, pki) -> None:
    resolucion_id = case.draft()
    freeze(case, archive, resolucion_id)
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    stranger = open_pkcs12(pki.person("VARGAS SOTO ANA", "40000009"), pki.password)
    before = service.resolucion_bytes(case.db, archive, resolucion_id)
    refusal(
        "other_person",
        service.sign_resolucion,
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=resolucion_id,
        signer_id=view.paper.signers[0].id,
        expected_version=view.paper.version,
        open_signer=lambda: nullcontext(stranger),
    )
    assert service.load_resolucion(case.db, resolucion_id).state is State.FROZEN
    assert service.resolucion_bytes(case.db, archive, resolucion_id) == before


def test_annulling_keeps_the_number_in_the_register_and_opens_the_draft(case, archive: Archive, pki) -> None:
    resolucion_id = case.draft()
    freeze(case, archive, resolucion_id)
    sign_all(case, archive, pki, resolucion_id, turns=2)
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    named = {**case.desk, "resolucion_id": resolucion_id, "expected_version": view.paper.version}
    refusal("reason_missing", service.annul_freeze, **named, reason=" ")
    service.annul_freeze(**named, reason="falta el registro del oficio")
    act = service.load_resolucion(case.db, resolucion_id)
    assert (act.state, act.paper_id, act.number_text, act.draft_round) == (State.DRAFT, None, "", 2)
    assert act.blocks == view.resolucion.blocks
    line = papers.number_register(case.db, case.series_id, 2024)[-1]
    assert (line.last, line.state) == (91, NumberState.ANNULLED)
    assert "falta el registro del oficio" in line.explanation
    freeze(case, archive, resolucion_id)
    assert service.load_resolucion(case.db, resolucion_id).number_text == "092-2024-GM/MPP"


def test_backdated_draft_takes_the_number_of_its_year(case, archive: Archive) -> None:
    resolucion_id = case.draft(dated=case.desk["now"].date() - timedelta(days=3))
    freeze(case, archive, resolucion_id)
    assert service.load_resolucion(case.db, resolucion_id).number_text == "091-2024-GM/MPP"
