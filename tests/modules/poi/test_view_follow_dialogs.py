"""The questions of «Seguimiento»: motive, closing, reopening, evidence, punctuality."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.modules.poi.rules.closing import EventKind
from sisfoh_desktop.modules.poi.rules.facts import Execution
from sisfoh_desktop.modules.poi.service import evidence, following, plans
from sisfoh_desktop.modules.poi.service.motives import list_motives
from sisfoh_desktop.modules.poi.view.follow_dialogs import (
    CloseDialog,
    MissingMotivesDialog,
    MotiveDialog,
    ReopenDialog,
    deviation_sentence,
)
from sisfoh_desktop.modules.poi.view.follow_evidence import (
    AddEvidenceDialog,
    EvidenceDialog,
    WithdrawDialog,
)
from sisfoh_desktop.modules.poi.view.follow_punctuality import EventsDialog, PunctualityDialog
from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab

VISITS = 8


@pytest.fixture
def plan(desk, poi_office):
    return plans.load_plan(desk.db, poi_office.plan)


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def shown(qtbot, dialog: QDialog) -> QDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def closed(desk, plan) -> list[int]:
    return [one.month for one in following.list_months(desk.db, plan.id) if one.closed]


def close_dialog(desk, qtbot, plan, *months: int) -> CloseDialog:
    states = following.list_months(desk.db, plan.id)
    checks = [following.check_closing(desk.db, plan_id=plan.id, month=month) for month in months]
    return shown(qtbot, CloseDialog(desk, plan, [states[month - 1] for month in months], checks))


def test_the_motive_is_of_the_list_or_in_words(desk, qtbot, poi_office):
    activity = poi_office.activity(VISITS)
    cell = Execution(activity.id, 3, Decimal(40), motive_text="Lluvias")
    dialog = shown(qtbot, MotiveDialog(activity, cell, list_motives(), year=2024))
    assert dialog.form.value("motive_text") == "Lluvias"
    QTimer.singleShot(0, lambda: (dialog.form.fields["motive"].set_value("weather"), dialog.try_submit()))
    assert dialog.ask() == {"motive": "weather", "motive_text": "Lluvias", "corrective": ""}


def test_a_figure_is_told_against_its_programme(poi_office):
    activity = poi_office.activity(VISITS)
    cell = Execution(activity.id, 3, Decimal(50))
    assert deviation_sentence(activity, cell, 2024) == (
        "Marzo de 2024: ejecutado 50 de 50, como se programó."
    )
    assert "todavía no hay cifra" in deviation_sentence(activity, replace(cell, physical=None), 2024)
    idle = replace(activity, programmed=(None,) * 12)
    assert deviation_sentence(idle, cell, 2024).endswith("ejecutado 50 de 0, ejecutado sin programación.")


@pytest.mark.parametrize(
    ("press", "answer"),
    [
        (lambda dialog: dialog.primary_button.click(), MissingMotivesDialog.WRITE),
        (lambda dialog: dialog.without_button.click(), MissingMotivesDialog.WITHOUT),
        (lambda dialog: dialog.same_button.click(), MissingMotivesDialog.SAME),
        (lambda dialog: dialog.reject(), MissingMotivesDialog.BACK),
    ],
)
def test_saving_without_motives_is_a_choice_and_leaving_is_not_saving(qtbot, press, answer):
    dialog = MissingMotivesDialog(2)
    qtbot.addWidget(dialog)
    QTimer.singleShot(0, lambda: press(dialog))
    assert dialog.ask() == answer


def test_a_month_that_owes_something_is_closed_with_a_reason(desk, qtbot, plan):
    dialog = close_dialog(desk, qtbot, plan, 1)
    assert [one.name.split(" (")[0] for one in dialog.list.rows()] == [
        "Organizar campañas de salud",
        "Notificar resultados",
    ]
    dialog.try_submit()
    settle(desk)
    assert dialog.reason.error
    assert closed(desk, plan) == []
    dialog.reason.set_value("No informaron")
    assert dialog.has_unsaved()
    dialog.try_submit()
    settle(desk)
    assert closed(desk, plan) == [1]
    assert dialog.result() == QDialog.DialogCode.Accepted
    (event,) = following.month_events(desk.db, plan.id)
    assert (event.reason, event.unexplained) == ("No informaron", 2)


def test_a_whole_month_is_closed_without_a_question(desk, qtbot, plan, poi_office):
    for number in (7, 10):
        poi_cell = following.load_follow_up(desk.db, plan.id).activities[number].cell(1)
        following.record_execution(
            desk.db,
            actor=desk.actor,
            now=poi_office.now,
            plan_id=plan.id,
            entries=[replace(poi_cell, motive="other")],
        )
    dialog = close_dialog(desk, qtbot, plan, 1)
    assert dialog.complete
    assert not dialog.reason.isVisible()
    dialog.try_submit()
    settle(desk)
    assert closed(desk, plan) == [1]


def test_several_months_are_closed_in_order(desk, qtbot, plan):
    dialog = close_dialog(desk, qtbot, plan, 1, 2)
    assert dialog.windowTitle() == "Cerrar enero y febrero de 2024"
    dialog.reason.set_value("Año importado")
    dialog.try_submit()
    settle(desk)
    assert closed(desk, plan) == [1, 2]


def test_who_closes_after_another_one_is_told(desk, qtbot, plan, poi_office):
    dialog = close_dialog(desk, qtbot, plan, 1)
    poi_office.close(1)
    dialog.reason.set_value("No informaron")
    dialog.try_submit()
    settle(desk)
    assert "Otra persona" in dialog.banner.label.text()
    assert dialog.isVisible()
    assert dialog.reason.value() == "No informaron", "what was typed stays"
    dialog.reason.set_value("")


def test_a_month_is_opened_again_by_a_document(desk, qtbot, plan, poi_office):
    poi_office.close(2)
    dialog = shown(qtbot, ReopenDialog(desk, plan, 1))
    dialog.try_submit()
    assert closed(desk, plan) == [1, 2]
    dialog.form.set_values({"document": "Memorando N° 3", "reason": "Error de digitación"})
    dialog.try_submit()
    settle(desk)
    assert closed(desk, plan) == [2]
    assert following.month_events(desk.db, plan.id)[0].kind is EventKind.REOPENING


def test_the_tab_asks_to_close_up_to_the_month_on_view(desk, qtbot, plan, monkeypatch):
    tab = FollowTab(desk)
    qtbot.addWidget(tab)
    tab.plan = plan
    tab.reload()
    settle(desk)
    tab.show_month(2)
    titles = []
    monkeypatch.setattr(CloseDialog, "ask", lambda self: titles.append(self.windowTitle()))
    monkeypatch.setattr(ReopenDialog, "ask", lambda self: titles.append(self.windowTitle()))
    tab.close_action.trigger()
    settle(desk)
    following.close_months(
        desk.db, actor=desk.actor, now=desk.clock.now(), plan_id=plan.id, until=2, reason="Prueba"
    )
    tab.reload()
    settle(desk)
    tab.close_action.trigger()
    assert titles == ["Cerrar enero y febrero de 2024", "Reabrir febrero de 2024"]


# -- evidence ------------------------------------------------------------------------------------------------


def test_evidence_is_added_with_its_file_and_withdrawn_with_a_reason(
    desk, qtbot, plan, poi_office, tmp_path: Path, monkeypatch
):
    activity = poi_office.activity(0)
    file = tmp_path / "Acta 4.pdf"
    file.write_bytes(b"%PDF-1.4 acta")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    dialog = shown(qtbot, EvidenceDialog(desk, plan, activity, 2))
    dialog.activateWindow()
    settle(desk)
    assert not dialog.open_button.isEnabled()
    assert QApplication.focusWidget() is dialog.add_evidence_button
    add = shown(qtbot, AddEvidenceDialog(desk, activity, 2))
    add.choose_file()
    assert add.form.value("document") == "Acta 4"
    add.try_submit()
    settle(desk)
    dialog.reload()
    settle(desk)
    (one,) = dialog.list.rows()
    assert (one.document, one.file_name) == ("Acta 4", "Acta 4.pdf")
    dialog.activateWindow()
    QApplication.processEvents()
    assert dialog.list.view.hasFocus()
    assert dialog.open_button.isEnabled()
    withdraw = shown(qtbot, WithdrawDialog(desk, one))
    withdraw.form.set_values({"reason": "Es de enero"})
    withdraw.try_submit()
    settle(desk)
    dialog.reload()
    settle(desk)
    assert dialog.list.as_seen()[1][0][-1] == "Retirada: Es de enero"
    assert not dialog.withdraw_button.isEnabled()


def test_a_file_that_is_gone_is_told_and_nothing_is_recorded(desk, qtbot, plan, poi_office, tmp_path):
    add = shown(qtbot, AddEvidenceDialog(desk, poi_office.activity(0), 2))
    add.file = tmp_path / "ya no está.pdf"
    add.form.set_values({"document": "Acta"})
    add.try_submit()
    settle(desk)
    assert add.isVisible()
    assert evidence.list_evidence(desk.db, poi_office.ids[0]) == []


def test_evidence_of_a_closed_month_is_looked_at(desk, qtbot, plan, poi_office, archive):
    evidence.add_evidence(
        desk.db,
        desk.archive,
        actor=desk.actor,
        now=poi_office.now,
        activity_id=poi_office.ids[0],
        month=2,
        document="Acta",
    )
    dialog = shown(
        qtbot, EvidenceDialog(desk, plan, poi_office.activity(0), 2, locked="Febrero está cerrado.")
    )
    settle(desk)
    assert len(dialog.list.rows()) == 1
    assert not dialog.withdraw_button.isEnabled()
    dialog.withdraw()
    assert QApplication.activeModalWidget() in (None, dialog)


# -- who reports on time -------------------------------------------------------------------------------------


def test_punctuality_is_shown_by_unit_and_month(desk, qtbot, plan):
    desk.clock = FixedClock(datetime(2024, 3, 25, tzinfo=LIMA))
    dialog = shown(qtbot, PunctualityDialog(desk, plan))
    settle(desk)
    titles, cells = dialog.list.as_seen()
    ule = dict(zip(titles, cells[2], strict=True))
    assert ule["Unidad orgánica"] == "UNIDAD LOCAL DE EMPADRONAMIENTO"
    assert (ule["ENE"], ule["FEB"], ule["MAR"], ule["ABR"]) == ("17 d", "Falta 1", "Faltan 4", "")
    assert "25/03/2024" in dialog.told.text()


def test_closings_and_reopenings_are_listed(desk, qtbot, plan, poi_office):
    following.close_months(
        desk.db, actor=desk.actor, now=desk.clock.now(), plan_id=plan.id, until=2, reason="Año importado"
    )
    dialog = shown(qtbot, EventsDialog(desk, plan))
    settle(desk)
    _titles, cells = dialog.list.as_seen()
    assert [row[0] for row in cells] == ["Febrero", "Enero"]
    assert cells[0][4:] == ["1 sin informar, 4 sin motivo", "Año importado"]
