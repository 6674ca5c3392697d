"""What the tab says of a cut in sentences."""

from decimal import Decimal

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.exceptions import Side
from sisfoh_desktop.modules.poi.rules.facts import QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.quarter_table import TOTAL_LABEL
from sisfoh_desktop.modules.poi.view.quarter_bar import Cut
from sisfoh_desktop.modules.poi.view.quarter_lines import QuarterLists, Shown

_SIDES = {
    Side.BELOW: "por debajo",
    Side.PENDING: "con registro pendiente",
    Side.UNPROGRAMMED: "sin programación",
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
    if not lists.exceptions:
        told = f"Las {count} actividades van como se programaron {cut.words}." if count else ""
    else:
        sides = ", ".join(f"{number} {_SIDES[side]}" for side, number in lists.sides.items() if number)
        verb = "se aparta" if len(lists.exceptions) == 1 else "se apartan"
        told = f"{len(lists.exceptions)} de {count} actividades {verb} de lo programado {cut.words}: {sides}."
    return f"{told} {source}.".strip()


def total_words(lists: QuarterLists) -> str:
    """The row of sums, said as discreetly as it deserves: it adds unlike units."""
    if not lists.year.activities:
        return ""
    total = lists.total
    quarters = "; ".join(
        f"{QUARTER_NAMES[at]} trimestre {_dashed(one.programmed)} / {_dashed(one.executed)}"
        for at, one in enumerate(total.quarters)
    )
    return f"{TOTAL_LABEL}: meta anual {_dashed(total.annual)}; programado / ejecutado: {quarters}."


def exception_words(line: Shown, cut: Cut) -> str:
    """«GESTIONAR … (GERENCIA …): 0 de 6 al III trimestre. Crítico.»"""
    state = line.state
    assert state is not None
    done = "sin registrar" if state.executed is None else format_quantity(state.executed)
    told = f"{done} de {format_quantity(state.programmed) or '0'} {cut.words}"
    return f"{line.texts[2]} ({line.texts[1]}): {told}. {state.label}."


def chosen_words(line: Shown) -> str:
    """A line's unit and activity whole, and why it stands among the exceptions; "" for a line of sums."""
    if line.row is None:
        return ""
    activity = line.row.activity
    why = line.texts[-1] if line.is_exception else ""
    return f"{activity.unit_name}: {activity.title}.{f' {why}' if why else ''}"


def _dashed(value: Decimal | None) -> str:
    return format_quantity(value) or "–"
