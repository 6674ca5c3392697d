"""What people do at their desks on an ordinary day: they come in, meet at one record, go away and come back."""

import re

import pypdfium2
from clerk import CONTROL, ENTER, ESCAPE, save
from office_desks import ADMIN, ANA, JULIA, PASSWORDS, ROSA
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from sisfoh_desktop.app.lock_screen import Curtain, LockDialog
from sisfoh_desktop.modules.kardex.view.catalogue_people import HolderDialog
from sisfoh_desktop.qtkit.open_record import OpenRecord

EVERY_PAGE = [
    "Inicio", "Expedientes", "Planes", "Matriz", "Resoluciones", "Kardex", "POI", "Papeles", "Oficina", "Personas",
    "Resguardo", "Entrega de cargo",
]  # fmt: skip


def begins_alone(desk):
    """A base without users works at once, and the foot says so."""
    desk.qtbot.waitUntil(lambda: desk.page is not None)
    assert desk.pages == EVERY_PAGE
    assert "único" in desk.window.status_line.user.text()


def mark_role(desk, dialog, role):
    [box] = [one for one in dialog.findChildren(QCheckBox) if one.text() == role]
    desk.go_to(box)
    desk.press(Qt.Key.Key_Space)


def first_administrator(desk):
    """Personas proposes it; from then on one comes in with a user."""
    desk.to_page("Personas")
    step = desk.page.next_step()
    assert step.title == "Usuario único de este equipo"

    def fill(dialog):
        desk.fill(name="Ana Castro Prueba", password=PASSWORDS[ADMIN], again=PASSWORDS[ADMIN])
        assert dialog.form.value("login") == "aprueba"
        desk.fill(login=ADMIN)
        mark_role(desk, dialog, "Responsable de la ULE")  # proposed; this one only administers
        save(dialog)

    with desk.answered("El primer administrador", fill):
        desk.step("Crear el primer administrador")
    desk.wait_for_hash()
    assert "La base ya tiene usuarios" in desk.dialog.banner.label.text()
    assert desk.window.desk is None, "nobody works meanwhile"
    desk.come_in(ADMIN, PASSWORDS[ADMIN])


def sheet_for_the_envelope(desk, path):
    """Personas proposes it next: who is the only one to administer prints a way back in."""

    def fill(dialog):
        desk.fill(password=PASSWORDS[ADMIN])
        save(dialog)

    desk.to_page("Personas")
    with desk.answered("Hoja de recuperación", fill):
        desk.step("Imprimir la hoja")
    desk.wait_for_hash()
    sheet = desk.dialog
    assert sheet.windowTitle() == f"Hoja de recuperación de {ADMIN}"
    assert code_on(desk, sheet, path)
    desk.press(ESCAPE)


def out_and_in(desk):
    """Out by the menu's order; a wrong password is refused in one sentence, the right one lets in."""
    desk.leave_session()
    assert "Nadie ha entrado" in desk.window.status_line.user.text()
    desk.fill(login=ADMIN, password="otra cosa distinta")
    desk.press(ENTER)
    desk.wait_for_hash()
    assert desk.dialog.banner.label.text()
    desk.come_in(ADMIN, PASSWORDS[ADMIN])
    assert desk.pages == ["Inicio", "Papeles", "Oficina", "Personas", "Resguardo", "Entrega de cargo"]


def new_user(desk, login, name, role, path):
    """A user with one role; the one-time code as it is read on the slip."""

    def fill(dialog):
        desk.fill(name=name, login=login, office="ULE")
        mark_role(desk, dialog, role)
        save(dialog)

    desk.to_page("Personas")
    with desk.answered("Nuevo usuario", fill):
        desk.press(Qt.Key.Key_N, CONTROL)
    desk.wait_for_hash()
    slip = desk.dialog
    assert slip.windowTitle() == f"Clave de un solo uso de {name}"
    code = code_on(desk, slip, path)
    desk.press(ESCAPE)
    return code


