"""A table of the POI of a whole region, read and checked row by row, against openpyxl reading the same cells.

Ours has the safe reading in a process of its own, the meaning of the columns, every figure as Decimal and every sum of
every row; the peer goes over the values in its read-only mode, the fastest it has, and does nothing with them.
"""

import io
import sys
from pathlib import Path

import openpyxl
from measuring import Line, in_turn, line, timed

sys.path.insert(0, str(Path(__file__).parents[1]))  # the plans made up for the tests

from poi_books import book_of, read_poi_file
from poi_region import region_year

from sisfoh_desktop.modules.poi.rules.detective import check_file
from sisfoh_desktop.modules.poi.sheet.importing import find_table
from sisfoh_desktop.sheets.reading import read_workbook

_ACTIVITIES = 20_000
_EXTRA = ("code", "goal_kind", "direction")
_MOST_ROUNDS = 5
"""A round takes some ten seconds, nearly all of them the peer's."""


def measure(rounds: int) -> list[Line]:
    """The third quarter of 20 000 activities, 32 columns, as .xlsx."""
    data = book_of(region_year(_ACTIVITIES), extra=_EXTRA)
    workbook = read_workbook(data, "region.xlsx")
    if len(find_table(workbook).rows) != _ACTIVITIES:
        raise ValueError("the table was not read whole")
    rounds = min(rounds, _MOST_ROUNDS)
    done = in_turn(
        rounds,
        timed(lambda: check_file(read_poi_file(data, "region.xlsx"))),
        timed(lambda: _peer(data)),
    )
    table = in_turn(
        rounds, timed(lambda: find_table(workbook)), timed(lambda: read_workbook(data, "region.xlsx"))
    )
    what = f"POI: leer y revisar {_ACTIVITIES} actividades de un .xlsx"
    return [
        line(done, what, "openpyxl read-only, solo recorrer las celdas", 0.25),
        line(table, "POI: de las celdas a las filas de la tabla", "la lectura segura de esas celdas", 0.5),
    ]


def _peer(data: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
