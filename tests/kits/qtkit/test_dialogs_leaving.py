"""Esc and then Enter by habit lose nothing that was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import MessageDialog


def test_enter_at_the_question_goes_back_to_what_was_typed(qtbot, monkeypatch):
    dialog = FormDialog("Nuevo expediente")
    dialog.form.text("title", "Asunto")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.form.fields["title"].editor, "Plan")

    def enter(question: MessageDialog) -> QDialog.DialogCode:
        question.show()
        qtbot.keyClick(QApplication.focusWidget() or question, Qt.Key.Key_Return)
        return QDialog.DialogCode(question.result())

    monkeypatch.setattr(MessageDialog, "exec", enter)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.form.fields["title"].raw() == "Plan"
