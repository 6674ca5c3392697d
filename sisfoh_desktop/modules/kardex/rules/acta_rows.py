"""What an acta lists, and how lists show actas and the movements that wait for one. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.basics.words import number_in_words
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind, ToldMovement, acta_kind_of
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType


@dataclass(frozen=True)
class ActaRow:
    """A row of an acta's table: consecutive forms of a type in one condition; no numbers where there are none."""

    form: str
    first: str
    last: str
    form_count: int
    condition: str


@dataclass(frozen=True)
class ActaLine:
    """A paper of the kardex as lists show it; `living` until it is annulled or observed."""

    id: int
    paper_id: int
    kind: ActaKind
    number_text: str
    title: str
    dated: date
    holder_id: int
    made_by: str
    movement_ids: tuple[int, ...]
    state: str
    living: bool
    signed_count: int
    signer_count: int
    next_signer: str


@dataclass(frozen=True)
class ActaSuggestion:
    """Movements that wait for an acta and fit in one: same day, kind of acta, giver and receiver."""

    kind: ActaKind
    moved_on: date
    from_holder_id: int
    to_holder_id: int
    from_name: str
    to_name: str
    movement_ids: tuple[int, ...]
    numbers: tuple[int, ...]
    types: str
    form_count: int


@dataclass(frozen=True)
class ActaDesk:
    """What waits for an acta and the papers made; `waiting_shown` and `made_shown` how many are told where older ones
    are left out, 0 where all are.
    """

    waiting: tuple[ActaSuggestion, ...] = ()
    made: tuple[ActaLine, ...] = ()
    waiting_shown: int = 0
    made_shown: int = 0


def acta_rows(movements: Iterable[ToldMovement], types: Mapping[int, FormType]) -> tuple[ActaRow, ...]:
    """What an acta lists: by type and condition, consecutive numbers in one row."""
    numbered: dict[tuple[int, Condition], list[FormRange]] = {}
    counted: dict[tuple[int, Condition], int] = {}
    for one in movements:
        for piece in one.pieces:
            key = (one.type_id, piece.condition)
            if piece.forms is None:
                counted[key] = counted.get(key, 0) + piece.form_count
            else:
                numbered.setdefault(key, []).append(piece.forms)
    order = list(Condition)
    keys = sorted({*numbered, *counted}, key=lambda key: (types[key[0]].code, key[0], order.index(key[1])))
    rows: list[ActaRow] = []
    named: set[int] = set()
    for type_id, condition in keys:
        form = types[type_id]
        pieces: list[tuple[FormRange | None, int]] = [
            (one_range, one_range.count)
            for one_range in FormRanges.of(numbered.get((type_id, condition), ()))
        ]
        if (type_id, condition) in counted:
            pieces.append((None, counted[type_id, condition]))
        for forms, count in pieces:
            name = form.code if type_id in named else form_name(form)
            named.add(type_id)
            rows.append(row_of(form, forms, count, condition.label, name))
    return tuple(rows)


def row_of(form: FormType, forms: FormRange | None, count: int, condition: str, name: str = "") -> ActaRow:
    """A row with its numbers as they are printed on the forms; it calls the type by its code unless told a name."""
    first = form.number_text(forms.first) if forms else ""
    last = form.number_text(forms.last) if forms else ""
    return ActaRow(name or form.code, first, last, count, condition)


def form_name(form: FormType) -> str:
    """`FSU, Ficha Socioeconómica Única`, with the sheet's edition where it is known."""
    edition = f" ({form.layout_version})" if form.layout_version else ""
    return f"{form.code}, {form.title}{edition}" if form.title != form.code else f"{form.code}{edition}"


def total_words(count: int) -> str:
    """`500 (quinientos) formularios`."""
    noun = "formulario" if count == 1 else "formularios"
    return f"{format_count(count)} ({number_in_words(count, before_noun=True)}) {noun}"


def format_count(count: int) -> str:
    """`16 391`, its blank never broken at a line's end."""
    return f"{count:,}".replace(",", "\u00a0")


def suggestions(
    movements: Iterable[ToldMovement], names: Mapping[int, str], codes: Mapping[int, str]
) -> list[ActaSuggestion]:
    """The movements put together as actas are usually made, the newest day first."""
    groups: dict[tuple[date, ActaKind, int, int], list[ToldMovement]] = {}
    for one in movements:
        kind = acta_kind_of(one.kind)
        if kind is not None and not one.reverted:
            groups.setdefault((one.moved_on, kind, one.from_holder_id, one.to_holder_id), []).append(one)
    made = []
    for (day, kind, giver, receiver), group in groups.items():
        group.sort(key=lambda one: one.number)
        made.append(
            ActaSuggestion(
                kind=kind,
                moved_on=day,
                from_holder_id=giver,
                to_holder_id=receiver,
                from_name=names.get(giver, ""),
                to_name=names.get(receiver, ""),
                movement_ids=tuple(one.id for one in group),
                numbers=tuple(one.number for one in group),
                types=", ".join(sorted({codes.get(one.type_id, "") for one in group})),
                form_count=sum(one.form_count for one in group),
            )
        )
    return sorted(made, key=lambda one: (one.moved_on, one.numbers), reverse=True)
