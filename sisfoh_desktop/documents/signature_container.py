"""The parts of a signature that its own cryptography leaves unprotected: padding, accompanying certificates, labels.

A byte changed there does not alter what was signed, but it was changed by someone, and verification says so. Loads
nothing heavy by itself; used by `signature_checks` alone.
"""

import re
from collections.abc import Sequence
from typing import Any

_INDEFINITE = 0x80  # second byte of a message in BER, as some Java programs write them
_NO_PARAMETERS = (b"", b"\x05\x00")
_ONE_CASE_HEX = re.compile(rb"<(?:[0-9a-f]*|[0-9A-F]*)>")


def container_is_clean(pdf: bytes, byte_range: Sequence[int], container: Any) -> bool:
    """Whether everything in the place of the signature is as a signing program leaves it.

    `container` is the parsed CMS message (asn1crypto); errors of its damaged parts pass through.
    """
    from asn1crypto import parser

    signed_data = container["content"]
    gap = pdf[int(byte_range[0]) + int(byte_range[1]) : int(byte_range[2])]
    if not _ONE_CASE_HEX.fullmatch(gap) or len(gap) % 2:
        return False
    filled = bytes.fromhex(gap[1:-1].decode())
    length = parser.peek(filled)
    message = filled[:length]
    if any(filled[length:]):
        return False
    if message[1] != _INDEFINITE and container.copy().dump(force=True) != message:
        return False  # in DER the same content has one form only
    certificates = [choice.chosen for choice in signed_data["certificates"] if choice.name == "certificate"]
    return _labels_agree(signed_data, certificates) and _chain_agrees(certificates)


def _labels_agree(signed_data: Any, certificates: Sequence[Any]) -> bool:
    """Versions, digests and the issuer named say what the signature inside says (RFC 5652, 5.1 and 5.3)."""
    (signer,) = signed_data["signer_infos"]
    by_issuer = signer["sid"].name == "issuer_and_serial_number"
    version = "v1" if by_issuer else "v3"
    named = signer["sid"].chosen["issuer"].native if by_issuer else None
    # By letters: a name that differs in case alone finds its certificate all the same.
    if by_issuer and all(each.issuer.native != named for each in certificates):
        return False
    digests = [*signed_data["digest_algorithms"], signer["digest_algorithm"]]
    return (
        signed_data["version"].native == signer["version"].native == version
        and len({digest["algorithm"].native for digest in digests}) == 1
        and all(digest["parameters"].dump() in _NO_PARAMETERS for digest in digests)
    )


def _chain_agrees(certificates: Sequence[Any]) -> bool:
    """Each certificate whose issuer came along is signed by it; names and key identifiers tell the same issuer."""
    for child in certificates:
        identifier = child.authority_key_identifier
        by_name = [parent for parent in certificates if parent.subject == child.issuer]
        by_key = [parent for parent in certificates if identifier and parent.key_identifier == identifier]
        if any(parent.subject != child.issuer for parent in by_key):
            return False
        if by_name and not any(_signed_by(child, parent) for parent in by_name):
            return False
        if not by_name and _was_self_signed(child):
            return False
    return True


def _was_self_signed(certificate: Any) -> bool:
    """Whether it verifies under its own key once its two names are made equal: a root with a changed name."""
    for changed, kept in (("issuer", "subject"), ("subject", "issuer")):
        mended = certificate.copy()
        mended["tbs_certificate"][changed] = mended["tbs_certificate"][kept]
        if _signed_by(mended, mended):
            return True
    return False


def _signed_by(child: Any, parent: Any) -> bool:
    from cryptography import x509

    try:
        issued = x509.load_der_x509_certificate(child.dump(force=True))
        issued.verify_directly_issued_by(x509.load_der_x509_certificate(parent.dump(force=True)))
    except Exception:  # the parser and each kind of key have errors of their own; all mean no
        return False
    return True
