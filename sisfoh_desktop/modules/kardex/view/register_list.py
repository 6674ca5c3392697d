"""The list of the register: the newest movement at the bottom, earlier ones fetched on the way up."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS
from sisfoh_desktop.modules.kardex.view.register_asks import ends_text
from sisfoh_desktop.qtkit.paged_list import GAP, PagedList
from sisfoh_desktop.qtkit.paged_model import PagedModel
from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.row_view import PADDING, RowView
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, current_tokens, theme

FIRST_CELL = 1  # the first column that has a field of the blank row below it
_EMPTY_HEIGHT = 176  # a sentence of two lines, its button and the way to an example
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
    Column(
        "Fecha",
        lambda line: format_date(line.moved_on),
        sort_key=lambda line: line.moved_on,
        align="center",
        width=88,
    ),
    Column("Movimiento", lambda line: kind_text(line.kind), width=98, tip=lambda line: line.kind.label),
    Column("Form.", lambda line: line.type_code, width=54),
    Column("De", lambda line: line.from_name),
    Column("A", _target, tip=lambda line: line.to_name),
    Column("Del", lambda line: _ends(line)[0], align="right", width=58, tip=lambda line: line.ranges_text),
    Column("Al", lambda line: _ends(line)[1], align="right", width=58, tip=lambda line: line.ranges_text),
    Column(
        "Cant.",
        lambda line: format_number(line.form_count),
        sort_key=lambda line: line.form_count,
        align="right",
        width=54,
    ),
    Column("Documento", _document, tip=_document_tip),
)
_WHOLE_TITLES = {"Form.": "Formulario", "Cant.": "Cantidad"}
_NAMES = (4, 5)
_FIGURES = (0, 1, 3, 6, 7, 8)  # columns that are never cut: they get what their texts need
_MOST = {3: 84}  # what a long code gets at most
_SHARES = {4: 4, 5: 4, 9: 3}  # columns that share what is left, and how
_NARROWEST = 84
_MEASURED = 8  # the longest texts of a column of figures


def _is_ctrl(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class RegisterView(RowView):
    """Strikes out what was reverted; the arrow down from the last row leaves for the blank one.

    Ctrl+Home and Ctrl+End go to the ends of the register, not only of the stretch held here.
    """

    left_down = Signal()
    oldest_wanted = Signal()
    newest_wanted = Signal()

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(cast(Any, model), parent)
        self._model = model
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
        elif _is_ctrl(event, Qt.Key.Key_Home) and self._model.earlier:
            self.oldest_wanted.emit()
        elif _is_ctrl(event, Qt.Key.Key_End) and self._model.later:
            self.newest_wanted.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class RegisterList(PagedList):
    """`activated` gives the movement that was entered; `places_changed` where the columns stand now.

    Its columns are not chosen: each is the head of a field of the blank row below, in which movements are typed. Nor is
    it ordered by them: the register is in the order of its numbers.
    """

    columns_choosable = False
    private_titles = frozenset({"De", "A", "Documento"})
    activated = Signal(object)
    places_changed = Signal(list)
    left_down = Signal()
    view: RegisterView
    view_type = RegisterView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            COLUMNS,
            name="Movimientos registrados, el último abajo",
            shares=_SHARES,
            narrowest=_NARROWEST,
            parent=parent,
        )
        self.view.tell_apart(_NAMES)
        self._needs: dict[int, int] = {}
        self._at_end = True
        self._room = 0  # the height there is; 0 while nobody said
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view.entered_row.connect(self._on_row_entered)
        self.view.left_down.connect(self.left_down)
        self.view.filter_header.whole_titles = _WHOLE_TITLES
        self.choices["Movimiento"] = [kind_text(kind) for kind in MovementKind]
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
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

    def show_oldest(self, lines: Sequence[MovementLine], *, later: bool) -> None:
        """Show these alone, the first one in sight and chosen."""
        self.model.set_page(lines, earlier=False, later=later)
        self._measure()
        self.fit()
        self._at_end = False
        self.view.scrollToTop()
        if lines:
            self.view.select_row(0)

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
        bar.setValue(bar.maximum() - max(0, from_end - dropped * self.rows_per_step()))

    def add_later(self, lines: Sequence[MovementLine], *, later: bool) -> None:
        """Join later ones below; what was in sight stays where it was."""
        bar = self.view.verticalScrollBar()
        held, before = self.model.rowCount(), bar.value()
        self.model.add_later(lines, later=later)
        self._measure()
        dropped = held + len(lines) - self.model.rowCount()
        self.fit()
        self.view.updateGeometries()
        bar.setValue(max(0, before - dropped * self.rows_per_step()))

    @property
    def at_end(self) -> bool:
        """Whether the newest movement is in sight."""
        bar = self.view.verticalScrollBar()
        return not self.model.later and bar.value() >= bar.maximum()

    def select_last(self) -> None:
        if self.model.rowCount():
            self.view.select_row(self.model.rowCount() - 1)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- sizes -----------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """What the figures held here need, so that none is cut."""
        metrics = self.view.fontMetrics()
        facts = self.model.facts
        for number in _FIGURES:
            told = sorted({COLUMNS[number].text(fact) for fact in facts}, key=len)[-_MEASURED:]
            self._needs[number] = max((metrics.horizontalAdvance(text) for text in told), default=0)

    def width_of(self, number: int) -> int:
        asked = super().width_of(number)
        if number not in _FIGURES:
            return asked
        need = max(asked, self._needs.get(number, 0) + 2 * PADDING + 1)
        return min(need, theme().px(_MOST[number])) if number in _MOST else need

    def _on_theme_changed(self) -> None:
        self._measure()
        self.fit()

    def fit(self) -> None:
        """Give the columns their widths, and the list the height of its rows at most: the blank one follows it."""
        super().fit()
        left = [self.view.columnViewportPosition(number) for number in range(len(COLUMNS))]
        frame = self.view.frameWidth()
        self.places_changed.emit(
            [
                (left[number] + frame, self.view.columnWidth(number))
                for number in range(FIRST_CELL, len(COLUMNS))
            ]
        )
        rows, row = self.model.rowCount(), theme().px(ROW_HEIGHT)
        around = self.view.filter_header.minimumHeight() + 2 * frame
        chips = self.orders.chips_height(GAP)
        if self._room:  # ends with a whole row
            rows = min(rows, max(1, (self._room - around - chips) // row))
        self.setMaximumHeight(
            around + chips + (rows * row if self.model.rowCount() else theme().px(_EMPTY_HEIGHT))
        )

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
        used = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport() and self._at_end:
            self.view.scrollToBottom()
        return used

    # -- inside ----------------------------------------------------------------------------------------

    def _on_scrolled(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        self._at_end = self.at_end
        ahead = _AHEAD * self.rows_per_step()
        if value <= ahead:
            self.model.want_earlier()
        if value >= bar.maximum() - ahead:
            self.model.want_later()

    def _on_row_entered(self) -> None:
        line = self.selected()
        if line is not None:
            self.activated.emit(line)
