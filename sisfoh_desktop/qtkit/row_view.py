"""The table view under a row table: rows of one line, hairlines, the filter row under the header, its keys."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QToolTip,
    QWidget,
)

from sisfoh_desktop.qtkit.icons import icon_size, set_icon
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, Tone, current_tokens, mixed, theme
from sisfoh_desktop.qtkit.told_apart import cut_apart, distinctions

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.row_model import RowTableModel

PADDING = 8
_LONGEST_SHOWN = 1_000
_MOST_FITTED = 20_000
_FILTER_ROW = 36
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Says how wide a cell would like to be and shows what was cut; the painting is RowView's."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        state = cast(Any, option)  # the stubs hide the option's fields
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(state.fontMetrics.horizontalAdvance(text) + 2 * PADDING + 2, theme().px(ROW_HEIGHT))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            text = index.data(Qt.ItemDataRole.DisplayRole) or ""
            width = view.visualRect(cast(QModelIndex, index)).width() - 2 * PADDING
            whole = index.data(Qt.ItemDataRole.AccessibleTextRole) or ""
            if view.fontMetrics().horizontalAdvance(text) > width or whole not in text:
                from html import escape  # a cell may hold text that looks like markup

                shown = escape(whole).replace("\n", "<br>")
                QToolTip.showText(event.globalPos(), f"<qt>{shown}</qt>", view)
                return True
            QToolTip.hideText()
            return True
        return super().helpEvent(event, view, option, index)


class RowInk:
    """Pens, brushes and cut texts, made once for a look and a font."""

    def __init__(self) -> None:
        tokens = current_tokens()
        self.line = QPen(QColor(tokens.line))
        if tokens.high_contrast:
            self.selection = QBrush(QColor(tokens.accent))
        else:
            self.selection = QBrush(QColor(mixed(tokens.accent, tokens.surface, 0.12)))
        self._selected_pen = QPen(QColor(tokens.on_accent)) if tokens.high_contrast else None
        self._pens: dict[Tone | None, QPen] = {None: QPen(QColor(tokens.text))}
        self._font: QFont | None = None
        self._fitted: dict[tuple[str, int, int], tuple[str, int]] = {}

    def use_font(self, font: QFont) -> None:
        """Measure with this font from now on."""
        if font != self._font:
            self._font = QFont(font)
            self._metrics = QFontMetrics(self._font)
            self.ascent, self.descent = self._metrics.ascent(), self._metrics.descent()
            self._fitted.clear()

    def pen(self, tone: Tone | None, selected: bool) -> QPen:
        """The pen of a cell's text."""
        if selected and self._selected_pen is not None:
            return self._selected_pen
        pen = self._pens.get(tone)
        if pen is None and tone is not None:
            pen = self._pens[tone] = QPen(QColor(current_tokens().tone(tone)))
        return pen or self._pens[None]

    def fitted(self, text: str, width: int, apart: int = 0) -> tuple[str, int]:
        """The text cut to `width` pixels with an ellipsis, and its own width; the letter at `apart` stays in sight."""
        key = (text, width, apart)
        found = self._fitted.get(key)
        if found is None:
            if len(self._fitted) > _MOST_FITTED:
                self._fitted.clear()
            # Nothing wider than a screen is laid out: a hostile cell may hold a book.
            if apart:
                shown = cut_apart(text[:_LONGEST_SHOWN], apart, width, self._metrics.horizontalAdvance)
            else:
                shown = self._metrics.elidedText(text[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, width)
            found = self._fitted[key] = (shown, self._metrics.horizontalAdvance(shown))
        return found


class FilterHeader(QHeaderView):
    """A header with one filter field in a row of its own below the titles, and the list's own orders beside it."""

    menu_asked = Signal(QPoint)  # at which point of the screen

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Escriba para filtrar (Ctrl+F)")
        self.filter.setAccessibleName("Filtrar la lista")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaxLength(200)
        # Out of the round of Tab: the list's context menu (Shift+F10) has the same orders.
        self.orders_button = QToolButton(self)
        self.orders_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.orders_button.setToolTip("Filtrar por columna, elegir columnas, vistas guardadas (Mayús+F10)")
        self.orders_button.setAccessibleName("Filtros, columnas y vistas de la lista")
        set_icon(self.orders_button, "list-filter", "text_dim")
        self.orders_button.clicked.connect(
            lambda: self.menu_asked.emit(
                self.orders_button.mapToGlobal(self.orders_button.rect().bottomLeft())
            )
        )
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("Encabezados de la lista")
        self.whole_titles: dict[str, str] = {}  # what shortened titles stand for, in their tooltips

    @property
    def filter_height(self) -> int:
        """Height of the filter row; 0 while it is hidden."""
        return 0 if self.filter.isHidden() else theme().px(_FILTER_ROW)

    def fit_height(self) -> None:
        """Take the height of the titles and the filter row at the present text size."""
        self.setFixedHeight(theme().px(ROW_HEIGHT) + self.filter_height)
        self.orders_button.setIconSize(icon_size() * 0.8)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            title = str(self.model().headerData(section, self.orientation()) or "") if section >= 0 else ""
            QToolTip.showText(event.globalPos(), self.whole_titles.get(title, ""), self)
            return True
        return super().viewportEvent(event)

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, self.filter_height)
        super().updateGeometries()
        self._place_filter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_filter()

    def _place_filter(self) -> None:
        height = self.filter_height
        self.orders_button.setVisible(height > 0)
        if height:
            field_height = min(self.filter.sizeHint().height(), height - 4)
            top = self.height() - height + (height - field_height) // 2
            width = max(0, self.width() - 12 - field_height)
            self.filter.setGeometry(4, top, width, field_height)
            self.orders_button.setGeometry(8 + width, top, field_height, field_height)


