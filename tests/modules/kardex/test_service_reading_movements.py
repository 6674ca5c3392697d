"""What happened to the forms, on both databases: the life of a number, the card, the register of movements."""

from datetime import date

import pytest
from kardex_office import KardexOffice
from kardex_week import DAY, KIND, LATER, TODAY, id_of, week_of_work

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules import Condition
from sisfoh_desktop.modules.kardex.service import moving, reading


@pytest.fixture
def office(either_kardex: KardexOffice) -> KardexOffice:
    return week_of_work(either_kardex)


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
        movement_id=id_of(office, 8),
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
        office.db, actor=office.actor, now=office.now, movement_id=id_of(office, 8), reason="No fue"
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
    movement = reading.load_movement(office.db, id_of(office, 9))
    assert movement.kind is KIND.TRANSFER
    assert [line.forms for line in movement.lines] == [FormRange(81, 90)]


def test_a_page_after_a_movement_that_is_not_there(office: KardexOffice) -> None:
    with pytest.raises(RuleError, match="no existe"):
        reading.register_page(office.db, campaign_id=office.campaign, before_id=9_999)
