"""The whole office at once, in real windows and mostly by keyboard: who may come in, two people at one record, a base
that goes away and comes back, what is kept and answered for. The two desks work on both databases."""

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import psycopg
import pytest
from clerk import CONTROL, ENTER, ESCAPE, save, seen, sign_with
from office_days import (
    away_and_back,
    begins_alone,
    document_of,
    first_administrator,
    locked_while_typing,
    new_user,
    out_and_in,
    sheet_for_the_envelope,
    two_at_one_record,
)
from office_desks import ADMIN, ANA, HEAD, JULIA, PASSWORDS, ROSA, add_people, desks, furnish
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from sisfoh_desktop.basics.drafts import FOLDER
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.db import database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.service import passwords
from sisfoh_desktop.qtkit.draft_keeper import DraftKeeper, drafts


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
    admin.press(ENTER, CONTROL)
    admin.wait_for_hash()
    assert QApplication.activeModalWidget() is None, admin.dialog.banner.label.text()
    assert len(seen(tab.copies)) == 1
    admin.order("Ensayar")
    assert admin.dialog.windowTitle() == "Ensayar una restauración"
    admin.press(ENTER, CONTROL)
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
    sheet_for_the_envelope(rosa, saved)
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
