"""The copy to the national body, the publication and the step that comes next, in plain Python."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from delivery_facts import CALENDAR, FILE, ISSUED, NOW, days, notification
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import workdays_between
from sisfoh_desktop.modules.office.rules import CountsFrom, LegalTerm
from sisfoh_desktop.modules.papers.rules import Paper, PaperState
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    DeliveryStep,
    Letter,
    NotificationState,
    PublicationEntry,
    Remission,
    Sending,
)

REMISSION = LegalTerm(
    "remission",
    "Remisión",
    3,
    counts_from=CountsFrom.APPROVAL,
    norm="Directiva N° 003-2024-MIDIS, ítem 5 a)",
)


# -- the copy to the national body ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "due"), [(date(2024, 3, 8), date(2024, 3, 13)), (date(2024, 3, 26), date(2024, 4, 2))]
)
def test_three_working_days_from_the_approval(issued, due):
    clock = facts.remission_clock(REMISSION, facts.Events(issued), CALENDAR)
    assert (clock.event_on, clock.due) == (issued, due)
    assert clock.norm in clock.told
    assert "desde la aprobación del plan" in clock.told
    if issued.month == 3 and issued.day == 26:
        assert [line.split(":")[0] for line in clock.skipped] == [
            "28/03/2024",
            "29/03/2024",
            "30/03/2024",
            "31/03/2024",
        ]


def test_a_later_signature_is_told_and_the_earlier_count_holds():
    clock = facts.remission_clock(REMISSION, facts.Events(ISSUED, signed=date(2024, 3, 12)), CALENDAR)
    assert clock.due == date(2024, 3, 13)
    assert clock.notes == ("Su autor firmó el 12/03/2024: contado desde esa firma vencería el 15/03/2024.",)


def test_a_term_from_the_notification_waits_for_it():
    term = replace(REMISSION, counts_from=CountsFrom.NOTIFICATION)
    waiting = facts.remission_clock(term, facts.Events(ISSUED), CALENDAR)
    assert (waiting.event_on, waiting.due) == (None, None)
    assert "todavía no ocurre" in waiting.told
    started = facts.remission_clock(term, facts.Events(ISSUED, notified=date(2026, 7, 22)), CALENDAR)
    assert started.due == date(2026, 7, 30)


@given(days, st.integers(0, 40))
def test_late_is_counted_in_working_days(due, after):
    done = due + timedelta(days=after)
    late = facts.lateness(due, done, CALENDAR)
    assert late == workdays_between(due, done, CALENDAR)
    assert facts.lateness(due, due - timedelta(days=after), CALENDAR) == 0
    assert facts.lateness(None, done, CALENDAR) is None


def test_how_a_term_closed_in_words():
    assert [facts.lateness_words(late) for late in (None, 0, 1, 2)] == [
        "sin plazo registrado",
        "a tiempo",
        "con 1 día hábil de retraso",
        "con 2 días hábiles de retraso",
    ]
    kept = Remission(1, 1, "DGFIS", "", CountsFrom.APPROVAL, ISSUED, 3, "n", date(2024, 3, 13), late_days=2)
    assert kept.closing == ""
    assert replace(kept, sending=Sending("1", ISSUED, "c")).closing == "con 2 días hábiles de retraso"


def test_the_clerks_part_of_an_oficio_is_checked():
    letter = Letter(date(2024, 3, 11), 1, " ANA  PRUEBA ", "", "Una línea.")
    assert facts.clean_letter(letter, issued=ISSUED, today=date(2024, 3, 11)).addressee == "ANA PRUEBA"
    for day in (date(2024, 3, 7), date(2024, 3, 12)):
        with pytest.raises(RuleError) as caught:
            facts.clean_letter(replace(letter, dated=day), issued=ISSUED, today=date(2024, 3, 11))
        assert caught.value.code == "letter_date"
    assert facts.series_proposal(" MP T ")[1] == "{n:03d}-{year}-GM/MPT"
    assert facts.series_proposal("")[1] == "{n:03d}-{year}-GM/MUNI"


def test_a_sending_needs_its_oficio_and_a_possible_day():
    sending = Sending(" 015-2024-GM/MPT ", date(2024, 3, 12), "Mesa de partes")
    assert facts.clean_sending(sending, issued=ISSUED, today=date(2024, 3, 12)).letter == "015-2024-GM/MPT"
    for wrong, code in (
        (replace(sending, letter=" "), "text_missing"),
        (replace(sending, sent_on=date(2024, 3, 13)), "sent_date"),
        (replace(sending, sent_on=date(2024, 3, 7)), "sent_date"),
    ):
        with pytest.raises(RuleError) as caught:
            facts.clean_sending(wrong, issued=ISSUED, today=date(2024, 3, 12))
        assert caught.value.code == code


# -- publication and progress --------------------------------------------------------------------------


ENTRY = PublicationEntry("www.prueba.gob.pe/091.pdf", date(2024, 3, 11), "EVA PRUEBA", 1)


def test_a_publication_has_the_address_of_a_page_and_a_possible_day():
    kept = facts.clean_publication(ENTRY, issued=ISSUED, today=date(2024, 3, 11))
    assert kept.url == "https://www.prueba.gob.pe/091.pdf"
    for url in (
        "",
        "portal",
        "ftp://prueba.gob.pe",
        "javascript:alert(1)",
        "http://[mal",
        "http://a b.pe",
        "x.pe/" + "a" * 500,
    ):
        with pytest.raises(RuleError):
            facts.clean_publication(replace(ENTRY, url=url), issued=ISSUED, today=date(2024, 3, 11))
    for day in (date(2024, 3, 12), date(2024, 3, 7)):
        with pytest.raises(RuleError) as caught:
            facts.clean_publication(replace(ENTRY, published_on=day), issued=ISSUED, today=date(2024, 3, 11))
        assert caught.value.code == "published_date"


def paper(state):
    return Paper(1, "k", "t", "1", ISSUED, "s", state, 1, "", "", NOW, "", 1, ())


def step(notifications, *, sent=False, letter=None, must=True, published=False):
    remission = Remission(1, 1, "D", "D", CountsFrom.APPROVAL, ISSUED, 3, "n", None)
    if sent:
        remission = replace(remission, sending=Sending("1", ISSUED, "c"))
    return facts.next_delivery_step(
        notifications,
        remission=remission if sent or letter else None,
        letter=letter,
        must_remit=must,
        publications=[object()] if published else [],
    )


def test_the_next_step_in_every_situation():
    printed = notification(printed_at=NOW)
    served = notification(NotificationState.DELIVERED, evidence=FILE)
    assert step([]) is DeliveryStep.PREPARE
    assert step([served, notification()]) is DeliveryStep.PRINT
    assert step([printed]) is DeliveryStep.LETTER
    assert step([printed], letter=paper(PaperState.ANNULLED)) is DeliveryStep.LETTER
    assert step([printed], letter=paper(PaperState.FROZEN)) is DeliveryStep.SIGN_LETTER
    assert step([printed], letter=paper(PaperState.SIGNED)) is DeliveryStep.SEND
    assert step([printed], must=False) is DeliveryStep.PUBLISH
    assert step([printed], sent=True) is DeliveryStep.PUBLISH
    assert step([printed], sent=True, published=True) is DeliveryStep.COLLECT
    assert (
        step([notification(NotificationState.REFUSED, printed_at=NOW)], sent=True, published=True)
        is DeliveryStep.COLLECT
    )
    assert step([served], sent=True, published=True) is DeliveryStep.DONE
