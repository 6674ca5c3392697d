"""Which movements the register shows: a filter as conditions on the table of movements.

Texts are looked for without accents: the base narrows them down by a looser pattern, and what it finds is looked at
again here.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, func, or_, select, union

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.kardex.rules.facts import FormType, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import RegisterFilter
from sisfoh_desktop.modules.kardex.store.trace import list_movement_ids
from sisfoh_desktop.modules.kardex.tables import KardexHolderRow, KardexMovementRow

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect, Select
    from sqlalchemy.orm import Session

TEXTS = ("document", "reason", "witness", "note", "archive_box", "archive_folder", "archive_folio")

_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_HOLDERS = cast(Table, KardexHolderRow.__table__)
_MOST_WORDS = 8
_ACCENTABLE = (
    "aeioucn"  # a letter that may bear a mark where it is stored: any sign stands for it in the pattern
)
_LOOSE = str.maketrans(dict.fromkeys(_ACCENTABLE, "_") | {sign: f"\\{sign}" for sign in "%_\\"})


class RegisterSearch:
    """A filter over one campaign. `fits` must be asked of every row that `numbers` finds when there are `words`."""

    def __init__(
        self,
        session: "Session",
        campaign_id: int,
        form_types: Sequence[FormType],
        wanted: RegisterFilter,
    ) -> None:
        self._session = session
        self._campaign_id = campaign_id
        self._types = {form_type.id: form_type for form_type in form_types}
        self._wanted = wanted
        self._exact_case = session.get_bind().dialect.name != "sqlite"
        self.words = without_accents(wanted.text).split()[:_MOST_WORDS]
        self._ids: list[int] | None = None
        if wanted.number is not None:
            self._ids = list_movement_ids(session, campaign_id, wanted.number)
        columns = sum(map(bool, (wanted.type_id, wanted.holder_id, wanted.kind)))
        dated = wanted.since is not None or wanted.until is not None
        self.is_indexed = self._ids is not None or (columns <= 1 and not dated and not self.words)

    def bounds(self, newest: int) -> tuple[int, int]:
        """The lowest and the highest number that can fit, given the campaign's last one; (1, 0) when none can."""
        days = self._days()
        if not days:
            return 1, newest
        query = select(func.min(_MOVEMENTS.c.number), func.max(_MOVEMENTS.c.number))
        low, high = self._session.execute(query.where(self._in_campaign(), *days)).one()
        return (1, 0) if low is None else (low, high)

    def numbers(
        self, low: int, high: int, limit: int | None, *, backwards: bool
    ) -> "Select[Any] | CompoundSelect[Any]":
        """Ids and numbers of movements that may fit, between two numbers, in order."""
        holder_id, number = self._wanted.holder_id, _MOVEMENTS.c.number
        sides = (_MOVEMENTS.c.from_holder_id == holder_id, _MOVEMENTS.c.to_holder_id == holder_id)
        if self._ids is not None:
            # number + 0: else the database may walk the whole index of numbers to spare itself a sort of a few rows
            few = [_MOVEMENTS.c.id.in_(self._ids), (number + 0).between(low, high), *self._conditions()]
            return _ordered([*few, or_(*sides)] if holder_id else few, number + 0, limit, backwards)
        conditions = [number.between(low, high), *self._conditions()]
        if not holder_id:
            within = [] if self._wanted.type_id else [self._in_campaign()]
            return _ordered([*within, *conditions], number, limit, backwards)
        # a branch for each side, so that each walks the index of its own
        parts = [
            _ordered([side, self._in_campaign(), *conditions], number, limit, backwards).subquery()
            for side in sides
        ]
        both = union(*(select(part.c.id, part.c.number) for part in parts)).subquery()
        query = select(both.c.id, both.c.number)
        query = query.order_by(both.c.number.desc() if backwards else both.c.number)
        return query if limit is None else query.limit(limit)

    def fits(self, row: Any) -> bool:
        """Whether every word is somewhere in what the row shows."""
        if not self.words:
            return True
        shown = (
            f"{row.number:06d}",
            MovementKind(row.kind).label,
            self._types[row.form_type_id].code,
            row.from_name,
            row.to_name,
            *(getattr(row, name) for name in TEXTS),
        )
        told = without_accents("\n".join(shown))
        return all(word in told for word in self.words)

    def _conditions(self) -> list[Any]:
        wanted = self._wanted
        conditions: list[Any] = self._days()
        if wanted.type_id:
            conditions.append(_MOVEMENTS.c.form_type_id == wanted.type_id)
        if wanted.kind is not None:
            conditions.append(_MOVEMENTS.c.kind == wanted.kind.value)
        return conditions + [self._may_have(word) for word in self.words]

    def _in_campaign(self) -> Any:
        return _MOVEMENTS.c.campaign_id == self._campaign_id

    def _days(self) -> list[Any]:
        since, until = self._wanted.since, self._wanted.until
        days: list[Any] = [_MOVEMENTS.c.moved_on >= since] if since is not None else []
        if until is not None:
            days.append(_MOVEMENTS.c.moved_on <= until)
        return days

    def _may_have(self, word: str) -> Any:
        """What is cheap to compare stands first: most rows are decided by it."""
        kinds = [kind.value for kind in MovementKind if word in without_accents(kind.label)]
        types = [one.id for one in self._types.values() if word in without_accents(one.code)]
        named = select(_HOLDERS.c.id).where(self._like(_HOLDERS.c.name, word))
        either: list[Any] = [_MOVEMENTS.c.kind.in_(kinds)] if kinds else []
        if types:
            either.append(_MOVEMENTS.c.form_type_id.in_(types))
        if word.isdigit() and len(word) <= 9:
            either.append(_MOVEMENTS.c.number == int(word))
        either += [side.in_(named) for side in (_MOVEMENTS.c.from_holder_id, _MOVEMENTS.c.to_holder_id)]
        return or_(*either, *(self._like(_MOVEMENTS.c[name], word) for name in TEXTS))

    def _like(self, column: Any, word: str) -> Any:
        pattern = f"%{word.translate(_LOOSE)}%"
        return column.ilike(pattern, escape="\\") if self._exact_case else column.like(pattern, escape="\\")


def _ordered(conditions: Sequence[Any], by: Any, limit: int | None, backwards: bool) -> "Select[Any]":
    query = select(_MOVEMENTS.c.id, _MOVEMENTS.c.number).where(*conditions)
    query = query.order_by(by.desc() if backwards else by)
    return query if limit is None else query.limit(limit)
