"""The history of a matrix: duties by their places, people by their names."""

from dataclasses import replace
from datetime import date

from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixState, MatrixUnit

TODAY = date(2024, 3, 8)


def test_a_changed_duty_is_told_by_its_place_and_its_words(db, actor, now):
    means = {"actor": actor, "now": now}
    unit = MatrixUnit(label="UNIDAD DE PRUEBA", duties=(Duty("Publicar el acta"), Duty("Archivar")))
    matrix = Matrix(title="Matriz 2024", heading="Funciones", units=(unit,))
    matrix_id = service.create_matrix(db, **means, matrix=matrix)
    stored = service.load_matrix(db, matrix_id, TODAY)
    first, second = stored.units[0].duties
    changed = replace(second, text="Archivar y foliar", due=TODAY)
    units = (replace(stored.units[0], duties=(first, changed)),)
    service.save_matrix(db, **means, matrix=replace(stored, units=units), expected_version=stored.version)
    saved, created = service.history(db, matrix_id, TODAY)
    assert (created.what, saved.what) == ("Matriz creada", "Matriz corregida")
    assert [change.text for change in saved.changes] == [
        "Función 01.b · Vence: — → 08/03/2024",
        "Función 01.b · Texto: Archivar → Archivar y foliar",
    ]


def test_evidence_is_told_by_its_words_when_it_comes_and_when_it_is_withdrawn(db, archive, actor, now):
    means = {"actor": actor, "now": now}
    unit = MatrixUnit(label="UNIDAD DE PRUEBA", duties=(Duty("Publicar el acta"),))
    matrix = Matrix(title="Matriz 2024", heading="Funciones", units=(unit,))
    matrix_id = service.create_matrix(db, **means, matrix=matrix)
    service.set_matrix_state(db, **means, matrix_id=matrix_id, expected_version=1, state=MatrixState.IN_FORCE)
    duty_id = service.load_matrix(db, matrix_id, TODAY).units[0].duties[0].id
    kept = service.add_evidence(db, archive, **means, duty_id=duty_id, text="Acta publicada", day=TODAY)
    service.withdraw_evidence(db, **means, evidence_id=kept, reason="Era de otra función")
    withdrawn, added = service.history(db, matrix_id, TODAY)[:2]
    assert (withdrawn.what, withdrawn.reason) == ("Evidencia retirada", "Era de otra función")
    assert [change.text for change in withdrawn.changes] == [
        "Fecha de la evidencia: 08/03/2024", "Función: 01.a", "Texto: Acta publicada",
    ]  # fmt: skip
    assert added.what == "Evidencia registrada"
    assert "Estado: pendiente → en curso" in added.summary
