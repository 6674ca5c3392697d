"""What «Buscar en todo» finds of the people: users and reviews of their accesses."""

from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.service.reviews import list_reviews
from sisfoh_desktop.modules.people.service.users import list_users


def list_findable(db: Database, today: date) -> list[RecordHit]:
    """Users by name, those who left too, and the reviews."""
    return [
        *(
            RecordHit(
                "people.user",
                line.user.id,
                line.user.name,
                f"Usuario {line.user.login} · {line.standing.label}",
                f"{line.user.office} {line.user.position} {line.user.document}",
            )
            for line in list_users(db, today)
        ),
        *(
            RecordHit(
                "people.review",
                one.id,
                f"Revisión de accesos del {format_date(one.reviewed_at.date())}",
                one.number_text,
                f"{one.reviewed_by} {one.note}",
            )
            for one in list_reviews(db)
        ),
    ]


FINDER = Finder(list_findable, frozenset({"people"}))
