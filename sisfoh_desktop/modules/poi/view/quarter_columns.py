"""The columns of the tab's lists. Their texts are already in the lines."""

from collections.abc import Callable, Collection, Sequence

from sisfoh_desktop.modules.poi.rules.by_unit import StateHead
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, MONTH_NAMES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.states import SHAPE_SIGNS, State
from sisfoh_desktop.modules.poi.view.quarter_lines import Shown
from sisfoh_desktop.modules.poi.view.stacked_table import Stack
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

FROZEN = 2
"""Unit and activity stay in sight."""

TONES: dict[str, Tone] = {"bad": "danger", "warn": "warn", "good": "ok", "info": "accent", "mute": "dim"}


def tone_of(state: State) -> Tone:
    """The screen's tone for a state's."""
    return TONES.get(state.tone, "dim")


def exception_columns() -> list[Column]:
    """Why each stands there, and what is done about it, comes with it."""
    return [
        _state("Estado", 0, width=112),
        _words("Unidad", 1),
        _activity("Actividad", 2, 1),
        _words("U. M.", 3, width=88),
        _figure("Prog.", 4, width=64),
        _figure("Ejec.", 5, width=64),
        _figure("Dif.", 6, width=52),
        _figure("%", 7, width=72),
        _words("Motivo y medida", 8),
    ]


EXCEPTION_STACK = Stack(under={2: 1, 5: 3, 7: 6}, lines={0: 2, 2: 3, 8: 6}, shares={2: 3, 8: 2})
"""The unit under its activity, the unit of measure under the figures, the difference under the per cent."""


def table_columns(until: int) -> list[Column]:
    """Those of the table that the office keeps, up to a month; then the state."""
    months = range(until)
    place = iter(range(4, 100))
    return [
        _words("Unidad", 0, width=150),
        _words("Actividad", 1, width=230),
        _words("U. M.", 2, width=88),
        _figure("Meta", 3, width=60),
        *(_figure(f"{MONTH_CODES[month]} P", next(place), width=64) for month in months),
        *(_figure(f"{MONTH_CODES[month]} E", next(place), width=64) for month in months),
        *(
            _figure(f"{QUARTER_NAMES[quarter]} {side}", next(place), width=74)
            for quarter in range((until + 2) // 3)
            for side in ("prog.", "ejec.")
        ),
        _state("Estado", next(place), width=150),
    ]


def table_titles(until: int) -> dict[str, str]:
    """What the short titles of the table stand for."""
    titles = {"Meta": "Meta física anual", "U. M.": "Unidad de medida"}
    for month in range(until):
        titles[f"{MONTH_CODES[month]} P"] = f"Programado en {MONTH_NAMES[month]}"
        titles[f"{MONTH_CODES[month]} E"] = f"Ejecutado en {MONTH_NAMES[month]}"
    for name in QUARTER_NAMES:
        titles[f"{name} prog."] = f"Programado en el {name} trimestre"
        titles[f"{name} ejec."] = f"Ejecutado en el {name} trimestre"
    return titles


def unit_columns(heads: Sequence[StateHead], used: Collection[int]) -> list[Column]:
    """Counts of activities under each state that any has (`used`: their places), its sign in the title."""
    return [
        _words("Unidad", 0),
        _figure("Activ.", 1, width=56),
        _figure("Cumplidas", 2, width=88),
        _figure("Avance", 3, width=68),
        *(_figure(head_title(head), at + 4, width=92) for at, head in enumerate(heads) if at in used),
    ]


def unit_titles(heads: Sequence[StateHead]) -> dict[str, str]:
    titles = {
        "Activ.": "Actividades",
        "Cumplidas": "De las que tenían algo programado, cuántas por ciento lo hicieron todo",
        "Avance": "Promedio de lo que avanzó cada actividad con algo programado, cada una 100 % como máximo",
    }
    return titles | {head_title(head): f"Actividades en estado «{head.label}»" for head in heads}


def head_title(head: StateHead) -> str:
    """The sign and the first word: «■ Crítico», «… Pendiente»."""
    short = {
        "Pendiente de registro": "Pend.",
        "Sin programación": "Sin prog.",
        "Ejecutado sin programación": "No prog.",
    }
    return f"{SHAPE_SIGNS.get(head.shape, '')} {short.get(head.label, head.label)}".strip()


def measure_columns() -> list[Column]:
    return [
        _words("Unidad de medida", 0),
        _figure("Activ.", 1),
        _figure("Meta", 2),
        _figure("Prog.", 3),
        _figure("Ejec.", 4),
        _figure("%", 5),
        _state("Estado", 6, width=180),
        _figure("Se apartan", 7),
    ]


MEASURE_TITLES = {
    "Activ.": "Actividades con esta unidad de medida",
    "Meta": "Meta física anual",
    "Se apartan": "Actividades que se apartan de lo programado",
}


def remaining_columns() -> list[Column]:
    return [
        _words("Unidad", 0),
        _activity("Actividad", 1, 0),
        _words("U. M.", 2, width=88),
        _figure("Prog.", 3, width=64),
        _figure("Ejec.", 4, width=64),
        _figure("Falta", 5, width=64),
        _figure("Atrasado", 6, width=84),
        _figure("Por venir", 7, width=84),
        _words("Sin informar", 8, width=112),
    ]


REMAINING_STACK = Stack(under={1: 0, 4: 2}, lines={1: 3, 8: 2}, shares={1: 1})


REMAINING_TITLES = {
    "U. M.": "Unidad de medida",
    "Prog.": "Programado desde enero hasta el fin del trimestre",
    "Ejec.": "Ejecutado hasta ahora desde enero",
    "Falta": "Lo que falta hacer hasta el fin del trimestre",
    "Atrasado": "De lo que falta, lo que ya debía estar hecho en el corte",
    "Por venir": "De lo que falta, lo programado en los meses del trimestre que siguen al corte",
    "Sin informar": "Meses del trimestre, hasta el corte, con algo programado que no se informaron",
}
EXCEPTION_TITLES = {
    "U. M.": "Unidad de medida",
    "Prog.": "Programado desde enero hasta el corte",
    "Ejec.": "Ejecutado desde enero hasta el corte",
    "Dif.": "Ejecutado menos programado",
    "%": "Ejecutado entre programado; debajo, la diferencia entre ambos",
}


def _state_text(place: int) -> Callable[[Shown], str]:
    return lambda line: line.texts[place] if line.state is not None else ""


def _text(place: int) -> Callable[[Shown], str]:
    return lambda line: line.texts[place]


def _value(place: int) -> Callable[[Shown], object]:
    return lambda line: line.values[place]


def _words(title: str, place: int, *, width: int | None = None) -> Column:
    return Column(title, _text(place), width=width)


def _activity(title: str, place: int, unit: int) -> Column:
    return Column(title, _text(place), tip=lambda line: f"{line.texts[place]} ({line.texts[unit]})")


def _figure(title: str, place: int, *, width: int | None = None) -> Column:
    return Column(title, _text(place), _value(place), "right", width=width)


def _state(title: str, place: int, *, width: int) -> Column:
    return Column(
        title,
        _state_text(place),
        _value(place),
        width=width,
        tone=lambda line: tone_of(line.state) if line.state is not None else None,
        mark=lambda line: line.state.sign if line.state is not None else "",
    )
