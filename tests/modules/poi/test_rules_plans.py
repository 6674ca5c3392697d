"""The plan of a year: its semaphore, tolerances, days of closing, and the catalogue of units of measure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from poi_office import SMALL_BANDS

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules import plans as rules
from sisfoh_desktop.modules.poi.rules.facts import Band, MeasureUnit, MonthState, PoiPlan

PLAN = PoiPlan(1, 2024, "POI 2024", SMALL_BANDS, Decimal(0), Decimal(5))
TOP = Band("Bueno", Decimal(90), True, "good", "circle")


def test_each_month_is_due_on_the_twentieth_of_the_next() -> None:
    due = rules.due_dates(2024, 20)
    assert [one.month for one in due] == list(range(1, 13))
    assert due[0].due_on == date(2024, 2, 20)
    assert due[11].due_on == date(2025, 1, 20)


def test_bands_are_kept_from_the_lowest_up() -> None:
    cleaned = rules.clean_plan(replace(PLAN, bands=SMALL_BANDS[::-1], title=" POI  2024 "))
    assert cleaned.bands == SMALL_BANDS
    assert cleaned.title == "POI 2024"


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ((), "bands_missing"),
        ((TOP,), "bands_start"),
        ((replace(SMALL_BANDS[0], inclusive=False),), "bands_start"),
        (SMALL_BANDS * 3, "bands_too_many"),
        ((*SMALL_BANDS, replace(TOP, shape="ring", lower=Decimal(95))), "bands_equal"),
        ((*SMALL_BANDS, replace(TOP, shape="ring", label="CONFORME", lower=Decimal(99))), "bands_equal"),
        ((*SMALL_BANDS, replace(TOP, lower=Decimal(99))), "bands_same_shape"),
        ((SMALL_BANDS[0], replace(TOP, lower=Decimal(101))), "band_lower_invalid"),
        ((SMALL_BANDS[0], replace(TOP, tone="pink")), "band_unknown_look"),
        ((SMALL_BANDS[0], replace(TOP, label=" ")), "text_missing"),
    ],
)
def test_a_semaphore_that_does_not_tell_is_refused(bands: tuple[Band, ...], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        rules.clean_bands(bands)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"year": 1999}, "year_invalid"),
        ({"title": ""}, "text_missing"),
        ({"tolerance_below": Decimal(101)}, "tolerance_invalid"),
        ({"tolerance_above": Decimal("0.00001")}, "tolerance_invalid"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        rules.clean_plan(replace(PLAN, **change))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_plan_to_work_on_is_this_years_or_the_nearest() -> None:
    plans = [replace(PLAN, year=year) for year in (2026, 2024, 2023)]
    assert rules.current_of(plans, date(2024, 5, 1)) == plans[1]
    assert rules.current_of(plans, date(2025, 5, 1)) == plans[1]
    assert rules.current_of(plans, date(2020, 5, 1)) == plans[2]
    assert rules.current_of([], date(2020, 5, 1)) is None
    rules.check_new_year(2025, plans)
    with pytest.raises(RuleError, match="El POI 2024 ya existe"):
        rules.check_new_year(2024, plans)


@pytest.mark.parametrize(
    ("month", "day", "right"),
    [
        (2, date(2024, 3, 1), True),
        (2, date(2024, 2, 29), False),
        (12, date(2025, 1, 20), True),
        (12, date(2026, 1, 2), False),
    ],
)
def test_a_month_is_due_after_it_is_over(month: int, day: date, right: bool) -> None:
    told = MonthState(1, month, day)
    if right:
        rules.check_due(told, 2024)
    else:
        with pytest.raises(RuleError, match="debe venir después de ese mes"):
            rules.check_due(told, 2024)


def test_a_unit_of_measure_is_there_once() -> None:
    there = [MeasureUnit(1, "12", "ACCIÓN"), MeasureUnit(2, "", "INFORME")]
    rules.check_measure(rules.clean_measure(MeasureUnit(1, "12", "  Acción ")), there)
    for wanted, code in (
        (MeasureUnit(0, "", "accion"), "measure_exists"),
        (MeasureUnit(0, "12", "OFICIO"), "measure_code_taken"),
    ):
        with pytest.raises(RuleError) as refused:
            rules.check_measure(wanted, there)
        assert refused.value.code == code


def test_a_new_plan_takes_the_proposal_and_a_damaged_one_is_told() -> None:
    shipped = {
        "band": [{"label": "Bajo", "lower": "0", "inclusive": True, "tone": "bad", "shape": "square"}],
        "tolerances": {"below": "1", "above": "2"},
        "closing": {"day": 20, "norm": "Norma"},
        "semaphore": {"source": "Fuente"},
    }
    plan = rules.new_plan(2024, " ", rules.proposal_of(shipped))
    assert plan.title == "Plan Operativo Institucional 2024"
    assert (plan.tolerance_below, plan.tolerance_above) == (1, 2)
    with pytest.raises(ValueError, match="no number"):
        rules.proposal_of({**shipped, "tolerances": {"below": "x", "above": "2"}})
