"""How each signature is checked: bytes, later changes, issuer, revocation, expected signer (loads pyHanko)."""

import hashlib
import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffPolicy
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sisfoh_desktop.basics.clock import LIMA, SystemClock
from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.certificates import CertificateFacts, facts_of
from sisfoh_desktop.documents.signature_changes import HARMLESS, OWN_FIELDS_POLICY
from sisfoh_desktop.documents.signature_container import container_is_clean
from sisfoh_desktop.documents.verifying import (
    ExpectedSigner,
    Revocation,
    SignatureReport,
    Trust,
    Verification,
)

_log = logging.getLogger(__name__)

for _noisy in ("pyhanko", "pyhanko_certvalidator"):
    # They log whole names and DNI with tracebacks for each certificate that is not trusted; our findings say it.
    logging.getLogger(_noisy).setLevel(logging.CRITICAL + 1)

_BAD_ROOT = (
    "Uno de los certificados de confianza no se puede leer. No se verificó ninguna firma. "
    "Vuelva a cargarlo en la configuración de la oficina."
)
_BAD_LIST = (
    "Una de las listas de certificados revocados no se puede leer. No se verificó ninguna firma. "
    "Descárguela otra vez de la página de quien la emite."
)
_UNREADABLE = "(firmante ilegible)"
_LAST = 1 << 30  # among revisions: a signature whose own cannot be told


@dataclass(frozen=True)
class _Trusted:
    """What the caller trusts, parsed, the moment of judgement, and which later changes are harmless."""

    roots: list[Any]
    crls: list[Any]
    moment: datetime
    changes: DiffPolicy


def check_pdf(
    pdf: bytes,
    *,
    roots: Sequence[bytes],
    expected: Mapping[str, ExpectedSigner] | None,
    sha256: str | None,
    crls: Sequence[bytes],
    moment: datetime | None,
    own_fields: bool,
) -> Verification:
    """See `verifying.verify_pdf`."""
    findings: list[str] = []
    actual = hashlib.sha256(pdf).hexdigest()
    if sha256 is not None and actual != sha256:
        findings.append(
            "El archivo no es el que guarda el registro: su huella (SHA-256) no coincide con la anotada."
        )
    trusted = _Trusted(
        _certificates(roots),
        _revocation_lists(crls),
        moment or SystemClock().now(),
        OWN_FIELDS_POLICY if own_fields else DEFAULT_DIFF_POLICY,
    )
    signed, empty = _open(pdf, findings)
    reports = [_report(pdf, field, signature, trusted, findings) for field, signature in signed.items()]
    reports.sort(key=lambda each: each[0])
    signatures = tuple(report for _, report in reports)
    last_covers = bool(signatures) and signatures[-1].covers_whole_file
    if not signatures:
        findings.append("El documento no tiene ninguna firma digital.")
    elif not last_covers:
        findings.append(
            "Después de la última firma se agregó contenido que ninguna firma cubre, o la última firma está dañada."
        )
    findings += _compared(signatures, expected)
    return Verification(
        signatures=signatures,
        unsigned_fields=tuple(empty),
        all_intact=bool(signatures) and all(each.intact and not each.modified_after for each in signatures),
        last_covers_file=last_covers,
        findings=tuple(dict.fromkeys(findings)),
        sha256=actual,
    )


