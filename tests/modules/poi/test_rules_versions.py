"""The life of versions: which is on view, which may come next, when a draft is approved, what a comparison tells."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules import versions as rules
from sisfoh_desktop.modules.poi.rules.facts import Activity, MonthState, PoiVersion, Stage

WHEN = datetime(2024, 3, 8, 15, tzinfo=UTC)
APPROVED = PoiVersion(
    1, 1, Stage.APPROVED, 0, document="R-1", document_date=date(2024, 1, 2), approved_at=WHEN
)
DRAFT = PoiVersion(2, 1, Stage.MODIFIED, 1, first_month=3, based_on_id=1)


def months(closed: int, reopened: int = 0) -> list[MonthState]:
    return [
        MonthState(1, month, date(2024, 12, 1), WHEN if month <= closed and month != reopened else None)
        for month in range(1, 13)
    ]


def activity(number: int, **more: object) -> Activity:
    return Activity("ULE", f"Actividad {number}", "ACCIONES", Decimal(1), id=number, **more)  # type: ignore[arg-type]


def test_the_last_approved_is_on_view_and_only_without_any_the_draft() -> None:
    assert rules.on_view([]) is None
    assert rules.on_view([replace(APPROVED, approved_at=None)]) is not None
    assert rules.on_view([APPROVED, DRAFT]) == APPROVED
    later = replace(DRAFT, approved_at=WHEN)
    assert rules.on_view([APPROVED, later]) == later
    assert rules.draft_of([APPROVED, DRAFT]) == DRAFT
    assert rules.draft_of([APPROVED]) is None


@given(st.integers(0, 12), st.integers(0, 12))
def test_the_first_month_that_may_change_comes_after_the_last_closed_even_if_one_was_reopened(
    closed: int, reopened: int
) -> None:
    told = months(closed, reopened)
    first = rules.first_free_month(told)
    assert not any(one.closed for one in told[first - 1 :])
    assert first == 1 or told[first - 2].closed


@pytest.mark.parametrize(
    ("versions", "closed", "stages"),
    [
        ([], 0, (Stage.APPROVED, Stage.ADJUSTED, Stage.CONSISTENT)),
        ([APPROVED], 0, (Stage.ADJUSTED, Stage.CONSISTENT, Stage.MODIFIED)),
        ([APPROVED], 2, (Stage.MODIFIED,)),
        ([APPROVED], 12, ()),
        ([APPROVED, DRAFT], 2, ()),
        ([replace(APPROVED, stage=Stage.CONSISTENT)], 0, (Stage.MODIFIED,)),
        ([APPROVED, replace(DRAFT, approved_at=WHEN)], 0, (Stage.MODIFIED,)),
    ],
)
def test_which_stages_may_come_next(
    versions: list[PoiVersion], closed: int, stages: tuple[Stage, ...]
) -> None:
    assert rules.possible_stages(versions, months(closed)) == stages


def test_modifications_are_numbered_and_start_after_the_closed_months() -> None:
    second = rules.new_draft(1, [APPROVED, replace(DRAFT, approved_at=WHEN)], months(4), Stage.MODIFIED)
    assert (second.name, second.first_month, second.based_on_id) == ("POI modificado 2", 5, 2)
    consistent = rules.new_draft(1, [APPROVED], months(0), Stage.CONSISTENT, note=" Con el PIA ")
    assert (consistent.name, consistent.first_month, consistent.note) == ("POI consistente", 1, "Con el PIA")


def test_a_draft_learns_of_months_closed_since_it_began() -> None:
    assert rules.renewed(DRAFT, months(5)).first_month == 6
    assert rules.renewed(DRAFT, months(2)) is DRAFT
    first = replace(APPROVED, approved_at=None)
    assert rules.renewed(first, months(5)) is first


def approval(**more: object) -> str:
    told: dict[str, object] = {
        "version": DRAFT,
        "base": APPROVED,
        "found": (),
        "count": 3,
        "document": " Resolución  N° 2 ",
        "document_date": date(2024, 3, 1),
        "today": date(2024, 3, 8),
    }
    return rules.check_approval(**{**told, **more})  # type: ignore[arg-type]


def test_a_draft_that_adds_up_is_approved_with_its_resolution() -> None:
    assert approval() == "Resolución N° 2"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"version": APPROVED}, "version_approved"),
        ({"document": ""}, "text_missing"),
        ({"count": 0}, "version_empty"),
        ({"document_date": date(2024, 3, 9)}, "document_date_invalid"),
        ({"document_date": date(2024, 1, 1)}, "document_date_invalid"),
        ({"found": (rules.ActivityFindings(activity(1), ("annual_missing",)),)}, "programme_invalid"),
    ],
)
def test_what_keeps_a_draft_from_being_approved(more: dict[str, object], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        approval(**more)
    assert refused.value.code == code


def test_a_refusal_names_the_first_five_activities() -> None:
    found = [rules.ActivityFindings(activity(number), ("annual_missing",)) for number in range(1, 8)]
    assert rules.named(found).endswith("«Actividad 5»: no tiene meta anual … y 2 más")
    assert rules.named(found[:1]) == "«Actividad 1»: no tiene meta anual"


def test_what_was_executed_is_not_taken_out_of_the_plan() -> None:
    rules.check_removal([activity(1)], lambda _one: False)
    with pytest.raises(RuleError, match="«Actividad 1» y 1 más no se puede quitar"):
        rules.check_removal([activity(1), activity(2)], lambda _one: True)


@pytest.mark.parametrize(
    ("version", "versions", "referred", "code"),
    [
        (APPROVED, [APPROVED, DRAFT], False, "version_approved"),
        (DRAFT, [DRAFT], False, "only_version"),
        (DRAFT, [APPROVED, DRAFT], True, "version_referred"),
    ],
)
def test_what_is_not_discarded(
    version: PoiVersion, versions: list[PoiVersion], referred: bool, code: str
) -> None:
    with pytest.raises(RuleError) as refused:
        rules.check_discard(version, versions, referred=referred)
    assert refused.value.code == code


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 3)),
    st.dictionaries(st.integers(1, 30), st.integers(0, 3)),
)
def test_a_comparison_tells_every_activity_of_both_versions_once(
    before: dict[int, int], after: dict[int, int]
) -> None:
    first = [activity(number, code=str(value)) for number, value in before.items()]
    second = [activity(number, code=str(value)) for number, value in after.items()]
    told = rules.compare(APPROVED, DRAFT, first, second)
    assert {one.id for one in told.added} == after.keys() - before.keys()
    assert {one.id for one in told.removed} == before.keys() - after.keys()
    assert {one.after.id for one in told.changed} == {
        number for number in before.keys() & after.keys() if before[number] != after[number]
    }
    assert len(told.added) + len(told.changed) + told.unchanged == len(after)
    assert len(told.removed) + len(told.changed) + told.unchanged == len(before)
