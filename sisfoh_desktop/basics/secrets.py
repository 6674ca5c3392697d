"""Secrets that this PC keeps for its person in the system's own keyring: passwords of servers, keys of bases.

Never a file, a log line or a setting. Where the system has no keyring (a server without a session, a bare Linux)
nothing is kept and that is said; whoever needs the secret asks for it again.
"""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from sisfoh_desktop.basics.errors import EnvironmentFailed

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "SISFOH Desktop"
_SECRET_PARAMETERS = frozenset({"password", "sslpassword"})
_SAFE_PRIORITY = 1  # below it: the backends that keep nothing, and those that keep plain text in a file


class NoKeyring(EnvironmentFailed):
    """The system has no keyring, or it is closed or refused."""


def brings_password(address: str) -> bool:
    """Whether the address of a server carries a password: before the `@`, or as one of libpq's own parameters."""
    try:
        parts = urlsplit(address)
    except ValueError:  # an address that is none
        return False
    given = (name.lower() for name, _value in parse_qsl(parts.query, keep_blank_values=True))
    return parts.password is not None or any(name in _SECRET_PARAMETERS for name in given)


def has_keyring() -> bool:
    """Whether this system can keep a secret for the person who works here."""
    return _backend() is not None


def remember_secret(name: str, value: str) -> None:
    """Keep `value` under `name`, over any earlier one.

    NoKeyring when it was not kept; what was there before may still be there.
    """
    backend = _backend()
    if backend is None:
        raise NoKeyring(
            "Este sistema no tiene un llavero donde guardar claves; no se guardó nada. "
            "Anote la clave en un lugar seguro: el programa la pedirá cada vez."
        )
    try:
        backend.set_password(SERVICE, name, value)
        kept = backend.get_password(SERVICE, name)
    except Exception as error:  # every system's keyring has its own errors
        raise _refused() from error
    if kept != value:
        raise _refused()


def find_secret(name: str) -> str | None:
    """What is kept under `name`, or None: nothing there, no keyring, or a keyring that stayed closed."""
    backend = _backend()
    if backend is None:
        return None
    try:
        return backend.get_password(SERVICE, name)
    except Exception:  # a keyring that the person did not open is as good as none: the caller asks
        return None


def forget_secret(name: str) -> None:
    """Take `name` out of the keyring; what is not there is no fault. NoKeyring when it refused."""
    backend = _backend()
    if backend is None:
        return
    try:
        if backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)
    except Exception as error:
        raise _refused() from error


def _backend() -> "KeyringBackend | None":
    """The system's keyring, or None. `keyring` is loaded only here: it looks through every installed package."""
    try:
        import keyring

        backend = keyring.get_keyring()
        return backend if float(backend.priority) >= _SAFE_PRIORITY else None
    except Exception:  # a library of the system that is missing or broken: there is no keyring
        return None


def _refused() -> NoKeyring:
    return NoKeyring(
        "El llavero de este sistema no respondió o no se abrió; la clave no cambió en él. "
        "Ábralo (suele pedir su contraseña de inicio de sesión) e inténtelo otra vez."
    )
