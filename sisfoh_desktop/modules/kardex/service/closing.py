"""Closing a campaign and opening it again: what is in the way, and the two orders with their documents."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.closing import check_can_close, check_can_reopen, held_by_people
from sisfoh_desktop.modules.kardex.rules.cuadre import Closing
from sisfoh_desktop.modules.kardex.rules.facts import Campaign
from sisfoh_desktop.modules.kardex.service.counting_cuadre import compare_in, compared_of
from sisfoh_desktop.modules.kardex.store import catalogue

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TRIES = 3  # before the cuadre is made while the others wait
_Compared = tuple[object, ...]


class _ChangedMeanwhile(Exception):
    """Somebody registered something after the cuadre that was made for closing."""


def check_closing(db: Database, *, campaign_id: int, today: date) -> Closing:
    """What persons still hold and which differences nobody has explained; nothing is changed."""
    with db.reading() as session:
        return _closing(session, catalogue.load_campaign(session, campaign_id), today)


def close_campaign(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    campaign_id: int,
    expected_version: int,
    document: str,
    closed_on: date | None = None,
    token: str | None = None,
) -> None:
    """Close a campaign: from then on nothing moves in it.

    The cuadre of a large campaign takes seconds. It is made before the others have to wait; under their line it is
    only confirmed that nothing of what it compared has changed since, or it is made again. RuleError as in
    `rules.closing.check_can_close`, naming who holds forms or what nobody explained; StaleRow when somebody changed
    the campaign first.
    """
    if db.find_answer(token) is not None:
        return
    today = now.astimezone(LIMA).date()

    def change(session: "Session", before: "tuple[_Compared, Closing] | None") -> None:
        campaign = catalogue.load_campaign(session, campaign_id)
        if before is None:
            closing = _closing(session, campaign, today)
        elif before[0] == compared_of(session, campaign, today):
            closing = before[1]
        else:
            raise _ChangedMeanwhile
        _first, last = catalogue.campaign_days(session, campaign_id)
        day = closed_on or today
        kept = check_can_close(closing, document, day, today=today, last=last)
        catalogue.save_campaign(
            session,
            replace(campaign, closed_on=day, closing_document=kept, version=expected_version),
        )
        _record(session, actor, now, "kardex_campaign.close", campaign, {"closed_on": day}, kept)

    for _ in range(_TRIES):
        with db.reading() as session:
            campaign = catalogue.load_campaign(session, campaign_id)
            before = compared_of(session, campaign, today), _closing(session, campaign, today)
        with suppress(_ChangedMeanwhile):
            db.run_once(token, partial(change, before=before))
            return
    db.run_once(token, partial(change, before=None))


def reopen_campaign(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    campaign_id: int,
    expected_version: int,
    document: str,
    token: str | None = None,
) -> None:
    """Open a closed campaign again, by a document that says so. RuleError as in `rules.closing`; StaleRow."""

    def change(session: "Session") -> None:
        campaign = catalogue.load_campaign(session, campaign_id)
        kept = check_can_reopen(campaign, document)
        catalogue.save_campaign(
            session, replace(campaign, closed_on=None, closing_document=kept, version=expected_version)
        )
        _record(session, actor, now, "kardex_campaign.reopen", campaign, {"closed_on": None}, kept)

    db.run_once(token, change)


def _closing(session: "Session", campaign: Campaign, today: date) -> Closing:
    office, facts, found = compare_in(session, campaign, today=today, closing=True)
    return Closing(
        campaign,
        tuple(held_by_people(office, facts)),
        tuple(one for one in found if not one.explained),
    )


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    campaign: Campaign,
    after: dict[str, date | None],
    document: str,
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"kardex_campaign:{campaign.id}",
        before={"closed_on": campaign.closed_on, "closing_document": campaign.closing_document},
        after={**after, "closing_document": document},
    )
