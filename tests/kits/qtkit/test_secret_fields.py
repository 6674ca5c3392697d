"""The field of a password: covered, as typed, in no draft."""

import pytest
from PySide6.QtWidgets import QLineEdit

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.secret_fields import MOST_SIGNS, SecretField


@pytest.fixture
def field(qtbot):
    made = SecretField("Contraseña")
    qtbot.addWidget(made)
    return made


def test_it_is_covered_until_its_eye_is_pressed(field):
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password
    field.eye.trigger()
    assert field.editor.echoMode() == QLineEdit.EchoMode.Normal
    field.wipe()
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password


def test_blanks_belong_to_the_password(field):
    field.set_value(" tres palabras ")
    assert field.checked_value() == " tres palabras "
    field.set_value("   ")
    assert field.checked_value() == "   "


def test_nothing_of_it_goes_into_a_draft_or_a_comparison(field):
    field.set_value("tres palabras")
    assert field.typed() is None
    assert "tres" not in field.as_read()
    field.eye.trigger()
    assert field.typed() is None


def test_an_empty_or_endless_one_is_refused(field):
    with pytest.raises(RuleError):
        field.checked_value()
    field.set_value("x" * (MOST_SIGNS + 1))
    with pytest.raises(RuleError):
        field.checked_value()


def test_wiping_leaves_nothing_to_undo(field):
    field.set_value("tres palabras")
    field.wipe()
    field.editor.undo()
    assert field.editor.text() == ""
