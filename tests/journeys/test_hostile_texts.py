"""Markup, SQL and strange signs in every text of a base: each page opens, and shows them as they were typed."""

import shutil
from datetime import datetime

import pytest
from hostile_texts import HOSTILE, spoil
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.database import allow_current_thread
from sisfoh_desktop.qtkit import crash_dialog
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.window_state import WindowState


@pytest.fixture
def window(template_practice, tmp_path, qtbot, monkeypatch):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    shutil.copytree(template_practice, tmp_path / "p")
    base = tmp_path / "p" / "practica.db"
    assert spoil(base) > 30
    crashes = []
    monkeypatch.setattr(crash_dialog, "report_crash", lambda error, *_: crashes.append(error))
    tasks = Tasks()
    made = MainWindow(
        PAGES,
        tasks=tasks,
        settings=PcSettings(database=str(base), user="rosa", office="ULE", theme="light"),
        state=WindowState(tmp_path / "ventana.ini"),
        base=str(base),
        clock=FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)),
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.crashes = crashes
    yield made
    tasks.wait_idle()
    tasks.close()
    allow_current_thread()


def settle(window, qapp):
    for _ in range(4):
        qapp.processEvents()
        window.tasks.wait_idle()
        qapp.processEvents()


def guessed(root: QWidget) -> list[str]:
    """What Qt would draw as markup although somebody typed it."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        guesses = isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText
        if guesses and "<b>x" in widget.text():
            found.append(f"{type(widget).__name__}: {widget.text()[:60]}")
        if "<b>x" in widget.toolTip():
            found.append(f"tooltip of {type(widget).__name__}: {widget.toolTip()[:60]}")
    return found


def test_every_page_shows_what_was_typed(window, qapp):
    settle(window, qapp)
    shown = 0
    for spec in PAGES:
        window.stack.show_record(spec.key, 0)
        settle(window, qapp)
        page = window.stack.page
        tabs = page.findChild(QTabWidget)
        for number in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(number)
                settle(window, qapp)
            assert guessed(window) == [], (spec.key, number)
            table = page.table()
            if table is not None:
                _titles, rows = table.as_seen()
                shown += sum(HOSTILE.strip() in cell for row in rows for cell in row)
        assert window.crashes == [], spec.key
    assert shown > 50
