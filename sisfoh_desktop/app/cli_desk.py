"""What every command needs around the services: the base and its archive, who acts, how results are shown.

No office rule and no command lives here.
"""

import argparse
import getpass
import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.modules.people.rules.facts import LoggedIn

DONE, USAGE, REFUSED, FAILED = 0, 2, 3, 4
PASSWORD_VARIABLE = "SISFOH_CLAVE"  # noqa: S105 - where it is looked for
LARGEST_PDF = 200 * 1024 * 1024
_ARCHIVED = re.compile("[0-9a-f]{64}")  # the name of a file of the archive


@dataclass(frozen=True)
class Outcome:
    """What a command did: `values` for --json, `lines` for a person, `notices` for standard error.

    Without `values` there is nothing to tell: the help has told it.
    """

    values: dict[str, Any] | None
    lines: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    code: int = field(default=DONE)


def add_common(parser: argparse.ArgumentParser, *, nested: bool) -> None:
    """`--base`, `--usuario` and `--json`; a nested parser must not overwrite what stood before the command."""
    absent: Any = argparse.SUPPRESS if nested else None
    parser.add_argument(
        "--base", metavar="DESTINO", default=absent, help="archivo .db o dirección postgresql://… de la base"
    )
    parser.add_argument(
        "--usuario",
        dest="user",
        metavar="U",
        default=absent,
        help=f"quién da la orden, si la base tiene usuarios; su contraseña, en {PASSWORD_VARIABLE}",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if nested else False,
        help="escribe el resultado como un objeto JSON",
    )


def refusal(sentence: str, code: int) -> Outcome:
    """A command that did nothing, and why."""
    return Outcome({"error": sentence}, (), (sentence,), code)


def tell(outcome: Outcome, *, as_json: bool) -> int:
    """Standard output gets the result and nothing else, notices go to standard error; returns the exit code.

    Never raises for a stream: a reader that goes away (`| head`) or was never there is no fault; an output that
    cannot be written (a full disk) is told and ends in 4, since whoever asked has no result.
    """
    _write(sys.stderr, outcome.notices)
    lines: Sequence[str] = outcome.lines
    if as_json and outcome.values is not None:
        lines = (json.dumps(outcome.values, ensure_ascii=False),)
    if _write(sys.stdout, lines):
        return outcome.code
    done = "lo que hizo la orden quedó hecho" if outcome.code == DONE else "la orden no cambió nada"
    _write(
        sys.stderr, (f"No se pudo escribir el resultado en la salida; {done}. Revise el espacio en disco.",)
    )
    return outcome.code or FAILED


def _write(stream: TextIO | None, lines: Sequence[str]) -> bool:
    """Whether somebody may be waiting in vain: False when the stream did not take the lines."""
    if stream is None:
        return True
    try:
        stream.writelines(f"{line}\n" for line in lines)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except (OSError, ValueError):  # ValueError: closed, or of another alphabet
        _silence(stream)
        return False
    return True


