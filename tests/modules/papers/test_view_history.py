"""The history of an emitted paper, opened by its order."""

from sisfoh_desktop.modules.papers.view import PapersPage
from sisfoh_desktop.qtkit.history import HistoryDialog


def test_the_order_opens_the_history_of_the_paper_chosen(practice_desk, qtbot):
    page = PapersPage(practice_desk)
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    practice_desk.tasks.wait_idle()
    (order,) = (action for action in page.page_actions() if action.text() == "&Historial…")
    order.trigger()
    practice_desk.tasks.wait_idle()
    (dialog,) = page.findChildren(HistoryDialog)
    assert dialog.windowTitle() == "Historial: 091-2024-GM/MPT"
    assert [row[2] for row in dialog.tab.list.as_seen()[1]] == ["Documento congelado"]
    dialog.accept()
