"""A connection to the office's server tried step by step, as the program would make it.

Each step says in one sentence what it found, so that whoever sets up a PC knows which of the many things between it
and the base is wrong. Nothing is changed on the server; the password appears in no sentence.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sisfoh_desktop.basics.errors import DatabaseUnavailable, SisfohError
from sisfoh_desktop.db.server import Security, ServerAddress
from sisfoh_desktop.db.server_tls import check_tls

if TYPE_CHECKING:
    import psycopg

OLDEST_SERVER = 130_000  # as PostgreSQL counts: 13
_SECONDS = 5  # that a server may be silent


class StepState(StrEnum):
    """How a step ended; a warning lets the person go on."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """One step of the trial with its sentence."""

    key: str
    state: StepState
    sentence: str

    @property
    def title(self) -> str:
        return STEPS[self.key]


STEPS = {
    "name": "El nombre del servidor",
    "port": "El puerto",
    "tls": "La conexión cifrada",
    "login": "El usuario y la contraseña",
    "base": "La base",
    "version": "La versión de PostgreSQL",
    "schema": "El esquema de la base",
    "rights": "Los permisos del usuario",
    "archive": "La carpeta del archivo",
}


class _Failed(Exception):
    """What a step found wrong; the ones that need it are skipped."""


class _Warned(Exception):
    """What a step found that the person must know, though it passed."""


def try_server(address: ServerAddress, *, password: str, archive_folder: str) -> Iterator[Step]:
    """Try the connection as the program would make it, yielding each step as it ends, nine in all."""
    trial = _Trial(address, password)
    broken = False
    try:
        for key in STEPS:
            if key == "archive":
                yield _ended(key, lambda: check_archive_folder(archive_folder))
            elif broken:
                yield Step(key, StepState.SKIPPED, "No se probó: antes hay que corregir lo de arriba.")
            else:
                step = _ended(key, getattr(trial, key))
                broken = step.state is StepState.FAILED
                yield step
    finally:
        trial.close()


def _ended(key: str, job: Any) -> Step:
    try:
        return Step(key, StepState.OK, job())
    except _Warned as warned:
        return Step(key, StepState.WARNING, str(warned))
    except _Failed as failed:
        return Step(key, StepState.FAILED, str(failed))
    except SisfohError as error:
        return Step(key, StepState.FAILED, error.sentence)


class _Trial:
    """The steps that talk with the server, in the order of STEPS; each answers its sentence."""

    def __init__(self, address: ServerAddress, password: str) -> None:
        self._address, self._password = address, password
        self._connection: psycopg.Connection[Any] | None = None
        self._base_missing = ""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def name(self) -> str:
        host = self._address.host
        try:
            found = socket.getaddrinfo(host, self._address.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise _Failed(
                f"Nadie en la red conoce el nombre «{host}». Revise cómo está escrito, o use la dirección IP "
                "del servidor."
            ) from None
        return f"«{host}» es {found[0][4][0]}."

    def port(self) -> str:
        host, port = self._address.host, self._address.port
        try:
            with closing(socket.create_connection((host, port), timeout=_SECONDS)):
                return f"El servidor atiende en el puerto {port}."
        except ConnectionRefusedError:
            raise _Failed(
                f"El equipo responde, pero nada atiende en el puerto {port}. Vea que PostgreSQL esté encendido, "
                "que escuche en la red (listen_addresses) y que el puerto sea ese."
            ) from None
        except OSError:
            raise _Failed(
                f"El equipo no respondió en {_SECONDS} segundos por el puerto {port}. Vea el cable o la red, que el "
                "servidor esté encendido y que su cortafuegos admita ese puerto."
            ) from None

    def tls(self) -> str:
        if self._address.security is Security.DISABLE:
            raise _Warned(
                "Sin cifrar: en esta red cualquiera puede leer la contraseña y los datos personales que pasan. "
                "Úselo solo en el mismo equipo del servidor."
            )
        try:
            return check_tls(
                self._address.host,
                self._address.port,
                authority=self._address.certificate,
                verify=self._address.security is Security.VERIFY_FULL,
                seconds=_SECONDS,
            )
        except DatabaseUnavailable as error:
            raise _Failed(error.sentence) from None

    def login(self) -> str:
        import psycopg

        address = self._address
        parts: dict[str, Any] = {"sslmode": str(address.security)}
        if address.security is Security.VERIFY_FULL:
            parts["sslrootcert"] = address.certificate
        try:
            self._connection = psycopg.connect(
                host=address.host,
                port=address.port,
                user=address.user,
                password=self._password,
                dbname=address.base,
                connect_timeout=_SECONDS,
                autocommit=True,
                application_name="sisfoh-desktop",
                **parts,
            )
        except psycopg.Error as error:
            self._told(error)
        return f"El servidor dejó entrar a «{address.user}»."

    def _told(self, error: "psycopg.Error") -> None:
        """Why it did not let in; a base that is missing is the next step's, since the log-in went well."""
        for kind, words in _REFUSALS:
            if error.sqlstate == kind or any(re.search(word, str(error), re.IGNORECASE) for word in words):
                sentence = _SENTENCES[kind].format(
                    user=self._address.user, base=self._address.base, own=_own_name()
                )
                if kind == "3D000":
                    self._base_missing = sentence
                    return
                raise _Failed(sentence)
        answer = " ".join(str(error).split())[-200:]
        raise _Failed(f"El servidor no dejó entrar. Muestre a su técnico lo que respondió: «{answer}».")

    def base(self) -> str:
        if self._base_missing:
            raise _Failed(self._base_missing)
        return f"La base «{self._address.base}» existe."

    def version(self) -> str:
        assert self._connection is not None
        number = self._connection.info.server_version
        if number < OLDEST_SERVER:
            raise _Failed(
                f"El servidor es PostgreSQL {number // 10_000} y hace falta el 13 o uno más nuevo. "
                "Pida a su técnico que lo actualice."
            )
        return f"PostgreSQL {number // 10_000}."

    def schema(self) -> str:
        import psycopg

        from sisfoh_desktop.db.revisions import head_revision, told_revision

        assert self._connection is not None
        try:
            row = self._connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            row = None
        except psycopg.errors.InsufficientPrivilege:
            raise _Failed(_no_office_role(self._address.user)) from None
        told_revision(str(row[0]) if row else None, head_revision(), on_server=True)
        return f"Esquema {head_revision()}, el de este programa."

    def rights(self) -> str:
        assert self._connection is not None
        missing, all_tables, owns = self._connection.execute(_RIGHTS).fetchone() or (0, 0, False)
        if missing:
            raise _Failed(_no_office_role(self._address.user))
        if owns:
            raise _Warned(
                f"«{self._address.user}» es dueño de la base o su superusuario: con él se podría cambiar el historial "
                "fuera del programa. Para el trabajo diario entre con un usuario de oficina."
            )
        return f"Puede trabajar en las {all_tables} tablas y no puede cambiar los libros ni el historial."


