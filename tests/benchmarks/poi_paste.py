"""Pasting 500 × 12 cells of the clipboard into the grid, checked and undone by one key, against writing them plainly.

The peer puts the same texts as numbers into the model's own rows and tells the view once: no check, no undo.
"""

import time
from collections.abc import Mapping
from decimal import Decimal

from measuring import Line, Measure, in_turn, line
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.cell_blocks import parse_block
from sisfoh_desktop.qtkit.grid_model import QUANTITY, GridColumn, GridRow
from sisfoh_desktop.qtkit.grid_paste import plan_paste
from sisfoh_desktop.qtkit.grid_table import Grid

_ROWS, _MONTHS = 500, 12
_PLAN = 2_000  # activities of the plan that is pasted into


def measure(rounds: int) -> list[Line]:
    """Every round pastes other numbers, so that each of the 6 000 cells changes."""
    app = QApplication.instance() or QApplication([])
    grid = _grid()
    app.processEvents()
    recorded = in_turn(rounds, _pasting(grid), _writing(grid))
    grid.close()
    what = f"poi: pegar {_ROWS} × {_MONTHS} celdas, revisadas y con un deshacer"
    return [line(recorded, what, "escribirlas en los datos del modelo", 3)]


def _grid() -> Grid:
    columns = [GridColumn("Actividad", lambda row: row.fact, stretch=True)]
    columns += [GridColumn(str(month), slot=month, kind=QUANTITY) for month in range(_MONTHS)]
    grid = Grid(columns, frozen=1)
    grid.set_rows(GridRow(number, f"Actividad {number}", [None] * _MONTHS) for number in range(_PLAN))
    grid.resize(900, 600)
    grid.show()
    grid.view.select_cell(0, 1)
    return grid


def _text(turn: int) -> str:
    return "".join(
        "\t".join(str(row * 31 + month + turn) for month in range(_MONTHS)) + "\r\n" for row in range(_ROWS)
    )


def _pasting(grid: Grid) -> Measure:
    turns = iter(range(1, 1_000_000, 2))

    def paste() -> Mapping[str, float]:
        text = _text(next(turns))
        grid.view.select_cell(0, 1)
        start = time.perf_counter()
        grid.apply_paste(plan_paste(grid.model, parse_block(text), (0, 1, 0, 1)))
        return {"ms": (time.perf_counter() - start) * 1000}

    return paste


def _writing(grid: Grid) -> Measure:
    turns = iter(range(2, 1_000_000, 2))

    def write() -> Mapping[str, float]:
        text, model = _text(next(turns)), grid.model
        start = time.perf_counter()
        for number, written in enumerate(text.splitlines()):
            values = model.row(number).values
            for slot, cell in enumerate(written.split("\t")):
                values[slot] = Decimal(cell)
        model.dataChanged.emit(model.index(0, 0), model.index(_ROWS - 1, _MONTHS))
        return {"ms": (time.perf_counter() - start) * 1000}

    return write
