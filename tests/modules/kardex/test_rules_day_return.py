"""What a person brings back: one line understood, five sets compared, the movements they become."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.day_return import (
    DayPapers,
    DayReturn,
    Outcome,
    conflicts,
    missing_papers,
    movements_of,
    parse_day_line,
    remaining,
)

FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=4)
HELD = FormRanges.single(4501, 4600)
U, A, D, L, B = Outcome.USED, Outcome.ANNULLED, Outcome.DAMAGED, Outcome.LOST, Outcome.BLANK


def ranges(text: str) -> FormRanges:
    return parse_ranges(text, 6)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("004501-004550 usadas menos 004517 anulada", {U: "4501-4516, 4518-4550", A: "4517"}),
        ("4501+50 usadas", {U: "4501-4550"}),
        ("004501-004550 usadas menos 004517", {U: "4501-4516, 4518-4550"}),
        ("004501-004550 menos 004517 usadas", {U: "4501-4516, 4518-4550"}),
        (
            "4501-4550 usadas menos 4517 anulada, 4520 deteriorada; 4551-4560 en blanco",
            {U: "4501-4516, 4518-4519, 4521-4550", A: "4517", D: "4520", B: "4551-4560"},
        ),
        ("4501-4503 usadas y 4504 perdida", {U: "4501-4503", L: "4504"}),
        ("4501-4510, 4512 usadas, el resto en blanco", {U: "4501-4510, 4512", B: "4511, 4513-4600"}),
        ("4501-4510 usadas; resto devuelve.", {U: "4501-4510", B: "4511-4600"}),
        ("4501-4510 USADAS SALVO 4502, 4503 ANULADAS", {U: "4501, 4504-4510", A: "4502-4503"}),
        ("4501 usada, 4505 usada", {U: "4501, 4505"}),
    ],
)
def test_a_line_as_clerks_write_it(line, expected):
    read = parse_day_line(line, 6, in_hand=HELD)
    assert read == DayReturn({outcome: ranges(text) for outcome, text in expected.items()})


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "day_line_outcome_missing"),
        ("004501-004550", "day_line_outcome_missing"),
        ("usadas", "serial_empty"),
        ("menos 4501 usadas", "day_line_nothing_to_except"),
        ("4501-4510 usadas menos 4600 anulada", "serial_not_there"),
        ("4501-4510 usadas; 4510-4512 anuladas", "day_line_repeated"),
        ("4501-4510 usadas, 4511 quizás", "day_line_outcome_missing"),
        ("el resto usadas; el resto en blanco", "day_line_repeated"),
        ("el resto", "day_line_outcome_missing"),
        ("45010000 usadas", "serial_too_long"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(line, code):
    with pytest.raises(RuleError) as refused:
        parse_day_line(line, 6, in_hand=HELD)
    assert refused.value.code == code


def test_the_rest_needs_to_know_what_the_person_holds():
    with pytest.raises(RuleError) as refused:
        parse_day_line("4501 usada; el resto en blanco", 6)
    assert refused.value.code == "day_line_rest_unknown"


sets_of_numbers = st.dictionaries(st.integers(1, 400), st.sampled_from(list(Outcome)), min_size=1)


@given(sets_of_numbers)
def test_a_line_written_out_is_read_back(outcomes):
    day_return = DayReturn(
        {
            outcome: FormRanges.of_numbers(number for number, what in outcomes.items() if what is outcome)
            for outcome in Outcome
            if outcome in outcomes.values()
        }
    )
    words = {U: "usadas", A: "anuladas", D: "deterioradas", L: "extraviadas", B: "en blanco"}
    line = "; ".join(
        f"{FSU.ranges_text(numbers)} {words[outcome]}" for outcome, numbers in day_return.by_outcome.items()
    )
    assert parse_day_line(line, 6) == day_return
    assert day_return.count == len(outcomes)


@given(st.sets(st.integers(1, 60), min_size=1), st.sets(st.integers(1, 60)), st.sampled_from([A, D, L, B]))
def test_an_exception_is_taken_away_and_gets_its_outcome(numbers, excepted, outcome):
    excepted = excepted & numbers
    main = FormRanges.of_numbers(numbers)
    line = f"{FSU.ranges_text(main)} usadas"
    if excepted:
        line += f" menos {FSU.ranges_text(FormRanges.of_numbers(excepted))} {outcome.label.lower()}"
    if outcome is B:
        line = line.replace("en blanco que devuelve", "en blanco")
    read = parse_day_line(line, 6)
    assert read.of(U) == FormRanges.of_numbers(numbers - excepted)
    assert read.of(outcome) == FormRanges.of_numbers(excepted)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(text):
    sentence = "."
    try:
        parse_day_line(text, 6, in_hand=HELD)
    except RuleError as refused:
        sentence = refused.sentence
    assert sentence.endswith(".")


def test_a_number_in_two_fields_is_told_under_the_second():
    told = conflicts(DayReturn({U: ranges("4501-4510"), A: ranges("4510")}), FSU, HELD)
    assert list(told) == [A]
    assert told[A].startswith("004510 también está en «Usados»")


def test_a_number_of_somebody_else_is_told_where_it_stands():
    told = conflicts(DayReturn({B: ranges("4599-4602")}), FSU, HELD)
    assert "004601-004602" in told[B]


def test_what_stays_with_the_person():
    left = remaining(DayReturn({U: ranges("4501-4550"), B: ranges("4560-4600")}), HELD)
    assert left == ranges("4551-4559")


def test_reasons_and_the_report_are_asked_for_where_there_are_numbers():
    day_return = DayReturn({U: ranges("4501"), A: ranges("4502"), D: ranges("4503"), L: ranges("4504")})
    assert set(missing_papers(day_return, DayPapers())) == {A, D, L}
    assert missing_papers(day_return, DayPapers("mal llenada", "mojada", "Informe 012-2024")) == {}
    assert missing_papers(DayReturn({U: ranges("4501")}), DayPapers()) == {}


def test_the_movements_that_it_becomes():
    person = Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR UNO PRUEBA", id=9)
    made = movements_of(
        DayReturn({U: ranges("4501"), A: ranges("4502"), L: ranges("4503"), B: ranges("4504-4510")}),
        form_type=FSU,
        person=person,
        returns_to=1,
        day=date(2024, 3, 8),
        papers=DayPapers("mal llenada", "", "Informe 012-2024", "se perdió en ruta", "Acta 3"),
    )
    assert [(one.kind, one.from_holder_id, one.to_holder_id, one.document, one.reason) for one in made] == [
        (MovementKind.USE, 9, 9, "Acta 3", ""),
        (MovementKind.ANNULMENT, 9, 9, "Acta 3", "mal llenada"),
        (MovementKind.LOSS, 9, 9, "Informe 012-2024", "se perdió en ruta"),
        (MovementKind.RETURN, 9, 1, "Acta 3", ""),
    ]
    assert all(one.type_id == 4 and one.moved_on == date(2024, 3, 8) for one in made)
    assert made[3].form_count == 7
