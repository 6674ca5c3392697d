"""A campaign's worth of movements, made from a seed: Tacna with its 16 391 households. All people are made up.

`tacna_season` goes through the program's own movements and keeps beside them, in plain dicts, what must have come out.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import (
    Campaign,
    Condition,
    Holder,
    HolderKind,
    MovementKind,
    NewMovement,
)
from sisfoh_desktop.modules.kardex.service import catalogue, moving
from sisfoh_desktop.modules.office import service as office

FIRST_DAY, LAST_DAY = date(2024, 3, 11), date(2024, 7, 31)
CLERK = Actor("prueba", "ULE")
AFTERWARDS = datetime(2024, 8, 5, 9, 0, tzinfo=LIMA)
BUNDLE = 500
Kind = MovementKind


@dataclass(frozen=True)
class Step:
    """What happened to a number, as the season knows it."""

    kind: MovementKind
    moved_on: date
    holder_id: int
    condition: Condition


@dataclass
class Season:
    """What was made and what must be found. `flows` counts by person the columns of `FlowLine`, `lives` the steps of
    every number, `balances` the forms by (holder, condition); `movements` how many were recorded."""

    campaign: int
    fsu: int
    store: int
    archive: int
    rector: int
    chiefs: list[int]
    surveyors: list[int]
    clerks: list[int]
    quality: int
    balances: Counter[tuple[int, Condition]] = field(default_factory=Counter)
    flows: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    lives: defaultdict[int, list[Step]] = field(default_factory=lambda: defaultdict(list))
    movements: int = 0


def tacna_season(
    db: Database,
    *,
    seed: int = 2024,
    households: int = 16_391,
    bundles: int = 40,
    surveyors: int = 28,
    crews: int = 6,
    first_day: date = FIRST_DAY,
    last_day: date = LAST_DAY,
) -> Season:
    """Five months of work: bundles to the crew chiefs, forms to empadronadores each day, uses, mishaps, returns, data
    entry, quality and archive. Every household has one good form at the end.
    """
    season = _start(db, surveyors, crews)
    days = _workdays(first_day, last_day)
    work = _Work(db, season, random.Random(seed), BUNDLE * bundles)
    work.receive(first_day)
    quotas = _quotas(work.chance, households, surveyors, len(days))
    for place, day in enumerate(days):
        for surveyor, person in enumerate(season.surveyors):
            work.day_of(person, season.chiefs[surveyor % crews], day, quotas[place][surveyor])
        if day.weekday() == 4 or day == days[-1]:
            work.end_week(day, place // 5 + 1, last=day == days[-1])
            work.write()
    return season


class _Work:
    """Decides what happens next by chance and keeps the books in dicts, apart from the program."""

    def __init__(self, db: Database, season: Season, chance: random.Random, forms: int) -> None:
        self.chance = chance
        self._db, self._season = db, season
        self._forms = forms
        self._waiting: list[NewMovement] = []
        # the numbers of each holder, by condition
        self._has: defaultdict[tuple[int, Condition], set[int]] = defaultdict(set)

    def receive(self, day: date) -> None:
        numbers = range(1, self._forms + 1)
        season = self._season
        self._move(
            Kind.RECEPTION, numbers, season.rector, season.store, day, document="Acta N° 001-2024-PRUEBA"
        )

    def day_of(self, person: int, chief: int, day: date, wanted: int) -> None:
        """What one person did with their forms that day; `wanted` good ones in the end."""
        chance = self.chance
        mishaps = chance.random()
        spoiled = 1 if mishaps < 0.08 else 0
        after_use = 1 if 0.08 <= mishaps < 0.10 and wanted else 0
        need = wanted + after_use + spoiled
        self._supply(person, chief, day, need)
        used = self._pick(person, wanted + after_use)
        assert len(used) == wanted + after_use, "the season needs more bundles"
        if used:
            self._move(Kind.USE, used, person, person, day)
        if spoiled:
            ruined = self._pick(person, 1)
            if mishaps < 0.055:
                self._move(Kind.ANNULMENT, ruined, person, person, day, reason="Ficha mal llenada")
            elif mishaps < 0.075:
                self._move(Kind.DAMAGE, ruined, person, person, day, reason="Se mojó con la lluvia")
            else:
                self._move(
                    Kind.LOSS, ruined, person, person, day, document=f"Informe N° {day:%d%m}-2024-PRUEBA"
                )
        if after_use:
            self._move(Kind.ANNULMENT, used[:1], person, person, day, reason="La visita se repitió")
        if chance.random() < 0.12:
            self._give_back(person, chief, day)
        elif chance.random() < 0.02:
            mate = chance.choice([one for one in self._season.surveyors if one != person])
            self._move(Kind.TRANSFER, self._pick(person, 3), person, mate, day)
        clerk = self._season.clerks[person % len(self._season.clerks)]
        self._move(Kind.TO_DATA_ENTRY, self._all(person, Condition.USED), person, clerk, day)

    def end_week(self, day: date, week: int, *, last: bool) -> None:
        """Digitised forms go on to quality and to the archive, spoiled ones to the archive; at last all goes home."""
        season = self._season
        box = {"archive_box": f"Caja {week}"}
        for clerk in season.clerks:
            self._move(Kind.TO_QUALITY, self._all(clerk, Condition.USED), clerk, season.quality, day)
        self._move(
            Kind.ARCHIVING,
            self._all(season.quality, Condition.USED),
            season.quality,
            season.archive,
            day,
            **box,
        )
        if week % 4 == 0 or last:
            for person in season.surveyors:
                for condition in (Condition.ANNULLED, Condition.DAMAGED):
                    self._move(
                        Kind.ARCHIVING, self._all(person, condition), person, season.archive, day, **box
                    )
        if last:
            for place, person in enumerate(season.surveyors[2:]):  # the first two left with forms in hand
                self._give_back(person, season.chiefs[(place + 2) % len(season.chiefs)], day)
            for chief in season.chiefs:
                self._give_back(chief, season.store, day)
            for condition in (Condition.ANNULLED, Condition.DAMAGED):
                spoiled = self._all(season.archive, condition)
                words = {"document": "Acta N° 090-2024-PRUEBA", "reason": "Fuera de uso"}
                self._move(Kind.WRITE_OFF, spoiled, season.archive, season.archive, day, **words)

    def write(self) -> None:
        """Record what is waiting in one commit."""
        with self._db.transaction() as session:
            moving.register_in_bulk(session, actor=CLERK, now=AFTERWARDS, movements=self._waiting)
        self._waiting = []

    def _supply(self, person: int, chief: int, day: date, need: int) -> None:
        missing = need - len(self._has[person, Condition.BLANK])
        if missing <= 0:
            return
        wanted = missing + self.chance.randrange(6)
        if len(self._has[chief, Condition.BLANK]) < wanted:
            in_store = len(self._has[self._season.store, Condition.BLANK])
            bundle = BUNDLE if in_store > 8 * BUNDLE else max(wanted, 50)
            store = self._season.store
            acta = f"Acta N° {self._season.movements:05d}-2024-PRUEBA"
            self._move(Kind.HAND_OUT, self._pick(store, bundle), store, chief, day, document=acta)
        self._move(Kind.HAND_OUT, self._pick(chief, wanted), chief, person, day)

    def _give_back(self, holder: int, to: int, day: date) -> None:
        self._move(Kind.RETURN, self._all(holder, Condition.BLANK), holder, to, day)

    def _pick(self, holder: int, count: int) -> list[int]:
        """The lowest blank numbers, now and then with one left out."""
        numbers = sorted(self._has[holder, Condition.BLANK])
        if len(numbers) > count > 1 and self.chance.random() < 0.2:
            del numbers[self.chance.randrange(count)]
        return numbers[:count]

    def _all(self, holder: int, condition: Condition) -> list[int]:
        return sorted(self._has[holder, condition])

    def _move(
        self, kind: MovementKind, numbers: Iterable[int], source: int, target: int, day: date, **words: str
    ) -> None:
        """Ask for it and write it down in the season's own books."""
        numbers = list(numbers)
        if not numbers:
            return
        ranges = FormRanges.of_numbers(numbers)
        self._waiting.append(NewMovement(kind, self._season.fsu, day, source, target, ranges, **words))
        season = self._season
        season.movements += 1
        moved = set(numbers)
        gone_from = [(before, self._has[source, before] & moved) for before in Condition]
        for before, gone in gone_from:
            if gone:
                after = _AFTER.get(kind, before)
                self._has[source, before] -= gone
                self._arrive(kind, gone, target, after, day)
                season.balances[source, before] -= len(gone)
                self._count(kind, source, target, before, after, len(gone))
        if kind is Kind.RECEPTION:
            self._arrive(kind, set(numbers), target, Condition.BLANK, day)

    def _arrive(
        self, kind: MovementKind, numbers: set[int], target: int, after: Condition, day: date
    ) -> None:
        self._has[target, after] |= numbers
        self._season.balances[target, after] += len(numbers)
        step = Step(kind, day, target, after)
        for number in numbers:
            self._season.lives[number].append(step)

    def _count(
        self, kind: MovementKind, source: int, target: int, before: Condition, after: Condition, count: int
    ) -> None:
        flows = self._season.flows
        if before is Condition.USED and source == target:
            flows[source]["used_then_annulled"] += count
        if before is not Condition.BLANK:
            return
        if source == target:
            flows[source][_COLUMN[after]] += count
        else:
            flows[source]["returned" if kind is Kind.RETURN else "transferred"] += count
            flows[target]["delivered"] += count
            flows[target]["in_hand"] += count
        flows[source]["in_hand"] -= count


