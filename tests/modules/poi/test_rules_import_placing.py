"""What a row of a table becomes: the same activity by its code or its names, what changes there, what waits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.modules.poi.rules.facts import (
    NO_MONTHS,
    Activity,
    ActivityYear,
    Direction,
    GoalKind,
    Nature,
)
from sisfoh_desktop.modules.poi.rules.import_activity import activity_of, quarters_only
from sisfoh_desktop.modules.poi.rules.import_json import (
    doubts_json,
    doubts_of,
    mapping_json,
    mapping_of,
    reading_json,
    reading_of,
    row_json,
    row_of,
)
from sisfoh_desktop.modules.poi.rules.import_placing import Ground, Target, place
from sisfoh_desktop.modules.poi.rules.import_plan import read_by_hand, repaired_row
from sisfoh_desktop.modules.poi.rules.import_readings import readings_against
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import (
    ColumnMapping,
    FileRow,
    Finding,
    NumberCell,
    Profile,
    Reading,
)
from sisfoh_desktop.modules.poi.rules.row_checks import Habits

TEXTS = {"unit_name": "ULE", "title": "Visitar hogares", "measure": "VISITAS"}


def row(texts: dict[str, str] | None = None, **numbers: int | None) -> FileRow:
    """Row 5 of a file with these texts and figures."""
    cells = tuple(
        NumberCell(meaning, "" if value is None else str(value), None if value is None else Decimal(value))
        for meaning, value in numbers.items()
    )
    return FileRow("POI", 5, {**TEXTS, **(texts or {})}, cells)


def known(number: int = 1, executed: int | None = None, **more: object) -> ActivityYear:
    """An activity of the POI: ten visits a month, 120 in the year."""
    values = {"annual": Decimal(120), "programmed": (Decimal(10),) * 12, "id": number, **TEXTS, **more}
    first = None if executed is None else Decimal(executed)
    return ActivityYear(Activity(**values), (first, *NO_MONTHS[1:]))  # type: ignore[arg-type]


# --- which activity ---


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({}, 1),
        ({"title": "VISITAR  HOGÁRES", "unit_name": "ule"}, 1),
        ({"measure": ""}, 1),
        ({"category": "OTRA"}, 1),
        ({"code": "AOI30000000001", "title": "Con otro nombre"}, 2),
        ({"code": "AOI30000000009"}, 1),
        ({"title": "Visitar viviendas"}, 0),
    ],
)
def test_an_activity_is_found_by_its_code_else_by_its_names(texts: dict[str, str], found: int):
    ground = Ground([known(1), known(2, code="AOI30000000001", title="Otra")])
    assert place(row(texts), ground).activity.id == found


def test_a_code_that_is_another_one_makes_it_another_activity():
    ground = Ground([known(1, code="AOI1")])
    assert place(row({"code": "AOI2"}), ground).is_new


def test_two_of_the_same_name_are_told_apart_by_category_and_measure():
    ground = Ground([known(1, measure="FICHAS"), known(2, category="X"), known(3)])
    assert place(row(), ground).activity.id == 3
    assert place(row({"category": "X"}), ground).activity.id == 2
    assert place(row({"measure": "ACTAS"}), ground).is_new


# --- what changes ---


def test_what_the_file_does_not_have_stays():
    placed = place(row(e01=7), Ground([known(executed=5, oei="OEI.01")]))
    assert placed.activity.oei == "OEI.01"
    assert placed.activity.annual == 120
    assert [(one.month, one.physical) for one in placed.entries] == [(1, Decimal(7))]
    assert placed.executed_changes[0].before == 5
    assert not placed.touches_programme


def test_a_blank_executed_is_nothing_and_a_zero_is_a_zero():
    ground = Ground([known(executed=5)])
    assert place(row(e01=None), ground).unchanged
    assert place(row(e01=0), ground).entries[0].physical == 0


def test_what_was_blank_is_completed_in_a_draft_and_waits_over_an_approved_version():
    half = known(programmed=(Decimal(10), *NO_MONTHS[1:]))
    placed = place(row(p01=10, p02=10), Ground([half]))
    assert [one.meaning for one in placed.completed] == ["p02"]
    assert not placed.findings
    approved = place(row(p01=10, p02=10), Ground([half], target=Target.APPROVED))
    assert [one.rule for one in approved.findings] == ["programme_changed"]


def test_the_readings_of_a_row_that_differs_keep_the_poi_or_take_the_file():
    ground = Ground([known(executed=5)], closed=[1])
    placed = place(row(p01=10, p02=20, e01=6, e02=4), ground)
    assert {one.rule for one in placed.findings} == {"programme_changed", "month_closed"}
    kept, taken = readings_against(placed, ground)
    assert (kept.values["p02"], kept.values["e01"], kept.values["e02"]) == (10, 5, 4)
    assert (taken.values["p02"], taken.values["e01"]) == (20, 5)
    approved = Ground([known(executed=5)], target=Target.APPROVED)
    assert len(readings_against(place(row(p02=20), approved), approved)) == 1


def test_the_kept_reading_of_a_draft_can_be_placed_again():
    ground = Ground([known()])
    told = row(p01=9, p02=10, p03=10, pq1=29, e01=3)
    (kept, *_) = readings_against(place(told, ground), ground)
    assert kept.values["pq1"] == 30
    again = place(repaired_row(told, kept, {}), ground)
    assert not again.findings
    assert not again.touches_programme


def test_months_to_come_take_no_figure_and_their_zeros_are_left_out():
    ground = Ground([known()], last_begun=2)
    assert place(row(e02=1, e03=0), ground).zeros_ahead == (3,)
    assert [one.rule for one in place(row(e03=1), ground).findings] == ["month_not_begun"]


def test_a_new_version_keeps_the_closed_months_of_its_base():
    ground = Ground([known()], target=Target.NEW_VERSION, first_month=3)
    placed = place(row(annual=200, p02=99, p03=90), ground)
    assert not placed.findings
    assert placed.activity.programmed[:3] == (10, 10, 90)
    assert placed.activity.annual == 200


def test_an_activity_that_nobody_knows_waits_with_the_names_near_to_it():
    ground = Ground([known()], target=Target.APPROVED)
    (finding,) = place(row({"title": "Visitar hogare"}), ground).findings
    assert finding.rule == "activity_unknown"
    assert "¿Será «Visitar hogares»?" in finding.text


# --- what cannot be kept ---


@pytest.mark.parametrize(
    ("texts", "rule", "said"),
    [
        ({"unit_name": ""}, "text_missing", "falta la unidad orgánica"),
        ({"measure": " "}, "text_missing", "falta la unidad de medida"),
        ({"code": "9" * 41}, "cell_unreadable", "tiene 41 letras y el máximo es 40"),
        ({"ubigeo": "2301"}, "cell_unreadable", "seis cifras"),
    ],
)
def test_texts_that_cannot_be_kept_wait(texts: dict[str, str], rule: str, said: str):
    (finding,) = place(row(texts), Ground()).findings
    assert finding.rule == rule
    assert said in finding.text
    assert finding.text.startswith("Fila 5: ")


@pytest.mark.parametrize("value", ["0.00001", "1e12", "-1"])
def test_figures_that_cannot_be_kept_wait(value: str):
    told = FileRow("POI", 5, TEXTS, (NumberCell("p01", value, Decimal(value)),))
    assert [one.rule for one in place(told, Ground()).findings] == ["cell_unreadable"]


# --- what a row tells ---


def test_how_months_add_up_and_what_is_better_are_read_from_words():
    told = activity_of(row({"goal_kind": "SI", "direction": "Descendente", "nature": "Proyecto"}))
    assert (told.goal_kind, told.direction, told.nature) == (
        GoalKind.STOCK, Direction.LESS, Nature.INVESTMENT,
    )  # fmt: skip
    told = activity_of(row({"goal_kind": "NO", "direction": "", "nature": "actividad"}))
    assert (told.goal_kind, told.direction, told.nature) == (GoalKind.SUM, Direction.MORE, Nature.ACTIVITY)


def test_a_quarter_without_its_months_stands_in_its_last_month():
    told = activity_of(row(pq1=30, p04=1, p05=2, p06=3, pq2=6))
    assert told.programmed[:6] == (None, None, 30, 1, 2, 3)
    assert quarters_only(["pq1", "p04", "pq2"])
    assert not quarters_only(["p04", "pq2", "annual"])


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("annual", "META ANUAL"),
        ("e06", "JUN ejecutado"),
        ("pq3", "III TRIM programado"),
        ("me12", "DIC ejecutado en soles"),
        ("title", "Actividad"),
    ],
)
def test_places_are_named(meaning: str, words: str):
    assert place_words(meaning) == words


def test_figures_are_shown_with_a_thin_gap():
    shown = [shown_figure(value) for value in (None, Decimal(0), Decimal("1260.50"), Decimal(-7))]
    assert shown == ["en blanco", "0", "1\u00a0260.5", "-7"]


# --- kept as text ---

FIGURES = st.none() | st.decimals(min_value=0, max_value=10**9, places=4)


@given(st.dictionaries(st.sampled_from(["annual", "p01", "e01", "pq1"]), FIGURES), st.text(max_size=20))
def test_what_the_quarantine_keeps_comes_back_the_same(values: dict[str, Decimal | None], said: str):
    told = FileRow(said, 7, TEXTS, tuple(NumberCell(one, said, value, said) for one, value in values.items()))
    assert row_of(row_json(told, 3)) == (told, 3)
    reading = Reading(values, (said, "dos"), said, against_total=True)
    assert reading_of(reading_json(reading)) == reading
    finding = Finding(7, "quarter_sum", said, "1", "2", ("p01",), (said,), said)
    assert doubts_of(doubts_json((finding,), (reading,), ())) == ((finding,), (reading,), ())
    mapping = ColumnMapping(Profile.OWN, ("title", "p01"), (said, ""), "CS")
    habits = Habits(frozenset({"p12"}), frozenset({"pq4"}))
    assert mapping_of(mapping_json(mapping, habits)) == (mapping, habits)


def test_a_reading_by_hand_keeps_what_was_not_typed():
    told = row(p01=1, e01=2)
    reading = read_by_hand(told, {"e01": Decimal(3), "p12": Decimal(9)})
    assert reading.values == {"p01": 1, "e01": 3}
    assert repaired_row(told, reading, {"title": "Otra"}).text("title") == "Otra"
