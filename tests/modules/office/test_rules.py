"""Rules of the office: texts, dates, overlaps, the tree of units, the coat of arms, the shipped data."""

import struct
import zlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.holidays import DayOffKind
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.office.rules import (
    NATIONAL_FILES,
    Body,
    BodyRole,
    CountsFrom,
    Holiday,
    LegalTerm,
    Legend,
    Municipality,
    Norm,
    NormKind,
    Officer,
    OfficerLine,
    TermUnit,
    Unit,
    UnitName,
    YearName,
    check_dated,
    check_logo,
    check_municipality,
    check_parent,
    check_unit_name,
    in_force,
    national_facts,
    overlaps,
    period_words,
    siglas_key,
)

TACNA = Municipality("Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna")


def refused(code: str, call: object, *args: object) -> str:
    """The sentence of the refusal that `call` must give."""
    with pytest.raises(RuleError) as refusal:
        call(*args)  # type: ignore[operator]
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")
    return refusal.value.sentence


def png(width: int = 600, height: int = 600) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(width: int = 300, height: int = 200) -> bytes:
    quantities = b"\xff\xdb\x00\x43" + b"\0" * 65
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + quantities + frame + b"\xff\xd9"


# --- dates ---


def period(start: date | None, end: date | None) -> Norm:
    return Norm("Ley 1", "Título", NormKind.LAW, start, end)


def test_both_days_of_a_validity_are_in_it_and_an_open_side_has_no_end() -> None:
    spring = period(date(2024, 3, 1), date(2024, 5, 31))
    assert [in_force(spring, day) for day in (date(2024, 2, 29), date(2024, 3, 1), date(2024, 5, 31))] == [
        False,
        True,
        True,
    ]
    assert not in_force(spring, date(2024, 6, 1))
    assert in_force(period(None, None), date(1950, 1, 1))


days = st.none() | st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 3, 1))


@given(days, days, days, days)
def test_two_validities_overlap_when_some_day_is_in_both(
    one_from: date | None, one_to: date | None, other_from: date | None, other_to: date | None
) -> None:
    one, other = period(one_from, one_to), period(other_from, other_to)
    known = [date(2019, 12, 31), date(2020, 3, 2)] + [
        date.fromordinal(date(2020, 1, 1).toordinal() + n) for n in range(61)
    ]
    shared = any(in_force(one, day) and in_force(other, day) for day in known)
    assert overlaps(one, other) == shared == overlaps(other, one)


def test_dates_upside_down_or_out_of_all_reason_are_refused() -> None:
    sentence = refused("dates_upside_down", check_dated, period(date(2024, 3, 8), date(2024, 3, 7)), [])
    assert "07/03/2024" in sentence
    refused("date_out_of_range", check_dated, period(date(1824, 3, 8), None), [])


def test_a_validity_is_told_in_words() -> None:
    day = date(2024, 3, 8)
    assert period_words(period(day, day)) == "del 08/03/2024 al 08/03/2024"
    assert period_words(period(day, None)) == "desde el 08/03/2024"
    assert period_words(period(None, day)) == "hasta el 08/03/2024"
    assert period_words(period(None, None)) == "sin fecha de término"


# --- the municipality and its coat of arms ---


def test_a_municipality_is_kept_with_clean_texts() -> None:
    checked = check_municipality(replace(TACNA, name=" Municipalidad  Provincial de Tacna ", logo=png()))
    assert checked.name == "Municipalidad Provincial de Tacna"
    assert "logo" not in repr(checked)


@pytest.mark.parametrize(
    "url", ["www.munitacna.gob.pe", "https://www.gob.pe/munitacna", "munitacna.gob.pe", ""]
)
def test_portals_as_people_write_them(url: str) -> None:
    assert check_municipality(replace(TACNA, portal_url=url)).portal_url == url


@pytest.mark.parametrize(
    "url", ["munitacna", "javascript:alert(1)", "www.muni tacna.gob.pe", 'https://a.pe/"x']
)
def test_what_is_no_portal_is_refused(url: str) -> None:
    refused("portal_invalid", check_municipality, replace(TACNA, portal_url=url))


