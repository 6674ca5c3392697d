"""Every page, tab, record and dialog that `scenes` knows, walked by keyboard: names, letters, Tab, the cursor, Esc.

The same scenes are drawn by `screens.py` for eyes; here each is a place where somebody works without a mouse, or
without seeing the screen. What is wrong anywhere is told together, by scene.
"""

from collections.abc import Callable

import page_rounds
import poi_scenes
import pytest
import scenes
from clerk import Clerk, at_the_window, doubled_letters
from kardex_busy import file_text, make_busy
from poi_seed import SEED
from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTabWidget, QWidget
from shiboken6 import isValid

from sisfoh_desktop.qtkit.theme import theme

# an order without a dialog is over by the first; one that reads before it asks may take the second
_LOOKS_MS, _PATIENCE_MS = 100, 1_500


class Walker:
    """Goes through the scenes in place of the studio that draws them; `found` is what is wrong, by scene."""

    def __init__(self, at_work: Clerk) -> None:
        self.window, self._at_work = at_work.window, at_work
        self.app = QApplication.instance()
        self.drawn: set[tuple[str, str]] = set()
        self.found: dict[str, list[str]] = {}
        self.dialogs: list[str] = []
        self.forms: list[str] = []  # those among them with fields

    def settle(self) -> None:
        self._at_work.settle()

    def page(self, key: str, record: int = 0) -> QWidget:
        """Go to a page; what an order left unsaved is let go."""
        answering = QTimer()
        answering.setInterval(40)
        answering.timeout.connect(lambda: [one.accept() for one in (_front(),) if one is not None])
        answering.start()
        self.window.stack.show_record(key, record)
        self.settle()
        answering.stop()
        return self.window.stack.page

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Look at the window, or at a dialog that stands."""
        self.settle()
        place = widget or self.window
        if not place.isVisible():  # what was asked in it is done already
            return
        if QApplication.focusWidget() is None or not place.isAncestorOf(QApplication.focusWidget()):
            place.activateWindow()  # what a window manager does when something else has closed
            QApplication.processEvents()
        self._tell(name, self._wrong_in(place))
        if isinstance(place, QDialog):
            self._tell(name, self._keys_of(place, name))
        elif widget is None and QApplication.activeModalWidget() is None:
            self._tell(name, page_rounds.keys_of_list(self.window.stack.page))

    def shoot_dialog(self, name: str, opening: Callable[[], object]) -> None:
        """Open a dialog, look at it, leave it by Esc: the cursor goes back to where somebody can go on."""
        seen: list[QDialog] = []
        coming: list[QDialog] = []
        over = False

        def look() -> None:
            if over:
                return
            QTimer.singleShot(20, look)  # first: one that opens while this one settles is looked at as well
            dialog = _front()
            if dialog is None or dialog in seen or dialog in coming:
                return
            coming.append(dialog)
            self.settle()
            coming.remove(dialog)
            if (
                not isValid(dialog) or _front() is not dialog
            ):  # it only told of work, or another stood over it
                return
            seen.append(dialog)
            if len(seen) > 1:  # what a dialog asks on leaving
                dialog.done(0)
                return
            dialog.activateWindow()
            QApplication.processEvents()
            self.dialogs.append(name)
            wrong = [*self._wrong_in(dialog), *_defaults(dialog), *self._keys_of(dialog, name)]
            self._tell(name, [*wrong, *_left_by_escape(dialog)])

        QTimer.singleShot(20, look)
        before = QApplication.focusWidget()
        opening()
        turns = QElapsedTimer()
        turns.start()
        while not seen and (
            turns.elapsed() < _LOOKS_MS or (self._at_work.tasks.busy and turns.elapsed() < _PATIENCE_MS)
        ):
            QApplication.processEvents()
        self.settle()
        over = True
        if seen:
            self.window.activateWindow()
            QApplication.processEvents()
            at = QApplication.focusWidget()
            if at is None or not at.isVisible():
                self._tell(name, [f"after it the cursor is nowhere; it was at {page_rounds.told(before)}"])

    def _wrong_in(self, place: QWidget) -> list[str]:
        letters = [f"one letter for {alike}" for alike in doubled_letters(place)]
        return [*letters, *page_rounds.nameless(place), *page_rounds.round_of(place)]

    def _keys_of(self, dialog: QDialog, name: str) -> list[str]:
        if page_rounds.fields_of(dialog):
            self.forms.append(name)
        return page_rounds.keys_of_form(dialog)

    def _tell(self, name: str, wrong: list[str]) -> None:
        if wrong:
            self.found.setdefault(name, []).extend(wrong)


def _front() -> QDialog | None:
    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, QDialog) and dialog.isVisible() else None


def _defaults(dialog: QDialog) -> list[str]:
    """One button at most is what Enter does."""
    marked = [one.text() for one in dialog.findChildren(QPushButton) if one.isDefault() and one.isVisible()]
    return [f"Enter would do any of {marked}"] if len(marked) > 1 else []


def _left_by_escape(dialog: QDialog) -> list[str]:
    """Esc once, or twice where the first one leaves a filter."""
    for _ in range(2):
        if isValid(dialog) and dialog.isVisible():
            QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
            QApplication.processEvents()
    if isValid(dialog) and dialog.isVisible():
        dialog.done(0)
        return ["Esc does not leave it"]
    return []


@pytest.fixture
def busy_walker(practice, tmp_path, qtbot):
    busy = make_busy(practice)
    for at_work in at_the_window(Clerk, practice, tmp_path, qtbot, user="practicante", office="ULE"):
        yield Walker(at_work), busy


@pytest.fixture
def walker(practice, tmp_path, qtbot):
    for at_work in at_the_window(Clerk, practice, tmp_path, qtbot, user="practicante", office="ULE"):
        yield Walker(at_work)


def walk_page(walker, key, record=0):
    page = walker.page(key, record)
    name = scenes.slug(page.title)
    walker.shoot(name)
    scenes.tabs_and_orders(walker, page, name)


def shown(found):
    return "\n".join(f"{name}: {one}" for name, wrong in found.items() for one in dict.fromkeys(wrong))


RECORDS = (("expedientes", 1), ("plans", 1), ("resoluciones", 2), ("resoluciones", 1))
# what opens in a tab of its page: nothing but the tab and its orders is walked again
OPENED = (
    *(("kardex.number", 9), ("kardex.movement", 4), ("kardex.holder", 5), ("kardex.campaign", 1)),
    *(("poi.activity", 1), ("poi.month", 202402), ("poi.version", 1), ("papers", 1), ("responsibilities", 1)),
)


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_an_open_record_with_its_tabs_and_dialogs(walker, kind, record):
    walk_page(walker, kind, record)
    assert not walker.found, shown(walker.found)


@pytest.mark.parametrize(("kind", "record"), OPENED)
def test_a_record_that_opens_in_its_page(walker, kind, record):
    page = walker.page(kind, record)
    table = page.table()
    if table is not None:
        table.view.setFocus()
    walker.shoot(f"{kind}-{record}")
    walker.shoot_dialog(f"{kind}-{record}-vista-previa", page.preview)
    if kind == "poi.activity":
        walker.shoot_dialog(f"{kind}-{record}-detalle", page.tab().open_chosen)
        assert f"{kind}-{record}-detalle" in walker.dialogs
    scenes.orders(walker, page, f"{kind}-{record}")
    assert not walker.found, shown(walker.found)


def test_a_kardex_in_use_with_the_dialogs_of_a_movement_and_of_an_import(busy_walker, tmp_path):
    walker, busy = busy_walker
    sheet = tmp_path / "marzo.csv"
    sheet.write_text(file_text(2001), encoding="utf-8")
    page = walker.page("kardex")
    scenes.register_scenes(walker, page, busy)
    scenes.import_scenes(walker, page, sheet)
    assert not walker.found, shown(walker.found)
    assert {"06-kardex-revertir", "06-kardex-proponer-ajuste", "06-kardex-cuarentena-corregir"} <= set(
        walker.forms
    )


def test_a_poi_in_use_with_the_dialogs_of_a_month_and_of_a_version(walker):
    poi_scenes.draw_poi(walker, SEED)
    assert not walker.found, shown(walker.found)
    assert {f"{poi_scenes.NAME}-programacion-actividad", f"{poi_scenes.NAME}-version-nueva"} <= set(
        walker.forms
    )


def test_the_dialogs_of_the_window(walker):
    walker.page("inbox")
    scenes.window_dialogs(walker)
    assert not walker.found, shown(walker.found)
    assert {"ventana-buscar", "ventana-ayuda", "ventana-ajustes", "ventana-conexion"} <= set(walker.dialogs)


@pytest.mark.parametrize("key", scenes.PAGES)
def test_a_page_with_its_tabs_and_dialogs(walker, key):
    walk_page(walker, key)
    assert not walker.found, shown(walker.found)


def test_the_matrix_opens_with_the_cursor_in_its_list(walker):
    """Also the first time, when Qt would put it to the picker above the list: the keys of its lines work at once."""
    walker.page("inbox")
    QTest.keyClick(walker.window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    walker.settle()
    page = walker.window.stack.page
    assert page.title == walker.page("responsibilities").title
    assert page.table().view.hasFocus()


def test_the_tabs_do_not_jump_from_page_to_page(walker):
    tops = {}
    for key in scenes.PAGES:
        page = walker.page(key)
        tabs = getattr(page, "tabs", None)
        if isinstance(tabs, QTabWidget):
            tops[key] = tabs.mapTo(page, QPoint(0, 0)).y()
    assert len(tops) >= 6
    assert len(set(tops.values())) == 1, tops


# Twelve months beside the texts: the first columns stay and the others are gone through.
WIDE = {("poi", "programme"), ("poi", "quarter"), ("poi", "follow"), ("poi", "versions")}


# as narrow as it may be with the panel at its side (practice has a frame of its own), and at larger sizes of text
@pytest.mark.parametrize(("width", "scale"), [(1366, 100), (1288, 100), (1366, 140), (1366, 160)])
def test_no_list_is_wider_than_its_place(walker, width, scale):
    theme().set_scale(scale)
    walker.window.resize(width, 768)
    wrong = []
    for key in scenes.PAGES:
        page = walker.page(key)
        for tab in [spec.key for spec in getattr(page, "specs", ())] or [""]:
            if (key, tab) not in WIDE:
                wrong += [f"{key} {tab}: {one}" for one in page_rounds.wider_than_their_place(page, tab)]
    theme().set_scale(100)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("key", scenes.PAGES)
def test_reading_again_changes_nothing_on_view(walker, key):
    page = walker.page(key)
    for tab in [spec.key for spec in getattr(page, "specs", ())] or [""]:
        page_rounds.check_reading_again(page, tab)
