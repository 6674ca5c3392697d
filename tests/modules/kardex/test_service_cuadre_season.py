"""The cuadre of a whole season of Tacna: each planted difference is found with its numbers, and nothing else is."""

import dataclasses
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from kardex_season import AFTERWARDS, CLERK, LAST_DAY, Season, tacna_season

from sisfoh_desktop.basics.serials import FormRanges, format_ranges, parse_ranges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind, NewMovement
from sisfoh_desktop.modules.kardex.rules.counting import Found, NewCount
from sisfoh_desktop.modules.kardex.rules.cuadre import Cuadre
from sisfoh_desktop.modules.kardex.rules.differences import DifferenceKind
from sisfoh_desktop.modules.kardex.rules.digitised import CountImport
from sisfoh_desktop.modules.kardex.service import catalogue, counting, moving

TODAY = AFTERWARDS.date()
AUGUST = date(2024, 8, 1)
Kind = MovementKind


@dataclass
class Office:
    """The season's base and what a faithful file of digitised forms says of each number."""

    db: Database
    season: Season
    names: dict[int, str]
    rows: dict[int, tuple[date, int]]

    def blank(self, holder: int) -> list[int]:
        """The blank numbers of a holder, by the season's own books."""
        wanted = (holder, Condition.BLANK)
        return sorted(
            number
            for number, steps in self.season.lives.items()
            if (steps[-1].holder_id, steps[-1].condition) == wanted
        )

    def file(self, **extra: str) -> bytes:
        lines = [
            f"{number:06d};{day:%d/%m/%Y};{self.names[person]}" for number, (day, person) in self.rows.items()
        ]
        return "\n".join(["N° de ficha;Fecha;Empadronador", *lines, *extra.values()]).encode()

    def bring(self, data: bytes) -> CountImport:
        return counting.import_digitised(
            self.db,
            actor=CLERK,
            now=AFTERWARDS,
            type_id=self.season.fsu,
            file_name="digitado.csv",
            data=data,
            counted_on=LAST_DAY,
        )

    def move(
        self, kind: MovementKind, text: str, source: int, target: int, day: date = AUGUST, **more: str
    ) -> None:
        movement = NewMovement(kind, self.season.fsu, day, source, target, parse_ranges(text, 6), **more)
        moving.register_movement(self.db, actor=CLERK, now=AFTERWARDS, movement=movement)

    def count(self, holder: int, found: dict[Condition, list[int]]) -> None:
        seen = tuple(Found(one, FormRanges.of_numbers(numbers)) for one, numbers in found.items())
        count = NewCount(self.season.fsu, holder, TODAY, "Acta de arqueo", seen)
        counting.record_count(self.db, actor=CLERK, now=AFTERWARDS, count=count)

    def cuadre(self, *, closing: bool = False) -> Cuadre:
        return counting.cuadre(self.db, campaign_id=self.season.campaign, today=TODAY, closing=closing)


@pytest.fixture(scope="module")
def whole_season(template_base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Season]:
    path = tmp_path_factory.mktemp("temporada") / "tacna.db"
    shutil.copyfile(template_base, path)
    db = Database.open(path)
    season = tacna_season(db)
    db.close()
    return path, season


@pytest.fixture
def tacna(whole_season: tuple[Path, Season], tmp_path: Path) -> Iterator[Office]:
    path, season = whole_season
    shutil.copyfile(path, tmp_path / "tacna.db")
    db = Database.open(tmp_path / "tacna.db")
    rows: dict[int, tuple[date, int]] = {}
    for number, steps in sorted(season.lives.items()):
        if steps[-1].condition is Condition.USED:
            use = next(step for step in steps if step.kind is Kind.USE)
            rows[number] = (use.moved_on, use.holder_id)
    yield Office(db, season, {one.id: one.name for one in catalogue.list_holders(db)}, rows)
    db.close()


def text(*numbers: int) -> str:
    return format_ranges(FormRanges.of_numbers(numbers), 6)


