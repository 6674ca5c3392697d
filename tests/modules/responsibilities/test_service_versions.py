"""Where a matrix starts from, who answers in it, and how its versions differ, on a real base."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Change, Duty, DutyLink, GapKind, Matrix, MatrixState

DAY = date(2024, 3, 8)
Load = Callable[[int], Matrix]


@pytest.fixture
def means(db: Database, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"db": db, "actor": actor, "now": now}


def save(means: dict[str, Any], matrix: Matrix) -> None:
    service.save_matrix(**means, matrix=matrix, expected_version=matrix.version)


def test_a_matrix_is_made_from_the_directive_with_the_office_s_units(
    means: dict[str, Any], units: dict[str, int], load: Load
) -> None:
    matrix = load(service.create_from_model(**means, title="PLAN NUEVO"))
    assert (len(matrix.units), matrix.duty_count, matrix.state) == (6, 20, MatrixState.DRAFT)
    assert [unit.unit_id for unit in matrix.units[:3]] == [units["GM"], None, units["ULE"]]
    assert "PLAN NUEVO" in matrix.intro
    assert "{" not in matrix.intro
    assert matrix.units[0].duties[0].source_norm == "Directiva 003-2024-MIDIS, ítem 5, literal a"
    links = [duty.link for duty in matrix.units[2].duties if duty.link]
    assert links[-2:] == [DutyLink.STAFF, DutyLink.KARDEX]
    assert service.can_print(means["db"], matrix.id)


def test_optional_rows_come_when_asked_and_are_offered_later(
    means: dict[str, Any], units: dict[str, int], load: Load
) -> None:
    few = load(
        service.create_from_model(**means, title="P", roles=["gerencia_municipal", "asesoria_juridica"])
    )
    assert [unit.name for unit in few.units] == ["GERENCIA MUNICIPAL", "OFICINA DE ASESORÍA JURÍDICA"]
    missing = service.list_missing_rows(means["db"], few, DAY)
    assert len(missing) == 7
    save(means, service.with_missing_rows(means["db"], few, ["unidad_empadronamiento"], DAY))
    assert load(few.id).units[2].unit_id == units["ULE"]


def test_links_are_proposed_for_new_duties_and_the_clerk_has_the_last_word(
    means: dict[str, Any], matrix_id: int, load: Load
) -> None:
    matrix = load(matrix_id)
    save(means, rules.with_duty(matrix, matrix.units[1].id, Duty("Mantener al día el kardex.")))
    duty = load(matrix_id).units[1].duties[1]
    assert duty.link is DutyLink.KARDEX
    save(means, rules.with_duty(load(matrix_id), matrix.units[1].id, replace(duty, link=None)))
    assert load(matrix_id).units[1].duties[1].link is None


def test_an_officer_who_left_shows_as_a_gap(
    db: Database, means: dict[str, Any], matrix_id: int, officer_id: int, load: Load
) -> None:
    matrix = load(matrix_id)
    owned = replace(matrix.units[0].duties[0], officer_id=officer_id, responsible="Jefa De Prueba")
    save(means, rules.with_duty(matrix, matrix.units[0].id, owned))

    def owner_gaps(day: date) -> list[str]:
        gaps = service.list_gaps(db, matrix_id, day)
        return [gap.text for gap in gaps if gap.kind is GapKind.OWNER_GONE]

    assert owner_gaps(date(2024, 6, 30)) == []
    assert owner_gaps(date(2024, 7, 1)) == ["01.a: Jefa De Prueba ya no está en el cargo."]
    version = next(line.officer.version for line in office.list_officers(db) if line.officer.id == officer_id)
    office.end_officer(**means, officer_id=officer_id, last_day=date(2024, 3, 1), expected_version=version)
    assert owner_gaps(DAY) == ["01.a: Jefa De Prueba ya no está en el cargo."]


def test_the_owner_changes_while_in_force_and_the_annex_stays_as_it_was(
    db: Database, archive, means: dict[str, Any], matrix_id: int, officer_id: int, load: Load
) -> None:
    service.set_matrix_state(**means, matrix_id=matrix_id, expected_version=1, state=MatrixState.IN_FORCE)
    printed = service.anexo01_pdf_bytes(db, matrix_id, DAY)
    matrix = load(matrix_id)
    assert matrix.in_force_on == DAY
    followed = replace(
        matrix.units[0].duties[0],
        officer_id=officer_id,
        responsible="Jefa De Prueba",
        due=DAY,
        frequency=rules.Frequency.MONTHLY,
        link=DutyLink.STAFF,
        source_norm="Ley 30435",
        source_text="Artículo 9",
        evidence="Informe",
        state=rules.DutyState.DONE,
    )
    save(means, rules.with_duty(matrix, matrix.units[0].id, followed))
    service.add_evidence(
        db, archive, actor=means["actor"], now=means["now"], duty_id=followed.id, text="Acta", day=DAY
    )
    assert load(matrix_id).units[0].duties[0] == followed
    assert service.anexo01_pdf_bytes(db, matrix_id, DAY) == printed
    later = date(2024, 9, 1)  # the officer has left: the annex of that day neither says nor needs it
    assert service.load_matrix(db, matrix_id, later).units[0].duties[0].owner_gone
    assert service.anexo01_pdf_bytes(db, matrix_id, later) == printed


def test_a_version_is_kept_when_frozen_and_compared_with_what_came_after(
    db: Database, means: dict[str, Any], actor: Actor, now: datetime, matrix_id: int, load: Load
) -> None:
    assert service.list_versions(db, matrix_id) == []
    with db.transaction() as session:
        service.hold_matrix_in(session, actor=actor, now=now, matrix_id=matrix_id, held_by="091-2024-GM/MP")
        service.release_matrix_in(
            session, actor=actor, now=now, matrix_id=matrix_id, held_by="091-2024-GM/MP"
        )
    matrix = load(matrix_id)
    reworded = replace(matrix.units[0].duties[0], text="Aprobar el plan con resolución.")
    save(means, rules.with_duty(matrix, matrix.units[0].id, reworded))
    with db.transaction() as session:  # frozen again, and signed: kept once, since nothing changed between
        service.hold_matrix_in(session, actor=actor, now=now, matrix_id=matrix_id, held_by="092-2024-GM/MP")
        service.put_in_force_in(session, actor=actor, now=now, matrix_id=matrix_id, reason="Firmada")
    second, first = service.list_versions(db, matrix_id)
    assert first.title == "Esta matriz, 08/03/2024: Congelada en la 091-2024-GM/MP"
    assert service.compare_versions(db, matrix_id, second, DAY) == ()
    (one,) = service.compare_versions(db, matrix_id, first, DAY)
    assert (one.change, one.after_place, one.before) == (Change.REWORDED, "01.a", "Aprobar el plan.")


def test_last_year_s_and_this_year_s_matrix_are_compared(
    db: Database, means: dict[str, Any], matrix_id: int, units: dict[str, int], load: Load
) -> None:
    copy = load(service.copy_matrix(**means, source_id=matrix_id, title="PLAN DE PRUEBA 2025"))
    save(means, rules.without_duty(copy, copy.units[0].duties[1].id))
    (version,) = service.list_versions(db, copy.id)
    assert version.title == "PLAN DE PRUEBA 2024"
    told = [(one.what, one.change) for one in service.compare_versions(db, copy.id, version, DAY)]
    assert told == [("título", Change.REWORDED), ("función", Change.REMOVED)]
    renamed = Unit(
        id=units["GM"],
        name="Gerencia General",
        siglas="GG",
        valid_from=date(2025, 1, 1),
        document="Ordenanza",
    )
    unit_version = office.load_unit(db, units["GM"], DAY).version
    office.rename_unit(**means, unit=renamed, expected_version=unit_version)
    later = service.compare_versions(db, copy.id, version, date(2025, 6, 1))
    assert "unidad" not in [one.what for one in later]  # both carry the name of the same day


def test_a_version_that_is_gone_is_told(db: Database, matrix_id: int) -> None:
    with pytest.raises(RuleError, match="no existe"):
        service.compare_versions(db, matrix_id, service.MatrixVersion("x", snapshot_id=99), DAY)
