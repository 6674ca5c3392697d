"""A grid on screen: filter, cells, the line that tells what was done or refused, the foot; copy, paste, fill, undo.

What rows, columns and cells are is told in `grid_model`; this is the widget that a page puts into its layout.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from sisfoh_desktop.basics.cell_blocks import block_text, parse_block
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.grid_menu import grid_menu
from sisfoh_desktop.qtkit.grid_model import GridColumn, GridModel, GridRow
from sisfoh_desktop.qtkit.grid_paste import PastePlan, area_changes, plan_paste
from sisfoh_desktop.qtkit.grid_paste_dialog import PasteDialog
from sisfoh_desktop.qtkit.grid_view import GridView
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import Tone, theme

_GAP = 4
_FILTER_WIDE = 220


class Grid(QWidget):
    """A GridModel in its view.

    `model` holds rows and undo; `bar` is the line above, where a page puts its own choices before the filter; `foot`
    is the page's line below, `set_foot` fills it. `current_changed` gives the GridRow that has the cursor (None: no
    row), `row_entered` the one double-clicked outside the cells for typing, `saved_asked` is not here: the page saves
    (call `commit` first, so that what is being typed counts).
    """

    current_changed = Signal(object)
    row_entered = Signal(object)

    def __init__(
        self,
        columns: Sequence[GridColumn],
        *,
        frozen: int = 0,
        name: str = "Cuadrícula",
        noun: tuple[str, str] = ("fila", "filas"),
        empty_text: str = "Todavía no hay nada aquí.",
        empty_button: str = "",
        on_empty: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._noun = noun
        self._empty_words = (empty_text, empty_button)
        self._on_empty = on_empty
        self._current: GridRow | None = None
        self.menu_actions: list[QAction] = []
        self.model = GridModel(columns, frozen=frozen, parent=self)
        self.filter_box = QLineEdit(self)  # made before the view: Tab comes to it first
        self.view = GridView(self.model, self)
        self.view.setAccessibleName(name)
        self.filter_box.setPlaceholderText("Filtrar (Ctrl+F)")
        self.filter_box.setAccessibleName("Filtrar la cuadrícula")
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMaxLength(200)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(8)
        self.bar.addStretch(1)
        self.bar.addWidget(self.filter_box)
        self.message = _line("caption", "Aviso de la cuadrícula")
        self.count = _line("caption", "Filas a la vista")
        self.foot = _line("", "Resumen de la cuadrícula")
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.count)
        below.addWidget(self.message, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addLayout(self.bar)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.foot)
        layout.addLayout(below)
        self.setFocusProxy(self.view)
        self._empty = EmptyState(self.view.viewport())
        self._empty.button.clicked.connect(self._on_empty_clicked)
        self._empty.hide()
        self.undo_action = self.model.undo_stack.createUndoAction(self, "&Deshacer")
        self.redo_action = self.model.undo_stack.createRedoAction(self, "&Rehacer")
        self._filter_later = QTimer(self)
        self._filter_later.setSingleShot(True)
        self._filter_later.setInterval(0)
        self._connect()
        theme().changed.connect(self._fit_filter)
        self._fit_filter()

    def _connect(self) -> None:
        view = self.view
        view.block_changed.connect(self._on_block_changed)
        view.refused.connect(lambda sentence: self.tell(sentence, "danger"))
        view.copy_asked.connect(lambda heads: self.copy(heads=heads))
        view.cut_asked.connect(lambda: self.cut())
        view.paste_asked.connect(lambda: self.paste())
        view.clear_asked.connect(lambda: self.clear_cells())
        view.fill_asked.connect(lambda: self.fill_down())
        view.undo_asked.connect(lambda: self.undo())
        view.redo_asked.connect(lambda: self.redo())
        view.filter_asked.connect(self.focus_filter)
        view.row_entered.connect(self.row_entered)
        view.viewport().installEventFilter(self)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_asked)
        self.filter_box.textChanged.connect(lambda _typed: self._filter_later.start())
        self.filter_box.installEventFilter(self)
        self._filter_later.timeout.connect(self._run_filter)
        self.model.modelReset.connect(self._refresh_count)

    # -- content ---------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[GridRow]) -> None:
        """Show these rows as they are saved; cursor and filter stay, what could be undone is forgotten."""
        self.model.set_rows(rows)
        self.tell("")

    def set_columns(self, columns: Sequence[GridColumn], *, frozen: int | None = None) -> None:
        """Show the same rows by other columns."""
        self.commit()
        self.model.set_columns(columns, frozen=frozen)

    def set_read_only(self, sentence: str) -> None:
        """Refuse every edit with this sentence, or allow them ("")."""
        if sentence != self.model.read_only:
            self.model.set_read_only(sentence)

    def set_empty_state(
        self, text: str, button: str = "", on_empty: Callable[[], object] | None = None
    ) -> None:
        """Change what a grid without rows says and offers."""
        self._empty_words, self._on_empty = (text, button), on_empty
        self._refresh_count()

    def commit(self) -> bool:
        """End the typing of a cell, if any; False where it is refused (the reason is told, the cell stays open)."""
        return self.view.commit_edit()

    def current_row(self) -> GridRow | None:
        """The row that has the cursor."""
        number = self.view.active()[0]
        return self.model.row(number) if number >= 0 else None

    def selected_rows(self) -> list[GridRow]:
        """The rows of the selected block."""
        block = self.view.block()
        return [self.model.row(number) for number in range(block[0], block[2] + 1)] if block else []

    def select(self, key: Hashable, column: int | None = None) -> bool:
        """Put the cursor on the row with this key, taking the filter off if it hides it; whether it is there."""
        for unfiltered in (False, True):
            if unfiltered:
                if not self.model.is_filtered:
                    break
                self.show_all()
            for number in range(self.model.rowCount()):
                if self.model.row(number).key == key:
                    at = (
                        column if column is not None else max(self.view.active()[1], self.view.first_column())
                    )
                    self.view.select_cell(number, at)
                    return True
        return False

    def show_all(self) -> None:
        """Take every filter off."""
        self.filter_box.clear()
        self._run_filter()
        self.model.set_condition(None)

    def place_below(self, line: QWidget) -> None:
        """Put a line of the page's between the cells and the foot."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.foot), line)

    def set_foot(self, text: str, tone: Tone | None = None) -> None:
        """The page's line under the cells."""
        _say(self.foot, text, tone)

    def tell(self, sentence: str, tone: Tone | None = None) -> None:
        """Say what was done or refused, also to a screen reader."""
        _say(self.message, sentence, tone)
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, sentence))

    def focus_filter(self) -> None:
        """Put the cursor in the filter field."""
        self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_box.selectAll()

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        """Titles and texts of the grid exactly as it is seen now."""
        specs = self.model.columns
        return [one.words for one in specs], [[one.shown(row) for one in specs] for row in self.model.seen()]

    # -- orders ----------------------------------------------------------------------------------------

    def copy(self, *, heads: bool = False) -> None:
        """The selected block to the clipboard, as spreadsheets read it."""
        block = self.view.block()
        if block is None:
            return
        top, left, bottom, right = block
        specs = self.model.columns[left : right + 1]
        lines = [[one.words for one in specs]] if heads else []
        lines += [[one.plain(self.model.row(number)) for one in specs] for number in range(top, bottom + 1)]
        QGuiApplication.clipboard().setText(block_text(lines))
        count = (bottom - top + 1) * (right - left + 1)
        self.tell(f"Se {'copió' if count == 1 else 'copiaron'} {counted(count, 'celda', 'celdas')}.")

    def cut(self) -> None:
        """Copy, then leave the cells blank: one step of undo."""
        self.copy()
        self._change_block(lambda _spec, _row, _column: None, "cortar")

    def clear_cells(self) -> None:
        """Leave the cells of the block blank."""
        self._change_block(lambda _spec, _row, _column: None, "borrar")

    def fill_down(self) -> None:
        """Ctrl+D: the first line of the block into the lines below it; of one cell, the one above into it."""
        block = self.view.block()
        if block is None:
            return
        top = block[0] if block[2] > block[0] else block[0] - 1
        if top < 0:
            self.tell("No hay una celda arriba de la cual copiar.", "warn")
            return
        first = self.model.row(top)
        area = (top + 1, block[1], block[2], block[3])
        self._change_block(lambda spec, _row, _column: first.values[spec.slot], "rellenar", area)

    def paste(self, text: str | None = None) -> None:
        """Paste the clipboard: one cell at once, a block after its preview; one step of undo."""
        block, copied = self.view.block(), text
        if copied is None:
            copied = QGuiApplication.clipboard().text()
        if block is None or not self.commit():
            return
        if self.model.read_only:
            self.tell(self.model.read_only, "danger")
            return
        try:
            cells = parse_block(copied)
        except RuleError as error:
            self.tell(error.sentence, "danger")
            return
        if not cells:
            self.tell("El portapapeles no tiene celdas que pegar.", "warn")
            return
        plan = plan_paste(self.model, cells, block)
        if len(cells) == len(cells[0]) == 1 and plan.cells + len(plan.rejected) <= 1:
            if plan.rejected:
                self.tell(f"No se pegó: {plan.rejected[0].reason}", "danger")
                return
        elif not PasteDialog.ask(self.model, plan, self):
            self.tell("No se pegó nada.")
            return
        self.apply_paste(plan)

    def apply_paste(self, plan: PastePlan) -> None:
        """Do what a plan says: one notice, one step of undo, the block selected."""
        self.view.select_block(plan.area[:2], plan.area[2:], show=False)
        if not plan.columns:
            self.tell("Lo copiado es igual a lo que hay: nada cambió.")
            return
        self.model.apply_columns(plan.columns, f"pegar {counted(plan.cells, 'celda', 'celdas')}")
        self._tell_done(plan.cells, "Se pegó", "Se pegaron")
        if plan.rejected:
            said = counted(max(len(plan.rejected), plan.outside), "celda no se pegó", "celdas no se pegaron")
            self.tell(f"{self.message.text()} {said}.", "warn")

    def undo(self) -> None:
        """Take the last step back."""
        stack = self.model.undo_stack
        if self.commit():
            words = stack.undoText()
            stack.undo()
            self.tell(f"Se deshizo: {words}." if words else "No hay nada que deshacer.")

    def redo(self) -> None:
        """Do again what was taken back."""
        stack = self.model.undo_stack
        if self.commit():
            words = stack.redoText()
            stack.redo()
            self.tell(f"Se rehízo: {words}." if words else "No hay nada que rehacer.")

    def build_menu(self) -> QMenu:
        """The context menu: undo, the clipboard's orders, then the page's."""
        return grid_menu(self)

    # -- inside ----------------------------------------------------------------------------------------

    def _change_block(
        self, value_of: Callable[[GridColumn, int, int], Any], verb: str, area: Any = None
    ) -> None:
        place = area if area is not None else self.view.block()
        if place is None or not self.commit():
            return
        if self.model.read_only:
            self.tell(self.model.read_only, "danger")
            return
        changes, refused = area_changes(self.model, place, value_of)
        done = {"cortar": "Se cort", "borrar": "Se borr", "rellenar": "Se rellen"}[verb]
        if changes:
            self.model.apply(changes, f"{verb} {counted(len(changes), 'celda', 'celdas')}")
            self._tell_done(len(changes), f"{done}ó", f"{done}aron")
        if refused:
            kept = counted(len(refused), "celda quedó como estaba", "celdas quedaron como estaban")
            self.tell(f"{kept}: {refused[0]}", "warn")

    def _tell_done(self, cells: int, one: str, many: str) -> None:
        said = counted(cells, "celda", "celdas")
        self.tell(f"{one if cells == 1 else many} {said}. Ctrl+Z lo deshace.")

    def _run_filter(self) -> None:
        self._filter_later.stop()
        if self.commit():
            self.model.set_filter(self.filter_box.text().strip())

    def _refresh_count(self) -> None:
        total, seen = self.model.total, self.model.rowCount()
        shown = f"{format_number(seen)} de {format_number(total)}" if seen != total else format_number(total)
        self.count.setText(f"{shown} {self._noun[0] if total == 1 else self._noun[1]}")
        self.filter_box.setEnabled(total > 0)
        if seen:
            self._empty.hide()
            return
        if total:
            typed = self.model.filter_text
            said = f"Nada coincide con «{typed[:60]}»." if typed else "Ninguna fila cumple lo elegido."
            self._empty.show_state(said, "Ver todas")
        else:
            self._empty.show_state(self._empty_words[0], self._empty_words[1] if self._on_empty else "")
        self._place_empty()
        self._on_block_changed()

    def _place_empty(self) -> None:
        self._empty.setGeometry(self.view.viewport().rect().adjusted(16, 16, -16, -16))

    def _fit_filter(self) -> None:
        self.filter_box.setFixedWidth(theme().px(_FILTER_WIDE))

    def _on_empty_clicked(self) -> None:
        if self.model.total:
            self.show_all()
            self.view.setFocus()
        elif self._on_empty is not None:
            self._on_empty()

    def _on_block_changed(self) -> None:
        row = self.current_row()
        if row is not self._current:
            self._current = row
            self.current_changed.emit(row)

    def _on_menu_asked(self, place: QPoint) -> None:
        self.build_menu().popup(self.view.viewport().mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view.viewport() and event.type() == QEvent.Type.Resize:
            self._place_empty()
        if watched is self.filter_box and event.type() == QEvent.Type.KeyPress:
            key = getattr(event, "key", lambda: 0)()
            if key == Qt.Key.Key_Escape and self.filter_box.text():
                self.filter_box.clear()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                self._run_filter()
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)


def _line(role: str, name: str) -> QLabel:
    label = QLabel(textFormat=Qt.TextFormat.PlainText)
    label.setAccessibleName(name)
    if role:
        label.setProperty("role", role)
    return label


def _say(label: QLabel, text: str, tone: Tone | None) -> None:
    label.setText(text)
    label.setToolTip(plain_tip(text))
    if label.property("tone") != (tone or ""):
        label.setProperty("tone", tone or "")
        label.style().unpolish(label)
        label.style().polish(label)