def _open(pdf: bytes, findings: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The signatures by field (None where one is too damaged to be read) and the names of the empty fields.

    The file is read strictly; where only a lenient reading works, that is a finding: two programs might see two papers.
    """
    for strict in (True, False):
        try:
            reader = PdfFileReader(io.BytesIO(pdf), strict=strict)
            fields = list(enumerate_sig_fields(reader))
        except Exception as error:
            _log.info("PDF not readable (strict=%s): %s", strict, type(error).__name__)
            continue
        if not strict or not pdf.startswith(b"%PDF-"):
            findings.append(
                "El archivo tiene una estructura irregular (no la de un PDF recién hecho o firmado); trátelo como "
                "alterado hasta compararlo con el original."
            )
        signed = {
            str(name): _embedded(reader, str(name), field)
            for name, value, field in fields
            if value is not None and not _is_time_stamp(value)
        }
        return signed, [str(name) for name, value, _ in fields if value is None]
    raise SigningFailed(
        "El archivo no es un PDF que se pueda leer: está dañado, cortado, protegido con contraseña o es otra "
        "clase de archivo. No se verificó ninguna firma. Consiga el documento original."
    )


def _embedded(reader: PdfFileReader, name: str, field: Any) -> EmbeddedPdfSignature | None:
    """One signature by itself: a damaged one must not keep the others from being judged."""
    try:
        return EmbeddedPdfSignature(reader, field, name)
    except Exception as error:
        _log.info("Signature of %s not readable: %s", name, type(error).__name__)
        return None


def _is_time_stamp(value: Any) -> bool:
    """A time stamp of the whole document is nobody's signature."""
    try:
        return bool(value.get_object().get("/Type") == "/DocTimeStamp")
    except (PdfError, AttributeError):
        return False


def _report(
    pdf: bytes,
    field: str,
    signature: EmbeddedPdfSignature | None,
    trusted: _Trusted,
    findings: list[str],
) -> tuple[int, SignatureReport]:
    """The report of one signature and the revision it belongs to (its order)."""
    if signature is None:
        return _damaged(field, None, None, "", findings)
    facts, signed_at, reason = _claims(signature)
    try:
        context = _context(trusted, signed_at)
        status = validate_pdf_signature(signature, context, context, diff_policy=trusted.changes)
    except Exception as error:  # whatever cannot even be judged is damaged
        _log.info("Signature of %s not judged: %s", field, type(error).__name__)
        return _damaged(field, facts, signed_at, reason, findings)
    who = facts.name if facts else _UNREADABLE
    intact = bool(status.intact and status.valid) and _container_is_clean(pdf, signature)
    level = status.modification_level
    covers_revision = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    covers_file = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    harmless = covers_file or (covers_revision and level in HARMLESS and bool(status.docmdp_ok))
    if not intact:
        findings.append(
            f"La firma de {who} (campo «{field}») no corresponde al contenido: el documento fue alterado o la firma "
            "está dañada."
        )
    elif not harmless:
        findings.append(
            f"El documento fue cambiado después de la firma de {who} (campo «{field}») de un modo que la firma "
            "no permite."
        )
    trust = _trust(status, facts, trusted, signed_at, findings, who) if intact else "unknown"
    revocation = _revocation(signature, trusted, findings, who) if trust == "trusted" else "not_checked"
    if revocation == "revoked":
        trust = "rejected"
    return int(signature.signed_revision), SignatureReport(
        field=field,
        signer=who,
        dni=facts.dni if facts else "",
        reason=reason,
        signed_at=signed_at,
        intact=intact,
        covers_whole_revision=covers_revision,
        covers_whole_file=covers_file,
        modified_after=not harmless,
        trust=trust,
        revocation=revocation,
    )


def _container_is_clean(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    from asn1crypto.cms import ContentInfo

    try:
        container = ContentInfo.load(signature.pkcs7_content)
        return container_is_clean(pdf, signature.byte_range, container)
    except Exception as error:  # asn1crypto reads lazily: a damaged part shows only here
        _log.info("Container of %s not clean: %s", signature.field_name, type(error).__name__)
        return False


def _claims(signature: Any) -> tuple[CertificateFacts | None, datetime | None, str]:
    """What the signature says of itself, read part by part: one broken part must not hide the others."""
    facts: CertificateFacts | None = None
    signed_at: datetime | None = None
    reason = ""
    try:
        facts = facts_of(signature.signer_cert, hard=False)
    except Exception as error:
        _log.info("Signer certificate unreadable: %s", type(error).__name__)
    try:
        signed_at = signature.self_reported_timestamp
        if signed_at is not None:
            signed_at = (signed_at if signed_at.tzinfo else signed_at.replace(tzinfo=LIMA)).astimezone(LIMA)
    except (PdfError, ValueError, OverflowError) as error:
        _log.info("Declared moment unreadable: %s", type(error).__name__)
    try:
        reason = str(signature.sig_object.get("/Reason", ""))
    except (PdfError, ValueError) as error:
        _log.info("Reason unreadable: %s", type(error).__name__)
    return facts, signed_at, reason


def _damaged(
    field: str,
    facts: CertificateFacts | None,
    signed_at: datetime | None,
    reason: str,
    findings: list[str],
) -> tuple[int, SignatureReport]:
    findings.append(
        f"La firma del campo «{field}» está dañada o usa un método que no se acepta; no se puede dar por buena."
    )
    return _LAST, SignatureReport(
        field=field,
        signer=facts.name if facts else _UNREADABLE,
        dni=facts.dni if facts else "",
        reason=reason,
        signed_at=signed_at,
        intact=False,
        covers_whole_revision=False,
        covers_whole_file=False,
        modified_after=True,
        trust="unknown",
        revocation="not_checked",
    )


def _context(trusted: _Trusted, signed_at: datetime | None) -> ValidationContext:
    # Trust is judged at the declared moment; that the certificate has expired since is said apart.
    return ValidationContext(
        trust_roots=trusted.roots, moment=signed_at or trusted.moment, allow_fetching=False
    )


def _trust(
    status: Any,
    facts: CertificateFacts | None,
    trusted: _Trusted,
    signed_at: datetime | None,
    findings: list[str],
    who: str,
) -> Trust:
    at = signed_at or trusted.moment
    if facts is not None and not facts.not_before <= at <= facts.not_after:
        findings.append(f"El certificado de {who} no estaba vigente en la fecha declarada de la firma.")
        return "rejected"
    if facts is not None and not facts.may_sign_documents:
        findings.append(
            f"El certificado de {who} no es para firmar documentos (le falta el uso «no repudio»)."
        )
        return "rejected"
    if signed_at is not None and signed_at > trusted.moment:
        findings.append(f"La firma de {who} declara una fecha que todavía no llega.")
    if not trusted.roots:
        return "unknown"
    if not status.trusted:
        findings.append(
            f"El certificado de {who} no viene de una autoridad en la que esta oficina confía, o su cadena no está "
            "completa."
        )
        return "rejected"
    if facts is not None and trusted.moment > facts.not_after:
        findings.append(
            f"El certificado de {who} venció el {facts.not_after.astimezone(LIMA):%d/%m/%Y}; sin un sello de tiempo "
            "no se puede probar que firmó antes."
        )
        return "unknown"
    return "trusted"


def _revocation(signature: Any, trusted: _Trusted, findings: list[str], who: str) -> Revocation:
    if not trusted.crls:
        return "not_checked"
    context = ValidationContext(
        trust_roots=trusted.roots,
        crls=trusted.crls,
        moment=trusted.moment,
        allow_fetching=False,
        revocation_mode="require",  # the other modes ask only when the certificate names a list
    )
    try:
        status = validate_pdf_signature(signature, context, context, skip_diff=True)
    except Exception as error:
        _log.info("Revocation not judged: %s", type(error).__name__)
        return "not_checked"
    if status.revoked:
        findings.append(f"El certificado de {who} figura como revocado.")
        return "revoked"
    return "good" if status.trusted else "not_checked"


def _compared(
    signatures: Sequence[SignatureReport], expected: Mapping[str, ExpectedSigner] | None
) -> list[str]:
    """Who should have signed against who did."""
    if expected is None:
        return []
    findings = []
    by_field = {each.field: each for each in signatures}
    for field, person in expected.items():
        found = by_field.get(field)
        if found is None:
            findings.append(f"Falta la firma de {person.name} (campo «{field}»).")
        elif person.dni and not found.dni:
            findings.append(
                f"El certificado que firmó el campo «{field}» no dice el DNI; no se pudo comprobar que sea "
                f"{person.name}."
            )
        elif person.dni and found.dni != person.dni:
            findings.append(
                f"En el campo «{field}» debía firmar {person.name}, pero firmó {found.signer}, con otro DNI."
            )
    findings += [
        f"El campo «{each.field}» lo firmó {each.signer}, a quien nadie esperaba en este documento."
        for each in signatures
        if each.field not in expected
    ]
    return findings


def _certificates(blocks: Sequence[bytes]) -> list[Any]:
    from asn1crypto.x509 import Certificate

    return [_parsed(Certificate, _der(block, "CERTIFICATE"), _BAD_ROOT) for block in blocks]


def _revocation_lists(blocks: Sequence[bytes]) -> list[Any]:
    from asn1crypto.crl import CertificateList

    return [_parsed(CertificateList, _der(block, "X509 CRL"), _BAD_LIST) for block in blocks]


def _parsed(kind: Any, der: bytes, sentence: str) -> Any:
    try:
        parsed = kind.load(der, strict=True)
        _ = parsed.native  # asn1crypto reads lazily: a fault inside must show now
    except (ValueError, TypeError, KeyError) as error:
        raise SigningFailed(sentence) from error
    return parsed


def _der(block: bytes, kind: str) -> bytes:
    from asn1crypto import pem

    if not pem.detect(block):
        return block
    found, _, der = pem.unarmor(block)
    if found != kind:
        raise SigningFailed(
            f"Se esperaba un bloque PEM de clase {kind} y llegó {found}. No se verificó ninguna firma. "
            "Elija el archivo correcto."
        )
    return bytes(der)
