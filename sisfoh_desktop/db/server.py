"""The address of the office's PostgreSQL server, in parts and whole; what it takes to enter joins it for one run only.

Trying the connection step by step is `server_steps`.
"""

import os
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import URL

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.secrets import brings_password, find_secret
from sisfoh_desktop.db.engine import target_url

USUAL_PORT = 5432
VARIABLE = "SISFOH_CLAVE_SERVIDOR"  # the password of the server, for commands without a keyring


class Security(StrEnum):
    """How the connection is protected, by libpq's own words."""

    VERIFY_FULL = "verify-full"
    REQUIRE = "require"
    DISABLE = "disable"


@dataclass(frozen=True)
class ServerAddress:
    """Where the office's base is and who enters; never the password."""

    host: str
    base: str
    user: str
    port: int = USUAL_PORT
    security: Security = Security.VERIFY_FULL
    certificate: str = ""  # file of the authority that signed the server's certificate

    @classmethod
    def parse(cls, target: str, certificate: str = "") -> "ServerAddress":
        """The parts of a `postgresql://` address; what it does not say is as libpq would take it."""
        url = target_url(target)
        told = str(url.query.get("sslmode", ""))
        security = Security(told) if told in set(Security) else Security.REQUIRE
        return cls(
            host=url.host or "",
            base=url.database or "",
            user=url.username or "",
            port=url.port or USUAL_PORT,
            security=security,
            certificate=str(url.query.get("sslrootcert", "")) or certificate,
        )

    @property
    def target(self) -> str:
        """What the settings keep: neither the password nor the file of the authority."""
        url = URL.create(
            "postgresql",
            username=self.user,
            host=self.host,
            port=self.port,
            database=self.base,
            query={"sslmode": str(self.security)},
        )
        return url.render_as_string()


def secret_name(target: str) -> str:
    """Under which name the keyring keeps the password of a server's address."""
    address = ServerAddress.parse(target)
    return f"servidor {address.user}@{address.host}:{address.port}/{address.base}"


def reaching_with_kept(target: str, *, password: str = "", certificate: str = "") -> str:
    """As `reaching`; without `password`, the one that this PC's keyring keeps or SISFOH_CLAVE_SERVIDOR gives."""
    if "://" in target and not password:
        password = find_secret(secret_name(target)) or os.environ.get(VARIABLE, "")
    return reaching(target, password=password, certificate=certificate)


def reaching(target: str, *, password: str = "", certificate: str = "") -> str:
    """The address with what it takes to enter, for this run only; a file's path comes back as it is.

    RuleError if the address brings a password of its own: those end up in settings and on screens.
    """
    if "://" not in target:
        return target
    url = target_url(target)
    if url.get_backend_name() != "postgresql":
        return target
    if brings_password(target):
        raise RuleError(
            "password_in_address",
            "La dirección lleva una contraseña; no se abrió nada. Escríbala en su propio campo.",
        )
    if password and url.username:
        url = url.set(password=password)
    mode = url.query.get("sslmode")
    if certificate and mode == Security.VERIFY_FULL and "sslrootcert" not in url.query:
        url = url.update_query_dict({"sslrootcert": certificate})
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
