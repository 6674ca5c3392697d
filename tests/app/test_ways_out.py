"""What the person can do about each problem, through the dialogs of the window."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from sisfoh_desktop.app import start_problems
from sisfoh_desktop.app.connection_dialog import ConnectionDialog
from sisfoh_desktop.app.problem_dialog import ProblemDialog
from sisfoh_desktop.app.start_problems import Problem, Trouble
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.modules.safekeeping.view.backup_dialogs import PackageDialog
from sisfoh_desktop.qtkit import crash_dialog, crash_hooks
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.theme import theme

REPORT = "Guardar informe para el técnico…"


@pytest.fixture
def window(make_window, base):
    return make_window(str(base))


def shown(window, kind=ProblemDialog):
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    return found[0] if found else None


def tell(window, trouble: Trouble, title: str = "Algo pasó") -> ProblemDialog:
    window.ways_out().tell([Problem(trouble, title, "Esto pasó y esto se conservó.")])
    return shown(window)


# -- the base --------------------------------------------------------------------------------------------


def test_a_moved_base_is_found_again_and_work_goes_on(make_window, base, tmp_path, tasks, monkeypatch):
    moved = tmp_path / "otra carpeta" / "oficina.db"
    moved.parent.mkdir()
    shutil.move(base, moved)
    window = make_window(str(base))
    tasks.wait_idle()
    dialog = shown(window)
    assert dialog.primary_button.text().replace("&", "") == "Buscar el archivo…"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_all: (str(moved), ""))
    dialog.primary_button.click()
    tasks.wait_idle()
    assert window.desk.db.path == moved
    assert shown(window) is None
    tasks.wait_idle()
    assert PcSettings.load().database == str(moved)


def test_a_wrong_file_is_refused_in_the_dialog_and_leaving_the_search_changes_nothing(
    make_window, base, tmp_path, tasks, monkeypatch
):
    base.unlink()
    window = make_window(str(base))
    tasks.wait_idle()
    dialog = shown(window)
    wrong = tmp_path / "carta.db"
    wrong.write_bytes(b"x" * 500)
    for chosen, said in (("", ""), (str(wrong), "El archivo no es una base")):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_all, one=chosen: (one, ""))
        dialog.primary_button.click()
        tasks.wait_idle()
        assert dialog.isVisible()
        assert dialog.banner.label.text().startswith(said)
    dialog.reject()
    assert window.stack.placeholder.label.text() == "No hay una base abierta en este equipo."


def test_a_damaged_base_is_replaced_by_its_last_copy_and_stays_for_the_technician(
    make_window, practice, tmp_path, tasks, settings, actor, now
):
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.modules.safekeeping.service import backups

    copies = tmp_path / "copias"
    copies.mkdir()
    db = Database.open(practice)
    backups.make_backup(db, Archive(practice.parent / "archivo"), actor=actor, now=now, folder=copies)
    db.close()
    practice.write_bytes(b"rota" * 3_000)
    settings.backup_folder = str(copies)
    window = make_window(str(practice))
    tasks.wait_idle()
    dialog = shown(window)
    assert dialog.problem.title == "La base está dañada"
    assert any("respaldo-practica-MPT" in label.text() for label in dialog.findChildren(QLabel))
    dialog.primary_button.click()
    asked = shown(window, PackageDialog)
    restored = Path(asked.form.fields["target"].raw())
    asked.primary_button.click()
    tasks.wait_idle()
    tasks.wait_idle()
    assert window.desk.db.path == restored
    assert restored.parent.name == "restaurada-20240308-100000"
    assert practice.read_bytes() == b"rota" * 3_000
    assert "hay que registrarlo otra vez" in shown(window, MessageDialog).sentence


def test_a_locked_base_is_opened_at_the_second_try(make_window, base, tasks, monkeypatch):
    import sqlcipher3.dbapi2 as sqlite

    from sisfoh_desktop.db import engine

    monkeypatch.setattr(
        engine, "_SQLITE_PRAGMAS", ("busy_timeout=50", *engine._SQLITE_PRAGMAS[1:])
    )  # the half minute of patience is not what is tried here
    holder = sqlite.connect(str(base), isolation_level=None)
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    window = make_window(str(base))
    tasks.wait_idle()
    dialog = shown(window)
    assert dialog.problem.trouble is Trouble.BASE_LOCKED
    holder.close()
    dialog.primary_button.click()
    tasks.wait_idle()
    assert window.desk is not None


def test_the_address_of_a_server_goes_to_the_connection_dialog(make_window, tasks):
    window = make_window("postgresql://ule@127.0.0.1:9/nada")
    tasks.wait_idle()
    assert shown(window) is None
    assert shown(window, ConnectionDialog) is not None


# -- the place -------------------------------------------------------------------------------------------


def test_problems_are_told_one_after_the_other(window):
    window.ways_out().tell(
        [Problem(Trouble.DISK, "Uno", "Uno."), Problem(Trouble.DATA_FOLDER, "Dos", "Dos.")]
    )
    first = shown(window)
    assert first.windowTitle() == "Uno"
    first.reject()
    assert shown(window).windowTitle() == "Dos"


def test_room_on_the_disk_is_looked_at_again(window, tasks, monkeypatch):
    dialog = tell(window, Trouble.DISK)
    monkeypatch.setattr(start_problems, "LEAST_FREE_BYTES", 10**18)
    dialog.primary_button.click()
    tasks.wait_idle()
    assert dialog.banner.label.text() == "Todavía sigue igual."
    monkeypatch.setattr(start_problems, "LEAST_FREE_BYTES", 0)
    dialog.primary_button.click()
    tasks.wait_idle()
    assert shown(window) is None


def test_the_disk_that_is_looked_at_again_is_that_of_the_base_of_this_run(window, tasks, base, monkeypatch):
    looked = []
    monkeypatch.setattr(start_problems, "disk_problem", looked.append)
    window.settings.database = "otra.db"
    tell(window, Trouble.DISK).primary_button.click()
    tasks.wait_idle()
    assert looked == [str(base)]


def test_another_data_folder_serves_for_this_time(window, tasks, tmp_path, monkeypatch):
    monkeypatch.setenv("SISFOH_DATOS", os.environ["SISFOH_DATOS"])  # given back after the test
    taken, free = tmp_path / "ocupado", tmp_path / "libre"
    taken.write_text("x", encoding="utf-8")
    free.mkdir()
    dialog = tell(window, Trouble.DATA_FOLDER)
    button = dialog.way_buttons["Usar otra carpeta esta vez…"]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(taken))
    button.click()
    assert "tampoco se puede escribir" in dialog.banner.label.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(free))
    button.click()
    tasks.wait_idle()
    assert shown(window) is None
    assert (free / "sisfoh.ini").is_file()


def test_large_text_on_a_small_screen_goes_back_to_normal(window):
    theme().set_scale(160)
    tell(window, Trouble.SCREEN).primary_button.click()
    assert theme().scale == 100


def test_the_program_can_be_left_from_a_problem(window, tasks, qtbot):
    dialog = tell(window, Trouble.PROGRAM_FILES)
    assert dialog.primary_button.text().replace("&", "") == "Cerrar el programa"
    dialog.primary_button.click()
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.mark.parametrize(
    "trouble", [Trouble.SETTINGS, Trouble.DATA_FOLDER, Trouble.DISK, Trouble.PROGRAM_FILES]
)
def test_every_problem_offers_the_report_and_letters_of_its_own(window, trouble):
    dialog = tell(window, trouble)
    assert REPORT in dialog.way_buttons
    letters = [
        button.text().partition("&")[2][:1].lower()
        for button in dialog.findChildren(QPushButton)
        if button.isVisibleTo(dialog) and "&" in button.text()
    ]
    assert len(letters) == len(set(letters))


# -- the report ------------------------------------------------------------------------------------------


def test_the_report_of_the_menu_is_saved(window, tasks, tmp_path, qtbot, monkeypatch):
    target = tmp_path / "informe"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: (str(target), ""))
    window.orders.save_report()
    qtbot.waitUntil(lambda: target.with_suffix(".zip").is_file())
    with zipfile.ZipFile(target.with_suffix(".zip")) as package:
        assert "ana" not in package.read("ajustes.txt").decode()


def test_the_crash_box_saves_the_report_with_its_details(window, tmp_path, qtbot, monkeypatch):
    from functools import partial

    from sisfoh_desktop.app.start import _save_report

    target = tmp_path / "informe.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: (str(target), ""))
    monkeypatch.setattr(crash_dialog, "_open", None)
    crash_hooks.offer_report(partial(_save_report, window))
    try:
        box = crash_dialog.report_crash(KeyError("40000001"), window)
        box.report_button.click()
        qtbot.waitUntil(target.is_file)
        with zipfile.ZipFile(target) as package:
            assert "KeyError" in package.read("error.txt").decode()
        box.close()
    finally:
        crash_hooks.offer_report(None)


def test_without_a_program_around_it_the_crash_box_offers_no_report(qtbot):
    box = crash_dialog.CrashDialog("Título", "Oración.", "detalles")
    qtbot.addWidget(box)
    assert not hasattr(box, "report_button")
