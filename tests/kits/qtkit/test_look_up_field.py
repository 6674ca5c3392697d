"""A line looked up by name: what is offered while typing, chosen by keyboard, and what stays when nothing is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.look_up_field import LookUpField

WORDS = {"230108": "Pocollay, Tacna (230108)", "030410": "Pocohuanca, Aymaraes (030410)"}


@pytest.fixture
def field(qtbot):
    form = Form()
    made = form.add(
        "place",
        LookUpField(
            "Distrito",
            offer=lambda typed: [
                (code, said) for code, said in WORDS.items() if typed and said.lower().startswith(typed)
            ],
            tell=lambda code: WORDS.get(code, ""),
            hint="Parte del nombre",
            max_length=60,
        ),
    )
    form.text("name", "Nombre")
    qtbot.addWidget(form)
    form.resize(500, 200)
    form.show()
    qtbot.waitExposed(form)
    made.editor.setFocus()
    return made


def _offered(field):
    model = field.completer.completionModel()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_enter_takes_the_first_of_those_offered(qtbot, field):
    told = []
    field.chosen.connect(told.append)
    qtbot.keyClicks(field.editor, "poco")
    popup = field.popup
    qtbot.waitUntil(popup.isVisible)
    assert _offered(field) == list(WORDS.values())
    assert field.raw() == "poco"
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (field.raw(), told) == ("230108", ["230108"])
    assert field.hint_label.text() == "Pocollay, Tacna (230108)"
    assert "Pocollay" in field.editor.accessibleDescription()


def test_tab_takes_the_marked_one_and_goes_on(qtbot, field):
    qtbot.keyClicks(field.editor, "poco")
    qtbot.waitUntil(field.popup.isVisible)
    qtbot.keyClick(field.popup, Qt.Key.Key_Down)
    qtbot.keyClick(field.popup, Qt.Key.Key_Tab)
    assert field.raw() == "030410"
    assert field.window().fields["name"].editor.hasFocus()
    qtbot.waitUntil(lambda: not field.popup.isVisible())


def test_tab_takes_nothing_that_has_not_what_was_typed(qtbot, field):
    field._offer = lambda _typed: list(WORDS.items())  # whatever is typed
    qtbot.keyClicks(field.editor, "juliaca")
    qtbot.waitUntil(field.popup.isVisible)
    qtbot.keyClick(field.popup, Qt.Key.Key_Tab)
    assert field.raw() == "juliaca"


def test_down_moves_without_changing_what_was_typed_and_escape_leaves_it(qtbot, field):
    qtbot.keyClicks(field.editor, "poco")
    popup = field.popup
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert field.raw() == "poco"
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not popup.isVisible())
    assert field.raw() == "poco"
    qtbot.keyClicks(field.editor, "h")
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.raw() == "030410"


def test_what_matches_nothing_is_typed_freely(qtbot, field):
    qtbot.keyClicks(field.editor, "230112")
    assert not field.popup.isVisible()
    assert (field.value(), field.hint_label.text()) == ("230112", "Parte del nombre")


def test_a_value_that_is_set_is_told_and_offers_nothing(field):
    field.set_value("030410")
    assert field.hint_label.text() == "Pocohuanca, Aymaraes (030410)"
    assert not field.popup.isVisible()
    field.set_value("")
    assert field.hint_label.text() == "Parte del nombre"


@pytest.mark.parametrize("typed", ["zzz", "pocox"])
def test_tab_goes_on_where_nothing_is_offered(qtbot, field, typed):
    after = field.window().fields["name"]
    for sign in typed:
        qtbot.keyClicks(QApplication.focusWidget(), sign)
    assert not field.popup.isVisible()
    assert field.raw() == typed
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert after.editor.hasFocus()
