"""What is asked about a list, by keyboard: Space marks, Enter ends the dialog with what is marked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from sisfoh_desktop.qtkit.row_dialogs import ColumnFilterDialog, ColumnsDialog
from sisfoh_desktop.qtkit.row_filters import DAYS, TEXTS, ColumnFilter


def standing(dialog: QDialog, qtbot) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.choices.setFocus()
    qtbot.waitUntil(dialog.choices.hasFocus)


def test_enter_filters_by_the_value_that_space_marked(qtbot):
    dialog = ColumnFilterDialog("Estado", ColumnFilter(), TEXTS, [("Vigente", 2), ("Vencido", 1)])
    standing(dialog, qtbot)
    dialog.choices.setCurrentRow(1)
    qtbot.keyClick(dialog.choices, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.choices, Qt.Key.Key_Return)
    assert dialog.wanted == ColumnFilter(values=("Vencido",))
    assert not dialog.isVisible()


def test_enter_hides_the_column_that_space_unmarked(qtbot):
    dialog = ColumnsDialog(["Plan", "Estado", "Fecha"], [0, 1, 2])
    standing(dialog, qtbot)
    dialog.choices.setCurrentRow(1)
    qtbot.keyClick(dialog.choices, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.choices, Qt.Key.Key_Return)
    assert dialog.chosen == ([0, 1, 2], [1])
    assert not dialog.isVisible()


def test_enter_goes_from_the_first_day_to_the_last(qtbot):
    dialog = ColumnFilterDialog("Fecha", ColumnFilter(), DAYS, [])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    low, high = (dialog.form.fields[name].editor for name in ("low", "high"))
    low.setFocus()
    qtbot.waitUntil(low.hasFocus)
    qtbot.keyClicks(low, "01/03/2024")
    qtbot.keyClick(low, Qt.Key.Key_Return)
    assert high.hasFocus()
    assert dialog.isVisible()
    qtbot.keyClicks(high, "31/03/2024")
    qtbot.keyClick(high, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.wanted.asks
