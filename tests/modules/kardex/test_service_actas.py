"""Actas of the kardex from the proposal to the last signature: ink and digital, evidence, annulled ones, refusals."""

from dataclasses import replace
from datetime import date, time

import pypdfium2
import pytest
from kardex_actas import ANA, DAY, HEAD, ActasOffice
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, ActaRoute, Party
from sisfoh_desktop.modules.kardex.service import actas, catalogue, moving
from sisfoh_desktop.modules.kardex.store import actas as acta_store
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState, Route


@pytest.fixture
def office_desk(kardex_office, archive):
    kardex_office.receive("000001-001000", day=date(2024, 3, 4))
    return ActasOffice(kardex_office, archive)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_what_waits_is_put_together_by_day_parties_and_kind(office_desk):
    desk = office_desk
    first, second = desk.hand_out("000101-000150"), desk.hand_out("000151-000200")
    desk.hand_out("000201-000250", to=desk.kardex.beto)
    desk.kardex.move(MovementKind.USE, "000101-000110", desk.kardex.ana, day=DAY)
    groups = actas.acta_desk(desk.db, desk.kardex.campaign).waiting
    assert [(one.kind, one.to_name, one.form_count) for one in groups] == [
        (ActaKind.DELIVERY, "EMPADRONADOR DOS PRUEBA", 50),
        (ActaKind.DELIVERY, "EMPADRONADOR UNO PRUEBA", 100),
        (ActaKind.RECEPTION, "Almacén ULE", 1000),
    ]
    assert groups[1].movement_ids == (first, second)
    assert groups[1].types == "FSU"


def test_an_acta_is_proposed_with_the_people_on_both_sides(office_desk):
    desk = office_desk
    draft = desk.draft(ActaKind.DELIVERY, (desk.hand_out(),))
    assert draft.gives == Party(HEAD[0], HEAD[1], "Responsable de la ULE")
    assert draft.receives == Party(ANA[0], ANA[1], "Empadronador")
    assert draft.dated == DAY


def test_the_preview_says_project_and_spends_no_number(office_desk):
    desk = office_desk
    draft = desk.draft(ActaKind.DELIVERY, (desk.hand_out(),), at=time(9, 30))
    (page,) = text_of(actas.preview_acta(desk.db, draft, now=desk.who["now"]))
    assert page.count("____-2024-ULE/MPP") == 4
    assert "PROYECTO" in page
    assert page.count("siendo las 09:30 horas del día 08 de marzo de 2024") == 2
    assert actas.acta_desk(desk.db, desk.kardex.campaign).made == ()
    acta_id = desk.freeze(draft)
    assert actas.load_acta_paper(desk.db, acta_id).number_text == "001-2024-ULE/MPP"


def test_two_who_make_the_same_acta_spend_one_number(office_desk, monkeypatch):
    """The second has made it while the first still builds what the paper would say."""
    desk, inside = office_desk, []
    draft = desk.draft(ActaKind.DELIVERY, (desk.hand_out(),))
    build = actas.acta_papers.build_acta

    def slow(*what, **how):
        if not inside:
            inside.append(1)
            desk.freeze(draft)
        return build(*what, **how)

    monkeypatch.setattr(actas.acta_papers, "build_acta", slow)
    with pytest.raises(StaleRow):
        desk.freeze(draft)
    other = desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out("000201-000250"),)))
    assert actas.load_acta_paper(desk.db, other).number_text == "002-2024-ULE/MPP", "none without a paper"


def test_ink_round_to_the_end_is_evidence_of_the_duty(office_desk):
    desk = office_desk
    movement_id = desk.hand_out()
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (movement_id,)))
    (page,) = text_of(papers.paper_bytes(desk.db, desk.archive, actas.load_acta_paper(desk.db, acta_id).id))
    assert page.count("Son 100 (cien) formularios.") == 2
    assert page.count(f"DNI N° {ANA[1]}") == 4  # in the text and under the line, of each copy
    paper, slot, _ = desk.turn(acta_id)
    assert (paper.pages, slot.label) == (1, ANA[0])
    desk.ink(acta_id)
    assert desk.evidence() == []
    assert desk.ink(acta_id).state is PaperState.SIGNED
    (evidence,) = desk.evidence()
    assert (evidence.record_kind, evidence.record_id, evidence.day) == ("kardex_acta", acta_id, DAY)
    assert "001-2024-ULE/MPP" in evidence.text
    (line,) = actas.acta_desk(desk.db, desk.kardex.campaign).made
    assert (line.state, line.signed_count, line.movement_ids) == ("firmada", 2, (movement_id,))


