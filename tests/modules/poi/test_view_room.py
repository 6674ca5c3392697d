"""Room on the page of the POI: the year beside the tabs.

What holds for every tab of every page is walked in `tests/app/test_every_page.py`.
"""

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.poi.view.page import PoiPage


@pytest.fixture
def page(desk, qtbot, poi_office) -> PoiPage:
    poi_office.approve()
    made = PoiPage(desk)
    qtbot.addWidget(made)
    made.show()
    desk.tasks.wait_idle()
    return made


@pytest.mark.parametrize("width", [792, 878, 1288])
def test_the_year_takes_what_the_tabs_leave(page, width) -> None:
    page.resize(width, 640)
    QApplication.processEvents()
    bar = page.tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() < page.bar.x()
