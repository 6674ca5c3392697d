"""Tokens of SoftHSM that stand for identity cards, with the certificates of synthetic_pki on them.

Fixtures: `softhsm_library` (session), `softhsm` (function); both skip where SoftHSM is not installed.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from synthetic_pki import Identity

PIN = "123456"
SOFTHSM_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    "C:/SoftHSM2/lib/softhsm2-x64.dll",
)


class SoftHsm:
    """Tokens made of files that stand for identity cards; PIN 123456 unless told."""

    def __init__(self, library: str) -> None:
        self.library = library

    def token(self, label: str, *identities: Identity, pin: str = PIN, swapped_keys: bool = False) -> str:
        """Make a token that holds the identities, in order; gives its label.

        With `swapped_keys` each certificate carries the next identity's key, as a badly made card would.
        """
        import pkcs11

        subprocess.run(
            [
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--pin",
                pin,
                "--so-pin",
                "87654321",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        library = pkcs11.lib(self.library)
        library.reinitialize()  # the module lists the tokens only when it starts
        with library.get_token(token_label=label).open(user_pin=pin, rw=True) as session:
            for number, identity in enumerate(identities, 1):
                key = identities[number % len(identities)].key if swapped_keys else identity.key
                self._store(session, bytes([number]), identity, key)
        return label

    @staticmethod
    def _store(session: Any, key_id: bytes, identity: Identity, key: rsa.RSAPrivateKey) -> None:
        from asn1crypto import x509 as asn1
        from pkcs11 import Attribute, CertificateType, ObjectClass
        from pkcs11.util.rsa import decode_rsa_private_key

        der = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        session.create_object(
            {
                **decode_rsa_private_key(der),
                Attribute.TOKEN: True,
                Attribute.PRIVATE: True,
                Attribute.SENSITIVE: True,
                Attribute.EXTRACTABLE: False,
                Attribute.SIGN: True,
                Attribute.LABEL: identity.common_name,
                Attribute.ID: key_id,
            }
        )
        certificate = asn1.Certificate.load(identity.der)
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.LABEL: identity.common_name,
                Attribute.ID: key_id,
                Attribute.VALUE: identity.der,
                Attribute.SUBJECT: certificate.subject.dump(),
                Attribute.ISSUER: certificate.issuer.dump(),
                Attribute.SERIAL_NUMBER: certificate["tbs_certificate"]["serial_number"].dump(),
            }
        )


@pytest.fixture(scope="session")
def softhsm_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Path of the SoftHSM module, set up with an empty folder of tokens; skips where it is not installed."""
    library = next((path for path in SOFTHSM_LIBRARIES if Path(path).exists()), None)
    if library is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM2 is not installed (Debian: apt-get install softhsm2)")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n",
        encoding="utf-8",
    )
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)  # read when the module is loaded, once per process
    yield library
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture
def softhsm(softhsm_library: str) -> SoftHsm:
    """A maker of tokens; labels must differ within a test run."""
    return SoftHsm(softhsm_library)
