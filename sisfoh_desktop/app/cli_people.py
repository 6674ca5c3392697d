"""The command `usuarios`: who may work with the base, without a window.

On a base without users `usuarios crear` makes the first administrator, and whoever sits at the PC may do it. After
that every order needs `--usuario` with the right to manage users, but `usuarios clave`, which is everybody's. The
own password and recovery sheet are in cli_own_access.py, the arguments are in cli_people_orders.py.
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.app.cli_desk import (
    Outcome,
    checked_output,
    entered_base,
)
from sisfoh_desktop.app.cli_own_access import new_password, with_sheet
from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.clock import LIMA, Clock
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.texts import without_accents

if TYPE_CHECKING:
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.modules.people.rules.facts import RecoverySlip, ReviewLine, User


def run_listar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Every user with roles and whether they may come in today."""
    from sisfoh_desktop.modules.people.service import users

    with _managed_base(args, clock) as (db, _actor):
        lines = users.list_users(db, _today(clock))
    told = [
        {
            **_told(line.user),
            "standing": line.standing.value,
            "absent_until": line.absent_until.isoformat() if line.absent_until else None,
        }
        for line in lines
    ]
    shown = tuple(
        f"{line.user.login}: {line.user.name} · {', '.join(line.role_titles)} · {line.standing.label}"
        for line in lines
    )
    return Outcome(
        {"users": told}, shown or ("Esta base no tiene usuarios; cualquiera en este equipo la usa.",)
    )


def run_crear(args: argparse.Namespace, clock: Clock) -> Outcome:
    """A new user: the first with a password of their own choice, the others with a one-time code."""
    from sisfoh_desktop.modules.people.rules.facts import User
    from sisfoh_desktop.modules.people.service import access, recovery, users

    output = checked_output(args.output) if args.output else None
    roles, now = _role_keys(args.roles), clock.now()
    user = User(
        args.login,
        args.name,
        args.office or "",
        args.position or "",
        args.document or "",
        args.since,
        args.until,
    )
    with entered_base(args, clock) as (db, actor):
        first = not access.has_users(db)
        password = new_password("Contraseña del administrador") if first else ""
        user_id = users.add_user(db, actor=actor, now=now, user=user, roles=roles, password=password)
        made = users.load_user(db, user_id)
        values: dict[str, Any] = {"user": _told(made)}
        if first:
            lines: tuple[str, ...] = (
                f"Se creó «{made.login}», el primer administrador. Desde ahora esta base pide usuario y contraseña.",
            )
            if output is not None:
                own = access.actor_of(made)
                return with_sheet(db, own, now, password, output, values, lines)
            alone = (
                "Cree pronto a un segundo administrador, o imprima su hoja de recuperación con «usuarios hoja»: nadie "
                "más podría devolverle el acceso."
            )
            return Outcome(values, (*lines, alone))
        slip = recovery.recover(db, actor=actor, now=now, user_id=user_id)
        return _with_slip(db, slip, output, values, f"Se creó «{made.login}».")


