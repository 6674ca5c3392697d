"""The cuadre: identity by person and differences, read in one moment; and what people say of the differences."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.counting import CountKind
from sisfoh_desktop.modules.kardex.rules.cuadre import (
    Cuadre,
    DigitisedCut,
    cuadre_lines,
    digitised_of,
)
from sisfoh_desktop.modules.kardex.rules.differences import (
    Difference,
    check_explanation,
    with_explanations,
)
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, Holder
from sisfoh_desktop.modules.kardex.rules.flows import flow_lines
from sisfoh_desktop.modules.kardex.rules.reconciling import reconcile
from sisfoh_desktop.modules.kardex.rules.telling import Office, TypeFacts
from sisfoh_desktop.modules.kardex.service.in_force import why_not_in_force_in
from sisfoh_desktop.modules.kardex.store import catalogue, counts
from sisfoh_desktop.modules.kardex.store import reading as reading_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def cuadre(
    db: Database,
    *,
    campaign_id: int,
    type_id: int = 0,
    holder_id: int = 0,
    since: date | None = None,
    until: date | None = None,
    today: date,
    closing: bool = False,
) -> Cuadre:
    """The identity of each person in these days (both included) and the differences that fall in them.

    `closing` adds what only matters when a campaign ends, which is told by itself after its last day.
    """
    with db.reading() as session:
        campaign = catalogue.load_campaign(session, campaign_id)
        _office, facts, found = compare_in(session, campaign, today=today, closing=closing, type_id=type_id)
        sums = reading_store.list_flow_sums(
            session, campaign_id=campaign_id, holder_id=holder_id, type_id=type_id, since=since, until=until
        )
        holders = {one.id: one for one in catalogue.list_holders(session)}
    kept = [one for one in found if one.concerns(holder_id, type_id, since, until)]
    cuts = tuple(cut for one in facts if (cut := _cut(one)) is not None)
    counted = frozenset(cut.form_type.id for cut in cuts)
    digitised = {
        one.form_type.id: digitised_of(one.standings, one.counts, since, until)
        for one in facts
        if one.form_type.id in counted
    }
    flows = flow_lines(sums, holders, {one.form_type.id: one.form_type for one in facts})
    return Cuadre(campaign, tuple(cuadre_lines(flows, digitised, counted, kept)), tuple(kept), cuts)


def compare_in(
    session: "Session", campaign: Campaign, *, today: date, closing: bool, type_id: int = 0
) -> tuple[Office, list[TypeFacts], list[Difference]]:
    """What was compared and every difference of the campaign (of one type), with what was said of each."""
    holders = {one.id: one for one in catalogue.list_holders(session)}
    types = [one for one in catalogue.list_types(session, campaign.id) if type_id in (0, one.id)]
    ended = campaign.ends_on is not None and today > campaign.ends_on
    office = Office(
        campaign,
        holders,
        _out_of_force(session, list(holders.values()), today),
        today,
        closing or ended,
    )
    standing = counts.standing_counts(session, [one.id for one in types])
    facts = [
        TypeFacts.of(
            one,
            counts.past_lines(session, one.id),
            standing.get(one.id, ()),
            counts.balances_of_type(session, one.id),
            office.people,
        )
        for one in types
    ]
    found = with_explanations(reconcile(office, facts), counts.last_explanations(session, campaign.id))
    return office, facts, found


def compared_of(session: "Session", campaign: Campaign, today: date) -> tuple[object, ...]:
    """All that the differences of a campaign come from, in little: while it is equal, `compare_in` finds the same."""
    last = counts.last_changes(session, campaign.id)
    holders = catalogue.list_holders(session)
    types = catalogue.list_types(session, campaign.id)
    return campaign, last, holders, types, _out_of_force(session, holders, today)


def _out_of_force(
    session: "Session", holders: Sequence[Holder], today: date
) -> dict[int, tuple[str, date | None]]:
    """People who may hold nothing today, with the reason and the first day on which they might not."""
    left: dict[int, tuple[str, date | None]] = {}
    for one in holders:
        if not one.kind.is_person:
            continue
        reason = why_not_in_force_in(session, one, today)
        if reason:
            ended = one.valid_until is not None and one.valid_until < today
            day = one.valid_until + timedelta(days=1) if ended and one.valid_until is not None else None
            left[one.id] = (f"{reason}.", day)
    return left


def _cut(facts: TypeFacts) -> DigitisedCut | None:
    digitised = [count for count in facts.counts if count.kind is CountKind.DIGITISED]
    if not digitised:
        return None
    return DigitisedCut(
        facts.form_type,
        max(count.counted_on for count in digitised),
        len(digitised),
        sum(count.form_count for count in digitised),
    )


def explain_difference(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    campaign_id: int,
    difference: Difference,
    text: str,
    document: str = "",
    token: str | None = None,
) -> None:
    """Say what became of a difference; an empty text withdraws what was said. It holds while nothing changes in it.

    RuleError for the texts, or `campaign_closed`.
    """
    text, document = check_explanation(text, document)

    def change(session: "Session") -> None:
        campaign = catalogue.load_campaign(session, campaign_id)
        if campaign.closed_on is not None:
            raise RuleError(
                "campaign_closed",
                f"La campaña «{campaign.name}» se cerró el {format_date(campaign.closed_on)}; reábrala para cambiar lo "
                "que se dijo de sus diferencias. No se guardó nada.",
            )
        before = counts.last_explanations(session, campaign.id).get(difference.fingerprint)
        counts.add_explanation(
            session,
            campaign_id=campaign.id,
            difference=difference.fingerprint,
            text=text,
            document=document,
            explained_at=now,
            explained_by=actor.user,
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="kardex_difference.explain" if text else "kardex_difference.withdraw",
            subject=f"kardex_campaign:{campaign.id}",
            before={"explanation": before.text, "document": before.document} if before else None,
            after={
                "difference": difference.kind.label,
                "form_type": difference.type_code,
                "ranges": difference.ranges_text[:2_000],
                "holder": difference.holder_name,
                "explanation": text,
                "document": document,
            },
        )

    db.run_once(token, change)
