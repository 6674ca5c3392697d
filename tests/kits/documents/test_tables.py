"""Ruled tables: heads repeat, rows stay whole where they fit, giant rows are cut cleanly, sums are carried over."""

import itertools
import re

import pytest
from reportlab.platypus import Spacer

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.tables import Cell, Column, Labelled, ruled_table
from sisfoh_desktop.documents.text import paragraph

MM = 72 / 25.4
SENTENCE = "Elaborar y proponer el plan de trabajo considerando los recursos asignados. "
ENDLESS = "SUPERCALIFRAGILISTICO" * 40


def _columns() -> list[Column]:
    return [
        Column("N°", width_mm=12, align="center"),
        Column("FUNCIONES"),
        Column("MONTO", 30, align="right"),
    ]


def test_a_long_table_keeps_every_row_once_and_in_order(build, words) -> None:
    rows = [[str(number), f"fila <{number}> & más", f"S/ {number}.00"] for number in range(1200)]
    built = build([ruled_table(_columns(), rows)])
    pages = words(built.pdf)
    assert len(pages) > 20
    assert all("N° FUNCIONES MONTO" in page for page in pages)
    found = [int(number) for page in pages for number in re.findall(r"fila <(\d+)> & más", page)]
    assert found == list(range(1200))


def test_the_head_may_stand_only_once(build, words) -> None:
    rows = [[str(number), "x", "1"] for number in range(120)]
    pages = words(build([ruled_table(_columns(), rows, repeat_head=False)]).pdf)
    assert [page.count("FUNCIONES") for page in pages] == [1] + [0] * (len(pages) - 1)


def test_rows_that_fit_on_a_page_are_not_cut(build, words) -> None:
    rows = [
        [str(number), [f"[{number} abre] {SENTENCE * 9}", f"{SENTENCE * 4} [{number} cierra]"], ""]
        for number in range(25)
    ]
    for page in words(build([ruled_table(_columns(), rows)]).pdf):
        assert re.findall(r"\[(\d+) abre\]", page) == re.findall(r"\[(\d+) cierra\]", page)


def test_a_row_taller_than_a_page_is_cut_between_lines(build, words, letters) -> None:
    duties = [Labelled(f"{number}.", f"<{number}> {SENTENCE * 2}") for number in range(200)]
    built = build([ruled_table([Column("N°", 12), Column("UNIDAD", share=1), Column("F", share=3)],
                               [["01", "GERENCIA", duties], ["02", "FIN", "última"]])])  # fmt: skip
    pages = words(built.pdf)
    found = [int(number) for page in pages for number in re.findall(r"<(\d+)>", page)]
    assert found == list(range(200))
    assert "última" in pages[-1]
    assert all("N° UNIDAD F" in page for page in pages)
    body = [each for each in letters(built.pdf) if each[4] > 25 * MM]
    assert min(bottom for _, _, _, bottom, _, _ in body) > 9 * MM


def test_tall_rows_may_cross_pages_when_asked(build, words) -> None:
    rows = [[str(number), [f"[{number}] {SENTENCE * 3}" for _ in range(9)], ""] for number in range(6)]
    whole = build([ruled_table(_columns(), rows)]).pages
    crossing = build([ruled_table(_columns(), rows, break_rows_over_mm=60)])
    assert crossing.pages < whole
    assert sum(len(re.findall(r"\[\d\]", page)) for page in words(crossing.pdf)) == 54


def test_a_row_is_not_broken_just_because_the_page_is_nearly_full(build, words) -> None:
    story = [paragraph("relleno", "left") for _ in range(30)]
    rows = [["1", [f"abre {SENTENCE * 6}", f"{SENTENCE * 2} cierra"], ""]]
    pages = words(build([*story, ruled_table(_columns(), rows)]).pdf)
    assert ["abre" in page for page in pages] == ["cierra" in page for page in pages]


def test_rows_over_the_head_and_totals_span_columns(build, words) -> None:
    table = ruled_table(
        [Column("ACTIVIDAD"), Column("RUBRO"), Column("PRESUPUESTO", align="right")],
        [["5006414 EMPADRONAMIENTO", "00", "S/ 312 656.00"]],
        above_head=[[Cell("PROGRAMA", bold=True), Cell("9002 ASIGNACIONES", span=2)]],
        foot=[[Cell("PRESUPUESTO TOTAL", span=2, bold=True), Cell("S/ 312 656.00", bold=True)]],
    )
    page = words(build([table]).pdf)[0]
    assert (
        "PROGRAMA 9002 ASIGNACIONES ACTIVIDAD RUBRO PRESUPUESTO 5006414 EMPADRONAMIENTO 00 S/ 312 656.00 "
        "PRESUPUESTO TOTAL S/ 312 656.00" in page
    )


@pytest.mark.parametrize("rows", range(36, 46))
def test_totals_never_stand_alone_on_a_page(build, words, rows: int) -> None:
    table = ruled_table(
        _columns(), [[str(n), f"fila {n}", "1"] for n in range(rows)], foot=[[Cell("TOTAL", span=2), "99"]]
    )
    last = words(build([table]).pdf)[-1]
    assert "TOTAL 99" in last
    assert f"fila {rows - 1}" in last


