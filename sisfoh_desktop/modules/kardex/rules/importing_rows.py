"""What a row of a file asks for: the movements that a row of movements or of opening stock becomes. Pure.

An opening stock enters as if all had happened on its day: received, handed out, and what became of the forms. Whether
the ledger agrees is checked in `importing_replay`.
"""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules.facts import (
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
    NewMovement,
)
from sisfoh_desktop.modules.kardex.rules.importing import FileRow, Finding, Layout
from sisfoh_desktop.modules.kardex.rules.importing_names import Names, NotFound, condition_named, kind_named
from sisfoh_desktop.modules.kardex.rules.transitions import TRANSITIONS

_Found = TypeVar("_Found")

OPENING_REASON = "Saldo inicial"
# who is meant where a movement does not name them
_USUAL_SOURCE = {
    MovementKind.RECEPTION: HolderKind.GOVERNING_BODY,
    MovementKind.HAND_OUT: HolderKind.WAREHOUSE,
}
_USUAL_TARGET = {
    MovementKind.RECEPTION: HolderKind.WAREHOUSE,
    MovementKind.RETURN: HolderKind.WAREHOUSE,
    MovementKind.TO_DATA_ENTRY: HolderKind.DIGITADOR,
    MovementKind.TO_QUALITY: HolderKind.QUALITY,
    MovementKind.ARCHIVING: HolderKind.ARCHIVE,
}
_SPOILING = {
    Condition.ANNULLED: MovementKind.ANNULMENT,
    Condition.DAMAGED: MovementKind.DAMAGE,
    Condition.LOST: MovementKind.LOSS,
    Condition.WRITTEN_OFF: MovementKind.WRITE_OFF,
}
_FIELD_USERS = frozenset({HolderKind.EMPADRONADOR, HolderKind.CREW_CHIEF})
_HANDED_ON = {
    HolderKind.DIGITADOR: MovementKind.TO_DATA_ENTRY,
    HolderKind.QUALITY: MovementKind.TO_QUALITY,
    HolderKind.ARCHIVE: MovementKind.ARCHIVING,
}


@dataclass(frozen=True)
class ReadRow:
    """A row with its words understood, as far as they can be. `movements` is empty while there are findings."""

    row: FileRow
    form_type: FormType | None
    ranges: FormRanges
    count: int
    movements: tuple[NewMovement, ...]
    findings: tuple[Finding, ...]


def read_row(row: FileRow, names: Names) -> ReadRow:
    """The movements of a row, or everything that is wrong with its own words."""
    return _Reader(row, names).read()


