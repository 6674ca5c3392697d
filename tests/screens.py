"""Draws every page and dialog of the program on the practice case, to be looked at one by one.

    .venv/bin/python tests/screens.py FOLDER      all of them, 1366×768, light and dark
    .venv/bin/python tests/screens.py --readme    the six pictures of the README

Nothing is compared here: a picture is for eyes. Scenes of dialogs are in `scenes.py` beside this file.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit import language
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)  # two working days after the act
README = {
    "01-inicio": "bandeja.png",
    "05-resoluciones-borrador": "resolucion.png",
    "vista-previa": "vista-previa.png",
    "06-kardex-existencias": "kardex.png",
    "07-poi-en-uso-excepciones": "poi.png",
    "firmar": "firma.png",
}


class Studio:
    """The program on the practice case, and a way to save what it shows."""

    def __init__(self, folder: Path, scheme: str, base: Path, only: frozenset[str] = frozenset()) -> None:
        self.folder, self.scheme, self.only = folder, scheme, only
        self.drawn: set[tuple[str, str]] = set()  # orders whose dialog was drawn already
        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        theme().start(self.app, scheme)
        self.tasks = Tasks()
        settings = PcSettings(database=str(base), user="practicante", office="ULE", theme=scheme)
        state = WindowState(base.parent / "ventana.ini")
        self.window = MainWindow(
            PAGES, tasks=self.tasks, settings=settings, state=state, base=str(base), clock=FixedClock(MOMENT)
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Let the worker finish and the window draw itself."""
        for _ in range(3):
            self.app.processEvents()
            self.tasks.wait_idle()
            self.app.processEvents()

    def page(self, key: str, record: int = 0) -> QWidget:
        """Go to a page, or to a record of it, and give it back; what an order left unsaved is let go."""

        def let_go() -> None:
            dialog = self.app.activeModalWidget()
            if isinstance(dialog, QDialog):
                dialog.accept()

        answering = QTimer()
        answering.setInterval(40)
        answering.timeout.connect(let_go)
        answering.start()
        self.window.stack.show_record(key, record)
        self.settle()
        answering.stop()
        return self.window.stack.page

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Save the window (or one widget) as NAME.SCHEME.png."""
        if self.only and name not in self.only:
            return
        self.settle()
        path = self.folder / (README[name] if self.only else f"{name}.{self.scheme}.png")
        (widget or self.window).grab().save(str(path))
        print(path.name)

    def shoot_dialog(self, name: str, opening: Callable[[], object]) -> None:
        """Open a dialog, save it when it stands, and leave it; an order without dialog is left out."""
        if self.only and name not in self.only:
            return
        seen: list[QWidget] = []
        waiting = QTimer()
        waiting.setInterval(40)

        def look() -> None:
            dialog = self.app.activeModalWidget()
            if dialog is None or dialog in seen or not isinstance(dialog, QDialog):
                return
            seen.append(dialog)
            self.settle()
            if len(seen) == 1:  # what a dialog asks on leaving is not the scene
                path = self.folder / (README[name] if self.only else f"{name}.{self.scheme}.png")
                dialog.grab().save(str(path))
                print(path.name)
            dialog.done(0)

        waiting.timeout.connect(look)
        waiting.start()
        opening()
        turns = QElapsedTimer()
        turns.start()
        while not seen and turns.elapsed() < 300:
            self.settle()
        waiting.stop()
        self.settle()

    def close(self) -> None:
        self.window.stack.set_desk(None)
        self.window.deleteLater()
        self.settle()
        self.tasks.close()


def main() -> int:
    arguments = sys.argv[1:]
    readme = arguments == ["--readme"]
    if len(arguments) != 1:
        print(__doc__)
        return 2
    folder = ROOT / ".github" / "pictures" if readme else Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place:
        os.environ["SISFOH_DATOS"] = place
        from guarded_office import guard_office
        from guarded_scenes import draw_guarded
        from kardex_busy import file_text, make_busy
        from poi_scenes import draw_imported, draw_poi
        from poi_seed import SEED
        from scenes import draw_all, draw_empty, draw_kardex, draw_signed
        from signed_case import sign_in_ink_and_prepare

        from sisfoh_desktop.app.practice import create_practice
        from sisfoh_desktop.db.database import Database, allow_current_thread

        base = create_practice(Path(place)).base
        signed = create_practice(Path(place) / "firmada").base
        sign_in_ink_and_prepare(signed)
        used = create_practice(Path(place) / "kardex").base
        busy = make_busy(used)
        sheet = Path(place) / "marzo.csv"
        sheet.write_text(file_text(2001), encoding="utf-8")
        schemes = ("light",) if readme else ("light", "dark")
        planning = {scheme: create_practice(Path(place) / f"poi-{scheme}").base for scheme in schemes}
        guarded = {scheme: create_practice(Path(place) / f"usuarios-{scheme}").base for scheme in schemes}
        offices = {
            scheme: guard_office(path, Path(place) / "copias" / scheme)
            for scheme, path in guarded.items()
            if not readme
        }
        app = QApplication(sys.argv[:1])
        language.speak_spanish(app)
        for scheme in schemes:
            studio = Studio(folder, scheme, base, frozenset(README) if readme else frozenset())
            draw_all(studio)
            studio.close()
            allow_current_thread()
            studio = Studio(folder, scheme, planning[scheme], frozenset(README) if readme else frozenset())
            (draw_imported if readme else draw_poi)(studio, SEED)
            studio.close()
            allow_current_thread()
            if not readme:
                studio = Studio(folder, scheme, signed)
                draw_signed(studio)
                studio.close()
                allow_current_thread()
                studio = Studio(folder, scheme, used)
                draw_kardex(studio, busy, sheet)
                studio.close()
                allow_current_thread()
                studio = Studio(folder, scheme, guarded[scheme])
                draw_guarded(studio, offices[scheme])
                studio.close()
                allow_current_thread()
                empty = Path(place) / f"vacia-{scheme}.db"
                Database.create(empty).close()
                studio = Studio(folder, scheme, empty)
                draw_empty(studio)
                studio.close()
                allow_current_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
