"""Signing a frozen PDF: named fields first, then one signer after the other, each verified before it is given back.

These signatures are made outside the IOFE: papers and screens must not call them accredited. The bytes that come in
are never changed; every fault is a SigningFailed with its own sentence.
"""

import contextlib
import hashlib
import io
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.signature_zone import FieldBox

_UNCHANGED = "El documento no se cambió."


class Signer(Protocol):
    """A certificate opened and ready: who it names and what signs with it; made by the two `open_` functions."""

    @property
    def subject_name(self) -> str: ...
    @property
    def stamp_name(self) -> str: ...
    @property
    def dni(self) -> str: ...
    @property
    def ruc(self) -> str: ...
    @property
    def hard(self) -> bool: ...
    @property
    def not_before(self) -> datetime: ...
    @property
    def not_after(self) -> datetime: ...
    @property
    def facts(self) -> Any: ...
    @property
    def engine(self) -> Any: ...


@dataclass(frozen=True)
class PdfField:
    """A signature field of a PDF."""

    name: str
    signed: bool


def open_pkcs12(data: bytes, password: str) -> Signer:
    """Open a certificate file; opening costs more than signing, so keep the signer for a whole round."""
    from sisfoh_desktop.documents.signers import signer_from_pkcs12

    return signer_from_pkcs12(data, password)


def open_pkcs11(library: str, token_label: str, pin: str) -> AbstractContextManager[Signer]:
    """Open a card or token for the length of a `with`; a wrong PIN is never tried twice."""
    from sisfoh_desktop.documents.signers import signer_from_pkcs11

    return signer_from_pkcs11(library, token_label, pin)


def prepare_fields(pdf: bytes, boxes: Mapping[str, FieldBox]) -> bytes:
    """Add one empty signature field per box; all before the first signature, for none may be added after it.

    The same input gives the same bytes.
    """
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    with _readable(pdf):
        writer = _writer(pdf)
        if any(field.signed for field in _fields(writer)):
            raise SigningFailed(
                f"El documento ya tiene firmas y no admite campos nuevos. {_UNCHANGED} "
                "Haga otra versión del documento."
            )
        taken = {field.name for field in _fields(writer)} & set(boxes)
        if taken:
            raise SigningFailed(
                f"El documento ya tiene el campo de firma «{min(taken)}». {_UNCHANGED} "
                "Prepare los campos una sola vez."
            )
        for name, box in boxes.items():
            spec = SigFieldSpec(
                name,
                on_page=box.page,
                box=(round(box.x1), round(box.y1), round(box.x2), round(box.y2)),
                empty_field_appearance=False,  # the paper has drawn its box already
                readable_field_name=f"Firma: {name}",
            )
            append_signature_field(writer, spec)
        # Not at random, as it would be: the same paper must keep its hash.
        writer.identify_by(hashlib.sha256(pdf + "\n".join(boxes).encode()).digest())
        out = io.BytesIO()
        writer.write(out)
    return out.getvalue()


def fields_of(pdf: bytes) -> list[PdfField]:
    """The signature fields in the order of the file."""
    with _readable(pdf):
        return _fields(_writer(pdf))


def sign_field(
    pdf: bytes,
    *,
    field: str,
    signer: Signer,
    reason: str,
    when: datetime,
    position: str = "",
    sha256: str | None = None,
) -> bytes:
    """Sign one field and give the new bytes, verified.

    The first signature certifies that only forms may be filled and signatures added (DocMDP P=2). `when` is aware; the
    visible block shows it in Lima time. `sha256`, where given, is the hash that the paper had when it was frozen or
    last signed. Level PAdES B-B, no time stamp.
    """
    _check_certificate(signer, when)
    _check_unchanged(pdf, sha256)
    with _readable(pdf):
        fields = _fields(_writer(pdf))
    _check_field(fields, field)
    first = not any(each.signed for each in fields)
    if not first:
        _check_nothing_appended(pdf)
    signed = _sign(pdf, field, signer, reason, when, position, certify=first)
    _check_result(signed, field)
    return signed


