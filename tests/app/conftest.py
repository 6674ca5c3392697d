"""The shell is tested with pages of the tests' own and real bases; the GUI thread is given back after each test."""

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings

sys.path.insert(0, str(Path(__file__).parents[1] / "kits" / "qtkit"))  # pages_for_tests


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch) -> Path:
    """The person's own folder of this test: settings, log, practice."""
    folder = tmp_path / "datos"
    monkeypatch.setenv("SISFOH_DATOS", str(folder))
    return folder


@pytest.fixture
def tasks(qapp) -> Iterator["object"]:
    from sisfoh_desktop.qtkit.tasks import Tasks

    worker = Tasks()
    yield worker
    worker.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2024, 3, 8, 10, 0, tzinfo=LIMA))


@pytest.fixture
def settings() -> PcSettings:
    return PcSettings(user="ana", office="SGDSyPV", theme="light")


@pytest.fixture
def make_window(qtbot, tasks, settings, clock, own_folder):
    """A main window that has been painted and has opened its base, if it has one."""
    from pages_for_tests import SPECS

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.db.database import allow_current_thread
    from sisfoh_desktop.qtkit.theme import theme
    from sisfoh_desktop.qtkit.window_state import WindowState

    made = []

    def make(base: Path | str = "", specs=SPECS) -> MainWindow:
        window = MainWindow(
            specs,
            tasks=tasks,
            settings=settings,
            state=WindowState(own_folder / "ventana.ini"),
            base=str(base),
            clock=clock,
        )
        made.append(window)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        tasks.wait_idle()
        qtbot.waitUntil(lambda: window.is_furnished)
        return window

    yield make
    for window in made:
        if window._opened is not None:
            window._opened.db.close()
    allow_current_thread()
    theme().set_practice(False)
    theme().set_scale(100)


@pytest.fixture
def base(template_base: Path, tmp_path: Path) -> Path:
    """An empty base, copied so that nothing of it is shared."""
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    return path


@pytest.fixture
def settle(tasks):
    """Until the worker has nothing left and the window has heard of it."""
    from PySide6.QtWidgets import QApplication

    def wait() -> None:
        for _ in range(8):
            tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def assistant(make_window, base, settle):
    """The assistant of the first day on an empty base, opened from the menu."""
    window = make_window(base)
    settle()
    window.first_day.open()
    settle()
    return window.first_day.dialog
