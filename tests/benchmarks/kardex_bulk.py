"""A year of the kardex in one go, every check included, against its rows alone by `executemany` of sqlite3.

The peer writes the same rows into a copy of the same base, with its indexes; it checks nothing and has them ready.
"""

import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, cycle
from pathlib import Path

from kardex_metropolitan import Metropolis, make_metropolitan
from kardex_season import AFTERWARDS, CLERK
from measuring import Line, Measure, in_turn, line

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import MovementKind, NewMovement
from sisfoh_desktop.modules.kardex.service import moving

_HOUSEHOLDS = 16_391
_OFFICE = {"movements": 9_500, "surveyors": 28}


def measure(rounds: int) -> list[Line]:
    """One form handed out for each household, to one person after another; every round takes the next numbers."""
    with tempfile.TemporaryDirectory() as folder:
        path, peer = Path(folder) / "oficina.db", Path(folder) / "par.db"
        db = Database.create(path)
        office = make_metropolitan(db, forms=20_000 + _HOUSEHOLDS * (rounds + 1), **_OFFICE)
        db.close()
        shutil.copyfile(path, peer)
        db = Database.open(path)
        recorded = in_turn(rounds, _recording(db, office), _bare_rows(peer, office))
        db.close()
    what = f"kardex: registrar {_HOUSEHOLDS} movimientos de una vez, revisados"
    return [line(recorded, what, "executemany de sqlite3 de las mismas filas, sin revisar nada", 5)]


def _handed_out(office: Metropolis, first: int) -> Iterator[tuple[int, int]]:
    """Each number from `first` on, and who gets it."""
    return zip(range(first, first + _HOUSEHOLDS), cycle(office.surveyors), strict=False)


def _firsts(office: Metropolis) -> Iterator[int]:
    return count(office.handed_out + 1, _HOUSEHOLDS)


def _recording(db: Database, office: Metropolis) -> Measure:
    firsts, day, kind = _firsts(office), AFTERWARDS.date(), MovementKind.HAND_OUT

    def record() -> Mapping[str, float]:
        movements = [
            NewMovement(kind, office.fsu, day, office.store, person, FormRanges.single(number, number))
            for number, person in _handed_out(office, next(firsts))
        ]
        start = time.perf_counter()
        with db.transaction() as session:
            moving.register_in_bulk(session, actor=CLERK, now=AFTERWARDS, movements=movements)
        return {"ms": (time.perf_counter() - start) * 1000}

    return record


def _bare_rows(path: Path, office: Metropolis) -> Measure:
    """Movements, lines, the forms brought up to date and the balances, in one durable transaction."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    firsts, first_ids = _firsts(office), count(office.movements + 1, _HOUSEHOLDS)
    day, moment = AFTERWARDS.date().isoformat(), AFTERWARDS.isoformat(" ")
    campaign, fsu, store, blank = office.campaign, office.fsu, office.store, "en_blanco"

    def write() -> Mapping[str, float]:
        given = list(enumerate(_handed_out(office, next(firsts)), next(first_ids)))
        texts = [""] * 7
        movements = [
            (at, campaign, at, "distribucion", fsu, day, store, person, 1, *texts, None, moment, "prueba")
            for at, (_, person) in given
        ]
        lines = [
            (at, at, fsu, number, number, 1, store, blank, person, blank, 1) for at, (number, person) in given
        ]
        forms = [(person, blank, at, fsu, number) for at, (number, person) in given]
        got = Counter(person for _, (_, person) in given)
        balances = [(change, fsu, person, blank) for person, change in (*got.items(), (store, -len(given)))]
        start = time.perf_counter()
        with connection:
            connection.executemany(f"INSERT INTO kardex_movement VALUES ({_marks(19)})", movements)
            connection.executemany(f"INSERT INTO kardex_line VALUES ({_marks(11)})", lines)
            connection.executemany(
                "UPDATE kardex_form SET holder_id = ?, condition = ?, line_id = ? "
                "WHERE form_type_id = ? AND number = ?",
                forms,
            )
            connection.executemany(
                "UPDATE kardex_balance SET form_count = form_count + ? "
                "WHERE form_type_id = ? AND holder_id = ? AND condition = ?",
                balances,
            )
        return {"ms": (time.perf_counter() - start) * 1000}

    return write


def _marks(columns: int) -> str:
    return ", ".join("?" * columns)
