"""A grid by keyboard alone, as in Excel: typing, moving, selecting, the clipboard, undo, and the way out."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit import grid_table
from sisfoh_desktop.qtkit.grid_model import QUANTITY, GridColumn, GridRow
from sisfoh_desktop.qtkit.grid_table import Grid

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COLUMNS = [
    GridColumn("Unidad", lambda row: "ULE"),
    GridColumn("Actividad", lambda row: row.fact, stretch=True, width=160),
    *(GridColumn(f"M{number}", slot=number, kind=QUANTITY, name=f"mes {number}") for number in range(12)),
    GridColumn("Total", lambda row: str(sum(one for one in row.values if one is not None)), align="right"),
]
FIRST, LAST = 2, 14


@pytest.fixture
def room(qtbot):
    """A field, a grid of 40 rows and another field in a window of the smallest screen's room."""
    window = QWidget()
    layout = QVBoxLayout(window)
    window.before, window.after = QLineEdit(), QLineEdit()
    window.grid = Grid(COLUMNS, frozen=2, name="Metas", noun=("actividad", "actividades"))
    window.grid.set_rows(
        GridRow(number, f"Actividad {number}", [Decimal(number)] * 11 + [None]) for number in range(40)
    )
    for widget in (window.before, window.grid, window.after):
        layout.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(760, 420)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.grid.view.setFocus()
    window.grid.view.select_cell(0, FIRST)
    return window


def press(*keys: object) -> None:
    """Keys as a person hits them, on what has the focus: texts are typed, (key, modifiers) are pressed."""
    for one in keys:
        for key in one if isinstance(one, str) else [one]:
            target = QGuiApplication.focusObject()  # the first letter opens the field that gets the others
            assert isinstance(target, QWidget)
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            elif isinstance(key, tuple):
                QTest.keyClick(target, key[0], key[1])
            else:
                QTest.keyClick(target, key)


def values(grid: Grid, row: int) -> list[object]:
    return [None if value is None else int(value) for value in grid.model.row(row).values]


def test_typing_replaces_and_enter_goes_down(room):
    press("7040", Qt.Key.Key_Return, "8", Qt.Key.Key_Return)
    assert room.grid.model.row(0).values[0] == 7040
    assert room.grid.model.row(1).values[0] == 8
    assert room.grid.view.active() == (2, FIRST)
    press((Qt.Key.Key_Return, SHIFT))
    assert room.grid.view.active() == (1, FIRST)


def test_tab_goes_right_and_enter_to_where_the_row_began(room):
    press("1", Qt.Key.Key_Tab, "2", Qt.Key.Key_Tab, "3", Qt.Key.Key_Return)
    assert values(room.grid, 0)[:3] == [1, 2, 3]
    assert room.grid.view.active() == (1, FIRST)
    press((Qt.Key.Key_Backtab, SHIFT))
    assert room.grid.view.active() == (0, 13)  # the last cell of the row above that may be typed


def test_f2_edits_what_is_there_and_esc_gives_it_back(room):
    room.grid.view.select_cell(12, FIRST)
    press(Qt.Key.Key_F2, "5", Qt.Key.Key_Return)
    assert room.grid.model.row(12).values[0] == 125
    press(Qt.Key.Key_F2, "99", Qt.Key.Key_Escape)
    assert room.grid.model.row(13).values[0] == 13
    assert room.grid.view.hasFocus()


def test_arrows_end_what_was_typed_but_move_inside_what_is_edited(room):
    press("6", Qt.Key.Key_Right, "7", Qt.Key.Key_Down)
    assert values(room.grid, 0)[:2] == [6, 7]
    assert room.grid.view.active() == (1, FIRST + 1)
    room.grid.view.select_cell(12, FIRST)
    press(Qt.Key.Key_F2, Qt.Key.Key_Left, "3", Qt.Key.Key_Return)
    assert room.grid.model.row(12).values[0] == 132


def test_a_refused_number_stays_open_with_its_reason(room):
    press("7.040", Qt.Key.Key_Return)
    editor = room.grid.view.editor
    assert editor is not None
    assert editor.text() == "7.040"
    assert "dos maneras" in room.grid.message.text()
    assert "dos maneras" in editor.accessibleDescription()
    assert not room.grid.commit()
    press(Qt.Key.Key_Escape)
    assert values(room.grid, 0)[0] == 0


def test_leaving_with_a_refused_number_keeps_the_old_value(room):
    press("7.040")
    room.after.setFocus()
    assert room.grid.view.editor is None
    assert values(room.grid, 0)[0] == 0
    assert "dos maneras" in room.grid.message.text()


def test_leaving_keeps_what_was_typed(room):
    press("55")
    room.after.setFocus()
    assert values(room.grid, 0)[0] == 55
    assert room.after.hasFocus()


def test_a_cell_that_is_reckoned_says_so(room):
    room.grid.view.select_cell(0, LAST)
    press("5")
    assert room.grid.view.editor is None
    assert "se calcula" in room.grid.message.text()


