"""The orders of `usuarios` for one's own way in: the password, and the recovery sheet of who administers.

Who administers alone and forgot the password comes in by `usuarios clave --hoja`, with the code that `usuarios hoja`
printed before.
"""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.app.cli_desk import (
    PASSWORD_VARIABLE,
    Outcome,
    checked_output,
    needed_user,
    opened_base,
    required_base,
    secret,
)
from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.clock import LIMA, Clock
from sisfoh_desktop.basics.paths import atomic_write

if TYPE_CHECKING:
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database

NEW_PASSWORD_VARIABLE = "SISFOH_CLAVE_NUEVA"  # noqa: S105 - where it is looked for


def run_hoja(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The own recovery sheet, on paper with -o, else on the screen."""
    from sisfoh_desktop.modules.people.service import access

    output = checked_output(args.output) if args.output else None
    login = needed_user(args)
    with opened_base(required_base(args)) as db:
        password = secret(PASSWORD_VARIABLE, f"Contraseña de {login}")
        now = clock.now()
        actor = access.log_in(db, now=now, login=login, password=password).actor
        return with_sheet(db, actor, now, password, output, {"user": {"login": actor.user}}, ())


def run_clave(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The own password; also for who must choose one before anything else, and by the own recovery sheet."""
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.modules.people.service import access, sheets

    login = needed_user(args)
    with opened_base(required_base(args)) as db:
        if args.by_sheet:
            code = secret(PASSWORD_VARIABLE, f"Clave de la hoja de recuperación de {login}")
            new = new_password("Contraseña nueva")
            sheets.recover_by_sheet(db, now=clock.now(), login=login, code=code, new=new)
            told = f"Se cambió la contraseña de «{login}»; esa hoja ya no vale, imprima otra con «usuarios hoja»."
            return Outcome({"user": {"login": login}}, (told,))
        old = secret(PASSWORD_VARIABLE, f"Contraseña de {login}, o su clave de un solo uso")
        new = new_password("Contraseña nueva")
        actor = access.actor_now(db, login, clock.now().astimezone(LIMA).date()) or Actor(
            login, rights=frozenset()
        )
        access.change_password(db, actor=actor, now=clock.now(), old=old, new=new)
    return Outcome({"user": {"login": actor.user}}, (f"Se cambió la contraseña de «{actor.user}».",))


def with_sheet(
    db: "Database",
    actor: "Actor",
    now: datetime,
    password: str,
    output: Path | None,
    values: dict[str, Any],
    lines: tuple[str, ...],
) -> Outcome:
    """A new sheet of the actor's own, into `output` or onto the screen."""
    from sisfoh_desktop.modules.people.service import sheets

    sheet = sheets.make_sheet(db, actor=actor, now=now, password=password)
    kept = "vale una sola vez, sin vencer; guárdela en un sobre cerrado"
    if output is None:
        return Outcome(
            {**values, "code": sheet.code}, (*lines, f"Hoja de recuperación: {sheet.code} ({kept}).")
        )
    atomic_write(output, sheets.sheet_pdf(db, sheet))
    told = f"La hoja de recuperación está en {output}; {kept} y borre el archivo."
    return Outcome({**values, "file": str(output)}, (*lines, told))


def new_password(question: str) -> str:
    """From SISFOH_CLAVE_NUEVA, or asked twice."""
    import os

    first = secret(NEW_PASSWORD_VARIABLE, question)
    if NEW_PASSWORD_VARIABLE not in os.environ and first != secret(NEW_PASSWORD_VARIABLE, "Otra vez"):
        raise UsageError("Las dos contraseñas no son iguales; no se hizo nada. Vuelva a dar la orden.")
    return first
