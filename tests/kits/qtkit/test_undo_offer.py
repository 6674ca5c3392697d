"""What is offered to be undone is done once, by who was offered it, and a refusal is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.undo_offer import offer_undo

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 400)
    QHBoxLayout(made)
    made.show()
    return made


@pytest.fixture
def page(window):
    made = QWidget()
    window.layout().addWidget(made)
    return made


def offers(window) -> list[Toast]:
    return [one for one in window.findChildren(Toast) if not one.isHidden()]


def test_it_is_undone_once_however_often_it_is_asked(window, page, tasks, qtbot):
    tokens: list[str] = []
    offer_undo(
        page, tasks, "Se cesó a Ana.", tokens.append, {"people"}, undone="Ana tiene otra vez su acceso."
    )
    (toast,) = offers(window)
    toast.undo_button.click()
    toast.undo_button.click()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    tasks.wait_idle()
    assert len(tokens) == 1
    assert [one.accessibleName() for one in offers(window)] == ["Ana tiene otra vez su acceso."]


def test_who_comes_next_is_not_offered_what_another_did(window, page, tasks, qtbot):
    """Another person or another base has other pages: the act would be undone in the name of who left."""
    undone: list[str] = []
    offer_undo(page, tasks, "Se cesó a Ana.", undone.append, {"people"}, undone="Volvió.")
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    qtbot.waitUntil(lambda: not window.findChildren(Toast))
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    tasks.wait_idle()
    assert undone == []


def test_a_refusal_is_told_and_nothing_says_that_it_was_undone(window, page, tasks, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, sentence: told.append(sentence))

    def refuse(_token: str) -> None:
        raise RuleError("stale", "Otra persona la cambió; no se deshizo nada.")

    offer_undo(page, tasks, "Se cesó a Ana.", refuse, {"people"}, undone="Volvió.")
    offers(window)[0].undo_button.click()
    tasks.wait_idle()
    assert told == ["Otra persona la cambió; no se deshizo nada."]
    assert offers(window) == []
