"""`comprobar` names every damage that somebody plants in the kardex past the program."""

import pytest
from sqlalchemy import event, text

from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import moving

TABLES = ("kardex_movement", "kardex_line")


@pytest.fixture
def office(either_kardex):
    """N° 1: 1-100 received; 2: 1-20 to Ana; 3: 1-5 used; 4: 30 croquis received; 5: 11-20 back."""
    either_kardex.receive("1-100")
    either_kardex.hand_out("1-20", either_kardex.ana)
    either_kardex.move(MovementKind.USE, "1-5", either_kardex.ana)
    either_kardex.receive(30)
    either_kardex.move(MovementKind.RETURN, "11-20", either_kardex.ana, either_kardex.store)
    return either_kardex


def plant(office, *statements):
    """Change the base by hand, guards and references off, as only somebody with the file could."""
    ids = {name: getattr(office, name) for name in ("fsu", "croquis", "store", "ana", "beto", "campaign")}
    db = office.db
    if db.is_sqlite:
        with db._engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            for (name,) in raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'kardex%'"
            ).fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement.format(**ids))
            raw.execute("PRAGMA foreign_keys=ON")
        return
    with db.transaction() as session:
        session.execute(text("SET session_replication_role = replica"))  # triggers and references off
        for statement in statements:
            session.execute(text(statement.format(**ids)))
        session.execute(text("SET session_replication_role = DEFAULT"))


def findings(office):
    checks = moving.check_kardex(office.db)
    assert [check.name for check in checks] == ["kardex saldos", "kardex libro", "kardex numeración"]
    return {check.name: check.detail for check in checks if not check.ok}


def test_a_check_sees_one_moment_while_others_work(office):
    given = []

    @event.listens_for(office.db._engine, "after_cursor_execute")
    def between(connection, cursor, statement, *_):
        if "FROM kardex_balance" in statement and not given:
            given.append(True)
            office.hand_out("21-30", office.beto)

    assert findings(office) == {}
    assert given


def test_a_sound_kardex_is_sound(office):
    assert findings(office) == {}
    assert [check.detail for check in moving.check_kardex(office.db)] == [
        "Cada saldo es la suma del libro y de los formularios.",
        "Cada formulario está donde lo dejó el libro.",
        "Los movimientos de cada campaña están numerados sin huecos.",
    ]


def test_an_empty_kardex_is_sound(either_db):
    assert all(check.ok for check in moving.check_kardex(either_db))


@pytest.mark.parametrize(
    ("damage", "name", "told"),
    [
        (
            "UPDATE kardex_balance SET form_count = 9 WHERE form_type_id = {fsu} AND condition = 'usada'",
            "kardex saldos",
            "FSU, EMPADRONADOR UNO PRUEBA, usado: el saldo dice 9, el libro suma 5 y los formularios son 5.",
        ),
        (
            "UPDATE kardex_balance SET form_count = 31 WHERE form_type_id = {croquis}",
            "kardex saldos",
            (
                "CROQUIS, Almacén ULE, en blanco: el saldo dice 31, el libro suma 30. CROQUIS: se recibieron 30 y los "
                "saldos suman 31."
            ),
        ),
        (
            "DELETE FROM kardex_balance WHERE form_type_id = {croquis}",
            "kardex saldos",
            "CROQUIS, Almacén ULE, en blanco: el saldo dice 0, el libro suma 30",
        ),
        (
            "UPDATE kardex_form SET condition = 'rota' WHERE number = 50",
            "kardex saldos",
            "condición desconocida «rota»: el saldo dice 0, el libro suma 0 y los formularios son 1",
        ),
        (
            "UPDATE kardex_form SET holder_id = {beto} WHERE number = 50",
            "kardex libro",
            "No están donde dice el libro: FSU N° 000050.",
        ),
        (
            "UPDATE kardex_form SET condition = 'baja' WHERE number > 50",
            "kardex libro",
            "FSU N° 000051, FSU N° 000052, FSU N° 000053, FSU N° 000054, FSU N° 000055 (puede haber más).",
        ),
        ("UPDATE kardex_form SET line_id = 999 WHERE number = 60", "kardex libro", "FSU N° 000060"),
        ("UPDATE kardex_form SET line_id = 2 WHERE number = 60", "kardex libro", "FSU N° 000060"),
        (
            "DELETE FROM kardex_form WHERE number = 70",
            "kardex libro",
            "dejaron formularios que hoy faltan o que siguieron dos veces: N° 000001 de Empadronamiento 2024.",
        ),
        (
            "UPDATE kardex_line SET to_holder_id = {beto} WHERE movement_id = 2",
            "kardex libro",
            (
                "parten de un estado que no es el que dejó el movimiento anterior: N° 000003 de Empadronamiento 2024, "
                "N° 000005"
            ),
        ),
        (
            "UPDATE kardex_line SET previous_id = NULL WHERE movement_id = 3",
            "kardex libro",
            "parten de un estado que no es el que dejó el movimiento anterior: N° 000003",
        ),
        ("UPDATE kardex_line SET previous_id = 999 WHERE movement_id = 3", "kardex libro", "N° 000003"),
        (
            "UPDATE kardex_line SET form_type_id = {croquis} WHERE movement_id = 3",
            "kardex libro",
            "N° 000003",
        ),
        (
            "UPDATE kardex_line SET first_number = 21, last_number = 25 WHERE movement_id = 3",
            "kardex libro",
            "N° 000003",
        ),
        (
            "DELETE FROM kardex_line WHERE movement_id = 4",
            "kardex libro",
            "no suman lo que dicen sus líneas o lo que revierten: N° 000004",
        ),
        ("UPDATE kardex_movement SET form_count = 6 WHERE id = 3", "kardex libro", "N° 000003"),
        ("UPDATE kardex_movement SET kind = 'reversion' WHERE id = 3", "kardex libro", "N° 000003"),
        ("UPDATE kardex_movement SET reverses_id = 2 WHERE id = 3", "kardex libro", "N° 000003"),
        (
            "DELETE FROM kardex_movement WHERE id = 4",
            "kardex numeración",
            "Falta el movimiento N° 000004 de Empadronamiento 2024.",
        ),
        (
            "DELETE FROM kardex_movement WHERE id = 5",
            "kardex numeración",
            "El contador de Empadronamiento 2024 está en 5 y su último movimiento es el 4.",
        ),
        (
            "UPDATE kardex_campaign SET last_movement = 9 WHERE id = {campaign}",
            "kardex numeración",
            "está en 9 y su último movimiento es el 5",
        ),
    ],
)
def test_each_planted_damage_is_named(office, damage, name, told):
    plant(office, damage)
    found = findings(office)
    assert name in found
    assert told in found[name]
    assert found[name].endswith("Restaure el último respaldo o avise a su técnico.")


def test_many_different_balances_are_told_in_short(office):
    for person in (office.beto, office.chief, office.digi, office.quality):
        office.hand_out(2, person)
    plant(office, "UPDATE kardex_balance SET form_count = form_count + 1")
    assert "saldos más que no cuadran" in findings(office)["kardex saldos"]


def test_what_cannot_be_read_is_a_failed_check(kardex_office):
    with kardex_office.db.transaction() as session:
        session.execute(text("ALTER TABLE kardex_balance RENAME TO otra"))
    checks = moving.check_kardex(kardex_office.db)
    assert [check.ok for check in checks] == [False, True, True]
    assert "faltan tablas" in checks[0].detail
