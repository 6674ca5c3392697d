"""What a person brings back at the end of a day: used, annulled, damaged, lost and blank numbers, and one line for all.

Here the line is understood, the five sets are compared with each other and with what the person holds, and they
become the movements to register. Whether each of those is allowed is the ledger's affair.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, format_ranges, parse_ranges
from sisfoh_desktop.modules.kardex.rules.facts import FormType, Holder, MovementKind, NewMovement


class Outcome(StrEnum):
    """What became of a form on that day."""

    USED = "usadas"
    ANNULLED = "anuladas"
    DAMAGED = "deterioradas"
    LOST = "extraviadas"
    BLANK = "en_blanco"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Outcome.USED: "Usados",
    Outcome.ANNULLED: "Anulados",
    Outcome.DAMAGED: "Deteriorados",
    Outcome.LOST: "Extraviados",
    Outcome.BLANK: "En blanco que devuelve",
}
_KINDS = {
    Outcome.USED: MovementKind.USE,
    Outcome.ANNULLED: MovementKind.ANNULMENT,
    Outcome.DAMAGED: MovementKind.DAMAGE,
    Outcome.LOST: MovementKind.LOSS,
    Outcome.BLANK: MovementKind.RETURN,
}
_STEMS = (
    (Outcome.USED, r"usad[ao]s?|us[oó]|llenad[ao]s?|llenas?"),
    (Outcome.ANNULLED, r"anulad[ao]s?|anul[oó]"),
    (Outcome.DAMAGED, r"deteriorad[ao]s?|malograd[ao]s?|dañad[ao]s?|rot[ao]s?"),
    (Outcome.LOST, r"extraviad[ao]s?|perdid[ao]s?|extravi[oó]|perdi[oó]"),
    (Outcome.BLANK, r"(?:en\s+)?blancos?|devueltas?|devuelve|sin\s+usar"),
)
_WORD = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{outcome.name}>{stems})" for outcome, stems in _STEMS) + r")(?![\w-])",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\A[\s,;.]*(?:[ye]\s+)?", re.IGNORECASE)
# "sin" is no exception here as it is in a list of numbers: "sin usar" is an outcome
_EXCEPT = re.compile(r"\A(?:menos|excepto|salvo)\s+", re.IGNORECASE)
_REST = re.compile(r"\A(?:el\s+)?(?:resto|las?\s+dem[aá]s|lo\s+dem[aá]s)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class DayReturn:
    """The numbers by what became of them; an outcome without numbers is left out."""

    by_outcome: Mapping[Outcome, FormRanges] = field(default_factory=dict)

    def of(self, outcome: Outcome) -> FormRanges:
        return self.by_outcome.get(outcome, FormRanges())

    @property
    def all_ranges(self) -> FormRanges:
        return FormRanges.of(one for ranges in self.by_outcome.values() for one in ranges)

    @property
    def count(self) -> int:
        return sum(ranges.count for ranges in self.by_outcome.values())

    def __bool__(self) -> bool:
        return self.count > 0


def parse_day_line(text: str, width: int, prefix: str = "", in_hand: FormRanges | None = None) -> DayReturn:
    """The day in one line: `004501-004550 usados menos 004517 anulado, 004520 deteriorado; el resto en blanco`.

    Each outcome follows its numbers. What comes after `menos` is taken away from the numbers before it, and gets the
    outcome that follows it, if any. `el resto` are the numbers `in_hand` that the line does not name. RuleError:
    `day_line_outcome_missing`, `day_line_nothing_to_except`, `day_line_repeated`, `day_line_rest_unknown`, and those
    of `parse_ranges`.
    """
    taken: list[tuple[Outcome, FormRanges]] = []
    main = -1  # the clause that a `menos` takes from
    rest: list[Outcome] = []
    in_exceptions = False
    for chunk, outcome in _clauses(text):
        bare = _LEAD.sub("", chunk, count=1).strip()
        excepted = _EXCEPT.match(bare)
        if _REST.match(bare):
            if outcome is None or rest:
                raise _no_outcome(bare) if outcome is None else _rest_twice()
            rest.append(outcome)
            in_exceptions = False
            continue
        if excepted is None and outcome is None:
            raise _no_outcome(bare)
        numbers = parse_ranges(bare[excepted.end() :] if excepted else bare, width, prefix)
        follows = excepted is not None
        if not follows and in_exceptions:  # `menos 004517 anulado, 004520 deteriorado`
            follows = not numbers - taken[main][1]
        if follows:
            if main < 0:
                raise RuleError(
                    "day_line_nothing_to_except",
                    "La línea empieza con «menos»; escriba antes los números, por ejemplo "
                    "«004501-004550 usados menos 004517 anulado».",
                )
            kept_as, before = taken[main]
            if strange := numbers - before:
                raise RuleError(
                    "serial_not_there",
                    f"{format_ranges(strange, width, prefix)} no está entre los números escritos antes de «menos»; "
                    "revíselo.",
                )
            taken[main] = (kept_as, before - numbers)
        if outcome is not None:
            taken.append((outcome, numbers))
            if not follows:
                main = len(taken) - 1
        in_exceptions = follows
    return DayReturn(_gathered(taken, rest, width, prefix, in_hand))


def _clauses(text: str) -> Iterator[tuple[str, Outcome | None]]:
    """Pieces of the line, each with the outcome named after it; the last may have none."""
    start = 0
    for found in _WORD.finditer(text):
        yield text[start : found.start()], Outcome[found.lastgroup or ""]
        start = found.end()
    if text[start:].strip(" \t\r\n.,;"):
        yield text[start:], None
    elif start == 0:
        yield "", None


def _gathered(
    taken: Sequence[tuple[Outcome, FormRanges]],
    rest: Sequence[Outcome],
    width: int,
    prefix: str,
    in_hand: FormRanges | None,
) -> dict[Outcome, FormRanges]:
    sets: dict[Outcome, FormRanges] = {}
    named = FormRanges()
    for outcome, numbers in taken:
        if twice := named & numbers:
            raise RuleError(
                "day_line_repeated",
                f"El N° {format_ranges(twice, width, prefix)} está dos veces en la línea; deje un solo resultado para "
                "cada uno.",
            )
        named |= numbers
        sets[outcome] = sets.get(outcome, FormRanges()) | numbers
    for outcome in rest:
        if in_hand is None:
            raise RuleError(
                "day_line_rest_unknown",
                "No se sabe cuál es el resto: elija primero a la persona y el formulario.",
            )
        sets[outcome] = sets.get(outcome, FormRanges()) | (in_hand - named)
    return {outcome: numbers for outcome, numbers in sets.items() if numbers}


def _no_outcome(chunk: str) -> RuleError:
    shown = f"«{chunk[:40]}»" if chunk else "la línea"
    return RuleError(
        "day_line_outcome_missing",
        f"Falta decir qué pasó con {shown}: usados, anulados, deteriorados, extraviados o en blanco.",
    )


def _rest_twice() -> RuleError:
    return RuleError("day_line_repeated", "«El resto» está dos veces en la línea; deje uno.")


def conflicts(day_return: DayReturn, form_type: FormType, held: FormRanges) -> dict[Outcome, str]:
    """A sentence for each outcome that names a number of an earlier one, or one that the person does not hold.

    `held`: every number in the person's hands, blank or used.
    """
    told: dict[Outcome, str] = {}
    before: list[tuple[Outcome, FormRanges]] = []
    for outcome in Outcome:
        numbers = day_return.of(outcome)
        for other, others in before:
            if twice := numbers & others:
                told[outcome] = (
                    f"{form_type.ranges_text(twice)} también está en «{other.label}»; "
                    "deje cada número en un solo lugar."
                )
                break
        else:
            if strange := numbers - held:
                told[outcome] = f"No tiene en su poder {form_type.ranges_text(strange)}; revíselo en Rastreo."
        before.append((outcome, numbers))
    return told


def remaining(day_return: DayReturn, in_hand: FormRanges) -> FormRanges:
    """The blank numbers that stay with the person."""
    return in_hand - day_return.all_ranges


@dataclass(frozen=True)
class DayPapers:
    """What the outcomes ask for beside their numbers."""

    annulled_reason: str = ""
    damaged_reason: str = ""
    lost_document: str = ""
    lost_reason: str = ""
    document: str = ""


def missing_papers(day_return: DayReturn, papers: DayPapers) -> dict[Outcome, str]:
    """A sentence for each outcome that has numbers but not what they ask for."""
    asked = (
        (Outcome.ANNULLED, papers.annulled_reason, "Falta el motivo de la anulación."),
        (Outcome.DAMAGED, papers.damaged_reason, "Falta el motivo del deterioro."),
        (Outcome.LOST, papers.lost_document, "Falta el número del informe que da cuenta del extravío."),
    )
    return {
        outcome: sentence for outcome, text, sentence in asked if day_return.of(outcome) and not text.strip()
    }


def movements_of(
    day_return: DayReturn,
    *,
    form_type: FormType,
    person: Holder,
    returns_to: int,
    day: date,
    papers: DayPapers,
) -> list[NewMovement]:
    """The movements to register together: in place for what was used or spoilt, back to `returns_to` for the blank."""
    reasons = {
        Outcome.ANNULLED: papers.annulled_reason,
        Outcome.DAMAGED: papers.damaged_reason,
        Outcome.LOST: papers.lost_reason,
    }
    return [
        NewMovement(
            kind=_KINDS[outcome],
            type_id=form_type.id,
            moved_on=day,
            from_holder_id=person.id,
            to_holder_id=returns_to if outcome is Outcome.BLANK else person.id,
            ranges=day_return.of(outcome),
            document=papers.lost_document if outcome is Outcome.LOST else papers.document,
            reason=reasons.get(outcome, "").strip(),
        )
        for outcome in Outcome
        if day_return.of(outcome)
    ]
