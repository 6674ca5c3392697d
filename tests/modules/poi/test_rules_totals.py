"""Rows of sums: which rows each adds up, what it contradicts, what it says of itself."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from poi_rows import figures_in, figures_of, generated_file, meanings_of, row_of, total_of, unreadable

from sisfoh_desktop.modules.poi.rules.importing import FileRow, NumberCell
from sisfoh_desktop.modules.poi.rules.row_checks import values_of
from sisfoh_desktop.modules.poi.rules.total_scopes import Options, scopes_of
from sisfoh_desktop.modules.poi.rules.totals import check_totals

NINE = meanings_of(9)


def rows_of(count: int = 6) -> list[FileRow]:
    return [
        row_of(
            figures_of([number + at for at in range(9)], [number] * 9), NINE, number + 3,
            unit_name=f"UNIDAD {'AB'[number % 2]}", measure="INFORMES" if number < 2 else "ACCIONES",
        )
        for number in range(count)
    ]  # fmt: skip


def with_figure(row: FileRow, meaning: str, value: int | None) -> FileRow:
    figures = figures_in(row)
    figures[NINE.index(meaning)] = None if value is None else Decimal(value)
    return row_of(figures, NINE, row.row, **dict(row.texts))


def members(rows: Sequence[FileRow], totals: Sequence[FileRow]) -> list[tuple[int, ...]]:
    options = Options({place: (values_of(row),) for place, row in enumerate(rows)})
    return [scope.members for scope in scopes_of(rows, totals, options)]


def test_a_right_total_has_no_finding() -> None:
    rows = rows_of()
    assert check_totals(rows, [total_of(rows, 9)]) == ()
    assert check_totals([], [total_of(rows, 9)]) == ()


def test_a_total_adds_up_all_rows_those_above_it_those_of_its_unit_or_of_its_measure() -> None:
    rows = rows_of()
    units = [total_of(rows[place::2], 20 + place, f"TOTAL UNIDAD {'AB'[place]}") for place in (0, 1)]
    measure = total_of(rows[:2], 22, "SUBTOTAL DE INFORMES")
    assert members(rows, [*units, measure, total_of(rows, 23)]) == [
        (0, 2, 4),
        (1, 3, 5),
        (0, 1),
        tuple(range(6)),
    ]
    clean = generated_file(1, units=4, each=3)
    assert members(clean.rows, clean.totals) == [
        (0, 1, 2),
        (3, 4, 5),
        (6, 7, 8),
        (9, 10, 11),
        tuple(range(12)),
    ]


def test_a_wrong_total_says_what_the_rows_add_up_to() -> None:
    rows = rows_of()
    column, quarter = check_totals(rows, [with_figure(total_of(rows, 9), "eq2", 46)])[::-1]
    assert (column.rule, column.expected, column.found, column.meanings) == (
        "column_total",
        "45",
        "46",
        ("eq2",),
    )
    assert column.text == "TOTAL de la fila 9: II TRIM ejecutado dice 46 y sus 6 filas suman 45."
    assert quarter.rule == "total_quarter"
    assert quarter.text == "TOTAL de la fila 9: sus propios valores suman 45 y el II TRIM ejecutado dice 46."


def test_a_total_of_the_year_below_what_is_programmed_is_wrong_by_itself() -> None:
    rows = rows_of()
    found = check_totals(rows, [with_figure(total_of(rows, 9), "annual", 100)])
    assert {one.rule for one in found} == {"total_annual", "column_total"}


def test_a_total_that_is_blank_or_unreadable_among_others_is_told() -> None:
    rows = rows_of()
    (blank,) = check_totals(rows, [with_figure(total_of(rows, 9), "p04", None)])[-1:]
    assert blank.text == "TOTAL de la fila 9: ABR programado está en blanco y 6 de sus 6 filas tienen valor."
    found = check_totals(rows, [unreadable(total_of(rows, 9), "annual")])
    assert found[0].rule == "cell_unreadable"


def test_a_total_that_only_gives_quarters_is_no_trouble() -> None:
    rows = rows_of()
    total = total_of(rows, 9)
    figures = [value if "q" in name else None for name, value in zip(NINE, figures_in(total), strict=True)]
    assert check_totals(rows, [row_of(figures, NINE, 9, unit_name="TOTAL")]) == ()


def test_a_total_of_another_table_is_one_finding_and_no_evidence() -> None:
    rows = rows_of()
    figures = [None if value is None else value + 3 for value in figures_in(total_of(rows, 9))]
    found = [
        one
        for one in check_totals(rows, [row_of(figures, NINE, 9, unit_name="TOTAL")])
        if one.rule == "column_total"
    ]
    (one,) = found
    assert "no se toma como prueba" in one.text


def test_a_row_in_doubt_leaves_a_column_open_between_its_readings() -> None:
    rows = rows_of()
    total = total_of(rows, 9)
    high = list(values_of(rows[0]))
    high[1] = Decimal(4)
    readings = {place: (values_of(row),) for place, row in enumerate(rows)}
    open_row = Options({**readings, 0: (values_of(rows[0]), tuple(high))})
    assert check_totals(rows, [total], open_row) == ()
    found = check_totals(rows, [with_figure(total, "p01", 500)], open_row)
    assert "sus 6 filas suman entre 15 y 19" in found[-1].text
    blind = Options(readings, {0: frozenset({1})})
    assert [one.rule for one in check_totals(rows, [with_figure(total, "p01", 500)], blind)] == [
        "total_quarter",
        "total_annual",
    ]


def test_levels_do_not_add_up_through_the_months_of_a_total() -> None:
    levels = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    rows = [
        row_of(figures_of(levels, levels, stock=True), NINE, number, goal_kind="Acumulado")
        for number in range(3, 6)
    ]
    assert check_totals(rows, [total_of(rows, 9)]) == ()


def test_a_wrong_column_names_the_rows_that_are_blank_in_it() -> None:
    rows = rows_of()
    total = total_of(rows, 9)
    rows[4] = with_figure(rows[4], "p01", None)
    (one,) = [one for one in check_totals(rows, [total]) if one.rule == "column_total"]
    assert one.candidates == ("La fila 7 está en blanco en esa columna",)


def test_a_figure_past_the_last_column_is_in_no_sum() -> None:
    """A row that moved to the right as a whole shows one there; the sums of the table go on without it."""
    rows = rows_of()
    total = total_of(rows, 9)
    past = NumberCell("", "5", Decimal(5))
    moved = [*rows[:-1], replace(rows[-1], numbers=(*rows[-1].numbers, past))]
    assert check_totals(moved, [total]) == ()


def test_rows_alike_count_as_often_as_they_stand() -> None:
    """Their figures are added once, times the rows that have them."""
    row = rows_of(1)[0]
    alike = [replace(row, row=number) for number in range(3, 9)]
    total = total_of(alike, 9)
    assert check_totals(alike, [total]) == ()
    (column, *_) = check_totals(alike, [with_figure(total, "annual", 1)])[-1:]
    assert column.expected == str(6 * int(row.value("annual") or 0))
