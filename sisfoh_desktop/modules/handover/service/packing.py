"""The folder of a handover as one ZIP: the acta, what is pending and the papers of the archive, with their hashes."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

from sisfoh_desktop import __version__
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.handover.rules import pack as rules
from sisfoh_desktop.modules.handover.rules.checks import RECORD_KIND
from sisfoh_desktop.modules.handover.service.drafts import RIGHT, lines_of, load_handover
from sisfoh_desktop.modules.handover.service.issuing import acta_pdf
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers


def proposed_name(db: Database, handover_id: int) -> str:
    """The file to propose: `entrega-de-cargo-2024-03-08-ana-castro.zip`."""
    return f"{rules.folder_name(load_handover(db, handover_id))}.zip"


def pack_handover(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    handover_id: int,
    target: Path,
    progress: Progress = silent,
) -> int:
    """Write the folder of a handover to `target`; how many files it holds, the manifest among them.

    RuleError `handover_unknown`, `not_allowed`; FileFailed when it cannot be written, and then nothing is left of it.
    Cancelled through `progress`: nothing was written, and the trail does not say so.
    """
    from sisfoh_desktop.modules.handover.sheet import papers_xlsx, pending_xlsx

    check_right(actor, RIGHT)
    handover = load_handover(db, handover_id)
    today = now.astimezone(LIMA).date()
    foot = f"Entrega de cargo {handover.number_text or 'en borrador'}: {handover.title}"
    mark = office.watermark(db)
    files = {
        rules.ACTA: acta_pdf(db, archive, handover_id, now, progress=progress),
        rules.PENDING: pending_xlsx(lines_of(db, handover, today), today, foot=foot, mark=mark),
        rules.PAPERS: papers_xlsx(papers.list_papers(db), foot=foot, mark=mark),
        rules.README: rules.read_me(handover),
    }
    progress(0, 0)
    files[rules.MANIFEST] = rules.manifest_json(handover, files, now, __version__)
    package = _zipped(rules.folder_name(handover), files, now)
    progress(0, 0)
    atomic_write(target, package)

    with db.transaction() as session:
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.pack",
            subject=f"{RECORD_KIND}:{handover_id}",
            after={"file": target.name, "file_count": len(files)},
        )
    return len(files)


def _zipped(folder: str, files: dict[str, bytes], now: datetime) -> bytes:
    moment = now.astimezone(LIMA)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            info = zipfile.ZipInfo(f"{folder}/{name}", moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return out.getvalue()
