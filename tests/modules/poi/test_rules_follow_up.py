"""What a cell may hold, which months take it, and when a motive is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules import follow_up as rules
from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS, Activity, Execution, MonthState, PoiPlan
from sisfoh_desktop.modules.poi.rules.follow_up import Evidence, FollowedActivity

PLAN = PoiPlan(1, 2024, "POI", (), Decimal(10), Decimal(20))
TODAY = date(2024, 3, 8)
MONTHS = tuple(
    MonthState(1, month, date(2024, month, 28), datetime(2024, 2, 20, tzinfo=UTC) if month == 1 else None)
    for month in range(1, 13)
)
ACTIVITY = Activity("Unidad", "Actividad", "ACCIONES", programmed=(Decimal(10),) * 12, id=7)


def refusal(code: str, run) -> str:
    with pytest.raises(RuleError) as refused:
        run()
    assert refused.value.code == code
    return refused.value.sentence


def test_closed_months_and_those_to_come_take_nothing_and_are_named() -> None:
    assert rules.open_months(MONTHS, 2024, TODAY) == [2, 3]
    rules.check_months_take(MONTHS, {2, 3}, 2024, TODAY)
    said = refusal("month_closed", lambda: rules.check_months_take(MONTHS, {1, 2}, 2024, TODAY))
    assert said.startswith("Enero está cerrado en el POI 2024")
    said = refusal("month_not_begun", lambda: rules.check_months_take(MONTHS, {4, 3, 5}, 2024, TODAY))
    assert said.startswith("Abril y mayo todavía no empiezan")
    assert "01/04/2024" in said
    refusal("month_unknown", lambda: rules.check_months_take(MONTHS, {13}, 2024, TODAY))


def test_months_are_listed_as_people_say_them() -> None:
    assert rules.month_list([9]) == "setiembre"
    assert rules.month_list([1, 2, 9]) == "enero, febrero y setiembre"


@pytest.mark.parametrize("value", ["-1", "0.00001", "1000000000000", "NaN", "Infinity"])
def test_a_figure_that_cannot_be_kept_is_refused(value: str) -> None:
    refusal("quantity_invalid", lambda: rules.check_cell(Execution(1, 3, Decimal(value)), ()))


@pytest.mark.parametrize("value", ["-0.01", "0.001", "NaN"])
def test_so_is_an_amount(value: str) -> None:
    refusal("amount_invalid", lambda: rules.check_cell(Execution(1, 3, money=Decimal(value)), ()))


def test_a_motive_is_of_the_list_and_texts_are_cleaned() -> None:
    cell = Execution(1, 3, Decimal(0), motive="staff", motive_text=" faltó  gente \r\n", corrective=" x ")
    kept = rules.check_cell(cell, {"staff"})
    assert (kept.motive_text, kept.corrective) == ("faltó  gente", "x")
    refusal("motive_unknown", lambda: rules.check_cell(cell, {"weather"}))
    refusal("text_too_long", lambda: rules.check_cell(replace(cell, corrective="x" * 1_001), {"staff"}))


@pytest.mark.parametrize(
    ("programmed", "executed", "asked"),
    [
        (10, 10, False),
        (10, 9, False),
        (10, "8.9999", True),
        (10, 12, False),
        (10, "12.0001", True),
        (10, 0, True),
        (10, None, False),
        (0, 0, False),
        (None, 0, False),
        (0, 1, True),
        (None, 1, True),
    ],
)
def test_a_motive_is_asked_beyond_the_tolerances(programmed: object, executed: object, asked: bool) -> None:
    def value(told: object) -> Decimal | None:
        return None if told is None else Decimal(str(told))

    assert rules.needs_motive(PLAN, value(programmed), value(executed)) is asked


@given(st.decimals(0, 1_000, places=2), st.decimals(0, 1_000, places=2))
def test_without_tolerance_anything_but_the_very_figure_asks(programmed: Decimal, executed: Decimal) -> None:
    strict = replace(PLAN, tolerance_below=Decimal(0), tolerance_above=Decimal(0))
    assert rules.needs_motive(strict, programmed, executed) is (programmed != executed)


def test_words_or_one_of_the_list_are_a_motive() -> None:
    cell = Execution(7, 3, Decimal(0))
    assert rules.owes_motive(PLAN, ACTIVITY, cell)
    assert not rules.owes_motive(PLAN, ACTIVITY, replace(cell, motive="staff"))
    assert not rules.owes_motive(PLAN, ACTIVITY, replace(cell, motive_text="Huelga"))
    assert not rules.owes_motive(PLAN, ACTIVITY, replace(cell, physical=None))


def test_a_deviation_is_said_in_words() -> None:
    assert rules.deviation_words(None, Decimal(1)) == "ejecutado sin programación"
    assert rules.deviation_words(Decimal(2), Decimal(1)) == "por debajo de lo programado"
    assert rules.deviation_words(Decimal(2), Decimal(3)) == "por encima de lo programado"


def test_blanks_of_a_file_let_the_record_stand() -> None:
    before = Execution(7, 3, Decimal(5), Decimal("1.50"), "staff", "a", "b", version=4)
    assert rules.over(before, Execution(7, 3)) == before
    assert rules.over(before, Execution(7, 3, Decimal(6), motive="weather")) == replace(
        before, physical=Decimal(6), motive="weather"
    )
    assert rules.is_blank(Execution(7, 3))
    assert not rules.is_blank(Execution(7, 3, Decimal(0)))
    assert rules.told_alike(before, replace(before, version=9, imported=True))


def test_twelve_months_are_read_from_the_cells() -> None:
    one = FollowedActivity(ACTIVITY, {2: Execution(7, 2, Decimal(0), Decimal(3))}, {})
    assert one.executed == (None, Decimal(0), *NO_MONTHS[2:])
    assert one.executed_money[1] == 3
    assert one.cell(5) == Execution(7, 5)
    assert FollowedActivity(ACTIVITY, {}, {}).executed == NO_MONTHS


def test_evidence_names_its_document_and_is_withdrawn_with_a_reason_while_the_month_is_open() -> None:
    evidence = Evidence(7, 2, " Informe 12 \n", "acta.pdf")
    assert rules.check_evidence(evidence).document == "Informe 12"
    refusal("text_missing", lambda: rules.check_evidence(Evidence(7, 2, " ")))
    assert rules.check_can_withdraw(evidence, MONTHS, " Es de otra ") == "Es de otra"
    refusal("text_missing", lambda: rules.check_can_withdraw(evidence, MONTHS, ""))
    gone = replace(evidence, withdrawn="x")
    refusal("evidence_withdrawn", lambda: rules.check_can_withdraw(gone, MONTHS, "Otra"))
    closed = replace(evidence, month=1)
    refusal("month_closed", lambda: rules.check_can_withdraw(closed, MONTHS, "Otra"))


def test_a_conflict_is_counted() -> None:
    assert "una de estas celdas" in rules.conflict_sentence(1)
    assert "3 de estas celdas" in rules.conflict_sentence(3)
