"""What a chart says, in words: for those who do not see it, and under it for those who do."""

from decimal import Decimal

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.charts import HeatMap, Series
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, Direction
from sisfoh_desktop.modules.poi.rules.percent import percent_figure, percent_text
from sisfoh_desktop.modules.poi.rules.states import StateKind

_NOTHING = "No hay nada programado ni ejecutado que mostrar."


def month_words(series: Series) -> str:
    """How much was done up to the last month told, and which month was the weakest."""
    if series.is_empty:
        return _NOTHING
    reached = series.last_executed
    if not reached:
        return f"Todavía no se registró ejecución; {_peak(series)}."
    programmed, executed = _sum(series.programmed[:reached]), _sum(series.executed[:reached])
    if series.scope.measure is None:
        told = (
            f"{_span(reached)} se cumplieron {format_quantity(executed)} de {format_quantity(programmed)} "
            "metas mensuales de actividades"
        )
    else:
        told = (
            f"{_span(reached)} se programaron {format_quantity(programmed)} y se ejecutaron "
            f"{format_quantity(executed)} {series.scope.measure.name}"
        )
    share = f" ({percent_text(100 * executed / programmed)})" if programmed else ""
    return f"{told}{share}. {_weakest(series, reached)}".strip()


def cumulative_words(series: Series) -> str:
    """Where the two curves stand at the last month told."""
    if series.is_empty:
        return _NOTHING
    reached = series.last_executed
    if not reached:
        return "Todavía no se registró ejecución; la curva muestra solo lo programado."
    at = reached - 1
    programmed, executed = series.programmed[at] or Decimal(0), series.executed[at] or Decimal(0)
    if series.scope.measure is None:
        return (
            f"A {MONTH_NAMES[at]}, las actividades llevan en promedio {percent_text(executed)} de su meta anual; "
            f"lo programado a esa fecha era {percent_text(programmed)}."
        )
    share = f" ({percent_text(100 * executed / programmed)})" if programmed else ""
    return (
        f"A {MONTH_NAMES[at]} van {format_quantity(executed)} de {format_quantity(programmed)} programadas en "
        f"{series.scope.measure.name}{share}."
    )


def heat_words(shown: HeatMap) -> str:
    """How many cells are below, which is the lowest, and how many are owed."""
    cells = [
        (row.name, month, state)
        for row in shown.rows
        for month, state in enumerate(row.cells, 1)
        if state is not None and state.programmed
    ]
    if not cells:
        return _NOTHING
    below = [
        (name, month, state)
        for name, month, state in cells
        if state.kind is not StateKind.PENDING and state.ratio is not None and state.ratio < 1
    ]
    owed = sum(state.kind is StateKind.PENDING for _name, _month, state in cells)
    noun = "casilla" if len(cells) == 1 else "casillas"
    verb = "está" if len(below) == 1 else "están"
    told = [f"De {len(cells)} {noun} con algo programado, {len(below)} {verb} por debajo."]
    if below:
        name, month, state = min(below, key=lambda cell: (cell[2].ratio, cell[1]))
        told.append(f"La más baja: {name}, en {MONTH_NAMES[month - 1]}, {percent_text(state.percent)}.")
    if owed:
        told.append(f"{owed} tienen registro pendiente." if owed > 1 else "Una tiene registro pendiente.")
    return " ".join(told)


def month_readout(series: Series, month: int) -> str:
    """One month of a chart in words: «Marzo: programado 578, ejecutado 579 (100.1 %)»."""
    programmed, executed = series.programmed[month - 1], series.executed[month - 1]
    name = MONTH_NAMES[month - 1].capitalize()
    if programmed is None and executed is None:
        return f"{name}: nada que mostrar"
    shown = [
        f"{label} {_value(value)}"
        for label, value in (("programado", programmed), ("ejecutado", executed))
        if value is not None
    ]
    share = ""
    if programmed and executed is not None and _more_is_better(series):
        share = f" ({percent_text(100 * executed / programmed)})"
    return f"{name}: {', '.join(shown)}{share}"


def _value(value: Decimal) -> str:
    return format_quantity(value) if value == value.to_integral_value() else percent_figure(value)


def _more_is_better(series: Series) -> bool:
    measure = series.scope.measure
    return measure is None or measure.direction is Direction.MORE


def _span(reached: int) -> str:
    return "En enero" if reached == 1 else f"De enero a {MONTH_NAMES[reached - 1]}"


def _peak(series: Series) -> str:
    month = max(range(12), key=lambda at: series.programmed[at] or Decimal(0))
    return f"lo más programado está en {MONTH_NAMES[month]} ({format_quantity(series.programmed[month])})"


def _weakest(series: Series, reached: int) -> str:
    if not _more_is_better(series):
        return ""
    shares = [
        (executed / programmed, at)
        for at, (programmed, executed) in enumerate(
            zip(series.programmed[:reached], series.executed[:reached], strict=True)
        )
        if programmed and executed is not None
    ]
    if not shares:
        return ""
    share, at = min(shares)
    if share >= 1:
        return "Ningún mes quedó por debajo de lo programado."
    done, wanted = format_quantity(series.executed[at]), format_quantity(series.programmed[at])
    return f"El mes más bajo fue {MONTH_NAMES[at]}: {done} de {wanted} ({percent_text(100 * share)})."


def _sum(values: tuple[Decimal | None, ...]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))
