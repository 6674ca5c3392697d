"""Which columns of the base hold personal data, as the data file says; which of them nobody marked. Plain Python."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

ACCOUNT = "account"
_STAFF = "Personal de la oficina que usa el programa"
_ASIDE = re.compile(r"[;:(]|, (?:p\. ej\.|en JSON|por argon2id|un párrafo por línea)")


@dataclass(frozen=True)
class BaseColumn:
    """A column as the schema has it: `is_key` for those that only point at rows, `is_text` for text and bytes.

    `comment` is what the schema says of it in Spanish; "" where it says nothing.
    """

    table: str
    name: str
    is_key: bool
    is_text: bool
    comment: str = ""


@dataclass(frozen=True)
class PersonalColumn:
    """A column that holds personal data: of what kind, whose, why it is kept, whether it is sensitive.

    `words` is what a person reads in the place of its name.
    """

    table: str
    name: str
    kind: str
    holders: str
    why: str
    sensitive: bool = False
    words: str = ""


@dataclass(frozen=True)
class InventoryTable:
    """A table that holds personal data and how many rows it has now."""

    name: str
    title: str
    holders: str
    columns: tuple[PersonalColumn, ...]
    row_count: int = 0

    @property
    def sensitive(self) -> bool:
        """Whether some column is sensitive (Ley 29733, art. 2.5)."""
        return any(one.sensitive for one in self.columns)


@dataclass(frozen=True)
class _Marks:
    """What the file says of one table."""

    title: str
    holders: str
    people: bool
    plain: frozenset[str]
    personal: Mapping[str, Any]


@dataclass(frozen=True)
class Catalogue:
    """The data file as it was read; `kind_label` gives the printed name of a kind."""

    kinds: Mapping[str, tuple[str, str]]
    tables: Mapping[str, _Marks]
    account: Sequence[str] = field(default=())
    plain: Sequence[str] = field(default=())

    def kind_label(self, kind: str) -> str:
        return self.kinds[kind][0]

    def find(self, column: BaseColumn) -> PersonalColumn | None:
        """How the column is marked as personal; None when it is not, or when nobody said."""
        marks = self.tables.get(column.table)
        told = marks.personal.get(column.name) if marks else None
        if told is None:
            if marks is not None and column.name in marks.plain:
                return None
            if column.is_key or not any(fnmatchcase(column.name, one) for one in self.account):
                return None
            told = ACCOUNT
        whole = {"kind": told} if isinstance(told, str) else told
        kind = str(whole["kind"])
        return PersonalColumn(
            table=column.table,
            name=column.name,
            kind=kind,
            holders=_STAFF if kind == ACCOUNT or marks is None else marks.holders,
            why=str(whole.get("why", self.kinds[kind][1])),
            sensitive=bool(whole.get("sensitive", False)),
            words=str(whole.get("words", "")) or column_words(column.comment),
        )

    def is_plain(self, column: BaseColumn) -> bool:
        """Whether the column is known to hold no personal data."""
        marks = self.tables.get(column.table)
        if marks is not None and column.name in marks.plain:
            return True
        if column.is_key or any(fnmatchcase(column.name, one) for one in self.plain):
            return True
        return not column.is_text and not (marks is not None and marks.people)


def read_catalogue(told: Mapping[str, Any]) -> Catalogue:
    """The data file as tomllib gives it; KeyError when a table is marked with a kind that is not there."""
    kinds = {key: (str(one["label"]), str(one["why"])) for key, one in told["kind"].items()}
    tables = {
        name: _Marks(
            title=str(one.get("title", name)),
            holders=str(one.get("holders", "")),
            people=bool(one.get("people", False)),
            plain=frozenset(one.get("plain", ())),
            personal=dict(one.get("personal", {})),
        )
        for name, one in told["table"].items()
    }
    rules = told["rules"]
    return Catalogue(kinds, tables, tuple(rules["account"]), tuple(rules["plain"]))


def unmarked(catalogue: Catalogue, columns: Iterable[BaseColumn]) -> list[str]:
    """`table.column` of each one that is neither marked personal nor known not to be."""
    return [
        f"{one.table}.{one.name}"
        for one in columns
        if catalogue.find(one) is None and not catalogue.is_plain(one)
    ]


def marked_in_vain(catalogue: Catalogue, columns: Iterable[BaseColumn]) -> list[str]:
    """`table.column` that the file names and the schema has no longer."""
    there = {(one.table, one.name) for one in columns}
    return [
        f"{table}.{name}"
        for table, marks in catalogue.tables.items()
        for name in (*marks.plain, *marks.personal)
        if (table, name) not in there
    ]


def inventory_of(
    catalogue: Catalogue, columns: Sequence[BaseColumn], counts: Mapping[str, int]
) -> list[InventoryTable]:
    """The tables that hold personal data by their titles, each with its columns in the order of the schema."""
    found: dict[str, list[PersonalColumn]] = {}
    for column in columns:
        personal = catalogue.find(column)
        if personal is not None:
            found.setdefault(column.table, []).append(personal)
    lines = [
        InventoryTable(
            name=name,
            title=catalogue.tables[name].title if name in catalogue.tables else name,
            holders=(catalogue.tables[name].holders if name in catalogue.tables else "") or _STAFF,
            columns=tuple(personal),
            row_count=counts.get(name, 0),
        )
        for name, personal in found.items()
    ]
    return sorted(lines, key=lambda line: line.title.casefold())


def columns_words(table: InventoryTable, catalogue: Catalogue) -> list[str]:
    """One line for each kind of the table: «DNI (DNI de quien recibió)»; a sensitive one says so.

    A kind that its only column calls by the same words is said once.
    """
    by_kind: dict[str, list[str]] = {}
    for one in table.columns:
        words = one.words or one.name
        by_kind.setdefault(one.kind, []).append(f"{words}, sensible" if one.sensitive else words)
    said: list[str] = []
    for kind, names in by_kind.items():
        label = catalogue.kind_label(kind)
        told = list(dict.fromkeys(name for name in names if name.casefold() != label.casefold()))
        said.append(f"{label} ({', '.join(told)})" if told else label)
    return said


def column_words(comment: str) -> str:
    """What a column holds, from what the schema says of it: without when it is empty, nor how it is written down."""
    words = _ASIDE.split(comment, maxsplit=1)[0].strip()
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
