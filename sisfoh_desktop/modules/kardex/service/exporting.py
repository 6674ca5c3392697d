"""The kardex's lists as .xlsx workbooks, with the numbers of the forms as text.

`progress` counts what was written and may raise Cancelled: then there is no workbook.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sisfoh_desktop.basics.progress import Progress, silent, tell_each
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.actas import ToldMovement
from sisfoh_desktop.modules.kardex.rules.facts import MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine, RegisterPage
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.store import actas as store
from sisfoh_desktop.modules.office import service as office

_ALL_RANGES = 200_000
_PAGE = 1000


def stock_workbook(db: Database, campaign_id: int) -> bytes:
    """The balance of each type."""
    from sisfoh_desktop.modules.kardex.sheet import export

    return export.stock_xlsx(reading.stock(db, campaign_id), mark=office.watermark(db))


def card_workbook(
    db: Database,
    *,
    type_id: int,
    holder_id: int = 0,
    since: date | None = None,
    until: date | None = None,
    progress: Progress = silent,
) -> bytes:
    """The card as `card_pdf` prints it."""
    from sisfoh_desktop.modules.kardex.sheet import export

    card = reading.card(db, type_id=type_id, holder_id=holder_id, since=since, until=until)
    progress(0, len(card.entries))
    return export.card_xlsx(card, mark=office.watermark(db), progress=progress)


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
    keep: reading.Keep | None = None,
    progress: Progress = silent,
) -> bytes:
    """Every movement that fits the filter and is kept, the oldest first, with all its numbers."""
    from sisfoh_desktop.modules.kardex.sheet import export

    types = {one.id: one for one in catalogue.list_types(db, campaign_id)}

    def page_before(movement_id: int | None) -> RegisterPage:
        progress(0, 0)
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
            keep=keep,
        )

    newest = page_before(None)
    last = max((line.number for line in newest.lines), default=0)
    parts = _oldest_first(db, newest, page_before)
    return export.register_xlsx(parts, types, mark=office.watermark(db), newest=last, progress=progress)


def _oldest_first(
    db: Database, newest: RegisterPage, page_before: Callable[[int | None], RegisterPage]
) -> Iterator[tuple[Sequence[MovementLine], Mapping[int, ToldMovement]]]:
    """Page by page: pages are only asked backwards, so that their edges are found first; no page but one is kept."""
    page = newest
    edges = []
    while page.earlier:
        edges.append(page.oldest_id)
        page = page_before(page.oldest_id)
    for edge in (*reversed(edges), None):
        page = newest if edge is None else page_before(edge)
        with db.reading() as session:
            told = store.load_told(session, [line.id for line in page.lines])
        yield page.lines, {one.id: one for one in told}


def custody_workbook(db: Database, campaign_id: int, today: date, *, progress: Progress = silent) -> bytes:
    """What each person has to hand back, with the numbers."""
    from sisfoh_desktop.modules.kardex.sheet import export

    found = []
    lines = reading.custody(db, campaign_id, today)
    for line in tell_each(lines, len(lines), progress):
        held = (
            reading.ranges_of(db, type_id=line.form_type.id, holder_id=line.holder.id, limit=_ALL_RANGES)
            if line.form_type.serialised
            else []
        )
        found.append((line, FormRanges.of(one.forms for one in held)))
    return export.custody_xlsx(found, mark=office.watermark(db))
