"""When an opinion may be asked, reminded, answered, widened or withdrawn: cleaned, or refused with a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.expedientes.rules.facts import Opinion
from sisfoh_desktop.modules.expedientes.rules.opinions import (
    OpinionAnswer,
    OpinionAsk,
    OpinionKind,
    OpinionMore,
    OpinionRequest,
    OpinionState,
)
from sisfoh_desktop.modules.plans.rules import FunctionalChain, chain_faults

MAX_ASKS = 2_000
MAX_NOTE = 4_000
MAX_DAYS = 365
REASON_LIMIT = 500


def clean_ask(ask: OpinionAsk, today: date) -> OpinionAsk:
    """The request as it will be kept, a unit once; RuleError with what is missing or impossible."""
    if not ask.unit_ids:
        raise RuleError(
            "units_missing", "No marcó ninguna unidad; no se pidió nada. Marque a quién se le pide."
        )
    return replace(
        ask,
        unit_ids=tuple(dict.fromkeys(ask.unit_ids)),
        asks=_asks(ask.asks),
        days=_days(ask.days),
        asked_on=_asked_on(ask.asked_on, today),
    )


def clean_more(more: OpinionMore, request: OpinionRequest, today: date) -> OpinionMore:
    """An ampliación as it will be kept; it is asked on the day of the answer or later."""
    asked_on = _asked_on(more.asked_on, today)
    if request.answer is not None and asked_on < request.answer.on:
        raise RuleError(
            "more_before_answer",
            f"La ampliación no puede pedirse el {format_date(asked_on)}, antes de la respuesta del "
            f"{format_date(request.answer.on)}; no se pidió. Corrija la fecha.",
        )
    return replace(more, asks=_asks(more.asks), days=_days(more.days), asked_on=asked_on)


def clean_answer(answer: OpinionAnswer, request: OpinionRequest, today: date) -> OpinionAnswer:
    """The answer as it will be kept; a favourable one with conditions says which."""
    if answer.opinion is Opinion.ASKS_MORE:
        raise RuleError(
            "answer_asks_more",
            "Un documento que pide ampliación no responde lo pedido; no se registró la respuesta. "
            "Pida la ampliación a la unidad que debe darla.",
        )
    if not request.asked_on <= answer.on <= today:
        raise RuleError(
            "answer_date",
            f"La respuesta del {format_date(answer.on)} debe estar entre el pedido "
            f"({format_date(request.asked_on)}) y hoy; no se registró. Corrija la fecha.",
        )
    note = clean_text(answer.note, what="lo que condiciona u observa", limit=MAX_NOTE)
    if answer.opinion is Opinion.CONDITIONAL and not note:
        raise RuleError(
            "conditions_missing",
            "Una opinión favorable con condiciones debe decir cuáles; no se registró. Escríbalas.",
        )
    return replace(answer, note=note)


def clean_reminder(note: str, on: date, request: OpinionRequest, today: date) -> str:
    """The note of a reminder as it will be kept; one reminder a day is enough."""
    if not request.asked_on <= on <= today:
        raise RuleError(
            "reminder_date",
            f"El recordatorio del {format_date(on)} debe estar entre el pedido "
            f"({format_date(request.asked_on)}) y hoy; no se anotó. Corrija la fecha.",
        )
    if any(one.on == on for one in request.reminders):
        raise RuleError(
            "already_reminded",
            f"El {format_date(on)} ya se le recordó a {request.unit.label}; no se anotó otra vez. "
            "Elija otra fecha si fue otro día.",
        )
    return clean_text(note, what="cómo se le recordó", limit=REASON_LIMIT)


def check_is_open(request: OpinionRequest) -> None:
    """Only what is still expected can be reminded or withdrawn."""
    if request.state is not OpinionState.ASKED:
        raise RuleError(
            "opinion_closed",
            f"La {request.name} ya no se espera (está {'recibida' if request.answer else 'retirada'}); "
            "no se cambió nada. Actualice con F5.",
        )


def check_can_answer(request: OpinionRequest, *, widened: bool) -> None:
    """An answer is registered once, and corrected until an ampliación was asked on it."""
    if request.state is OpinionState.WITHDRAWN:
        check_is_open(request)
    if request.state is OpinionState.ANSWERED and widened:
        raise RuleError(
            "answer_widened",
            f"De la {request.name} ya se pidió ampliación y su respuesta no se corrige; no se cambió nada. "
            "Lo nuevo va en la respuesta de la ampliación.",
        )


def check_can_ask_more(request: OpinionRequest, *, widening: bool) -> None:
    """Only an opinion that was given can be widened, one ampliación at a time."""
    if request.state is not OpinionState.ANSWERED:
        raise RuleError(
            "more_too_early",
            f"La {request.name} todavía no llega o se retiró; no se pidió ampliación. "
            "Registre primero su respuesta, o recuérdele a la unidad.",
        )
    if widening:
        raise RuleError(
            "more_already_asked",
            f"Ya se espera una ampliación de la {request.name}; no se pidió otra. Recuérdele a la unidad.",
        )


def check_not_asked_twice(kind: OpinionKind, unit_id: int, requests: Sequence[OpinionRequest]) -> None:
    """A unit owes one opinion of a kind at a time in an expediente."""
    for one in requests:
        if one.is_open and one.kind is kind and one.unit.unit_id == unit_id:
            raise RuleError(
                "opinion_already_asked",
                f"{one.unit.label} ya debe la {one.name}, pedida el {format_date(one.asked_on)}; no se pidió "
                "otra vez a nadie. Quite esa unidad, o recuérdele lo pedido.",
            )


def chain_gaps(chains: Sequence[FunctionalChain] | None) -> list[str]:
    """What keeps a plan's functional-programmatic chain from being complete; None: there is no plan."""
    if chains is None:
        return ["el expediente no indica su plan de trabajo"]
    if not chains:
        return ["el plan no tiene ninguna línea de la estructura funcional programática"]
    return list(dict.fromkeys(fault for chain in chains for fault in chain_faults(chain)))


def check_chain_before_legal(kind: OpinionKind, gaps: Sequence[str], reason: str) -> str:
    """The reason to keep, "" when none is needed; RuleError `chain_incomplete` without chain nor reason.

    Legal sends back a file whose expense has no chain: asking first saves the way there and back.
    """
    if kind is not OpinionKind.LEGAL or not gaps:
        return ""
    kept = clean_text(reason, what="el motivo", limit=REASON_LIMIT)
    if not kept:
        more = f" y {len(gaps) - 2} más" if len(gaps) > 2 else ""
        raise RuleError(
            "chain_incomplete",
            f"Falta la estructura funcional programática: {'; '.join(gaps[:2])}{more}. No se pidió la opinión "
            "legal. Complétela en el plan de trabajo, o pídala así con un motivo.",
        )
    return kept


def _asks(text: str) -> str:
    return clean_text(text, what="lo que se pide", limit=MAX_ASKS, required=True)


def _days(days: int) -> int:
    if not 1 <= days <= MAX_DAYS:
        raise RuleError(
            "days_range", f"El plazo va de 1 a {MAX_DAYS} días hábiles; no se pidió nada. Corríjalo."
        )
    return days


def _asked_on(asked_on: date, today: date) -> date:
    if asked_on > today:
        raise RuleError(
            "date_in_future",
            f"La fecha del pedido {format_date(asked_on)} todavía no llega; no se pidió nada. Corríjala.",
        )
    return asked_on
