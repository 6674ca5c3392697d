"""Messages: plain text, verbs, the destructive answer never under Enter."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from sisfoh_desktop.qtkit.messages import MessageDialog, Toast, ask, ask_destroy, show_error, show_notice


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    made.show()
    return made


def answer_with(key: Qt.Key, qtbot) -> None:
    """Press a key in the question that is about to open."""

    def press() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MessageDialog))
        qtbot.keyClick(dialog, key)

    QTimer.singleShot(0, press)


def test_an_error_shows_its_sentence_as_plain_text_without_blocking(window):
    dialog = show_error(window, "El <b>N°</b> 12 & 13 ya existe; no se guardó.")
    labels = [label for label in dialog.findChildren(QLabel) if "12 & 13" in label.text()]
    assert labels[0].textFormat() == Qt.TextFormat.PlainText
    assert dialog.isVisible()
    dialog.close()


def test_a_notice_has_one_button(window):
    dialog = show_notice(window, "Aviso", "Se guardó una copia.")
    assert dialog.primary_button.text().replace("&", "") == "Entendido"
    assert not dialog.cancel_button.isVisible()
    dialog.close()


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_enter_does_what_is_asked_and_escape_leaves(window, qtbot, key, answer):
    answer_with(key, qtbot)
    assert ask(window, "¿Cerrar el mes?", "Después solo se reabre con documento.", "Cerrar") is answer


def test_enter_never_destroys(window, qtbot):
    answer_with(Qt.Key.Key_Return, qtbot)
    assert not ask_destroy(window, "el documento 237-2024-OGAJ/MPT", "No se puede recuperar.")


def test_a_toast_can_be_undone(window, qtbot):
    undone: list[int] = []
    toast = Toast.show_over(window, "Se archivó el expediente 12.", lambda: undone.append(12))
    qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    assert undone == [12]
    assert toast.isHidden()


def test_a_toast_without_undo_takes_no_click_from_what_it_covers(window):
    toast = Toast.show_over(window, "Se guardó.")
    assert window.childAt(toast.geometry().center()) is not toast
    assert not toast.isAncestorOf(window.childAt(toast.geometry().center()) or window)


def test_a_new_toast_takes_the_place_of_the_old(window):
    first = Toast.show_over(window, "uno")
    second = Toast.show_over(window, "dos")
    assert first.isHidden()
    assert second.isVisible()
