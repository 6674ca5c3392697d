"""Puts pages on paper: each is drawn on the worker and laid down between two turns of the window.

One or two pages on a sheet, as many copies as wanted, with a count and a way to stop. The bytes are those on view.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.leaving import paper_out
from sisfoh_desktop.basics.page_ranges import written_ranges
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.pdf_pane import Renderer, image_of
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.tasks import Tasks

_PRINT_DPI = 300
_HALF = 0.7071  # what A4 shrinks by to become A5
_STOPPING = "Deteniendo la impresión…"


@dataclass(frozen=True)
class Printable:
    """A document and which of its pages (from 1) are to be printed, in this order."""

    title: str
    file_name: str
    pdf: bytes
    pages: tuple[int, ...]


@dataclass(frozen=True)
class _Turn:
    """One page of the job: of which document, and whether it must begin a sheet."""

    document: int
    page: int
    new_sheet: bool


def turns_of(documents: Sequence[Printable], copies: int) -> list[_Turn]:
    """The pages in the order in which they are laid: document after document, and the whole again for each copy.

    Two documents share a sheet of two pages only when both have one page: a longer one is stapled by itself.
    """
    turns = []
    for _copy in range(copies):
        for number, one in enumerate(documents):
            apart = number == 0 or len(one.pages) > 1 or len(documents[number - 1].pages) > 1
            turns += [_Turn(number, page, apart and page == one.pages[0]) for page in one.pages]
    return turns


class PrintJob:
    """One job for a printer. `start` returns at once; `on_end` comes however it went."""

    def __init__(
        self,
        over: QWidget,
        tasks: Tasks,
        renderer: Renderer,
        printer: QPrinter,
        documents: Sequence[Printable],
        *,
        copies: int = 1,
        two_up: bool = False,
        on_end: Callable[[], object] = lambda: None,
    ) -> None:
        self._over, self._tasks, self._renderer, self._printer = over, tasks, renderer, printer
        self._documents, self._copies, self._two_up, self._on_end = documents, copies, two_up, on_end
        self._repeats = printer.supportsMultipleCopies()  # else the copies are drawn one after another
        printer.setCopyCount(copies if self._repeats else 1)
        self._turns = turns_of(documents, 1 if self._repeats else copies)
        self._ended = False
        self._done = self._sheets = 0
        self._painter: QPainter | None = None
        self._free: QRectF | None = None  # the second half of the sheet under way
        self._sideways = False  # whether the pages of the sheet under way are wider than tall
        self._scale = min(printer.resolution(), _PRINT_DPI) / 72 * (_HALF if two_up else 1)
        self._progress = ProgressDialog("Imprimir", "páginas", over, cancelling=_STOPPING)

    def start(self) -> None:
        """Draw and lay down page after page; the count stands over the window, which waits."""
        self._progress.open()
        self._next()

    # -- inside ----------------------------------------------------------------------------------------

    def _next(self) -> None:
        if self._progress.stop_asked:
            self._stop()
        elif self._done >= len(self._turns):
            self._end(_sent_words(self._documents))
        else:
            turn = self._turns[self._done]
            pdf, draw = self._documents[turn.document].pdf, self._renderer.render_page
            self._tasks.run_query(
                partial(draw, pdf, turn.page - 1, self._scale),
                partial(self._put, turn),
                self._on_failed,
                owner=self._over,
                on_end=partial(self._on_drawn, self._done),
            )

    def _on_drawn(self, done_before: int) -> None:
        """A page that came to nothing without a refusal is a bug of ours, already told: the job ends with it."""
        if not self._ended and self._done == done_before:
            self._printer.abort()
            self._end("")

    def _put(self, turn: _Turn, rendered: tuple[int, int, bytes]) -> None:
        if self._progress.stop_asked:
            self._stop()
            return
        width, height, _data = rendered
        place = self._place(turn, QSizeF(width, height))
        if place is None or self._painter is None:
            return
        share = min(place.width() / width, place.height() / height)
        target = QRectF(0, 0, width * share, height * share)
        target.moveCenter(place.center())
        self._painter.drawImage(target, image_of(rendered))
        self._done += 1
        self._progress.tell(self._done, len(self._turns))
        self._next()

    def _place(self, turn: _Turn, page: QSizeF) -> QRectF | None:
        """Where the page goes; None when the printer does not take another sheet (which was said)."""
        sideways = page.width() > page.height()
        if self._free is not None and not turn.new_sheet and sideways == self._sideways:
            place, self._free = self._free, None
            return place
        self._sideways = sideways
        lying = sideways != self._two_up  # two standing pages lie side by side on a lying sheet
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        )
        self._printer.setPageMargins(QMarginsF(0, 0, 0, 0))
        if not self._begin_sheet():
            return None
        self._sheets += 1
        paper = QRectF(self._printer.pageLayout().fullRectPixels(self._printer.resolution()))
        paper.moveTo(0, 0)
        if not self._two_up:
            return paper
        first, second = QRectF(paper), QRectF(paper)
        if lying:
            first.setWidth(paper.width() / 2)
            second.setLeft(paper.width() / 2)
        else:
            first.setHeight(paper.height() / 2)
            second.setTop(paper.height() / 2)
        self._free = second
        return first

    def _begin_sheet(self) -> bool:
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(self._printer):
                self._end("")
                show_error(
                    self._over,
                    "La impresora no respondió y no se imprimió nada. Revise que esté encendida e inténtelo otra vez.",
                    "No se pudo imprimir",
                )
                return False
            self._painter = painter
        elif not self._printer.newPage():
            self._end("")
            show_error(
                self._over,
                f"La impresora se detuvo después de {counted(self._sheets, 'hoja', 'hojas')}. "
                "Revísela e imprima las páginas que faltan.",
                "Impresión incompleta",
            )
            return False
        return True

    def _stop(self) -> None:
        self._printer.abort()
        if not self._sheets:
            self._end("Se canceló la impresión: no salió ninguna hoja.")
            return
        told = counted(self._sheets, "hoja", "hojas")
        self._end(f"Se canceló la impresión después de {told}: retire de la impresora lo que haya salido.")

    def _on_failed(self, error: SisfohError) -> None:
        self._printer.abort()
        self._end("")
        show_error(self._over, error.sentence, "No se pudo imprimir")

    def _end(self, said: str) -> None:
        self._ended = True
        if self._painter is not None:
            self._painter.end()
            self._painter = None
        self._progress.leave()
        self._tell_left()
        self._on_end()
        if said:
            Toast.show_over(self._over, said)

    def _tell_left(self) -> None:
        """Say which pages went to the printer, also when it stopped before the last one."""
        for number, one in enumerate(self._documents):
            laid = [turn.page for turn in self._turns[: self._done] if turn.document == number]
            if not laid:
                continue
            pages = tuple(page for page in one.pages if page in laid)
            self._tasks.paper_left.emit(
                replace(
                    paper_out(one.title, one.file_name, one.pdf, pages=len(pages)),
                    page_range=written_ranges(pages),
                    copies=self._copies if self._repeats else laid.count(laid[0]),
                    printer=self._printer.printerName(),
                )
            )


def _sent_words(documents: Sequence[Printable]) -> str:
    pages = counted(sum(len(one.pages) for one in documents), "página", "páginas")
    if len(documents) == 1:
        return f"El documento ({pages}) se envió a la impresora."
    return f"Se enviaron {len(documents)} documentos ({pages}) a la impresora."
