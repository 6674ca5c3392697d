"""The parts of a signature that its own cryptography leaves unprotected: padding, accompanying certificates, labels.

A byte changed there does not alter what was signed, but it was changed by someone, and verification says so. Loads
nothing heavy by itself; used by `signature_checks` alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

_SEQUENCE, _FIRST_CHOICE, _END_OF_CONTENTS = (0, 16), (2, 0), (0, 0)  # class and tag
_NO_PARAMETERS = (b"", b"\x05\x00")
_ONE_CASE_HEX = re.compile(rb"<(?:[0-9a-f]*|[0-9A-F]*)>")


def container_is_clean(pdf: bytes, byte_range: Sequence[int], container: Any) -> bool:
    """Whether everything in the place of the signature is as a signing program leaves it.

    `container` is the parsed CMS message (asn1crypto); errors of its damaged parts pass through.
    """
    from asn1crypto import parser
    from asn1crypto.x509 import Certificate

    gap = pdf[int(byte_range[0]) + int(byte_range[1]) : int(byte_range[2])]
    if not _ONE_CASE_HEX.fullmatch(gap) or len(gap) % 2:
        return False
    filled = bytes.fromhex(gap[1:-1].decode())
    length = parser.peek(filled)
    if any(filled[length:]) or not _well_formed(filled[:length]):
        return False
    raw = _certificates_of(filled[:length])
    certificates = [Certificate.load(each) for each in raw]
    return _labels_agree(container["content"], certificates) and _chain_agrees(certificates, raw)


def _parts(data: bytes) -> Iterator[tuple[tuple[int, int], bool, bytes, bytes]]:
    """The elements of some DER or BER one after the other: class and tag, constructed, whole bytes, content."""
    from asn1crypto import parser

    place = 0
    while place < len(data):
        whole = data[place : place + parser.peek(data[place:])]
        kind, constructed, tag, _, content, _ = parser.parse(whole)
        yield (kind, tag), bool(constructed), whole, content
        place += len(whole)


def _well_formed(data: bytes) -> bool:
    """Every part that holds parts is filled by them exactly, without empty ones: no room for stray bytes."""
    return all(
        label != _END_OF_CONTENTS and (not constructed or _well_formed(content))
        for label, constructed, _, content in _parts(data)
    )


def _certificates_of(message: bytes) -> list[bytes]:
    """The accompanying certificates in their very bytes; asn1crypto would write some of them anew."""
    for label in (_SEQUENCE, _FIRST_CHOICE, _SEQUENCE, _FIRST_CHOICE):
        message = next(content for found, _, _, content in _parts(message) if found == label)
    return [whole for found, _, whole, _ in _parts(message) if found == _SEQUENCE]


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


def _chain_agrees(certificates: Sequence[Any], raw: Sequence[bytes]) -> bool:
    """Each certificate whose issuer came along is signed by it; names and key identifiers tell the same issuer."""
    for child, child_bytes in zip(certificates, raw, strict=True):
        identifier = child.authority_key_identifier
        by_name = [
            bytes_ for each, bytes_ in zip(certificates, raw, strict=True) if each.subject == child.issuer
        ]
        by_key = [each for each in certificates if identifier and each.key_identifier == identifier]
        if any(each.subject != child.issuer for each in by_key):
            return False
        if by_name and not any(_signed_by(child_bytes, parent) for parent in by_name):
            return False
        if not by_name and _was_self_signed(child):
            return False
    return True


def _was_self_signed(certificate: Any) -> bool:
    """Whether it verifies under its own key once its two names are made equal: a root with a changed name."""
    for changed, kept in (("issuer", "subject"), ("subject", "issuer")):
        mended = certificate.copy()
        mended["tbs_certificate"][changed] = mended["tbs_certificate"][kept]
        made = mended.dump(force=True)
        if _signed_by(made, made):
            return True
    return False


def _signed_by(child: bytes, parent: bytes) -> bool:
    """Whether `child` carries a signature by the key of `parent` over its very bytes."""
    from asn1crypto import parser
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        issued = x509.load_der_x509_certificate(child)
        key = x509.load_der_x509_certificate(parent).public_key()
        # Not `tbs_certificate_bytes`: the library writes them anew, and odd bytes would come out mended.
        (signed, _), _, (_, bits) = ((whole, inner) for _, _, whole, inner in _parts(parser.parse(child)[4]))
        if bits[0]:
            return False  # a signature is whole bytes: none of its last bits is left out
        how = issued.signature_algorithm_parameters
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(issued.signature, signed, how, issued.signature_hash_algorithm)  # type: ignore[arg-type]
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(issued.signature, signed, how)  # type: ignore[arg-type]
        else:
            key.verify(issued.signature, signed)  # type: ignore[union-attr,call-arg]
    except Exception:  # the parser and each kind of key have errors of their own; all mean no
        return False
    return True
