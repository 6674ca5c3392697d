"""What is typed into the panel of a duty survives a power cut, and is offered when the duty is chosen again."""

from dataclasses import replace
from datetime import date

import pytest
from filling import fills
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import DutyState
from sisfoh_desktop.modules.responsibilities.view import page as page_file
from sisfoh_desktop.qtkit import messages
from sisfoh_desktop.qtkit.draft_keeper import drafts, use_drafts
from sisfoh_desktop.qtkit.saving_reason import SavingReason


@pytest.fixture(autouse=True)
def box(tmp_path, now):
    made = DraftBox("base", "ana", tmp_path / "borradores")
    use_drafts(made, FixedClock(now))
    yield made
    use_drafts(None)


@pytest.fixture
def power_cut(page, open_page):
    """What is typed is kept, the window is gone without a word, and the page is opened again, on 01.a."""

    def again():
        page.editor.panel.keeper.keep()
        drafts.settle()
        page.hide()
        seen = open_page()
        seen.editor.list.view.setFocus()
        return seen

    return again


@pytest.fixture
def all_kept(box, now):
    def found():
        drafts.settle()
        return [(one.label, one.after) for draft in box.list(now) for one in draft.fields]

    return found


class SlowDisk:
    """Writes nothing until somebody waits for it."""

    def __init__(self):
        self.jobs = []

    def submit(self, *job):
        self.jobs.append(job)
        return self

    def result(self):
        while self.jobs:
            run, *what = self.jobs.pop(0)
            run(*what)


def offer_of(page):
    return page.editor.panel.keeper.offer


def test_what_was_typed_is_offered_and_comes_back(page, power_cut, all_kept, desk, matrix_id):
    panel = page.editor.panel
    panel.text.set_value("Aprobar el plan con")
    panel.responsible.set_value("Gerente")
    panel.due.editor.setText("31/02/2024")
    panel.state.set_value(DutyState.UNDER_WAY)
    seen = power_cut()
    panel = seen.editor.panel
    assert panel.text.value() == "Aprobar el plan.", "nothing comes back by itself"
    assert not seen.has_unsaved()
    assert offer_of(seen).isVisible()
    assert offer_of(seen).differences.as_seen()[1] == [
        ["Función (01.a)", "Aprobar el plan.", "Aprobar el plan con"],
        ["Responsable (01.a)", "", "Gerente"],
        ["Fecha límite (01.a)", "", "31/02/2024"],
        ["Estado (01.a)", "Pendiente", "En curso"],
    ]
    offer_of(seen).take_button.click()
    assert seen.has_unsaved()
    assert panel.save_button.isEnabled()
    assert len(all_kept()) == 4, "it is not saved yet"
    assert not seen.save()
    assert "No existe el 31/02/2024" in panel.due.error, "refused as when typed"
    panel.due.set_value(date(2024, 4, 1))
    assert seen.save()
    desk.tasks.wait_idle()
    duty = service.load_matrix(desk.db, matrix_id, date(2024, 3, 8)).units[0].duties[0]
    assert (duty.text, duty.responsible, duty.state) == (
        "Aprobar el plan con",
        "Gerente",
        DutyState.UNDER_WAY,
    )
    assert all_kept() == []


def test_each_duty_has_its_own(page, power_cut, press):
    press(page, Qt.Key.Key_Down)
    page.editor.panel.text.set_value("Dirigir")
    seen = power_cut()
    assert offer_of(seen) is None
    press(seen, Qt.Key.Key_Down)
    assert offer_of(seen).isVisible()
    press(seen, Qt.Key.Key_Up)
    assert offer_of(seen) is None
    press(seen, Qt.Key.Key_Up)
    assert offer_of(seen) is None
    press(seen, Qt.Key.Key_Down)
    press(seen, Qt.Key.Key_Down)
    offer_of(seen).take_button.click()
    assert seen.editor.panel.text.value() == "Dirigir"
    assert seen.cancel()


