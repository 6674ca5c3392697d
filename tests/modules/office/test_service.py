"""What the office can do with its own facts, as other modules and the screen ask for it."""

import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from sisfoh_desktop.basics import paths
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.basics.workdays import term_in_months, term_in_workdays
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import (
    Body,
    BodyRole,
    Holiday,
    LegalTerm,
    Legend,
    Mode,
    Municipality,
    Norm,
    NormKind,
    Officer,
    Unit,
    YearName,
)
from sisfoh_desktop.modules.office.service import national

TACNA = Municipality(
    "Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna", "www.munitacna.gob.pe"
)
MARCH = date(2024, 3, 8)


class Desk:
    """The service with its usual three arguments filled in."""

    def __init__(self, db: Database, actor: Actor, now: datetime) -> None:
        self.db, self.actor, self.now = db, actor, now

    def do(self, verb: Any, **what: Any) -> Any:
        return verb(self.db, actor=self.actor, now=self.now, **what)

    def trail(self) -> list[tuple[str, str, Any, Any, str]]:
        with self.db.reading() as session:
            rows = session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.id)).all()
        return [
            (
                row.action,
                row.subject,
                json.loads(row.before or "null"),
                json.loads(row.after or "null"),
                row.reason,
            )
            for row in rows
        ]


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> Desk:
    return Desk(db, actor, now)


def refused(code: str, call: Any, *args: Any, **what: Any) -> str:
    with pytest.raises(RuleError) as refusal:
        call(*args, **what)
    assert refusal.value.code == code
    return refusal.value.sentence


# --- the municipality ---


def test_before_the_first_run_the_municipality_is_asked_for_with_a_sentence(db: Database) -> None:
    assert office.find_municipality(db) is None
    assert "Oficina › Municipalidad" in refused("municipality_missing", office.load_municipality, db)


def test_the_municipality_is_entered_corrected_and_told_in_the_trail(desk: Desk) -> None:
    assert desk.do(office.save_municipality, municipality=TACNA, expected_version=0) == 1
    assert office.load_municipality(desk.db) == replace(TACNA, version=1)
    desk.do(office.save_municipality, municipality=replace(TACNA, short_name="MPTa"), expected_version=1)
    assert desk.trail()[-1] == (
        "office.municipality.save",
        "municipality:1",
        {"short_name": "MPT"},
        {"short_name": "MPTa"},
        "",
    )


def test_two_people_cannot_overwrite_each_other(desk: Desk) -> None:
    desk.do(office.save_municipality, municipality=TACNA, expected_version=0)
    desk.do(office.save_municipality, municipality=replace(TACNA, place_name="Aquí"), expected_version=1)
    with pytest.raises(StaleRow):
        desk.do(office.save_municipality, municipality=replace(TACNA, place_name="Allá"), expected_version=1)
    assert office.load_municipality(desk.db).place_name == "Aquí"


def test_the_same_action_sent_twice_is_done_once(desk: Desk) -> None:
    norm = Norm("Ley 1", "Título", NormKind.LAW)
    first = desk.do(office.add_norm, norm=norm, token="una-vez")
    assert desk.do(office.add_norm, norm=norm, token="una-vez") == first
    assert len(office.list_norms(desk.db)) == 1


def test_a_damaged_coat_of_arms_is_refused_and_nothing_is_stored(desk: Desk) -> None:
    refused(
        "logo_format",
        desk.do,
        office.save_municipality,
        municipality=replace(TACNA, logo=b"no es una imagen"),
        expected_version=0,
    )
    assert office.find_municipality(desk.db) is None


def test_a_whole_coat_of_arms_is_kept_for_papers_and_stays_out_of_the_trail(desk: Desk) -> None:
    picture = BytesIO()
    Image.new("RGB", (64, 64), "white").save(picture, "PNG")
    with_logo = replace(TACNA, logo=picture.getvalue())
    desk.do(office.save_municipality, municipality=with_logo, expected_version=0)
    assert office.letterhead(desk.db, MARCH).logo == picture.getvalue()
    assert desk.trail()[-1][3]["logo"].endswith(" bytes")