def check_archive_folder(folder: str) -> str:
    """Write and remove a small file in the archive's folder; the sentence of how it went, or DatabaseUnavailable."""
    if not folder.strip():
        raise DatabaseUnavailable("Falta elegir la carpeta del archivo; es la misma para toda la oficina.")
    path = Path(folder)
    if not path.is_dir():
        raise DatabaseUnavailable(
            f"No existe la carpeta «{folder}». Vea que la unidad de red esté conectada, o créela."
        )
    probe = path / f".prueba-{uuid4().hex[:8]}"
    try:
        probe.write_bytes(b"SISFOH")
        sound = probe.read_bytes() == b"SISFOH"
    except OSError:
        sound = False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    if not sound:
        raise DatabaseUnavailable(
            f"En «{folder}» no se puede escribir. Pida permiso de escritura para su usuario, o libere espacio."
        )
    return "Se puede escribir y leer en la carpeta."


def _own_name() -> str:
    with suppress(OSError):
        return socket.gethostname()
    return "este equipo"


def _no_office_role(user: str) -> str:
    return (
        f"A «{user}» le faltan permisos en la base. Pida a quien la administra que ejecute "
        f"«sisfoh-desktop migrar» y luego GRANT sisfoh_oficina TO {user}."
    )


# What the server answers when it does not let in has no code that the driver hands on: it is told by its words, in
# the two languages of the servers of an office.
_REFUSALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "3D000",
        (r'database "[^"]*" does not exist', r"no existe la base de datos", r"base de datos .* no existe"),
    ),
    ("28000", (r"no pg_hba\.conf entry", r"pg_hba\.conf rejects", r"l[íi]nea en pg_hba", r"pg_hba\.conf")),
    ("53300", (r"too many (clients|connections)", r"connection slots", r"demasiad[ao]s")),
    ("57P03", (r"starting up", r"shutting down", r"recovery", r"iniciándose", r"apagando", r"recuperación")),
    ("42501", (r"permission denied for database", r"permiso denegado .*base")),
    (
        "28P01",
        (
            r"password authentication failed",
            r"no password supplied",
            r"role \"[^\"]*\" does not exist",
            r"auten?t[a-zó]* .*fall",
            r"no existe el rol",
            r"rol .* no existe",
        ),
    ),
)
_SENTENCES = {
    "3D000": "El servidor no tiene una base llamada «{base}». Revise cómo está escrita con quien lo administra.",
    "28000": "El servidor no admite a «{user}» desde este equipo ({own}) con esa seguridad. Pida a quien lo administra "
    "que lo agregue en pg_hba.conf.",
    "53300": "El servidor está lleno: no admite más conexiones ahora. Pida que suban max_connections.",
    "57P03": "El servidor está arrancando o apagándose. Espere un minuto y pruebe otra vez.",
    "42501": "«{user}» no tiene permiso para entrar a la base «{base}». Pídalo a quien la administra.",
    "28P01": "El servidor no reconoció al usuario «{user}» con esa contraseña. Escríbalos otra vez; las mayúsculas "
    "cuentan.",
}
_RIGHTS = """
SELECT count(*) FILTER (WHERE NOT (has_table_privilege(c.oid, 'SELECT')
                                   AND (c.relname = 'alembic_version' OR has_table_privilege(c.oid, 'INSERT')))),
       count(*),
       bool_or(c.relname = 'audit_entry' AND has_table_privilege(c.oid, 'UPDATE'))
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
"""
