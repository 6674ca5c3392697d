"""The main window: its base, its keys, its search, and how it closes."""

import threading

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from sisfoh_desktop.app import search_sources
from sisfoh_desktop.app.connection_dialog import ConnectionDialog
from sisfoh_desktop.app.problem_dialog import ProblemDialog
from sisfoh_desktop.app.search_dialog import SearchDialog
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS
from sisfoh_desktop.qtkit.help_dialog import HelpDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.theme import theme

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def window(make_window, base, qtbot):
    made = make_window(base)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def toasts(window) -> list[str]:
    return [toast.accessibleName() for toast in window.findChildren(Toast) if not toast.isHidden()]


# -- the base --------------------------------------------------------------------------------------------


def test_the_base_is_opened_and_told(window):
    line = window.status_line
    assert [label.text() for label in (line.user, line.office, line.base, line.mode)] == [
        "Usuario único de este equipo: ana", "Oficina: SGDSyPV", "Base: oficina.db (Local)", "Modo: REAL",
    ]  # fmt: skip
    assert window.windowTitle() == "oficina.db — SISFOH Desktop"
    assert window.stack.page.title == "Lista"


def test_the_pages_get_their_desk(window, clock):
    desk = window.stack.page.desk
    assert desk.actor.user == "ana"
    assert desk.clock is clock
    assert desk.tasks is window.tasks
    assert not desk.practice


def test_the_gui_thread_may_not_touch_the_base(window):
    with pytest.raises(RuntimeError), window.desk.db.transaction():
        pass


def test_without_a_base_the_dialog_asks_and_leaving_it_offers_again(make_window):
    window = make_window()
    dialog = window.findChild(ConnectionDialog)
    assert dialog.isVisible()
    dialog.reject()
    assert window.stack.placeholder.label.text() == "No hay una base abierta en este equipo."
    assert not window.stack.placeholder.button.isHidden()


def test_a_base_that_cannot_be_opened_is_told_with_its_ways_out(make_window, tmp_path, tasks):
    window = make_window(str(tmp_path / "no.db"))
    tasks.wait_idle()
    dialog = window.findChild(ProblemDialog)
    assert "No existe la base no.db" in dialog.problem.sentence
    dialog.way_buttons["Elegir otra base…"].click()
    assert window.findChild(ConnectionDialog).isVisible()


def test_the_base_chosen_is_that_of_the_next_start(make_window, base, settings, tasks):
    settings.database = str(base)
    make_window()
    tasks.wait_idle()
    assert PcSettings.load().database == str(base)


def test_a_base_named_at_the_start_is_not_remembered(window, tasks):
    tasks.wait_idle()
    assert PcSettings.load().database == ""


def test_practice_is_dressed_as_practice_and_does_not_replace_the_office(make_window, practice, base, tasks):
    window = make_window(base)
    window.settings.database = str(base)
    from sisfoh_desktop.app import wiring

    opened = []
    tasks.run_query(
        lambda: wiring.open_base(str(practice), settings=window.settings, now=window.clock.now()),
        opened.append,
    )
    tasks.wait_idle()
    told: list[str] = []
    window.base_opened.connect(told.append)
    window.use_base(opened[0])
    tasks.wait_idle()
    assert told == [str(practice)]
    assert window.windowTitle().endswith(PRACTICE_WORDS)
    assert window.status_line.mode.text() == PRACTICE_WORDS
    assert theme().practice
    assert window.desk.practice
    assert window.settings.database == str(base)


# -- keys ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "asked"),
    [
        (Qt.Key.Key_N, CTRL, "new"),
        (Qt.Key.Key_S, CTRL, "save"),
        (Qt.Key.Key_G, CTRL, "save"),
        (Qt.Key.Key_Return, CTRL, "save"),
        (Qt.Key.Key_P, CTRL, "preview"),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "reload"),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "cancel"),
        (Qt.Key.Key_Return, ALT, "approve"),
    ],
)
def test_a_key_reaches_the_page(window, qtbot, key, modifiers, asked):
    qtbot.keyClick(window, key, modifiers)
    assert window.stack.page.asked == [asked]


def test_keys_that_the_page_does_not_use_say_so(window, qtbot, tasks):
    window.stack.show_page(1)
    tasks.wait_idle()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    assert toasts(window) == ["Aquí no hay nada que guardar."]


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_B])
def test_the_find_keys_go_to_the_filter(window, qtbot, key):
    qtbot.keyClick(window, key, CTRL)
    assert window.stack.page.list.filter_box.hasFocus()


def test_no_two_orders_share_a_key(window):
    keys = [key for command in window.orders.commands for key in command.keys]
    assert len(keys) == len(set(keys))


