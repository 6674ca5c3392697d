"""The municipality, whether its base is one of practice, and the catalogues that head its papers."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from office_verbs import MARCH, TACNA, Desk, refused
from PIL import Image

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import (
    Body,
    BodyRole,
    Holiday,
    LegalTerm,
    Legend,
    Mode,
    Norm,
    NormKind,
    YearName,
)


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> Desk:
    return Desk(db, actor, now)


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
