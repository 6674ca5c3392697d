"""Rows and columns of the month's grid: a row holds the whole year of an activity, the columns show one month of it.

So what is typed in one month stays while another is looked at, and is saved together with it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.poi.rules import follow_up as rules
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    MONTH_NAMES,
    Execution,
    GoalKind,
    Months,
    MonthState,
    PoiPlan,
    value_over,
)
from sisfoh_desktop.modules.poi.rules.follow_up import FollowedActivity, FollowedPlan, Motive
from sisfoh_desktop.modules.poi.rules.percent import percent_text
from sisfoh_desktop.modules.poi.rules.states import State, StateKind, state_of, state_of_money
from sisfoh_desktop.modules.poi.view.quarter_columns import tone_of
from sisfoh_desktop.modules.poi.view.unit_words import SIGLAS_WIDTH, short_unit
from sisfoh_desktop.qtkit.grid_model import MONEY, QUANTITY, CellChange, GridColumn, GridRow

FIELDS = ("physical", "money", "motive", "motive_text", "corrective")
_CELL = attrgetter(*FIELDS)


def slot(month: int, field: str) -> int:
    """Where a field of a month (1 to 12) lies in the values of a row."""
    return (month - 1) * len(FIELDS) + FIELDS.index(field)


def month_of(place: int) -> int:
    """The month (1 to 12) of a place in the values of a row."""
    return place // len(FIELDS) + 1


def rows_of(followed: FollowedPlan) -> list[GridRow]:
    """A row for each activity, in the order of the plan."""
    return [GridRow(one.activity.id, one, _values(one)) for one in followed.activities]


def _values(one: FollowedActivity) -> list[Any]:
    values: list[Any] = [None, None, "", "", ""] * 12
    for month, cell in one.cells.items():
        start = (month - 1) * len(FIELDS)
        values[start : start + len(FIELDS)] = _CELL(cell)
    return values


def cell_of(row: GridRow, month: int) -> Execution:
    """A month of a row as it stands on screen, with the version that was read."""
    seen: Execution = row.fact.cell(month)
    told = {name: row.values[slot(month, name)] for name in FIELDS}
    return Execution(seen.activity_id, month, version=seen.version, **told)


def changed_cells(rows: Iterable[GridRow]) -> list[Execution]:
    """What there is to save."""
    found = []
    for row in rows:
        places = (place for place, value in enumerate(row.values) if value != row.saved[place])
        found += [cell_of(row, month) for month in sorted({month_of(place) for place in places})]
    return found


def is_typed(row: GridRow, month: int) -> bool:
    """Whether anything of a month differs from what is saved."""
    start = slot(month, FIELDS[0])
    return tuple(row.values[start : start + len(FIELDS)]) != row.saved[start : start + len(FIELDS)]


def executed(row: GridRow, field: str = "physical") -> Months:
    """The twelve figures of a row as they stand on screen."""
    return tuple(row.values[slot(month, field)] for month in range(1, 13))


# -- what another one saved meanwhile ------------------------------------------------------------------------


@dataclass(frozen=True)
class CarriedOver:
    """What was typed and not saved, laid over what was read anew; `conflicts` tell where somebody else wrote too."""

    changes: tuple[CellChange, ...]
    conflicts: tuple[str, ...]


def carry_over(before: Iterable[GridRow], after: Iterable[GridRow]) -> CarriedOver:
    """Nothing typed is lost: it stays on screen, unsaved, over what is in the base now."""
    fresh = {row.key: row for row in after}
    changes, conflicts = [], []
    for row in before:
        now = fresh.get(row.key)
        if now is None or not row.is_changed:
            continue
        for place, value in enumerate(row.values):
            if value == row.saved[place] or value == now.saved[place]:
                continue
            changes.append(CellChange(now, place, value))
            if now.saved[place] != row.saved[place]:
                conflicts.append(_conflict(now, place, value))
    return CarriedOver(tuple(changes), tuple(conflicts))


def _conflict(row: GridRow, place: int, mine: Any) -> str:
    month = MONTH_NAMES[month_of(place) - 1]
    theirs = row.saved[place]
    return f"{row.fact.activity.title}, {month}: la otra persona puso {_said(theirs)}; usted, {_said(mine)}"


def _said(value: Any) -> str:
    if value is None or value == "":
        return "nada"
    return format_quantity(value) if isinstance(value, Decimal) else f"«{value}»"


# -- states --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """What every column reads: the plan, its motives and its months; `money`: soles instead of quantities."""

    followed: FollowedPlan
    motives: tuple[Motive, ...]
    begun: frozenset[int]
    money: bool = False
    siglas: Mapping[str, str] = field(default_factory=dict)
    """Of the units, as `unit_words` gives them."""

    @property
    def plan(self) -> PoiPlan:
        return self.followed.plan

    @property
    def field(self) -> str:
        return "money" if self.money else "physical"

    def month(self, month: int) -> MonthState:
        return self.followed.months[month - 1]

    def programmed(self, row: GridRow) -> Months:
        activity = row.fact.activity
        found: Months = activity.programmed_money if self.money else activity.programmed
        return found

    def shown(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        return MONEY.shown(value) if self.money else format_quantity(value)

    def state(self, row: GridRow, months: Sequence[int]) -> State:
        """Of what stands on screen."""
        told = executed(row, self.field)
        if self.money:
            return state_of_money(self.programmed(row), told, months, self.plan.bands)
        return state_of(self.programmed(row), told, months, row.fact.activity, self.plan.bands)

    def owes_motive(self, row: GridRow, month: int) -> bool:
        """As `rules.owes_motive`, without making a fact of each cell: it is asked of every row at each change."""
        programmed = row.fact.activity.programmed[month - 1]
        told = row.values[slot(month, "physical")]
        if told is None or told == programmed or not rules.needs_motive(self.plan, programmed, told):
            return False
        return not (row.values[slot(month, "motive")] or row.values[slot(month, "motive_text")])

    def owes_figure(self, row: GridRow, month: int) -> bool:
        programmed = row.fact.activity.programmed[month - 1]
        return bool(programmed) and row.values[slot(month, "physical")] is None

    def motive_words(self, row: GridRow, month: int) -> str:
        """The motive of the list and in words, in one line."""
        code = row.values[slot(month, "motive")]
        label = next((one.label for one in self.motives if one.code == code), code)
        told = row.values[slot(month, "motive_text")]
        return ". ".join(part for part in (label, told) if part)


# -- columns -------------------------------------------------------------------------------------------------


def columns_of(ground: Ground, month: int) -> list[GridColumn]:
    """The columns of a month: what the plan says, the month before, this one to type, how it stands, why."""
    code, name = MONTH_CODES[month - 1], MONTH_NAMES[month - 1]
    unit = "S/" if ground.money else ""
    columns = [
        GridColumn(
            "Unidad",
            lambda row: row.fact.activity.unit_name,
            stretch=True,
            width=132,
            narrowest=SIGLAS_WIDTH,
            short=lambda row: short_unit(ground.siglas, row.fact.activity.unit_name),
        ),
        GridColumn(
            "Actividad",
            lambda row: row.fact.activity.title,
            stretch=True,
            names_row=True,
            width=220,
            narrowest=102,
            tip=_activity_tip,
        ),
        GridColumn(
            "U. M.",
            lambda row: unit or row.fact.activity.measure,
            name="Unidad de medida",
            stretch=True,
            width=92,
            narrowest=46,
        ),
    ]
    if month > 1:
        columns.append(_previous(ground, month - 1))
    columns += [
        GridColumn(
            f"{code} prog.",
            lambda row: ground.shown(ground.programmed(row)[month - 1]),
            name=f"Programado en {name}",
            align="right",
            width=72,
        ),
        GridColumn(
            f"{code} ejec.",
            slot=slot(month, ground.field),
            kind=MONEY if ground.money else QUANTITY,
            name=f"Ejecutado en {name}",
            width=76,
        ),
        replace(
            _state_column("Estado", ground, [month], _month_words, width=158),
            name=f"Estado de {name}",
            stretch=True,
            narrowest=141,
        ),
        GridColumn(
            "Motivo",
            lambda row: _motive_cell(ground, row, month),
            name=f"Motivo del desvío de {name}",
            stretch=True,
            width=128,
            narrowest=90,
            tone=lambda row: "warn" if ground.owes_motive(row, month) else None,
            tip=lambda row: _motive_tip(ground, row, month),
        ),
        _state_column(_span(month), ground, range(1, month + 1), _total_words, width=76),
        GridColumn(
            "Evid.",
            lambda row: str(row.fact.evidence.get(month, "")),
            name=f"Evidencia de {name}",
            align="right",
            width=44,
        ),
    ]
    return columns


def edited_column(month: int) -> int:
    """Which of `columns_of` is for typing."""
    return 5 if month > 1 else 4


def _previous(ground: Ground, month: int) -> GridColumn:
    def tip(row: GridRow) -> str:
        programmed = ground.shown(ground.programmed(row)[month - 1]) or "nada"
        return f"En {MONTH_NAMES[month - 1]} se programó {programmed}."

    return GridColumn(
        f"{MONTH_CODES[month - 1]} ejec.",
        lambda row: ground.shown(row.values[slot(month, ground.field)]),
        name=f"Ejecutado en {MONTH_NAMES[month - 1]}",
        align="right",
        width=72,
        tip=tip,
    )


def _state_column(
    title: str, ground: Ground, months: Sequence[int], words: Callable[[State], str], width: int
) -> GridColumn:
    begun = months[-1] in ground.begun

    def text(row: GridRow) -> str:
        return words(ground.state(row, months)) if begun else ""

    return GridColumn(
        title,
        text,
        width=width,
        tone=lambda row: tone_of(ground.state(row, months)) if begun else None,
        mark=lambda row: ground.state(row, months).sign,
        tip=lambda row: _state_tip(ground, row, months) if begun else "",
    )


def _span(month: int) -> str:
    return "Ene" if month == 1 else f"Ene–{MONTH_CODES[month - 1].capitalize()}"


def _month_words(state: State) -> str:
    """The word of the state, with the figure where there is one: `Crítico 40 %`."""
    if state.kind in (StateKind.BAND, StateKind.EXCESS):
        return f"{state.label} {percent_text(state.percent)}"
    return state.label


def _total_words(state: State) -> str:
    return percent_text(state.percent) or ("Pendiente" if state.kind is StateKind.PENDING else "")


def _state_tip(ground: Ground, row: GridRow, months: Sequence[int]) -> str:
    state = ground.state(row, months)
    kind = GoalKind.SUM if ground.money else row.fact.activity.goal_kind
    programmed = ground.shown(value_over(ground.programmed(row), months, kind)) or "nada"
    told = ground.shown(state.executed) or "nada"
    level = "; vale el último nivel" if kind is GoalKind.STOCK else ""
    return f"{state.label}: ejecutado {told} de {programmed} programado{level}."


def _motive_cell(ground: Ground, row: GridRow, month: int) -> str:
    told = ground.motive_words(row, month)
    if told or not ground.owes_motive(row, month):
        return told
    return "Sin motivo" if ground.month(month).closed else "Falta (F7)"


def _motive_tip(ground: Ground, row: GridRow, month: int) -> str:
    corrective = row.values[slot(month, "corrective")]
    told = ground.motive_words(row, month)
    return f"{told}\nMedida correctiva: {corrective}" if corrective else told


def _activity_tip(row: GridRow) -> str:
    activity = row.fact.activity
    notes = [activity.code] if activity.code else []
    if activity.goal_kind is GoalKind.STOCK:
        notes.append("meta acumulada: cada mes dice el nivel alcanzado")
    return f"{activity.title}\n{'; '.join(notes)}" if notes else activity.title


# -- the month in words --------------------------------------------------------------------------------------


def month_locked(ground: Ground, month: int) -> str:
    """Why the month takes nothing; "" where it does."""
    state = ground.month(month)
    name = rules.month_name(month, ground.plan.year)
    if state.closed_at is not None:
        return (
            f"{name[0].upper()}{name[1:]} está cerrado desde el {format_date(state.closed_at.date())} "
            f"({state.closed_by}). Para corregirlo, reábralo con el documento que lo autoriza."
        )
    if month not in ground.begun:
        return f"{name[0].upper()}{name[1:]} todavía no empieza."
    return ""
