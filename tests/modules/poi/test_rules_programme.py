"""What a version programmes: months against the goal, closed months kept, what was executed plus what remains."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.facts import (
    NO_MONTHS,
    Activity,
    Direction,
    GoalKind,
    Months,
    PoiVersion,
    Stage,
)
from sisfoh_desktop.modules.poi.rules.programme import (
    carry_closed,
    changes_between,
    clean_activity,
    closed_months_changed,
    field_word,
    missing,
    missing_words,
    plain_activity,
    programme_findings,
)

FIRST = PoiVersion(1, 1, Stage.APPROVED, 0)

quantities = st.integers(0, 10_000_000).map(lambda value: Decimal(value) / 10_000)
whole_years = st.lists(quantities, min_size=12, max_size=12).map(tuple)
years = st.lists(st.none() | quantities, min_size=12, max_size=12).map(tuple)
first_months = st.integers(1, 12)


def modified(first_month: int) -> PoiVersion:
    return PoiVersion(2, 1, Stage.MODIFIED, 1, first_month=first_month, based_on_id=1)


def months(*values: int | None) -> Months:
    told = tuple(None if value is None else Decimal(value) for value in values)
    return (*told, *NO_MONTHS[len(told) :])


def activity(annual: int | None, programmed: Months, **more: object) -> Activity:
    goal = None if annual is None else Decimal(annual)
    return Activity("ULE", "Visitar hogares", "VISITAS", goal, programmed, **more)  # type: ignore[arg-type]


def total(told: Months) -> Decimal:
    return sum((value for value in told if value is not None), Decimal(0))


# --- first versions ---


@given(whole_years)
def test_twelve_months_that_sum_the_goal_are_approved_and_any_other_goal_is_not(told: Months) -> None:
    right = replace(activity(0, told), annual=total(told))
    assert programme_findings(right, FIRST) == ()
    assert missing(right) == 0
    wrong = replace(right, annual=total(told) + 1)
    assert programme_findings(wrong, FIRST) == ("sum_differs",)
    assert missing(wrong) == 1


@given(years.filter(lambda told: None in told and any(told)))
def test_months_not_yet_told_may_leave_the_goal_open_but_never_pass_it(told: Months) -> None:
    assert programme_findings(replace(activity(0, told), annual=total(told) + 5), FIRST) == ()
    short = replace(activity(0, told), annual=total(told) - Decimal("0.0001"))
    assert "sum_exceeds" in programme_findings(short, FIRST)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (activity(None, months(1)), ("annual_missing",)),
        (activity(5, NO_MONTHS), ("months_missing",)),
        (activity(0, NO_MONTHS), ()),
        (activity(5, months(6, -1)), ("negative",)),
        (activity(8, months(*[3] * 6, *[8] * 6), goal_kind=GoalKind.STOCK), ()),
        (activity(8, months(*[3] * 6, *[7] * 6), goal_kind=GoalKind.STOCK), ("level_differs",)),
        (activity(8, months(3, *[None] * 10, 7), goal_kind=GoalKind.STOCK), ("level_differs",)),
        (activity(8, months(3, 4), goal_kind=GoalKind.STOCK), ()),
        (activity(8, months(3, 9), goal_kind=GoalKind.STOCK), ("level_exceeds",)),
        (activity(8, months(20, 9), goal_kind=GoalKind.STOCK, direction=Direction.LESS), ()),
    ],
)
def test_what_keeps_a_first_version_from_being_approved(told: Activity, found: tuple[str, ...]) -> None:
    assert programme_findings(told, FIRST) == found


def test_soles_are_added_up_apart() -> None:
    told = activity(12, months(*[1] * 12), annual_money=Decimal(120))
    assert programme_findings(replace(told, programmed_money=months(*[10] * 12)), FIRST) == ()
    assert programme_findings(replace(told, programmed_money=months(*[11] * 12)), FIRST) == ("money_differs",)
    assert programme_findings(replace(told, programmed_money=months(10, 20)), FIRST) == ()
    assert programme_findings(replace(told, programmed_money=months(100, 21)), FIRST) == ("money_differs",)


# --- a reprogramming ---


@given(whole_years, years, whole_years, first_months)
def test_what_was_executed_plus_what_remains_is_the_new_goal(
    before: Months, executed: Months, wanted: Months, first: int
) -> None:
    base = replace(activity(0, before), annual=total(before), id=7)
    goal = total(executed[: first - 1]) + total(wanted[first - 1 :])
    told = carry_closed(replace(base, programmed=wanted, annual=goal), first, base)
    assert programme_findings(told, modified(first), executed, base) == ()
    assert missing(told, modified(first), executed) == 0
    other = replace(told, annual=goal + 3)
    found = programme_findings(other, modified(first), executed, base)
    same = (other.annual, other.programmed) == (base.annual, base.programmed)
    assert found == (() if same else ("executed_and_rest_differ",))
    assert missing(other, modified(first), executed) == 3


@given(years, years, first_months)
def test_a_reprogramming_keeps_the_closed_months(before: Months, wanted: Months, first: int) -> None:
    base = activity(10, before, programmed_money=before)
    changed = replace(base, programmed=wanted, programmed_money=wanted)
    kept = carry_closed(changed, first, base)
    assert kept.programmed[: first - 1] == before[: first - 1]
    assert kept.programmed[first - 1 :] == wanted[first - 1 :]
    assert closed_months_changed(kept, first, base) == ()
    differing = tuple(month for month in range(1, first) if before[month - 1] != wanted[month - 1])
    assert closed_months_changed(changed, first, base) == differing


def test_an_activity_left_as_it_was_is_not_reprogrammed_although_it_fell_short() -> None:
    base = activity(24, months(*[2] * 12))
    assert programme_findings(base, modified(3), months(0, 0), base) == ()
    assert programme_findings(replace(base, annual=Decimal(23)), modified(3), months(0, 0), base) == (
        "executed_and_rest_differ",
    )


def test_a_new_activity_has_no_programme_in_closed_months() -> None:
    fresh = activity(10, months(None, 0, *[1] * 10))
    assert programme_findings(fresh, modified(3)) == ()
    early = replace(fresh, programmed=months(1, 0, *[1] * 10))
    assert programme_findings(early, modified(3)) == ("closed_month_changed",)


def test_a_level_is_reprogrammed_by_its_last_month() -> None:
    base = activity(8, months(*[3] * 6, *[8] * 6), goal_kind=GoalKind.STOCK)
    assert programme_findings(replace(base, annual=Decimal(9)), modified(3), months(2), base) == (
        "level_differs",
    )
    raised = replace(base, annual=Decimal(9), programmed=(*base.programmed[:11], Decimal(9)))
    assert programme_findings(raised, modified(3), months(2), base) == ()


def test_soles_of_closed_months_count_by_what_was_spent_where_that_was_told() -> None:
    base = activity(12, months(*[1] * 12), annual_money=Decimal(120), programmed_money=months(*[10] * 12))
    raised = replace(base, annual_money=Decimal(115))
    executed = months(1, 1)
    assert programme_findings(raised, modified(3), executed, base, months(5, 10)) == ()
    assert programme_findings(raised, modified(3), executed, base, months(5, 5)) == ("money_differs",)
    assert programme_findings(raised, modified(3), executed, base) == ("money_differs",)


# --- words, changes, texts ---


@pytest.mark.parametrize(
    ("short", "words"), [(3, "faltan 3"), (1, "falta 1"), (-1, "sobra 1"), (-4, "sobran 4"), (0, "")]
)
def test_what_is_missing_in_words(short: int, words: str) -> None:
    assert missing_words(Decimal(short)) == words


def test_changes_name_texts_goals_and_months() -> None:
    before = activity(24, months(1, 2), programmed_money=months(5))
    after = replace(before, title="Visitar", programmed=months(1, 3), programmed_money=months(6), order=4)
    told = [(field_word(one.name), one.before, one.after) for one in changes_between(before, after)]
    assert told == [
        ("Actividad", "Visitar hogares", "Visitar"),
        ("febrero", Decimal(2), Decimal(3)),
        ("enero (S/)", Decimal(5), Decimal(6)),
    ]


def test_the_trail_keeps_what_is_told_and_no_blank() -> None:
    kept = plain_activity(activity(24, months(None, 2)))
    assert kept["annual"] == 24
    assert kept["p02"] == 2
    assert kept["goal_kind"] == "suma"
    assert "p01" not in kept
    assert "oei" not in kept


def test_texts_are_cleaned_and_remembered() -> None:
    known: dict[tuple[str, str], str] = {}
    cleaned = clean_activity(replace(activity(1, NO_MONTHS), title="  Visitar \n hogares "), known)
    assert cleaned.title == "Visitar hogares"
    assert known == {("unit_name", "ULE"): "ULE", ("measure", "VISITAS"): "VISITAS"}
    assert clean_activity(activity(1, NO_MONTHS), known) == activity(1, NO_MONTHS)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "activity_incomplete"),
        ({"unit_name": ""}, "activity_incomplete"),
        ({"measure": ""}, "activity_incomplete"),
        ({"ubigeo": "23010"}, "ubigeo_invalid"),
        ({"code": "A" * 41}, "text_too_long"),
        ({"annual": Decimal("-1")}, "figure_invalid"),
        ({"annual": Decimal("0.00001")}, "figure_invalid"),
        ({"annual": Decimal("NaN")}, "figure_invalid"),
        ({"annual_money": Decimal("0.001")}, "figure_invalid"),
        ({"programmed": months(10**13)}, "figure_invalid"),
    ],
)
def test_what_an_activity_may_not_be(change: dict[str, object], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        clean_activity(replace(activity(1, NO_MONTHS), **change))  # type: ignore[arg-type]
    assert refused.value.code == code
