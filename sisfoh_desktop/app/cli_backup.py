"""Commands that copy a whole office: respaldar, restaurar, trasladar."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.app.cli_desk import Outcome, archive_of, entered_base, opened_base, required_base, secret
from sisfoh_desktop.app.cli_parser import SpanishParser, UsageError
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.modules.safekeeping.service.checking_packages import Checked

_VARIABLE = "SISFOH_RESPALDO_CLAVE"


def add_respaldar(parser: SpanishParser) -> None:
    """Its own arguments."""
    parser.add_argument(
        "-o", dest="output", metavar="F", required=True, help="archivo que se escribe, o carpeta donde queda"
    )
    _password(parser, "protege la copia con una contraseña")


def add_restaurar(parser: SpanishParser) -> None:
    """Its own arguments."""
    parser.add_argument("file", metavar="F", help="copia de respaldo (.sisfoh)")
    parser.add_argument(
        "--a",
        dest="target",
        metavar="BASE",
        required=True,
        help="archivo .db nuevo; sus papeles quedan al lado",
    )


def add_trasladar(parser: SpanishParser) -> None:
    """Its own arguments."""
    parser.add_argument(
        "--a",
        dest="target",
        metavar="DESTINO",
        required=True,
        help="archivo .db nuevo o base vacía postgresql://… de un servidor",
    )
    parser.add_argument(
        "--archivo",
        dest="papers",
        metavar="CARPETA",
        help="carpeta nueva de los papeles; para un archivo .db, «archivo» a su lado",
    )


def run_respaldar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """A verified copy of the office; whoever runs the PC may always make one."""
    from sisfoh_desktop.app.wiring import acting
    from sisfoh_desktop.modules.safekeeping.rules.facts import Occasion
    from sisfoh_desktop.modules.safekeeping.service import backups

    target = _named(args.output)
    folder, name = (target, "") if target.is_dir() else (target.parent, target.name)
    password = secret(_VARIABLE, "Contraseña de la copia") if args.locked else ""
    with opened_base(required_base(args)) as db:
        made = backups.make_backup(
            db,
            archive_of(db),
            actor=acting(PcSettings.load()),
            now=clock.now(),
            folder=folder,
            name=name,
            occasion=Occasion.COMMAND,
            password=password,
        )
    path = folder / made.file_name
    return Outcome(
        {
            "file": str(path),
            "sha256": made.sha256,
            "rows": made.row_count,
            "papers": made.paper_count,
            "entries": made.entry_count,
            "head": made.entry_hash,
        },
        (
            f"Se hizo y se comprobó la copia {path}.",
            f"Filas: {format_number(made.row_count)}. Papeles: {format_number(made.paper_count)}.",
            f"Huella del archivo: {made.sha256}",
            f"Historial: {format_number(made.entry_count)} anotaciones; la última es {made.entry_hash}",
        ),
    )


def run_restaurar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """A copy unpacked into a new place and proved there."""
    import sisfoh_desktop.app.all_tables  # noqa: F401 - the tables are compared by their names
    from sisfoh_desktop.modules.safekeeping.service import packages, restoring

    if "://" in args.target:
        raise UsageError(
            "Un respaldo se restaura en un archivo .db nuevo; no se hizo nada. "
            "Para llevarlo a un servidor, use después «trasladar»."
        )
    source, place = _named(args.file), _named(args.target)
    password = ""
    if packages.needs_password(source) or os.environ.get(_VARIABLE):
        password = secret(_VARIABLE, "Contraseña de la copia")
    restored = restoring.restore_backup(source, place, password=password)
    manifest = restored.manifest
    counted = f"Filas: {format_number(manifest.rows)}. Papeles: {format_number(len(manifest.papers))}."
    return Outcome(
        {
            "file": str(restored.base),
            "sha256": restored.sha256,
            "rows": manifest.rows,
            "papers": len(manifest.papers),
            "entries": manifest.entries,
            "head": manifest.head,
        },
        (
            f"Se restauró en {restored.base}, con sus papeles en {restored.archive}.",
            f"{counted} {_proved(restored.checked)}",
            f"Huella de la copia: {restored.sha256}",
        ),
    )


def run_trasladar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The office copied whole to another database."""
    from sisfoh_desktop.app.wiring import reachable
    from sisfoh_desktop.modules.safekeeping.service.transferring import transfer_base

    on_server = "://" in args.target
    if on_server and not args.target.startswith("postgresql"):  # its papers would stay behind
        raise UsageError(
            "Ese destino no se entiende; no se hizo nada. Escriba la ruta de un archivo .db nuevo o la dirección "
            "postgresql://… de un servidor."
        )
    papers = Path(args.papers) if args.papers else None
    if papers is None and not on_server:
        papers = _named(args.target).absolute().parent / "archivo"
    if not on_server:
        _named(args.target)
    with entered_base(args, clock) as (db, actor):
        target = reachable(args.target, settings=PcSettings.load()) if on_server else args.target
        moved = transfer_base(db, archive_of(db), target, actor=actor, now=clock.now(), papers_folder=papers)
    return Outcome(
        {"tables": moved.tables, "rows": moved.rows, "papers": moved.papers, "equal": True},
        (
            f"La oficina quedó en {moved.label}: {moved.tables} tablas y {format_number(moved.rows)} filas, iguales.",
            "La base de origen no cambió. Desde ahora trabaje solo en una de las dos.",
        ),
    )


def _named(typed: str) -> Path:
    """The path that was typed.

    UsageError for blanks alone (a file that nobody finds again), FileFailed for a name that no disk takes.
    """
    if not typed.strip():
        raise UsageError("Falta el nombre del archivo; no se hizo nada. Escríbalo entero, con su carpeta.")
    path = Path(typed)
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        pass  # whoever writes or reads it says what is wrong
    except (OSError, ValueError):  # too long, or with a sign that ends it
        raise FileFailed(
            f"«{typed[:60]}…» no puede ser el nombre de un archivo; no se hizo nada. Escriba otro más corto."
        ) from None
    return path


def _password(parser: SpanishParser, does: str) -> None:
    parser.add_argument(
        "--con-clave",
        dest="locked",
        action="store_true",
        help=f"{does}, que se toma de {_VARIABLE} o se pide",
    )


def _proved(checked: "Checked") -> str:
    if not checked.opened:
        return "Está cifrada: se comparó su huella; se abrirá con la frase de recuperación."
    return (
        "Todo coincide con la copia." if checked.by_content else "El número de filas coincide con la copia."
    )
