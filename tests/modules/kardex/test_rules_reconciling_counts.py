"""The cuadre without a base: arqueos, the bands of the office, balances that do not fit."""

import dataclasses

import pytest
from kardex_ledger import (
    ANA,
    BETO,
    CAMPAIGN,
    CROQUIS,
    DIGI,
    FSU,
    HOLDERS,
    NOBODY_LEFT,
    RECTOR,
    STORE,
    TODAY,
    D,
    Ledger,
    arqueo,
    count_of,
    day,
    differences,
    told,
    worked_ledger,
)

from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import CountKind, CountLine
from sisfoh_desktop.modules.kardex.rules.differences import (
    Severity,
)
from sisfoh_desktop.modules.kardex.rules.reconciling import reconcile
from sisfoh_desktop.modules.kardex.rules.standing import PastLine, totals_of
from sisfoh_desktop.modules.kardex.rules.telling import Office, TypeFacts


@pytest.fixture
def ledger() -> Ledger:
    return worked_ledger()


# -- arqueos ---------------------------------------------------------------------------------------------


def test_missing_from_an_arqueo(ledger: Ledger) -> None:
    [found] = differences(ledger, arqueo(ANA, "12-14, 16-20"))
    assert told([found]) == [("counted_missing", "000015", ANA)]
    assert (
        "en el arqueo de EMPADRONADOR UNO del 20/03/2024 (Acta 1) no se encontró y debía estar en blanco."
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


def test_what_another_arqueo_found_is_told_once_as_a_surplus(ledger: Ledger) -> None:
    found = differences(ledger, arqueo(ANA, "12-19"), arqueo(BETO, "20", count_id=2))
    assert told(found) == [("counted_surplus", "000020", BETO)]
    assert found[0].other_id == ANA


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
    assert "se encontró usado." in found.sentence


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
            "CROQUIS: en el arqueo de EMPADRONADOR UNO del 06/03/2024 (sin documento) se contó 38 en la condición «en "
            "blanco» y el libro tenía 40. Repita el arqueo; si se confirma, registre lo que falta o proponga un ajuste "
            "con dos aprobaciones."
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
    assert "anuló 3 de 13 (23 %), más del 5 %" in found.sentence
    assert differences(ledger, campaign=dataclasses.replace(CAMPAIGN, most_annulled_percent=24)) == []


def test_a_gap_in_a_bundle_is_told_at_closing(ledger: Ledger) -> None:
    ledger.hand_out("26-30", ANA, day(13)).use("26-30", ANA, day(14))
    assert [one.code for one in differences(ledger)] == []
    [found] = differences(ledger, closing=True)
    assert told([found]) == [("gap_in_bundle", "000021-000025", 0)]
    assert "los demás del paquete 000001-000100 se usaron" in found.sentence


def test_numbers_after_the_last_used_one_are_no_gap(ledger: Ledger) -> None:
    ledger.hand_out("101-110", ANA, day(13)).use("101-110", ANA, day(14))
    assert differences(ledger, closing=True) == []


def test_a_balance_that_does_not_fit_its_ledger(ledger: Ledger) -> None:
    wrong = {**totals_of(ledger.lines), (ANA, Condition.BLANK): 8}
    office = Office(CAMPAIGN, HOLDERS, NOBODY_LEFT, TODAY)
    [found] = reconcile(office, [TypeFacts.of(FSU, ledger.lines, (), wrong, office.people)])
    assert (found.code, found.holder_id, found.form_count) == ("ledger_unbalanced", ANA, 1)
    assert "el saldo dice 8, los movimientos suman 9 y los formularios son 9" in found.sentence
