"""Copies of the whole office: made as of one moment, read back before they count, noted in the trail.

The package itself is in packages.py; restoring and its rehearsal in restoring.py.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import uuid4

from sisfoh_desktop import __version__
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import sync_folder, write_failure_sentence
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_may_do
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.cipher import is_encrypted
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of
from sisfoh_desktop.db.revisions import head_revision
from sisfoh_desktop.db.snapshot import Snapshot, take_snapshot
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.safekeeping.rules import backups as rules
from sisfoh_desktop.modules.safekeeping.rules.facts import Backup, BackupLine, BackupStanding, Occasion
from sisfoh_desktop.modules.safekeeping.rules.manifest import BASE, ENVELOPE, Manifest, PackedTable, refused
from sisfoh_desktop.modules.safekeeping.service.checking_packages import check_contents
from sisfoh_desktop.modules.safekeeping.service.packages import (
    PackageWriter,
    hash_file,
    lock_package,
    opened_package,
)
from sisfoh_desktop.modules.safekeeping.store import backups as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_PLACE = 200
_UNFINISHED = ".sin-terminar"
_SURELY_LEFT_SECONDS = 86_400


def make_backup(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    folder: Path,
    occasion: Occasion = Occasion.DEMAND,
    password: str = "",
    name: str = "",
    progress: Progress = silent,
) -> Backup:
    """Write a package into `folder`, open it again, compare everything, and note it; the file never replaces one.

    `name` gives the file's name instead of the usual one. Raises RuleError (`not_allowed`, `password_short`),
    FileFailed (no folder, full disk, a memory stick that was pulled out), DatabaseUnavailable; then no file is left.
    """
    check_may_do(actor, "backup.make")
    rules.check_password(password)
    if not folder.is_dir():
        raise FileFailed(
            f"No se encuentra la carpeta «{folder}»; no se hizo la copia. Conecte la memoria o elija otra carpeta."
        )
    _tidy(folder, now)
    told = _office_name(db)
    target = folder / name if name else _free_name(folder, told, now)
    if target.exists():
        raise FileFailed(f"Ya existe «{target.name}»; no se hizo la copia. Elija otro nombre.")
    # a name of its own: the one begun before the power went may still lie there
    unfinished = folder / f".{target.name}.{uuid4().hex[:8]}{_UNFINISHED}"
    try:
        with tempfile.TemporaryDirectory(prefix="sisfoh-", ignore_cleanup_errors=True) as place:
            room = Path(place)
            manifest = _write(
                db, archive, unfinished, room, password, _Facts(told, actor.user, now), progress
            )
            with opened_package(unfinished, password, room) as package:
                if package.manifest != manifest:
                    raise refused("lo leído no es lo que se escribió")
                check_contents(package, room / "vuelta", progress=progress)
        sha256, byte_count = hash_file(unfinished), unfinished.stat().st_size
        _put_in_place(unfinished, target)
    except OSError as error:
        raise FileFailed(write_failure_sentence(target, error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    backup = Backup(
        id=0,
        made_at=now,
        made_by=actor.user,
        occasion=occasion,
        file_name=target.name[:_LONGEST_PLACE],
        place=str(folder)[-_LONGEST_PLACE:],
        sha256=sha256,
        byte_count=byte_count,
        row_count=manifest.rows,
        paper_count=len(manifest.papers),
        entry_count=manifest.entries,
        entry_hash=manifest.head,
        encrypted=bool(password),
    )
    return replace(backup, id=_record(db, actor, now, backup))


def list_backups(db: Database) -> list[BackupLine]:
    """Every copy that was noted, the newest first, with the last rehearsal of that very file."""
    with db.reading() as session:
        tried = {one.sha256: one for one in reversed(store.list_rehearsals(session))}
        return [BackupLine(one, tried.get(one.sha256)) for one in store.list_backups(session)]


def standing(db: Database) -> BackupStanding:
    """How well the office is covered."""
    with db.reading() as session:
        return store.load_standing(session)


def has_changed(db: Database) -> bool:
    """Whether anything changed since the last copy; for the copy at closing."""
    return bool(standing(db).changes)


@dataclass(frozen=True)
class _Facts:
    """What the package says of its making."""

    office: str
    user: str
    now: datetime


def _write(
    db: Database,
    archive: Archive,
    target: Path,
    room: Path,
    password: str,
    facts: _Facts,
    progress: Progress,
) -> Manifest:
    """The package, under its password or not, on the disk; what it says of itself."""
    copy = room / BASE
    snapshot = take_snapshot(db, copy, progress)
    plain = room / "respaldo.zip" if password else target
    with plain.open("xb") as out:
        manifest = _pack(db, archive, copy, snapshot, out, facts, progress)
        _settle(out)
    if password:
        with target.open("xb") as out:
            lock_package(plain, out, password)
            _settle(out)
        plain.unlink()
    copy.unlink()
    return manifest


def _pack(
    db: Database,
    archive: Archive,
    copy: Path,
    snapshot: Snapshot,
    out: IO[bytes],
    facts: _Facts,
    progress: Progress,
) -> Manifest:
    with PackageWriter(out) as writer:
        encrypted = is_encrypted(copy)
        base = writer.add(BASE, copy, squeeze=not encrypted)
        envelope = None
        if encrypted and db.path is not None and envelope_of(db.path).is_file():
            envelope = writer.add(ENVELOPE, envelope_of(db.path))
        kept = sorted(_kept_files(archive))
        papers = []
        for done, (name, path) in enumerate(kept):
            progress(done, len(kept))
            papers.append(writer.add(name, path))
        manifest = Manifest(
            program=__version__,
            revision=head_revision(),
            made_at=facts.now,
            made_by=facts.user,
            office=facts.office,
            base_name=db.label[:_LONGEST_PLACE],
            encrypted=encrypted,
            entries=snapshot.entries,
            head=snapshot.head,
            tables=tuple(PackedTable(one.name, one.rows, one.sha256) for one in snapshot.tables),
            base=base,
            envelope=envelope,
            papers=tuple(papers),
        )
        writer.finish(manifest)
    return manifest


def _kept_files(archive: Archive) -> Iterator[tuple[str, Path]]:
    """Every file of the archive by its name in a package; what writes left half-done is no file of the archive."""
    for path in archive.folder.glob("??/" + "[0-9a-f]" * 64):
        if path.parent.name == path.name[:2] and path.is_file():
            yield f"archivo/{path.parent.name}/{path.name}", path


def _record(db: Database, actor: Actor, now: datetime, backup: Backup) -> int:
    def change(session: "Session") -> int:
        backup_id = store.add_backup(session, backup)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="backup.make",
            subject=f"backup:{backup_id}",
            after={
                "file_name": backup.file_name,
                "place": backup.place,
                "occasion": backup.occasion.value,
                "sha256": backup.sha256,
                "byte_count": backup.byte_count,
                "row_count": backup.row_count,
                "paper_count": backup.paper_count,
                "entry_count": backup.entry_count,
                "entry_hash": backup.entry_hash,
                "encrypted": backup.encrypted,
            },
        )
        return backup_id

    return db.run_once(None, change)


def _office_name(db: Database) -> str:
    municipality = office.find_municipality(db)
    name = municipality.short_name if municipality is not None else ""
    return f"practica-{name}" if office.is_practice(db) else name


def _free_name(folder: Path, told: str, now: datetime) -> Path:
    again = 0
    while (path := folder / rules.backup_name(told, now, again=again)).exists():
        again += 1
    return path


def _put_in_place(unfinished: Path, target: Path) -> None:
    """Give the finished file its name, over nothing."""
    if target.exists():
        raise FileFailed(f"Ya existe «{target.name}»; no se hizo la copia. Inténtelo otra vez.")
    unfinished.rename(target)
    sync_folder(target.parent)


def _settle(out: IO[bytes]) -> None:
    """What was written is on the disk, not only in memory: a stick is pulled out right after."""
    out.flush()
    os.fsync(out.fileno())


def _tidy(folder: Path, now: datetime) -> None:
    """Take away what a copy left half-done when the power went, a day ago or more."""
    for path in folder.glob(f".*{_UNFINISHED}"):
        with suppress(OSError):
            if now.timestamp() - path.stat().st_mtime >= _SURELY_LEFT_SECONDS:
                path.unlink()