def test_digital_round_to_the_end(office_desk, pki):
    desk = office_desk
    movement_id = desk.hand_out()
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (movement_id,), route=ActaRoute.DIGITAL))
    desk.sign(acta_id, pki, *ANA)
    paper = desk.sign(acta_id, pki, *HEAD)
    assert paper.state is PaperState.SIGNED
    assert {one.route for one in paper.signers} == {Route.INSIDE}
    verified = papers.verify_paper(desk.db, desk.archive, paper_id=paper.id)
    assert verified.sound
    assert len(desk.evidence()) == 1
    assert desk.waiting() == [(ActaKind.RECEPTION, (1,))]


def test_another_person_cannot_sign_it(office_desk, pki):
    desk = office_desk
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out(),), route=ActaRoute.DIGITAL))
    with pytest.raises(RuleError) as refused:
        desk.sign(acta_id, pki, "OTRA PERSONA PRUEBA", "40000099")
    assert refused.value.code == "other_person"


def test_a_movement_is_in_one_living_acta_and_an_annulled_one_frees_it(office_desk):
    desk = office_desk
    movement_id = desk.hand_out()
    draft = desk.draft(ActaKind.DELIVERY, (movement_id,))
    acta_id = desk.freeze(draft)
    assert actas.acta_of_movement(desk.db, movement_id).id == acta_id
    with pytest.raises(RuleError, match="ya está en el acta N° 001-2024-ULE/MPP") as refused:
        desk.freeze(draft)
    assert refused.value.code == "acta_movement_taken"
    paper = actas.load_acta_paper(desk.db, acta_id)
    actas.annul_acta(
        desk.db,
        **desk.who,
        acta_id=acta_id,
        expected_version=paper.version,
        reason="Se equivocó la fecha.",
    )
    assert actas.acta_of_movement(desk.db, movement_id) is None
    assert (ActaKind.DELIVERY, (2,)) in desk.waiting()
    again = desk.freeze(draft)
    new = actas.load_acta_paper(desk.db, again)
    assert (new.number_text, new.edition) == ("002-2024-ULE/MPP", 2)
    assert [one.living for one in actas.acta_desk(desk.db, desk.kardex.campaign).made] == [True, False]


def test_an_observed_acta_frees_its_movements_and_keeps_its_number(office_desk):
    desk = office_desk
    movement_id = desk.hand_out()
    draft = desk.draft(ActaKind.DELIVERY, (movement_id,))
    acta_id = desk.freeze(draft)
    _, _, turn = desk.turn(acta_id)
    papers.refuse_paper(desk.db, **desk.who, **turn, reason="Faltan dos fichas.")
    assert actas.acta_of_movement(desk.db, movement_id) is None
    again = actas.load_acta_paper(desk.db, desk.freeze(draft))
    assert (again.number_text, again.edition) == ("001-2024-ULE/MPP", 2)


def test_the_same_token_freezes_once(office_desk):
    desk = office_desk
    draft = desk.draft(ActaKind.DELIVERY, (desk.hand_out(),))
    first = desk.freeze(draft, token="una-vez")
    assert desk.freeze(draft, token="una-vez") == first
    assert len(actas.acta_desk(desk.db, desk.kardex.campaign).made) == 1


def test_whoever_is_slower_is_told_and_nothing_is_frozen(office_desk, monkeypatch):
    desk = office_desk
    movement_id = desk.hand_out()
    draft = desk.draft(ActaKind.DELIVERY, (movement_id,))
    looked = acta_store.papers_of_movements
    stolen = []

    def meanwhile(session, movement_ids):
        found = looked(session, movement_ids)
        if not stolen:
            stolen.append(True)
            desk.freeze(draft)
        return found

    monkeypatch.setattr(acta_store, "papers_of_movements", meanwhile)
    with pytest.raises(StaleRow):
        desk.freeze(draft)
    assert len(actas.acta_desk(desk.db, desk.kardex.campaign).made) == 1


