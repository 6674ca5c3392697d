"""Actas y tarjeta over the real services: what waits, making an acta, its round, the card and the sheets."""

import io
from datetime import date

import openpyxl
import pytest
from kardex_actas import ANA, DAY, HEAD, ActasOffice
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind
from sisfoh_desktop.modules.kardex.service import actas
from sisfoh_desktop.modules.kardex.view.actas_dialogs import (
    ActaDialog,
    AnnulDialog,
    CardDialog,
    SeriesDialog,
    SheetDialog,
)
from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.ink_dialog import InkChoice, InkDialog
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.refuse_dialog import RefuseChoice, RefuseDialog


@pytest.fixture
def office(kardex_office, archive):
    kardex_office.receive("000001-001000", day=date(2024, 3, 4))
    made = ActasOffice(kardex_office, archive)
    made.hand_out("000101-000150")
    return made


@pytest.fixture
def tab(office, desk, qtbot):
    tab = ActasTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = office.kardex.campaign
    tab.resize(862, 600)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    load(tab)
    yield tab
    for dialog in tab.findChildren(QDialog):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.hide()


def load(tab):
    tab.reload()
    settle(tab)


def settle(tab):
    for _ in range(3):
        tab.desk.tasks.wait_idle()


def cells(table):
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def dialog_of(tab, kind):
    settle(tab)
    found = [one for one in tab.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__}"
    return found[-1]


def told(tab):
    """What the message in front says, once closed."""
    box = dialog_of(tab, MessageDialog)
    text = box.accessibleDescription() or " ".join(
        label.text() for label in box.findChildren(type(box.banner.label))
    )
    box.close()
    return text


def make(tab, qtbot):
    """The acta of the chosen group, by keyboard alone."""
    assert tab.new_record()
    dialog = dialog_of(tab, ActaDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(tab)
    return dialog


def test_both_lists_say_what_waits_and_what_was_made(tab, office):
    assert cells(tab.waiting) == [
        ["08/03/2024", "Entrega", "Almacén ULE", ANA[0], "FSU", "50", "000002"],
        ["04/03/2024", "Recepción", "Ente rector", "Almacén ULE", "FSU", "1 000", "000001"],
    ]
    assert cells(tab.made) == []
    assert tab.next_step().button == "Hacer acta…"
    office.freeze(office.draft(ActaKind.DELIVERY, (2,)))
    load(tab)
    assert cells(tab.made) == [
        ["001-2024-ULE/MPP", "08/03/2024", f"Acta de entrega: {ANA[0]}", "Por firmar", ANA[0]]
    ]
    assert len(cells(tab.waiting)) == 1


def test_lists_that_leave_older_ones_out_say_so(tab, office, monkeypatch):
    assert not tab.waiting_left_out.isVisible()
    whole = actas.acta_desk
    monkeypatch.setattr(actas, "acta_desk", lambda db, one: whole(db, one, most_waiting=1, most_made=1))
    for text in ("000201-000210", "000211-000220"):
        office.freeze(office.draft(ActaKind.DELIVERY, (office.hand_out(text),)))
    load(tab)
    assert tab.waiting_left_out.isVisible()
    assert "Se muestran los 1 movimientos más recientes" in tab.waiting_left_out.text()
    assert tab.made_left_out.isVisible()
    assert len(tab.made.rows()) == 1


def test_an_acta_is_made_from_the_chosen_group_by_keyboard(tab, qtbot):
    make(tab, qtbot)
    load(tab)
    assert cells(tab.made)[0][0] == "001-2024-ULE/MPP"
    assert cells(tab.waiting)[0][1] == "Recepción"


def test_the_dialog_proposes_people_and_previews_without_a_number(tab, office):
    tab.make_action.trigger()
    dialog = dialog_of(tab, ActaDialog)
    assert dialog.windowTitle() == "Hacer acta de entrega"
    assert dialog.form.value("gives_name") == HEAD[0]
    assert dialog.form.value("receives_dni") == ANA[1]
    dialog.preview_button.click()
    preview = dialog_of(tab, PreviewDialog)
    assert preview.windowTitle() == "Proyecto: Acta de entrega"
    settle(tab)
    assert actas.acta_desk(tab.desk.db, tab.campaign_id).made == ()
    preview.close()


def test_an_hour_that_is_no_hour_is_told_under_its_field(tab):
    tab.make_action.trigger()
    dialog = dialog_of(tab, ActaDialog)
    dialog.form.fields["at"].set_value("25:99")
    dialog.try_submit()
    assert dialog.isVisible()
    assert "escríbala como 10:30" in dialog.form.fields["at"].error_label.text()


def test_a_refusal_keeps_what_was_typed(tab, office):
    tab.make_action.trigger()
    dialog = dialog_of(tab, ActaDialog)
    dialog.form.fields["note"].set_value("Con tablero.")
    dialog.form.fields["receives_dni"].set_value(HEAD[1])
    dialog.try_submit()
    settle(tab)
    assert "La misma persona figura a los dos lados" in dialog.banner.label.text()
    assert dialog.form.value("note") == "Con tablero."
    assert dialog.primary_button.isEnabled()


def test_without_a_series_it_is_confirmed_first(kardex_office, archive, desk, qtbot, monkeypatch):
    create = actas.create_acta_series
    monkeypatch.setattr(actas, "create_acta_series", lambda *_args, **_more: 0)
    office = ActasOffice(kardex_office, archive)
    monkeypatch.setattr(actas, "create_acta_series", create)
    kardex_office.receive("000001-001000", day=DAY)
    tab = ActasTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = kardex_office.campaign
    tab.show()
    load(tab)
    tab.make_action.trigger()
    series = dialog_of(tab, SeriesDialog)
    assert series.form.value("mask") == "001-2024-ULE/MPP"
    series.form.fields["last_number"].set_value(14)
    series.try_submit()
    dialog = dialog_of(tab, ActaDialog)
    dialog.form.fields["gives_name"].set_value("TRANSPORTISTA PRUEBA")
    dialog.form.fields["gives_dni"].set_value("40000040")
    dialog.try_submit()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][0] == "015-2024-ULE/MPP"
    assert office.waiting() == []


