"""The history of an expediente on its screen."""

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage


def test_the_last_tab_tells_who_did_what_and_grows_with_each_change(practice_desk, qtbot):
    page = ExpedientesPage(practice_desk)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    practice_desk.tasks.wait_idle()
    page.show_record("expedientes", 1)
    practice_desk.tasks.wait_idle()
    page.record.tabs.setCurrentWidget(page.record.history)
    practice_desk.tasks.wait_idle()
    table = page.table()
    assert table is page.record.history.list
    before = len(table.rows())
    assert table.as_seen()[1][-1][2] == "Expediente abierto"
    expediente = service.load_expediente(practice_desk.db, 1)
    service.save_expediente(
        practice_desk.db, actor=practice_desk.actor, now=practice_desk.clock.now(), expediente_id=1,
        expected_version=expediente.version, title=expediente.title, code="E-12", plan_id=expediente.plan_id,
    )  # fmt: skip
    page.reload()
    qtbot.waitUntil(lambda: len(table.rows()) == before + 1)
    assert table.as_seen()[1][0][1:] == [
        "prueba · ULE",
        "Datos del expediente corregidos",
        "Código: — → E-12",
    ]
