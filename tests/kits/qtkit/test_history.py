"""The history on screen: newest first, read only when it is looked at, details word by word."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel, QTabWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.history import Change, HistoryLine
from sisfoh_desktop.qtkit.history import TAB_TITLE, HistoryDialog, HistoryTab

LINES = [
    HistoryLine(
        2,
        datetime(2024, 3, 8, 10, 5, tzinfo=LIMA),
        "ana · ULE",
        "Borrador corregido",
        (Change("Asunto", "Uno", "Dos"), Change("Lleva Anexo 01", "no", "sí")),
        "Se equivocó",
    ),
    HistoryLine(1, datetime(2024, 3, 7, 9, 0, tzinfo=LIMA), "ana · ULE", "Borrador preparado"),
]


@pytest.fixture
def tabs(qtbot):
    """A record with the history in its second tab."""
    made = QTabWidget()
    made.addTab(QLabel("Datos"), "Datos")
    made.addTab(HistoryTab(), TAB_TITLE)
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_history_is_read_when_its_tab_is_opened_and_again_after_a_change(tabs, tasks):
    asked = []

    def load():
        asked.append(1)
        return LINES

    tab = tabs.widget(1)
    tab.follow(tasks, 1, load)
    tasks.wait_idle()
    assert asked == []
    tabs.setCurrentIndex(1)
    tasks.wait_idle()
    assert asked == [1]
    assert tab.list.as_seen()[1][0] == [
        "08/03/2024 10:05", "ana · ULE", "Borrador corregido",
        "Asunto: Uno → Dos; Lleva Anexo 01: no → sí; Motivo: Se equivocó",
    ]  # fmt: skip
    tab.reload()
    tasks.wait_idle()
    tabs.setCurrentIndex(0)
    tab.reload()
    tasks.wait_idle()
    assert asked == [1, 1]
    tabs.setCurrentIndex(1)
    tasks.wait_idle()
    assert asked == [1, 1, 1]


def test_the_change_chosen_is_told_below_word_by_word(tabs, tasks):
    tabs.setCurrentIndex(1)
    tab = tabs.widget(1)
    tab.follow(tasks, 1, lambda: LINES)
    tasks.wait_idle()
    assert tab.details.toPlainText().splitlines() == [
        "Borrador corregido. 08/03/2024 10:05, ana · ULE.",
        "Asunto: Uno → Dos",
        "Lleva Anexo 01: no → sí",
        "Motivo: Se equivocó",
    ]
    tab.list.select(1)
    assert tab.details.toPlainText() == "Borrador preparado. 07/03/2024 09:00, ana · ULE."


def test_another_record_takes_the_place_of_the_one_before(tabs, tasks):
    tabs.setCurrentIndex(1)
    tab = tabs.widget(1)
    tab.follow(tasks, 1, lambda: LINES)
    tab.follow(tasks, 2, lambda: LINES[1:])
    tasks.wait_idle()
    assert [row[2] for row in tab.list.as_seen()[1]] == ["Borrador preparado"]
    tab.follow(tasks, 3, list)
    assert tab.list.rows() == []
    assert tab.details.toPlainText() == ""


def test_what_is_chosen_stays_when_the_same_record_is_read_again(tabs, tasks):
    tabs.setCurrentIndex(1)
    tab = tabs.widget(1)
    tab.follow(tasks, 1, lambda: LINES)
    tasks.wait_idle()
    tab.list.select(1)
    tab.follow(tasks, 1, lambda: LINES)
    tasks.wait_idle()
    assert tab.list.selected().id == 1


def test_the_dialog_shows_the_same_and_only_closes(tabs, tasks, qtbot):
    dialog = HistoryDialog.show_for(tabs, tasks, "Resolución 091-2024", lambda: LINES)
    tasks.wait_idle()
    assert dialog.windowTitle() == "Historial: Resolución 091-2024"
    assert len(dialog.tab.list.rows()) == 2
    assert dialog.cancel_button.isHidden()
    with qtbot.waitSignal(dialog.finished):
        dialog.primary_button.click()


def test_the_model_keeps_qt_s_rules(tabs, tasks, qtmodeltester):
    tabs.setCurrentIndex(1)
    tabs.widget(1).follow(tasks, 1, lambda: LINES)
    tasks.wait_idle()
    qtmodeltester.check(tabs.widget(1).list.model)
