"""The history of a matrix, opened by its order."""

from sisfoh_desktop.modules.responsibilities.view import MatrixPage
from sisfoh_desktop.qtkit.history import HistoryDialog


def open_page(desk, qtbot):
    page = MatrixPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    desk.tasks.wait_idle()
    return page


def test_the_order_opens_the_history_of_the_matrix_on_view(practice_desk, qtbot):
    page = open_page(practice_desk, qtbot)
    assert page.history_action in page.page_actions()
    page.history_action.trigger()
    practice_desk.tasks.wait_idle()
    (dialog,) = page.findChildren(HistoryDialog)
    assert dialog.windowTitle() == f"Historial: {page.matrix.title}"
    assert [row[2] for row in dialog.tab.list.as_seen()[1]][-1] == "Matriz creada"
    dialog.accept()


def test_without_a_matrix_there_is_no_history(desk, qtbot):
    page = open_page(desk, qtbot)
    assert not page.history_action.isEnabled()
    page.history_action.trigger()
    assert not page.findChildren(HistoryDialog)
