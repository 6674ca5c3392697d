"""The printed slip of a copy, with what the office must compare later."""

from datetime import datetime, timedelta

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.safekeeping.rules.backups import DAYS_BETWEEN_BACKUPS
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupLine


def backup_slip(db: Database, line: BackupLine, *, now: datetime) -> bytes:
    """The slip of a copy as a PDF of one page."""
    from sisfoh_desktop.modules.safekeeping.report.slip import slip_pdf

    today = now.astimezone(LIMA).date()
    next_due = line.backup.made_at.astimezone(LIMA).date() + timedelta(days=DAYS_BETWEEN_BACKUPS)
    return slip_pdf(
        line,
        db.label,
        next_due,
        office.letterhead(db, today),
        watermark=office.watermark(db),
    )
