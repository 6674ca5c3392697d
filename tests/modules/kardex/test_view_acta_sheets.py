"""Beside the actas of movements: the card, the daily sheet, the constancia, the arqueo and the closing."""

from datetime import date

import openpyxl
import pytest
from kardex_acta_screen import cells, dialog_of, load, settle, shown_tab, small_office, told
from kardex_actas import ANA, DAY
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.view.actas_dialogs import (
    ActaDialog,
    CardDialog,
    SheetDialog,
)
from sisfoh_desktop.qtkit.preview import PreviewDialog


@pytest.fixture
def office(kardex_office, archive):
    return small_office(kardex_office, archive)


@pytest.fixture
def tab(office, desk, qtbot):
    yield from shown_tab(office, desk, qtbot)


def test_another_tab_sends_a_type_for_its_card(tab, office, monkeypatch, tmp_path):
    tab.show_part(("card", office.kardex.s100))
    dialog = dialog_of(tab, CardDialog)
    assert dialog.form.value("type_id") == office.kardex.s100
    dialog.form.fields["type_id"].set_value(office.kardex.fsu)
    dialog.form.fields["since"].set_value(DAY)
    dialog.form.fields["until"].set_value(date(2024, 3, 1))
    dialog.try_submit()
    assert "anterior al primero" in dialog.form.fields["until"].error_label.text()
    dialog.form.fields["until"].set_value(None)
    dialog.try_submit()
    dialog_of(tab, PreviewDialog).close()
    path = tmp_path / "tarjeta"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    dialog.save_button.click()
    settle(tab)
    sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
    assert sheet["C2"].value == "SALDO ANTERIOR"
    assert sheet["I2"].value == 1000


def test_another_tab_sends_a_person_for_a_sheet(tab, office):
    tab.show_part(("daily_sheet", office.kardex.ana))
    dialog = dialog_of(tab, SheetDialog)
    assert dialog.form.value("holder_id") == office.kardex.ana
    dialog.try_submit()
    dialog_of(tab, PreviewDialog).close()


def test_constancia_is_refused_while_the_person_has_forms(tab, office):
    tab.show_part(("no_debt", office.kardex.ana))
    dialog = dialog_of(tab, ActaDialog)
    dialog.try_submit()
    settle(tab)
    assert "todavía tiene FSU 000101-000150" in dialog.banner.label.text()
    office.kardex.move(MovementKind.RETURN, "000101-000150", office.kardex.ana, office.kardex.store, DAY)
    dialog.try_submit()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][2] == f"Constancia de no adeudo: {ANA[0]}"


def test_constancia_asks_of_whom(tab, office):
    tab.no_debt_action.trigger()
    dialog = dialog_of(tab, SheetDialog)
    dialog.form.fields["holder_id"].set_value(office.kardex.digi)
    dialog.try_submit()
    settle(tab)
    assert dialog_of(tab, ActaDialog).windowTitle() == "Hacer constancia de no adeudo"


def test_inventory_is_a_sheet_or_an_acta(tab, office):
    tab.inventory_action.trigger()
    dialog = dialog_of(tab, SheetDialog)
    dialog.try_submit()
    dialog_of(tab, PreviewDialog).close()
    dialog.form.fields["holder_id"].set_value(office.kardex.ana)
    next(one for one in dialog.findChildren(QPushButton) if "acta" in one.text()).click()
    settle(tab)
    acta = dialog_of(tab, ActaDialog)
    assert "route" not in acta.form.fields
    acta.try_submit()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][2] == f"Acta de arqueo: {ANA[0]}"


def test_movements_from_another_tab_and_those_that_have_no_acta(tab, office):
    used = office.kardex.move(MovementKind.USE, "000101", office.kardex.ana, day=DAY)
    tab.show_part(("acta", [2]))
    dialog = dialog_of(tab, ActaDialog)
    texts = [label.text() for label in dialog.form.findChildren(QLabel)]
    assert "Contará 50 (cincuenta) formularios: movimiento 000002." in texts
    dialog.reject()
    tab.show_part(("acta", used))
    assert "no lo firman dos personas" in told(tab)


def test_closing_is_refused_with_what_is_in_the_way(tab, office):
    tab.closing_action.trigger()
    dialog = dialog_of(tab, ActaDialog)
    dialog.form.fields["receives_name"].set_value("GERENTE DE PRUEBA")
    dialog.form.fields["receives_dni"].set_value("40000030")
    dialog.form.fields["receives_position"].set_value("Gerente")
    dialog.try_submit()
    settle(tab)
    assert ANA[0] in dialog.banner.label.text()