def test_mixed_movements_are_refused_with_what_to_do(office_desk):
    desk = office_desk
    handed = desk.hand_out()
    to_beto = desk.hand_out("000301-000310", to=desk.kardex.beto)
    with pytest.raises(RuleError) as refused:
        desk.freeze(desk.draft(ActaKind.DELIVERY, (handed, to_beto)))
    assert refused.value.code == "acta_mixed_parties"
    returned = desk.kardex.move(MovementKind.RETURN, "000101-000110", desk.kardex.ana, desk.kardex.store, DAY)
    with pytest.raises(RuleError) as refused:
        desk.freeze(replace(desk.draft(ActaKind.DELIVERY, (handed,)), movement_ids=(handed, returned)))
    assert refused.value.code == "acta_mixed_kinds"


def test_a_reverted_movement_waits_for_no_acta_and_goes_into_none(office_desk):
    desk = office_desk
    movement_id = desk.hand_out()
    draft = desk.draft(ActaKind.DELIVERY, (movement_id,))
    moving.reverse_movement(desk.db, **desk.who, movement_id=movement_id, reason="Se digitó mal.")
    assert desk.waiting() == [(ActaKind.RECEPTION, (1,))]
    with pytest.raises(RuleError) as refused:
        desk.freeze(draft)
    assert refused.value.code == "acta_movement_reverted"


def test_incident_tells_why_of_each_movement(office_desk):
    desk = office_desk
    desk.hand_out()
    annulled = desk.kardex.move(MovementKind.ANNULMENT, "000101", desk.kardex.ana, day=DAY)
    lost = desk.kardex.move(MovementKind.LOSS, "000102", desk.kardex.ana, day=DAY)
    draft = desk.draft(ActaKind.INCIDENT, (annulled, lost))
    assert draft.gives.name == ANA[0]
    assert draft.receives.name == HEAD[0]
    (page,) = text_of(actas.preview_acta(desk.db, draft, now=desk.who["now"]))
    assert "anulación, FSU 000101, 08/03/2024: motivo: Ficha mal llenada" in page
    assert "extravío, FSU 000102, 08/03/2024: documento: Informe N° 001-2024-PRUEBA" in page


def test_constancia_is_refused_naming_what_the_person_still_has(office_desk):
    desk = office_desk
    desk.hand_out("000101-000110")
    desk.kardex.move(MovementKind.USE, "000101-000104", desk.kardex.ana, day=DAY)
    draft = desk.draft(ActaKind.NO_DEBT, holder_id=desk.kardex.ana)
    with pytest.raises(RuleError, match="000101") as refused:
        desk.freeze(draft)
    assert refused.value.code == "still_holds"
    assert papers.next_number(desk.db, actas.acta_series(desk.db).id, 2024) == 1


def test_constancia_of_whoever_handed_everything_back(office_desk):
    desk = office_desk
    kardex = desk.kardex
    desk.hand_out("000101-000110")
    kardex.move(MovementKind.USE, "000101-000104", kardex.ana, day=DAY)
    kardex.move(MovementKind.LOSS, "000105", kardex.ana, day=DAY)
    kardex.move(MovementKind.TO_DATA_ENTRY, "000101-000104", kardex.ana, kardex.digi, DAY)
    kardex.move(MovementKind.RETURN, "000106-000110", kardex.ana, kardex.store, DAY)
    acta_id = desk.freeze(desk.draft(ActaKind.NO_DEBT, holder_id=kardex.ana))
    paper = actas.load_acta_paper(desk.db, acta_id)
    (page,) = text_of(papers.paper_bytes(desk.db, desk.archive, paper.id))
    assert "HACE CONSTAR" in page
    assert f"Que {ANA[0]}, con DNI N° {ANA[1]}" in page
    assert "FSU 10 4 5 0 0 1 0 0" in page
    assert "no libera de la responsabilidad" in page
    assert [one.label for one in paper.signers] == [HEAD[0]]
    assert desk.ink(acta_id).state is PaperState.SIGNED


