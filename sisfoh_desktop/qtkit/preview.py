"""The preview of a paper: its pages, zoom, save as, and print. Printed are the same bytes that are seen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QPageSize, QPainter, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.leaving import PaperOut, paper_out, write_out
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast, ask, show_error
from sisfoh_desktop.qtkit.mnemonics import bare_text
from sisfoh_desktop.qtkit.pdf_pane import PdfPane, Renderer, image_of
from sisfoh_desktop.qtkit.screen_room import screen_room
from sisfoh_desktop.qtkit.tasks import Tasks

__all__ = ["PreviewDialog", "Renderer"]

_PRINT_DPI = 300


class PreviewDialog(QDialog):
    """Shows a PDF. `renderer` counts and draws its pages; `file_name` is proposed by "Guardar como"."""

    def __init__(
        self,
        pdf: bytes,
        title: str,
        *,
        renderer: Renderer,
        tasks: Tasks,
        file_name: str = "documento.pdf",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks, self._renderer, self._file_name = tasks, renderer, file_name
        self.pane = PdfPane(renderer, tasks)
        self.page_label = QLabel()
        self.zoom_label = QLabel("Ancho")
        self.zoom_label.setProperty("tone", "dim")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self._button("Página anterior (RePág)", "chevron-left", lambda: self._step(-1)))
        bar.addWidget(self.page_label)
        bar.addWidget(self._button("Página siguiente (AvPág)", "chevron-right", lambda: self._step(1)))
        bar.addSpacing(16)
        bar.addWidget(self._button("Reducir (Ctrl+−)", "zoom-out", lambda: self.pane.zoom_step(-1)))
        bar.addWidget(self.zoom_label)
        bar.addWidget(self._button("Ampliar (Ctrl++)", "zoom-in", lambda: self.pane.zoom_step(1)))
        bar.addStretch(1)
        self.save_button = self._word_button("&Guardar como…", "download", self.save_as, "Ctrl+G")
        self.print_button = self._word_button("&Imprimir…", "printer", self.print_pages, "Ctrl+P")
        bar.addWidget(self.save_button)
        bar.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.addLayout(bar)
        layout.addWidget(self.pane, 1)
        for keys, run in (
            ("Ctrl+P", self.print_pages),
            ("Ctrl+S", self.save_as),
            ("Ctrl+G", self.save_as),
            ("Ctrl++", lambda: self.pane.zoom_step(1)),
            ("Ctrl+=", lambda: self.pane.zoom_step(1)),
            ("Ctrl+-", lambda: self.pane.zoom_step(-1)),
            ("Ctrl+0", lambda: self.pane.set_zoom(0)),
        ):
            QShortcut(QKeySequence(keys), self, run)
        self.pane.page_shown.connect(lambda page, pages: self.page_label.setText(f"Página {page} de {pages}"))
        self.pane.zoom_changed.connect(
            lambda zoom: self.zoom_label.setText(f"{zoom}\u00a0%" if zoom else "Ancho")
        )
        self.resize(self.sizeHint())
        self.pane.setFocus()
        self.pane.show_pdf(pdf)

    def sizeHint(self) -> QSize:
        room = screen_room(self)
        return QSize(min(960, room.width() - 40), min(700, room.height() - 60))

    # -- saving ----------------------------------------------------------------------------------------

    def save_as(self) -> None:
        """Ask for a place and write the bytes there."""
        start = str(Path.home() / self._file_name)
        chosen, _kind = QFileDialog.getSaveFileName(self, "Guardar como", start, "Documento PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".pdf")
        pdf = self.pane.pdf
        title = self.windowTitle()

        def saved(paper: PaperOut) -> None:
            self._tasks.paper_left.emit(paper)
            Toast.show_over(self, f"Se guardó «{path.name}».")

        self._tasks.run_query(lambda: write_out(path, pdf, title), saved, owner=self)

    # -- printing --------------------------------------------------------------------------------------

    def print_pages(self) -> None:
        """Ask for a printer and print the pages of these very bytes."""
        if not self.pane.pages:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(Path(self._file_name).stem)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setFromTo(1, self.pane.pages)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("Imprimir")
        dialog.setMinMax(1, self.pane.pages)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        if printer.pageLayout().pageSize().id() != QPageSize.PageSizeId.A4 and not ask(
            self,
            "La impresora no está en A4",
            f"El papel elegido es {printer.pageLayout().pageSize().name()}; el documento es A4 y saldría reducido.",
            "Imprimir así",
        ):
            return
        first, last = printer.fromPage() or 1, printer.toPage() or self.pane.pages
        PrintJob(
            self, printer, self.pane.pdf, self._renderer, self._tasks, range(first, last + 1)
        ).next_page()

    # -- inside ----------------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        self.pane.go_to(self.pane.current_page + step)

    def _button(self, text: str, icon_name: str, run: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        set_icon(button, icon_name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: run())
        return button

    def _word_button(self, text: str, icon_name: str, run: Callable[[], object], keys: str) -> QPushButton:
        button = QPushButton(f" {text}")
        set_icon(button, icon_name)
        button.setAutoDefault(False)
        button.setToolTip(f"{bare_text(text)} ({keys})")
        button.clicked.connect(lambda: run())
        return button


class PrintJob:
    """Prints page by page: each is drawn on the worker and put on paper between two turns of the window."""

    def __init__(
        self,
        dialog: PreviewDialog,
        printer: QPrinter,
        pdf: bytes,
        renderer: Renderer,
        tasks: Tasks,
        pages: range,
    ) -> None:
        self._dialog, self._printer, self._pdf = dialog, printer, pdf
        self._renderer, self._tasks, self._pages = renderer, tasks, pages
        self._done = 0
        self._painter: QPainter | None = None
        self._scale = min(printer.resolution(), _PRINT_DPI) / 72
        dialog.print_button.setEnabled(False)

    def next_page(self) -> None:
        """Ask the worker for the next page, or end."""
        if self._done >= len(self._pages):
            self._end("El documento se envió a la impresora.")
            return
        index, scale, pdf, draw = (
            self._pages[self._done] - 1,
            self._scale,
            self._pdf,
            self._renderer.render_page,
        )
        self._tasks.run_query(lambda: draw(pdf, index, scale), self._put, owner=self._dialog)

    def _put(self, rendered: tuple[int, int, bytes]) -> None:
        width, height, _data = rendered
        sideways = width > height
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait
        )
        self._printer.setPageMargins(QMarginsF(0, 0, 0, 0))
        if self._painter is None:
            self._painter = QPainter()
            if not self._painter.begin(self._printer):
                self._painter = None
                self._end("")
                show_error(
                    self._dialog,
                    "La impresora no respondió y no se imprimió nada. Revise que esté encendida e inténtelo otra vez.",
                    "No se pudo imprimir",
                )
                return
        elif not self._printer.newPage():
            self._end("")
            show_error(
                self._dialog,
                f"La impresora se detuvo después de la página {self._done}. Revísela e imprima las que faltan.",
                "Impresión incompleta",
            )
            return
        paper = QRectF(self._painter.viewport())
        share = min(paper.width() / width, paper.height() / height)
        target = QRectF(0, 0, width * share, height * share)
        target.moveCenter(paper.center())
        self._painter.drawImage(target, image_of(rendered))
        self._done += 1
        self._dialog.page_label.setText(f"Imprimiendo {self._done} de {len(self._pages)}")
        self.next_page()

    def _end(self, said: str) -> None:
        if self._painter is not None:
            self._painter.end()
        self._dialog.print_button.setEnabled(True)
        if self._done:
            self._tell_left()
        if said:
            Toast.show_over(self._dialog, said)

    def _tell_left(self) -> None:
        """Say which pages went to the printer, also when it stopped before the last one."""
        title, name = self._dialog.windowTitle(), f"{self._printer.docName()}.pdf"
        first = self._pages[0]
        self._tasks.paper_left.emit(
            replace(
                paper_out(title, name, self._pdf, pages=self._done),
                page_range=f"{first} a {first + self._done - 1}",
                copies=max(1, self._printer.copyCount()),
                printer=self._printer.printerName(),
            )
        )