def code_on(desk, slip, path):
    """What the sheet shows in large signs, once saved."""
    desk.press(Qt.Key.Key_G, CONTROL)
    assert slip.isVisible()
    document = pypdfium2.PdfDocument(path)
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    [code] = re.findall(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", text)
    return code


# -- two desks -------------------------------------------------------------------------------------------


def two_at_one_record(rosa, julia):
    """Both open the same person of the kardex: told at once, seen by itself, and decided field by field."""
    mine, hers = rosa.to_holder(), julia.to_holder()
    rosa.to_holder()  # her keys again

    def open_at_both(dialog):
        rosa.settle()
        hint = dialog.findChild(OpenRecord).hint
        assert not hint.isVisible()
        with julia.answered(f"Editar a {ANA}", julia_saves):
            hers.edit_action.trigger()
        assert document_of(hers) == "Orden 7-2024"
        rosa.look()
        assert document_of(mine) == "Orden 7-2024", "the list behind the form reads what was saved elsewhere"
        assert "Editar a" in dialog.windowTitle()
        rosa.fill(document="Contrato 12-2024")
        with rosa.answered("Otra persona", keep_both):
            save(dialog)

    def julia_saves(dialog):
        assert dialog.desk is julia.window.desk
        julia.settle()
        hint = dialog.findChild(OpenRecord).hint
        assert hint.isVisible()
        assert f"Abierto también por {ROSA} (ULE)" in hint.text()
        rosa.look()
        front = next(one for one in QApplication.topLevelWidgets() if one is not dialog and is_form(one))
        assert JULIA in front.findChild(OpenRecord).hint.text()
        julia.fill(document="Orden 7-2024", valid_until="30/06/2024")
        save(dialog)

    def keep_both(dialog):
        grid = [label.text() for label in dialog.findChildren(QLabel)]
        assert any(JULIA in text for text in grid)
        assert "Documento" in grid
        assert "Hasta" in grid
        dialog.activateWindow()
        rosa.press(ENTER)
        assert "Falta elegir qué queda en «Documento»" in dialog.banner.label.text()
        assert QApplication.focusWidget().text() == "Dejar lo mío"
        rosa.press(Qt.Key.Key_Space)
        save(dialog)

    with rosa.answered(f"Editar a {ANA}", open_at_both):
        rosa.press(Qt.Key.Key_F2)
    rosa.settle()
    assert QApplication.activeModalWidget() is None
    for desk, catalogue in ((rosa, mine), (julia, hers)):
        desk.look()
        holder = catalogue.holders.selected()
        assert (holder.document, f"{holder.valid_until:%d/%m/%Y}") == ("Contrato 12-2024", "30/06/2024")


def document_of(catalogue):
    return catalogue.holders.selected().document


def is_form(window):
    return isinstance(window, HolderDialog) and window.isVisible()


def locked_while_typing(rosa):
    """Nobody touched the keys for a while: her password brings back the form as she left it."""

    def typed_and_locked(dialog):
        rosa.fill(document="Contrato 13-2024")
        rosa.window.entering.lock_now()  # what the clock of idle minutes does
        rosa.settle()
        lock = rosa.dialog
        assert isinstance(lock, LockDialog)
        assert dialog.findChild(Curtain) is not None
        rosa.press(ESCAPE)
        assert rosa.dialog is lock
        for password in ("no es la suya", PASSWORDS[ROSA]):
            rosa.write(password)
            rosa.press(ENTER)
            rosa.wait_for_hash()
        assert rosa.dialog is dialog
        assert dialog.form.fields["document"].raw() == "Contrato 13-2024"
        dialog.activateWindow()
        save(dialog)

    rosa.to_holder()
    with rosa.answered(f"Editar a {ANA}", typed_and_locked):
        rosa.press(Qt.Key.Key_F2)
    assert document_of(rosa.page.tab()) == "Contrato 13-2024"


def away_and_back(rosa, take_away, bring_back):
    """The base goes while she types: told at the foot, the form stays, and what she typed is saved when it is back."""

    def save_without_base(dialog):
        rosa.fill(document="Contrato 14-2024")
        take_away()
        rosa.look()
        assert "Sin conexión" in rosa.told
        save(dialog)
        rosa.qtbot.waitUntil(lambda: bool(retries(dialog)), timeout=15_000)
        [retry] = retries(dialog)
        assert dialog.form.fields["document"].raw() == "Contrato 14-2024"
        bring_back()
        dialog.activateWindow()
        rosa.qtbot.waitUntil(dialog.isActiveWindow)
        rosa.go_to(retry)
        QTest.keyClick(retry, Qt.Key.Key_Space)

    rosa.to_holder()
    with rosa.answered(f"Editar a {ANA}", save_without_base):
        rosa.press(Qt.Key.Key_F2)
    rosa.look()
    assert rosa.told == ""
    assert document_of(rosa.page.tab()) == "Contrato 14-2024"


def retries(dialog):
    return [one for one in dialog.findChildren(QPushButton) if one.text() == "Reintentar" and one.isVisible()]