def run_cambiar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Correct the data of a user; what is not named stays."""
    from sisfoh_desktop.modules.people.service import users

    given = {
        "name": args.name,
        "office": args.office,
        "position": args.position,
        "document": args.document,
        "valid_from": args.since,
        "valid_to": args.until,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise UsageError("Falta decir qué se cambia; no se hizo nada. Vea «usuarios cambiar --ayuda».")
    with _managed_base(args, clock) as (db, actor):
        before = _meant(db, args.login)
        users.save_user(
            db,
            actor=actor,
            now=clock.now(),
            user=replace(before, **changes),
            expected_version=before.version,
        )
        after = users.load_user(db, before.id)
    return Outcome({"user": _told(after)}, (f"Se corrigieron los datos de «{after.login}».",))


def run_roles(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The roles that exist, or those that a user has from now on."""
    from sisfoh_desktop.basics.rights import right
    from sisfoh_desktop.modules.people.rules.roles import ROLES
    from sisfoh_desktop.modules.people.service import users

    if not args.login:
        told = [
            {"role": role_word(role.title), "title": role.title, "rights": sorted(role.rights)}
            for role in ROLES
        ]
        lines = tuple(
            f"{role_word(role.title)}: {role.purpose}"
            + (
                f". Puede: {'; '.join(right(key).title for key in sorted(role.rights))}"
                if role.rights
                else ""
            )
            for role in ROLES
        )
        return Outcome({"roles": told}, lines)
    keys = _role_keys(args.roles)
    with _managed_base(args, clock) as (db, actor):
        before = _meant(db, args.login)
        users.set_roles(
            db,
            actor=actor,
            now=clock.now(),
            user_id=before.id,
            roles=keys,
            expected_version=before.version,
        )
        after = users.load_user(db, before.id)
    return Outcome(
        {"user": _told(after)}, (f"«{after.login}» tiene ahora estos roles: {_roles_told(after)}.",)
    )


def run_suspender(args: argparse.Namespace, clock: Clock) -> Outcome:
    """No access until it is given back."""
    from sisfoh_desktop.modules.people.service import users

    return _change_state(args, clock, users.suspend_user, "Se suspendió el acceso de «{login}».")


def run_cesar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """No access for who leaves."""
    from sisfoh_desktop.modules.people.service import users

    return _change_state(args, clock, users.end_user, "Se cesó a «{login}»; su nombre queda en el historial.")


