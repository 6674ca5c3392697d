"""The activity that a row of an imported table tells, and what of its own cells cannot be kept.

Which stored activity it is, and what changes there, is in `import_placing`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sisfoh_desktop.basics.cell_blocks import MAX_QUANTITY
from sisfoh_desktop.basics.money import MAX_AMOUNT
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.poi.rules.facts import (
    Activity,
    Direction,
    GoalKind,
    Months,
    Nature,
    months_of_quarter,
)
from sisfoh_desktop.modules.poi.rules.import_plan import folded
from sisfoh_desktop.modules.poi.rules.import_words import place_words, short_text
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    TEXT_MEANINGS,
    FileRow,
    Finding,
    NumberCell,
    month_meaning,
    quarter_meaning,
)
from sisfoh_desktop.modules.poi.rules.programme import TEXT_LIMITS

MONTHS = range(1, 13)
_LONGEST_CHOICE = 200  # of columns that are no text of an activity: «suma», «más»
FREE_TEXTS = tuple(
    name
    for name in TEXT_MEANINGS
    if name not in ("unit_name", "title", "measure", "goal_kind", "direction", "nature", "measure_code")
)


@dataclass(frozen=True, eq=False, slots=True)
class ToldFigures:
    """What some cells tell, by meaning and by month; `sound`: every figure can be kept exactly."""

    cells: tuple[NumberCell, ...]
    values: Mapping[str, Decimal | None]
    programmed: Months
    programmed_money: Months
    executed: Months
    executed_money: Months
    sound: bool


class FiguresTold(dict[tuple[int, ...], ToldFigures]):
    """The figures of rows, reckoned once for all rows with the very same cells: a long table repeats few of them."""

    def of(self, row: FileRow) -> ToldFigures:
        """The figures that the row tells."""
        cells = tuple(map(id, row.numbers))
        found = self.get(cells)
        if found is None:  # it keeps the cells, so that no others take their identity
            found = self[cells] = figures_told(row)
        return found


def figures_told(row: FileRow) -> ToldFigures:
    """The figures of one row."""
    values = told_figures(row)
    return ToldFigures(
        row.numbers,
        values,
        months_told(values, executed=False),
        months_told(values, executed=False, money=True),
        months_told(values, executed=True),
        months_told(values, executed=True, money=True),
        next(figure_faults(row), None) is None,
    )


def activity_of(row: FileRow, *, order: int = 0, figures: ToldFigures | None = None) -> Activity:
    """The activity as the row tells it; what it does not tell is blank. `figures` are the row's, where known."""
    told = figures or figures_told(row)
    texts: dict[str, Any] = {name: row.text(name) for name in FREE_TEXTS}
    return Activity(
        unit_name=row.text("unit_name"),
        title=row.text("title"),
        measure=row.text("measure"),
        annual=told.values.get(ANNUAL),
        programmed=told.programmed,
        annual_money=told.values.get(ANNUAL_MONEY),
        programmed_money=told.programmed_money,
        goal_kind=GoalKind.STOCK if _says(row.text("goal_kind"), _STOCK) else GoalKind.SUM,
        direction=Direction.LESS if _says(row.text("direction"), _LESS) else Direction.MORE,
        nature=Nature.INVESTMENT if _says(row.text("nature"), _INVESTMENT) else Nature.ACTIVITY,
        order=order,
        **texts,
    )


def merged_activity(row: FileRow, told: Activity, known: Activity) -> Activity:
    """The stored activity with what the row tells put in; columns that the file lacks stay as they are."""
    has = {one.meaning for one in row.numbers}
    values: dict[str, Any] = {name: row.text(name) for name in (*FREE_TEXTS, "measure") if row.text(name)}
    if folded(told.measure) == folded(known.measure):
        values.pop("measure", None)
    for name in ("goal_kind", "direction", "nature"):
        if row.text(name):
            values[name] = getattr(told, name)
    if ANNUAL in has:
        values["annual"] = told.annual
    if ANNUAL_MONEY in has:
        values["annual_money"] = told.annual_money
    return replace(
        known,
        **values,
        programmed=_merged(has, told.programmed, known.programmed, money=False),
        programmed_money=_merged(has, told.programmed_money, known.programmed_money, money=True),
    )


def quarters_only(meanings: Collection[str]) -> bool:
    """Whether some figures come by quarter without their months, and are kept in the quarter's last month."""
    told = set(meanings)
    return any(quarter in told and not months & told for quarter, months in _QUARTERS)


# --- inside ---

