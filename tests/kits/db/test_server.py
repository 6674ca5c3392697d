"""The address of the office's server in parts, and the trial of a connection: each thing that may be wrong is named."""

import socket
import threading
from dataclasses import replace

import psycopg
import pytest
from tls_relay import Authority, Relay

from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.migrate import downgrade
from sisfoh_desktop.db.server import Security, ServerAddress, reaching, secret_name
from sisfoh_desktop.db.server_roles import OFFICE_ROLE, grant_office_rights
from sisfoh_desktop.db.server_steps import STEPS, check_archive_folder, try_server

PASSWORD = "cla ve/ñ@:1"
CLERK = "ule_con_clave"


# -- the address -----------------------------------------------------------------------------------------


def test_an_address_survives_the_settings():
    address = ServerAddress("servidor.lan", "sisfoh", "ule norte", 5433, Security.VERIFY_FULL, "/d/ca.crt")
    assert address.target == "postgresql://ule norte@servidor.lan:5433/sisfoh?sslmode=verify-full"
    assert ServerAddress.parse(address.target, "/d/ca.crt") == address


@pytest.mark.parametrize(
    ("target", "port", "security"),
    [
        ("postgresql://ule@servidor/sisfoh", 5432, Security.REQUIRE),
        ("postgresql://ule@servidor:5440/sisfoh?sslmode=disable", 5440, Security.DISABLE),
        ("postgresql+psycopg://ule@servidor/sisfoh?sslmode=verify-full", 5432, Security.VERIFY_FULL),
        ("postgresql://ule@servidor/sisfoh?sslmode=prefer", 5432, Security.REQUIRE),
    ],
)
def test_an_address_written_by_hand_is_understood(target, port, security):
    assert ServerAddress.parse(target) == ServerAddress("servidor", "sisfoh", "ule", port, security)


@pytest.mark.parametrize(
    ("target", "password", "address"),
    [
        (
            "postgresql://ule@servidor:5433/sisfoh",
            "a b@c/",
            "postgresql://ule:a b%40c%2F@servidor:5433/sisfoh",
        ),
        ("postgresql://ule@servidor/sisfoh", "", "postgresql://ule@servidor/sisfoh"),
        ("postgresql://servidor/sisfoh", "x", "postgresql://servidor/sisfoh"),
        ("/datos/oficina.db", "x", "/datos/oficina.db"),
    ],
)
def test_the_password_joins_the_address_for_this_run_only(target, password, address):
    assert reaching(target, password=password) == address


def test_the_authority_joins_where_the_server_is_verified():
    verified = "postgresql://ule@servidor/sisfoh?sslmode=verify-full"
    assert "sslrootcert=" in reaching(verified, certificate="/d/ca.crt")
    assert "sslrootcert" not in reaching(
        "postgresql://ule@servidor/sisfoh?sslmode=require", certificate="/d/ca.crt"
    )


def test_an_address_with_a_password_is_refused():
    with pytest.raises(RuleError) as refused:
        reaching("postgresql://ule:clave@servidor/sisfoh")
    assert refused.value.code == "password_in_address"
    assert "clave" not in refused.value.sentence


def test_each_base_and_user_has_its_own_secret():
    names = {
        secret_name(f"postgresql://{user}@{host}/{base}")
        for user in ("a", "b")
        for host in ("x", "y:5433")
        for base in ("m", "n")
    }
    assert len(names) == 8


# -- the trial -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("autoridad")
    own = Authority.make("Autoridad de prueba")
    return own, own.write(folder / "ca.crt"), folder


@pytest.fixture(scope="module")
def relay(postgres, authority):
    """The server of the tests behind TLS, with the certificate that an office would give it."""
    own, _file, folder = authority
    with Relay(postgres.port, own.server(folder / "bueno.pem", "localhost", "127.0.0.1")) as relay:
        yield relay


@pytest.fixture
def office(postgres, postgres_db, relay, authority, tmp_path):
    """An office's base with its clerk, who enters by password; gives the right address."""
    grant_office_rights(postgres_db.url.render_as_string())
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        for role, rest in (("con_clave", "NOLOGIN"), (CLERK, f"LOGIN IN ROLE con_clave, {OFFICE_ROLE}")):
            if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
                admin.execute(f"CREATE ROLE {role} {rest}")
        admin.execute(f"ALTER ROLE {CLERK} PASSWORD '{PASSWORD}'")
    return ServerAddress(
        "localhost",
        str(postgres_db.url.database),
        CLERK,
        relay.port,
        Security.VERIFY_FULL,
        authority[1],
    )


