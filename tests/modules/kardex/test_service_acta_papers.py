"""Papers of the kardex by what they tell: an arqueo beside the ledger, a past day, the closing, who signed and how."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from kardex_actas import ANA, DAY, HEAD, ActasOffice
from kardex_season import tacna_season
from PIL import Image

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind, ActaRoute, Party
from sisfoh_desktop.modules.kardex.rules.counting import Found, NewCount
from sisfoh_desktop.modules.kardex.service import acta_papers, actas, catalogue, counting, moving
from sisfoh_desktop.modules.kardex.service.acta_lists import acta_desk
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState, Route, SignerRole

FIRST = date(2024, 3, 4)
MANAGER = Party("GERENTE DE PRUEBA", "40000030", "Gerente de Desarrollo Social")


@pytest.fixture
def office_desk(kardex_office, archive):
    kardex_office.receive("000001-001000", FIRST)
    return ActasOffice(kardex_office, archive)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = (page.get_textpage().get_text_range() for page in document)
        return " ".join(" ".join(page.split()) for page in pages)
    finally:
        document.close()


def counted(desk, text, *, condition=Condition.BLANK, day=DAY, type_id=0, **more):
    found = Found(condition, parse_ranges(text, 6)) if isinstance(text, str) else Found(condition, count=text)
    count = NewCount(
        type_id or desk.kardex.fsu, desk.kardex.ana, day, "Acta de arqueo N° 3", (found,), **more
    )
    return counting.record_count(desk.db, **desk.who, count=count)


def inventory(desk, holder=None):
    draft = desk.draft(ActaKind.INVENTORY, holder_id=desk.kardex.ana if holder is None else holder)
    if not draft.receives or draft.receives == draft.gives:
        draft = replace(draft, receives=MANAGER)
    return text_of(actas.preview_acta(desk.db, draft, now=desk.who["now"]))


# -- the inventory beside its arqueo ---------------------------------------------------------------------


def test_the_acta_of_an_inventory_tells_what_the_last_arqueo_found(office_desk):
    desk = office_desk
    desk.hand_out("000101-000110")
    counted(desk, "000101-000105", day=DAY)
    page = inventory(desk)
    assert "FSU En blanco 000101 000110 10 5 Faltan 000106-000110" in page
    assert "Total 10 5" in page
    assert "Lo hallado consta en el arqueo del 08/03/2024 (Acta de arqueo N° 3)" in page
    assert "Sin explicar." in page
    (difference,) = counting.cuadre(
        desk.db, campaign_id=desk.kardex.campaign, today=DAY, holder_id=desk.kardex.ana
    ).differences
    counting.explain_difference(
        desk.db,
        **desk.who,
        campaign_id=desk.kardex.campaign,
        difference=difference,
        text="Las tiene el jefe de brigada.",
        document="Informe N° 12",
    )
    told = inventory(desk)
    assert "Las tiene el jefe de brigada. Informe N° 12" in told
    assert "Sin explicar" not in told


def test_only_what_was_not_counted_is_left_to_be_written_by_hand(office_desk):
    desk = office_desk
    desk.hand_out("000101-000110")
    desk.kardex.receive(40, FIRST)
    desk.kardex.hand_out(12, desk.kardex.ana, DAY)
    desk.kardex.move(MovementKind.USE, "000101-000102", desk.kardex.ana, day=DAY)
    assert "FSU En blanco 000103 000110 8 FSU Usado 000101 000102 2" in inventory(desk)
    counted(desk, "000103-000111")
    counted(desk, 10, type_id=desk.kardex.croquis)
    page = inventory(desk)
    assert "CROQUIS En blanco Sin número 12 10 Faltan 2" in page
    assert "FSU En blanco 000103 000110 8 8" in page
    assert "FSU En blanco 000111 000111 0 1 Sobra 000111" in page
    assert "FSU Usado 000101 000102 2 Total 22" in page  # its sum is not known before it is counted


def test_an_arqueo_of_another_day_stands_beside_the_kardex_of_that_day(office_desk):
    desk = office_desk
    desk.kardex.hand_out("000101-000110", desk.kardex.ana, FIRST)
    counted(desk, "000101-000110", day=FIRST)
    desk.kardex.move(MovementKind.RETURN, "000101-000110", desk.kardex.ana, desk.kardex.store, DAY)
    page = inventory(desk)
    assert "FSU En blanco 000101 000110 10 10" in page
    assert "El arqueo no dejó diferencias." in page
    assert "lo que decía el kardex ese día" in page


def test_a_corrected_arqueo_says_no_more_and_the_working_sheet_is_always_blank(office_desk):
    desk = office_desk
    desk.hand_out("000101-000110")
    first = counted(desk, "000101-000105")
    counted(desk, "000101-000110", replaces_id=first)
    assert "Falta" not in inventory(desk)
    sheet = text_of(actas.inventory_pdf(desk.db, campaign_id=desk.kardex.campaign, today=DAY))
    assert "FSU En blanco 000101 000110 10 Total 10" in sheet


def test_the_inventory_of_all_tells_whoever_has_nothing_left_and_was_counted(office_desk):
    desk = office_desk
    desk.hand_out("000101-000110")
    counted(desk, "000101-000110")
    desk.kardex.move(MovementKind.RETURN, "000101-000110", desk.kardex.ana, desk.kardex.store, DAY)
    page = inventory(desk, holder=0)
    assert f"{ANA[0]} (empadronador)" in page
    assert "FSU En blanco 000001 001000 1 000" in page  # neighbours in one row, whatever brought them


# -- a past day ------------------------------------------------------------------------------------------


def daily(desk, day, **more):
    return text_of(
        actas.daily_sheet_pdf(desk.db, campaign_id=desk.kardex.campaign, day=day, today=DAY, **more)
    )


def test_the_sheet_of_a_past_day_tells_what_was_held_when_it_began(office_desk):
    desk = office_desk
    kardex = desk.kardex
    kardex.hand_out("000101-000110", kardex.ana, FIRST)
    kardex.move(MovementKind.USE, "000101-000104", kardex.ana, day=FIRST + timedelta(1))
    kardex.move(MovementKind.RETURN, "000105-000110", kardex.ana, kardex.store, FIRST + timedelta(2))
    began = daily(desk, FIRST + timedelta(1), holder_id=kardex.ana)
    assert "en su poder al empezar el día" in began
    assert "FSU 000101-000110 10 04/03/2024" in began
    assert "000003 Uso" in began
    after = daily(desk, FIRST + timedelta(2), holder_id=kardex.ana)
    assert "FSU 000105-000110 6 04/03/2024" in after
    assert "Por entregar, además: FSU, 4 usados." in after
    today = daily(desk, DAY, holder_id=kardex.ana)
    assert "Según el kardex no tiene formularios en blanco." in today
    assert "al empezar" not in today
    assert "no tenía formularios en blanco" in daily(desk, FIRST, holder_id=kardex.ana)


def test_sheets_of_all_for_a_past_day_are_of_whoever_had_forms_or_moved_them(office_desk):
    desk = office_desk
    kardex = desk.kardex
    kardex.receive(40, FIRST)
    kardex.hand_out(7, kardex.beto, FIRST)
    kardex.hand_out("000101-000110", kardex.ana, FIRST + timedelta(1))
    told = daily(desk, FIRST + timedelta(1))
    assert "CROQUIS Sin número 7" in told
    assert ANA[0] in told
    with pytest.raises(RuleError, match="tuvo el 03/03/2024") as refused:
        daily(desk, FIRST - timedelta(1))
    assert refused.value.code == "no_daily_sheets"


def test_a_reverted_movement_is_undone_on_the_day_of_its_reversal(office_desk):
    desk = office_desk
    kardex = desk.kardex
    movement_id = kardex.hand_out("000101-000110", kardex.ana, FIRST)
    moving.reverse_movement(
        desk.db, **desk.who, movement_id=movement_id, reason="Era para otra persona.", moved_on=DAY
    )
    types = {one.id: one for one in catalogue.list_types(desk.db, kardex.campaign)}
    (before,) = acta_papers.held_on(desk.db, types, kardex.ana, DAY - timedelta(1))
    assert before.numbers() == list(range(101, 111))
    assert acta_papers.held_on(desk.db, types, kardex.ana, DAY) == ()


def test_past_hands_agree_with_the_season_on_any_day(either_db):
    season = tacna_season(
        either_db, households=260, bundles=2, surveyors=4, crews=2, last_day=date(2024, 4, 30)
    )
    types = {one.id: one for one in catalogue.list_types(either_db, season.campaign)}
    people = [*season.surveyors, *season.chiefs, season.store, season.archive, *season.clerks]
    lying = (Condition.BLANK, Condition.USED, Condition.ANNULLED, Condition.DAMAGED)
    for day in (date(2024, 3, 10), date(2024, 3, 11), date(2024, 3, 22), date(2024, 4, 10), date(2024, 5, 2)):
        expected = {}
        for number, steps in season.lives.items():
            done = [step for step in steps if step.moved_on <= day]
            if done and done[-1].condition in lying:
                expected.setdefault((done[-1].holder_id, done[-1].condition), []).append(number)
        for person in people:
            held = acta_papers.held_on(either_db, types, person, day)
            found = {
                (person, condition): FormRanges.of(forms for one, forms in each.joined() if one is condition)
                for each in held
                for condition, _ in each.counts
            }
            wanted = {key: FormRanges.of_numbers(some) for key, some in expected.items() if key[0] == person}
            assert found == wanted
            assert all(
                count == found[person, condition].count for each in held for condition, count in each.counts
            )


# -- the closing acta ------------------------------------------------------------------------------------


def test_the_living_closing_acta_is_offered_before_the_campaign_is_closed(office_desk):
    desk = office_desk
    campaign = desk.kardex.campaign
    assert actas.closing_acta(desk.db, campaign) == ""
    draft = desk.draft(ActaKind.CLOSING, receives=MANAGER)
    acta_id = desk.freeze(draft)
    assert actas.closing_acta(desk.db, campaign) == "001-2024-ULE/MPP"
    paper = actas.load_acta_paper(desk.db, acta_id)
    actas.annul_acta(
        desk.db, **desk.who, acta_id=acta_id, expected_version=paper.version, reason="Otra fecha."
    )
    assert actas.closing_acta(desk.db, campaign) == ""
    desk.freeze(draft)
    assert actas.closing_acta(desk.db, campaign) == "002-2024-ULE/MPP"
    counting.close_campaign(
        desk.db,
        **desk.who,
        campaign_id=campaign,
        expected_version=catalogue.load_campaign(desk.db, campaign).version,
        document=f"Acta de cierre N° {actas.closing_acta(desk.db, campaign)}",
    )
    assert catalogue.load_campaign(desk.db, campaign).closing_document == "Acta de cierre N° 002-2024-ULE/MPP"


# -- lists -----------------------------------------------------------------------------------------------


def test_lists_say_when_older_ones_are_left_out(office_desk):
    desk = office_desk
    for first in (101, 111, 121):
        desk.hand_out(f"{first:06d}-{first + 4:06d}")
    campaign = desk.kardex.campaign
    whole = acta_desk(desk.db, campaign)
    assert (whole.waiting_shown, whole.made_shown) == (0, 0)
    cut = acta_desk(desk.db, campaign, most_waiting=2)
    assert [one.numbers for one in cut.waiting] == [(3, 4)]
    assert cut.waiting_shown == 2
    for number in (2, 3):
        desk.freeze(desk.draft(ActaKind.DELIVERY, (number,)))
    made = acta_desk(desk.db, campaign, most_made=1)
    assert [one.number_text for one in made.made] == ["002-2024-ULE/MPP"]
    assert made.made_shown == 1


# -- who signed ------------------------------------------------------------------------------------------


def test_both_who_sign_digitally_say_what_they_sign_for(office_desk, pki):
    desk = office_desk
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out(),), route=ActaRoute.DIGITAL))
    roles = [one.role for one in actas.load_acta_paper(desk.db, acta_id).signers]
    assert roles == [SignerRole.PARTY, SignerRole.AUTHOR]
    assert desk.sign(acta_id, pki, *ANA).state is PaperState.SIGNING
    paper = desk.sign(acta_id, pki, *HEAD)
    assert paper.state is PaperState.SIGNED
    verified = papers.verify_paper(desk.db, desk.archive, paper_id=paper.id)
    assert verified.sound
    found = verified.verification
    assert [(one.signer, one.dni, one.reason) for one in found.signatures] == [
        (*ANA, "En señal de conformidad"),
        (*HEAD, "Soy el autor del documento"),
    ]
    assert found.all_intact
    assert found.last_covers_file
    assert found.unsigned_fields == ()


def test_both_who_sign_by_hand_leave_their_scan_and_the_bytes_as_frozen(office_desk):
    desk = office_desk
    acta_id = desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out(),)))
    frozen = actas.load_acta_paper(desk.db, acta_id).frozen_sha256
    desk.ink(acta_id)
    paper = desk.ink(acta_id)
    assert (paper.state, paper.current_sha256) == (PaperState.SIGNED, frozen)
    assert [(one.label, one.route, one.signed_on) for one in paper.signers] == [
        (ANA[0], Route.INK, DAY),
        (HEAD[0], Route.INK, DAY),
    ]
    for one in paper.signers:
        scan = papers.ink_scan(desk.db, desk.archive, paper_id=paper.id, signer_id=one.id)
        assert Image.open(io.BytesIO(scan)).size == (120, 160)
    verified = papers.verify_paper(desk.db, desk.archive, paper_id=paper.id)
    assert verified.sound
    assert len(verified.in_ink) == 2
    assert verified.verification.signatures == ()


def test_papers_are_listed_by_kind_or_by_name_alone(office_desk):
    desk = office_desk
    delivery = desk.freeze(desk.draft(ActaKind.DELIVERY, (desk.hand_out(),)))
    closing = desk.freeze(desk.draft(ActaKind.NO_DEBT, holder_id=desk.kardex.beto))
    ids = [actas.load_acta_paper(desk.db, one).id for one in (delivery, closing)]
    assert [one.id for one in papers.list_papers(desk.db)] == ids[::-1]
    (line,) = papers.list_papers(desk.db, kinds=["kardex_entrega"])
    assert (line.id, line.signer_count) == (ids[0], 2)
    assert [one.id for one in papers.list_papers(desk.db, ids=ids[1:])] == ids[1:]
    assert papers.list_papers(desk.db, ids=[]) == []
    assert papers.list_papers(desk.db, [PaperState.SIGNED], ids=ids) == []
