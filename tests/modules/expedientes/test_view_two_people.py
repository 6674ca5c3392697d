"""Two people correct the same expediente or document: field by field, nothing overwritten unseen; the base away."""

from dataclasses import replace

import pytest
from deciding import decider
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage
from sisfoh_desktop.modules.expedientes.view.dialogs import HeadingDialog
from sisfoh_desktop.qtkit.conflict_dialog import Side

ROSA = Actor("rquispe", "ULE")


@pytest.fixture
def decide(monkeypatch):
    return decider(monkeypatch)


@pytest.fixture
def document_id(means, expediente_id, informe):
    return service.register_document(**means, expediente_id=expediente_id, entry=informe)


@pytest.fixture
def opened(desk, qtbot, expediente_id, document_id):
    made = ExpedientesPage(desk)
    qtbot.addWidget(made)
    desk.tasks.changed.connect(lambda names: made.reload() if names & made.touches else None)
    made.resize(880, 660)
    made.show()
    settle(desk)
    made.show_record("expedientes", expediente_id)
    settle(desk)
    return made


@pytest.fixture
def correcting(opened, qtbot):
    """The form of the document as a clerk has it open."""
    document = opened.record.document
    form = opened.document_dialog(document.entry, document)
    qtbot.addWidget(form, before_close_func=lambda one: one.body.mark_saved())
    form.show()
    return form


@pytest.fixture
def stored(desk, expediente_id):
    def read():
        return service.load_expediente(desk.db, expediente_id).documents[0]

    return read


def settle(desk):
    for _ in range(6):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def rosa_corrects(desk, now, document, **values):
    service.save_document(
        desk.db,
        actor=ROSA,
        now=now,
        document_id=document.id,
        expected_version=document.version,
        entry=replace(document.entry, **values),
    )


def test_what_each_corrected_alone_is_joined(desk, now, correcting, stored, decide):
    asked = decide({})
    rosa_corrects(desk, now, stored(), folios=14, says=("remite el plan corregido.",))
    correcting.main.fields["subject"].set_value("Remite el plan de trabajo")
    correcting.try_submit()
    settle(desk)
    assert {label: one.proposed for label, one in asked[0].items()} == {
        "Folios": Side.THEIRS,
        "Qué dice": Side.THEIRS,
        "Asunto": Side.MINE,
    }
    entry = stored().entry
    assert (entry.subject, entry.folios, entry.says) == (
        "Remite el plan de trabajo",
        14,
        ("remite el plan corregido.",),
    )
    assert not correcting.isVisible()


def test_what_both_corrected_is_decided_and_the_parties_and_citations_stay(
    desk, now, correcting, stored, decide
):
    asked = decide({"Asunto": Side.MINE})
    before = stored()
    rosa_corrects(desk, now, before, subject="El de Rosa", vistos_citation="el informe de Rosa")
    correcting.main.fields["subject"].set_value("El mío")
    correcting.try_submit()
    settle(desk)
    one = asked[0]["Asunto"]
    assert (one.before, one.mine, one.theirs, one.proposed) == (
        "Remite el plan",
        "El mío",
        "El de Rosa",
        None,
    )
    entry = stored().entry
    assert (entry.subject, entry.vistos_citation) == ("El mío", "el informe de Rosa")
    assert (entry.sender, entry.receiver) == (before.entry.sender, before.entry.receiver)


def test_going_on_editing_keeps_what_was_typed(desk, now, correcting, stored, decide):
    decide(None)
    rosa_corrects(desk, now, stored(), subject="El de Rosa")
    correcting.main.fields["subject"].set_value("El mío")
    correcting.try_submit()
    settle(desk)
    assert correcting.isVisible()
    assert correcting.main.fields["subject"].value() == "El mío"
    assert stored().entry.subject == "El de Rosa"


def test_a_document_that_was_withdrawn_keeps_the_form(desk, now, correcting, stored):
    document = stored()
    service.withdraw_document(
        desk.db,
        actor=ROSA,
        now=now,
        document_id=document.id,
        expected_version=document.version,
        reason="repetido",
    )
    correcting.main.fields["subject"].set_value("El mío")
    correcting.try_submit()
    settle(desk)
    assert correcting.isVisible()
    assert correcting.main.fields["subject"].value() == "El mío"
    told = correcting.banner.label.text() or correcting.main.summary.accessibleName()
    assert told


def test_what_heads_it_by_two(desk, now, opened, expediente_id, decide, monkeypatch):
    asked = decide({"Asunto": Side.MINE})

    def answer(dialog):
        before = service.load_expediente(desk.db, expediente_id)
        service.save_expediente(
            desk.db,
            actor=ROSA,
            now=now,
            expediente_id=expediente_id,
            expected_version=before.version,
            title="El de Rosa",
            code="EXP-1-R",
        )
        dialog.form.set_values({"title": "El mío"})
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(HeadingDialog, "exec", answer)
    opened.heading_action.trigger()
    settle(desk)
    assert set(asked[0]) == {"Asunto", "Código"}
    found = service.load_expediente(desk.db, expediente_id)
    assert (found.title, found.code) == ("El mío", "EXP-1-R")


def test_a_new_expediente_stays_typed_while_the_base_is_away_and_is_opened_once(desk, opened, monkeypatch):
    create, tokens = service.create_expediente, []

    def lost_answer(*args, **named):
        """The base took it, and the cable broke before its answer came."""
        tokens.append(named["token"])
        made = create(*args, **named)
        if len(tokens) == 1:
            raise DatabaseUnavailable("La base no responde en este momento.")
        return made

    monkeypatch.setattr(service, "create_expediente", lost_answer)
    before = len(service.list_expedientes(desk.db))

    def answer(dialog):
        dialog.form.set_values({"title": "Un asunto muy largo de escribir"})
        dialog.try_submit()
        settle(desk)
        assert dialog.form.value("title") == "Un asunto muy largo de escribir"
        dialog.form.summary.retry_button.click()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(HeadingDialog, "exec", answer)
    opened.new_action.trigger()
    settle(desk)
    assert len(set(tokens)) == 1
    assert len(service.list_expedientes(desk.db)) == before + 1
    assert opened.record.title.text() == "Un asunto muy largo de escribir"
