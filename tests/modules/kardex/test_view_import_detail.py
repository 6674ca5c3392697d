"""The chosen row of a reviewed file in full: of the list on view, with its sheet, never cut."""

import io
from pathlib import Path

import pytest
from kardex_office import make_office
from openpyxl import Workbook
from PySide6.QtWidgets import QScrollArea

from sisfoh_desktop.modules.kardex.view.import_dialog import ImportDialog
from sisfoh_desktop.qtkit import import_frame, screen_room
from sisfoh_desktop.qtkit.theme import theme

HEAD = ["Fecha", "Operación", "Ficha", "Origen", "Destino", "Desde", "Hasta", "Cant.", "Documento"]
ROWS = [
    ["01/03/2024", "Ingreso", "FSU", "", "", "000001", "000500", 500, "Guía 1"],
    ["05/03/2024", "Uso", "FSU", "EMPADRONADR UNO PRUEBA", "", "1", "10", 10, ""],
    ["V°B° responsable", *[""] * 8],
]


@pytest.fixture
def dialog(desk, qapp, qtbot) -> ImportDialog:
    theme().start(qapp, "light", scale=100)
    office = make_office(desk.db, desk.actor, desk.clock.now())
    made = ImportDialog(desk, office.campaign)
    qtbot.addWidget(made)
    yield made
    theme().set_scale(100)


def review(dialog: ImportDialog, desk, folder: Path, *sheets: str) -> None:
    book = Workbook()
    book.remove(book.active)
    for number, name in enumerate(sheets):
        sheet = book.create_sheet(name)
        for row in [HEAD, *(ROWS if number == 0 else ROWS[1:])]:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    path = folder / "kardex.xlsx"
    path.write_bytes(out.getvalue())
    dialog.review(path)
    desk.tasks.wait_idle()


def test_the_detail_follows_the_list_on_view(dialog, desk, tmp_path):
    review(dialog, desk, tmp_path, "Marzo")
    assert "La fila dice: 05/03/2024 · Uso" in dialog.detail.text()
    dialog.lists.setCurrentIndex(0)
    assert dialog.detail.text().startswith("Se registra Recepción: ")
    assert "Guía 1" in dialog.detail.text()
    dialog.lists.setCurrentIndex(2)
    assert "V°B° responsable" in dialog.detail.text()
    assert "Hoja" not in dialog.detail.text()
    assert dialog.unread.as_seen()[1][0][0] == "4"


def test_with_several_sheets_each_row_is_told_with_its_own(dialog, desk, tmp_path):
    review(dialog, desk, tmp_path, "Marzo", "Abril")
    assert [row[0] for row in dialog.waiting.as_seen()[1]] == ["Marzo, 3", "Abril, 2"]
    assert dialog.detail.text().startswith("Hoja Marzo, fila 3. ")
    dialog.waiting.view.select_row(1)
    assert dialog.detail.text().startswith("Hoja Abril, fila 2. ")


@pytest.mark.parametrize(("scale", "room"), [(100, (1366, 728)), (140, (1366, 728)), (100, (1920, 1040))])
def test_nothing_scrolls_but_the_lists_and_the_detail_is_whole(
    dialog, desk, tmp_path, monkeypatch, scale, room
):
    from PySide6.QtCore import QRect

    for module in (screen_room, import_frame):
        monkeypatch.setattr(module, "screen_room", lambda _widget: QRect(0, 0, *room))
    theme().set_scale(scale)
    dialog.show()
    review(dialog, desk, tmp_path, "Marzo")
    dialog.fit()
    desk.tasks.wait_idle()
    [scroll] = [one for one in dialog.findChildren(QScrollArea) if one.widget() is dialog.detail.parent()]
    assert scroll.verticalScrollBar().maximum() == 0
    assert dialog.detail.geometry().bottom() <= scroll.widget().height()
    lines = 4 * dialog.detail.fontMetrics().lineSpacing()
    assert dialog.detail.viewport().height() >= lines
