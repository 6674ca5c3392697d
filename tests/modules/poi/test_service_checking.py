"""`comprobar` names every damage that somebody plants in the POI past the program."""

from datetime import date

import pytest
from poi_books import Damage, book_of
from poi_office import PoiOffice, small_year
from sqlalchemy import text

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import Stage
from sisfoh_desktop.modules.poi.service import following, importing, quarantine, versions
from sisfoh_desktop.modules.poi.service.checking import check_poi

NAMES = ["poi versiones", "poi seguimiento", "poi importaciones", "poi informes"]
NEW_REPORT = "INSERT INTO poi_report (plan_id, version_id, kind, quarter, unit_name, dated, paper_id, made_at, made_by)"


@pytest.fixture
def office(either_poi: PoiOffice) -> PoiOffice:
    """Approved, January and February closed and February opened again, modified once, a file of another year."""
    office = either_poi
    told = {"actor": office.actor, "now": office.now}
    office.approve()
    following.close_months(office.db, **told, plan_id=office.plan, until=2, reason="Prueba")
    following.reopen_month(
        office.db, **told, plan_id=office.plan, month=2, document="Memorando 1", reason="Error de registro"
    )
    draft = versions.start_version(office.db, **told, plan_id=office.plan, stage=Stage.MODIFIED)
    versions.approve_version(
        office.db,
        **told,
        version_id=draft,
        document="Resolución 2",
        document_date=date(2024, 3, 7),
        expected_version=1,
    )
    data = book_of(small_year(2023), kind="csv", quarter=1, damage=[Damage(3, "changed")])
    importing.import_file(office.db, **told, year=2023, file_name="poi.csv", data=data)
    plan = next(one.plan_id for one in importing.list_imports(office.db, office.plan + 1))
    (line,) = quarantine.list_quarantine(office.db, plan)
    quarantine.discard(
        office.db, **told, line_id=line.id, expected_version=line.version, reason="Fila dañada"
    )
    return office


def plant(db: Database, *statements: str) -> None:
    """Change the base by hand, guards and references off, as only somebody with the file could."""
    if db.is_sqlite:
        with db._engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            for (name,) in raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'poi%'"
            ).fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            raw.execute("PRAGMA foreign_keys=ON")
        return
    with db.transaction() as session:
        session.execute(text("SET session_replication_role = replica"))  # triggers and references off
        for statement in statements:
            session.execute(text(statement))
        session.execute(text("SET session_replication_role = DEFAULT"))


def findings(db: Database) -> dict[str, str]:
    checks = check_poi(db)
    assert [check.name for check in checks] == NAMES
    return {check.name: check.detail for check in checks if not check.ok}


def test_a_sound_poi_is_sound(office: PoiOffice) -> None:
    assert findings(office.db) == {}
    assert [check.detail for check in check_poi(office.db)] == [
        "Cada versión programa actividades de su POI y conserva lo cerrado.",
        "Cada mes está como lo dejó su último cierre o reapertura.",
        "Los números de cada archivo suman sus filas.",
        "Cada informe del POI tiene su papel.",
    ]


def test_an_office_without_poi_is_sound(either_db: Database) -> None:
    assert findings(either_db) == {}


