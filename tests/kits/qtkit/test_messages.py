"""Messages: plain text, verbs, the destructive answer never under Enter."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.messages import (
    KEPT_FREE,
    MessageDialog,
    Toast,
    ask,
    ask_destroy,
    show_error,
    show_notice,
)
from sisfoh_desktop.qtkit.next_panel import NextBar, NextPanel
from sisfoh_desktop.qtkit.page import NextStep


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


@pytest.mark.parametrize("editing", [False, True])
def test_ctrl_z_undoes_unless_a_text_keeps_that_key(window, qtbot, editing):
    undone: list[int] = []
    layout = QVBoxLayout(window)
    text, button = QLineEdit(), QPushButton("Otra cosa")
    layout.addWidget(text)
    layout.addWidget(button)
    text.insert("plan")
    focused = text if editing else button
    focused.setFocus()
    qtbot.waitUntil(focused.hasFocus)
    toast = Toast.show_over(window, "Se archivó el expediente 12.", lambda: undone.append(12))
    qtbot.keyClick(focused, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ([] if editing else [12])
    assert text.text() == ("" if editing else "plan")
    assert toast.isHidden() is not editing
    assert focused.hasFocus()
    if not editing:  # the offer is gone: the key does nothing a second time
        qtbot.keyClick(focused, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert undone == [12]


def test_an_undo_goes_with_the_page_that_offered_it(window, qtbot):
    undone: list[int] = []
    page = QWidget(window)
    page.show()
    Toast.show_over(page, "Se archivó el expediente 12.", lambda: undone.append(12))
    page.deleteLater()  # as when another base is opened, or who was in leaves
    qtbot.waitUntil(lambda: not window.findChildren(Toast))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []


def test_ctrl_z_does_not_press_an_offer_that_undoes_nothing(window, qtbot):
    pressed: list[int] = []
    Toast.show_over(window, "¿Un recorrido?", lambda: pressed.append(1), button="Ver el recorrido")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_a_toast_without_undo_takes_no_click_from_what_it_covers(window):
    toast = Toast.show_over(window, "Se guardó.")
    assert window.childAt(toast.geometry().center()) is not toast
    assert not toast.isAncestorOf(window.childAt(toast.geometry().center()) or window)


def test_a_new_toast_takes_the_place_of_the_old(window):
    first = Toast.show_over(window, "uno")
    second = Toast.show_over(window, "dos")
    assert first.isHidden()
    assert second.isVisible()


def step(words="La resolución espera firmas."):
    return NextStep("Firme la resolución", words, "Firmar…", True, "", lambda: None)


def worked_with(window, toast, *places):
    """Whether the toast lies over any of these."""
    lying = QRect(toast.mapTo(window, QPoint(0, 0)), toast.size())
    return any(lying.intersects(QRect(one.mapTo(window, QPoint(0, 0)), one.size())) for one in places)


def test_a_toast_lies_over_the_words_of_the_folded_next_step_and_not_its_button(window):
    bar = NextBar(window)
    bar.show_step(step())
    bar.setGeometry(0, 400, 800, 60)
    bar.show()
    toast = Toast.show_over(window, "Se archivó el expediente 12.", lambda: None)
    assert bar.geometry().contains(toast.geometry())
    assert not worked_with(window, toast, bar.button)
    toast = Toast.show_over(
        window, "Se archivó el expediente 12 del programa. " * 3
    )  # more than its line holds
    assert not worked_with(window, toast, bar)


def test_a_toast_makes_way_for_the_next_step_that_folds_into_a_bar_after_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    bar = NextBar(window)
    bar.show_step(step())
    bar.hide()
    window.show()
    toast = Toast.show_over(window, "Se ofreció un recorrido.", lambda: None, button="Ver")
    bar.setGeometry(0, 300, 600, 100)
    bar.show()
    qtbot.waitUntil(lambda: bar.geometry().contains(toast.geometry()))
    assert not worked_with(window, toast, bar.button)


def test_a_toast_stands_under_the_words_of_the_next_step_and_leaves_the_page_free(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 400)
    panel = NextPanel(window)
    panel.setGeometry(620, 0, 280, 400)
    panel.show_step(step())
    window.show()
    toast = Toast.show_over(window, "Se archivó el expediente 12 del programa.", lambda: None)
    assert panel.geometry().contains(toast.geometry())
    assert not worked_with(window, toast, panel.button)
    assert toast.geometry().contains(
        QRect(toast.mapTo(window, toast.undo_button.pos()), toast.undo_button.size())
    )
    panel.show_step(step("Antes falta algo de lo que se pidió. " * 20))  # no room is left below its words
    qtbot.waitUntil(lambda: not panel.geometry().contains(toast.geometry()))


def test_a_toast_never_lies_over_what_is_typed_into_at_the_foot_of_a_page(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    row = QWidget(window)
    row.setObjectName(KEPT_FREE)
    row.setGeometry(0, 330, 600, 30)
    window.show()
    toast = Toast.show_over(window, "Se ofreció un recorrido.", lambda: None, button="Ver")
    assert toast.geometry().bottom() < 330
    row.setGeometry(0, 300, 600, 60)  # a refusal stands below it now
    qtbot.waitUntil(lambda: toast.geometry().bottom() < 300)
    row.hide()  # another page
    qtbot.waitUntil(lambda: toast.geometry().bottom() > 300)
