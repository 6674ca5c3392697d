"""What the kardex asks of the office on a day: read by Mi bandeja."""

from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.modules.kardex.rules import pending as rules
from sisfoh_desktop.modules.kardex.rules.pending import Pending
from sisfoh_desktop.modules.kardex.service import adjusting, catalogue, moving, reading


def list_pending(db: Database, today: date) -> list[Pending]:
    """Of every campaign that is not closed; nothing in an office without kardex."""
    return [
        line
        for campaign in catalogue.list_campaigns(db)
        if campaign.closed_on is None
        for line in _of_campaign(db, campaign, today)
    ]


def _of_campaign(db: Database, campaign: Campaign, today: date) -> list[Pending]:
    types = {one.id: one for one in catalogue.list_types(db, campaign.id)}
    return [
        *rules.reappeared(moving.list_sightings(db, campaign.id), types),
        *rules.held_by_people(reading.custody(db, campaign.id, today)),
        *rules.short_stock(reading.stock(db, campaign.id)),
        *rules.to_approve(adjusting.list_adjustments(db, campaign.id), types),
        *rules.to_close(campaign, today),
    ]