@pytest.mark.parametrize(
    ("damage", "name", "told"),
    [
        (
            "UPDATE poi_version SET approved_at = NULL WHERE plan_id = 1",
            "poi versiones",
            "El POI 2024 tiene 2 borradores.",
        ),
        (
            "DELETE FROM poi_version WHERE plan_id = 2",
            "poi versiones",
            "El POI 2023 no tiene ninguna versión.",
        ),
        (
            "UPDATE poi_activity SET plan_id = 2 WHERE id = 3",
            "poi versiones",
            "que no son de su POI: POI aprobado de 2024, POI modificado 1 de 2024.",
        ),
        (
            "DELETE FROM poi_activity WHERE id = 3",
            "poi versiones",
            "que no son de su POI: POI aprobado de 2024",
        ),
        (
            "UPDATE poi_programme SET p01 = 70000 WHERE version_id = 2 AND activity_id = 3",
            "poi versiones",
            (
                "Cambian meses cerrados de la versión de la que parten: POI modificado 1 de 2024 («Atender audiencias "
                "vecinales»)."
            ),
        ),
        (
            "UPDATE poi_programme SET m01 = NULL WHERE version_id = 2 AND activity_id = 7",
            "poi versiones",
            "«Mejorar el local comunal»",
        ),
        (
            "DELETE FROM poi_programme WHERE version_id = 1 AND activity_id = 3",
            "poi versiones",
            "«Atender audiencias vecinales»",
        ),
        (
            "DELETE FROM poi_month WHERE plan_id = 1 AND month = 7",
            "poi seguimiento",
            "No tienen sus doce meses: POI 2024.",
        ),
        (
            "UPDATE poi_month SET closed_by = 'otro' WHERE plan_id = 1 AND month = 1",
            "poi seguimiento",
            "No están como dice su último cierre o reapertura: enero de 2024.",
        ),
        (
            "UPDATE poi_month SET closed_at = '2024-03-09 00:00:00+00' WHERE plan_id = 1 AND month = 1",
            "poi seguimiento",
            "enero de 2024",
        ),
        (
            "UPDATE poi_month SET closed_at = NULL, closed_by = '' WHERE plan_id = 1 AND month = 1",
            "poi seguimiento",
            "enero de 2024",
        ),
        (
            "UPDATE poi_month SET closed_at = '2024-03-09 00:00:00+00', closed_by = 'x' WHERE month > 1",
            "poi seguimiento",
            "febrero de 2023, marzo de 2023, abril de 2023, mayo de 2023, junio de 2023 (puede haber más)",
        ),
        ("DELETE FROM poi_month_event WHERE month = 1", "poi seguimiento", "enero de 2024"),
        (
            "UPDATE poi_month_event SET document = '' WHERE kind = 'reapertura'",
            "poi seguimiento",
            "Se reabrieron sin documento o sin motivo: febrero de 2024.",
        ),
        (
            "UPDATE poi_execution SET month = 13 WHERE activity_id = 3 AND month = 2",
            "poi seguimiento",
            "que no puede ser: actividad 3, mes 13.",
        ),
        (
            "UPDATE poi_execution SET physical = -10000 WHERE activity_id = 3 AND month = 2",
            "poi seguimiento",
            "actividad 3, mes 2",
        ),
        (
            "UPDATE poi_execution SET activity_id = 9999 WHERE activity_id = 3 AND month = 2",
            "poi seguimiento",
            "actividad 9999, mes 2",
        ),
        (
            "DELETE FROM poi_programme WHERE version_id = 2 AND activity_id = 3",
            "poi seguimiento",
            "que ya no están en el POI: actividad 3, enero de 2024, actividad 3, febrero de 2024.",
        ),
        (
            "UPDATE poi_import SET row_count = 13",
            "poi importaciones",
            "«poi.csv» trae 13 filas y se contaron 12.",
        ),
        (
            "DELETE FROM poi_quarantine",
            "poi importaciones",
            "«poi.csv» dejó 1 filas en cuarentena y hoy están 0.",
        ),
        (
            "UPDATE poi_import SET version_id = 1",
            "poi importaciones",
            "Los recibió una versión que no es de su POI: «poi.csv».",
        ),
        (
            "UPDATE poi_quarantine SET state = 'pendiente'",
            "poi importaciones",
            "resueltas a medias: fila",
        ),
        ("UPDATE poi_quarantine SET state = 'registrada'", "poi importaciones", "de «poi.csv»"),
        ("UPDATE poi_quarantine SET settled_reason = ''", "poi importaciones", "de «poi.csv»"),
        ("UPDATE poi_quarantine SET settled_by = ''", "poi importaciones", "de «poi.csv»"),
        ("UPDATE poi_quarantine SET state = 'otra'", "poi importaciones", "de «poi.csv»"),
        ("UPDATE poi_quarantine SET import_id = 99", "poi importaciones", "de «?»"),
        (
            (
                f"{NEW_REPORT} VALUES (1, 2, 'trimestral', 1, '', '2024-03-08', 77, '2024-03-08 15:00:00+00', 'prueba')"
            ),
            "poi informes",
            "Falta el papel de: el informe del I trimestre de 2024.",
        ),
        (
            f"{NEW_REPORT} VALUES (2, 2, 'ficha', 1, 'ALCALDÍA', '2024-03-08', 77, '2024-03-08 15:00:00+00', 'x')",
            "poi informes",
            "Informan una versión que no es de su POI: el informe del I trimestre de 2023, ALCALDÍA.",
        ),
    ],
)
def test_each_planted_damage_is_named(office: PoiOffice, damage: str, name: str, told: str) -> None:
    if office.db.is_sqlite:
        damage = damage.replace("+00'", ".000000'")
    plant(office.db, damage)
    found = findings(office.db)
    assert name in found
    assert told in found[name]
    assert found[name].endswith("Restaure el último respaldo o avise a su técnico.")


def test_what_cannot_be_read_is_a_failed_check(poi_office: PoiOffice) -> None:
    with poi_office.db.transaction() as session:
        session.execute(text("ALTER TABLE poi_month_event RENAME TO otra"))
    checks = check_poi(poi_office.db)
    assert [check.ok for check in checks] == [True, False, True, True]
    assert "faltan tablas" in checks[1].detail
