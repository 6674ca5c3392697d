"""The cuadre without a base: what was digitised, reversals, explanations that hold only while nothing changed."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kardex_ledger import (
    ANA,
    BETO,
    CAMPAIGN,
    FSU,
    STORE,
    Ledger,
    arqueo,
    day,
    differences,
    digitised,
    told,
    worked_ledger,
)

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges, format_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import Count
from sisfoh_desktop.modules.kardex.rules.differences import (
    Difference,
    Explanation,
    Severity,
    check_explanation,
    short_ranges,
    with_explanations,
)


@pytest.fixture
def ledger() -> Ledger:
    return worked_ledger()


def test_a_sound_ledger_has_no_difference(ledger: Ledger) -> None:
    counts = digitised(("1-10", day(12), ANA)), arqueo(ANA, "12-20", USED="1-10", ANNULLED="11", count_id=2)
    assert differences(ledger, *counts) == []


# -- what was digitised ----------------------------------------------------------------------------------


def test_used_and_not_digitised(ledger: Ledger) -> None:
    [found] = differences(ledger, digitised(("1-3, 5-9", day(12), ANA)))
    assert told([found]) == [("used_not_digitised", "000004, 000010", ANA)]
    assert found.severity is Severity.WARNING
    assert found.day == day(12)
    assert found.sentence == (
        "FSU 000004, 000010 (2 en total): usados por EMPADRONADOR UNO el 12/03/2024, no están entre lo digitado hasta "
        "el 20/03/2024. En el libro: usados, EMPADRONADOR UNO, por el movimiento N° 000003 (Uso) del 12/03/2024. "
        "Búsquelos: entréguelos a digitación si todavía no los tiene, o pida que los digiten."
    )


def test_what_was_used_after_the_cut_is_not_yet_due(ledger: Ledger) -> None:
    assert differences(ledger, digitised(("1-2", day(12), ANA), cut=day(11))) == []


def test_nothing_is_said_of_digitising_before_its_first_count(ledger: Ledger) -> None:
    assert differences(ledger) == []


def test_digitised_and_blank_in_somebodys_hands(ledger: Ledger) -> None:
    [found] = differences(ledger, digitised(("1-10, 12", day(12), ANA)))
    assert told([found]) == [("digitised_not_used", "000012", ANA)]
    assert "nadie registró su uso" in found.sentence


@pytest.mark.parametrize(
    ("numbers", "code", "said"),
    [
        ("0400", "digitised_in_store", "nadie registró su salida del almacén"),
        ("0501", "digitised_unknown", "nunca se recibió. El libro no tiene este número."),
        ("0501-0502", "digitised_unknown", "nunca se recibieron. El libro no tiene estos números."),
    ],
)
def test_digitised_and_never_handed_out_or_received(
    ledger: Ledger, numbers: str, code: str, said: str
) -> None:
    [found] = differences(ledger, digitised(("1-10", day(12), ANA), (numbers, day(12), BETO)))
    assert (found.code, found.holder_id) == (code, BETO)
    assert said in found.sentence


def test_digitised_and_given_back_unused(ledger: Ledger) -> None:
    ledger.move(MovementKind.RETURN, "20", STORE, day=day(13))
    [found] = differences(ledger, digitised(("1-10, 20", None, None)))
    assert told([found]) == [("digitised_in_store", "000020", ANA)]
    assert "consta su devolución sin usar por EMPADRONADOR UNO" in found.sentence


def test_a_reverted_reception_makes_its_numbers_unknown() -> None:
    ledger = Ledger().receive("1-10").revert_last(day(2))
    [found] = differences(ledger, digitised(("5", None, None)))
    assert found.code == "digitised_unknown"
    assert "Salieron con el movimiento N° 000002" in found.sentence


@pytest.mark.parametrize(
    ("kind", "condition", "code"),
    [
        (MovementKind.ANNULMENT, Condition.ANNULLED, "digitised_annulled"),
        (MovementKind.LOSS, Condition.LOST, "digitised_lost"),
        (MovementKind.DAMAGE, Condition.DAMAGED, "digitised_damaged"),
        (MovementKind.WRITE_OFF, Condition.WRITTEN_OFF, "digitised_written_off"),
    ],
)
def test_digitised_and_spoiled(ledger: Ledger, kind: MovementKind, condition: Condition, code: str) -> None:
    ledger.move(kind, "12-13", ANA, condition, day(14))
    count = digitised(("1-10, 12-13", day(12), ANA))
    [found] = differences(ledger, count, campaign=dataclasses.replace(CAMPAIGN, most_annulled_percent=100))
    assert told([found]) == [(code, "000012-000013", ANA)]
    assert f"movimiento N° 000005 ({kind.label}) del 14/03/2024" in found.sentence
    assert ("revierta el extravío o proponga un ajuste" in found.sentence) == (kind is MovementKind.LOSS)


def test_digitised_twice_in_one_file_and_in_two(ledger: Ledger) -> None:
    first = digitised(("1-10", day(12), ANA), ("4", day(12), ANA))
    second = digitised(("9-10", day(12), ANA), count_id=2)
    found = differences(ledger, first, second)
    assert told(found) == [
        ("digitised_twice", "000004", ANA),
        ("digitised_twice", "000009-000010", ANA),
    ]
    assert (
        "en «digitado.xlsx», fila 2 (por EMPADRONADOR UNO) y en «digitado.xlsx», fila 3" in found[0].sentence
    )


def test_of_a_number_digitised_twice_only_the_first_is_compared(ledger: Ledger) -> None:
    found = differences(ledger, digitised(("1-10", day(12), ANA), ("4", day(19), BETO)))
    assert told(found) == [("digitised_twice", "000004", ANA)]


def test_handed_to_one_and_applied_by_another(ledger: Ledger) -> None:
    [found] = differences(ledger, digitised(("1-8", day(12), ANA), ("9-10", day(12), BETO)))
    assert told([found]) == [("digitised_by_another", "000009-000010", ANA)]
    assert found.other_id == BETO
    assert "lo aplicó" not in found.sentence
    assert "los tenía EMPADRONADOR UNO y lo digitado dice que los aplicó EMPADRONADOR DOS" in found.sentence


def test_a_name_that_is_not_in_the_register_is_one_row(ledger: Ledger) -> None:
    ledger.use("12", ANA, day(13))
    count = digitised(("1-10", day(12), ANA), ("12", day(13), ANA))
    lines = tuple(dataclasses.replace(line, person="OTRA PERSONA", person_id=None) for line in count.lines)
    [found] = differences(ledger, dataclasses.replace(count, lines=lines))
    assert told([found]) == [("digitised_by_another", "000001-000010, 000012", ANA)]
    assert "«OTRA PERSONA», que no está en el registro" in found.sentence


def test_applied_before_it_was_handed_out(ledger: Ledger) -> None:
    [found] = differences(ledger, digitised(("1-9", day(12), ANA), ("10", day(9), ANA)))
    assert told([found]) == [("digitised_before_handed_out", "000010", ANA)]
    assert "se aplicó el 09/03/2024, antes de entregarse a EMPADRONADOR UNO el 10/03/2024" in found.sentence


def test_applied_on_another_day_beyond_the_days_of_grace(ledger: Ledger) -> None:
    found = differences(ledger, digitised(("1-8", day(14), ANA), ("9-10", day(15), ANA)))
    assert told(found) == [("digitised_other_day", "000009-000010", ANA)]
    assert found[0].severity is Severity.NOTICE


# -- reversals -------------------------------------------------------------------------------------------


def test_a_reverted_use_leaves_the_form_as_it_was(ledger: Ledger) -> None:
    ledger.use("12", ANA, day(13)).revert_last(day(13))
    assert differences(ledger, digitised(("1-10", day(12), ANA))) == []
    assert told(differences(ledger, today=day(28)))[1:] == [
        ("held_too_long", "000012", ANA),
        ("held_too_long", "000013-000020", ANA),
    ]


# -- explanations ----------------------------------------------------------------------------------------


def said(text: str = "Se extravió la hoja") -> Explanation:
    return Explanation(text, "Informe 3", datetime(2024, 3, 21, tzinfo=LIMA), "prueba")


def test_an_explanation_is_shown_with_its_difference_and_withdrawn_by_an_empty_one(ledger: Ledger) -> None:
    [found] = differences(ledger, digitised(("1-9", day(12), ANA)))
    assert with_explanations([found], {found.fingerprint: said()})[0].explained
    assert not with_explanations([found], {found.fingerprint: said("")})[0].explained
    assert not with_explanations([found], {})[0].explained


@given(
    explained=st.sets(st.integers(1, 10), min_size=1),
    later=st.sets(st.integers(1, 10), min_size=1),
    other_day=st.booleans(),
)
def test_an_explanation_holds_only_for_what_was_compared(
    explained: set[int], later: set[int], other_day: bool
) -> None:
    def missing(numbers: set[int], used_on: date) -> dict[str, Difference]:
        ledger = Ledger().receive("1-500").hand_out("1-20", ANA, day(10)).use("1-10", ANA, used_on)
        rest = FormRanges.single(11, 12) | (FormRanges.single(1, 10) - FormRanges.of_numbers(numbers))
        ledger.use("11-12", ANA, used_on)
        count = digitised((format_ranges(rest, 6), used_on, ANA))
        return {one.fingerprint: one for one in differences(ledger, count)}

    before = missing(explained, day(12))
    after = missing(later, day(13) if other_day else day(12))
    same = explained == later and not other_day
    assert (set(before) == set(after)) is same
    assert len(before) == 1


def test_an_explanation_has_words() -> None:
    assert check_explanation(" Se mojó \n", " Informe 2 ") == ("Se mojó", "Informe 2")
    assert check_explanation("", "") == ("", "")
    with pytest.raises(RuleError) as refused:
        check_explanation("", "Informe 2")
    assert refused.value.code == "explanation_document_alone"


def test_a_sentence_does_not_list_hundreds_of_ranges() -> None:
    ranges = FormRanges.of(FormRange(number, number) for number in range(1, 401, 2))
    assert short_ranges(FSU, ranges).endswith("rangos más")
    assert len(short_ranges(FSU, ranges)) < 200
    whole = [f"{number:06d}" for number in range(1, 37, 2)]
    assert (
        short_ranges(FSU, FormRanges.of_numbers(map(int, whole))) == f"{', '.join(whole[:-1])} y 1 rango más"
    )


# -- whole seasons ---------------------------------------------------------------------------------------

_MOVES = st.lists(
    st.tuples(
        st.sampled_from(["use", "return", "annul", "lose", "damage"]), st.integers(1, 60), st.integers(1, 9)
    ),
    max_size=25,
)


@given(moves=_MOVES)
def test_whatever_happened_a_faithful_count_and_file_differ_in_nothing(
    moves: list[tuple[str, int, int]],
) -> None:
    ledger = Ledger().receive("1-60").hand_out("1-40", ANA, day(2)).hand_out("41-50", BETO, day(2))
    kinds = {
        "use": (MovementKind.USE, Condition.USED),
        "annul": (MovementKind.ANNULMENT, Condition.ANNULLED),
        "lose": (MovementKind.LOSS, Condition.LOST),
        "damage": (MovementKind.DAMAGE, Condition.DAMAGED),
    }
    for at, (what, first, size) in enumerate(moves):
        holder = ledger.forms[first][0]
        numbers = [
            number
            for number in range(first, min(60, first + size) + 1)
            if ledger.forms[number][:2] == (holder, Condition.BLANK) and holder != STORE
        ]
        if not numbers:
            continue
        text = format_ranges(FormRanges.of_numbers(numbers), 6)
        when = day(3) + timedelta(days=at // 3)
        if what == "return":
            ledger.move(MovementKind.RETURN, text, STORE, day=when)
        else:
            ledger.move(kinds[what][0], text, holder, kinds[what][1], when)

    counts = [_faithful(ledger, holder, at) for at, holder in enumerate((ANA, BETO), 2)]
    used = [number for number, state in ledger.forms.items() if state[1] is Condition.USED]
    if used:
        counts.append(digitised((format_ranges(FormRanges.of_numbers(used), 6), None, None)))
    lenient = dataclasses.replace(CAMPAIGN, most_annulled_percent=100, most_days_in_hand=100)
    assert differences(ledger, *counts, campaign=lenient) == []


def _faithful(ledger: Ledger, holder: int, count_id: int) -> Count:
    def having(condition: Condition) -> str:
        numbers = [number for number, state in ledger.forms.items() if state[:2] == (holder, condition)]
        return format_ranges(FormRanges.of_numbers(numbers), 6)

    return arqueo(
        holder,
        having(Condition.BLANK),
        count_id=count_id,
        USED=having(Condition.USED),
        ANNULLED=having(Condition.ANNULLED),
        DAMAGED=having(Condition.DAMAGED),
    )
