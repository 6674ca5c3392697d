"""What is asked about a list: by what to filter one of its columns, which columns to see, how to name a view."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.money import parse_amount
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.row_filters import DAYS, FIGURES, TEXTS, ColumnFilter
from sisfoh_desktop.qtkit.row_memory import LONGEST_NAME, ListMemory, SavedView
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, theme

_EMPTY = "(vacío)"
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_CHOICE = Qt.ItemDataRole.UserRole


def _choices(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setUniformItemSizes(True)
    made.itemDoubleClicked.connect(_turn)  # not itemActivated: Enter, which ends the dialog, would turn it
    return made


def _turn(item: QListWidgetItem) -> None:
    item.setCheckState(_UNCHECKED if item.checkState() == _CHECKED else _CHECKED)


def _add_choice(choices: QListWidget, words: str, meaning: object, checked: bool) -> None:
    item = QListWidgetItem(words)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(_CHECKED if checked else _UNCHECKED)
    item.setData(_CHOICE, meaning)
    item.setSizeHint(QSize(0, theme().px(ROW_HEIGHT)))
    choices.addItem(item)


def _items(choices: QListWidget) -> list[QListWidgetItem]:
    return [choices.item(row) for row in range(choices.count())]


class ColumnFilterDialog(TaskDialog):
    """By what to filter one column: words, a stretch of days or figures, some of its values.

    `ask` gives the filter (one that asks nothing takes it off), or None if the person left.
    """

    usual_width = 400

    def __init__(
        self,
        title: str,
        now: ColumnFilter,
        kind: str,
        values: Sequence[tuple[str, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Filtrar por {title}", primary="Filtrar", parent=parent)
        self._kind, self._values = kind, values
        self.form = Form(columns=2, taken_letters=[*self.button_letters, "q"])
        self.form.setContentsMargins(2, 2, 2, 2)
        if kind == DAYS:
            self.form.date("low", "Desde")
            self.form.date("high", "Hasta")
        elif kind == FIGURES:
            self.form.text("low", "Desde", max_length=24)
            self.form.text("high", "Hasta", max_length=24)
        if kind == TEXTS:
            self.form.text(
                "words", "Contiene", wide=True, max_length=100, hint="Una o más palabras, en cualquier orden."
            )
        self.choices = _choices(f"Valores de {title}")
        for value, count in values:
            told = f"{value or _EMPTY}  ({count})" if count else value or _EMPTY
            _add_choice(self.choices, told, value, value in now.values)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.form)
        if values:
            layout.addWidget(QLabel("Solo estos (espacio: marcar; ninguno marcado: todos)"))
            layout.addWidget(self.choices, 1)
            self.choices.setMinimumHeight(theme().px(ROW_HEIGHT) * min(len(values), 8) + 8)
        self.set_body(body)
        if now.asks:
            self.drop_button = self.add_button("Quitar el filtro", self._on_drop)
        self._fill(now)
        self.wanted: ColumnFilter | None = None

    @classmethod
    def ask(
        cls,
        title: str,
        now: ColumnFilter,
        kind: str,
        values: Sequence[tuple[str, int]],
        parent: QWidget | None = None,
    ) -> ColumnFilter | None:
        """What the column is to be filtered by."""
        dialog = cls(title, now, kind, values, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.wanted

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            return False
        chosen = tuple(one.data(_CHOICE) for one in _items(self.choices) if one.checkState() == _CHECKED)
        made = ColumnFilter(
            words=" ".join(str(values.get("words") or "").split()),
            values=chosen if len(chosen) < len(self._values) else (),
        )
        bounds: dict[str, Any] = {}
        for name in ("low", "high"):
            try:
                bounds[name] = self._bound(values.get(name))
            except RuleError as error:
                self.form.set_errors({name: error.sentence})
                return False
        low, high = bounds["low"], bounds["high"]
        if low is not None and high is not None and low > high:
            self.form.set_errors({"high": "El final está antes que el comienzo; cambie uno de los dos."})
            return False
        self.wanted = replace(made, low=_stored(low), high=_stored(high))
        return True

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        first = next(iter(self.form.fields.values())).editor
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, now: ColumnFilter) -> None:
        known: dict[str, Any] = {"words": now.words, "low": now.low, "high": now.high}
        if self._kind == DAYS:
            known |= {name: _day_of(known[name]) for name in ("low", "high")}
        self.form.set_values({name: known[name] for name in self.form.fields})

    def _bound(self, typed: object) -> Any:
        return parse_amount(str(typed)) if self._kind == FIGURES and typed else typed or None

    def _on_drop(self) -> None:
        self.wanted = ColumnFilter()
        self.accept()


def _day_of(bound: str) -> date | None:
    """The day of a bound; None for a figure, left from when the column held figures."""
    try:
        return date.fromisoformat(bound)
    except ValueError:
        return None


def _stored(bound: Any) -> str:
    if isinstance(bound, date):
        return bound.isoformat()
    return "" if bound is None else format(bound, "f")


class ColumnsDialog(TaskDialog):
    """Which columns are seen, and in which order; the first `pinned` ones always are, where they stand."""

    usual_width = 400

    def __init__(
        self, titles: Sequence[str], seen: Sequence[int], parent: QWidget | None = None, *, pinned: int = 0
    ) -> None:
        super().__init__("Columnas de la lista", primary="Aplicar", parent=parent)
        hidden = [number for number in range(len(titles)) if number not in seen]
        self._pinned = pinned
        self.choices = _choices("Columnas")
        for number in [*seen, *hidden]:
            _add_choice(self.choices, titles[number], number, number in seen)
        for item in _items(self.choices)[:pinned]:
            item.setFlags(item.flags() & ~(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled))
            item.setToolTip("Esta columna siempre se ve")
        self.choices.setCurrentRow(min(pinned, len(titles) - 1))
        self.choices.setMinimumHeight(theme().px(ROW_HEIGHT) * min(len(titles), 12) + 8)
        self.up, self.down = QPushButton("&Subir"), QPushButton("&Bajar")
        for button, step in ((self.up, -1), (self.down, 1)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, by=step: self._move(by))
        beside = QVBoxLayout()
        beside.addWidget(self.up)
        beside.addWidget(self.down)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.choices, 1)
        row.addLayout(beside)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        told = QLabel("Se ven las marcadas (espacio: marcar), en este orden; así se copian y se exportan.")
        told.setWordWrap(True)
        layout.addWidget(told)
        layout.addLayout(row, 1)
        self.set_body(body)
        self.usual_button = self.add_button("Como al principio", self._on_usual)
        self.chosen: tuple[list[int], list[int]] | None = None  # their numbers in order, and the hidden ones
        self.usual = False

    def submit(self) -> bool:
        order = [one.data(_CHOICE) for one in _items(self.choices)]
        hidden = [one.data(_CHOICE) for one in _items(self.choices) if one.checkState() != _CHECKED]
        if len(hidden) == len(order):
            self.banner.show_sentence("Marque al menos una columna: una lista sin columnas no dice nada.")
            self.fit()
            return False
        self.chosen = order, hidden
        return True

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int) -> None:
        row = self.choices.currentRow()
        if self._pinned <= row + step < self.choices.count() and row >= self._pinned:
            item = self.choices.takeItem(row)
            self.choices.insertItem(row + step, item)
            self.choices.setCurrentRow(row + step)

    def _on_usual(self) -> None:
        self.usual = True
        self.accept()


class SaveViewDialog(FormDialog):
    """Names the way a list is seen now; one that cannot be kept says why and stays open."""

    def __init__(
        self, memory: ListMemory, name: str, view: SavedView, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("Guardar la vista", on_submit=self._keep, parent=parent)
        self._memory, self._name, self._view = memory, name, view
        self.form.text(
            "name",
            "Nombre de la vista",
            required=True,
            max_length=LONGEST_NAME,
            hint="Guarda las columnas, sus filtros y el orden, para usted y en este equipo.",
        )
        if note:
            self.form.note(note)

    def _keep(self, values: dict[str, object]) -> bool:
        try:
            self._memory.keep_view(self._name, str(values["name"]), self._view)
        except SisfohError as error:
            self.values = None
            self.form.show_refusal(error, {"view_name": "name", "views_full": "name"})
            return False
        return True
