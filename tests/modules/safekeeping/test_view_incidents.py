"""The tab "Incidentes" as somebody uses it: registered, told on, closed, reported."""

from datetime import timedelta

import pytest

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, Step
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import INCIDENT_KIND
from sisfoh_desktop.modules.safekeeping.service import incidents
from sisfoh_desktop.modules.safekeeping.view.incident_dialogs import CloseDialog, IncidentDialog, StepDialog
from sisfoh_desktop.modules.safekeeping.view.incidents_tab import IncidentsTab
from sisfoh_desktop.modules.safekeeping.view.privacy_emit import EmitDialog

KEEPER = Actor("rosa", "ULE")


@pytest.fixture
def open_tab(qtbot):
    def make(desk) -> IncidentsTab:
        tab = IncidentsTab(desk)
        qtbot.addWidget(tab)
        tab.resize(1000, 700)
        tab.show()
        load(tab)
        return tab

    return make


def load(tab) -> None:
    tab.reload()
    tab.desk.tasks.wait_idle()


def add(db, now, **told) -> int:
    usual = {"title": "Robo", "description": "De noche", "data_kinds": "DNI", "sensitive": True}
    return incidents.add_incident(db, actor=KEEPER, now=now, incident=Incident(now, **{**usual, **told}))


def dialog_of(tab, kind):
    tab.desk.tasks.wait_idle()
    return next(one for one in tab.findChildren(kind) if one.isVisible())


def test_an_incident_is_registered_from_the_empty_list(open_tab, desk):
    tab = open_tab(desk)
    tab.incidents.empty_button.click()
    dialog = dialog_of(tab, IncidentDialog)
    assert dialog.form.value("hour") == "10:00"
    dialog.form.set_values(
        {"hour": "25:00", "title": "Se perdió <b>todo</b>", "description": "Ayer", "data_kinds": "Nombres"}
    )
    dialog.try_submit()
    assert "no es una hora" in dialog.form.fields["hour"].error
    dialog.form.set_values({"hour": "11:00"})
    dialog.try_submit()
    assert "todavía no llega" in dialog.form.fields["hour"].error
    dialog.form.set_values({"hour": "0830"})
    dialog.try_submit()
    desk.tasks.wait_idle()
    load(tab)
    (row,) = tab.incidents.as_seen()[1]
    assert row[:4] == ["08/03/2024 08:30", "Se perdió <b>todo</b>", "No", "No se sabe"]
    assert "En plazo" in row[4]
    assert "Quedan 46 h 30 min" in tab.detail.text()
    assert "terminan el 10/03/2024 08:30" in tab.next_step().text


def test_the_clock_goes_on_while_it_is_looked_at(open_tab, desk, now):
    add(desk.db, now)
    tab = open_tab(desk)
    for hours, state in ((36.5, "Menos de 12 horas"), (49, "Vencido")):
        desk.clock = FixedClock(now + timedelta(hours=hours))
        tab._on_minute()
        assert state in tab.incidents.as_seen()[1][0][4]
    assert "Venció hace 1 h 00 min" in tab.detail.text()
    assert "Venció hace" in tab.next_step().text


def test_the_report_is_noted_with_its_document_and_then_it_is_closed(open_tab, desk, now):
    one = add(desk.db, now - timedelta(hours=5))
    tab = open_tab(desk)
    tab.close_action.trigger()
    closing = dialog_of(tab, CloseDialog)
    closing.form.set_values({"note": "Listo"})
    closing.try_submit()
    assert "sigue abierto" in " ".join(
        label.text() for label in closing.findChildren(type(tab.detail)) if label.isVisible()
    )
    closing.form.mark_saved()
    closing.reject()
    tab.next_step().run()
    step = dialog_of(tab, StepDialog)
    assert step.form.value("step") is Step.AUTHORITY
    step.try_submit()
    assert "Falta el documento" in step.form.fields["document"].error
    step.form.set_values({"document": "Oficio 12"})
    step.try_submit()
    desk.tasks.wait_idle()
    load(tab)
    assert "Comunicado en plazo" in tab.incidents.as_seen()[1][0][4]
    tab.next_step().run()
    closing = dialog_of(tab, CloseDialog)
    closing.form.set_values({"note": "Apareció"})
    closing.try_submit()
    desk.tasks.wait_idle()
    load(tab)
    assert incidents.load_incident(desk.db, one).closing_note == "Apareció"
    assert not tab.edit_action.isEnabled()
    assert tab.edit_action.toolTip() == "El incidente está cerrado."
    assert tab.report_action.isEnabled()


def test_the_report_for_the_authority_is_emitted(open_tab, practice_desk, now):
    one = add(practice_desk.db, now)
    tab = open_tab(practice_desk)
    tab.report_action.trigger()
    dialog = dialog_of(tab, EmitDialog)
    day = practice_desk.clock.now().date()
    dialog.form.set_values({"signer": office.officer_choices(practice_desk.db, day)[0][0]})
    dialog.try_submit()
    practice_desk.tasks.wait_idle()
    (paper,) = papers.list_papers(practice_desk.db, kinds=[INCIDENT_KIND])
    assert incidents.load_incident(practice_desk.db, one).paper_id == paper.id


def test_one_asked_for_by_the_inbox_is_chosen(open_tab, desk, now):
    first = add(desk.db, now - timedelta(hours=9))
    add(desk.db, now)
    tab = open_tab(desk)
    tab.show_part(first)
    assert tab.incidents.selected().id == first


def test_without_the_right_it_is_only_read(open_tab, desk, now):
    add(desk.db, now)
    desk.actor = Actor("luis", rights=frozenset({"pages.read"}))
    tab = open_tab(desk)
    assert [action.text() for action in tab.actions_of_tab() if action.isVisible()] == ["Historial"]
    assert not tab.new_record()
    assert tab.next_step() is None
