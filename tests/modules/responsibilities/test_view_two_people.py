"""Two people write in the same matrix: what each changed alone is joined, the rest is decided; and the base away."""

from dataclasses import replace

import pytest
from deciding import decider
from filling import AWAY, loses_the_base_once
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import MatrixState
from sisfoh_desktop.modules.responsibilities.view.dialogs import CopyDialog, HeadingDialog, UnitDialog
from sisfoh_desktop.modules.responsibilities.view.evidence_dialogs import EvidenceDialog, SourceDialog
from sisfoh_desktop.modules.responsibilities.view.origin_dialogs import MissingUnitsDialog, StartDialog
from sisfoh_desktop.qtkit.conflict_dialog import Side
from sisfoh_desktop.qtkit.messages import MessageDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

ROSA = Actor("rquispe", "ULE")


@pytest.fixture
def decide(monkeypatch):
    return decider(monkeypatch)


@pytest.fixture
def first_duty(desk, matrix_id, now):
    """The duty 01.a as the base has it."""

    def read():
        return service.load_matrix(desk.db, matrix_id, now.date()).units[0].duties[0]

    return read


def settle(desk):
    for _ in range(6):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def rosa_saves(desk, matrix_id, now, **values):
    stored = service.load_matrix(desk.db, matrix_id, now.date())
    unit = stored.units[0]
    changed = rules.with_duty(stored, unit.id, replace(unit.duties[0], **values))
    service.save_matrix(desk.db, actor=ROSA, now=now, matrix=changed, expected_version=stored.version)


def test_what_each_changed_alone_is_joined_without_a_question(page, desk, matrix_id, now, decide, first_duty):
    seen = decide()
    page.editor.panel.text.set_value("Aprobar el plan con una resolución.")
    rosa_saves(desk, matrix_id, now, responsible="Gerente municipal")
    assert page.save()
    settle(desk)
    assert seen == []
    assert (first_duty().text, first_duty().responsible) == (
        "Aprobar el plan con una resolución.",
        "Gerente municipal",
    )
    assert not page.has_unsaved()
    assert not page.findChildren(MessageDialog)


@pytest.mark.parametrize(("side", "kept"), [(Side.MINE, "Lo mío."), (Side.THEIRS, "Lo de Rosa.")])
def test_what_both_changed_is_decided(page, desk, matrix_id, now, decide, first_duty, side, kept):
    seen = decide({"Función": side})
    page.editor.panel.text.set_value("Lo mío.")
    page.editor.panel.evidence.set_value("Acta")
    rosa_saves(desk, matrix_id, now, text="Lo de Rosa.")
    assert page.save()
    settle(desk)
    [one] = [clashes["Función"] for clashes in seen]
    assert (one.before, one.mine, one.theirs) == ("Aprobar el plan.", "Lo mío.", "Lo de Rosa.")
    assert (first_duty().text, first_duty().evidence) == (kept, "Acta")
    assert not page.has_unsaved()


def test_going_on_editing_keeps_the_text_and_asks_again(page, desk, matrix_id, now, decide, first_duty):
    seen = decide(None, {"Función": Side.MINE})
    page.editor.panel.text.set_value("Lo mío.")
    rosa_saves(desk, matrix_id, now, text="Lo de Rosa.")
    page.save()
    settle(desk)
    assert page.editor.panel.text.value() == "Lo mío."
    assert first_duty().text == "Lo de Rosa."
    page.save()
    settle(desk)
    assert [clashes["Función"].before for clashes in seen] == ["Aprobar el plan."] * 2
    assert first_duty().text == "Lo mío."


def test_reading_the_page_again_never_lets_mine_pass_over_theirs_unseen(
    page, desk, matrix_id, now, decide, first_duty
):
    seen = decide({"Función": Side.THEIRS})
    page.editor.panel.text.set_value("Lo mío.")
    rosa_saves(desk, matrix_id, now, text="Lo de Rosa.")
    page.reload()
    settle(desk)
    assert page.editor.panel.text.value() == "Lo mío."
    page.save()
    settle(desk)
    assert len(seen) == 1
    assert first_duty().text == "Lo de Rosa."
    assert not page.has_unsaved()


def test_a_base_that_is_away_keeps_what_was_typed(page, desk, monkeypatch, first_duty):
    def away(*_what, **_how):
        raise DatabaseUnavailable("La base no responde en este momento.")

    page.editor.panel.text.set_value("Lo mío.")
    with monkeypatch.context() as cable:
        cable.setattr(service, "save_matrix", away)
        page.save()
        settle(desk)
    [told] = page.findChildren(MessageDialog)
    assert told.sentence == "La base no responde en este momento."
    assert page.editor.panel.text.value() == "Lo mío."
    page.save()
    settle(desk)
    assert first_duty().text == "Lo mío."


