"""A cargo changes hands by keyboard alone: one user issues the acta, the next goes through what was received."""

from pathlib import Path

import pytest
from clerk import CONTROL, ENTER, ESCAPE, seen
from office_desks import JULIA, PASSWORDS, ROSA, add_people, desks
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.view.walk_dialog import WalkDialog
from sisfoh_desktop.modules.people.service import passwords
from sisfoh_desktop.qtkit.messages import Toast

F6 = Qt.Key.Key_F6


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    """The cost of a hash is measured elsewhere."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def open_desk(practice: Path, tmp_path: Path, qtbot, monkeypatch):
    """Windows on the practice office, to which its people come in each with a password."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    db = Database.open(practice)
    add_people(db)
    db.close()
    with desks(str(practice), practice.parent, qtbot) as maker:
        yield maker


def issue(julia):
    """Four steps: who, what, systems, and the acta."""
    julia.to_page("Entrega de cargo")
    julia.press(Qt.Key.Key_N, CONTROL)
    dialog = julia.dialog
    julia.write("julia j")
    who = dialog.who.form.fields
    julia.go_to(who["receiver"].editor)
    julia.write("rosa q")
    assert (who["leaver_name"].raw(), who["receiver_name"].raw()) == (
        "JULIA JEFA PRUEBA",
        "ROSA QUISPE PRUEBA",
    )
    for name, text in (
        ("leaver_position", "Responsable"),
        ("receiver_position", "Encargada"),
        ("reason", "Vacaciones"),
    ):
        julia.go_to(who[name].editor)
        julia.write(text)
    julia.press(ENTER, CONTROL)
    julia.press(ENTER, CONTROL)
    systems = dialog.systems.form.fields
    for name, text in (("system", "Kardex"), ("place", "Sobre 3"), ("custodian", "Jefa")):
        julia.go_to(systems[name].editor)
        julia.write(text)
    julia.press(ENTER, CONTROL)
    assert dialog.review.hasFocus()  # what is read: an Enter too many issues nothing
    julia.press(ENTER)
    assert julia.dialog is dialog
    julia.go_to(dialog.primary_button)
    julia.press(ENTER)
    assert QApplication.activeModalWidget() is None
    assert seen(julia.page.list)[0][1:6] == [
        "JULIA JEFA PRUEBA",
        "ROSA QUISPE PRUEBA",
        "Vacaciones",
        "001-2024-ULE/MPT",
        "Por firmar",
    ]


def walk_of(desk):
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.window.findChildren(WalkDialog)))
    desk.settle()
    return next(one for one in desk.window.findChildren(WalkDialog) if one.isVisible())


def press(desk, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Where the cursor is, be it in the dialog that leaves the window free to use."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    desk.settle()


def told(desk):
    return [toast.accessibleName() for toast in desk.window.findChildren(Toast) if toast.isVisible()]


def test_a_cargo_is_handed_over_and_gone_through(open_desk):
    desk = open_desk(JULIA)
    desk.come_in(JULIA, PASSWORDS[JULIA])
    issue(desk)
    desk.order("Lo que rec")
    assert told(desk) == ["No tiene ninguna entrega de cargo por revisar."]
    desk.leave_session()

    # who received it is asked on coming in; a line opens its record, F6 goes there and back
    desk.come_in(ROSA, PASSWORDS[ROSA])
    walk = walk_of(desk)
    assert walk.list.view.hasFocus()
    press(desk, ENTER)
    assert desk.page.title == "Papeles"
    assert told(desk) == ["F6 pasa del registro a lo que recibió, y de vuelta."]
    for _ in range(4):
        press(desk, F6)
        if walk.isActiveWindow():
            break
    assert walk.isActiveWindow()
    press(desk, F6)
    assert desk.window.isActiveWindow()

    # left for later, and taken up again from the menu
    walk.activateWindow()
    desk.settle()
    press(desk, ESCAPE)
    assert told(desk) == ["Puede seguir cuando quiera: menú (F10), «Lo que recibí»."]
    desk.order("Lo que rec")
    walk = walk_of(desk)
    titles = []
    for _ in range(6):
        titles.append(walk.where.text())
        press(desk, ENTER, CONTROL)
    assert [title[:11] for title in titles] == [f"Paso {number} de 6" for number in range(1, 7)]
    assert told(desk) == ["Quedó revisado lo que recibió."]
    desk.order("Lo que rec")
    assert told(desk) == ["No tiene ninguna entrega de cargo por revisar."]
