"""Papers of the kardex that nobody signs digitally: the card, daily control sheets, the inventory sheet."""

from datetime import date, timedelta

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent, tell_each
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.control_sheets import DailySheet, DayMovement
from sisfoh_desktop.modules.kardex.rules.facts import HolderKind
from sisfoh_desktop.modules.kardex.service import acta_papers, catalogue, reading
from sisfoh_desktop.modules.kardex.store import actas as store
from sisfoh_desktop.modules.office import service as office

_WITH_SHEETS = (HolderKind.EMPADRONADOR, HolderKind.CREW_CHIEF)


def card_pdf(
    db: Database,
    *,
    type_id: int,
    today: date,
    holder_id: int = 0,
    since: date | None = None,
    until: date | None = None,
    progress: Progress = silent,
) -> bytes:
    """The kardex card of a type for one holder, or for the warehouses together."""
    from sisfoh_desktop.modules.kardex.report.card import card_pdf as build

    card = reading.card(db, type_id=type_id, holder_id=holder_id, since=since, until=until)
    campaign = catalogue.load_campaign(db, card.form_type.campaign_id)
    head = acta_papers.letterhead(db, today)
    return build(card, campaign.name, today, head, watermark=office.watermark(db), progress=progress)


def daily_sheet_pdf(
    db: Database,
    *,
    campaign_id: int,
    day: date,
    today: date,
    holder_id: int = 0,
    progress: Progress = silent,
) -> bytes:
    """The control sheet of a person for a day, or of everybody who works in the field with forms in hand.

    For today and later it tells what they hold now; for a past day, what they held when it began. RuleError
    `no_daily_sheets` when nobody has any. `progress` counts the people and may raise Cancelled.
    """
    from sisfoh_desktop.modules.kardex.report.daily_sheet import daily_sheets_pdf

    holders = {one.id: one for one in catalogue.list_holders(db)}
    if holder_id:
        chosen = [catalogue.load_holder(db, holder_id)]
    else:
        chosen = [one for one in holders.values() if one.kind in _WITH_SHEETS]
        if day >= today:
            with_forms = acta_papers.holders_with_forms(db, campaign_id)
            chosen = [one for one in chosen if one.id in with_forms]
    campaign = catalogue.load_campaign(db, campaign_id)
    types = {one.id: one for one in catalogue.list_types(db, campaign_id)}
    sheets = []
    for holder in tell_each(chosen, len(chosen), progress):
        with db.reading() as session:
            told = store.movements_of_day(session, campaign_id, holder.id, day)
        if day < today:
            held = acta_papers.held_on(db, types, holder.id, day - timedelta(days=1))
        else:
            held = acta_papers.held_by_holder(db, campaign_id, holder.id).get(holder.id, ())
        if not (holder_id or held or told):
            continue
        chief = holders.get(holder.chief_id or 0)
        sheets.append(
            DailySheet(
                campaign.name,
                day,
                holder,
                chief.name if chief else "",
                held,
                tuple(
                    DayMovement(
                        one.number,
                        f"{one.kind.label}{' (revertido)' if one.reverted else ''}",
                        holders[one.from_holder_id].name,
                        holders[one.to_holder_id].name,
                        types[one.type_id].code,
                        one.form_count,
                    )
                    for one in told
                ),
                past=day < today,
            )
        )
    if not sheets:
        have = "tiene" if day >= today else f"tuvo el {format_date(day)}"
        raise RuleError(
            "no_daily_sheets",
            f"Ningún empadronador {have} formularios en su poder; no hay hojas que imprimir. Elija a una persona.",
        )
    return daily_sheets_pdf(sheets, acta_papers.letterhead(db, day), watermark=office.watermark(db))


def inventory_pdf(db: Database, *, campaign_id: int, today: date, holder_id: int = 0) -> bytes:
    """The sheet to count with: what the kardex says that each holder has, or one. RuleError `nothing_to_count`."""
    from sisfoh_desktop.modules.kardex.report.inventory import inventory_pdf as build

    inventory = acta_papers.inventory_of(db, campaign_id, holder_id, today)
    if not inventory.holders:
        raise RuleError(
            "nothing_to_count",
            "Según el kardex nadie tiene formularios; no hay qué contar. Registre antes la recepción.",
        )
    return build(inventory, acta_papers.letterhead(db, today), watermark=office.watermark(db))
