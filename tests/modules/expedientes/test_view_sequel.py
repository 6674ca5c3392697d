"""The page of an expediente that has an act already."""

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import Sequel, SequelAct
from sisfoh_desktop.modules.expedientes.service import sequel
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage

ACT = SequelAct(7, "Resolución N° 9-2024-GM/MPP: congelada", "Faltan 2 de 3 firmas: OGAJ, GM.")


def test_the_next_step_opens_the_act_that_the_file_has(
    desk, qtbot, means, expediente_id, informe, monkeypatch
) -> None:
    monkeypatch.setattr(sequel, "_givers", [])
    service.register_sequel(lambda _db, _expediente_id, _today: Sequel(act=ACT))
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    made = ExpedientesPage(desk)
    qtbot.addWidget(made)
    desk.tasks.wait_idle()
    made.show_record("expedientes", expediente_id)
    desk.tasks.wait_idle()
    step = made.next_step()
    assert (step.title, step.text, step.button) == (ACT.head, ACT.says, "Abrir la resolución")
    asked = []
    made.open_record.connect(lambda kind, record_id: asked.append((kind, record_id)))
    step.run()
    assert asked == [("resoluciones", 7)]
