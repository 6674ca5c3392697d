"""Guards taken down on the server, where its owner can; of files, tests/app/test_forged_bases.py tells."""

import pytest
from sqlalchemy import text

from sisfoh_desktop.db.guards import check_structure


def test_a_base_as_the_program_made_it_has_every_guard(either_db):
    [check] = check_structure(either_db)
    assert check.ok, check.detail


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER kardex_movement_append_only ON kardex_movement",
        "ALTER TABLE kardex_movement DISABLE TRIGGER kardex_movement_append_only",
        "ALTER TABLE kardex_movement DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ],
)
def test_a_guard_of_the_server_taken_down_is_told(postgres_db, statement):
    with postgres_db.transaction() as session:
        session.execute(text(statement))
    [check] = check_structure(postgres_db)
    assert not check.ok
    assert "kardex_movement_append_only" in check.detail or "access_review_append_only" in check.detail
