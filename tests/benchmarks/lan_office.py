"""Twenty desks on one PostgreSQL for ten minutes of mixed work: errors, and a save beside a bare transaction.

Run with the development environment, from the root of the project:

    .venv/bin/python tests/benchmarks/lan_office.py
    .venv/bin/python tests/benchmarks/lan_office.py --minutes 1 --desks 8

Each desk looks at lists, saves shared records, takes numbers and hands out forms, with the pauses of a person in a
hurry; one more process makes the same five writes of a save by psycopg alone, at the same time on the same server.
Ends with the office's own checks. pytest never collects this file; its short form is in the test suite.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from lan_desks import Desks, Note, open_office  # noqa: E402
from lan_server import (  # noqa: E402
    BASE,
    CLERK,
    check_office,
    lay_bare_tables,
    office_server,
    percentile,
)

import sisfoh_desktop.app.all_tables  # noqa: E402, F401 - foreign keys cross modules
from sisfoh_desktop.db.database import Database  # noqa: E402

WORDS = {
    "save": "un guardado",
    "number": "un correlativo",
    "form": "una entrega de formularios",
    "look": "una lista",
}


def main() -> None:
    """Let the office work, check it, and print the table."""
    parser = argparse.ArgumentParser(description="An office at work on one server.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--desks", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, office_server(durable=True) as server:
        lay_bare_tables(server)
        owner = Database.open(server.url(BASE))
        office = open_office(
            owner,
            server.url(BASE, CLERK),
            Path(folder) / "mesas",
            desks=arguments.desks,
            weights=[3, 2, 3, 12],
            pauses=[0.5, 2.5],
            bare_url=server.url("directo"),
        )
        owner.close()
        start = time.monotonic()
        with Desks(office) as desks:
            time.sleep(arguments.minutes * 60)
        passed = time.monotonic() - start
        notes = desks.notes()
        db = Database.open(server.url(BASE))
        check_office(db, office, notes)
        db.close()
    print(table(notes, desks.codes, passed))


def table(notes: list[Note], codes: list[int], seconds: float) -> str:
    """The figures as they stand in installer/README.md."""
    bare = [note.ms for note in notes if note.kind == "bare"]
    own = [note for note in notes if note.kind != "bare"]
    broken = sum(code != 0 for code in codes) + sum(note.tries > 1 for note in own)
    refused = Counter(note.refused for note in own if note.refused)
    pace = f"{len(own)} acciones ({len(own) / seconds:.1f} por segundo)"
    head = f"{len(codes) - 1} puestos, {seconds / 60:.1f} min, {pace}, errores: {broken}, rechazos: {dict(refused)}"
    lines = [
        head,
        "| Qué | Veces | Mediana | p95 | Peor | p95 / transacción sola |",
        "|---|---|---|---|---|---|",
    ]
    base = percentile(bare, 0.95)
    for kind, words in (*WORDS.items(), ("bare", "la transacción sola (psycopg)")):
        ms = [note.ms for note in notes if note.kind == kind]
        p95 = percentile(ms, 0.95)
        lines.append(
            f"| {words} | {len(ms)} | {percentile(ms, 0.5):.1f} ms | {p95:.1f} ms | {max(ms):.0f} ms "
            f"| {p95 / base:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
