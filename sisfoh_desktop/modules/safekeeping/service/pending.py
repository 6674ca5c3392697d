"""What keeping the office safe asks of it on a day: read by Mi bandeja, at the start of the program."""

from datetime import date
from pathlib import Path

from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.safekeeping.rules.pending import backup_pending, bank_pending, incident_pending
from sisfoh_desktop.modules.safekeeping.store import backups as store
from sisfoh_desktop.modules.safekeeping.store import incidents as incident_store
from sisfoh_desktop.modules.safekeeping.store import privacy as privacy_store


def list_pending(db: Database, today: date, backup_folder: str = "") -> list[Pending]:
    """Copies and rehearsals that are due; `backup_folder` is this PC's. Nothing in a practice office."""
    if office.is_practice(db):
        return []
    with db.reading() as session:
        standing = store.load_standing(session)
    missing = backup_folder if backup_folder and not Path(backup_folder).is_dir() else ""
    return backup_pending(standing, today, missing_folder=missing)


def privacy_pending(db: Database) -> list[Pending]:
    """Open incidents with the hour at which their 48 hours end, and what the bank of personal data lacks.

    For whoever has the right `privacy.manage`; a practice office and one without its municipality have
    no bank to register.
    """
    with db.reading() as session:
        incidents = incident_store.list_incidents(session, open_only=True)
        bank = privacy_store.load_bank(session)
    found = incident_pending(incidents)
    begun = office.find_municipality(db) is not None  # before that there are other first steps
    return [*found, *bank_pending(bank)] if begun and not office.is_practice(db) else found


def has_copy(db: Database) -> bool:
    """Whether a copy of the office was ever made."""
    with db.reading() as session:
        return store.has_backup(session)
