"""Start: a command goes to the command line; otherwise settings, log, crash hooks, window, and then the base.

Nothing here imports Qt before it is known that a window is wanted and that there is a display for it.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.basics.errors import EnvironmentFailed, SisfohError
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow

NO_BASE = (
    "SISFOH Desktop está instalado; este equipo todavía no tiene una base. Ábralo con pantalla para elegirla o "
    "cree la de práctica con «sisfoh-desktop practica CARPETA»."
)
_SHORT_TURNS_SECONDS = 0.0002  # how long the worker may hold the interpreter while the window waits for it


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or the window (with `--base DESTINO`, on that base); returns the exit code."""
    if getattr(sys, "frozen", False):  # a process that reads a workbook starts as the program itself
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    base = window_base(arguments)
    if base is None:
        from sisfoh_desktop.app import cli

        return cli.main(arguments)
    if not has_display():
        return run_headless(base)
    return run_window(base)


def window_base(arguments: Sequence[str]) -> str | None:
    """The base named for the window ("" for the usual one), or None when the arguments are a command."""
    if not arguments:
        return ""
    if len(arguments) == 2 and arguments[0] == "--base":
        return arguments[1]
    if len(arguments) == 1 and arguments[0].startswith("--base="):
        return arguments[0].removeprefix("--base=")
    return None


def has_display() -> bool:
    """Whether a window can be shown: Qt would abort the process without one."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_headless(base: str) -> int:
    """Without a display: open and migrate the base and say so in one line."""
    try:
        target = base or PcSettings.load().database
        if not target:
            print(NO_BASE)  # noqa: T201 - this is the program's output
            return 0
        from sisfoh_desktop.app.wiring import headless_summary

        print(headless_summary(target, SystemClock()))  # noqa: T201
    except SisfohError as error:
        print(error.sentence, file=sys.stderr)  # noqa: T201
        return 4
    return 0


def run_window(base: str) -> int:
    """The window, until it is closed."""
    import shiboken6
    from PySide6.QtWidgets import QApplication

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.pages import PAGES
    from sisfoh_desktop.qtkit import crash_hooks
    from sisfoh_desktop.qtkit.tasks import Tasks
    from sisfoh_desktop.qtkit.window_state import WindowState

    sys.setswitchinterval(_SHORT_TURNS_SECONDS)
    notices: list[str] = []
    try:
        settings = PcSettings.load()
    except EnvironmentFailed as error:
        settings = PcSettings()
        notices.append(error.sentence)
    folder: Path = user_data_dir() / "registro"
    left = crash_hooks.install_hooks(folder)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("SISFOH Desktop")
    app.setDesktopFileName("sisfoh-desktop")
    state = WindowState(user_data_dir() / "ventana.ini")
    tasks = Tasks()
    window = MainWindow(PAGES, tasks=tasks, settings=settings, state=state, base=base)
    window.painted.connect(partial(_after_first_paint, folder))
    if left:
        window.furnished.connect(lambda: _show_last_fault(left, window))
    for sentence in notices:
        window.furnished.connect(lambda said=sentence: window.tell(said))
    window.show()
    try:
        return app.exec()
    finally:
        tasks.close()
        crash_hooks.remove_hooks()
        shiboken6.delete(window)  # before the application, whatever still refers to it


def _after_first_paint(log_folder: Path) -> None:
    """What the window need not wait for."""
    from sisfoh_desktop.basics.log import start_logging

    with suppress(EnvironmentFailed):  # a folder that cannot be written costs the log, not the work
        start_logging(log_folder)


def _show_last_fault(left: str, window: "MainWindow") -> None:
    from sisfoh_desktop.qtkit.crash_dialog import show_last_fault

    show_last_fault(left, window)
