"""The cuadre without a base: each kind of difference, alone; explanations that hold only while nothing changed."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges, format_ranges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import (
    Campaign,
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
)
from sisfoh_desktop.modules.kardex.rules.counting import Count, CountKind, CountLine
from sisfoh_desktop.modules.kardex.rules.differences import (
    Difference,
    Explanation,
    Severity,
    check_explanation,
    short_ranges,
    with_explanations,
)
from sisfoh_desktop.modules.kardex.rules.reconciling import reconcile
from sisfoh_desktop.modules.kardex.rules.standing import PastLine, totals_of
from sisfoh_desktop.modules.kardex.rules.telling import Office, TypeFacts

D = date(2024, 3, 1)
TODAY = date(2024, 3, 20)
STORE, ANA, BETO, CHIEF, DIGI, RECTOR = 1, 2, 3, 4, 5, 6
HOLDERS = {
    STORE: Holder(HolderKind.WAREHOUSE, "Almacén ULE", id=STORE),
    ANA: Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR UNO", id=ANA),
    BETO: Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR DOS", id=BETO),
    CHIEF: Holder(HolderKind.CREW_CHIEF, "JEFE UNO", id=CHIEF),
    DIGI: Holder(HolderKind.DIGITADOR, "DIGITADOR UNO", id=DIGI),
    RECTOR: Holder(HolderKind.GOVERNING_BODY, "Ente rector", id=RECTOR),
}
CAMPAIGN = Campaign("Campaña", D, id=1)
FSU = FormType(1, "FSU", "Ficha", bundle_size=100, id=1)
CROQUIS = FormType(1, "CROQUIS", "Croquis", serialised=False, number_width=0, id=2)
NOBODY_LEFT: dict[int, tuple[str, date | None]] = {}


class Ledger:
    """Keeps every number in a dict and writes the ledger's lines as the office would."""

    def __init__(self) -> None:
        self.lines: list[PastLine] = []
        self.forms: dict[int, tuple[int, Condition, int | None]] = {}
        self.movements = 0

    def move(
        self,
        kind: MovementKind,
        text: str,
        to: int,
        condition: Condition | None = None,
        day: date = D,
    ) -> "Ledger":
        self.movements += 1
        pieces: list[tuple[tuple[int, Condition, int | None], list[int]]] = []
        for number in parse_ranges(text, 6).numbers():
            state = self.forms.get(number, (RECTOR, Condition.OUTSIDE, None))
            if pieces and pieces[-1][0] == state and pieces[-1][1][-1] == number - 1:
                pieces[-1][1].append(number)
            else:
                pieces.append((state, [number]))
        for (holder, before, line_id), numbers in pieces:
            after = condition or before
            line = PastLine(
                len(self.lines) + 1,
                self.movements,
                kind,
                day,
                numbers[0],
                numbers[-1],
                len(numbers),
                holder,
                before,
                to,
                after,
                line_id,
            )
            self.lines.append(line)
            self.forms.update((number, (to, after, line.id)) for number in numbers)
        return self

    def receive(self, text: str, day: date = D) -> "Ledger":
        return self.move(MovementKind.RECEPTION, text, STORE, Condition.BLANK, day)

    def hand_out(self, text: str, to: int, day: date = D) -> "Ledger":
        return self.move(MovementKind.HAND_OUT, text, to, day=day)

    def use(self, text: str, by: int, day: date) -> "Ledger":
        return self.move(MovementKind.USE, text, by, Condition.USED, day)

    def revert_last(self, day: date) -> "Ledger":
        last = self.movements
        self.movements += 1
        for line in [one for one in self.lines if one.movement_number == last]:
            back = line._replace(
                id=len(self.lines) + 1,
                movement_number=self.movements,
                kind=MovementKind.REVERSAL,
                moved_on=day,
                from_holder_id=line.to_holder_id,
                from_condition=line.to_condition,
                to_holder_id=line.from_holder_id,
                to_condition=line.from_condition,
                previous_id=line.id,
            )
            self.lines.append(back)
            assert line.first is not None
            assert line.last is not None
            for number in range(line.first, line.last + 1):
                self.forms[number] = (line.from_holder_id, line.from_condition, back.id)
        return self


def day(number: int) -> date:
    return date(2024, 3, number)


def digitised(*rows: tuple[str, date | None, int | None], count_id: int = 1, cut: date = TODAY) -> Count:
    """A file of digitised numbers: (numbers, day, person)."""
    lines = tuple(
        CountLine(
            forms,
            forms.count,
            Condition.USED,
            when,
            HOLDERS[person].name if person else "",
            person,
            number + 2,
        )
        for number, (text, when, person) in enumerate(rows)
        for forms in parse_ranges(text, 6)
    )
    return count_of(CountKind.DIGITISED, lines, None, cut, count_id, "digitado.xlsx")


