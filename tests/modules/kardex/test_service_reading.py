"""Where the forms are after a few movements, on both databases: stock, ranges, custody, the flows of each person."""

from datetime import date

import pytest
from kardex_office import KardexOffice
from kardex_week import DAY, KIND, LATER, TODAY, id_of, week_of_work

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition
from sisfoh_desktop.modules.kardex.rules.adjusting import NewAdjustment
from sisfoh_desktop.modules.kardex.service import moving, reading


@pytest.fixture
def office(either_kardex: KardexOffice) -> KardexOffice:
    return week_of_work(either_kardex)


def test_stock_tells_where_every_received_form_is(office: KardexOffice) -> None:
    lines = {line.form_type.code: line for line in reading.stock(office.db, office.campaign)}
    fsu = lines["FSU"]
    assert (fsu.received, fsu.in_stock, fsu.in_hand, fsu.used) == (2000, 1860, 96, 39)
    assert (fsu.annulled, fsu.lost, fsu.damaged, fsu.written_off) == (2, 2, 1, 0)
    assert fsu.minimum == 1000
    assert not fsu.below_minimum
    assert lines["S100"].received == 0
    assert not lines["S100"].below_minimum


def test_stock_below_its_minimum(either_kardex: KardexOffice) -> None:
    either_kardex.receive("000001-000999", DAY)
    [fsu] = [one for one in reading.stock(either_kardex.db, either_kardex.campaign) if one.received]
    assert fsu.below_minimum


def test_forms_sent_back_to_the_governing_body_are_told_apart(either_kardex: KardexOffice) -> None:
    made = either_kardex
    made.receive("000001-000100", DAY)
    made.move(KIND.RETURN, "000051-000100", made.store, made.rector, LATER)
    [fsu] = [one for one in reading.stock(made.db, made.campaign) if one.received]
    assert (fsu.received, fsu.in_stock, fsu.in_hand, fsu.sent_back) == (100, 50, 50, 50)


def test_balances_by_holder(office: KardexOffice) -> None:
    lines = reading.balances(office.db, office.campaign)
    ana = {line.condition: line.form_count for line in lines if line.holder.id == office.ana}
    assert ana == {
        Condition.BLANK: 36,
        Condition.USED: 39,
        Condition.ANNULLED: 2,
        Condition.LOST: 2,
        Condition.DAMAGED: 1,
    }
    assert sum(line.form_count for line in lines) == 2000


def test_ranges_of_a_person_say_which_movement_brought_them(office: KardexOffice) -> None:
    held = reading.ranges_of(office.db, type_id=office.fsu, holder_id=office.beto, condition=Condition.BLANK)
    assert [(one.forms, one.since, one.movement_number) for one in held] == [
        (FormRange(81, 90), LATER, 9),
        (FormRange(201, 250), LATER, 3),
    ]


def test_ranges_of_a_person_in_every_condition(office: KardexOffice) -> None:
    held = reading.ranges_of(office.db, type_id=office.fsu, holder_id=office.ana)
    assert [(one.forms.first, one.forms.last, one.condition) for one in held] == [
        (1, 1, Condition.ANNULLED),
        (2, 40, Condition.USED),
        (41, 41, Condition.ANNULLED),
        (42, 43, Condition.LOST),
        (44, 44, Condition.DAMAGED),
        (45, 80, Condition.BLANK),
    ]


def test_the_warehouse_has_what_came_back_apart_from_what_never_left(office: KardexOffice) -> None:
    held = reading.ranges_of(office.db, type_id=office.fsu, holder_id=office.store)
    assert [(one.forms.first, one.forms.last, one.movement_number) for one in held] == [
        (91, 100, 8),
        (101, 200, 1),
        (251, 2000, 1),
    ]


def test_ranges_stop_at_the_limit(office: KardexOffice) -> None:
    held = reading.ranges_of(office.db, type_id=office.fsu, holder_id=office.store, limit=2)
    assert [one.forms.first for one in held] == [91, 101]


def test_custody_by_person(office: KardexOffice) -> None:
    lines = reading.custody(office.db, office.campaign, TODAY)
    assert [line.holder.id for line in lines] == [
        office.beto,
        office.ana,
    ]  # EMPADRONADOR before EMPADRONADORA
    beto, ana = lines
    assert (ana.in_hand, ana.used_in_hand, ana.spoiled_in_hand, ana.form_count) == (36, 39, 3, 78)
    assert (ana.oldest, ana.days, ana.over_days) == (DAY, 4, False)
    assert (beto.in_hand, beto.oldest, beto.days) == (60, LATER, 2)
    assert ana.in_force
    assert ana.chief is not None
    assert ana.chief.id == office.chief


def test_custody_over_the_days_of_the_campaign_and_out_of_force(office: KardexOffice) -> None:
    ana = reading.custody(office.db, office.campaign, date(2024, 8, 1))[1]
    assert ana.over_days
    assert not ana.in_force


