"""The «?» of a field of which a norm speaks: seen, heard, opened by mouse and by Mayús+F1, closed without a trace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sisfoh_desktop.basics.field_help import field_notes
from sisfoh_desktop.basics.help_topics import with_norms
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.field_help import NoteBox
from sisfoh_desktop.qtkit.forms import CheckField, Form, TextField

NOTES = field_notes()
PLACES = sorted({note.where for note in NOTES})


class VerifiedDialog(FormDialog):
    """Stands for a dialog of the office: the help knows classes by their folder and name."""

    __module__ = "sisfoh_desktop.modules.office.view.holiday_dialogs"

    def __init__(self) -> None:
        super().__init__("Verificar el calendario")
        self.form.text("other", "Otro dato")
        self.form.text("until", "Verificado hasta", required=True, hint="El último día que revisó")


@pytest.fixture
def dialog(qtbot):
    dialog = VerifiedDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def box():
    shown = QApplication.activePopupWidget()
    return shown if isinstance(shown, NoteBox) else None


@pytest.mark.parametrize("place", PLACES)
def test_every_field_with_a_note_shows_and_says_it(qtbot, place):
    notes = {name: with_norms(note.text) for note in NOTES if note.where == place for name in note.fields}
    where, name = place.split(".")
    module = f"sisfoh_desktop.{where}.any" if where == "qtkit" else f"sisfoh_desktop.modules.{where}.view.any"
    holder = type(name, (QWidget,), {"__module__": module})()
    qtbot.addWidget(holder)
    form = Form()
    for field in notes:
        form.add(field, TextField(field))
    form.check("not noted", "Sin nota")
    QVBoxLayout(holder).addWidget(form)
    holder.show()
    for field, text in notes.items():
        assert form.fields[field].mark.isVisible()
        assert text in form.fields[field].editor.accessibleDescription()
    assert form.fields["not noted"].mark is None


def test_the_mark_stands_beside_the_label_and_opens_the_note(dialog, qtbot):
    field = dialog.form.fields["until"]
    qtbot.waitUntil(lambda: field.mark.x() > 0)
    label = field.label.mapTo(dialog, field.label.rect().topRight())
    assert 0 < field.mark.mapTo(dialog, field.mark.rect().topLeft()).x() - label.x() < 12
    assert "Verificado hasta" in field.mark.accessibleName()
    QTest.mouseClick(field.mark, Qt.MouseButton.LeftButton)
    assert "DS 006-2026-JUS, art. 137" in box().text.text()
    line = field.editor.mapToGlobal(field.editor.rect().bottomLeft()).y()
    assert 0 < box().y() - line < 12, "what is written in the field is still read"
    QTest.keyClick(box(), Qt.Key.Key_Escape)
    assert box() is None
    assert dialog.isVisible()


def test_shift_f1_opens_it_from_the_field_and_closes_it_again(dialog):
    field = dialog.form.fields["until"]
    field.editor.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert "art. 137" in box().text.text()
    QTest.keyClick(box(), Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert box() is None
    assert QApplication.focusWidget() is field.editor


def test_a_field_of_which_no_norm_speaks_says_so(dialog):
    field = dialog.form.fields["other"]
    assert field.mark is None
    field.editor.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert "Ninguna norma" in box().text.text()
    box().close()


def test_the_error_is_heard_before_the_note(dialog):
    field = dialog.form.fields["until"]
    assert field.editor.accessibleDescription().startswith("El último día que revisó ")
    dialog.try_submit()
    assert field.editor.accessibleDescription().startswith("Falta «Verificado hasta»")
    assert "art. 137" in field.editor.accessibleDescription()


def test_shown_again_it_has_one_mark_and_one_shortcut(dialog):
    field = dialog.form.fields["until"]
    mark = field.mark
    dialog.hide()
    dialog.show()
    assert field.mark is mark
    assert len(dialog.form.findChildren(QShortcut)) == 1


def test_the_mark_takes_no_stop_of_tab(dialog):
    dialog.form.fields["other"].editor.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.form.fields["until"].editor


def test_a_box_with_its_words_beside_it_has_the_mark_after_them(qtbot):
    holder = type("BackupDialog", (QWidget,), {"__module__": "sisfoh_desktop.modules.safekeeping.view.any"})()
    qtbot.addWidget(holder)
    form = Form()
    field = form.add("on_close", CheckField("Respaldar también al cerrar el programa"))
    QVBoxLayout(holder).addWidget(form)
    holder.show()
    qtbot.waitUntil(lambda: field.mark.x() > 0)
    right = field.editor.mapTo(holder, field.editor.rect().topRight()).x()
    assert 0 < field.mark.mapTo(holder, field.mark.rect().topLeft()).x() - right < 12
