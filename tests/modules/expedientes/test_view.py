"""The page of expedientes over the real service: the list, the record, what heads it."""

from dataclasses import replace
from datetime import date

import pytest
from expedientes_screen import settle, steps
from filling import AWAY, fills, loses_the_base_once
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import Detail, DocumentKind, ExpedienteState, Opinion, Party
from sisfoh_desktop.modules.expedientes.view.dialogs import HeadingDialog
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.qtkit.saving_reason import SavingReason


def answers_heading(desk, monkeypatch, **values) -> None:
    """The next heading dialog gets these values and is saved."""

    def answer(dialog: HeadingDialog) -> int:
        dialog.form.set_values(values)
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(HeadingDialog, "exec", answer)


def test_an_empty_office_opens_its_first_expediente(desk, means, opened, monkeypatch) -> None:
    made = opened()
    assert "primer expediente" in made.next_step().title
    answers_heading(desk, monkeypatch, title="Plan nuevo", code="E-9", opened_on=date(2024, 3, 1))
    made.list.empty_button.click()
    settle(desk)
    assert made.record.title.text() == "Plan nuevo"
    assert made.record.caption.text() == "Código E-9 · Abierto el 01/03/2024"
    assert "primer documento" in made.next_step().title
    assert made.record.timeline.empty_button.text() == "Registrar documento"


def test_the_list_tells_who_has_it_and_opens_it_with_enter(desk, opened, with_informe, qtbot) -> None:
    made = opened()
    assert made.list.as_seen()[1] == [
        [
            "Plan de empadronamiento",
            "EXP-1",
            "Informe 021-2024/SISFOH/MPT",
            "OGPP",
            "13/02/2024",
            "En trámite",
        ]
    ]
    assert "Lo tiene OGPP" in made.next_step().text
    made.list.view.setFocus()
    qtbot.keyClick(made.list.view, Qt.Key.Key_Return)
    settle(desk)
    assert made.record.isVisible()
    assert made.table() is made.record.timeline
    assert made.cancel()
    assert made.list.isVisible()
    assert not made.cancel()
    assert made.table() is made.list


def test_the_record_shows_the_timeline_who_has_it_and_the_document(
    desk, means, opened, with_informe, informe, units
) -> None:
    office.install_national_data(**means)
    favourable = replace(
        informe,
        kind=DocumentKind.MEMORANDO,
        number_text="465-2024-OGPP/MPP",
        on=date(2024, 2, 23),
        sender=Party(unit_id=units.planning),
        receiver=Party(unit_id=units.legal),
        opinion=Opinion.FAVOURABLE,
        says=("opina sobre {plan.title} y {cosa.rara}.",),
        details=(Detail("PROGRAMA", "9002", "ASIGNACIONES"),),
        responds_to_id=service.load_expediente(desk.db, with_informe).documents[0].id,
        in_vistos=False,
    )
    service.register_document(**means, expediente_id=with_informe, entry=favourable)
    earlier = replace(informe, number_text="9-2024-MPP", on=date(2024, 1, 12))
    service.register_document(**means, expediente_id=with_informe, entry=earlier)
    made = opened(with_informe)
    assert [row[:2] for row in steps(made)] == [
        ["12/01/2024", ""],
        ["13/02/2024", "+22"],
        ["23/02/2024", "+8"],
    ]
    assert steps(made)[0][6] == "Registrado fuera de orden"
    assert steps(made)[2][5] == "Favorable"
    assert made.record.holder.text() == (
        "Lo tiene Oficina General de Asesoría Jurídica, desde hace 10 días hábiles (23/02/2024)."
    )
    panel = made.record.detail
    assert panel.head.text() == "Memorando N° 465-2024-OGPP/MPP"
    assert "Responde a Informe N° 021-2024/SISFOH/MPT" in panel.facts.text()
    assert "No figura en los vistos" in panel.facts.text()
    assert panel.body.text() == "opina sobre «plan.title» y «cosa.rara».\nPROGRAMA: 9002 ASIGNACIONES"


def test_locked_data_are_read_out_with_the_plans_values(desk, means, opened, expediente_id, informe) -> None:
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    service.save_expediente(
        **means, expediente_id=expediente_id, expected_version=1, title="Con plan", plan_id=plan_id
    )
    told = replace(informe, says=("eleva {plan.title} de la {unit.ule}, según {doc.informe_021.cite}.",))
    service.register_document(**means, expediente_id=expediente_id, entry=told)
    made = opened(expediente_id)
    assert made.record.detail.body.text() == (
        "eleva PLAN 2024 de la Unidad Local de Empadronamiento, según Informe N° 021-2024/SISFOH/MPT."
    )


