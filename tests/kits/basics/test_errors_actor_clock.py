"""The small facts everything else carries: who, when, and how a refusal is told."""

from datetime import UTC, datetime, timedelta

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA, FixedClock, SystemClock
from sisfoh_desktop.basics.errors import EnvironmentFailed, RuleError, SisfohError, StaleRow


def test_a_refusal_carries_its_sentence_and_a_stable_code() -> None:
    refusal = RuleError("amount_invalid", "No es un importe.")
    assert refusal.code == "amount_invalid"
    assert refusal.sentence == str(refusal) == "No es un importe."
    assert isinstance(refusal, SisfohError)
    assert issubclass(StaleRow, EnvironmentFailed)


def test_lima_is_five_hours_behind_all_year() -> None:
    for month in (1, 7):
        assert FixedClock(datetime(2024, month, 1, 12, tzinfo=UTC)).now() == datetime(
            2024, month, 1, 7, tzinfo=LIMA
        )
    assert SystemClock().now().utcoffset() == timedelta(hours=-5)


def test_an_actor_may_have_no_office_yet() -> None:
    assert Actor("ana") == Actor("ana", "")
