"""What the columns of a table of the POI mean: by their words, whatever their order, rows and spans."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.modules.poi.rules.column_mapping import (
    heads_key,
    map_columns,
    missing_meanings,
    same_heads,
    stages_in,
)
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, MONTH_NAMES
from sisfoh_desktop.modules.poi.rules.head_words import quarter_in, read_heading, year_in
from sisfoh_desktop.modules.poi.rules.import_words import place_words
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    TEXT_MEANINGS,
    Profile,
    month_meaning,
    quarter_meaning,
)

TEXTS = ["UNIDAD ORGÁNICA", "ACTIVIDAD OPERATIVA", "U.M."]
MEANT = ["unit_name", "title", "measure"]


def meanings(*lines: Sequence[str], quarter: int = 0) -> list[str]:
    return list(map_columns([list(line) for line in lines], quarter=quarter).meanings)


def test_the_head_of_the_seed_is_read_by_its_second_line_not_by_its_spans() -> None:
    """PROGRAMADO stands over 8 columns and covers 9."""
    upper = [
        *TEXTS,
        "META ANUAL",
        "PROGRAMADO",
        *[""] * 7,
        "EJECUTADO",
        *[""] * 7,
        "I TRIMESTRE",
        "",
        "II TRIMESTRE",
    ]
    lower = ["", "", "", "", *MONTH_CODES[:9], *MONTH_CODES[:9], "PROG", "EJEC", "PROG", "EJEC"]
    found = map_columns([upper, lower])
    assert found.profile is Profile.QUARTERS
    assert found.meanings == (
        *MEANT,
        ANNUAL,
        *[month_meaning(False, month) for month in range(1, 10)],
        *[month_meaning(True, month) for month in range(1, 10)],
        *["pq1", "eq1", "pq2", "eq2"],
    )


@pytest.mark.parametrize("reach", [-3, -1, 0, 1, 2])
def test_a_group_may_begin_too_early_or_too_late(reach: int) -> None:
    groups = [""] * 24
    groups[0], groups[12 + reach] = "PROGRAMADO", "EJECUTADO"
    found = meanings([*TEXTS, *groups], ["", "", "", *MONTH_CODES, *MONTH_CODES])
    assert found[3:15] == [month_meaning(False, month) for month in range(1, 13)]
    assert found[15:] == [month_meaning(True, month) for month in range(1, 13)]


@pytest.mark.parametrize(
    "september", ["SET", "SEP", "SETIEMBRE", "SEPTIEMBRE", "Set.", "Sept-19", " septiembre "]
)
def test_september_has_many_names(september: str) -> None:
    assert meanings(["", "", "", "PROGRAMADO", ""], [*TEXTS, "AGO", september])[3:] == ["p08", "p09"]


def test_three_lines_and_soles_before_units() -> None:
    found = map_columns(
        [
            [*TEXTS, "META FINANCIERA", "", "", "", "META FÍSICA", "", "", ""],
            ["", "", "", "PROGRAMADO", "", "EJECUTADO", "", "PROGRAMADO", "", "EJECUTADO", ""],
            ["", "", "", *["ENE", "FEB"] * 4],
        ]
    )
    assert found.profile is Profile.QUARTERS
    assert found.meanings[3:] == ("mp01", "mp02", "me01", "me02", "p01", "p02", "e01", "e02")


def test_a_title_split_over_two_lines() -> None:
    assert meanings(["UNIDAD", "ACTIVIDAD", "UNIDAD DE", "META"], ["ORGÁNICA", "POI", "MEDIDA", "ANUAL"]) == [
        *MEANT,
        ANNUAL,
    ]


def test_quarters_without_months_and_months_with_both_sides() -> None:
    assert meanings([*TEXTS, "PROG I TRIM", "EJEC I TRIM", "PROG. IV TRIMESTRE"])[3:] == ["pq1", "eq1", "pq4"]
    assert meanings([*TEXTS, "ENERO", "", "FEBRERO", ""], ["", "", "", "P", "E", "P", "E"])[3:] == [
        "p01", "e01", "p02", "e02",
    ]  # fmt: skip


def test_one_quarter_per_document_takes_it_from_the_title() -> None:
    lines = [*TEXTS, "META ANUAL", "PROGRAMADO", "EJECUTADO"]
    assert meanings(lines, quarter=3)[4:] == ["pq3", "eq3"]
    assert meanings(lines)[4:] == ["", ""]


def test_months_and_their_quarters_in_one_run() -> None:
    run = ["ENE", "FEB", "MAR", "I TRIM", "ABR", "MAY", "JUN", "II TRIM"]
    found = meanings(["", "", "", "PROGRAMADO", *[""] * 7, "EJECUTADO"], [*TEXTS, *run, *run])
    assert found[3:] == [
        "p01", "p02", "p03", "pq1", "p04", "p05", "p06", "pq2",
        "e01", "e02", "e03", "eq1", "e04", "e05", "e06", "eq2",
    ]  # fmt: skip


def test_what_nobody_told_is_asked_and_never_taken_for_known() -> None:
    for heads in (
        [*TEXTS, "ENE", "FEB"],  # programmed or executed?
        [*TEXTS, "META ANUAL", "Zona de intervención"],
        [*TEXTS, "META ANUAL", "Tarea principal", "PROG ENE"],
        ["Área usuaria del servicio", "Actividad", "U.M.", "META"],
    ):
        assert map_columns([heads]).profile is Profile.GENERIC, heads
    assert missing_meanings(map_columns([["Nombre", "Cantidad"]])) == ("title",)
    assert missing_meanings(map_columns([TEXTS])) == (ANNUAL,)


def test_rates_sums_and_numbers_of_order_are_not_taken() -> None:
    found = map_columns([["N°", *TEXTS, "META ANUAL", "PROG ENE", "% AVANCE", "I SEMESTRE", "Observaciones"]])
    assert found.meanings == ("", *MEANT, ANNUAL, "p01", "", "", "")
    assert found.profile is Profile.QUARTERS


def test_a_sum_is_the_annual_goal_only_where_the_whole_year_is_there() -> None:
    upper = ["", "", "", "PROGRAMADO"]
    assert meanings(upper, [*TEXTS, *MONTH_CODES, "TOTAL"])[-1] == ANNUAL
    assert meanings(upper, [*TEXTS, *MONTH_CODES[:9], "TOTAL"])[-1] == ""
    assert meanings(["", "", "", "", *upper[3:]], [*TEXTS, "META ANUAL", *MONTH_CODES, "TOTAL"])[-1] == ""


def test_what_comes_up_to_a_quarter_is_not_that_quarter() -> None:
    found = map_columns([[*TEXTS, "META ANUAL", "PROG I TRIM", "EJECUTADO AL III TRIMESTRE"]])
    assert found.meanings[4:] == ("pq1", "")
    assert found.profile is Profile.GENERIC
    over_months = ["", "", "", "PROGRAMADO AL II TRIMESTRE", *[""] * 5, "EJECUTADO AL II TRIMESTRE"]
    assert meanings(over_months, [*TEXTS, *MONTH_CODES[:6], *MONTH_CODES[:6]])[3:] == [
        *[month_meaning(False, month) for month in range(1, 7)],
        *[month_meaning(True, month) for month in range(1, 7)],
    ]


def test_two_columns_that_say_the_same_are_asked() -> None:
    found = map_columns([[*TEXTS, "META ANUAL", "META ANUAL"]])
    assert found.meanings[3:] == (ANNUAL, "")
    assert found.profile is Profile.GENERIC


def test_the_words_that_the_program_itself_writes_are_known() -> None:
    """A workbook exported with the labels of the screen comes back with the same columns."""
    for meaning, label in TEXT_MEANINGS.items():
        word = read_heading(label)
        assert word is not None, label
        assert word.text == meaning, label
    figures = [ANNUAL, ANNUAL_MONEY]
    for executed in (False, True):
        for money in (False, True):
            figures += [month_meaning(executed, month, money=money) for month in range(1, 13)]
            figures += [quarter_meaning(executed, quarter, money=money) for quarter in range(1, 5)]
    heads = [*TEXT_MEANINGS.values(), *map(place_words, figures)]
    assert map_columns([heads]).meanings == (*TEXT_MEANINGS, *figures)


def test_the_export_of_ceplan_takes_the_last_block_that_is_filled() -> None:
    blocks = [f"F({block}) {month:02d}" for block in ("A", "CS", "RE1", "RE2", "SE") for month in (1, 9)]
    heads = ["Actividad Operativa ID", "Actividad Operativa", "Unidad Medida", "CENTRO  DE COSTO", *blocks]
    found = map_columns([heads])
    assert (found.profile, found.stage) == (Profile.CEPLAN, "RE")
    assert found.meanings == ("code", "title", "measure", "unit_name", *[""] * 6, "p01", "p09", "e01", "e09")
    assert stages_in(found.heads) == ("A", "CS", "RE")
    assert map_columns([heads], stage="A").meanings[4:8] == ("p01", "p09", "", "")
    filled = map_columns([heads], filled={1, 2, 3, 5, 7, 8, 13})
    assert filled.stage == "CS"
    assert filled.meanings[6:8] == ("p01", "p09")


def test_ceplan_in_two_lines_and_with_names_of_months() -> None:
    found = map_columns(
        [
            ["Actividad Operativa", "F(CS)", "", "", "Fn(CS)", "", "F(SE)"],
            ["", "AGO", "SET", "Total", "AGO", "SET ", "SET"],
        ]
    )
    assert found.meanings == ("title", "p08", "p09", ANNUAL, "mp08", "mp09", "e09")


def test_ceplan_codes_beside_names_and_the_kind_of_goal() -> None:
    found = map_columns([["CC Responsable", "Centro Costo ID", "CENTRO  DE COSTO", "PRODUCTO ID", "PRODUCTO ", "Tipo",
                          "Actividad Operativa", "F(A) 01"]])  # fmt: skip
    assert found.meanings == (
        "unit_name", "centro_costo", "centro_costo", "product", "product", "goal_kind", "title", "p01",
    )  # fmt: skip


def test_heads_are_the_same_whatever_their_case_accents_and_blanks() -> None:
    one = ("Unidad Orgánica", "ACTIVIDAD", "Meta  anual")
    other = ("UNIDAD ORGANICA ", "Actividad", "META ANUAL", "")
    assert same_heads(one, other)
    assert heads_key(one) == heads_key(other)
    assert len(heads_key(one)) == 64
    assert not same_heads(one, ("ACTIVIDAD", "Unidad Orgánica", "Meta anual"))


@pytest.mark.parametrize(
    ("text", "quarter", "year"),
    [
        ("PLAN OPERATIVO INSTITUCIONAL 2019 - EJECUCIÓN AL III TRIMESTRE", 3, 2019),
        ("POI 2024, 2do trimestre", 2, 2024),
        ("Evaluación: cuarto trimestre", 4, 0),
        ("T1 2025", 1, 2025),
        ("Gerencia de Tránsito", 0, 0),
    ],
)
def test_year_and_quarter_of_a_title(text: str, quarter: int, year: int) -> None:
    assert (quarter_in(text), year_in(text)) == (quarter, year)


@given(st.permutations(range(12)), st.booleans())
def test_the_order_of_columns_is_free(order: list[int], executed: bool) -> None:
    side = "Ejecutado" if executed else "Programado"
    heads = [f"{side} {MONTH_NAMES[month]}" for month in order]
    found = map_columns([[*heads, *TEXTS]])
    assert list(found.meanings) == [*[month_meaning(executed, month + 1) for month in order], *MEANT]
    assert found.profile is Profile.QUARTERS


@given(st.text(max_size=90))
def test_any_heading_is_read_or_not_known(text: str) -> None:
    word = read_heading(text)
    assert word is None or word.ignored or word.text or word.of_figures
