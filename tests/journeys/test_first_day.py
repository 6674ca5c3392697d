"""The first day of a clerk by keyboard alone, from an empty folder: assistant, first file, finding, exporting."""

from datetime import datetime

import pytest
from clerk import ALT, CONTROL, ENTER, ESCAPE, Typist, at_work, seen
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTabBar

from sisfoh_desktop.app.main_window import MainWindow
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.window_state import WindowState

RIGHT, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Down
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def newcomer(tmp_path, qtbot, monkeypatch):
    """Somebody at a PC on which the program was never opened."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    tasks = Tasks()
    window = MainWindow(
        PAGES,
        tasks=tasks,
        settings=PcSettings.load(),
        state=WindowState(tmp_path / "datos" / "ventana.ini"),
        clock=FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=LIMA)),
    )
    yield from at_work(Typist, window, tasks, qtbot, on_a_page=False)


def assistant(clerk):
    clerk.qtbot.waitUntil(lambda: clerk.window.first_day.dialog is not None)
    clerk.settle()
    return clerk.window.first_day.dialog


def test_from_an_empty_folder_to_the_first_file(newcomer, tmp_path, monkeypatch):
    clerk = newcomer
    assert clerk.dialog.windowTitle() == "Elegir la base de trabajo"
    clerk.alt("e")
    clerk.press(ENTER)

    # the assistant, left after two pages
    dialog = assistant(clerk)
    clerk.press(ENTER)
    fields = dialog.municipality.form.fields
    for name, text in (
        ("name", "Municipalidad Distrital de Pocollay"),
        ("short_name", "MDP"),
        ("ubigeo", "230108"),
        ("place_name", "Pocollay"),
    ):
        clerk.go_to(fields[name].editor)
        clerk.write(text)
    clerk.press(ENTER)
    clerk.press(ESCAPE)
    clerk.settle()
    assert clerk.page.title == "Mi bandeja"
    assert any("recorrido" in toast.accessibleName() for toast in clerk.window.findChildren(Toast))

    # taken up again where it was left, to its end
    clerk.press(Qt.Key.Key_K, CONTROL)
    clerk.write("primer dia")
    clerk.press(ENTER)
    dialog = assistant(clerk)
    assert (dialog.page.key, dialog.municipality.form.fields["name"].raw()) == (
        "letterhead",
        "Municipalidad Distrital de Pocollay",
    )
    clerk.press(RIGHT, ALT, dialog)
    assert dialog.units.template.value() == "distrital"
    clerk.press(RIGHT, ALT, dialog)
    for name in ("Rosa Quispe Mamani", "Luis Apaza Condori"):
        clerk.write(name)
        clerk.press(ENTER)
    while dialog.page.key != "copy":
        clerk.press(RIGHT, ALT, dialog)
    clerk.press(DOWN)
    clerk.press(ENTER)
    assert dialog.page.key == "review"
    clerk.press(ENTER)
    clerk.settle()
    assert clerk.window.first_day.dialog is None
    assert any(
        toast.accessibleName() == "Se guardó: municipalidad, 8 unidades, 2 responsables."
        for toast in clerk.window.findChildren(Toast)
    )

    # the first file
    clerk.go(2)

    def tell(_dialog):
        clerk.write("Plan de trabajo del empadronamiento 2027")
        clerk.save()

    with clerk.answered("Nuevo expediente", tell):
        clerk.press(Qt.Key.Key_N, CONTROL)
    assert clerk.page.next_step().button == "Registrar documento"

    # it is found, and so is who signs
    for words, line in (("empadronamiento 2027", "Plan de trabajo"), ("quispe", "Rosa Quispe Mamani")):
        clerk.press(Qt.Key.Key_K, CONTROL)
        clerk.write(words)
        clerk.qtbot.waitUntil(lambda line=line: any(line in one for one in clerk.dialog.lines()))
        clerk.press(ESCAPE)

    # a list is narrowed and leaves as it is seen
    target = tmp_path / "unidades.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    clerk.go(9)
    if not isinstance(QApplication.focusWidget(), QTabBar):
        clerk.go_to(clerk.page.findChild(QTabBar))
    clerk.press(RIGHT)
    clerk.press(Qt.Key.Key_F, CONTROL)
    clerk.write("gerencia")
    names = [row[0].strip() for row in seen(clerk.page.table())]
    assert names == ["Gerencia Municipal", "Gerencia de Desarrollo Social"]
    clerk.press(Qt.Key.Key_E, CONTROL | SHIFT, clerk.window)
    clerk.settle()
    rows = list(load_workbook(target).active.values)
    assert [row[0].strip() for row in rows[1:]] == names