def test_delete_blanks_the_block_as_one_step(room):
    room.grid.view.select_block((1, FIRST), (3, FIRST + 1))
    press(Qt.Key.Key_Delete)
    assert [values(room.grid, row)[:3] for row in (1, 2, 3)] == [[None, None, n] for n in (1, 2, 3)]
    assert room.grid.undo_action.text().replace("&", "") == "Deshacer borrar 6 celdas"
    press((Qt.Key.Key_Z, CTRL))
    assert values(room.grid, 2)[:2] == [2, 2]
    assert room.grid.view.block() == (1, FIRST, 3, FIRST + 1)
    press((Qt.Key.Key_Y, CTRL))
    assert values(room.grid, 2)[:2] == [None, None]


def test_ctrl_d_fills_the_block_down(room):
    room.grid.view.select_block((5, FIRST), (8, FIRST + 1))
    press((Qt.Key.Key_D, CTRL))
    assert [values(room.grid, row)[:2] for row in range(5, 10)] == [[5, 5]] * 4 + [[9, 9]]
    room.grid.view.select_cell(20, FIRST)
    press((Qt.Key.Key_D, CTRL))  # of one cell: the one above it
    assert values(room.grid, 20)[0] == 19
    assert room.grid.model.undo_stack.undoText() == "rellenar 1 celda"


def test_a_block_is_copied_cut_and_pasted(room, monkeypatch):
    asked = []
    monkeypatch.setattr(
        grid_table.PasteDialog, "ask", lambda _model, plan, _parent: asked.append(plan) or True
    )
    room.grid.view.select_block((1, FIRST), (2, FIRST + 2))
    press((Qt.Key.Key_C, CTRL))
    assert QGuiApplication.clipboard().text() == "1\t1\t1\n2\t2\t2\n"
    room.grid.view.select_cell(10, FIRST)
    press((Qt.Key.Key_V, CTRL))
    assert asked[0].cells == 6
    assert values(room.grid, 10)[:4] == [1, 1, 1, 10]
    assert room.grid.view.block() == (10, FIRST, 11, FIRST + 2)
    assert room.grid.undo_action.text().replace("&", "") == "Deshacer pegar 6 celdas"
    press((Qt.Key.Key_Z, CTRL))
    assert values(room.grid, 10)[:4] == [10] * 4
    room.grid.view.select_cell(3, FIRST)
    press((Qt.Key.Key_X, CTRL))
    assert values(room.grid, 3)[0] is None
    assert QGuiApplication.clipboard().text() == "3"


def test_the_preview_is_refused_and_nothing_changes(room, monkeypatch):
    monkeypatch.setattr(grid_table.PasteDialog, "ask", lambda *_all: False)
    room.grid.paste("1\t2\n3\t4\n")
    assert not room.grid.model.has_changes()
    assert room.grid.message.text() == "No se pegó nada."


def test_one_cell_is_pasted_without_a_preview(room, monkeypatch):
    monkeypatch.setattr(grid_table.PasteDialog, "ask", lambda *_all: pytest.fail("asked"))
    room.grid.paste("7,040\r\n")
    assert values(room.grid, 0)[0] == 7040
    room.grid.paste("7.040")
    assert values(room.grid, 0)[0] == 7040
    assert room.grid.message.text().startswith("No se pegó: «7.040»")
    room.grid.paste("")
    assert "no tiene celdas" in room.grid.message.text()


def test_copying_with_heads(room):
    room.grid.view.select_block((0, 1), (1, FIRST))
    press((Qt.Key.Key_C, CTRL | SHIFT))
    assert QGuiApplication.clipboard().text() == "Actividad\tmes 0\nActividad 0\t0\nActividad 1\t1\n"


def test_ctrl_arrows_home_and_end(room):
    view = room.grid.view
    press((Qt.Key.Key_Right, CTRL))
    assert view.active() == (0, 12)  # the last filled month
    press((Qt.Key.Key_Right, CTRL))
    assert view.active() == (0, LAST)
    press((Qt.Key.Key_Down, CTRL))
    assert view.active() == (39, LAST)
    press((Qt.Key.Key_Home, CTRL))
    assert view.active() == (0, FIRST)
    press((Qt.Key.Key_End, CTRL))
    assert view.active() == (39, LAST)
    press(Qt.Key.Key_Home)
    assert view.active() == (39, FIRST)
    press(Qt.Key.Key_Home)
    assert view.active() == (39, 0)


def test_shift_selects_and_typing_goes_into_the_first_cell(room):
    view = room.grid.view
    press((Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Down, SHIFT), (Qt.Key.Key_Down, SHIFT))
    assert view.block() == (0, FIRST, 2, FIRST + 1)
    assert view.active() == (0, FIRST)
    press((Qt.Key.Key_Down, CTRL | SHIFT))
    assert view.block() == (0, FIRST, 39, FIRST + 1)
    press("4", Qt.Key.Key_Return)
    assert values(room.grid, 0)[0] == 4
    press((Qt.Key.Key_Space, SHIFT))
    assert view.block() == (1, 0, 1, LAST)
    view.select_cell(3, FIRST)
    press((Qt.Key.Key_Space, CTRL))
    assert view.block() == (0, FIRST, 39, FIRST)
    press((Qt.Key.Key_E, CTRL))
    assert view.block() == (0, 0, 39, LAST)


