"""A certification authority of our own for tests: people, certificates with every fault, .p12 files.

Nobody here exists. Names and numbers have the shape of Peruvian certificates: "APELLIDOS NOMBRES FAU <RUC> soft" for
an official of an entity, "... FIR <DNI> hard" for the identity card. Fixture: `pki` (session). The cards that carry
these certificates are made in soft_hsm.py.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

RUC = "20123456789"
PASSWORD = "clave-de-prueba"
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


@pytest.fixture(scope="session")
def pki() -> SyntheticPki:
    """People and authorities of the tests; see the class."""
    return SyntheticPki()
