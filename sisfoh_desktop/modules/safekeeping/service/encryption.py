"""Encryption of a local base: a key and its phrase, the envelope, turning it on and off, opening by phrase.

Off until somebody asks for it. The order on the way in is: envelope, keyring, then the base; whatever stops it halfway
leaves a base that opens as before.
"""

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed, RuleError
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.recovery_phrase import new_phrase, read_phrase
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.basics.secrets import NoKeyring
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.base_file import check_nobody_has_it_open
from sisfoh_desktop.db.cipher import BaseKey
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of, open_envelope, write_envelope
from sisfoh_desktop.db.recrypt import Recrypted, recrypt
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.safekeeping.service.base_state import plain_copies

_RIGHT = "base.manage"
_TRIES, _PAUSE_SECONDS = 5, 0.2


@dataclass(frozen=True)
class NewPhrase:
    """A key with the phrase that will open its envelope; neither is shown by `repr`, nor kept before it is used."""

    base_name: str
    mark: str
    made_at: datetime
    key: BaseKey = field(repr=False)
    phrase: str = field(repr=False)

    @property
    def groups(self) -> list[str]:
        """The phrase as it is printed, group by group."""
        return self.phrase.split("-")


@dataclass(frozen=True)
class Encrypted:
    """What it came to: what was compared, whether the key is in the keyring, what can still be read."""

    compared: Recrypted
    key_kept: bool
    plain_copies: tuple[str, ...] = ()


def prepare_phrase(db: Database, *, actor: Actor, now: datetime) -> NewPhrase:
    """A new phrase: for a base without encryption with a new key, else for the key that it has. Nothing is kept yet.

    RuleError `not_allowed`, or `base_not_local` where the base is on a server.
    """
    check_right(actor, _RIGHT)
    path = _local(db)
    key = cipher.find_key(path) or BaseKey.new()
    return NewPhrase(path.name, key.mark[-4:].hex().upper(), now, key, new_phrase())


def check_group(phrase: NewPhrase, place: int, typed: str) -> None:
    """RuleError `phrase_differs` unless `typed` is the group at `place` (from 1): the sheet exists and is legible."""
    wanted = phrase.groups[place - 1]
    if typed.strip().upper().translate(str.maketrans("OIL", "011")) != wanted:
        raise RuleError(
            "phrase_differs",
            f"El grupo {place} no es el de la hoja; todavía no se cambió nada. Cópielo otra vez de la hoja impresa.",
        )


def phrase_pdf(db: Database, phrase: NewPhrase) -> bytes:
    """The sheet for the sealed envelope. It is printed and never archived or saved."""
    from sisfoh_desktop.modules.safekeeping.report.envelope import EnvelopeSheet, envelope_pdf

    sheet = EnvelopeSheet(phrase.base_name, phrase.mark, phrase.made_at, tuple(phrase.groups))
    head = office.letterhead(db, phrase.made_at.date())
    return envelope_pdf(sheet, head, watermark=office.watermark(db)).pdf


def encrypt_base(
    db: Database, *, actor: Actor, now: datetime, phrase: NewPhrase, progress: Progress = silent
) -> Encrypted:
    """Turn encryption on: envelope, keyring, then the whole base into a new file that takes its place.

    `db` closes its connections and opens them again by itself. Raises RuleError (rights, already encrypted,
    cancelled), DatabaseUnavailable (somebody has it open) or FileFailed; the base is then as it was.
    """
    check_right(actor, _RIGHT)
    path = _local(db)
    if cipher.is_encrypted(path):
        raise RuleError(
            "already_encrypted", f"La base {path.name} ya está cifrada; no se cambió nada. Actualice con F5."
        )
    earlier = _bytes_of(envelope_of(path))
    write_envelope(path, phrase.key, phrase.phrase)
    try:
        kept = _keep(phrase.key)
        after = {"key": phrase.mark, "keyring": kept}
        done = _recrypt(db, phrase.key, _noting(actor, now, "base.encrypt", after=after), progress)
    except BaseException:
        if not cipher.is_encrypted(path):
            _put_back(envelope_of(path), earlier)
        raise
    return Encrypted(done, kept, plain_copies(path))


