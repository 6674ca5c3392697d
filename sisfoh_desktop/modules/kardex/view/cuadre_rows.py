"""The two lists of the cuadre: the identity of each person, and the differences."""

from collections.abc import Callable
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules.cuadre import Cuadre, CuadreLine
from sisfoh_desktop.modules.kardex.rules.differences import Difference, Severity
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

SEVERITY_TONES: dict[Severity, Tone] = {
    Severity.GRAVE: "danger",
    Severity.WARNING: "warn",
    Severity.NOTICE: "accent",
}
_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


def identity_columns() -> list[Column]:
    """Tenía + entregado = usado + devuelto + anulado + extraviado + deteriorado + en poder."""
    return [
        Column("Persona", lambda line: line.holder.name),
        Column("Form.", lambda line: line.form_type.code, width=58, tip=lambda line: line.form_type.title),
        _count("Tenía", 52, lambda line: line.flow.opening, lambda _line: "En su poder antes del período"),
        _count("Entregado", 86, lambda line: line.flow.delivered),
        _count("Usado", 56, lambda line: line.flow.used),
        _count("Dev.", 48, given_back, _given_back_tip),
        _count("Anul.", 50, lambda line: line.flow.annulled, lambda _line: "Anulado en blanco"),
        _count("Extr.", 46, lambda line: line.flow.lost, lambda _line: "Extraviado en blanco"),
        _count("Det.", 44, lambda line: line.flow.damaged, lambda _line: "Deteriorado en blanco"),
        _count("En poder", 78, lambda line: line.flow.in_hand),
        Column(
            "Digit.",
            digitised_text,
            sort_key=lambda line: line.digitised,
            align="right",
            width=56,
            tip=_digitised_tip,
        ),
        Column(
            "Cuadra",
            verdict,
            sort_key=lambda line: (line.balanced, -line.unexplained),
            width=92,
            tone=verdict_tone,
            tip=lambda line: (
                f"{line.unexplained} diferencias sin explicar, {line.explained} explicadas"
                if line.unexplained or line.explained
                else "Sin diferencias"
            ),
        ),
    ]


def _count(
    title: str, width: int, count: Callable[[Any], int], tip: Callable[[Any], str] | None = None
) -> Column:
    return Column(
        title,
        lambda line: format_number(count(line)),
        sort_key=count,
        align="right",
        width=width,
        tip=tip,
    )


def given_back(line: CuadreLine) -> int:
    """What went out of somebody's hands in blank and whole."""
    return line.flow.returned + line.flow.transferred + line.flow.adjusted


def _given_back_tip(line: CuadreLine) -> str:
    flow = line.flow
    return f"Devuelto {flow.returned}, pasado a otra persona {flow.transferred}, ajustado {flow.adjusted}"


def _digitised_tip(line: CuadreLine) -> str:
    if line.digitised is None:
        return "Todavía no se importó lo digitado"
    return f"De {format_number(line.still_used)} usados que siguen valiendo"


def digitised_text(line: CuadreLine) -> str:
    return "—" if line.digitised is None else format_number(line.digitised)


def verdict(line: CuadreLine) -> str:
    """What is left to do about a person."""
    if not line.flow.adds_up:
        return "No cuadra"
    if line.unexplained:
        return f"{line.unexplained} por ver"
    return "Cuadra"


def verdict_tone(line: CuadreLine) -> Tone:
    if not line.flow.adds_up or line.unexplained:
        return "danger"
    return "ok"


def difference_columns() -> list[Column]:
    return [
        Column(
            "Gravedad",
            lambda one: one.severity.label,
            sort_key=lambda one: _GRAVITY[one.severity],
            width=108,
            tone=lambda one: SEVERITY_TONES[one.severity],
        ),
        Column("Diferencia", lambda one: one.kind.label),
        Column("Números", numbers_text, sort_key=lambda one: (one.type_code, one.number_text)),
        Column(
            "Cant.",
            lambda one: format_number(one.form_count),
            sort_key=lambda one: one.form_count,
            align="right",
            width=50,
        ),
        Column("Persona", lambda one: one.holder_name),
        Column(
            "Día",
            lambda one: format_date(one.day) if one.day else "",
            sort_key=lambda one: one.day,
            align="center",
            width=88,
        ),
        Column(
            "Estado",
            lambda one: "Explicada" if one.explained else "Sin explicar",
            width=106,
            tone=lambda one: "ok" if one.explained else "warn",
        ),
    ]


def numbers_text(one: Difference) -> str:
    return f"{one.type_code} {one.ranges_text}".strip()


def told_cuts(answer: Cuadre) -> str:
    """Up to when each form was digitised, in a sentence."""
    if not answer.cuts:
        return "Todavía no se importó lo digitado: usado y digitado no se comparan."
    told = [
        f"{cut.form_type.code} hasta el {format_date(cut.counted_on)} ({format_number(cut.form_count)} en "
        f"{cut.files} {'archivo' if cut.files == 1 else 'archivos'})"
        for cut in answer.cuts
    ]
    return f"Digitado: {'; '.join(told)}."
