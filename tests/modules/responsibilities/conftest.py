"""A small office and a matrix in it, for the tests of this module."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Unit
from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit

DAY = date(2024, 3, 8)


@pytest.fixture
def units(db: Database, actor: Actor, now: datetime) -> dict[str, int]:
    """A municipality with two units; siglas to id."""
    office.save_municipality(
        db,
        actor=actor,
        now=now,
        municipality=Municipality(
            name="Municipalidad de Prueba",
            short_name="MP",
            ubigeo=Ubigeo("230101", "INEI"),
            place_name="Prueba",
        ),
        expected_version=0,
    )
    named = {"GM": "Gerencia Municipal", "ULE": "Unidad Local de Empadronamiento"}
    return {
        siglas: office.add_unit(
            db,
            actor=actor,
            now=now,
            unit=Unit(name=name, siglas=siglas, valid_from=date(2024, 1, 1), document="ROF de prueba"),
        )
        for siglas, name in named.items()
    }


@pytest.fixture
def matrix_id(db: Database, actor: Actor, now: datetime, units: dict[str, int]) -> int:
    """Two units, three duties: 01 by its name in force, 02 by a label of its own."""
    matrix = Matrix(
        title="PLAN DE PRUEBA 2024",
        intro="Aprobado el Plan, cada unidad cumple lo siguiente:",
        units=(
            MatrixUnit(unit_id=units["GM"], duties=(Duty("Aprobar el plan."), Duty("Dirigir el plan."))),
            MatrixUnit(label="ULE (SISFOH)", unit_id=units["ULE"], duties=(Duty("Ejecutar el plan."),)),
        ),
    )
    return service.create_matrix(db, actor=actor, now=now, matrix=matrix)


@pytest.fixture
def load(db: Database) -> Callable[[int], Matrix]:
    return lambda matrix_id: service.load_matrix(db, matrix_id, DAY)
