"""Custodia over the real services: who answers for what, for how long, and what can be asked of them."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.custody_rows import EVERYBODY, VIEWS
from sisfoh_desktop.modules.kardex.view.custody_tab import CustodyTab

FIRST, LATER = date(2024, 3, 4), date(2024, 3, 6)


@pytest.fixture
def open_custody(desk, kardex_office, qtbot):
    def open_it(*, on: date | None = None) -> CustodyTab:
        if on is not None:
            desk.clock = FixedClock(datetime(on.year, on.month, on.day, 10, tzinfo=LIMA))
        tab = CustodyTab(desk)
        qtbot.addWidget(tab)
        tab.asked = []
        tab.open_tab.connect(lambda key, part: tab.asked.append((key, part)))
        tab.campaign_id = kardex_office.campaign
        tab.resize(846, 560)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return open_it


@pytest.fixture
def handed_out(kardex_office):
    """Ana has 300 FSU, of which she used 20, spoiled one, lost one and gave 50 back; Beto has 100."""
    office = kardex_office
    office.receive("000001-002000", FIRST)
    office.receive(40, FIRST)
    office.hand_out("000001-000300", office.ana, FIRST)
    office.hand_out(10, office.ana, FIRST)
    office.hand_out("000301-000400", office.beto, LATER)
    office.move(MovementKind.USE, "000001-000020", office.ana, day=LATER)
    office.move(MovementKind.ANNULMENT, "000021", office.ana, day=LATER)
    office.move(MovementKind.LOSS, "000022", office.ana, day=LATER)
    office.move(MovementKind.RETURN, "000251-000300", office.ana, office.store, day=LATER)
    return office


def cells(table) -> list[list[str]]:
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def go_to(tab, holder_id: int) -> None:
    tab.show_part(holder_id)
    tab.desk.tasks.wait_idle()


def test_people_with_forms_are_listed_with_their_days(open_custody, handed_out):
    tab = open_custody()
    rows = cells(tab.list)
    assert sorted(row[:6] for row in rows) == [
        ["EMPADRONADOR DOS PRUEBA", "FSU", "100", "06/03/2024", "2 días", "0"],
        ["EMPADRONADOR UNO PRUEBA", "CROQUIS", "10", "04/03/2024", "4 días", "0"],
        ["EMPADRONADOR UNO PRUEBA", "FSU", "228", "04/03/2024", "4 días", "20"],
    ]
    assert {row[6] for row in rows} == {"JEFE DE BRIGADA PRUEBA"}
    assert tab.next_step() is None


def test_too_many_days_are_marked_and_are_the_next_step(open_custody, handed_out):
    tab = open_custody(on=date(2024, 3, 25))
    row = next(number for number, one in enumerate(tab.list.rows()) if one.holder.id == handed_out.beto)
    assert tab.list.model.cell(row, 4) == ("▲ 19 días", "warn")
    tab.view_combo.setCurrentIndex(1)
    assert {one.holder.id for one in tab.list.rows()} == {handed_out.ana, handed_out.beto}
    step = tab.next_step()
    assert step.title == "Pida cuentas"
    assert step.text == (
        "EMPADRONADOR UNO PRUEBA tiene formularios desde hace 21 días. Hay 1 persona más así."
    )


def test_who_left_with_forms_is_in_danger_and_comes_first(open_custody, handed_out, db, actor, now):
    beto = catalogue.load_holder(db, handed_out.beto)
    catalogue.end_holder(
        db,
        actor=actor,
        now=now,
        holder_id=beto.id,
        expected_version=beto.version,
        until=date(2024, 3, 7),
        reason="Renunció",
    )
    tab = open_custody()
    row = next(number for number, one in enumerate(tab.list.rows()) if one.holder.id == handed_out.beto)
    assert tab.list.model.cell(row, 7) == ("■ No vigente", "danger")
    step = tab.next_step()
    assert (step.title, step.button) == ("Pida la devolución", "Ver lo que tiene")
    tab.view_combo.setCurrentIndex(2)
    assert [one.holder.id for one in tab.list.rows()] == [handed_out.beto]
    step.run()
    tab.desk.tasks.wait_idle()
    assert tab.panel.name.text() == "EMPADRONADOR DOS PRUEBA"
    assert tab.panel.chip.word == "No vigente con formularios"


def test_the_panel_tells_ranges_since_when_and_by_which_movement(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.ana)
    assert tab.panel.name.text() == "EMPADRONADOR UNO PRUEBA"
    assert "DNI 4*****11" in tab.panel.about.text()
    fsu = [row for row in cells(tab.panel.list) if row[0] == "FSU"]
    assert [row[1:5] for row in fsu if row[3] == "En blanco"] == [
        ["000023-000250", "228", "En blanco", "04/03/2024"]
    ]
    assert {row[1]: row[5] for row in fsu}["000001-000020"] == "000006"
    assert ["CROQUIS", "Sin número", "10", "En blanco", "", ""] in cells(tab.panel.list)


def test_the_dni_is_never_shown_whole(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.ana)
    shown = [tab.panel.about.text(), tab.panel.about.toolTip(), tab.panel.account.toPlainText()]
    assert not any("40000011" in text for text in (*shown, str(tab.list.as_seen())))


def test_the_account_of_the_campaign_adds_up_in_words(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.ana)
    account = plain(tab.panel.account.toPlainText())
    assert "Empadronamiento 2024, al 08/03/2024" in account
    assert (
        "FSU: entregado 300 = 20 usado + 50 devuelto + 1 anulado + 1 extraviado + 0 deteriorado + 228 en poder."
    ) in account


def test_no_constancia_while_anything_is_held(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.beto)
    assert not tab.panel.no_debt_button.isEnabled()
    assert "mientras tenga FSU 000301-000400" in tab.panel.reason.text()
    handed_out.move(MovementKind.RETURN, "000301-000400", handed_out.beto, handed_out.store)
    tab.reload()
    tab.desk.tasks.wait_idle()
    go_to(tab, handed_out.beto)
    assert tab.panel.no_debt_button.isEnabled()
    tab.panel.no_debt_button.click()
    assert tab.asked == [("actas", ("no_debt", handed_out.beto))]


def test_the_day_s_return_opens_here_for_the_person_chosen(open_custody, handed_out):
    from sisfoh_desktop.modules.kardex.view.day_return_dialog import DayReturnDialog

    tab = open_custody()
    go_to(tab, handed_out.ana)
    assert tab.return_action.isEnabled()
    tab.return_action.trigger()
    tab.desk.tasks.wait_idle()
    [dialog] = tab.findChildren(DayReturnDialog)
    assert dialog.person.editor.text() == "EMPADRONADOR UNO PRUEBA"
    dialog.reject()
    assert tab.asked == []


def test_the_sheet_of_the_person_is_asked_for(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.ana)
    tab.panel.sheet_button.click()
    assert tab.asked == [("actas", ("daily_sheet", handed_out.ana))]


def test_people_with_nothing_can_be_shown_too(open_custody, handed_out):
    tab = open_custody()
    assert handed_out.digi not in {row.holder.id for row in tab.list.rows()}
    go_to(tab, handed_out.digi)
    assert tab.view_combo.currentIndex() == VIEWS.index(EVERYBODY)
    assert tab.list.selected().holder.id == handed_out.digi
    assert tab.panel.name.text() == "DIGITADOR UNO PRUEBA"
    assert tab.panel.list.empty_label.text() == "No tiene ningún formulario en su poder."
    assert tab.panel.no_debt_button.isEnabled()


def test_a_warehouse_is_shown_without_the_orders_for_people(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.store)
    assert tab.panel.name.text() == "Almacén ULE"
    assert "000401-002000" in {row[1] for row in cells(tab.panel.list)}
    for button in (tab.panel.return_button, tab.panel.sheet_button, tab.panel.no_debt_button):
        assert not button.isEnabled()
    tab.reload()
    tab.desk.tasks.wait_idle()
    assert tab.panel.name.text() == "Almacén ULE"
    tab.list.view.select_row(0)
    tab.desk.tasks.wait_idle()
    assert tab.panel.name.text() == "EMPADRONADOR DOS PRUEBA"


def test_enter_goes_to_the_ranges_and_from_a_range_to_its_life(open_custody, handed_out, qtbot):
    tab = open_custody()
    go_to(tab, handed_out.beto)
    tab.list.view.setFocus()
    qtbot.keyClick(tab.list.view, Qt.Key.Key_Return)
    assert tab.panel.list.view.hasFocus()
    qtbot.keyClick(tab.panel.list.view, Qt.Key.Key_Return)
    assert tab.asked == [("trace", "FSU 000301")]


def test_typing_filters_the_people(open_custody, handed_out, qtbot):
    tab = open_custody()
    tab.list.view.setFocus()
    qtbot.keyClicks(tab.list.view, "dos")
    assert {row[0] for row in cells(tab.list)} == {"EMPADRONADOR DOS PRUEBA"}


def test_a_reload_keeps_the_person(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.ana)
    handed_out.hand_out("000401-000450", handed_out.ana)
    tab.reload()
    tab.desk.tasks.wait_idle()
    assert tab.panel.holder_id == handed_out.ana
    assert "entregado 350" in plain(tab.panel.account.toPlainText())


def test_who_gave_the_last_form_back_stays_below(open_custody, handed_out):
    tab = open_custody()
    go_to(tab, handed_out.beto)
    handed_out.move(MovementKind.RETURN, "000301-000400", handed_out.beto, handed_out.store)
    tab.reload()
    tab.desk.tasks.wait_idle()
    assert handed_out.beto not in {row.holder.id for row in tab.list.rows()}
    assert tab.list.selected() is None
    assert tab.panel.holder_id == handed_out.beto
    assert tab.panel.list.empty_label.text() == "No tiene ningún formulario en su poder."
    assert tab.panel.no_debt_button.isEnabled()
    tab.list.view.select_row(0)
    tab.desk.tasks.wait_idle()
    assert tab.panel.holder_id == handed_out.ana


def test_one_who_still_has_another_form_is_chosen_by_it(open_custody, handed_out):
    tab = open_custody()
    row = next(
        one for one in tab.list.rows() if one.holder.id == handed_out.ana and one.key[1] == handed_out.croquis
    )
    tab.list.select(row.key)
    handed_out.move(MovementKind.RETURN, 10, handed_out.ana, handed_out.store)
    tab.reload()
    tab.desk.tasks.wait_idle()
    assert tab.list.selected().holder.id == handed_out.ana
    assert tab.panel.holder_id == handed_out.ana


def test_custody_goes_to_a_workbook(open_custody, handed_out, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "custodia.xlsx"), ""))
    tab = open_custody()
    tab.export_action.trigger()
    tab.desk.tasks.wait_idle()
    assert (tmp_path / "custodia.xlsx").read_bytes().startswith(b"PK")


def test_an_empty_office_says_so(desk, qtbot):
    tab = CustodyTab(desk)
    qtbot.addWidget(tab)
    tab.reload()
    desk.tasks.wait_idle()
    assert tab.list.empty_label.text() == "Nadie tiene formularios que devolver."
    assert tab.panel.name.text() == ""
    assert not tab.return_action.isEnabled()
