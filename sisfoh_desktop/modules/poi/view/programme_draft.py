"""«Programación» as a draft of this PC keeps it (`grid_draft`): its cells, and activities added, changed or removed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from sisfoh_desktop.basics.drafts import DraftField
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, Activity, PoiVersion
from sisfoh_desktop.modules.poi.rules.programme import FIELD_WORDS, clean_activity, short_name
from sisfoh_desktop.modules.poi.view.grid_draft import RECOVERED, DraftCell, GridDraft, Recovered
from sisfoh_desktop.modules.poi.view.programme_rows import activity_of, month_of_slot, values_of
from sisfoh_desktop.qtkit.grid_kinds import MONEY, QUANTITY
from sisfoh_desktop.qtkit.grid_model import GridRow
from sisfoh_desktop.qtkit.grid_table import Grid

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab

DRAFT_TITLE = "Programación del POI sin guardar"
_ADDED, _CHANGED, _REMOVED = "added:", "changed:", "removed:"
_TAKEN_OUT = "quitada"
_TEXTS = tuple(name for name in FIELD_WORDS if name not in ("annual", "annual_money"))
_EMPTY = Activity("", "", "")


def draft_key(version: PoiVersion) -> str:
    """Under which name what is typed into a version is kept."""
    return f"poi:programme:{version.plan_id}:{version.id}"


def draft_of(tab: "ProgrammeTab", place: QVBoxLayout, row: int) -> GridDraft:
    """The draft of the tab, its offer above the grid."""

    def locked(slot: int) -> bool:
        closed = 0 < month_of_slot(slot) < tab.balances.programme.first_month
        return closed or bool(tab.grid.model.read_only)

    cells = _cells()
    return GridDraft(
        tab.grid,
        DRAFT_TITLE,
        cells,
        lambda one: short_name(one.fact),
        locked,
        place,
        tab,
        row=row,
        rows=_Activities(tab.grid, cells, locked),
    )


class _Activities:
    """Activities of a draft that were added, taken out or given other data, and are not saved."""

    def __init__(self, grid: Grid, cells: Sequence[DraftCell], locked: Callable[[int], bool]) -> None:
        self._grid, self._cells, self._locked = grid, cells, locked
        self._new_keys = count(1)

    def fields(self) -> list[DraftField]:
        found: list[DraftField] = []
        for row in self._grid.model.changed_rows():
            if row.is_new:
                found.append(self._added(f"{_ADDED}{len(found)}", row))
                continue
            now, before = activity_of(row), row.saved_fact
            assert isinstance(before, Activity)
            if texts := _texts(now, before):
                said = _seen(_texts(before, now))
                name = f"{_CHANGED}{row.key}"
                found.append(DraftField(name, short_name(now), said, _seen(texts), json.dumps(texts)))
        for row in self._grid.model.removed_rows():
            name = short_name(row.fact)
            found.append(DraftField(f"{_REMOVED}{row.key}", name, "en el borrador", _TAKEN_OUT, _TAKEN_OUT))
        return found

    def recovered(self, fields: Sequence[DraftField]) -> Recovered:
        model = self._grid.model
        known = {str(row.key): row for row in model.rows() if not row.is_new}
        out = [
            row
            for field in fields
            if field.typed == _TAKEN_OUT and (row := known.get(field.name.removeprefix(_REMOVED)))
        ]
        there = {_called(row.fact) for row in model.rows() if row not in out}
        steps: list[Callable[[], object]] = []
        same = locked = gone = unreadable = 0
        for field in fields:
            row = known.get(field.name.partition(":")[2])
            try:
                if field.name.startswith(_ADDED):
                    made, shut = self._read_added(str(field.typed))
                    if _called(made) in there:
                        same += 1
                        continue
                    locked += shut
                    new = GridRow(("recuperada", next(self._new_keys)), made, values_of(made), new=True)
                    steps.append(partial(model.insert_row, new, RECOVERED))
                elif field.name.startswith(_REMOVED) and field.typed == _TAKEN_OUT:
                    same += row is None  # else it is among those to take out
                elif not field.name.startswith(_CHANGED):
                    unreadable += 1
                elif row is None:
                    gone += 1
                else:
                    after = clean_activity(replace(row.fact, **_read_texts(json.loads(str(field.typed)))))
                    if after == row.fact:
                        same += 1
                    else:
                        steps.append(partial(model.change_fact, row, after, RECOVERED))
            except (RuleError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
                unreadable += 1
        steps += [partial(model.remove_rows, [row], RECOVERED) for row in out]
        return Recovered((), tuple(steps), same=same, locked=locked, gone=gone, unreadable=unreadable)

    def _added(self, name: str, row: GridRow) -> DraftField:
        activity = activity_of(row)
        filled = [
            (cell, value) for cell, value in zip(self._cells, row.values, strict=True) if value is not None
        ]
        texts = _texts(activity, _EMPTY)
        told = {"texts": texts, "cells": {cell.code: cell.told(value) for cell, value in filled}}
        seen = "; ".join(("actividad nueva", _seen(texts), *(cell.seen(value) for cell, value in filled)))
        return DraftField(name, short_name(activity), "", seen, json.dumps(told))

    def _read_added(self, typed: str) -> tuple[Activity, int]:
        """The activity, and how many of its cells may not be written any more."""
        told = json.loads(typed)
        row = GridRow(None, _EMPTY, values_of(_EMPTY))
        places = {cell.code: place for place, cell in enumerate(self._cells)}
        shut = 0
        for code, text in told["cells"].items():
            place = places[code]
            if self._locked(place):
                shut += 1
            else:
                row.values[place] = self._cells[place].read(text)
        return clean_activity(replace(activity_of(row), **_read_texts(told["texts"]))), shut


def _called(activity: Activity) -> tuple[str, str, str]:
    return activity.unit_name, activity.title, activity.measure


def _texts(activity: Activity, other: Activity) -> dict[str, str]:
    """Its texts that are not the other's."""
    return {name: str(text) for name in _TEXTS if (text := getattr(activity, name)) != getattr(other, name)}


def _seen(texts: Mapping[str, str]) -> str:
    return "; ".join(f"{FIELD_WORDS[name]}: {text or 'en blanco'}" for name, text in texts.items())


def _read_texts(told: Mapping[str, Any]) -> dict[str, Any]:
    """ValueError where one of them is no text of an activity."""
    if not all(name in _TEXTS and isinstance(text, str) for name, text in told.items()):
        raise ValueError
    return {name: type(getattr(_EMPTY, name))(text) for name, text in told.items()}


def _cells() -> list[DraftCell]:
    """In the order of the values of a row: goal and months, then the same in soles."""
    found = []
    for suffix, goal, more, kind in (
        ("", "meta anual", "", QUANTITY),
        (".money", "meta financiera", " en soles", MONEY),
    ):
        found.append(DraftCell(f"goal{suffix}", goal, kind))
        found += [
            DraftCell(f"{month}{suffix}", f"{name}{more}", kind) for month, name in enumerate(MONTH_NAMES, 1)
        ]
    return found
