"""The top bar: its title is never cut while something else can make room for it."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.top_bar import ActionButton, TopBar

WORDS = ("Ver el Anexo N° 01", "Nueva función", "Nueva unidad…", "Historial…")


@pytest.fixture
def bar(qtbot) -> TopBar:
    made = TopBar(QMenu())
    qtbot.addWidget(made)
    made.title.setText("Matriz de responsabilidades")
    made.actions_kept = [QAction(words) for words in WORDS]
    made.set_actions(made.actions_kept)
    made.resize(1200, made.sizeHint().height())
    made.show()
    return made


def settle() -> None:
    for _ in range(3):  # a new size of text makes the bar fold, and folding gives the title its room
        QApplication.processEvents()


def shown(bar: TopBar) -> list[str]:
    return [one.accessibleName() for one in bar.findChildren(ActionButton) if one.isVisible()]


def behind(bar: TopBar) -> list[str]:
    return [action.text() for action in bar.more_button.menu().actions()]


def widths(bar: TopBar) -> tuple[int, int]:
    settle()
    return bar.title.width(), bar.title.sizeHint().width()


def test_with_room_three_actions_are_buttons_and_the_rest_stand_behind_one(bar):
    assert shown(bar) == list(WORDS[:3])
    assert behind(bar) == [WORDS[3]]


@pytest.mark.parametrize("width", [1200, 900, 800, 700])
def test_the_title_is_whole_at_any_width_and_no_action_is_lost(bar, width):
    bar.resize(width, bar.height())
    room, needed = widths(bar)
    assert room >= needed
    assert [*shown(bar), *behind(bar)] == list(WORDS)
    assert shown(bar)


def test_larger_text_folds_actions_and_room_brings_them_back(bar):
    theme().set_scale(160)
    room, needed = widths(bar)
    assert room >= needed
    assert len(shown(bar)) < 3
    theme().set_scale(100)
    settle()
    assert shown(bar) == list(WORDS[:3])
