"""The context menu of a grid, with the keys that do the same."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from sisfoh_desktop.qtkit.commands import key_words

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_table import Grid


def grid_menu(grid: "Grid") -> QMenu:
    """Undo and redo by name, the clipboard's orders, then those of the page (`grid.menu_actions`)."""
    menu = QMenu(grid)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addActions([grid.undo_action, grid.redo_action])
    menu.addSeparator()
    free = not grid.model.read_only
    for words, keys, run, changes in (
        ("Cor&tar", "Ctrl+X", grid.cut, True),
        ("&Copiar", "Ctrl+C", grid.copy, False),
        ("Copiar con &encabezados", "Ctrl+Shift+C", lambda: grid.copy(heads=True), False),
        ("&Pegar…", "Ctrl+V", grid.paste, True),
        ("Rellenar hacia a&bajo", "Ctrl+D", grid.fill_down, True),
        ("B&orrar el contenido", "Supr", grid.clear_cells, True),
    ):
        action = menu.addAction(f"{words}\t{key_words(keys)}")
        action.triggered.connect(lambda _checked=False, order=run: order())
        action.setEnabled(free or not changes)
    if grid.menu_actions:
        menu.addSeparator()
        menu.addActions(grid.menu_actions)
    return menu
