"""An encrypted base: nobody reads it without its key, every way to the file knows the key, nothing is lost."""

import os
import shutil
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed, RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.basics.recovery_phrase import new_phrase
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.base_file import check_is_ours, copy_sqlite
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.cipher import BaseKey, KeyMissing, connect_file, find_key, is_encrypted, unlock
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of, open_envelope, write_envelope
from sisfoh_desktop.db.migrate import downgrade, migrate
from sisfoh_desktop.db.recrypt import recrypt, sweep_leftovers

NAME = "Rosa Ñahui Quispe"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch):
    """Each test begins and ends without a key in this process."""
    monkeypatch.delenv(cipher.VARIABLE, raising=False)
    cipher.forget_keys()
    yield
    cipher.forget_keys()


@pytest.fixture
def base(template_base: Path, tmp_path: Path, now: datetime) -> Path:
    """A base with something in it, closed."""
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    db = Database.open(path)
    with db.transaction() as session:
        for number in range(50):
            record_audit(
                session, actor=Actor("prueba"), now=now, action="office.save", subject=f"office:{number}",
                after={"name": NAME},
            )  # fmt: skip
    db.close()
    return path


@pytest.fixture
def key() -> BaseKey:
    return BaseKey.new()


def encrypt(path: Path, key: BaseKey) -> None:
    recrypt(path, key, finish=lambda _new: None)


def entries(path: Path) -> int:
    db = Database.open(path)
    try:
        assert all(check.ok for check in check_database(db))
        with db.reading() as session:
            return session.connection().exec_driver_sql("SELECT count(*) FROM audit_entry").scalar_one()
    finally:
        db.close()


def plain_bytes(folder: Path) -> list[str]:
    """Files of the folder in which the name can be read."""
    return [path.name for path in folder.iterdir() if path.is_file() and NAME.encode() in path.read_bytes()]


def test_on_and_off_without_loss_and_nothing_readable_in_between(base: Path, key: BaseKey) -> None:
    before = entries(base)
    assert plain_bytes(base.parent) == ["oficina.db"]
    done = recrypt(base, key, finish=lambda _new: None)
    assert done.tables > 50
    assert done.rows > before
    assert done.wiped
    assert is_encrypted(base)
    assert entries(base) == before
    assert plain_bytes(base.parent) == []
    recrypt(base, None, finish=lambda _new: None)
    assert not is_encrypted(base)
    cipher.forget_keys()
    assert entries(base) == before
    assert [path.name for path in base.parent.iterdir()] == ["oficina.db"]


def test_what_is_written_later_is_not_readable_either(base: Path, key: BaseKey, now: datetime) -> None:
    encrypt(base, key)
    db = Database.open(base)
    try:
        with db.transaction() as session:
            record_audit(
                session, actor=Actor("prueba"), now=now, action="office.save", subject="x:1", reason=NAME
            )
        assert (base.parent / "oficina.db-wal").stat().st_size > 0
        assert plain_bytes(base.parent) == []
    finally:
        db.close()


def test_without_its_key_it_is_told_to_be_encrypted_and_not_to_be_damaged(base: Path, key: BaseKey) -> None:
    encrypt(base, key)
    cipher.forget_keys()
    check_is_ours(base)
    with pytest.raises(KeyMissing, match=r"está cifrada.*frase de recuperación") as refused:
        Database.open(base)
    assert refused.value.path == base
    with pytest.raises(RuleError, match="es de otra base") as other:
        unlock(base, BaseKey.new())
    assert other.value.code == "key_wrong"
    unlock(base, key)
    assert entries(base) > 0


def test_the_key_never_shows_in_a_text_of_the_program(key: BaseKey) -> None:
    assert key.text not in repr(key)
    assert key.text not in str(KeyMissing(Path("x.db")))