def test_pages_and_the_last_row(room):
    view = room.grid.view
    press(Qt.Key.Key_PageDown)
    assert 3 < view.active()[0] < 20
    press(*[Qt.Key.Key_PageDown] * 8)
    assert view.active()[0] == 39
    press("1", Qt.Key.Key_Return)
    assert view.active()[0] == 39
    press(*[Qt.Key.Key_PageUp] * 12)
    assert view.active() == (0, FIRST)


def test_ctrl_tab_leaves_both_ways(room):
    press((Qt.Key.Key_Tab, CTRL))
    assert room.after.hasFocus()
    room.grid.view.setFocus()
    press((Qt.Key.Key_Backtab, CTRL | SHIFT))
    assert room.grid.filter_box.hasFocus()
    room.grid.view.setFocus()
    press("5", (Qt.Key.Key_Tab, CTRL))
    assert values(room.grid, 0)[0] == 5
    assert room.after.hasFocus()


def test_tab_leaves_a_grid_without_rows(room):
    room.grid.set_rows([])
    room.grid.view.setFocus()
    press(Qt.Key.Key_Tab)
    assert room.after.hasFocus()


def test_ctrl_f_filters_and_enter_goes_back_to_the_cells(room):
    press((Qt.Key.Key_F, CTRL))
    assert room.grid.filter_box.hasFocus()
    press("actividad 3", Qt.Key.Key_Return)
    assert room.grid.view.hasFocus()
    assert room.grid.count.text() == "13 de 40 actividades"
    press((Qt.Key.Key_F, CTRL), Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert room.grid.count.text() == "40 actividades"


def test_frozen_columns_stay_and_the_cursor_is_never_under_them(room):
    view = room.grid.view
    press((Qt.Key.Key_End, CTRL))
    assert view.horizontalScrollBar().value() > 0
    first = view.visualRect(room.grid.model.index(39, 0))
    assert first.left() == 0
    assert view.indexAt(QPoint(5, first.center().y())).column() == 0
    for column in range(LAST, FIRST - 1, -1):
        view.select_cell(39, column)
        assert view.visualRect(view.currentIndex()).left() >= view.frozen_width
    assert view.horizontalScrollBar().value() == 0


def test_the_mouse_selects_a_block_and_a_double_click_edits(room, qtbot):
    view = room.grid.view
    start = view.visualRect(room.grid.model.index(1, FIRST)).center()
    end = view.visualRect(room.grid.model.index(3, FIRST + 2)).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, end)
    assert view.block() == (1, FIRST, 3, FIRST + 2)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert view.editor is not None
    entered = []
    room.grid.row_entered.connect(entered.append)
    press(Qt.Key.Key_Escape)
    name = view.visualRect(room.grid.model.index(2, 1)).center()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert [row.key for row in entered] == [2]


def test_a_read_only_grid_answers_every_edit_with_its_sentence(room):
    room.grid.set_read_only("La versión está aprobada.")
    for keys in ("5", Qt.Key.Key_Delete, (Qt.Key.Key_V, CTRL), (Qt.Key.Key_D, CTRL)):
        room.grid.tell("")
        room.grid.view.select_cell(3, FIRST)
        press(keys)
        assert room.grid.message.text() == "La versión está aprobada."
    press((Qt.Key.Key_C, CTRL))
    assert QGuiApplication.clipboard().text() == "3"
    enabled = {one.text().partition("\t")[0]: one.isEnabled() for one in room.grid.build_menu().actions()}
    assert enabled["&Copiar"]
    assert not enabled["&Pegar…"]


def test_figures_are_never_cut(room):
    view = room.grid.view
    press("123456789.1234", Qt.Key.Key_Return)
    room.grid.grab()
    QTest.qWait(1)
    text = room.grid.model.index(0, FIRST).data()
    assert view.columnWidth(FIRST) > view.fontMetrics().horizontalAdvance(text)


def test_the_cursor_stays_on_its_row_when_rows_come_again(room):
    room.grid.view.select_cell(7, 5)
    room.grid.set_rows(GridRow(number, f"Actividad {number}", [None] * 12) for number in range(5, 40))
    assert room.grid.view.active() == (2, 5)
    assert room.grid.select(30)
    assert room.grid.current_row().key == 30
    room.grid.filter_box.setText("actividad 6")
    assert room.grid.select(31)
    assert room.grid.model.rowCount() == 35
    assert not room.grid.select(99)


def test_an_empty_grid_says_one_sentence_and_offers_one_thing(qtbot):
    done = []
    grid = Grid(COLUMNS, empty_text="No hay metas.", empty_button="Importar", on_empty=lambda: done.append(1))
    qtbot.addWidget(grid)
    grid.show()
    grid.set_rows([])
    assert grid._empty.label.text() == "No hay metas."
    grid._empty.button.click()
    assert done == [1]
    assert grid.as_seen() == (["Unidad", "Actividad", *(f"mes {n}" for n in range(12)), "Total"], [])
