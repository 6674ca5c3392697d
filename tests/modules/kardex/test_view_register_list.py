"""The list of the register: piece by piece, filtered, copied and exported, left for the blank row."""

from io import BytesIO

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import exporting
from sisfoh_desktop.qtkit.row_filters import ColumnFilter

Key = Qt.Key


def test_the_list_goes_up_page_by_page_and_stays_where_it_was(clerk, kardex_office, monkeypatch):
    from sisfoh_desktop.modules.kardex.view import register_pages

    monkeypatch.setattr(register_pages, "PAGE", 30)
    kardex_office.receive("000001-001000")
    for number in range(100):
        kardex_office.hand_out(f"{number + 1}", kardex_office.ana)
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    model = clerk.tab.list.model
    assert model.facts[-1].number == 101
    assert model.rowCount() < 101
    bar = clerk.tab.list.view.verticalScrollBar()
    for _ in range(6):
        bar.setValue(0)
        clerk.desk.tasks.wait_idle()
    numbers = [line.number for line in model.facts]
    assert numbers == list(range(1, 102))
    assert clerk.tab.foot.text().startswith("101 movimientos")


def test_filters_narrow_the_list_and_are_taken_off(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004510", kardex_office.ana, document="Acta 7")
    kardex_office.hand_out("004511-004520", kardex_office.beto)
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    clerk.tab.focus_filter()
    clerk.keys("acta 7", Key.Key_Return)
    assert [line.number for line in clerk.tab.list.model.facts] == [2]
    clerk.tab.filters.clear_button.click()
    clerk.desk.tasks.wait_idle()
    assert clerk.tab.list.model.rowCount() == 3
    clerk.tab.filters.number.setFocus()
    clerk.keys("004515", Key.Key_Return)
    assert [line.number for line in clerk.tab.list.model.facts] == [1, 3]
    clerk.tab.filters.clear()
    clerk.tab.filters.person.setFocus()
    clerk.keys("uno|")
    assert [line.number for line in clerk.tab.list.model.facts] == [2]


def test_escape_in_the_filter_takes_it_off_then_leaves_for_the_list_and_keeps_the_row(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    clerk.page.reload()
    clerk.keys("|dis|fsu")
    clerk.tab.focus_filter()
    typed = clerk.cells()
    assert typed["kind"] == "Distribución"
    clerk.keys("acta 7", Key.Key_Return)
    clerk.keys(Key.Key_Escape)
    assert clerk.tab.filters.text.text() == ""
    assert [line.number for line in clerk.tab.list.model.facts] == [1]
    clerk.keys(Key.Key_Escape)
    assert QApplication.focusWidget() is clerk.tab.list.view
    clerk.tab.focus_filter()
    clerk.keys(Key.Key_Down)
    assert QApplication.focusWidget() is clerk.tab.list.view
    assert clerk.cells() == typed


def test_copying_takes_the_heads_along(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    clerk.keys(Key.Key_Up)
    clerk.qtbot.keyClick(clerk.tab.list.view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, row = QGuiApplication.clipboard().text().splitlines()
    assert heads.startswith("N°\tFecha\tMovimiento")
    assert "004501\t005000\t500" in row


def test_the_export_holds_all_that_fits_the_filters(clerk, kardex_office, monkeypatch, tmp_path):
    from io import BytesIO

    from openpyxl import load_workbook
    from PySide6.QtWidgets import QFileDialog

    from sisfoh_desktop.modules.kardex.view import register_pages

    monkeypatch.setattr(register_pages, "PAGE", 5)
    kardex_office.receive("000001-001000")
    for number in range(12):
        kardex_office.hand_out(f"{number + 1}", kardex_office.ana)
    kardex_office.hand_out("000100", kardex_office.beto)
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    clerk.tab.filters.person.setFocus()
    clerk.keys("empadronador uno|")
    path = tmp_path / "registro.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(path), ""))
    assert clerk.page.export_list()
    clerk.desk.tasks.wait_idle()
    told = [
        cell.value for row in load_workbook(BytesIO(path.read_bytes())).active.iter_rows() for cell in row
    ]
    assert "000012" in told
    assert "000100" not in told


def test_several_ranges_show_the_first_number_and_the_rest_in_the_tip(clerk, kardex_office):
    kardex_office.receive("004501-004516, 004518-004550")
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    assert clerk.tab.list.as_seen()[1][-1][6:9] == ["004501", "y otros", "49"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_F2])
def test_enter_or_f2_on_a_registered_row_opens_it(clerk, kardex_office, key):
    from sisfoh_desktop.modules.kardex.view.movement_dialog import MovementDialog

    kardex_office.receive("004501-005000")
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    clerk.keys(Key.Key_Up)
    clerk.keys(key)
    [dialog] = clerk.tab.findChildren(MovementDialog)
    assert dialog.head.text().startswith("Recepción de 500 FSU")
    dialog.accept()


def test_the_arrow_down_leaves_the_list_for_the_blank_row(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    clerk.page.reload()
    clerk.desk.tasks.wait_idle()
    clerk.keys(Key.Key_Up)
    assert clerk.tab.list.view.hasFocus()
    clerk.keys(Key.Key_Down)
    assert clerk.at() == "day"


def test_ctrl_home_and_end_reach_the_ends_of_a_register_longer_than_what_is_held(
    clerk, kardex_office, monkeypatch
):
    monkeypatch.setattr("sisfoh_desktop.modules.kardex.view.register_pages.PAGE", 3)
    monkeypatch.setattr("sisfoh_desktop.modules.kardex.view.register_pages._FULL", 0)
    for number in range(1, 9):
        kardex_office.receive(f"{number:06d}-{number:06d}")
    clerk.tab.reload()
    clerk.desk.tasks.wait_idle()
    movements = clerk.tab.list
    movements.view.setFocus()
    assert movements.model.earlier
    clerk.qtbot.keyClick(movements.view, Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    clerk.desk.tasks.wait_idle()
    assert (movements.selected().number, movements.view.currentIndex().row()) == (1, 0)
    assert not movements.model.earlier
    clerk.qtbot.keyClick(movements.view, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    clerk.desk.tasks.wait_idle()
    assert movements.selected().number == 8
    assert not movements.model.later


def test_columns_filter_the_whole_register_not_only_what_is_held(clerk, kardex_office, monkeypatch):
    monkeypatch.setattr("sisfoh_desktop.modules.kardex.view.register_pages.PAGE", 3)
    kardex_office.receive("000001-000001")
    kardex_office.hand_out("000001", kardex_office.ana)
    for number in range(2, 9):
        kardex_office.receive(f"{number:06d}-{number:06d}")
    clerk.tab.reload()
    clerk.desk.tasks.wait_idle()
    movements = clerk.tab.list
    assert ("Distribución", 0) in movements.filter_choices(2)[1]
    movements.set_column_filters({"Movimiento": ColumnFilter(values=("Distribución",))})
    clerk.desk.tasks.wait_idle()
    assert [line.kind for line in movements.model.facts] == [MovementKind.HAND_OUT]
    assert "con estos filtros" in clerk.tab.foot.text()
    book = exporting.register_workbook(
        clerk.desk.db, campaign_id=kardex_office.campaign, keep=movements.keeper()
    )
    cells = {row[2] for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True)}
    assert "Distribución" in cells
    assert "Recepción" not in cells
    movements.set_column_filters({"Cant.": ColumnFilter(low="5")})
    clerk.desk.tasks.wait_idle()
    assert movements.empty.label.text() == "Ningún movimiento coincide con los filtros."
    movements.empty.button.click()
    clerk.desk.tasks.wait_idle()
    assert movements.model.rowCount() == 9


def test_an_empty_register_says_one_sentence_and_shows_it_whole(clerk):
    empty = clerk.tab.list.empty
    assert empty.label.text().count(".") == 1
    assert empty.button.text() == "Importar…"
    shown = [one for one in (empty.label, empty.button, empty.example_button) if not one.isHidden()]
    assert all(one.geometry().bottom() <= empty.height() for one in shown)
    assert all(one.height() >= one.sizeHint().height() for one in shown[1:])
