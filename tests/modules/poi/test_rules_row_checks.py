"""What adds up within a row: each check alone, in tables with and without quarters, of levels, in soles."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poi_rows import figures_of, mapping_of, meanings_of, row_of, unreadable

from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import FileRow, Finding
from sisfoh_desktop.modules.poi.rules.row_checks import check_row

NINE = meanings_of(9)
YEAR = meanings_of(12)
MONTHS = st.lists(st.integers(0, 60), min_size=12, max_size=12)


def sound(meanings: Sequence[str] = NINE, **changes: int | None) -> FileRow:
    """Five programmed and four executed each month, with some figures changed."""
    months = sum(one[0] == "p" and one[1:].isdigit() for one in meanings)
    figures = figures_of([5] * months, [4] * months, quarters="pq1" in meanings)
    for meaning, value in changes.items():
        figures[meanings.index(meaning)] = None if value is None else Decimal(value)
    return row_of(figures, meanings)


def found_in(row: FileRow) -> tuple[Finding, ...]:
    return check_row(row, mapping_of([cell.meaning for cell in row.numbers]))


@pytest.mark.parametrize(
    ("meanings", "changes", "rule", "text", "expected", "found"),
    [
        (NINE, {"p02": 7}, "quarter_sum",
         "Fila 7: los meses de lo programado suman 17 y el I TRIM programado dice 15.", "17", "15"),
        (NINE, {"eq3": 21}, "quarter_sum",
         "Fila 7: los meses de lo ejecutado suman 12 y el III TRIM ejecutado dice 21.", "12", "21"),
        (NINE, {"annual": 40}, "annual_below",
         "Fila 7: los meses de lo programado suman 45 y la META ANUAL dice 40.", "45 o más", "40"),
        (NINE, {"annual": None}, "cell_lost",
         "Fila 7: la META ANUAL está en blanco y los meses de lo programado suman 45.", "45", "en blanco"),
        (NINE, {"eq1": None}, "cell_lost",
         "Fila 7: el I TRIM ejecutado está en blanco y los meses de lo ejecutado suman 12.", "12", "en blanco"),
        (NINE, {"p05": None}, "cell_lost",
         "Fila 7: MAY programado está en blanco: el II TRIM programado dice 15 y lo demás llega a 10.", "15", "10"),
        (YEAR, {"annual": 61}, "annual_sum",
         "Fila 7: los meses de lo programado suman 60 y la META ANUAL dice 61.", "60", "61"),
        (meanings_of(12, quarters=False), {"p12": 1005}, "annual_sum",
         "Fila 7: los meses de lo programado suman 1\u00a0060 y la META ANUAL dice 60.", "1\u00a0060", "60"),
    ],
)  # fmt: skip
def test_each_check_says_what_was_expected_and_what_was_found(
    meanings: Sequence[str], changes: dict[str, int | None], rule: str, text: str, expected: str, found: str
) -> None:
    first = found_in(sound(meanings, **changes))[0]
    assert (first.rule, first.text, first.expected, first.found) == (rule, text, expected, found)
    assert set(changes) <= set(first.meanings)


def test_sound_rows_of_every_layout_have_no_finding() -> None:
    for months in (3, 6, 9, 12):
        for quarters in (True, False):
            assert found_in(sound(meanings_of(months, quarters=quarters))) == ()


@given(MONTHS, MONTHS, st.integers(0, 5))
def test_whatever_adds_up_has_no_finding_in_units_nor_in_soles(
    programmed: list[int], executed: list[int], more: int
) -> None:
    units = figures_of(programmed[:9], executed[:9], more=more)
    soles = [None if one is None else one * Decimal("10.25") for one in units]
    row = row_of([*units, *soles], meanings_of(9, money=True))
    assert found_in(row) == ()


def test_soles_have_their_own_words() -> None:
    figures = figures_of([5] * 9, [4] * 9)
    wrong = [*figures, *figures]
    names = meanings_of(9, money=True)
    wrong[names.index("meq2")] = Decimal("12.50")
    (one,) = found_in(row_of(wrong, names))
    assert one.text == (
        "Fila 7: los meses de lo ejecutado en soles suman 12 y el II TRIM ejecutado en soles dice 12.5."
    )


def test_a_month_that_is_blank_is_told_though_the_quarter_is_right_without_it() -> None:
    (one,) = found_in(sound(p01=None, pq1=10))
    assert (
        one.text
        == "Fila 7: ENE programado está en blanco: el I TRIM programado dice 10 y lo demás llega a 10."
    )


def test_a_quarter_under_way_may_be_blank_and_one_that_has_not_begun_too() -> None:
    assert found_in(sound(e09=None, eq3=None)) == ()
    assert found_in(sound(e07=None, e08=None, e09=None, eq3=None)) == ()


@pytest.mark.parametrize("text", ["Acumulado", "SI", "acumulada"])
def test_levels_are_not_added(text: str) -> None:
    levels = [1, 2, 4, 4, 5, 6, 8, 9, 9, 10, 11, 12]
    row = row_of(figures_of(levels, levels, stock=True), YEAR, goal_kind=text)
    assert found_in(row) == ()
    assert found_in(row_of(figures_of(levels, levels, stock=True), YEAR))
    fell = figures_of([1, 2, 4, 3, *levels[4:]], levels, stock=True)
    (one,) = found_in(row_of(fell, YEAR, goal_kind=text))
    assert (one.rule, one.expected, one.found) == ("stock_falls", "4 o más", "3")
    assert found_in(row_of(fell, YEAR, goal_kind=text, direction="Menos es mejor")) == ()
    wrong = figures_of(levels, levels, stock=True)
    wrong[YEAR.index("pq2")] = Decimal(15)
    assert found_in(row_of(wrong, YEAR, goal_kind=text))[0].text == (
        "Fila 7: el último nivel programado es 6 y el II TRIM programado dice 15."
    )


def test_a_cell_that_is_no_figure_and_one_below_zero_are_told() -> None:
    one, _ = found_in(unreadable(sound(), "p03"))
    assert one.rule == "cell_unreadable"
    assert one.text == "Fila 7: MAR programado no se puede leer («s/d»): «s/d» no es un número."
    negative = found_in(sound(p03=-5, pq1=5))[0]
    assert "no puede ser negativo" in negative.text


def test_an_activity_without_its_name_is_told() -> None:
    row = row_of(figures_of([5] * 9, [4] * 9), NINE, title=" ", unit_name="")
    assert [one.text for one in found_in(row)] == [
        "Fila 7: falta el nombre de la actividad.",
        "Fila 7: falta la unidad orgánica.",
    ]


def test_names_of_places_and_figures() -> None:
    assert place_words("mp09") == "SEP programado en soles"
    assert place_words("meq4") == "IV TRIM ejecutado en soles"
    assert place_words("annual_money") == "META ANUAL en soles"
    assert shown_figure(Decimal("1234.50")) == "1\u00a0234.5"
    assert shown_figure(None) == "en blanco"
