"""What holds for every tab of a tabbed page, and for every window and dialog: letters, names, the round of Tab, widths.

Called by the tests of each page, and by the walk over all of them in `tests/app/test_every_page.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
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
    QRadioButton,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.grid_view import GridView
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.top_bar import SHOWN_ACTIONS

_CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar),
    QTextEdit,
)
_MOST_STOPS = 80
_ROW_OF_A_LIST = 24  # px: higher than the bar of a cursor, lower than a row


def go(page: Any, key: str) -> Any:
    """Show a tab (`""`: the page has none) and wait for what it reads."""
    if key:
        page.show_tab(key)
    for _ in range(3):
        page.desk.tasks.wait_idle()
        QApplication.processEvents()
    return page.tab() if key else page


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
    assert not wider_than_their_place(page, key)


def wider_than_their_place(page: Any, key: str) -> list[str]:
    """The lists on view that would have to be moved sideways."""
    lists = seen(go(page, key), QAbstractItemView)
    return [told(one) for one in lists if one.horizontalScrollBar().maximum()]


def check_reading_again(page: Any, key: str) -> None:
    """F5 changes nothing on view."""
    tab = go(page, key)
    shown = tab.table()
    before = shown.as_seen() if hasattr(shown, "as_seen") else None
    page.reload()
    assert go(page, key) is tab
    assert before is None or shown.as_seen() == before


# -- a whole window or dialog: what the walk over every page and dialog asks of each --------------------------


def nameless(place: QWidget) -> list[str]:
    """Controls that take the cursor and say nothing to whoever does not see them."""
    labelled = {label.buddy() for label in place.findChildren(QLabel) if label.text()}
    found = []
    for one in _reachable(place):
        words = one.text() if isinstance(one, QAbstractButton) else ""
        if not (one.accessibleName() or words or one in labelled):
            found.append(f"without a name: {told(one)}")
    return found


def round_of(place: QWidget) -> list[str]:
    """What is wrong with the round of Tab in a window: traps, what it never reaches, a cursor that is not seen."""
    start = QApplication.focusWidget()
    if start is None or not place.isAncestorOf(start):
        return [f"the cursor is nowhere in it ({told(start)})"]
    if (
        not start.focusPolicy() & Qt.FocusPolicy.TabFocus
    ):  # put there by what was shown last; Tab goes on from it
        _step(start)
        start = QApplication.focusWidget() or start
    reachable = _reachable(place)
    if reachable == [start]:  # a dialog with one control keeps the cursor there
        return []
    visited: list[QWidget] = [start]
    wrong = []
    for _ in range(_MOST_STOPS * 2):
        before = visited[-1]
        with_cursor = _picture(before)
        _step(before)
        at = QApplication.focusWidget()
        if at is None or at is before:
            wrong.append(f"a trap: Tab does not leave {told(before)}")
            break
        if not _differs(with_cursor, _picture(before)):
            wrong.append(f"the cursor is not seen on {told(before)}")
        if at in visited:
            if at is not start:
                wrong.append(f"Tab turns back at {told(at)} and not at {told(start)}")
            break
        visited.append(at)
    else:
        wrong.append(f"Tab never comes round: {[told(one) for one in visited[-4:]]}")
    missed = [one for one in _reachable(place) if one not in visited and not _beside_a_choice(one, visited)]
    start.setFocus(Qt.FocusReason.TabFocusReason)
    return wrong + [f"Tab never reaches {told(one)}" for one in missed]


def keys_of_form(dialog: QWidget) -> list[str]:
    """What the keys do in a dialog with fields, be it one form or several.

    Enter goes from each field to the next and from the last one does the primary; Ctrl+E takes all of a text, as
    Ctrl+A does; Ctrl+S, Ctrl+G and Ctrl+Enter do the primary from wherever the cursor is.
    """
    fields = fields_of(dialog)
    if not isinstance(dialog, TaskDialog) or not fields:
        return []
    wrong = []
    with _saved_by_nobody(dialog) as done:
        for here, following in pairwise([*fields, None]):
            wrong += _after_enter(dialog, done, here, following)
        for one in fields:
            if isinstance(one, QLineEdit) and one.text():
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                one.deselect()
                QTest.keyClick(one, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
                if one.selectedText() != one.displayText():
                    wrong.append(f"Ctrl+E does not take all of {told(one)}")
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        for key, words in ((Qt.Key.Key_S, "S"), (Qt.Key.Key_G, "G"), (Qt.Key.Key_Return, "Enter")):
            done.clear()
            QTest.keyClick(QApplication.focusWidget() or dialog, key, Qt.KeyboardModifier.ControlModifier)
            if len(done) != dialog.primary_button.isEnabled():
                wrong.append(f"Ctrl+{words} does «{dialog.primary_button.text()}» {len(done)} times")
    return wrong


def fields_of(dialog: QWidget) -> list[QWidget]:
    """What can be filled in, in the order of the forms."""
    if not isinstance(dialog, TaskDialog):
        return []
    editors = [field.editor for form in dialog.forms() for field in form.fields.values()]
    return [
        one
        for one in editors
        if one.isVisible() and one.isEnabled() and not (isinstance(one, QLineEdit) and one.isReadOnly())
    ]


@contextmanager
def _saved_by_nobody(dialog: TaskDialog) -> Iterator[list[int]]:
    """Meanwhile the primary is counted and does nothing."""
    done: list[int] = []
    dialog.submit = lambda: bool(done.append(1))  # type: ignore[method-assign]
    try:
        yield done
    finally:
        del dialog.submit


def _after_enter(dialog: TaskDialog, done: list[int], here: QWidget, following: QWidget | None) -> list[str]:
    """What is wrong with Enter in a field that takes one line."""
    if isinstance(here, QPlainTextEdit | QTextEdit | QAbstractItemView | QAbstractButton):
        return []
    done.clear()
    here.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(QApplication.focusWidget() or here, Qt.Key.Key_Return)
    QApplication.processEvents()
    at = QApplication.focusWidget()
    if following is None:
        wanted = dialog.primary_button.isEnabled() and dialog.primary_button.isDefault()
        if len(done) == wanted:
            return []
        return [
            f"Enter in the last field, {told(here)}, does «{dialog.primary_button.text()}» {len(done)} times"
        ]
    if done:
        return [f"Enter in {told(here)}, which is not the last, does «{dialog.primary_button.text()}»"]
    if at is not following and not (at is not None and following.isAncestorOf(at)):
        return [f"Enter goes from {told(here)} to {told(at)} and not to {told(following)}"]
    return []


# -- the list of a page ---------------------------------------------------------------------------------------


def keys_of_list(page: Any) -> list[str]:
    """In a page with a list Ctrl+F and Ctrl+B go to its filter, Esc back to its lines; it is exported as it is seen."""
    table = page.table()
    if table is None:
        return []
    wrong, places = [], []
    for key in (Qt.Key.Key_F, Qt.Key.Key_B):
        table.view.setFocus()
        QTest.keyClick(QApplication.focusWidget() or page, key, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        places.append(QApplication.focusWidget())
    at = places[0]
    if at is not places[1]:
        wrong.append(f"Ctrl+F goes to {told(at)} and Ctrl+B to {told(places[1])}")
    if isinstance(at, QLineEdit):
        if not page.isAncestorOf(at):
            wrong.append(f"Ctrl+F goes out of the page, to {told(at)}")
        QTest.keyClicks(at, "zzz")
        for _ in range(2):
            QTest.keyClick(QApplication.focusWidget() or at, Qt.Key.Key_Escape)
        lines = table.as_seen()[1]  # none: it asked what the list should show
        if lines and not isinstance(QApplication.focusWidget(), QAbstractItemView):
            wrong.append(f"Esc goes from the filter to {told(QApplication.focusWidget())}")
    elif any(one.isEnabled() for one in seen(table, QLineEdit)):
        wrong.append(f"Ctrl+F finds no filter and stays at {told(at)}")
    titles, lines = table.as_seen()
    if not titles or not all(titles) or not all(len(line) == len(titles) for line in lines):
        wrong.append(f"what is exported has not one title for each column: {titles}")
    return wrong


def _reachable(place: QWidget) -> list[QWidget]:
    """What Tab should reach: on view, in use, and not the inside of another control."""
    return [
        one
        for one in place.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and one.isEnabled()
        and one.window() is place.window()
        and one.focusProxy() is None
        and not isinstance(one.parentWidget(), QComboBox | QAbstractSpinBox)
        and isinstance(one, _CONTROLS)
    ]


def _beside_a_choice(one: QWidget, visited: list[QWidget]) -> bool:
    """One of a group of options: Tab stops at the chosen one, arrows go to the others."""
    return isinstance(one, QRadioButton) and any(
        isinstance(other, QRadioButton) and other.parent() is one.parent() for other in visited
    )


def _step(at: QWidget) -> None:
    """One stop further: Tab, and Ctrl+Tab out of a grid, whose Tab goes from cell to cell."""
    modifier = (
        Qt.KeyboardModifier.ControlModifier if isinstance(at, GridView) else Qt.KeyboardModifier.NoModifier
    )
    for _ in range(
        _MOST_STOPS if isinstance(at, QTextBrowser) else 1
    ):  # from link to link, and then out of it
        QTest.keyClick(at, Qt.Key.Key_Tab, modifier)
        QApplication.processEvents()
        if QApplication.focusWidget() is not at:
            return


def _picture(one: QWidget) -> QImage:
    """The control as it is drawn, with its own frame."""
    whole = one.window()
    corner = one.mapTo(whole, QPoint(0, 0))
    return whole.grab(QRect(corner, one.size()).intersected(whole.rect())).toImage()


def _differs(one: QImage, other: QImage) -> bool:
    """Whether the frames differ, or more than the bar of a cursor does."""
    if one.size() != other.size() or one.isNull():
        return True
    rows = [y for y in range(one.height()) if bytes(one.constScanLine(y)) != bytes(other.constScanLine(y))]
    if not rows:
        return False
    return min(rows) <= 2 or max(rows) >= one.height() - 3 or len(rows) >= _ROW_OF_A_LIST


def told(one: QWidget | None) -> str:
    if one is None:
        return "nothing"
    words = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton | QLineEdit) else "")
    return f"{type(one).__name__} «{words or one.objectName()}» in {type(one.parentWidget()).__name__}"
