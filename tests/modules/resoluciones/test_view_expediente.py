"""Asked for the act of an expediente: a dialog for that one, or the act that it already has."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.modules.resoluciones.view.new_act import NewDialog
from sisfoh_desktop.modules.resoluciones.view.page import OF_EXPEDIENTE


@pytest.fixture
def ask(qtbot, desk, case):
    page = ResolucionesPage(desk)
    qtbot.addWidget(page)
    page.show()

    def asked(expediente_id):
        page.show_record(OF_EXPEDIENTE, expediente_id)
        for _ in range(5):
            desk.tasks.wait_idle()
            QApplication.processEvents()
        return page

    return asked


def test_the_dialog_is_for_that_expediente_and_later_its_act_is_opened(ask, case, desk, monkeypatch):
    other = expedientes.create_expediente(
        **case.desk, title="Otro asunto", plan_id=case.plan_id, opened_on=date(2024, 3, 1)
    )
    seen = []

    def look(dialog, accept=False):
        fields = dialog.form.fields
        seen.append((fields["expediente_id"].value(), fields["series_id"].editor.currentText()))
        if accept:
            dialog.try_submit()
            for _ in range(3):
                desk.tasks.wait_idle()
        return dialog.result()

    series = "Resolución de Gerencia Municipal (001-2024-GM/MPP)"
    monkeypatch.setattr(NewDialog, "exec", look)
    assert not ask(other).record_open
    monkeypatch.setattr(NewDialog, "exec", lambda dialog: look(dialog, True))
    page = ask(case.expediente_id)
    made = page.record.act
    assert made.expediente_id == case.expediente_id
    assert seen == [(other, series), (case.expediente_id, series)]
    page.cancel()
    assert not page.record_open
    assert ask(case.expediente_id).record.act.id == made.id
    assert len(seen) == 2, "nothing is asked of an expediente that has its act"
