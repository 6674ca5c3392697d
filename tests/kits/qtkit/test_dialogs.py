"""Dialogs: verbs, Enter and Esc, nothing cut, nothing lost."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.dialogs import WIDEST, FormDialog, TaskDialog
from sisfoh_desktop.qtkit.screen_room import screen_room


@pytest.fixture
def dialog(qtbot) -> FormDialog:
    made = FormDialog("Registrar un documento", primary="Registrar", columns=2)
    made.form.text("number", "Número", required=True)
    made.form.text("subject", "Asunto")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.mark.parametrize("keys", [Qt.Key.Key_S, Qt.Key.Key_G, Qt.Key.Key_Return])
def test_save_keys_do_the_primary(dialog, qtbot, keys):
    dialog.form.fields["number"].editor.setText("12")
    qtbot.keyClick(dialog, keys, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.values == {"number": "12", "subject": ""}


def test_enter_goes_to_the_next_field_and_does_the_primary_from_the_last(dialog, qtbot):
    number, subject = (dialog.form.fields[name].editor for name in ("number", "subject"))
    number.setText("12")
    subject.setText("Plan")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert subject.hasFocus()
    assert subject.selectedText() == "Plan", "as by Tab: typing replaces"
    assert dialog.isVisible()
    qtbot.keyClick(subject, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_enter_passes_fields_that_cannot_be_filled_in(dialog, qtbot):
    dialog.form.fields["number"].editor.setText("12")
    dialog.form.fields["subject"].set_read_only(True)
    qtbot.keyClick(dialog.form.fields["number"].editor, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_ctrl_e_selects_all_of_the_field(dialog, qtbot):
    dialog.form.set_values({"number": "12-2024"})
    editor = dialog.form.fields["number"].editor
    qtbot.keyClick(editor, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert editor.selectedText() == "12-2024"


def test_errors_keep_the_dialog_open(dialog, qtbot):
    qtbot.mouseClick(dialog.primary_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.form.summary.isVisible()


def test_a_refused_form_has_room_for_what_it_says(dialog, qtbot):
    before = dialog.height()
    qtbot.mouseClick(dialog.primary_button, Qt.MouseButton.LeftButton)
    assert dialog.height() > before
    assert not dialog._scroll.verticalScrollBar().maximum()


def test_leaving_with_typed_text_asks_first(dialog, qtbot, monkeypatch):
    answers = [False, True]
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: answers.pop(0))
    dialog.form.fields["number"].editor.setText("12")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.close()
    assert not dialog.isVisible()


def test_leaving_untouched_asks_nothing(dialog, qtbot, monkeypatch):
    monkeypatch.setattr(messages, "ask", lambda *_what: pytest.fail("asked"))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_refusal_from_the_worker_stands_on_top_and_buttons_come_back(dialog):
    dialog.set_busy(True)
    assert not dialog.primary_button.isEnabled()
    dialog.refuse(RuleError("x", "Ese número ya existe; no se guardó. Escriba otro."))
    assert dialog.banner.isVisible()
    assert dialog.primary_button.isEnabled()


def test_letters_of_buttons_and_fields_do_not_meet(dialog):
    texts = [dialog.primary_button.text(), dialog.cancel_button.text()]
    texts += [field.label.text() for field in dialog.form.fields.values()]
    letters = [text.partition("&")[2][:1].lower() for text in texts]
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_a_button_of_the_foot_takes_no_letter_of_a_field(dialog):
    labels = [field.label.text() for field in dialog.form.fields.values()]
    made = dialog.add_button(f"{labels[0][labels[0].index('&') + 1 :]} nuevo", lambda: None)
    assert made.text().partition("&")[2][:1].lower() not in [
        text.partition("&")[2][:1].lower() for text in labels
    ]


def test_a_dialog_is_not_wider_than_agreed(dialog):
    assert dialog.width() <= WIDEST


def test_a_form_longer_than_the_screen_scrolls(qtbot):
    dialog = FormDialog("Muchos campos")
    for number in range(60):
        dialog.form.text(f"f{number}", f"Campo {number}")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.height() <= screen_room(dialog).height()


_FORGET_A_DIALOG = """
import gc
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sisfoh_desktop.qtkit.dialogs import FormDialog
app = QApplication([])
QGuiApplication.primaryScreen().destroyed.connect(lambda *_: print("the screen is gone"))
dialog = FormDialog("Se olvida")
dialog.show()
dialog.itself = dialog
del dialog
gc.collect()
print(QGuiApplication.primaryScreen().availableGeometry().width() > 0)
"""


def test_a_dialog_that_is_forgotten_does_not_take_the_screen_with_it():
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-c", _FORGET_A_DIALOG], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "True", "it goes when the program ends, not before"


def test_a_body_that_needs_width_is_not_cut(qtbot):
    dialog = TaskDialog("Elegir", primary="Guardar", wide=True)
    body = QWidget()
    body.setMinimumWidth(680)
    dialog.set_body(body)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.sizeHint().width() >= 680
    assert dialog.width() >= 680
