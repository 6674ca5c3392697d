"""Ruled tables for papers: columns, cells that span, heads that repeat, rows that stay whole where they fit.

How they are laid out and split is in `table_flow.py`; what stands in the cells is the caller's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Column:
    """A column: its head, a fixed width in millimetres or a share of what is left, and how its cells stand."""

    title: str
    width_mm: float | None = None
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Labelled:
    """One entry of a list inside a cell: its letter or number hangs at the left ("a.", "1.")."""

    label: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell that is not plain: spans columns, stands bold, or is aligned by itself."""

    content: "str | Sequence[str | Labelled]"
    span: int = 1
    bold: bool = False
    align: Align | None = None


Row = Sequence[str | Cell | Sequence[str | Labelled]]
"""One row: per column a text, a list of texts (one paragraph each) or a Cell; spans must fill the columns."""


def ruled_table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    repeat_head: bool = True,
    above_head: Sequence[Row] = (),
    foot: Sequence[Row] = (),
    break_rows_over_mm: float | None = None,
    carry: Callable[[str, int], Row] | None = None,
    named_again: Mapping[int, str] | None = None,
    font_size: float = 9.0,
) -> "Flowable":
    """A table of any length; its time grows with its pages and its memory stays that of a page's rows.

    A row that fits on a page is not cut, unless it is taller than `break_rows_over_mm`; one taller than a page is
    cut between lines. `above_head` are rows over the column titles, repeated with them. `foot` are the rows of
    totals, kept with the last row. `carry("VAN", n)` and `carry("VIENEN", n)` give the row of sums after the first
    n rows where the table crosses a page. With `named_again` a row is cut between two entries of its lists, inside
    one only when that is nearly a page tall, and the columns it names stand again on top of the second part with
    their text and its ending ({1: " (continuación)"}); such rows have no spans. Sizes in points; text is escaped here.
    """
    from sisfoh_desktop.documents.table_flow import TableDesign, TableFlow

    design = TableDesign(
        columns=tuple(columns),
        rows=rows,
        above_head=tuple(above_head),
        foot=tuple(foot),
        repeat_head=repeat_head,
        break_rows_over_mm=break_rows_over_mm,
        carry=carry,
        named_again=dict(named_again or {}),
        font_size=font_size,
    )
    return TableFlow(design)
