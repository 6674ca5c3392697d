"""The list of the register: the newest movement at the bottom, earlier ones fetched on the way up."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS
from sisfoh_desktop.modules.kardex.view.register_asks import ends_text
from sisfoh_desktop.qtkit.paged_model import PagedModel
from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.row_table import EmptyState
from sisfoh_desktop.qtkit.row_view import PADDING, RowView
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, current_tokens, theme

FIRST_CELL = 1  # the first column that has a field of the blank row below it
_EMPTY_HEIGHT = 120
_AHEAD = 20  # rows from the end at which the next page is fetched
_LAST = 9  # Documento: never struck through, it names the reversal


def _target(line: MovementLine) -> str:
    transition = TRANSITIONS.get(line.kind)
    return "" if transition is not None and transition.in_place else line.to_name


def _ends(line: MovementLine) -> tuple[str, str]:
    """First and last number; of several ranges the first number alone, the others are in the tip."""
    first, last = ends_text(line)
    if last or not first:
        return first, last
    told = first.partition(",")[0].rstrip("…")
    half = len(told) // 2
    return (told[:half] if told[half] == "-" and len(told) % 2 else told), "y otros"


def _document(line: MovementLine) -> str:
    told = [line.document]
    if line.is_reverted:
        told.insert(0, f"Revertido por N° {line.reverted_by_number:06d}")
    elif line.kind is MovementKind.REVERSAL:
        told.insert(0, f"Revierte el N° {line.reverses_number:06d}")
    return " · ".join(text for text in told if text)


def _document_tip(line: MovementLine) -> str:
    archived = [text for text in (line.archive_box, line.archive_folder, line.archive_folio) if text]
    told = [_document(line), line.reason, ", ".join(archived), line.note]
    return "\n".join(text for text in told if text)


# what its column has no room for; whole in the tip
_SHORT = {
    MovementKind.TO_DATA_ENTRY: "A digitación",
    MovementKind.TO_QUALITY: "A calidad",
}


def kind_text(kind: MovementKind) -> str:
    """A movement as the register's column calls it."""
    return _SHORT.get(kind, kind.label)


COLUMNS = (
    Column("N°", lambda line: line.number_text, width=46),
    Column("Fecha", lambda line: format_date(line.moved_on), align="center", width=88),
    Column("Movimiento", lambda line: kind_text(line.kind), width=98, tip=lambda line: line.kind.label),
    Column("Form.", lambda line: line.type_code, width=54),
    Column("De", lambda line: line.from_name),
    Column("A", _target, tip=lambda line: line.to_name),
    Column("Del", lambda line: _ends(line)[0], align="right", width=58, tip=lambda line: line.ranges_text),
    Column("Al", lambda line: _ends(line)[1], align="right", width=58, tip=lambda line: line.ranges_text),
    Column("Cant.", lambda line: format_number(line.form_count), align="right", width=54),
    Column("Documento", _document, tip=_document_tip),
)
_NAMES = (4, 5)
_FIGURES = (0, 1, 3, 6, 7, 8)  # columns that are never cut: they get what their texts need
_MOST = {3: 84}  # what a long code gets at most
_SHARES = {4: 4, 5: 4, 9: 3}  # columns that share what is left, and how
_NARROWEST = 84
_MEASURED = 8  # the longest texts of a column of figures


