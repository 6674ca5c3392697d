"""What holds for every tab of the kardex: letters, names, the cursor, the keys that all of them answer."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
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
    QToolTip,
    QWidget,
)

from sisfoh_desktop.modules.kardex.view import KardexPage
from sisfoh_desktop.modules.kardex.view.page import TABS
from sisfoh_desktop.qtkit.mnemonics import letters_of
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


@pytest.fixture
def page(desk, qtbot, kardex_office):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004600", kardex_office.ana)
    made = KardexPage(desk)
    qtbot.addWidget(made)
    made.resize(878, 640)
    made.show()
    made.activateWindow()
    desk.tasks.wait_idle()
    return made


def go(page, key):
    page.show_tab(key)
    page.desk.tasks.wait_idle()
    QApplication.processEvents()
    return page.tab()


def seen(page, kinds):
    widgets = page.findChildren(QWidget)
    return [one for one in widgets if isinstance(one, kinds) and one.isVisible()]


@pytest.mark.parametrize("key", KEYS)
def test_each_letter_stands_once(page, qtbot, key):
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
def test_every_control_has_a_name(page, key):
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
def test_tab_goes_round_and_comes_back(page, qtbot, key):
    """No trap: from the first control Tab comes to each of the tab's and out of it again."""
    tab = go(page, key)
    start = page.tabs.tabBar()
    start.setFocus()
    visited = []
    for _ in range(80):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is start:
            break
        visited.append(at)
    assert QApplication.focusWidget() is start, [type(one).__name__ for one in visited]
    inside = [one for one in visited if tab.isAncestorOf(one)]
    assert inside
    assert len(set(map(id, visited))) == len(visited)


@pytest.mark.parametrize("key", KEYS)
def test_control_f_puts_the_cursor_in_a_field(page, key):
    table = go(page, key).table()
    if key == "cuadre":  # nothing to look for before anything differs
        assert not table.filter_box.isEnabled()
        return
    table.focus_filter()
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert page.tab().isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("key", KEYS)
def test_reading_again_changes_nothing_on_view(page, key):
    tab = go(page, key)
    before = tab.table().as_seen()
    for _ in range(2):
        page.reload()
        page.desk.tasks.wait_idle()
    assert page.tab() is tab
    assert tab.table().as_seen() == before


@pytest.mark.parametrize("scale", [100, 140])
@pytest.mark.parametrize("width", [792, 878, 1288])
@pytest.mark.parametrize("key", KEYS)
def test_no_list_is_wider_than_its_place(page, key, width, scale):
    if scale == 140 and width < 1288:
        pytest.skip("at this text size the window gives more room: the panel and the rail fold away")
    theme().set_scale(scale)
    try:
        page.resize(width, 640)
        tab = go(page, key)
        bars = [one.horizontalScrollBar() for one in seen(tab, QAbstractItemView)]
        assert not any(bar.maximum() for bar in bars)
    finally:
        theme().set_scale(100)


@pytest.mark.parametrize("width", [792, 878, 1288])
def test_the_campaign_takes_what_the_tabs_leave(page, width):
    page.resize(width, 640)
    page.bar.combo.setItemText(0, "Empadronamiento masivo de hogares de Tacna 2024")
    page.resize(width + 1, 640)
    QApplication.processEvents()
    bar = page.tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() < page.bar.x()
    assert page.bar.combo.width() <= 760


def test_a_shortened_title_says_what_it_stands_for(page, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    table = go(page, "stock").table()
    header = table.view.filter_header
    for title in ("Extr.", "Usado"):
        column = [one.title for one in table.model.columns].index(title)
        place = QPoint(header.sectionViewportPosition(column) + 4, 4)
        help_asked = QHelpEvent(QEvent.Type.ToolTip, place, header.mapToGlobal(place))
        QApplication.sendEvent(header.viewport(), help_asked)
    assert told == ["Extraviado", ""]


def test_the_sentence_of_an_empty_list_is_wide_rather_than_high(page):
    tab = go(page, "trace")
    label = tab.list.empty_label
    assert label.height() <= 2 * label.fontMetrics().height()


@pytest.mark.parametrize("key", KEYS)
def test_f6_reaches_the_list_on_view(page, key):
    table = go(page, key).table()
    if table is not None:
        assert isinstance(table.view, QAbstractItemView)
