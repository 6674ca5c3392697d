"""Draws every page and dialog of the program on the practice case, to be looked at one by one.

    .venv/bin/python tests/screens.py FOLDER              all of them, 1366×768, in every look, and an index.html
    .venv/bin/python tests/screens.py FOLDER --look dark --part kardex    some of them; both may be repeated
    .venv/bin/python tests/screens.py --readme            the six pictures of the README

Nothing is compared here: a picture is for eyes. The scenes are in `scenes.py` and the `…_scenes.py` beside this file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit import language
from sisfoh_desktop.qtkit import theme as theme_module
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

ROOT = Path(__file__).resolve().parent.parent
MOMENT = datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)  # two working days after the act
LOOKS = {  # how the program is dressed, and its text size
    "light": ("light", 100),
    "dark": ("dark", 100),
    "contrast": ("system", 100),
    "large": ("light", 160),
}
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

    def __init__(self, folder: Path, look: str, base: Path, only: frozenset[str] = frozenset()) -> None:
        self.folder, self.look, self.only = folder, look, only
        scheme, scale = LOOKS[look]
        self.drawn: set[tuple[str, str]] = set()  # orders whose dialog was drawn already
        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        theme().start(self.app, scheme, scale=scale)
        self.tasks = Tasks()
        settings = PcSettings(database=str(base), user="practicante", office="ULE", theme=scheme)
        state = WindowState(base.parent / "ventana.ini")
        state.scale = scale
        if only:
            state.toured = (settings.user,)  # the pictures of a README show the page alone
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
        """Save the window (or one widget) as NAME.LOOK.png."""
        if self.only and name not in self.only:
            return
        self.settle()
        path = self.folder / (README[name] if self.only else f"{name}.{self.look}.png")
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
            if not isValid(dialog):  # it was over before it could be looked at
                return
            if len(seen) == 1:  # what a dialog asks on leaving is not the scene
                path = self.folder / (README[name] if self.only else f"{name}.{self.look}.png")
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


Maker = Callable[[Path], Studio]  # a studio on a base; the one before is closed


class Ground:
    """Bases to draw on, each made in a place of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def practice(self, name: str = "practica") -> Path:
        from sisfoh_desktop.app.practice import create_practice

        return create_practice(self.place / name).base

    def new(self) -> Path:
        from sisfoh_desktop.app import wiring

        path = self.place / "nueva.db"
        settings = PcSettings(user="practicante")
        wiring.create_base(path, settings=settings, now=MOMENT).db.close()
        return path


def _office(make: Maker, ground: Ground) -> None:
    from scenes import draw_all

    draw_all(make(ground.practice()))


def _poi(make: Maker, ground: Ground) -> None:
    from poi_scenes import draw_poi
    from poi_seed import SEED

    draw_poi(make(ground.practice()), SEED)


def _signed(make: Maker, ground: Ground) -> None:
    from scenes import draw_signed
    from signed_case import sign_in_ink_and_prepare

    base = ground.practice()
    sign_in_ink_and_prepare(base)
    draw_signed(make(base))


def _kardex(make: Maker, ground: Ground) -> None:
    from kardex_busy import file_text, make_busy
    from scenes import draw_kardex

    base = ground.practice()
    busy = make_busy(base)
    sheet = ground.place / "marzo.csv"
    sheet.write_text(file_text(2001), encoding="utf-8")
    draw_kardex(make(base), busy, sheet)


def _guarded(make: Maker, ground: Ground) -> None:
    from guarded_office import guard_office
    from guarded_scenes import draw_guarded

    base = ground.practice()
    office = guard_office(base, ground.place / "copias")
    draw_guarded(make(base), office)


def _empty(make: Maker, ground: Ground) -> None:
    from scenes import draw_empty

    draw_empty(make(ground.new()))


def _first_day(make: Maker, ground: Ground) -> None:
    from newcomer_scenes import draw_first_day

    draw_first_day(make(ground.new()))


def _newcomers(make: Maker, ground: Ground) -> None:
    from newcomer_scenes import draw_handover, draw_help, draw_tours

    studio = make(ground.practice())
    draw_tours(studio)
    draw_help(studio)
    draw_handover(studio)


