"""The frame: an outline first, then rail, bar, pages, next step and status; it folds when there is little room."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

sys.path.insert(0, str(Path(__file__).parent))

from pages_for_tests import SPECS

from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.frame import PRACTICE_WORDS, WindowFrame
from sisfoh_desktop.qtkit.next_panel import NextBar, NextPanel
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.status_line import StatusLine
from sisfoh_desktop.qtkit.theme import LIGHT, theme


@pytest.fixture
def window(qtbot, tasks) -> WindowFrame:
    made = WindowFrame("SISFOH Desktop", "Abriendo…", SPECS, tasks, "light")
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    made.furnish()
    made.stack.set_desk(Desk(db=None, archive=None, tasks=tasks))
    tasks.wait_idle()
    return made


def colour_at(image: QImage, x: int, y: int) -> str:
    return image.pixelColor(x, y).name().upper()


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_first_paint_is_an_outline_in_the_right_colours(qtbot, tasks, scheme, dark):
    made = WindowFrame("SISFOH Desktop", "Abriendo…", SPECS, tasks, scheme)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    image = made.grab().toImage()
    assert (image.pixelColor(50, 300).lightness() < 128) is dark
    assert colour_at(image, 50, 300) != colour_at(image, 600, 300)
    assert not made.is_furnished


def test_furnishing_twice_is_furnishing_once(window):
    rail = window.rail
    window.furnish()
    assert window.rail is rail


def test_the_page_gives_title_actions_and_next_step(window):
    assert window.top_bar.title.text() == "Lista"
    assert window.next_panel.button.text() == "Aprobar"
    window.next_panel.button.click()
    assert window.stack.page.asked == ["approve"]


def test_a_page_that_comes_has_the_cursor_in_its_list(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(lambda: window.focusWidget() is window.stack.page.table().view)
    window.stack.page.table().view.clearFocus()
    window.stack.show_page(0)
    assert window.focusWidget() is window.stack.page.table().view


@pytest.mark.parametrize(
    ("width", "panel", "compact"), [(1366, True, False), (1279, False, False), (1000, False, True)]
)
def test_the_panel_and_the_rail_fold_when_it_is_narrow(window, width, panel, compact):
    window.resize(width, 768)
    assert window.next_panel.isVisible() is panel
    assert window.next_bar.isVisible() is not panel
    assert (window.rail.width() < 100) is compact


def test_larger_text_needs_more_room(window):
    window.resize(1366, 768)
    theme().set_scale(160)
    assert not window.next_panel.isVisible()
    assert window.rail.width() < 208


def test_practice_has_its_own_frame_and_words(window, qtbot):
    def edges() -> list[str]:
        image = window.grab().toImage()
        return [colour_at(image, 1, 300), colour_at(image, window.width() - 2, 300), colour_at(image, 100, 2)]

    window.show_practice(True)
    qtbot.waitUntil(lambda: edges() == [LIGHT.practice] * 3)
    assert any(label.text() == PRACTICE_WORDS and label.isVisible() for label in _labels(window))
    window.show_practice(False)
    qtbot.waitUntil(lambda: LIGHT.practice not in edges())


def test_alt_and_a_number_go_to_a_page(window, qtbot, tasks):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    tasks.wait_idle()
    assert window.top_bar.title.text() == "Vacía"
    assert window.rail.buttons[1].isChecked()


def test_arrows_walk_the_rail(window, qtbot):
    window.activateWindow()
    window.rail.buttons[0].setFocus()
    qtbot.keyClick(window.rail.buttons[0], Qt.Key.Key_Down)
    assert window.focusWidget() is window.rail.buttons[1]
    qtbot.keyClick(window.rail.buttons[1], Qt.Key.Key_Up)
    assert window.focusWidget() is window.rail.buttons[0]


def test_f6_walks_rail_list_and_next_step(window):
    window.activateWindow()
    window.rail.buttons[0].setFocus()
    window.next_zone()
    assert window.focusWidget() is window.stack.page.list.view
    window.next_zone()
    assert window.focusWidget() is window.next_panel.button
    window.next_zone()
    assert window.focusWidget() is window.rail.buttons[0]


def test_every_button_of_the_frame_has_a_name_and_a_tip_where_it_is_only_an_icon(window):
    from PySide6.QtWidgets import QAbstractButton

    for button in window.findChildren(QAbstractButton):
        if not button.isVisible() or button.metaObject().className() == "QLineEditIconButton":
            continue
        assert button.accessibleName() or button.text().strip(), button
        if not button.text().strip():
            assert button.toolTip(), button.accessibleName()


def test_a_step_that_must_wait_says_why(qtbot):
    panel, bar = NextPanel(), NextBar()
    step = NextStep("Firmar", "Falta el visto bueno.", "Firmar", enabled=False, reason="OGAJ aún no firmó.")
    for view in (panel, bar):
        qtbot.addWidget(view)
        view.show()
        view.show_step(step)
        assert not view.button.isEnabled()
        assert view.button.accessibleDescription() == "OGAJ aún no firmó."
        assert any("OGAJ aún no firmó." in label.text() for label in _labels(view))


def test_the_folded_bar_cuts_its_sentence_with_an_ellipsis_and_tells_it_whole(qtbot):
    bar = NextBar()
    qtbot.addWidget(bar)
    bar.show_step(NextStep("Haga las actas que faltan", "Son muchas palabras. " * 12, "Hacer acta…"))
    [label] = [one for one in _labels(bar) if one.text().startswith("Siguiente paso: ")]
    assert isinstance(label, ElidedLabel)
    assert label.toolTip() == label.text()
    assert bar.minimumSizeHint().width() < 300


def test_nothing_due_shows_no_button(qtbot):
    panel = NextPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_step(None)
    assert not panel.button.isVisible()


def test_a_step_with_hostile_text_shows_it_as_text(qtbot):
    panel = NextPanel()
    qtbot.addWidget(panel)
    panel.show_step(NextStep("<b>x</b> & y", "<img src=x>", "A & B", run=lambda: None))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in _labels(panel) if label.text())
    assert panel.button.text() == "A && B"


@pytest.mark.parametrize(
    ("overdue", "soon", "words"),
    [(0, 0, "Plazos al día"), (1, 0, "■ 1 plazo vencido"), (2, 3, "■ 2 plazos vencidos · 3 por vencer"),
     (0, 1, "▲ 1 plazo por vencer")],
)  # fmt: skip
def test_terms_in_the_status_bar(qtbot, overdue, soon, words):
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_terms(overdue, soon)
    assert line.terms.text() == words


def test_who_where_and_on_what(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_desk(user="ana", office="OGAJ", base="sisfoh en servidor", local=False, practice=True)
    assert [label.text() for label in (line.user, line.office, line.base, line.mode)] == [
        "Usuario: ana", "Oficina: OGAJ", "Base: sisfoh en servidor (LAN)", PRACTICE_WORDS,
    ]  # fmt: skip


def _labels(widget):
    from PySide6.QtWidgets import QLabel

    return widget.findChildren(QLabel)
