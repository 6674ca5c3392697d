"""What the kardex answers after a few movements, on both databases."""

from datetime import date

import pytest
from kardex_office import KardexOffice

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.adjusting import NewAdjustment
from sisfoh_desktop.modules.kardex.service import moving, reading

DAY = date(2024, 3, 4)
LATER = date(2024, 3, 6)
TODAY = date(2024, 3, 8)
KIND = MovementKind


@pytest.fixture
def office(either_kardex: KardexOffice) -> KardexOffice:
    """100 forms to Ana, 50 to Beto, and what became of them in a week."""
    made = either_kardex
    made.receive("000001-002000", DAY, document="Acta N° 001-2024-PRUEBA")
    made.hand_out("000001-000100", made.ana, DAY)
    made.hand_out("000201-000250", made.beto, LATER)
    made.move(KIND.USE, "000001-000040", made.ana, day=LATER)
    made.move(KIND.ANNULMENT, "000041", made.ana, day=LATER, reason="Dañada por la lluvia")
    made.move(KIND.LOSS, "000042-000043", made.ana, day=LATER, document="Informe N° 007-2024")
    made.move(KIND.DAMAGE, "000044", made.ana, day=LATER)
    made.move(KIND.RETURN, "000091-000100", made.ana, made.store, LATER)
    made.move(KIND.TRANSFER, "000081-000090", made.ana, made.beto, LATER)
    made.move(KIND.ANNULMENT, "000001", made.ana, day=LATER)
    return made


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
        movement_id = _id_of(office, number)
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


def test_trace_tells_the_whole_life_of_a_number(office: KardexOffice) -> None:
    [trace] = reading.trace(office.db, campaign_id=office.campaign, text="1")
    assert trace.number_text == "000001"
    assert (trace.holder.id, trace.condition) == (office.ana, Condition.ANNULLED)
    assert [(step.movement_number, step.kind) for step in trace.steps] == [
        (1, KIND.RECEPTION),
        (2, KIND.HAND_OUT),
        (4, KIND.USE),
        (10, KIND.ANNULMENT),
    ]
    assert trace.steps[0].document == "Acta N° 001-2024-PRUEBA"
    assert trace.steps[1].to_holder.id == office.ana
    assert trace.steps[1].forms == FormRange(1, 100)
    assert trace.sightings == ()


def test_trace_of_a_lost_number_tells_where_it_was_seen(office: KardexOffice) -> None:
    with pytest.raises(RuleError):
        office.move(KIND.USE, "000042", office.ana, day=TODAY)
    [trace] = reading.trace(office.db, campaign_id=office.campaign, text="N° 000042")
    assert trace.condition is Condition.LOST
    [sighting] = trace.sightings
    assert sighting.seen_on == TODAY


def test_trace_names_what_was_reverted(office: KardexOffice) -> None:
    reversal = moving.reverse_movement(
        office.db,
        actor=office.actor,
        now=office.now,
        movement_id=_id_of(office, 8),
        reason="No los devolvió",
    )
    [trace] = reading.trace(office.db, campaign_id=office.campaign, text="000095")
    returned, reverted = trace.steps[-2:]
    assert returned.reverted_by_number == 11
    assert (reverted.movement_id, reverted.reverses_number) == (reversal, 8)
    assert trace.holder.id == office.ana


def test_a_number_may_exist_in_several_types(office: KardexOffice) -> None:
    office.receive("00001-00050", DAY, type_id=office.s100)
    found = reading.trace(office.db, campaign_id=office.campaign, text="25")
    assert [(one.form_type.code, one.number_text) for one in found] == [("FSU", "000025"), ("S100", "00025")]
    assert [
        one.form_type.code for one in reading.trace(office.db, campaign_id=office.campaign, text="000025")
    ] == ["FSU"]


def test_a_number_may_be_typed_as_a_range_of_one(office: KardexOffice) -> None:
    [trace] = reading.trace(office.db, campaign_id=office.campaign, text="000045+1")
    assert trace.number == 45


