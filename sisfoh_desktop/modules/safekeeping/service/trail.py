"""The trail of the whole office, page by page: for whoever has the right to read it."""

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.rules import trail as rules
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailFilter, TrailPage
from sisfoh_desktop.modules.safekeeping.store import trail as store

RIGHT = "audit.read"


def read_page(
    db: Database,
    *,
    actor: Actor,
    wanted: TrailFilter,
    before: int | None = None,
    found: int | None = None,
    limit: int = rules.PAGE,
) -> TrailPage:
    """The newest lines that the filter wants, or those before the entry `before`.

    `found` is the count told with the first page, so that it is made once. RuleError `not_allowed` without the
    right `audit.read`, `dates_upside_down`.
    """
    check_right(actor, RIGHT)
    rules.check_filter(wanted)
    with db.reading() as session:
        entries = store.list_entries(session, wanted, before=before, limit=limit + 1)
        count = store.count_entries(session, wanted) if found is None else found
        entry_count, head = store.load_head(session)
    return TrailPage(
        lines=tuple(rules.lines_of(entries[:limit])),
        earlier=len(entries) > limit,
        found=count,
        entry_count=entry_count,
        head=head,
    )


def list_people(db: Database, *, actor: Actor) -> list[str]:
    """Everybody who ever wrote an entry. RuleError `not_allowed`."""
    check_right(actor, RIGHT)
    with db.reading() as session:
        return store.list_people(session)
