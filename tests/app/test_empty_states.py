"""Every list of an empty base: one sentence, and one button or the reason for having none; and the example of each page
that promises one.
"""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTabBar, QWidget

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.qtkit.empty_state import EmptyState

NO_BUTTON = {
    "Rangos que tiene": "it shows who is chosen in the list above it",
    "Quién lo tiene": "it shows the form that is chosen in the list above it",
    "Formularios que tiene la persona elegida": "it shows who is chosen beside it",
    "Ronda de firmas del documento elegido": "it shows the paper that is chosen above it",
    "Vida del formulario": "it shows the number that is typed above it",
    "Diferencias": "nothing differs: there is nothing to do",
    "Actas y constancias": "an acta is made from the list beside it",
    "Movimientos que esperan acta": "nothing waits: there is nothing to do",
    "Documentos por firmar": "nothing waits: there is nothing to do",
    "Historial": "it writes itself",
    "Nombres de la unidad elegida": "it shows the unit that is chosen above it",
    "Movimientos registrados, el último abajo": "the sentence leads to the catalogue",
}
_END = re.compile(r"[.?!](?=\s|$)")


@pytest.fixture
def on_empty_base(make_window, template_base, tmp_path, settle):
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    return furnished(make_window, path, settle)


def furnished(make_window, path, settle):
    window = make_window(str(path), PAGES)
    window.resize(1366, 768)
    settle()
    return window


def tabs_of(page: QWidget, settle: Any) -> Iterator[str]:
    """Every tab of a page in turn, and every tab inside it; its words."""

    def bar(level: int) -> QTabBar | None:
        """Looked for anew each time: what a tab shows may be built when it is turned to."""
        bars = [one for one in page.findChildren(QTabBar) if one.isVisible()]
        bars.sort(key=lambda one: _depth(one, page))
        return bars[level] if level < len(bars) else None

    def turn(words: str, level: int) -> Iterator[str]:
        outer, place = bar(level), 0
        if outer is None:
            yield words
        while outer is not None and place < outer.count():
            if outer.isTabVisible(place):
                outer.setCurrentIndex(place)
                settle()
                outer = bar(level)
                assert outer is not None
                yield from turn(f"{words} › {outer.tabText(place).replace('&', '')}", level + 1)
            outer, place = bar(level), place + 1

    yield from turn(page.title, 0)


def _depth(one: QWidget, page: QWidget) -> int:
    depth, at = 0, one
    while at is not None and at is not page:
        depth, at = depth + 1, at.parentWidget()
    return depth


def empties(page: QWidget) -> list[EmptyState]:
    return [one for one in page.findChildren(EmptyState) if one.isVisible()]


def bare(page: QWidget) -> list[str]:
    """Lists on view without a row, over which nothing is said."""
    found = []
    for one in page.findChildren(QAbstractItemView):
        skipped = isinstance(one, QHeaderView) or isinstance(one.parentWidget(), QComboBox)
        if skipped or not one.isVisible() or one.model() is None or one.model().rowCount():
            continue
        if not any(_owner(state) is _owner(one) for state in empties(page)):
            found.append(one.accessibleName())
    return found


def _owner(one: QWidget | None) -> QWidget | None:
    """The list that a view or an empty state belongs to; the widget around it where it is in none."""
    at = one.parentWidget()
    while at is not None and not hasattr(at, "as_seen"):
        at = at.parentWidget()
    return at


def _name(state: EmptyState) -> str:
    owner = _owner(state)
    views = owner.findChildren(QAbstractItemView) if owner is not None else []
    return next((one.accessibleName() for one in views if not isinstance(one, QHeaderView)), "")


@pytest.mark.parametrize("number", range(len(PAGES)), ids=[spec.key for spec in PAGES])
def test_every_list_of_an_empty_base_says_what_to_do(on_empty_base, settle, number):
    window = on_empty_base
    window.stack.show_page(number)
    settle()
    page, wrong = window.stack.page, []
    for where in tabs_of(page, settle):
        wrong += [f"{where}: «{name}» is empty and says nothing" for name in bare(page)]
        for state in empties(page):
            words, name = state.label.text(), _name(state)
            if len(_END.findall(words)) != 1 or not words.endswith("."):
                wrong.append(f"{where}: not one sentence: {words}")
            if not state.button.isVisible() and name not in NO_BUTTON:
                wrong.append(f"{where}: «{name}» offers nothing: {words}")
            offers = state.button.isVisible() and not state.button.text().startswith("Quitar")
            if state.example_button.isVisible() != (offers and page.has_example):
                wrong.append(f"{where}: «{name}» has no example")
    assert wrong == []


def test_every_button_of_an_empty_list_leads_somewhere(on_empty_base, settle, monkeypatch):
    """The card of Oficina leads to the assistant of the first day; it is taken up from there too."""
    window = on_empty_base
    window.stack.show_page([spec.key for spec in PAGES].index("office"))
    settle()
    (state,) = empties(window.stack.page)
    assert state.button.text() == "Prepararla con el primer día…"
    state.button.click()
    settle()
    assert window.first_day.dialog.isVisible()
    window.first_day.dialog.reject()
    settle()


def test_each_page_that_promises_an_example_has_one(make_window, practice, settle):
    window = furnished(make_window, practice, settle)
    promised = [number for number, spec in enumerate(PAGES) if spec.load().has_example]
    assert len(promised) >= 8
    for number in promised:
        window.stack.show_page(number)
        settle()
        page = window.stack.page
        where, table = next(tabs_of(page, settle)), page.table()
        assert table is None or table.as_seen()[1], f"{where} is empty in the practice office"
        assert not any(one.example_button.isVisible() for one in page.findChildren(EmptyState))