def test_sums_are_carried_over_pages(build, words) -> None:
    amounts = list(range(1, 121))
    table = ruled_table(
        [Column("DOCUMENTO"), Column("MONTO", align="right")],
        [[f"doc {amount}", str(amount)] for amount in amounts],
        foot=[["TOTAL", str(sum(amounts))]],
        carry=lambda word, rows: [Cell(word, bold=True), Cell(str(sum(amounts[:rows])), bold=True)],
    )
    pages = words(build([table]).pdf)
    assert len(pages) > 2
    for page, following in itertools.pairwise(pages):
        carried = re.search(r"VAN (\d+)", page)
        brought = re.search(r"VIENEN (\d+)", following)
        shown = [int(number) for number in re.findall(r"doc (\d+)", page)]
        assert carried
        assert brought
        assert carried[1] == brought[1] == str(sum(amounts[: shown[-1]]))
    assert "VIENEN" not in pages[0]
    assert "VAN" not in pages[-1]


@pytest.mark.parametrize("filler", range(0, 60, 3))
def test_a_title_is_never_parted_from_the_first_row_of_a_carried_table(build, words, filler: int) -> None:
    table = ruled_table(
        [Column("DOCUMENTO"), Column("MONTO", align="right")],
        [[f"doc {number}", "1"] for number in range(4)],
        foot=[["TOTAL", "4"]],
        carry=lambda word, rows: [Cell(word, bold=True), str(rows)],
    )
    story = [Spacer(1, 590 + filler), paragraph("Almacén central", "heading"), table]
    for page in words(build(story).pdf):
        assert ("Almacén central" in page) == ("doc 0" in page)


def test_figures_end_at_the_right_edge_of_their_column(build, letters) -> None:
    found = letters(build([ruled_table(_columns(), [["1", "x", "7777"], ["2", "y", "7"]])], legend="").pdf)
    edges = {}
    for _, sign, _, bottom, right, _ in found:
        if sign == "7" and bottom > 100:
            edges[round(bottom)] = max(edges.get(round(bottom), 0), right)
    assert len(edges) == 2
    assert max(edges.values()) - min(edges.values()) < 0.5
    assert max(edges.values()) <= 190 * MM


@pytest.mark.parametrize(
    "columns",
    [
        [Column("A", 2), Column("BCDEFGHIJKLM", 4), Column("X", 200)],
        [Column(ENDLESS[:90]), Column("B"), Column("C", 20)],
        [Column("A", 300), Column("B", 300), Column("C")],
    ],
)
def test_words_too_long_for_a_column_wrap_within_the_page(build, letters, columns: list[Column]) -> None:
    found = letters(
        build([ruled_table(columns, [[ENDLESS, SENTENCE, "S/ 999 999 999 999.99"]])], legend="").pdf
    )
    assert all(left >= 24 * MM and right <= 190 * MM + 1 for _, _, left, _, right, _ in found)
    assert sum(1 for each in found if each[1] == "P") >= 40


def test_an_empty_table_shows_its_head(build, words) -> None:
    assert "N° FUNCIONES MONTO" in words(build([ruled_table(_columns(), [])]).pdf)[0]


def test_line_ends_in_a_cell_are_kept(build, words, letters) -> None:
    found = letters(build([ruled_table([Column("A")], [["zz\nzz"]])], legend="").pdf)
    assert len({round(bottom) for _, sign, _, bottom, _, _ in found if sign == "z"}) == 2


@pytest.mark.parametrize("row", [["1", "2"], ["1", "2", "3", "4"], [Cell("x", span=2)]])
def test_a_row_that_does_not_fill_the_columns_is_a_mistake_of_the_program(build, row: list) -> None:
    with pytest.raises(ValueError, match="columns"):
        build([ruled_table(_columns(), [row])])


def test_a_head_taller_than_a_page_is_refused_with_a_sentence(build) -> None:
    with pytest.raises(RuleError) as refusal:
        build([ruled_table([Column("TÍTULO " * 3000, 20), Column("B")], [["1", "2"]])])
    assert refusal.value.code == "paper_does_not_fit"


def test_narrow_columns_asked_for_leave_room_for_the_text():
    from reportlab.lib.units import mm

    from sisfoh_desktop.documents.table_flow import _widths

    columns = (Column("ACTIVIDAD", share=1), *(Column(str(week), width_mm=4.4) for week in range(22)))
    widths = _widths(columns, 153 * mm)
    assert widths[0] >= 40 * mm
    assert sum(widths) <= 153 * mm + 0.01


def test_a_row_named_again_is_cut_between_its_entries(build, words) -> None:
    duties = [Labelled(f"{number}.", f"<{number}> {SENTENCE * 3} fin{number}") for number in range(60)]
    rows = [["01", "CORTA", "x"], ["02", "LARGA", duties], ["03", "ÚLTIMA", ["y"]]]
    columns = [Column("N°", 12), Column("UNIDAD", 40), Column("F")]
    table = ruled_table(columns, rows, break_rows_over_mm=60, named_again={0: "", 1: " (sigue)"})
    pages = words(build([table]).pdf)
    assert len(pages) > 2
    assert "(sigue)" not in pages[0]
    assert all("02 LARGA (sigue)" in page for page in pages[1:])
    assert not any("(sigue) (sigue)" in page for page in pages)
    for number in range(60):
        assert sum(f"<{number}>" in page and f"fin{number}" in page for page in pages) == 1, number


def test_a_row_named_again_cuts_inside_an_entry_only_when_no_page_holds_it(build, words) -> None:
    giant = "\n".join(f"renglón {number}" for number in range(200))
    table = ruled_table([Column("N°", 12), Column("F")], [["01", [giant]]], named_again={0: ""})
    text = " ".join(words(build([table]).pdf))
    assert [int(number) for number in re.findall(r"renglón (\d+)", text)] == list(range(200))