class RegisterView(RowView):
    """Strikes out what was reverted; the arrow down from the last row leaves for the blank one."""

    left_down = Signal()

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(cast(Any, model), parent)
        self._model = model
        self.filter_header.filter.hide()
        self.filter_header.setSectionsClickable(False)
        self.filter_header.fit_height()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        if first < 0:
            return
        last = last if last >= 0 else self._model.rowCount() - 1
        struck = [row for row in range(first, last + 1) if self._model.fact(row).is_reverted]
        if not struck:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(current_tokens().text_dim)))
        end = self.columnViewportPosition(_LAST) - PADDING
        for row in struck:
            middle = self.rowViewportPosition(row) + self.rowHeight(row) // 2
            painter.drawLine(PADDING, middle, end, middle)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_end = self.currentIndex().row() == self._model.rowCount() - 1
        if event.key() == Qt.Key.Key_F2:
            self.entered_row.emit()
        elif event.key() == Qt.Key.Key_Down and at_end:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class RegisterList(QWidget):
    """`activated` gives the movement that was entered; `places_changed` where the columns stand now."""

    activated = Signal(object)
    places_changed = Signal(list)
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PagedModel(COLUMNS, parent=self)
        self.view = RegisterView(self.model, self)
        self.view.setAccessibleName("Movimientos registrados, el último abajo")
        self.view.tell_apart(_NAMES)
        self._needs: dict[int, int] = {}
        self.empty = EmptyState(self.view.viewport())
        self.empty.hide()
        self._at_end = True
        self._room = 0  # the height there is; 0 while nobody said
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view.entered_row.connect(self._on_row_entered)
        self.view.copy_asked.connect(self.copy)
        self.view.left_down.connect(self.left_down)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.view.viewport().installEventFilter(self)
        theme().changed.connect(self._on_theme_changed)

    # -- content ---------------------------------------------------------------------------------------

    def show_newest(self, lines: Sequence[MovementLine], *, earlier: bool) -> None:
        """Show these alone, the last one in sight."""
        chosen, has_focus = self.selected(), self.view.hasFocus()
        self.model.set_page(lines, earlier=earlier)
        self._measure()
        self.fit()
        if chosen is not None and has_focus:
            self.select(chosen.id)
        self._at_end = True
        self.view.scrollToBottom()

    def show_again(self, lines: Sequence[MovementLine], *, later: bool) -> None:
        """The same stretch read again: it stays where it was, and so does what is chosen."""
        chosen, place = self.selected(), self.view.verticalScrollBar().value()
        self.model.set_page(lines, earlier=self.model.earlier, later=later)
        self._measure()
        self.fit()
        if chosen is not None:
            self.select(chosen.id)
        self.view.updateGeometries()
        self.view.verticalScrollBar().setValue(place)

    def add_earlier(self, lines: Sequence[MovementLine], *, earlier: bool) -> None:
        """Join earlier ones on top; what was in sight stays where it was."""
        bar = self.view.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        held = self.model.rowCount()
        self.model.add_earlier(lines, earlier=earlier)
        self._measure()
        dropped = held + len(lines) - self.model.rowCount()
        self.fit()
        self.view.updateGeometries()
        bar.setValue(bar.maximum() - max(0, from_end - dropped * self._rows_per_step()))

    def add_later(self, lines: Sequence[MovementLine], *, later: bool) -> None:
        """Join later ones below; what was in sight stays where it was."""
        bar = self.view.verticalScrollBar()
        held, before = self.model.rowCount(), bar.value()
        self.model.add_later(lines, later=later)
        self._measure()
        dropped = held + len(lines) - self.model.rowCount()
        self.fit()
        self.view.updateGeometries()
        bar.setValue(max(0, before - dropped * self._rows_per_step()))

    @property
    def at_end(self) -> bool:
        """Whether the newest movement is in sight."""
        bar = self.view.verticalScrollBar()
        return not self.model.later and bar.value() >= bar.maximum()

    def selected(self) -> MovementLine | None:
        row = self.view.currentIndex().row()
        return self.model.fact(row) if 0 <= row < self.model.rowCount() else None

    def select(self, movement_id: int) -> bool:
        """Select a movement that is held here."""
        for row, line in enumerate(self.model.facts):
            if line.id == movement_id:
                self.view.select_row(row)
                return True
        return False

    def select_last(self) -> None:
        if self.model.rowCount():
            self.view.select_row(self.model.rowCount() - 1)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        """Titles and texts of what is held here."""
        return [column.title for column in COLUMNS], [
            [column.text(line) for column in COLUMNS] for line in self.model.facts
        ]

    def copy(self) -> None:
        """Put the selected rows (all held if none is) with their heads on the clipboard."""
        titles, rows = self.as_seen()
        chosen = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        picked = [rows[number] for number in chosen] if chosen else rows
        lines = ["\t".join(" ".join(text.split()) for text in line) for line in [titles, *picked]]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # -- sizes -----------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """What the figures held here need, so that none is cut."""
        metrics = self.view.fontMetrics()
        facts = self.model.facts
        for number in _FIGURES:
            told = sorted({COLUMNS[number].text(fact) for fact in facts}, key=len)[-_MEASURED:]
            self._needs[number] = max((metrics.horizontalAdvance(text) for text in told), default=0)

    def _width(self, number: int) -> int:
        """What a column gets; those that share the rest get nothing yet."""
        asked = theme().px(COLUMNS[number].width or 0)
        if number not in _FIGURES:
            return asked
        need = max(asked, self._needs.get(number, 0) + 2 * PADDING + 1)
        return min(need, theme().px(_MOST[number])) if number in _MOST else need

    def _on_theme_changed(self) -> None:
        self._measure()
        self.fit()

    def fit(self) -> None:
        """Give the columns their widths, and the list the height of its rows at most: the blank one follows it."""
        room = self.view.viewport().width()
        widths = [self._width(number) for number in range(len(COLUMNS))]
        spare = max(room - sum(widths), theme().px(_NARROWEST) * len(_SHARES))
        for number, share in _SHARES.items():
            widths[number] = spare * share // sum(_SHARES.values())
        widths[_LAST] += spare - sum(widths[number] for number in _SHARES)
        for number, width in enumerate(widths):
            self.view.setColumnWidth(number, width)
        left = [self.view.columnViewportPosition(number) for number in range(len(COLUMNS))]
        frame = self.view.frameWidth()
        self.places_changed.emit(
            [(left[number] + frame, widths[number]) for number in range(FIRST_CELL, len(COLUMNS))]
        )
        rows, row = self.model.rowCount(), theme().px(ROW_HEIGHT)
        around = self.view.filter_header.minimumHeight() + 2 * frame
        if self._room:  # ends with a whole row
            rows = min(rows, max(1, (self._room - around) // row))
        self.setMaximumHeight(around + (rows * row if self.model.rowCount() else theme().px(_EMPTY_HEIGHT)))

    def set_room(self, height: int) -> None:
        """The height that may be taken."""
        if height != self._room:
            self._room = height
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self.empty.setGeometry(self.view.viewport().rect().adjusted(8, 4, -8, -4))
            self.fit()
            if self._at_end:
                self.view.scrollToBottom()
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------------------

    def _rows_per_step(self) -> int:
        """How far one row is on the scroll bar."""
        per_item = self.view.verticalScrollMode() == self.view.ScrollMode.ScrollPerItem
        return 1 if per_item else theme().px(ROW_HEIGHT)

    def _on_scrolled(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        self._at_end = self.at_end
        ahead = _AHEAD * self._rows_per_step()
        if value <= ahead:
            self.model.want_earlier()
        if value >= bar.maximum() - ahead:
            self.model.want_later()

    def _on_row_entered(self) -> None:
        line = self.selected()
        if line is not None:
            self.activated.emit(line)
