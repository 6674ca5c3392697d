"""The key of an encrypted base: what it is, which file it opens, where this process finds it.

A base is encrypted page by page by SQLCipher with a random key, never with a password. The first 16 bytes of the file
(its salt) are a mark made from the key: the file is known as ours, the right key is told from a wrong one before
anything is read, and every copy of a base answers to the same key. The envelope that keeps the key under a recovery
phrase is `db.envelope`; turning encryption on and off is `db.recrypt`.
"""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError
from sisfoh_desktop.basics.secrets import find_secret, remember_secret
from sisfoh_desktop.db.file_head import read_head

VARIABLE = "SISFOH_CLAVE_BASE"  # the recovery phrase or the key itself, for commands without a keyring
_MAGIC = b"SISFOH\x01"
_MARK_BYTES = 16  # the salt of a SQLCipher file
_KEY_BYTES = 32
_AS_TEXT = re.compile(rf"[0-9a-f]{{{2 * _KEY_BYTES}}}\Z")


class KeyMissing(DatabaseUnavailable):
    """The base at `path` is encrypted and its key is not on this PC; the recovery phrase opens it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"La base {path.name} está cifrada y este equipo no tiene su clave; no se abrió nada. "
            "Escriba la frase de recuperación del sobre lacrado, o pídala a quien lo guarda."
        )
        self.path = path


@dataclass(frozen=True)
class BaseKey:
    """A random key of 256 bits; never shown by `repr`."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "BaseKey":
        return cls(secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def from_text(cls, text: str) -> "BaseKey | None":
        """The key written as 64 hexadecimal digits, or None when the text is none."""
        wanted = text.strip().lower()
        return cls(bytes.fromhex(wanted)) if _AS_TEXT.match(wanted) else None

    @property
    def text(self) -> str:
        """The key as the keyring keeps it."""
        return self.secret.hex()

    @property
    def mark(self) -> bytes:
        """The first bytes of every file that this key opens; the key cannot be found from them."""
        digest = hashlib.sha256(b"sisfoh base" + self.secret).digest()
        return _MAGIC + digest[: _MARK_BYTES - len(_MAGIC)]

    @property
    def literal(self) -> str:
        """The key with its salt as SQLCipher takes it, in quotes, for PRAGMA key and ATTACH."""
        return f"\"x'{self.secret.hex()}{self.mark.hex()}'\""


_known: dict[bytes, BaseKey] = {}


def is_cipher_head(head: bytes) -> bool:
    """Whether these first bytes of a file are those of an encrypted base of this program."""
    return head.startswith(_MAGIC)


def is_encrypted(path: Path) -> bool:
    """Whether the base at `path` is encrypted; a file that is missing or unreadable is not."""
    try:
        return is_cipher_head(read_head(path))
    except OSError:
        return False


def unlock(path: Path, key: BaseKey) -> None:
    """Use this key in this process for the base at `path` and all its copies.

    RuleError `key_wrong` when it is another base's key.
    """
    if read_head(path)[:_MARK_BYTES] != key.mark:
        raise RuleError(
            "key_wrong",
            f"Esa clave es de otra base y no abre {path.name}; no se cambió nada. "
            "Busque el sobre que lleva el nombre de esta base.",
        )
    use_key(key)


def use_key(key: BaseKey) -> None:
    """Keep a key in this process's memory for the files that carry its mark."""
    _known[key.mark] = key


def forget_keys() -> None:
    """Forget every key of this process; those of the keyring stay."""
    _known.clear()


def keep_key(key: BaseKey) -> None:
    """Put the key into the keyring of this PC. Raises NoKeyring."""
    remember_secret(_secret_name(key.mark), key.text)


def is_key_kept(path: Path) -> bool:
    """Whether the keyring of this PC has the key of the encrypted base at `path`."""
    mark = read_head(path)[:_MARK_BYTES]
    return _from_keyring(mark) is not None


def find_key(path: Path) -> BaseKey | None:
    """The key of the base at `path`, or None when it is not encrypted.

    Looked for in this process, in SISFOH_CLAVE_BASE and in the keyring. Raises KeyMissing when none of them has it.
    """
    try:
        head = read_head(path)
    except OSError:
        return None  # who opens it says what is wrong with the file
    if not is_cipher_head(head):
        return None
    mark = head[:_MARK_BYTES]
    key = _known.get(mark) or _from_environment(path, mark) or _from_keyring(mark)
    if key is None:
        raise KeyMissing(path)
    use_key(key)
    return key


def connect_file(
    path: Path, *, mode: str = "rw", timeout: float = 30, key: BaseKey | None = None, **options: Any
) -> Any:
    """A bare connection to the SQLite file at `path` with its key, if it has one; in autocommit.

    `mode` is SQLite's: "rw" never makes a file, "rwc" does (then `key` says whether it is encrypted), "ro" only reads.
    """
    key = key or find_key(path)
    connection = sqlite.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None, **options
    )
    try:
        if key is not None:
            # a wrong page is an error of ours to tell, not a line for the terminal
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key={key.literal}")
            connection.execute("PRAGMA temp_store=MEMORY")  # what is sorted must not reach the disk as it is
    except sqlite.Error:
        connection.close()
        raise
    return connection


def _from_environment(path: Path, mark: bytes) -> BaseKey | None:
    """The key that the environment gives, as itself or by its phrase; None when it gives none or another's."""
    given = os.environ.get(VARIABLE, "").strip()
    if not given:
        return None
    key = BaseKey.from_text(given)
    if key is None:
        from sisfoh_desktop.db.envelope import open_envelope

        key = open_envelope(path, given)
    return key if key.mark == mark else None


def _from_keyring(mark: bytes) -> BaseKey | None:
    kept = find_secret(_secret_name(mark))
    key = BaseKey.from_text(kept) if kept else None
    return key if key is not None and key.mark == mark else None


def _secret_name(mark: bytes) -> str:
    return f"base:{mark[len(_MAGIC) :].hex()}"
