"""The part of the self-test that needs a window: the real one, its letters and icons, every page, a print to a file.

It runs on the trial's practice base. A bug that would open the crash box fails the step in which it happens.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.app.self_test import StepFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.basics.texts import counted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.self_test import SelfTest
    from sisfoh_desktop.qtkit.tasks import Tasks

_PATIENCE_SECONDS = 120.0
_FEWEST_COLOURS = 12  # of a picture in which something was drawn
_LETTERS = "ÁÉÍÓÚÑáéíóúñü°º–«»"
_PRINTED_PAGES = 2


def try_window(test: "SelfTest") -> None:
    """Every step that needs a window; where there is no display, Qt's own that draws into memory."""
    from sisfoh_desktop.app.start import has_display

    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    trial = _Trial(test)
    if not test.run("Qt", trial.begin):
        return
    try:
        if test.run("ventana", trial.open):
            test.run("letras", trial.letters)
            test.run("iconos", trial.icons)
            test.run("páginas", trial.pages)
            if test.paper:
                test.run("impresión", trial.print_paper)
            test.run("cierre", trial.leave)
    finally:
        trial.end()


class _Trial:
    """The window under trial."""

    app: "QApplication"
    tasks: "Tasks"
    window: "MainWindow"

    def __init__(self, test: "SelfTest") -> None:
        self._test = test
        self._bugs: list[str] = []
        self._begun = False

    def begin(self) -> str:
        """Start Qt, and hear of every bug instead of showing it."""
        from PySide6 import __version__
        from PySide6.QtWidgets import QApplication

        from sisfoh_desktop.qtkit.crash_dialog import details_of
        from sisfoh_desktop.qtkit.tasks import Tasks

        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        self.app, self._begun = app, True
        self._test.qpa = app.platformName()
        sys.excepthook = lambda _kind, error, _trace: self._bugs.append(details_of(error))
        self.tasks = Tasks()
        screen = app.primaryScreen().availableGeometry()
        return (
            f"Qt {__version__} por «{app.platformName()}», pantalla de {screen.width()} × {screen.height()}."
        )

    def open(self) -> str:
        """The window as it opens for everybody, until its tray is on view."""
        if not self._test.base.is_file():  # it would be waited for in vain
            raise StepFailed("Sin la base de práctica no hay con qué abrir la ventana.")
        from sisfoh_desktop.app.main_window import MainWindow
        from sisfoh_desktop.app.pages import PAGES
        from sisfoh_desktop.qtkit.window_state import WindowState

        folder = self._test.folder
        self.window = MainWindow(
            PAGES,
            tasks=self.tasks,
            settings=PcSettings(user="autoprueba", office="ULE", theme="light"),
            state=WindowState(folder / "datos" / "ventana.ini"),
            base=str(self._test.base),
        )
        painted: list[bool] = []
        self.window.painted.connect(lambda: painted.append(True))
        self.window.show()
        self._wait(lambda: bool(painted), "La ventana no se dibujó")
        self._wait(lambda: self.window.is_furnished and self._page_stands(), "La bandeja no se abrió")
        self._shoot(self.window, "ventana.png")
        if not self.window.desk or not self.window.desk.practice:
            raise StepFailed("La base de práctica se abrió sin su marco de práctica.")
        return f"«{self.window.windowTitle()}» en ventana.png."

    def letters(self) -> str:
        """The family on screen is the one asked for and has what Spanish needs; the papers' face is embedded."""
        from PySide6.QtGui import QFontInfo, QRawFont

        from sisfoh_desktop.documents.fonts import register_fonts

        font = self.app.font()
        asked, shown = font.family(), QFontInfo(font).family()
        if asked != shown:
            raise StepFailed(f"Se pidió la letra «{asked}» y en pantalla se ve «{shown}».")
        face = QRawFont.fromFont(font)
        lacking = [letter for letter in _LETTERS if not face.supportsCharacter(ord(letter))]
        if lacking:
            raise StepFailed(f"La letra «{shown}» no tiene {' '.join(lacking)}.")
        printable = register_fonts()
        if any(ord(letter) not in printable for letter in _LETTERS):
            raise StepFailed("La letra de los papeles no tiene todos los signos del castellano.")
        return f"En pantalla «{shown}»; en los papeles Liberation Sans."

    def icons(self) -> str:
        """Every icon is drawn, and the window has its own."""
        from PySide6.QtCore import QSize
        from PySide6.QtGui import QIcon
        from PySide6.QtSvg import QSvgRenderer

        files = sorted(resource("icons").glob("*.svg"))
        bad = [path.name for path in files if not QSvgRenderer(str(path)).isValid()]
        if bad or not files:
            raise StepFailed(f"No se pueden dibujar: {', '.join(bad) or 'ninguno está'}.")
        if QIcon(str(resource("icons", "sisfoh.svg"))).pixmap(QSize(32, 32)).isNull():
            raise StepFailed("El icono de la ventana no se puede dibujar.")
        return f"{len(files)} iconos se dibujan."

    def pages(self) -> str:
        """Each page of the rail opened and drawn, and every tab of it opened: some load their libraries only then."""
        from sisfoh_desktop.qtkit.tabbed_page import TabbedPage

        stack, tabs = self.window.stack, 0
        for number, spec in enumerate(stack.specs):
            stack.show_page(number)
            self._wait(self._page_stands, f"La página «{spec.title}» no se abrió")
            self._shoot(self.window, f"pagina-{number + 1:02d}-{spec.key}.png")
            page = stack.page
            if not isinstance(page, TabbedPage):
                continue
            for tab in page.specs:
                page.show_tab(tab.key)
                self._wait(lambda: not self.tasks.busy, f"La ficha «{tab.key}» de «{spec.title}» no se abrió")
                tabs += 1
        return f"{counted(len(stack.specs), 'página', 'páginas')} y {tabs} fichas abiertas."

    def print_paper(self) -> str:
        """The preview of the act, and its first pages through Qt's printing into a PDF file."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        from sisfoh_desktop.documents.rendering import page_count, render_page
        from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer
        from sisfoh_desktop.qtkit.print_job import Printable, PrintJob
        from sisfoh_desktop.qtkit.printers import ask_for_a4

        path = self._test.folder / "impreso.pdf"
        renderer = Renderer(page_count, render_page)
        dialog = PreviewDialog(
            self._test.paper, "Autoprueba", renderer=renderer, tasks=self.tasks, parent=self.window
        )
        dialog.open()
        try:
            self._wait(lambda: dialog.pane.pages > 0 and not self.tasks.busy, "La vista previa no se abrió")
            self._shoot(dialog, "vista-previa.png")
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(path))
            printer.setDocName("autoprueba")
            ask_for_a4(printer)
            wanted = min(_PRINTED_PAGES, dialog.pane.pages)
            pages = tuple(range(1, wanted + 1))
            ended: list[bool] = []
            PrintJob(
                dialog,
                self.tasks,
                renderer,
                printer,
                [Printable("Autoprueba", "impreso.pdf", self._test.paper, pages)],
                on_end=lambda: ended.append(True),
            ).start()
            self._wait(lambda: bool(ended), "La impresión no terminó")
        finally:
            dialog.close()
        printed = path.read_bytes() if path.is_file() else b""
        if not printed or page_count(printed) != wanted:
            raise StepFailed("Lo impreso no tiene las páginas pedidas.")
        if len(set(render_page(printed, 0, 1)[2])) < _FEWEST_COLOURS:
            raise StepFailed("Lo impreso salió en blanco.")
        printers = len(QPrinterInfo.availablePrinterNames())
        return f"{wanted} páginas en impreso.pdf. Impresoras de este equipo: {printers}."

    def leave(self) -> str:
        """The window closes its base and goes."""
        self.window.close()
        self._wait(lambda: not self.window.isVisible(), "La ventana no se cerró")
        return "La ventana cerró su base y se fue en orden."

    def end(self) -> None:
        """Take down what was put up, however far it came."""
        import shiboken6

        sys.excepthook = sys.__excepthook__
        if not self._begun:
            return
        self.tasks.close()
        window = getattr(self, "window", None)
        if window is not None and shiboken6.isValid(window):
            shiboken6.delete(window)

    # -- inside ----------------------------------------------------------------------------------------

    def _page_stands(self) -> bool:
        return self.window.stack.page is not None and not self.tasks.busy

    def _wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Turn the event loop until it is so; StepFailed for a bug, a refusal on screen, or no end in sight."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not until():
            self.app.processEvents()
            self._check_nothing_told()
            if time.monotonic() > deadline:
                raise StepFailed(f"{otherwise} en {_PATIENCE_SECONDS:.0f} segundos.")
            time.sleep(0.005)
        self.app.processEvents()
        self._check_nothing_told()

    def _check_nothing_told(self) -> None:
        from sisfoh_desktop.qtkit.crash_dialog import CrashDialog
        from sisfoh_desktop.qtkit.messages import MessageDialog

        for widget in self.app.topLevelWidgets():
            if isinstance(widget, CrashDialog) and widget.isVisible():
                self._bugs.append(widget.details)
                widget.close()
            elif isinstance(widget, MessageDialog) and widget.isVisible():
                sentence = widget.sentence
                widget.close()
                raise StepFailed(f"El programa dijo: {sentence}")
        if self._bugs:
            raise StepFailed(f"Error propio del programa: {' '.join(self._bugs.pop(0).split())}")

    def _shoot(self, widget: "QWidget", name: str) -> None:
        """Save what is on view, and see that something is."""
        picture = widget.grab()
        path: Path = self._test.folder / name
        if not picture.save(str(path)):
            raise StepFailed(f"No se pudo guardar la imagen {name}.")
        image = picture.toImage()
        step = 7
        seen = {
            image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)
        }
        if len(seen) < _FEWEST_COLOURS:
            raise StepFailed(f"La imagen {name} salió vacía.")