def test_a_reniec_ubigeo_is_refused_since_days_off_go_by_inei() -> None:
    refused("ubigeo_not_inei", check_municipality, replace(TACNA, ubigeo=Ubigeo("220101", "RENIEC")))


@pytest.mark.parametrize("data", [png(), jpeg(), png(32, 4000), jpeg() + b"\0\0"])
def test_a_whole_png_or_jpeg_is_a_coat_of_arms(data: bytes) -> None:
    check_logo(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\0" * 50,
        b"%PDF-1.7",
        b"<svg/>",
        png()[:-6],
        png()[:40],
        png()[:12],
        png().replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n",
        jpeg()[:-2],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x04\0\0" + b"x" * 20 + b"\xff\xd9",
    ],
)
def test_a_cut_damaged_or_other_file_is_refused(data: bytes) -> None:
    refused("logo_format", check_logo, data)


def test_a_picture_too_large_or_too_small_is_refused() -> None:
    refused("logo_too_large", check_logo, b"\x89PNG" + b"\0" * 1_048_576)
    assert "8 × 8" in refused("logo_size", check_logo, png(8, 8))
    refused("logo_size", check_logo, jpeg(5000, 200))


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused_but_never_break(data: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        with pytest.raises(RuleError):
            check_logo(start + data + b"\0")


# --- units ---

OGAJ = UnitName(7, "Oficina General de Asesoría Jurídica", "OGAJ", date(2020, 1, 1), None, id=3)


def test_siglas_are_compared_without_points_and_capitals() -> None:
    assert siglas_key("OGPPyMI") == siglas_key("OGPPYMI") == siglas_key("O.G.P.P.y M.I.")


def test_a_unit_cannot_have_two_names_on_one_day() -> None:
    second = Unit("Oficina de Asesoría", "OAJ", valid_from=date(2024, 1, 1), id=7)
    assert "Asesoría Jurídica" in refused("unit_name_overlap", check_unit_name, second, [OGAJ])
    ended = replace(OGAJ, valid_to=date(2023, 12, 31))
    assert check_unit_name(second, [ended]) == second


def test_two_units_cannot_share_siglas_on_one_day() -> None:
    twin = Unit("Otra oficina", "O.G.A.J", id=8)
    refused("siglas_taken", check_unit_name, twin, [OGAJ])
    assert check_unit_name(replace(twin, siglas="OTRA"), [OGAJ]).siglas == "OTRA"
    assert check_unit_name(replace(twin, valid_to=date(2019, 12, 31)), [OGAJ])


@pytest.mark.parametrize("siglas", ["OG AJ", "-GM", "<b>", "GM;"])
def test_siglas_must_serve_in_a_document_number(siglas: str) -> None:
    refused("siglas_invalid", check_unit_name, Unit("Gerencia", siglas), [])


def test_no_unit_hangs_from_itself() -> None:
    parents = {1: None, 2: 1, 3: 2}
    check_parent(3, 1, parents)
    check_parent(1, None, parents)
    refused("unit_circle", check_parent, 1, 3, parents)
    refused("unit_circle", check_parent, 2, 2, parents)
    refused("unit_unknown", check_parent, 3, 99, parents)


# --- officers ---

MANAGER = Officer("PERSONA UNO", "Gerente Municipal", 1, "Ing.", valid_from=date(2023, 1, 1), id=1)


def test_an_officer_is_named_as_under_a_signature() -> None:
    assert MANAGER.full_name == "Ing. PERSONA UNO"
    assert replace(MANAGER, title="").full_name == "PERSONA UNO"
    assert replace(MANAGER, acting=True).full_position == "Gerente Municipal (e)"
    assert MANAGER.full_position == "Gerente Municipal"


def test_a_unit_has_one_head_at_a_time_but_someone_may_act_for_them() -> None:
    successor = replace(MANAGER, name="PERSONA DOS", id=0)
    assert "PERSONA UNO" in refused("officer_overlap", check_dated, successor, [MANAGER])
    acting = replace(successor, acting=True, document="Resolución de Alcaldía 12-2024")
    assert check_dated(acting, [MANAGER]) == acting
    refused("officer_overlap", check_dated, replace(acting, name="PERSONA TRES"), [replace(acting, id=9)])
    assert check_dated(replace(successor, head=False), [MANAGER])
    assert check_dated(replace(successor, unit_id=2), [MANAGER])
    assert check_dated(successor, [replace(MANAGER, valid_to=date(2022, 12, 31), valid_from=None)])


def test_whoever_acts_needs_a_document() -> None:
    refused("text_missing", check_dated, replace(MANAGER, acting=True), [])


def test_a_dni_may_be_missing_but_not_wrong() -> None:
    assert check_dated(replace(MANAGER, dni=""), [])
    assert check_dated(replace(MANAGER, dni=None), [])
    refused("dni_invalid", check_dated, replace(MANAGER, dni="1234"), [])


def test_lists_never_carry_the_dni() -> None:
    line = OfficerLine.of(replace(MANAGER, dni="40000001"), Unit("Gerencia Municipal", "GM", id=1))
    assert line.masked_dni == "4*****01"
    assert line.officer.dni is None
    assert "40000001" not in repr(line)
    assert OfficerLine.of(MANAGER, None).unit_name == ""


# --- norms, bodies, year names, legends ---


def test_a_norm_is_not_registered_twice_for_the_same_days() -> None:
    law = Norm("Ley 27444", "TUO", NormKind.LAW, valid_to=date(2026, 4, 30), id=1)
    refused("norm_overlap", check_dated, Norm("LEY 27444", "TUO", NormKind.LAW), [law])
    assert check_dated(Norm("Ley 27444", "TUO", NormKind.LAW, date(2026, 5, 1)), [law])


def test_a_body_is_not_registered_twice_for_the_same_days() -> None:
    dgfis = Body(BodyRole.LEAD_BODY, "Dirección General", "DGFIS", id=1)
    refused("body_overlap", check_dated, replace(dgfis, id=0), [dgfis])
    assert check_dated(replace(dgfis, siglas="OFIS", id=0), [dgfis])


def test_one_legend_at_a_time_and_no_year_name_twice() -> None:
    legend = Legend("Texto", id=1)
    refused("legend_overlap", check_dated, Legend("Otro"), [legend])
    assert check_dated(Legend("Otro", date(2025, 1, 1)), [replace(legend, valid_to=date(2024, 12, 31))])
    year = YearName("Año de algo", date(2024, 1, 1), date(2024, 12, 31), id=1)
    refused("year_name_overlap", check_dated, replace(year, text="AÑO DE ALGO", id=0), [year])
    decade = replace(year, text="Decenio", valid_to=date(2027, 12, 31), id=0)
    assert check_dated(decade, [year]) == decade


# --- legal terms ---

REPORT = LegalTerm("report", "Informe", 7, norm="LPAG, art. 132")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "otro"}, "term_key_unknown"),
        ({"days": -1}, "term_days_invalid"),
        ({"days": 366}, "term_days_invalid"),
        ({"norm": " "}, "text_missing"),
        ({"title": ""}, "text_missing"),
    ],
)
def test_a_term_says_what_it_serves_how_long_and_by_which_norm(change: dict[str, Any], code: str) -> None:
    refused(code, check_dated, replace(REPORT, **change), [])


