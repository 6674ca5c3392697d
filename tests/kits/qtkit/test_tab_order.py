"""Tab in a dialog: every control once and round again, also before the part that a compound gives its cursor to."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_table import Column, RowTable


def dialog_with_compound(qtbot):
    """A filter above a list, the list being where the compound gives the cursor."""
    dialog = TaskDialog("Prueba", primary="Guardar")
    qtbot.addWidget(dialog)
    compound = QWidget()
    box = QVBoxLayout(compound)
    fields = [QLineEdit() for _ in range(3)]
    for field in fields:
        box.addWidget(field)
    compound.setFocusProxy(fields[1])
    dialog.set_body(compound)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog, fields


def stops(count, modifier=Qt.KeyboardModifier.NoModifier):
    found = []
    for _ in range(count):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, modifier)
        found.append(QApplication.focusWidget())
    return found


def test_what_stands_before_the_chosen_part_is_reached(qtbot):
    dialog, fields = dialog_with_compound(qtbot)
    dialog.cancel_button.setFocus()
    round_of_tab = stops(5)
    assert set(round_of_tab) == {*fields, dialog.primary_button, dialog.cancel_button}
    assert round_of_tab[-1] is dialog.cancel_button


def test_shift_tab_goes_the_same_way_back(qtbot):
    _dialog, fields = dialog_with_compound(qtbot)
    fields[2].setFocus()
    assert stops(2, Qt.KeyboardModifier.ShiftModifier) == [fields[1], fields[0]]


def test_what_cannot_be_used_is_no_stop(qtbot):
    _dialog, fields = dialog_with_compound(qtbot)
    fields[1].setEnabled(False)
    fields[0].setFocus()
    assert stops(1) == [fields[2]]


def test_a_single_control_keeps_the_cursor(qtbot):
    dialog, fields = dialog_with_compound(qtbot)
    for one in (*fields[1:], dialog.primary_button, dialog.cancel_button):
        one.setEnabled(False)
    fields[0].setFocus()
    assert stops(1) == [fields[0]]


def test_from_the_filter_of_a_list_tab_goes_to_its_rows(qtbot):
    dialog = TaskDialog("Prueba", primary="Guardar")
    qtbot.addWidget(dialog)
    body = QWidget()
    box = QVBoxLayout(body)
    above = QLineEdit()
    one, other = (RowTable([Column("Nombre", str)], name=name) for name in ("Una", "Otra"))
    for widget in (above, one, other):
        box.addWidget(widget)
    dialog.set_body(body)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    one.set_rows(["a", "b"])
    other.set_rows(["c"])
    above.setFocus()
    there = stops(4)
    assert there == [one.filter_box, one.view, other.filter_box, other.view]
    assert stops(4, Qt.KeyboardModifier.ShiftModifier) == [*reversed(there[:-1]), above]
    one.focus_filter()
    assert stops(1) == [one.view]


def test_tab_goes_from_the_rows_to_the_chips_that_came_above_them(qtbot):
    dialog = TaskDialog("Prueba", primary="Guardar")
    qtbot.addWidget(dialog)
    table = RowTable([Column("Plan", str)], name="Planes", noun=("plan", "planes"))
    table.set_rows(["Calana", "Pocollay"])
    dialog.set_body(table)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    table.set_column_filters({"Plan": ColumnFilter(words="calana")})
    table.view.setFocus()
    chips = table.orders.chips.buttons
    assert stops(3) == [*chips, dialog.primary_button]
    assert stops(3, Qt.KeyboardModifier.ShiftModifier) == [*reversed(chips), table.view]
    QTest.keyClick(table.view, Qt.Key.Key_Tab)
    QTest.keyClick(chips[0], Qt.Key.Key_Space)
    assert table.model.column_filters == {}
    assert table.view.hasFocus()
