"""Existencias over the real services: the balance of each type, who holds it, the ranges, and where Enter leads."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.view.stock_tab import StockTab

FIRST, LATER = date(2024, 3, 4), date(2024, 3, 6)


@pytest.fixture
def open_stock(desk, kardex_office, qtbot):
    """Open the tab as the page does; `asked` gathers what it asks of the page."""

    def open_it() -> StockTab:
        tab = StockTab(desk)
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
def stocked(kardex_office):
    """20 000 FSU received, 500 handed out: 120 used, 1 annulled, 1 lost; 40 croquis."""
    office = kardex_office
    office.receive("000001-020000", FIRST)
    office.hand_out("000001-000500", office.ana, FIRST)
    office.move(MovementKind.USE, "000001-000122 menos 000017, 000033", office.ana, day=LATER)
    office.move(MovementKind.ANNULMENT, "000017", office.ana, day=LATER)
    office.move(MovementKind.LOSS, "000033", office.ana, day=LATER)
    office.receive(40, FIRST)
    return office


def cells(table) -> list[list[str]]:
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def test_a_line_tells_the_whole_balance_of_a_type(open_stock, stocked):
    tab = open_stock()
    fsu = next(row for row in cells(tab.list) if row[0].startswith("FSU"))
    assert fsu[1:] == ["20 000", "19 500", "378", "120", "1", "1", "0", "0", "39", "1 000"]


def test_figures_stand_at_the_right(open_stock, stocked):
    model = open_stock().list.model
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for column in range(1, model.columnCount()):
        assert model.data(model.index(0, column), Qt.ItemDataRole.TextAlignmentRole) == right


def test_no_figure_is_cut(open_stock, stocked):
    table = open_stock().list
    metrics = table.view.fontMetrics()
    for number, column in enumerate(table.model.columns[1:], start=1):
        texts = [column.title, *(table.model.cell(row, number)[0] for row in range(table.model.rowCount()))]
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        assert table.view.columnWidth(number) >= widest + 16, column.title


def test_the_identity_of_the_chosen_type_is_said_in_words(open_stock, stocked):
    tab = open_stock()
    tab.show_part(stocked.fsu)
    assert tab.identity.text().replace("\u00a0", " ") == (
        "FSU: recibido 20 000 = 19 500 en almacén + 378 en poder + 120 usado + 1 anulado + 1 extraviado. "
        "En almacén, 39 paquetes de 500."
    )
    tab.show_part(stocked.s100)
    assert tab.identity.text() == "S100: todavía no se recibió ninguno."


def test_a_type_below_its_minimum_is_marked_and_is_the_next_step(open_stock, kardex_office):
    kardex_office.receive("000001-000900", FIRST)
    tab = open_stock()
    tab.show_part(kardex_office.fsu)
    assert tab.list.model.cell(tab.list.view.currentIndex().row(), 10) == ("▲ Bajo", "warn")
    assert tab.detail.chip.word == "Bajo el mínimo"
    step = tab.next_step()
    assert step.title == "Reponga FSU"
    assert f"quedan 900 y el mínimo es {format_number(1000)}" in step.text
    step.run()
    assert tab.asked == [("actas", ("card", kardex_office.fsu))]


def test_enough_stock_asks_for_nothing(open_stock, stocked):
    assert open_stock().next_step() is None


def test_who_holds_the_chosen_type_and_its_ranges(open_stock, stocked, desk):
    tab = open_stock()
    tab.show_part(stocked.fsu)
    desk.tasks.wait_idle()
    assert cells(tab.detail.holders) == [
        ["Almacén ULE", "En blanco", "19 500"],
        ["EMPADRONADOR UNO PRUEBA", "En blanco", "378"],
        ["EMPADRONADOR UNO PRUEBA", "Usado", "120"],
        ["EMPADRONADOR UNO PRUEBA", "Anulado", "1"],
        ["EMPADRONADOR UNO PRUEBA", "Extraviado", "1"],
    ]
    assert [row[0] for row in cells(tab.detail.ranges)] == ["000501-020000"]
    assert tab.detail.holders.select((stocked.fsu, stocked.ana, Condition.USED.value))
    desk.tasks.wait_idle()
    assert [row[:3] for row in cells(tab.detail.ranges)] == [
        ["000001-000016", "16", "06/03/2024"],
        ["000018-000032", "15", "06/03/2024"],
        ["000034-000122", "89", "06/03/2024"],
    ]
    assert tab.detail.ranges_text.text() == "000001-000016, 000018-000032, 000034-000122"
    assert "000034-000122" in tab.detail.ranges_text.toolTip()


def test_the_rows_of_the_ranges_reach_the_frame(open_stock, stocked, desk):
    view = open_stock().detail.ranges.view
    assert sum(map(view.columnWidth, range(view.model().columnCount()))) >= view.viewport().width()


def test_the_ranges_are_copied_as_they_are_typed(open_stock, stocked, desk):
    tab = open_stock()
    tab.show_part(stocked.fsu)
    tab.detail.holders.select((stocked.fsu, stocked.ana, Condition.USED.value))
    desk.tasks.wait_idle()
    tab.detail.copy_button.click()
    assert QGuiApplication.clipboard().text() == "000001-000016, 000018-000032, 000034-000122"


def test_articles_without_number_have_holders_and_no_ranges(open_stock, stocked, desk):
    tab = open_stock()
    tab.show_part(stocked.croquis)
    desk.tasks.wait_idle()
    assert cells(tab.detail.holders) == [["Almacén ULE", "En blanco", "40"]]
    assert tab.detail.ranges.rows() == []
    assert "no lleva número" in tab.detail.ranges.empty_label.text()
    assert not tab.detail.copy_button.isEnabled()


def test_enter_goes_from_the_type_to_its_holders_to_custody_and_to_the_trace(
    open_stock, stocked, desk, qtbot
):
    tab = open_stock()
    tab.show_part(stocked.fsu)
    tab.list.view.setFocus()
    qtbot.keyClick(tab.list.view, Qt.Key.Key_Return)
    assert tab.detail.holders.view.hasFocus()
    qtbot.keyClick(tab.detail.holders.view, Qt.Key.Key_Down)
    qtbot.keyClick(tab.detail.holders.view, Qt.Key.Key_Return)
    desk.tasks.wait_idle()
    tab.detail.ranges.view.setFocus()
    qtbot.keyClick(tab.detail.ranges.view, Qt.Key.Key_Return)
    assert tab.asked == [("custody", stocked.ana), ("trace", "FSU 000123")]


def test_the_card_of_the_chosen_type_is_asked_for(open_stock, stocked):
    tab = open_stock()
    tab.show_part(stocked.s100)
    tab.card_action.trigger()
    assert tab.asked == [("actas", ("card", stocked.s100))]


def test_the_chosen_type_stays_after_a_reload(open_stock, stocked, desk):
    tab = open_stock()
    tab.show_part(stocked.fsu)
    stocked.hand_out("000501-000600", stocked.beto)
    tab.reload()
    desk.tasks.wait_idle()
    assert tab.list.selected().form_type.id == stocked.fsu
    assert "478 en poder" in tab.identity.text()
    assert [row[0] for row in cells(tab.detail.holders)].count("EMPADRONADOR DOS PRUEBA") == 1


def test_a_type_asked_for_before_the_list_came_is_chosen(open_stock, stocked, desk, qtbot):
    tab = StockTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = stocked.campaign
    tab.reload()
    tab.show_part(stocked.s100)
    desk.tasks.wait_idle()
    assert tab.list.selected().form_type.id == stocked.s100


def test_the_stock_goes_to_a_workbook(open_stock, stocked, desk, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "existencias"), ""))
    open_stock().export_action.trigger()
    desk.tasks.wait_idle()
    assert (tmp_path / "existencias.xlsx").read_bytes().startswith(b"PK")


def test_without_a_campaign_the_way_to_the_catalogue_is_offered(desk, qtbot):
    tab = StockTab(desk)
    qtbot.addWidget(tab)
    asked = []
    tab.open_tab.connect(lambda key, part: asked.append((key, part)))
    tab.reload()
    desk.tasks.wait_idle()
    assert not tab.card_action.isEnabled()
    tab.list.empty_button.click()
    assert asked == [("catalogue", None)]
