"""A small office and a matrix in it, and its page in front, for the tests of this module."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit
from sisfoh_desktop.modules.responsibilities.view import MatrixPage

DAY = date(2024, 3, 8)


@pytest.fixture
def make_units(actor: Actor, now: datetime) -> Callable[[Database], dict[str, int]]:
    """Put a municipality with two units into a base; siglas to id."""

    def make(db: Database) -> dict[str, int]:
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

    return make


@pytest.fixture
def make_matrix(actor: Actor, now: datetime) -> Callable[[Database, dict[str, int]], int]:
    """Put a matrix of two units and three duties into a base: 01 by its name in force, 02 by a label of its own."""

    def make(db: Database, units: dict[str, int]) -> int:
        matrix = Matrix(
            title="PLAN DE PRUEBA 2024",
            intro="Aprobado el Plan, cada unidad cumple lo siguiente:",
            units=(
                MatrixUnit(unit_id=units["GM"], duties=(Duty("Aprobar el plan."), Duty("Dirigir el plan."))),
                MatrixUnit(label="ULE (SISFOH)", unit_id=units["ULE"], duties=(Duty("Ejecutar el plan."),)),
            ),
        )
        return service.create_matrix(db, actor=actor, now=now, matrix=matrix)

    return make


@pytest.fixture
def units(db: Database, make_units: Callable[[Database], dict[str, int]]) -> dict[str, int]:
    return make_units(db)


@pytest.fixture
def matrix_id(
    db: Database, units: dict[str, int], make_matrix: Callable[[Database, dict[str, int]], int]
) -> int:
    return make_matrix(db, units)


@pytest.fixture
def officer_id(db: Database, actor: Actor, now: datetime, units: dict[str, int]) -> int:
    """Who heads the GM of the test office, until 30 June 2024."""
    return office.add_officer(
        db,
        actor=actor,
        now=now,
        officer=Officer(
            name="Jefa De Prueba",
            position="Gerente Municipal",
            unit_id=units["GM"],
            document="Resolución de prueba",
            valid_from=date(2024, 1, 1),
            valid_to=date(2024, 6, 30),
        ),
    )


@pytest.fixture
def load(db: Database) -> Callable[[int], Matrix]:
    return lambda matrix_id: service.load_matrix(db, matrix_id, DAY)


@pytest.fixture
def open_page(desk, qtbot) -> Callable[[], MatrixPage]:
    """Open the page as the window does: in front, reloaded after each change that it listens to."""

    def open_it() -> MatrixPage:
        page = MatrixPage(desk)
        qtbot.addWidget(page)
        desk.tasks.changed.connect(lambda touched: page.reload() if page.touches & touched else None)
        page.resize(900, 640)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        desk.tasks.wait_idle()
        return page

    return open_it


@pytest.fixture
def page(open_page, matrix_id) -> MatrixPage:
    """The page on the matrix of two units and three duties, the cursor on 01.a."""
    page = open_page()
    page.editor.list.view.setFocus()
    return page


@pytest.fixture
def press(desk, qtbot):
    """Press a key in the list and wait for what it does."""

    def press_key(page: MatrixPage, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(page.editor.list.view, key, modifier)
        desk.tasks.wait_idle()

    return press_key
