"""The trail of the whole office, page by page: for whoever has the right to read it."""

from collections.abc import Callable, Sequence

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.rules import trail as rules
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailFilter, TrailLine, TrailPage
from sisfoh_desktop.modules.safekeeping.store import trail as store

RIGHT = "audit.read"
Keep = Callable[[Sequence[TrailLine]], Sequence[TrailLine]]
_MOST_PAGES = 10  # that are looked through for one that keeps few


def read_page(
    db: Database,
    *,
    actor: Actor,
    wanted: TrailFilter,
    before: int | None = None,
    found: int | None = None,
    limit: int = rules.PAGE,
    keep: Keep | None = None,
) -> TrailPage:
    """The newest lines that the filter wants, or those before the entry `before`.

    `found` is the count told with the first page, so that it is made once. `keep` gives those of some lines that are
    wanted, whatever else they fit: they are looked for in a bounded stretch, so that a page may be short. RuleError
    `not_allowed` without the right `audit.read`, `dates_upside_down`.
    """
    check_right(actor, RIGHT)
    rules.check_filter(wanted)
    with db.reading() as session:
        lines: list[TrailLine] = []
        for _page in range(_MOST_PAGES):
            entries = store.list_entries(session, wanted, before=before, limit=limit + 1)
            page = rules.lines_of(entries[:limit])
            lines += page if keep is None else keep(page)
            before = page[-1].id if page else before
            earlier = len(entries) > limit
            if keep is None or len(lines) >= limit or not earlier:
                break
        count = store.count_entries(session, wanted) if found is None else found
        entry_count, head = store.load_head(session)
    return TrailPage(
        lines=tuple(lines),
        earlier=earlier,
        found=count,
        entry_count=entry_count,
        head=head,
        oldest_id=before or 0,
    )


def list_people(db: Database, *, actor: Actor) -> list[str]:
    """Everybody who ever wrote an entry. RuleError `not_allowed`."""
    check_right(actor, RIGHT)
    with db.reading() as session:
        return store.list_people(session)
