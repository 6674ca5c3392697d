"""Days of movements: a wrong date is put right by reversing and recording again; nothing is handed out early."""

from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import moving, reading
from sisfoh_desktop.modules.kardex.service.checking import check_kardex

K = MovementKind


def march(day):
    return date(2024, 3, day)


def revert(office, movement_id, moved_on=None):
    return moving.reverse_movement(
        office.db,
        actor=office.actor,
        now=office.now,
        movement_id=movement_id,
        reason="La fecha estaba mal",
        moved_on=moved_on,
    )


def refused(office, *movement):
    with pytest.raises(RuleError) as told:
        office.move(*movement)
    return told.value.code


def test_a_date_written_too_late_is_put_right(either_kardex):
    office = either_kardex
    office.receive("1-50", march(1))
    wrong = office.hand_out("1-10", office.ana, march(7))
    assert refused(office, K.USE, "1-10", office.ana, None, march(5)) == "moved_on_before_previous"
    revert(office, wrong)
    again = office.hand_out("1-10", office.ana, march(6))
    revert(office, again)
    office.hand_out("1-10", office.ana, march(5))
    office.move(K.USE, "1-10", office.ana, None, march(5))
    assert refused(office, K.RETURN, "11", office.store, office.rector, date(2024, 2, 29)) != ""
    assert [check.detail for check in check_kardex(office.db) if not check.ok] == []
    (trace,) = reading.trace(office.db, campaign_id=office.campaign, text="7")
    assert [step.moved_on.day for step in trace.steps] == [1, 7, 7, 6, 6, 5, 5]


def test_a_reception_written_too_late_is_put_right(kardex_office):
    office = kardex_office
    revert(office, office.receive("1-50", march(7)))
    office.receive("1-60", march(2))
    office.hand_out("1-10", office.ana, march(3))


def test_a_reversal_of_a_later_day_counts_on_that_day(kardex_office):
    office = kardex_office
    office.receive("1-50", march(1))
    handed = office.hand_out("1-10", office.ana, march(4))
    revert(office, handed, march(7))
    assert (
        refused(office, K.HAND_OUT, "1-10", office.store, office.beto, march(6)) == "moved_on_before_previous"
    )
    office.hand_out("1-10", office.beto, march(7))


def test_articles_without_numbers_are_not_handed_out_before_they_came_nor_twice(either_kardex):
    office = either_kardex
    office.receive(20, march(4))
    assert refused(office, K.HAND_OUT, 10, office.store, office.ana, march(3)) == "articles_missing"
    office.hand_out(15, office.ana, march(6))
    assert refused(office, K.HAND_OUT, 10, office.store, office.beto, march(5)) == "articles_missing"
    office.hand_out(5, office.beto, march(5))
    card = reading.card(office.db, type_id=office.croquis)
    assert [entry.balance for entry in card.entries] == [20, 15, 0]


def test_a_reception_of_articles_is_not_reverted_under_those_who_have_them(kardex_office):
    office = kardex_office
    received = office.receive(20, march(4))
    office.hand_out(15, office.ana, march(5))
    office.receive(15, march(7))
    with pytest.raises(RuleError) as told:
        revert(office, received)
    assert told.value.code == "articles_missing"
