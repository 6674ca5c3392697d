"""An office moved whole to another database, with its papers: copied, compared, noted on both sides."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_may_do
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.transfer import transfer
from sisfoh_desktop.documents.archive import Archive


@dataclass(frozen=True)
class Transferred:
    """What the new base holds, equal to the old one; `papers` were copied to its own archive (0: it is shared)."""

    label: str
    tables: int
    rows: int
    papers: int


def transfer_base(
    db: Database,
    archive: Archive,
    target: str | Path,
    *,
    actor: Actor,
    now: datetime,
    papers_folder: Path | None = None,
    progress: Progress = silent,
) -> Transferred:
    """Copy the office to the new base at `target`, its papers to `papers_folder` if that is another folder.

    The old base stays as it is and goes on working: from now on only one of the two may be used. Raises RuleError
    (`not_allowed`, `target_not_empty`, `target_is_source`), FileFailed, DatabaseUnavailable; then the target has no
    rows.
    """
    check_may_do(actor, "base.transfer")
    copied: list[Path] = []
    try:
        papers = _copy_papers(archive, papers_folder, progress, copied)
        tables = transfer(db, target, progress=progress)
    except BaseException:
        _take_back(copied)
        raise
    moved = Database(target)
    try:
        result = Transferred(moved.label, len(tables), sum(table.rows for table in tables), papers)
        for base, place, name in ((moved, "from", db.label), (db, "target", moved.label)):
            with base.transaction() as session:
                record_audit(
                    session,
                    actor=actor,
                    now=now,
                    action="base.transfer",
                    subject="base",
                    after={place: name[:200], "rows": result.rows, "tables": result.tables, "papers": papers},
                )
    finally:
        moved.close()
    return result


def _copy_papers(archive: Archive, folder: Path | None, progress: Progress, copied: list[Path]) -> int:
    """Each file of the archive, hashed on both sides; what is there already is not written again.

    `copied` gets those that were not there.
    """
    if folder is None or folder.absolute() == archive.folder.absolute():
        return 0
    new = Archive(folder)
    kept = sorted(path.name for path in archive.folder.glob("??/" + "[0-9a-f]" * 64))
    for done, sha256 in enumerate(kept):
        progress(done, len(kept))
        if not new.path(sha256).exists():
            copied.append(new.path(sha256))
        new.put(archive.get(sha256))
    return len(kept)


def _take_back(copied: list[Path]) -> None:
    """Papers of people do not stay at a place where the base could not go."""
    for path in copied:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()
    for folder in {path.parent.parent for path in copied}:
        with suppress(OSError):  # it holds others
            folder.rmdir()
