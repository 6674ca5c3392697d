"""Purging a practice base: what goes is listed first, then overwritten and removed once nobody has it open.

Only files that are known for what they are go: the base and its own copies, papers by the shape of their names,
drafts of this base. A real base is refused, here and again right before the first file goes.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.drafts import DraftBox
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.paths import overwrite
from sisfoh_desktop.basics.progress import Cancelled, Progress, silent
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.base_file import check_nobody_has_it_open
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.modules.safekeeping.rules.purge import Purged, PurgePlan, check_may_purge
from sisfoh_desktop.modules.safekeeping.store import trail as store

_BESIDE = ("-wal", "-shm", "-journal")
_PAPER = re.compile(r"\.?[0-9a-f]{64}(\..+\.tmp)?")
_FOLDER = re.compile(r"[0-9a-f]{2}")
_BASES = frozenset({".db", ".sqlite", ".sqlite3"})


def plan_purge(db: Database, archive: Archive, *, actor: Actor, now: datetime) -> PurgePlan:
    """What would go; nothing is written.

    RuleError `not_allowed`, `purge_server`, `purge_real`, or `purge_shared` when another base in the folder may use
    the same papers.
    """
    check_right(actor, "base.manage")
    path = db.path
    check_may_purge(local=path is not None, practice=office.is_practice(db), name=db.label)
    assert path is not None
    files = [path, *_beside(path), *_copies(path)]
    papers: list[Path] = []
    folder: Path | None = None
    if archive.folder.absolute().parent == path.absolute().parent:  # never a folder that lies elsewhere
        _check_alone(path, files)
        folder, papers = archive.folder, list(_papers(archive.folder))
    drafts = list(_drafts(db, path, actor, now))
    whole = (*files, *papers)
    return PurgePlan(path, whole, folder, tuple(drafts), sum(_size(one) for one in (*whole, *drafts)))


def carry_out(plan: PurgePlan, *, actor: Actor, now: datetime, progress: Progress = silent) -> Purged:
    """Overwrite and remove the files of the plan; the program must have closed the base.

    RuleError `not_allowed`, `purge_real` when the base is no longer the practice that was looked at,
    DatabaseUnavailable when somebody has it open: nothing is gone then. A file that refuses to go is told, the
    others go all the same. `progress` counts the files: Cancelled before the first one is gone, and nothing is
    changed; asked to stop later, what is left stays, the base among it (`Purged.stopped`).
    """
    check_right(actor, "base.manage")
    _check_still_practice(plan.base)
    check_nobody_has_it_open(plan.base)
    progress(0, plan.file_count)
    _record(plan, actor, now)
    removed, overwritten = 0, True
    left: list[Path] = []
    # the base goes last: stopped halfway, it is still there to be purged again
    rest = [path for path in plan.files if path != plan.base]
    for done, path in enumerate((*plan.drafts, *reversed(rest), *_beside(plan.base), plan.base)):
        if done and _wants_no_more(progress, done, plan.file_count):
            return Purged(removed, overwritten, tuple(left), stopped=True)
        if not path.exists():
            continue
        overwritten = _overwrite(path) and overwritten
        try:
            path.unlink()
            removed += 1
        except OSError:
            left.append(path)
    _remove_empty(plan)
    return Purged(removed, overwritten, tuple(left))


# --- inside ---


def _beside(path: Path) -> list[Path]:
    own = [path.with_name(path.name + suffix) for suffix in _BESIDE]
    return [one for one in (*own, envelope_of(path)) if one.is_file()]


def _copies(path: Path) -> list[Path]:
    """The copies that migrations of this base left beside it; one that is not surely practice stays."""
    found: list[Path] = []
    for copy in sorted(path.parent.glob(f"{path.stem}.*{path.suffix}")):
        if copy == path or not _is_practice(copy):
            continue
        found += [copy, *_beside(copy)]
    return found


def _is_practice(path: Path) -> bool:
    """Whether the base at `path` says of itself that it is practice; one that cannot be asked is not."""
    from contextlib import closing

    from sisfoh_desktop.db.cipher import connect_file

    try:
        with closing(connect_file(path, mode="ro", timeout=1)) as connection:
            row = connection.execute("SELECT practice FROM office_state").fetchone()
    except Exception:
        return False
    return row is not None and bool(row[0])


def _check_alone(path: Path, own: Iterable[Path]) -> None:
    known = set(own)
    others = [
        one.name
        for one in sorted(path.parent.iterdir())
        if one.suffix.lower() in _BASES and one not in known and one.is_file()
    ]
    if others:
        raise RuleError(
            "purge_shared",
            f"En la misma carpeta está «{others[0]}», que puede usar el mismo archivo de papeles; no se borró nada. "
            "Muévala a otra carpeta con su archivo y vuelva a purgar.",
        )


def _papers(folder: Path) -> Iterator[Path]:
    """Files of an archive by the shape of their names; a link or anything else is left alone."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for inner in sorted(folder.iterdir()):
        if not _FOLDER.fullmatch(inner.name) or inner.is_symlink() or not inner.is_dir():
            continue
        for path in sorted(inner.iterdir()):
            if _PAPER.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                yield path


def _drafts(db: Database, path: Path, actor: Actor, now: datetime) -> Iterator[Path]:
    """Of whoever ever worked on this base."""
    with db.reading() as session:
        names = set(store.list_people(session))
    names |= {line.user.login for line in users.list_users(db, now.date())} | {actor.user}
    for name in sorted(names):
        folder = DraftBox(str(path), name).folder
        with suppress(OSError):
            yield from sorted(one for one in folder.glob("*.json") if not one.is_symlink())


def _check_still_practice(path: Path) -> None:
    db = Database.open(path)
    try:
        check_may_purge(local=True, practice=office.is_practice(db), name=path.name)
    finally:
        db.close()


def _record(plan: PurgePlan, actor: Actor, now: datetime) -> None:
    """Should the purge stop halfway, the base that is left says what began."""
    db = Database.open(plan.base)
    try:
        with db.transaction() as session:
            record_audit(
                session,
                actor=actor,
                now=now,
                action="base.purge",
                subject="base:1",
                after={"files": plan.file_count},
            )
    finally:
        db.close()


def _wants_no_more(progress: Progress, done: int, total: int) -> bool:
    """What is gone cannot come back, so that stopping halfway is an end of its own and not an undoing."""
    try:
        progress(done, max(done, total))
    except Cancelled:
        return True
    return False


def _overwrite(path: Path) -> bool:
    try:
        overwrite(path)
    except OSError:
        return False
    return True


def _remove_empty(plan: PurgePlan) -> None:
    """The folders that are empty now; one that still holds something stays."""
    folders = {one.parent for one in (*plan.files, *plan.drafts)} - {plan.base.parent}
    for folder in (*sorted(folders), *([plan.archive] if plan.archive else [])):
        with suppress(OSError):
            folder.rmdir()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
