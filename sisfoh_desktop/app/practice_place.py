"""The folder of a practice office: made aside in a workshop, then put in its place whole or not at all.

What the office holds is practice.py's affair.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sisfoh_desktop.basics.errors import DatabaseOutdated, DatabaseTooNew, EnvironmentFailed, FileFailed
from sisfoh_desktop.basics.paths import write_failure_sentence
from sisfoh_desktop.db.base_file import check_nobody_has_it_open, remove_log, settle
from sisfoh_desktop.db.cipher import connect_file, is_encrypted
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office

BASE_NAME = "practica.db"
ARCHIVE_NAME = "archivo"
_WORKSHOP = ".practica-"
_ABANDONED_SECONDS = 3600.0  # a run takes seconds: an older workshop is what a killed one left


@contextmanager
def workshop_for(folder: Path, *, replace: bool) -> "Iterator[Path]":
    """A workshop inside `folder`; what is made there is in its place when the block ends without error.

    FileFailed when there is an office already (unless `replace`), when the one there is no practice or somebody
    has it open, or when the folder cannot be written: nothing is left half-made and what was there stays.
    """
    base = folder / BASE_NAME
    missing: list[Path] = []
    try:
        _check_free(folder, replace=replace)
        missing = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        workshop = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=folder))
    except OSError as error:
        _take_back(missing)
        raise FileFailed(write_failure_sentence(base, error)) from error
    try:
        yield workshop
        settle(workshop / BASE_NAME)
        _put_in_place(workshop, folder, replace=replace)
        missing = []
    except OSError as error:
        raise FileFailed(write_failure_sentence(base, error)) from error
    except EnvironmentFailed as error:
        if workshop.name not in error.sentence:
            raise
        raise FileFailed(
            f"No se pudo crear la oficina de práctica en «{folder}»; no quedó nada a medias. "
            "Revise que la carpeta admita escritura y que haya espacio en el disco."
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
        _take_back(missing)


def _check_free(folder: Path, *, replace: bool) -> None:
    base = folder / BASE_NAME
    if folder.exists() and not folder.is_dir():
        raise FileFailed(
            f"No se pudo guardar «{BASE_NAME}»: «{folder}» no es una carpeta; no se cambió nada. Indique una."
        )
    if not base.exists():
        return
    if not replace:
        raise _already(base)
    if _is_real_office(base):
        raise FileFailed(
            f"«{base}» no es una oficina de práctica, sino una de verdad; no se reemplazó ni se cambió nada. "
            "Elija otra carpeta."
        )


def _is_real_office(base: Path) -> bool:
    if is_encrypted(base):  # nobody encrypts practice: what cannot be read stays
        return True
    try:
        db = Database.open(base)
        try:
            return not office.is_practice(db)
        finally:
            db.close()
    except (DatabaseTooNew, DatabaseOutdated):  # of another version of the program, whole all the same
        return not _says_practice(base)
    except EnvironmentFailed:  # one that no longer opens may go: that is what --reemplazar is for
        return False


def _says_practice(base: Path) -> bool:
    """Whether a base that this program may not open marks itself as practice."""
    try:
        with closing(connect_file(base, mode="ro")) as connection:
            row = connection.execute("SELECT practice FROM office_state").fetchone()
    except Exception:  # it may hold no such table, or not in this shape
        return False
    return row is not None and bool(row[0])


def _put_in_place(workshop: Path, folder: Path, *, replace: bool) -> None:
    """The archive first: a base must never stand without the papers that it names."""
    base = folder / BASE_NAME
    if base.exists():
        if not replace:
            raise _already(base)
        check_nobody_has_it_open(base)
    made = workshop / ARCHIVE_NAME
    for file in sorted(path for path in made.rglob("*") if path.is_file()):
        target = folder / ARCHIVE_NAME / file.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
    if replace:
        remove_log(base)  # of the base that goes: SQLite would read it into the new one
        (workshop / BASE_NAME).replace(base)
        return
    try:
        os.link(
            workshop / BASE_NAME, base
        )  # unlike a rename, it never replaces what another run made meanwhile
    except FileExistsError:
        raise _already(base) from None
    except OSError:  # a disk without links
        (workshop / BASE_NAME).replace(base)


def _sweep(folder: Path) -> None:
    """Take away workshops that a run left when it was killed."""
    for left in folder.glob(f"{_WORKSHOP}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _take_back(made: list[Path]) -> None:
    """Remove the folders that this run made, innermost first, if they are still empty."""
    for place in made:
        with suppress(OSError):
            place.rmdir()


def _already(base: Path) -> FileFailed:
    return FileFailed(
        f"Ya hay una oficina de práctica en «{base}»; no se cambió nada. "
        "Elija otra carpeta o agregue --reemplazar para empezar de nuevo."
    )
