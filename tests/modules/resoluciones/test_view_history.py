"""The history of an act on its screen."""

from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage


def test_the_tab_tells_the_act_with_its_number_and_its_paper(practice_desk, qtbot):
    page = ResolucionesPage(practice_desk)
    qtbot.addWidget(page)
    page.resize(1100, 680)
    page.show()
    page.show_record("resoluciones", 1)
    practice_desk.tasks.wait_idle()
    page.record.tabs.setCurrentWidget(page.record.history)
    practice_desk.tasks.wait_idle()
    done = [row[2] for row in page.table().as_seen()[1]]
    assert {"Documento congelado", "Número reservado"} <= set(done)
    assert done[-1] == "Borrador preparado"
    assert page.record.tabs.tabText(page.record.tabs.indexOf(page.record.history)) == "&Historial"
