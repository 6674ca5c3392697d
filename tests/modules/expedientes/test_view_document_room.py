"""The form of a document has room for all of it on a screen of 768 lines, whichever tab is on view."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QScrollArea

from sisfoh_desktop.modules.expedientes.rules import DocumentKind
from sisfoh_desktop.modules.expedientes.view.page import ExpedientesPage
from sisfoh_desktop.qtkit import dialogs
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture
def dialog(desk, qapp, qtbot, expediente_id, units, monkeypatch):
    theme().start(qapp, "light", scale=100)
    monkeypatch.setattr(dialogs, "largest", lambda _dialog: QSize(1318, 704))
    page = ExpedientesPage(desk)
    qtbot.addWidget(page)
    page.show()
    desk.tasks.wait_idle()
    page.show_record("expedientes", expediente_id)
    desk.tasks.wait_idle()
    made = page.document_dialog(page.record.shown.expected)
    made.show()
    yield made
    made.body.mark_saved()


def test_a_new_document_is_asked_without_a_scroll_bar(dialog):
    [area] = [one for one in dialog.findChildren(QScrollArea) if one.widget() is dialog.body]
    for number in range(dialog.body.count()):
        dialog.body.setCurrentIndex(number)
        QApplication.processEvents()
        assert area.verticalScrollBar().maximum() == 0, dialog.body.tabText(number)
        assert area.horizontalScrollBar().maximum() == 0, dialog.body.tabText(number)


def test_what_is_wrong_in_a_tab_behind_brings_it_to_the_front(dialog):
    typed = {"number": "021-2024/SISFOH", "sender": "ULE", "receiver": "GM", "subject": "Remite el plan"}
    for name, value in {"kind": DocumentKind.INFORME, **typed}.items():
        dialog.main.fields[name].set_value(value)
    dialog.cited.fields["opening"].set_value("x" * 301)
    assert dialog.body.entry() is None
    assert dialog.body.currentIndex() == 2
    assert "301 caracteres" in dialog.cited.fields["opening"].error
