"""Tacna at scale: a season of 16 391 households comes out exactly as its own books say."""

import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kardex_metropolitan import make_metropolitan
from kardex_season import LAST_DAY, Season, tacna_season

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import Condition
from sisfoh_desktop.modules.kardex.service import moving, reading

HOUSEHOLDS = 16_391


@pytest.fixture(scope="module")
def season_db(template_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("temporada") / "oficina.db"
    shutil.copyfile(template_base, path)
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture(scope="module")
def season(season_db: Database) -> Season:
    return tacna_season(season_db)


def test_every_balance_is_exact(season_db: Database, season: Season) -> None:
    found = {
        (line.holder.id, line.condition): line.form_count
        for line in reading.balances(season_db, season.campaign)
    }
    assert found == {place: count for place, count in season.balances.items() if count}


def test_the_stock_adds_up_to_what_was_received(season_db: Database, season: Season) -> None:
    [fsu] = [line for line in reading.stock(season_db, season.campaign) if line.received]
    expected = dict.fromkeys(Condition, 0)
    for (_, condition), count in season.balances.items():
        expected[condition] += count
    assert fsu.received == 20_000
    assert fsu.used == expected[Condition.USED] == HOUSEHOLDS
    assert fsu.lost == expected[Condition.LOST]
    assert fsu.written_off == expected[Condition.WRITTEN_OFF]
    assert fsu.in_stock + fsu.in_hand == expected[Condition.BLANK]


def test_the_flows_of_every_person_are_exact_and_add_up(season_db: Database, season: Season) -> None:
    lines = {line.holder.id: line for line in reading.flows(season_db, campaign_id=season.campaign)}
    for person in (*season.surveyors, *season.chiefs):
        line, expected = lines[person], season.flows[person]
        assert line.adds_up
        found = {column: getattr(line, column) for column in expected}
        assert found == dict(expected)
    assert sum(lines[person].used_and_kept for person in season.surveyors) == HOUSEHOLDS


def test_any_number_tells_its_life(season_db: Database, season: Season) -> None:
    chance = random.Random(4517)
    for number in chance.sample(range(1, 20_001), 300):
        [trace] = reading.trace(season_db, campaign_id=season.campaign, text=f"{number:06d}")
        found = [(step.kind, step.moved_on, step.to_holder.id, step.to_condition) for step in trace.steps]
        expected = [(one.kind, one.moved_on, one.holder_id, one.condition) for one in season.lives[number]]
        assert found == expected
        assert (trace.holder.id, trace.condition) == expected[-1][2:]


def test_the_ranges_in_hand_are_those_of_the_balances(season_db: Database, season: Season) -> None:
    held: dict[int, int] = {}
    for holder_id in (season.store, *season.chiefs, *season.surveyors, season.archive):
        ranges = reading.ranges_of(season_db, type_id=season.fsu, holder_id=holder_id, limit=20_000)
        held |= {number: holder_id for one in ranges for number in range(one.forms.first, one.forms.last + 1)}
    assert len(held) == 20_000
    assert all(season.lives[number][-1].holder_id == holder_id for number, holder_id in held.items())


def test_those_who_left_with_forms_are_told(season_db: Database, season: Season) -> None:
    lines = reading.custody(season_db, season.campaign, LAST_DAY)
    in_hand = {line.holder.id: line.in_hand for line in lines if line.in_hand}
    assert set(in_hand) <= set(season.surveyors[:2])
    assert in_hand == {
        person: season.balances[person, Condition.BLANK]
        for person in season.surveyors[:2]
        if season.balances[person, Condition.BLANK]
    }


def test_the_card_of_the_warehouse_closes_with_its_stock(season_db: Database, season: Season) -> None:
    card = reading.card(season_db, type_id=season.fsu)
    assert card.closing == season.balances[season.store, Condition.BLANK]
    assert min(entry.balance for entry in card.entries) >= 0
    april = reading.card(season_db, type_id=season.fsu, since=LAST_DAY.replace(month=4, day=1))
    march = reading.card(season_db, type_id=season.fsu, until=LAST_DAY.replace(month=3, day=31))
    assert april.opening == march.closing
    assert april.closing == card.closing


def test_the_register_pages_through_every_movement(season_db: Database, season: Season) -> None:
    numbers: list[int] = []
    before_id = None
    while True:
        page = reading.register_page(season_db, campaign_id=season.campaign, before_id=before_id, limit=1_000)
        numbers = [line.number for line in page.lines] + numbers
        before_id = page.oldest_id
        if not page.earlier:
            break
    assert numbers == list(range(1, season.movements + 1))
    assert reading.count_movements(season_db, campaign_id=season.campaign) == season.movements


def test_the_kardex_is_sound(season_db: Database, season: Season) -> None:
    assert [check.detail for check in moving.check_kardex(season_db) if not check.ok] == []
    assert season.movements > 5_000


def test_a_short_season_on_both_databases(either_db: Database) -> None:
    season = tacna_season(
        either_db, households=200, bundles=2, surveyors=4, crews=2, last_day=date(2024, 3, 20)
    )
    lines = {line.holder.id: line for line in reading.flows(either_db, campaign_id=season.campaign)}
    for person, expected in season.flows.items():
        if person in lines:
            assert {column: getattr(lines[person], column) for column in expected} == dict(expected)
    found = reading.balances(either_db, season.campaign)
    assert {(one.holder.id, one.condition): one.form_count for one in found} == {
        place: count for place, count in season.balances.items() if count
    }
    assert all(check.ok for check in moving.check_kardex(either_db))


def test_the_same_seed_gives_the_same_season(db: Database, template_base: Path, tmp_path: Path) -> None:
    other = tmp_path / "otra.db"
    shutil.copyfile(template_base, other)
    short = {"households": 100, "bundles": 2, "surveyors": 4, "crews": 2, "last_day": date(2024, 3, 15)}
    once = tacna_season(db, **short)
    other_db = Database.open(other)
    again = tacna_season(other_db, **short)
    other_db.close()
    assert once == again


def test_the_metropolitan_office_is_sound(either_db: Database) -> None:
    office = make_metropolitan(either_db, forms=2_000, movements=515, surveyors=5)
    assert all(check.ok for check in moving.check_kardex(either_db))
    held = reading.ranges_of(either_db, type_id=office.fsu, holder_id=office.store, condition=Condition.BLANK)
    assert held[-1].forms.last == 2_000
    assert sum(one.forms.count for one in held) == 2_000 - office.handed_out + office.closed_groups
    assert all(line.adds_up for line in reading.flows(either_db, campaign_id=office.campaign))
    assert reading.count_movements(either_db, campaign_id=office.campaign) == office.movements == 515