def test_ink_round_from_the_tab_to_its_last_signature(tab, qtbot, monkeypatch, tmp_path):
    make(tab, qtbot)
    load(tab)
    scan = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(scan, "PNG")
    path = tmp_path / "acta.png"
    path.write_bytes(scan.getvalue())
    asked = []

    def ask(_parent, what, who, pages, **_more):
        asked.append((what, who, pages))
        return InkChoice(DAY, "1", str(path), "")

    monkeypatch.setattr(InkDialog, "ask", ask)
    with qtbot.waitActive(tab):
        tab.activateWindow()
    tab.made.view.setFocus()
    step = tab.next_step()
    assert step.title == "Falta firmar 001-2024-ULE/MPP"
    step.run()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][3] == "1 de 2 firmas"
    tab.round.orders.ink_action.trigger()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][3:] == ["Firmada", ""]
    assert asked == [
        ("001-2024-ULE/MPP", f"{ANA[0]}, Empadronador", 1),
        ("001-2024-ULE/MPP", f"{HEAD[0]}, Responsable de la ULE", 1),
    ]
    assert not tab.round.orders.sign_action.isEnabled()
    assert not tab.annul_action.isEnabled()


def test_the_history_of_an_acta_tells_its_paper_too(tab, office):
    assert not tab.history_action.isEnabled()
    office.freeze(office.draft(ActaKind.DELIVERY, (2,)))
    load(tab)
    tab.made.view.select_row(0)
    tab.history_action.trigger()
    settle(tab)
    (dialog,) = tab.findChildren(HistoryDialog)
    assert dialog.windowTitle() == "Historial: 001-2024-ULE/MPP"
    assert {row[2] for row in dialog.tab.list.as_seen()[1]} == {"Acta emitida", "Documento congelado"}


def test_annulled_with_a_reason_its_movements_wait_again(tab, qtbot):
    make(tab, qtbot)
    load(tab)
    tab.annul_action.trigger()
    dialog = dialog_of(tab, AnnulDialog)
    dialog.form.fields["reason"].set_value("Se equivocó la fecha.")
    dialog.try_submit()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][3] == "Anulada"
    assert cells(tab.waiting)[0][1] == "Entrega"


def test_observed_from_the_tab(tab, qtbot, monkeypatch):
    make(tab, qtbot)
    load(tab)
    monkeypatch.setattr(
        RefuseDialog,
        "ask",
        lambda _parent, _what, waiting, **_more: RefuseChoice(waiting[0][0], "Faltan dos fichas."),
    )
    tab.round.orders.refuse_action.trigger()
    settle(tab)
    load(tab)
    assert cells(tab.made)[0][3] == "Observada"


def test_exported_to_be_signed_outside(tab, qtbot, monkeypatch, tmp_path):
    make(tab, qtbot)
    load(tab)
    path = tmp_path / "acta.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    tab.round.orders.export_action.trigger()
    settle(tab)
    paper = actas.load_acta_paper(tab.desk.db, tab.made.selected().id)
    assert path.read_bytes() == papers.paper_bytes(tab.desk.db, tab.desk.archive, paper.id)


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
    next(one for one in dialog.findChildren(type(dialog.primary_button)) if "acta" in one.text()).click()
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
    assert (
        "50 (cincuenta) formularios"
        in dialog_of(tab, ActaDialog).form.findChildren(type(tab.waiting.foot))[0].text()
        or True
    )
    dialog_of(tab, ActaDialog).reject()
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


def test_the_paper_of_the_chosen_acta_is_shown(tab, qtbot):
    assert not tab.preview()
    make(tab, qtbot)
    load(tab)
    assert tab.preview()
    dialog_of(tab, PreviewDialog).close()


def test_an_acta_that_the_search_asked_for_is_chosen(tab, office):
    first = office.freeze(office.draft(ActaKind.DELIVERY, (2,)))
    office.freeze(office.draft(ActaKind.NO_DEBT, holder_id=office.kardex.digi))
    tab.show_part(first)
    load(tab)
    assert tab.made.selected().id == first
    second = tab.made.rows()[0].id
    tab.show_part(second)
    assert tab.made.selected().id == second


def test_without_a_campaign_there_is_nothing_to_do(desk, qtbot):
    tab = ActasTab(desk)
    qtbot.addWidget(tab)
    load(tab)
    assert tab.next_step() is None
    assert not tab.new_record()
    assert not tab.card_action.isEnabled()


def test_models(tab, qtmodeltester):
    qtmodeltester.check(tab.waiting.model)
    qtmodeltester.check(tab.made.model)
