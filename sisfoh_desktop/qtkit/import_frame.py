"""The frame of a dialog that imports a file: words on what was understood, and the lists of what adds up and what not.

What is read, what the lists hold and what is recorded is the module's.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.screen_room import screen_room
from sisfoh_desktop.qtkit.theme import theme

_LEAST_LIST = 210  # px at 100 %: a tab, its heads and some rows


class ReviewLists(QTabWidget):
    """The part of the dialog that gives way: the words around it are whole before it gets more.

    `names` are the words of the tabs, with their letters.
    """

    def __init__(self, names: Sequence[str], tables: Sequence[QWidget]) -> None:
        super().__init__()
        self._names = names
        self.setDocumentMode(True)
        self.setAccessibleName("Resultado de la revisión")
        self.tabBar().setAccessibleName("Resultado de la revisión")
        for name, table in zip(names, tables, strict=True):
            self.addTab(table, name)

    def count_rows(self, sizes: Sequence[int] | None) -> None:
        """How many rows each list has; None while no file was reviewed."""
        for at, name in enumerate(self._names):
            self.setTabText(at, name if sizes is None else f"{name} ({sizes[at]})")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(_LEAST_LIST))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().px(_LEAST_LIST))


class ImportFrame(TaskDialog):
    """Subclasses build the body, review and record; `imported` is what was recorded, None while nothing was.

    `more_room` is what the lists get beyond what they ask for, where the screen has it (px at 100 %).
    """

    usual_width = 980
    more_room = 0

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, primary="Importar", parent=parent, wide=True)
        self._desk = desk
        self.imported: Any = None

    @classmethod
    def ask(cls, desk: Desk, about: int, parent: QWidget | None = None) -> Any:
        """Show the dialog; what was imported, or None when nothing was. `about` is what the subclass takes."""
        dialog = cls(desk, about, parent)  # type: ignore[arg-type]
        dialog.exec()
        imported = dialog.imported
        dialog.deleteLater()
        return imported

    def sizeHint(self) -> QSize:
        asked = super().sizeHint()
        tallest = screen_room(self).height() - 64
        return QSize(asked.width(), min(asked.height() + theme().px(self.more_room), tallest))

    def _on_imported(self, result: Any) -> None:
        self.imported = result
        self.set_busy(False)
        self.accept()


def words_label(role: str) -> QLabel:
    """Words about the file, which can be copied; hidden while there are none."""
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label


def show_words(label: QLabel, words: str) -> None:
    """Show them, or hide the label ("")."""
    label.setText(words)
    label.setVisible(bool(words))


def first_notes(notes: Sequence[str], most: int) -> str:
    """A line each; past `most` how many are left out."""
    left_out = len(notes) - most
    if left_out <= 0:
        return "\n".join(notes)
    return "\n".join([*notes[:most], f"… y {counted(left_out, 'aviso', 'avisos')} más."])
