"""What the tests of the safekeeping share."""

import hashlib

import pytest
from backup_packages import made

from sisfoh_desktop.db.audit import record_audit


@pytest.fixture
def quick_envelopes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Envelopes without the seconds that age takes over each; the real ones are tried with the kit."""
    from pyrage import DecryptError, passphrase

    head = b"age-encryption.org/v1\n"

    def encrypt(data: bytes, phrase: str) -> bytes:
        return head + hashlib.sha256(phrase.encode()).digest() + data[::-1]

    def decrypt(data: bytes, phrase: str) -> bytes:
        if data[: len(head) + 32] != head + hashlib.sha256(phrase.encode()).digest():
            raise DecryptError("wrong")
        return data[len(head) + 32 :][::-1]

    monkeypatch.setattr(passphrase, "encrypt", encrypt)
    monkeypatch.setattr(passphrase, "decrypt", decrypt)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "memoria"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(either_db, archive, actor, now):
    """An office on either database with two papers in its archive."""
    archive.put(b"%PDF-1.7 uno")
    archive.put(b"%PDF-1.7 dos" * 100_000)
    with either_db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")
    return either_db


@pytest.fixture
def package(db, archive, actor, now, stick):
    archive.put(b"%PDF-1.7 uno")
    return stick / made(db, archive, actor, now, stick).file_name