_AFTER = {
    Kind.USE: Condition.USED,
    Kind.ANNULMENT: Condition.ANNULLED,
    Kind.LOSS: Condition.LOST,
    Kind.DAMAGE: Condition.DAMAGED,
    Kind.WRITE_OFF: Condition.WRITTEN_OFF,
}
_COLUMN = {
    Condition.USED: "used",
    Condition.ANNULLED: "annulled",
    Condition.LOST: "lost",
    Condition.DAMAGED: "damaged",
}


def _start(db: Database, surveyors: int, crews: int) -> Season:
    """The campaign, its places and its people."""
    campaign = Campaign("Empadronamiento 2024", date(2024, 3, 1), date(2024, 8, 31))
    campaign_id = catalogue.start_kardex(db, actor=CLERK, now=AFTERWARDS, campaign=campaign)
    [fsu] = [one.id for one in catalogue.list_types(db, campaign_id) if one.code == "FSU"]
    places = {one.kind: one.id for one in catalogue.list_holders(db)}

    def add(kind: HolderKind, name: str, number: int, chief_id: int | None = None) -> int:
        holder = Holder(
            kind,
            f"{name} {number:02d} PRUEBA",
            f"{40_000_000 + 100 * list(HolderKind).index(kind) + number}",
            date(2024, 3, 1),
            date(2024, 8, 31),
            f"Orden de servicio N° {number:03d}-2024-PRUEBA",
            chief_id,
        )
        return catalogue.add_holder(db, actor=CLERK, now=AFTERWARDS, holder=holder)

    chiefs = [add(HolderKind.CREW_CHIEF, "JEFE DE BRIGADA", number) for number in range(1, crews + 1)]
    return Season(
        campaign=campaign_id,
        fsu=fsu,
        store=places[HolderKind.WAREHOUSE],
        archive=places[HolderKind.ARCHIVE],
        rector=places[HolderKind.GOVERNING_BODY],
        chiefs=chiefs,
        surveyors=[
            add(HolderKind.EMPADRONADOR, "EMPADRONADOR", number + 1, chiefs[number % crews])
            for number in range(surveyors)
        ],
        clerks=[add(HolderKind.DIGITADOR, "DIGITADOR", number) for number in range(1, 4)],
        quality=add(HolderKind.QUALITY, "CONTROL DE CALIDAD", 1),
    )


def _workdays(first: date, last: date) -> list[date]:
    calendar = office.shipped_calendar()
    days = (first + timedelta(days=place) for place in range((last - first).days + 1))
    return [day for day in days if calendar.is_workday(day)]


def _quotas(chance: random.Random, households: int, people: int, days: int) -> list[list[int]]:
    """How many good forms each person makes on each day; together exactly `households`."""
    each, rest = divmod(households, people * days)
    quotas = [each + (place < rest) for place in range(people * days)]
    for _ in range(len(quotas)):
        giver, taker = chance.randrange(len(quotas)), chance.randrange(len(quotas))
        if quotas[giver] > 1:
            quotas[giver] -= 1
            quotas[taker] += 1
    chance.shuffle(quotas)
    numbers = iter(quotas)
    return [list(islice(numbers, people)) for _ in range(days)]
