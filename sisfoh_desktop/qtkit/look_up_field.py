"""A line in which something is typed as it is or looked up by its name: what it may be is offered under it.

Which values there are, and what each is, the caller tells; nothing is read before somebody types or a value stands.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QMargins,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate, QStyleOptionViewItem

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.qtkit.fields import TextField

_SHOWN = 12
_ROW = 6  # px over and under the words of a row, together
_EDGE = 12  # px beside the words: frame, spacing, scroll bar


class _Roomy(QStyledItemDelegate):
    """Rows of the list as high as those of the other lists of a form."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).grownBy(QMargins(0, _ROW // 2, 0, _ROW // 2))


class LookUpField(TextField):
    """`offer` gives (value, words) for what is typed; the value of the one chosen (Enter, Tab or click) stays in the
    line, and `chosen` tells it; Tab takes the marked one only where it has every word typed. `tell` says under the
    line what a value is, instead of the hint.
    """

    chosen = Signal(str)

    def __init__(
        self,
        label: str,
        *,
        offer: Callable[[str], Sequence[tuple[str, str]]],
        tell: Callable[[str], str],
        hint: str = "",
        **options: Any,
    ) -> None:
        self._offer, self._tell, self._bare_hint = offer, tell, hint
        self._values: list[str] = []
        super().__init__(label, hint=hint, **options)
        self._words = QStringListModel(self)
        self.completer = QCompleter(self._words, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(_SHOWN)
        self.completer.setWidget(self.editor)  # not the line's own: moving in the list leaves what was typed
        self.completer.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]
        self.popup = QListView()
        self.popup.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.completer.setPopup(self.popup)
        self.popup.setItemDelegate(_Roomy(self.popup))  # after the completer has set its own
        self.popup.installEventFilter(self)
        self.editor.textEdited.connect(self._on_typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.popup and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = self.popup.currentIndex()
            if event.key() == Qt.Key.Key_Tab and at.isValid() and self._is_meant(str(at.data())):
                self._on_chosen(at)  # and the cursor goes on, as after any field
        return super().eventFilter(watched, event)

    def _is_meant(self, words: str) -> bool:
        told = without_accents(words).split()
        typed = re.findall(r"\w+", without_accents(self.raw()))
        return bool(typed) and all(any(one in word for word in told) for one in typed)

    def _on_typed(self, text: str) -> None:
        found = list(self._offer(text.strip()))
        self._values = [value for value, _words in found]
        self._words.setStringList([words for _value, words in found])
        if not found:
            self.popup.hide()
            return
        self.popup.setAccessibleName(f"{self.title}: lo que puede ser")
        wanted = self.popup.sizeHintForColumn(0) + 2 * _EDGE
        window = self.window().width() - 2 * _EDGE
        self.popup.setMinimumWidth(
            max(self.editor.width(), min(wanted, window))
        )  # names are wider than a column
        self.completer.complete()
        self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.row() < len(self._values):
            value = self._values[index.row()]
            self.set_value(value)
            self.chosen.emit(value)

    def _on_text_changed(self, text: str) -> None:
        said = self._tell(text.strip()) or self._bare_hint
        self._hint = said
        self.hint_label.setText(said)
        self.hint_label.setVisible(bool(said))
        self._describe()
        super()._on_text_changed(text)