class RowView(QTableView):
    """The view of a row table: whole rows are selected, typing goes to the filter, Tab leaves."""

    copy_asked = Signal()
    entered_row = Signal()  # Enter or double click

    def __init__(self, model: "RowTableModel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter_header = FilterHeader(self)
        self.setHorizontalHeader(self.filter_header)
        self._rows = model
        self._apart_columns: frozenset[int] = frozenset()
        self._apart: dict[str, int] | None = None
        self._least_body = 0
        self._is_wider = False
        self.setModel(model)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._forget_names)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # no keyboard trap
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._on_double_clicked)
        self.filter_header.filter.installEventFilter(self)
        self.horizontalScrollBar().rangeChanged.connect(self._on_range_changed)
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def keep_room(self, height: int) -> None:
        """Never less than this (px) below the header: what an empty list says stays whole; 0 for a row alone."""
        if height != self._least_body:
            self._least_body = height
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The header and one row whole: a list with less tells nothing."""
        body = max(self.verticalHeader().defaultSectionSize(), self._least_body)
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_wider else 0
        high = self.filter_header.height() + body + bar + 2 * self.frameWidth()
        return QSize(super().minimumSizeHint().width(), high)

    def _on_range_changed(self, _least: int, most: int) -> None:
        if (most > 0) != self._is_wider:
            self._is_wider = most > 0
            self.updateGeometry()

    def tell_apart(self, columns: Iterable[int]) -> None:
        """Cut the names in these columns where they are alike, not at the end."""
        self._apart_columns = frozenset(columns)
        self._apart = None

    def _forget_names(self) -> None:
        self._apart = None

    def _distinctions(self) -> dict[str, int]:
        """Where each name differs from the others of the list; looked for once for its rows."""
        if self._apart is None:
            rows, columns = range(self._rows.rowCount()), self._apart_columns
            self._apart = distinctions(self._rows.cell(row, number)[0] for row in rows for number in columns)
        return self._apart

    def _on_theme_changed(self) -> None:
        self._ink = RowInk()
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(theme().px(ROW_HEIGHT))
        rows.setDefaultSectionSize(theme().px(ROW_HEIGHT))
        self.filter_header.fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible cells in one loop.

        A delegate would be called once per cell with an option object each time, which takes four times as
        long; all rows are one line high and look alike.
        """
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        if first < 0:
            return
        if last < 0:
            last = self._rows.rowCount() - 1
        places = [
            (number, self.columnViewportPosition(number), self.columnWidth(number), column.align)
            for number, column in enumerate(self._rows.columns)
            if not self.isColumnHidden(number)
        ]
        width = self.viewport().width()
        places = [place for place in places if place[1] < width and place[1] + place[2] > 0]
        end = min(width, max((x + wide for _number, x, wide, _align in places), default=0))
        selection = self.selectionModel()
        ink = self._ink
        ink.use_font(self.font())
        apart = self._distinctions() if self._apart_columns else {}
        painter = QPainter(self.viewport())
        for row in range(first, last + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            selected = selection.isRowSelected(row, QModelIndex())
            if selected:
                painter.fillRect(0, top, end, height, ink.selection)
            painter.setPen(ink.line)
            painter.drawLine(0, top + height - 1, end - 1, top + height - 1)
            base = top + (height + ink.ascent - ink.descent) // 2
            for number, x, wide, align in places:
                text, tone = self._rows.cell(row, number)
                if not text:
                    continue
                place = apart.get(text, 0) if number in self._apart_columns else 0
                shown, length = ink.fitted(text, wide - 2 * PADDING, place)
                spare = wide - 2 * PADDING - length
                left = x + PADDING + (spare if align == "right" else spare // 2 if align == "center" else 0)
                painter.setPen(ink.pen(tone, selected))
                painter.drawText(left, base, shown)
        painter.end()

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.entered_row.emit()

    def select_row(self, row: int) -> None:
        """Make `row` the selected one and bring it into sight."""
        # Not selectRow(): with Ctrl held down (a shortcut) it would take the selection off again.
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)  # Qt makes a row current here, and selects none
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.select_row(max(0, self.currentIndex().row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        field = self.filter_header.filter
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ) in (Qt.KeyboardModifier.NoModifier,)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.keyCombination().toCombined() == Qt.Key.Key_E | Qt.KeyboardModifier.ControlModifier.value:
            self.selectAll()  # Ctrl+E, as in the Spanish Excel
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered_row.emit()
        elif (
            event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and event.key() in (Qt.Key.Key_F, Qt.Key.Key_B)
            and not field.isHidden()
        ):
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()
        elif plain and event.text().isprintable() and event.text().strip() and not field.isHidden():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.insert(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = self.filter_header.filter
        if watched is field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and field.text():
                field.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                if event.key() != Qt.Key.Key_Escape or field.hasFocus():
                    self.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)
