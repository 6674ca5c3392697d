"""Notifying in plain Python: channels and days, recipients, what becomes of a notification, codes of cargos."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from delivery_facts import CALENDAR, FILE, ISSUED, NOW, days, notification
from delivery_steps import at
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import workdays_between
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import NotificationState, Outcome, Recipient
from sisfoh_desktop.modules.responsibilities.rules import MatrixUnit

TABLE = facts.channel_table(tomllib.loads(Path("resources/data/national/channels.toml").read_text("utf-8")))
PERSONAL, MAIL, CASILLA, PUBLICATION = (
    TABLE.newest(key) for key in ("personal", "correo", "casilla", "publicacion")
)
moments = st.builds(lambda day, at: datetime.combine(day, at, tzinfo=LIMA), days, st.times())


# -- channels and days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "moment", "effective", "first"),
    [
        (PERSONAL, at(date(2026, 7, 22)), date(2026, 7, 22), date(2026, 7, 24)),  # skips 23 July
        (MAIL, at(date(2024, 3, 8)), date(2024, 3, 8), date(2024, 3, 11)),
        (PUBLICATION, at(date(2026, 4, 1)), date(2026, 4, 1), date(2026, 4, 6)),
        (PERSONAL, at(date(2024, 3, 9)), date(2024, 3, 11), date(2024, 3, 12)),  # a Saturday: art. 18
        (CASILLA, at(date(2024, 3, 8)), date(2024, 3, 8), date(2024, 3, 8)),  # the same day
        (CASILLA, at(date(2024, 3, 8), 16, 0), date(2024, 3, 8), date(2024, 3, 8)),
        (CASILLA, at(date(2024, 3, 8), 16, 1), date(2024, 3, 11), date(2024, 3, 11)),
        (CASILLA, at(date(2024, 3, 27), 23, 0), date(2024, 4, 1), date(2024, 4, 1)),  # before Easter
        (CASILLA, at(date(2024, 3, 10)), date(2024, 3, 11), date(2024, 3, 11)),
    ],
)
def test_when_a_notification_takes_effect_and_which_day_counts_first(channel, moment, effective, first):
    found = facts.effective_on(channel, moment, CALENDAR)
    assert found == effective
    assert facts.first_counted_day(channel, found, CALENDAR) == first


@pytest.mark.parametrize(
    ("served", "days", "last"),
    [
        (date(2026, 7, 22), 3, date(2026, 7, 30)),
        (date(2026, 7, 22), 5, date(2026, 8, 3)),
        (date(2026, 7, 22), 15, date(2026, 8, 18)),
        (date(2026, 12, 4), 3, date(2026, 12, 11)),
        (date(2026, 12, 4), 5, date(2026, 12, 15)),
        (date(2026, 4, 1), 1, date(2026, 4, 6)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 20), 15, date(2026, 12, 15)),
    ],
)
def test_terms_from_a_notification(served, days, last):
    for channel in (PERSONAL, MAIL, PUBLICATION):
        assert facts.term_of(channel, served, days, CALENDAR).last_day == last
    by_casilla = facts.term_of(CASILLA, served, days, CALENDAR).last_day
    assert workdays_between(by_casilla, last, CALENDAR) == 1


@given(moments, st.sampled_from(TABLE.channels), st.integers(1, 30))
def test_effect_falls_on_a_working_day_and_the_casilla_is_one_day_ahead(moment, channel, length):
    effective = facts.effective_on(channel, moment, CALENDAR)
    first = facts.first_counted_day(channel, effective, CALENDAR)
    last = facts.term_of(channel, effective, length, CALENDAR).last_day
    assert effective >= moment.date()
    assert CALENDAR.is_workday(effective)
    assert CALENDAR.is_workday(first)
    assert (first == effective) is channel.counts_same_day
    # the first day counts itself
    assert workdays_between(first - timedelta(days=1), last, CALENDAR) == length


def test_channels_hold_by_date_and_say_how_they_count():
    assert [channel.key for channel in TABLE.on(date(2024, 3, 8))] == [
        "personal",
        "correo",
        "casilla",
        "publicacion",
    ]
    assert "casilla" not in [channel.key for channel in TABLE.on(date(2020, 1, 2))]
    with pytest.raises(RuleError) as caught:
        TABLE.find("casilla", date(2020, 1, 2))
    assert caught.value.code == "channel_unknown"
    assert "el mismo día" in CASILLA.rule_words
    assert "el día hábil siguiente" in PERSONAL.rule_words
    assert all(channel.norm and channel.trust for channel in TABLE.channels)
    assert TABLE.remedy(date(2024, 3, 8)).days == 15
    assert TABLE.remedy(date(2018, 3, 8)) is None
    assert MAIL.receipt_days == 2


# -- recipients ----------------------------------------------------------------------------------------


UNITS = (
    Unit("Gerencia Municipal", "GM", id=1),
    Unit("Sub Gerencia de Desarrollo Social y Participación Vecinal", "SGDSyPV", id=2),
    Unit("Oficina de Abastecimiento", "OAB", id=3),
)


def test_copies_and_annex_meet_by_siglas_or_name_without_repeating():
    annex = (
        MatrixUnit("GERENCIA MUNICIPAL", 1),
        MatrixUnit("OFICINA DE ABASTECIMIENTO", None),
        MatrixUnit("Comisaría PNP de la zona", None),
        MatrixUnit("", None),
    )
    copies = (
        "C.c. Archivo",
        "gm.",
        "S.G.D.S. y P.V.",
        "GM",
        "Interesado",
        "  ",
        "Oficina de Abastecimiento",
        "Expediente",
    )
    found = facts.propose(copies, annex, UNITS)
    assert [
        (one.recipient.name, one.recipient.unit_id, one.chosen, one.recipient.origin.value) for one in found
    ] == [
        ("Archivo", None, False, "copias"),
        ("Gerencia Municipal", 1, True, "copias_y_anexo"),
        ("Sub Gerencia de Desarrollo Social y Participación Vecinal", 2, True, "copias"),
        ("Interesado", None, False, "copias"),
        ("Oficina de Abastecimiento", 3, True, "copias_y_anexo"),
        ("Expediente", None, False, "copias"),
        ("Comisaría PNP de la zona", None, True, "anexo"),
    ]
    assert all(one.note for one in found if not one.chosen)


@given(st.lists(st.text(max_size=40), max_size=12))
def test_whatever_is_written_nobody_is_proposed_twice(lines):
    found = facts.propose(lines, (), UNITS)
    keys = [one.recipient.key for one in found]
    assert len(keys) == len(set(keys))
    assert all(one.recipient.name.strip() for one in found)


def test_recipients_are_cleaned_and_impossible_ones_refused():
    kept = facts.clean_recipient(Recipient("  Ana   Prueba ", email="ana@prueba.pe"))
    assert kept.name == "Ana Prueba"
    assert kept.label == "Ana Prueba"
    for wrong, code in (
        (Recipient(" "), "text_missing"),
        (Recipient("Ana", email="ana en prueba"), "email_invalid"),
        (Recipient("A" * 301), "text_too_long"),
    ):
        with pytest.raises(RuleError) as caught:
            facts.clean_recipient(wrong)
        assert caught.value.code == code
    assert facts.without_repeated([Recipient("Ana"), Recipient("ÁNA")], []) == (Recipient("Ana"),)
    with pytest.raises(RuleError):
        facts.check_recipients([])
    with pytest.raises(RuleError):
        facts.check_recipients([Recipient("Ana")] * 501)


# -- what becomes of a notification --------------------------------------------------------------------


ALLOWED = {
    ("pendiente", "entregado"),
    ("pendiente", "rehusado"),
    ("pendiente", "devuelto"),
    ("pendiente", "cerrado"),
    ("entregado", "pendiente"),
    ("rehusado", "pendiente"),
    ("devuelto", "pendiente"),
    ("devuelto", "cerrado"),
    ("cerrado", "pendiente"),
}


@pytest.mark.parametrize("before", list(NotificationState))
@pytest.mark.parametrize("after", list(NotificationState))
def test_which_state_follows_which(before, after):
    if (before.value, after.value) in ALLOWED:
        facts.check_can_become(notification(before), after)
    else:
        with pytest.raises(RuleError) as caught:
            facts.check_can_become(notification(before), after)
        assert caught.value.code == "notification_state"
    with pytest.raises(RuleError) as caught:
        facts.check_can_become(notification(before, superseded=True), after)
    assert caught.value.code == "notification_superseded"
    assert before.label


def test_only_what_came_back_is_tried_again():
    facts.check_can_retry(notification(NotificationState.RETURNED))
    for state in (NotificationState.PENDING, NotificationState.DELIVERED, NotificationState.CLOSED):
        with pytest.raises(RuleError):
            facts.check_can_retry(notification(state))


@given(
    st.lists(st.tuples(st.sampled_from(list(NotificationState)), st.booleans(), st.booleans()), max_size=8)
)
def test_an_act_is_notified_when_nobody_waits_and_somebody_was_served(told):
    found = [
        notification(state, evidence=FILE if scanned else None, superseded=again)
        for state, scanned, again in told
    ]
    expected = any(one.served for one in found) and not facts.waiting(found)
    assert facts.all_settled(found) is expected
    for one in facts.waiting(found):
        assert not one.superseded
        assert one.state is not NotificationState.CLOSED
        assert not (one.served and one.has_evidence)


def test_the_last_served_is_the_day_that_counts():
    later = Outcome(NotificationState.REFUSED, "personal", at(date(2024, 3, 14)), note="Nota.")
    found = [
        notification(NotificationState.DELIVERED),
        notification(NotificationState.REFUSED, outcome=later),
        notification(NotificationState.RETURNED, outcome=replace(later, moment=at(date(2024, 3, 20)))),
    ]
    assert facts.last_served(found) == date(2024, 3, 14)
    assert facts.last_served([notification()]) is None


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome(NotificationState.CLOSED, "personal", at(date(2024, 3, 11))), "outcome_kind"),
        (Outcome(NotificationState.DELIVERED, "personal", at(date(2024, 3, 11))), "receiver_missing"),
        (Outcome(NotificationState.REFUSED, "personal", at(date(2024, 3, 11)), "ANA"), "witness_missing"),
        (Outcome(NotificationState.RETURNED, "personal", at(date(2024, 3, 11))), "reason_missing"),
        (Outcome(NotificationState.DELIVERED, "personal", at(date(2024, 3, 7)), "ANA"), "before_act"),
        (
            Outcome(NotificationState.DELIVERED, "personal", NOW + timedelta(minutes=1), "ANA"),
            "date_in_future",
        ),
        (Outcome(NotificationState.DELIVERED, "personal", at(ISSUED), "ANA", dni="1"), "dni_invalid"),
        (Outcome(NotificationState.RETURNED, "personal", at(ISSUED), note="x" * 1_001), "text_too_long"),
    ],
)
def test_an_outcome_that_says_too_little_or_cannot_be_is_refused(outcome, code):
    with pytest.raises(RuleError) as caught:
        facts.clean_outcome(outcome, issued=ISSUED, now=NOW)
    assert caught.value.code == code


def test_a_whole_outcome_is_kept_and_its_dni_not_shown():
    told = Outcome(
        NotificationState.DELIVERED,
        "personal",
        at(ISSUED),
        "  ROSA   PRUEBA ",
        " Secretaria ",
        "",
        "40000009",
    )
    kept = facts.clean_outcome(told, issued=ISSUED, now=NOW)
    assert (kept.receiver, kept.relation, kept.dni) == ("ROSA PRUEBA", "Secretaria", "40000009")
    assert "40000009" not in repr(kept)


# -- codes ---------------------------------------------------------------------------------------------


@given(st.integers(1, 999_999_999), st.text(min_size=1, max_size=30), st.integers(1, 9), st.data())
def test_a_code_comes_back_however_it_is_typed_and_no_other_passes(number, key, attempt, data):
    code = facts.cargo_code(number, "091-2024-GM/MPP", key, attempt)
    sign = data.draw(st.sampled_from(":;-. Ñ/"))
    typed = code.replace(":", sign) if data.draw(st.booleans()) else code.lower()
    read = facts.read_code(
        typed.replace("0", "O") if data.draw(st.booleans()) and str(number).count("0") == 0 else typed
    )
    assert read.notification_id == number
    facts.check_code(read, "091-2024-GM/MPP", key, attempt)
    with pytest.raises(RuleError):
        facts.check_code(read, "092-2024-GM/MPP", key, attempt)
    with pytest.raises(RuleError):
        facts.check_code(replace(read, notification_id=number + 1), "091-2024-GM/MPP", key, attempt)
    assert "http" not in code
    assert "." not in code


@pytest.mark.parametrize("typed", ["", "SISFOH-CARGO", "12", "12:ABC", "https://x.pe/12:ABC123", "x" * 5_000])
def test_what_is_no_code_says_how_one_looks(typed):
    with pytest.raises(RuleError) as caught:
        facts.read_code(typed)
    assert "SISFOH-CARGO:12:" in caught.value.sentence
