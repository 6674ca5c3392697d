"""A whole table examined: the real one of 2019, a generated one with damage of every kind, one of a whole region."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from poi_rows import (
    Figures,
    figures_in,
    figures_of,
    file_of,
    generated_file,
    meanings_of,
    row_of,
    seed_file,
    total_of,
    unreadable,
    values_in,
)

from sisfoh_desktop.modules.poi.rules.detective import check_file, habits_of
from sisfoh_desktop.modules.poi.rules.importing import CheckedFile, CheckedRow, FileRow, Group, PoiFile
from sisfoh_desktop.modules.poi.rules.row_checks import check_row

QUARTERS = ("pq1", "eq1", "pq2", "eq2", "pq3", "eq3")


@pytest.fixture(scope="module")
def seed() -> CheckedFile:
    return check_file(seed_file())


def by_row(checked: CheckedFile) -> dict[int, CheckedRow]:
    return {one.row.row: one for one in checked.rows}


# --- the table of 2019 ---


def test_the_seed_has_43_sound_rows_37_with_one_reading_9_with_several_and_one_with_none(
    seed: CheckedFile,
) -> None:
    groups = [one.group for one in seed.rows]
    assert [groups.count(one) for one in Group] == [43, 46, 1]
    several = {one.row.row: len(one.readings) for one in seed.rows if len(one.readings) > 1}
    assert several == {8: 5, 12: 3, 13: 13, 15: 3, 32: 3, 36: 5, 37: 5, 69: 3, 100: 3}
    assert sum(len(one.readings) == 1 for one in seed.rows) == 37
    assert [one.row.row for one in seed.rows if one.group is Group.DOES_NOT_FIT] == [86]


def test_the_total_row_of_the_seed_is_found_sound(seed: CheckedFile) -> None:
    assert seed.total_findings == ()


def test_the_readings_taken_first_bring_every_column_of_the_seed_to_its_total(seed: CheckedFile) -> None:
    """Annual goal, quarters and all eighteen months: 25 columns, with the best of line 86's weaker readings."""
    taken = [
        values_in(one.row) if not one.findings else (one.readings or one.weaker)[0].values
        for one in seed.rows
    ]
    sums = {
        name: sum((one[name] or Decimal(0) for one in taken), Decimal(0))
        for name in values_in(seed.file.totals[0])
    }
    assert sums == values_in(seed.file.totals[0])
    assert [sums[name] for name in QUARTERS] == [1726, 1722, 1745, 1745, 1747, 1761]
    assert sums["annual"] == 7040


def test_line_86_has_a_short_list_of_readings_of_two_assumptions_those_of_the_total_first(
    seed: CheckedFile,
) -> None:
    one = by_row(seed)[86]
    assert one.readings == ()
    assert 0 < len(one.weaker) <= 8
    assert all(len(reading.assumptions) == 2 for reading in one.weaker)
    against = [bool(reading.against_total) for reading in one.weaker]
    assert against == sorted(against)
    assert not against[0]
    assert one.weaker[0].values["eq2"] == 25
    assert one.weaker[0].values["eq3"] == 27
    assert "ningún error por sí solo lo explica" in one.findings[0].text


def test_a_row_of_the_seed_says_what_happened_in_one_sentence(seed: CheckedFile) -> None:
    first = by_row(seed)[12].findings[0]
    assert first.rule == "cell_lost"
    assert first.text == (
        "Fila 12: falta un valor y los que siguen están corridos un lugar a la izquierda (3 lecturas posibles)."
    )
    assert (first.expected, first.found) == ("25 valores", "24 valores")
    assert first.candidates[0] == by_row(seed)[12].readings[0].words
    assert first.candidates[0].endswith("ejecutado 1 2 2 · 2 2 2 · 2 2 2 = 5 · 6 · 6")


def test_the_total_speaks_against_readings_that_move_what_was_programmed(seed: CheckedFile) -> None:
    best, *others = by_row(seed)[12].readings
    assert best.against_total is False
    assert all(one.against_total for one in others)