def test_inventory_and_closing_are_papers_too(office_desk):
    desk = office_desk
    desk.hand_out("000101-000110")
    inventory = desk.draft(ActaKind.INVENTORY, holder_id=desk.kardex.ana)
    acta_id = desk.freeze(inventory)
    paper = actas.load_acta_paper(desk.db, acta_id)
    (page,) = text_of(papers.paper_bytes(desk.db, desk.archive, paper.id))
    assert "FSU En blanco 000101 000110 10" in page
    closing = desk.draft(ActaKind.CLOSING, receives=Party("GERENTE DE PRUEBA", "40000030", "Gerente"))
    with pytest.raises(RuleError) as refused:
        desk.freeze(closing)
    assert refused.value.code == "closing_held"
    desk.kardex.move(MovementKind.RETURN, "000101-000110", desk.kardex.ana, desk.kardex.store, DAY)
    acta_id = desk.freeze(closing)
    paper = actas.load_acta_paper(desk.db, acta_id)
    (page,) = text_of(papers.paper_bytes(desk.db, desk.archive, paper.id))
    assert "FSU 1 000 1 000 0 0 0 0 0 0" in page


def test_without_a_series_nothing_is_frozen(kardex_office, archive, monkeypatch):
    monkeypatch.setattr(actas, "create_acta_series", lambda *_args, **_more: 0)
    desk = ActasOffice(kardex_office, archive)
    desk.kardex.receive("000001-001000", day=date(2024, 3, 4))
    with pytest.raises(RuleError) as refused:
        desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out(),)))
    assert refused.value.code == "series_missing"


def test_the_trail_of_an_acta_is_told_in_words(office_desk):
    desk = office_desk
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out(),)))
    told = catalogue.history(desk.db, f"{actas.RECORD_KIND}:{acta_id}")
    assert [line.what for line in told] == ["Acta emitida"]


def test_control_papers_say_what_the_kardex_says(office_desk):
    desk = office_desk
    desk.hand_out("000101-000150")
    campaign = desk.kardex.campaign
    daily = text_of(actas.daily_sheet_pdf(desk.db, campaign_id=campaign, day=DAY, today=DAY))
    assert "000101-000150" in daily[0]
    assert ANA[1] not in daily[0]
    inventory = " ".join(text_of(actas.inventory_pdf(desk.db, campaign_id=campaign, today=DAY)))
    assert "Según el kardex, en total 1 000 (mil) formularios." in inventory
    card = text_of(actas.card_pdf(desk.db, type_id=desk.kardex.fsu, today=DAY))
    assert "SALDO ANTERIOR" in card[0]
    assert "SALDO FINAL 1 000 50 950" in card[0]


def test_an_unknown_acta_is_a_sentence(office_desk):
    with pytest.raises(RuleError) as refused:
        actas.load_acta_paper(office_desk.db, 99)
    assert refused.value.code == "acta_unknown"


def test_nobody_has_sheets_to_print(kardex_office, archive):
    desk = ActasOffice(kardex_office, archive)
    for ask, code in (
        (
            lambda: actas.daily_sheet_pdf(desk.db, campaign_id=desk.kardex.campaign, day=DAY, today=DAY),
            "no_daily_sheets",
        ),
        (
            lambda: actas.inventory_pdf(desk.db, campaign_id=desk.kardex.campaign, today=DAY),
            "nothing_to_count",
        ),
    ):
        with pytest.raises(RuleError) as refused:
            ask()
        assert refused.value.code == code


def test_a_draft_names_what_it_lacks(office_desk):
    desk = office_desk
    draft = ActaDraft(ActaKind.DELIVERY, desk.kardex.campaign, DAY, Party())
    with pytest.raises(RuleError) as refused:
        desk.freeze(draft)
    assert refused.value.code == "acta_without_movements"


def test_both_databases_keep_actas_for_ever(either_kardex, archive):
    desk = ActasOffice(either_kardex, archive)
    desk.kardex.receive("000001-001000", day=date(2024, 3, 4))
    movement_id = desk.hand_out()
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (movement_id,)))
    paper = actas.load_acta_paper(desk.db, acta_id)
    actas.annul_acta(
        desk.db, **desk.who, acta_id=acta_id, expected_version=paper.version, reason="Otra fecha."
    )
    assert desk.waiting() == [(ActaKind.DELIVERY, (2,)), (ActaKind.RECEPTION, (1,))]
    again = desk.freeze(desk.draft(ActaKind.DELIVERY, (movement_id,)))
    desk.ink(again)
    desk.ink(again)
    assert [one.record_id for one in desk.evidence()] == [again]
    assert desk.waiting() == [(ActaKind.RECEPTION, (1,))]
    for table in ("kardex_acta", "kardex_acta_movement"):
        with pytest.raises(DBAPIError), desk.db.transaction() as session:
            session.execute(text(f"DELETE FROM {table}"))
