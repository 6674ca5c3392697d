"""Opening what a person signs with: a certificate file (.p12) or a card or token (PKCS#11).

Passwords and PINs pass through and are kept nowhere. A PIN is tried once: three wrong ones lock a card for good.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.certificates import CertificateFacts, facts_of

_NOT_SIGNED = "No se firmó nada."


@dataclass(frozen=True)
class CertificateSigner:
    """A certificate with its key, ready to sign; satisfies `signing.Signer`."""

    facts: CertificateFacts
    hard: bool
    engine: Any = field(repr=False)  # pyHanko's signer

    @property
    def subject_name(self) -> str:
        return self.facts.name

    @property
    def stamp_name(self) -> str:
        return self.facts.stamp_name

    @property
    def dni(self) -> str:
        return self.facts.dni

    @property
    def ruc(self) -> str:
        return self.facts.ruc

    @property
    def not_before(self) -> datetime:
        return self.facts.not_before

    @property
    def not_after(self) -> datetime:
        return self.facts.not_after


def signer_from_pkcs12(data: bytes, password: str) -> CertificateSigner:
    """Open a .p12 once for a whole round of papers; SigningFailed with its sentence when it cannot be used."""
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    from sisfoh_desktop.documents.key_signer import KeySigner

    key, own, others = _read_pkcs12(data, password)
    if key is None:
        raise SigningFailed(
            "El archivo de certificado no trae la clave privada, así que no sirve para firmar. "
            f"{_NOT_SIGNED} Pida a quien lo emitió el archivo .p12 completo."
        )
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningFailed(
            "El archivo de certificado usa un tipo de clave que este programa no conoce (se espera RSA o EC). "
            f"{_NOT_SIGNED} Use otro certificado."
        )
    if own is None and not others:
        raise SigningFailed(
            f"El archivo trae una clave pero ningún certificado. {_NOT_SIGNED} "
            "Pida a quien lo emitió el archivo .p12 completo."
        )
    encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    public = key.public_key().public_bytes(encoding, form)
    if own is None or own.public_key().public_bytes(encoding, form) != public:
        raise SigningFailed(
            "La clave privada del archivo no corresponde a su certificado. "
            f"{_NOT_SIGNED} Pida a quien lo emitió un archivo .p12 correcto."
        )
    certificate = Certificate.load(own.public_bytes(encoding))
    chain = [Certificate.load(other.public_bytes(encoding)) for other in others]
    engine = KeySigner(certificate, key, chain)
    return CertificateSigner(facts_of(certificate, hard=False), False, engine)


def _read_pkcs12(data: bytes, password: str) -> tuple[Any, Any, list[Any]]:
    from asn1crypto.pkcs12 import Pfx
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        Pfx.load(data, strict=True)["auth_safe"].native  # noqa: B018 - reading is the check
    except (ValueError, TypeError, KeyError) as error:
        raise SigningFailed(
            "El archivo elegido no es un certificado .p12 (o .pfx) completo: está dañado, cortado o es otra clase de "
            f"archivo. {_NOT_SIGNED} Elija el archivo correcto."
        ) from error
    try:
        loaded = pkcs12.load_pkcs12(data, password.encode("utf-8", "replace"))
    except ValueError as error:
        raise SigningFailed(
            f"La contraseña del certificado no es correcta. {_NOT_SIGNED} Escríbala otra vez; cuide las mayúsculas."
        ) from error
    except (UnsupportedAlgorithm, TypeError) as error:
        raise SigningFailed(
            f"El archivo de certificado usa un cifrado que este programa no conoce. {_NOT_SIGNED} "
            "Pida a quien lo emitió un archivo .p12 actual."
        ) from error
    own = loaded.cert.certificate if loaded.cert else None
    return loaded.key, own, [extra.certificate for extra in loaded.additional_certs]


@contextlib.contextmanager
def signer_from_pkcs11(library: str, token_label: str, pin: str) -> Iterator[CertificateSigner]:
    """Open a card for as long as the `with` lasts; the session is always closed, else the card stays blocked.

    Picks the certificate for signing documents (non-repudiation, with its key on the card), not the one for
    identifying oneself that identity cards also hold. SigningFailed with its own sentence for every fault.
    """
    session = _open_session(library, token_label, pin)
    try:
        yield _card_signer(session, token_label)
    finally:
        _close_quietly(session)


def _close_quietly(session: Any) -> None:
    from pkcs11.exceptions import PKCS11Error

    with contextlib.suppress(PKCS11Error):  # a card pulled out has closed it already
        session.close()


def _open_session(library: str, token_label: str, pin: str) -> Any:
    from pathlib import Path

    if not Path(library).is_file():
        raise SigningFailed(
            f"No se encontró el programa de la tarjeta en «{library}». {_NOT_SIGNED} "
            "Instale el programa que vino con la tarjeta o corrija su ubicación en la configuración."
        )
    try:
        import pkcs11
    except ImportError as error:
        raise SigningFailed(
            f"Falta la parte del programa que habla con tarjetas (python-pkcs11). {_NOT_SIGNED} "
            "Vuelva a instalar el programa, o firme con un archivo .p12."
        ) from error
    errors = pkcs11.exceptions
    try:
        module = pkcs11.lib(library)
        token = _find_token(module, token_label)
    except (errors.PKCS11Error, RuntimeError, OSError) as error:
        raise SigningFailed(
            f"El archivo «{Path(library).name}» no es un programa de tarjetas (PKCS#11) que se pueda usar en esta PC. "
            f"{_NOT_SIGNED} Elija el archivo que indica el fabricante de la tarjeta."
        ) from error
    if token is None:
        raise SigningFailed(
            f"No se encontró la tarjeta «{token_label}». {_NOT_SIGNED} "
            "Insértela en el lector, espere a que la luz quede fija e inténtelo otra vez."
        )
    try:
        return token.open(user_pin=pin)
    except errors.PKCS11Error as error:
        raise SigningFailed(_login_sentence(errors, error, token_label)) from error


def _find_token(module: Any, label: str) -> Any:
    from pkcs11.exceptions import PKCS11Error

    for slot in module.get_slots(token_present=True):
        try:
            token = slot.get_token()
        except PKCS11Error:
            continue  # an empty or foreign reader says nothing about ours
        if token.label.strip() == label.strip():
            return token
    return None


def _login_sentence(errors: Any, error: Exception, label: str) -> str:
    if isinstance(error, errors.PinLocked):
        return (
            f"La tarjeta «{label}» está bloqueada por PIN equivocados. {_NOT_SIGNED} "
            "Desbloquéela con quien la emitió (en el DNIe, en una agencia del RENIEC)."
        )
    if isinstance(error, errors.PinIncorrect | errors.PinInvalid | errors.PinLenRange):
        return (
            f"El PIN de la tarjeta «{label}» no es correcto. {_NOT_SIGNED} No se intentó otra vez, porque varios "
            "errores seguidos bloquean la tarjeta: verifique el PIN antes de repetir."
        )
    if isinstance(error, errors.PinExpired | errors.UserPinNotInitialized):
        return (
            f"El PIN de la tarjeta «{label}» todavía no se ha activado o ya caducó. {_NOT_SIGNED} "
            "Cámbielo con el programa de la tarjeta e inténtelo otra vez."
        )
    if isinstance(
        error, errors.UserAlreadyLoggedIn | errors.AnotherUserAlreadyLoggedIn | errors.SessionCount
    ):
        return (
            f"La tarjeta «{label}» está en uso por otra firma u otro programa. {_NOT_SIGNED} "
            "Cierre el otro programa, retire y vuelva a insertar la tarjeta."
        )
    return (
        f"No se pudo hablar con la tarjeta «{label}». {_NOT_SIGNED} "
        "Retírela, vuelva a insertarla e inténtelo otra vez."
    )


def _card_signer(session: Any, label: str) -> CertificateSigner:
    from pkcs11.exceptions import PKCS11Error
    from pyhanko.sign.pkcs11 import PKCS11Signer

    try:
        found = _document_certificates(session)
        if not found:
            raise SigningFailed(
                f"La tarjeta «{label}» no tiene un certificado para firmar documentos (con «no repudio») junto con su "
                f"clave. {_NOT_SIGNED} Use la tarjeta que tiene el certificado de firma."
            )
        # The one that lasts longest: a renewed card may still hold the old one.
        certificate, key_id, facts = max(found, key=lambda each: each[2].not_after)
        engine = PKCS11Signer(session, signing_cert=certificate, key_id=key_id, other_certs_to_pull=None)
        engine.cert_registry.register(certificate)
        _ = engine.signing_cert  # finds the key now, while a fault of the card can still be told as one
    except PKCS11Error as error:
        raise SigningFailed(
            f"No se pudo leer la tarjeta «{label}». {_NOT_SIGNED} "
            "Retírela, vuelva a insertarla e inténtelo otra vez."
        ) from error
    return CertificateSigner(facts, True, engine)


def _document_certificates(session: Any) -> list[tuple[Any, bytes, CertificateFacts]]:
    from asn1crypto.x509 import Certificate
    from pkcs11 import Attribute, ObjectClass

    keys = {item[Attribute.ID] for item in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    found = []
    for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        certificate = Certificate.load(item[Attribute.VALUE])
        facts = facts_of(certificate, hard=True)
        if facts.may_sign_documents and not facts.is_authority and item[Attribute.ID] in keys:
            found.append((certificate, item[Attribute.ID], facts))
    return found