# --- a hundred planted damages ---

ROWS_DAMAGED = 84
KINDS = (
    "blank",
    "lost",
    "doubled",
    "pushed",
    "across",
    "sides",
    "quarters",
    "month",
    "quarter",
    "annual",
    "text",
    "moved",
)


def damaged(row: FileRow, kind: str, chance: random.Random) -> FileRow:
    """The row with one damage that changes its figures; months are 1 to 24, quarters from 25 on."""
    figures = figures_in(row)
    while True:
        changed = list(figures)
        if kind == "text":
            return unreadable(row, row.numbers[chance.randint(0, 32)].meaning)
        DAMAGE[kind](changed, chance)
        if changed != figures:
            return row_of(changed, [cell.meaning for cell in row.numbers], row.row, **dict(row.texts))


def _blank(row: Figures, chance: random.Random) -> None:
    row[chance.randint(0, 32)] = None


def _lost(row: Figures, chance: random.Random) -> None:
    at = chance.randint(1, 31)
    row[at:] = [*row[at + 1 :], None]


def _doubled(row: Figures, chance: random.Random) -> None:
    at = chance.randint(1, 31)
    row[at:] = [row[at], *row[at:-1]]


def _pushed(row: Figures, chance: random.Random) -> None:
    at = chance.randint(1, 31)
    row[at:] = [None, *row[at:-1]]


def _swap(row: Figures, one: int, other: int) -> None:
    row[one], row[other] = row[other], row[one]


def _across(row: Figures, chance: random.Random) -> None:
    first, second = chance.sample(range(4), 2)
    _swap(row, 1 + 3 * first + chance.randint(0, 2), 1 + 3 * second + chance.randint(0, 2))


def _sides(row: Figures, chance: random.Random) -> None:
    at = chance.randint(1, 12)
    _swap(row, at, at + 12)


def _quarters(row: Figures, chance: random.Random) -> None:
    _swap(row, *chance.sample(range(25, 33), 2))


def _wrong(first: int, last: int) -> Callable[[Figures, random.Random], None]:
    def change(row: Figures, chance: random.Random) -> None:
        at = chance.randint(first, last)
        row[at] = (row[at] or Decimal(0)) + chance.choice((1, 7, 10))

    return change


def _moved(row: Figures, chance: random.Random) -> None:
    row[:] = [*row[1:], None] if chance.random() < 0.5 else [None, *row[:-1]]


DAMAGE: dict[str, Callable[[Figures, random.Random], None]] = {
    "blank": _blank, "lost": _lost, "doubled": _doubled, "pushed": _pushed, "across": _across, "sides": _sides,
    "quarters": _quarters, "month": _wrong(1, 24), "quarter": _wrong(25, 32), "annual": _wrong(0, 0), "moved": _moved,
}  # fmt: skip


def test_a_clean_table_has_no_finding() -> None:
    for months in (9, 12):
        checked = check_file(generated_file(2024, months=months))
        assert checked.total_findings == ()
        assert [one for one in checked.rows if one.findings] == []


