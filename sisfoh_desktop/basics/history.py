"""The trail in plain words: what was kept as values becomes sentences that a clerk reads.

Names of actions and fields are each module's (`rules/history.py`); here are the words that all share and the way
in which values are said. A DNI is masked and a hash shortened wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import mask_dni, without_dni
from sisfoh_desktop.basics.money import format_amount

NOTHING = "—"
LONGEST_VALUE = 600  # signs of one value on screen
_HASH = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
_MONEY = re.compile(r"-?\d+\.\d{2}")
_CODE_WORD = re.compile(r"[a-z]+(_[a-z]+)+")
_FIRST = ("title", "name", "number", "document", "state")  # told before the rest
# What names a row of a list, in the order of preference.
_ROW_NAMES = ("text", "title", "name", "label", "line", "description", "code")

SHARED_FIELDS: Mapping[str, str] = {
    "amount": "Monto",
    "dated": "Fecha",
    "days": "Días",
    "document": "Documento",
    "due": "Vence",
    "expediente": "",
    "file": "Archivo",
    "held_by": "La usa el acto",
    "id": "",
    "kind": "Clase",
    "matter": "Asunto",
    "name": "Nombre",
    "norm": "Norma",
    "number": "Número",
    "on": "Fecha",
    "pages": "Páginas",
    "paper": "",
    "reason": "Motivo",
    "sha256": "Huella del archivo",
    "state": "Estado",
    "text": "Texto",
    "title": "Título",
    "valid_from": "Rige desde",
    "valid_to": "Rige hasta",
    "version": "",
    "year": "Año",
}


@dataclass(frozen=True)
class HistoryEntry:
    """One entry of the trail as it was kept; `before` and `after` hold plain values."""

    id: int
    at: datetime
    actor: str
    office: str
    action: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""


@dataclass(frozen=True)
class HistoryWords:
    """A module's words: its actions, its fields ("" hides one), and by field the values that need another word.

    `about` are fields that say which part of the record an entry is about: no change, although kept as what was.
    """

    actions: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    about: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """One field of an entry: its label and what it was and is, said in words."""

    label: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """`Estado: borrador → firmada`, or only what was set or taken out."""
        if self.before and self.after:
            return f"{self.label}: {self.before} → {self.after}"
        if self.before:
            return f"{self.label}: se quitó {self.before}"
        return f"{self.label}: {self.after or NOTHING}"


@dataclass(frozen=True)
class HistoryLine:
    """One line of a history: when, who, what was done to what, the changes and the reason given."""

    id: int
    at: datetime
    who: str
    what: str
    changes: tuple[Change, ...] = ()
    reason: str = ""

    @property
    def summary(self) -> str:
        """The changes and the reason in one line."""
        parts = [change.text for change in self.changes]
        return "; ".join([*parts, f"Motivo: {self.reason}"] if self.reason else parts)


def told(
    entries: Iterable[HistoryEntry],
    words: HistoryWords | Sequence[HistoryWords],
    subjects: Mapping[str, str] | None = None,
) -> list[HistoryLine]:
    """The entries as lines, in the order given.

    The first table that knows an action or a field names it; `subjects` names records ("officer:3") where one
    history tells of several.
    """
    tables = [words] if isinstance(words, HistoryWords) else list(words)
    named = subjects or {}
    return [
        HistoryLine(
            id=entry.id,
            at=entry.at.astimezone(LIMA),
            who=" · ".join(part for part in (entry.actor, entry.office) if part) or NOTHING,
            what=": ".join(
                part for part in (action_words(entry.action, tables), named.get(entry.subject, "")) if part
            ),
            changes=tuple(_changes(entry.before or {}, entry.after or {}, tables)),
            reason=_covered(entry.reason.strip()),
        )
        for entry in entries
    ]


def action_words(action: str, tables: Sequence[HistoryWords]) -> str:
    """What was done; an action without words says so and shows its name."""
    for table in tables:
        if action in table.actions:
            return table.actions[action]
    return f"Otro cambio ({action.replace('_', ' ').replace('.', ', ')})"


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], tables: Sequence[HistoryWords], inside: str = ""
) -> Iterator[Change]:
    named = dict.fromkeys((*after, *before))
    said: set[str] = set()
    for name in sorted(named, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)):
        label = _label(name, tables)
        was, now, had = before.get(name), after.get(name), name in before
        if had and name not in after and any(name in table.about for table in tables):
            was, now, had = None, was, False
        if not label or (had and name in after and was == now):
            continue
        label = f"{inside} · {label}" if inside else label
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _changes(was, now, tables, label)
            continue
        old, new = (_value(name, value, tables) for value in (was, now))
        if had and not old and new:
            old = NOTHING
        if name in after and not new and old:
            new = NOTHING
        if new in said and any(name in table.about for table in tables):
            continue  # the same document by its title and by its number
        said.add(new)
        if old or new:
            yield Change(label, old, new)


def _label(name: str, tables: Sequence[HistoryWords]) -> str:
    """The field's name on screen; `unit:3` is looked up as `unit`, an unknown one is made readable."""
    stem, colon, _number = name.partition(":")
    for fields in (*(table.fields for table in tables), SHARED_FIELDS):
        if name in fields:
            return fields[name]
        if colon and stem in fields:
            return fields[stem]
    plain = name.replace("_", " ")
    return plain[:1].upper() + plain[1:]


def _value(name: str, value: Any, tables: Sequence[HistoryWords]) -> str:
    """One value in words; "" where there is nothing to say."""
    for table in tables:
        known = table.values.get(name, {})
        if not isinstance(value, Mapping | list) and str(value) in known:
            return known[str(value)]
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if name == "dni":
        return _dni(str(value))
    if isinstance(value, Mapping):
        return _cut("; ".join(change.text for change in _changes({}, value, tables)))
    if isinstance(value, list):
        return _cut(" / ".join(filter(None, (_row(name, one, tables) for one in value))))
    return _cut(_plain(str(value)))


def _row(name: str, row: Any, tables: Sequence[HistoryWords]) -> str:
    """A row of a list by what names it, or all that it says."""
    if isinstance(row, Mapping):
        main = next((row[key] for key in _ROW_NAMES if row.get(key)), None)
        if main is not None:
            return f"«{_plain(str(main))}»"
    if isinstance(row, list):
        return ": ".join(filter(None, (_value(name, one, tables) for one in row)))
    return _value(name, row, tables)


def _plain(text: str) -> str:
    """Dates, money and codes as they are written on papers; figures that could be a DNI covered."""
    if _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return _covered(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(LIMA)
        return f"{format_date(moment.date())} {moment:%H:%M}"
    if _DAY.fullmatch(text):
        try:
            return format_date(date.fromisoformat(text))
        except ValueError:
            return text
    if _MONEY.fullmatch(text):
        return format_amount(Decimal(text))
    if _CODE_WORD.fullmatch(text):
        return text.replace("_", " ")
    return _covered(text)


def _covered(text: str) -> str:
    return without_dni(_HASH.sub(lambda found: f"{found.group(1)}…", text))


def _dni(text: str) -> str:
    """A DNI that was masked when it was kept, or masked now."""
    return mask_dni(text) if text.isdigit() else text


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1].rstrip()}…"
