"""What the signatures of a PDF say, and not a word more than was checked.

`intact` speaks of bytes, `trust` of the issuer (only against the roots given), `revocation` only against lists given.
Nothing is asked from the network; nothing here says "válida".
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Trust = Literal["trusted", "unknown", "rejected"]
Revocation = Literal["good", "revoked", "not_checked"]


@dataclass(frozen=True)
class ExpectedSigner:
    """Who should have signed a field; with an empty `dni` only that the field is signed is asked."""

    name: str
    dni: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True)
class SignatureReport:
    """One signature. `signed_at` is what the signer's PC declared (aware), not a certified time."""

    field: str
    signer: str
    dni: str = dataclasses.field(repr=False)
    reason: str
    signed_at: datetime | None
    intact: bool
    covers_whole_revision: bool
    covers_whole_file: bool
    modified_after: bool
    trust: Trust
    revocation: Revocation


@dataclass(frozen=True)
class Verification:
    """All signatures in the order they were made, and the findings: Spanish sentences, empty when all is well."""

    signatures: tuple[SignatureReport, ...]
    unsigned_fields: tuple[str, ...]
    all_intact: bool
    last_covers_file: bool
    findings: tuple[str, ...]
    sha256: str = ""


def verify_pdf(
    pdf: bytes,
    *,
    roots: Sequence[bytes] = (),
    expected: Mapping[str, ExpectedSigner] | None = None,
    sha256: str | None = None,
    crls: Sequence[bytes] = (),
    moment: datetime | None = None,
    own_fields: bool = False,
) -> Verification:
    """Check every signature of a PDF without a network.

    `roots` are the trusted certificates and `crls` the lists of revoked ones (PEM or DER); without them trust stays
    `unknown` and revocation `not_checked`. `expected` tells who should have signed each field, `sha256` the hash on
    record. `moment` (aware, default now) is the day on which validity is judged. With `own_fields` a later signature
    may stand in a visible field that its program made, as Acrobat allows in a certified paper. Damaged signatures are
    findings, not errors; SigningFailed only when the file is no PDF at all.
    """
    from sisfoh_desktop.documents.signature_checks import check_pdf

    return check_pdf(
        pdf,
        roots=roots,
        expected=expected,
        sha256=sha256,
        crls=crls,
        moment=moment,
        own_fields=own_fields,
    )
