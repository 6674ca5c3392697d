"""A table of the POI of a whole region: read, checked row by row, imported, one row settled, against bare peers.

Reading stands against openpyxl going over the same cells in its read-only mode, the fastest it has, doing nothing with
them; importing against the same rows alone by `executemany` of sqlite3, into the same tables with their indexes.
"""

import io
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
from measuring import Line, Measure, in_turn, line, timed

sys.path.insert(0, str(Path(__file__).parents[1]))  # the plans made up for the tests

from poi_books import Damage, book_of, bytes_of, plant, quarters_grid, read_poi_file
from poi_region import region_year

import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules: the metadata must be whole
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.detective import check_file
from sisfoh_desktop.modules.poi.service import importing, quarantine
from sisfoh_desktop.modules.poi.sheet.importing import find_table
from sisfoh_desktop.sheets.reading import read_workbook

_ACTIVITIES, _FEW = 20_000, 200
_DAMAGED = 2_000
_KINDS = ("lost", "blank", "shifted", "swapped", "changed", "text", "annual")
_EXTRA = ("code", "goal_kind", "direction")
_TABLES = ("poi_activity", "poi_programme", "poi_execution")
_MOST_ROUNDS = 5
"""A round takes some ten seconds, nearly all of them the peer's."""
_WHO = {"actor": Actor("prueba", "ULE"), "now": datetime(2026, 10, 5, 10, tzinfo=LIMA)}


def measure(rounds: int) -> list[Line]:
    """The third quarter of 20 000 activities, 32 columns, as .xlsx."""
    rounds = min(rounds, _MOST_ROUNDS)
    data = book_of(region_year(_ACTIVITIES), extra=_EXTRA)
    return [*_read(rounds, data), _damaged(rounds), *_imported(rounds, data)]


# -- reading and checking ------------------------------------------------------------------------------------


def _read(rounds: int, data: bytes) -> list[Line]:
    workbook = read_workbook(data, "region.xlsx")
    if len(find_table(workbook).rows) != _ACTIVITIES:
        raise ValueError("the table was not read whole")
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


def _damaged(rounds: int) -> Line:
    grid = quarters_grid(region_year(_ACTIVITIES), extra=_EXTRA)
    sound = read_poi_file(bytes_of([grid]), "region.xlsx")
    chance = random.Random(2026)
    for row in chance.sample(range(_ACTIVITIES), _DAMAGED):
        _plant(grid, row, chance)
    broken = read_poi_file(bytes_of([grid]), "region.xlsx")
    found = sum(bool(one.findings) for one in check_file(broken).rows)
    if found < _DAMAGED * 0.9:  # a blank that takes the place of a blank is no damage
        raise ValueError(f"{found} rows were found damaged")
    done = in_turn(rounds, timed(lambda: check_file(broken)), timed(lambda: check_file(sound)))
    return line(done, f"POI: revisar la tabla con {_DAMAGED} daños plantados", "revisar la tabla sana", 5)


def _plant(grid: Any, row: int, chance: random.Random) -> None:
    while True:
        try:
            plant(grid, Damage(row, chance.choice(_KINDS), chance.randrange(24)))
        except ValueError:  # nothing differs to be exchanged
            continue
        return


# -- importing and settling ----------------------------------------------------------------------------------


def _imported(rounds: int, data: bytes) -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        bases = _Bases(Path(folder), data)
        done = in_turn(rounds, bases.importing(), bases.bare_rows())
        small = _Bases(Path(folder), book_of(region_year(_FEW, seed=4), extra=_EXTRA))
        with bases.opened() as large, small.opened() as few:
            settled = in_turn(rounds, _settling(large), _settling(few))
    what = f"POI: importar {_ACTIVITIES} actividades ya revisadas"
    return [
        line(done, what, "executemany de sqlite3 de las mismas filas, sin revisar nada", 5),
        line(
            settled,
            "POI: resolver una fila de la cuarentena",
            f"la misma orden en un POI de {_FEW} actividades",
            8,
        ),
    ]


class _Bases:
    """Bases for one file each: an empty one, copied for every round, and one that has it imported."""

    _names = count(1)

    def __init__(self, folder: Path, data: bytes) -> None:
        self._folder, self._data = folder, data
        self._empty = self._path()
        db = Database.create(self._empty)
        self._plan = importing.check_file(db, year=2026, file_name="region.xlsx", data=data, now=_WHO["now"])
        db.close()
        self._full = self._copy()
        self._import(self._full)
        with sqlite3.connect(self._full) as connection:
            self._rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}

    def importing(self) -> Measure:
        def measure() -> Mapping[str, float]:
            return {"ms": self._import(self._copy())}

        return measure

    def bare_rows(self) -> Measure:
        """The plan, its version and its units of measure are there; what is written are the rows of the file."""
        base = self._path()
        shutil.copyfile(self._full, base)
        with sqlite3.connect(base) as connection:
            for name in ("poi_quarantine", *reversed(_TABLES)):
                connection.execute(f"DELETE FROM {name}")

        def measure() -> Mapping[str, float]:
            path = self._path()
            shutil.copyfile(base, path)
            connection = sqlite3.connect(path)
            connection.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            )
            start = time.perf_counter()
            with connection:
                for name, rows in self._rows.items():
                    marks = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
            taken = (time.perf_counter() - start) * 1000
            connection.close()
            path.unlink()
            return {"ms": taken}

        return measure

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The base that has the file imported."""
        db = Database.open(self._full)
        try:
            yield db
        finally:
            db.close()

    def _import(self, path: Path) -> float:
        """Import what was reviewed; milliseconds."""
        db = Database.open(path)
        start = time.perf_counter()
        importing.import_file(
            db, **_WHO, year=2026, file_name="region.xlsx", data=self._data, expected=self._plan
        )
        taken = (time.perf_counter() - start) * 1000
        db.close()
        return taken

    def _copy(self) -> Path:
        path = self._path()
        shutil.copyfile(self._empty, path)
        return path

    def _path(self) -> Path:
        return self._folder / f"base{next(self._names)}.db"


def _settling(db: Database) -> Measure:
    """Each round settles the next row that waits."""
    waiting = iter([one for one in quarantine.list_quarantine(db, 1) if one.readings])

    def settle() -> Mapping[str, float]:
        one = next(waiting)
        start = time.perf_counter()
        quarantine.settle(db, **_WHO, line_id=one.id, reading=one.readings[0], expected_version=one.version)
        return {"ms": (time.perf_counter() - start) * 1000}

    return settle
