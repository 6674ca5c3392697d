"""What a person may do: the rights of the office, and which actions of the trail each of them opens.

Every change writes its action into the trail in the same transaction, and the trail asks here first: a change
without its right cannot be committed, whatever way it came. Who has which rights is the module `people`'s.
"""

from dataclasses import dataclass

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError


@dataclass(frozen=True)
class Right:
    """A right by its stable key; `actions` are actions of the trail, a final point standing for all that follow."""

    key: str
    title: str
    group: str
    actions: tuple[str, ...] = ()

    def opens(self, action: str) -> bool:
        """Whether the action of the trail needs no more than this right."""
        return any(
            action.startswith(opened) if opened.endswith(".") else action == opened for opened in self.actions
        )


_FREEZE = ("paper.freeze", "paper.annul", "number.reserve", "number.annul", "series.create")
# An act holds its plan, and with it its matrix.
_HOLD = ("plan.hold", "plan.release", "matrix.hold", "matrix.release")
_EVIDENCE = ("matrix.evidence", "matrix.evidence_withdraw")
# A signature, or a refusal, with what follows in what the paper is about. Whoever may only do this may not do it by
# itself: the verbs that write the same actions at somebody's order ask `check_right` first.
_SIGNED = ("paper.sign", "expediente.resolve", "plan.state", "matrix.state", *_HOLD, *_EVIDENCE)

RIGHTS: tuple[Right, ...] = (
    Right("expedientes.edit", "Llevar expedientes y opiniones", "Expedientes", ("expediente.",)),
    Right(
        "plans.edit", "Registrar y cambiar planes", "Planes", ("plan.", "matrix.create", *_HOLD, *_EVIDENCE)
    ),
    Right("matrix.edit", "Llevar la matriz de responsabilidades", "Matriz", ("matrix.",)),
    Right(
        "resoluciones.draft",
        "Redactar, revisar y congelar resoluciones",
        "Resoluciones",
        ("resolucion.", "act_model.", *_HOLD, *_FREEZE),
    ),
    Right(
        "resoluciones.deliver",
        "Notificar, remitir y publicar",
        "Resoluciones",
        (
            "notification.",
            "publication.",
            "remission.",
            "resolucion.notify",
            "resolucion.notify_again",
            "expediente.notified",
            "expediente.notify_again",
            *_EVIDENCE,
            *_FREEZE,
        ),
    ),
    Right("papers.numbers", "Reservar y explicar números", "Papeles", ("number.", "series.")),
    Right(
        "papers.export",
        "Llevar papeles a firmar fuera o en tinta, y traerlos",
        "Papeles",
        ("paper.export", *_SIGNED),
    ),
    Right(
        "papers.sign",
        "Firmar, u observar lo que se le pide firmar",
        "Papeles",
        ("paper.refuse", "paper.export", "resolucion.reopen", *_SIGNED),
    ),
    Right(
        "kardex.move",
        "Registrar movimientos, conteos y actas",
        "Kardex",
        (
            "kardex.",
            "kardex_acta.",
            "kardex_count.",
            "kardex_difference.",
            "kardex_adjustment.propose",
            "kardex_adjustment.withdraw",
            *_FREEZE,
        ),
    ),
    Right(
        "kardex.catalogue",
        "Campañas, formularios y tenedores",
        "Kardex",
        ("kardex_campaign.", "kardex_form_type.", "kardex_holder."),
    ),
    Right("kardex.approve", "Aprobar ajustes del kardex", "Kardex", ("kardex_adjustment.",)),
    Right("poi.record", "Registrar la ejecución y su evidencia", "POI", ("poi_execution.", "poi_evidence.")),
    Right(
        "poi.plan",
        "Programar, importar y aprobar versiones",
        "POI",
        ("poi.", "poi_activity.", "poi_version.", "poi_plan.", "poi_measure.", "poi_mapping."),
    ),
    Right("poi.close", "Cerrar y reabrir meses", "POI", ("poi_month.",)),
    Right("poi.report", "Emitir informes del POI", "POI", ("poi_report.", *_FREEZE)),
    Right("pages.read", "Ver las páginas de los demás, sin cambiar nada", "Oficina"),
    Right("office.manage", "Cambiar los datos de la oficina", "Oficina", ("office.", "series.")),
    Right(
        "people.manage",
        "Administrar usuarios y revisar accesos",
        "Personas",
        ("user.", "access_review.", *_FREEZE),
    ),
    Right(
        "handover.make",
        "Entregar y recibir cargos",
        "Personas",
        ("handover.", *_FREEZE),
    ),
    Right("backup.make", "Hacer y probar respaldos", "Resguardo", ("backup.",)),
    Right("base.manage", "Cifrar, trasladar y purgar la base", "Resguardo", ("base.",)),
    Right("audit.read", "Leer y extraer el historial de toda la oficina", "Resguardo", ("audit.", *_FREEZE)),
    Right(
        "privacy.manage",
        "Llevar el banco de datos personales y sus incidentes",
        "Datos personales",
        ("privacy.", "incident.", *_FREEZE),
    ),
    Right("personal.view", "Ver DNI completos, con motivo", "Datos personales", ("personal.view",)),
    Right(
        "personal.export", "Exportar datos personales, con motivo", "Datos personales", ("personal.export",)
    ),
)

