"""The button inside a line of text grows with the text and never lies over it."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.qtkit.parsed_fields import DateField
from sisfoh_desktop.qtkit.secret_fields import SecretField
from sisfoh_desktop.qtkit.theme import theme


def button_of(field):
    return field.pick_button if isinstance(field, DateField) else field.eye_button


@pytest.fixture(params=[DateField, SecretField])
def field(request, qtbot):
    made = request.param("Dato")
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


@pytest.mark.parametrize("scale", [100, 160])
def test_it_is_as_large_as_the_text(field, scale):
    theme().set_scale(scale)
    field.resize(300, field.sizeHint().height())
    QApplication.processEvents()
    button = button_of(field)
    assert button.iconSize() == QSize(theme().px(16), theme().px(16))
    assert field.editor.rect().contains(button.geometry())
    assert field.editor.textMargins().right() >= button.width()


def test_it_stays_at_the_right_edge_when_the_field_grows(field):
    before = button_of(field).x()
    field.resize(500, field.height())
    QApplication.processEvents()
    assert button_of(field).x() == before + 200


def test_it_is_named_takes_no_stop_of_tab_and_does_its_action(field):
    button = button_of(field)
    assert button.accessibleName()
    assert button.toolTip()
    done = []
    button.defaultAction().triggered.connect(lambda _on=False: done.append(True))
    if isinstance(field, SecretField):
        button.click()
        assert field.eye.isChecked()
        assert done == [True]
    else:
        field.set_read_only(True)
        button.click()
        assert done == []
