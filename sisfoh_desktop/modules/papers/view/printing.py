"""Printing several papers of a list as one job: their frozen bytes, in the order of the list."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import PaperLine, WaitingPaper
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.pdf_pane import Renderer
from sisfoh_desktop.qtkit.row_table import RowTable

Line = PaperLine | WaitingPaper
_AREA_ENDS = re.compile("[^a-z]")  # in a subject: «kardex.movement:7», «access_review:2024-03-08»
_KINDS = {
    "access": "personas",
    "audit": "resguardo",
    "data": "resguardo",
    "incident": "resguardo",
    "kardex": "acta",
}


def file_stem(line: Line) -> str:
    """A file name that Windows takes: the number with its slashes turned."""
    return (line.number_text or line.title).replace("/", "-").replace("\\", "-").strip()


def numbered_title(line: Line) -> str:
    """The number first, and once: most titles end with it too, where a list cuts them off."""
    number = line.number_text
    title = line.title.removesuffix(f" (N° {number})").removesuffix(f" N° {number}") if number else line.title
    return f"{number} · {title}" if number else title


def kind_of(lines: Sequence[Line]) -> str:
    """The kind under which the page that it comes from prints it too; papers of several kinds are simply documents."""
    areas = [_AREA_ENDS.split(line.subject, maxsplit=1)[0] for line in lines]
    kinds = {_KINDS.get(area, area) for area in areas}
    return kinds.pop() if len(kinds) == 1 else "documento"


def pdf_renderer() -> Renderer:
    """How a PDF is counted and drawn; the library comes in with the first."""
    from sisfoh_desktop.documents import rendering

    return Renderer(rendering.page_count, rendering.render_page)


def printing_action(over: QWidget, desk: Desk, table: Callable[[], RowTable]) -> QAction:
    """The order «Imprimir varios…» over the list that `table` gives."""
    made = QAction("&Imprimir varios…", over)
    made.setToolTip("Los elegidos de la lista, en una sola impresión")
    made.triggered.connect(lambda _checked=False: print_several(over, desk, table()))
    return made


def print_several(over: QWidget, desk: Desk, table: RowTable) -> None:
    """Ask which papers of the list as it is seen; those that are selected are ticked."""
    from sisfoh_desktop.qtkit.print_many import ManyItem, offered_rows, print_many

    offered: list[tuple[Line, bool]] = offered_rows(table)
    if not offered:
        return
    items = [
        ManyItem(
            numbered_title(line),
            f"{file_stem(line)}.pdf",
            partial(service.paper_bytes, desk.db, desk.archive, line.id),
            ticked,
        )
        for line, ticked in offered
    ]
    print_many(over, desk.tasks, pdf_renderer(), items, kind=kind_of([line for line, _ in offered]))
