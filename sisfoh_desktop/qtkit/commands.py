"""The window's own orders and their keys: one table feeds the shortcuts, the menu, the search and the key map."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True)
class Command:
    """An order: its words in the menu, what it does, its keys (the first is the one shown), its group."""

    text: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    group: str = ""


# As they are printed on the keyboards of the office.
_KEY_WORDS = {"Return": "Intro", "Enter": "Intro", "Shift": "Mayús", "Esc": "Esc", "-": "−"}


def bare_words(text: str) -> str:
    """The words of a menu entry without mnemonic mark and keys."""
    return text.partition("\t")[0].replace("&", "")


def key_words(keys: str) -> str:
    """`Ctrl+Return` as the keyboard says it: `Ctrl+Intro`."""
    modifiers, plus, last = keys.rpartition("+") if not keys.endswith("+") else (keys[:-2], "+", "+")
    names = [*modifiers.split("+"), last] if plus else [last]
    return "+".join(_KEY_WORDS.get(name, name) for name in names)


def install_commands(window: QWidget, commands: list[Command]) -> dict[str, QAction]:
    """Make the commands' actions work everywhere in the window; gives them by their words."""
    actions: dict[str, QAction] = {}
    for command in commands:
        shown = f"\t{key_words(command.keys[0])}" if command.keys else ""
        action = QAction(f"{command.text}{shown}", window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.triggered.connect(lambda _checked=False, run=command.run: run())
        window.addAction(action)
        actions[bare_words(command.text)] = action
    return actions


def fill_menu(menu: QMenu, commands: list[Command], actions: dict[str, QAction]) -> None:
    """The commands in their groups, a line between two groups."""
    group = ""
    for command in commands:
        if not command.group:
            continue
        if group and command.group != group:
            menu.addSeparator()
        group = command.group
        menu.addAction(actions[bare_words(command.text)])
