"""What the Cuadre tab compares with the ledger: an arqueo registered and corrected, a file of digitised numbers."""

import io
from pathlib import Path

import pytest
from kardex_cuadre import cells, miss, settle, worked_week
from kardex_office import KardexOffice
from openpyxl import Workbook
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.modules.kardex.rules import Condition
from sisfoh_desktop.modules.kardex.service import counting
from sisfoh_desktop.modules.kardex.view.count_dialog import CountDialog


@pytest.fixture
def worked(kardex_office: KardexOffice) -> KardexOffice:
    return worked_week(kardex_office)


def sheet_file(folder: Path, *numbers: object) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["N° de ficha"])
    for number in numbers:
        book.active.append([number])
    out = io.BytesIO()
    book.save(out)
    path = folder / "digitado.xlsx"
    path.write_bytes(out.getvalue())
    return path


# -- counting ------------------------------------------------------------------------------------------


def test_ctrl_n_registers_an_arqueo(open_cuadre, worked, answering, desk):
    tab = open_cuadre()

    def fill(dialog: CountDialog) -> None:
        form = dialog.form
        form.fields["holder"].set_value(worked.ana)
        form.fields["document"].set_value("Acta de arqueo 1")
        form.fields[Condition.BLANK.value].set_value("11-19")
        form.fields[Condition.USED.value].set_value("ninguno")

    answering(fill)
    assert tab.new_record()
    settle(desk)
    assert sorted(row[2] for row in cells(tab.list)) == ["FSU 000001-000010", "FSU 000020"]


def test_a_wrong_number_is_told_under_its_field(open_cuadre, worked, answering, desk):
    tab = open_cuadre()

    def fill(dialog: CountDialog) -> None:
        dialog.form.fields["holder"].set_value(worked.ana)
        dialog.form.fields["document"].set_value("Acta")
        dialog.form.fields[Condition.BLANK.value].set_value("20-11")

    met = answering(fill)
    tab.record_count()
    settle(desk)
    assert "menor que el primero" in met[0].form.fields[Condition.BLANK.value].error
    assert counting.list_counts(worked.db, worked.campaign) == []


def test_an_arqueo_can_correct_the_former_one_of_that_person(open_cuadre, worked, answering, desk):
    miss(worked)
    tab = open_cuadre()

    def fill(dialog: CountDialog) -> None:
        form = dialog.form
        form.fields["holder"].set_value(worked.beto)
        assert dialog.replaces.editor.count() == 1
        form.fields["holder"].set_value(worked.ana)
        assert dialog.replaces.editor.count() == 2
        dialog.replaces.editor.setCurrentIndex(1)
        form.fields["document"].set_value("Acta 2")
        form.fields[Condition.BLANK.value].set_value("11-20")

    answering(fill)
    tab.record_count()
    settle(desk)
    assert cells(tab.list) == []
    assert [one.stands for one in counting.list_counts(worked.db, worked.campaign)] == [True, False]


def test_the_counts_are_listed(open_cuadre, worked, answering, desk):
    miss(worked)
    tab = open_cuadre()
    met = answering(lambda _dialog: None)
    tab.counts_action.trigger()
    settle(desk)
    [row] = met[0].list.as_seen()[1]
    assert row[1:4] == ["Arqueo", "FSU", "EMPADRONADOR UNO PRUEBA"]
    assert row[6] == "Vale"


# -- what was digitised --------------------------------------------------------------------------------


def test_a_file_is_looked_at_and_brought(open_cuadre, worked, answering, desk, tmp_path, monkeypatch):
    path = sheet_file(tmp_path, *range(1, 10))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab = open_cuadre()
    seen: list[str] = []
    answering(lambda dialog: seen.append(dialog.summary.text()))
    tab.import_action.trigger()
    settle(desk)
    assert seen == ["9 números en 9 filas."]
    assert [row[1:3] for row in cells(tab.list)] == [["Usado sin digitar", "FSU 000010"]]
    assert cells(tab.people)[1][10] == "9"
    assert tab.cuts.text() == "Digitado: FSU hasta el 08/03/2024 (9 en 1 archivo)."


def test_a_file_with_faults_cannot_be_brought(open_cuadre, worked, answering, desk, tmp_path, monkeypatch):
    path = sheet_file(tmp_path, 1, "???")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab = open_cuadre()
    met = answering(lambda dialog: None)
    tab.bring_digitised()
    settle(desk)
    [dialog] = met
    assert not dialog.primary_button.isEnabled()
    assert "corríjalas" in dialog.summary.text()
    assert dialog.findings.as_seen()[1][0][:2] == ["3", "Por corregir"]
    assert counting.list_counts(worked.db, worked.campaign) == []


def test_a_file_that_is_none_says_so(open_cuadre, worked, answering, desk, tmp_path, monkeypatch):
    path = tmp_path / "nada.xlsx"
    path.write_bytes(b"%PDF-1.7 no es una hoja")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    tab = open_cuadre()
    told: list[str] = []
    met = answering(lambda dialog: told.append(dialog.banner.label.text()))
    tab.bring_digitised()
    settle(desk)
    assert "PDF" in told[0]
    assert not met[0].primary_button.isEnabled()
