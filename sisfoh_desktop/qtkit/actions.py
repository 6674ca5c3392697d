"""Orders as actions of a menu or the top bar, and the button beside a list that gives the same order."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic


def make_action(
    owner: QObject, text: str, run: Callable[[], object], tip: str = "", icon: str = ""
) -> QAction:
    """An action that runs `run`; `tip` where its words do not say all, `icon` by its name."""
    made = QAction(text, owner)
    made.triggered.connect(lambda _checked=False: run())
    if tip:
        made.setToolTip(tip)
    if icon:
        set_icon(made, icon)
    return made


def action_button(action: QAction, letters: set[str]) -> QPushButton:
    """A button that gives the order of `action`, seen and enabled as it is; its letter is taken out of `letters`."""
    button = QPushButton(with_mnemonic(action.text(), letters))
    button.setToolTip(action.toolTip())
    button.setAutoDefault(False)
    button.clicked.connect(action.trigger)
    if not action.isVisible():
        button.hide()
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    return button
