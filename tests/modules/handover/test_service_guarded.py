"""What an issued handover says stays: the base itself refuses, on both databases, and what was forced is named."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.guards import ISSUED, check_structure
from sisfoh_desktop.db.server_roles import OFFICE_ROLE, grant_office_rights
from sisfoh_desktop.modules.handover.service import drafts, taking
from sisfoh_desktop.modules.handover.service.checking import check_handovers
from sisfoh_desktop.modules.papers import service as papers

_ANOTHER_SYSTEM = (
    "INSERT INTO handover_credential (handover_id, position, system, account, place, custodian) "
    "SELECT id, 9, 'Correo', '', 'Cajón', 'Nadie' FROM handover"
)
FORBIDDEN = (
    "UPDATE handover SET receiver_name = 'OTRO'",
    "UPDATE handover SET leaver_user_id = NULL",
    "UPDATE handover SET proposes_end = NOT proposes_end",
    "UPDATE handover SET handed_on = '2020-01-01', version = version + 1",
    "UPDATE handover SET paper_id = NULL",
    "UPDATE handover SET state = 'draft', paper_id = NULL, taken_at = NULL, taken_by = ''",
    "UPDATE handover SET id = id + 100",
    "DELETE FROM handover",
    "UPDATE handover_credential SET place = 'Cajón'",
    "UPDATE handover_credential SET handover_id = handover_id",
    "DELETE FROM handover_credential",
    _ANOTHER_SYSTEM,
)


def take_down_guards(session):
    """As somebody does who owns the base."""
    for table, verbs in ISSUED.items():
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            continue
        for verb in verbs:
            session.execute(text(f"DROP TRIGGER {table}_issued_no_{verb}"))


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_base_refuses_to_change_what_was_issued(either_cargo, now, archive, statement):
    db = either_cargo.db
    either_cargo.issue(archive, now)
    with pytest.raises(DBAPIError, match="is issued"), db.transaction() as session:
        session.execute(text(statement))
    assert [
        check.detail
        for check in [*check_handovers(db), *check_structure(db), *check_database(db)]
        if not check.ok
    ] == []


def test_a_draft_is_free(either_cargo, now):
    db, who = either_cargo.db, {"actor": either_cargo.admin, "now": now}
    one = drafts.add_handover(db, **who, handover=either_cargo.draft())
    with db.transaction() as session:
        for statement in FORBIDDEN:
            if "SET id" not in statement and statement != "DELETE FROM handover":  # its systems point to it
                undone = session.begin_nested()
                session.execute(text(statement))
                undone.rollback()
    drafts.drop_handover(db, **who, handover_id=one, expected_version=1)
    assert drafts.list_handovers(db) == []


def test_gone_through_once_and_only_a_fallen_acta_makes_it_a_draft_again(either_cargo, now, archive):
    db, who = either_cargo.db, {"actor": either_cargo.admin, "now": now}
    one = either_cargo.issue(archive, now)
    taking.take_handover(
        db, actor=either_cargo.luis, now=now, handover_id=one.id, expected_version=one.version
    )
    for statement in (
        "UPDATE handover SET taken_by = 'otra'",
        "UPDATE handover SET taken_at = NULL, taken_by = ''",
    ):
        with pytest.raises(DBAPIError, match="is issued"), db.transaction() as session:
            session.execute(text(statement))
    paper = papers.load_paper(db, one.paper_id)
    papers.refuse_paper(
        db,
        actor=Actor("prueba"),
        now=now,
        paper_id=paper.id,
        signer_id=paper.signers[0].id,
        expected_version=paper.version,
        reason="Falta el expediente 12",
    )
    seen = drafts.load_handover(db, one.id)
    drafts.reopen_handover(db, **who, handover_id=one.id, expected_version=seen.version)
    assert drafts.load_handover(db, one.id).is_draft


@pytest.mark.postgresql
def test_the_office_role_is_refused_too(postgres, server_cargo, now, archive):
    """Whatever program a member of the office enters the server with; nor can it take the guards down."""
    postgres_db = server_cargo.db
    server_cargo.issue(archive, now)
    owner = postgres_db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    grant_office_rights(owner)
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = 'ule_cargo'").fetchone() is None:
            admin.execute(f"CREATE ROLE ule_cargo LOGIN IN ROLE {OFFICE_ROLE}")
    url = postgres.url(str(postgres_db.url.database), "ule_cargo")
    for statement, code in (
        *((one, "P0001") for one in FORBIDDEN),
        ("TRUNCATE handover CASCADE", "42501"),
        ("ALTER TABLE handover DISABLE TRIGGER ALL", "42501"),
        ("DROP FUNCTION handover_issued_no_update() CASCADE", "42501"),
    ):
        with psycopg.connect(url) as connection:
            with pytest.raises(psycopg.Error) as told:
                connection.execute(statement)
            assert told.value.sqlstate == code, statement
            connection.rollback()


def test_a_guard_that_was_taken_down_is_missed(either_cargo):
    with either_cargo.db.transaction() as session:
        take_down_guards(session)
    (told,) = [check.detail for check in check_structure(either_cargo.db) if not check.ok]
    assert "falta la guarda handover_credential_issued_no_delete" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE handover SET receiver_name = 'OTRO'", "no dice lo que decía cuando se emitió"),
        ("UPDATE handover SET leaver_user_id = NULL", "no dice lo que decía cuando se emitió"),
        ("UPDATE handover SET proposes_end = :no", "no dice lo que decía cuando se emitió"),
        ("UPDATE handover_credential SET place = 'Cajón'", "no dice lo que decía cuando se emitió"),
        ("DELETE FROM handover_credential", "no dice lo que decía cuando se emitió"),
        (_ANOTHER_SYSTEM, "no dice lo que decía cuando se emitió"),
        ("UPDATE handover SET state = 'draft', paper_id = NULL", "volvió a ser borrador"),
        ("UPDATE handover SET taken_at = drawn_at, taken_by = 'lnuevo'", "figura revisada"),
    ],
)
def test_an_issued_handover_changed_past_the_program_is_named(either_cargo, now, archive, change, told):
    one, db = either_cargo.issue(archive, now), either_cargo.db
    assert [check.ok for check in check_handovers(db)] == [True]
    with db.transaction() as session:
        take_down_guards(session)
        session.execute(text(change), {"no": False} if ":no" in change else {})
    (check,) = check_handovers(db)
    assert not check.ok
    assert f"La entrega de cargo {one.id} (" in check.detail
    assert told in check.detail
    assert "fuera del programa" in check.detail


def test_a_handover_removed_or_added_past_the_program_is_named(either_cargo, now):
    db, who = either_cargo.db, {"actor": either_cargo.admin, "now": now}
    handover_id = drafts.add_handover(db, **who, handover=either_cargo.draft())
    dropped = drafts.add_handover(db, **who, handover=either_cargo.draft())
    drafts.drop_handover(db, **who, handover_id=dropped, expected_version=1)
    assert [check.ok for check in check_handovers(db)] == [True]
    with db.transaction() as session:
        session.execute(text("UPDATE handover SET state = 'issued'"))
    assert "figura emitida sin que el historial lo diga" in check_handovers(db)[0].detail
    with db.transaction() as session:
        take_down_guards(session)
        session.execute(text("DELETE FROM handover_credential"))
        session.execute(text("DELETE FROM handover"))
    assert f"Falta la entrega de cargo {handover_id}" in check_handovers(db)[0].detail
