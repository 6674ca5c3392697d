"""How much of a window its screen shows."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit import screen_room


@pytest.mark.parametrize(
    ("room", "fills"),
    [((1366, 728), True), ((1366, 1080), True), ((1920, 768), True), ((1920, 1040), False)],
)
def test_a_window_that_would_run_off_its_screen_fills_it(qtbot, monkeypatch, room, fills):
    monkeypatch.setattr(screen_room, "screen_room", lambda _widget: QRect(0, 0, *room))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    screen_room.show_whole(window)
    assert window.isVisible()
    assert window.isMaximized() is fills
