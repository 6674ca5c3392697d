"""The rows of a file played over the present ledger, in the order of their days, by the ledger's own checks. Pure.

A row is accepted when every movement that it becomes would be recorded then; else it is set aside with the reason, and
so is every later row about forms whose place an unread row leaves in doubt: nothing adds up only because another row
was left out.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules import custody
from sisfoh_desktop.modules.kardex.rules.balances import DayBalances, NewLine, Place, balance_changes
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, Condition, MovementKind, NewMovement, Piece
from sisfoh_desktop.modules.kardex.rules.form_map import FormMap
from sisfoh_desktop.modules.kardex.rules.importing import (
    AcceptedRow,
    FileRow,
    Finding,
    QuarantinedRow,
    RejectedRow,
)
from sisfoh_desktop.modules.kardex.rules.importing_names import Names
from sisfoh_desktop.modules.kardex.rules.importing_rows import ReadRow, read_row
from sisfoh_desktop.modules.kardex.rules.moving import (
    Request,
    check_in_force,
    checked_request,
    movement_name,
    starting_condition,
)

_OF_THE_FILE = (
    1_000_000_000  # numbers of movements not yet recorded begin here, so that sentences can name their row
)
_FILE_NUMBER = re.compile(r"movimiento N° (1\d{9})")
_MOST_PASSES = 4
_TOLD_EVERY = 500
# refusals of where the forms are: another row of the same day, further down the file, may put them there
_ABOUT_PLACE = frozenset(
    {"forms_unknown", "forms_elsewhere", "forms_condition", "forms_overlap", "articles_missing"}
)
# refusals that leave no doubt of where the forms are: later rows stand or fall by themselves
_PLACE_KNOWN = _ABOUT_PLACE | {"form_lost", "moved_on_before_previous"}


MovementKey = tuple[MovementKind, int, date, int, int, FormRanges, int, str]


@dataclass(frozen=True)
class Ground:
    """What the file is compared with: the campaign and the state of every form that the file names.

    `day_changes` are those of articles without numbers (`DayBalances`). `out_of_force` says why a holder may not be
    given forms on a day ("" if they may); `reception_of` names the movement that received a piece of the base;
    `recorded` has the names of the movements that the ledger has, by what they say.
    """

    campaign: Campaign
    names: Names
    today: date
    pieces: Mapping[int, Sequence[Piece]] = field(default_factory=dict)
    day_changes: Mapping[Place, Mapping[date, int]] = field(default_factory=dict)
    out_of_force: Callable[[int, date], str] = lambda _holder_id, _day: ""
    recorded: Mapping[MovementKey, Sequence[str]] = field(default_factory=dict)
    reception_of: Callable[[Piece], str] = lambda piece: movement_name(
        piece.movement_number, piece.movement_kind, piece.moved_on
    )


@dataclass(frozen=True)
class Replayed:
    """What became of every row; `repeated` are in the ledger already, `lost` name lost forms that the file moves."""

    accepted: tuple[AcceptedRow, ...]
    quarantined: tuple[QuarantinedRow, ...]
    repeated: tuple[RejectedRow, ...] = ()
    lost: tuple[custody.FormLost, ...] = ()


def read_rows(rows: Iterable[FileRow], names: Names) -> list[ReadRow]:
    """Every row with its words understood, in the order of the file."""
    return [read_row(row, names) for row in rows]


def wanted_forms(rows: Iterable[ReadRow]) -> dict[int, FormRanges]:
    """The numbers of each type that the file names: those whose present state the replay asks for."""
    wanted: defaultdict[int, list[FormRange]] = defaultdict(list)
    for one in rows:
        if one.form_type is not None and one.form_type.serialised and one.movements:
            wanted[one.form_type.id].extend(one.ranges)
    return {type_id: FormRanges.of(ranges) for type_id, ranges in wanted.items()}


def replay(rows: Sequence[ReadRow], ground: Ground, *, progress: Progress = silent) -> Replayed:
    """Every row in one list: the accepted by day; quarantined, and recorded before, as they stand in the file."""
    return _Replay(rows, ground, progress).run()


class _RowsOfForms:
    """Which row, the earliest, was set aside about each form."""

    def __init__(self) -> None:
        self._forms: defaultdict[int, FormMap] = defaultdict(lambda: FormMap(()))
        self._rows: list[FileRow] = []

    def add(self, one: ReadRow) -> None:
        assert one.form_type is not None
        forms = self._forms[one.form_type.id]
        free = one.ranges - FormRanges.of(piece.forms for piece in forms.inside(one.ranges))
        marks = [_mark(part, len(self._rows), one.row.day or date.min) for part in free]
        self._rows.append(one.row)
        forms.put(free, marks)

    def find(self, one: ReadRow) -> FileRow | None:
        if one.form_type is None or one.form_type.id not in self._forms:
            return None
        marked = self._forms[one.form_type.id].inside(one.ranges)
        return self._rows[marked[0].line_id] if marked else None


def _mark(forms: FormRange, at: int, day: date) -> Piece:
    return Piece(forms, 0, Condition.OUTSIDE, at, 0, 0, MovementKind.ADJUSTMENT, day)


class _Replay:
    def __init__(self, rows: Sequence[ReadRow], ground: Ground, progress: Progress) -> None:
        self._rows, self._ground, self._progress = rows, ground, progress
        self._forms: defaultdict[int, FormMap] = defaultdict(lambda: FormMap(()))
        self._forms.update({type_id: FormMap(pieces) for type_id, pieces in ground.pieces.items()})
        self._balances = DayBalances(ground.day_changes)
        self._doubt, self._aside = _RowsOfForms(), _RowsOfForms()
        self._done = 0
        self._seen: dict[tuple[MovementKey, ...], FileRow] = {}
        self._accepted: list[AcceptedRow] = []
        self._quarantined: list[tuple[int, QuarantinedRow]] = []
        self._recorded = {key: list(names) for key, names in ground.recorded.items()}
        self._repeated: list[tuple[int, RejectedRow]] = []
        self._lost: list[custody.FormLost] = []
        self._in_force: dict[tuple[int, date], str] = {}
        self._row_of: list[FileRow] = []

    def run(self) -> Replayed:
        days = _days(self._rows)
        by_day = sorted(enumerate(self._rows), key=lambda one: (days[one[0]], one[0]))
        for _, of_day in groupby(by_day, key=lambda one: days[one[0]]):
            self._play_day(list(of_day))
            self._progress(self._done, len(self._rows))
        self._quarantined.sort(key=lambda one: one[0])
        self._repeated.sort(key=lambda one: one[0])
        return Replayed(
            tuple(self._accepted),
            tuple(aside for _, aside in self._quarantined),
            tuple(row for _, row in self._repeated),
            tuple(self._lost),
        )

    def _play_day(self, rows: list[tuple[int, ReadRow]]) -> None:
        """The rows of a day in their order; those that only wait for another one of the day are tried again."""
        waiting = rows
        for turn in range(_MOST_PASSES):
            again: list[tuple[int, ReadRow]] = []
            played = 0
            for at, one in waiting:
                if self._play(at, one, last_turn=turn == _MOST_PASSES - 1):
                    played += 1
                    self._tell_done()
                else:
                    again.append((at, one))
            if not again or not played:
                waiting = again
                break
            waiting = again
        for at, one in waiting:
            self._play(at, one, last_turn=True)
            self._tell_done()

    def _tell_done(self) -> None:
        self._done += 1
        if self._done % _TOLD_EVERY == 0:
            self._progress(self._done, len(self._rows))

    def _play(self, at: int, one: ReadRow, *, last_turn: bool) -> bool:
        """Accept the row or set it aside; False when it may still be accepted in another turn."""
        if self._take_recorded(at, one):
            return True
        findings = [*one.findings, *self._twice(one)] or self._depends(one, self._doubt)
        if findings:
            self._set_aside(at, one, findings, unknown=findings[0].rule != "repeated_row")
            return True
        try:
            self._record(one)
        except RuleError as error:
            if error.code in _ABOUT_PLACE and not last_turn:
                return False
            self._set_aside(at, one, self._told(one, error), unknown=error.code not in _PLACE_KNOWN)
            if isinstance(error, custody.FormLost):
                self._lost.append(error)
            return True
        self._seen[_key(one)] = one.row
        self._accepted.append(AcceptedRow(one.row, one.movements, self._summary(one)))
        return True

    def _take_recorded(self, at: int, one: ReadRow) -> bool:
        """Whether the ledger has every movement of the row already: a corrected file may be imported whole again."""
        keys = [movement_key(movement) for movement in one.movements]
        if not keys or not all(self._recorded.get(key) for key in keys):
            return False
        names = [self._recorded[key].pop(0) for key in keys]
        why = f"Ya está registrada con el {names[0]}."
        self._repeated.append((at, RejectedRow(one.row.sheet, one.row.row, self._summary(one), why)))
        return True

    def _record(self, one: ReadRow) -> None:
        """Play all the movements of a row; on a refusal the state is as before."""
        form_type = one.form_type
        assert form_type is not None
        forms = self._forms[form_type.id]
        before = forms.inside(one.ranges)
        changed: list[tuple[date, dict[Place, int]]] = []
        self._row_of.append(one.row)
        try:
            for movement in one.movements:
                lines = self._checked(movement, forms)
                changed.append((movement.moved_on, balance_changes(lines)))
                self._balances.add(*changed[-1])
                forms.put(movement.ranges, [self._piece(movement, line) for line in lines if line.forms])
        except RuleError:
            forms.put(one.ranges, before)
            for day, changes in changed:
                self._balances.add(day, {place: -change for place, change in changes.items()})
            raise

    def _checked(self, movement: NewMovement, forms: FormMap) -> list[NewLine]:
        """What the ledger asks before it records a movement, in the same order."""
        ground, names = self._ground, self._ground.names
        request = checked_request(
            Request(
                movement,
                ground.campaign,
                names.type_by_id[movement.type_id],
                names.holder_by_id[movement.from_holder_id],
                names.holder_by_id[movement.to_holder_id],
            ),
            ground.today,
        )
        if request.changes_hands:
            check_in_force(self._out_of_force(request.target.id, movement.moved_on))
        pieces: list[Piece] = []
        if request.form_type.serialised:
            pieces = forms.inside(request.movement.ranges)
            custody.check_custody(
                request,
                pieces,
                holder_name=lambda holder_id: names.holder_by_id[holder_id].name,
                reception_of=self._reception_of,
            )
        else:
            place = Place(request.form_type.id, request.source.id, starting_condition(request))
            custody.check_enough(request, self._balances.lowest_from(place, movement.moved_on))
        return custody.lines_of(request, pieces)

    def _out_of_force(self, holder_id: int, day: date) -> str:
        key = (holder_id, day)
        if key not in self._in_force:
            self._in_force[key] = self._ground.out_of_force(holder_id, day)
        return self._in_force[key]

    def _reception_of(self, piece: Piece) -> str:
        if piece.movement_number < _OF_THE_FILE:
            return self._ground.reception_of(piece)
        return movement_name(piece.movement_number, piece.movement_kind, piece.moved_on)

    def _piece(self, movement: NewMovement, line: NewLine) -> Piece:
        assert line.forms is not None
        at = len(self._row_of) - 1
        return Piece(
            forms=line.forms,
            holder_id=line.after.holder_id,
            condition=line.after.condition,
            line_id=-1 - at,
            movement_id=-1 - at,
            movement_number=_OF_THE_FILE + at,
            movement_kind=movement.kind,
            moved_on=movement.moved_on,
        )

    # --- set aside ---

    def _set_aside(self, at: int, one: ReadRow, findings: Sequence[Finding], *, unknown: bool) -> None:
        self._quarantined.append((at, QuarantinedRow(one.row, tuple(findings))))
        if one.form_type is None or not one.ranges:
            return
        self._aside.add(one)
        if unknown:
            self._doubt.add(one)

    def _twice(self, one: ReadRow) -> list[Finding]:
        earlier = self._seen.get(_key(one)) if one.movements else None
        if earlier is None or not one.ranges:
            return []
        return [
            Finding(
                one.row.row,
                "repeated_row",
                f"Dice lo mismo que la fila {earlier.row}; si está de más, descártela.",
                found=f"fila {earlier.row}",
                sheet=one.row.sheet,
            )
        ]

    def _depends(self, one: ReadRow, rows: "_RowsOfForms") -> list[Finding]:
        """That an earlier row, set aside, is about some of the same forms, so that their place is not known."""
        found = rows.find(one)
        if found is None or not one.movements:
            return []
        return [
            Finding(
                one.row.row,
                "depends_on_quarantine",
                f"Depende de la fila {found.row}, que está en cuarentena y trata de los mismos formularios; resuelva "
                "primero aquella.",
                found=f"fila {found.row}",
                sheet=one.row.sheet,
            )
        ]

    def _told(self, one: ReadRow, error: RuleError) -> list[Finding]:
        """The ledger's refusal, with rows of the file in place of movements not recorded; and what it depends on."""
        sentence = _FILE_NUMBER.sub(
            lambda found: f"movimiento de la fila {self._row_of[int(found[1]) - _OF_THE_FILE].row}",
            error.sentence,
        )
        told = Finding(
            one.row.row,
            error.code,
            sentence.replace("; no se registró nada.", "."),
            found=self._summary(one),
            sheet=one.row.sheet,
        )
        if error.code not in _ABOUT_PLACE:
            return [told]
        return [told, *self._depends(one, self._aside)]

    def _summary(self, one: ReadRow) -> str:
        assert one.form_type is not None
        told = one.form_type.ranges_text(one.ranges) if one.ranges else str(one.count)
        return f"{one.form_type.code} {told}"


def _days(rows: Sequence[ReadRow]) -> list[date]:
    """The day of each row; one whose own cannot be read stands where the file has it, on the day of the row above."""
    last = next((one.row.day for one in rows if one.row.day is not None), date.min)
    days = []
    for one in rows:
        last = one.row.day or last
        days.append(last)
    return days


def movement_key(movement: NewMovement) -> MovementKey:
    """What two records of the same movement have in common."""
    return (
        movement.kind,
        movement.type_id,
        movement.moved_on,
        movement.from_holder_id,
        movement.to_holder_id,
        movement.ranges,
        movement.form_count,
        movement.document,
    )


def _key(one: ReadRow) -> tuple[MovementKey, ...]:
    return tuple(movement_key(movement) for movement in one.movements)
