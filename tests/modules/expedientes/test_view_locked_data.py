"""The text of a document names locked data: a person reads their words, the base keeps their names."""

from dataclasses import replace

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def test_correcting_shows_the_locked_data_by_their_words_and_keeps_them_locked(
    desk, means, expediente_id, informe, qtbot
):
    told = replace(informe, says=("remite el plan a la {unit.ogpp} y a la {unit.otra}.",))
    service.register_document(**means, expediente_id=expediente_id, entry=told)
    made = ExpedientesPage(desk)
    qtbot.addWidget(made)
    desk.tasks.changed.connect(lambda names: made.reload() if names & made.touches else None)
    made.show()
    settle(desk)
    made.show_record("expedientes", expediente_id)
    settle(desk)
    before = made.record.document.entry
    form = made.document_dialog(before, made.record.document)
    form.show()
    shown = "remite el plan a la Oficina General de Planeamiento y a la «unit.otra»."
    assert form.main.fields["says"].raw() == shown
    form.main.fields["says"].set_value(shown.replace("remite", "eleva"))
    form.try_submit()
    settle(desk)
    assert made.record.document.entry.says == ("eleva el plan a la {unit.ogpp} y a la {unit.otra}.",)
