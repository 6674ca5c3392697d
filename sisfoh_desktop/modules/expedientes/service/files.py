"""Scans of documents: checked, kept by hash in the archive, given back as they were kept."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.file_kinds import FileKind
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import rules, store
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.expedientes.service.trail import record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def attach_file(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    document_id: int,
    expected_version: int,
    name: str,
    data: bytes,
    token: str | None = None,
) -> Attachment:
    """Keep the scan of a document by hash; RuleError with a sentence for a file of another kind or damaged."""
    attachment = replace(attachment_of(name, data), sha256=archive.put(data))

    def change(session: "Session") -> None:
        stored = store.load_document(session, document_id)
        rules.check_can_register(store.state_of(session, stored.expediente_id))
        store.record_attachment(session, document_id, expected_version, attachment)
        record(
            session,
            actor,
            now,
            "expediente.attach",
            stored.expediente_id,
            before={"document": document_id, "file": stored.attachment and stored.attachment.sha256},
            after={"file": attachment.sha256, "name": attachment.name},
        )

    db.run_once(token, change)
    return attachment


def attachment_bytes(db: Database, archive: Archive, document_id: int) -> tuple[Attachment, bytes]:
    """The attached file as it was kept; FileFailed when the archive lost or changed it."""
    with db.reading() as session:
        document = store.load_document(session, document_id)
    if document.attachment is None:
        raise RuleError("no_attachment", f"{document.title} no tiene archivo adjunto; adjunte su escaneo.")
    return document.attachment, archive.get(document.attachment.sha256)


def check_attachments(db: Database, archive: Archive) -> list[str]:
    """One Spanish sentence for each attached file that is missing or changed."""
    with db.reading() as session:
        kept = [*store.list_attachments(session), *store.list_drafts(session)]
    return archive.problems(kept)


def attachment_of(name: str, data: bytes) -> Attachment:
    """A file that may be kept, its hash still to be given; RuleError for another kind, damaged or too big."""
    return Attachment("", name[-200:], len(data), _pages(name, data))


def _pages(name: str, data: bytes) -> int:
    if rules.check_attachment(name, data) is not FileKind.PDF:
        return 1
    from sisfoh_desktop.documents.rendering import page_count

    try:
        return page_count(data)
    except FileFailed:
        raise rules.damaged_file(name) from None