def trial(address, folder, password=PASSWORD):
    """(key of the first step that failed or "", its sentence, the steps by key)."""
    steps = {step.key: step for step in try_server(address, password=password, archive_folder=str(folder))}
    assert list(steps) == list(STEPS)
    assert all(PASSWORD not in step.sentence for step in steps.values())
    assert all(step.title and step.sentence.endswith(".") for step in steps.values())
    failed = next((step for step in steps.values() if step.state == "failed"), None)
    return failed.key if failed else "", failed.sentence if failed else "", steps


pytestmark = pytest.mark.postgresql


def test_a_sound_connection_passes_every_step(office, tmp_path):
    _key, _sentence, steps = trial(office, tmp_path)
    assert {key: step.state for key, step in steps.items()} == dict.fromkeys(STEPS, "ok")
    assert list(tmp_path.iterdir()) == [], "nothing is left in the archive's folder"


def test_and_the_program_opens_it_the_same_way(office):
    address = reaching(office.target, password=PASSWORD, certificate=office.certificate)
    db = Database.open(address)
    try:
        assert PASSWORD not in repr(db.url)
        assert db.label == f"{office.base} en localhost"
    finally:
        db.close()


@pytest.mark.parametrize(
    ("change", "step", "words"),
    [
        ({"host": "no-existe.invalid"}, "name", "Nadie en la red conoce"),
        ({"user": "nadie_aqui"}, "login", "no reconoció al usuario «nadie_aqui»"),
        ({"base": "otra_base"}, "base", "no tiene una base llamada «otra_base»"),
        ({"certificate": ""}, "tls", "Falta el certificado"),
        ({"certificate": "/no/hay.crt"}, "tls", "No existe el certificado"),
        ({"certificate": __file__}, "tls", "no es un certificado"),
    ],
)
def test_what_is_wrong_is_named(office, tmp_path, postgres, change, step, words):
    if "user" in change:
        with psycopg.connect(postgres.url(), autocommit=True) as admin:
            admin.execute("CREATE ROLE nadie_aqui LOGIN IN ROLE con_clave") if not admin.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = 'nadie_aqui'"
            ).fetchone() else None
    key, sentence, steps = trial(replace(office, **change), tmp_path)
    assert key == step
    assert words in sentence
    after = list(STEPS)[list(STEPS).index(step) + 1 :]
    assert {steps[one].state for one in after} - {"skipped"} == {"ok"}, "only the archive is still tried"


def test_a_wrong_password_is_told_from_a_wrong_address(office, tmp_path):
    for password in ("otra", ""):
        key, sentence, _steps = trial(office, tmp_path, password)
        assert key == "login"
        assert "no reconoció al usuario" in sentence