@pytest.mark.parametrize("seed", [5, 2024])
def test_a_hundred_planted_damages_are_found_each_in_its_place_and_nothing_else(seed: int) -> None:
    """84 rows damaged in twelve ways, 8 pairs of months exchanged within a quarter, 8 figures of rows of sums."""
    clean, chance = generated_file(seed), random.Random(seed)
    rows, totals = list(clean.rows), list(clean.totals)
    places = chance.sample(range(200), ROWS_DAMAGED)
    for order, place in enumerate(places):
        rows[place] = damaged(rows[place], KINDS[order % len(KINDS)], chance)
    exchanged = {}
    for unit in range(20, 28):
        exchanged[unit] = _exchange_within_a_quarter(rows, unit, chance)
    wrong = {}
    for total in [*chance.sample(range(20), 6), 28, 29]:
        at = chance.randint(0, 32)
        figures = figures_in(totals[total])
        figures[at] = (figures[at] or Decimal(0)) + 100
        meanings = [cell.meaning for cell in totals[total].numbers]
        totals[total] = row_of(figures, meanings, totals[total].row, **dict(totals[total].texts))
        wrong[totals[total].row] = meanings[at]

    checked = check_file(replace(clean, rows=tuple(rows), totals=tuple(totals)))

    with_findings = {place for place, one in enumerate(checked.rows) if one.findings}
    assert set(places) <= with_findings
    assert with_findings <= set(places) | {place for place, _ in exchanged.values()}
    for unit, (place, names) in exchanged.items():
        told = [
            one
            for one in checked.total_findings
            if one.row == totals[unit].row and one.rule == "cells_swapped"
        ]
        assert [set(one.meanings) for one in told] == [names]
        assert f"en la fila {rows[place].row} " in told[0].text or any(
            f"en la fila {rows[place].row}" in words for words in told[0].candidates
        )
    for row, meaning in wrong.items():
        assert any(one.row == row and meaning in one.meanings for one in checked.total_findings)
    sound = {one.row for one in totals[:-1]} - set(wrong) - {totals[unit].row for unit in exchanged}
    assert sound.isdisjoint({one.row for one in checked.total_findings})


@pytest.mark.parametrize("seed", [5, 2024])
def test_what_the_damaged_rows_were_is_among_their_readings(seed: int) -> None:
    clean, chance = generated_file(seed), random.Random(seed)
    rows = list(clean.rows)
    places = chance.sample(range(300), ROWS_DAMAGED)
    for order, place in enumerate(places):
        rows[place] = damaged(rows[place], KINDS[order % len(KINDS)], chance)
    checked = check_file(replace(clean, rows=tuple(rows)))
    first = 0
    for place in places:
        one, true = checked.rows[place], values_in(clean.rows[place])
        assert true in [dict(reading.values) for reading in (*one.readings, *one.weaker)], one.findings
        first += bool(one.readings) and dict(one.readings[0].values) == true
    assert first >= ROWS_DAMAGED * 9 // 10


def _exchange_within_a_quarter(rows: list[FileRow], unit: int, chance: random.Random) -> tuple[int, set[str]]:
    while True:
        place = unit * 10 + chance.randint(0, 9)
        first = 1 + 3 * chance.randint(0, 7)
        one, other = chance.sample(range(first, first + 3), 2)
        figures = figures_in(rows[place])
        if figures[one] != figures[other]:
            break
    _swap(figures, one, other)
    meanings = [cell.meaning for cell in rows[place].numbers]
    rows[place] = row_of(figures, meanings, rows[place].row, **dict(rows[place].texts))
    return place, {meanings[one], meanings[other]}


# --- what only the whole table tells ---


def small(months: int = 9, *, quarters: bool = True) -> list[FileRow]:
    names = meanings_of(months, quarters=quarters)
    return [
        row_of(
            figures_of([order + at for at in range(months)], [order + 1] * months, quarters=quarters),
            names,
            order,
        )
        for order in range(3, 8)
    ]


def changed(row: FileRow, meaning: str, value: int | None) -> FileRow:
    figures = [
        (None if value is None else Decimal(value)) if cell.meaning == meaning else cell.value
        for cell in row.numbers
    ]
    return row_of(figures, [cell.meaning for cell in row.numbers], row.row, **dict(row.texts))


def test_an_annual_goal_that_its_row_cannot_tell_is_taken_from_the_total() -> None:
    rows = small()
    total = total_of(rows, 9)
    rows[2] = changed(rows[2], "annual", 1)
    checked = check_file(file_of(rows, [total]))
    assert checked.rows[2].findings[0].rule == "annual_below"
    (reading,) = checked.rows[2].readings
    assert reading.values["annual"] == 81
    assert reading.assumptions == ("META ANUAL es 81, lo que falta para llegar al TOTAL",)


def test_without_a_total_the_annual_goal_is_only_a_weak_guess() -> None:
    rows = small()
    rows[2] = changed(rows[2], "annual", 1)
    checked = check_file(file_of(rows))
    assert checked.rows[2].readings == ()
    assert checked.rows[2].weaker[0].values["annual"] == 81


