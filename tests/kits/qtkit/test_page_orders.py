"""The orders of a page: one change at a time, refusals told, what others changed is loaded again."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.qtkit import page_orders
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.page_orders import PageOrders


class PlanOrders(PageOrders):
    touches = frozenset({"plans"})


@pytest.fixture
def orders(qtbot, tasks):
    over = QWidget()
    qtbot.addWidget(over)
    return PlanOrders(Desk(None, None, tasks, FixedClock(datetime(2024, 3, 8, 10, tzinfo=LIMA))), over)


@pytest.fixture
def told(monkeypatch):
    """The sentences of refusals."""
    sentences = []
    monkeypatch.setattr(page_orders, "show_error", lambda _over, sentence: sentences.append(sentence))
    return sentences


def refusing(error):
    def refuse():
        raise error

    return refuse


def test_a_change_is_told_to_the_pages_and_is_busy_until_it_ends(orders):
    busy, changed, done = [], [], []
    orders.busy_changed.connect(lambda: busy.append(orders.busy))
    orders.desk.tasks.changed.connect(changed.append)
    orders.change(lambda: 7, done.append)
    orders.desk.tasks.wait_idle()
    assert (busy, changed, done) == ([True, False], [{"plans"}], [7])


@pytest.mark.parametrize("ask", ["query", "change"])
def test_a_refusal_is_told_and_what_others_changed_is_loaded_again(orders, told, ask):
    reloads = []
    orders.reload_asked.connect(lambda: reloads.append(1))
    for error in (RuleError("no", "No se puede."), StaleRow("Alguien lo cambió.")):
        getattr(orders, ask)(refusing(error), lambda _none: None)
        orders.desk.tasks.wait_idle()
    assert told == ["No se puede.", "Alguien lo cambió."]
    assert reloads == [1]
    assert not orders.busy


def test_a_dialog_closes_when_its_change_is_done_and_stays_when_it_is_refused(qtbot, orders, told):
    dialog = FormDialog("Anular")
    qtbot.addWidget(dialog)
    dialog.open()
    done = []
    orders.save_from(dialog, refusing(RuleError("no", "No se puede.")), done.append)
    orders.desk.tasks.wait_idle()
    assert dialog.isVisible()
    assert dialog.banner.label.text() == "No se puede."
    assert (told, done) == ([], [])
    orders.save_from(dialog, lambda: 7, done.append)
    orders.desk.tasks.wait_idle()
    assert not dialog.isVisible()
    assert done == [7]
