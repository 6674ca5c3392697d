"""What both workbooks of the POI share: where their heads stand, how figures are shown, their formulas."""

from collections.abc import Iterable
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.facts import Direction, GoalKind
from sisfoh_desktop.sheets.live_workbook import Formula, column_letters

WHOLE, BROKEN = "#,##0", "General"  # "#,##0.##" would leave a point after whole figures
HEAD = 3
"""The first of the two rows of heads, under the title and a note."""
FIRST = HEAD + 2
"""The first row of data."""
GOALS = {GoalKind.SUM: "Suma", GoalKind.STOCK: "Acumulado"}
DIRECTIONS = {Direction.MORE: "Más es mejor", Direction.LESS: "Menos es mejor"}
SUMS_NOTE = "El TOTAL suma unidades de medida distintas: sirve para comprobar la tabla, no para medir."
_BOLD_SIGN = 1.1  # width of a bold figure in the total, of a plain one
_LARGEST = "9.99E+307"


def head_span(first: int, last: int) -> str:
    """A group's cell over its columns."""
    return f"{column_letters(first)}{HEAD}:{column_letters(last)}{HEAD}"


def format_of(values: Iterable[Decimal | None]) -> str:
    """Thousands set apart where every figure is whole."""
    whole = all(value is None or value == value.to_integral_value() for value in values)
    return WHOLE if whole else BROKEN


def figure_width(least: float, values: Iterable[Decimal | None], places: int = 0) -> float:
    """Width of a column that shows these figures with up to `places` decimals: none turns into «####»."""
    widest = max((len(f"{abs(int(value)):,}") for value in values if value is not None), default=0)
    return max(least, (widest + (places + 1 if places else 0)) * _BOLD_SIGN + 1.5)


def months_formula(kind: GoalKind, cells: str, value: Decimal | None) -> Formula:
    """What some months come to: their sum, or the last level told; nothing where all are blank."""
    told = f"SUM({cells})" if kind is GoalKind.SUM else f"LOOKUP({_LARGEST},{cells})"
    return Formula(f'IF(COUNT({cells})=0,"",{told})', "" if value is None else value)


def sum_formula(cells: str, value: Decimal | None) -> Formula:
    """The sum of some cells; nothing where all are blank."""
    return Formula(f'IF(COUNT({cells})=0,"",SUM({cells}))', "" if value is None else value)
