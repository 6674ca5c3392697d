"""Rows of a file of digitised numbers: the lines they make, whom they name, and what refuses the whole file."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.digitised import DigitisedRow, FindingKind, take_rows

FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1)
CAMPAIGN = Campaign("Prueba", date(2024, 3, 1))
CUT = date(2024, 3, 31)
ANA, BETO = "EMPADRONADOR UNO PRUEBA", "EMPADRONADOR DOS PRUEBA"


def person(holder_id, name, dni="", *, since=None, until=None, kind=HolderKind.EMPADRONADOR):
    return Holder(kind, name, dni, since, until, id=holder_id)


def taken(*rows, people=()):
    return take_rows(rows, FSU, people, CAMPAIGN, counted_on=CUT)


def person_ids(*rows, people):
    lines, _ = taken(*rows, people=people)
    return [line.person_id for line in lines]


def test_a_person_is_found_by_dni_or_by_the_words_of_the_name():
    people = [person(7, ANA, "40000001"), person(8, BETO, "40000002")]
    found = person_ids(
        DigitisedRow(2, "1", person="prueba, empadronador uno"),
        DigitisedRow(3, "3", dni="40000002"),
        DigitisedRow(4, "5", person="como sea", dni="40000001"),
        DigitisedRow(5, "7", person=BETO, dni="49999999"),
        DigitisedRow(6, "9", person="Alguien Más"),
        DigitisedRow(7, "11"),
        people=people,
    )
    assert found == [7, 8, 7, 8, None, None]


def test_who_changed_function_is_the_one_of_that_day():
    people = [
        person(7, ANA, "40000001", until=date(2024, 3, 15)),
        person(9, ANA, "40000001", since=date(2024, 3, 16), kind=HolderKind.DIGITADOR),
    ]
    by_dni = [
        DigitisedRow(2, "1", date(2024, 3, 10), dni="40000001"),
        DigitisedRow(3, "3", date(2024, 3, 20), dni="40000001"),
    ]
    by_name = [
        DigitisedRow(2, "1", date(2024, 3, 10), person=ANA),
        DigitisedRow(3, "3", date(2024, 3, 20), person=ANA),
    ]
    assert person_ids(*by_dni, people=people) == person_ids(*by_name, people=people) == [7, 9]


def test_a_place_is_nobody():
    store = Holder(HolderKind.WAREHOUSE, "Almacén ULE", id=1)
    assert person_ids(DigitisedRow(2, "1", person="almacen ule"), people=[store]) == [None]


numbers = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["", ANA, BETO])), max_size=30)


@given(numbers)
def test_no_number_is_lost_nor_given_to_another(told):
    """Rows side by side become one line only of the same person; what comes twice stays twice, and is told."""
    lines, findings = taken(
        *(DigitisedRow(at, str(number), person=name) for at, (number, name) in enumerate(told, 2))
    )
    made = [
        (number, line.person) for line in lines for number in range(line.forms.first, line.forms.last + 1)
    ]
    assert made == told
    assert sum(line.form_count for line in lines) == len(told)
    repeated = len(told) - FormRanges.of_numbers(number for number, _ in told).count
    assert sum("saldrá como diferencia" in one.sentence for one in findings) == repeated
    assert not any(one.kind is FindingKind.REFUSED for one in findings)


@given(st.lists(st.sampled_from(["abc", "0", "0000012", "5-3"]), min_size=1, max_size=80))
def test_every_row_that_cannot_be_read_refuses_the_file_and_is_counted(texts):
    lines, findings = taken(*(DigitisedRow(at, text) for at, text in enumerate(texts, 2)))
    assert lines == []
    assert all(one.kind is FindingKind.REFUSED for one in findings)
    by_row = [one for one in findings if one.row]
    assert len(by_row) == min(len(texts), 50)
    assert all(one.sentence.startswith(f"Fila {one.row}: ") for one in by_row)
    if len(texts) > 50:
        assert f"Hay {len(texts) - 50} filas más" in findings[-1].sentence


def test_a_day_outside_the_campaign_or_after_the_cut_refuses_the_file():
    rows = [
        DigitisedRow(2, "1", date(2024, 4, 1)),
        DigitisedRow(3, "2", date(2024, 2, 29)),
        DigitisedRow(4, "3", day_fault="no se lee."),
    ]
    lines, findings = taken(*rows)
    assert lines == []
    assert [one.row for one in findings if one.kind is FindingKind.REFUSED] == [2, 3, 4]
    assert "posterior al corte (31/03/2024)" in findings[0].sentence
    assert "empezó el 01/03/2024" in findings[1].sentence


def test_a_cell_is_no_whole_print_run():
    lines, findings = taken(DigitisedRow(2, "1-10001"))
    assert lines == []
    assert "10001 números en una celda" in findings[0].sentence


def test_lost_zeros_are_told_once():
    _, findings = taken(DigitisedRow(2, "000001"), DigitisedRow(3, "2.0"), DigitisedRow(4, "3"))
    assert [one.row for one in findings] == [3]
    assert "2 números venían sin sus ceros" in findings[0].sentence
