"""Purging the practice office from the window: it lets the base go, and asks for another."""

import pytest

from sisfoh_desktop.app.connection_dialog import ConnectionDialog
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.modules.safekeeping.view import purge_orders
from sisfoh_desktop.qtkit.messages import MessageDialog


@pytest.fixture
def asked(monkeypatch):
    """What the question says; the answer is yes."""
    said = []

    def ask_destroy(_parent, what, consequence, button):
        said.append(f"{what} {consequence} {button}")
        return True

    monkeypatch.setattr(purge_orders, "ask_destroy", ask_destroy)
    return said


def base_tab(window, tasks, qtbot):
    window.stack.show_page(next(number for number, spec in enumerate(PAGES) if spec.key == "safekeeping"))
    tasks.wait_idle()
    page = window.stack.page
    page.show_tab("base")
    tasks.wait_idle()
    return page.built_tab("base")


def test_the_practice_goes_and_the_window_asks_for_another_base(make_window, practice, tasks, qtbot, asked):
    window = make_window(str(practice), PAGES)
    tab = base_tab(window, tasks, qtbot)
    assert tab.purge.purge_action.isVisible()
    tab.purge.purge_action.trigger()
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in window.findChildren(ConnectionDialog)), timeout=15_000
    )
    assert "la base de práctica «practica.db»" in asked[0]
    assert not practice.exists()
    notice = next(one for one in window.findChildren(MessageDialog) if one.isVisible())
    notice.accept()
    assert window.desk is None
    next(one for one in window.findChildren(ConnectionDialog) if one.isVisible()).reject()
    assert window.stack.placeholder.label.text() == "No hay una base abierta en este equipo."


def test_a_real_base_does_not_offer_it(make_window, template_base, tmp_path, tasks, qtbot):
    import shutil

    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    tab = base_tab(make_window(str(path), PAGES), tasks, qtbot)
    assert not tab.purge.purge_action.isVisible()
    assert path.exists()
