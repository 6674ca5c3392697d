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
from sisfoh_desktop.basics.errors import EnvironmentFailed, FileFailed, SisfohError
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.only_window import OnlyWindow
    from sisfoh_desktop.app.start_problems import Problem

NO_BASE = (
    "SISFOH Desktop está instalado; este equipo todavía no tiene una base. Ábralo con pantalla para elegirla o "
    "cree la de práctica con «sisfoh-desktop practica CARPETA»."
)
_NO_SCREEN = ("offscreen", "minimal")  # what Qt draws there nobody sees
_SHORT_TURNS_SECONDS = 0.0002  # how long the worker may hold the interpreter while the window waits for it


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or the window (with `--base DESTINO`, on that base); returns the exit code."""
    if getattr(sys, "frozen", False):  # a process that reads a workbook starts as the program itself
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    trial = value_of("--autoprueba", arguments)
    if trial:
        from sisfoh_desktop.qtkit.plain_imports import import_plainly

        import_plainly()
        from sisfoh_desktop.app.self_test import run_self_test

        return run_self_test(Path(trial))
    base = window_base(arguments)
    if base is None:
        from sisfoh_desktop.app import cli

        return cli.main(arguments)
    if not has_display():
        return run_headless(base)
    return run_window(base)


def window_base(arguments: Sequence[str]) -> str | None:
    """The base named for the window ("" for the usual one), or None when the arguments are a command."""
    return value_of("--base", arguments) if arguments else ""


def value_of(option: str, arguments: Sequence[str]) -> str | None:
    """What follows `option` (or its `=`) where nothing else was typed, else None."""
    if len(arguments) == 2 and arguments[0] == option:
        return arguments[1]
    if len(arguments) == 1 and arguments[0].startswith(f"{option}="):
        return arguments[0].removeprefix(f"{option}=")
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

    from sisfoh_desktop.qtkit.plain_imports import import_plainly

    import_plainly()  # before the rest, most of which comes later

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.only_window import OnlyWindow
    from sisfoh_desktop.app.pages import PAGES
    from sisfoh_desktop.qtkit import crash_hooks
    from sisfoh_desktop.qtkit.screen_room import show_whole
    from sisfoh_desktop.qtkit.tasks import Tasks
    from sisfoh_desktop.qtkit.window_state import WindowState

    sys.setswitchinterval(_SHORT_TURNS_SECONDS)
    settings, known = _settings()
    only = OnlyWindow(user_data_dir(), base, usual=settings.database)
    if not only.claim() and not _another_window(only):
        return 0
    folder: Path = user_data_dir() / "registro"
    left = crash_hooks.install_hooks(folder)
    app = _application()
    state = WindowState(user_data_dir() / "ventana.ini")
    tasks = Tasks()
    window = MainWindow(PAGES, tasks=tasks, settings=settings, state=state, base=base)
    window.painted.connect(partial(_after_first_paint, folder, only, window))
    window.base_opened.connect(only.follow)
    if left:
        window.furnished.connect(lambda: _show_last_fault(left, window))
    window.furnished.connect(partial(_look_around, window, known))
    crash_hooks.offer_report(partial(_save_report, window))
    if state.geometry.isEmpty():
        show_whole(window)
    else:
        window.show()
    try:
        return app.exec()
    finally:
        tasks.close()
        crash_hooks.offer_report(None)
        crash_hooks.remove_hooks()
        only.release()
        shiboken6.delete(window)  # before the application, whatever still refers to it


def _application() -> "QApplication":
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("SISFOH Desktop")
        app.setDesktopFileName("sisfoh-desktop")
    return app


def _settings() -> "tuple[PcSettings, list[Problem]]":
    """The settings of this PC; of a damaged file what can be saved, with the problem to tell."""
    try:
        return PcSettings.load(), []
    except FileFailed as refused:
        from sisfoh_desktop.app.start_problems import rescue_settings

        settings, problem = rescue_settings(refused, SystemClock().now())
        return settings, [problem]


def _another_window(only: "OnlyWindow") -> bool:
    """Whether to open a window all the same: the other one came to the front, or does not answer and was given up."""
    while not only.call_owner():
        app = _application()
        from sisfoh_desktop.app.ways_out import ask_about_other_window
        from sisfoh_desktop.qtkit.theme import theme

        theme().start(app)
        answer = ask_about_other_window()
        if answer != "again":
            return answer == "open"
        if only.claim():
            return True
    return False


def _after_first_paint(log_folder: Path, only: "OnlyWindow", window: "MainWindow") -> None:
    """What the window need not wait for."""
    from sisfoh_desktop.basics.log import start_logging

    with suppress(EnvironmentFailed):  # a folder that cannot be written costs the log, not the work
        start_logging(log_folder)
    only.listen(partial(_come_forward, window))


def _come_forward(window: "MainWindow") -> None:
    """Somebody started the program again: this is its window."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def _look_around(window: "MainWindow", known: "list[Problem]") -> None:
    """Look on the worker, once the base has been opened, for what may go wrong later; tell it with what is known."""

    def look() -> "list[Problem]":
        from sisfoh_desktop.app.start_problems import find_problems

        return find_problems(window.target)

    def found(problems: "list[Problem]") -> None:
        from sisfoh_desktop.app.start_problems import screen_problem
        from sisfoh_desktop.qtkit.screen_room import screen_room
        from sisfoh_desktop.qtkit.theme import theme

        told, app = [*known, *problems], _application()
        if app.platformName() not in _NO_SCREEN:
            room = screen_room(window)
            small = screen_problem(room.width(), room.height(), theme().scale)
            told += [small] if small is not None else []
        if told:
            window.ways_out().tell(told)

    window.tasks.run_query(look, found, owner=window)


def _save_report(window: "MainWindow", box: "QWidget", details: str) -> None:
    from sisfoh_desktop.app.report_orders import save_report

    save_report(box, window, details)


def _show_last_fault(left: str, window: "MainWindow") -> None:
    from sisfoh_desktop.qtkit.crash_dialog import show_last_fault

    show_last_fault(left, window)
