"""How the checker reads a text: amounts, words, citations, days, names. Whatever the text, it reads without failing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.words import amount_in_words, number_in_words
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.resoluciones.rules.coherence import citations, figures, names, reading
from sisfoh_desktop.modules.resoluciones.rules.coherence.figures import Grouping

AMOUNTS = st.integers(0, 99_999_999_999_999).map(lambda cents: Decimal(cents) / 100)
HEADS = (("subgerencia", "sub gerencia", "sub gerente"), ("gerencia", "gerente"))
UNITS = (
    Unit("Sub Gerencia de Desarrollo Social y Participación Vecinal", "SGDSyPV", id=1),
    Unit("Oficina General de Atención al Ciudadano y Gestión Documentario", "OGACyGD", id=2),
    Unit("Gerencia Municipal", "GM", id=3),
    Unit("Unidad Local de Empadronamiento – SISFOH", "ULE", id=4),
    Unit("Alcaldía", "ALC", id=5),
    Unit("Sub Gerencia de Seguridad Ciudadana", "SGSC", id=6),
)


# -- amounts -----------------------------------------------------------------------------------------------


@given(AMOUNTS)
def test_every_amount_that_the_program_prints_is_read_back(amount) -> None:
    text = f"con un presupuesto de {format_amount(amount)}, y"
    (found,) = figures.amounts_in(text)
    assert found.value == amount
    assert found.grouping is (Grouping.SPACE if amount >= 1000 else Grouping.NONE)
    assert text[found.start : found.end] == found.text


@given(AMOUNTS)
def test_an_amount_and_its_words_agree(amount) -> None:
    text = f"por {format_amount(amount)} ({amount_in_words(amount)})"
    ((figure, worded),) = figures.worded_amounts(text)
    assert figure.value == worded.amount == amount


@given(st.integers(0, 999_999_999_999), st.booleans())
def test_numbers_in_words_are_read_back(number, before_noun) -> None:
    assert figures.words_to_number(number_in_words(number, before_noun=before_noun)) == number


@pytest.mark.parametrize(
    ("written", "value", "grouping"),
    [
        ("S/ 312 656.00", "312656.00", Grouping.SPACE),
        ("S/ 312,656.00", "312656.00", Grouping.COMMA),
        ("S/. 312656.00", "312656.00", Grouping.NONE),
        ("S/1'234,567.80", "1234567.80", Grouping.APOSTROPHE),
        ("S/ 46 016 859,00", "46016859.00", Grouping.SPACE),
        ("S/ 312.656,00", "312656.00", Grouping.POINT),
        ("312 656.00 soles", "312656.00", Grouping.SPACE),
        ("S/ 500 20 familias", "500.00", Grouping.NONE),
        ("S/ 41 18 230.00", None, None),
        ("S/ 7.040", None, None),
        ("S/ 1,23,456.00", None, None),
        ("S/ 3126 56.00", None, None),
    ],
)
def test_amounts_as_papers_write_them(written, value, grouping) -> None:
    (found,) = figures.amounts_in(f"la suma de {written}.")
    assert (found.value, found.grouping) == (Decimal(value) if value else None, grouping)


@pytest.mark.parametrize(
    "text", ["el artículo 76 de la Ley", "con 00/100 soles", "s/n", "Nº 091-2024", "en 228 distritos", "2024"]
)
def test_what_is_no_amount(text) -> None:
    assert figures.amounts_in(text) == []


@pytest.mark.parametrize(
    "words",
    ["", "y", "tres mil y", "dos tres", "mil mil", "veinte y dos mil", "ciento cien", "hola", "millones"],
)
def test_words_that_are_no_number(words) -> None:
    assert figures.words_to_number(words) is None


@pytest.mark.parametrize(
    ("text", "told", "figure"),
    [
        ("en un plazo de tres (03) días", 3, 3),
        ("doscientos veintiocho (228) distritos", 228, 228),
        ("los dieciséis mil trescientos noventa y uno (16 391) hogares", 16391, 16391),
        ("cinco (03) días", 5, 3),
    ],
)
def test_small_numbers_in_words_with_their_figures(text, told, figure) -> None:
    ((worded, value, _),) = figures.worded_numbers(text)
    assert (worded.value, value) == (told, figure)


def test_words_may_stand_before_the_figures() -> None:
    ((amount, worded),) = figures.worded_amounts("hasta diez mil soles (S/ 10 000.00)")
    assert amount.value == worded.amount == 10000


@given(st.integers(1, 99_999_999))
def test_counts_of_households(number) -> None:
    (found,) = figures.counts_before(f"los {format_number(number)} hogares", "hogares")
    assert found.value == number


# -- citations ---------------------------------------------------------------------------------------------

SIGLAS = st.lists(
    st.sampled_from(["GM", "MPT", "OGAJ", "OGPPyMI", "MIDIS", "DGFIS", "SGDSyPV"]), min_size=1, max_size=4
)


@given(
    st.sampled_from(["Informe", "Memorando", "Oficio Múltiple", "Carta", "Proveído"]),
    st.sampled_from(["", "D"]),
    st.integers(1, 99_999),
    st.integers(0, 6),
    st.integers(2000, 2099),
    SIGLAS,
    st.sampled_from(["-", "/"]),
    st.sampled_from(["N° ", "Nº ", "N.° ", "Nro. ", ""]),
)
def test_a_document_is_read_however_it_is_spelled(
    kind, prefix, number, zeros, year, siglas, between, sign
) -> None:
    code = f"{prefix}{'0' * zeros}{number}"[:7]
    spelled = f"{code}-{year}-{between.join(siglas)}"
    (found,) = citations.citations_in(
        f"Que, mediante {kind} {sign}{spelled}, de fecha 08 de marzo del {year}, la", year
    )
    assert found.code.text == spelled
    assert (found.code.prefix, found.code.year, found.is_norm) == (prefix, year, False)
    assert found.code.key[2] == "".join(siglas).casefold()
    assert found.dated == date(year, 3, 8)


@pytest.mark.parametrize(
    "written", ["Nº 091 - 2024 GM/MPT", "N° 091 - 2024 - GM/MPT", "Nº 091-2024 GM/MPT", "N° 091-2024-GM/MPT"]
)
def test_spellings_of_one_number_have_one_key(written) -> None:
    ((code, _, _),) = citations.spelled_codes(f"RESOLUCIÓN DE GERENCIA MUNICIPAL {written} y sus anexos")
    assert code.key == (91, 2024, "gmmpt")
    assert code.identity == ("", "91")


def test_zeros_are_part_of_a_number_with_a_prefix() -> None:
    codes = [citations.spelled_codes(text)[0][0] for text in ("D00002-2024-MIDIS", "D000002-2024-MIDIS")]
    assert codes[0].key == codes[1].key
    assert codes[0].identity != codes[1].identity


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("la Ley Nº 27972 Ley Orgánica de Municipalidades", "ley", 27972),
        ("Ley de Presupuesto Público para el Año Fiscal 2024 - Ley Nº 31953", "ley", 31953),
        ("Ley Orgánica de Municipalidades, Ley N° 27972", "ley", 27972),
        ("el Decreto Legislativo N° 1440", "decreto legislativo", 1440),
        ("Resolución Ministerial N° 032-2020-MIDIS", "resolucion ministerial", 32),
        ("la R.M. N° 032-2020-MIDIS", "resolucion ministerial", 32),
        ("el D.S. N° 004-2019-JUS", "decreto supremo", 4),
        ("la Directiva N° 003-2024-MIDIS", "directiva", 3),
    ],
)
def test_norms_are_read_by_kind_and_number(text, kind, number) -> None:
    assert [(one.kind, one.key[0]) for one in citations.norms_in(text, 2024)] == [(kind, number)]


def test_a_norm_of_the_office_is_the_norm_that_a_text_cites() -> None:
    listed = citations.norm_of_code("RM D000009-2024-MIDIS", "Resolución Ministerial")
    (cited,) = citations.norms_in("Resolución Ministerial N° 009-2024-MIDIS", 2024)
    assert listed is not None
    assert citations.same_norm(listed, cited)
    assert citations.norm_of_code("Constitución Política del Perú", "Constitución") is None


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_days_are_read_back(day) -> None:
    assert citations.day_in(f"de fecha {long_date(day)}, la", 2024) == day
    assert citations.day_in(f"el {day:%d/%m/%Y}.", 2024) == day


def test_of_the_present_year() -> None:
    assert citations.day_in("12 de enero del presente", 2024) == date(2024, 1, 12)
    assert citations.day_in("31 de febrero del 2024", 2024) is None


def test_registries() -> None:
    found = citations.registries_in("con Reg. 16784, y con Reg. N° 10784-2024; Registro 555")
    assert [(one.number, one.year) for one in found] == [(16784, None), (10784, 2024), (555, None)]


# -- names -------------------------------------------------------------------------------------------------


def mentions(text: str) -> list[tuple[str, bool, bool]]:
    index = names.NameIndex(UNITS, (), HEADS)
    return [(one.named.siglas, one.exact, one.near) for one in index.mentions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a la Sub Gerencia de Desarrollo Social y Participación Vecinal,", [("SGDSyPV", True, False)]),
        ("el SUB GERENTE DE DESARROLLO SOCIAL Y PARTICIPACION VECINAL", [("SGDSyPV", True, False)]),
        ("Sub Gerencia de Desarrollo Social y Participación Social", [("SGDSyPV", False, False)]),
        (
            "Oficina General Atención al Ciudadano y Gestión Documentaria",
            [("OGACyGD", False, True)],
        ),
        ("la Unidad Local de Empadronamiento.", [("ULE", True, False)]),
        ("UNIDAD LOCAL DE EMPADRONAMIENTO (SISFOH)", [("ULE", True, False)]),
        ("a la ULE y la SGSC", [("ULE", True, False), ("SGSC", True, False)]),
        ("021-2024-ULE/GM", []),
        ("Sub Gerencia de Seguridad Vial", []),
        ("la gerencia y la alcaldía", []),
        ("la Alcaldía", [("ALC", True, False)]),
        ("“Sub Gerencia de Desarrollo Social y Participación Social”", []),
        ("Oficina de Normalización Previsional", []),
    ],
)
def test_units_said_exactly_almost_or_not_at_all(text, found) -> None:
    assert mentions(text) == found


def test_lines_of_the_copies() -> None:
    index = names.NameIndex(UNITS, (), HEADS)
    assert [
        one.named.siglas if (one := index.of_line(line)) else ""
        for line in ("GM.", "sgsc", "Archivo", "Alcaldía")
    ] == [
        "GM",
        "SGSC",
        "",
        "ALC",
    ]


# -- words -------------------------------------------------------------------------------------------------

WORDS = st.text("ABCDEP", min_size=1, max_size=8)


@given(WORDS, st.integers(0, 7), st.sampled_from("XYZ"))
def test_one_edit_is_seen(word, at, letter) -> None:
    place = min(at, len(word) - 1)
    assert reading.within_one_edit(word, word[:place] + letter + word[place:])
    assert reading.within_one_edit(word, word[:place] + letter + word[place + 1 :])
    assert not reading.within_one_edit(word, word)
    assert not reading.within_one_edit(word, f"{word}{letter}{letter}")


@given(WORDS, WORDS)
def test_edits_are_the_same_both_ways(word, other) -> None:
    assert reading.within_one_edit(word, other) == reading.within_one_edit(other, word)


def test_swapped_letters() -> None:
    assert reading.swapped_neighbours("PHG", "PGH")
    assert not reading.swapped_neighbours("PIA", "PIM")


@given(st.text(max_size=300))
def test_reading_never_fails(text) -> None:
    figures.amounts_in(text)
    figures.worded_amounts(text)
    figures.worded_numbers(text)
    figures.counts_before(text, "hogares")
    citations.citations_in(text, 2024)
    citations.norms_in(text, 2024)
    citations.registries_in(text)
    citations.days_in(text, 2024)
    spans = reading.quoted_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for mention in names.NameIndex(UNITS, (), HEADS).mentions(text):
        assert text[mention.start : mention.end] == mention.text


# -- texts made to be slow ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["123 456 ", " ", "\u00a0", "1,234,", "1" * 50, "S/ 1 ", "\u202ee\u0301\0"])
def test_a_text_without_end_is_read_in_one_pass(part) -> None:
    """Read again from each of its figures or blanks, one of these would take hours."""
    text = part * (400_000 // len(part))
    assert all(len(amount.text) < 100 for amount in figures.amounts_in(text))
    assert figures.counts_before(text, "hogares") == []
    assert figures.worded_numbers(text) == []
    assert reading.sentence_around(text, len(text) // 2, len(text) // 2 + 5)[:8] in text


@given(st.lists(st.integers(1, 5), max_size=12), st.integers(-2, 60))
def test_what_is_quoted_is_found_among_many_quotations(lengths, at) -> None:
    spans, end = [], 0
    for length in lengths:
        spans.append((end + 1, end + 1 + length))
        end += length + 2
    assert reading.is_quoted(spans, at) == any(start <= at < stop for start, stop in spans)
