"""The roles of an office and the rights of each: data. A user may have several, and then has the rights of all."""

from collections.abc import Iterable, Sequence

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.people.rules.facts import Role

ADMINISTRATOR = "administrator"

ROLES: tuple[Role, ...] = (
    Role(
        ADMINISTRATOR,
        "Administrador",
        "Usuarios, oficina, respaldos y la base; no el trabajo de los demás",
        frozenset(
            {
                "people.manage",
                "office.manage",
                "handover.make",
                "backup.make",
                "base.manage",
                "audit.read",
                "privacy.manage",
            }
        ),
    ),
    Role(
        "ule_head",
        "Responsable de la ULE",
        "Todo el trabajo de la oficina, y aprueba los ajustes del kardex",
        frozenset(
            {
                "expedientes.edit",
                "plans.edit",
                "matrix.edit",
                "resoluciones.draft",
                "resoluciones.deliver",
                "papers.numbers",
                "papers.export",
                "papers.sign",
                "kardex.move",
                "kardex.catalogue",
                "kardex.approve",
                "poi.record",
                "poi.report",
                "office.manage",
                "handover.make",
                "backup.make",
                "audit.read",
                "privacy.manage",
                "personal.view",
                "personal.export",
            }
        ),
    ),
    Role(
        "expedientes_clerk",
        "Encargado de expedientes",
        "Planes, expedientes, resoluciones y su notificación",
        frozenset(
            {
                "expedientes.edit",
                "plans.edit",
                "matrix.edit",
                "resoluciones.draft",
                "resoluciones.deliver",
                "papers.numbers",
                "papers.export",
            }
        ),
    ),
    Role(
        "kardex_clerk",
        "Encargado del kardex",
        "Movimientos, conteos, actas y catálogo de formularios",
        frozenset({"kardex.move", "kardex.catalogue", "papers.export"}),
    ),
    Role("poi_clerk", "Encargado del POI", "Registra la ejecución de cada mes", frozenset({"poi.record"})),
    Role(
        "planner",
        "Planeamiento",
        "Programa el POI, cierra sus meses y emite sus informes",
        frozenset({"poi.plan", "poi.record", "poi.close", "poi.report", "papers.export"}),
    ),
    Role(
        "legal",
        "Asesoría jurídica",
        "Opina en los expedientes, redacta y revisa resoluciones",
        frozenset({"expedientes.edit", "resoluciones.draft", "papers.export"}),
    ),
    Role("signer", "Firmante", "Firma u observa lo que se le pide", frozenset({"papers.sign"})),
    Role(
        "auditor",
        "Auditor",
        "Lee todo y extrae el historial; no cambia nada de la oficina",
        frozenset({"pages.read", "audit.read", "personal.view"}),
    ),
    Role("reader", "Consulta", "Ve las páginas; no cambia nada", frozenset({"pages.read"})),
)

_BY_KEY = {role.key: role for role in ROLES}


def role_title(key: str) -> str:
    """How the role is called; a key that this program does not know shows as it is."""
    role = _BY_KEY.get(key)
    return key if role is None else role.title


def rights_of(roles: Iterable[str]) -> frozenset[str]:
    """The rights of all these roles together; unknown keys give none."""
    return frozenset().union(*(_BY_KEY[key].rights for key in roles if key in _BY_KEY))


def clean_roles(roles: Sequence[str]) -> tuple[str, ...]:
    """The roles once each, in the order of `ROLES`; RuleError `roles_missing` or `role_unknown`."""
    unknown = [key for key in roles if key not in _BY_KEY]
    if unknown:
        raise RuleError(
            "role_unknown",
            f"El rol «{unknown[0][:40]}» no existe; no se cambió nada. Elija uno de la lista.",
        )
    if not roles:
        raise RuleError("roles_missing", "Falta el rol del usuario; elija al menos uno. No se cambió nada.")
    return tuple(role.key for role in ROLES if role.key in roles)
