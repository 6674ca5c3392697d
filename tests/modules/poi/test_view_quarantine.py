"""The quarantine at the window: the row as in its file, its readings, chosen by keyboard, one after another."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from poi_rows import figures_of, meanings_of, row_of
from poi_seed import SEED
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.poi.rules.import_plan import FiveNumbers, ImportResult, read_by_hand
from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.service import importing, plans, quarantine
from sisfoh_desktop.modules.poi.view import quarantine_tab
from sisfoh_desktop.modules.poi.view.import_dialog import ImportDialog
from sisfoh_desktop.modules.poi.view.import_rows import numbers_words
from sisfoh_desktop.modules.poi.view.quarantine_dialogs import DiscardDialog, ManyDialog
from sisfoh_desktop.modules.poi.view.quarantine_hand import FiguresSheet, HandDialog
from sisfoh_desktop.modules.poi.view.quarantine_tab import QuarantineTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.sheets.cells import read_number


@pytest.fixture
def tab(desk: Desk, qtbot) -> QuarantineTab:
    """The tab over the imported seed."""
    importing.import_file(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        year=2019,
        file_name=SEED.name,
        data=SEED.read_bytes(),
    )
    made = QuarantineTab(desk)
    qtbot.addWidget(made)
    made.plan = plans.find_plan(desk.db, 2019)
    made.resize(878, 640)
    made.show()
    desk.tasks.changed.connect(lambda _names: made.reload())
    made.reload()
    desk.tasks.wait_idle()
    return made


def choose(tab: QuarantineTab, row: int) -> None:
    tab.list.select(next(one.id for one in tab.list.rows() if one.row.row == row))


def test_the_files_and_what_became_of_their_rows_are_told(tab) -> None:
    assert "90 filas: 43 cuadraban, 47 esperan, 0 resueltas, 0 rechazadas; 1 total comprobado." in (
        tab.files.text()
    )
    assert len(tab.list.rows()) == 47
    step = tab.next_step()
    assert step is not None
    assert (step.title, step.button) == ("Resuelva 37 filas de una vez", "Resolver las 37")


def test_the_row_is_shown_as_in_its_file_with_the_hole_marked(tab) -> None:
    choose(tab, 7)
    assert tab.detail.title.text().startswith("Fila 7. DIRIGIR, CONTROLAR")
    heads = [tab.detail.sheet.horizontalHeaderItem(at).text().replace(" ", "\u00a0") for at in range(13)]
    assert heads == "META ENE FEB MAR ABR MAY JUN JUL AGO SEP I_T II_T III_T".replace("_", "\u00a0").split(
        " "
    )
    programmed, executed, read = tab.detail.sheet.texts()
    assert (programmed[0], executed[0], read[0]) == ("Programado", "Ejecutado", "se leería")
    assert executed[-4:] == ["3 ‹", "3 ‹", "3 ‹", "▲"]
    assert read[-4:] == ["+ 1", "3", "3", "3"]
    spoken = tab.detail.sheet.item(2, 9).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "SEP ejecutado, se leería 1, faltaba en el archivo"


def test_readings_are_short_lines_with_what_the_total_says(tab) -> None:
    choose(tab, 8)
    lines = tab.detail.readings.lines()
    assert len(lines) == 5
    assert lines[0].startswith("1.  Falta un 0 entre ")
    assert lines[0].endswith("; el TOTAL lo apoya")
    assert lines[-1].endswith("; el TOTAL no lo apoya")
    before = tab.detail.sheet.texts()[2]
    tab.detail.readings.setCurrentRow(1)
    assert tab.detail.sheet.texts()[2] != before


def test_enter_chooses_and_goes_on_to_the_next_row(tab, desk, qtbot) -> None:
    choose(tab, 8)
    tab.list.view.setFocus()
    qtbot.keyClick(tab.list.view, Qt.Key.Key_Return)
    assert tab.detail.readings.hasFocus()
    qtbot.keyClick(tab.detail.readings, Qt.Key.Key_Down)
    wanted = tab.detail.readings.reading()
    qtbot.keyClick(tab.detail.readings, Qt.Key.Key_Return)
    desk.tasks.wait_idle()
    settled = next(
        one
        for one in quarantine.list_quarantine(desk.db, tab.plan.id, pending_only=False)
        if one.row.row == 8
    )
    assert settled.state is RowState.REGISTERED
    assert settled.chosen == wanted
    assert len(tab.list.rows()) == 46
    assert tab.detail.line.row.row == 9
    assert tab.detail.readings.hasFocus()
    qtbot.keyClick(tab.detail.readings, Qt.Key.Key_Escape)
    assert tab.list.view.hasFocus()


def test_a_figure_key_jumps_to_its_reading_and_a_reason_is_kept(tab, desk, qtbot) -> None:
    choose(tab, 12)
    tab.detail.readings.setFocus()
    qtbot.keyClick(tab.detail.readings, Qt.Key.Key_3)
    assert tab.detail.readings.reading() == tab.detail.line.readings[2]
    tab.detail.reason.setText("Según el memorando")
    qtbot.keyClick(tab.detail.reason, Qt.Key.Key_Return)
    desk.tasks.wait_idle()
    tab.settled.setChecked(True)
    desk.tasks.wait_idle()
    choose(tab, 12)
    assert "La resolvió" in tab.detail.ask.text()
    assert "Motivo: Según el memorando" in tab.detail.ask.text()
    assert not tab.detail.settle_button.isVisible()


def test_all_with_a_single_reading_are_listed_and_asked_once(tab, desk, monkeypatch) -> None:
    asked: list[ManyDialog] = []

    def confirm(self: ManyDialog) -> int:
        asked.append(self)
        self.try_submit()
        desk.tasks.wait_idle()
        return 1

    monkeypatch.setattr(ManyDialog, "exec", confirm)
    tab.many_action.trigger()
    desk.tasks.wait_idle()
    assert len(asked) == 1
    assert len(asked[0].lines) == 37
    assert [one.row.row for one in tab.list.rows()] == [8, 12, 13, 15, 32, 36, 37, 69, 86, 100]
    step = tab.next_step()
    assert step is not None
    assert step.title == "10 filas esperan su lectura"


def test_a_row_settled_by_somebody_else_is_told(tab, desk, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(quarantine_tab, "show_error", lambda _parent, sentence: told.append(sentence))
    choose(tab, 7)
    line = tab.detail.line
    quarantine.settle(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        line_id=line.id,
        reading=line.readings[0],
        expected_version=line.version,
    )
    tab.settle()
    desk.tasks.wait_idle()
    assert len(told) == 1
    assert "ya está registrada" in told[0]
    assert len(tab.list.rows()) == 46


def test_a_row_is_read_by_hand_and_the_sums_are_told_while_typing(tab, desk, qtbot) -> None:
    choose(tab, 86)
    assert "léala a mano" in tab.detail.ask.text()
    hand = HandDialog(desk, tab.detail.line, None, tab)
    qtbot.addWidget(hand)
    assert hand.verdict.text().startswith("■ ")
    hand.sheet.write("e04", "nueve")
    assert "«nueve» no es un número" in hand.verdict.text()
    hand.try_submit()
    assert "no es un número" in hand.banner.label.text()
    typed = {"e04": "9", "e05": "8", "e06": "8", "e07": "9", "e08": "9", "e09": "9", "eq1": "27"}
    typed |= {"pq2": "25", "eq2": "25", "pq3": "27", "eq3": "27"}
    for meaning, text in typed.items():
        hand.sheet.write(meaning, text)
    assert hand.verdict.text() == "● Las cifras cuadran."
    hand.try_submit()
    desk.tasks.wait_idle()
    assert 86 not in [one.row.row for one in tab.list.rows()]


def test_a_row_is_discarded_only_with_its_reason(tab, desk, qtbot) -> None:
    choose(tab, 86)
    asked = DiscardDialog(desk, tab.detail.line, tab)
    qtbot.addWidget(asked)
    asked.try_submit()
    assert len(quarantine.list_quarantine(desk.db, tab.plan.id)) == 47
    asked.form.set_values({"reason": "Ya no existe"})
    asked.try_submit()
    desk.tasks.wait_idle()
    assert len(tab.list.rows()) == 46


def test_without_a_poi_one_thing_is_offered(desk, qtbot) -> None:
    tab = QuarantineTab(desk)
    qtbot.addWidget(tab)
    tab.reload()
    desk.tasks.wait_idle()
    assert "Traiga aquí el POI" in tab.list.empty_label.text()
    assert tab.list.empty_button.text() == "Importar un archivo…"
    assert tab.next_step() is None
    assert not tab.many_action.isEnabled()


def test_a_row_without_readings_is_entered_at_reading_by_hand(tab) -> None:
    line = replace(tab.detail.line, readings=(), weaker=())
    tab.detail.show_line(line)
    tab.detail.enter()
    assert tab.detail.hand_button.hasFocus()


def test_one_row_is_told_as_one() -> None:
    told = numbers_words(FiveNumbers(3, 1, 1, 1, 0, 0))
    assert told.startswith("3 filas: 1 cuadraba, 1 espera, 1 resuelta, 0 rechazadas;")


def test_the_cursor_stays_in_the_tab_when_the_last_row_is_gone(tab, desk, qtbot) -> None:
    for _ in range(len(tab.list.rows())):
        tab.detail.readings.setFocus()
        qtbot.keyClick(tab.detail.readings, Qt.Key.Key_Return)
        desk.tasks.wait_idle()
    assert tab.list.rows() == []
    assert tab.list.view.hasFocus()
    step = tab.next_step()
    assert step is not None
    assert step.button == "Ir a Trimestre"


@pytest.mark.parametrize(("width", "height", "scale"), [(838, 640, 100), (1248, 534, 140)])
def test_every_part_has_its_place(tab, width, height, scale) -> None:
    """At 1366×768: nothing lies over anything else, two rows of the list are seen, the activity is the widest."""
    theme().set_scale(scale)
    try:
        tab.resize(width, height)
        choose(tab, 8)
        QApplication.processEvents()
        detail = tab.detail
        parts = [detail.title, detail.reason_why, detail.sheet, detail.ask, detail.readings, detail.reason]
        places = [part.geometry() for part in parts if part.isVisible()]
        assert all(above.bottom() < below.top() for above, below in pairwise(places))
        assert places[-1].bottom() <= detail.height()
        assert detail.mapTo(tab, detail.rect().bottomLeft()).y() <= tab.height()
        view = tab.list.view
        assert view.viewport().height() >= 2 * view.verticalHeader().defaultSectionSize()
        widths = [view.columnWidth(number) for number in range(len(tab.list.model.columns))]
        assert max(widths) == widths[[one.title for one in tab.list.model.columns].index("Actividad")]
    finally:
        theme().set_scale(100)


def test_an_import_of_another_year_leads_there(tab, desk, monkeypatch) -> None:
    asked: list[tuple[str, int]] = []
    tab.open_record.connect(lambda kind, record: asked.append((kind, record)))
    result = ImportResult(1, tab.plan.id, 1, 2, 2, 0, 0, 0)
    monkeypatch.setattr(ImportDialog, "ask", classmethod(lambda _cls, *_more: result))
    tab.new_record()
    assert asked == []
    result = replace(result, plan_id=77)
    tab.new_record()
    assert asked == [("poi.quarantine", 77)]


def test_the_list_follows_qt_s_rules(tab, qtmodeltester) -> None:
    qtmodeltester.check(tab.list.model)
    qtmodeltester.check(tab.detail.sheet.model())
    assert isinstance(tab.detail.line.imported_at, datetime)


@pytest.mark.parametrize("told", ["7.125", "7.5", "7040", "0"])
def test_a_figure_of_the_reading_is_read_again_as_it_stands(qtbot, told: str):
    row = row_of(figures_of([5] * 9, [4] * 9), meanings_of(9))
    sheet = FiguresSheet(row, read_by_hand(row, {"p02": Decimal(told)}))
    qtbot.addWidget(sheet)
    assert read_number(sheet.figures()["p02"]) == Decimal(told)
