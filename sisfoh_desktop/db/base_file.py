"""A SQLite base as a file: whose it is, whole in one piece, copied, removed.

What is in its tables is not known here.
"""

from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.db.cipher import connect_file, find_key, is_cipher_head
from sisfoh_desktop.db.engine import APPLICATION_ID
from sisfoh_desktop.db.file_head import read_head

_MAGIC = b"SQLite format 3\x00"
_MARK_AT = 68  # offset of PRAGMA application_id in the header of a SQLite file
_LOG, _SHARED = "-wal", "-shm"


def check_is_ours(path: Path) -> None:
    """DatabaseUnavailable when the file is missing, unreadable or not a base of this program.

    The header is read as bytes: opening another program's file would already turn it into WAL mode. An encrypted base
    is known by its mark; whether its key is here is asked when it is opened.
    """
    try:
        head = read_head(path)
    except FileNotFoundError:
        raise DatabaseUnavailable(
            f"No existe la base {path.name} en la carpeta indicada; no se creó nada. "
            "Revise la ruta o cree una base nueva."
        ) from None
    except OSError:
        raise DatabaseUnavailable(
            f"No se puede leer {path.name[:100]}; no se cambió nada. "
            "Revise la ruta y los permisos del archivo y de la carpeta."
        ) from None
    mark = int.from_bytes(head[_MARK_AT : _MARK_AT + 4], "big")
    if not is_cipher_head(head) and (not head.startswith(_MAGIC) or mark != APPLICATION_ID):
        raise not_ours()


def is_plain_base(path: Path) -> bool:
    """Whether the file is a SQLite base that anybody can read; OSError when it cannot be looked at."""
    return read_head(path).startswith(_MAGIC)


def not_ours() -> DatabaseUnavailable:
    """The refusal of a file that this program did not make, or that is damaged."""
    return DatabaseUnavailable(
        "El archivo no es una base de SISFOH Desktop o está dañado; no se cambió nada. "
        "Elija otro archivo o restaure la última copia de respaldo."
    )


def settle(path: Path) -> None:
    """Fold what SQLite keeps beside a base into its file, so that the file alone may be moved or copied.

    FileFailed when that cannot be done: on a full disk the last connection closes in silence and leaves a base
    whose pages are still in `-wal`.
    """
    try:
        connection = connect_file(path, timeout=5)
        try:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        log = path.with_name(path.name + _LOG)
        whole = not busy and not (log.exists() and log.stat().st_size)
    except (OSError, sqlite.Error) as error:
        raise _not_settled() from error
    if not whole:
        raise _not_settled()


def check_nobody_has_it_open(path: Path) -> None:
    """DatabaseUnavailable while another window or program works on the base; a damaged one is nobody's.

    SQLite leaves WAL mode only when no other connection is there.
    """
    try:
        with closing(connect_file(path, timeout=1)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite.Error as error:
        mode = "wal" if "locked" in str(error) else ""
    if mode == "wal":
        raise DatabaseUnavailable(
            f"La base {path.name} está abierta en otra ventana o programa; no se cambió nada. "
            "Ciérrela e inténtelo otra vez."
        )


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's backup interface, checked before it counts; FileFailed leaves none.

    The copy of an encrypted base has the same key, and its envelope beside it.
    """
    if target.exists():
        raise _not_copied(source)
    key = find_key(source)
    from sisfoh_desktop.db.envelope import envelope_of  # the opening of a base needs nothing of it

    try:
        if envelope_of(source).exists() and key is not None:
            atomic_write(envelope_of(target), envelope_of(source).read_bytes())
        origin = connect_file(source, mode="ro", key=key)
        try:
            copy = connect_file(target, mode="rwc", key=key)
            try:
                origin.backup(copy)
                sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            finally:
                copy.close()
        finally:
            origin.close()
        settle(target)
    except (OSError, sqlite.Error, FileFailed) as error:
        remove_sqlite(target)
        raise _not_copied(source) from error
    if not sound:
        remove_sqlite(target)
        raise FileFailed(
            f"La base {source.name} tiene partes dañadas; no se migró. Restaure la última copia de respaldo."
        )


def remove_sqlite(path: Path) -> None:
    """Take away the base and what is kept beside it; what is not there is no fault."""
    from sisfoh_desktop.db.envelope import envelope_of

    with suppress(OSError):
        path.unlink(missing_ok=True)
        remove_log(path)
        envelope_of(path).unlink(missing_ok=True)


def remove_log(path: Path) -> None:
    """Take away what SQLite keeps beside a base that is gone or about to be replaced; OSError when it may not."""
    for suffix in (_LOG, _SHARED):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _not_settled() -> FileFailed:
    return FileFailed(
        "No se pudo terminar de escribir la base nueva; no quedó nada a medias. "
        "Revise que haya espacio en el disco y que nadie más la tenga abierta."
    )


def _not_copied(source: Path) -> FileFailed:
    return FileFailed(
        f"No se pudo hacer la copia previa de {source.name}; la base quedó como estaba. "
        "Revise el espacio en el disco y los permisos de la carpeta."
    )
