"""«Seguimiento» on view over the small POI: what is typed into its grid, what it shows, what was saved."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.poi.rules.facts import Execution
from sisfoh_desktop.modules.poi.service import following, plans
from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab

VISITS, FICHAS = 8, 9


def follow_tab(desk, qtbot, plan_id: int) -> FollowTab:
    """The tab on view over a plan, settled."""
    made = FollowTab(desk)
    qtbot.addWidget(made)
    made.plan = plans.load_plan(desk.db, plan_id)
    made.resize(900, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.reload()
    desk.tasks.wait_idle()
    return made


def settle(tab: FollowTab) -> None:
    for _ in range(3):
        tab.desk.tasks.wait_idle()


def column(tab: FollowTab, words: str) -> int:
    return next(number for number, one in enumerate(tab.grid.model.columns) if one.words.startswith(words))


def text(tab: FollowTab, number: int, words: str) -> str:
    return tab.grid.model.cell(number, column(tab, words))[0]


def press(tab: FollowTab, *keys: str | Qt.Key) -> None:
    """Keys as a person hits them, in the grid: the first letter of a figure opens the cell that gets the others."""
    tab.grid.view.setFocus()
    for one in keys:
        for key in one if isinstance(one, str) else [one]:
            target = QGuiApplication.focusObject()
            assert isinstance(target, QWidget)
            QTest.keyClicks(target, key) if isinstance(key, str) else QTest.keyClick(target, key)


def type_here(tab: FollowTab, *figures: str) -> None:
    for figure in figures:
        press(tab, figure, Qt.Key.Key_Return)


def kept(tab: FollowTab, number: int, month: int) -> Execution:
    followed = following.load_follow_up(tab.desk.db, tab.plan.id)
    return followed.activities[number].cell(month)


def save(tab: FollowTab) -> None:
    tab.save()
    settle(tab)
    tab.reload()
    settle(tab)
