"""What the office does with its matrices, on a real base."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyState, Matrix, MatrixState, MatrixUnit

DAY = date(2024, 3, 8)
Load = Callable[[int], Matrix]


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    """What every change is called with."""
    return {"db": db, "actor": actor, "now": now}


def told(matrix: Matrix) -> list[tuple[str, list[str]]]:
    return [(unit.name, [f"{duty.letter}. {duty.text}" for duty in unit.duties]) for unit in matrix.units]


def trail(db: Database) -> list[tuple[str, dict, dict, str]]:
    with db.reading() as session:
        rows = session.execute(
            text(
                "SELECT action, before, after, reason FROM audit_entry WHERE action LIKE 'matrix.%' ORDER BY id"
            )
        ).all()
    return [(row[0], json.loads(row[1] or "{}"), json.loads(row[2] or "{}"), row[3]) for row in rows]


def test_a_matrix_is_read_as_it_was_written(matrix_id: int, load: Load) -> None:
    assert told(load(matrix_id)) == [
        ("GERENCIA MUNICIPAL", ["a. Aprobar el plan.", "b. Dirigir el plan."]),
        ("ULE (SISFOH)", ["a. Ejecutar el plan."]),
    ]


def test_the_list_counts_units_duties_and_done(desk: dict[str, Any], matrix_id: int, load: Load) -> None:
    matrix = load(matrix_id)
    duty = replace(matrix.units[0].duties[0], state=DutyState.DONE)
    service.save_matrix(**desk, matrix=rules.with_duty(matrix, matrix.units[0].id, duty), expected_version=1)
    empty = service.create_matrix(**desk, matrix=Matrix("Vacía"))
    lines = service.list_matrices(desk["db"])
    assert [(line.id, line.units, line.duties, line.done) for line in lines] == [
        (empty, 0, 0, 0),
        (matrix_id, 2, 3, 1),
    ]


def test_a_unit_prints_the_name_in_force_on_the_day(
    desk: dict[str, Any], matrix_id: int, units: dict[str, int]
) -> None:
    renamed = Unit(
        id=units["GM"],
        name="Gerencia General",
        siglas="GG",
        valid_from=date(2025, 1, 1),
        document="Ordenanza de prueba",
    )
    version = office.load_unit(desk["db"], units["GM"], DAY).version
    office.rename_unit(**desk, unit=renamed, expected_version=version)
    names = [service.load_matrix(desk["db"], matrix_id, day).units[0].name for day in (DAY, date(2025, 6, 1))]
    assert names == ["GERENCIA MUNICIPAL", "GERENCIA GENERAL"]


def test_a_unit_that_ended_keeps_its_last_name(
    desk: dict[str, Any], matrix_id: int, units: dict[str, int]
) -> None:
    version = office.load_unit(desk["db"], units["GM"], DAY).version
    office.end_unit(**desk, unit_id=units["GM"], last_day=date(2024, 12, 31), expected_version=version)
    assert service.load_matrix(desk["db"], matrix_id, date(2026, 1, 2)).units[0].name == "GERENCIA MUNICIPAL"


def test_adding_moving_and_removing_is_kept_and_told_in_the_trail(
    desk: dict[str, Any], matrix_id: int, load: Load
) -> None:
    matrix = load(matrix_id)
    first, second = matrix.units
    added = rules.with_duty(matrix, second.id, Duty("Informar cada semana."), place=1)
    version = service.save_matrix(**desk, matrix=added, expected_version=1)
    assert version == 2
    moved = rules.with_unit(load(matrix_id), load(matrix_id).units[1], place=1)
    service.save_matrix(**desk, matrix=moved, expected_version=2)
    removed = rules.without_duty(load(matrix_id), first.duties[0].id)
    service.save_matrix(**desk, matrix=removed, expected_version=3)
    assert told(load(matrix_id)) == [
        ("ULE (SISFOH)", ["a. Informar cada semana.", "b. Ejecutar el plan."]),
        ("GERENCIA MUNICIPAL", ["a. Dirigir el plan."]),
    ]
    entries = trail(desk["db"])[1:]
    assert [action for action, *_ in entries] == ["matrix.save"] * 3
    assert entries[0][2]["02.a"]["text"] == "Informar cada semana."
    assert entries[1][1][f"unit:{second.id}"] == "02"
    assert entries[1][2][f"unit:{second.id}"] == "01"
    assert entries[2][1][f"duty:{first.duties[0].id}"]["text"] == "Aprobar el plan."


def test_a_duty_moved_away_survives_the_removal_of_its_unit(
    desk: dict[str, Any], matrix_id: int, load: Load
) -> None:
    matrix = load(matrix_id)
    first, second = matrix.units
    edited = rules.without_unit(rules.with_duty(matrix, second.id, first.duties[1]), first.id)
    service.save_matrix(**desk, matrix=edited, expected_version=1)
    assert told(load(matrix_id)) == [("ULE (SISFOH)", ["a. Ejecutar el plan.", "b. Dirigir el plan."])]


def test_hostile_text_comes_back_literally(desk: dict[str, Any], matrix_id: int, load: Load) -> None:
    hostile = "=1+1 <b>&amp;</b> '; DROP TABLE responsibility_duty; -- {x}"
    matrix = rules.with_unit(load(matrix_id), MatrixUnit(label=hostile, duties=(Duty(hostile),)))
    service.save_matrix(**desk, matrix=matrix, expected_version=1)
    assert told(load(matrix_id))[-1] == (hostile, [f"a. {hostile}"])


def test_a_refused_text_changes_nothing(desk: dict[str, Any], matrix_id: int, load: Load) -> None:
    matrix = load(matrix_id)
    with pytest.raises(RuleError, match="No se cambió nada"):
        service.save_matrix(
            **desk, matrix=rules.with_duty(matrix, matrix.units[0].id, Duty(" ")), expected_version=1
        )
    assert load(matrix_id) == matrix


def test_two_people_do_not_overwrite_each_other(desk: dict[str, Any], matrix_id: int, load: Load) -> None:
    seen = load(matrix_id)
    service.save_matrix(
        **desk, matrix=rules.with_duty(seen, seen.units[0].id, Duty("De ella.")), expected_version=1
    )
    with pytest.raises(StaleRow):
        service.save_matrix(
            **desk, matrix=rules.with_duty(seen, seen.units[0].id, Duty("De él.")), expected_version=1
        )
    assert [duty.text for duty in load(matrix_id).units[0].duties][-1] == "De ella."


def test_the_same_token_acts_once(desk: dict[str, Any]) -> None:
    ids = {service.create_matrix(**desk, matrix=Matrix("Una"), token="t-1") for _ in range(2)}
    assert len(ids) == 1
    assert len(service.list_matrices(desk["db"])) == 1


def test_last_years_matrix_is_copied(desk: dict[str, Any], matrix_id: int, load: Load) -> None:
    copy_id = service.copy_matrix(**desk, source_id=matrix_id, title="PLAN DE PRUEBA 2025")
    copy = load(copy_id)
    assert (copy.title, copy.state) == ("PLAN DE PRUEBA 2025", MatrixState.DRAFT)
    assert told(copy) == told(load(matrix_id))
    assert trail(desk["db"])[-1][2]["copied_from"] == matrix_id


def test_in_force_only_the_follow_up_moves_and_draft_needs_a_reason(
    desk: dict[str, Any], matrix_id: int, load: Load
) -> None:
    service.set_matrix_state(**desk, matrix_id=matrix_id, expected_version=1, state=MatrixState.IN_FORCE)
    matrix = load(matrix_id)
    duty = replace(matrix.units[0].duties[0], responsible="Gerente", due=DAY, state=DutyState.UNDER_WAY)
    followed = rules.with_duty(matrix, matrix.units[0].id, duty)
    version = service.save_matrix(**desk, matrix=followed, expected_version=2)
    rewritten = rules.with_duty(load(matrix_id), matrix.units[0].id, replace(duty, text="Otra"))
    with pytest.raises(RuleError, match="vigente"):
        service.save_matrix(**desk, matrix=rewritten, expected_version=version)
    with pytest.raises(RuleError, match="motivo"):
        service.set_matrix_state(
            **desk, matrix_id=matrix_id, expected_version=version, state=MatrixState.DRAFT
        )
    service.set_matrix_state(
        **desk, matrix_id=matrix_id, expected_version=version, state=MatrixState.DRAFT, reason="Observada"
    )
    assert load(matrix_id).state is MatrixState.DRAFT
    assert trail(desk["db"])[-1][3] == "Observada"
    assert load(matrix_id).units[0].duties[0].responsible == "Gerente"


def test_a_signed_act_puts_its_matrix_in_force_once(desk: dict[str, Any], matrix_id: int, load: Load) -> None:
    for _ in range(2):
        with desk["db"].transaction() as session:
            service.put_in_force_in(
                session, actor=desk["actor"], now=desk["now"], matrix_id=matrix_id, reason="Resolución 1"
            )
    assert (load(matrix_id).state, load(matrix_id).version) == (MatrixState.IN_FORCE, 2)


def test_a_matrix_that_is_gone_is_told(db: Database, desk: dict[str, Any]) -> None:
    with pytest.raises(RuleError, match="ya no existe"):
        service.load_matrix(db, 99, DAY)
    with pytest.raises(StaleRow):
        service.save_matrix(**desk, matrix=Matrix("x", id=99), expected_version=1)


def test_gaps_are_those_of_today(db: Database, matrix_id: int) -> None:
    assert [gap.kind for gap in service.list_gaps(db, matrix_id, DAY)] == [
        "duty_without_responsible",
        "duty_without_due",
    ] * 3


def test_two_hundred_duties_are_kept(desk: dict[str, Any], load: Load) -> None:
    units = tuple(
        MatrixUnit(label=f"UNIDAD {number}", duties=tuple(Duty(f"Función {n}") for n in range(20)))
        for number in range(10)
    )
    matrix_id = service.create_matrix(**desk, matrix=Matrix("Grande", units=units))
    assert load(matrix_id).duty_count == 200
    assert load(matrix_id).units[9].duties[19].letter == "t"
