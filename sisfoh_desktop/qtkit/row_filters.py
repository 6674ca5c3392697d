"""What a list lets through, column by column: words, some of the values, or a stretch of days or figures.

Which list shows what is in `row_model`; how a filter is asked for, in `row_dialogs`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.qtkit import row_order

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.row_model import Column

TEXTS, DAYS, FIGURES = "texts", "days", "figures"
MOST_VALUES = 60  # a column with more different values is filtered by words only
_SAMPLE = 200
_LONGEST_TOLD = 48
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class ColumnFilter:
    """What one column must hold, all of it at once; an empty part asks nothing.

    `words` stand in the cell in any order, accents ignored; the cell is one of `values`; its day or figure lies
    between `low` and `high`, both included (days as AAAA-MM-DD, figures with a point).
    """

    words: str = ""
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""

    @property
    def asks(self) -> bool:
        """Whether it filters anything."""
        return bool(self.words or self.values or self.low or self.high)

    def told(self, title: str) -> str:
        """The filter in words, for its chip: «Estado: Vigente o Borrador»."""
        parts = []
        if self.words:
            parts.append(f"contiene «{self.words}»")
        if self.values:
            parts.append(_joined(self.values))
        if self.low and self.high:
            parts.append(f"del {_shown(self.low)} al {_shown(self.high)}")
        elif self.low:
            parts.append(f"desde {_shown(self.low)}")
        elif self.high:
            parts.append(f"hasta {_shown(self.high)}")
        return f"{title}: {'; '.join(parts)}"

    def as_stored(self) -> dict[str, Any]:
        """For the file of saved views."""
        kept = {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}
        return kept | ({"values": list(self.values)} if self.values else {})

    @classmethod
    def from_stored(cls, stored: object) -> "ColumnFilter | None":
        """A filter from the file; None for anything that is none."""
        if not isinstance(stored, dict):
            return None
        values = stored.get("values", [])
        texts = {name: stored.get(name, "") for name in ("words", "low", "high")}
        if not isinstance(values, list) or not all(
            isinstance(one, str) for one in [*values, *texts.values()]
        ):
            return None
        if not all(_is_bound(texts[name]) for name in ("low", "high")):
            return None
        if len({type(_bound(texts[name])) for name in ("low", "high") if texts[name]}) > 1:
            return None  # from a day to a figure
        made = cls(values=tuple(values), **texts)
        return made if made.asks else None


def kind_of(keys: Sequence[Any], align: str) -> str:
    """Whether a column holds days, figures or texts, by some of the keys that it sorts by."""
    known = [key for key in keys[:_SAMPLE] if key is not None]
    if known and all(isinstance(key, date) for key in known):
        return DAYS
    figures = all(isinstance(key, int | float | Decimal) and not isinstance(key, bool) for key in known)
    return FIGURES if known and figures and align == "right" else TEXTS


def values_of(texts: Sequence[str]) -> list[tuple[str, int]]:
    """The different texts of a column in Spanish order, with how often each stands there; [] for too many."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
        if len(counts) > MOST_VALUES:
            return []
    names = list(counts)
    rank = dict(zip(names, row_order.order_keys(names), strict=True))
    return sorted(counts.items(), key=lambda pair: rank[pair[0]])


def passing(
    wanted: ColumnFilter,
    rows: Sequence[int],
    texts: Callable[[], Sequence[str]],
    keys: Callable[[], Sequence[Any]],
) -> list[int]:
    """Those of `rows` that the filter lets through; `texts` and `keys` give those of the whole column."""
    left = list(rows)
    if wanted.values:
        cells, chosen = texts(), frozenset(wanted.values)
        left = [row for row in left if cells[row] in chosen]
    if wanted.words:
        cells = texts()
        folded = row_order.fold_texts([cells[row] for row in left])
        left = [left[place] for place in row_order.matching_rows(folded, wanted.words)]
    if wanted.low or wanted.high:
        low, high, ordered = _bound(wanted.low), _bound(wanted.high), keys()
        left = [row for row in left if _is_between(ordered[row], low, high)]
    return left


def passing_facts(
    columns: Sequence["Column"], filters: Mapping[str, ColumnFilter], facts: Sequence[Any]
) -> list[Any]:
    """Those of the facts that the filters of all columns let through, in their order; by the columns' titles."""
    rows = list(range(len(facts)))
    for column in columns:
        wanted = filters.get(column.title)
        if wanted is not None:
            rows = passing(wanted, rows, partial(_texts_of, column, facts), partial(_keys_of, column, facts))
    return [facts[row] for row in rows]


def _texts_of(column: "Column", facts: Sequence[Any]) -> list[str]:
    return [column.text(fact) for fact in facts]


def _keys_of(column: "Column", facts: Sequence[Any]) -> list[Any]:
    key = column.sort_key
    return [key(fact) for fact in facts] if key is not None else [None] * len(facts)


def _joined(values: Sequence[str]) -> str:
    named = [value or "(vacío)" for value in values]
    told = " o ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
    return told if len(told) <= _LONGEST_TOLD else f"{len(named)} valores"


def _bound(text: str) -> date | Decimal | None:
    if not text:
        return None
    if _DAY.fullmatch(text):  # eight figures together are the number of a form, though Python reads a day
        return date.fromisoformat(text)
    return Decimal(text)


def _is_bound(text: str) -> bool:
    try:
        bound = _bound(text)
    except (InvalidOperation, ValueError):
        return False
    return not isinstance(bound, Decimal) or bound.is_finite()


def _shown(bound: str) -> str:
    day = _bound(bound)
    return format_date(day) if isinstance(day, date) else bound


def _is_between(key: Any, low: Any, high: Any) -> bool:
    """Whether the key is of the kind of its bounds and lies between them."""
    if isinstance(key, datetime):
        key = key.date()
    kinds = (date,) if isinstance(low if low is not None else high, date) else (int, float, Decimal)
    if not isinstance(key, kinds):
        return False
    return (low is None or key >= low) and (high is None or key <= high)
