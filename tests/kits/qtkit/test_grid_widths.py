"""Widths of a grid's columns: where room is short the texts give way together, and only then is there a scroll bar."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.qtkit.grid_model import GridColumn, GridRow
from sisfoh_desktop.qtkit.grid_paint import GridInk, read_whole
from sisfoh_desktop.qtkit.grid_table import Grid

COLUMNS = [
    GridColumn("Unidad", lambda row: row.fact, stretch=True, width=130, narrowest=70),
    GridColumn("Actividad", lambda row: row.fact, stretch=True, width=220, narrowest=120),
    GridColumn("Meta", lambda _row: "12", align="right", width=80),
    GridColumn("Estado", lambda row: row.fact, stretch=True, width=150, narrowest=140),
]


@pytest.fixture
def grid(qtbot) -> Grid:
    made = Grid(COLUMNS)
    made.set_rows([GridRow(1, "Visitar hogares")])
    qtbot.addWidget(made)
    made.show()
    return made


def fitted(grid: Grid, wide: int) -> list[int]:
    grid.resize(wide + grid.width() - grid.view.viewport().width(), 300)
    QApplication.processEvents()
    assert grid.view.viewport().width() == wide
    return [grid.view.columnWidth(number) for number in range(len(COLUMNS))]


@pytest.mark.parametrize("wide", [412, 420, 500, 579, 580])
def test_columns_fit_while_the_narrowest_do(grid, wide) -> None:
    widths = fitted(grid, wide)
    assert sum(widths) <= wide
    assert not grid.view.horizontalScrollBar().maximum()
    assert all(given >= column.narrowest for given, column in zip(widths, COLUMNS, strict=True))


def test_below_that_the_view_scrolls_and_none_is_cut_further(grid) -> None:
    assert fitted(grid, 380) == [70, 120, 80, 140]
    assert grid.view.horizontalScrollBar().maximum() == 30


def test_no_title_is_cut(grid) -> None:
    grid.set_columns([replace(COLUMNS[0], title="Unidad orgánica responsable"), *COLUMNS[1:]])
    fitted(grid, 380)
    assert grid.view.columnWidth(0) >= grid.view.grid_header.title_width(0)


def test_what_is_left_over_goes_to_the_texts(grid) -> None:
    assert fitted(grid, 880) == [230, 320, 80, 250]


def test_a_text_that_does_not_fit_is_seen_in_its_short_form_and_copied_whole(qapp) -> None:
    name = "Unidad Local de Empadronamiento"
    column = GridColumn("Unidad", lambda row: row.fact, short=lambda row: "ULE" if row.fact == name else "")
    ink = GridInk()
    ink.use_font(qapp.font())

    def seen(text: str, wide: int) -> str:
        return read_whole(column, GridRow(1, text), text, wide, ink)

    assert seen(name, 80) == "ULE"
    assert seen(name, 800) == name
    assert seen("Otra unidad con un nombre largo", 80) == "Otra unidad con un nombre largo"
    assert column.plain(GridRow(1, name)) == name