def test_one_term_of_a_key_at_a_time() -> None:
    stored = replace(REPORT, id=1)
    refused("term_overlap", check_dated, replace(REPORT, days=5), [stored])
    assert check_dated(replace(REPORT, key="step"), [stored])
    ended = replace(stored, valid_to=date(2026, 4, 30))
    assert check_dated(replace(REPORT, valid_from=date(2026, 5, 1)), [ended])


@pytest.mark.parametrize(
    ("days", "unit", "words"),
    [
        (0, TermUnit.WORKDAYS, "el mismo día"),
        (1, TermUnit.WORKDAYS, "1 día hábil"),
        (1, TermUnit.CALENDAR, "1 día calendario"),
        (7, TermUnit.WORKDAYS, "7 días hábiles"),
        (30, TermUnit.CALENDAR, "30 días calendario"),
    ],
)
def test_a_term_is_said_in_words(days: int, unit: TermUnit, words: str) -> None:
    assert replace(REPORT, days=days, unit=unit).words == words


def test_a_term_says_its_event() -> None:
    assert [replace(REPORT, counts_from=event).event for event in CountsFrom] == [
        "desde la emisión", "desde la aprobación", "desde la notificación", "desde la recepción",
    ]  # fmt: skip


def test_a_term_ends_as_its_unit_and_its_event_say() -> None:
    friday, calendar = date(2024, 3, 8), Calendar()
    three = replace(REPORT, days=3)
    assert three.ends(friday, calendar).last_day == date(2024, 3, 13)
    assert [day.reason for day in three.ends(friday, calendar).skipped] == ["sábado", "domingo"]
    assert replace(three, days=0).ends(friday, calendar).last_day == friday
    # 3 calendar days after a Thursday is a Sunday, which rolls to Monday
    calendar_days = replace(three, unit=TermUnit.CALENDAR)
    assert calendar_days.ends(date(2024, 3, 7), calendar).last_day == date(2024, 3, 11)
    served = replace(three, counts_from=CountsFrom.NOTIFICATION)
    assert served.ends(date(2024, 3, 9), calendar).last_day == date(2024, 3, 14)
    assert three.ends(date(2024, 3, 9), calendar).last_day == date(2024, 3, 13)


