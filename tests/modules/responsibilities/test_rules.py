"""The matrix's rules: what may be written, when, and what is missing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyState, Matrix, MatrixState, MatrixUnit

TODAY = date(2024, 3, 8)


def matrix_of(*sizes: int, state: MatrixState = MatrixState.DRAFT) -> Matrix:
    """A matrix with as many units as sizes; ids 1, 2… for units and 11, 12…, 21… for their duties."""
    return rules.numbered(
        Matrix(
            title="Plan de prueba",
            state=state,
            id=1,
            version=1,
            units=tuple(
                MatrixUnit(
                    id=number,
                    label=f"UNIDAD {number}",
                    duties=tuple(
                        Duty(f"Función {number}.{place}", id=number * 10 + place)
                        for place in range(1, size + 1)
                    ),
                )
                for number, size in enumerate(sizes, start=1)
            ),
        )
    )


def told(matrix: Matrix) -> list[tuple[str, list[str]]]:
    return [(unit.label, [duty.text for duty in unit.duties]) for unit in matrix.units]


def test_units_are_numbered_and_duties_lettered_in_their_order() -> None:
    matrix = matrix_of(2, 28)
    assert [unit.number for unit in matrix.units] == [1, 2]
    assert [duty.letter for duty in matrix.units[1].duties][24:] == ["y", "z", "aa", "ab"]


def test_a_label_is_what_prints_and_the_name_in_force_stands_in_for_none() -> None:
    named = MatrixUnit(label="", unit_id=5, name="GERENCIA")
    labelled = MatrixUnit(label="GERENCIA (ULE)", unit_id=5, name="GERENCIA")
    units = rules.numbered(Matrix("t", units=(named, labelled))).units
    assert [unit.name for unit in units] == ["GERENCIA", "GERENCIA (ULE)"]


@pytest.mark.parametrize(
    "text", ["=1+1", "<b>&amp;</b>", "'; DROP TABLE x; --", "{plan.title}", "ñandú ⚑ 漢字"]
)
def test_hostile_text_is_kept_literally(text: str) -> None:
    assert rules.clean_duty(Duty(text)).text == text


def test_line_ends_are_made_equal_and_one_line_fields_hold_one_line() -> None:
    duty = rules.clean_duty(Duty(" a\r\nb\x0bc ", responsible="Ana\nPérez"))
    assert duty.text == "a\nb\nc"
    assert duty.responsible == "Ana Pérez"


@pytest.mark.parametrize(
    ("duty", "code"),
    [
        (Duty("  \n "), "text_missing"),
        (Duty("x" * 4001), "text_too_long"),
        (Duty("a\x00b"), "text_unprintable"),
        (Duty("a\ud800b"), "text_unprintable"),
        (Duty("x", responsible="x" * 201), "text_too_long"),
        (Duty("x", evidence="x" * 1001), "text_too_long"),
    ],
)
def test_texts_that_cannot_be_kept_are_refused(duty: Duty, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        rules.clean_duty(duty)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")


def test_the_longest_text_is_kept_whole() -> None:
    assert len(rules.clean_duty(Duty("x" * 4000)).text) == 4000


def test_a_row_needs_an_office_unit_or_a_label() -> None:
    with pytest.raises(RuleError, match="nombre de la unidad orgánica"):
        rules.clean_unit(MatrixUnit())
    assert rules.clean_unit(MatrixUnit(unit_id=3)).label == ""


@pytest.mark.parametrize(("sizes", "code"), [((1,) * 61, "too_many_units"), ((251, 250), "too_many_duties")])
def test_a_matrix_has_limits(sizes: tuple[int, ...], code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        rules.clean_matrix(matrix_of(*sizes))
    assert refusal.value.code == code


def test_two_hundred_duties_are_fine() -> None:
    assert rules.clean_matrix(matrix_of(*(10,) * 20)).duty_count == 200


def test_a_new_duty_takes_its_place_and_the_letters_follow() -> None:
    matrix = rules.numbered(rules.with_duty(matrix_of(2, 1), 1, Duty("Nueva"), place=2))
    assert [(duty.letter, duty.text) for duty in matrix.units[0].duties] == [
        ("a", "Función 1.1"),
        ("b", "Nueva"),
        ("c", "Función 1.2"),
    ]


def test_without_a_place_new_items_go_to_the_end() -> None:
    matrix = rules.with_unit(rules.with_duty(matrix_of(1, 1), 1, Duty("Nueva")), MatrixUnit(label="OTRA"))
    assert told(matrix)[0] == ("UNIDAD 1", ["Función 1.1", "Nueva"])
    assert told(matrix)[-1] == ("OTRA", [])


def test_a_changed_duty_stays_where_it_is() -> None:
    matrix = matrix_of(3)
    changed = rules.with_duty(matrix, 1, replace(matrix.units[0].duties[1], text="Otra"))
    assert told(changed) == [("UNIDAD 1", ["Función 1.1", "Otra", "Función 1.3"])]


def test_a_duty_moves_to_another_unit() -> None:
    matrix = matrix_of(2, 1)
    moved = rules.with_duty(matrix, 2, matrix.units[0].duties[0], place=1)
    assert told(moved) == [("UNIDAD 1", ["Función 1.2"]), ("UNIDAD 2", ["Función 1.1", "Función 2.1"])]


def test_a_unit_moves_with_its_duties() -> None:
    matrix = matrix_of(1, 2, 3)
    moved = rules.with_unit(matrix, matrix.units[2], place=1)
    assert [len(unit.duties) for unit in moved.units] == [3, 1, 2]


def test_removing_takes_out_only_what_was_named() -> None:
    assert told(rules.without_duty(matrix_of(2, 1), 11)) == [
        ("UNIDAD 1", ["Función 1.2"]),
        ("UNIDAD 2", ["Función 2.1"]),
    ]
    assert told(rules.without_unit(matrix_of(2, 1), 1)) == [("UNIDAD 2", ["Función 2.1"])]


def test_what_is_no_longer_there_is_told() -> None:
    with pytest.raises(RuleError, match="ya no está"):
        rules.without_unit(matrix_of(1), 9)
    with pytest.raises(RuleError, match="ya no está"):
        rules.without_duty(matrix_of(1), 99)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.data())
def test_moving_a_duty_loses_and_doubles_nothing(sizes: list[int], data: st.DataObject) -> None:
    matrix = matrix_of(*sizes)
    duties = [duty for unit in matrix.units for duty in unit.duties]
    if not duties:
        return
    duty = data.draw(st.sampled_from(duties))
    target = data.draw(st.sampled_from(matrix.units))
    place = data.draw(st.integers(1, 9))
    moved = rules.numbered(rules.with_duty(matrix, target.id, duty, place))
    after = [one for unit in moved.units for one in unit.duties]
    assert sorted(one.id for one in after) == sorted(one.id for one in duties)
    unit, found = rules.duty_in(moved, duty.id)
    assert unit.id == target.id
    assert unit.duties.index(found) + 1 == min(place, len(unit.duties))


def test_a_copy_starts_afresh_as_a_draft() -> None:
    matrix = matrix_of(1, state=MatrixState.ARCHIVED)
    done = Duty("Hecha", "Responsable", "Informe 12", TODAY, DutyState.DONE, id=11)
    copy = rules.numbered(rules.copied(rules.with_duty(matrix, 1, done), "Plan 2025"))
    (duty,) = copy.units[0].duties
    assert (copy.title, copy.state, copy.id, copy.units[0].id) == ("Plan 2025", MatrixState.DRAFT, 0, 0)
    assert duty == Duty("Hecha", "Responsable", "Informe 12", letter="a")


def test_once_in_force_only_the_follow_up_moves() -> None:
    matrix = matrix_of(2, state=MatrixState.IN_FORCE)
    duty = matrix.units[0].duties[0]
    followed = replace(duty, responsible="Jefe", evidence="Acta", due=TODAY, state=DutyState.DONE)
    rules.check_can_save(matrix, rules.with_duty(matrix, 1, followed))
    for changed in (
        rules.with_duty(matrix, 1, replace(duty, text="Otra")),
        rules.with_duty(matrix, 1, duty, place=2),
        rules.without_duty(matrix, 11),
        rules.with_unit(matrix, MatrixUnit(label="OTRA")),
        replace(matrix, title="Otro"),
    ):
        with pytest.raises(RuleError) as refusal:
            rules.check_can_save(matrix, changed)
        assert refusal.value.code == "matrix_not_draft"


def test_an_archived_matrix_is_only_read() -> None:
    matrix = matrix_of(1, state=MatrixState.ARCHIVED)
    with pytest.raises(RuleError, match="archivada"):
        rules.check_can_save(matrix, matrix)


@pytest.mark.parametrize(
    ("state", "new", "reason", "code"),
    [
        (MatrixState.DRAFT, MatrixState.IN_FORCE, "", ""),
        (MatrixState.DRAFT, MatrixState.ARCHIVED, "", ""),
        (MatrixState.IN_FORCE, MatrixState.DRAFT, "Observada por asesoría", ""),
        (MatrixState.IN_FORCE, MatrixState.DRAFT, "  ", "reason_missing"),
        (MatrixState.IN_FORCE, MatrixState.IN_FORCE, "", "state_forbidden"),
        (MatrixState.ARCHIVED, MatrixState.DRAFT, "x", "state_forbidden"),
    ],
)
def test_states_follow_one_another(state: MatrixState, new: MatrixState, reason: str, code: str) -> None:
    matrix = matrix_of(1, state=state)
    if not code:
        rules.check_can_change_state(matrix, new, reason)
        return
    with pytest.raises(RuleError) as refusal:
        rules.check_can_change_state(matrix, new, reason)
    assert refusal.value.code == code


def test_an_incomplete_matrix_is_neither_printed_nor_put_in_force() -> None:
    with pytest.raises(RuleError, match="no tiene unidades"):
        rules.check_can_print(matrix_of())
    with pytest.raises(RuleError, match=r"02 \(UNIDAD 2\) no tiene funciones"):
        rules.check_can_change_state(matrix_of(1, 0), MatrixState.IN_FORCE, "")


def test_duty_states_turn_round() -> None:
    states = [DutyState.PENDING]
    while len(states) < 4:
        states.append(rules.next_duty_state(states[-1]))
    assert [state.label for state in states] == ["Pendiente", "En curso", "Cumplida", "Pendiente"]


def test_gaps_name_what_is_missing_in_the_order_of_the_annex() -> None:
    matrix = matrix_of(1, 0, 1)
    late = Duty("x", responsible="Jefe", due=date(2024, 3, 7), id=11)
    done = Duty("y", responsible="Jefe", due=date(2024, 3, 7), state=DutyState.DONE, id=31)
    matrix = rules.with_duty(rules.with_duty(matrix, 1, late), 3, done)
    matrix = rules.numbered(rules.with_duty(matrix, 3, Duty("z", due=TODAY)))
    assert [(gap.kind, gap.text) for gap in rules.matrix_gaps(matrix, TODAY)] == [
        ("duty_overdue", "01.a: venció el 07/03/2024."),
        ("unit_without_duties", "02 UNIDAD 2: no tiene funciones."),
        ("duty_without_evidence", "03.a: cumplida sin evidencia registrada."),
        ("duty_without_responsible", "03.b: sin responsable."),
    ]
