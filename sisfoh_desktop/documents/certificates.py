"""Reading a signer's certificate: who it names, for which entity, until when and for which use.

Names follow the customs of Peruvian certificates: "APELLIDOS Nombres FAU <RUC> soft" (official of an entity) and
"... FIR <DNI> hard" (identity card). Nothing here says whether the issuer is trusted.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_MARKED_NAME = re.compile(
    r"(?P<name>.+?)\s+(?P<kind>FAU|FIR|AUT)\s+(?P<number>\d{8,11})(?:\s+(?P<holder>soft|hard))?",
    re.IGNORECASE,
)
_PARTICLES = {"de", "del", "la", "las", "los", "y"}


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says. Moments are aware; `dni` and `ruc` are "" where it does not say them."""

    name: str
    stamp_name: str = field(repr=False)  # of an identity card it ends with the DNI
    dni: str = field(repr=False)
    ruc: str
    not_before: datetime
    not_after: datetime
    may_sign_documents: bool
    is_authority: bool


def facts_of(certificate: Any, *, hard: bool) -> CertificateFacts:
    """Facts of an asn1crypto certificate; `hard` tells whether its key lives in a card, where it does not say."""
    subject = certificate.subject.native
    common_name = " ".join(_first(subject.get("common_name")).split())
    marked = _MARKED_NAME.fullmatch(common_name)
    name = marked["name"] if marked else common_name or "(sin nombre)"
    kind = marked["kind"].upper() if marked else ""
    number = marked["number"] if marked else ""
    dni = _dni(_first(subject.get("serial_number"))) or (number if kind != "FAU" and len(number) == 8 else "")
    ruc = number if kind == "FAU" and len(number) == 11 else _ruc(subject)
    holder = (marked["holder"] or "").lower() if marked else ""
    holder = holder or ("hard" if hard else "soft")
    if not number:
        kind, number = ("FAU", ruc) if ruc else ("FIR", dni) if dni else ("", "")
    people = _cased(name, _first(subject.get("surname")), _first(subject.get("given_name")))
    validity = certificate["tbs_certificate"]["validity"]
    usage = certificate.key_usage_value.native if certificate.key_usage_value else None
    return CertificateFacts(
        name=name,
        stamp_name=" ".join(part for part in (people, kind, number, holder) if part),
        dni=dni,
        ruc=ruc,
        not_before=validity["not_before"].native,
        not_after=validity["not_after"].native,
        # Without the extension a certificate serves every use (RFC 5280, 4.2.1.3).
        may_sign_documents=usage is None or "non_repudiation" in usage,
        is_authority=bool(certificate.ca),
    )


def _first(value: object) -> str:
    """A name part that may be absent or repeated."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value or "")


def _dni(serial: str) -> str:
    match = re.fullmatch(r"(?:[A-Z]{2,5}[-:]?)?(?:PE-)?(\d{8})", serial.strip().upper())
    return match[1] if match else ""


def _ruc(subject: dict[str, Any]) -> str:
    places = [subject.get("organization_identifier"), subject.get("organizational_unit_name")]
    for place in places:
        for value in place if isinstance(place, list) else [place]:
            match = re.search(r"(?<!\d)((?:10|15|17|20)\d{9})(?!\d)", str(value or ""))
            if match:
                return match[1]
    return ""


def _cased(name: str, surname: str, given: str) -> str:
    """ "APELLIDOS Nombres", where the certificate tells which is which; otherwise the name as it stands."""
    surname, given = " ".join(surname.split()), " ".join(given.split())
    if not surname or not given or f"{surname} {given}".casefold() != name.casefold():
        return name
    words = [word.lower() if word.lower() in _PARTICLES else _capital(word) for word in given.split()]
    return f"{surname.upper()} {' '.join(words)}"


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
