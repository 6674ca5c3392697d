"""An incident's clock by the hour, its steps, what closing it needs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.safekeeping.rules import incidents as rules
from sisfoh_desktop.modules.safekeeping.rules.incidents import Clock, Incident, Step
from sisfoh_desktop.modules.safekeeping.rules.pending import PendingKind, incident_pending

KNOWN = datetime(2026, 4, 2, 17, 30, tzinfo=LIMA)  # Holy Thursday, in the afternoon


def incident(**told) -> Incident:
    usual = {
        "known_at": KNOWN,
        "title": "Se perdió una memoria USB",
        "description": "Quedó en un vehículo.",
        "data_kinds": "Nombres y DNI",
        "sensitive": False,
        "id": 7,
        "version": 1,
    }
    return Incident(**{**usual, **told})


def refused(code: str, call) -> str:
    with pytest.raises(RuleError) as raised:
        call()
    assert raised.value.code == code
    return raised.value.sentence


@pytest.mark.parametrize(
    ("hours", "state", "words"),
    [
        (0, Clock.WITHIN, "Quedan 48 h 00 min"),
        (36, Clock.WITHIN, "Quedan 12 h 00 min"),
        (36.5, Clock.SOON, "Quedan 11 h 30 min"),
        (48, Clock.SOON, "Quedan 0 h 00 min"),
        (50, Clock.OVERDUE, "Venció hace 2 h 00 min"),
        (48 + 24 * 5, Clock.OVERDUE, "Venció hace 5 días"),
    ],
)
def test_the_48_hours_run_by_the_hour_holidays_or_not(hours, state, words):
    now = KNOWN + timedelta(hours=hours)
    assert rules.clock_of(incident(), now) is state
    assert rules.clock_words(incident(), now) == words


@pytest.mark.parametrize(
    ("hours", "state"), [(0, Clock.IN_TIME), (48, Clock.IN_TIME), (48.02, Clock.LATE), (400, Clock.LATE)]
)
def test_a_report_counts_by_the_hour_at_which_it_was_made_whenever_it_is_looked_at(hours, state):
    told = incident(reported_at=KNOWN + timedelta(hours=hours))
    assert rules.clock_of(told, KNOWN + timedelta(days=900)) is state


@given(st.integers(0, 5000))
def test_the_place_of_the_clock_changes_nothing(minutes):
    now = KNOWN + timedelta(minutes=minutes)
    assert rules.clock_of(incident(), now) is rules.clock_of(
        incident(known_at=KNOWN.astimezone(UTC)), now.astimezone(UTC)
    )


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("9:05", (9, 5)), ("0905", (9, 5)), ("9.05", (9, 5)), ("14", (14, 0)), ("23:59 h", (23, 59))],
)
def test_an_hour_is_read_as_people_type_it(typed, hour):
    assert (rules.read_hour(typed).hour, rules.read_hour(typed).minute) == hour


@pytest.mark.parametrize("typed", ["", "24:00", "9:75", "mañana", "9:5", "12:30 pm"])
def test_what_is_no_hour_is_refused(typed):
    assert "no es una hora" in refused("hour_invalid", lambda: rules.read_hour(typed))


def test_the_report_needs_its_document_and_no_step_comes_before_or_after_its_time():
    now = KNOWN + timedelta(hours=20)
    told = rules.with_step(incident(), Step.AUTHORITY, now, " Oficio 12-2026 ", now)
    assert (told.reported_at, told.report_document) == (now, "Oficio 12-2026")
    assert rules.with_step(incident(), Step.HOLDERS, now, "", now).holders_told_at == now
    assert rules.with_step(incident(), Step.CENTRE, now, "", now).centre_told_at == now
    refused("text_missing", lambda: rules.with_step(incident(), Step.AUTHORITY, now, " ", now))
    refused(
        "moment_future", lambda: rules.with_step(incident(), Step.HOLDERS, now + timedelta(hours=1), "", now)
    )
    early = KNOWN - timedelta(minutes=1)
    assert "02/04/2026 17:30" in refused(
        "moment_before", lambda: rules.with_step(incident(), Step.HOLDERS, early, "", now)
    )


def test_the_moment_it_was_known_may_not_move_past_a_step_that_was_noted():
    refused("moment_before", lambda: rules.check_known_at(incident(reported_at=KNOWN - timedelta(hours=1))))
    rules.check_known_at(incident(reported_at=KNOWN))


def test_with_sensitive_data_it_is_not_closed_before_it_was_reported():
    assert "sigue abierto" in refused(
        "report_missing", lambda: rules.closed_with(incident(sensitive=True), "Ya")
    )
    done = rules.closed_with(incident(sensitive=True, reported_at=KNOWN), "Se recuperó la memoria.")
    assert done.closed
    refused("text_missing", lambda: rules.closed_with(incident(), "  "))
    refused("incident_closed", lambda: rules.closed_with(done, "Otra vez"))
    refused("incident_closed", lambda: rules.with_step(done, Step.HOLDERS, KNOWN, "", KNOWN))


def test_what_is_told_is_cleaned_and_the_future_refused():
    now = KNOWN + timedelta(hours=1)
    assert rules.clean_incident(incident(title="  Se   perdió "), now).title == "Se perdió"
    refused("moment_future", lambda: rules.clean_incident(incident(), KNOWN - timedelta(minutes=1)))
    refused("text_missing", lambda: rules.clean_incident(incident(data_kinds=" "), now))
    refused("number_invalid", lambda: rules.clean_incident(incident(holder_count=-1), now))


def test_the_inbox_tells_the_hour_until_it_is_reported_and_then_what_is_left():
    (line,) = incident_pending([incident()])
    assert (line.kind, line.record_id, line.due) == (PendingKind.INCIDENT, 7, datetime(2026, 4, 4).date())
    assert "terminan el 04/04/2026 17:30" in line.detail
    (line,) = incident_pending([incident(reported_at=KNOWN)])
    assert (line.title, line.due) == ("Avise a los titulares del incidente", None)
    (line,) = incident_pending([incident(reported_at=KNOWN, holders_told_at=KNOWN)])
    assert line.title == "Cierre el incidente"
