"""Whether what a package holds is what its list says: every hash, and the base opened and counted."""

from dataclasses import dataclass
from pathlib import Path

from sisfoh_desktop.basics.errors import DatabaseTooNew
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.cipher import KeyMissing, find_key, is_encrypted
from sisfoh_desktop.db.engine import target_url
from sisfoh_desktop.db.revisions import head_revision, stored_revision
from sisfoh_desktop.db.snapshot import count_rows, read_snapshot
from sisfoh_desktop.modules.safekeeping.rules.manifest import BASE, ENVELOPE, Manifest, refused
from sisfoh_desktop.modules.safekeeping.service.packages import OpenPackage


@dataclass(frozen=True)
class Checked:
    """How far a package was proved. `opened`: its base was opened and counted; not without the key of an encrypted one.

    `by_content`: every table by what its rows say, not by their number alone (a base of an older program).
    """

    opened: bool
    by_content: bool


def check_contents(
    package: OpenPackage, folder: Path, *, keep_papers: bool = False, progress: Progress = silent
) -> Checked:
    """Unpack the base into `folder` (and the papers, with `keep_papers`) and compare all that can be compared.

    FileFailed or DatabaseUnavailable for the first thing that differs, DatabaseTooNew for a newer program's base.
    """
    manifest = package.manifest
    check_known(manifest)
    base = folder / BASE
    package.unpack(manifest.base, base)
    if manifest.envelope is not None:
        package.unpack(manifest.envelope, folder / ENVELOPE)
    for done, paper in enumerate(manifest.papers):
        progress(done, len(manifest.papers))
        package.unpack(paper, folder / paper.name if keep_papers else None)
    return check_base(base, manifest, progress)


def check_known(manifest: Manifest) -> None:
    """DatabaseTooNew for a package that only a newer program understands."""
    if manifest.revision > head_revision():
        raise DatabaseTooNew(
            f"El respaldo fue hecho por una versión más nueva del programa (esquema {manifest.revision}; este conoce "
            f"{head_revision()}); no se usó ni se cambió nada. Instale la versión nueva en este equipo."
        )


def check_base(base: Path, manifest: Manifest, progress: Progress = silent) -> Checked:
    """The unpacked base against the list: its schema, its rows, its trail."""
    if is_encrypted(base) != manifest.encrypted:
        raise refused("su base no está cifrada como dice su lista")
    try:
        find_key(base)
    except KeyMissing:
        return Checked(opened=False, by_content=False)
    if stored_revision(target_url(base)) != manifest.revision:
        raise refused("su base no es del esquema que dice su lista")
    if manifest.revision != head_revision():
        counted = count_rows(base, [table.name for table in manifest.tables])
        if counted != {table.name: table.rows for table in manifest.tables}:
            raise refused("su base no tiene las filas que dice su lista")
        return Checked(opened=True, by_content=False)
    snapshot = read_snapshot(base, progress)
    said = [(table.name, table.rows, table.sha256) for table in manifest.tables]
    if said != [(table.name, table.rows, table.sha256) for table in snapshot.tables]:
        raise refused("su base no dice lo que dice su lista")
    if (snapshot.entries, snapshot.head) != (manifest.entries, manifest.head):
        raise refused("el historial de su base no termina como dice su lista")
    return Checked(opened=True, by_content=True)