def test_a_sound_season_adds_up_for_everybody_and_differs_in_nothing(tacna: Office) -> None:
    imported = tacna.bring(tacna.file())
    assert (imported.row_count, imported.findings) == (16_391, ())
    for person in tacna.season.surveyors:
        tacna.count(person, {Condition.BLANK: tacna.blank(person), Condition.USED: []})
    answer = tacna.cuadre(closing=True)
    assert answer.differences == ()
    assert answer.balanced
    people = {line.holder.id: line for line in answer.lines}
    for person in tacna.season.surveyors:
        expected, flow = tacna.season.flows[person], people[person].flow
        columns = ("delivered", "used", "returned", "transferred", "annulled", "lost", "damaged", "in_hand")
        assert {name: getattr(flow, name) for name in columns} == {name: expected[name] for name in columns}
        assert people[person].digitised == people[person].still_used
    assert sum(line.digitised or 0 for line in answer.lines) == 16_391


def test_every_planted_difference_is_found_and_nothing_else(tacna: Office) -> None:
    season = tacna.season
    keeper, left, fresh = season.surveyors[0], season.surveyors[1], season.surveyors[2]
    expected: set[tuple[str, str, int]] = set()

    def planted(kind: str, numbers: str, holder: int) -> None:
        expected.add((kind, numbers, holder))

    def condition_of(number: int) -> Condition:
        return season.lives[number][-1].condition

    # -- what the ledger itself tells: bands, people who left, gaps ---------------------------------------
    campaign = catalogue.load_campaign(tacna.db, season.campaign)
    catalogue.save_campaign(
        tacna.db,
        actor=CLERK,
        now=AFTERWARDS,
        campaign=dataclasses.replace(campaign, most_days_in_hand=4),
    )
    untouched = [number for number, steps in season.lives.items() if len(steps) == 1]
    start = next(
        number
        for number in sorted(untouched)
        if number % 500 == 1 and set(range(number, number + 600)) <= set(untouched)
    )
    handed_late = range(start + 500, start + 510)
    tacna.move(Kind.HAND_OUT, text(*handed_late), season.store, keeper, LAST_DAY)
    # of the keeper's: one is annulled, one damaged, one digitised though blank, one used and kept
    annulled, damaged, not_used, kept, *rest = [*handed_late, *tacna.blank(keeper)]
    tacna.move(Kind.ANNULMENT, text(annulled), keeper, keeper, reason="Mal llenada")
    tacna.move(Kind.DAMAGE, text(damaged), keeper, keeper, reason="Se mojó")
    tacna.move(Kind.USE, text(kept), keeper, keeper, LAST_DAY)
    planted("used_kept", text(kept), keeper)
    tacna.rows[kept] = (LAST_DAY, keeper)

    gone = tacna.blank(left)
    person = catalogue.load_holder(tacna.db, left)
    catalogue.end_holder(
        tacna.db,
        actor=CLERK,
        now=AFTERWARDS,
        holder_id=left,
        expected_version=person.version,
        until=date(2024, 8, 2),
        reason="Renunció",
    )

    spoiled = range(start + 20, start + 80)
    tacna.move(Kind.HAND_OUT, text(*range(start, start + 10), start + 13, *spoiled), season.store, fresh)
    tacna.move(Kind.USE, text(*range(start, start + 10), start + 13), fresh, fresh, date(2024, 8, 2))
    tacna.move(Kind.ANNULMENT, text(*spoiled), fresh, fresh, date(2024, 8, 2), reason="Mal llenadas")
    planted("gap_in_bundle", text(start + 10, start + 11, start + 12), 0)
    earlier = [
        number
        for number, steps in season.lives.items()
        if any(step.kind is Kind.ANNULMENT and step.holder_id == fresh for step in steps)
        and condition_of(number) is Condition.ANNULLED
    ]
    planted("annulled_too_many", text(*earlier, *spoiled), fresh)

    # -- what the file of digitised numbers tells -----------------------------------------------------------
    used = sorted(number for number in tacna.rows if number != kept)
    missing, another, before, other_day, twice = used[100], used[500], used[900], used[1300], used[1700]
    missing_by = tacna.rows.pop(missing)[1]
    planted("used_not_digitised", text(missing), missing_by)
    applied_on, applied_by = tacna.rows[another]
    tacna.rows[another] = (applied_on, next(one for one in season.surveyors if one not in (applied_by, left)))
    planted("digitised_by_another", text(another), applied_by)
    handed_on = max(
        step.moved_on
        for step in season.lives[before]
        if step.kind in (Kind.HAND_OUT, Kind.TRANSFER) and step.holder_id == tacna.rows[before][1]
    )
    early = date(2024, 3, 4)
    assert early < handed_on
    tacna.rows[before] = (early, tacna.rows[before][1])
    planted("digitised_before_handed_out", text(before), tacna.rows[before][1])
    used_on, used_by = tacna.rows[other_day]
    tacna.rows[other_day] = (min(LAST_DAY, date.fromordinal(used_on.toordinal() + 9)), used_by)
    planted("digitised_other_day", text(other_day), used_by)
    planted("digitised_twice", text(twice), tacna.rows[twice][1])
    lost = next(number for number in season.lives if condition_of(number) is Condition.LOST)
    written_off = next(number for number in season.lives if condition_of(number) is Condition.WRITTEN_OFF)
    in_store = start + 200
    extra = {
        "twice": f"{twice:06d};{tacna.rows[twice][0]:%d/%m/%Y};{tacna.names[tacna.rows[twice][1]]}",
        "unknown": "020001-020003",
        **{
            str(number): f"{number:06d}"
            for number in (lost, written_off, in_store, annulled, damaged, not_used)
        },
    }
    planted("digitised_unknown", "020001-020003", 0)
    planted(
        "digitised_lost", text(lost), next(s.holder_id for s in season.lives[lost] if s.kind is Kind.LOSS)
    )
    spoiler = next(
        step.holder_id for step in season.lives[written_off] if step.kind in (Kind.ANNULMENT, Kind.DAMAGE)
    )
    planted("digitised_written_off", text(written_off), spoiler)
    planted("digitised_in_store", text(in_store), 0)
    planted("digitised_annulled", text(annulled), keeper)
    planted("digitised_damaged", text(damaged), keeper)
    planted("digitised_not_used", text(not_used), keeper)
    imported = tacna.bring(tacna.file(**extra))
    assert not imported.refused

    # -- what the arqueos tell --------------------------------------------------------------------------------
    absent, other_condition, in_two = rest[0], rest[1], in_store + 5
    tacna.count(
        keeper,
        {
            Condition.BLANK: [not_used, *rest[2:], in_two],
            Condition.USED: [kept, other_condition],
            Condition.ANNULLED: [annulled],
            Condition.DAMAGED: [damaged],
        },
    )
    lost_again = [number for number in season.lives if condition_of(number) is Condition.LOST][1]
    surplus = in_store + 10
    tacna.count(season.surveyors[3], {Condition.BLANK: [in_two, surplus, lost_again, 20_500]})
    planted("counted_missing", text(absent), keeper)
    planted("counted_other_condition", text(other_condition), keeper)
    planted("counted_twice", text(in_two), keeper)
    planted("counted_surplus", text(surplus), season.surveyors[3])
    planted("counted_lost", text(lost_again), season.surveyors[3])
    planted("counted_unknown", "020500", season.surveyors[3])

    # -- found: these kinds with these numbers, and no other -----------------------------------------------
    found = tacna.cuadre(closing=True).differences
    by_movement = {"held_too_long", "holder_out_of_force"}  # told by movement, so possibly in several rows
    told = {(one.code, one.ranges_text, one.holder_id) for one in found if one.code not in by_movement}
    assert told == expected
    held = [one for one in found if one.code == "held_too_long"]
    assert {one.holder_id for one in held} == {keeper}
    assert FormRanges.of(part for one in held for part in one.ranges) == FormRanges.of_numbers(
        [not_used, *rest]
    )
    out = [one for one in found if one.code == "holder_out_of_force"]
    assert {one.holder_id for one in out} == {left}
    assert FormRanges.of(part for one in out for part in one.ranges) == FormRanges.of_numbers(gone)
    assert len({one.code for one in found}) == len(DifferenceKind) - 1  # all but the one that must never be
    assert len({one.fingerprint for one in found}) == len(found)
    assert all("En el libro" in one.sentence or one.code in _WITHOUT_PLACE for one in found)


_WITHOUT_PLACE = {"digitised_unknown", "counted_unknown", "digitised_twice", "annulled_too_many"}
