"""The next step of an expediente, as the panel at the right tells it. What each order does is the page's affair."""

from collections.abc import Callable
from dataclasses import dataclass

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import (
    ExpedienteLine,
    ExpedienteState,
    Opinion,
    OpinionLine,
    Standing,
)
from sisfoh_desktop.modules.expedientes.service import ExpedienteView
from sisfoh_desktop.qtkit.page import NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import step_for

_EDIT = "expedientes.edit"


@dataclass(frozen=True)
class Orders:
    """What the panel's button can do."""

    reopen: Callable[[], object]
    register: Callable[[], object]
    resolucion: Callable[[], object]
    remind: Callable[[OpinionLine], object]
    act: Callable[[int], object]


def step_of(view: ExpedienteView, orders: Orders, actor: Actor) -> NextStep:
    """What to do now with the expediente on view; where `actor` may not, who does it."""
    step, right = _step_and_right(view, orders)
    return step_for(actor, right, step) if right else step


def _step_and_right(view: ExpedienteView, orders: Orders) -> tuple[NextStep, str]:
    """The step, and the right that it needs ("" for one that only shows)."""
    expediente = view.expediente
    if expediente.state is ExpedienteState.ARCHIVED:
        return NextStep(
            "Expediente archivado",
            "Solo se consulta. Para seguir, reábralo con motivo.",
            "Reabrir",
            run=orders.reopen,
        ), _EDIT
    act = view.sequel.act
    if act is not None:
        return NextStep(act.head, act.says, "Abrir la resolución", run=lambda: orders.act(act.id)), ""
    if view.holder is None:
        return NextStep(
            "Registre el primer documento",
            "Por lo común, el que pide o anuncia lo que el expediente va a resolver.",
            "Registrar documento",
            run=orders.register,
        ), _EDIT
    if expediente.state is ExpedienteState.RESOLVED:
        return NextStep(
            "Ya tiene resolución",
            "Ábrala para verificar sus firmas o imprimirla.",
            "Ver la resolución",
            run=orders.resolucion,
        ), ""
    waiting = sorted((line for line in view.opinions if line.is_open), key=lambda line: line.due)
    if waiting:
        return _step_of_opinions(waiting, orders), _EDIT
    last = view.holder.document
    if last.entry.opinion is Opinion.FAVOURABLE and not last.entry.asks_reply:
        return NextStep(
            "Redacte la resolución",
            f"{last.title} es favorable. La nueva resolución toma sus vistos y considerandos de aquí.",
            "Crear resolución",
            enabled=expediente.plan_id is not None,
            reason=""
            if expediente.plan_id
            else "El expediente no indica su plan de trabajo: complételo en Datos.",
            run=orders.resolucion,
        ), "resoluciones.draft"
    asked = "la respuesta de" if last.entry.asks_reply else "lo que envíe"
    return NextStep(
        f"Espera a {view.holder.party.label}",
        f"Cuando llegue, registre {asked} {view.holder.party.name or view.holder.party.label}.",
        "Registrar documento",
        run=orders.register,
    ), _EDIT


def step_of_list(
    line: ExpedienteLine | None, open_it: Callable[[], object], new: Callable[[], object]
) -> NextStep:
    """What to do now with the list: open the chosen expediente, or the first one."""
    if line is None:
        return NextStep(
            "Abra el primer expediente",
            "Reúne los documentos que llevan a una resolución y dice quién los tiene.",
            "Nuevo expediente",
            run=new,
        )
    held = f"Lo tiene {line.holder} desde el {format_date(line.since)}." if line.since else ""
    return NextStep("Abra el expediente elegido", f"{held} {line.state.label}.".strip(), "Abrir", run=open_it)


def _step_of_opinions(waiting: list[OpinionLine], orders: Orders) -> NextStep:
    """Remind the unit that is late and was not reminded since; else wait for the first that is due."""
    late = [line for line in waiting if line.state is Standing.OVERDUE and not _reminded_late(line)]
    if late:
        line = late[0]
        return NextStep(
            f"Recuerde a {line.unit}",
            f"{line.request.title}: {line.sentence}",
            "Recordar",
            run=lambda: orders.remind(line),
        )
    line = waiting[0]
    others = len(waiting) - 1
    more = (
        "" if not others else " Falta otra opinión." if others == 1 else f" Faltan otras {others} opiniones."
    )
    return NextStep(
        f"Espera la opinión de {line.unit}",
        f"{line.sentence} Cuando llegue, registre el documento.{more}",
        "Registrar documento",
        run=orders.register,
    )


def _reminded_late(line: OpinionLine) -> bool:
    return line.reminded_on is not None and line.reminded_on > line.due
