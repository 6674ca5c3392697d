"""What every command needs around the services: the base and its archive, who acts, how results are shown.

No office rule and no command lives here.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive

DONE, USAGE, REFUSED, FAILED = 0, 2, 3, 4
LARGEST_PDF = 200 * 1024 * 1024


@dataclass(frozen=True)
class Outcome:
    """What a command did: `values` for --json, `lines` for a person, `notices` for standard error."""

    values: dict[str, Any]
    lines: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    code: int = field(default=DONE)


def add_common(parser: argparse.ArgumentParser, *, nested: bool) -> None:
    """`--base` and `--json`; a nested parser must not overwrite what stood before the command."""
    absent: Any = argparse.SUPPRESS if nested else None
    parser.add_argument(
        "--base", metavar="DESTINO", default=absent, help="archivo .db o dirección postgresql://… de la base"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if nested else False,
        help="escribe el resultado como un objeto JSON",
    )


def show(outcome: Outcome, *, as_json: bool) -> None:
    """Standard output gets the result and nothing else; notices go to standard error."""
    for notice in outcome.notices:
        print(notice, file=sys.stderr)
    if as_json:
        print(json.dumps(outcome.values, ensure_ascii=False))
    else:
        for line in outcome.lines:
            print(line)


def chosen_base(args: argparse.Namespace) -> str:
    """The base named with --base, or else the one set on this PC; empty when there is none."""
    return args.base or PcSettings.load().database


def required_base(args: argparse.Namespace) -> str:
    """As `chosen_base`; UsageError when there is none."""
    base = chosen_base(args)
    if not base:
        raise UsageError(
            "Falta la base: este equipo no tiene una elegida; no se hizo nada. Indíquela con --base ARCHIVO."
        )
    return base


@contextmanager
def opened_base(base: str) -> "Iterator[Database]":
    """The base, open until the end of the block."""
    from sisfoh_desktop.db.database import Database

    db = Database.open(base)
    try:
        yield db
    finally:
        db.close()


def archive_of(db: "Database") -> "Archive":
    """Where the papers of this base are kept, by the same rule as in the window."""
    from sisfoh_desktop.app.wiring import archive_folder
    from sisfoh_desktop.documents.archive import Archive

    return Archive(archive_folder(db.path, PcSettings.load()))


def read_file(path: Path, *, largest: int) -> bytes:
    """The bytes of a file named on the command line; FileFailed when it cannot be read or is too big."""
    try:
        if path.stat().st_size > largest:
            raise FileFailed(f"«{path.name}» es demasiado grande para lo que se espera; no se hizo nada.")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileFailed(f"No existe «{path}»; no se hizo nada. Revise la ruta del archivo.") from None
    except OSError:
        raise FileFailed(f"No se pudo leer «{path}»; no se hizo nada. Revise sus permisos.") from None


def secret(variable: str, question: str) -> str:
    """A password or PIN from the environment, or asked at the terminal without showing it."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    try:
        if sys.stdin is not None and sys.stdin.isatty():
            return getpass.getpass(f"{question}: ")
    except EOFError:
        pass
    raise UsageError(
        f"Falta la clave y no hay terminal donde pedirla; no se hizo nada. Póngala en la variable {variable}."
    )
