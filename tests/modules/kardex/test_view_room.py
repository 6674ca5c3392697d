"""Room on the page of the kardex: the campaign beside the tabs, shortened titles, the sentence of an empty list.

What holds for every tab of every page is walked in `tests/app/test_every_page.py`.
"""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from sisfoh_desktop.modules.kardex.view import KardexPage


@pytest.fixture
def page(desk, qtbot, kardex_office):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004600", kardex_office.ana)
    made = KardexPage(desk)
    qtbot.addWidget(made)
    made.resize(878, 640)
    made.show()
    desk.tasks.wait_idle()
    return made


def go(page, key):
    page.show_tab(key)
    page.desk.tasks.wait_idle()
    QApplication.processEvents()
    return page.tab()


@pytest.mark.parametrize("width", [792, 878, 1288])
def test_the_campaign_takes_what_the_tabs_leave(page, width):
    page.resize(width, 640)
    page.bar.combo.setItemText(0, "Empadronamiento masivo de hogares de Tacna 2024")
    page.resize(width + 1, 640)
    QApplication.processEvents()
    bar = page.tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() < page.bar.x()
    assert page.bar.combo.width() <= 760


def test_a_shortened_title_says_what_it_stands_for(page, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    table = go(page, "stock").table()
    header = table.view.filter_header
    for title in ("Extr.", "Usado"):
        column = [one.title for one in table.model.columns].index(title)
        place = QPoint(header.sectionViewportPosition(column) + 4, 4)
        help_asked = QHelpEvent(QEvent.Type.ToolTip, place, header.mapToGlobal(place))
        QApplication.sendEvent(header.viewport(), help_asked)
    assert told == ["Extraviado", ""]


def test_the_sentence_of_an_empty_list_is_wide_rather_than_high(page):
    tab = go(page, "trace")
    label = tab.list.empty_label
    assert label.height() <= 2 * label.fontMetrics().height()
