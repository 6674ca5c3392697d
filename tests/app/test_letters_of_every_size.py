"""Every page and tab on a screen of 1366×768, with letters of 100 % and of 160 %: no list is squeezed to nothing.

At 100 % the day's work needs no scroll bar of the page; at 160 % what does not fit scrolls, and stays whole.
"""

import pytest
import scenes
from clerk import Clerk, at_the_window
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget

from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.scroll_room import PageRoom
from sisfoh_desktop.qtkit.theme import theme

PLACES = (*((key, 0) for key in scenes.PAGES), ("expedientes", 1), ("plans", 1), ("resoluciones", 2))


@pytest.fixture(params=[100, 160])
def at_work(request, practice, tmp_path, qtbot):
    for one in at_the_window(Clerk, practice, tmp_path, qtbot, user="practicante", office="ULE"):
        one.window.orders.set_scale(request.param)
        one.settle()
        yield one
        theme().start(QApplication.instance(), "light", scale=100)


def squeezed_in(place: QWidget) -> list[str]:
    """Lists without a whole row or with their count over it, and what empty ones say when it is cut."""
    wrong: list[str] = []
    for one in place.findChildren(RowTable):
        if not one.isVisible():
            continue
        name = one.view.accessibleName()
        if one.model.rowCount():
            if one.view.viewport().height() < one.view.verticalHeader().defaultSectionSize() - 1:
                wrong.append(f"«{name}» shows no whole row")
        elif one.model.total == 0 and _is_cut(one.empty_label):
            wrong.append(f"«{name}» cuts what it says")
        if one.foot.isVisible() and one.foot.geometry().top() <= one.view.geometry().bottom():
            wrong.append(f"«{name}» has its count over its rows")
    return wrong


def _is_cut(label: QLabel) -> bool:
    return label.isVisible() and label.height() < label.heightForWidth(label.width())


def scrolling_in(place: QWidget) -> list[str]:
    rooms = [one for one in place.findChildren(PageRoom) if one.isVisible()]
    return [type(one.widget()).__name__ for one in rooms if one.verticalScrollBar().maximum() > 0]


def test_no_list_of_any_page_is_squeezed(at_work):
    wrong: dict[str, list[str]] = {}
    for key, record in PLACES:
        at_work.window.stack.show_record(key, record)
        at_work.settle()
        page = at_work.window.stack.page
        tabs = next((one for one in page.findChildren(QTabWidget) if one.isVisible()), None)
        for number in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(number)
                at_work.settle()
            said = squeezed_in(page)
            if theme().scale == 100:
                said += [f"{one} scrolls" for one in scrolling_in(page)]
            if said:
                wrong[f"{page.title} · {tabs.tabText(number) if tabs is not None else ''} {record}"] = said
    assert not wrong, "\n".join(f"{place}: {said}" for place, said in wrong.items())
