"""What the tests of the safekeeping share."""

import hashlib

import pytest


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
