"""What the kardex asks of the office on a day: read by Mi bandeja, at the start of the program.

It reads the stores itself where a service would only pass the question on: those that write are not loaded for it.
"""

from datetime import date

from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.modules.kardex.rules import pending as rules
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.store import adjusting, catalogue, ledger


def list_pending(db: Database, today: date) -> list[Pending]:
    """Of every campaign that is not closed; nothing in an office without kardex."""
    with db.reading() as session:
        campaigns = [one for one in catalogue.list_campaigns(session) if one.closed_on is None]
    return [line for campaign in campaigns for line in _of_campaign(db, campaign, today)]


def _of_campaign(db: Database, campaign: Campaign, today: date) -> list[Pending]:
    with db.reading() as session:
        types = {one.id: one for one in catalogue.list_types(session, campaign.id)}
        sightings = ledger.list_open_sightings(session, campaign.id)
        adjustments = adjusting.list_adjustments(session, campaign.id)
    return [
        *rules.reappeared(sightings, types),
        *rules.held_by_people(reading.custody(db, campaign.id, today)),
        *rules.short_stock(reading.stock(db, campaign.id)),
        *rules.to_approve(adjustments, types),
        *rules.to_close(campaign, today),
    ]
