"""Files that prove a delivery: checked as every file from outside, kept by hash, given back as they were kept."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.file_kinds import FileKind
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes.rules import Attachment, check_attachment, damaged_file
from sisfoh_desktop.modules.resoluciones.store import delivery_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

NamedFile = tuple[str, bytes]


def keep_evidence(archive: Archive, file: NamedFile) -> Attachment:
    """Keep a scan, capture or download; RuleError for another kind of file, a damaged one or one too big."""
    name, data = file
    pages = 1
    if check_attachment(name, data) is FileKind.PDF:
        from sisfoh_desktop.documents.rendering import page_count

        try:
            pages = page_count(data)
        except FileFailed:
            raise damaged_file(name) from None
    return Attachment(archive.put(data), name[-200:], len(data), pages)


def evidence_bytes(archive: Archive, file: Attachment) -> bytes:
    """The kept file, its hash checked again; FileFailed when the archive lost or changed it."""
    return archive.get(file.sha256)


def check_delivery_files(db: Database, archive: Archive) -> list[str]:
    """One Spanish sentence for each proof that is missing or changed."""
    with db.reading() as session:
        kept = delivery_lists.list_evidence(session)
    return archive.problems(kept)


def told_file(file: Attachment | None) -> "Mapping[str, object] | None":
    """What the trail keeps of a file."""
    return None if file is None else {"sha256": file.sha256, "name": file.name}
