"""A draft on a real base: made from its expediente, in the words of the act before, saved whole, brought up to date."""

import json
from dataclasses import replace
from datetime import date

import pytest
from resoluciones_verbs import refusal
from sqlalchemy import text

from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import rules, service
from sisfoh_desktop.modules.resoluciones.rules import (
    ArticleStyle,
    BlockKind,
    Origin,
    SignerPlace,
    SignerRole,
    State,
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
