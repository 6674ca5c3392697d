"""The window's own memory: harmless when it is damaged."""

import pytest
from PySide6.QtCore import QByteArray

from sisfoh_desktop.qtkit.window_state import WindowState


def test_size_and_text_are_remembered(tmp_path):
    path = tmp_path / "ventana.ini"
    state = WindowState(path)
    state.geometry, state.scale = QByteArray(b"abc"), 140
    state.save()
    again = WindowState(path)
    assert (again.geometry, again.scale) == (QByteArray(b"abc"), 140)


@pytest.mark.parametrize("text", ["scale=grande", "scale=-5", "scale=99999", "\x00\x01", "geometry=x"])
def test_a_damaged_file_gives_the_defaults(tmp_path, text):
    path = tmp_path / "ventana.ini"
    path.write_text(f"[General]\n{text}\n", encoding="utf-8")
    state = WindowState(path)
    assert state.scale == 100
    assert state.geometry.isEmpty()
