"""How a table of the POI is found in a file and read: heads, titles, sums, merged cells, figures that are none."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from poi_books import (
    FORMATS,
    book_of,
    bytes_of,
    merge_units,
    quarter_figures,
    quarters_grid,
    read_poi_file,
    sheet_of,
    workbook_of,
)
from poi_seed import SEED, seed_year

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, IGNORED, FileRow, PoiFile, Profile
from sisfoh_desktop.modules.poi.sheet.importing import (
    find_table,
    propose_mapping,
)

HEAD = ("UNIDAD ORGÁNICA", "ACTIVIDAD", "U.M.", "META ANUAL", "PROG ENE", "PROG FEB", "EJEC ENE", "EJEC FEB")
MEANT = (ANNUAL, "p01", "p02", "e01", "e02")


def read(rows: Sequence[Sequence[Any]], **options: Any) -> PoiFile:
    return find_table(workbook_of(sheet_of(rows, **options)))


def line(title: str = "Visitar", unit: str | None = "Área de campo", *figures: Any) -> list[Any]:
    return [unit, title, "ACCIONES", *(figures or (24, 2, 2, 2, 1))]


def figures(row: FileRow) -> list[Decimal | None]:
    return [one.value for one in row.numbers]


# --- the seed's file ---


def test_the_table_of_2019_has_90_rows_one_total_and_its_heads_dropped() -> None:
    data = SEED.read_bytes()
    found = read_poi_file(data, "POI 2019.txt")
    assert (len(found.rows), len(found.totals), len(found.rejected), found.dropped) == (90, 1, 0, 6)
    assert (found.year, found.mapping.profile) == (2019, Profile.QUARTERS)
    assert found.title.startswith("PLAN OPERATIVO INSTITUCIONAL 2019")
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    total = found.totals[0]
    assert (total.row, total.text("unit_name"), total.value(ANNUAL)) == (109, "TOTAL", Decimal(7040))
    assert total.value("eq3") == Decimal(1761)


def test_every_line_of_2019_keeps_its_25_figures_in_order_with_the_blank_at_the_end() -> None:
    found = read_poi_file(SEED.read_bytes(), "poi.txt")
    assert {len(row.numbers) for row in found.rows} == {25}
    assert sum(row.numbers[-1].blank for row in found.rows) == 47
    assert sum(cell.blank for row in found.rows for cell in row.numbers) == 47
    irreconcilable = next(row for row in found.rows if row.row == 86)
    assert [int(one) for one in figures(irreconcilable) if one is not None] == [
        111, 10, 9, 8, 8, 9, 8, 8, 10, 9, 10, 9, 8, 8, 8, 10, 9, 9, 27, 27, 25, 25, 27, 27,
    ]  # fmt: skip
    assert found.rows[0].texts == {
        "unit_name": "JEFATURA SAT",
        "category": "GESTIÓN ADMINISTRATIVA",
        "title": "DIRIGIR, CONTROLAR Y SUPERVISAR EL CORRECTO FUNCIONAMIENTO DE LA ENTIDAD",
        "measure": "ACCIONES",
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_every_kind_of_file_gives_the_same_table(kind: str) -> None:
    year = seed_year()
    found = read_poi_file(book_of(year, kind=kind, page=40, thousands=","), f"poi.{kind}")
    assert (len(found.rows), len(found.totals), len(found.rejected), found.dropped) == (90, 1, 0, 6)
    for row, one in zip(found.rows, year.activities, strict=True):
        assert row.text("title") == one.activity.title
        assert figures(row) == quarter_figures(one, 3)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_units_of_a_real_file_cover_their_rows(kind: str) -> None:
    year = seed_year()
    grid = quarters_grid(year)
    merge_units(grid)
    found = read_poi_file(bytes_of([grid], kind), "poi")
    assert [row.text("unit_name") for row in found.rows] == [
        one.activity.unit_name for one in year.activities
    ]


def test_an_ods_does_not_tell_its_merged_cells_and_the_person_is_told() -> None:
    grid = quarters_grid(seed_year())
    merge_units(grid)
    found = read_poi_file(bytes_of([grid], "ods"), "poi.ods")
    assert any(not row.text("unit_name") for row in found.rows)
    assert any("Guárdelo como .xlsx" in note for note in found.notes)


# --- heads and titles ---


def test_titles_above_give_year_and_quarter_and_the_head_may_stand_anywhere() -> None:
    rows: list[list[Any]] = [
        ["MUNICIPALIDAD"],
        ["POI 2024"],
        ["Evaluación al II Trimestre"],
        [None],
        ["S/"],
        [],
        [],
    ]
    found = read(
        [
            *rows,
            ["N°", "Unidad", "Actividad", "UM", "Meta anual", "PROG", "EJEC"],
            [1, "Área", "Visitar", "VISITA", 20, 5, 4],
        ]
    )
    assert found.year == 2024
    assert [one.meaning for one in found.rows[0].numbers] == [ANNUAL, "pq2", "eq2"]
    assert figures(found.rows[0]) == [20, 5, 4]


def test_repeated_heads_titles_and_pages_are_dropped_and_counted() -> None:
    title = ["POI 2024 - I TRIMESTRE"]
    found = read(
        [
            title,
            HEAD,
            line(),
            ["Página 1 de 2"],
            title,
            [None],
            HEAD,
            line("Empadronar"),
            ["VIENEN", None, None, 24],
        ]
    )
    assert [row.row for row in found.rows] == [3, 8]
    assert found.dropped == 4
    assert not found.rejected


def test_columns_that_move_on_the_next_page_are_read_by_their_titles() -> None:
    moved = (None, *HEAD)
    found = read([HEAD, line(), moved, [None, *line("Empadronar", "Área", 12, 1, 1, 1, 1)]])
    assert figures(found.rows[1]) == [12, 1, 1, 1, 1]
    assert any("desde la fila 3" in note for note in found.notes)


def test_rows_under_other_columns_are_rejected_never_read_as_the_first_ones() -> None:
    other = ("UNIDAD ORGÁNICA", "ACTIVIDAD", "U.M.", "META ANUAL", "PROG MAR", "EJEC MAR")
    found = read([HEAD, line(), other, ["Área", "Empadronar", "HOGAR", 12, 1, 1]])
    assert len(found.rows) == 1
    assert [one.row for one in found.rejected] == [4]
    assert "otras columnas" in found.rejected[0].text


def test_dates_as_heads_are_months() -> None:
    found = read(
        [
            ["", "", "", "PROGRAMADO", None],
            ["UNIDAD", "ACTIVIDAD", "UM", date(2024, 1, 1), date(2024, 2, 1)],
            ["Á", "V", "X", 3, 4],
        ]
    )
    assert [one.meaning for one in found.rows[0].numbers] == ["p01", "p02"]


def test_numbers_as_heads_are_months_under_a_side() -> None:
    upper = ["UNIDAD", "ACTIVIDAD", "UM", "PROGRAMADO", *[None] * 11]
    found = read([upper, [None, None, None, *range(1, 13)], ["Á", "V", "X", *range(1, 13)]])
    assert figures(found.rows[0]) == list(range(1, 13))


def test_a_file_without_such_a_table_says_what_is_needed() -> None:
    with pytest.raises(RuleError) as raised:
        read([["DNI", "Nombre"], ["01234567", "PEÑA"]])
    assert raised.value.code == "poi_head_missing"
    assert propose_mapping(workbook_of(sheet_of([["DNI", "Nombre"], ["x", "y"]]))) is None
    with pytest.raises(FileFailed):
        read_poi_file(b"PK\x03\x04nothing", "poi.xlsx")


# --- sums, sections and what is no row ---


def test_sums_of_all_and_of_units_are_kept_apart() -> None:
    found = read(
        [
            HEAD,
            line(),
            ["SUBTOTAL Área de campo", None, None, 24, 2, 2, 2, 1],
            line("Archivar", "Archivo"),
            [None, "Sub total", None, 24, 2, 2, 2, 1],
            ["TOTAL GENERAL", None, None, "48", 4, 4, 4, 2],
        ]
    )
    assert [row.row for row in found.rows] == [2, 4]
    assert [total.row for total in found.totals] == [3, 5, 6]
    assert found.totals[1].text("title") == "Sub total"


def test_an_activity_whose_name_begins_as_a_sum_is_an_activity() -> None:
    found = read(
        [
            HEAD,
            line("TOTALIZAR LAS FICHAS"),
            line("TOTAL DE ATENCIONES EN CAMPO", None),
            line("Vanguardia", None),
        ]
    )
    assert (len(found.rows), len(found.totals)) == (3, 0)


def test_a_sum_without_a_word_is_told_by_its_figures() -> None:
    found = read([HEAD, line(), line("Archivar"), [None, None, None, 48, 4, 4, 4, 2]])
    assert [total.row for total in found.totals] == [4]
    lost = read([HEAD, line(), line("Archivar"), [None, None, None, 47, 4, 4, 4, 2]])
    assert not lost.totals
    assert lost.rows[-1].texts == {}


def test_stray_texts_are_rejected_with_their_words() -> None:
    found = read([HEAD, line(), ["Fuente: oficina de planeamiento"], [None, None, "Firma", None]])
    assert [one.row for one in found.rejected] == [3, 4]
    assert (
        found.rejected[0].text
        == "La fila 3 no es una actividad ni un total: «Fuente: oficina de planeamiento»."
    )


def test_an_activity_without_any_figure_is_a_row() -> None:
    found = read([HEAD, line(), ["Área", "Empadronar", "HOGAR"]])
    assert len(found.rows) == 2
    assert all(cell.blank for cell in found.rows[1].numbers)
    assert len(found.rows[1].numbers) == 5


def test_figures_past_the_last_column_stay_with_the_row_and_are_told() -> None:
    found = read([HEAD, line("Visitar", "Área", None, 24, 2, 2, 2, 1)])
    assert [(one.meaning, one.value) for one in found.rows[0].numbers][-2:] == [("e02", 2), (IGNORED, 1)]
    assert any("columna I" in note and "no tiene título" in note for note in found.notes)


# --- units ---


def test_a_blank_unit_is_filled_by_its_merged_cell_and_by_nothing_else() -> None:
    rows = [HEAD, line("a", "Área"), line("b", None), line("c", None), line("d", "Archivo")]
    assert [row.text("unit_name") for row in read(rows, merged=[(2, 1, 3, 1)]).rows] == [
        "Área",
        "Área",
        "",
        "Archivo",
    ]
    assert [row.text("unit_name") for row in read(rows).rows] == ["Área", "", "", "Archivo"]


def test_merged_figures_count_for_their_first_row_only() -> None:
    rows = [HEAD, line("a"), line("b", "Área", None, 1, 1, 1, 1)]
    assert figures(read(rows, merged=[(2, 4, 3, 4)]).rows[1])[0] is None


def test_one_sheet_per_unit_takes_the_unit_from_its_title_or_its_name() -> None:
    head = HEAD[1:]
    found = find_table(
        workbook_of(
            sheet_of([["UNIDAD ORGÁNICA: Área de  campo"], head, line()[1:]], name="Hoja1"),
            sheet_of([head, line("Archivar")[1:]], name="Archivo central"),
            sheet_of([["nada"]], name="Notas"),
        )
    )
    assert [row.text("unit_name") for row in found.rows] == ["Área de campo", "Archivo central"]
    assert [row.sheet for row in found.rows] == ["Hoja1", "Archivo central"]
    assert any("Notas" in note for note in found.notes)
    assert any("nombre de la hoja" in note for note in found.notes)


def test_units_as_section_rows() -> None:
    found = read([HEAD[1:], ["ÁREA DE CAMPO"], line()[1:], ["Órgano: ARCHIVO"], line("Archivar")[1:]])
    assert [row.text("unit_name") for row in found.rows] == ["ÁREA DE CAMPO", "ARCHIVO"]


def test_a_sheet_with_other_columns_is_told_and_not_mixed_in() -> None:
    other = ("UNIDAD ORGÁNICA", "ACTIVIDAD", "U.M.", "META ANUAL", "PROG MAR", "EJEC MAR")
    found = find_table(
        workbook_of(
            sheet_of([HEAD, line()], name="I"), sheet_of([other, ["a", "b", "c", 1, 1, 1]], name="II")
        )
    )
    assert len(found.rows) == 1
    assert any("«II» tiene otras columnas" in note for note in found.notes)


# --- texts, and cells that are no figure ---


def test_a_truth_value_is_not_the_one_of_the_row_above() -> None:
    found = read([HEAD, line("a", "Área", 1, 1, 1, 1, 1), line("b", "Área", True, 1, 1, 1, 1)])
    assert found.rows[0].numbers[0].value == 1
    assert found.rows[1].numbers[0].fault


def test_texts_lose_apostrophes_and_double_blanks_only() -> None:
    row = read([HEAD, ["'Área  de\u00a0campo ", "Visitar\nhogares  ", " ACCIONES", 1, 1, 1, 1, 1]]).rows[0]
    assert row.texts == {"unit_name": "Área de campo", "title": "Visitar hogares", "measure": "ACCIONES"}


def test_a_code_inside_the_text_of_the_activity() -> None:
    found = read(
        [
            HEAD,
            line("AOI00102800718 - Visitar hogares"),
            line("Archivar (AOI00102800719)"),
            line("AOI sin número"),
        ]
    )
    assert [(row.text("code"), row.text("title")) for row in found.rows] == [
        ("AOI00102800718", "Visitar hogares"),
        ("AOI00102800719", "Archivar"),
        ("", "AOI sin número"),
    ]
    assert any("2 códigos" in note for note in found.notes)


def test_an_ubigeo_that_lost_its_zero_gets_it_back_and_one_that_lost_more_is_left_blank() -> None:
    head = (*HEAD, "UBIGEO")
    found = read([head, [*line(), 70101], [*line("b"), "230101"], [*line("c"), 701], [*line("d"), "'070101"]])
    assert [row.text("ubigeo") for row in found.rows] == ["070101", "230101", "", "070101"]
    assert any("perdieron ceros a la izquierda: 1" in note for note in found.notes)
    assert any("fila 4" in note for note in found.notes)


def test_a_repeated_activity_without_soles_stays_on_its_own_row() -> None:
    """Only money comes on several rows of one activity; a unit of measure is none."""
    head = ["CÓDIGO", *HEAD]
    rows = [
        ["AOI00000000001", *line()],
        ["AOI00000000001", *line("Visitar", "Área de campo", 30, 3, 3, 3, 3)],
    ]
    found = read([head, *rows])
    assert [row.value(ANNUAL) for row in found.rows] == [24, 30]


def test_figures_that_are_equal_are_one_cell_and_each_row_keeps_its_own_texts() -> None:
    found = read([list(HEAD), line("Visitar"), line("Empadronar")])
    first, second = found.rows
    assert all(one is other for one, other in zip(first.numbers, second.numbers, strict=True))
    assert (first.text("title"), second.text("title")) == ("Visitar", "Empadronar")
