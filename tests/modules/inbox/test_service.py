"""The tray gathered from the real modules, on an empty office and on the practice case."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    DocumentKind,
    OpinionAsk,
    OpinionKind,
    Party,
)
from sisfoh_desktop.modules.inbox import service
from sisfoh_desktop.modules.inbox.rules import Counts, Group
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import LegalTerm
from sisfoh_desktop.modules.plans import service as plans

WHO = Actor("prueba", "ULE")


def by_kind(tray):
    return {(task.kind, task.group) for task in tray.tasks}


def test_a_new_office_is_told_its_first_steps(db):
    tray = service.load_tray(db, actor=WHO, today=date(2024, 3, 8))
    assert [task.group for task in tray.tasks] == [Group.SETUP] * 3
    assert [task.title.split()[-1] for task in tray.tasks] == ["municipalidad", "orgánicas", "firman"]
    assert tray.counts == Counts(0, 0)


def test_the_practice_case_waits_for_its_signatures(practice_db):
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 12))
    assert by_kind(tray) == {
        ("expedientes", Group.WAITING),
        ("papers", Group.WAITING),
        ("poi.month", Group.LATER),
        ("resoluciones", Group.DRAFTS),
    }
    (round_,) = (task for task in tray.tasks if task.kind == "papers")
    assert round_.title == "Firma pendiente: 091-2024-GM/MPT"
    assert round_.detail == "Oficina General de Asesoría Jurídica; 0 de 6 firmas"
    assert round_.days == 2


def test_nobody_is_shown_a_task_of_a_page_that_is_not_theirs(practice_db):
    def kinds(*rights):
        actor = Actor("rquispe", "ULE", frozenset(rights))
        return {
            task.kind for task in service.load_tray(practice_db, actor=actor, today=date(2024, 3, 12)).tasks
        }

    assert kinds("kardex.move") == {"papers"}
    assert kinds("poi.record") == {"papers", "poi.month"}
    assert kinds("expedientes.edit") == {"papers", "expedientes"}
    assert kinds("pages.read") == {"papers", "expedientes", "poi.month", "resoluciones"}


def test_no_text_of_the_tray_shows_a_data_chip(practice_db):
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 12))
    assert not [task for task in tray.tasks if "{" in task.title + task.detail]


def test_an_expediente_that_sleeps_counts_as_overdue(practice_db):
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 14))
    (sleeping,) = (task for task in tray.tasks if task.kind == "expedientes")
    assert sleeping.group is Group.OVERDUE
    assert sleeping.due == date(2024, 3, 13), "7 working days after 04/03/2024"
    assert tray.counts.overdue == 1
    assert sleeping.detail.endswith("pasó el plazo de 7 días hábiles para informes")
    assert "art. 143 num. 3" in sleeping.reckoning.source


# --- opinions, what follows the signature, what came back ---


def run(db, statement, **values):
    """As the other modules leave the base, without their certificates and files."""
    with db.transaction() as session:
        session.execute(text(statement), values)


def titles(tray, group):
    return [task.title for task in tray.tasks if task.group is group]


@pytest.fixture
def asked(practice_db, archive, actor, now):
    """OGAJ owes a legal opinion since Friday 08/03/2024, 3 working days."""
    unit = office.unit_by_siglas(practice_db, "OGAJ", date(2024, 3, 8))
    ask = OpinionAsk(OpinionKind.LEGAL, (unit.id,), "Opinión legal", date(2024, 3, 8), 3)
    expedientes.ask_opinions(
        practice_db, archive, actor=actor, now=now, expediente_id=1, ask=ask, without_chain="Urge"
    )
    return practice_db


def test_an_opinion_waits_by_its_own_term_in_place_of_its_expediente(asked):
    tray = service.load_tray(asked, actor=WHO, today=date(2024, 3, 12))
    (opinion,) = (task for task in tray.tasks if task.kind == "expedientes")
    assert opinion.title == "Opinión legal de OGAJ"
    assert (opinion.group, opinion.due, opinion.days) == (Group.WAITING, date(2024, 3, 13), 2)
    assert "pedida el 08/03/2024" in opinion.detail
    assert opinion.reckoning.source == "", "the office gave the days, not a norm"


def test_an_opinion_past_its_day_is_overdue_until_it_is_reminded_and_after(asked, actor, now):
    (line,) = expedientes.list_open_opinions(asked, date(2024, 3, 15))
    expedientes.remind_opinion(
        asked, actor=actor, now=now.replace(day=15), opinion_id=line.id, expected_version=line.request.version,
        on=date(2024, 3, 15), note="Por teléfono",
    )  # fmt: skip
    (task,) = (
        one
        for one in service.load_tray(asked, actor=WHO, today=date(2024, 3, 15)).tasks
        if one.kind == "expedientes"
    )
    assert (task.group, task.days) == (Group.OVERDUE, -2)
    assert "recordada el 15/03/2024" in task.detail


def test_a_signed_act_owes_its_notification_its_copy_and_its_publication(practice_db):
    run(practice_db, "UPDATE resolucion SET state = 'firmada' WHERE id = 1")
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 11))
    number = "091-2024-GM/MPT"
    assert titles(tray, Group.THIS_WEEK) == [
        f"Remitir copia de la {number} al ente rector",
        f"Notificar la {number}",
    ]
    assert f"Publicar la {number} en el portal" in titles(tray, Group.LATER)
    remission, notification = (task for task in tray.tasks if task.group is Group.THIS_WEEK)
    assert (remission.due, notification.due) == (date(2024, 3, 13), date(2024, 3, 15))
    assert remission.detail == "Emitida el 08/03/2024; 3 días hábiles"
    assert "Directiva N° 003-2024-MIDIS" in remission.reckoning.source
    assert "art. 24" in notification.reckoning.source
    assert tray.counts == Counts(overdue=0, soon=2)
    late = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 14))
    assert f"Remitir copia de la {number} al ente rector" in titles(late, Group.OVERDUE)


def test_an_observed_act_is_a_draft_that_says_who_sent_it_back_and_why(practice_db):
    run(practice_db, "UPDATE resolucion SET state = 'borrador' WHERE id = 1")
    run(practice_db, "UPDATE paper SET state = 'observada' WHERE id = 1")
    run(
        practice_db,
        "UPDATE paper_signer SET refused_at = '2024-03-11 15:00:00', refuse_reason = 'Falta la cadena' "
        "WHERE paper_id = 1 AND turn = 1",
    )
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 12))
    assert titles(tray, Group.DRAFTS)[0].endswith("observada, por corregir")
    (task,) = (one for one in tray.tasks if one.title.endswith("por corregir"))
    assert task.detail == "La observó Oficina General de Asesoría Jurídica: Falta la cadena"
    assert (task.kind, task.record_id) == ("resoluciones", 1)
    assert not [one for one in tray.tasks if one.kind == "papers"]


def test_a_plan_in_draft_waits_unless_an_act_holds_it(practice_db, actor, now):
    assert not [
        task
        for task in service.load_tray(practice_db, actor=WHO, today=now.date()).tasks
        if task.kind == "plans"
    ]
    plans.copy_plan(practice_db, actor=actor, now=now, source_id=1, title="Plan 2025", year=2025)
    tray = service.load_tray(practice_db, actor=WHO, today=now.date())
    assert [(task.title, task.detail) for task in tray.tasks if task.kind == "plans"] == [
        ("Plan de trabajo por aprobar", "Plan 2025")
    ]


def test_the_offices_own_term_moves_the_day(practice_db, actor, now):
    (report,) = (term for term in office.list_terms(practice_db, now.date()) if term.key == "report")
    means = {"actor": actor, "now": now}
    office.save_term(practice_db, **means, term=LegalTerm(**{**vars(report), "days": 5}), expected_version=1)
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 12))
    (sleeping,) = (task for task in tray.tasks if task.kind == "expedientes")
    assert (sleeping.group, sleeping.due) == (Group.OVERDUE, date(2024, 3, 11))


def test_a_term_that_nobody_registered_is_asked_for_and_the_tray_still_opens(practice_db, actor, now):
    (report,) = (term for term in office.list_terms(practice_db, now.date()) if term.key == "report")
    office.end_term(
        practice_db, actor=actor, now=now, term_id=report.id, last_day=date(2024, 1, 1), expected_version=1
    )
    tray = service.load_tray(practice_db, actor=WHO, today=date(2024, 3, 12))
    assert titles(tray, Group.SETUP) == ["Registre el plazo legal «Informe u opinión pedidos a una unidad»"]
    (waiting,) = (task for task in tray.tasks if task.kind == "expedientes")
    assert (waiting.group, waiting.due) == (Group.WAITING, None)


def test_the_tray_asks_the_same_number_of_times_for_one_expediente_or_for_many(practice_db, actor, now):
    with practice_db.reading() as session:
        engine = session.get_bind()
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *_all: asked.append(1))

    def questions():
        asked.clear()
        service.load_tray(practice_db, actor=WHO, today=now.date())
        return len(asked)

    few = questions()
    for number in range(20):
        expediente_id = expedientes.create_expediente(
            practice_db, actor=actor, now=now, title=f"Asunto {number}"
        )
        entry = DocumentEntry(
            DocumentKind.INFORME,
            f"{number + 1}-2024-GDES/MPT",
            date(2024, 3, 7),
            Party("GDES"),
            Party("OGAJ"),
            "Asunto",
        )
        expedientes.register_document(
            practice_db, actor=actor, now=now, expediente_id=expediente_id, entry=entry
        )
    assert len(service.load_tray(practice_db, actor=WHO, today=now.date()).tasks) > 20
    assert questions() == few


def test_what_the_administrator_alone_can_do_is_told_to_nobody_else(db, actor, now):
    from sisfoh_desktop.db.audit import record_audit

    with db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="plan.save", subject="plan:1")
    today = now.date() + timedelta(days=30)
    to_everybody = service.load_tray(db, actor=WHO, today=today)
    assert "Haga el respaldo de la semana" in [task.title for task in to_everybody.tasks]
    clerk = Actor("rosa", "ULE", frozenset({"kardex.move"}))
    told = [task.title for task in service.load_tray(db, actor=clerk, today=today).tasks]
    assert "Haga el respaldo de la semana" not in told
