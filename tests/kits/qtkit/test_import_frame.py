"""The frame of an import: lists with their counts, notes that are not too many, what was imported handed back."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.qtkit.import_frame import ImportFrame, ReviewLists, first_notes, show_words, words_label
from sisfoh_desktop.qtkit.page import Desk


def test_the_lists_say_how_many_rows_they_have_once_a_file_was_reviewed(qtbot):
    lists = ReviewLists(("C&uadran", "&No cuadran"), (QWidget(), QWidget()))
    qtbot.addWidget(lists)
    words = [lists.tabText(at) for at in range(2)]
    lists.count_rows((12, 0))
    assert [lists.tabText(at) for at in range(2)] == ["C&uadran (12)", "&No cuadran (0)"]
    lists.count_rows(None)
    assert [lists.tabText(at) for at in range(2)] == words == ["C&uadran", "&No cuadran"]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, ""), (2, "1\n2"), (3, "1\n2\n… y 1 aviso más."), (9, "1\n2\n… y 7 avisos más.")]
)
def test_only_the_first_notes_are_told(count, shown):
    assert first_notes([str(one) for one in range(1, count + 1)], 2) == shown


def test_words_are_seen_while_there_are_some(qtbot):
    label = words_label("caption")
    qtbot.addWidget(label)
    assert label.isHidden()
    show_words(label, "<b>Hoja</b>")
    assert not label.isHidden()
    assert label.text() == "<b>Hoja</b>"
    show_words(label, "")
    assert label.isHidden()


@pytest.mark.parametrize("result", [7, None])
def test_what_was_imported_is_handed_back(qtbot, tasks, monkeypatch, result):
    class Import(ImportFrame):
        def __init__(self, desk, about, parent=None):
            super().__init__(desk, f"Importar {about}", parent)
            self.set_body(QLabel(""))

        def exec(self):
            if result is None:
                self.reject()
            else:
                self._on_imported(result)

    desk = Desk(None, None, tasks, FixedClock(datetime(2024, 3, 8, 10, tzinfo=LIMA)))
    assert Import.ask(desk, 2024) == result
