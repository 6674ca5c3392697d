"""What holds for every tab of a tabbed page: letters, names, the round of Tab, widths. Called by tests of each page."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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

from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.top_bar import SHOWN_ACTIONS

_CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar),
)
_MOST_STOPS = 80


def go(page: Any, key: str) -> Any:
    """Show a tab and wait for what it reads."""
    page.show_tab(key)
    for _ in range(3):
        page.desk.tasks.wait_idle()
        QApplication.processEvents()
    return page.tab()


def seen(place: QWidget, kinds: Any) -> list[Any]:
    return [one for one in place.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


def check_letters(page: Any, key: str) -> None:
    """Each Alt+letter stands once among tabs, fields, buttons and the orders of the top bar, which all have one."""
    tab = go(page, key)
    offered = [one for one in page.page_actions() if one.isVisible()][:SHOWN_ACTIONS]
    assert [one.text() for one in offered if not letters_of([one.text()])] == []
    texts = [spec.words for spec in page.specs] + [one.text() for one in offered]
    texts += [one.text() for one in seen(tab, QAbstractButton)]
    texts += [one.text() for one in seen(tab, QLabel) if one.buddy() is not None]
    letters = [letter for text in texts for letter in letters_of([text])]
    assert len(letters) == len(set(letters)), sorted(letters)


def check_names(page: Any, key: str) -> None:
    """Whoever does not see the screen hears what each control is."""
    go(page, key)
    for one in seen(page, _CONTROLS):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        words = one.text() if isinstance(one, QAbstractButton) else ""
        labelled = any(label.buddy() is one and label.text() for label in page.findChildren(QLabel))
        assert one.accessibleName() or words or labelled, (type(one).__name__, one.objectName())


def check_tab_round(page: Any, key: str) -> None:
    """No trap: from the tabs Tab comes to the controls of the tab, each once, and out of it again."""
    tab = go(page, key)
    start = page.tabs.tabBar()
    start.setFocus()
    visited = []
    for _ in range(_MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is start:
            break
        visited.append(at)
    assert QApplication.focusWidget() is start, [type(one).__name__ for one in visited]
    assert [one for one in visited if tab.isAncestorOf(one)]
    assert len(set(map(id, visited))) == len(visited)


def check_widths(page: Any, key: str) -> None:
    """No list is wider than its place."""
    tab = go(page, key)
    bars = [one.horizontalScrollBar() for one in seen(tab, QAbstractItemView)]
    assert not any(bar.maximum() for bar in bars)


def check_reading_again(page: Any, key: str) -> None:
    """F5 changes nothing on view."""
    tab = go(page, key)
    shown = tab.table()
    before = shown.as_seen() if hasattr(shown, "as_seen") else None
    page.reload()
    go(page, key)
    assert page.tab() is tab
    assert before is None or shown.as_seen() == before
