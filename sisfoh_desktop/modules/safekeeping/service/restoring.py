"""Restoring a package into a new place, and the rehearsal that proves that it can be done. Never over a base."""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import EnvironmentFailed, FileFailed, RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.paths import on_network_share, sync_folder, write_failure_sentence
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_may_do
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.safekeeping.rules.backups import size_words
from sisfoh_desktop.modules.safekeeping.rules.facts import Backup, Rehearsal
from sisfoh_desktop.modules.safekeeping.rules.manifest import BASE, ENVELOPE, Manifest
from sisfoh_desktop.modules.safekeeping.service.checking_packages import Checked, check_contents, check_known
from sisfoh_desktop.modules.safekeeping.service.packages import OpenPackage, hash_file, opened_package
from sisfoh_desktop.modules.safekeeping.store import backups as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ARCHIVE = "archivo"
_SPARE = 20_000_000  # bytes that a disk keeps free after a restore


@dataclass(frozen=True)
class Restored:
    """What lies where after a restore. `checked` tells how far it was proved, `sha256` which package it was."""

    base: Path
    archive: Path
    manifest: Manifest
    checked: Checked
    sha256: str


def restore_backup(
    package: Path, target: Path, *, password: str = "", progress: Progress = silent
) -> Restored:
    """Unpack a package to the new base `target`, its papers into «archivo» beside it, and prove both.

    Raises RuleError (`target_taken`, `package_password_missing`, `package_password_wrong`), FileFailed (damaged,
    forged, no room), DatabaseTooNew; then nothing is left at the place.
    """
    target = target.absolute()
    _check_place(target)
    sha256 = hash_file(package)
    room = target.parent / f".restaurando-{secrets.token_hex(4)}"
    made_parent = not target.parent.exists()
    try:
        room.mkdir(parents=True)
        with opened_package(package, password, room) as opened:
            _check_room(opened, room)
            checked = check_contents(opened, room, keep_papers=True, progress=progress)
            manifest = opened.manifest
        _move(room, target, manifest)
    except OSError as error:
        raise FileFailed(write_failure_sentence(target, error)) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)
        if made_parent and target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()
    return Restored(target, target.parent / _ARCHIVE, manifest, checked, sha256)


def restore_noted(
    db: Database,
    package: Path,
    target: Path,
    *,
    actor: Actor,
    now: datetime,
    password: str = "",
    progress: Progress = silent,
) -> Restored:
    """As `restore_backup`, from within an office: who took its data to another place is noted in its trail."""
    check_may_do(actor, "backup.restore")
    restored = restore_backup(package, target, password=password, progress=progress)
    with db.transaction() as session:
        record_audit(
            session,
            actor=actor,
            now=now,
            action="backup.restore",
            subject="backup",
            after={
                "file_name": package.name[:200],
                "sha256": restored.sha256,
                "target": str(target)[-200:],
                "row_count": restored.manifest.rows,
                "paper_count": len(restored.manifest.papers),
            },
        )
    return restored


def rehearse_restore(
    db: Database,
    package: Path,
    *,
    actor: Actor,
    now: datetime,
    password: str = "",
    progress: Progress = silent,
) -> Rehearsal:
    """Restore a package into a place of its own, compare it, remove it, and note what came of it, good or bad.

    Raises RuleError (`not_allowed`, a missing or wrong password) and what stops it before it began (no such file): that
    is no rehearsal and nothing is noted.
    """
    check_may_do(actor, "backup.rehearse")
    sha256 = hash_file(package)
    with db.reading() as session:
        known = store.find_backup_by_hash(session, sha256)
    with tempfile.TemporaryDirectory(prefix="sisfoh-ensayo-", ignore_cleanup_errors=True) as place:
        try:
            restored = restore_backup(
                package, Path(place) / "ensayo" / BASE, password=password, progress=progress
            )
            problems = _problems(restored)
            ok, detail = not problems, " ".join(problems) or _told(restored, known)
        except EnvironmentFailed as error:
            ok, detail = False, error.sentence
    rehearsal = Rehearsal(0, now, actor.user, package.name[:200], sha256, ok, detail)
    return _record(db, actor, rehearsal)


