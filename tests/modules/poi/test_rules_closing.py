"""When a month may be closed and opened again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules import closing as rules
from sisfoh_desktop.modules.poi.rules.closing import ClosingCheck, EventKind
from sisfoh_desktop.modules.poi.rules.facts import Activity, Execution, MonthState, PoiPlan

PLAN = PoiPlan(1, 2024, "POI", (), Decimal(0), Decimal(0))
TODAY = date(2024, 4, 8)
CLOSED = datetime(2024, 2, 20, tzinfo=UTC)
COMPLETE = ClosingCheck(2, (), ())


def months(*closed: int) -> tuple[MonthState, ...]:
    return tuple(
        MonthState(1, month, date(2024, month, 28), CLOSED if month in closed else None)
        for month in range(1, 13)
    )


def activity(number: int, programmed: int = 5) -> Activity:
    return Activity(
        "Unidad", f"Actividad {number}", "ACCIONES", programmed=(Decimal(programmed),) * 12, id=number
    )


def close(
    states: tuple[MonthState, ...], month: int, check: ClosingCheck = COMPLETE, reason: str = ""
) -> str:
    return rules.check_can_close(states, month, plan=PLAN, today=TODAY, check=check, reason=reason)


def refusal(code: str, run) -> str:
    with pytest.raises(RuleError) as refused:
        run()
    assert refused.value.code == code
    return refused.value.sentence


def test_months_close_in_order_once_they_have_begun() -> None:
    assert close(months(1), 2) == ""
    said = refusal("month_order", lambda: close(months(1), 3))
    assert "febrero sigue abierto" in said
    refusal("month_closed", lambda: close(months(1), 1))
    refusal("month_not_begun", lambda: close(months(1, 2, 3, 4), 5))
    refusal("month_unknown", lambda: close(months(), 0))


def test_a_month_that_owes_something_needs_a_reason_and_the_refusal_names_it() -> None:
    check = ClosingCheck(2, ("A (U)", "B (U)", "C (U)", "D (U)", "E (U)"), ("F (U)",))
    said = refusal("month_incomplete", lambda: close(months(1), 2, check))
    assert "5 actividades no tienen ejecución registrada (A (U); B (U); C (U) y 2 más)" in said
    assert "1 desvío no tiene motivo (F (U))" in said
    assert close(months(1), 2, check, " La unidad no informó ") == "La unidad no informó"


def test_what_is_owed_is_a_blank_where_something_was_programmed_or_a_deviation_without_motive() -> None:
    cells = [
        (activity(1), None),
        (activity(2), Execution(2, 2, None, motive_text="sin dato")),
        (activity(3), Execution(3, 2, Decimal(5))),
        (activity(4), Execution(4, 2, Decimal(0))),
        (activity(5), Execution(5, 2, Decimal(0), motive="staff")),
        (activity(6, 0), None),
        (activity(7, 0), Execution(7, 2, Decimal(1))),
    ]
    check = rules.check_of(PLAN, 2, cells)
    assert check.pending == ("Actividad 1 (Unidad)", "Actividad 2 (Unidad)")
    assert check.unexplained == ("Actividad 4 (Unidad)", "Actividad 7 (Unidad)")
    assert not check.complete


def test_a_closed_month_opens_again_by_a_document_and_a_reason() -> None:
    def reopen(month: int, document: str, reason: str) -> tuple[str, str]:
        return rules.check_can_reopen(months(1, 2), month, plan=PLAN, document=document, reason=reason)

    assert reopen(1, " Memo 12 ", " Error ") == ("Memo 12", "Error")
    refusal("month_open", lambda: reopen(3, "Memo 12", "Error"))
    refusal("text_missing", lambda: reopen(1, "", "Error"))
    refusal("text_missing", lambda: reopen(1, "Memo 12", " "))
    assert EventKind.REOPENING.label == "Reapertura"


def test_the_month_to_work_on_is_the_first_open_one_that_has_begun() -> None:
    assert rules.next_to_close(months(1, 2), 2024, TODAY) == 3
    assert rules.next_to_close(months(2, 3), 2024, TODAY) == 1
    assert rules.next_to_close(months(1, 2, 3, 4), 2024, TODAY) is None
    assert rules.next_to_close(months(*range(1, 13)), 2024, TODAY) is None
    assert rules.next_to_close(months(), 2025, TODAY) is None


@given(st.sets(st.integers(1, 12)), st.integers(1, 12), st.dates(date(2023, 1, 1), date(2025, 12, 31)))
def test_whatever_is_closed_only_the_first_open_month_closes(
    closed: set[int], month: int, today: date
) -> None:
    states = months(*closed)
    try:
        rules.check_can_close(
            states, month, plan=PLAN, today=today, check=replace(COMPLETE, month=month), reason=""
        )
        may = True
    except RuleError:
        may = False
    assert may is (month == rules.next_to_close(states, 2024, today))
