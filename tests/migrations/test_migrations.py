"""Bringing a base up: the same schema as the models, whole or not at all, with a copy first."""

import re
import shutil

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import text

import sisfoh_desktop.app.all_tables
from sisfoh_desktop.basics.errors import DatabaseOutdated, DatabaseTooNew, DatabaseUnavailable
from sisfoh_desktop.db import revisions
from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.engine import make_engine, target_url
from sisfoh_desktop.db.migrate import downgrade, migrate, upgrade

assert sisfoh_desktop.app.all_tables, "fills Base.metadata"

NEXT = '''
"""A step of the tests' own: rebuilds a table that others point to."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{revision}", "{before}"
def upgrade():
    with op.batch_alter_table("unit") as batch:
        batch.add_column(sa.Column("added", sa.String(10), nullable=True, comment="x"))
    {then}
def downgrade():
    with op.batch_alter_table("unit") as batch:
        batch.drop_column("added")
'''


@pytest.fixture
def next_step(tmp_path, monkeypatch):
    """Adds one more step after the program's head, in a copy of the migrations."""
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = revisions.head_revision()
    revision = f"{int(before) + 1:04d}"

    def write(then="pass"):
        step = folder / "versions" / f"{revision}_test.py"
        step.write_text(NEXT.format(revision=revision, before=before, then=then))
        monkeypatch.setattr(revisions, "migrations_folder", lambda: folder)
        monkeypatch.setattr("sisfoh_desktop.db.migrate.migrations_folder", lambda: folder)
        return revision

    return write


def schema(path):
    connection = sqlite.connect(str(path))
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    connection.close()
    return {
        (kind, name): in_order(" ".join((sql or "").replace('"', "").split())) for kind, name, sql in rows
    }


def in_order(sql):
    """Constraints of a table come in any order; columns and constraints are compared as a sorted list."""
    return sorted(
        part.strip() for part in re.split(r",(?![^()]*\))|^CREATE TABLE \w+ \(|\)$", sql) if part.strip()
    )


def fill(path):
    """A row and one that points to it: what a careless rebuild would lose."""
    connection = sqlite.connect(str(path))
    connection.execute("INSERT INTO action_token (token, result) VALUES ('kept', '1')")
    connection.execute("INSERT INTO paper_series VALUES (1, 'k', 'Serie', '{n}-{year}', 1)")
    connection.execute("INSERT INTO paper_series_year VALUES (1, 2024, 5, 0, '')")
    connection.commit()
    connection.close()


def kept(path):
    connection = sqlite.connect(str(path))
    counts = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("action_token", "paper_series", "paper_series_year")
    ]
    connection.close()
    return counts


def test_models_equal_the_migrated_schema(template_base, tmp_path):
    path = tmp_path / "models.db"
    sqlite.connect(str(path)).close()
    engine = make_engine(target_url(path))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    engine.dispose()
    migrated = {key: sql for key, sql in schema(template_base).items() if key[0] != "trigger"}
    migrated.pop(("table", "alembic_version"))
    assert migrated == schema(path)


def test_every_column_says_what_it_holds():
    silent = [f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns
              if not column.comment]  # fmt: skip
    assert silent == []


def test_what_may_only_be_added_to_is_guarded(template_base):
    triggers = {name for kind, name in schema(template_base) if kind == "trigger"}
    guarded = (
        "access_review",
        "audit_entry",
        "backup",
        "restore_rehearsal",
        "act_model_place",
        "act_model_text",
        "act_model_version",
        "duty_evidence",
        "handover_line",
        "kardex_acta",
        "kardex_acta_movement",
        "poi_import",
        "poi_month_event",
        "poi_report",
        "kardex_approval",
        "kardex_count",
        "kardex_count_line",
        "kardex_explanation",
        "kardex_import",
        "kardex_line",
        "kardex_movement",
        "kardex_sighting",
        "opinion_reminder",
        "resolucion_acceptance",
        "resolucion_version",
        "responsibility_snapshot",
    )
    forward = {"audit_head_forward", "paper_series_year_forward"}
    verbs = ("update", "delete")
    issued = {f"{table}_issued_no_{verb}" for table in ("handover", "handover_credential") for verb in verbs}
    issued.add("handover_credential_issued_no_insert")
    assert triggers - forward - issued == {f"{table}_no_{verb}" for table in guarded for verb in verbs}
    assert forward | issued <= triggers


def test_down_and_up_again(db):
    db.close()
    before = schema(db.path)
    downgrade(db.url, "base")
    assert {name for kind, name in schema(db.path)} == {"alembic_version"}
    upgrade(db.url, "head")
    assert schema(db.path) == before


@pytest.mark.postgresql
def test_down_and_up_again_on_postgresql(postgres_db):
    downgrade(postgres_db.url, "base")
    upgrade(postgres_db.url, "head")
    with postgres_db.reading() as session:
        assert session.scalar(text("SELECT entries FROM audit_head")) == 0


def test_an_older_base_is_refused_then_copied_and_brought_up(db, now, next_step):
    db.close()
    fill(db.path)
    before = schema(db.path)
    revision = next_step()
    with pytest.raises(DatabaseOutdated) as caught:
        Database.open(db.path)
    assert "migrar" in caught.value.sentence
    result = migrate(db.path, now=now)
    assert (result.from_revision, result.to_revision) == (
        revisions.stored_revision(target_url(result.copy)),
        revision,
    )
    assert schema(result.copy) == before
    assert kept(result.copy) == kept(db.path) == [1, 1, 1]
    after = schema(db.path)
    assert {key for key in after if key[0] == "trigger"} == {key for key in before if key[0] == "trigger"}
    assert "added VARCHAR(10)" in after["table", "unit"]
    Database.open(db.path).close()
    assert migrate(db.path, now=now).copy is None, "nothing to do the second time"


@pytest.mark.parametrize("then", ["raise RuntimeError('half way')", "op.execute('SELECT * FROM missing')"])
def test_a_step_that_fails_leaves_the_base_as_it_was(db, now, next_step, then):
    db.close()
    fill(db.path)
    before = schema(db.path)
    next_step(then)
    with pytest.raises(DatabaseUnavailable) as caught:
        migrate(db.path, now=now)
    assert "se deshizo entera" in caught.value.sentence
    assert schema(db.path) == before
    assert kept(db.path) == [1, 1, 1]


def test_a_step_that_leaves_orphans_is_undone(db, now, next_step):
    db.close()
    fill(db.path)
    next_step("op.execute('DELETE FROM paper_series')")
    with pytest.raises(DatabaseUnavailable):
        migrate(db.path, now=now)
    assert kept(db.path) == [1, 1, 1]


def test_a_newer_base_is_not_migrated_down(db, now):
    with db.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        migrate(db.path, now=now)
