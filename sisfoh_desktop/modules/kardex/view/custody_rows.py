"""Who answers for which forms, in words and figures: the list of people, the ranges of one, their account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder
from sisfoh_desktop.modules.kardex.rules.reading import Custody, CustodyLine, FlowLine, HeldRange
from sisfoh_desktop.modules.kardex.view.stock_rows import CONDITION_TONES
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone


@dataclass(frozen=True)
class PersonRow:
    """A person with what they have of one type; `line` is None for somebody with nothing in their hands."""

    holder: Holder
    line: CustodyLine | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.holder.id, self.line.form_type.id if self.line is not None else 0

    @property
    def holds(self) -> bool:
        return self.line is not None and self.line.form_count > 0

    @property
    def over_days(self) -> bool:
        return self.line is not None and self.line.over_days

    @property
    def gone_with_forms(self) -> bool:
        """Not in force any more, with forms still in hand."""
        return self.holds and self.line is not None and not self.line.in_force


@dataclass(frozen=True)
class View:
    """A choice of the people to list."""

    words: str
    shows: Callable[[PersonRow], bool]
    empty: str


HOLDING = View("Con formularios", lambda row: row.holds, "Nadie tiene formularios que devolver.")
EVERYBODY = View("Todas las personas", lambda row: True, "No hay personas en el catálogo todavía.")
VIEWS = (
    HOLDING,
    View("Con demasiados días", lambda row: row.over_days, "Nadie pasa de los días que fija la campaña."),
    View(
        "Fuera de vigencia con formularios",
        lambda row: row.gone_with_forms,
        "Nadie fuera de vigencia tiene formularios.",
    ),
    EVERYBODY,
)


def person_rows(lines: Sequence[CustodyLine], holders: Sequence[Holder]) -> list[PersonRow]:
    """Every line of custody and, after them, the people without any."""
    with_forms = {line.holder.id for line in lines}
    without = [one for one in holders if one.kind.is_person and one.id not in with_forms]
    return [
        *(PersonRow(line.holder, line) for line in lines),
        *(PersonRow(one) for one in sorted(without, key=lambda one: one.name.casefold())),
    ]


def person_columns() -> list[Column]:
    return [
        Column("Persona", lambda row: row.holder.name, tip=lambda row: _person_tip(row.holder)),
        Column("Form.", lambda row: row.line.form_type.code if row.line else ""),
        _figure("En poder", lambda line: line.in_hand),
        Column(
            "Desde",
            lambda row: format_date(row.line.oldest) if row.line and row.line.oldest else "",
            lambda row: row.line.oldest if row.line else None,
            "center",
        ),
        Column(
            "Días",
            lambda row: days_text(row.line.days) if row.line and row.line.in_hand else "",
            lambda row: row.line.days if row.line else -1,
            "right",
            tone=lambda row: "warn" if row.over_days else None,
            tip=_days_tip,
        ),
        _figure("Por entregar", lambda line: line.used_in_hand, "Usados que todavía no entregó"),
        Column("Jefe", _chief, tip=lambda row: f"Jefe de brigada: {_chief(row)}" if _chief(row) else ""),
        Column(
            "Estado",
            _state,
            tone=_state_tone,
            tip=lambda row: (row.line.not_in_force if row.line else "") or _state(row),
        ),
    ]


@dataclass(frozen=True)
class HeldRow:
    """Some forms of a person: a range, or a count of a type without numbers."""

    form_type: FormType
    condition: Condition
    form_count: int
    held: HeldRange | None = None

    @property
    def numbers(self) -> str:
        form_type, held = self.form_type, self.held
        if held is None:
            return "Sin número"
        first = form_type.number_text(held.forms.first)
        return first if held.forms.count == 1 else f"{first}-{form_type.number_text(held.forms.last)}"


def held_rows(custody: Custody) -> list[HeldRow]:
    """The ranges of every type; a type without numbers gives one line for each condition."""
    rows: list[HeldRow] = []
    for forms in custody.held:
        if forms.ranges:
            rows += [HeldRow(forms.form_type, one.condition, one.forms.count, one) for one in forms.ranges]
        else:
            rows += [HeldRow(forms.form_type, condition, count) for condition, count in forms.counts]
    return rows


def held_columns() -> list[Column]:
    return [
        Column("Form.", lambda row: row.form_type.code),
        Column("Rango", lambda row: row.numbers, lambda row: row.held.forms.first if row.held else 0),
        Column("Cant.", lambda row: format_number(row.form_count), lambda row: row.form_count, "right"),
        Column(
            "Condición",
            lambda row: row.condition.label,
            tone=lambda row: CONDITION_TONES[row.condition],
        ),
        Column(
            "Desde",
            lambda row: format_date(row.held.since) if row.held else "",
            lambda row: row.held.since if row.held else None,
            "center",
        ),
        Column(
            "Mov.",
            lambda row: f"{row.held.movement_number:06d}" if row.held else "",
            align="right",
        ),
    ]


def account_text(line: FlowLine) -> str:
    """`FSU: entregado 300 = 120 usado + 50 devuelto + … + 127 en poder.`"""
    terms = [
        (line.used, "usado", True),
        (line.returned, "devuelto", True),
        (line.transferred, "transferido", False),
        (line.annulled, "anulado", True),
        (line.lost, "extraviado", True),
        (line.damaged, "deteriorado", True),
        (line.adjusted, "ajustado", False),
        (line.in_hand, "en poder", True),
    ]
    told = " + ".join(
        f"{format_number(count) if count >= 0 else f'({format_number(count)})'} {word}"
        for count, word, always in terms
        if always or count
    )
    text = f"{line.form_type.code}: entregado {format_number(line.opening + line.delivered)} = {told}."
    later = [
        (line.used_then_annulled, "se anuló", "se anularon"),
        (line.used_then_lost, "se extravió", "se extraviaron"),
        (line.used_then_damaged, "se deterioró", "se deterioraron"),
    ]
    changed = ", ".join(
        f"{format_number(count)} {one if count == 1 else many}" for count, one, many in later if count
    )
    return f"{text} De lo usado, {changed} después." if changed else text


def days_text(days: int) -> str:
    """`1 día`, `18 días`."""
    return f"{format_number(days)} {'día' if days == 1 else 'días'}"


def _figure(title: str, value: Callable[[CustodyLine], int], tip: str = "") -> Column:
    return Column(
        title,
        lambda row: format_number(value(row.line)) if row.line else "",
        lambda row: value(row.line) if row.line else -1,
        "right",
        tip=(lambda row: f"{tip}: {format_number(value(row.line))}" if row.line else "") if tip else None,
    )


def _chief(row: PersonRow) -> str:
    return row.line.chief.name if row.line is not None and row.line.chief is not None else ""


def _state(row: PersonRow) -> str:
    if row.gone_with_forms:
        return "No vigente"
    return "" if row.holds else "Nada"


def _state_tone(row: PersonRow) -> Tone | None:
    return "danger" if row.gone_with_forms else "dim"


def _days_tip(row: PersonRow) -> str:
    line = row.line
    if line is None or not line.in_hand:
        return ""
    told = f"{days_text(line.days)} con los más antiguos"
    return f"{told}; la campaña fija {days_text(line.most_days)}" if line.over_days else told


def _person_tip(holder: Holder) -> str:
    return f"{holder.name} ({holder.kind.label})"
