"""How handovers, their lines and their systems are shown in lists."""

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.handover.rules.facts import Handover, HandoverState, TakenLine
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[HandoverState, Tone] = {
    HandoverState.DRAFT: "dim",
    HandoverState.FROZEN: "accent",
    HandoverState.SIGNED: "ok",
    HandoverState.OBSERVED: "danger",
}


def handover_columns() -> list[Column]:
    """Of the handovers made."""
    return [
        Column(
            "Fecha",
            lambda one: format_date(one.handed_on),
            lambda one: one.handed_on,
            align="center",
            width=96,
        ),
        Column("Entrega", lambda one: one.leaver.name),
        Column("Recibe", lambda one: one.receiver.name),
        Column("Motivo", lambda one: one.reason),
        Column("Acta", lambda one: one.number_text or "—", width=140),
        Column("Estado", lambda one: one.state.label, tone=lambda one: _TONES[one.state], width=112),
        Column("Revisado", _taken, width=112),
    ]


def line_columns() -> list[Column]:
    """Of what is handed over."""
    return [
        Column("Parte", lambda line: line.section.label, width=200),
        Column("Qué se entrega", lambda line: line.title),
        Column("Cómo está", lambda line: line.detail),
        Column(
            "Vence",
            lambda line: format_date(line.due) if line.due is not None else "",
            lambda line: line.due,
            align="center",
            width=96,
        ),
    ]


def taken_columns() -> list[Column]:
    """Of what was received, as whoever receives goes through it."""
    return [
        Column("Qué recibió", lambda one: one.line.title),
        Column("Cómo estaba", lambda one: one.line.detail),
        Column(
            "Vence",
            lambda one: format_date(one.line.due) if one.line.due is not None else "",
            lambda one: one.line.due,
            align="center",
            width=96,
        ),
        Column(
            "Ahora",
            lambda one: "Sigue así" if one.still else "Ya cambió",
            tone=_now_tone,
            width=112,
        ),
    ]


def system_columns() -> list[Column]:
    """Of the systems and keys listed."""
    return [
        Column("Sistema, equipo o llave", lambda one: one.system),
        Column("Usuario o cuenta", lambda one: one.account),
        Column("Dónde se guarda la clave", lambda one: one.place),
        Column("Quién la custodia", lambda one: one.custodian),
    ]


def _now_tone(one: TakenLine) -> Tone:
    return "warn" if one.still else "ok"


def _taken(one: Handover) -> str:
    return one.taken_at.astimezone(LIMA).strftime("%d/%m/%Y") if one.taken_at is not None else ""
