"""Whether a PostgreSQL server encrypts, and whether its certificate is the one that the office trusts.

Speaks the two messages that come before any log-in, so that a wrong certificate is told apart from a wrong password.
"""

import socket
import ssl
import struct
from pathlib import Path

from sisfoh_desktop.basics.errors import DatabaseUnavailable

_ASK_FOR_TLS = struct.pack("!ii", 8, 80877103)  # PostgreSQL's SSLRequest
_OTHER_NAME = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_NOT_YET, _EXPIRED = 9, 10


def check_tls(host: str, port: int, *, authority: str, verify: bool, seconds: float) -> str:
    """The sentence of how it went. DatabaseUnavailable with what is wrong: no TLS, another name, another authority.

    With `verify` the certificate must come from `authority` (a PEM file) and bear the name `host`, as libpq's
    verify-full asks; without it any certificate does.
    """
    context = _context(authority, verify=verify)
    try:
        with socket.create_connection((host, port), timeout=seconds) as plain:
            plain.sendall(_ASK_FOR_TLS)
            if plain.recv(1) != b"S":
                raise DatabaseUnavailable(
                    "El servidor no ofrece conexión cifrada. Pida a quien lo administra que encienda TLS (ssl = on)."
                )
            with context.wrap_socket(plain, server_hostname=host) as shielded:
                version = shielded.version() or "TLS"
    except ssl.SSLCertVerificationError as error:
        raise DatabaseUnavailable(_what_is_wrong(error, host)) from error
    except ssl.SSLError as error:
        raise DatabaseUnavailable(
            "El servidor y este equipo no se pusieron de acuerdo en cómo cifrar. Pida a quien lo administra que "
            "admita TLS 1.2 o uno más nuevo."
        ) from error
    except OSError as error:
        raise DatabaseUnavailable(
            "El servidor cortó la conexión al pedirle que cifre. Vea que en ese puerto atienda PostgreSQL."
        ) from error
    if verify:
        return f"Cifrada ({version}); el certificado es de «{host}» y lo firmó la autoridad de la oficina."
    return f"Cifrada ({version}), sin comprobar que el servidor sea el de la oficina."


def _context(authority: str, *, verify: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    if not authority.strip():
        raise DatabaseUnavailable(
            "Falta el certificado de la autoridad. Elija el archivo que le dio quien administra el servidor."
        )
    try:
        context.load_verify_locations(cadata=Path(authority).read_text(encoding="ascii"))
    except FileNotFoundError:
        raise DatabaseUnavailable(
            f"No existe el certificado «{authority}». Cópielo a este equipo y elíjalo otra vez."
        ) from None
    except (OSError, UnicodeDecodeError, ssl.SSLError, ValueError):
        raise DatabaseUnavailable(
            f"«{Path(authority).name}» no es un certificado en formato PEM. Pida otra vez el de la autoridad."
        ) from None
    return context


def _what_is_wrong(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code in _OTHER_NAME:
        return (
            f"El certificado del servidor es de otro nombre, no de «{host}». Escriba el nombre que lleva el "
            "certificado, o avise a quien lo administra: podría ser otro equipo que se hace pasar por él."
        )
    if error.verify_code == _EXPIRED:
        return "El certificado del servidor venció. Pida a quien lo administra que lo renueve."
    if error.verify_code == _NOT_YET:
        return "El certificado del servidor todavía no vale. Revise la fecha y la hora de este equipo."
    return (
        "El certificado del servidor no lo firmó la autoridad elegida. Vea que el archivo sea el de esta oficina, o "
        "avise a quien lo administra: podría ser otro equipo que se hace pasar por él."
    )
