"""The chain of an act in the head of its record: what it rectifies and what rectifies it; each opens the other."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sisfoh_desktop.modules.resoluciones.rules import Rectifications, chain_words
from sisfoh_desktop.qtkit.mnemonics import bare_text


class ChainLine(QWidget):
    """A line of links, hidden for an act without chain."""

    open_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.links: list[QPushButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._layout.addStretch(1)
        self.hide()

    def show_chain(self, chain: Rectifications) -> None:
        """Show these links in place of those before."""
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = []
        for place, (act_id, text) in enumerate(chain_words(chain)):
            link = QPushButton(text.replace("&", "&&"))
            link.setProperty("role", "link")
            link.setToolTip(f"{text}. Abrirla")
            link.clicked.connect(partial(self._on_clicked, act_id))
            self._layout.insertWidget(place, link)
            self.links.append(link)
        self.setVisible(bool(self.links))

    def words(self) -> list[str]:
        """What the links say."""
        return [bare_text(link.text()) for link in self.links]

    def _on_clicked(self, act_id: int, _checked: bool = False) -> None:
        self.open_asked.emit(act_id)
