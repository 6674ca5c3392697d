"""What a person may never do is hidden for good; what they may is left alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.qtkit.rights_of_widgets import only_for

CLERK = Actor("rosa", "ULE", frozenset({"kardex.move"}))
READER = Actor("luis", "OGAJ", frozenset())
ALONE = Actor("ana")


@pytest.fixture
def room(qtbot):
    widget = QWidget()
    QVBoxLayout(widget)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def done():
    return []


@pytest.fixture
def action(room, done):
    made = QAction("&Registrar", room)
    made.setShortcut(QKeySequence("Ctrl+R"))
    made.triggered.connect(lambda: done.append("done"))
    room.addAction(made)
    return made


@pytest.mark.parametrize("actor", [CLERK, ALONE])
def test_who_has_the_right_sees_it(actor, action, room, qtbot):
    button = QPushButton("Registrar")
    room.layout().addWidget(button)
    assert only_for(actor, "kardex.move", action, button)
    assert action.isVisible()
    qtbot.waitUntil(button.isVisible)


def test_a_hidden_action_answers_neither_its_key_nor_its_menu(action, room, qtbot, done):
    assert not only_for(READER, "kardex.move", action)
    qtbot.keyClick(room, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    action.trigger()
    assert done == []
    menu = QMenu(room)
    menu.addAction(action)
    assert menu.actionGeometry(action).isEmpty()


def test_showing_or_enabling_it_later_does_not_bring_it_back(action, room, done):
    button = QPushButton("Registrar")
    room.layout().addWidget(button)
    only_for(READER, "kardex.move", action, button)
    action.setVisible(True)
    action.setEnabled(True)
    button.setVisible(True)
    button.show()
    action.trigger()
    assert not action.isVisible()
    assert button.isHidden()
    assert done == []


def test_a_button_that_joins_a_window_later_stays_away(room):
    button = QPushButton("Registrar")
    only_for(READER, "kardex.move", button)
    room.layout().addWidget(button)
    room.hide()
    room.show()
    assert not button.isVisible()


def test_one_of_several_rights_is_enough(action):
    assert only_for(CLERK, ("kardex.approve", "kardex.move"), action)
    assert not only_for(CLERK, ("kardex.approve", "poi.plan"), action)
