"""A list is chosen from by writing: names of several words, accents or not, slowly or fast; Space alone opens it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sisfoh_desktop.qtkit import type_ahead
from sisfoh_desktop.qtkit.choice_fields import ComboField

PEOPLE = [
    (1, "Ing. Erick Vildoso Ale, Gerente"),
    (2, "Rosa Apaza Ñahui"),
    (3, "Rosa Quispe Mamani"),
    (4, "Álvaro Tito Roque"),
    (5, "Quispe Ramos, Ana"),
]


@pytest.fixture
def field(qtbot) -> ComboField:
    made = ComboField("Responsable", PEOPLE, required=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.editor.setFocus()
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rosa q", 3),
        ("rosa ", 2),
        ("alvaro tito", 4),
        ("erick", 1),
        ("quispe", 5),
        ("gerente", 1),
    ],
)
def test_what_is_written_chooses(field, typed, found):
    QTest.keyClicks(field.editor, typed)
    assert field.value() == found
    assert not field.editor.view().isVisible()


def test_what_is_not_there_changes_nothing(field):
    field.set_value(3)
    QTest.keyClicks(field.editor, "xyz")
    assert field.value() == 3


def test_the_same_letter_goes_from_one_to_the_next(field):
    seen = []
    for _ in range(3):
        QTest.keyClicks(field.editor, "r")
        seen.append(field.value())
    assert seen == [2, 3, 2]


def test_after_a_while_or_another_key_one_begins_anew(field, monkeypatch):
    QTest.keyClicks(field.editor, "rosa")
    monkeypatch.setattr(type_ahead, "PATIENCE_MS", -1)  # over at once
    QTest.keyClicks(field.editor, "q")
    assert field.value() == 5
    monkeypatch.undo()
    QTest.keyClicks(field.editor, "rosa")
    QTest.keyClick(field.editor, Qt.Key.Key_Up)
    QTest.keyClicks(field.editor, "e")
    assert field.value() == 1


def test_space_alone_opens_the_list(field, qtbot):
    QTest.keyClick(field.editor, Qt.Key.Key_Space)
    qtbot.waitUntil(field.editor.view().isVisible)
    field.editor.hidePopup()


def test_letters_with_alt_or_control_are_left_alone(field):
    field.set_value(3)
    QTest.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field.editor, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert field.value() == 3