def arqueo(holder: int, text: str, when: date = TODAY, *, count_id: int = 1, **more: str) -> Count:
    """What was seen: blank ones in `text`, other conditions by name; "" was looked for and is empty."""
    found = {Condition.BLANK: text, **{Condition[name]: said for name, said in more.items()}}
    lines: list[CountLine] = []
    for condition, said in found.items():
        if said:
            lines += [CountLine(one, one.count, condition) for one in parse_ranges(said, 6)]
        else:
            lines.append(CountLine(None, 0, condition))
    return count_of(CountKind.PHYSICAL, tuple(lines), holder, when, count_id, "Acta 1")


def count_of(
    kind: CountKind, lines: tuple[CountLine, ...], holder: int | None, when: date, count_id: int, source: str
) -> Count:
    moment = datetime(2024, 3, 20, 9, tzinfo=LIMA)
    return Count(count_id, kind, 1, holder, when, source, "", None, moment, "prueba", lines)


def differences(
    ledger: Ledger,
    *counts: Count,
    today: date = TODAY,
    closing: bool = False,
    left: dict[int, tuple[str, date | None]] | None = None,
    campaign: Campaign = CAMPAIGN,
) -> list[Difference]:
    office = Office(campaign, HOLDERS, left or {}, today, closing)
    return reconcile(
        office, [TypeFacts.of(FSU, ledger.lines, counts, totals_of(ledger.lines), office.people)]
    )


def told(found: list[Difference]) -> list[tuple[str, str, int]]:
    return [(one.code, one.ranges_text, one.holder_id) for one in found]


@pytest.fixture
def ledger() -> Ledger:
    """500 received, 1-20 with Ana from the 10th, of which 1-10 were used on the 12th and 11 was annulled."""
    made = Ledger().receive("1-500").hand_out("1-20", ANA, day(10)).use("1-10", ANA, day(12))
    return made.move(MovementKind.ANNULMENT, "11", ANA, Condition.ANNULLED, day(12))


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
        "FSU 000004, 000010 (2 fichas): usadas por EMPADRONADOR UNO el 12/03/2024, no están entre lo digitado hasta "
        "el 20/03/2024. En el libro: usada, EMPADRONADOR UNO, por el movimiento N° 000003 del 12/03/2024 (uso). "
        "Búsquelas: entréguelas a digitación si todavía no las tiene, o pida que las digiten."
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
    assert "movimiento N° 000005 del 14/03/2024" in found.sentence


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
    assert "la aplicó" not in found.sentence
    assert "las tenía EMPADRONADOR UNO y lo digitado dice que las aplicó EMPADRONADOR DOS" in found.sentence


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


# -- arqueos ---------------------------------------------------------------------------------------------


def test_missing_from_an_arqueo(ledger: Ledger) -> None:
    [found] = differences(ledger, arqueo(ANA, "12-14, 16-20"))
    assert told([found]) == [("counted_missing", "000015", ANA)]
    assert (
        "el arqueo de EMPADRONADOR UNO del 20/03/2024 (Acta 1) no la encontró: falta en blanco."
        in found.sentence
    )


def test_a_condition_that_was_not_counted_misses_nothing(ledger: Ledger) -> None:
    assert differences(ledger, arqueo(ANA, "12-20")) == []
    assert told(differences(ledger, arqueo(ANA, "12-20", USED=""))) == [
        ("counted_missing", "000001-000010", ANA)
    ]


def test_a_later_movement_settles_what_an_arqueo_said(ledger: Ledger) -> None:
    count = arqueo(ANA, "12-19", day(15))
    assert told(differences(ledger, count)) == [("counted_missing", "000020", ANA)]
    ledger.move(MovementKind.LOSS, "20", ANA, Condition.LOST, day(16))
    assert differences(ledger, count) == []


def test_a_later_arqueo_of_the_same_person_takes_the_place_of_the_former(ledger: Ledger) -> None:
    assert differences(ledger, arqueo(ANA, "12", day(15)), arqueo(ANA, "12-20", day(16), count_id=2)) == []


def test_surplus_in_an_arqueo(ledger: Ledger) -> None:
    [found] = differences(ledger, arqueo(BETO, "20"))
    assert told([found]) == [("counted_surplus", "000020", BETO)]
    assert "falta entre EMPADRONADOR UNO y EMPADRONADOR DOS" in found.sentence


def test_an_unknown_number_and_a_lost_one_in_an_arqueo(ledger: Ledger) -> None:
    ledger.move(MovementKind.LOSS, "20", ANA, Condition.LOST, day(16))
    found = differences(ledger, arqueo(BETO, "20, 501"))
    assert told(found) == [("counted_unknown", "000501", BETO), ("counted_lost", "000020", BETO)]


def test_counted_by_two(ledger: Ledger) -> None:
    [found] = differences(ledger, arqueo(ANA, "12-20"), arqueo(BETO, "20", count_id=2))
    assert told([found]) == [("counted_twice", "000020", ANA)]
    assert found.other_id == BETO