def run_restablecer(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Access again."""
    from sisfoh_desktop.modules.people.service import users

    told = "Se restableció el acceso de «{login}»."
    outcome = _change_state(args, clock, users.restore_user, told)
    if outcome.values and not outcome.values["user"]["has_password"]:
        notice = "No tiene contraseña: hágale una clave de un solo uso con «usuarios recuperar»."
        return replace(outcome, notices=(notice,))
    return outcome


def run_recuperar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """A one-time code, on paper with -o, else on the screen."""
    from sisfoh_desktop.modules.people.service import recovery

    output = checked_output(args.output) if args.output else None
    with _managed_base(args, clock) as (db, actor):
        user = _meant(db, args.login)
        slip = recovery.recover(db, actor=actor, now=clock.now(), user_id=user.id)
        told = f"La contraseña de «{user.login}» ya no vale; entra con la clave."
        return _with_slip(db, slip, output, {"user": {"login": user.login}}, told)


def run_revisar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Every access as it is, and with --registrar the review that keeps it or not; its signed paper is the window's."""
    from sisfoh_desktop.modules.people.service import reviews

    with _managed_base(args, clock) as (db, actor):
        lines = _decided(reviews.draft_lines(db), args)
        review_id = None
        if args.record:
            # without a round of signers nothing is archived: the paper is made in the window
            review_id = reviews.add_review(
                db, None, actor=actor, now=clock.now(), lines=lines, note=args.note or ""
            )
        due = reviews.due_on(db)
    told = [
        {
            "login": line.login,
            "name": line.name,
            "roles": list(line.roles),
            "last_login": line.last_login_at.isoformat() if line.last_login_at else None,
            "decision": line.decision.value,
            "note": line.note,
        }
        for line in lines
    ]
    shown = [f"{line.login}: {line.name} · {_last_login(line)} · {line.decision.label}" for line in lines]
    shown.append("Se registró la revisión." if review_id else "No se registró nada; use --registrar.")
    if due:
        shown.append(f"La próxima toca hasta el {format_date(due)}.")
    values = {"review": review_id, "due": due.isoformat() if due else None, "lines": told}
    return Outcome(values, tuple(shown))


# --- inside ---


@contextmanager
def _managed_base(args: argparse.Namespace, clock: Clock) -> "Iterator[tuple[Database, Actor]]":
    """The base for who may manage its users, or any base that has none."""
    from sisfoh_desktop.basics.rights import check_right

    with entered_base(args, clock) as (db, actor):
        check_right(actor, "people.manage")
        yield db, actor


def _change_state(args: argparse.Namespace, clock: Clock, change: Callable[..., None], told: str) -> Outcome:
    from sisfoh_desktop.modules.people.service import users

    with _managed_base(args, clock) as (db, actor):
        user = _meant(db, args.login)
        change(
            db,
            actor=actor,
            now=clock.now(),
            user_id=user.id,
            reason=args.reason,
            expected_version=user.version,
        )
        after = users.load_user(db, user.id)
    return Outcome({"user": _told(after)}, (told.format(login=after.login),))


def _meant(db: "Database", login: str) -> "User":
    from sisfoh_desktop.modules.people.service import users

    user = users.find_user(db, login)
    if user is None:
        raise RuleError(
            "user_unknown",
            f"No hay ningún usuario «{login[:60]}» en esta base; no se cambió nada. Véalos con «usuarios listar».",
        )
    return user


def _with_slip(
    db: "Database", slip: "RecoverySlip", output: Path | None, values: dict[str, Any], told: str
) -> Outcome:
    from sisfoh_desktop.modules.people.service import recovery

    until = slip.until.astimezone(LIMA)
    good = f"vale hasta el {format_date(until.date())} a las {until:%H:%M}"
    values = {**values, "until": slip.until.isoformat()}
    if output is None:
        return Outcome({**values, "code": slip.code}, (told, f"Clave de un solo uso: {slip.code} ({good})."))
    atomic_write(output, recovery.recovery_pdf(db, slip))
    lines = (
        told,
        f"La clave de un solo uso está en {output}; {good}. Entréguela en sobre y borre el archivo.",
    )
    return Outcome({**values, "file": str(output)}, lines)


def _decided(lines: "tuple[ReviewLine, ...]", args: argparse.Namespace) -> "tuple[ReviewLine, ...]":
    from sisfoh_desktop.modules.people.rules.facts import Decision

    decided = {line.login: line for line in lines}
    for decision, asked in ((Decision.END, args.ends), (Decision.CHANGE, args.changes)):
        for text in asked:
            login, equals, note = (part.strip() for part in text.partition("="))
            if not equals or login not in decided:
                raise UsageError(
                    f"No se entendió «{text[:60]}»; no se hizo nada. Escriba USUARIO=MOTIVO, con uno de la lista."
                )
            decided[login] = replace(decided[login], decision=decision, note=note)
    return tuple(decided.values())


def role_word(title: str) -> str:
    """How a role is typed: its title in small letters without accents, hyphens for blanks."""
    return "-".join(without_accents(title).split())


def _role_keys(typed_roles: list[str]) -> list[str]:
    """The keys of roles typed as words or as keys; an unknown one stays as it is and is refused by the rules."""
    from sisfoh_desktop.modules.people.rules.roles import ROLES

    by_word = {role_word(role.title): role.key for role in ROLES}
    return [by_word.get(role_word(one), one) for one in typed_roles]


def _told(user: "User") -> dict[str, Any]:
    return {
        "login": user.login,
        "name": user.name,
        "office": user.office,
        "position": user.position,
        "document": user.document,
        "roles": list(user.roles),
        "state": user.state.value,
        "valid_from": user.valid_from.isoformat() if user.valid_from else None,
        "valid_to": user.valid_to.isoformat() if user.valid_to else None,
        "last_login": user.last_login_at.isoformat() if user.last_login_at else None,
        "has_password": user.has_password,
    }


def _roles_told(user: "User") -> str:
    from sisfoh_desktop.modules.people.rules.roles import role_title

    return ", ".join(role_title(key) for key in user.roles)


def _last_login(line: "ReviewLine") -> str:
    moment: datetime | None = line.last_login_at
    return f"última entrada {format_date(moment.astimezone(LIMA).date())}" if moment else "nunca entró"


def _today(clock: Clock) -> date:
    return clock.now().astimezone(LIMA).date()
