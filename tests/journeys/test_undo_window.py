"""A post ended by mistake, at the whole window with the keyboard alone: Ctrl+Z brings it back, the trail tells both."""

from dataclasses import replace
from typing import Any

import pytest
from clerk import CONTROL, Typist, at_the_window
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.qtkit.messages import Toast


@pytest.fixture
def clerk(practice, tmp_path, qtbot):
    yield from at_the_window(Typist, practice, tmp_path, qtbot, user="practicante", office="ULE")


def asked(clerk, ask, *what) -> Any:
    """What the base says, read on the worker."""
    answers: list[Any] = []
    clerk.tasks.run_query(lambda: ask(clerk.window.desk.db, *what), answers.append)
    clerk.settle()
    return answers[0]


def offers(clerk) -> list[str]:
    return [one.accessibleName() for one in clerk.window.findChildren(Toast) if one.isVisible()]


def test_a_post_ended_by_mistake_is_brought_back_by_ctrl_z(clerk):
    clerk.window.stack.show_record("office", 0)
    clerk.settle()
    tab = clerk.page.officers
    clerk.page.tabs.setCurrentWidget(tab)
    clerk.settle()
    tab.officers.view.setFocus()
    before = asked(clerk, office.load_officer, tab.officers.selected().officer.id)
    clerk.order("Poner fin", lambda _dialog: clerk.save(), title="Poner fin")
    assert asked(clerk, office.load_officer, before.id) != before
    assert offers(clerk) == [f"Se puso fin a la designación de {before.full_name}."]
    clerk.press(Qt.Key.Key_Z, CONTROL)
    back = asked(clerk, office.load_officer, before.id)
    assert replace(back, version=before.version) == before
    first, second = asked(clerk, office.history, back)[:2]
    assert first.what.startswith("Responsable corregido")
    assert second.what.startswith("Responsable con fin de vigencia")
