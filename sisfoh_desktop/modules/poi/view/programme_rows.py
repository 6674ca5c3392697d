"""An activity as a row of the grid of «Programación»: its cells, its columns, whether its months come to its goal."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    MONTH_NAMES,
    NO_MONTHS,
    QUARTER_NAMES,
    Activity,
    GoalKind,
    Months,
    PoiVersion,
    Stage,
    quarter_value,
    value_to_date,
)
from sisfoh_desktop.modules.poi.rules.programme import FIELD_WORDS, missing, missing_words, same_goals
from sisfoh_desktop.modules.poi.view.unit_words import SIGLAS_WIDTH, short_unit
from sisfoh_desktop.qtkit.grid_model import MONEY, QUANTITY, GridColumn, GridRow
from sisfoh_desktop.qtkit.theme import Tone

ANNUAL, FIRST_MONTH = 0, 1  # slots of the physical goal and of January
_MONEY = 13  # where the same begins in soles
FROZEN = 5
GOAL_COLUMN = 3


@dataclass(frozen=True)
class Programme:
    """What the state of a row depends on beside its cells."""

    version: PoiVersion
    first_month: int = 1
    """The first month that may be changed: those before it are closed."""
    executed: Mapping[int, Months] = field(default_factory=dict)
    executed_money: Mapping[int, Months] = field(default_factory=dict)
    base: Mapping[int, Activity] = field(default_factory=dict)
    siglas: Mapping[str, str] = field(default_factory=dict)
    """Of the units, as `unit_words` gives them."""


@dataclass(frozen=True)
class Balance:
    """Whether months come to the goal: `kind` is one of `_KINDS`, `word` what people read, `open` when somebody has
    to see to it; `goal` and `told` are both sums."""

    kind: str
    word: str
    tone: Tone
    open: bool
    goal: Decimal = Decimal(0)
    told: Decimal = Decimal(0)


_KINDS = {
    "even": ("cuadra", "cuadran"),
    "short": ("por debajo de su meta", "por debajo de su meta"),
    "over": ("por encima de su meta", "por encima de su meta"),
    "goalless": ("sin meta", "sin meta"),
    "kept": ("sin cambios", "sin cambios"),
}


def row_of(activity: Activity, *, new: bool = False) -> GridRow:
    """The row of an activity."""
    return GridRow(activity.id, activity, values_of(activity), new=new)


def values_of(activity: Activity) -> list[Decimal | None]:
    """The cells of an activity: goal and months, then the same in soles."""
    return [activity.annual, *activity.programmed, activity.annual_money, *activity.programmed_money]


def month_of_slot(slot: int) -> int:
    """The month (1 to 12) of a place in those cells; 0 for a goal."""
    return slot % _MONEY


def activity_of(row: GridRow) -> Activity:
    """The activity with what stands in its cells."""
    activity: Activity = row.fact
    values = row.values
    if values == values_of(activity):
        return activity
    return replace(
        activity,
        annual=values[ANNUAL],
        programmed=tuple(values[FIRST_MONTH:_MONEY]),
        annual_money=values[_MONEY],
        programmed_money=tuple(values[_MONEY + 1 :]),
    )


def balance_of(row: GridRow, programme: Programme, *, money: bool) -> Balance:
    """«cuadra», «faltan 3», «sobra 1»; in a modification a row left as it was is not reprogrammed."""
    return balance_of_activity(activity_of(row), programme, money=money)


def balance_of_activity(activity: Activity, programme: Programme, *, money: bool) -> Balance:
    """The same of an activity as it is saved."""
    seen = _as_physical(activity) if money else activity
    told = value_to_date(seen.programmed, 12, seen.goal_kind)
    if seen.annual is None:
        tone: Tone = "dim" if told is None else "warn"
        return Balance("goalless", "sin meta", tone, told is not None or not money, told=told or Decimal(0))
    sums = {"goal": seen.annual, "told": told or Decimal(0)}
    executed = (programme.executed_money if money else programme.executed).get(activity.id, NO_MONTHS)
    short = missing(seen, programme.version, executed)
    if not short:
        return Balance("even", "cuadra", "ok", open=False, **sums)
    before = programme.base.get(activity.id)
    if programme.version.stage is Stage.MODIFIED and before is not None and same_goals(activity, before):
        return Balance("kept", "sin cambios", "dim", open=False, **sums)
    word = missing_words(short, _soles if money else format_quantity)
    if short > 0:
        return Balance("short", word, "warn", open=True, **sums)
    return Balance("over", word, "danger", open=True, **sums)


def columns_of(programme: Callable[[], Programme], *, money: bool) -> list[GridColumn]:
    """The columns, in units or in soles: who does what, goal, whether it adds up, twelve months, sums."""
    start, kind = (_MONEY, MONEY) if money else (0, QUANTITY)
    shown = _soles if money else format_quantity

    def locked(number: int) -> Callable[[GridRow], str]:
        sentence = f"{MONTH_NAMES[number].capitalize()} está cerrado: se conserva como estaba."
        return lambda _row: sentence if number + 1 < programme().first_month else ""

    def quarter(number: int) -> Callable[[GridRow], str]:
        return lambda row: shown(quarter_value(_months(row, start), number, _kind(row, money=money)))

    def tone(row: GridRow) -> Tone | None:
        return balance_of(row, programme(), money=money).tone

    return [
        GridColumn(
            "Unidad",
            lambda row: row.fact.unit_name,
            name="Unidad orgánica",
            stretch=True,
            width=132,
            narrowest=SIGLAS_WIDTH,
            short=lambda row: short_unit(programme().siglas, row.fact.unit_name),
        ),
        GridColumn(
            "Actividad",
            lambda row: row.fact.title,
            width=220,
            narrowest=124,
            stretch=True,
            names_row=True,
            tip=lambda row: f"{row.fact.code} {row.fact.title}".strip(),
        ),
        GridColumn(
            "U. M.",
            lambda row: row.fact.measure,
            name="Unidad de medida",
            stretch=True,
            width=92,
            narrowest=46,
        ),
        GridColumn(
            "Meta", slot=start, kind=kind, name="Meta financiera anual" if money else "Meta anual", width=56
        ),
        GridColumn(
            "Cuadre",
            lambda row: balance_of(row, programme(), money=money).word,
            name="Cuadre de los meses con la meta",
            width=88,
            tone=tone,
        ),
        *(
            GridColumn(
                MONTH_CODES[number],
                slot=start + FIRST_MONTH + number,
                kind=kind,
                name=MONTH_NAMES[number],
                width=44,
                locked=locked(number),
            )
            for number in range(12)
        ),
        *(
            GridColumn(
                QUARTER_NAMES[number - 1],
                quarter(number),
                name=f"{QUARTER_NAMES[number - 1]} trimestre",
                width=48,
                align="right",
            )
            for number in range(1, 5)
        ),
        GridColumn(
            "Total",
            lambda row: shown(value_to_date(_months(row, start), 12, _kind(row, money=money))),
            name="Total de los meses",
            width=56,
            align="right",
        ),
    ]


@dataclass
class Balances:
    """How many rows of the plan are in each state; kept up to date row by row, so that a key does not pay for all."""

    programme: Programme
    money: bool = False
    known: Mapping[bool, Mapping[int, Balance]] = field(default_factory=dict)
    """Those of activities as they are saved (in units: False, in soles: True), by id."""
    _states: dict[int, Balance] = field(default_factory=dict)

    def count_all(self, rows: Sequence[GridRow]) -> None:
        """Start again from these rows."""
        known = self.known.get(self.money, {})
        self._states = {
            id(row): (None if row.is_changed else known.get(row.fact.id))
            or balance_of(row, self.programme, money=self.money)
            for row in rows
        }

    def update(self, rows: Sequence[GridRow], present: Callable[[GridRow], bool]) -> None:
        """Count these rows anew; those no longer present are left out."""
        for row in rows:
            if present(row):
                self._states[id(row)] = balance_of(row, self.programme, money=self.money)
            else:
                self._states.pop(id(row), None)

    def open_rows(self) -> int:
        """How many somebody has to see to."""
        return sum(state.open for state in self._states.values())

    def is_open(self, row: GridRow) -> bool:
        state = self._states.get(id(row))
        return state is not None and state.open

    def sentence(self) -> str:
        """`90 actividades: 85 cuadran, 3 por debajo de su meta, 2 por encima de su meta.` and, in soles, the sums.

        Physical goals of unlike units are not added.
        """
        states = self._states.values()
        if not states:
            return ""
        counts = Counter(state.kind for state in states)
        told = [
            f"{format_number(counts[kind])} {one if counts[kind] == 1 else many}"
            for kind, (one, many) in _KINDS.items()
            if counts[kind]
        ]
        noun = "actividad" if len(states) == 1 else "actividades"
        sentence = f"{format_number(len(states))} {noun}: {', '.join(told)}."
        if not self.money:
            return sentence
        goal = sum((state.goal for state in states), Decimal(0))
        months = sum((state.told for state in states), Decimal(0))
        return f"{sentence} Meta del plan {format_amount(goal)}; en los meses, {format_amount(months)}."


def _months(row: GridRow, start: int) -> Months:
    return tuple(row.values[start + FIRST_MONTH : start + FIRST_MONTH + 12])


def _kind(row: GridRow, *, money: bool) -> GoalKind:
    kind: GoalKind = row.fact.goal_kind
    return GoalKind.SUM if money else kind


def _soles(amount: Decimal | None) -> str:
    return "" if amount is None else MONEY.shown(amount)


def _as_physical(activity: Activity) -> Activity:
    """The soles where the rules look for the physical goal: soles always add up."""
    return Activity(
        "", "", "", activity.annual_money, activity.programmed_money, id=activity.id, goal_kind=GoalKind.SUM
    )


@dataclass(frozen=True)
class Rebased:
    """One's unsaved rows laid over what somebody else saved; `clashes` names the cells that both changed."""

    rows: tuple[GridRow, ...]
    removed: tuple[GridRow, ...]
    clashes: tuple[str, ...]


