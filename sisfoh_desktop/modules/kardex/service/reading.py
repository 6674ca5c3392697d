"""What the kardex answers without changing anything: stock, custody, flows, the life of a number, card, register.

Every answer costs the same in an office with a million forms as in a small one, but for the card and the flows, which
grow with the movements that they tell. What Mi bandeja does not ask is imported by the answer that needs it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.card import card_entries
from sisfoh_desktop.modules.kardex.rules.facts import (
    AT_HAND,
    Condition,
    FormType,
    Holder,
    Movement,
    MovementKind,
)
from sisfoh_desktop.modules.kardex.rules.flows import flow_lines
from sisfoh_desktop.modules.kardex.rules.reading import (
    BalanceLine,
    Card,
    Custody,
    CustodyLine,
    FlowLine,
    HeldForms,
    HeldRange,
    MovementLine,
    RegisterFilter,
    RegisterPage,
    StockLine,
    Trace,
)
from sisfoh_desktop.modules.kardex.rules.stock import join_held, likely_number, stock_of, typed_number
from sisfoh_desktop.modules.kardex.service.in_force import why_not_in_force_in
from sisfoh_desktop.modules.kardex.store import catalogue, held
from sisfoh_desktop.modules.kardex.store import reading as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Keep = Callable[[Sequence[MovementLine]], Sequence[MovementLine]]
_LOOKED_AT, _LOOKED_THROUGH = 1_000, 10_000  # movements that are read at once, and for one page
MOST_RANGES = 500  # of each condition, where a paper names what somebody holds
HELD = tuple(condition for condition in Condition if condition is not Condition.OUTSIDE)


def stock(db: Database, campaign_id: int) -> list[StockLine]:
    """The balance of each type of the campaign, in the order of their codes."""
    with db.reading() as session:
        return stock_of(
            catalogue.list_types(session, campaign_id), store.list_stock_sums(session, campaign_id)
        )


def balances(db: Database, campaign_id: int) -> list[BalanceLine]:
    """What each holder has of each type, by condition; only what is not 0."""
    with db.reading() as session:
        types = {form_type.id: form_type for form_type in catalogue.list_types(session, campaign_id)}
        holders = _holders(session)
        return [
            BalanceLine(types[type_id], holders[holder_id], condition, count)
            for type_id, holder_id, condition, count in store.list_balances(session, campaign_id=campaign_id)
        ]


def ranges_of(
    db: Database, *, type_id: int, holder_id: int, condition: Condition | None = None, limit: int = 500
) -> list[HeldRange]:
    """The ranges that a holder has of a type, by number; at most `limit` of each condition."""
    conditions = HELD if condition is None else (condition,)
    with db.reading() as session:
        pieces = [
            piece for one in conditions for piece in held.list_held(session, type_id, holder_id, one, limit)
        ]
    return join_held(pieces)


def custody(db: Database, campaign_id: int, today: date) -> list[CustodyLine]:
    """What each person has to hand back, by name and type."""
    with db.reading() as session:
        campaign = catalogue.load_campaign(session, campaign_id)
        found = _Found(
            session,
            today,
            {form_type.id: form_type for form_type in catalogue.list_types(session, campaign_id)},
            {campaign_id: campaign.most_days_in_hand},
            held.list_oldest_days(session, campaign_id),
            _holders(session),
        )
        lines = found.lines(store.list_balances(session, campaign_id=campaign_id), people_only=True)
    return sorted(lines, key=lambda line: (line.holder.name, line.holder.id, line.form_type.id))


def custody_of(db: Database, holder_id: int, today: date) -> Custody:
    """All that one holder has to hand back, in every campaign, with the ranges."""
    with db.reading() as session:
        holder = catalogue.load_holder(session, holder_id)
        balances_of = store.list_balances(session, holder_id=holder_id)
        types = {type_id: catalogue.load_type(session, type_id) for type_id, *_ in balances_of}
        campaigns = {
            one.campaign_id: catalogue.load_campaign(session, one.campaign_id) for one in types.values()
        }
        most_days = {campaign_id: campaign.most_days_in_hand for campaign_id, campaign in campaigns.items()}
        oldest = held.list_oldest_days_of(session, holder_id)
        holders = {holder_id: holder}
        if holder.chief_id is not None:
            holders[holder.chief_id] = catalogue.load_holder(session, holder.chief_id)
        lines = _Found(session, today, types, most_days, oldest, holders).lines(
            balances_of, people_only=False
        )
        forms = [_held_forms(session, types[line.form_type.id], holder_id, balances_of) for line in lines]
    return Custody(holder, tuple(lines), tuple(forms))


def flows(
    db: Database,
    *,
    campaign_id: int,
    holder_id: int = 0,
    type_id: int = 0,
    since: date | None = None,
    until: date | None = None,
) -> list[FlowLine]:
    """What became of the blank forms of each person, by name and type; both days included."""
    with db.reading() as session:
        types = {form_type.id: form_type for form_type in catalogue.list_types(session, campaign_id)}
        sums = store.list_flow_sums(
            session, campaign_id=campaign_id, holder_id=holder_id, type_id=type_id, since=since, until=until
        )
        return flow_lines(sums, _holders(session), types)


def trace(db: Database, *, campaign_id: int, text: str) -> list[Trace]:
    """The life of a typed number in each type that has it; empty when none was ever received.

    RuleError as `parse_ranges` when no type can bear it; `serial_one` when more than one number was typed.
    """
    from sisfoh_desktop.modules.kardex.store import trace as life

    with db.reading() as session:
        likely = likely_number(text)
        lives = [] if likely is None else life.list_lives(session, campaign_id, likely)
        try:
            number, may_be = typed_number(text, [form_type for form_type, _ in lives])
        except RuleError:  # nothing there, or not as typed: which types there are decides what to say
            number, may_be = typed_number(text, life.list_numbered_types(session, campaign_id))
        if number != likely:
            lives = life.list_lives(session, campaign_id, number)
        found = []
        for form_type, steps in lives:
            if form_type.id not in may_be:
                continue
            was_lost = any(step.to_condition is Condition.LOST for step in steps)
            sightings = life.list_sightings(session, form_type.id, number) if was_lost else []
            last = steps[-1]
            found.append(
                Trace(form_type, number, last.to_holder, last.to_condition, tuple(steps), tuple(sightings))
            )
    return found


def card(
    db: Database, *, type_id: int, holder_id: int = 0, since: date | None = None, until: date | None = None
) -> Card:
    """The card of a type for one holder, or for all warehouses together (`holder_id` 0)."""
    with db.reading() as session:
        form_type = catalogue.load_type(session, type_id)
        holder = catalogue.load_holder(session, holder_id) if holder_id else None
        hands = [holder_id] if holder_id else store.list_warehouses(session)
        by_day = holder is None or not holder.kind.is_person
        opening = store.card_balance(session, type_id, hands, since, by_day=by_day)
        lines = store.list_card_lines(session, type_id, hands, since, until, by_day=by_day)
        entries = card_entries(opening, lines)
    return Card(form_type, holder, since, until, opening, entries)


def register_page(
    db: Database,
    *,
    campaign_id: int,
    before_id: int | None = None,
    after_id: int | None = None,
    limit: int = 200,
    text: str = "",
    type_id: int = 0,
    holder_id: int = 0,
    kind: MovementKind | None = None,
    number: int | None = None,
    since: date | None = None,
    until: date | None = None,
    keep: Keep | None = None,
) -> RegisterPage:
    """The newest movements that fit the filter, or those just before or after one (after 0: the oldest ones of all);
    the oldest first. `keep` gives those of some movements that are wanted, whatever else they fit."""
    from sisfoh_desktop.modules.kardex.store import register

    wanted = RegisterFilter(text, type_id, holder_id, kind, number, since, until)
    with db.reading() as session:
        types = catalogue.list_types(session, campaign_id)
        read = partial(register.read_page, session, campaign_id, types, wanted)
        if keep is None:
            return read(before_id=before_id, after_id=after_id, limit=limit)
        return _kept_page(read, keep, before_id, after_id, limit)


def _kept_page(
    read: Callable[..., RegisterPage], keep: Keep, before_id: int | None, after_id: int | None, limit: int
) -> RegisterPage:
    """Page after page until enough of it is kept, or a stretch has been looked through."""
    backwards, later = after_id is None, before_id is not None
    kept: list[MovementLine] = []
    near = far = 0
    before_all = bool(after_id)
    for _page in range(_LOOKED_THROUGH // _LOOKED_AT):
        page = read(before_id=before_id, after_id=after_id, limit=_LOOKED_AT)
        lines = keep(page.lines)
        kept = [*lines, *kept] if backwards else [*kept, *lines]
        far, other = (page.oldest_id, page.newest_id) if backwards else (page.newest_id, page.oldest_id)
        near = near or other
        more = page.earlier if backwards else page.later
        if len(kept) >= limit or not more:
            break
        before_id, after_id = (far, None) if backwards else (None, far)
    if len(kept) > limit:
        kept, more = (kept[-limit:] if backwards else kept[:limit]), True
        far = kept[0 if backwards else -1].id
    return RegisterPage(
        lines=tuple(kept),
        earlier=more if backwards else before_all,
        later=later if backwards else more,
        oldest_id=far if backwards else near,
        newest_id=near if backwards else far,
    )


def count_movements(
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
) -> int:
    """How many movements fit the filter; without one it costs nothing, with one it looks at them all."""
    from sisfoh_desktop.modules.kardex.store import register

    wanted = RegisterFilter(text, type_id, holder_id, kind, number, since, until)
    with db.reading() as session:
        types = [] if wanted.shows_all else catalogue.list_types(session, campaign_id)
        return register.count_fitting(session, campaign_id, types, wanted)


def load_movement(db: Database, movement_id: int) -> Movement:
    """A movement with its lines; RuleError (`movement_unknown`) when there is none."""
    from sisfoh_desktop.modules.kardex.store import ledger

    with db.reading() as session:
        return ledger.load_movement(session, movement_id)


class _Found:
    """What is known of holders and types while lines of custody are made."""

    def __init__(
        self,
        session: "Session",
        today: date,
        types: Mapping[int, FormType],
        most_days: Mapping[int, int],
        oldest: Mapping[tuple[int, int], date],
        holders: Mapping[int, Holder],
    ) -> None:
        self._session = session
        self._today = today
        self._types = types
        self._most_days = most_days
        self._oldest = oldest
        self._holders = holders
        self._not_in_force: dict[int, str] = {}

    def lines(
        self, found: Iterable[tuple[int, int, Condition, int]], *, people_only: bool
    ) -> list[CustodyLine]:
        counts: dict[tuple[int, int], dict[Condition, int]] = {}
        for type_id, holder_id, condition, count in found:
            wanted = self._holders[holder_id].kind.is_person or not people_only
            if condition in AT_HAND and wanted:
                counts.setdefault((holder_id, type_id), {})[condition] = count
        return [self._line(holder_id, type_id, counted) for (holder_id, type_id), counted in counts.items()]

    def _line(self, holder_id: int, type_id: int, counts: Mapping[Condition, int]) -> CustodyLine:
        holder, form_type = self._holders[holder_id], self._types[type_id]
        in_hand = counts.get(Condition.BLANK, 0)
        oldest = self._oldest.get((holder_id, type_id))
        if in_hand and not form_type.serialised:
            oldest = held.find_counted_since(self._session, type_id, holder_id, in_hand)
        if holder_id not in self._not_in_force:
            reason = why_not_in_force_in(self._session, holder, self._today) if holder.kind.is_person else ""
            self._not_in_force[holder_id] = reason
        return CustodyLine(
            holder=holder,
            form_type=form_type,
            in_hand=in_hand,
            used_in_hand=counts.get(Condition.USED, 0),
            spoiled_in_hand=counts.get(Condition.ANNULLED, 0) + counts.get(Condition.DAMAGED, 0),
            oldest=oldest,
            days=0 if oldest is None else max(0, (self._today - oldest).days),
            most_days=self._most_days[form_type.campaign_id],
            chief=None if holder.chief_id is None else self._holders[holder.chief_id],
            not_in_force=self._not_in_force[holder_id],
        )


def _held_forms(
    session: "Session",
    form_type: FormType,
    holder_id: int,
    found: Iterable[tuple[int, int, Condition, int]],
) -> HeldForms:
    counts = tuple(
        (condition, count)
        for type_id, _, condition, count in found
        if type_id == form_type.id and condition in AT_HAND
    )
    if not form_type.serialised:
        return HeldForms(form_type, counts)
    pieces = [
        piece
        for condition, _ in counts
        for piece in held.list_held(session, form_type.id, holder_id, condition, MOST_RANGES)
    ]
    listed = sum(piece.forms.count for piece in pieces)
    return HeldForms(form_type, counts, tuple(join_held(pieces)), listed < sum(count for _, count in counts))


def _holders(session: "Session") -> dict[int, Holder]:
    return {holder.id: holder for holder in catalogue.list_holders(session)}
