"""The row of filters above a list that is read piece by piece: fields, choices, days. It only says what is wanted.

Which filters there are, and what they mean together, is the module's.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date, parse_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.icons import icon_size, set_icon
from sisfoh_desktop.qtkit.theme import theme


class FilterBar(QWidget):
    """`changed` gives the filter as it stands now; a day that cannot be read is marked and left out.

    A subclass makes its fields with `line` and `combo`, places them with `place` (among them `text`, where Ctrl+F
    goes), and says what they want together in `wanted`. `usual` is what is wanted while nothing is filtered, `quiet`
    how many milliseconds nobody must have typed before typed words are looked for. Esc takes off what is filtered,
    and then, as the arrow down does at once, leaves for the list (`left`).
    """

    changed = Signal(object)
    left = Signal()  # the cursor wants to go down to the list
    orders_asked = Signal(QPoint)  # the list's own orders, at which point of the screen
    text: QLineEdit

    def __init__(self, clock: Clock, *, usual: object, quiet: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._usual = self._told = usual
        self._quiet = quiet
        self._lines: list[QLineEdit] = []
        self._combos: list[QComboBox] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.tell)
        self.clear_button = QPushButton("Quitar filtros")
        self.clear_button.setProperty("role", "link")
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        # Out of the round of Tab: the list's context menu (Shift+F10) has the same orders.
        self.orders_button = QToolButton()
        self.orders_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.orders_button.setToolTip("Filtrar por columna, columnas y vistas guardadas (Mayús+F10)")
        self.orders_button.setAccessibleName("Filtros, columnas y vistas de la lista")
        set_icon(self.orders_button, "list-filter", "text_dim")
        self.orders_button.clicked.connect(self._on_orders_asked)
        theme().changed.connect(self._fit_icon)
        self._fit_icon()

    def wanted(self) -> Any:
        """The filter as it stands."""
        raise NotImplementedError

    def focus_filter(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def clear(self) -> None:
        """Back to what is usual."""
        for field in self._lines:
            field.clear()
        for combo in self._combos:
            combo.setCurrentIndex(0)
        self.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the fields themselves had no use for."""
        if event.key() == Qt.Key.Key_Escape and (self.wanted() != self._usual or self._is_typed()):
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _is_typed(self) -> bool:
        return any(field.text() for field in self._lines)

    def _fit_icon(self) -> None:
        self.orders_button.setIconSize(icon_size() * 0.8)

    def _on_orders_asked(self) -> None:
        button = self.orders_button
        self.orders_asked.emit(button.mapToGlobal(button.rect().bottomLeft()))

    # -- for the subclass ------------------------------------------------------------------------------

    def line(self, words: str, name: str, width: int) -> QLineEdit:
        """A field to type in; `width` in pixels at the usual text size, of which it may lose a quarter."""
        field = QLineEdit()
        field.setPlaceholderText(words)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setMinimumWidth(theme().px(width * 3 // 4))
        field.textEdited.connect(lambda _text: self._later.start(self._quiet))
        field.returnPressed.connect(self.tell)
        field.editingFinished.connect(self.tell)
        self._lines.append(field)
        return field

    def combo(self, words: str, width: int, first: tuple[str, str] | None = None) -> QComboBox:
        """A choice that shows what is usual with its `first` item, by default everything by its own words."""
        combo = QComboBox()
        combo.addItem(*(first or (words, None)))
        combo.setAccessibleName(f"Filtrar por {words.lower()}")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumWidth(theme().px(width))
        combo.setMaximumWidth(theme().px(width))
        combo.currentIndexChanged.connect(self.tell)
        self._combos.append(combo)
        return combo

    def place(self, *fields: tuple[QWidget, int]) -> None:
        """Lay the fields out in a row, each with its share of what is left."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for field, share in fields:
            row.addWidget(field, share)
        row.addWidget(self.clear_button)
        row.addWidget(self.orders_button)

    def offer(self, combo: QComboBox, choices: Iterable[tuple[str, object]]) -> None:
        """Offer these after the first item; what is chosen stays, and nobody is told."""
        chosen = combo.currentData()
        words, meaning = combo.itemText(0), combo.itemData(0)
        combo.blockSignals(True)
        combo.clear()
        combo.addItem(words, meaning)
        for title, value in choices:
            combo.addItem(title, value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.blockSignals(False)

    def day(self, field: QLineEdit) -> date | None:
        """The day typed in a field; one that cannot be read marks it and counts as none."""
        typed = field.text().strip()
        try:
            day = parse_date(typed, self._clock.now().date()) if typed else None
        except RuleError:
            day = None
        wrong = "error" if typed and day is None else ""
        if (field.property("state") or "") != wrong:
            field.setProperty("state", wrong)
            field.style().unpolish(field)
            field.style().polish(field)
        if day is not None and not field.hasFocus():
            field.setText(format_date(day))
        return day

    def tell(self, *_change: Any) -> None:
        """Say what is wanted, if it is something else than before."""
        self._later.stop()
        wanted = self.wanted()
        self.clear_button.setVisible(wanted != self._usual)
        if wanted != self._told:
            self._told = wanted
            self.changed.emit(wanted)
