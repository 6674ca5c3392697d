"""Document numbers: every spelling met in a real resolución, and the masks that make ours."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.document_numbers import (
    DocumentNumber,
    NumberMask,
    blank_number,
    example_of,
    mask_of,
    parse_document_number,
    proposed_mask,
)
from sisfoh_desktop.basics.errors import RuleError


@pytest.mark.parametrize(
    ("typed", "prefix", "number", "year", "siglas"),
    [
        ("Nº 091 - 2024 GM/MPT", "", "091", 2024, "GM/MPT"),
        ("N° 091 - 2024 - GM/MPT", "", "091", 2024, "GM/MPT"),
        ("Nº 091-2024 GM/MPT", "", "091", 2024, "GM/MPT"),
        ("237-2024-OGAJ/MPT", "", "237", 2024, "OGAJ/MPT"),
        ("237-2024-OGAJ-MPT", "", "237", 2024, "OGAJ-MPT"),
        ("Nº 541-2024-OGPPYMI/MPT", "", "541", 2024, "OGPPYMI/MPT"),
        ("465-2024-OGPPyMI/MPT", "", "465", 2024, "OGPPyMI/MPT"),
        ("13-2024-GBA-OPIOI-OGPPYMI/MPT", "", "13", 2024, "GBA-OPIOI-OGPPYMI/MPT"),
        ("0151-2024-GDES/MPT", "", "0151", 2024, "GDES/MPT"),
        ("194-2024-SGDSyPV-GDES/MPT", "", "194", 2024, "SGDSyPV-GDES/MPT"),
        ("021-2024-SISFOH/SGDSyPV/GDES/MPT", "", "021", 2024, "SISFOH/SGDSyPV/GDES/MPT"),
        ("021-2024/SISFOH/SGDSyPV/GDES/MPT", "", "021", 2024, "SISFOH/SGDSyPV/GDES/MPT"),
        ("25-2024-OGAJ/MPT", "", "25", 2024, "OGAJ/MPT"),
        ("D00002-2024-MIDIS-DGFIS", "D", "00002", 2024, "MIDIS-DGFIS"),
        ("N° D000002-2024-MIDIS-DGFIS", "D", "000002", 2024, "MIDIS-DGFIS"),
        ("D000009-2024-MIDIS", "D", "000009", 2024, "MIDIS"),
        ("Nº 032-2020-MIDIS", "", "032", 2020, "MIDIS"),
        ("Nº 003-2024-MIDIS", "", "003", 2024, "MIDIS"),
        ("10784-2024", "", "10784", 2024, ""),
        ("N.° 187-2020/MDV-ALC", "", "187", 2020, "MDV-ALC"),
        ("Nro. 007-2024-MPL", "", "007", 2024, "MPL"),
        ("164-2020-MDK-DPP", "", "164", 2020, "MDK-DPP"),
        ("  237 \u2013 2024 \u2013 OGAJ / MPT ", "", "237", 2024, "OGAJ/MPT"),
        ("d00002-2024-MIDIS", "D", "00002", 2024, "MIDIS"),
    ],
)
def test_spellings_of_a_real_resolucion_are_understood(
    typed: str, prefix: str, number: str, year: int, siglas: str
) -> None:
    parsed = parse_document_number(typed)
    assert (parsed.prefix, parsed.number, parsed.year, parsed.siglas) == (prefix, number, year, siglas)
    assert parsed.text == " ".join(typed.split())


def test_leading_zeros_are_kept_and_the_canonical_spelling_is_uniform() -> None:
    spellings = ["Nº 091 - 2024 GM/MPT", "N° 091 - 2024 - GM/MPT", "Nº 091-2024 GM/MPT"]
    assert {parse_document_number(text).canonical for text in spellings} == {"091-2024-GM/MPT"}
    assert parse_document_number("10784-2024").canonical == "10784-2024"


def test_two_spellings_of_one_document_have_the_same_key_and_two_documents_do_not() -> None:
    same = ["D00002-2024-MIDIS-DGFIS", "D000002-2024-MIDIS/DGFIS", "d2-2024 Midis dgfis"]
    assert len({parse_document_number(text).key for text in same}) == 1
    other = [
        "237-2024-OGAJ/MPT",
        "237-2023-OGAJ/MPT",
        "238-2024-OGAJ/MPT",
        "D237-2024-OGAJ/MPT",
        "237-2024-GM",
    ]
    assert len({parse_document_number(text).key for text in other}) == len(other)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "document_number_missing"),
        ("  \n", "document_number_missing"),
        ("16784", "document_number_invalid"),
        ("2372024-OGAJ", "document_number_invalid"),
        ("237-24-OGAJ", "document_number_invalid"),
        ("237-1824-OGAJ", "document_number_invalid"),
        ("237-20245", "document_number_invalid"),
        ("OGAJ-2024-237", "document_number_invalid"),
        ("237-2024-<b>GM</b>", "document_number_invalid"),
        ("237-2024-GM//MPT", "document_number_invalid"),
        ("237-2024-" + "A" * 200, "document_number_invalid"),
        ("12345678901-2024-GM", "document_number_invalid"),
    ],
)
def test_what_is_no_document_number_is_refused_with_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        parse_document_number(typed)
    assert refusal.value.code == code
    assert len(refusal.value.sentence) < 260


@given(
    st.sampled_from(["", "D"]),
    st.from_regex(r"[0-9]{1,7}", fullmatch=True),
    st.integers(min_value=1990, max_value=2099),
    st.from_regex(r"[A-Z][A-Za-z]{0,6}([/-][A-Z][A-Za-z]{0,6}){0,3}", fullmatch=True),
)
def test_the_canonical_spelling_reads_back_as_itself(
    prefix: str, number: str, year: int, siglas: str
) -> None:
    made = DocumentNumber(prefix, number, year, siglas, "")
    read = parse_document_number(f"N° {made.canonical}")
    assert read.canonical == made.canonical
    assert read.key == made.key


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused_but_never_breaks(typed: str) -> None:
    with contextlib.suppress(RuleError):
        parse_document_number(typed)


@pytest.mark.parametrize(
    ("mask", "made"),
    [
        ("{n:03d}-{year}-GM/MPT", "091-2024-GM/MPT"),
        ("{n}-{year}-OGAJ/MPT", "91-2024-OGAJ/MPT"),
        ("D{n:05d}-{year}-MIDIS-DGFIS", "D00091-2024-MIDIS-DGFIS"),
        ("{n:03d} - {year} GM/MPT", "091 - 2024 GM/MPT"),
        ("{year}/{n:02d}", "2024/91"),
    ],
)
def test_a_mask_writes_the_numbers_of_its_series(mask: str, made: str) -> None:
    assert NumberMask(mask).format(91, 2024) == made


def test_a_number_wider_than_its_mask_is_not_cut() -> None:
    assert NumberMask("{n:03d}-{year}-GM").format(1234, 2024) == "1234-2024-GM"


@pytest.mark.parametrize(
    "mask",
    [
        "",
        "091-2024",
        "{n}-GM",
        "{year}-GM",
        "{n}-{n}-{year}",
        "{n}-{year}-{year}",
        "{n:3x}-{year}",
        "{n!r}-{year}",
        "{n}-{year}-{siglas}",
        "{n}-{year}-}",
        "{{n}}-{year}",
        "{n}-{year}\n",
        "{n}-{year}-" + "A" * 100,
    ],
)
def test_a_mask_that_could_not_number_is_refused_when_it_is_made(mask: str) -> None:
    with pytest.raises(RuleError) as refusal:
        NumberMask(mask)
    assert refusal.value.code == "number_mask_invalid"


def test_numbering_starts_at_one() -> None:
    with pytest.raises(RuleError) as refusal:
        NumberMask("{n}-{year}").format(0, 2024)
    assert refusal.value.code == "number_below_one"


@pytest.mark.parametrize(
    ("mask", "blank"),
    [
        ("{n:03d}-{year}-ULE/MPT", "____-2024-ULE/MPT"),
        ("{year}/{n}", "2024/____"),
    ],
)
def test_a_paper_that_has_no_number_yet_leaves_room_for_it(mask: str, blank: str) -> None:
    assert blank_number(mask, 2024) == blank


@pytest.mark.parametrize(
    ("unit", "entity", "mask"),
    [
        ("GM", "M P T", "{n:03d}-{year}-GM/MPT"),
        ("", "MPT", "{n:03d}-{year}-ULE/MPT"),
        ("OPP", " ", "{n:03d}-{year}-OPP/MUNI"),
    ],
)
def test_the_mask_that_an_office_would_choose(unit: str, entity: str, mask: str) -> None:
    assert NumberMask(proposed_mask(unit, entity)).mask == mask


@pytest.mark.parametrize(
    ("example", "mask"),
    [
        ("001-2024-GM/MPT", "{n:03d}-{year}-GM/MPT"),
        (" D00002-2024-MIDIS-DGFIS ", "D{n:05d}-{year}-MIDIS-DGFIS"),
        ("1-2024", "{n}-{year}"),
        ("2024-0001", "{year}-{n:04d}"),
        ("{n:03d}-{year}-GM/MPT", "{n:03d}-{year}-GM/MPT"),
    ],
)
def test_a_mask_is_read_from_its_first_number(example, mask):
    assert mask_of(example) == mask
    assert mask_of(example_of(mask, 2024)) == mask


@pytest.mark.parametrize("example", ["", "GM/MPT", "001-GM", "2024-GM", "{n}-GM"])
def test_a_number_without_its_year_or_counter_is_refused(example):
    with pytest.raises(RuleError):
        mask_of(example)


@given(st.integers(min_value=1, max_value=6), st.sampled_from(["-GM/MPT", "/OGAJ", " SISFOH-3"]))
def test_what_people_read_gives_the_mask_back(width, end):
    mask = f"N° {{n:0{width}d}}-{{year}}{end}" if width > 1 else f"N° {{n}}-{{year}}{end}"
    assert mask_of(example_of(mask, 2024)) == mask


def test_a_mask_that_its_example_would_not_give_back_is_shown_as_it_is():
    odd = "2019-{n:03d}-{year}"
    assert example_of(odd, 2024) == odd
