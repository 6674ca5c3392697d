"""What a row of an imported table becomes: which activity it is, what of its programme and its execution changes.

A row is looked for by its code, else by its unit and name (then category and unit of measure), without accents or
capitals. A blank executed month changes nothing; a programme that differs waits for a person, and so does a figure of
a month that is closed or has not begun.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, Activity, ActivityYear, Execution
from sisfoh_desktop.modules.poi.rules.import_activity import (
    FREE_TEXTS,
    MONTHS,
    FiguresTold,
    ToldFigures,
    activity_of,
    figure_faults,
    is_told,
    merged_activity,
    text_faults,
)
from sisfoh_desktop.modules.poi.rules.import_plan import FigureChange, folded
from sisfoh_desktop.modules.poi.rules.import_words import place_words, short_text, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    TEXT_MEANINGS,
    FileRow,
    Finding,
    month_meaning,
)
from sisfoh_desktop.modules.poi.rules.programme import carry_closed, clean_activity


class Target(Enum):
    """What may be done with the programme of the version that receives the rows."""

    DRAFT = "draft"
    """Rows that are new are added, blanks completed; what differs waits."""
    NEW_VERSION = "new_version"
    """The file is a new version: its programme is taken."""
    APPROVED = "approved"
    """Nothing of the programme changes."""


@dataclass(frozen=True)
class Placed:
    """A row and what it becomes. `activity.id` is 0 where it is new; `entries` are only what is to be recorded."""

    row: FileRow
    activity: Activity
    entries: tuple[Execution, ...] = ()
    executed_changes: tuple[FigureChange, ...] = ()
    programme_changes: tuple[FigureChange, ...] = ()
    completed: tuple[FigureChange, ...] = ()
    text_changes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    zeros_ahead: tuple[int, ...] = ()
    frozen_changes: tuple[FigureChange, ...] = ()
    """What the file programmes otherwise in closed months: it is not taken."""

    @property
    def is_new(self) -> bool:
        return not self.activity.id

    @property
    def touches_programme(self) -> bool:
        return bool(self.programme_changes or self.completed or self.text_changes)

    @property
    def unchanged(self) -> bool:
        return not (self.is_new or self.entries or self.touches_programme)


class Ground:
    """The POI that the rows meet: its activities, what was executed, which months are closed or have not begun.

    `first_month` is the first one that a programme may change, `based` whether the receiving version starts from
    another one, so that what is new in it programmes no closed month; `texts` are those already cleaned.
    """

    def __init__(
        self,
        years: Sequence[ActivityYear] = (),
        *,
        target: Target = Target.DRAFT,
        closed: Collection[int] = (),
        last_begun: int = 12,
        first_month: int = 1,
        based: bool = False,
    ) -> None:
        self.target = target
        self.closed = frozenset(closed)
        self.last_begun = last_begun
        self.based = based
        self.frozen = frozenset(
            month_meaning(False, month, money=money)
            for month in range(1, first_month)
            for money in (False, True)
        )
        self.first_month = first_month
        self.last_order = max((one.activity.order for one in years), default=0)
        self.texts: dict[tuple[str, str], str] = {}
        self.figures = FiguresTold()
        self.new_entries: dict[ToldFigures, _Entries] = {}
        self.years = {one.activity.id: one for one in years}
        self._by_code: dict[str, ActivityYear] = {}
        self._by_key: dict[tuple[str, ...], ActivityYear] = {}
        self._by_name: defaultdict[tuple[str, str], list[ActivityYear]] = defaultdict(list)
        for one in years:
            self._remember(one)

    def _remember(self, one: ActivityYear) -> None:
        if one.activity.code:
            self._by_code.setdefault(folded(one.activity.code), one)
        self._by_key.setdefault(activity_key(one.activity), one)
        self._by_name[_name(one.activity)].append(one)

    def match(self, told: Activity) -> ActivityYear | None:
        """The activity that a row means, or None where it is new."""
        if told.code and (found := self._by_code.get(folded(told.code))) is not None:
            return found
        if (found := self._by_key.get(activity_key(told))) is not None and _codes_agree(told, found.activity):
            return found
        alike = [one for one in self._by_name.get(_name(told), ()) if _codes_agree(told, one.activity)]
        return alike[0] if len(alike) == 1 else None

    def names_of_unit(self, unit_name: str) -> list[str]:
        """The activities of a unit, to propose one that was written otherwise."""
        wanted = folded(unit_name)
        return [one.activity.title for one in self.years.values() if folded(one.activity.unit_name) == wanted]


def place(row: FileRow, ground: Ground, *, order: int = 0) -> Placed:
    """What the row becomes; `findings` tell why it cannot be taken as it is."""
    figures = ground.figures.of(row)
    told = activity_of(row, order=order, figures=figures)
    known = ground.match(told)
    activity = told if known is None else merged_activity(row, told, known.activity)
    faults = [
        *text_faults(row, told, known=known is not None),
        *(() if figures.sound else figure_faults(row)),
    ]
    if not faults:
        try:
            activity = clean_activity(activity, ground.texts)
        except RuleError as refused:
            said = refused.sentence.removesuffix(" No se guardó nada.").removesuffix("; no se guardó nada.")
            faults = [Finding(row.row, "cell_unreadable", f"Fila {row.row}: {said}", sheet=row.sheet)]
    if faults:
        return Placed(row, told, findings=tuple(faults))
    if known is None:
        unknown = (
            _unknown(row, told, ground) if ground.target is Target.APPROVED else _late(row, told, ground)
        )
        entries = ground.new_entries.get(figures) or _Entries(row, figures, ActivityYear(activity), ground)
        if not entries.findings:
            ground.new_entries[figures] = entries  # those of another new activity with the same figures
        return Placed(
            row,
            activity,
            entries=entries.entries,
            findings=(*unknown, *entries.findings),
            zeros_ahead=entries.zeros_ahead,
        )
    changes = tuple(_programme_changes(row, told, known.activity))
    texts = tuple(_text_changes(row, told, known.activity))
    completed: tuple[FigureChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    frozen = tuple(one for one in changes if one.meaning in ground.frozen)
    activity = carry_closed(activity, ground.first_month, known.activity)
    if ground.target is Target.NEW_VERSION:
        changes = tuple(one for one in changes if one not in frozen)
    else:
        differing = changes
        if ground.target is Target.DRAFT:
            completed = tuple(one for one in changes if one.before is None and one not in frozen)
            differing = tuple(one for one in changes if one not in completed)
            changes = tuple(one for one in differing if one not in frozen)
        if differing or texts:
            findings = (_programme_finding(row, differing, texts, ground.target),)
    entries = _Entries(row, figures, known, ground)
    return Placed(
        row,
        activity,
        entries=entries.entries,
        executed_changes=entries.changes,
        programme_changes=changes,
        completed=completed,
        text_changes=texts,
        findings=(*findings, *entries.findings),
        zeros_ahead=entries.zeros_ahead,
        frozen_changes=frozen,
    )


# --- inside ---


def activity_key(activity: Activity) -> tuple[str, ...]:
    """What tells activities without a code apart: unit, name, category and unit of measure."""
    return (*_name(activity), folded(activity.category), folded(activity.measure))


def _name(activity: Activity) -> tuple[str, str]:
    return folded(activity.unit_name), folded(activity.title)


def _codes_agree(told: Activity, known: Activity) -> bool:
    return not (told.code and known.code) or folded(told.code) == folded(known.code)


def _programme_changes(row: FileRow, told: Activity, known: Activity) -> Iterator[FigureChange]:
    has = {one.meaning for one in row.numbers}

    def change(meaning: str, before: Decimal | None, after: Decimal | None) -> FigureChange:
        return FigureChange(row.sheet, row.row, known.title, meaning, before, after)

    if ANNUAL in has and told.annual != known.annual:
        yield change(ANNUAL, known.annual, told.annual)
    if ANNUAL_MONEY in has and told.annual_money != known.annual_money:
        yield change(ANNUAL_MONEY, known.annual_money, told.annual_money)
    for money, new, old in (
        (False, told.programmed, known.programmed),
        (True, told.programmed_money, known.programmed_money),
    ):
        for month in MONTHS:
            differs = new[month - 1] != old[month - 1]
            if differs and is_told(has, month, money=money):
                yield change(month_meaning(False, month, money=money), old[month - 1], new[month - 1])


def _text_changes(row: FileRow, told: Activity, known: Activity) -> Iterator[str]:
    for name in FREE_TEXTS:
        if row.text(name) and folded(row.text(name)) != folded(getattr(known, name)):
            yield name
    for name in ("goal_kind", "direction", "nature"):
        if row.text(name) and getattr(told, name) != getattr(known, name):
            yield name


class _Entries:
    """What the row says was executed, against what is kept."""

    def __init__(self, row: FileRow, figures: ToldFigures, known: ActivityYear, ground: Ground) -> None:
        physical, money = figures.executed, figures.executed_money
        entries: list[Execution] = []
        changes: list[FigureChange] = []
        closed: list[int] = []
        ahead: list[int] = []
        zeros: list[int] = []
        for month in MONTHS:
            before = known.executed[month - 1], known.executed_money[month - 1]
            after = (
                before[0] if physical[month - 1] is None else physical[month - 1],
                before[1] if money[month - 1] is None else money[month - 1],
            )
            if after == before:
                continue
            if month in ground.closed:
                closed.append(month)
            elif month > ground.last_begun:
                (ahead if any(after) else zeros).append(month)
            else:
                entries.append(Execution(known.activity.id, month, after[0], after[1], imported=True))
                for is_money in (False, True):
                    if before[is_money] not in (None, after[is_money]):
                        meaning = month_meaning(True, month, money=is_money)
                        changes.append(
                            FigureChange(
                                row.sheet,
                                row.row,
                                known.activity.title,
                                meaning,
                                before[is_money],
                                after[is_money],
                            )
                        )
        self.entries, self.changes, self.zeros_ahead = tuple(entries), tuple(changes), tuple(zeros)
        self.findings = tuple(self._findings(row, known, closed, ahead, figures.values))

    @staticmethod
    def _findings(
        row: FileRow,
        known: ActivityYear,
        closed: Sequence[int],
        ahead: Sequence[int],
        values: Mapping[str, Decimal | None],
    ) -> Iterator[Finding]:
        for months, rule, why in (
            (closed, "month_closed", "está cerrado y el archivo trae otra cifra"),
            (ahead, "month_not_begun", "aún no comienza y el archivo trae una cifra ejecutada"),
        ):
            if not months:
                continue
            meanings = tuple(
                meaning
                for month in months
                for money in (False, True)
                if (meaning := month_meaning(True, month, money=money)) in values
            )
            names = ", ".join(MONTH_NAMES[month - 1] for month in months)
            several = len(months) > 1
            yield Finding(
                row.row,
                rule,
                f"Fila {row.row}: {names} {_plural(why) if several else why}.",
                expected=", ".join(shown_figure(known.executed[month - 1]) for month in months),
                found=", ".join(shown_figure(values.get(month_meaning(True, month))) for month in months),
                meanings=meanings,
                sheet=row.sheet,
            )


def _plural(why: str) -> str:
    return (
        why.replace("está cerrado", "están cerrados")
        .replace("aún no comienza", "aún no comienzan")
        .replace("otra cifra", "otras cifras")
        .replace("una cifra ejecutada", "cifras ejecutadas")
    )


def _programme_finding(
    row: FileRow, changes: Sequence[FigureChange], texts: Sequence[str], target: Target
) -> Finding:
    said = [
        f"{place_words(one.meaning)} {shown_figure(one.before)} → {shown_figure(one.after)}"
        for one in changes
    ]
    said += [TEXT_MEANINGS[name].lower() for name in texts]
    more = f" y {len(said) - 6} más" if len(said) > 6 else ""
    what = "del POI vigente" if target is Target.APPROVED else "del borrador del POI"
    return Finding(
        row.row,
        "programme_changed",
        f"Fila {row.row}: lo programado no es lo {what}: {', '.join(said[:6])}{more}.",
        expected=", ".join(shown_figure(one.before) for one in changes),
        found=", ".join(shown_figure(one.after) for one in changes),
        meanings=tuple(one.meaning for one in changes) + tuple(texts),
        sheet=row.sheet,
    )


def _late(row: FileRow, told: Activity, ground: Ground) -> tuple[Finding, ...]:
    """A new activity that a modification programmes in months that are closed."""
    figures = (told.programmed, told.programmed_money)
    closed = range(1, ground.first_month) if ground.based else ()
    late = [month for month in closed if any(months[month - 1] for months in figures)]
    if not late:
        return ()
    names = ", ".join(MONTH_NAMES[month - 1] for month in late)
    return (
        Finding(
            row.row,
            "closed_month_programmed",
            f"Fila {row.row}: la actividad es nueva y trae programación de meses cerrados ({names}).",
            expected="en blanco",
            found=", ".join(shown_figure(told.programmed[month - 1]) for month in late),
            meanings=tuple(month_meaning(False, month) for month in late),
            sheet=row.sheet,
        ),
    )


def _unknown(row: FileRow, told: Activity, ground: Ground) -> tuple[Finding, ...]:
    from difflib import get_close_matches

    names = ground.names_of_unit(told.unit_name)
    near = get_close_matches(told.title, names, n=3, cutoff=0.75)
    meant = f" ¿Será «{short_text(near[0])}»?" if near else ""
    return (
        Finding(
            row.row,
            "activity_unknown",
            f"Fila {row.row}: la actividad no está en el POI vigente, que ya tiene resolución.{meant}",
            found=short_text(told.title),
            meanings=("title",),
            candidates=tuple(near),
            sheet=row.sheet,
        ),
    )
