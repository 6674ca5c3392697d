"""The actas over the real services: what waits, making one, its round, printing and choosing them."""

import io

import pytest
from filling import fills
from kardex_acta_screen import cells, dialog_of, load, make, settle, shown_tab, small_office
from kardex_actas import ANA, DAY, HEAD, ActasOffice
from PIL import Image
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.documents.rendering import page_count
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind
from sisfoh_desktop.modules.kardex.service import actas
from sisfoh_desktop.modules.kardex.view.actas_dialogs import (
    ActaDialog,
)
from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.ink_dialog import InkDialog
from sisfoh_desktop.qtkit.open_dialog import AnnulDialog
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.print_dialog import PrintChoice
from sisfoh_desktop.qtkit.print_many import PrintManyDialog
from sisfoh_desktop.qtkit.printers import ask_for_a4
from sisfoh_desktop.qtkit.refuse_dialog import RefuseDialog
from sisfoh_desktop.qtkit.series_form import SeriesDialog


@pytest.fixture
def office(kardex_office, archive):
    return small_office(kardex_office, archive)


@pytest.fixture
def tab(office, desk, qtbot):
    yield from shown_tab(office, desk, qtbot)


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
    met = fills(monkeypatch, tab.desk.tasks, InkDialog, path=str(path))
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
    assert {one.title for one in met} == {"Registrar la firma en tinta de 001-2024-ULE/MPP"}
    assert f"Firma {ANA[0]}, Empadronador." in met[0].told
    assert f"Firma {HEAD[0]}, Responsable de la ULE." in met[1].told
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
    fills(monkeypatch, tab.desk.tasks, RefuseDialog, reason="Faltan dos fichas.")
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


def test_several_actas_are_printed_as_one_job_on_the_printer_of_the_actas(tab, office, monkeypatch, tmp_path):
    office.freeze(office.draft(ActaKind.DELIVERY, (2,)))
    office.freeze(office.draft(ActaKind.DELIVERY, (office.hand_out("000151-000160"),)))
    load(tab)
    asked, left = [], []

    def answer(dialog):
        dialog.all_button.click()
        asked.append([one.title.partition(" · ")[0] for one in dialog.chosen()])
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(tmp_path / "actas.pdf"))
        ask_for_a4(printer)
        return PrintChoice(printer, "1", 1, False)

    monkeypatch.setattr(PrintManyDialog, "ask_choice", answer)
    tab.desk.tasks.paper_left.connect(left.append)
    next(one for one in tab.actions_of_tab() if "Imprimir varios" in one.text()).trigger()
    settle(tab)
    (numbers,) = asked
    assert len(numbers) == 2
    assert [one.file_name for one in left] == [f"{number.replace('/', '-')}.pdf" for number in numbers]
    assert page_count((tmp_path / "actas.pdf").read_bytes()) == 2, (
        "the first page of each, in the order of the list"
    )
