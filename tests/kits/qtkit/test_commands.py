"""Orders: one table for keys, menu and search."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from sisfoh_desktop.qtkit.commands import Command, bare_words, fill_menu, install_commands, key_words


@pytest.mark.parametrize(
    ("keys", "words"),
    [("Ctrl+Return", "Ctrl+Intro"), ("Ctrl+Shift+E", "Ctrl+Mayús+E"), ("Ctrl++", "Ctrl++"), ("Ctrl+-", "Ctrl+−"),
     ("F1", "F1"), ("Alt+Return", "Alt+Intro")],
)  # fmt: skip
def test_keys_are_named_as_on_the_keyboard(keys: str, words: str):
    assert key_words(keys) == words


def test_every_key_of_an_order_does_it(qtbot):
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    install_commands(window, [Command("&Guardar", lambda: done.append("save"), ("Ctrl+G", "Ctrl+S"), "page")])
    for key in (Qt.Key.Key_G, Qt.Key.Key_S):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert done == ["save", "save"]


def test_the_menu_groups_orders_and_leaves_out_the_ungrouped(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    commands = [
        Command("&Nuevo", lambda: None, ("Ctrl+N",), "page"),
        Command("Oculto", lambda: None),
        Command("Sa&lir", lambda: None, (), "end"),
    ]
    menu = QMenu(window)
    fill_menu(menu, commands, install_commands(window, commands))
    assert [bare_words(action.text()) for action in menu.actions()] == ["Nuevo", "", "Salir"]