# --- days off ---


def test_a_day_off_is_dated_in_exactly_one_way() -> None:
    for holiday in (
        Holiday("Navidad", month=12, day=25),
        Holiday("Bisiesto", month=2, day=29),
        Holiday("Viernes Santo", easter_offset=-2),
        Holiday("Puente", single_day=date(2026, 1, 2), kind=DayOffKind.COMPENSABLE, scope=" 23 "),
    ):
        assert isinstance(check_dated(holiday, []), Holiday)
    refused("holiday_date_unclear", check_dated, Holiday("Nada"), [])
    refused("holiday_date_unclear", check_dated, Holiday("Dos", month=1, day=1, easter_offset=0), [])


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (0, 5), (4, None), (None, 4)])
def test_a_yearly_day_must_exist(month: int | None, day: int | None) -> None:
    refused("holiday_date_invalid", check_dated, Holiday("Nunca", month=month, day=day), [])


def test_far_days_and_unknown_places_are_refused() -> None:
    refused("holiday_date_invalid", check_dated, Holiday("Lejos", easter_offset=200), [])
    refused("date_out_of_range", check_dated, Holiday("Lejos", single_day=date(1821, 7, 28)), [])
    refused("scope_invalid", check_dated, Holiday("Dónde", month=1, day=2, scope="230"), [])


def test_a_day_off_is_read_by_the_calendar_as_it_is_kept() -> None:
    rule = Holiday("Batalla de Arica", "Ley 31788", month=6, day=7, valid_from=date(2023, 6, 16)).rule
    assert rule.day_in(2023) is None
    assert rule.day_in(2024) == date(2024, 6, 7)
    assert Holiday("Puente", single_day=date(2026, 1, 2)).rule.day_in(2026) == date(2026, 1, 2)


# --- shipped data ---


def test_shipped_rows_are_checked_like_typed_ones_and_name_their_origin() -> None:
    rows = [{"key": "a", "name": "Navidad", "month": 12, "day": 25, "kind": "feriado"}]
    assert list(national_facts(Holiday, rows)) == [
        ("a", Holiday("Navidad", month=12, day=25, entered_by="Lista nacional"))
    ]
    norm = {"key": "b", "code": "Ley 1", "title": "T", "kind": "Ley"}
    assert next(iter(national_facts(Norm, [norm])))[1] == Norm("Ley 1", "T", NormKind.LAW)
    with pytest.raises(RuleError):
        list(national_facts(Norm, [norm, norm]))
    with pytest.raises(TypeError):
        list(national_facts(NATIONAL_FILES["legends"], [{"key": "c", "texto": "mal escrito"}]))
