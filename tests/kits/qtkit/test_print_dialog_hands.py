"""The print dialogs under the hands of a clerk: where the cursor is, what a key does, and that nothing is cut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from sisfoh_desktop.qtkit import printers
from sisfoh_desktop.qtkit.print_dialog import PrintDialog
from sisfoh_desktop.qtkit.print_many import ManyItem, PrintManyDialog


def shown(qtbot, dialog: PrintDialog) -> PrintDialog:
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def papers() -> list[ManyItem]:
    return [ManyItem(f"Acta {number}", f"{number}.pdf", lambda: b"", number == 1) for number in (1, 2)]


@pytest.mark.parametrize("names", [[], ["Mesa de partes"]])
def test_nothing_is_cut_with_or_without_a_printer(qtbot, monkeypatch, names):
    monkeypatch.setattr(printers, "printer_names", lambda: names)
    dialog = shown(qtbot, PrintDialog("cargo", pages=3))
    assert dialog.findChild(QScrollArea).verticalScrollBar().maximum() == 0


def test_the_space_bar_ticks_a_paper_and_enter_prints(qtbot, monkeypatch):
    monkeypatch.setattr(printers, "printer_names", lambda: ["Mesa de partes"])
    dialog = shown(qtbot, PrintManyDialog(papers(), "cargo"))
    asked: list[int] = []
    monkeypatch.setattr(dialog, "submit", lambda: asked.append(len(dialog.chosen())))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert [one.title for one in dialog.chosen()] == ["Acta 1", "Acta 2"]
    assert asked == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert asked == [2]
