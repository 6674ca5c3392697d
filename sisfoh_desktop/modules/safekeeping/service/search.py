"""What «Buscar en todo» finds of what keeps the base safe: copies and incidents."""

from datetime import date

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.service.backups import list_backups
from sisfoh_desktop.modules.safekeeping.service.incidents import list_incidents


def list_findable(db: Database, _today: date) -> list[RecordHit]:
    """Copies and incidents, the newest first."""
    return [
        *(
            RecordHit(
                "safekeeping.incident",
                one.id,
                one.title,
                f"Incidente del {format_date(one.known_at.astimezone(LIMA).date())}",
                " ".join((one.description, one.data_kinds, one.measures, one.report_document)),
            )
            for one in list_incidents(db)
        ),
        *(
            RecordHit(
                "safekeeping.backup",
                line.backup.id,
                line.backup.file_name,
                f"Respaldo del {format_date(line.backup.made_at.astimezone(LIMA).date())}",
                f"{line.backup.place} {line.backup.made_by}",
            )
            for line in list_backups(db)
        ),
    ]


FINDER = Finder(list_findable, frozenset({"safekeeping"}))