def test_the_keyring_opens_it_and_nothing_is_asked(
    base: Path, key: BaseKey, memory_keyring: dict[tuple[str, str], str]
) -> None:
    encrypt(base, key)
    cipher.forget_keys()
    assert not cipher.is_key_kept(base)
    cipher.keep_key(key)
    assert cipher.is_key_kept(base)
    assert entries(base) > 0
    ((name, _kept),) = [(name, kept) for (_service, name), kept in memory_keyring.items()]
    assert key.text not in name


def test_a_forged_secret_of_the_keyring_is_not_used(
    base: Path, key: BaseKey, memory_keyring: dict[tuple[str, str], str]
) -> None:
    encrypt(base, key)
    cipher.keep_key(key)
    for place in memory_keyring:
        memory_keyring[place] = BaseKey.new().text
    cipher.forget_keys()
    with pytest.raises(KeyMissing):
        Database.open(base)


def test_a_command_takes_the_phrase_or_the_key_from_its_environment(
    base: Path, key: BaseKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrase = new_phrase()
    write_envelope(base, key, phrase)
    encrypt(base, key)
    for given in (phrase.lower().replace("-", " "), key.text):
        cipher.forget_keys()
        monkeypatch.setenv(cipher.VARIABLE, given)
        assert entries(base) > 0
    cipher.forget_keys()
    monkeypatch.setenv(cipher.VARIABLE, BaseKey.new().text)
    with pytest.raises(KeyMissing):
        Database.open(base)


def test_the_envelope_opens_with_its_phrase_alone(base: Path, key: BaseKey) -> None:
    phrase = new_phrase()
    write_envelope(base, key, phrase)
    assert key.secret not in envelope_of(base).read_bytes()
    assert open_envelope(base, phrase) == key
    with pytest.raises(RuleError, match=r"no abre esta base") as other:
        open_envelope(base, new_phrase())
    assert other.value.code == "phrase_of_another"
    envelope_of(base).write_bytes(b"nada")
    with pytest.raises(FileFailed, match="dañado"):
        open_envelope(base, phrase)
    envelope_of(base).unlink()
    with pytest.raises(FileFailed, match=r"Falta el archivo oficina\.db\.sobre"):
        open_envelope(base, phrase)


def test_copies_answer_to_the_same_key_and_carry_the_envelope(
    base: Path, key: BaseKey, tmp_path: Path
) -> None:
    phrase = new_phrase()
    write_envelope(base, key, phrase)
    encrypt(base, key)
    copy = tmp_path / "copia.db"
    copy_sqlite(base, copy)
    assert plain_bytes(tmp_path) == []
    cipher.forget_keys()
    unlock(copy, open_envelope(copy, phrase))
    assert entries(copy) == entries(base)


def test_an_encrypted_base_of_an_older_program_is_copied_and_migrated(
    base: Path, key: BaseKey, now: datetime
) -> None:
    from sisfoh_desktop.db.engine import target_url

    encrypt(base, key)
    downgrade(target_url(base), "0024")
    result = migrate(base, now=now)
    assert result.copy is not None
    assert is_encrypted(base)
    assert is_encrypted(result.copy)
    assert entries(base) > 0
    assert plain_bytes(base.parent) == []


def test_a_base_in_use_is_not_touched(base: Path, key: BaseKey) -> None:
    db = Database.open(base)
    try:
        with db.reading() as session:
            session.connection().exec_driver_sql("SELECT 1 FROM audit_entry").all()
            with pytest.raises(DatabaseUnavailable, match="abierta en otra ventana"):
                encrypt(base, key)
    finally:
        db.close()
    assert not is_encrypted(base)


def test_who_waits_for_the_base_meanwhile_never_writes_into_the_old_file(base: Path, key: BaseKey) -> None:
    """A connection opened on the plain file while it is rewritten must fail rather than save into a removed file."""
    told: list[str] = []
    waiting = threading.Event()

    def write_late() -> None:
        with closing(sqlite.connect(str(base), timeout=20, isolation_level=None)) as connection:
            waiting.set()
            try:
                connection.execute("CREATE TABLE late(x)")
                told.append("saved")
            except sqlite.Error as error:
                told.append(str(error))

    other = threading.Thread(target=write_late)

    def finish(_new: Path) -> None:
        other.start()
        waiting.wait(10)

    recrypt(base, key, finish=finish)
    other.join(30)
    assert told
    assert told != ["saved"]


def test_a_refusal_or_a_cancel_leaves_the_base_as_it_was(
    base: Path, key: BaseKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = base.read_bytes()

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    def refuse(_new: Path) -> None:
        raise RuleError("not_allowed", "No.")

    with pytest.raises(Cancelled):
        recrypt(base, key, finish=lambda _new: None, progress=stop)
    with pytest.raises(RuleError):
        recrypt(base, key, finish=refuse)
    monkeypatch.setattr(Path, "replace", _no_space)
    with pytest.raises(FileFailed, match=r"quedó como estaba"):
        encrypt(base, key)
    monkeypatch.undo()
    assert [path.name for path in base.parent.iterdir()] == ["oficina.db"]
    assert entries(base) > 0
    assert base.stat().st_size == len(before)


def _no_space(_self: Path, _target: Path) -> Path:
    raise OSError(28, "No space left on device")


def test_a_copy_that_differs_never_takes_the_place(
    base: Path, key: BaseKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sisfoh_desktop.db import recrypt as recrypting

    real = recrypting._export

    def lose_a_row(source, new: Path, wanted: BaseKey | None) -> None:
        real(source, new, wanted)
        with closing(connect_file(new, key=wanted)) as copy:
            copy.execute("DROP TRIGGER IF EXISTS audit_entry_no_update")
            copy.execute("UPDATE alembic_version SET version_num = '0001'")

    monkeypatch.setattr(recrypting, "_export", lose_a_row)
    with pytest.raises(FileFailed, match="no salió igual"):
        encrypt(base, key)
    assert not is_encrypted(base)
    assert entries(base) > 0


def test_what_a_kill_left_behind_is_overwritten_at_the_next_opening(base: Path, key: BaseKey) -> None:
    plain = base.read_bytes()
    encrypt(base, key)
    (base.parent / ".oficina.db.anterior").write_bytes(plain)
    (base.parent / ".oficina.db.cambio-journal").write_bytes(plain)
    assert entries(base) > 0
    assert sorted(path.name for path in base.parent.iterdir()) == ["oficina.db"]


def test_a_second_name_of_the_base_is_never_overwritten(base: Path) -> None:
    os.link(base, base.parent / ".oficina.db.anterior")
    sweep_leftovers(base)
    assert entries(base) > 0
    assert [path.name for path in base.parent.iterdir()] == ["oficina.db"]


def test_every_changed_byte_of_an_encrypted_base_is_found(base: Path, key: BaseKey) -> None:
    encrypt(base, key)
    data = base.read_bytes()
    step = len(data) // 40
    for place in range(100, len(data), step):
        base.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with closing(connect_file(base)) as connection:
            assert connection.execute("PRAGMA cipher_integrity_check").fetchall(), place


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells its locks")
def test_reading_the_head_does_not_drop_the_locks_of_this_process(base: Path) -> None:
    """Closing a file drops a process's locks on it: what reads the head must not, while the base is open here."""
    db = Database.open(base)
    try:
        with db.reading() as session:
            session.connection().exec_driver_sql("SELECT 1 FROM audit_head").all()
        held = _locks_on(base)
        assert held > 0
        check_is_ours(base)
        assert not is_encrypted(base)
        assert _locks_on(base) == held
    finally:
        db.close()
    assert find_key(base) is None


def _locks_on(base: Path) -> int:
    return Path("/proc/locks").read_text(encoding="ascii").count(f":{base.stat().st_ino} ")
