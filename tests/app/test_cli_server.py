"""Setting up a server as the manual says: the two files of SQL, `migrar` as the owner, then the office enters."""

import json
import re
import shutil
from pathlib import Path

import psycopg
import pytest
from temp_postgres import TempPostgres, temporary_folder

from sisfoh_desktop.app import cli, wiring
from sisfoh_desktop.basics.settings import PcSettings

pytestmark = pytest.mark.postgresql

SQL = Path(__file__).parents[2] / "installer" / "server"
OWNER_PASSWORD, CLERK_PASSWORD = "la del dueño: ñ/@", "la de rosa 123"


def run_sql(name, url, **variables):
    """What psql would do with the file: comments away, variables in, one statement at a time."""
    sql = "\n".join(
        line for line in (SQL / name).read_text("utf-8").splitlines() if not line.startswith("--")
    )
    for key, value in variables.items():
        sql = sql.replace(f":{key}", value)
    for part in re.split(r"^\\connect (\w+)$", sql, flags=re.MULTILINE):
        if re.fullmatch(r"\w+", part):
            url = re.sub(r"[^/]+$", part, url)
            continue
        with psycopg.connect(url, autocommit=True) as admin:
            for statement in filter(str.strip, part.split(";")):
                admin.execute(statement)


@pytest.fixture
def server(postgres):
    """A server as the administrator leaves it, before the program was ever run on it."""
    folder = temporary_folder()
    try:
        with TempPostgres(folder) as server:
            run_sql("crear-base.sql", server.url())
            run_sql("agregar-usuario.sql", server.url(), usuario="ule_rosa")
            with psycopg.connect(server.url(), autocommit=True) as admin:
                admin.execute(f"ALTER ROLE sisfoh_dueno PASSWORD '{OWNER_PASSWORD}'")
                admin.execute(f"ALTER ROLE ule_rosa PASSWORD '{CLERK_PASSWORD}'")
                admin.execute("CREATE ROLE con_clave NOLOGIN")
                admin.execute("GRANT con_clave TO sisfoh_dueno, ule_rosa")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def run(capsys, monkeypatch):
    """A command with a password from the environment: (code, JSON, standard error)."""

    def run(password, *arguments):
        monkeypatch.setenv("SISFOH_CLAVE_SERVIDOR", password)
        code = cli.main([*arguments, "--json"])
        told = capsys.readouterr()
        assert password not in told.out + told.err
        return code, json.loads(told.out) if told.out else {}, told.err

    return run


def test_the_server_is_set_up_as_the_manual_says(server, run, tmp_path, monkeypatch, now):
    owner, clerk = server.url("sisfoh", "sisfoh_dueno"), server.url("sisfoh", "ule_rosa")
    code, told, error = run("otra", "migrar", "--base", owner)
    assert (code, "usuario y la contraseña" in error) == (4, True)
    code, told, _error = run(OWNER_PASSWORD, "migrar", "--base", owner)
    assert (code, told["from"], told["copy"], told["office_role"]) == (0, None, None, True)
    code, again, _error = run(OWNER_PASSWORD, "migrar", "--base", owner)
    assert (code, again["from"]) == (0, told["to"])

    settings = PcSettings(user="rosa", archive_folder=str(tmp_path))
    opened = wiring.open_base(clerk, settings=settings, now=now, password=CLERK_PASSWORD)
    try:
        assert not opened.local
        assert CLERK_PASSWORD not in opened.target + opened.label + repr(opened.db.url)
        from sisfoh_desktop.modules.office import service as office

        assert office.list_holidays(opened.db), "the national data came with the migration"
    finally:
        opened.db.close()
    code, _told, _error = run(
        CLERK_PASSWORD, "plazo", "--base", clerk, "--desde", "2024-03-08", "--dias", "3"
    )
    assert code == 0


def test_a_clerk_may_not_migrate(server, run, monkeypatch):
    code, _told, _error = run(OWNER_PASSWORD, "migrar", "--base", server.url("sisfoh", "sisfoh_dueno"))
    assert code == 0
    with psycopg.connect(server.url("sisfoh"), autocommit=True) as admin:
        [head] = admin.execute("SELECT version_num FROM alembic_version").fetchone()
        admin.execute("UPDATE alembic_version SET version_num = '0025'")
        try:
            code, told, _error = run(CLERK_PASSWORD, "migrar", "--base", server.url("sisfoh", "ule_rosa"))
            assert admin.execute("SELECT version_num FROM alembic_version").fetchone() == ("0025",)
        finally:
            admin.execute("UPDATE alembic_version SET version_num = %s", [head])
    assert code == 4
    assert "no es dueño de la base" in told["error"]


def test_nobody_else_of_the_server_enters(server):
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE ROLE curioso LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(server.url("sisfoh", "curioso"))
