"""What the tab says of a cut in sentences."""

from collections.abc import Sequence
from decimal import Decimal

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.by_measure import measure_key_of
from sisfoh_desktop.modules.poi.rules.exceptions import Side
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.quarter_table import TOTAL_LABEL, sum_told
from sisfoh_desktop.modules.poi.view.quarter_bar import Cut
from sisfoh_desktop.modules.poi.view.quarter_lines import QuarterLists, Shown

_ANNUAL_AT, _LATE_AT = 3, 6  # places in the lines of the table and of what is left
_SIDES = {
    Side.BELOW: "por debajo",
    Side.PENDING: "con registro pendiente",
    Side.UNPROGRAMMED: "sin haberse programado",
    Side.ABOVE: "por encima",
}


def summary_words(lists: QuarterLists, cut: Cut) -> str:
    """The cut in two sentences: what departs, and from which version of the plan."""
    year = lists.year
    version = year.poi_version
    source = (
        f"{version.name}, {version.document}"
        if version.document
        else f"{version.name}, sin resolución registrada"
    )
    count = len(year.activities)
    if not lists.begun:
        told = f"El año {year.plan.year} todavía no empieza: no hay nada que comparar."
    elif not lists.exceptions:
        told = f"Las {count} actividades van como se programaron {cut.words}." if count else ""
    else:
        sides = ", ".join(f"{number} {_SIDES[side]}" for side, number in lists.sides.items() if number)
        verb = "se aparta" if len(lists.exceptions) == 1 else "se apartan"
        told = f"{len(lists.exceptions)} de {count} actividades {verb} de lo programado {cut.words}: {sides}."
    return f"{told} {source}.".strip()


def remaining_words(lists: QuarterLists, cut: Cut) -> str:
    """What the list of what is left comes to: how many lack something, and how many of them are late already."""
    lines, end = lists.remaining, 3 * lists.quarter
    name = f"{QUARTER_NAMES[lists.quarter - 1]} trimestre"
    if not lines:
        return f"Las {len(lists.year.activities)} actividades llegan a lo programado al {name}."
    verb = "llega" if len(lines) == 1 else "llegan"
    told = f"{len(lines)} de {len(lists.year.activities)} actividades no {verb} a lo programado al {name}; "
    late = sum(bool(line.texts[_LATE_AT]) for line in lines)
    going = "ya va atrasada" if late == 1 else "ya van atrasadas"
    if cut.until == end:
        return f"{told}{'esa' if late == 1 else f'las {late}'} {going}."
    months = " y ".join(MONTH_NAMES[cut.until : end])
    if not late:
        return f"{told}ninguna va atrasada {cut.words}, lo que falta es de {months}."
    return f"{told}{late} {going} {cut.words}, lo demás es de {months}."


def total_words(lists: QuarterLists, seen: Sequence[Shown] | None = None) -> str:
    """The row of sums, said as discreetly as it deserves: it adds unlike units.

    `seen`: the lines that a filter leaves, which are added instead; "" where it leaves none.
    """
    if not lists.year.activities or seen == []:
        return ""
    count = len(lists.total.quarters)
    if seen is None:
        label, annual = TOTAL_LABEL, lists.total.annual
        pairs = [(one.programmed, one.executed) for one in lists.total.quarters]
    else:
        keys = {measure_key_of(line.row.activity) for line in seen if line.row is not None}
        what = next(iter(keys)).name if len(keys) == 1 else "suma de unidades distintas"
        label, annual = f"Lo que se ve ({what})", _sum_of(seen, _ANNUAL_AT)
        sums = [_sum_of(seen, at - 1) for at in range(-2 * count, 0)]
        pairs = list(zip(sums[::2], sums[1::2], strict=True))
    quarters = "; ".join(
        f"{QUARTER_NAMES[at]} trimestre {_dashed(programmed)} / {_dashed(executed)}"
        for at, (programmed, executed) in enumerate(pairs)
    )
    return f"{label}: meta anual {_dashed(annual)}; programado / ejecutado: {quarters}."


def _sum_of(seen: Sequence[Shown], column: int) -> Decimal | None:
    return sum_told(None if (value := line.values[column]) is None else Decimal(value) for line in seen)


def exception_words(line: Shown, cut: Cut) -> str:
    """«GESTIONAR … (GERENCIA …): 0 de 6 al III trimestre. Crítico.»"""
    state = line.state
    assert state is not None
    done = "sin registrar" if state.executed is None else format_quantity(state.executed)
    told = f"{done} de {format_quantity(state.programmed) or '0'} {cut.words}"
    return f"{line.texts[2]} ({line.texts[1]}): {told}. {state.label}."


def chosen_words(line: Shown) -> str:
    """A line's unit and activity whole; of a unit's line its name."""
    if line.row is None:
        return f"{line.texts[0]}."
    activity = line.row.activity
    return f"{activity.unit_name}: {activity.title}."


def _dashed(value: Decimal | None) -> str:
    return format_quantity(value) or "–"