class _Reader:
    def __init__(self, row: FileRow, names: Names) -> None:
        self._row, self._names = row, names
        self._findings = [self._placed(fault) for fault in row.faults]
        self._faulty = {fault.field for fault in row.faults}
        self._ranges, self._count = FormRanges(), 0

    def read(self) -> ReadRow:
        row = self._row
        form_type = self._try(lambda: self._names.form_type(row.text("form_type"), row.first))
        if row.day is None and "day" not in self._faulty:
            self._add("day_missing", "Falta la fecha; complete la celda.", field="day")
        if form_type is not None and not self._faulty & {"first", "last", "count"}:
            self._read_forms(form_type)
        movements: tuple[NewMovement, ...] = ()
        if row.layout is Layout.MOVEMENTS:
            made = self._movement(form_type)
            movements = (made,) if made else ()
        else:
            movements = tuple(self._opening(form_type))
        assert movements or self._findings, "whatever keeps a row from being a movement is told"
        if self._findings:
            movements = ()
        return ReadRow(row, form_type, self._ranges, self._count, movements, tuple(self._findings))

    # --- numbers ---

    def _read_forms(self, form_type: FormType) -> None:
        row = self._row
        if not form_type.serialised:
            if row.first or row.last:
                self._add(
                    "numbers_not_expected",
                    f"{form_type.code} no lleva número: deje en blanco Del y Al y escriba la cantidad.",
                    found=f"{row.first}-{row.last}".strip("-"),
                    field="first",
                )
            elif not row.count:
                self._add("count_missing", f"Falta la cantidad de {form_type.code}.", field="count")
            self._count = row.count or 0
            return
        typed = (
            f"{row.first}-{row.last}"
            if row.first and row.last and row.first != row.last
            else row.first or row.last
        )
        try:
            self._ranges = parse_ranges(typed, form_type.number_width, form_type.prefix)
        except RuleError as error:
            self._add(error.code, error.sentence, found=typed, field="first")
            return
        self._count = self._ranges.count
        if row.count is None or row.count == self._count:
            return
        told = form_type.ranges_text(self._ranges)
        meant = self._counted(form_type, row.count)
        self._add(
            "count_differs",
            f"Del {told} son {self._count} formularios y la cantidad dice {row.count}; corrija uno de los dos.",
            expected=str(self._count),
            found=str(row.count),
            candidates=(meant,) if meant else (),
            field="count",
        )

    def _counted(self, form_type: FormType, count: int) -> str:
        """The range that the quantity would make from the first number on."""
        first = self._ranges.first
        if len(self._ranges.ranges) != 1 or count < 1 or len(str(first + count - 1)) > form_type.number_width:
            return ""
        return form_type.ranges_text(FormRanges.single(first, first + count - 1))

    # --- a row of movements ---

    def _movement(self, form_type: FormType | None) -> NewMovement | None:
        row = self._row
        kind = self._try(lambda: kind_named(row.text("kind")))
        if kind is None:
            self._named("source")
            self._named("target")
            return None
        in_place = TRANSITIONS[kind].in_place
        source, target = self._named("source"), self._named("target")
        if in_place:
            source, target = source or target, target or source
        if source is None and not row.text("source"):
            source = self._usual(_USUAL_SOURCE.get(kind), "source", kind)
        if target is None and not row.text("target"):
            target = self._usual(_USUAL_TARGET.get(kind), "target", kind) if not in_place else None
        if form_type is None or source is None or target is None or row.day is None:
            return None
        return self._made(kind, form_type, source, target, row.day)

    def _named(self, field: str) -> Holder | None:
        text = self._row.text(field)
        return self._try(lambda: self._names.holder(text, self._row.day, field)) if text else None

    def _usual(self, kind: HolderKind | None, field: str, movement: MovementKind) -> Holder | None:
        found = self._names.only_of(kind, self._row.day) if kind else None
        if found is None:
            said = "quién los entrega" if field == "source" else "quién los recibe"
            candidates = tuple(one.name for one in self._names.holders if one.kind is kind)[:5]
            self._add(
                "holder_missing",
                f"Falta decir {said} en «{movement.label}».",
                candidates=candidates,
                field=field,
            )
        return found

    def _made(
        self,
        kind: MovementKind,
        form_type: FormType,
        source: Holder,
        target: Holder,
        day: date,
        from_condition: Condition | None = None,
    ) -> NewMovement:
        row = self._row
        return NewMovement(
            kind=kind,
            type_id=form_type.id,
            moved_on=day,
            from_holder_id=source.id,
            to_holder_id=target.id,
            ranges=self._ranges,
            count=0 if self._ranges else self._count,
            document=row.text("document"),
            reason=row.text("reason"),
            witness=row.text("witness"),
            note=row.text("note"),
            archive_box=row.text("archive_box"),
            archive_folder=row.text("archive_folder"),
            archive_folio=row.text("archive_folio"),
            from_condition=from_condition,
        )

    # --- a row of opening stock ---

    def _opening(self, form_type: FormType | None) -> Iterator[NewMovement]:
        """Received on the day, brought to whoever has them, and what became of them, step by step."""
        row = self._row
        condition = Condition.BLANK
        if row.has_condition:
            read = self._try(lambda: condition_named(row.text("condition")))
            condition = read or condition
        holder = self._named("holder")
        if not row.text("holder"):
            self._add("holder_missing", "Falta decir quién los tiene.", field="holder")
        user = self._named("used_by")
        source = self._named("source") or (
            None
            if row.text("source")
            else self._usual(HolderKind.GOVERNING_BODY, "source", MovementKind.RECEPTION)
        )
        if form_type is None or holder is None or source is None or row.day is None:
            return
        if holder.kind is HolderKind.WAREHOUSE:
            store: Holder | None = holder
        else:
            store = self._usual(HolderKind.WAREHOUSE, "target", MovementKind.RECEPTION)
        if store is None:
            return
        day = row.day
        yield self._step(MovementKind.RECEPTION, form_type, source, store, day)
        last = store
        if condition is Condition.USED:
            person = user or (holder if holder.kind in _FIELD_USERS else None)
            if person is None:
                self._add(
                    "used_by_missing",
                    f"Falta decir quién usó los formularios que ahora tiene {holder.name}; complete «Usado por».",
                    field="used_by",
                )
                return
            yield self._step(MovementKind.HAND_OUT, form_type, store, person, day)
            yield self._step(MovementKind.USE, form_type, person, person, day)
            last = person
        elif holder.id != store.id and (condition is Condition.BLANK or holder.kind.is_person):
            yield self._step(MovementKind.HAND_OUT, form_type, store, holder, day)
            last = holder
        if condition in _SPOILING:
            yield self._step(_SPOILING[condition], form_type, last, last, day)
        gone = condition in (
            Condition.LOST,
            Condition.WRITTEN_OFF,
        )  # they stay on the account where they were lost
        if last.id != holder.id and not gone:
            onward = _HANDED_ON.get(holder.kind, MovementKind.TRANSFER)
            yield self._step(onward, form_type, last, holder, day, condition)

    def _step(
        self,
        kind: MovementKind,
        form_type: FormType,
        source: Holder,
        target: Holder,
        day: date,
        from_condition: Condition | None = None,
    ) -> NewMovement:
        made = self._made(kind, form_type, source, target, day, from_condition)
        wanted = TRANSITIONS[kind]
        if wanted.needs_reason and not made.reason:
            made = dataclasses.replace(made, reason=OPENING_REASON)
        return made

    # --- findings ---

    def _try(self, find: Callable[[], _Found]) -> _Found | None:
        try:
            return find()
        except NotFound as missing:
            self._findings.append(self._placed(missing.finding))
            return None

    def _add(self, rule: str, text: str, **more: object) -> None:
        self._findings.append(self._placed(dataclasses.replace(Finding(0, rule, text), **more)))  # type: ignore[arg-type]

    def _placed(self, finding: Finding) -> Finding:
        return dataclasses.replace(finding, row=self._row.row, sheet=self._row.sheet)