def test_custody_of_one_person_names_the_ranges(office: KardexOffice) -> None:
    found = reading.custody_of(office.db, office.ana, TODAY)
    assert found.holds_anything
    assert found.form_count == 78
    assert found.text == "FSU 000001-000041, 000044-000080"
    assert not found.held[0].more


def test_custody_of_somebody_who_holds_nothing(office: KardexOffice) -> None:
    found = reading.custody_of(office.db, office.digi, TODAY)
    assert not found.holds_anything
    assert found.text == ""


def test_articles_without_numbers_are_counted(either_kardex: KardexOffice) -> None:
    made = either_kardex
    made.receive(100, DAY)
    made.hand_out(30, made.ana, DAY)
    made.hand_out(20, made.ana, LATER)
    made.move(KIND.USE, 35, made.ana, day=LATER)
    [line] = reading.custody(made.db, made.campaign, TODAY)
    assert (line.in_hand, line.oldest, line.used_in_hand) == (15, LATER, 35)
    assert reading.custody_of(made.db, made.ana, TODAY).text == "CROQUIS: 50"
    [flow] = reading.flows(made.db, campaign_id=made.campaign)
    assert (flow.delivered, flow.used, flow.in_hand, flow.adds_up) == (50, 35, 15, True)
    card = reading.card(made.db, type_id=made.croquis)
    assert [entry.balance for entry in card.entries] == [100, 70, 50]
    page = reading.register_page(made.db, campaign_id=made.campaign)
    assert [line.ranges_text for line in page.lines] == ["", "", "", ""]


def test_flows_of_each_person_add_up(office: KardexOffice) -> None:
    beto, ana = reading.flows(office.db, campaign_id=office.campaign)
    assert (ana.delivered, ana.used, ana.returned, ana.transferred) == (100, 40, 10, 10)
    assert (ana.annulled, ana.lost, ana.damaged, ana.in_hand) == (1, 2, 1, 36)
    assert (ana.used_then_annulled, ana.used_and_kept) == (1, 39)
    assert (beto.delivered, beto.in_hand) == (60, 60)
    assert ana.adds_up
    assert beto.adds_up


def test_flows_between_two_days_begin_with_what_was_in_hand(office: KardexOffice) -> None:
    [ana] = reading.flows(
        office.db, campaign_id=office.campaign, holder_id=office.ana, type_id=office.fsu, since=LATER
    )
    assert (ana.opening, ana.delivered, ana.used, ana.in_hand, ana.adds_up) == (100, 0, 40, 36, True)
    [ana] = reading.flows(office.db, campaign_id=office.campaign, until=DAY)
    assert (ana.holder.id, ana.delivered, ana.in_hand) == (office.ana, 100, 100)


@pytest.mark.parametrize("column", ["used", "returned", "transferred", "delivered", "annulled"])
def test_a_reversal_counts_against_what_it_reverts(office: KardexOffice, column: str) -> None:
    number = {"used": 0, "returned": 8, "transferred": 9, "delivered": 3, "annulled": 5}[column]
    if column == "used":
        movement_id = office.move(KIND.USE, "000045-000050", office.ana, day=LATER)
    else:
        movement_id = id_of(office, number)
    before = reading.flows(office.db, campaign_id=office.campaign)
    moving.reverse_movement(
        office.db, actor=office.actor, now=office.now, movement_id=movement_id, reason="Error de digitación"
    )
    after = reading.flows(office.db, campaign_id=office.campaign)
    who = 0 if column == "delivered" else 1
    changed = {"used": 6, "returned": 10, "transferred": 10, "delivered": 50, "annulled": 1}[column]
    assert getattr(before[who], column) - getattr(after[who], column) == changed
    assert all(line.adds_up for line in after)


def test_adjustments_have_a_column_of_their_own(office: KardexOffice) -> None:
    proposed = moving.propose_adjustment(
        office.db,
        actor=office.actor,
        now=office.now,
        adjustment=NewAdjustment(
            office.fsu,
            LATER,
            office.ana,
            office.beto,
            Condition.BLANK,
            "Lo tenía él",
            ranges=FormRanges.single(45),
        ),
    )
    for who in ("RESPONSABLE UNO PRUEBA", "RESPONSABLE DOS PRUEBA"):
        moving.approve_adjustment(
            office.db,
            actor=office.actor,
            now=office.now,
            adjustment_id=proposed,
            approver=who,
            position="Jefe",
            document="Memorando N° 001-2024-PRUEBA",
        )
    beto, ana = reading.flows(office.db, campaign_id=office.campaign)
    assert (ana.adjusted, ana.in_hand, ana.adds_up) == (1, 35, True)
    assert (beto.adjusted, beto.in_hand, beto.adds_up) == (-1, 61, True)
