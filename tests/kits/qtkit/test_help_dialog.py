"""The window of the help: topics, search, the way back, and F1 in a dialog."""

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from sisfoh_desktop.qtkit import help_dialog
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.help_dialog import HelpDialog, help_topics
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture
def dialog(qtbot):
    dialog = HelpDialog("resoluciones")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    return dialog


def titles(dialog):
    rows = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [row.text().strip() for row in rows if row.flags() & Qt.ItemFlag.ItemIsSelectable]


def test_the_first_steps_come_first():
    assert help_topics()[0].key == "first-steps"


def test_a_topic_is_shown_in_its_group_and_its_links_followed(dialog):
    assert "Congelada" in dialog.browser.toPlainText()
    assert dialog.list.currentItem().text().strip() == "Resoluciones"
    dialog.browser.anchorClicked.emit(QUrl("resoluciones-word.md"))
    assert dialog.shown == "resoluciones-word"
    assert dialog.list.currentItem().text().strip() == "El proyecto en Word"


def test_a_norm_is_named_as_the_catalogue_cites_it(dialog):
    assert "Ley 27972" in dialog.browser.toPlainText()
    assert "norma:" not in dialog.browser.toPlainText()


def test_a_table_does_not_touch_the_heading_above_it(dialog):
    dialog.show_topic("keys")
    document = dialog.browser.document()
    heading = document.begin()
    table = document.rootFrame().childFrames()[0]
    layout = document.documentLayout()
    assert heading.blockFormat().headingLevel()
    assert layout.frameBoundingRect(table).top() - layout.blockBoundingRect(heading).bottom() >= 10


def test_one_can_go_back_and_back_again(dialog):
    assert not dialog.back_button.isEnabled()
    dialog.show_topic("papers")
    dialog.show_topic("office")
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.shown == "papers"
    dialog.back_button.click()
    assert dialog.shown == "resoluciones"
    assert not dialog.back_button.isEnabled()


def test_the_search_narrows_the_topics_and_shows_where_it_is_said(dialog):
    QTest.keyClick(dialog, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.field, "frase de recuperacion")
    assert "Cifrar la base" in titles(dialog)
    assert "Kardex: dónde está cada formulario" not in titles(dialog)
    dialog.show_topic("safekeeping-cipher")
    marked = {one.cursor.selectedText().lower() for one in dialog.browser.extraSelections()}
    assert "recuperación" in marked


def test_another_ending_of_the_word_is_found_and_stands_out(dialog):
    dialog.field.setText("notificar")
    assert "Notificar, remitir y publicar" in titles(dialog) or titles(dialog)
    dialog.show_topic("resoluciones-delivery")
    marked = {one.cursor.selectedText().lower() for one in dialog.browser.extraSelections()}
    assert marked & {"notificación", "notifica", "notificaciones"}


def test_a_word_that_nobody_says_is_told_and_the_page_stays(dialog):
    dialog.field.setText("locomotora")
    assert titles(dialog) == []
    assert dialog.nothing.isVisible()
    assert "locomotora" in dialog.nothing.text()
    assert dialog.shown == "resoluciones"
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert len(titles(dialog)) == len(dialog.topics)
    assert dialog.isVisible()


def test_the_arrow_goes_to_what_was_found_and_stays_where_nothing_was(dialog, qtbot):
    dialog.show()
    dialog.activateWindow()
    dialog.field.setFocus()
    dialog.field.setText("zzzzzz")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.field.hasFocus()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.hasFocus()
    assert dialog.list.currentItem() is not None


def test_an_unknown_topic_opens_the_first(qtbot):
    dialog = HelpDialog("nada")
    qtbot.addWidget(dialog)
    assert dialog.shown == "first-steps"


def test_every_control_has_its_name(dialog):
    for control in (dialog.field, dialog.list, dialog.browser):
        assert control.accessibleName()


def test_f1_in_a_dialog_shows_its_page_and_keeps_what_was_typed(qtbot):
    from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog

    dialog = ReasonDialog.__new__(ReasonDialog)
    FormDialog.__init__(dialog, "Motivo", primary="Ver")
    field = dialog.form.add("reason", TextField("Motivo"))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.editor.setText("Para el informe")
    QTest.keyClick(field.editor, Qt.Key.Key_F1)
    (shown,) = dialog.findChildren(HelpDialog)
    assert shown.shown == "safekeeping-privacy"
    shown.close()
    assert field.editor.text() == "Para el informe"
    assert dialog.isVisible()
    dialog.done(QDialog.DialogCode.Rejected)


@pytest.mark.parametrize("scale", [100, 160])
def test_no_title_is_cut_on_a_small_screen(qtbot, monkeypatch, scale):
    monkeypatch.setattr(help_dialog, "largest", lambda _dialog: QSize(1318, 704))
    theme().set_scale(scale)
    shown = HelpDialog("keys")
    qtbot.addWidget(shown)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    shown.show()
    room = shown.list.viewport().width() - 2 * theme().px(6)
    longest = max(shown.list.fontMetrics().horizontalAdvance(title) for title in titles(shown))
    assert longest <= room
    assert shown.browser.width() > shown.list.width()