def test_menu_letters_are_unique(window):
    letters = [
        action.text().partition("&")[2][:1].lower() for action in window.menu.actions() if action.text()
    ]
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_text_grows_and_shrinks_and_is_remembered(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert theme().scale == 110
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme().scale == 100
    for _ in range(9):
        qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert theme().scale == window.state.scale == 160


def test_f1_opens_the_help_of_the_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog.list.currentItem().text() == "Planes"
    dialog.close()


def test_every_key_is_in_the_key_map(window):
    from sisfoh_desktop.basics.paths import resource
    from sisfoh_desktop.qtkit.commands import key_words

    text = resource("help", "keys.md").read_text(encoding="utf-8").replace(" ", "")
    for command in window.orders.commands:
        for keys in command.keys[:1]:
            assert key_words(keys) in text, keys


def test_the_list_as_seen_becomes_a_workbook(window, qtbot, tasks, tmp_path, monkeypatch):
    target = tmp_path / "lista"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.stack.page.list.set_filter("dos")
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL | SHIFT)
    tasks.wait_idle()
    sheet = openpyxl.load_workbook(target.with_suffix(".xlsx")).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Nombre"], ["dos"]]
    assert "1 filas" in toasts(window)[0]


# -- search ----------------------------------------------------------------------------------------------


def search(window, qtbot, typed: str) -> SearchDialog:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    dialog = window.findChild(SearchDialog)
    qtbot.keyClicks(dialog.field, typed)
    return dialog


def test_search_goes_to_a_page(window, qtbot, tasks):
    dialog = search(window, qtbot, "oficina")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    tasks.wait_idle()
    assert window.stack.page.title == "Vacía"


def test_search_does_an_order_of_the_page(window, qtbot):
    dialog = search(window, qtbot, "aprobar")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.page.asked == ["approve"])


def test_search_does_not_wait_for_records_where_there_is_no_base(window, qtbot):
    window.desk = None
    dialog = search(window, qtbot, "aprobar")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.stack.page.asked == ["approve"]


def test_search_whose_records_cannot_be_read_tells_it_and_goes_to_what_is_known(window, qtbot, monkeypatch):
    def refuse(*_asked):
        raise DatabaseUnavailable("No se pudo leer la base.")

    monkeypatch.setattr(search_sources.RecordSearch, "find", refuse)
    dialog = search(window, qtbot, "aprobar")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.page.asked == ["approve"])
    assert "No se pudo leer la base." in toasts(window)


def test_search_finds_records_of_the_base(make_window, base, qtbot, tasks, monkeypatch):
    from pages_for_tests import SPECS

    plan = RecordHit("plan", 7, "Plan de Tacna", "2024")
    finder = Finder(lambda _db, _today: [plan], frozenset({"plans"}))
    monkeypatch.setitem(search_sources.FINDERS, "plans", lambda: finder)
    window = make_window(base, SPECS[:2])
    dialog = search(window, qtbot, "tacna")
    qtbot.waitUntil(lambda: "Plan de Tacna   2024" in dialog.lines())
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.stack.page.asked == [("plan", 7)]
    window.orders.search.show()
    again = next(one for one in window.findChildren(SearchDialog) if one.isVisible())
    assert again.lines()[:2] == ["Recientes", "Plan de Tacna   2024"]
    again.close()


def test_search_says_when_nothing_matches(window, qtbot):
    dialog = search(window, qtbot, "zzzz")
    assert dialog.list.item(0).text() == "Nada coincide con «zzzz»."
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# -- leaving ---------------------------------------------------------------------------------------------


def test_closing_closes_the_base_on_the_worker(window, qtbot, tasks, monkeypatch):
    where: list[bool] = []
    close = window.desk.db.close
    monkeypatch.setattr(
        window.desk.db,
        "close",
        lambda: (where.append(threading.current_thread() is threading.main_thread()), close()),
    )
    window.close()
    tasks.wait_idle()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert where == [False]
    assert not window.state.geometry.isEmpty()


@pytest.mark.parametrize("leave", [True, False])
def test_unsaved_text_is_asked_about(window, qtbot, tasks, monkeypatch, leave):
    questions: list[str] = []
    monkeypatch.setattr(
        messages, "ask", lambda _p, _t, question, *_b, **_k: (questions.append(question), leave)[1]
    )
    window.stack.page.unsaved = True
    window.close()
    tasks.wait_idle()
    assert "Lista" in questions[0]
    assert window.isVisible() is not leave


def test_settings_take_effect_at_once(window, tasks, monkeypatch):
    from sisfoh_desktop.qtkit import pc_settings_dialog

    monkeypatch.setattr(
        pc_settings_dialog.PcSettingsDialog,
        "ask",
        lambda *_, **__: {"user": "rosa", "office": "OGAJ", "theme": "dark"},
    )
    window.orders.show_settings()
    tasks.wait_idle()
    assert window.status_line.user.text() == "Usuario único de este equipo: rosa"
    assert window.stack.page.desk.actor.office == "OGAJ"
    assert theme().tokens.dark
    assert PcSettings.load().user == "rosa"
    theme().set_scheme("light")


def test_deadlines_of_the_inbox_reach_the_status_bar(window):
    window.stack.page.deadlines_changed.emit(2, 1)
    assert "2 plazos vencidos" in window.status_line.terms.text()


def test_the_window_fits_the_smallest_screen(window):
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 768
    assert QApplication.activeWindow() is window
