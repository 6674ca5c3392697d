"""An order as an action, and the button beside a list that gives it."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.actions import action_button, make_action


def test_an_action_runs_its_order_and_says_more_than_its_words(qtbot):
    owner, given = QWidget(), []
    qtbot.addWidget(owner)
    action = make_action(owner, "&Emitir…", lambda: given.append(1), "Numerar el documento", "file-plus")
    action.trigger()
    assert given == [1]
    assert action.toolTip() == "Numerar el documento"
    assert not action.icon().isNull()


def test_its_button_gives_the_order_and_follows_what_is_allowed(qtbot):
    owner, given = QWidget(), []
    qtbot.addWidget(owner)
    action = make_action(owner, "Emitir…", lambda: given.append(1))
    letters = {"e"}
    button = action_button(action, letters)
    qtbot.addWidget(button)
    assert button.text().replace("&", "") == "Emitir…"
    assert "&E" not in button.text(), "that letter is taken"
    button.click()
    action.setEnabled(False)
    button.click()
    assert given == [1]


def test_what_is_not_offered_has_no_button(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    action = make_action(owner, "Anular…", lambda: None)
    action.setVisible(False)
    button = action_button(action, set())
    qtbot.addWidget(button)
    assert button.isHidden()
