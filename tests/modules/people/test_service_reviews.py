"""The half-yearly review on both databases: what it decides happens, its record is a paper, Mi bandeja asks for it."""

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole
from sisfoh_desktop.modules.people.rules.facts import Decision, User, UserState
from sisfoh_desktop.modules.people.rules.pending import PendingKind
from sisfoh_desktop.modules.people.service import access, recovery, reviews, sheets, users
from sisfoh_desktop.modules.people.service.history import history
from sisfoh_desktop.modules.people.service.pending import list_pending

TODAY = date(2024, 3, 8)
AUTHOR = NewSigner("AUTOR", SignerRole.AUTHOR, "ANA CASTRO PRUEBA", "Responsable de la ULE", "ULE")


def printed(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        return " ".join(text.split()).replace("\u00a0", " ")
    finally:
        document.close()


def decided(db, **decisions):
    """Everybody kept, but for those named with what was decided and why."""
    return [
        replace(line, decision=decisions[line.login][0], note=decisions[line.login][1])
        if line.login in decisions
        else line
        for line in reviews.draft_lines(db)
    ]


def titles(db, today):
    return [line.title for line in list_pending(db, today)]


@pytest.fixture
def entity(people, now):
    """The municipality with its ULE and who heads it."""
    who = {"actor": people.admin, "now": now}
    town = Municipality("Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba")
    office.save_municipality(people.db, **who, municipality=town, expected_version=0)
    unit = Unit("Unidad Local de Empadronamiento", "ULE", valid_from=TODAY)
    head = Officer("ANA CASTRO PRUEBA", "Responsable", office.add_unit(people.db, **who, unit=unit))
    return office.add_officer(people.db, **who, officer=replace(head, valid_from=TODAY))


@pytest.fixture
def series(people, entity, now):
    title, mask = reviews.series_proposal(people.db, TODAY)
    return reviews.create_review_series(people.db, actor=people.admin, now=now, title=title, mask=mask)


def test_a_review_without_signers_is_recorded_and_ends_whom_it_says(either_people, now):
    db, admin = either_people.db, either_people.admin
    lines = decided(
        db, rquispe=(Decision.END, "Terminó su contrato"), zadmin=(Decision.CHANGE, "Solo consulta")
    )
    review_id = reviews.add_review(db, None, actor=admin, now=now, lines=lines, note="Primera", token="once")
    assert reviews.add_review(db, None, actor=admin, now=now, lines=lines, token="once") == review_id
    (review,) = reviews.list_reviews(db)
    assert (review.reviewed_by, review.reviewed_at, review.note) == ("acastro", now, "Primera")
    assert review.lines == tuple(lines)
    assert (review.paper_id, review.number_text) == (None, "")
    assert users.load_user(db, either_people.clerk_id).state is UserState.LEFT
    assert access.actor_now(db, "rquispe", TODAY) is None
    assert history(db, f"user:{either_people.clerk_id}")[0].reason == "Terminó su contrato"
    (told,) = history(db, f"access_review:{review_id}")
    assert told.what == "Revisión de accesos registrada"
    assert told.summary == (
        "Con roles por cambiar: ZOILA SEGUNDA PRUEBA; Cesados: ROSA QUISPE PRUEBA; Accesos que se mantienen: 1; "
        "Observación: Primera"
    )


def test_a_signed_review_is_a_numbered_paper_of_the_office(people, entity, now, archive, series):
    db, admin = people.db, people.admin
    lines = decided(db, rquispe=(Decision.END, "Terminó su contrato"))
    review_id = reviews.add_review(
        db, archive, actor=admin, now=now, lines=lines, signers=[AUTHOR], token="once"
    )
    again = reviews.add_review(db, archive, actor=admin, now=now, lines=lines, signers=[AUTHOR], token="once")
    assert again == review_id
    (review,) = reviews.list_reviews(db)
    assert (review.number_text, review.paper_state) == ("001-2024-ULE/MPP", "congelada")
    paper = papers.load_paper(db, review.paper_id)
    assert reviews.proposed_signers(db, TODAY)[0].name == "ANA CASTRO PRUEBA"
    assert [words for _, words in reviews.signer_choices(db, TODAY)] == ["ANA CASTRO PRUEBA, Responsable"]
    assert reviews.chosen_signers(db, TODAY, entity)[0].unit == "Unidad Local de Empadronamiento"
    assert [signer.name for signer in paper.signers] == ["ANA CASTRO PRUEBA"]
    pdf = reviews.review_pdf(db, archive, review_id)
    assert pdf == papers.paper_bytes(db, archive, review.paper_id)
    text = printed(pdf)
    for words in (
        "CONSTANCIA N° 001-2024-ULE/MPP",
        "acastro revisó los accesos de 3 usuarios",
        "Se mantienen 2 accesos y se cesa a 1 usuario.",
        "ROSA QUISPE PRUEBA",
        "Encargado del kardex",
        "08/03/2024 10:00",
        "Nunca",
        "Terminó su contrato",
        "artículo 46",
        "Responsable de la ULE",
    ):
        assert words in text


def test_two_who_review_at_once_spend_one_number(people, entity, now, archive, series, monkeypatch):
    """Somebody ended while the first still builds what the paper would say: it is told, and no number is left over."""
    db, who, inside = people.db, {"actor": people.admin, "now": now}, []
    lines = decided(db, rquispe=(Decision.END, "Terminó su contrato"))
    build = reviews.build_review

    def slow(*what, **how):
        if not inside:
            inside.append(1)
            reviews.add_review(db, archive, **who, lines=lines, signers=[AUTHOR])
        return build(*what, **how)

    monkeypatch.setattr(reviews, "build_review", slow)
    with pytest.raises(RuleError) as caught:
        reviews.add_review(db, archive, **who, lines=lines, signers=[AUTHOR])
    assert caught.value.code == "review_outdated"
    later = {**who, "now": now + timedelta(days=1)}
    reviews.add_review(db, archive, **later, lines=reviews.draft_lines(db), signers=[AUTHOR])
    numbers = {review.number_text for review in reviews.list_reviews(db)}
    assert numbers == {"001-2024-ULE/MPP", "002-2024-ULE/MPP"}


def test_a_preview_says_that_it_is_one_and_records_nothing(people, entity, now):
    lines = reviews.draft_lines(people.db)
    pdf = reviews.preview_review(people.db, actor=people.admin, now=now, lines=lines, signers=[AUTHOR])
    assert "____-2024-ULE/MPP" in printed(pdf)
    assert "PROYECTO" in printed(pdf)
    assert reviews.list_reviews(people.db) == []


def test_a_review_without_paper_prints_a_copy_for_work_with_texts_as_typed(people, entity, now, archive):
    hostile = "<b>&amp; =1+1 «Ñ»"
    seen = users.load_user(people.db, people.clerk_id)
    users.save_user(
        people.db,
        actor=people.admin,
        now=now,
        user=replace(seen, name=hostile),
        expected_version=seen.version,
    )
    lines = reviews.draft_lines(people.db)
    review_id = reviews.add_review(
        people.db, archive, actor=people.admin, now=now, lines=lines, note=hostile * 20
    )
    text = printed(reviews.review_pdf(people.db, archive, review_id))
    assert hostile in text
    assert "CONSTANCIA N°" not in text


def test_what_keeps_a_review_from_being_recorded(people, now, archive):
    db = people.db

    def add(lines, actor=people.admin, signers=()):
        with pytest.raises(RuleError) as caught:
            reviews.add_review(db, archive, actor=actor, now=now, lines=lines, signers=signers)
        return caught.value.code

    lines = reviews.draft_lines(db)
    assert add(lines, actor=people.clerk) == "not_allowed"
    assert add(lines[1:]) == "review_outdated"
    assert add(lines, signers=[AUTHOR]) == "series_missing"
    assert add(decided(db, rquispe=(Decision.END, ""))) == "review_note_missing"
    assert add(decided(db, acastro=(Decision.END, "Yo"))) == "own_access"
    assert reviews.list_reviews(db) == []
    assert users.load_user(db, people.clerk_id).state is UserState.ACTIVE


# --- Mi bandeja ---


def test_nothing_is_asked_in_a_base_without_users(either_db):
    assert list_pending(either_db, TODAY) == []
    assert reviews.due_on(either_db) is None


def test_the_review_is_asked_for_from_two_weeks_before_its_six_months(either_people, now):
    db, admin = either_people.db, either_people.admin
    assert reviews.due_on(db) == date(2024, 9, 8)
    assert titles(db, date(2024, 8, 23)) == []
    (asked,) = list_pending(db, date(2024, 8, 24))
    assert (asked.kind, asked.due) == (PendingKind.REVIEW, date(2024, 9, 8))
    later = now + timedelta(days=180)
    reviews.add_review(db, None, actor=admin, now=later, lines=reviews.draft_lines(db))
    assert titles(db, date(2024, 9, 8)) == []
    assert reviews.due_on(db) == date(2025, 3, 4)


def test_accesses_that_end_and_have_ended_are_told(people, now):
    seen = users.load_user(people.db, people.clerk_id)
    users.save_user(
        people.db,
        actor=people.admin,
        now=now,
        user=replace(seen, valid_to=date(2024, 3, 31)),
        expected_version=seen.version,
    )
    assert titles(people.db, date(2024, 3, 15)) == []
    assert titles(people.db, date(2024, 3, 16)) == ["El acceso de ROSA QUISPE PRUEBA termina el 31/03/2024"]
    (over,) = list_pending(people.db, date(2024, 4, 1))
    assert (over.title, over.record_id) == (
        "El acceso de ROSA QUISPE PRUEBA terminó el 31/03/2024",
        people.clerk_id,
    )


def test_a_code_that_nobody_used_and_a_lonely_administrator_are_told(people, now):
    made = users.add_user(
        people.db, actor=people.admin, now=now, user=User("nuevo", "NUEVO PRUEBA"), roles=["reader"]
    )
    waits = ["NUEVO PRUEBA no puede entrar todavía"]
    assert titles(people.db, TODAY) == waits
    recovery.recover(people.db, actor=people.admin, now=now, user_id=made)
    assert titles(people.db, TODAY) == []
    assert titles(people.db, date(2024, 3, 10)) == waits
    second = users.load_user(people.db, people.second_id)
    users.set_roles(
        people.db,
        actor=people.admin,
        now=now,
        user_id=second.id,
        roles=["reader"],
        expected_version=second.version,
    )
    assert titles(people.db, TODAY) == [
        "Imprima su hoja de recuperación",
        "Nombre a un segundo administrador",
    ]
    sheets.make_sheet(people.db, actor=people.admin, now=now, password="tres gatos y un tejado")
    assert titles(people.db, TODAY) == ["Nombre a un segundo administrador"]


def test_roles_that_a_review_wanted_changed_are_asked_for_until_they_are(people, now):
    lines = decided(people.db, rquispe=(Decision.CHANGE, "Pasa al POI"))
    reviews.add_review(people.db, None, actor=people.admin, now=now, lines=lines)
    assert titles(people.db, TODAY) == ["Cambie los roles de 1 usuario"]
    seen = users.load_user(people.db, people.clerk_id)
    users.set_roles(
        people.db,
        actor=people.admin,
        now=now,
        user_id=seen.id,
        roles=["poi_clerk"],
        expected_version=seen.version,
    )
    assert titles(people.db, TODAY) == []


def test_the_slip_has_the_code_for_whom_and_until_when(people, now):
    slip = recovery.recover(people.db, actor=people.admin, now=now, user_id=people.clerk_id)
    pdf = recovery.recovery_pdf(people.db, slip)
    text = printed(pdf)
    for words in (
        slip.code,
        "ROSA QUISPE PRUEBA",
        "rquispe",
        "sábado 09/03/2024, 10:00",
        "acastro",
        "rompa esta hoja",
    ):
        assert words in text
    assert len(pypdfium2.PdfDocument(pdf)) == 1