def _record(db: Database, actor: Actor, rehearsal: Rehearsal) -> Rehearsal:
    def change(session: "Session") -> int:
        rehearsal_id = store.add_rehearsal(session, rehearsal)
        record_audit(
            session,
            actor=actor,
            now=rehearsal.tried_at,
            action="backup.rehearse",
            subject=f"restore_rehearsal:{rehearsal_id}",
            after={
                "file_name": rehearsal.file_name,
                "sha256": rehearsal.sha256,
                "ok": rehearsal.ok,
                "detail": rehearsal.detail,
            },
        )
        return rehearsal_id

    number = db.run_once(None, change)
    return Rehearsal(
        number,
        rehearsal.tried_at,
        rehearsal.tried_by,
        rehearsal.file_name,
        rehearsal.sha256,
        rehearsal.ok,
        rehearsal.detail,
    )


def _problems(restored: Restored) -> list[str]:
    """What the restored office itself finds wrong; one of an older program is only counted."""
    if not restored.checked.opened:
        locked = (
            "La base del respaldo está cifrada y este equipo no tiene su clave; no se pudo abrir. "
            "Ensáyelo donde esté la clave o con la frase de recuperación."
        )
        return [locked]
    if not restored.checked.by_content:
        return []
    db = Database.open(restored.base)
    try:
        wrong = [f"{check.name}: {check.detail}" for check in check_database(db) if not check.ok]
        return wrong + papers.check_archive(db, Archive(restored.archive))
    finally:
        db.close()


def _told(restored: Restored, known: Backup | None) -> str:
    manifest = restored.manifest
    how = "con el mismo contenido" if restored.checked.by_content else "con el mismo número de filas"
    made = (
        "Es la copia que figura en esta base."
        if known is not None
        else "Esta base no registra esa copia: compare su huella con la constancia impresa."
    )
    return (
        f"Se restauró aparte y coincidió: {format_number(manifest.rows)} filas de {len(manifest.tables)} tablas {how}, "
        f"{counted(len(manifest.papers), 'archivo', 'archivos')}, {format_number(manifest.entries)} anotaciones. {made}"
    )


def _check_place(target: Path) -> None:
    if on_network_share(target.parent):
        raise FileFailed(
            "El destino está en una carpeta de red, donde una base puede dañarse; no se restauró nada. "
            "Elija una carpeta de este equipo."
        )
    archive = target.parent / _ARCHIVE
    taken = [path for path in (target, envelope_of(target)) if path.exists()]
    if archive.exists() and (not archive.is_dir() or any(archive.iterdir())):
        taken.append(archive)
    if taken:
        raise RuleError(
            "target_taken",
            f"En «{target.parent}» ya existe «{taken[0].name}»; no se restauró ni se cambió nada. "
            "Un respaldo se restaura siempre en un lugar nuevo: elija una carpeta vacía.",
        )


def _check_room(package: OpenPackage, room: Path) -> None:
    check_known(package.manifest)
    needed, free = package.manifest.byte_count + _SPARE, shutil.disk_usage(room).free
    if needed > free:
        raise FileFailed(
            f"El respaldo ocupa {size_words(needed)} y en el disco quedan {size_words(free)}; no se restauró nada. "
            "Libere espacio o elija otro disco."
        )


def _move(room: Path, target: Path, manifest: Manifest) -> None:
    """Papers and envelope first, the base last: whoever finds a base finds all of it."""
    steps: list[Callable[[], object]] = []
    papers_place = target.parent / _ARCHIVE
    if manifest.papers:
        if papers_place.is_dir():
            papers_place.rmdir()
        (room / _ARCHIVE).rename(papers_place)
        steps.append(lambda: shutil.rmtree(papers_place, ignore_errors=True))
    try:
        if manifest.envelope is not None:
            (room / ENVELOPE).rename(envelope_of(target))
            steps.append(lambda: envelope_of(target).unlink())
        if target.exists():
            raise FileExistsError(target)
        (room / BASE).rename(target)
        sync_folder(target.parent)
    except OSError:
        for undo in steps:
            undo()
        raise
