"""An office as an older version of the program left it, for the check of the upgrade; made from a practice office."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REVISION = "0022"  # the last schema without users, ledgers' seals and encryption


def make_older_office(source: Path, target: Path) -> None:
    """Write to `target` what a base of the older schema can hold of the office in `source`."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from released_base import make_released

    make_released(target, REVISION, source)
    with closing(sqlite3.connect(target)) as base:  # one file, as after closing the program
        base.execute("PRAGMA journal_mode=DELETE")
        base.execute("PRAGMA journal_mode=WAL")


def revision_of(path: Path) -> str:
    """The schema that the base says it has, or "" when it cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
            return str(base.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except sqlite3.Error:
        return ""


def newest_revision(program: Path) -> str:
    """The schema that the installed program brings bases to."""
    steps = program.rglob("migrations/versions/[0-9][0-9][0-9][0-9]_*.py")
    return max((path.name[:4] for path in steps), default="")
