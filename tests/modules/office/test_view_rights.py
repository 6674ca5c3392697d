"""Oficina for somebody who may only read it: everything is seen, nothing is offered that changes it."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.modules.office.view import OfficePage
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks


@pytest.fixture
def page(db, archive, now, qtbot, small_office):
    tasks = Tasks()
    made = OfficePage(
        Desk(db, archive, tasks, FixedClock(now), Actor("lector", "ULE", frozenset({"pages.read"})))
    )
    qtbot.addWidget(made)
    made.show()
    for _ in range(4):
        tasks.wait_idle()
        QApplication.processEvents()
    yield made
    tasks.close()


def test_no_tab_offers_a_change(page):
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        offered = {action.text() for action in page.page_actions() if action.isVisible()}
        assert offered <= {"&Historial"}, page.tabs.tabText(number)
        assert not page.new_record()
    assert page.next_step() is None
    assert not [
        one for one in page.findChildren(QPushButton) if "verificación" in one.text() and one.isVisible()
    ]


def test_opening_a_row_does_not_edit_it(page, monkeypatch):
    from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog

    monkeypatch.setattr(FactDialog, "exec", lambda _dialog: pytest.fail("a form was opened"))
    assert page.units.units.rows()
    page.tabs.setCurrentWidget(page.units)
    page.units.units.view.select_row(0)
    page.units.units.activated.emit(page.units.units.selected())


def test_every_fact_shows_its_own_history(page, monkeypatch):
    from sisfoh_desktop.modules.office.view.office_tab import HistoryDialog

    told = []
    monkeypatch.setattr(
        HistoryDialog,
        "show_for",
        lambda _over, _tasks, name, load: told.append((name, [line.what for line in load()])),
    )
    for tab, name, what in (
        (page.units, "Gerencia Municipal", "Unidad registrada"),
        (page.officers, "Ing. PERSONA UNO", "Responsable registrado"),
    ):
        page.tabs.setCurrentWidget(tab)
        tab.table().view.select_row(0)
        next(action for action in page.page_actions() if action.text() == "&Historial").trigger()
        assert told.pop() == (name, [what])