def test_a_base_becomes_one_of_practice_and_says_so(desk: Desk) -> None:
    desk.do(office.save_municipality, municipality=TACNA, expected_version=0)
    assert not office.is_practice(desk.db)
    assert (office.watermark(desk.db), office.watermark(desk.db, "PROYECTO")) == ("", "PROYECTO")
    with desk.db.transaction() as session:
        office.set_practice_in(session, actor=desk.actor, now=desk.now)
    assert desk.trail()[-1][0] == "office.practice.set"
    assert office.is_practice(desk.db)
    assert office.watermark(desk.db) == "PRÁCTICA, SIN VALOR"
    assert office.watermark(desk.db, "PROYECTO") == "PROYECTO\nPRÁCTICA, SIN VALOR"
    assert office.load_municipality(desk.db).mode is Mode.PRACTICE
    assert office.load_state(desk.db).practice


# --- units ---


@pytest.fixture
def manager(desk: Desk) -> int:
    unit = Unit("Gerencia Municipal", "GM", valid_from=date(2020, 1, 1))
    return int(desk.do(office.add_unit, unit=unit))


def test_units_are_found_by_their_siglas_and_called_as_on_the_day(desk: Desk, manager: int) -> None:
    planning = Unit("Oficina de Planeamiento", "OGPPyMI", manager, valid_from=date(2020, 1, 1))
    planning_id = desk.do(office.add_unit, unit=planning)
    found = office.unit_by_siglas(desk.db, "OGPPYMI", MARCH)
    assert found is not None
    assert (found.id, found.depth, found.sort_order) == (planning_id, 1, 10)
    assert office.unit_by_siglas(desk.db, "OTRA", MARCH) is None
    assert office.unit_by_siglas(desk.db, "OGPPyMI", date(2019, 1, 1)) is None
    assert office.load_unit(desk.db, planning_id, MARCH).name == "Oficina de Planeamiento"
    refused("unit_unknown", office.load_unit, desk.db, planning_id, date(2019, 1, 1))


def test_a_renamed_unit_keeps_its_old_name_on_old_papers(desk: Desk, manager: int) -> None:
    new = Unit("Gerencia General Municipal", "GGM", valid_from=date(2025, 1, 1), id=manager)
    assert desk.do(office.rename_unit, unit=new, expected_version=1) == 2
    assert office.load_unit(desk.db, manager, MARCH).siglas == "GM"
    assert office.load_unit(desk.db, manager, date(2024, 12, 31)).siglas == "GM"
    assert office.load_unit(desk.db, manager, date(2025, 1, 1)).siglas == "GGM"
    assert [name.siglas for name in office.list_unit_names(desk.db, manager)] == ["GM", "GGM"]
    with pytest.raises(StaleRow):
        desk.do(office.rename_unit, unit=replace(new, valid_from=date(2026, 1, 1)), expected_version=1)


def test_a_new_name_needs_a_day_after_the_old_ones_first(desk: Desk, manager: int) -> None:
    new = Unit("Otra", "OTRA", id=manager)
    refused("date_missing", desk.do, office.rename_unit, unit=new, expected_version=1)
    for day in (date(2020, 1, 1), date(2019, 6, 1)):
        refused(
            "unit_without_name",
            desk.do,
            office.rename_unit,
            unit=replace(new, valid_from=day),
            expected_version=1,
        )
    assert [name.siglas for name in office.list_unit_names(desk.db, manager)] == ["GM"]


