"""The kardex of a metropolitan office (1 000 000 forms, 200 000 movements) against itself in a small one.

Both are of one shape and in SQLite files. Tracing is measured against the bare look-up of one row, receiving against
the same rows by `executemany` of the standard library; a year in one go is in `kardex_bulk`.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from measuring import Line, Measure, in_turn, line, median, timed
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1]))  # the offices made up for the tests

import kardex_bulk
from kardex_metropolitan import Metropolis, make_metropolitan
from kardex_season import AFTERWARDS, CLERK

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import MovementKind, NewMovement
from sisfoh_desktop.modules.kardex.service import moving, reading

SMALL = {"forms": 20_000, "movements": 9_500, "surveyors": 28}
KEYS = ("a", "ac", "acta", "acta 0", "lluvia", "prueba 00", "01712", "no hay tal")
_RECEIVED = 100_000
_IN_A_ROW = 10
_FORM_TABLE = """
CREATE TABLE kardex_form (
    form_type_id INTEGER NOT NULL, number BIGINT NOT NULL, holder_id INTEGER NOT NULL, condition VARCHAR(12) NOT NULL,
    line_id INTEGER NOT NULL, PRIMARY KEY (form_type_id, number)
) WITHOUT ROWID;
CREATE INDEX ix ON kardex_form (form_type_id, holder_id, condition, number);
"""


def measure(rounds: int) -> list[Line]:
    """Open, filter, trace, hand out and receive; each against its measure of the table of budgets."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "grande.db", Path(folder) / "chica.db"
        big_db, small_db = Database.create(large), Database.create(small)
        big, few = make_metropolitan(big_db), make_metropolitan(small_db, **SMALL)
        opened = in_turn(rounds * 3, _opening(big_db, big), _opening(small_db, few))
        typed = in_turn(rounds, _typing(big_db, big), _typing(small_db, few))
        traced = in_turn(rounds * 3, _tracing(big_db, big), _looking_up(big_db, big))
        handed = in_turn(rounds * 3, _handing_out(big_db, big), _handing_out(small_db, few))
        received = in_turn(rounds, _receiving(big_db, big), _bare_rows(Path(folder) / "par.db"))
        big_db.close()
        small_db.close()
    worst = max(KEYS, key=lambda key: median(typed[0], key) / median(typed[1], key))
    office, itself = "kardex de 1 000 000 fichas y 200 000 movimientos:", "lo mismo en una oficina pequeña"
    return [
        line(opened, f"{office} existencias y primera página", itself, 2),
        line(typed, f"{office} la tecla menos favorable («{worst}»)", itself, 8, worst),
        line(traced, f"{office} rastrear un número", "SELECT por clave", 3),
        line(handed, f"{office} entregar 100 fichas", itself, 1.5),
        line(received, f"{office} recibir {_RECEIVED} fichas", "executemany de sqlite3, sin revisar nada", 5),
        *kardex_bulk.measure(rounds),
    ]


def _opening(db: Database, office: Metropolis) -> Measure:
    """What the page asks for when it is opened."""

    def show() -> None:
        reading.stock(db, office.campaign)
        reading.register_page(db, campaign_id=office.campaign)

    return timed(show, 3)


def _typing(db: Database, office: Metropolis) -> Measure:
    """The page that each text of the filter brings."""

    def measure() -> Mapping[str, float]:
        laps = {}
        for key in KEYS:
            start = time.perf_counter()
            reading.register_page(db, campaign_id=office.campaign, text=key)
            laps[key] = (time.perf_counter() - start) * 1000
        return laps

    return measure


def _numbers(office: Metropolis) -> "count[int]":
    return count(4517, 7919)


def _tracing(db: Database, office: Metropolis) -> Measure:
    numbers = _numbers(office)

    def trace() -> None:
        number = next(numbers) % office.handed_out + 1
        assert reading.trace(db, campaign_id=office.campaign, text=f"{number:07d}")

    return timed(trace, _IN_A_ROW)


def _looking_up(db: Database, office: Metropolis) -> Measure:
    """The row of one form, in a reading of its own."""
    numbers = _numbers(office)
    query = text(
        "SELECT holder_id, condition FROM kardex_form WHERE form_type_id = :type AND number = :number"
    )

    def look_up() -> None:
        number = next(numbers) % office.handed_out + 1
        with db.reading() as session:
            assert session.execute(query, {"type": office.fsu, "number": number}).one()

    return timed(look_up, _IN_A_ROW)


def _handing_out(db: Database, office: Metropolis) -> Measure:
    """100 forms from the store to one person; they go back uncounted, so that every round finds the same."""
    forms, person = FormRanges.single(office.forms - 99, office.forms), office.surveyors[0]

    def move(kind: MovementKind, source: int, target: int) -> None:
        movement = NewMovement(kind, office.fsu, AFTERWARDS.date(), source, target, forms)
        moving.register_movement(db, actor=CLERK, now=AFTERWARDS, movement=movement)

    def measure() -> Mapping[str, float]:
        start = time.perf_counter()
        move(MovementKind.HAND_OUT, office.store, person)
        taken = (time.perf_counter() - start) * 1000
        move(MovementKind.RETURN, person, office.store)
        return {"ms": taken}

    return measure


def _receiving(db: Database, office: Metropolis) -> Measure:
    """The next 100 000 numbers, each time others."""
    firsts = count(office.forms + 1, _RECEIVED)

    def receive() -> None:
        first = next(firsts)
        forms = FormRanges.single(first, first + _RECEIVED - 1)
        kind, day = MovementKind.RECEPTION, AFTERWARDS.date()
        movement = NewMovement(
            kind, office.fsu, day, office.rector, office.store, forms, document="Acta N° 2"
        )
        moving.register_movement(db, actor=CLERK, now=AFTERWARDS, movement=movement)

    return timed(receive)


def _bare_rows(path: Path) -> Measure:
    """The same rows into a table of the same form, in one durable transaction."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + _FORM_TABLE)
    firsts = count(1_000_001, _RECEIVED)

    def insert() -> None:
        first = next(firsts)
        rows = [(1, number, 1, "en_blanco", 1) for number in range(first, first + _RECEIVED)]
        with connection:
            connection.executemany("INSERT INTO kardex_form VALUES (?, ?, ?, ?, ?)", rows)

    return timed(insert)
