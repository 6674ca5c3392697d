"""respaldar, restaurar and trasladar as a technician's script runs them."""

import json

import pytest

from sisfoh_desktop.app.cli import main
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.table_digests import digest_tables


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))


@pytest.fixture
def run(now, capsys):
    def run(*arguments):
        code = main([*map(str, arguments), "--json"], clock=FixedClock(now))
        return code, json.loads(capsys.readouterr().out)

    return run


def rows_of(base):
    db = Database.open(base)
    try:
        with db.reading() as session:
            return {one.name: one for one in digest_tables(session.connection())}
    finally:
        db.close()


def test_a_copy_is_made_and_restored_elsewhere(practice, tmp_path, run):
    before = rows_of(practice)
    code, made = run("--base", practice, "respaldar", "-o", tmp_path / "copia.sisfoh")
    assert code == 0
    assert made["file"].endswith("copia.sisfoh")
    assert made["rows"] == sum(one.rows for one in before.values())
    code, restored = run("restaurar", tmp_path / "copia.sisfoh", "--a", tmp_path / "otra" / "base.db")
    assert code == 0
    assert (restored["sha256"], restored["rows"], restored["head"]) == (
        made["sha256"],
        made["rows"],
        made["head"],
    )
    assert rows_of(tmp_path / "otra" / "base.db") == before
    code, checks = run("--base", tmp_path / "otra" / "base.db", "comprobar")
    assert code == 0, checks


def test_into_a_folder_the_copy_gets_its_usual_name(practice, tmp_path, run):
    code, made = run("--base", practice, "respaldar", "-o", tmp_path)
    assert code == 0
    assert "/respaldo-practica-" in made["file"]


def test_a_copy_never_replaces_a_file_nor_a_base(practice, tmp_path, run):
    (tmp_path / "copia.sisfoh").write_text("mía")
    code, told = run("--base", practice, "respaldar", "-o", tmp_path / "copia.sisfoh")
    assert (code, (tmp_path / "copia.sisfoh").read_text()) == (4, "mía")
    assert "Ya existe" in told["error"]
    run("--base", practice, "respaldar", "-o", tmp_path / "buena.sisfoh")
    code, told = run("restaurar", tmp_path / "buena.sisfoh", "--a", practice)
    assert code == 3
    assert "lugar nuevo" in told["error"]


def test_a_locked_copy_asks_for_its_password(practice, tmp_path, run, monkeypatch):
    monkeypatch.setenv("SISFOH_RESPALDO_CLAVE", "una frase larga")
    assert run("--base", practice, "respaldar", "-o", tmp_path / "c.sisfoh", "--con-clave")[0] == 0
    monkeypatch.setenv("SISFOH_RESPALDO_CLAVE", "otra frase larga")
    code, told = run("restaurar", tmp_path / "c.sisfoh", "--a", tmp_path / "n" / "b.db")
    assert (code, "contraseña no abre" in told["error"]) == (3, True)
    monkeypatch.delenv("SISFOH_RESPALDO_CLAVE")
    assert run("restaurar", tmp_path / "c.sisfoh", "--a", tmp_path / "n" / "b.db")[0] == 2
    monkeypatch.setenv("SISFOH_RESPALDO_CLAVE", "una frase larga")
    assert run("restaurar", tmp_path / "c.sisfoh", "--a", tmp_path / "n" / "b.db")[0] == 0


def test_a_server_is_no_place_to_restore_to(tmp_path, run):
    code, told = run("restaurar", tmp_path / "c.sisfoh", "--a", "postgresql://u@h/b")
    assert code == 2
    assert "trasladar" in told["error"]


def test_an_office_moves_to_a_server_and_back(practice, postgres, tmp_path, run, request):
    import psycopg

    name = f"cli{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    before = rows_of(practice)
    code, moved = run(
        "--base", practice, "trasladar", "--a", postgres.url(name), "--archivo", tmp_path / "compartida"
    )
    assert (code, moved["equal"]) == (0, True), moved
    assert moved["tables"] == len(before)
    assert moved["rows"] == sum(one.rows for one in before.values())
    assert moved["papers"] == len(list((tmp_path / "compartida").glob("??/*")))
    code, again = run("--base", practice, "trasladar", "--a", postgres.url(name))
    assert (code, "ya tiene datos" in again["error"]) == (3, True)
    settings = PcSettings(archive_folder=str(tmp_path / "compartida"))
    settings.save()
    (tmp_path / "vuelta").mkdir()
    code, back = run("--base", postgres.url(name), "trasladar", "--a", tmp_path / "vuelta" / "o.db")
    assert (code, back["equal"], back["papers"]) == (0, True, moved["papers"]), back
    code, checks = run("--base", tmp_path / "vuelta" / "o.db", "comprobar")
    assert code == 0, checks
