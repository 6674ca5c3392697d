"""A certification authority of our own for tests: people, certificates with every fault, .p12 files, SoftHSM tokens.

Nobody here exists. Names and numbers have the shape of Peruvian certificates: "APELLIDOS NOMBRES FAU <RUC> soft" for
an official of an entity, "... FIR <DNI> hard" for the identity card. Fixtures: `pki` (session), `softhsm` (function).
"""

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

RUC = "20123456789"
PASSWORD = "clave-de-prueba"
PIN = "123456"
SOFTHSM_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    "C:/SoftHSM2/lib/softhsm2-x64.dll",
)
# As true certificates do, ours name a place for the list of revoked ones; nobody answers there.
_NO_LIST_THERE = x509.CRLDistributionPoints(
    [x509.DistributionPoint([x509.UniformResourceIdentifier("http://127.0.0.1:9/crl")], None, None, None)]
)


def _moment(year: int) -> dt.datetime:
    return dt.datetime(year, 1, 1, tzinfo=dt.UTC)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key; `common_name` as in the certificate."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    common_name: str

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


class SyntheticPki:
    """Root, issuing authority and the people it vouches for; keys are made when first asked for and then kept."""

    password = PASSWORD
    ruc = RUC

    def __init__(self) -> None:
        self._people: dict[tuple[Any, ...], Identity] = {}

    @cached_property
    def root_identity(self) -> Identity:
        return self._authority("RAIZ DE PRUEBA", None, 2)

    @cached_property
    def ca_identity(self) -> Identity:
        return self._authority("CA EMISORA DE PRUEBA", self.root_identity, 0)

    @cached_property
    def false_identity(self) -> Identity:
        """An authority with the issuing authority's very name that nobody trusts."""
        return self._authority("CA EMISORA DE PRUEBA", None, 2)

    @property
    def root(self) -> bytes:
        """The trusted root as PEM."""
        return self.root_identity.pem

    @property
    def ca(self) -> bytes:
        return self.ca_identity.pem

    def person(self, name: str, dni: str = "40000001", **changes: Any) -> bytes:
        """The .p12 of a person (password `pki.password`); `changes` as in `identity`."""
        return self.p12(self.identity(name, dni, **changes))

    def identity(
        self,
        name: str,
        dni: str = "40000001",
        *,
        kind: str = "FAU",
        holder: str = "soft",
        surnames: int = 2,
        valid_from: int = 2023,
        valid_until: int = 2045,
        non_repudiation: bool = True,
        authority: Identity | None = None,
        bare_names: bool = False,
    ) -> Identity:
        """A person: the first `surnames` words of `name` are surnames; validity by years; `kind` FAU or FIR.

        `bare_names` leaves out the surname, given name and serial number, as some old certificates do.
        """
        issuer = authority or self.ca_identity
        key = (
            name,
            dni,
            kind,
            holder,
            surnames,
            valid_from,
            valid_until,
            non_repudiation,
            bare_names,
            id(issuer),
        )
        if key not in self._people:
            common_name = f"{name} {kind} {RUC if kind == 'FAU' else dni} {holder}"
            words = name.split()
            parts = [
                (NameOID.COUNTRY_NAME, "PE"),
                (NameOID.ORGANIZATION_NAME, "MUNICIPALIDAD DE PRUEBA"),
                (NameOID.ORGANIZATIONAL_UNIT_NAME, RUC),
                (NameOID.COMMON_NAME, common_name),
            ]
            if not bare_names:
                parts += [
                    (NameOID.SERIAL_NUMBER, f"PNOPE-{dni}"),
                    (NameOID.SURNAME, " ".join(words[:surnames])),
                    (NameOID.GIVEN_NAME, " ".join(words[surnames:])),
                ]
            self._people[key] = self._leaf(
                common_name, parts, issuer, valid_from, valid_until, non_repudiation
            )
        return self._people[key]

    def expired(self) -> bytes:
        return self.person("RAMOS LÓPEZ PEDRO PABLO", "40000005", valid_from=2018, valid_until=2020)

    def not_yet_valid(self) -> bytes:
        return self.person("RAMOS LÓPEZ PEDRO PABLO", "40000005", valid_from=2044, valid_until=2045)

    def without_non_repudiation(self) -> bytes:
        return self.person("RAMOS LÓPEZ PEDRO PABLO", "40000005", non_repudiation=False)

    def from_false_authority(self, name: str = "QUISPE ÑAUPARI JUAN JOSÉ", dni: str = "40000001") -> bytes:
        return self.p12(self.identity(name, dni, authority=self.false_identity), self.false_identity)

    def p12(self, identity: Identity, *chain: Identity, password: str = PASSWORD) -> bytes:
        """The .p12 with its chain (the issuing authority and the root unless others are given)."""
        others = chain or (self.ca_identity, self.root_identity)
        return pkcs12.serialize_key_and_certificates(
            identity.common_name.encode(),
            identity.key,
            identity.certificate,
            [other.certificate for other in others],
            serialization.BestAvailableEncryption(password.encode()),
        )

    def p12_with_foreign_key(self) -> bytes:
        """A .p12 whose key belongs to another certificate."""
        first = self.identity("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
        second = self.identity("HUAMÁN PEÑA MARÍA ROSA", "40000002")
        # The library refuses to write such a file with the certificate in its place, so it goes among the others.
        return pkcs12.serialize_key_and_certificates(
            b"ajena",
            second.key,
            None,
            [first.certificate],
            serialization.BestAvailableEncryption(PASSWORD.encode()),
        )

    def crl(self, *revoked: Identity, on: dt.datetime | None = None) -> bytes:
        """A list of revoked certificates by the issuing authority, as DER."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.ca_identity.certificate.subject)
            .last_update(now - dt.timedelta(days=1))
            .next_update(now + dt.timedelta(days=30))
        )
        for identity in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(identity.certificate.serial_number)
                .revocation_date(on or now - dt.timedelta(days=2))
                .build()
            )
        return self._signed_crl(builder, self.ca_identity)

    def root_crl(self) -> bytes:
        """The root's own (empty) list, as DER."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root_identity.certificate.subject)
            .last_update(now - dt.timedelta(days=1))
            .next_update(now + dt.timedelta(days=30))
        )
        return self._signed_crl(builder, self.root_identity)

    @staticmethod
    def _signed_crl(builder: x509.CertificateRevocationListBuilder, issuer: Identity) -> bytes:
        builder = builder.add_extension(x509.CRLNumber(1), critical=False).add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _authority(self, name: str, issuer: Identity | None, path_length: int) -> Identity:
        key = _new_key()
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "PE"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "ENTIDAD DE PRUEBA"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )
        builder = (
            _base(subject, issuer.certificate.subject if issuer else subject, key, 2015, 2060)
            .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
            .add_extension(_usage(authority=True, non_repudiation=False), critical=True)
        )
        if issuer:
            builder = builder.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
            )
        certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
        return Identity(certificate, key, name)

    @staticmethod
    def _leaf(
        common_name: str,
        parts: list[tuple[x509.ObjectIdentifier, str]],
        issuer: Identity,
        valid_from: int,
        valid_until: int,
        non_repudiation: bool,
    ) -> Identity:
        key = _new_key()
        subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])
        certificate = (
            _base(subject, issuer.certificate.subject, key, valid_from, valid_until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(authority=False, non_repudiation=non_repudiation), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
            )
            .add_extension(_NO_LIST_THERE, critical=False)
            .sign(issuer.key, hashes.SHA256())
        )
        return Identity(certificate, key, common_name)


def _base(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, valid_from: int, valid_until: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_moment(valid_from))
        .not_valid_after(_moment(valid_until))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, authority: bool, non_repudiation: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=non_repudiation,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
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
def pki() -> SyntheticPki:
    """People and authorities of the tests; see the class."""
    return SyntheticPki()


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
