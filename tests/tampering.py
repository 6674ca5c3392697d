"""A hand that changes a base behind the program's back, and where the program should say that it was.

Works on a raw connection of either driver whose guards are down.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.db.audit import HASHED, entry_hash
from sisfoh_desktop.db.seals import LEDGERS, Key
from sisfoh_desktop.db.trail import _moment

Run = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
KINDS = ("changed", "removed", "swapped", "appended")
TRAIL = "audit_entry"


@dataclass(frozen=True)
class Deed:
    """What was done to which row; `keys` of a ledger's rows, of which one at least must be named."""

    table: str
    kind: str
    keys: tuple[Key, ...]


class Hand:
    """`run` executes a statement with `?` marks and gives its rows; `refused` is what it raises for a broken rule."""

    def __init__(self, run: Run, chance: random.Random, refused: type[Exception]) -> None:
        self._run, self._chance, self._refused = run, chance, refused

    def tamper(self, table: str, kind: str) -> Deed:
        """Do it to rows taken at random; again with others where the schema itself refuses."""
        for _ in range(60):
            self._run("SAVEPOINT hand", ())
            with suppress(self._refused):
                keys = getattr(self, f"_{kind}")(table)
                if keys:
                    self._run("RELEASE SAVEPOINT hand", ())
                    return Deed(table, kind, keys)
            self._run("ROLLBACK TO SAVEPOINT hand", ())
            self._run("RELEASE SAVEPOINT hand", ())
        raise AssertionError(f"{kind} in {table}: no row would do")

    def _changed(self, table: str) -> tuple[Key, ...]:
        [row] = self._some(table, 1)
        column = self._chance.choice([name for name in row if name not in self._keys(table)])
        value = row[column]
        if isinstance(value, bool):
            new: Any = not value
        elif isinstance(value, int):
            new = value + self._chance.choice((1, -1))
        elif value is None or isinstance(value, str):
            new = self._other_text(value)
        else:  # a moment or a day of PostgreSQL
            new = value.replace(year=value.year - 1, day=1)
        if self._is_sqlite_moment(column, value):
            new = f"2019{value[4:]}"
        self._set(table, row, {column: new})
        return (self._key(table, row),)

    def _removed(self, table: str) -> tuple[Key, ...]:
        [row] = self._some(table, 1)
        self._run(f"DELETE FROM {table} WHERE {self._where(table)}", self._key(table, row))
        return (self._key(table, row),)

    def _swapped(self, table: str) -> tuple[Key, ...]:
        """Their keys, or all the rest, change places."""
        if self._count(table) < 2:
            return ()
        one, other = self._some(table, 2)
        rest = [name for name in one if name not in self._keys(table)]
        if [one[name] for name in rest] == [other[name] for name in rest]:
            return ()  # nobody could tell them apart
        keys = (self._key(table, one), self._key(table, other))
        if len(self._keys(table)) == 1 and self._chance.random() < 0.5:
            for was, becomes in ((keys[0], (10**8,)), (keys[1], keys[0]), ((10**8,), keys[1])):
                self._run(f"UPDATE {table} SET id = ? WHERE id = ?", (*becomes, *was))
        else:
            rest = [name for name in rest if table != TRAIL or name not in ("previous_hash", "hash")]
            self._set(table, one, {name: other[name] for name in rest})
            self._set(table, other, {name: one[name] for name in rest})
        return tuple(sorted(keys)) if table == TRAIL else keys

    def _appended(self, table: str) -> tuple[Key, ...]:
        [row] = self._some(table, 1)
        keys = self._keys(table)
        if table == TRAIL:
            row = self._forged(row)
        else:
            [(last,)] = self._run(f"SELECT max({keys[-1]}) FROM {table}", ())
            row = {**row, keys[-1]: last + 1}
            if "number" in row:
                row["number"] = 99_999
        marks = ", ".join("?" * len(row))
        names = ", ".join(f'"{name}"' for name in row)
        self._run(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        return (self._key(table, row),)

    def _forged(self, row: dict[str, Any]) -> dict[str, Any]:
        """An entry that fits behind the last one: only the head knows nothing of it. Or one before the first."""
        [(last, before)] = self._run("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1", ())
        if self._chance.random() < 0.3:
            return {**row, "id": -self._chance.randrange(3), "hash": f"{self._chance.getrandbits(256):064x}"}
        forged = {**row, "id": last + 1, "previous_hash": before, "reason": "de puño y letra"}
        told = {name: forged[name] for name in HASHED}
        forged["hash"] = entry_hash({**told, "at": _moment(forged["at"])})
        return forged

    def _some(self, table: str, count: int) -> list[dict[str, Any]]:
        keys = ", ".join(self._keys(table))
        chosen = self._chance.sample(self._run(f"SELECT {keys} FROM {table} ORDER BY {keys}", ()), count)
        return [self._row(table, tuple(key)) for key in chosen]

    def _row(self, table: str, key: Key) -> dict[str, Any]:
        names = self.columns(table)
        told = ", ".join(f'"{name}"' for name in names)
        [row] = self._run(f"SELECT {told} FROM {table} WHERE {self._where(table)}", key)
        return dict(zip(names, row, strict=True))

    def columns(self, table: str) -> list[str]:
        from sisfoh_desktop.db.base import Base

        return [column.name for column in Base.metadata.tables[table].columns]

    def _set(self, table: str, row: dict[str, Any], values: dict[str, Any]) -> None:
        told = ", ".join(f'"{name}" = ?' for name in values)
        statement = f"UPDATE {table} SET {told} WHERE {self._where(table)}"
        self._run(statement, (*values.values(), *self._key(table, row)))

    def _count(self, table: str) -> int:
        return int(self._run(f"SELECT count(*) FROM {table}", ())[0][0])

    def _keys(self, table: str) -> tuple[str, ...]:
        return ("id",) if table == TRAIL else LEDGERS[table]

    def _where(self, table: str) -> str:
        return " AND ".join(f"{name} = ?" for name in self._keys(table))

    def _key(self, table: str, row: dict[str, Any]) -> Key:
        return tuple([int(row[name]) for name in self._keys(table)])

    def _other_text(self, value: str | None) -> str:
        text = value or ""
        return self._chance.choice([f"{text}.", f"x{text[1:]}" if text[:1] != "x" else "y", f"{text[:-1]}ñ"])

    def _is_sqlite_moment(self, column: str, value: Any) -> bool:
        return isinstance(value, str) and len(value) == 26 and (column == "at" or column.endswith("_at"))


def same_place(deed: Deed, first: Key, last: Key) -> bool:
    """Whether a fault of a ledger names a row of the deed, or the hundred it lies in."""
    return any(first <= key <= last for key in deed.keys)
