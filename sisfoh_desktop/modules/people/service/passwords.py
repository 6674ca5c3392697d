"""Passwords and one-time codes by argon2id: made, checked, made anew when the parameters change.

OWASP's parameters for a PC: 46 MiB, one pass, one lane (about a tenth of a second). Never on the window's thread.
argon2 is loaded when something is hashed.
"""

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from sisfoh_desktop.modules.people.rules.passwords import CODE_LENGTH, CODE_SIGNS

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB, PASSES, LANES = 46 * 1024, 1, 1


def hashed(secret: str) -> str:
    """The secret by argon2id with its own salt, as the database keeps it."""
    return _hasher().hash(secret)


def fits(kept_hash: str, secret: str | None) -> bool:
    """Whether the secret is the one that was hashed; takes as long when there is no hash or no secret to compare."""
    from argon2.exceptions import InvalidHashError, VerificationError

    nobodys = _nobodys(MEMORY_KIB)  # made once, and for everybody: the first attempt tells nothing either
    comparable = bool(kept_hash) and secret is not None
    try:
        return _hasher().verify(kept_hash if comparable else nobodys, secret or "") and comparable
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept_hash)


def new_code() -> str:
    """The signs of a one-time code: 80 bits from the system's source of chance."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@lru_cache(maxsize=2)
def _nobodys(_memory: int) -> str:
    """A hash that no password fits, to be compared with where there is nothing to compare with."""
    return hashed(secrets.token_hex(16))
