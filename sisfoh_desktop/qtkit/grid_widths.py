"""How wide the columns of a grid are: figures whole, texts what is left."""

from typing import TYPE_CHECKING

from sisfoh_desktop.qtkit.row_view import PADDING
from sisfoh_desktop.qtkit.theme import theme

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_cells import GridRow
    from sisfoh_desktop.qtkit.grid_view import GridView

_MOST_MEASURED = 200
WIDEST_FIGURE = 200


def fitted_widths(view: "GridView") -> list[int]:
    """A width for each column; those that stretch share what is left and give way where there is too little."""
    columns = view.cells.columns
    total = view.cells.rowCount()
    sample = [view.cells.row(number) for number in range(0, total, max(1, total // _MOST_MEASURED))]
    widths = [_wish(view, number, sample) for number in range(len(columns))]
    stretching = [number for number, column in enumerate(columns) if column.stretch]
    spare = view.viewport().width() - sum(widths)
    if spare < 0:
        return _narrowed(view, widths, stretching, -spare)
    for place, number in enumerate(stretching):
        given = spare // (len(stretching) - place)
        spare -= given
        widths[number] += given
    return widths


def _narrowed(view: "GridView", widths: list[int], stretching: list[int], missing: int) -> list[int]:
    """Each column that stretches gives way by its share of what all of them can; at most to its narrowest.

    No title is ever cut.
    """
    columns, head = view.cells.columns, view.grid_header
    least = {one: max(theme().px(columns[one].narrowest), head.title_width(one)) for one in stretching}
    can_give = {one: max(0, widths[one] - least[one]) for one in stretching}
    left = sum(can_give.values())
    for number, most in can_give.items():
        given = min(most, -(-missing * most // left)) if left else 0
        widths[number] -= given
        missing, left = missing - given, left - most
    return widths


def _wish(view: "GridView", number: int, sample: "list[GridRow]") -> int:
    column = view.cells.columns[number]
    wish = max(theme().px(column.width), view.grid_header.title_width(number))
    if column.stretch:
        return wish
    if column.aligned != "right":
        return wish
    longest = max((column.shown(row) for row in sample), key=len, default="")
    figures = view.fontMetrics().horizontalAdvance(longest) + 2 * PADDING + 2
    return max(wish, min(figures, theme().px(WIDEST_FIGURE)))
