"""The dialog that asks for a certificate grows with what it has to say: the password is never pushed out of sight."""

import pytest
from PySide6.QtWidgets import QScrollArea

from sisfoh_desktop.qtkit.sign_dialog import SignDialog


@pytest.mark.parametrize("typed", [{}, {"path": "/no/esta/certificado.p12", "password": "clave"}])
def test_a_refusal_finds_its_room(qtbot, typed):
    dialog = SignDialog("la resolución 091-2024-GM/MPT", details="Firma 1 de 6. Motivo: «Doy V° B°».")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    for name, text in typed.items():
        dialog.file_form.fields[name].editor.setText(text)
    dialog.try_submit()
    assert dialog.isVisible()
    assert dialog.file_form.fields["path"].error
    assert dialog.findChild(QScrollArea).verticalScrollBar().maximum() == 0
