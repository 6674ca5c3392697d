"""Turning the encryption of a base on or off: a new file, compared with the old one, that takes its place in one step.

Whatever happens on the way (a full disk, a power cut, the process killed) the path of the base holds one whole base,
the old one or the new one. What was left beside it is overwritten the next time the base is opened.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed
from sisfoh_desktop.basics.paths import overwrite, sync_folder
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.base_file import check_nobody_has_it_open, settle
from sisfoh_desktop.db.cipher import BaseKey, KeyMissing, connect_file, use_key
from sisfoh_desktop.db.engine import APPLICATION_ID

_BESIDE = ("", "-wal", "-shm", "-journal")
_ROWS_A_WORD = 1_000  # between two words to whoever waits


@dataclass(frozen=True)
class Recrypted:
    """What was compared before the new file counted; `wiped` is False where the old one could not be overwritten."""

    tables: int
    rows: int
    wiped: bool


def recrypt(
    base: Path, key: BaseKey | None, *, finish: Callable[[Path], None], progress: Progress = silent
) -> Recrypted:
    """Rewrite the base with `key`, or without any (None); nobody may have it open, this process neither.

    `finish(path)` works on the new file before it counts (it writes the trail). Raises DatabaseUnavailable when
    somebody works on the base, FileFailed when the new file could not be made or differs, and what `finish` and
    `progress` raise; the base is then as it was.
    """
    sweep_leftovers(base)
    check_nobody_has_it_open(base)
    if key is not None:
        use_key(key)
    new, old = _unfinished(base), _aside(base)
    try:
        with closing(connect_file(base, timeout=1)) as source:
            _hold(source, base)
            _export(source, new, key)
            with closing(connect_file(new, key=key)) as copy:
                tables, rows = _compare(source, copy, progress)
            finish(new)
            settle(new)
            before = base.stat()
            if os.name == "nt":  # there a file that is open cannot be replaced
                source.close()
            _put_in_place(new, base, old, before)
            wiped = _wipe(old)
    except (OSError, sqlite.Error) as error:
        raise _not_done(base) from error
    finally:
        for suffix in _BESIDE:
            _wipe(new.with_name(new.name + suffix))
        if _is_second_name(old, base):
            old.unlink()
    return Recrypted(tables, rows, wiped)


def sweep_leftovers(base: Path) -> None:
    """Overwrite and remove what an interrupted change left beside the base; nothing while one is under way."""
    left = [
        path.with_name(path.name + suffix)
        for path in (_unfinished(base), _aside(base))
        for suffix in _BESIDE
        if path.with_name(path.name + suffix).exists()
    ]
    if not left or _is_held(base):
        return
    for path in left:
        if _is_second_name(path, base):
            path.unlink()
        else:
            _wipe(path)


def _unfinished(base: Path) -> Path:
    return base.with_name(f".{base.name}.cambio")


def _aside(base: Path) -> Path:
    return base.with_name(f".{base.name}.anterior")


def _is_second_name(path: Path, base: Path) -> bool:
    """Whether `path` is the base itself, named twice just before it was to be replaced: never to be overwritten."""
    return path.exists() and base.exists() and path.samefile(base)


def _is_held(base: Path) -> bool:
    try:
        with closing(connect_file(base, timeout=0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except (sqlite.Error, KeyMissing):
        return True
    return False


def _hold(source: Any, base: Path) -> None:
    """Keep everybody else out of the base until `source` is closed."""
    source.execute("PRAGMA locking_mode=EXCLUSIVE")
    try:
        source.execute("BEGIN EXCLUSIVE")
        source.execute("COMMIT")
    except sqlite.Error as error:
        raise DatabaseUnavailable(
            f"La base {base.name} está abierta en otra ventana o programa; no se cambió nada. "
            "Ciérrela e inténtelo otra vez."
        ) from error


def _export(source: Any, new: Path, key: BaseKey | None) -> None:
    source.execute(f"ATTACH ? AS nueva KEY {key.literal if key is not None else repr('')}", (str(new),))
    source.execute("SELECT sqlcipher_export('nueva')").fetchone()
    version = source.execute("PRAGMA user_version").fetchone()[0]
    source.execute(f"PRAGMA nueva.user_version={int(version)}")
    source.execute(f"PRAGMA nueva.application_id={APPLICATION_ID}")
    source.execute("DETACH nueva")


def _compare(source: Any, copy: Any, progress: Progress) -> tuple[int, int]:
    """Tables and rows of both, equal in schema, number and content, or FileFailed."""
    schema = (
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    )
    whole = source.execute(schema).fetchall()
    if copy.execute(schema).fetchall() != whole or copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise _differs()
    names = [name for kind, name, _table, _sql in whole if kind == "table"]
    for connection in (source, copy):
        connection.text_factory = bytes  # compared as stored, whatever it is
    counts = [source.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names]  # noqa: S608
    total, done = 2 * sum(counts), 0
    for name, count in zip(names, counts, strict=True):
        digests = []
        for connection in (source, copy):
            digest, seen = hashlib.sha256(), 0
            for row in _rows(connection, name):
                digest.update(repr(row).encode())
                seen += 1
                if seen % _ROWS_A_WORD == 0:
                    progress(min(done + seen, total), total)
            done += seen
            digests.append((seen, digest.digest()))
        if digests[0] != digests[1] or digests[0][0] != count:
            raise _differs()
    progress(total, total)
    return len(names), sum(counts)


def _rows(connection: Any, table: str) -> Iterator[Any]:
    yield from connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of the schema


def _put_in_place(new: Path, base: Path, old: Path, before: os.stat_result) -> None:
    """The new file under the base's name in one step; the old one keeps a second name, to be overwritten."""
    with suppress(OSError):  # a disk without hard links: the old file is only removed
        os.link(base, old)
    now = base.stat()
    if (now.st_mtime_ns, now.st_size) != (before.st_mtime_ns, before.st_size):
        raise _not_done(base)
    new.replace(base)
    sync_folder(base.parent)


def _wipe(path: Path) -> bool:
    """Overwrite the file and remove it; False when there was nothing to overwrite or it refused."""
    try:
        overwrite(path)
        path.unlink()
    except OSError:
        return False
    return True


def _differs() -> FileFailed:
    return FileFailed(
        "La base nueva no salió igual a la de antes y se descartó; la base quedó como estaba. "
        "Haga un respaldo y use «Comprobar»: puede haber partes dañadas."
    )


def _not_done(base: Path) -> FileFailed:
    return FileFailed(
        f"No se pudo escribir la base nueva al lado de {base.name}; la base quedó como estaba. "
        "Revise que haya espacio libre para otra copia y que nadie más la tenga abierta."
    )