def test_a_form_that_changed_hands_between_two_arqueos_is_not_in_two(ledger: Ledger) -> None:
    ledger.move(MovementKind.TRANSFER, "20", BETO, day=day(16))
    assert differences(ledger, arqueo(ANA, "12-20", day(15)), arqueo(BETO, "20", day(17), count_id=2)) == []


def test_counted_in_another_condition(ledger: Ledger) -> None:
    [found] = differences(ledger, arqueo(ANA, "13-20", USED="1-10, 12"))
    assert told([found]) == [("counted_other_condition", "000012", ANA)]
    assert "la encontró usada." in found.sentence


def test_forms_without_numbers_are_counted_by_quantity() -> None:
    kind, blank = MovementKind.RECEPTION, Condition.BLANK
    lines = [
        PastLine(1, 1, kind, D, None, None, 100, RECTOR, Condition.OUTSIDE, STORE, blank, None),
        PastLine(2, 2, MovementKind.HAND_OUT, day(5), None, None, 40, STORE, blank, ANA, blank, None),
    ]
    office = Office(CAMPAIGN, HOLDERS, NOBODY_LEFT, TODAY)

    def told_for(found: int, *more: PastLine) -> list[str]:
        count = count_of(CountKind.PHYSICAL, (CountLine(None, found, blank),), ANA, day(6), 1, "")
        ledger = [*lines, *more]
        facts = TypeFacts(CROQUIS, ledger, [count], totals_of(ledger))
        return [one.sentence for one in reconcile(office, [facts])]

    assert told_for(40) == []
    assert told_for(38) == [
        (
            "CROQUIS: el arqueo de EMPADRONADOR UNO del 06/03/2024 (sin documento) encontró 38 en blanco y el libro "
            "tenía 40. Repita el arqueo; si se confirma, registre lo que falta o proponga un ajuste con dos aprobaciones."
        )
    ]
    settled = PastLine(3, 3, MovementKind.ADJUSTMENT, day(7), None, None, 2, ANA, blank, STORE, blank, None)
    assert told_for(38, settled) == []


# -- bands -----------------------------------------------------------------------------------------------


def test_held_too_long_and_used_kept(ledger: Ledger) -> None:
    assert differences(ledger, today=day(25)) == []
    found = differences(ledger, today=day(28))
    assert told(found) == [
        ("used_kept", "000001-000010", ANA),
        ("held_too_long", "000012-000020", ANA),
    ]
    assert "más de 15 días" in found[1].sentence


def test_used_forms_with_data_entry_are_not_kept(ledger: Ledger) -> None:
    ledger.move(MovementKind.TO_DATA_ENTRY, "1-10", DIGI, day=day(13))
    assert [one.code for one in differences(ledger, today=day(30))] == ["held_too_long"]


def test_who_left_is_told_once_with_all_that_is_in_hand(ledger: Ledger) -> None:
    left = {ANA: ("EMPADRONADOR UNO dejó de estar en funciones el 15/03/2024.", day(16))}
    found = differences(ledger, today=day(30), left=left)
    assert told(found) == [
        ("holder_out_of_force", "000001-000010", ANA),
        ("holder_out_of_force", "000011", ANA),
        ("holder_out_of_force", "000012-000020", ANA),
    ]
    assert found[0].severity is Severity.GRAVE


def test_too_many_annulled(ledger: Ledger) -> None:
    ledger.move(MovementKind.ANNULMENT, "14-15", ANA, Condition.ANNULLED, day(13))
    [found] = differences(ledger)
    assert told([found]) == [("annulled_too_many", "000011, 000014-000015", ANA)]
    assert "anuló 3 de 13 fichas (23 %), más del 5 %" in found.sentence
    assert differences(ledger, campaign=dataclasses.replace(CAMPAIGN, most_annulled_percent=24)) == []


def test_a_gap_in_a_bundle_is_told_at_closing(ledger: Ledger) -> None:
    ledger.hand_out("26-30", ANA, day(13)).use("26-30", ANA, day(14))
    assert [one.code for one in differences(ledger)] == []
    [found] = differences(ledger, closing=True)
    assert told([found]) == [("gap_in_bundle", "000021-000025", 0)]
    assert "las demás del paquete 000001-000100 se usaron" in found.sentence


def test_numbers_after_the_last_used_one_are_no_gap(ledger: Ledger) -> None:
    ledger.hand_out("101-110", ANA, day(13)).use("101-110", ANA, day(14))
    assert differences(ledger, closing=True) == []


def test_a_balance_that_does_not_fit_its_ledger(ledger: Ledger) -> None:
    wrong = {**totals_of(ledger.lines), (ANA, Condition.BLANK): 8}
    office = Office(CAMPAIGN, HOLDERS, NOBODY_LEFT, TODAY)
    [found] = reconcile(office, [TypeFacts.of(FSU, ledger.lines, (), wrong, office.people)])
    assert (found.code, found.holder_id, found.form_count) == ("ledger_unbalanced", ANA, 1)
    assert "el saldo dice 8, los movimientos suman 9 y los formularios son 9" in found.sentence


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