def test_a_unit_is_corrected_moved_and_ended(desk: Desk, manager: int) -> None:
    below = desk.do(office.add_unit, unit=Unit("Subgerencia", "SG"))
    unit = office.load_unit(desk.db, below, MARCH)
    desk.do(office.save_unit, unit=replace(unit, name="Sub Gerencia", parent_id=manager), expected_version=1)
    assert office.load_unit(desk.db, below, MARCH).depth == 1
    assert desk.trail()[-1][2:4] == (
        {"name": "Subgerencia", "parent_id": None},
        {"name": "Sub Gerencia", "parent_id": manager},
    )
    top = office.load_unit(desk.db, manager, MARCH)
    refused(
        "unit_circle",
        desk.do,
        office.save_unit,
        unit=replace(top, parent_id=below),
        expected_version=top.version,
    )
    desk.do(office.end_unit, unit_id=below, last_day=MARCH, expected_version=2)
    assert [unit.siglas for unit in office.list_units(desk.db, MARCH)] == ["GM", "SG"]
    assert [unit.siglas for unit in office.list_units(desk.db, date(2024, 3, 9))] == ["GM"]
    refused(
        "unit_unknown", desk.do, office.end_unit, unit_id=below, last_day=date(2025, 1, 1), expected_version=3
    )


# --- officers ---


def test_whoever_acts_goes_before_the_holder_while_it_lasts(desk: Desk, manager: int) -> None:
    holder = Officer("PERSONA UNO", "Gerente Municipal", manager, "Ing.", dni="40000001")
    holder_id = desk.do(office.add_officer, officer=holder)
    acting = Officer(
        "PERSONA DOS",
        "Gerente Municipal",
        manager,
        acting=True,
        document="RA 45-2024",
        valid_from=date(2024, 3, 4),
        valid_to=date(2024, 3, 15),
    )
    desk.do(office.add_officer, officer=acting)
    on_leave, back = (
        office.officer_for(desk.db, manager, MARCH),
        office.officer_for(desk.db, manager, date(2024, 3, 16)),
    )
    assert on_leave is not None
    assert back is not None
    assert on_leave.full_position == "Gerente Municipal (e)"
    assert (back.id, back.dni) == (holder_id, "40000001")
    assert office.officer_for(desk.db, 999, MARCH) is None


def test_lists_mask_the_dni_and_the_trail_never_holds_it(desk: Desk, manager: int) -> None:
    officer_id = desk.do(
        office.add_officer, officer=Officer("PERSONA UNO", "Gerente", manager, dni="40000001")
    )
    (line,) = office.list_officers(desk.db, MARCH)
    assert (line.masked_dni, line.unit_siglas, line.officer.dni) == ("4*****01", "GM", None)
    assert "40000001" not in json.dumps(desk.trail())
    desk.do(office.save_officer, officer=replace(line.officer, name="PERSONA UNO DOS"), expected_version=1)
    assert office.load_officer(desk.db, officer_id).dni == "40000001"
    desk.do(office.save_officer, officer=replace(line.officer, dni=""), expected_version=2)
    assert office.load_officer(desk.db, officer_id).dni == ""


def test_the_trail_tells_that_a_dni_changed_even_if_its_shown_figures_did_not(
    desk: Desk, manager: int
) -> None:
    officer = Officer("PERSONA UNO", "Gerente", manager, dni="40000001")
    officer_id = desk.do(office.add_officer, officer=officer)
    other = replace(officer, id=officer_id, dni="41111101")
    desk.do(office.save_officer, officer=other, expected_version=1)
    assert desk.trail()[-1][3] == {"dni": "4*****01 (cambió)"}
    assert "41111101" not in json.dumps(desk.trail())


def test_officers_are_listed_by_unit_head_first_and_past_ones_on_demand(desk: Desk, manager: int) -> None:
    below = desk.do(office.add_unit, unit=Unit("Asesoría", "OGAJ", manager))
    for officer in (
        Officer("ABOGADA", "Jefa", below),
        Officer("ESPECIALISTA", "Especialista", manager, head=False),
        Officer("GERENTE", "Gerente", manager),
    ):
        desk.do(office.add_officer, officer=officer)
    gone = desk.do(office.add_officer, officer=Officer("ANTERIOR", "Asistente", manager, head=False))
    desk.do(office.end_officer, officer_id=gone, last_day=date(2023, 12, 31), expected_version=1)
    names = [line.officer.name for line in office.list_officers(desk.db, MARCH)]
    assert names == ["GERENTE", "ESPECIALISTA", "ABOGADA"]
    assert {line.officer.name for line in office.list_officers(desk.db)} == {*names, "ANTERIOR"}
    assert {line.unit_siglas for line in office.list_officers(desk.db)} == {"GM", "OGAJ"}


