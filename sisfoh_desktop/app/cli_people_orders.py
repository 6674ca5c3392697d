"""The arguments of the command `usuarios`; what its orders do is in cli_people.py."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from sisfoh_desktop.app import cli_own_access, cli_people
from sisfoh_desktop.app.cli_desk import PASSWORD_VARIABLE, Outcome, add_common
from sisfoh_desktop.app.cli_own_access import NEW_PASSWORD_VARIABLE
from sisfoh_desktop.app.cli_parser import SpanishParser, readable, typed
from sisfoh_desktop.basics.clock import Clock

Run = Callable[[argparse.Namespace, Clock], Outcome]


def add_usuarios(commands: Any, day: Callable[[str], date]) -> None:
    """`usuarios` with its orders; `day` reads a date as typed."""
    usuarios = commands.add_parser("usuarios", help="quién puede trabajar con la base")
    add_common(usuarios, nested=True)
    orders = usuarios.add_subparsers(
        title="qué se hace", metavar="QUÉ", required=True, parser_class=SpanishParser
    )
    _order(orders, "listar", cli_people.run_listar, "los usuarios con sus roles y si pueden entrar")
    made = _order(
        orders,
        "crear",
        cli_people.run_crear,
        "crea un usuario; el primero de la base debe ser administrador",
        user=True,
    )
    _data(made, day, required=True)
    _roles(made, required=True)
    _slip(made)
    changed = _order(orders, "cambiar", cli_people.run_cambiar, "corrige los datos de un usuario", user=True)
    _data(changed, day, required=False)
    roles = _order(
        orders, "roles", cli_people.run_roles, "los roles que hay; con un usuario, los que tendrá desde ahora"
    )
    roles.add_argument("login", metavar="USUARIO", nargs="?", default="", help="a quién se le cambian")
    _roles(roles, required=False)
    for name, run, does in (
        ("suspender", cli_people.run_suspender, "quita el acceso hasta que se restablezca"),
        ("cesar", cli_people.run_cesar, "quita el acceso a quien se va; su nombre queda en el historial"),
        ("restablecer", cli_people.run_restablecer, "devuelve el acceso a quien se suspendió o cesó"),
    ):
        parser = _order(orders, name, run, does, user=True)
        parser.add_argument(
            "--motivo", dest="reason", type=readable, metavar="M", required=True, help="queda en el historial"
        )
    _slip(
        _order(
            orders, "recuperar", cli_people.run_recuperar, "una clave de un solo uso para entrar", user=True
        )
    )
    _slip(
        _order(
            orders,
            "hoja",
            cli_own_access.run_hoja,
            "la hoja de recuperación de quien administra, para un sobre",
        )
    )
    own = _order(
        orders,
        "clave",
        cli_own_access.run_clave,
        f"cambia la propia contraseña: la de antes en {PASSWORD_VARIABLE}, la nueva en {NEW_PASSWORD_VARIABLE}",
    )
    own.add_argument(
        "--hoja",
        dest="by_sheet",
        action="store_true",
        help=f"quien administra y la olvidó: la clave de su hoja de recuperación en {PASSWORD_VARIABLE}",
    )
    review = _order(orders, "revisar", cli_people.run_revisar, "la revisión semestral de accesos")
    review.add_argument("--registrar", dest="record", action="store_true", help="la deja registrada")
    review.add_argument("--nota", dest="note", type=readable, metavar="N", help="observación")
    for name, dest, does in (
        ("--cesar", "ends", "cesa a este usuario, con su motivo"),
        ("--cambiar", "changes", "decide cambiar sus roles, con su motivo"),
    ):
        review.add_argument(
            name, dest=dest, type=readable, metavar="USUARIO=MOTIVO", action="append", default=[], help=does
        )


def _order(orders: Any, name: str, run: Run, does: str, *, user: bool = False) -> SpanishParser:
    parser: SpanishParser = orders.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    add_common(parser, nested=True)
    parser.set_defaults(run=run)
    if user:
        parser.add_argument("login", metavar="USUARIO", type=readable, help="por ejemplo rquispe")
    return parser


def _data(parser: SpanishParser, day: Callable[[str], date], *, required: bool) -> None:
    parser.add_argument(
        "--nombre", dest="name", type=readable, metavar="N", required=required, help="nombres y apellidos"
    )
    for name, dest, does in (
        ("--oficina", "office", "siglas de su oficina"),
        ("--cargo", "position", "su cargo"),
        ("--documento", "document", "documento que autoriza su acceso"),
    ):
        parser.add_argument(name, dest=dest, type=readable, metavar="T", help=does)
    for name, dest, does in (("--desde", "since", "primer día"), ("--hasta", "until", "último día")):
        parser.add_argument(name, dest=dest, type=typed(day), metavar="FECHA", help=f"{does} de acceso")


def _roles(parser: SpanishParser, *, required: bool) -> None:
    parser.add_argument(
        "--rol",
        dest="roles",
        type=readable,
        action="append",
        metavar="R",
        required=required,
        default=None if required else [],
        help="se repite por cada rol; «usuarios roles» dice cuáles hay",
    )


def _slip(parser: SpanishParser) -> None:
    parser.add_argument(
        "-o", dest="output", metavar="F.pdf", default="", help="la clave en papel; si falta, en la pantalla"
    )
