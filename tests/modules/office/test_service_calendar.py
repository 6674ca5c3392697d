"""Days off as the office counts them: the shipped list, what is installed of it, and the office's own days."""

from datetime import date, datetime
from pathlib import Path

import pytest
from office_verbs import MARCH, TACNA, Desk, refused

from sisfoh_desktop.basics import paths
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.workdays import term_in_months, term_in_workdays
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Holiday
from sisfoh_desktop.modules.office.service import national


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> Desk:
    return Desk(db, actor, now)


def test_the_calendar_counts_with_the_shipped_list_from_the_first_day(desk: Desk) -> None:
    assert term_in_workdays(MARCH, 3, office.calendar(desk.db)).last_day == date(2024, 3, 13)
    assert term_in_workdays(date(2026, 7, 22), 15, office.calendar(desk.db)).last_day == date(2026, 8, 18)


@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        (date(2024, 3, 8), 3, date(2024, 3, 13)),
        (date(2024, 3, 26), 3, date(2024, 4, 2)),
        (date(2026, 7, 22), 3, date(2026, 7, 30)),
        (date(2026, 7, 22), 5, date(2026, 8, 3)),
        (date(2026, 7, 22), 15, date(2026, 8, 18)),
        (date(2026, 12, 4), 3, date(2026, 12, 11)),
        (date(2026, 12, 4), 5, date(2026, 12, 15)),
        (date(2026, 4, 1), 1, date(2026, 4, 6)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 20), 15, date(2026, 12, 15)),
    ],
)
def test_the_shipped_list_gives_the_legal_vectors(start: date, days: int, last_day: date) -> None:
    for ubigeo in ("", "230101", "150101"):
        assert term_in_workdays(start, days, office.shipped_calendar(ubigeo)).last_day == last_day


def test_the_shipped_list_gives_the_month_vector_and_knows_when_each_law_began() -> None:
    calendar = office.shipped_calendar("230101")
    assert term_in_months(date(2027, 1, 31), 1, calendar).last_day == date(2027, 3, 1)
    for day, law in (
        (date(2022, 12, 9), "Ley 31381"),
        (date(2024, 8, 6), "Ley 31530"),
        (date(2024, 6, 7), "Ley 31788"),
        (date(2024, 7, 23), "Ley 31822"),
    ):
        assert law in (calendar.why_not(day) or "")
    for day in (date(2021, 12, 9), date(2021, 8, 6), date(2023, 6, 7), date(2021, 7, 23)):
        assert calendar.is_workday(day)
    for year in (2024, 2026, 2030):
        everything = [
            calendar.days_off(date.fromordinal(date(year, 1, 1).toordinal() + n)) for n in range(365)
        ]
        names = [off for offs in everything for off in offs if off.kind == "feriado" and not off.scope]
        assert len(names) == 16


def test_compensable_days_suspend_and_regional_ones_wait_for_a_decision() -> None:
    tacna = office.shipped_calendar("230101")
    assert "DS 042-2025-PCM" in (tacna.why_not(date(2026, 1, 2)) or "")
    assert "DS 151-2022-PCM" in (tacna.why_not(date(2024, 1, 2)) or "")
    assert tacna.is_workday(date(2025, 9, 1))
    assert "01/09/2025" in term_in_workdays(date(2025, 8, 29), 2, tacna).notes[0]
    assert term_in_workdays(date(2025, 8, 29), 2, office.shipped_calendar("150101")).notes == ()
    assert not office.shipped_calendar("180101").is_workday(date(2026, 11, 25))
    assert office.shipped_calendar("180201").is_workday(date(2026, 11, 25))


def test_national_data_are_installed_once_and_the_offices_corrections_stay(desk: Desk) -> None:
    first = desk.do(office.install_national_data)
    assert first["holidays"] > 40
    assert all(first.values())
    flag = next(holiday for holiday in office.list_holidays(desk.db) if "Bandera" in holiday.name)
    desk.do(office.end_holiday, holiday_id=flag.id, last_day=date(2026, 12, 31), expected_version=1)
    assert not any(desk.do(office.install_national_data).values())
    assert office.calendar(desk.db).is_workday(date(2027, 6, 7))
    assert not office.calendar(desk.db).is_workday(date(2024, 6, 7))
    assert {holiday.entered_by for holiday in office.list_holidays(desk.db)} == {"Lista nacional"}


def test_the_calendar_is_the_municipalitys_unless_another_place_is_asked(desk: Desk) -> None:
    desk.do(office.install_national_data)
    desk.do(office.save_municipality, municipality=TACNA, expected_version=0)
    day = Holiday("Aniversario de Tacna", "Ordenanza 1", "23", single_day=date(2024, 8, 28))
    desk.do(office.add_holiday, holiday=day)
    assert not office.calendar(desk.db).is_workday(date(2024, 8, 28))
    assert office.calendar(desk.db, "150101").is_workday(date(2024, 8, 28))
    listed = office.list_holidays(desk.db)
    assert next(one.entered_by for one in listed if one.name == "Aniversario de Tacna") == "prueba"
    kinds = [(one.single_day is not None, one.easter_offset is not None) for one in listed]
    assert kinds == sorted(kinds, key=lambda kind: (kind[0], kind[1]))


def test_only_the_offices_own_mistakes_are_removed_and_with_a_reason(desk: Desk) -> None:
    desk.do(office.install_national_data)
    mistaken = desk.do(office.add_holiday, holiday=Holiday("Error", single_day=date(2024, 8, 28)))
    refused(
        "reason_missing", desk.do, office.remove_holiday, holiday_id=mistaken, expected_version=1, reason=" "
    )
    desk.do(office.remove_holiday, holiday_id=mistaken, expected_version=1, reason="Se digitó dos veces")
    assert desk.trail()[-1][0] == "office.holiday.remove"
    assert desk.trail()[-1][4] == "Se digitó dos veces"
    shipped = office.list_holidays(desk.db)[0]
    assert "fin de vigencia" in refused(
        "holiday_is_national",
        desk.do,
        office.remove_holiday,
        holiday_id=shipped.id,
        expected_version=1,
        reason="No gusta",
    )


def test_the_office_notes_how_far_it_checked_the_calendar(desk: Desk) -> None:
    assert office.load_state(desk.db).calendar_verified_until is None
    desk.do(office.save_calendar_verified, until=MARCH, expected_version=0)
    assert office.load_state(desk.db).calendar_verified_until == MARCH
    refused(
        "verified_in_future",
        desk.do,
        office.save_calendar_verified,
        until=date(2024, 3, 9),
        expected_version=1,
    )
    desk.do(office.add_holiday, holiday=Holiday("Propio", single_day=date(2024, 8, 28)))
    assert "08/03/2024" in term_in_workdays(MARCH, 1, office.calendar(desk.db)).notes[0]
    desk.do(office.install_national_data)
    assert office.load_state(desk.db).calendar_verified_until == date(2026, 11, 20)


@pytest.mark.parametrize("content", [None, b"\xff", b"[[row"])
def test_a_missing_or_damaged_data_file_gives_a_sentence_and_leaves_the_base(
    content: bytes | None, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "programa"
    if content is not None:
        target = folder / "resources" / "data" / "national" / "holidays.toml"
        target.parent.mkdir(parents=True)
        target.write_bytes(content)
    monkeypatch.setattr(paths, "data_root", lambda: folder)
    national.shipped_file.cache_clear()
    try:
        with pytest.raises(FileFailed) as failure:
            desk.do(office.install_national_data)
    finally:
        national.shipped_file.cache_clear()
    assert "holidays.toml" in failure.value.sentence
    assert office.list_holidays(desk.db) == []
