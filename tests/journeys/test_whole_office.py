"""The whole office at once, in real windows and mostly by keyboard: who may come in, two people at one record, a base
that goes away and comes back, what is kept and answered for. The two desks work on both databases."""

import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import psycopg
import pypdfium2
import pytest
from clerk import CONTROL, ENTER, ESCAPE, save, seen, sign_with
from office_desks import ADMIN, ANA, HEAD, JULIA, PASSWORDS, ROSA, add_people, desks, furnish
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QPushButton

from sisfoh_desktop.app.lock_screen import Curtain, LockDialog
from sisfoh_desktop.basics.drafts import FOLDER
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.db import database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.view.catalogue_people import HolderDialog
from sisfoh_desktop.modules.people.service import passwords
from sisfoh_desktop.qtkit.draft_keeper import DraftKeeper, drafts
from sisfoh_desktop.qtkit.open_record import OpenRecord

EVERY_PAGE = [
    "Inicio", "Expedientes", "Planes", "Matriz", "Resoluciones", "Kardex", "POI", "Papeles", "Oficina", "Personas",
    "Resguardo",
]  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "datos"
    monkeypatch.setenv("SISFOH_DATOS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    """The cost of a hash is measured elsewhere."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def base(template_base: Path, tmp_path: Path) -> str:
    path = tmp_path / "oficina" / "oficina.db"
    path.parent.mkdir()
    shutil.copyfile(template_base, path)
    db = Database.open(path)
    furnish(db)
    db.close()
    return str(path)


@pytest.fixture
def open_desk(base, tmp_path, qtbot):
    with desks(base, tmp_path / "oficina", qtbot) as maker:
        yield maker


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


def out_and_in(desk):
    """Out by the menu's order; a wrong password is refused in one sentence, the right one lets in."""
    desk.leave_session()
    assert "Nadie ha entrado" in desk.window.status_line.user.text()
    desk.fill(login=ADMIN, password="otra cosa distinta")
    desk.press(ENTER)
    desk.wait_for_hash()
    assert desk.dialog.banner.label.text()
    desk.come_in(ADMIN, PASSWORDS[ADMIN])
    assert desk.pages == ["Inicio", "Papeles", "Oficina", "Personas", "Resguardo"]


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


# -- kept and answered for -------------------------------------------------------------------------------


def crash_and_recover(open_desk, base):
    """The program dies with the form open: what was typed is told at the next start, and offered in the form."""
    died = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).parents[1] / "crashing_desk.py"),
            base,
            str(open_desk.folder),
            ROSA,
            PASSWORDS[ROSA],
            "Contrato 15-2024",
        ],
        timeout=120,
        check=False,
    )
    assert died.returncode == 9
    rosa = open_desk()
    rosa.come_in(ROSA, PASSWORDS[ROSA], recovered=True)
    assert rosa.dialog.windowTitle() == "Se recuperó lo que no se guardó"
    [[form, field, before, typed]] = seen(rosa.dialog.table)
    assert form.startswith(f"Editar a {ANA}")
    assert (field, before, typed) == ("Documento", "Contrato 14-2024", "Contrato 15-2024")
    rosa.press(ENTER)

    def take(dialog):
        offer = dialog.findChild(DraftKeeper).offer
        rosa.go_to(offer.show_button)
        rosa.press(Qt.Key.Key_Space)
        assert seen(offer.differences) == [["Documento", "Contrato 14-2024", "Contrato 15-2024"]]
        rosa.go_to(offer.take_button)
        rosa.press(Qt.Key.Key_Space)
        assert dialog.form.fields["document"].raw() == "Contrato 15-2024"
        save(dialog)

    catalogue = rosa.to_holder()
    with rosa.answered(f"Editar a {ANA}", take):
        rosa.press(Qt.Key.Key_F2)
    assert document_of(catalogue) == "Contrato 15-2024"
    drafts.settle()
    assert not list((user_data_dir() / FOLDER).glob("*/*.json"))
    return rosa


def backed_up_and_tried(admin, folder):
    """A copy now, opened again elsewhere to prove it, and its slip."""
    folder.mkdir()
    admin.to_page("Resguardo")
    tab = admin.tab("backups", "R")
    admin.step("Respaldar ahora…")
    admin.fill(folder=str(folder))
    admin.press(ENTER)
    admin.wait_for_hash()
    assert QApplication.activeModalWidget() is None, admin.dialog.banner.label.text()
    assert len(seen(tab.copies)) == 1
    admin.order("Ensayar")
    assert admin.dialog.windowTitle() == "Ensayar una restauración"
    admin.press(ENTER)
    admin.wait_for_hash()
    assert admin.dialog.windowTitle() == "El respaldo sirve", admin.dialog.windowTitle()
    admin.press(ENTER)
    admin.press(Qt.Key.Key_P, CONTROL)
    assert admin.dialog.windowTitle() == "Constancia de respaldo"
    admin.press(ESCAPE)


def who_did_what(desk):
    """The trail of the whole office, newest first: person, what, before → after."""
    desk.to_page("Resguardo")
    trail = desk.tab("trail", "H")
    return trail, [row[1:] for row in seen(trail)]