def rebased(
    mine: Sequence[GridRow],
    removed: Sequence[GridRow],
    fresh: Sequence[Activity],
    columns: Sequence[GridColumn],
) -> Rebased:
    """What was typed, over the activities as they are saved now; nothing typed is lost.

    An activity that somebody else took away while it was being changed here comes back as a new one.
    """
    names = {column.slot: column.words for column in columns if column.kind is not None}
    known = {row.key: row for row in mine if not row.is_new}
    gone = {row.key for row in removed}
    rows: list[GridRow] = []
    taken: list[GridRow] = []
    clashes: list[str] = []
    for activity in fresh:
        row = row_of(activity)
        (taken if activity.id in gone else rows).append(row)
        old = known.pop(activity.id, None)
        if old is None or not old.is_changed:
            continue
        row.fact = _fields_over(old, activity)
        for slot, value in enumerate(old.values):
            if value == old.saved[slot]:
                continue
            if row.values[slot] not in (old.saved[slot], value):
                clashes.append(f"«{activity.title}», {names.get(slot, 'otra cifra')}")
            row.values[slot] = value
    for lost in known.values():
        if lost.is_changed:
            clashes.append(f"«{lost.fact.title}», que otra persona quitó")
            again = replace(activity_of(lost), id=0, row_id=0, version=1, order=0)
            rows.append(GridRow(("otra vez", lost.key), again, values_of(again), new=True))
    rows += [row for row in mine if row.is_new]
    return Rebased(tuple(rows), tuple(taken), tuple(clashes))


def _fields_over(old: GridRow, activity: Activity) -> Activity:
    """The saved activity with the texts that were changed here."""
    changed = {
        name: getattr(old.fact, name)
        for name in FIELD_WORDS
        if name not in ("annual", "annual_money") and getattr(old.fact, name) != getattr(old.saved_fact, name)
    }
    return replace(activity, **changed) if changed else activity
