"""What holds for every tab of the POI: letters, names, the cursor, the keys that all of them answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from sisfoh_desktop.modules.poi.view.page import TABS, PoiPage
from sisfoh_desktop.qtkit.grid_view import GridView
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.top_bar import SHOWN_ACTIONS, ActionButton

KEYS = [spec.key for spec in TABS]
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, qtbot, poi_office) -> PoiPage:
    poi_office.approve()
    made = PoiPage(desk)
    qtbot.addWidget(made)
    made.resize(878, 640)
    made.show()
    made.activateWindow()
    desk.tasks.wait_idle()
    return made


def go(page: PoiPage, key: str):
    page.show_tab(key)
    page.desk.tasks.wait_idle()
    QApplication.processEvents()
    return page.tab()


def seen(page: QWidget, kinds) -> list:
    return [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


@pytest.mark.parametrize("key", KEYS)
def test_each_letter_stands_once(page, qtbot, key) -> None:
    tab = go(page, key)
    top = [ActionButton(action) for action in page.page_actions()[:SHOWN_ACTIONS]]
    for button in top:
        qtbot.addWidget(button)
    texts = [spec.words for spec in TABS]
    texts += [one.text() for one in [*seen(tab, QAbstractButton), *top]]
    texts += [one.text() for one in seen(tab, QLabel) if one.buddy() is not None]
    letters = [letter for text in texts for letter in letters_of([text])]
    assert len(letters) == len(set(letters)), sorted(letters)


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name(page, key) -> None:
    go(page, key)
    for one in seen(page, CONTROLS):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        words = one.text() if isinstance(one, QAbstractButton) else ""
        told = (
            one.accessibleName()
            or words
            or any(label.buddy() is one and label.text() for label in page.findChildren(QLabel))
        )
        assert told, (type(one).__name__, one.objectName(), one.toolTip())


@pytest.mark.parametrize("key", KEYS)
def test_tab_goes_round_and_comes_back(page, qtbot, key) -> None:
    """No trap: from the first control Tab (in a grid Ctrl+Tab) comes to each of the tab's and out of it again."""
    tab = go(page, key)
    start = page.tabs.tabBar()
    start.setFocus()
    visited: list[QWidget] = []
    for _ in range(80):
        at = QApplication.focusWidget()
        qtbot.keyClick(
            at, Qt.Key.Key_Tab, CONTROL if isinstance(at, GridView) else Qt.KeyboardModifier.NoModifier
        )
        at = QApplication.focusWidget()
        if at is start:
            break
        visited.append(at)
    assert QApplication.focusWidget() is start, [type(one).__name__ for one in visited]
    inside = [one for one in visited if tab.isAncestorOf(one)]
    assert inside
    assert len(set(map(id, visited))) == len(visited)


@pytest.mark.parametrize("key", KEYS)
def test_control_f_puts_the_cursor_in_a_field(page, key) -> None:
    table = go(page, key).table()
    if table is None:
        return
    table.focus_filter()
    box = QApplication.focusWidget()
    if isinstance(box, QLineEdit):
        assert page.tab().isAncestorOf(box)
    else:  # a list without filter, or with nothing to look for: the cursor stays where it can be used
        assert not any(one.isEnabled() for one in seen(table, QLineEdit))


@pytest.mark.parametrize("key", KEYS)
def test_escape_leaves_the_filter_for_the_list(page, qtbot, key) -> None:
    table = go(page, key).table()
    if table is None or not any(one.isEnabled() for one in seen(table, QLineEdit)):
        return
    table.focus_filter()
    qtbot.keyClicks(QApplication.focusWidget(), "zzz")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert isinstance(QApplication.focusWidget(), QAbstractItemView)


@pytest.mark.parametrize("key", KEYS)
def test_reading_again_changes_nothing_on_view(page, key) -> None:
    tab = go(page, key)
    before = tab.table().as_seen() if tab.table() is not None else None
    for _ in range(2):
        page.reload()
        page.desk.tasks.wait_idle()
    assert page.tab() is tab
    assert before is None or tab.table().as_seen() == before


@pytest.mark.parametrize("key", KEYS)
def test_what_is_exported_has_a_title_for_each_column(page, key) -> None:
    """Ctrl+Shift+E."""
    table = go(page, key).table()
    if table is None:
        return
    titles, lines = table.as_seen()
    assert titles
    assert all(titles)
    assert all(len(line) == len(titles) for line in lines)


@pytest.mark.parametrize("scale", [100, 140])
@pytest.mark.parametrize("width", [862, 878, 1288])
@pytest.mark.parametrize("key", KEYS)
def test_no_list_is_wider_than_its_place(page, key, width, scale) -> None:
    if key in ("programme", "quarter"):
        pytest.skip("twelve months beside the texts: the first columns stay, the others are gone through")
    if scale == 140 and width < 1288:
        pytest.skip("at this text size the window gives more room: the panel and the rail fold away")
    theme().set_scale(scale)
    try:
        page.resize(width, 640)
        tab = go(page, key)
        bars = [one.horizontalScrollBar() for one in seen(tab, QAbstractItemView)]
        assert not any(bar.maximum() for bar in bars), [bar.maximum() for bar in bars]
    finally:
        theme().set_scale(100)


@pytest.mark.parametrize("width", [792, 878, 1288])
def test_the_year_takes_what_the_tabs_leave(page, width) -> None:
    page.resize(width, 640)
    QApplication.processEvents()
    bar = page.tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() < page.bar.x()


@pytest.mark.parametrize("key", KEYS)
def test_f6_reaches_what_is_on_view(page, key) -> None:
    tab = go(page, key)
    tab.setFocus()
    at = QApplication.focusWidget()
    assert at is not None
    assert at is tab or tab.isAncestorOf(at)