def dni_with_a_reason(julia):
    """The DNI of one person in full: asked why, shown, and both found in the trail."""
    catalogue = julia.to_holder()
    assert any("4*****11" in row for row in seen(catalogue.holders))

    def tell_why(dialog):
        julia.fill(reason="Para el acta de entrega")
        save(dialog)

    julia.order("Ver DNI", tell_why, title="Ver el DNI completo")
    assert julia.dialog.datum.text() == "40000011"
    julia.press(ENTER)
    assert QApplication.activeModalWidget() is None
    trail, rows = who_did_what(julia)
    assert rows[0][:3] == [JULIA, "Resguardo", "DNI completo consultado"], rows[0]
    trail.list.view.setFocus()
    julia.press(Qt.Key.Key_Home, CONTROL)
    assert f"Persona: {ANA}" in trail.details.toPlainText()
    assert "Motivo: Para el acta de entrega" in trail.details.toPlainText()
    assert "40000011" not in trail.details.toPlainText()


def extract_signed(julia, certificate, password):
    """The extract becomes a numbered paper, and the head of the ULE signs it."""

    def emit(dialog):
        assert dialog.form.fields["signer"].editor.currentText().startswith(HEAD[0])
        save(dialog)

    julia.order("Extracto para", emit)
    julia.to_page("Papeles")
    julia.alt("P")
    waiting = julia.page.waiting
    [[_mark, number, turn]] = seen(waiting.list)
    assert number.startswith("001-2024"), number
    assert turn == "Le toca"
    julia.go_to(waiting.list.view)
    julia.order("Firmar", partial(sign_with, certificate, password))
    assert seen(waiting.list) == []


# -- the days --------------------------------------------------------------------------------------------


def test_the_whole_office(open_desk, base, pki, tmp_path, monkeypatch):
    saved = tmp_path / "clave.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(saved), ""))
    rosa = open_desk("tecnico")
    begins_alone(rosa)
    first_administrator(rosa)
    out_and_in(rosa)
    code = new_user(rosa, ROSA, "ROSA QUISPE PRUEBA", "Encargado del kardex", saved)
    head_code = new_user(rosa, JULIA, HEAD[0], "Responsable de la ULE", saved)
    rosa.leave_session()
    rosa.come_in(ROSA, code, new=PASSWORDS[ROSA])
    assert rosa.pages == ["Inicio", "Kardex", "Papeles"]
    assert "Encargado del kardex" in rosa.window.status_line.user.text()
    julia = open_desk()
    julia.come_in(JULIA, head_code, new=PASSWORDS[JULIA])
    two_at_one_record(rosa, julia)
    locked_while_typing(rosa)
    elsewhere = Path(base).with_suffix(".lejos")
    away_and_back(rosa, lambda: Path(base).rename(elsewhere), lambda: elsewhere.rename(base))
    open_desk.put_away()

    desk = crash_and_recover(open_desk, base)
    desk.leave_session()
    desk.come_in(ADMIN, PASSWORDS[ADMIN])
    desk.go(1)
    desk.next_step()  # Mi bandeja asks for what only the administrator does, on a page that nobody opened yet
    assert desk.page.title == "Resguardo"
    backed_up_and_tried(desk, tmp_path / "usb")
    _trail, rows = who_did_what(desk)
    done = [(row[0], row[2]) for row in rows]
    for one in (
        (ADMIN, "Restauración ensayada"),
        (ADMIN, "Respaldo hecho y verificado"),
        (ROSA, "No se le dejó entrar"),
        (ROSA, "Bloqueó su pantalla"),
        (JULIA, "Cambió su contraseña"),
    ):
        assert one in done
    changed = [row[4] for row in rows if row[2] == "Persona o lugar corregido"]
    assert changed[-1].startswith("Documento: Orden de servicio de prueba → Orden 7-2024; Hasta: ")
    assert changed[-2] == "Documento: Orden 7-2024 → Contrato 12-2024"
    assert changed[0] == "Documento: Contrato 14-2024 → Contrato 15-2024"

    desk.leave_session()
    desk.come_in(JULIA, PASSWORDS[JULIA])
    dni_with_a_reason(desk)
    certificate = tmp_path / "jefa.p12"
    certificate.write_bytes(pki.person(*HEAD))
    extract_signed(desk, certificate, pki.password)


def test_two_desks_at_a_server(postgres, tmp_path, qtbot, request, monkeypatch):
    monkeypatch.setattr(
        database, "PATIENCE_SECONDS", 0.5
    )  # that a change waits half a minute is tested elsewhere
    name = f"t{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE plantilla")
    db = Database.open(postgres.url(name))
    furnish(db)
    add_people(db)
    db.close()
    with desks(postgres.url(name), tmp_path, qtbot) as open_desk:
        rosa = open_desk(ROSA)
        rosa.come_in(ROSA, PASSWORDS[ROSA])
        julia = open_desk(JULIA)
        julia.come_in(JULIA, PASSWORDS[JULIA])
        two_at_one_record(rosa, julia)
        locked_while_typing(rosa)
        away_and_back(rosa, postgres.stop, postgres.start)