def _silence(stream: TextIO) -> None:
    """Point the stream at nothing, or the interpreter would complain of it again at exit."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


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
    import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules
    from sisfoh_desktop.app.wiring import reachable
    from sisfoh_desktop.db.database import Database

    db = Database.open(reachable(base, settings=PcSettings.load()))
    try:
        yield db
    finally:
        db.close()


@contextmanager
def entered_base(args: argparse.Namespace, clock: Clock) -> "Iterator[tuple[Database, Actor]]":
    """The base with who acts in it: logged in where it has users, else the person of this PC.

    The password comes from SISFOH_CLAVE or a prompt. UsageError without `--usuario`, RuleError as in
    `people.service.access.log_in`, or `password_to_change` while a password of one's own is still to be chosen.
    """
    from sisfoh_desktop.app.wiring import acting
    from sisfoh_desktop.modules.people.service import access

    with opened_base(required_base(args)) as db:
        if not access.has_users(db):
            yield db, acting(PcSettings.load())
            return
        entered = _log_in(db, args, clock)
        if entered.must_change:
            raise RuleError(
                "password_to_change",
                "Antes debe elegir una contraseña que solo usted sepa; no se hizo nada. Hágalo al entrar al programa "
                "o con «usuarios clave».",
            )
        try:
            yield db, entered.actor
        finally:
            with suppress(SisfohError):  # what the command answered counts, not that it could not say goodbye
                access.log_out(db, actor=entered.actor, now=clock.now())


def _log_in(db: "Database", args: argparse.Namespace, clock: Clock) -> "LoggedIn":
    from sisfoh_desktop.modules.people.service import access

    login = needed_user(args)
    return access.log_in(
        db,
        now=clock.now(),
        login=login,
        password=secret(PASSWORD_VARIABLE, f"Contraseña de {login}"),
        pc=f"{platform.node()} (orden)",
    )


def needed_user(args: argparse.Namespace) -> str:
    """Who gives the order on a base with users; UsageError without `--usuario`."""
    login: str = args.user or ""
    if not login.strip():
        raise UsageError(
            "Esta base tiene usuarios y la orden necesita saber quién la da; no se hizo nada. Indique --usuario, y la "
            f"contraseña en la variable {PASSWORD_VARIABLE} o cuando se pida."
        )
    return login


def archive_of(db: "Database") -> "Archive":
    """Where the papers of this base are kept, by the same rule as in the window."""
    from sisfoh_desktop.app.wiring import archive_folder
    from sisfoh_desktop.documents.archive import Archive

    return Archive(archive_folder(db.path, PcSettings.load()))


def read_file(path: Path, *, largest: int) -> bytes:
    """The bytes of a file named on the command line; FileFailed when it cannot be read or is too big."""
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)  # never more: some files have no end
    except FileNotFoundError:
        raise FileFailed(f"No existe «{path}»; no se hizo nada. Revise la ruta del archivo.") from None
    except IsADirectoryError:
        raise FileFailed(f"«{path}» es una carpeta; no se hizo nada. Indique el archivo.") from None
    except OSError:
        raise FileFailed(
            f"No se pudo leer «{path}»; no se hizo nada. Revise la ruta y sus permisos."
        ) from None
    if len(data) > largest:
        raise FileFailed(
            f"«{path.name}» es demasiado grande (más de {largest // 1024 // 1024} MB); no se hizo nada. "
            "Elija el archivo correcto."
        )
    return data


def checked_output(name: str, *, read: Sequence[str] = ()) -> Path:
    """The file that a command may write: a new one, or a PDF made before.

    UsageError for a folder, a device, a file that the command reads, a paper of the archive, or any other file that
    is no PDF: a slip of the hand must not replace a certificate or a base.
    """
    path = Path(name)
    if not name.strip():
        raise UsageError("Falta el nombre del archivo de salida; no se hizo nada. Escríbalo después de -o.")
    with suppress(OSError):  # what cannot even be looked at will say so when it is written
        if path.is_dir():
            raise UsageError(f"«{path}» es una carpeta; no se escribió nada. Indique el nombre del archivo.")
        if _ARCHIVED.fullmatch(path.name) and path.resolve().parent.name == path.name[:2]:
            raise UsageError(
                f"«{path.name[:12]}…» es un papel del archivo y no se reemplaza; no se escribió nada. "
                "Indique otro nombre."
            )
        if not path.exists():
            return path
        if any(path.samefile(each) for each in read if each and Path(each).exists()):
            raise UsageError(
                f"«{path}» es un archivo que la orden lee; no se escribió nada. Indique otro nombre de salida."
            )
        if not path.is_file() or not _is_pdf(path):
            raise UsageError(
                f"«{path}» ya existe y no es un PDF; no se reemplazó ni se escribió nada. Indique otro nombre."
            )
    return path


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) in (b"", b"%PDF-")


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