def decrypt_base(db: Database, *, actor: Actor, now: datetime, progress: Progress = silent) -> Encrypted:
    """Turn encryption off. Envelope and keyring stay as they are: copies made until now still need them.

    Raises as `encrypt_base`.
    """
    check_right(actor, _RIGHT)
    path = _local(db)
    key = cipher.find_key(path)
    if key is None:
        raise RuleError(
            "not_encrypted", f"La base {path.name} no está cifrada; no se cambió nada. Actualice con F5."
        )
    kept = cipher.is_key_kept(path)
    before = {"key": key.mark[-4:].hex().upper()}
    done = _recrypt(db, None, _noting(actor, now, "base.decrypt", before=before), progress)
    return Encrypted(done, kept)


def renew_phrase(db: Database, *, actor: Actor, now: datetime, phrase: NewPhrase) -> None:
    """Put the key of an encrypted base into a new envelope; the earlier phrase opens it no more.

    Copies made before keep the envelope that they carry. Raises RuleError or FileFailed; the earlier one then stays.
    """
    check_right(actor, _RIGHT)
    path = _local(db)
    if cipher.find_key(path) != phrase.key:
        raise RuleError(
            "not_encrypted", f"La base {path.name} ya no tiene esa clave; no se cambió nada. Pida otra frase."
        )
    earlier = _bytes_of(envelope_of(path))
    write_envelope(path, phrase.key, phrase.phrase)
    try:
        with db.transaction() as session:
            record_audit(
                session,
                actor=actor,
                now=now,
                action="base.envelope",
                subject="base",
                after={"key": phrase.mark},
            )
    except BaseException:
        _put_back(envelope_of(path), earlier)
        raise
    with contextlib.suppress(NoKeyring):
        cipher.keep_key(phrase.key)


def unlock_base(path: Path, phrase: str, *, remember: bool) -> bool:
    """Open an encrypted base by its recovery phrase, in this process; whether the key is in the keyring now.

    Raises RuleError for a phrase that is not this base's, FileFailed when its envelope is not beside it.
    """
    read_phrase(phrase)
    key = open_envelope(path, phrase)
    cipher.unlock(path, key)
    return remember and _keep(key)


def _recrypt(
    db: Database, key: BaseKey | None, finish: Callable[[Path], None], progress: Progress
) -> Recrypted:
    path = _local(db)
    for tries_left in range(_TRIES, -1, -1):
        db.close()
        try:
            check_nobody_has_it_open(path)
            break
        except DatabaseUnavailable:  # another thread of this window may just be reading
            if not tries_left:
                raise
            time.sleep(_PAUSE_SECONDS)
    return recrypt(path, key, finish=finish, progress=progress)


def _noting(
    actor: Actor,
    now: datetime,
    action: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Callable[[Path], None]:
    """Writes the trail of the new file, so that the change and its entry come or stay away together."""

    def note(new: Path) -> None:
        db = Database(new)
        try:
            with db.transaction() as session:
                record_audit(
                    session, actor=actor, now=now, action=action, subject="base", before=before, after=after
                )
        finally:
            db.close()

    return note


def _local(db: Database) -> Path:
    if db.path is None:
        raise RuleError(
            "base_not_local",
            "La base está en el servidor de la oficina; no se cambió nada. "
            "El cifrado de su disco lo pone quien administra el servidor.",
        )
    return db.path


def _keep(key: BaseKey) -> bool:
    """Whether the keyring took the key; without one the phrase is asked at each start."""
    try:
        cipher.keep_key(key)
    except NoKeyring:
        return False
    return True


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _put_back(path: Path, earlier: bytes | None) -> None:
    with contextlib.suppress(OSError, FileFailed):
        if earlier is None:
            path.unlink(missing_ok=True)
        else:
            atomic_write(path, earlier)