def _sign(
    pdf: bytes, field: str, signer: Signer, reason: str, when: datetime, position: str, *, certify: bool
) -> bytes:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata

    from sisfoh_desktop.documents.dated_signer import DatedSigner
    from sisfoh_desktop.documents.signature_stamp import draw_stamp, stamp_lines, stamp_style
    from sisfoh_desktop.documents.text import one_line

    writer = _writer(pdf)
    width, height = _box_size(writer, field)
    lines = stamp_lines(signer.stamp_name, position, reason, when)
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        reason=one_line(reason),
        name=signer.subject_name,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    style = stamp_style(draw_stamp(lines, width, height)) if width and height else None
    out = io.BytesIO()
    try:
        machine = DatedSigner(meta, signer.engine, style, when.astimezone(LIMA))
        machine.sign_pdf(writer, existing_fields_only=True, bytes_reserved=_room(signer), output=out)
    except (SigningError, PdfError) as error:
        raise SigningFailed(
            f"El documento no admite esta firma: sus propias reglas o su estructura lo impiden. {_UNCHANGED} "
            "Verifique el documento antes de firmar."
        ) from error
    except Exception as error:
        if not _is_card_error(error):
            raise
        raise SigningFailed(
            f"La tarjeta dejó de responder mientras firmaba. {_UNCHANGED} "
            "Insértela bien, espere a que la luz quede fija e inténtelo otra vez."
        ) from error
    return out.getvalue()


def _is_card_error(error: Exception) -> bool:
    try:
        from pkcs11.exceptions import PKCS11Error
    except ImportError:
        return False
    return isinstance(error, PKCS11Error)


def _room(signer: Signer) -> int:
    """Hexadecimal digits to reserve: the certificates that go along, and 3 KiB for the rest (about 1 is used)."""
    certificates = {each.dump() for each in [signer.engine.signing_cert, *signer.engine.cert_registry]}
    return 2 * (3072 + sum(map(len, certificates)))


def _check_certificate(signer: Signer, when: datetime) -> None:
    name = signer.subject_name
    if when > signer.not_after:
        day = signer.not_after.astimezone(LIMA).strftime("%d/%m/%Y")
        raise SigningFailed(
            f"El certificado de {name} venció el {day}. {_UNCHANGED} Renuévelo o firme con otro vigente."
        )
    if when < signer.not_before:
        day = signer.not_before.astimezone(LIMA).strftime("%d/%m/%Y")
        raise SigningFailed(
            f"El certificado de {name} recién vale desde el {day}. {_UNCHANGED} "
            "Revise la fecha de esta PC o firme con otro vigente."
        )
    if signer.facts.is_authority or not signer.facts.may_sign_documents:
        raise SigningFailed(
            f"El certificado de {name} no es para firmar documentos: le falta el uso «no repudio». {_UNCHANGED} "
            "Use el certificado de firma (en el DNIe, el marcado FIR)."
        )


def _check_unchanged(pdf: bytes, sha256: str | None) -> None:
    if not pdf.startswith(b"%PDF-"):
        raise SigningFailed(_NOT_A_PDF)
    ending = pdf[-8:].rstrip(b"\r\n")
    changed = sha256 is not None and hashlib.sha256(pdf).hexdigest() != sha256
    if changed or not ending.endswith(b"%%EOF"):
        raise SigningFailed(
            "El documento fue cambiado después de congelarse: ya no es el que se aprobó. No se firmó y quedó como "
            "estaba. Recupere el original del archivo o haga otra versión."
        )