_STOCK = ("acum", "stock", "si", "s", "x", "1", "ultimo")
_LESS = ("menos", "menor", "desc", "decrec", "negativ", "reduc")
_INVESTMENT = ("inver", "proyecto", "cui")
_QUARTERS = tuple(
    (
        quarter_meaning(executed, quarter, money=money),
        {month_meaning(executed, month, money=money) for month in months_of_quarter(quarter)},
    )
    for executed in (False, True)
    for money in (False, True)
    for quarter in range(1, 5)
)


@lru_cache(maxsize=1024)
def _says(text: str, starts: Sequence[str]) -> bool:
    said = without_accents(text).strip()
    return any(said == one if len(one) < 3 else said.startswith(one) for one in starts)


def told_figures(row: FileRow) -> dict[str, Decimal | None]:
    """The figures by meaning; a quarter that comes without its months stands in its last month."""
    values = {one.meaning: one.value for one in row.numbers}
    for quarter, months in _QUARTERS:
        if quarter in values and not any(month in values for month in months):
            values[max(months)] = values[quarter]
    return values


def months_told(values: Mapping[str, Decimal | None], *, executed: bool, money: bool = False) -> Months:
    """Twelve months out of figures by meaning."""
    return tuple(values.get(month_meaning(executed, month, money=money)) for month in MONTHS)


def _merged(has: Collection[str], told: Months, known: Months, *, money: bool) -> Months:
    return tuple(
        told[month - 1] if is_told(has, month, money=money) else known[month - 1] for month in MONTHS
    )


def is_told(has: Collection[str], month: int, *, money: bool) -> bool:
    """Whether the file programmes this month: its column, or the quarter's where it has no months."""
    if month_meaning(False, month, money=money) in has:
        return True
    quarter = (month + 2) // 3
    months = months_of_quarter(quarter)
    return quarter_meaning(False, quarter, money=money) in has and not any(
        month_meaning(False, one, money=money) in has for one in months
    )


def text_faults(row: FileRow, told: Activity, *, known: bool) -> Iterator[Finding]:
    """Texts that are longer than what is kept, and those that a new activity (not `known`) lacks."""
    for name in () if known else ("unit_name", "title", "measure"):
        if not getattr(told, name).strip():
            yield Finding(
                row.row,
                "text_missing",
                f"Fila {row.row}: falta {_WITH_ARTICLE[name]}.",
                meanings=(name,),
                sheet=row.sheet,
            )
    if all(len(text) <= TEXT_LIMITS.get(name, _LONGEST_CHOICE) for name, text in row.texts.items()):
        return
    for name in TEXT_MEANINGS:
        limit = TEXT_LIMITS.get(name, _LONGEST_CHOICE)
        if len(row.text(name)) > limit:
            yield Finding(
                row.row,
                "cell_unreadable",
                f"Fila {row.row}: «{TEXT_MEANINGS[name]}» tiene {len(row.text(name))} letras y el máximo es {limit}.",
                found=short_text(row.text(name)),
                meanings=(name,),
                sheet=row.sheet,
            )


_WITH_ARTICLE = {
    "unit_name": "la unidad orgánica",
    "title": "el nombre de la actividad",
    "measure": "la unidad de medida",
}


def figure_faults(row: FileRow) -> Iterator[Finding]:
    """Figures that cannot be kept exactly: four places in units, two in soles."""
    for one in row.numbers:
        value = one.value
        if value is None:
            continue
        money = one.meaning == ANNUAL_MONEY or one.meaning.startswith("m")
        most, places = (MAX_AMOUNT, 2) if money else (MAX_QUANTITY, 4)
        wrong = "es negativa" if value < 0 else ""
        if not wrong and (value > most or value != round(value, places)):
            wrong = "tiene más cifras de las que se guardan"
        if wrong:
            yield Finding(
                row.row,
                "cell_unreadable",
                f"Fila {row.row}: {place_words(one.meaning)} («{short_text(one.text)}») {wrong}.",
                found=short_text(one.text),
                meanings=(one.meaning,),
                sheet=row.sheet,
            )


def quarters_again(values: Mapping[str, Decimal | None], kind: GoalKind) -> dict[str, Decimal | None]:
    """The quarters of a reading reckoned from its months, where the file has the three of them."""
    again = dict(values)
    for quarter, months in _QUARTERS:
        if quarter in again and months <= again.keys():
            told = [value for month in sorted(months) if (value := again[month]) is not None]
            again[quarter] = None if not told else sum(told, Decimal(0)) if kind is GoalKind.SUM else told[-1]
    return again
