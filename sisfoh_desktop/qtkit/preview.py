"""The preview of a paper: its pages, zoom, save as, and print. Printed are the same bytes that are seen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.leaving import PaperOut, write_out
from sisfoh_desktop.basics.page_ranges import chosen_pages
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.mnemonics import bare_text
from sisfoh_desktop.qtkit.pdf_pane import PdfPane, Renderer, Rendering
from sisfoh_desktop.qtkit.screen_room import screen_room
from sisfoh_desktop.qtkit.tab_order import move_cursor
from sisfoh_desktop.qtkit.tasks import Tasks

__all__ = ["PreviewDialog", "Renderer", "open_preview"]


class PreviewDialog(QDialog):
    """Shows a PDF. `renderer` counts and draws its pages; `file_name` is proposed by "Guardar como".

    For papers of the same `kind` the printer that took the last one is proposed.
    """

    def __init__(
        self,
        pdf: bytes,
        title: str,
        *,
        renderer: Renderer,
        tasks: Tasks,
        file_name: str = "documento.pdf",
        kind: str = "documento",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks, self._renderer, self._file_name, self._kind = tasks, renderer, file_name, kind
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
            ("F1", self._on_help_asked),
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

    def _on_help_asked(self) -> None:
        from sisfoh_desktop.qtkit.help_dialog import show_help_of

        show_help_of(self)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_cursor(self, forward=forward)

    def sizeHint(self) -> QSize:
        room = screen_room(self)
        return QSize(min(960, room.width() - 40), min(700, room.height() - 60))

    # -- saving ----------------------------------------------------------------------------------------

    def save_as(self) -> None:
        """Ask for a place and write the bytes there."""
        path = ask_save(self, "Guardar como", self._file_name, "Documento PDF (*.pdf)")
        if path is None:
            return
        pdf = self.pane.pdf
        title = self.windowTitle()

        def saved(paper: PaperOut) -> None:
            self._tasks.paper_left.emit(paper)
            Toast.show_over(self, f"Se guardó «{path.name}».")

        self._tasks.run_query(lambda: write_out(path, pdf, title), saved, owner=self)

    # -- printing --------------------------------------------------------------------------------------

    def print_pages(self) -> None:
        """Ask for printer, pages and copies, and print the pages of these very bytes."""
        if not self.pane.pages or not self.print_button.isEnabled():
            return
        from sisfoh_desktop.qtkit.print_dialog import PrintDialog
        from sisfoh_desktop.qtkit.print_job import Printable, PrintJob

        choice = PrintDialog(self._kind, pages=self.pane.pages, parent=self).ask_choice()
        if choice is None:
            return
        pages = chosen_pages(choice.pages, self.pane.pages)
        printer = choice.printer
        printer.setDocName(Path(self._file_name).stem)
        self.print_button.setEnabled(False)
        PrintJob(
            self,
            self._tasks,
            self._renderer,
            printer,
            [Printable(self.windowTitle(), f"{printer.docName()}.pdf", self.pane.pdf, pages)],
            copies=choice.copies,
            two_up=choice.two_up,
            on_end=lambda: self.print_button.setEnabled(True),
        ).start()

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


def open_preview(
    rendering: Rendering, tasks: Tasks, pdf: bytes, title: str, *, file_name: str, kind: str, over: QWidget
) -> PreviewDialog:
    """Show a paper over a window without blocking it, to be read, printed and saved.

    `file_name` may hold the number of a paper with its slashes; the rest is as for `PreviewDialog`.
    """
    made = PreviewDialog(
        pdf,
        title,
        renderer=Renderer(rendering.page_count, rendering.render_page),
        tasks=tasks,
        file_name=file_name.replace("/", "-"),
        kind=kind,
        parent=over,
    )
    made.open()
    return made
