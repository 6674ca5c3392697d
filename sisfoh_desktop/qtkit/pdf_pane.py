"""Shows the pages of a PDF: page list at the left, one page in the centre, zoom. Renders on the worker.

How a page becomes a picture is handed in: this kit knows no PDF library. What is shown are the very bytes.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QScrollArea, QWidget

from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme

PageCount = Callable[[bytes], int]
RenderPage = Callable[[bytes, int, float], tuple[int, int, bytes]]

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_POINTS_TO_PIXELS = 96 / 72
_THUMB = QSize(84, 118)
_NUMBERS_WIDTH = 52  # of a page list without pictures
_THUMB_SCALE = 0.15


class Renderer(NamedTuple):
    """How a PDF is counted and drawn: `documents.rendering.page_count` and `.render_page`."""

    page_count: PageCount
    render_page: RenderPage


class Rendering(Protocol):
    """The module `documents.rendering` as a view hands it over: kits do not know one another."""

    def page_count(self, pdf: bytes) -> int: ...

    def render_page(self, pdf: bytes, index: int, scale: float) -> tuple[int, int, bytes]: ...


def image_of(rendered: tuple[int, int, bytes]) -> QImage:
    """Width, height and RGB bytes as a picture of its own."""
    width, height, data = rendered
    return QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


class PdfPane(QWidget):
    """The pages of one PDF. `page_shown` gives the page on view (from 1) and how many there are.

    Without `thumbnails` the page list has numbers alone: where there is little room the page needs it.
    """

    page_shown = Signal(int, int)
    zoom_changed = Signal(int)

    def __init__(
        self, renderer: Renderer, tasks: Tasks, parent: QWidget | None = None, *, thumbnails: bool = True
    ) -> None:
        super().__init__(parent)
        self._renderer, self._tasks, self._thumbnails = renderer, tasks, thumbnails
        self._pdf = b""
        self._pages = 0
        self._wanted = 0  # counts requests, so that a late answer to an old one is not shown
        self._zoom = 0  # 0: fit the width
        self._page_width = 595.0
        self.list = QListWidget()
        self.list.setAccessibleName("Páginas")
        if thumbnails:
            self.list.setIconSize(_THUMB)
        self.list.setSpacing(4)
        self.list.setFixedWidth(132 if thumbnails else theme().px(_NUMBERS_WIDTH))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._draw_next_thumbnail())
        self.paper = QLabel()
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.paper.setAccessibleName("Página en vista")
        self.area = QScrollArea()
        self.area.setWidget(self.paper)
        self.area.setObjectName("paperGround")
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Página ampliada")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list)
        row.addWidget(self.area, 1)
        self.setFocusProxy(self.list)
        self._settle = QTimer(self)  # a window being dragged asks for one picture at the end, not for fifty
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._show_current)
        self._drawing_thumbnail = False

    @property
    def pdf(self) -> bytes:
        """The bytes on show."""
        return self._pdf

    @property
    def pages(self) -> int:
        """How many pages; 0 until they were counted."""
        return self._pages

    @property
    def settled(self) -> bool:
        """Whether the page on view is drawn for the present size and nothing is under way."""
        return not self._settle.isActive() and not self._tasks.busy

    @property
    def current_page(self) -> int:
        """The page on view, from 1; 0 before the first."""
        return self.list.currentRow() + 1

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes from their first page; counting and drawing happen on the worker."""
        self._pdf, self._pages = pdf, 0
        self.list.clear()
        self.paper.setPixmap(QPixmap())
        self.paper.setText("Preparando la vista…")
        count = self._renderer.page_count
        self._tasks.run_query(lambda: count(pdf), lambda pages: self._on_counted(pdf, pages), owner=self)

    def show_blank(self) -> None:
        """Show no document."""
        self._pdf, self._pages = b"", 0
        self._wanted += 1
        self.list.clear()
        self.list.hide()
        self.paper.setPixmap(QPixmap())
        self.paper.setText("")

    def go_to(self, page: int) -> None:
        """Show a page, from 1."""
        if self._pages:
            self.list.setCurrentRow(min(max(page, 1), self._pages) - 1)

    def set_zoom(self, zoom: int) -> None:
        """Zoom in per cent; 0 fits the width."""
        self._zoom = zoom
        self.zoom_changed.emit(zoom)
        self._show_current()

    def zoom_step(self, step: int) -> None:
        """One step larger (+1) or smaller (-1)."""
        present = self._zoom or round(self._scale() / _POINTS_TO_PIXELS * 100)
        if step > 0:
            self.set_zoom(next((zoom for zoom in ZOOMS if zoom > present), ZOOMS[-1]))
        else:
            self.set_zoom(next((zoom for zoom in reversed(ZOOMS) if zoom < present), ZOOMS[0]))

    # -- inside ----------------------------------------------------------------------------------------

    def _on_counted(self, pdf: bytes, pages: int) -> None:
        if pdf is not self._pdf:
            return
        self._pages = pages
        self.paper.setText("")
        blank = QPixmap(_THUMB)
        blank.fill(Qt.GlobalColor.white)
        for number in range(1, pages + 1):
            item = (
                QListWidgetItem(QIcon(blank), str(number))
                if self._thumbnails
                else QListWidgetItem(str(number))
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Página {number} de {pages}")
            self.list.addItem(item)
        self.list.setVisible(pages > 1)
        self.list.setCurrentRow(0)

    def _scale(self) -> float:
        if self._zoom:
            return self._zoom / 100 * _POINTS_TO_PIXELS
        room = self.area.viewport().width() - 24
        return max(0.2, room / self._page_width)

    def _show_current(self) -> None:
        row = self.list.currentRow()
        if row < 0 or not self._pages:
            return
        self._wanted += 1
        wanted, pdf, scale, ratio = self._wanted, self._pdf, self._scale(), self.devicePixelRatioF()
        draw = self._renderer.render_page

        def show(rendered: tuple[int, int, bytes]) -> None:
            if wanted != self._wanted:
                return
            page_width = rendered[0] / (scale * ratio)
            picture = QPixmap.fromImage(image_of(rendered))
            picture.setDevicePixelRatio(ratio)
            self.paper.setPixmap(picture)
            self.area.verticalScrollBar().setValue(0)
            self.page_shown.emit(row + 1, self._pages)
            # The first page tells its width; until then A4 was assumed.
            if not self._zoom and abs(page_width - self._page_width) > 1:
                self._page_width = page_width
                self._settle.start(0)
            self._draw_next_thumbnail()

        self._tasks.run_query(lambda: draw(pdf, row, scale * ratio), show, owner=self)

    def _draw_next_thumbnail(self) -> None:
        """Draw the first visible thumbnail that is missing; each one asks for the next."""
        if self._drawing_thumbnail or self._pages < 2 or not self._thumbnails:
            return
        seen = self.list.viewport().rect()
        for row in range(self._pages):
            item = self.list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) or not self.list.visualItemRect(item).intersects(seen):
                continue
            self._drawing_thumbnail = True
            pdf, draw = self._pdf, self._renderer.render_page

            def put(rendered: tuple[int, int, bytes], row: int = row, pdf: bytes = pdf) -> None:
                target = self.list.item(row)
                if pdf is not self._pdf or target is None:
                    return
                image = image_of(rendered).scaled(
                    _THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
                target.setIcon(QIcon(QPixmap.fromImage(image)))
                target.setData(Qt.ItemDataRole.UserRole, True)

            def end() -> None:
                self._drawing_thumbnail = False
                QTimer.singleShot(0, self, self._draw_next_thumbnail)

            self._tasks.run_query(partial(draw, pdf, row, _THUMB_SCALE), put, owner=self, on_end=end)
            return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._settle.start(120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_PageDown:
            self.go_to(self.current_page + 1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.go_to(self.current_page - 1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(860), theme().px(620))
