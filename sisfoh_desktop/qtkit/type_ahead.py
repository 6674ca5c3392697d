"""Choosing from a closed list by writing: `rosa q` finds «Rosa Quispe», `alvaro` finds «Álvaro».

Qt's own way opens the list at the space between two words and takes what follows for a new word, so that somebody else
is chosen than the one whose name was written.
"""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from sisfoh_desktop.basics.texts import without_accents

PATIENCE_MS = 1_500  # between two signs of one name; a slow hand needs more than Qt's 400
_OTHERWISE = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)


class TypeAhead(QObject):
    """Hears the keys of one list; what begins with the written words goes before what has them further on."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo)
        self._combo = combo
        self._written = ""
        self._since = QElapsedTimer()
        combo.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._written = ""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        sign = event.text()
        if not sign and event.key() in _HELD:
            return False  # on the way to a capital
        if not sign.isprintable() or not sign or event.modifiers() & _OTHERWISE:
            self._written = ""
            return False
        if self._since.isValid() and self._since.elapsed() > PATIENCE_MS:
            self._written = ""
        if sign == " " and not self._written:
            return False  # opens the list
        self._written += sign
        self._since.start()
        self._choose()
        return True

    def _choose(self) -> None:
        written = without_accents(self._written)
        again = len(written) > 1 and len(set(written)) == 1
        found = self._find(written, onwards=len(written) == 1)
        if found is None and again:
            found = self._find(written[0], onwards=True)
        if found is not None:
            self._combo.setCurrentIndex(found)
            self._combo.activated.emit(found)

    def _find(self, written: str, *, onwards: bool) -> int | None:
        """The place of the next text with these words, from the chosen one on or, `onwards`, from the one after it."""
        count = self._combo.count()
        first = max(self._combo.currentIndex(), 0) + (onwards and self._combo.currentIndex() >= 0)
        order = [(first + step) % count for step in range(count)]
        texts = {at: without_accents(self._combo.itemText(at)) for at in order}
        begins = (at for at in order if texts[at].startswith(written))
        within = (at for at in order if f" {written}" in texts[at])
        return next(begins, next(within, None))