def test_a_port_where_nothing_listens(office, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        key, sentence, _steps = trial(replace(office, port=probe.getsockname()[1]), tmp_path)
    assert (key, "nada atiende" in sentence) == ("port", True)


def test_a_port_where_something_else_listens(office, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:

        def close_at_once():
            for _ in range(2):
                other.accept()[0].close()

        thread = threading.Thread(target=close_at_once)
        thread.start()
        key, sentence, _steps = trial(replace(office, port=other.getsockname()[1]), tmp_path)
        thread.join()
    assert key == "tls"
    assert "PostgreSQL" in sentence or "cifrada" in sentence


@pytest.mark.parametrize(
    ("names", "days", "words"),
    [
        (("otro.lan",), 30, "es de otro nombre"),
        (("localhost",), -1, "venció"),
    ],
)
def test_a_certificate_that_is_not_the_servers_own(office, authority, postgres, tmp_path, names, days, words):
    own, _file, _folder = authority
    with Relay(postgres.port, own.server(tmp_path / "s.pem", *names, days=days)) as relay:
        address = replace(office, port=relay.port)
        key, sentence, _steps = trial(address, tmp_path)
        assert (key, words in sentence) == ("tls", True)
        with pytest.raises(DatabaseUnavailable):
            Database.open(reaching(address.target, password=PASSWORD, certificate=address.certificate))


def test_a_certificate_of_another_authority(office, postgres, tmp_path):
    stranger = Authority.make("Otra autoridad")
    with Relay(postgres.port, stranger.server(tmp_path / "s.pem", "localhost")) as relay:
        address = replace(office, port=relay.port)
        key, sentence, _steps = trial(address, tmp_path)
        assert (key, "no lo firmó la autoridad elegida" in sentence) == ("tls", True)
        with pytest.raises(DatabaseUnavailable):
            Database.open(reaching(address.target, password=PASSWORD, certificate=address.certificate))
        assert trial(replace(address, security=Security.REQUIRE), tmp_path)[0] == "", (
            "require asks for no name"
        )


def test_a_server_without_tls(office, postgres, tmp_path):
    plain = replace(office, port=postgres.port)
    with Relay(postgres.port) as relay:
        key, sentence, _steps = trial(replace(office, port=relay.port), tmp_path)
        assert (key, "no ofrece conexión cifrada" in sentence) == ("tls", True)
    _key, _sentence, steps = trial(replace(plain, security=Security.DISABLE), tmp_path)
    assert steps["tls"].state == "warning"
    assert steps["rights"].state == "ok"


def test_the_owner_is_warned_not_to_work_as_such(office, postgres, tmp_path):
    _key, _sentence, steps = trial(replace(office, user="postgres"), tmp_path)
    assert steps["rights"].state == "warning"
    assert "dueño" in steps["rights"].sentence


def test_a_user_without_the_office_role(office, postgres, tmp_path):
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS sin_rol")
        admin.execute("CREATE ROLE sin_rol LOGIN")
    key, sentence, _steps = trial(replace(office, user="sin_rol"), tmp_path)
    assert key == "schema"
    assert "GRANT sisfoh_oficina TO sin_rol" in sentence


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "versión más nueva"),
        ("DROP TABLE alembic_version", "esquema vacío"),
    ],
)
def test_a_base_of_another_revision(office, postgres, postgres_db, tmp_path, statement, words):
    with psycopg.connect(postgres.url(office.base), autocommit=True) as admin:
        admin.execute(statement)
    key, sentence, _steps = trial(office, tmp_path)
    assert (key, words in sentence) == ("schema", True)


def test_an_older_base_waits_for_its_administrator(office, postgres_db, tmp_path):
    downgrade(postgres_db.url, "0022")
    key, sentence, _steps = trial(office, tmp_path)
    assert key == "schema"
    assert "quien administra el servidor" in sentence


def test_an_old_server_is_refused(office, tmp_path, monkeypatch):
    monkeypatch.setattr("sisfoh_desktop.db.server_steps.OLDEST_SERVER", 990_000)
    key, sentence, _steps = trial(office, tmp_path)
    assert key == "version"
    assert "hace falta" in sentence


def test_a_server_that_refuses_this_pc(office, postgres, tmp_path):
    rules = postgres.data / "pg_hba.conf"
    before = rules.read_text()
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        rules.write_text(f"host {office.base} {CLERK} 127.0.0.1/32 reject\n{before}")
        admin.execute("SELECT pg_reload_conf()")
        try:
            for _ in range(100):  # the server reads its rules when it gets to it
                key, sentence, _steps = trial(office, tmp_path)
                if key:
                    break
        finally:
            rules.write_text(before)
            admin.execute("SELECT pg_reload_conf()")
    assert key == "login"
    assert "pg_hba.conf" in sentence


# -- the archive -----------------------------------------------------------------------------------------


def test_the_folder_of_the_archive_is_tried_too(tmp_path, monkeypatch):
    assert "escribir" in check_archive_folder(str(tmp_path))
    with pytest.raises(DatabaseUnavailable, match="Falta elegir"):
        check_archive_folder("  ")
    with pytest.raises(DatabaseUnavailable, match="No existe la carpeta"):
        check_archive_folder(str(tmp_path / "no"))

    def full(_self, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(DatabaseUnavailable, match="no se puede escribir"):
        check_archive_folder(str(tmp_path))