def test_the_heading_of_the_annex_by_two(page, desk, matrix_id, now, decide, monkeypatch):
    seen = decide({"Introducción": Side.MINE})

    def answer(dialog):
        stored = service.load_matrix(desk.db, matrix_id, now.date())
        service.save_matrix(
            desk.db,
            actor=ROSA,
            now=now,
            matrix=replace(stored, title="EL DE ROSA", intro="La de Rosa"),
            expected_version=stored.version,
        )
        dialog.form.set_values({"intro": "La mía"})
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(HeadingDialog, "exec", answer)
    page.heading_action.trigger()
    settle(desk)
    assert set(seen[0]) == {"Título del plan", "Introducción"}
    stored = service.load_matrix(desk.db, matrix_id, now.date())
    assert (stored.title, stored.intro) == ("EL DE ROSA", "La mía")


def test_the_heading_stays_open_while_the_base_is_away(page, desk, monkeypatch):
    shown = []

    def answer(dialog):
        dialog.form.set_values({"intro": "Una introducción larga"})
        with monkeypatch.context() as cable:
            cable.setattr(
                service,
                "save_matrix",
                lambda *_a, **_k: (_ for _ in ()).throw(DatabaseUnavailable("La base no responde.")),
            )
            dialog.try_submit()
            settle(desk)
        shown.append((dialog.form.value("intro"), dialog.form.summary.retry_button.text()))
        dialog.form.summary.retry_button.click()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(HeadingDialog, "exec", answer)
    page.heading_action.trigger()
    settle(desk)
    assert shown == [("Una introducción larga", "Reintentar")]
    assert page.matrix.intro == "Una introducción larga"


@pytest.mark.parametrize(
    ("order", "dialog_class", "verb", "typed"),
    [
        ("editor.add_unit_action", UnitDialog, "save_matrix", {"label": "COMITÉ DE PRUEBA"}),
        ("copy_action", CopyDialog, "copy_matrix", {"title": "PLAN COPIADO"}),
        ("origins.start_action", StartDialog, "copy_matrix", {"title": "PLAN NUEVO"}),
        ("origins.missing_action", MissingUnitsDialog, "save_matrix", {"asesoria_juridica": True}),
        ("editor.follow.evidence_action", EvidenceDialog, "add_evidence", {"text": "Acta de prueba"}),
        ("editor.follow.source_action", SourceDialog, "save_matrix", {"source_norm": "Ley 30435"}),
        ("draft_action", SavingReason, "set_matrix_state", {"reason": "Observada"}),
    ],
)
def test_what_a_dialog_asked_outlives_a_lost_base_and_is_kept_once(
    page, desk, matrix_id, now, monkeypatch, order, dialog_class, verb, typed
):
    if dialog_class is SavingReason:
        page.in_force_action.trigger()
        settle(desk)
    before = len(service.list_matrices(desk.db))
    met = loses_the_base_once(monkeypatch, desk.tasks, dialog_class, service, verb, **typed)
    action = page
    for name in order.split("."):
        action = getattr(action, name)
    action.trigger()
    settle(desk)
    assert [(one.refusal, one.retry) for one in met] == [(AWAY, "Reintentar")]
    assert met[0].kept.items() >= typed.items()
    stored = service.load_matrix(desk.db, matrix_id, now.date())
    evidence = service.list_evidence(desk.db, matrix_id)
    now_there = {
        UnitDialog: stored.units[-1].label == "COMITÉ DE PRUEBA" and len(stored.units) == 3,
        MissingUnitsDialog: len(stored.units) == 3,
        EvidenceDialog: [one.text for many in evidence.values() for one in many] == ["Acta de prueba"],
        SourceDialog: stored.units[0].duties[0].source_norm == "Ley 30435",
        SavingReason: stored.state is MatrixState.DRAFT,
    }
    if dialog_class in now_there:
        assert now_there[dialog_class]
    else:
        assert len(service.list_matrices(desk.db)) == before + 1


def test_a_unit_s_row_by_two_joins_what_each_changed(page, desk, matrix_id, now, decide, monkeypatch):
    seen = decide({})  # as it is proposed

    def answer(dialog):
        rosa_saves(desk, matrix_id, now, text="Lo de Rosa.")
        dialog.form.set_values({"label": "DESPACHO"})
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(UnitDialog, "exec", answer)
    page.editor.go_to(page.editor.list.rows()[0].key)
    page.editor.edit_action.trigger()
    settle(desk)
    assert [one.theirs for one in seen[0].values()] == [""], "in the row itself only one of them wrote"
    unit = service.load_matrix(desk.db, matrix_id, now.date()).units[0]
    assert (unit.label, unit.duties[0].text) == ("DESPACHO", "Lo de Rosa.")
