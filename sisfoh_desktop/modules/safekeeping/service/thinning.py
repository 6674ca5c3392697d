"""Old copies that may go: offered, never taken away unasked, and only files that this base knows by their hash."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_may_do
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.rules.backups import kept_moments
from sisfoh_desktop.modules.safekeeping.rules.facts import Backup
from sisfoh_desktop.modules.safekeeping.service.packages import hash_file
from sisfoh_desktop.modules.safekeeping.store import backups as store


@dataclass(frozen=True)
class OldCopies:
    """Files that may go; together they take `byte_count` bytes."""

    copies: tuple[Backup, ...]

    @property
    def byte_count(self) -> int:
        return sum(one.byte_count for one in self.copies)


def list_old_copies(db: Database) -> OldCopies:
    """Of the copies that are still where they were made, those that the rule (`kept_moments`) does not keep."""
    with db.reading() as session:
        there = [one for one in store.list_backups(session) if path_of(one).is_file()]
    kept = kept_moments(one.made_at for one in there)
    return OldCopies(tuple(one for one in there if one.made_at not in kept))


def remove_copies(
    db: Database, old: OldCopies, *, actor: Actor, now: datetime, progress: Progress = silent
) -> int:
    """Delete these files, each only if it is still the copy that was made; how many, noted in the trail.

    RuleError `not_allowed`; FileFailed at the first that cannot be deleted: those before it are gone and noted.
    """
    check_may_do(actor, "backup.remove")
    removed: list[Backup] = []
    try:
        for done, one in enumerate(old.copies):
            progress(done, len(old.copies))
            path = path_of(one)
            if path.is_file() and hash_file(path) == one.sha256:
                try:
                    path.unlink()
                except OSError as error:
                    raise FileFailed(
                        f"No se pudo retirar «{path.name}»; esa copia y las siguientes quedaron. "
                        "Revise que la memoria permita escribir e inténtelo otra vez."
                    ) from error
                removed.append(one)
    finally:
        if removed:
            with db.transaction() as session:
                record_audit(
                    session,
                    actor=actor,
                    now=now,
                    action="backup.remove",
                    subject="backup",
                    after={"files": [one.file_name for one in removed]},
                )
    return len(removed)


def path_of(backup: Backup) -> Path:
    """Where the copy was made."""
    return Path(backup.place) / backup.file_name
