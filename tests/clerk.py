"""A clerk at the real window of the practice office, for the journeys: hands, eyes, and the people who sign."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.database import allow_current_thread
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

SIGNERS = [
    ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    ("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003"),
    ("TITO NÚÑEZ ANA SOFÍA", "40000004"),
    ("RAMOS LÓPEZ PEDRO PABLO", "40000005"),
    ("ÑAHUI SOTO ROSA ELVIRA", "40000006"),
    ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
]


class Clerk:
    """Hands and eyes at the window: keys go to what has the focus, dialogs are answered as they open."""

    def __init__(self, window, tasks, qtbot):
        self.window, self.tasks, self.qtbot = window, tasks, qtbot

    @property
    def page(self):
        return self.window.stack.page

    def settle(self):
        """Until the worker has nothing left and the window has heard of it."""
        for _ in range(4):
            QApplication.processEvents()
            self.tasks.wait_idle()
        self.qtbot.waitUntil(lambda: not self.tasks.busy)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, into=None):
        front = QApplication.activeModalWidget()
        if front is None or QApplication.focusWidget() is None:
            (front or self.window).activateWindow()  # what a window manager does when a dialog has closed
            QApplication.processEvents()
        QTest.keyClick(into or QApplication.focusWidget() or front or self.window, key, modifier)
        self.settle()

    def go(self, digit):
        """Alt+digit: a page of the menu."""
        self.press(getattr(Qt.Key, f"Key_{digit}"), Qt.KeyboardModifier.AltModifier, self.window)
        self.qtbot.waitUntil(
            lambda: self.page is not None and self.page.title == self.window.top_bar.title.text()
        )
        self.settle()

    def next_step(self):
        """Alt+Enter: the one thing to do now."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, self.window)

    def answer(self, answers):
        """Answer the dialog that opens next; `answers(dialog)` types into it and ends it."""
        answered = []

        def look():
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isVisible():
                QTimer.singleShot(10, look)
                return
            answered.append(dialog.windowTitle())
            answers(dialog)

        QTimer.singleShot(0, look)
        return answered


def at_the_window(
    kind: type[Clerk], base: Path, tmp_path: Path, qtbot, *, user: str, office: str
) -> Iterator[Clerk]:
    """A clerk of this kind at the window on `base`, two working days after the act; put away at the end."""
    tasks = Tasks()
    window = MainWindow(
        PAGES,
        tasks=tasks,
        settings=PcSettings(user=user, office=office, theme="light"),
        state=WindowState(tmp_path / "ventana.ini"),
        base=str(base),
        clock=FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)),
    )
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitSignal(window.painted):
        window.show()
    qtbot.waitUntil(lambda: window.is_furnished and window.stack.page is not None, timeout=15_000)
    at_work = kind(window, tasks, qtbot)
    at_work.settle()
    yield at_work
    at_work.settle()
    window.stack.set_desk(None)
    tasks.close()
    allow_current_thread()
    theme().set_practice(False)
