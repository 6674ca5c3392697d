"""Into practice and back to the office's own base by keyboard alone: nothing of the one can be taken for the other."""

import io
import shutil
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from clerk import CONTROL, ENTER, ESCAPE, Typist, at_work
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QTabBar

from sisfoh_desktop.app.connection_dialog import OLD_FILE, ConnectionDialog
from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database, allow_current_thread
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Unit
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.qtkit.empty_state import EmptyState
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.window_state import WindowState

SHIFT = Qt.KeyboardModifier.ShiftModifier
NOW = datetime(2024, 3, 12, 10, 0, tzinfo=LIMA)
OWN = "Municipalidad Distrital de Pocollay"


@pytest.fixture
def own_base(template_base: Path, tmp_path: Path) -> Path:
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    db = Database.open(path)
    town = Municipality(OWN, "MDP", Ubigeo("230108", "INEI"), "Pocollay")
    office.save_municipality(db, actor=Actor("ana", "ULE"), now=NOW, municipality=town, expected_version=0)
    unit = Unit("Gerencia Municipal", "GM", valid_from=NOW.date())
    office.add_unit(db, actor=Actor("ana", "ULE"), now=NOW, unit=unit)
    db.close()
    return path


@pytest.fixture
def clerk(own_base, practice, tmp_path, qtbot, monkeypatch):
    """Somebody at the office's own base, on a PC on which practice was opened before."""
    folder = tmp_path / "datos"
    monkeypatch.setenv("SISFOH_DATOS", str(folder))
    shutil.copytree(practice.parent, folder / "practica", dirs_exist_ok=True)
    tasks = Tasks()
    window = MainWindow(
        PAGES,
        tasks=tasks,
        settings=PcSettings(user="ana", office="ULE", theme="light", database=str(own_base)),
        state=WindowState(folder / "ventana.ini"),
        clock=FixedClock(NOW),
    )
    yield from at_work(Typist, window, tasks, qtbot)


def dress(clerk):
    """What a person sees of the window: title, status line, words on top, colour of the frame and of the accent."""
    window = clerk.window
    edge = window._frame.grab().toImage().pixelColor(1, window._frame.height() // 2)
    return (
        PRACTICE_WORDS in window.windowTitle(),
        window.status_line.mode.text() == PRACTICE_WORDS,
        window._practice_label.isVisible(),
        edge == QColor(theme().tokens.practice),
    )


def exported(clerk, tmp_path, monkeypatch):
    """The workbook of the list on view; what stands on top of its pages and in its cells."""
    target = tmp_path / "lista.xlsx"
    target.unlink(missing_ok=True)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    clerk.press(Qt.Key.Key_E, CONTROL | SHIFT, clerk.window)
    clerk.qtbot.waitUntil(lambda: target.is_file() and not clerk.tasks.busy)
    sheet = load_workbook(io.BytesIO(target.read_bytes())).active
    return sheet.oddHeader.center.text, [
        str(cell) for row in sheet.values for cell in row if cell is not None
    ]


def previewed(clerk, tmp_path, monkeypatch):
    """The words of the paper that Ctrl+P shows, saved from its preview."""
    target = tmp_path / "papel.pdf"
    clerk.press(Qt.Key.Key_P, CONTROL)
    clerk.qtbot.waitUntil(lambda: clerk.window.findChildren(PreviewDialog) != [])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    clerk.press(Qt.Key.Key_G, CONTROL)
    clerk.qtbot.waitUntil(target.is_file)
    clerk.settle()
    clerk.press(ESCAPE)
    document = pypdfium2.PdfDocument(target.read_bytes())
    words = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return words


def test_into_practice_and_back_by_keyboard(clerk, own_base, tmp_path, monkeypatch):
    window = clerk.window
    own_accent = theme().tokens.accent
    assert dress(clerk) == (False, False, False, False)

    # a page without anything shows how a full one looks
    clerk.go(3)
    (empty,) = [one for one in clerk.page.findChildren(EmptyState) if one.isVisible()]
    clerk.go_to(empty.example_button)
    clerk.press(Qt.Key.Key_Space)
    clerk.qtbot.waitUntil(lambda: window.desk is not None and window.desk.practice, timeout=15_000)
    clerk.settle()
    assert dress(clerk) == (True, True, True, True)
    assert theme().tokens.accent != own_accent
    assert window.desk.db.path == tmp_path / "datos" / "practica" / "practica.db"
    assert window.settings.database == str(own_base), "the next start is on the office's own base"

    # the marks go with all that leaves it
    clerk.go(3)
    head, cells = exported(clerk, tmp_path, monkeypatch)
    assert head == PRACTICE_WORDS
    assert any(cell.startswith(PRACTICE_WORDS) for cell in cells)
    clerk.qtbot.waitUntil(lambda: clerk.page.table().as_seen()[1] != [])
    clerk.page.table().view.setFocus()
    clerk.press(ENTER)
    papers = previewed(clerk, tmp_path, monkeypatch)
    assert papers
    assert all("SIN VALOR" in words for words in papers), "on every page"

    # and back
    clerk.press(Qt.Key.Key_K, CONTROL)
    clerk.write("cambiar de base")
    clerk.press(ENTER)
    clerk.qtbot.waitUntil(lambda: isinstance(clerk.dialog, ConnectionDialog))
    dialog = clerk.dialog
    assert (dialog.kind, dialog.file_forms[OLD_FILE].fields["path"].raw()) == (OLD_FILE, str(own_base))
    clerk.press(ENTER)
    clerk.qtbot.waitUntil(lambda: window.desk is not None and not window.desk.practice, timeout=15_000)
    clerk.settle()
    assert window.desk.db.path == own_base
    assert dress(clerk) == (False, False, False, False)
    assert theme().tokens.accent == own_accent

    # nothing of practice came along, and what leaves carries no mark
    db = Database.open(own_base)
    allow_current_thread()
    assert office.load_municipality(db).name == OWN
    assert plans.list_plans(db) == []
    db.close()
    clerk.go(3)
    assert clerk.page.table().as_seen()[1] == []
    clerk.go(9)
    if not isinstance(QApplication.focusWidget(), QTabBar):
        clerk.go_to(clerk.page.findChild(QTabBar))
    clerk.press(Qt.Key.Key_Right)
    head, cells = exported(clerk, tmp_path, monkeypatch)
    assert head is None
    assert "GM" in cells
    assert not any(PRACTICE_WORDS in cell for cell in cells)
