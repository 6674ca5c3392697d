"""What the office does with a resolución, on a real base: draft, edit, freeze, sign in turn, verify, annul."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import fields_of, open_pkcs12
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import DocumentEntry, DocumentKind, ExpedienteState, Party
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.resoluciones import rules, service
from sisfoh_desktop.modules.resoluciones.rules import (
    ArticleStyle,
    BlockKind,
    Origin,
    SignerPlace,
    SignerRole,
    State,
)
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import MatrixState

PEOPLE = {
    "AUTOR_GM": ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
    "VB1_OGAJ": ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    "VB2_OGPP": ("RAMOS LÓPEZ PEDRO PABLO", "40000003"),
}


def refusal(code: str, call, *arguments, **named) -> str:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    return caught.value.sentence


def freeze(case, archive: Archive, resolucion_id: int, **changes: Any) -> int:
    version = service.load_resolucion(case.db, resolucion_id).version
    named = {
        "actor": case.desk["actor"],
        "now": case.desk["now"],
        "resolucion_id": resolucion_id,
        "expected_version": version,
        **changes,
    }
    return service.freeze_resolucion(case.db, archive, **named)


def sign_all(case, archive: Archive, pki, resolucion_id: int, *, turns: int = 99) -> None:
    for _ in range(turns):
        paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
        slot = next((signer for signer in paper.signers if signer.signed_at is None), None)
        if slot is None:
            return
        signer = open_pkcs12(
            pki.person(*PEOPLE.get(slot.field, ("VARGAS SOTO ANA", "40000009"))), pki.password
        )
        service.sign_resolucion(
            case.db,
            archive,
            actor=case.desk["actor"],
            now=case.desk["now"],
            resolucion_id=resolucion_id,
            signer_id=slot.id,
            expected_version=paper.version,
            open_signer=lambda signer=signer: nullcontext(signer),
        )


# -- drafting ------------------------------------------------------------------------------------------


def test_the_first_act_of_an_office_is_drafted_from_its_expediente(case) -> None:
    view = service.view_resolucion(case.db, case.draft(), date(2024, 3, 8))
    act = view.resolucion
    assert act.state is State.DRAFT
    assert [(place.role, place.unit_id) for place in act.places] == [
        (SignerRole.VISTO_BUENO, case.units["OGAJ"]),
        (SignerRole.VISTO_BUENO, case.units["OGPP"]),
        (SignerRole.VISTO_BUENO, case.units["ULE"]),
        (SignerRole.AUTHOR, case.units["GM"]),
    ]
    assert [signer.field for signer in view.signers] == ["VB1_OGAJ", "VB2_OGPP", "VB3_ULE", "AUTOR_GM"]
    assert (view.signers[-1].name, view.signers[-1].position) == (
        "Abog. QUISPE ÑAUPARI JUAN JOSÉ",
        "Gerente Municipal",
    )
    assert view.problems == ()
    assert view.untold == ()
    assert act.with_annex
    told = [block for block in act.blocks if block.origin is Origin.DOCUMENT]
    assert len(told) == 5
    assert "{plan.amount}" in told[1].text
    assert view.values["plan.amount"] == "S/\u00a0312\u00a0656.00"


def test_the_next_act_takes_the_words_of_the_last(case) -> None:
    first = service.load_resolucion(case.db, case.draft())
    blocks = rules.rewritten(first.blocks, len(first.blocks) - 2, "ARCHÍVESE")
    changed = replace(
        first,
        blocks=blocks,
        headings=replace(first.headings, initials="abc/DEF", style=ArticleStyle.NUMERIC),
        wordings=(("norm.lom", "Ley N° 27972"),),
    )
    service.save_resolucion(**case.desk, resolucion=changed, expected_version=1)
    second = service.load_resolucion(case.db, case.draft())
    assert second.blocks[-2].text == "ARCHÍVESE"
    assert second.headings == changed.headings
    assert second.wordings == changed.wordings
    assert second.places == changed.places
    assert [line.id for line in service.list_resoluciones(case.db)] == [second.id, first.id]


def test_an_expediente_without_documents_gives_no_act(case) -> None:
    empty = expedientes.create_expediente(**case.desk, title="Nuevo")
    sentence = refusal(
        "expediente_empty",
        service.create_resolucion,
        **case.desk,
        expediente_id=empty,
        series_id=case.series_id,
    )
    assert "Registre" in sentence


def test_without_a_receiver_in_the_office_the_head_of_the_tree_is_proposed(case) -> None:
    case.register("OGAJ", "GM", "300-2024-X", date(2024, 3, 6), receiver=Party("Contraloría", "CGR"))
    act = service.load_resolucion(case.db, case.draft())
    assert act.places[-1] == SignerPlace(SignerRole.AUTHOR, case.units["GM"])


def test_an_office_without_units_is_told_to_enter_them(db, actor, now) -> None:
    means = {"db": db, "actor": actor, "now": now}
    office.save_municipality(
        **means,
        municipality=Municipality("Prueba", "MP", Ubigeo("230101", "INEI"), "Prueba"),
        expected_version=0,
    )
    expediente_id = expedientes.create_expediente(**means, title="Plan")
    entry = DocumentEntry(
        DocumentKind.OFICIO,
        "1-2024-X",
        date(2024, 3, 1),
        Party("Contraloría"),
        Party("Alcaldía"),
        "Pide el plan",
    )
    expedientes.register_document(**means, expediente_id=expediente_id, entry=entry)
    series_id = papers.create_series(**means, kind="r", title="Resolución", mask="{n}-{year}")
    refusal(
        "units_missing",
        service.create_resolucion,
        **means,
        expediente_id=expediente_id,
        series_id=series_id,
    )


def test_an_act_without_plan_has_no_annex_and_says_what_is_missing(case) -> None:
    expediente_id = expedientes.create_expediente(**case.desk, title="Sin plan")
    source = service.draft_source(case.db, case.expediente_id, case.series_id)
    expedientes.register_document(
        **case.desk,
        expediente_id=expediente_id,
        entry=expedientes.load_expediente(case.db, case.expediente_id).documents[0].entry,
        even_if_duplicate=True,
    )
    resolucion_id = service.create_resolucion(
        **case.desk, expediente_id=expediente_id, series_id=case.series_id, source=source
    )
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    assert not view.resolucion.with_annex
    assert {problem.code for problem in view.problems} == {"chip_unknown", "chain_missing"}


# -- editing -------------------------------------------------------------------------------------------


def test_a_draft_is_saved_whole_and_read_back(case) -> None:
    act = service.load_resolucion(case.db, case.draft())
    blocks, place = rules.with_new(act.blocks, BlockKind.CONSIDERANDO, 1)
    blocks = rules.rewritten(blocks, place, "Que, <b>esto</b> & {{aquello}} de {plan.title}.")
    changed = replace(
        act,
        blocks=blocks,
        matter="aprobación de algo",
        dated=date(2024, 3, 7),
        with_annex=False,
        places=(SignerPlace(SignerRole.AUTHOR, case.units["GM"], "Gerente"),),
        headings=replace(act.headings, vistos="VISTO:", act_name="RESOLUCIÓN DE ALCALDÍA"),
        wordings=(("unit.ogaj", "Oficina Legal"),),
    )
    assert service.save_resolucion(**case.desk, resolucion=changed, expected_version=1) == 2
    assert service.load_resolucion(case.db, act.id) == replace(changed, version=2)
    with case.db.reading() as session:
        row = session.execute(
            text("SELECT before, after FROM audit_entry WHERE action = 'resolucion.save'")
        ).one()
    assert json.loads(row.before)["matter"] == act.matter
    after = json.loads(row.after)
    assert [block["text"] for block in after["blocks"]] == ["Que, <b>esto</b> & {{aquello}} de {plan.title}."]
    assert (after["vistos"], after["wordings"]) == ("VISTO:", [["unit.ogaj", "Oficina Legal"]])
    assert "initials" not in after


def test_the_trail_tells_that_only_the_order_changed(case) -> None:
    act = service.load_resolucion(case.db, case.draft())
    moved = replace(act, blocks=rules.moved(act.blocks, 1, 1))
    assert moved.blocks != act.blocks
    service.save_resolucion(**case.desk, resolucion=moved, expected_version=1)
    with case.db.reading() as session:
        after = session.scalar(text("SELECT after FROM audit_entry WHERE action = 'resolucion.save'"))
    assert json.loads(after) == {"blocks": "cambió el orden o las repeticiones"}


def test_two_people_editing_one_draft(case) -> None:
    act = service.load_resolucion(case.db, case.draft())
    service.save_resolucion(**case.desk, resolucion=replace(act, matter="uno"), expected_version=1)
    with pytest.raises(StaleRow):
        service.save_resolucion(**case.desk, resolucion=replace(act, matter="dos"), expected_version=1)
    assert service.load_resolucion(case.db, act.id).matter == "uno"


def test_half_a_chip_is_never_stored(case) -> None:
    act = service.load_resolucion(case.db, case.draft())
    broken = replace(act, blocks=rules.rewritten(act.blocks, 1, "Que, {plan.amo"))
    refusal("chip_broken", service.save_resolucion, **case.desk, resolucion=broken, expected_version=1)
    assert service.load_resolucion(case.db, act.id) == act


def test_documents_registered_later_are_brought_into_the_draft(case) -> None:
    resolucion_id = case.draft()
    case.register("OGPP", "OGAJ", "541-2024-OGPP/MPP", date(2024, 2, 29), kind=DocumentKind.MEMORANDO)
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    assert view.untold == ("Memorando N° 541-2024-OGPP/MPP",)
    service.bring_documents(**case.desk, resolucion_id=resolucion_id, expected_version=1)
    view = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8))
    assert view.untold == ()
    assert "{doc.memorando_541.vistos}" in view.resolucion.blocks[0].text


def test_data_of_the_chain_are_live_until_the_freeze(case) -> None:
    resolucion_id = case.draft()
    chain = expedientes.load_expediente(case.db, case.expediente_id).documents
    expedientes.save_document(
        **case.desk,
        document_id=chain[0].id,
        expected_version=1,
        entry=replace(chain[0].entry, number_text="022-2024/ULE/MPP"),
    )
    values = service.view_resolucion(case.db, resolucion_id, date(2024, 3, 8)).values
    assert values["doc.informe_021.cite"] == "Informe N° 022-2024/ULE/MPP"


def test_people_are_those_in_force_on_the_acts_date(case) -> None:
    office.add_officer(
        **case.desk,
        officer=Officer(
            "ENCARGADA EJEMPLO ANA",
            "Gerente Municipal",
            case.units["GM"],
            acting=True,
            document="RA 5-2024",
            valid_from=date(2024, 3, 5),
            valid_to=date(2024, 3, 10),
        ),
    )
    act = service.load_resolucion(case.db, case.draft())
    view = service.view_resolucion(case.db, act.id, date(2024, 3, 8))
    assert (view.signers[-1].name, view.signers[-1].position) == (
        "ENCARGADA EJEMPLO ANA",
        "Gerente Municipal (e)",
    )
    earlier = replace(act, dated=date(2024, 3, 1))
    service.save_resolucion(**case.desk, resolucion=earlier, expected_version=1)
    view = service.view_resolucion(case.db, act.id, date(2024, 3, 8))
    assert view.signers[-1].name == "Abog. QUISPE ÑAUPARI JUAN JOSÉ"


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
