"""Scenes after a power cut: what was typed into each page and not saved is offered when it is opened again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest

NAME = "19-recuperado"


def draw_recovered(studio: Any) -> None:
    """An act, a function of the matrix, a month of the POI, the row of the kardex: typed into, and cut."""
    cut(studio, "acto", lambda: studio.page("resoluciones", 2), _write_act)
    cut(studio, "funcion", lambda: studio.page("responsibilities", 1), _write_duty)
    cut(studio, "poi", lambda: _tab(studio, "poi", "follow"), _write_month)
    cut(studio, "kardex", lambda: _tab(studio, "kardex", "register"), _write_row)
    studio.page("inbox")


def cut(studio: Any, name: str, go: Callable[[], Any], write: Callable[[Any], Any]) -> None:
    """`write` types into what `go` opens and gives its draft; then the window is gone, and the same is opened again."""
    from sisfoh_desktop.qtkit.draft_keeper import drafts

    write(go()).keep()
    drafts.settle()
    studio.window.stack.set_desk(studio.window.desk)  # new pages; the old ones were not left on purpose
    studio.settle()
    go()
    studio.shoot(f"{NAME}-{name}")


def _tab(studio: Any, key: str, tab: str) -> Any:
    page = studio.page(key)
    page.show_tab(tab)
    studio.settle()
    return page


def _write_act(page: Any) -> Any:
    page.record.text.list.select(1)
    QTest.keyClicks(page.record.text.panel.editor, "Antes del corte. ")
    return page.record.draft


def _write_duty(page: Any) -> Any:
    page.editor.panel.responsible.set_value("Responsable de la ULE")
    return page.editor.panel.keeper


def _write_month(page: Any) -> Any:
    tab = page.tab()
    tab.go_to(next(row for row in tab.grid.model.rows() if tab.ground.owes_figure(row, tab.month)))
    tab.grid.paste("250")
    return tab.draft


def _write_row(page: Any) -> Any:
    page.tab().entry.take_texts({"kind": "Distribución", "type": "FSU", "first": "000240+20"})
    return page.tab().draft
