"""What is typed into a grid of the POI and not saved, as a draft of this PC: one field for each activity, its cells.

How drafts are kept and offered is in `qtkit.record_draft`. Which cells a grid has is told in `follow_draft` and
`programme_draft`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import counted, enumerated
from sisfoh_desktop.qtkit.grid_kinds import CellKind
from sisfoh_desktop.qtkit.grid_model import CellChange, GridRow
from sisfoh_desktop.qtkit.grid_table import Grid
from sisfoh_desktop.qtkit.record_draft import RecordDraft

RECOVERED = "recuperar lo escrito"
_BLANK = "en blanco"


@dataclass(frozen=True)
class DraftCell:
    """A place in the values of a row: `code` in the file, `words` for eyes, `blank` the value of an empty one.

    `kind` reads what was kept as it reads what is typed.
    """

    code: str
    words: str
    kind: CellKind
    blank: Any = None

    def told(self, value: Any) -> str:
        """The value as it is kept; "" for a blank."""
        return "" if value == self.blank else self.kind.plain(value)

    def seen(self, value: Any) -> str:
        """The value for eyes, with what it is."""
        text = _BLANK if value == self.blank else self.kind.shown(value).replace("\n", " ")
        return f"{self.words}: {text}"

    def read(self, text: str) -> Any:
        """The value that was kept; RuleError where it is none of this cell."""
        value = self.kind.read(text)
        return self.blank if value is None else value


@dataclass(frozen=True)
class Recovered:
    """What of a draft comes back, and how much of it does not: what is `locked`, `gone` with its activity, or
    `unreadable`. `newer` counts cells that somebody saved otherwise since they were typed; `rows` are steps that add,
    change or take away whole activities."""

    changes: tuple[CellChange, ...]
    rows: tuple[Callable[[], object], ...] = ()
    same: int = 0
    newer: int = 0
    locked: int = 0
    gone: int = 0
    unreadable: int = 0

    @property
    def slots(self) -> set[int]:
        return {one.slot for one in self.changes}

    @property
    def is_whole(self) -> bool:
        return not (self.newer or self.locked or self.gone or self.unreadable)

    @property
    def words(self) -> str:
        """How many came back and how many could not, for the foot of the grid."""
        count, activities = len(self.changes), len(self.rows)
        back = [counted(activities, "actividad", "actividades")] if activities else []
        back += [counted(count, "celda", "celdas")] if count else []
        if back:
            verb = "Se recuperó" if count + activities == 1 else "Se recuperaron"
            said = [f"{verb} {enumerated(back)}, sin guardar todavía. Ctrl+Z lo deshace."]
        else:
            said = ["Lo escrito ya está aquí: nada cambió." if self.same else "No se recuperó nada."]
        lost = (
            (self.locked, "de meses que ya no se cambian"),
            (self.gone, "de actividades que ya no están"),
            (self.unreadable, "que no se pudieron leer" if self.unreadable > 1 else "que no se pudo leer"),
        )
        if total := sum(number for number, _why in lost):
            verb = "dato no se recuperó" if total == 1 else "datos no se recuperaron"
            said.append(
                f"{total} {verb}: {enumerated([f'{number} {why}' for number, why in lost if number])}."
            )
        if self.newer:
            cells = counted(self.newer, "celda", "celdas")
            said.append(f"En {cells} hay ahora otra cifra guardada: si guarda, queda lo suyo.")
        return " ".join(said)


def field_of(row: GridRow, cells: Sequence[DraftCell], name: str) -> DraftField | None:
    """What is typed into a row and not saved; None where nothing is. `name` is how its activity is called."""
    places = [place for place, value in enumerate(row.values) if value != row.saved[place]]
    if not places:
        return None
    before = "; ".join(cells[place].seen(row.saved[place]) for place in places)
    after = "; ".join(cells[place].seen(row.values[place]) for place in places)
    told = {
        cells[place].code: [cells[place].told(row.saved[place]), cells[place].told(row.values[place])]
        for place in places
    }
    return DraftField(str(row.key), name, before, after, json.dumps(told))


def recovered(
    draft: Draft, rows: Iterable[GridRow], cells: Sequence[DraftCell], locked: Callable[[int], bool]
) -> Recovered:
    """What of a draft may be put into these rows now; `locked` tells of a place whether it may not be written."""
    known = {str(row.key): row for row in rows if not row.is_new}
    places = {cell.code: place for place, cell in enumerate(cells)}
    shut = {place for place in places.values() if locked(place)}
    changes: dict[tuple[str, int], CellChange] = {}
    same = newer = barred = gone = unreadable = 0
    for field in draft.fields:
        kept, row = _kept(field.typed), known.get(field.name)
        if kept is None:
            unreadable += 1
            continue
        if row is None:
            gone += len(kept)
            continue
        for code, (was, text) in kept.items():
            place = places.get(code)
            try:
                value = cells[place].read(text) if place is not None else None
            except RuleError:
                place = value = None
            if place is None:
                unreadable += 1
            elif value == row.values[place]:
                same += 1
            elif place in shut:
                barred += 1
            else:
                changes[field.name, place] = CellChange(row, place, value)
                newer += was != cells[place].told(row.saved[place])
    return Recovered(
        tuple(changes.values()), same=same, newer=newer, locked=barred, gone=gone, unreadable=unreadable
    )


def _kept(typed: str | bool) -> dict[str, tuple[str, str]] | None:
    """The cells as they were kept, with what they said before; None for a damaged field."""
    try:
        found = {code: (was, text) for code, (was, text) in json.loads(str(typed)).items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return found if all(isinstance(text, str) for pair in found.values() for text in pair) else None


class RowsDraft(Protocol):
    """What is kept of whole rows: those added, taken away, or with other data. Its fields have a «:» in their names."""

    def fields(self) -> Sequence[DraftField]:
        """What of it is not saved."""

    def recovered(self, fields: Sequence[DraftField]) -> Recovered:
        """What of it may come back, as steps of the grid."""


class GridDraft:
    """The draft of the record that a grid shows. A tab calls `show` when it shows one and `keep` when it saved or
    discarded; what is typed is followed here."""

    def __init__(
        self,
        grid: Grid,
        title: str,
        cells: Sequence[DraftCell],
        name_of: Callable[[GridRow], str],
        locked: Callable[[int], bool],
        place: QVBoxLayout,
        parent: QWidget,
        *,
        row: int = 0,
        rows: RowsDraft | None = None,
        on_taken: Callable[[set[int]], object] = lambda _slots: None,
    ) -> None:
        """The offer stands in `row` of `place`; `on_taken` gets the places that came back."""
        self._rows = rows
        self._grid, self._title, self._cells = grid, title, tuple(cells)
        self._name_of, self._locked, self._on_taken = name_of, locked, on_taken
        self._place, self._parent, self._row = place, parent, row
        self._shown = self._followed = ""
        self._aside: dict[str, RecordDraft] = {}
        self.record = self._made()
        grid.model.edited.connect(lambda _rows: self.record.edited())

    def show(self, key: str, *, editable: bool) -> None:
        """The rows of this record are on view: offer what was typed into them and never saved."""
        wanted = key if editable else ""
        if key == self._shown and (wanted == self._followed or self._is_followed_typing()):
            return
        self.record.leave()
        self._shown, self._followed = key, wanted
        if key in self._aside:
            self.record = self._aside.pop(key)
        else:
            self.record.follow(wanted)

    def keep(self) -> None:
        """It was saved or discarded: what is kept is what still differs."""
        self.record.keep()

    def hold(self, busy: bool) -> None:
        """While it is being saved nothing comes back: it would count as saved."""
        if self.record.offer is not None:
            self.record.offer.setEnabled(not busy)

    def put_aside(self) -> None:
        """The record goes out of sight with unsaved rows that its tab holds: they stay kept until it is shown again."""
        if self._is_followed_typing():
            self.record.keep()
            self._aside[self._shown] = self.record
        else:
            self._end(self.record)
        self._shown = self._followed = ""
        self.record = self._made()

    def lose_sight(self) -> None:
        """The record goes out of sight and its rows with it: what was typed is offered when it is shown again."""
        self.put_aside()
        for one in self._aside.values():
            one.deleteLater()  # without leaving: the file stays
        self._aside.clear()

    def discard(self) -> None:
        """What was put aside is not wanted either; the rows on view are as they are saved."""
        for one in self._aside.values():
            self._end(one)
        self._aside.clear()
        self.record.keep()

    # -- inside ----------------------------------------------------------------------------------------

    def _made(self) -> RecordDraft:
        return RecordDraft(
            self._place, self._title, self._differing, self._bring, self._parent, row=self._row
        )

    @staticmethod
    def _end(record: RecordDraft) -> None:
        record.leave()
        record.deleteLater()

    def _is_followed_typing(self) -> bool:
        """Whether unsaved rows are on view that this follows: not while an earlier draft waits for its answer."""
        offer = self.record.offer
        waits = offer is not None and not offer.isHidden()
        return bool(self._followed) and not waits and self._grid.model.has_changes()

    def _differing(self) -> list[DraftField]:
        found = (
            field_of(row, self._cells, self._name_of(row))
            for row in self._grid.model.changed_rows()
            if not row.is_new
        )
        cells = [one for one in found if one is not None]
        return cells if self._rows is None else [*cells, *self._rows.fields()]

    def _bring(self, draft: Draft) -> None:
        grid = self._grid
        grid.commit()
        back = self._recovered(draft)
        if back.rows:
            stack = grid.model.undo_stack
            stack.beginMacro(RECOVERED)
            for step in back.rows:
                step()
            grid.model.apply(back.changes, RECOVERED)
            stack.endMacro()
        else:
            grid.model.apply(back.changes, RECOVERED)
        self._on_taken(back.slots)
        grid.tell(back.words, "ok" if back.is_whole else "warn")
        grid.view.setFocus()

    def _recovered(self, draft: Draft) -> Recovered:
        whole = [one for one in draft.fields if self._rows is not None and ":" in one.name]
        cells = [one for one in draft.fields if one not in whole]
        rows = self._grid.model.rows()
        back = recovered(replace(draft, fields=tuple(cells)), rows, self._cells, self._locked)
        if self._rows is None or not whole:
            return back
        more = self._rows.recovered(whole)
        return replace(
            back,
            rows=more.rows,
            same=back.same + more.same,
            locked=back.locked + more.locked,
            gone=back.gone + more.gone,
            unreadable=back.unreadable + more.unreadable,
        )