def test_the_next_step_follows_the_chain(desk, means, opened, with_informe, informe, units) -> None:
    made = opened(with_informe)
    assert made.next_step().title == "Espera a OGPP"
    favourable = replace(
        informe,
        number_text="237-2024-OGAJ/MPP",
        on=date(2024, 3, 4),
        sender=Party(unit_id=units.legal),
        opinion=Opinion.FAVOURABLE,
    )
    service.register_document(**means, expediente_id=with_informe, entry=favourable)
    made.reload()
    settle(desk)
    step = made.next_step()
    assert (step.button, step.enabled) == ("Crear resolución", False)
    assert "plan de trabajo" in step.reason
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    service.save_expediente(
        **means, expediente_id=with_informe, expected_version=1, title="Con plan", plan_id=plan_id
    )
    made.reload()
    settle(desk)
    asked = []
    made.open_record.connect(lambda kind, record_id: asked.append((kind, record_id)))
    assert made.next_step().enabled
    made.next_step().run()
    assert asked == [("expediente.resolucion", with_informe)]


def test_archiving_and_reopening_ask_for_a_reason(desk, opened, with_informe, monkeypatch) -> None:
    made = opened(with_informe)
    fills(monkeypatch, desk.tasks, SavingReason, leave=True)
    made.archive_action.trigger()
    settle(desk)
    assert made.record.shown.expediente.state is ExpedienteState.OPEN
    fills(monkeypatch, desk.tasks, SavingReason, reason="ya no hace falta")
    made.archive_action.trigger()
    settle(desk)
    assert made.record.chip.word == "Archivado"
    assert not made.document_action.isEnabled()
    assert made.next_step().button == "Reabrir"
    made.next_step().run()
    settle(desk)
    assert made.record.chip.word == "En trámite"


def test_withdrawing_takes_the_document_off_the_timeline(desk, opened, with_informe, monkeypatch) -> None:
    made = opened(with_informe)
    fills(monkeypatch, desk.tasks, SavingReason, reason="repetido")
    made.withdraw_action.trigger()
    settle(desk)
    assert steps(made) == []
    assert not made.record.detail.isVisible()
    assert not made.withdraw_action.isEnabled()


def test_changing_what_heads_it(desk, opened, with_informe, monkeypatch) -> None:
    made = opened(with_informe)
    answers_heading(desk, monkeypatch, title="Otro", code="", registry="77")
    made.heading_action.trigger()
    settle(desk)
    assert made.record.title.text() == "Otro"
    assert made.record.caption.text().startswith("Registro 77")


def test_a_record_that_is_gone_leaves_the_list(desk, opened, with_informe) -> None:
    made = opened(999)
    assert made.list.isVisible()


def test_models_keep_qt_s_rules(desk, opened, with_informe, qtmodeltester) -> None:
    made = opened(with_informe)
    for table in (made.list, made.record.timeline):
        qtmodeltester.check(table.model)


def test_every_control_has_a_name_to_read_aloud(opened, with_informe) -> None:
    made = opened(with_informe)
    for table in (made.list, made.record.timeline):
        assert table.view.accessibleName()
    assert all(action.text() for action in made.page_actions())


def test_the_small_dialogs_give_values(desk, means, opened, with_informe, qtbot, monkeypatch) -> None:
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    lines = plans.list_plans(desk.db)
    made = opened(with_informe)
    kept = HeadingDialog(desk, lines, lambda *_: None, made.record.shown.expediente)
    qtbot.addWidget(kept)
    assert (kept.form.value("title"), kept.form.value("code")) == ("Plan de empadronamiento", "EXP-1")
    fresh = HeadingDialog(desk, lines, lambda *_: None)
    qtbot.addWidget(fresh)
    assert fresh.form.value("plan_id") == plan_id
    fresh.try_submit()
    assert fresh.form.fields["title"].error  # no title typed


@pytest.mark.parametrize(
    ("order", "verb"), [("withdraw_action", "withdraw_document"), ("archive_action", "set_state")]
)
def test_a_reason_outlives_a_lost_base(desk, opened, with_informe, monkeypatch, order, verb) -> None:
    made = opened(with_informe)
    met = loses_the_base_once(monkeypatch, desk.tasks, SavingReason, service, verb, reason="repetido")
    getattr(made, order).trigger()
    settle(desk)
    assert [(one.refusal, one.retry, one.kept["reason"]) for one in met] == [(AWAY, "Reintentar", "repetido")]
    stored = service.load_expediente(desk.db, with_informe)
    if order == "archive_action":
        assert stored.state is ExpedienteState.ARCHIVED
    else:
        assert steps(made) == []