_ACTS = frozenset({"resoluciones.draft", "resoluciones.deliver", "papers.sign"})
_FILES = _ACTS | {"plans.edit", "expedientes.edit", "matrix.edit"}

RIGHTS_OF_PAGE: dict[str, frozenset[str]] = {
    "expedientes": _FILES,
    "plans": _FILES,
    "responsibilities": _FILES,
    "resoluciones": _ACTS,
    "kardex": frozenset({"kardex.move", "kardex.catalogue", "kardex.approve"}),
    "poi": frozenset({"poi.record", "poi.plan", "poi.close", "poi.report"}),
    "papers": frozenset(),
    "office": frozenset({"office.manage"}),
    "people": frozenset({"people.manage"}),
    "safekeeping": frozenset({"backup.make", "base.manage", "audit.read", "privacy.manage"}),
    "handover": frozenset({"handover.make"}),
}
"""Any of these opens the page of a module, in the menu and for the tasks of Mi bandeja; none is needed where the set is
empty."""

_EVERYBODY = ("session.", "print.", "export.", "ledger.", "user.password", "handover.take", "personal.search")
"""Going in and out, what was printed or exported, seals of the ledgers, one's own password, having gone through what
one received, that a DNI was looked for: needs no right."""

_KNOWN = {right.key: right for right in RIGHTS}


def right(key: str) -> Right:
    """The right with this key; KeyError for another word."""
    return _KNOWN[key]


def may_see(actor: Actor, rights: frozenset[str]) -> bool:
    """Whether what any of `rights` opens is offered to the actor: always to whoever reads all pages."""
    return not rights or actor.may("pages.read") or any(actor.may(key) for key in rights)


def is_known_action(action: str) -> bool:
    """Whether some right opens the action, or everybody may do it."""
    return action.startswith(_EVERYBODY) or any(one.opens(action) for one in RIGHTS)


def may_do(actor: Actor, action: str) -> bool:
    """Whether the actor may do an action of the trail; all is open to one without a list of rights."""
    if actor.rights is None or action.startswith(_EVERYBODY):
        return True
    return any(_KNOWN[key].opens(action) for key in actor.rights if key in _KNOWN)


def check_may_do(actor: Actor, action: str) -> None:
    """RuleError `not_allowed` unless the actor may do the action; nothing of it is kept."""
    if may_do(actor, action):
        return
    needed = " o ".join(f"«{one.title}»" for one in RIGHTS if one.opens(action))
    raise RuleError(
        "not_allowed",
        f"Su usuario no tiene permiso para esto{f' (hace falta {needed})' if needed else ''}; no se cambió nada. "
        "Pídalo a quien administra los usuarios.",
    )


def check_right(actor: Actor, key: str) -> None:
    """RuleError `not_allowed` unless the actor has the right; for what is asked before a change, or reads only."""
    if not actor.may(key):
        raise RuleError(
            "not_allowed",
            f"Su usuario no tiene permiso para esto (hace falta «{_KNOWN[key].title}»); no se hizo nada. "
            "Pídalo a quien administra los usuarios.",
        )