def _check_field(fields: list[PdfField], name: str) -> None:
    field = next((each for each in fields if each.name == name), None)
    if field is None:
        empty = [each.name for each in fields if not each.signed]
        if empty:
            listed = ", ".join(f"«{each}»" for each in empty)
            raise SigningFailed(
                f"El documento no tiene el campo de firma «{name}»; los que esperan firma son {listed}. "
                f"{_UNCHANGED} Elija uno de ellos."
            )
        raise SigningFailed(
            f"El documento no tiene el campo de firma «{name}» ni otro que espere firma. {_UNCHANGED} "
            "Elija un documento congelado con campos de firma."
        )
    if field.signed:
        raise SigningFailed(
            f"El campo «{name}» ya está firmado y una firma no se reemplaza. {_UNCHANGED} "
            "Verifique el documento para ver quién firmó."
        )


def _check_nothing_appended(pdf: bytes) -> None:
    """The last signature must reach the end of the file; whether its bytes are the signed ones is checked after."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    try:
        filled = enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)), filled_status=True)
        ranges = [value.get_object()["/ByteRange"] for _, value, _ in filled]
        last = max(int(each[2]) + int(each[3]) for each in ranges)
    except (PdfError, KeyError, IndexError, ValueError, TypeError) as error:
        raise SigningFailed(_CHANGED_AFTER_SIGNATURES) from error
    if last != len(pdf):
        raise SigningFailed(_CHANGED_AFTER_SIGNATURES)


def _check_result(signed: bytes, field: str) -> None:
    """One verification of everything: our signature and, with our addition in place, all the earlier ones."""
    from sisfoh_desktop.documents.verifying import verify_pdf

    result = verify_pdf(signed, own_fields=True)
    mine = next((each for each in result.signatures if each.field == field), None)
    if mine is None or not mine.intact:
        raise SigningFailed(
            "La firma se hizo pero no pasó la comprobación: la clave no corresponde al certificado. "
            f"La firma se descartó. {_UNCHANGED} Firme con otro certificado o consulte a quien lo emitió."
        )
    if not (mine.covers_whole_file and result.all_intact):
        raise SigningFailed(_CHANGED_AFTER_SIGNATURES)


_CHANGED_AFTER_SIGNATURES = (
    "El documento fue cambiado después de las firmas que ya tiene. No se firmó y quedó como estaba. "
    "Recupere del archivo el documento con sus firmas intactas."
)
_NOT_A_PDF = (
    f"El archivo no es un PDF que se pueda firmar: está dañado, cortado o es otra clase de archivo. {_UNCHANGED} "
    "Elija el documento congelado."
)
_ENCRYPTED = (
    f"El PDF está protegido con contraseña y así no se firma. {_UNCHANGED} "
    "Use el documento congelado que guarda el programa."
)


@contextlib.contextmanager
def _readable(pdf: bytes) -> Any:
    """Turn what the reader says of a damaged file into one sentence."""
    if not pdf.startswith(b"%PDF-"):
        raise SigningFailed(_NOT_A_PDF)
    try:
        yield
    except SigningFailed:
        raise
    except Exception as error:  # pyHanko's parser raises many kinds on damaged files
        raise SigningFailed(_NOT_A_PDF) from error


def _writer(pdf: bytes) -> Any:
    from sisfoh_desktop.documents.revision_writer import RevisionWriter

    writer = RevisionWriter(io.BytesIO(pdf))
    if writer.prev.encrypted:
        raise SigningFailed(_ENCRYPTED)
    return writer


def _fields(writer: Any) -> list[PdfField]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return [PdfField(name, value is not None) for name, value, _ in enumerate_sig_fields(writer.prev)]


def _box_size(writer: Any, field: str) -> tuple[float, float]:
    from pyhanko.sign.fields import enumerate_sig_fields

    for _, _, reference in enumerate_sig_fields(writer.prev, with_name=field):
        widget = reference.get_object()
        if "/Rect" not in widget and "/Kids" in widget:
            widget = widget["/Kids"][0].get_object()
        x1, y1, x2, y2 = (float(value) for value in widget.get("/Rect", (0, 0, 0, 0)))
        return abs(x2 - x1), abs(y2 - y1)
    return 0.0, 0.0