def _troubles(make: Maker, ground: Ground) -> None:
    from recovered_scenes import draw_recovered
    from trouble_scenes import draw_lists, draw_troubles

    studio = make(ground.practice())
    draw_lists(studio)
    draw_troubles(studio)
    draw_recovered(studio)


def _readme(make: Maker, ground: Ground) -> None:
    from poi_scenes import draw_imported
    from poi_seed import SEED
    from scenes import draw_all

    case, plan = ground.practice(), ground.practice("poi")  # before a window is there: it makes bases itself
    draw_all(make(case))
    draw_imported(make(plan), SEED)


PARTS = {
    "office": _office,
    "poi": _poi,
    "signed": _signed,
    "kardex": _kardex,
    "guarded": _guarded,
    "empty": _empty,
    "first-day": _first_day,
    "newcomers": _newcomers,
    "troubles": _troubles,
}


def draw_part(folder: Path, look: str, part: str) -> None:
    """One part in one look, in this process; the README's pictures are a part of their own."""
    made: list[Studio] = []
    only = frozenset(README) if part == "readme" else frozenset()

    def make(base: Path) -> Studio:
        if made:
            made.pop().close()
        allow_current_thread()
        made.append(Studio(folder, look, base, only))
        return made[0]

    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        os.environ["SISFOH_DATOS"] = name
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen_file(place)}"
        from sisfoh_desktop.db.database import allow_current_thread

        app = QApplication(sys.argv[:1])
        if look == "contrast":
            wear_high_contrast(app)
        language.speak_spanish(app)
        {**PARTS, "readme": _readme}[part](make, Ground(place))
        made.pop().close()


def _screen_file(place: Path) -> Path:
    """A screen of 1366×768 for the platform without screens, whose own is smaller."""
    path = place / "pantalla.json"
    screen = {"name": "1366", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return path


def wear_high_contrast(app: QApplication) -> None:
    """As if the person had asked the system for its black high contrast."""
    palette = QPalette()
    role = QPalette.ColorRole
    for one in (role.Window, role.Base, role.AlternateBase, role.Button, role.ToolTipBase):
        palette.setColor(one, QColor("#000000"))
    for one in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText):
        palette.setColor(one, QColor("#FFFFFF"))
    palette.setColor(role.PlaceholderText, QColor(255, 255, 255, 128))  # as Qt does it on Windows
    palette.setColor(role.Highlight, QColor("#1AEBFF"))
    palette.setColor(role.HighlightedText, QColor("#000000"))
    palette.setColor(role.Link, QColor("#FFFF00"))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor("#3FF23F"))
    app.setPalette(palette)
    theme_module.system_high_contrast = lambda _app: True


def write_index(folder: Path) -> None:
    """One page of all pictures in the folder: a row for each scene, a column for each look."""
    scenes: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.png")):
        scenes.setdefault(path.name.split(".")[0], []).append(path.name)
    rows = [
        f"<h2>{scene}</h2><p>"
        + "".join(
            f'<a href="{one}"><img src="{one}" width="480" alt="{one}" loading="lazy"></a>' for one in found
        )
        + "</p>"
        for scene, found in scenes.items()
    ]
    head = '<!doctype html><html lang="es"><meta charset="utf-8"><title>Pantallas de SISFOH Desktop</title>'
    (folder / "index.html").write_text("\n".join([head, *rows]), encoding="utf-8")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=ROOT / ".github" / "pictures")
    asked.add_argument("--readme", action="store_true")
    asked.add_argument("--look", choices=LOOKS, action="append")
    asked.add_argument("--part", choices=(*PARTS, "readme"), action="append")
    given = asked.parse_args()
    folder = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    looks = ["light"] if given.readme else given.look or list(LOOKS)
    parts = ["readme"] if given.readme else given.part or list(PARTS)
    if len(looks) * len(parts) == 1:
        draw_part(folder, looks[0], parts[0])
        failed = 0
    else:  # each in a process of its own: a look is put on once
        orders = [[str(folder), "--look", look, "--part", part] for look in looks for part in parts]
        failed = sum(
            subprocess.run([sys.executable, __file__, *order], check=False).returncode != 0
            for order in orders
        )
    if "readme" not in parts:
        write_index(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
