"""How a movement is checked and written within a transaction; `moving` and `adjusting` decide what is recorded.

Forms, ledger lines, balances and the trail change together, or the caller's transaction is undone.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.kardex.rules import custody, moving
from sisfoh_desktop.modules.kardex.rules.balances import DayBalances, NewLine, Place, balance_changes
from sisfoh_desktop.modules.kardex.rules.facts import (
    Campaign,
    FormType,
    Holder,
    Movement,
    MovementKind,
    NewMovement,
    Piece,
)
from sisfoh_desktop.modules.kardex.rules.moving import Request
from sisfoh_desktop.modules.kardex.service.in_force import why_not_in_force_in
from sisfoh_desktop.modules.kardex.store import catalogue as catalogue_store
from sisfoh_desktop.modules.kardex.store import forms, ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_AUDITED = 2_000  # signs of a list of ranges in the trail; the ledger has them all


class MovementDesk:
    """Records movements one after another in a transaction; what the catalogue says is read once."""

    def __init__(
        self, session: "Session", actor: Actor, now: datetime, progress: Progress, total: int
    ) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._progress, self._total, self._done = progress, total, 0
        self._types: dict[int, FormType] = {}
        self._campaigns: dict[int, Campaign] = {}
        self._holders: dict[int, Holder] = {}

    def register(self, movement: NewMovement, *, audit: bool = True) -> int:
        """Check it and write it; the movement's id."""
        request, lines = self._checked(movement)
        return self._write(request.movement, request.form_type, lines, reverses=None, audit=audit)

    def check(self, movement: NewMovement) -> Request:
        """The movement as it would be written now, or its RuleError; nothing is written."""
        return self._checked(movement)[0]

    def _checked(self, movement: NewMovement) -> tuple[Request, list[NewLine]]:
        form_type = self._type(movement.type_id)
        request = moving.checked_request(
            Request(
                movement,
                self._campaign(form_type.campaign_id),
                form_type,
                self._holder(movement.from_holder_id),
                self._holder(movement.to_holder_id),
            ),
            self._today,
        )
        if request.changes_hands:
            moving.check_in_force(why_not_in_force_in(self._session, request.target, movement.moved_on))
        pieces: list[Piece] = []
        if form_type.serialised:
            pieces = self._pieces(form_type.id, request.movement.ranges)
            custody.check_custody(
                request,
                pieces,
                holder_name=lambda holder_id: self._holder(holder_id).name,
                reception_of=self._reception_of,
            )
        else:
            place = Place(form_type.id, request.source.id, moving.starting_condition(request))
            custody.check_enough(request, self._there(place, request.movement.moved_on))
        return request, custody.lines_of(request, pieces)

    def _pieces(self, type_id: int, ranges: FormRanges) -> list[Piece]:
        return forms.find_pieces(self._session, type_id, ranges)

    def _reception_of(self, piece: Piece) -> str:
        """How the movement is called by which the forms came into the office."""
        return movement_name_of(ledger.load_reception(self._session, piece.line_id))

    def _there(self, place: Place, day: date) -> int:
        """The least of an article without numbers on that day or later."""
        return DayBalances(ledger.day_changes(self._session, [place.type_id])).lowest_from(place, day)

    def reverse(self, movement: Movement, reason: str, document: str, moved_on: date) -> int:
        """Write the movement that undoes this one, or raise why not; its id."""
        form_type = self._type(movement.type_id)
        reason = clean_text(reason, what="el motivo", limit=2_000)
        document = clean_text(document, what="el documento", limit=200, one_line=True)
        earlier = ledger.find_reversal(self._session, movement.id)
        moving.check_day(self._campaign(movement.campaign_id), moved_on, self._today)
        moving.check_can_reverse(movement, movement_name_of(earlier) if earlier else "", reason, moved_on)
        if form_type.serialised:
            pieces = forms.find_pieces(self._session, form_type.id, movement.ranges)
            custody.check_untouched(form_type, movement_name_of(movement), movement.lines, pieces)
        else:
            places = [Place(form_type.id, line.to_holder_id, line.to_condition) for line in movement.lines]
            there = {place: self._there(place, moved_on) for place in places}
            custody.check_still_there(form_type, movement_name_of(movement), movement.lines, there)
        back = NewMovement(
            kind=MovementKind.REVERSAL,
            type_id=movement.type_id,
            moved_on=moved_on,
            from_holder_id=movement.to_holder_id,
            to_holder_id=movement.from_holder_id,
            ranges=movement.ranges,
            count=movement.form_count,
            document=document,
            reason=reason,
        )
        return self._write(back, form_type, custody.lines_back(movement.lines), reverses=movement, audit=True)

    def _write(
        self,
        movement: NewMovement,
        form_type: FormType,
        lines: Sequence[NewLine],
        *,
        reverses: Movement | None,
        audit: bool,
    ) -> int:
        movement_id, number, line_ids = ledger.add_movement(
            self._session,
            movement,
            lines,
            campaign_id=form_type.campaign_id,
            reverses_id=reverses.id if reverses else None,
            registered_at=self._now,
            registered_by=self._actor.user,
        )
        forms.record_forms(self._session, lines, line_ids, self._written)
        ledger.change_balances(self._session, balance_changes(lines))
        if audit:
            record_audit(
                self._session,
                actor=self._actor,
                now=self._now,
                action="kardex.reverse" if reverses else "kardex.move",
                subject=f"kardex_movement:{movement_id}",
                after=self._told(movement, form_type, number, reverses),
                reason=movement.reason,
            )
        return movement_id

    def _told(
        self, movement: NewMovement, form_type: FormType, number: int, reverses: Movement | None
    ) -> dict[str, Any]:
        """What the trail keeps of a movement, in the words of the screens."""
        ranges = form_type.ranges_text(movement.ranges)
        told: dict[str, Any] = {
            "number": number,
            "kind": movement.kind.label,
            "form_type": form_type.code,
            "moved_on": movement.moved_on,
            "ranges": ranges if len(ranges) <= _LONGEST_AUDITED else f"{ranges[:_LONGEST_AUDITED]}…",
            "form_count": movement.form_count,
            "from_holder": self._holder(movement.from_holder_id).name,
            "to_holder": self._holder(movement.to_holder_id).name,
            "document": movement.document,
            "witness": movement.witness,
            "archive_box": movement.archive_box,
            "reverses": reverses.number if reverses else None,
        }
        return {field: value for field, value in told.items() if value not in ("", None)}

    def _written(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)

    @property
    def _today(self) -> date:
        return self._now.astimezone(LIMA).date()

    def _type(self, type_id: int) -> FormType:
        if type_id not in self._types:
            self._types[type_id] = catalogue_store.load_type(self._session, type_id)
        return self._types[type_id]

    def _campaign(self, campaign_id: int) -> Campaign:
        if campaign_id not in self._campaigns:
            self._campaigns[campaign_id] = catalogue_store.load_campaign(self._session, campaign_id)
        return self._campaigns[campaign_id]

    def _holder(self, holder_id: int) -> Holder:
        if holder_id not in self._holders:
            self._holders[holder_id] = catalogue_store.load_holder(self._session, holder_id)
        return self._holders[holder_id]


def movement_name_of(movement: Movement) -> str:
    return moving.movement_name(movement.number, movement.kind, movement.moved_on)
