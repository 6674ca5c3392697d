"""The kardex's lists as .xlsx workbooks, with the numbers of the forms as text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.actas import ToldMovement
from sisfoh_desktop.modules.kardex.rules.facts import MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine, RegisterPage
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.store import actas as store

_ALL_RANGES = 200_000
_PAGE = 1000


def stock_workbook(db: Database, campaign_id: int) -> bytes:
    """The balance of each type."""
    from sisfoh_desktop.modules.kardex.sheet import export

    return export.stock_xlsx(reading.stock(db, campaign_id))


def card_workbook(
    db: Database, *, type_id: int, holder_id: int = 0, since: date | None = None, until: date | None = None
) -> bytes:
    """The card as `card_pdf` prints it."""
    from sisfoh_desktop.modules.kardex.sheet import export

    return export.card_xlsx(reading.card(db, type_id=type_id, holder_id=holder_id, since=since, until=until))


def register_workbook(
    db: Database,
    *,
    campaign_id: int,
    text: str = "",
    type_id: int = 0,
    holder_id: int = 0,
    kind: MovementKind | None = None,
    number: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> bytes:
    """Every movement that fits the filter, the oldest first, with all its numbers."""
    from sisfoh_desktop.modules.kardex.sheet import export

    types = {one.id: one for one in catalogue.list_types(db, campaign_id)}

    def page_before(movement_id: int | None) -> RegisterPage:
        return reading.register_page(
            db,
            campaign_id=campaign_id,
            before_id=movement_id,
            limit=_PAGE,
            text=text,
            type_id=type_id,
            holder_id=holder_id,
            kind=kind,
            number=number,
            since=since,
            until=until,
        )

    return export.register_xlsx(_oldest_first(db, page_before), types)


def _oldest_first(
    db: Database, page_before: Callable[[int | None], RegisterPage]
) -> Iterator[tuple[Sequence[MovementLine], Mapping[int, ToldMovement]]]:
    """Page by page: pages are only asked backwards, so that their edges are found first; no page but one is kept."""
    page = newest = page_before(None)
    edges = []
    while page.earlier:
        edges.append(page.oldest_id)
        page = page_before(page.oldest_id)
    for edge in (*reversed(edges), None):
        page = newest if edge is None else page_before(edge)
        with db.reading() as session:
            told = store.load_told(session, [line.id for line in page.lines])
        yield page.lines, {one.id: one for one in told}


def custody_workbook(db: Database, campaign_id: int, today: date) -> bytes:
    """What each person has to hand back, with the numbers."""
    from sisfoh_desktop.modules.kardex.sheet import export

    found = []
    for line in reading.custody(db, campaign_id, today):
        held = (
            reading.ranges_of(db, type_id=line.form_type.id, holder_id=line.holder.id, limit=_ALL_RANGES)
            if line.form_type.serialised
            else []
        )
        found.append((line, FormRanges.of(one.forms for one in held)))
    return export.custody_xlsx(found)
