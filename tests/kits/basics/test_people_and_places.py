"""DNI and ubigeo: checked, masked, and never without the catalogue they belong to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.dni import check_dni, mask_dni, without_dni, without_eight_figures
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ubigeo import Ubigeo, check_scope


def test_a_dni_keeps_its_zeros() -> None:
    assert check_dni(" 00123456 ") == "00123456"


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "4000000A", "40 000 001", "٤٠٠٠٠٠٠١"])
def test_what_is_no_dni_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(RuleError) as refusal:
        check_dni(typed)
    assert refusal.value.code == "dni_invalid"
    if typed:
        assert typed not in refusal.value.sentence


def test_a_masked_dni_shows_its_first_and_last_two_digits() -> None:
    assert mask_dni("40000001") == "4*****01"
    assert mask_dni("") == ""
    assert mask_dni("CE-123") == "******"


@given(st.text(max_size=20))
def test_a_mask_never_shows_more_than_three_digits(text: str) -> None:
    masked = mask_dni(text)
    assert len(masked) == len(text)
    assert len(masked) - masked.count("*") in (0, 3)


def test_an_ubigeo_lies_in_its_department_province_and_district() -> None:
    tacna = Ubigeo("230101", "INEI")
    assert all(tacna.within(prefix) for prefix in ("", "23", "2301", "230101"))
    assert not any(tacna.within(prefix) for prefix in ("22", "2302", "230102"))


def test_the_same_code_in_two_catalogues_is_two_places() -> None:
    assert Ubigeo("230101", "INEI") != Ubigeo("230101", "RENIEC")


@pytest.mark.parametrize("code", ["", "23010", "2301011", "23010A", "٢٣٠١٠١"])
def test_a_code_without_six_digits_is_refused(code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        Ubigeo(code, "INEI")
    assert refusal.value.code == "ubigeo_invalid"


@pytest.mark.parametrize("catalogue", ["", "inei", "SUNAT"])
def test_a_code_without_its_catalogue_is_refused(catalogue: str) -> None:
    with pytest.raises(RuleError) as refusal:
        Ubigeo("230101", catalogue)
    assert refusal.value.code == "ubigeo_catalogue_unknown"


def test_a_scope_is_the_country_or_a_prefix_of_two_four_or_six() -> None:
    assert [check_scope(text) for text in ("", "23", "2301", "230101")] == ["", "23", "2301", "230101"]
    for text in ("2", "230", "23010", "2301011", "TA"):
        with pytest.raises(RuleError) as refusal:
            check_scope(text)
        assert refusal.value.code == "scope_invalid"


@pytest.mark.parametrize(
    ("text", "alone", "anywhere"),
    [
        ("Queja de 40000001", "Queja de 4*****01", "Queja de 4*****01"),
        ("exp. 2024-40000001", "exp. 2024-40000001", "exp. 2024-4*****01"),
        ("DNI40000001.", "DNI40000001.", "DNI4*****01."),
        ("400000011", "400000011", "400000011"),
        ("4000-0001", "4000-0001", "4000-0001"),
    ],
)
def test_a_dni_inside_a_text_is_masked(text, alone, anywhere):
    assert without_dni(text) == alone
    assert without_eight_figures(text) == anywhere