def test_a_new_duty_is_offered_in_its_unit(page, power_cut, press, all_kept):
    press(page, Qt.Key.Key_Insert)
    page.editor.panel.text.set_value("Supervisar el plan.")
    seen = power_cut()
    assert offer_of(seen) is None
    press(seen, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    press(seen, Qt.Key.Key_Insert)
    assert offer_of(seen) is None, "it is another unit"
    assert seen.cancel()
    press(seen, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    press(seen, Qt.Key.Key_Insert)
    offer_of(seen).take_button.click()
    assert seen.editor.panel.text.value() == "Supervisar el plan."
    assert all_kept() == [("Función (Nueva función en 01)", "Supervisar el plan.")]
    assert seen.cancel()
    assert all_kept() == []


def test_the_next_new_duty_does_not_offer_the_one_just_saved(page, press, desk, all_kept, monkeypatch):
    monkeypatch.setattr(drafts, "_writer", SlowDisk())
    press(page, Qt.Key.Key_Insert)
    for text in ("Supervisar el plan.", "Informar del plan."):
        page.editor.panel.text.set_value(text)
        page.editor.panel.keeper.keep()
        assert all_kept() == [("Función (Nueva función en 01)", text)]
        assert page.save_and_next()
        desk.tasks.wait_idle()
        assert page.editor.panel.text.is_empty()
        assert offer_of(page) is None
    assert all_kept() == []


def test_saving_going_on_or_discarding_keeps_nothing(page, press, desk, all_kept):
    panel = page.editor.panel
    panel.text.set_value("Aprobar.")
    panel.keeper.keep()
    assert all_kept() == [("Función (01.a)", "Aprobar.")]
    assert page.save()
    desk.tasks.wait_idle()
    assert all_kept() == []
    panel.text.set_value("Aprobar otra vez.")
    panel.keeper.keep()
    press(page, Qt.Key.Key_Down)  # which saves
    assert all_kept() == []
    panel.text.set_value("Dirigir.")
    panel.keeper.keep()
    panel.discard_button.click()
    assert all_kept() == []


def test_typing_sets_the_keeping_going(page, qtbot):
    page.editor.panel.keeper.keep()
    assert not page.editor.panel.keeper._idle.isActive()
    qtbot.keyClicks(page.editor.panel.text.editor, "x")
    assert page.editor.panel.keeper._idle.isActive()


def test_what_is_taken_back_by_hand_is_kept_no_more(page, all_kept):
    panel = page.editor.panel
    panel.text.set_value("Otra cosa")
    panel.keeper.keep()
    panel.text.set_value("Aprobar el plan. ")
    panel.keeper.keep()
    assert all_kept() == []


def test_an_offer_that_was_not_answered_stays(page, power_cut, desk, all_kept):
    page.editor.panel.text.set_value("Lo primero")
    seen = power_cut()
    seen.editor.panel.text.set_value("Otra cosa.")
    seen.editor.panel.keeper.keep()
    assert all_kept() == [("Función (01.a)", "Lo primero")]
    assert seen.save()
    desk.tasks.wait_idle()
    assert all_kept() == [("Función (01.a)", "Lo primero")]
    assert offer_of(seen).isVisible()


def test_what_is_not_wanted_goes_after_a_question(page, power_cut, all_kept, monkeypatch):
    page.editor.panel.text.set_value("x")
    seen = power_cut()
    monkeypatch.setattr(messages, "ask", lambda *_what, **_how: True)
    offer_of(seen).drop_button.click()
    assert not offer_of(seen).isVisible()
    assert all_kept() == []


def test_what_somebody_else_saved_meanwhile_is_what_it_said_before(page, desk, matrix_id, now, box):
    page.editor.panel.evidence.set_value("Acta")
    theirs = service.load_matrix(desk.db, matrix_id, now.date())
    unit = theirs.units[0]
    theirs = rules.with_duty(theirs, unit.id, replace(unit.duties[0], text="De ella.", evidence="Informe"))
    service.save_matrix(desk.db, actor=desk.actor, now=now, matrix=theirs, expected_version=1)
    page.reload()
    desk.tasks.wait_idle()
    page.editor.panel.keeper.keep()
    drafts.settle()
    (draft,) = box.list(now)
    assert [(one.before, one.after) for one in draft.fields] == [("Informe", "Acta")]


def test_a_text_is_offered_only_where_it_may_change(page, power_cut, press, desk, all_kept, monkeypatch):
    page.editor.panel.text.set_value("Lo escrito")
    seen = power_cut()
    seen.in_force_action.trigger()
    desk.tasks.wait_idle()
    assert offer_of(seen) is None
    seen.editor.panel.responsible.set_value("Gerente")
    seen.editor.panel.keeper.keep()
    assert sorted(all_kept()) == [("Función (01.a)", "Lo escrito"), ("Responsable (01.a)", "Gerente")]
    assert seen.cancel()
    fills(monkeypatch, desk.tasks, SavingReason, reason="Observada")
    seen.draft_action.trigger()
    desk.tasks.wait_idle()
    offer_of(seen).take_button.click()
    assert seen.editor.panel.text.value() == "Lo escrito"
    assert seen.cancel()


def test_an_archived_matrix_offers_nothing(page, power_cut, desk, all_kept, monkeypatch):
    page.editor.panel.text.set_value("x")
    seen = power_cut()
    monkeypatch.setattr(page_file, "ask", lambda *_: True)
    seen.archive_action.trigger()
    desk.tasks.wait_idle()
    assert offer_of(seen) is None
    assert all_kept() == [("Función (01.a)", "x")]


def test_a_damaged_or_foreign_field_brings_nothing(page, power_cut):
    page.editor.panel.text.set_value("x")
    seen = power_cut()
    panel = seen.editor.panel
    found = offer_of(seen)._draft
    for name, typed in (("id", "7"), ("text", True), ("state", "Otra"), ("frequency", True), ("", "")):
        panel.keeper.take(replace(found, fields=(replace(found.fields[0], name=name, typed=typed),)))
        assert not seen.has_unsaved(), name
