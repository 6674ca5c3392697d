"""An emitted paper of the practice office: its history, opened by its order, and its round."""

from sisfoh_desktop.modules.papers import service
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


def test_the_units_of_the_round_are_spelled_as_the_office_does(practice_desk, qtbot):
    page = PapersPage(practice_desk)
    qtbot.addWidget(page)
    practice_desk.tasks.wait_idle()
    told = [row[1].partition(" · ")[0] for row in page.round.as_seen()[1]]
    assert told == ["OGAJ", "OGPPyMI", "GDES", "SGDSyPV", "OGACyGD", "GM"]


def test_a_series_tells_when_it_was_made_and_where_it_began(practice_desk):
    (series,) = [one for one in service.list_series(practice_desk.db) if one.kind == "resolucion"]
    told = service.series_history(practice_desk.db, series.id)
    assert [line.what for line in told] == ["Inicio de la serie en el año", "Serie de números creada"]
