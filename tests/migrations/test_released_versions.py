"""A base of each released version opens in today's: copied first, whole, sound, sealed, and free to enter."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from released_base import LAST_BEFORE_USERS, fill_from, make_released

from sisfoh_desktop.app import wiring
from sisfoh_desktop.app.base_checks import check_base
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.progress import silent
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.engine import target_url
from sisfoh_desktop.db.migrate import upgrade
from sisfoh_desktop.db.recrypt import recrypt
from sisfoh_desktop.db.revisions import head_revision, migrations_folder, stored_revision
from sisfoh_desktop.db.seals import LEDGERS
from sisfoh_desktop.db.server_roles import OFFICE_ROLE, grant_office_rights

RELEASED = sorted(path.name[:4] for path in (migrations_folder() / "versions").glob("[0-9]*.py"))


@pytest.fixture
def source(template_practice, tmp_path) -> Path:
    shutil.copytree(template_practice, tmp_path / "fuente")
    return tmp_path / "fuente" / "practica.db"


def rows_of(path, tables):
    with closing(sqlite.connect(str(path))) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


@pytest.mark.parametrize("revision", RELEASED)
def test_a_base_of_each_released_version(source, tmp_path, now, revision, monkeypatch):
    monkeypatch.setattr("sisfoh_desktop.basics.witness.user_data_dir", lambda: tmp_path / "equipo")
    path = tmp_path / "oficina.db"
    rows = make_released(path, revision, source)
    shutil.copytree(source.parent / "archivo", tmp_path / "archivo")
    settings = PcSettings(database=str(path), user="rosa")
    opened = wiring.open_base(str(path), settings=settings, now=now)
    try:
        assert opened.users is False, "nobody is asked who they are until the first user is made"
        failed = {
            check.name: check.detail
            for check in check_base(opened.db, lambda: opened.archive, now, silent)
            if not check.ok
        }
        assert failed == {}
    finally:
        opened.db.close()
    assert stored_revision(target_url(path)) == head_revision()
    copies = list(tmp_path.glob("oficina.antes-de-*.db"))
    if revision == head_revision():
        assert copies == []
    else:
        assert [stored_revision(target_url(copy)) for copy in copies] == [revision]
        assert copies[0].name in opened.notice
        assert rows_of(copies[0], rows) == rows, "the copy is what was there"
    kept = rows_of(path, rows)
    assert {name for name, count in rows.items() if kept[name] < count} == set(), "no row was lost"
    with closing(sqlite.connect(str(path))) as connection:
        begun = {name for (name,) in connection.execute("SELECT ledger FROM sealed_ledger")}
    assert begun == set(LEDGERS)


@pytest.mark.parametrize("revision", ["0001", LAST_BEFORE_USERS])
def test_an_encrypted_base_of_before_comes_up_and_nothing_of_it_lies_in_clear(
    source, tmp_path, now, revision, monkeypatch
):
    monkeypatch.setattr("sisfoh_desktop.basics.witness.user_data_dir", lambda: tmp_path / "equipo")
    monkeypatch.delenv(cipher.VARIABLE, raising=False)
    cipher.forget_keys()
    folder = tmp_path / "oficina"
    folder.mkdir()
    path, key = folder / "oficina.db", cipher.BaseKey.new()
    make_released(path, revision, source)
    recrypt(path, key, finish=lambda _new: None)
    try:
        opened = wiring.open_base(str(path), settings=PcSettings(database=str(path)), now=now)
        assert [check.detail for check in check_database(opened.db) if not check.ok] == []
        opened.db.close()
        [copy] = folder.glob("oficina.antes-de-*.db")
        assert cipher.is_encrypted(path)
        assert cipher.is_encrypted(copy)
        assert stored_revision(target_url(copy)) == revision
        in_clear = [each.name for each in folder.iterdir() if each.read_bytes()[:6] == b"SQLite"]
        assert in_clear == []
    finally:
        cipher.forget_keys()


@pytest.mark.postgresql
def test_a_server_of_before_users_keeps_the_rights_of_the_office(
    postgres, source, tmp_path, capsys, monkeypatch
):
    """The owner runs `migrar`; who works there has every right that the new tables need, and no other."""
    import psycopg

    from sisfoh_desktop.app.cli import main

    monkeypatch.setattr("sisfoh_desktop.basics.settings.user_data_dir", lambda: tmp_path / "equipo")
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE antes_de_usuarios")
    url = target_url(postgres.url("antes_de_usuarios"))
    upgrade(url, LAST_BEFORE_USERS)
    rows = fill_from(url, source)
    owner = url.set(drivername="postgresql").render_as_string(hide_password=False)
    grant_office_rights(owner)
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = 'ule_de_antes'").fetchone() is None:
            admin.execute(f"CREATE ROLE ule_de_antes LOGIN IN ROLE {OFFICE_ROLE}")
    assert main(["migrar", "--base", owner, "--json"]) == 0, capsys.readouterr().err
    db = Database.open(postgres.url("antes_de_usuarios", "ule_de_antes"))
    try:
        assert [check.detail for check in check_database(db) if not check.ok] == []
        with db.reading() as session:
            connection = session.connection()
            for table, count in rows.items():
                kept = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
                assert kept >= count, table
            for table in ("app_user", "app_user_role", "backup", "incident", "presence", "sealed_ledger"):
                connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
        for forbidden in (
            "DELETE FROM audit_entry",
            "UPDATE kardex_movement SET id = id",
            "DELETE FROM backup",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            with pytest.raises(DatabaseUnavailable) as refused, db.transaction() as session:
                session.connection().exec_driver_sql(forbidden)
            assert "no permite ese cambio" in refused.value.sentence, forbidden
    finally:
        db.close()
