"""Copies of an encrypted base: they keep its key and carry its envelope, with and without a password on top."""

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.cipher import BaseKey, KeyMissing, is_encrypted
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of, write_envelope
from sisfoh_desktop.db.recrypt import recrypt
from sisfoh_desktop.db.table_digests import digest_tables
from sisfoh_desktop.modules.safekeeping.service import backups, restoring

PHRASE = "una frase larga"


@pytest.fixture
def key():
    made = BaseKey.new()
    yield made
    cipher.forget_keys()


@pytest.fixture
def locked(db, key, monkeypatch):
    """The base of this test, encrypted, with an envelope beside it."""
    db.close()
    recrypt(db.path, key, finish=lambda _new: None)
    cipher.use_key(key)
    monkeypatch.setattr("sisfoh_desktop.db.envelope.read_phrase", lambda phrase: phrase)
    write_envelope(db.path, key, PHRASE)
    base = Database.open(db.path)
    yield base
    base.close()


def digests_of(db):
    with db.reading() as session:
        return digest_tables(session.connection())


@pytest.mark.parametrize("password", ["", "otra frase larga"])
def test_the_copy_is_as_encrypted_as_its_base(locked, archive, actor, now, tmp_path, key, password):
    before = digests_of(locked)
    backup = backups.make_backup(locked, archive, actor=actor, now=now, folder=tmp_path, password=password)
    assert b"SQLite format" not in (tmp_path / backup.file_name).read_bytes()
    restored = restoring.restore_backup(
        tmp_path / backup.file_name, tmp_path / "n" / "b.db", password=password
    )
    assert restored.checked.by_content
    assert is_encrypted(restored.base)
    assert envelope_of(restored.base).read_bytes() == envelope_of(locked.path).read_bytes()
    copy = Database.open(restored.base)
    try:
        assert digests_of(copy) == before
    finally:
        copy.close()


def test_on_a_pc_without_the_key_it_is_restored_by_its_hash_and_a_rehearsal_says_so(
    locked, archive, actor, now, tmp_path, template_base
):
    backup = backups.make_backup(locked, archive, actor=actor, now=now, folder=tmp_path)
    locked.close()
    cipher.forget_keys()
    package = tmp_path / backup.file_name
    restored = restoring.restore_backup(package, tmp_path / "n" / "b.db")
    assert not restored.checked.opened
    with pytest.raises(KeyMissing):
        Database.open(restored.base)
    other = Database.create(tmp_path / "otra.db")
    try:
        tried = restoring.rehearse_restore(other, package, actor=actor, now=now)
    finally:
        other.close()
    assert not tried.ok
    assert "no tiene su clave" in tried.detail


def test_a_changed_byte_of_an_encrypted_copy_is_refused(locked, archive, actor, now, tmp_path):
    backup = backups.make_backup(locked, archive, actor=actor, now=now, folder=tmp_path)
    package = tmp_path / backup.file_name
    data = bytearray(package.read_bytes())
    data[len(data) // 3] ^= 1
    package.write_bytes(data)
    with pytest.raises(FileFailed, match="alterado"):
        restoring.restore_backup(package, tmp_path / "n" / "b.db")