# --- catalogues ---


def test_a_paper_is_headed_as_on_its_date(desk: Desk) -> None:
    desk.do(office.save_municipality, municipality=TACNA, expected_version=0)
    desk.do(office.install_national_data)
    head = office.letterhead(desk.db, MARCH, "Gerencia Municipal")
    assert (head.entity, head.office) == ("Municipalidad Provincial de Tacna", "Gerencia Municipal")
    assert head.year_name.startswith("Año del Bicentenario, de la consolidación")
    assert office.year_name(desk.db, date(2026, 1, 10)) == ""
    assert (
        office.year_name(desk.db, date(2026, 6, 1))
        == "Año de la Esperanza y el Fortalecimiento de la Democracia"
    )
    assert "27269" in office.legend(desk.db, MARCH)
    assert office.legend(desk.db, date(2021, 1, 1)) == ""


def test_two_printed_names_stand_side_by_side(desk: Desk) -> None:
    for text in ("Decenio", "Año"):
        desk.do(office.add_year_name, year_name=YearName(text))
    assert office.year_name(desk.db, MARCH) == "Decenio · Año"


def test_the_lead_body_is_called_as_on_the_day(desk: Desk) -> None:
    desk.do(office.install_national_data)
    then, later = (office.body_for(desk.db, BodyRole.LEAD_BODY, day) for day in (MARCH, date(2026, 1, 1)))
    assert then is not None
    assert later is not None
    assert (then.siglas, later.siglas) == ("DGFIS", "OFIS")
    assert office.body_for(desk.db, BodyRole.OTHER, MARCH) is None
    assert {body.siglas for body in office.list_bodies(desk.db, MARCH)} == {"MIDIS", "DGFIS", "DO", "PGH"}


@pytest.mark.parametrize(
    ("noun", "fact", "plural"),
    [
        ("body", Body(BodyRole.OTHER, "Comisaría", "PNP"), "list_bodies"),
        ("norm", Norm("Ley 1", "Título", NormKind.LAW), "list_norms"),
        ("year_name", YearName("Año"), "list_year_names"),
        ("legend", Legend("Texto"), "list_legends"),
        ("term", LegalTerm("report", "Informe", 7, norm="Directiva 1"), "list_terms"),
        ("holiday", Holiday("Aniversario", single_day=date(2024, 8, 28), scope="23"), "list_holidays"),
    ],
)
def test_each_catalogue_is_added_to_corrected_and_ended(
    noun: str, fact: Any, plural: str, desk: Desk
) -> None:
    fact_id = desk.do(getattr(office, f"add_{noun}"), **{noun: fact})
    (stored,) = getattr(office, plural)(desk.db)
    assert (stored.id, stored.version) == (fact_id, 1)
    corrected = replace(stored, valid_from=date(2020, 1, 1))
    assert desk.do(getattr(office, f"save_{noun}"), **{noun: corrected, "expected_version": 1}) == 2
    end = getattr(office, f"end_{noun}")
    assert desk.do(end, **{f"{noun}_id": fact_id, "last_day": date(2024, 12, 31), "expected_version": 2}) == 3
    with pytest.raises(StaleRow):
        desk.do(end, **{f"{noun}_id": fact_id, "last_day": date(2025, 12, 31), "expected_version": 2})
    (ended,) = getattr(office, plural)(desk.db)
    assert ended.valid_to == date(2024, 12, 31)
    told = "legal_term" if noun == "term" else noun
    assert [entry[0] for entry in desk.trail()] == [
        f"office.{told}.{verb}" for verb in ("add", "save", "end")
    ]
    assert desk.trail()[-1][2:4] == ({"valid_to": None}, {"valid_to": "2024-12-31"})
    refused(
        "dates_upside_down",
        desk.do,
        end,
        **{f"{noun}_id": fact_id, "last_day": date(2019, 1, 1), "expected_version": 3},
    )


# --- days off ---


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
