"""The names that a file writes: people, types, kinds, conditions; what is only near is proposed and never taken."""

from datetime import date

import pytest
from kardex_rows import ANA, FIRST, FSU, NAMES, S100

from sisfoh_desktop.modules.kardex.rules import Condition, FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.importing_names import Names, NotFound, condition_named, kind_named


@pytest.mark.parametrize(
    "written",
    ["QUISPE MAMANI, ANA PRUEBA", "ana prueba quispe mamani", "Quispe  Mamaní Ana Prueba", "01234567", "1234567",
     "DNI 01234567 - Ana"],
)  # fmt: skip
def test_a_person_is_found_by_name_in_any_order_or_by_dni(written: str) -> None:
    assert NAMES.holder(written, FIRST, "holder") is ANA


def test_a_person_nearly_named_is_proposed_and_never_taken() -> None:
    with pytest.raises(NotFound) as missing:
        NAMES.holder("QUISPE MAMANI ANNA PRUEBA", FIRST, "source")
    assert missing.value.finding.rule == "holder_unknown"
    assert missing.value.finding.candidates[0] == ANA.name


def test_of_two_of_the_same_name_the_one_in_force_is_meant() -> None:
    before = Holder(HolderKind.EMPADRONADOR, "UNA PRUEBA", valid_until=date(2024, 1, 31), id=8)
    now = Holder(HolderKind.EMPADRONADOR, "UNA PRUEBA", valid_from=date(2024, 2, 1), id=9)
    names = Names((), (before, now))
    assert names.holder("Una Prueba", FIRST, "holder") is now
    with pytest.raises(NotFound) as missing:
        names.holder("Una Prueba", None, "holder")
    assert missing.value.finding.rule == "holder_ambiguous"


def test_types_kinds_and_conditions_have_many_names() -> None:
    assert NAMES.form_type("s-100") is S100
    assert NAMES.form_type("Ficha socioeconomica unica") is FSU
    assert kind_named("Entrega") is MovementKind.HAND_OUT
    assert kind_named("DEVOLUCIÓN") is MovementKind.RETURN
    assert condition_named("Sin usar") is Condition.BLANK
    assert condition_named("Anuladas") is Condition.ANNULLED
    for find, text, rule in (
        (NAMES.form_type, "FSUU", "form_type_unknown"),
        (NAMES.form_type, "", "form_type_missing"),
        (kind_named, "Devolusion", "movement_unknown"),
        (kind_named, "", "movement_missing"),
        (kind_named, "Ajuste", "movement_not_imported"),
        (condition_named, "usda", "condition_unknown"),
        (condition_named, "", "condition_missing"),
    ):
        with pytest.raises(NotFound) as missing:
            find(text)
        assert missing.value.finding.rule == rule
    assert _candidates("Devolusion") == ("Devolución",)


def _candidates(kind: str) -> tuple[str, ...]:
    with pytest.raises(NotFound) as missing:
        kind_named(kind)
    return missing.value.finding.candidates


def test_two_types_of_a_code_are_told_apart_by_their_prefix() -> None:
    plain, other = FormType(1, "FSU", "Ficha", id=1), FormType(1, "FSU", "Ficha B", prefix="B-", id=2)
    names = Names((plain, other), ())
    assert names.form_type("FSU", "B-000001") is other
    assert names.form_type("FSU", "000001") is plain
    with pytest.raises(NotFound):
        names.form_type("FSU")


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("QUISPE MAMNI ANA", ("ANA QUISPE MAMANI",)),
        ("Ana Quispe", ("ANA QUISPE MAMANI",)),
        ("ANA UNA", ()),
        ("QUISPE CUATRO DAVID", ("DAVID CUATRO", "DAVID QUISPE CUATRA")),
        ("JUAN QUISPE TORRES", ()),
    ],
)
def test_only_names_close_as_a_whole_are_proposed(written: str, proposed: tuple[str, ...]) -> None:
    people = ("ANA QUISPE MAMANI", "DAVID QUISPE CUATRA", "DAVID CUATRO", "ANA DOS")
    registered = [Holder(HolderKind.EMPADRONADOR, name, id=at) for at, name in enumerate(people, 1)]
    with pytest.raises(NotFound) as missing:
        Names([], registered).holder(written, None, "to")
    assert missing.value.finding.candidates == proposed
