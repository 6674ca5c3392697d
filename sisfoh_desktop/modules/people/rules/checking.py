"""Whether users are what the trail says of them: roles, state, days of access, passwords. Told, never repaired.

A row of the table of users changed by another program than this one has no entry in the trail; here it shows.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sisfoh_desktop.modules.people.rules.facts import Credentials, User

TELLING = ("user.add", "user.save", "user.roles", "user.suspend", "user.end", "user.restore")
"""Entries that say how a user is from then on."""
SHEET_MADE, SHEET_USED = "user.sheet", "user.sheet_used"
SEALING = (
    "user.add",
    "user.password",
    "user.recover",
    SHEET_MADE,
    SHEET_USED,
    "session.in",
    "session.refused",
)
"""Entries that may say which password, and which recovery sheet, count from then on, by their seals."""
SEAL, SHEET = "secret", "sheet"

_WORDS = {
    "login": "usuario",
    "name": "nombre",
    "office": "oficina",
    "position": "cargo",
    "document": "documento",
    "valid_from": "primer día de acceso",
    "valid_to": "último día de acceso",
    "roles": "roles",
    "state": "estado",
}


def credentials_seal(kept: Credentials) -> str:
    """Sixteen figures over the hashes of a user and the end of a one-time code; "" while there is neither.

    What was hashed cannot be read from it, and another hash has another seal.
    """
    if not kept.password_hash and not kept.recovery_hash:
        return ""
    until = kept.recovery_until.astimezone(UTC).isoformat() if kept.recovery_until else ""
    told = "\n".join((kept.password_hash, kept.recovery_hash, until))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def sheet_seal(code_hash: str) -> str:
    """The same over the hash of a recovery sheet."""
    return hashlib.sha256(code_hash.encode()).hexdigest()[:16] if code_hash else ""


@dataclass(frozen=True)
class AccountWord:
    """What an entry of the trail says of a user."""

    user_id: int
    action: str
    after: Mapping[str, Any]


@dataclass(frozen=True)
class KeptAccount:
    """A user as the base has it now: its `values` as the trail would tell them, its seal, that of its sheet."""

    user: User
    values: Mapping[str, Any]
    seal: str
    sheet: str = ""


def find_differences(words: Iterable[AccountWord], kept: Iterable[KeptAccount]) -> list[str]:
    """A sentence for each user who is not what the last word of the trail says; `words` oldest first."""
    told: dict[int, dict[str, Any]] = {}
    seals: dict[int, str] = {}
    sheets: dict[int, str] = {}
    for word in words:
        if word.action in TELLING:
            told.setdefault(word.user_id, {}).update(
                {name: value for name, value in word.after.items() if name in _WORDS}
            )
        if word.action == "user.end":
            # who leaves keeps neither password nor code nor sheet
            seals[word.user_id] = sheets[word.user_id] = ""
        elif word.action in SEALING:
            if SEAL in word.after:
                seals[word.user_id] = str(word.after[SEAL])
            if SHEET in word.after:
                sheets[word.user_id] = str(word.after[SHEET])
    sentences = []
    now = {one.user.id: one for one in kept}
    for user_id, one in now.items():
        name = one.user.login
        if user_id not in told:
            sentences.append(f"El historial no sabe quién creó a «{name}».")
            continue
        changed = [
            _WORDS[field]
            for field, value in told[user_id].items()
            if _comparable(one.values.get(field)) != _comparable(value)
        ]
        if seals.get(user_id, one.seal) != one.seal:
            changed.append("contraseña")
        if sheets.get(user_id, "") != one.sheet:
            changed.append("hoja de recuperación")
        if changed:
            sentences.append(f"De «{name}» el historial dice otra cosa: {', '.join(changed)}.")
    sentences += [
        f"Falta «{values.get('login', user_id)}», que el historial nombra."
        for user_id, values in told.items()
        if user_id not in now
    ]
    return sentences


def _comparable(value: Any) -> Any:
    return sorted(str(one) for one in value) if isinstance(value, list | tuple) else value
