"""Many movements in one go, such as a year from a spreadsheet: read in few statements, checked one by one in memory by
the very checks of `registering`, written in few statements.

The result is the same as recording them one after another; only the trail's entry is left to the caller.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.balances import DayBalances, NewLine, Place, balance_changes
from sisfoh_desktop.modules.kardex.rules.facts import Condition, NewMovement, Piece
from sisfoh_desktop.modules.kardex.rules.form_map import FormMap
from sisfoh_desktop.modules.kardex.rules.moving import Request, movement_name
from sisfoh_desktop.modules.kardex.service.registering import MovementDesk
from sisfoh_desktop.modules.kardex.store import bulk, ledger
from sisfoh_desktop.modules.kardex.store.forms import find_pieces


@dataclass(frozen=True)
class _Played:
    """A movement that passed its checks; ids of lines not yet written are -1, -2… in the order of all lines."""

    request: Request
    lines: tuple[NewLine, ...]
    number: int
    first_line: int

    @property
    def name(self) -> str:
        movement = self.request.movement
        return movement_name(self.number, movement.kind, movement.moved_on)


class BulkDesk(MovementDesk):
    """Checks all movements over the state of their forms in memory, then writes them together."""

    def register_all(self, movements: Sequence[NewMovement]) -> list[int]:
        """Their ids in order; any refusal stands for all of them, and nothing was written."""
        self._halves = 0
        self._played: list[_Played] = []
        self._lines: list[NewLine] = []
        self._movement_of: list[_Played] = []  # by line
        self._next: dict[int, int] = {}  # by campaign
        self._read(movements)
        for movement in movements:
            self._play(movement)
            self._tell(movement.form_count)
        return self._write_all()

    # --- the state in memory ---

    def _read(self, movements: Sequence[NewMovement]) -> None:
        wanted: defaultdict[int, list[FormRanges]] = defaultdict(list)
        for movement in movements:
            wanted[movement.type_id].append(movement.ranges)
        self._wanted = {
            type_id: FormRanges.of(one for ranges in asked for one in ranges)
            for type_id, asked in wanted.items()
        }
        self._forms = {
            type_id: FormMap(find_pieces(self._session, type_id, ranges))
            for type_id, ranges in self._wanted.items()
        }
        self._known = {
            type_id: FormRanges.of(piece.forms for piece in self._forms[type_id].inside(ranges))
            for type_id, ranges in self._wanted.items()
        }
        loose = [type_id for type_id in self._wanted if not self._type(type_id).serialised]
        self._by_day = DayBalances(ledger.day_changes(self._session, loose))

    def _pieces(self, type_id: int, ranges: FormRanges) -> list[Piece]:
        return self._forms[type_id].inside(ranges)

    def _there(self, place: Place, day: date) -> int:
        return self._by_day.lowest_from(place, day)

    def _reception_of(self, piece: Piece) -> str:
        while piece.line_id < 0:
            at = -piece.line_id - 1
            line = self._lines[at]
            if line.before.condition is Condition.OUTSIDE or line.previous_id is None:
                return self._movement_of[at].name
            piece = replace(piece, line_id=line.previous_id)
        return super()._reception_of(piece)

    def _play(self, movement: NewMovement) -> None:
        request, lines = self._checked(movement)
        campaign_id = request.form_type.campaign_id
        if campaign_id not in self._next:
            self._next[campaign_id] = bulk.last_number(self._session, campaign_id)
        self._next[campaign_id] += 1
        played = _Played(request, tuple(lines), self._next[campaign_id], len(self._lines))
        self._played.append(played)
        for line in lines:
            self._lines.append(line)
            self._movement_of.append(played)
        if not request.form_type.serialised:
            self._by_day.add(request.movement.moved_on, balance_changes(lines))
        else:
            pieces = [self._piece(played, line, at) for at, line in enumerate(lines)]
            self._forms[request.form_type.id].put(request.movement.ranges, pieces)

    def _piece(self, played: _Played, line: NewLine, at: int) -> Piece:
        assert line.forms is not None
        return Piece(
            forms=line.forms,
            holder_id=line.after.holder_id,
            condition=line.after.condition,
            line_id=-1 - played.first_line - at,
            movement_id=0,
            movement_number=played.number,
            movement_kind=played.request.movement.kind,
            moved_on=played.request.movement.moved_on,
        )

    # --- writing ---

    def _write_all(self) -> list[int]:
        session = self._session
        movement_ids = bulk.movement_ids(session, len(self._played))
        line_ids = bulk.line_ids(session, len(self._lines))

        def written(line_id: int | None) -> int | None:
            return line_ids[-1 - line_id] if line_id is not None and line_id < 0 else line_id

        for campaign_id, last in self._next.items():
            bulk.take_numbers(session, campaign_id, last - bulk.last_number(session, campaign_id))
        movements: list[dict[str, Any]] = []
        lines: list[dict[str, Any]] = []
        for movement_id, played in zip(movement_ids, self._played, strict=True):
            movements.append(
                {
                    "id": movement_id,
                    **ledger.movement_values(
                        played.request.movement,
                        played.lines,
                        number=played.number,
                        campaign_id=played.request.form_type.campaign_id,
                        reverses_id=None,
                        registered_at=self._now,
                        registered_by=self._actor.user,
                    ),
                }
            )
            for line in played.lines:
                values = ledger.line_values(movement_id, line)
                lines.append({**values, "id": line_ids[len(lines)], "previous_id": written(line.previous_id)})
        bulk.add_movements(session, movements)
        bulk.add_lines(session, lines)
        for type_id, forms in self._forms.items():
            moved = [
                (piece, line_ids[-1 - piece.line_id])
                for piece in forms.inside(self._wanted[type_id])
                if piece.line_id < 0
            ]
            new = self._wanted[type_id] - self._known[type_id]
            for count in bulk.put_forms(session, type_id, moved, new):
                self._tell(count)
        ledger.change_balances(session, balance_changes(self._lines))
        return movement_ids

    def _tell(self, count: int) -> None:
        """Playing is one half of the way, writing the other; whoever listens may cancel."""
        self._halves += count
        self._progress(min(self._halves // 2, self._total), self._total)