def test_two_months_exchanged_within_a_quarter_quarantine_the_only_row_that_explains_it() -> None:
    rows = small()
    figures = figures_in(changed(rows[1], "p05", 99))
    whole = changed(changed(rows[1], "p05", 99), "pq2", int(sum(figures[4:7], Decimal(0))))
    whole = changed(whole, "annual", 500)
    rows[1] = whole
    total = total_of(rows, 9)
    rows[1] = changed(changed(whole, "p05", int(whole.value("p06") or 0)), "p06", 99)
    checked = check_file(file_of(rows, [total]))
    one = checked.rows[1]
    assert one.findings[0].rule == "cells_swapped"
    assert [reading.against_total for reading in one.readings] == [False, True]
    assert dict(one.readings[0].values) == values_in(whole)
    assert "fila 4" in checked.total_findings[0].text


def test_several_rows_that_could_explain_an_exchange_are_named_and_left_alone() -> None:
    rows = small()
    total = total_of(rows, 9)
    rows[0] = changed(changed(rows[0], "p01", 4), "p02", 3)
    rows[1] = changed(changed(rows[1], "p01", 5), "p02", 4)
    checked = check_file(file_of(rows, [total]))
    assert [one.rule for one in checked.total_findings] == ["column_total", "column_total"]
    total = total_of([small()[0], *rows[1:]], 9)
    checked = check_file(file_of(rows, [total]))
    (finding,) = checked.total_findings
    assert finding.rule == "cells_swapped"
    assert "en una de las filas 3 y 4" in finding.text
    assert not any(one.findings for one in checked.rows)


def test_without_quarters_the_total_says_which_month_is_wrong() -> None:
    rows = small(12, quarters=False)
    total = total_of(rows, 9)
    rows[3] = changed(rows[3], "p07", 14)
    one = check_file(file_of(rows, [total])).rows[3]
    assert {reading.assumptions[0][:3] for reading in one.readings} >= {"ENE", "JUL", "DIC", "MET"}
    assert one.readings[0].assumptions == ("JUL programado es 12 y no 14",)
    assert one.readings[0].against_total is False


def test_an_activity_named_twice_is_found_in_its_second_row() -> None:
    rows = small()
    again = row_of(figures_in(rows[0]), meanings_of(9), 9, title=rows[0].text("title").lower())
    checked = check_file(file_of([*rows, again]))
    assert [one.group for one in checked.rows][-1] is Group.DOES_NOT_FIT
    assert (
        checked.rows[-1].findings[0].text
        == "Fila 9: la actividad ya está en la fila 3, con los mismos valores."
    )
    other = replace(again, texts={**again.texts, "code": "AOI00000000001"})
    assert not any(one.findings for one in check_file(file_of([*rows, other])).rows)


def test_columns_that_nobody_fills_and_zeros_left_blank_everywhere_are_a_habit() -> None:
    names = meanings_of(12)
    figures = [figures_of([0, 0, order, *[2] * 9], [1] * 9 + [0] * 3) for order in range(1, 8)]
    blank = [
        [
            None if value == 0 or name in ("eq4", "e10", "e11", "e12") else value
            for name, value in zip(names, one, strict=True)
        ]
        for one in figures
    ]
    rows = [row_of(one, names, number) for number, one in enumerate(blank, 3)]
    assert habits_of(rows).unused == {"eq4", "e10", "e11", "e12"}
    assert habits_of(rows).sparse == {"pq1", "annual"}
    checked = check_file(file_of(rows, [total_of(rows, 20)]))
    assert not any(one.findings for one in checked.rows)
    assert checked.total_findings == ()
    assert check_row(rows[0], checked.file.mapping)[0].rule == "cell_lost"


def test_an_empty_table_is_no_trouble() -> None:
    file = file_of(small())
    empty: PoiFile = replace(file, rows=(), totals=(total_of(file.rows, 9),))
    assert check_file(empty).rows == ()