def test_a_number_that_never_came_has_no_life(office: KardexOffice) -> None:
    assert reading.trace(office.db, campaign_id=office.campaign, text="009999") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "serial_empty"),
        ("1234567", "serial_too_long"),
        ("1-5", "serial_one"),
        ("abc", "serial_unreadable"),
    ],
)
def test_what_is_no_number_is_refused(office: KardexOffice, text: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        reading.trace(office.db, campaign_id=office.campaign, text=text)
    assert refused.value.code == code


def test_the_card_of_the_warehouse(office: KardexOffice) -> None:
    card = reading.card(office.db, type_id=office.fsu)
    assert (card.opening, card.closing, card.received, card.issued) == (0, 1860, 2010, 150)
    assert [(one.movement_number, one.received, one.issued, one.balance) for one in card.entries] == [
        (1, 2000, 0, 2000),
        (2, 0, 100, 1900),
        (3, 0, 50, 1850),
        (8, 10, 0, 1860),
    ]
    assert card.entries[0].document == "Acta N° 001-2024-PRUEBA"
    assert "ANA" in card.entries[1].counterpart or card.entries[1].counterpart


def test_the_card_begins_with_the_balance_before_the_first_day(office: KardexOffice) -> None:
    card = reading.card(office.db, type_id=office.fsu, since=LATER)
    assert (card.opening, card.closing) == (1900, 1860)
    card = reading.card(office.db, type_id=office.fsu, since=DAY, until=DAY)
    assert (card.opening, card.closing, len(card.entries)) == (0, 1900, 2)


def test_the_card_of_a_person_tells_blank_forms_alone(office: KardexOffice) -> None:
    card = reading.card(office.db, type_id=office.fsu, holder_id=office.ana)
    assert [(one.kind, one.balance) for one in card.entries] == [
        (KIND.HAND_OUT, 100),
        (KIND.USE, 60),
        (KIND.ANNULMENT, 59),
        (KIND.LOSS, 57),
        (KIND.DAMAGE, 56),
        (KIND.RETURN, 46),
        (KIND.TRANSFER, 36),
    ]
    assert card.entries[2].detail == "Dañada por la lluvia"


def test_the_card_explains_reversals(office: KardexOffice) -> None:
    moving.reverse_movement(
        office.db, actor=office.actor, now=office.now, movement_id=_id_of(office, 8), reason="No fue"
    )
    card = reading.card(office.db, type_id=office.fsu)
    assert card.closing == 1850
    assert card.entries[-2].detail == "Revertido por el movimiento N° 000011"
    assert card.entries[-1].detail == "Revierte el movimiento N° 000008 (Devolución); No fue"


def test_the_register_shows_the_newest_movements_oldest_first(office: KardexOffice) -> None:
    page = reading.register_page(office.db, campaign_id=office.campaign, limit=4)
    assert [line.number for line in page.lines] == [7, 8, 9, 10]
    assert page.earlier
    assert not page.later
    before = reading.register_page(office.db, campaign_id=office.campaign, limit=4, before_id=page.oldest_id)
    assert [line.number for line in before.lines] == [3, 4, 5, 6]
    assert before.later
    first = reading.register_page(office.db, campaign_id=office.campaign, limit=4, before_id=before.oldest_id)
    assert [line.number for line in first.lines] == [1, 2]
    assert not first.earlier
    after = reading.register_page(office.db, campaign_id=office.campaign, limit=4, after_id=first.newest_id)
    assert [line.number for line in after.lines] == [3, 4, 5, 6]
    assert after.later
    last = reading.register_page(office.db, campaign_id=office.campaign, limit=4, after_id=after.newest_id)
    assert [line.number for line in last.lines] == [7, 8, 9, 10]
    assert not last.later


def test_a_line_of_the_register_has_its_names(office: KardexOffice) -> None:
    line = reading.register_page(office.db, campaign_id=office.campaign).lines[8]
    assert (line.type_code, line.ranges_text, line.form_count) == ("FSU", "000081-000090", 10)
    assert (line.from_holder_id, line.to_holder_id) == (office.ana, office.beto)
    assert line.from_name != line.to_name
    assert line.number_text == "000009"
    assert line.registered_by == "prueba"


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"text": "danada"}, [5]),
        ({"text": "DAÑADA lluvia"}, [5]),
        ({"text": "informe 007"}, [6]),
        ({"text": "distrib"}, [2, 3]),
        ({"text": "no hay tal"}, []),
        ({"text": "100%"}, []),
        ({"text": "8"}, [8]),
        ({"kind": KIND.LOSS}, [6]),
        ({"number": 85}, [1, 2, 9]),
        ({"number": 999_999}, []),
        ({"number": 85, "kind": KIND.TRANSFER}, [9]),
        ({"until": DAY}, [1, 2]),
        ({"since": LATER, "kind": KIND.HAND_OUT}, [3]),
        ({"since": date(2024, 4, 1)}, []),
    ],
)
def test_the_register_filters(office: KardexOffice, wanted: dict, numbers: list[int]) -> None:
    page = reading.register_page(office.db, campaign_id=office.campaign, **wanted)
    assert [line.number for line in page.lines] == numbers
    assert not page.earlier
    assert reading.count_movements(office.db, campaign_id=office.campaign, **wanted) == len(numbers)


def test_the_register_of_a_holder_and_of_a_type(office: KardexOffice) -> None:
    page = reading.register_page(office.db, campaign_id=office.campaign, holder_id=office.beto)
    assert [line.number for line in page.lines] == [3, 9]
    page = reading.register_page(office.db, campaign_id=office.campaign, holder_id=office.ana, limit=2)
    assert [line.number for line in page.lines] == [9, 10]
    assert page.earlier
    page = reading.register_page(office.db, campaign_id=office.campaign, type_id=office.s100)
    assert page.lines == ()
    assert reading.count_movements(office.db, campaign_id=office.campaign) == 10
    assert reading.count_movements(office.db, campaign_id=office.campaign, holder_id=office.ana) == 8


def test_a_search_goes_on_where_its_stretch_ended(
    office: KardexOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisfoh_desktop.modules.kardex.store.register.STRETCH", 3)
    found, before_id = [], None
    for _ in range(10):
        page = reading.register_page(
            office.db, campaign_id=office.campaign, text="recepcion", before_id=before_id
        )
        found += page.lines
        if not page.earlier:
            break
        before_id = page.oldest_id
    assert [line.number for line in found] == [1]
    after = reading.register_page(
        office.db, campaign_id=office.campaign, text="devolucion", after_id=before_id
    )
    assert [line.number for line in after.lines] == []
    assert after.later
    again = reading.register_page(
        office.db, campaign_id=office.campaign, text="devolucion", after_id=after.newest_id
    )
    assert [line.number for line in again.lines] == [8]


def test_a_movement_with_its_lines(office: KardexOffice) -> None:
    movement = reading.load_movement(office.db, _id_of(office, 9))
    assert movement.kind is KIND.TRANSFER
    assert [line.forms for line in movement.lines] == [FormRange(81, 90)]


def test_a_page_after_a_movement_that_is_not_there(office: KardexOffice) -> None:
    with pytest.raises(RuleError, match="no existe"):
        reading.register_page(office.db, campaign_id=office.campaign, before_id=9_999)


def _id_of(office: KardexOffice, number: int) -> int:
    page = reading.register_page(office.db, campaign_id=office.campaign)
    return next(line.id for line in page.lines if line.number == number)
