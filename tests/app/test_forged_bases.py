"""Bases that are not what they seem: of the future, of another program, without guards, an older copy put back."""

import shutil
from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.app import wiring
from sisfoh_desktop.app.base_checks import check_base
from sisfoh_desktop.basics.errors import DatabaseTooNew, DatabaseUnavailable, SisfohError
from sisfoh_desktop.basics.progress import silent
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.basics.witness import FILE_NAME
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.base_file import settle
from sisfoh_desktop.db.revisions import head_revision


@pytest.fixture
def base(template_base, tmp_path, monkeypatch):
    """A real office's base with a little work in it, and this PC's own folder."""
    from sisfoh_desktop.modules.office import service as office

    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "pc-1"))
    path = tmp_path / "oficina" / "oficina.db"
    path.parent.mkdir()
    shutil.copyfile(template_base, path)
    opened = open_here(path)
    office.install_national_data(opened.db, actor=wiring.acting(PcSettings()), now=_now())
    close_here(opened)
    return path


def _now():
    from datetime import datetime

    from sisfoh_desktop.basics.clock import LIMA

    return datetime(2024, 3, 8, 10, tzinfo=LIMA)


def open_here(path):
    return wiring.open_base(str(path), settings=PcSettings(database=str(path), user="rosa"), now=_now())


def close_here(opened):
    wiring.close_base(opened, settings=PcSettings(user="rosa"), now=_now())
    settle(opened.db.path)


def work(path, count=3, kind="plan"):
    opened = open_here(path)
    for number in range(count):
        with opened.db.transaction() as session:
            record_audit(
                session,
                actor=wiring.acting(PcSettings(user="rosa")),
                now=_now(),
                action=f"{kind}.save",
                subject=f"{kind}:{number}",
            )
    close_here(opened)
    return opened


def by_hand(path, *statements):
    with closing(sqlite.connect(str(path), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def failed(path):
    opened = open_here(path)
    try:
        checks = check_base(opened.db, lambda: opened.archive, _now(), silent)
        return {check.name: check.detail for check in checks if not check.ok}
    finally:
        opened.db.close()


def test_as_it_is_nothing_is_said(base):
    assert failed(base) == {}
    assert open_here(base).notice == ""


@pytest.mark.parametrize("revision", ["9999", f"{head_revision()}x", "zzzz"])
def test_a_base_of_the_future_is_neither_opened_nor_changed(base, revision):
    by_hand(base, f"UPDATE alembic_version SET version_num = '{revision}'")
    settle(base)
    before = base.read_bytes()
    with pytest.raises(DatabaseTooNew) as caught:
        open_here(base)
    assert "versión más nueva" in caught.value.sentence
    assert base.read_bytes() == before
    assert list(base.parent.glob("*.antes-de-*")) == []


@pytest.mark.parametrize("revision", ["0000", "-1", "", "0022; DROP TABLE unit", "00a5", "0024 "])
def test_a_revision_that_never_was_is_told_and_leaves_the_base_as_it_was(base, revision):
    by_hand(base, f"UPDATE alembic_version SET version_num = '{revision}'")
    with pytest.raises(SisfohError) as caught:
        open_here(base)
    assert "Traceback" not in caught.value.sentence
    with closing(sqlite.connect(str(base))) as connection:
        [(kept,)] = connection.execute("SELECT version_num FROM alembic_version")
        assert connection.execute("SELECT count(*) FROM unit").fetchone() is not None
    assert kept == revision


def test_the_base_of_another_program_is_not_touched(tmp_path, monkeypatch):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "pc"))
    path = tmp_path / "ajena.db"
    by_hand(
        path, "PRAGMA application_id=77", "CREATE TABLE alembic_version (version_num)", "CREATE TABLE x (y)"
    )
    before = path.read_bytes()
    with pytest.raises(DatabaseUnavailable):
        open_here(path)
    assert path.read_bytes() == before


def test_guards_taken_down_are_told(base):
    by_hand(base, "DROP TRIGGER audit_entry_no_update", "DROP TRIGGER kardex_movement_no_delete")
    told = failed(base)
    assert list(told) == ["estructura"]
    assert "audit_entry_no_update" in told["estructura"]
    assert "kardex_movement_no_delete" in told["estructura"]


def test_a_guard_that_guards_nothing_is_told(base):
    by_hand(
        base,
        "DROP TRIGGER audit_entry_no_update",
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END",
    )
    assert "audit_entry_no_update" in failed(base)["estructura"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE added (x)",
        "CREATE TRIGGER added AFTER INSERT ON app_user BEGIN UPDATE app_user SET state = 'active'; END",
        "CREATE VIEW added AS SELECT * FROM app_user",
    ],
)
def test_what_another_program_put_in_is_told_and_stops_nothing(base, tmp_path, statement):
    by_hand(base, statement)
    assert "added" in failed(base)["estructura"]
    opened = open_here(base)
    opened.db.close()


def test_a_head_written_anew_is_told_by_the_chain(base):
    work(base)
    by_hand(
        base,
        "DROP TRIGGER IF EXISTS audit_head_forward",
        "UPDATE audit_head SET hash = 'f' || substr(hash, 2), entries = entries - 1",
    )
    assert "auditoría" in failed(base)


def test_an_older_copy_put_over_the_base_is_told_once_by_this_pc(base, tmp_path):
    shutil.copyfile(base, tmp_path / "copia.db")
    work(base, 5)
    shutil.copyfile(tmp_path / "copia.db", base)
    opened = open_here(base)
    assert "más corto" in opened.notice
    assert "«comprobar»" in opened.notice
    close_here(opened)
    again = open_here(base)
    assert again.notice == ""
    again.db.close()


def test_an_older_copy_that_was_worked_on_is_told_too(base, tmp_path):
    shutil.copyfile(base, tmp_path / "copia.db")
    work(base, 5)
    elsewhere = tmp_path / "otra" / "oficina.db"
    elsewhere.parent.mkdir()
    shutil.copyfile(tmp_path / "copia.db", elsewhere)
    with pytest.MonkeyPatch.context() as other_pc:
        other_pc.setenv("SISFOH_DATOS", str(tmp_path / "pc-2"))
        work(elsewhere, 9, "expediente")
    shutil.copyfile(elsewhere, base)
    opened = open_here(base)
    opened.db.close()
    assert "ya no es el que este equipo vio" in opened.notice


def test_each_of_two_pcs_tells_what_it_saw(base, tmp_path, monkeypatch):
    """The PC that was last here knows the longer trail; the other one never saw it and has nothing to say."""
    shutil.copyfile(base, tmp_path / "copia.db")
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "pc-2"))
    first = open_here(base)
    assert first.notice == ""
    close_here(first)
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "pc-1"))
    work(base, 5)
    shutil.copyfile(tmp_path / "copia.db", base)
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "pc-2"))
    second = open_here(base)
    second.db.close()
    assert second.notice == ""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "pc-1"))
    third = open_here(base)
    third.db.close()
    assert "más corto" in third.notice


@pytest.mark.parametrize(
    "content", [b"", b"[" * 100_000, b'{"x": {"entries": Infinity}}', b"\xff\xfe", b"null", b"[1]"]
)
def test_a_forged_witness_stops_nobody(base, tmp_path, content):
    (tmp_path / "pc-1" / FILE_NAME).write_bytes(content)
    opened = open_here(base)
    opened.db.close()
    assert opened.notice == ""
