"""From the start to the painted window, to Mi bandeja filled, and the memory then; and a command without a window.

Every measure is a fresh process, timed by the clock that all processes share, and runs from compiled modules, as an
installed program does: the first round, which does not count, compiles them.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from full_office import make_full_office
from measuring import Line, Measure, in_turn, line, median, timed, told_by

_REST_MS = "6000"  # what comes after the first page (watch, drafts, tour) is there by then
_TELLING = """
import json, os, sys, time
from PySide6.QtCore import QTimer
told = {}
def rest():  # only Linux tells the memory
    status = open("/proc/self/status") if sys.platform == "linux" else ["VmRSS: 1024"]
    told["memory"] = next(int(row.split()[1]) / 1024 for row in status if row.startswith("VmRSS"))
    print(json.dumps(told), flush=True)
    os._exit(0)
"""
_BARE_WINDOW = f"""{_TELLING}
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        if not told:
            told["painted"] = 0
            QTimer.singleShot(0, painted)
def painted():
    told["painted"] = told["filled"] = time.monotonic()
    QTimer.singleShot(int(sys.argv[1]), rest)
app = QApplication(sys.argv[:1])
window = Window()
window.resize(1366, 768)
window.setCentralWidget(QLabel("Hola"))
window.show()
app.exec()
"""
# The window's own order to open its base comes as in the bare one: by a timer of 0 ms set at the first paint. Imports
# are plain before the rest is imported, as `start` has it: here Qt is there before `start` is.
_PROGRAM = f"""{_TELLING}
from sisfoh_desktop.qtkit.plain_imports import import_plainly
import_plainly()
from sisfoh_desktop.app import start
from sisfoh_desktop.app.main_window import MainWindow
original = MainWindow.open_configured_base
def open_configured_base(window):
    told["painted"] = time.monotonic()
    original(window)
    window.tasks.busy_changed.connect(lambda busy: busy or filled(window))
def filled(window):
    table = window.stack.page.table() if window.stack.page is not None else None
    if "filled" not in told and table is not None and table.rows():
        window.repaint()
        told.update(filled=time.monotonic(), rows=len(table.rows()))
        QTimer.singleShot(int(sys.argv[1]), rest)
MainWindow.open_configured_base = open_configured_base
start.main(["--base", sys.argv[2]])
"""


def measure(rounds: int) -> list[Line]:
    """Window and command, each against its peer."""
    with tempfile.TemporaryDirectory() as folder:
        base = str(make_full_office(Path(folder)))
        os.environ["SISFOH_DATOS"] = str(Path(folder) / "datos")
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compilados")
        os.environ.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # else ours alone would be compiled anew at each start
        windows = in_turn(rounds, _window(_PROGRAM, "0", base), _window(_BARE_WINDOW, "0"))
        few = max(2, rounds // 3)
        resting = in_turn(few, _window(_PROGRAM, _REST_MS, base), _window(_BARE_WINDOW, _REST_MS))
        plazo = ["-m", "sisfoh_desktop", "plazo", "--desde", "2024-03-08", "--dias", "3"]
        commands = in_turn(rounds, _process(*plazo), _process("-c", "import sqlalchemy.orm"))
    bare, tray = "una ventana PySide6 vacía", f"Mi bandeja con {median(windows[0], 'rows'):.0f} pendientes"
    return [
        line(windows, "del arranque a la ventana pintada", bare, 1.4, "painted"),
        line(windows, f"del arranque a {tray}", bare, 7.5, "filled"),
        line(resting, "memoria en reposo, oficina llena", bare, 2.2, "memory", "MiB"),
        line(commands, "una orden sin ventana (plazo)", 'python -c "import sqlalchemy.orm"', 1.6),
    ]


def _window(source: str, *arguments: str) -> Measure:
    def measure() -> dict[str, float]:
        start = time.monotonic()
        told = told_by(source, *arguments)
        return told | {event: (told[event] - start) * 1000 for event in ("painted", "filled")}

    return measure


def _process(*arguments: str) -> Measure:
    command = [sys.executable, *arguments]
    return timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
