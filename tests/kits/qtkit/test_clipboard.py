"""What was copied does not bring the program down when it ends."""

import os
import subprocess
import sys

import pytest

_COPY_AND_END = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sisfoh_desktop.qtkit.clipboard import new_mime_data
app = QApplication([])
data = new_mime_data()
assert data.formats() == []
data.setText("copiado")
data.setData("application/x-sisfoh-prueba", b"1")
QGuiApplication.clipboard().setMimeData(data)
assert QGuiApplication.clipboard().text() == "copiado"
assert QGuiApplication.clipboard().mimeData().hasFormat("application/x-sisfoh-prueba")
"""

_COPY_IN_THE_EDITOR = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sisfoh_desktop.modules.resoluciones.view.chip_editor import ChipEditor
app = QApplication([])
editor = ChipEditor()
editor.set_stored("un texto")
editor.selectAll()
editor.copy()
assert QGuiApplication.clipboard().text() == "un texto"
"""


@pytest.mark.parametrize("program", [_COPY_AND_END, _COPY_IN_THE_EDITOR])
def test_the_program_ends_well_with_its_own_data_on_the_clipboard(program):
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
