"""The year of one activity in its dialog: twelve months, motives and evidence, from there to its follow-up."""

import pytest
from poi_lists import cells
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.poi.service import evidence
from sisfoh_desktop.modules.poi.view.quarter_detail import ActivityDialog


@pytest.fixture
def answer_dialog(qtbot):
    """Run something that opens a dialog; what `look` finds in it is given back."""

    def answer(order, look, *, accept=False):
        found = []

        def seen() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ActivityDialog)
            found.append(look(dialog))
            dialog.try_submit() if accept else dialog.reject()

        timer = QTimer()
        timer.setInterval(10)
        timer.timeout.connect(lambda: QApplication.activeModalWidget() and (timer.stop(), seen()))
        timer.start()
        order()
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return answer


def test_enter_opens_the_twelve_months_of_the_activity(seed_tab, qtbot, answer_dialog):
    listed = seed_tab.lists["exceptions"]
    listed.view.setFocus()
    rows = answer_dialog(
        lambda: qtbot.keyClick(listed.view, Qt.Key.Key_Return), lambda dialog: cells(dialog.list)
    )
    assert len(rows) == 12
    assert rows[2][:5] == ["marzo", "2", "0", "0 de 2 (0 %)", "Crítico"]
    assert rows[8][3] == "0 de 6 (0 %)"
    assert rows[11][:4] == ["diciembre", "", "", "de 6"]


def test_months_that_have_not_begun_are_not_pending(small_tab, poi_office, answer_dialog):
    year = small_tab._loaded.lists.year
    rows = answer_dialog(
        lambda: small_tab.open_activity(year.activities[8]),
        lambda dialog: [dialog.list.model.cell(at, 4) for at in range(12)],
    )
    assert rows[1] == ("… Pendiente de registro", "dim")
    assert rows[2] == ("… Pendiente de registro", "dim")
    assert rows[3:] == [("", None)] * 9


def test_the_twelve_months_are_seen_without_a_scroll_bar(seed_tab, answer_dialog):
    def look(dialog):
        around = (dialog.list.view, dialog._scroll)
        return [bar().maximum() for one in around for bar in (one.horizontalScrollBar, one.verticalScrollBar)]

    row = seed_tab._loaded.lists.exceptions[0].row
    assert answer_dialog(lambda: seed_tab.open_activity(row), look) == [0, 0, 0, 0]


def test_its_rows_reach_the_frame_where_no_motive_was_told(seed_tab, answer_dialog):
    def look(dialog):
        view = dialog.list.view
        seen = [one for one in range(view.model().columnCount()) if not view.isColumnHidden(one)]
        return view.viewport().width() - sum(map(view.columnWidth, seen))

    row = seed_tab._loaded.lists.exceptions[0].row
    assert answer_dialog(lambda: seed_tab.open_activity(row), look) == 0


def test_motive_measure_and_evidence_stand_in_their_month(open_tab, poi_office, archive, answer_dialog):
    poi_office.execute(2, 3, 6, motive="weather", corrective="Reprogramar")
    evidence.add_evidence(
        poi_office.db,
        archive,
        actor=poi_office.actor,
        now=poi_office.now,
        activity_id=poi_office.ids[2],
        month=3,
        document="Informe 12-2024-ALC",
    )
    tab = open_tab(poi_office.plan)
    year = tab._loaded.lists.year
    rows = answer_dialog(lambda: tab.open_activity(year.activities[2]), lambda dialog: cells(dialog.list))
    assert rows[2][5:8] == ["Clima o emergencia", "Reprogramar", "Informe 12-2024-ALC"]


def test_from_the_activity_to_its_follow_up(small_tab, poi_office, answer_dialog):
    year = small_tab._loaded.lists.year
    answer_dialog(lambda: small_tab.open_activity(year.activities[0]), lambda dialog: None, accept=True)
    small_tab.desk.tasks.wait_idle()
    assert small_tab.asked == [("follow", (poi_office.ids[0], 2))]


def test_a_month_that_has_not_begun_cannot_be_followed_up(small_tab, poi_office, answer_dialog):
    year = small_tab._loaded.lists.year
    answer_dialog(
        lambda: small_tab.open_activity(year.activities[0]),
        lambda dialog: dialog.list.select(11),
        accept=True,
    )
    small_tab.desk.tasks.wait_idle()
    assert small_tab.asked == [("follow", (poi_office.ids[0], 0))]
