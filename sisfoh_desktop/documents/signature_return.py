"""A paper that was signed in another program and comes back: the same bytes, one signature more, nothing else.

The rule is narrow on purpose: the file must begin with the very revision that went out. Another program may sign in the
field that the paper prepares or make one of its own; it may not draw over the text. Loads pyHanko.
"""

import dataclasses
import io
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffPolicy, DiffResult, SuspiciousModification
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError
from sisfoh_desktop.documents.certificates import facts_of
from sisfoh_desktop.documents.own_field import SignatureField, check_own_field
from sisfoh_desktop.documents.page_text import first_changed_page, page_texts
from sisfoh_desktop.documents.signature_changes import FIRST_SIGNATURE_POLICY, HARMLESS, OWN_FIELDS_POLICY
from sisfoh_desktop.documents.signature_zone import FieldBox
from sisfoh_desktop.documents.unpacking import unfolds_too_far
from sisfoh_desktop.documents.verifying import SignatureReport, verify_pdf

_log = logging.getLogger(__name__)

MOST_ADDED = 16 * 1024 * 1024  # bytes that a signature with its certificates and picture may add
_MOST_ADDED_UNPACKED = 64 * 1024 * 1024
_MOST_UNPACKED = 512 * 1024 * 1024  # of another file: a scan may be that large
_ALIKE = 0.8  # of the words of a page
_KEPT = "No se trajo nada y el documento sigue como estaba."
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True)
class ReturnedSignature:
    """The one signature that came with the file; `field` is where it stands."""

    field: str
    signer: str
    dni: str = dataclasses.field(repr=False)
    signed_at: datetime | None


def check_returned(
    archived: bytes,
    returned: bytes,
    *,
    field: str,
    waiting: Mapping[str, str],
    between: tuple[datetime, datetime],
) -> ReturnedSignature:
    """The new signature of `returned`, or RuleError with the reason why it is not taken.

    `archived` are the bytes that went out, `field` the place of whoever signs, `waiting` the other places that have not
    signed (field: who). `between` are the moments (aware) when the bytes were fixed and when they came back: the
    certificate must serve between them, whatever moment the signature declares.
    """
    _check_size(archived, returned)
    if returned == archived:
        raise RuleError(
            "same_version",
            f"Es la misma versión que salió: no trae ninguna firma nueva. {_KEPT} Fírmela fuera, guárdela y "
            "elija el archivo firmado.",
        )
    if not returned.startswith(archived):
        _check_packing(returned, _MOST_UNPACKED, "El archivo")
        raise _another_file(archived, returned)
    _check_packing(returned[len(archived) :], _MOST_ADDED_UNPACKED, "Lo agregado al archivo")
    try:
        return _taken(archived, returned, field, waiting, between)
    except SisfohError:
        raise
    except Exception as error:  # a part of another kind than the reader expects
        raise _irregular() from error


def _taken(
    archived: bytes,
    returned: bytes,
    field: str,
    waiting: Mapping[str, str],
    between: tuple[datetime, datetime],
) -> ReturnedSignature:
    before, after = _reader(archived), _reader(returned)
    old, new = _fields(before), _fields(after)
    added = _new_signature(old, new, field, waiting)
    signed = any(one.value is not None for one in old.values())
    policy = OWN_FIELDS_POLICY if signed else FIRST_SIGNATURE_POLICY
    result = _review(policy, before, after)
    if result is None or any(str(name) != added for name in result.changed_form_fields):
        raise _changed(archived, returned)
    report = _sound_report(returned, added)
    signature = _signature_in(after, added)
    _check_in_force(signature, report, between)
    if added not in old:
        others = [one for one in old.values() if one.name != field]
        check_own_field(archived, others, new[added])
    if waiting:
        _check_leaves_open(signature, waiting)
    return ReturnedSignature(added, report.signer, report.dni, report.signed_at)


def _check_size(archived: bytes, returned: bytes) -> None:
    if len(returned) > len(archived) + MOST_ADDED:
        raise RuleError(
            "too_large",
            f"El archivo pesa {len(returned) / 1_048_576:.0f} MB y una firma agrega mucho menos. {_KEPT} "
            "Elija el archivo que guardó el programa de firma.",
        )


def _check_packing(data: bytes, budget: int, what: str) -> None:
    """What is read must not unfold into more than this PC can hold."""
    if unfolds_too_far(data, budget):
        raise RuleError(
            "too_large",
            f"{what} se desempaqueta en un tamaño que ninguna firma necesita. "
            f"{_KEPT} Consiga el archivo otra vez de quien firmó.",
        )


def _reader(pdf: bytes) -> PdfFileReader:
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        list(enumerate_sig_fields(reader))
    except Exception as error:  # pyHanko's parser raises many kinds on damaged files
        raise _irregular() from error
    return reader


def _irregular() -> RuleError:
    return RuleError(
        "damaged_file",
        f"El archivo está dañado o tiene una estructura irregular después de lo que salió. {_KEPT} "
        "Fírmelo otra vez y guárdelo desde el programa de firma.",
    )


def _fields(reader: PdfFileReader) -> dict[str, SignatureField]:
    """The signature fields of a file by name; each has one widget on one page."""
    pages: dict[Any, list[int]] = {}
    for number, page in enumerate(_page_objects(reader)):
        for annotation in {getattr(each, "reference", each) for each in _annotations(page)}:
            pages.setdefault(annotation, []).append(number)
    found = {}
    for name, value, reference in enumerate_sig_fields(reader):
        field = widget = reference.get_object()
        kids = widget.get("/Kids") if "/Rect" not in widget else None
        if kids:
            reference = kids.raw_get(0)
            widget = reference.get_object()
        x1, y1, x2, y2 = (float(each) for each in widget.get("/Rect", (0, 0, 0, 0)))
        shown = pages.get(getattr(reference, "reference", reference), []) if x1 != x2 and y1 != y2 else []
        found[str(name)] = SignatureField(
            str(name),
            None if value is None else value.get_object(),
            {**field, **widget},
            tuple(FieldBox(page, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for page in shown),
        )
    return found


def _annotations(page: Any) -> Any:
    return page.get("/Annots", ()) or ()


def _page_objects(reader: PdfFileReader) -> list[Any]:
    count = int(reader.root["/Pages"]["/Count"])
    return [reader.find_page_for_modification(number)[0].get_object() for number in range(min(count, 5_000))]


def _new_signature(
    old: Mapping[str, SignatureField],
    new: Mapping[str, SignatureField],
    field: str,
    waiting: Mapping[str, str],
) -> str:
    """The field of the one signature that was added."""
    added = [
        name
        for name, one in new.items()
        if one.value is not None and (name not in old or old[name].value is None)
    ]
    stamps = [name for name in added if new[name].value.get("/Type") == "/DocTimeStamp"]
    signatures = [name for name in added if name not in stamps]
    if not signatures:
        raise RuleError(
            "no_new_signature",
            f"El archivo cambió pero no trae firma nueva. {_KEPT} Fírmelo en el programa de firma, sin "
            "escribir ni marcar nada más, y elija el archivo firmado.",
        )
    if len(signatures) > 1:
        raise RuleError(
            "several_signatures",
            f"El archivo trae {len(signatures)} firmas nuevas y se espera una, la de quien tiene el turno. "
            f"{_KEPT} Traiga cada firma antes de que firme el siguiente.",
        )
    if stamps:
        raise _added_after()
    (signature,) = signatures
    if signature in waiting:
        raise RuleError(
            "other_place",
            f"La firma está en el recuadro de {waiting[signature]}. {_KEPT} "
            "Firme la versión exportada en el recuadro de quien tiene el turno.",
        )
    if signature in old and signature != field:
        raise RuleError(
            "other_place",
            f"La firma está en un campo que no es el de quien tiene el turno. {_KEPT} Exporte el documento y fírmelo "
            "en su recuadro.",
        )
    if any(name not in old for name in new if name != signature):
        raise RuleError(
            "new_field",
            f"El archivo trae, además de la firma, otro campo que no estaba. {_KEPT} "
            "Fírmelo otra vez sin agregar campos.",
        )
    return signature


def _review(policy: DiffPolicy, before: PdfFileReader, after: PdfFileReader) -> DiffResult | None:
    """What each revision since the archived one changed, or None when something can be read or seen otherwise."""
    try:
        result = policy.review_file(after, before.xrefs.total_revisions - 1)
    except Exception as error:  # what cannot be compared is not the same
        _log.info("Revisions not comparable: %s", type(error).__name__)
        return None
    if isinstance(result, SuspiciousModification) or result.modification_level not in HARMLESS:
        return None
    return result


def _changed(archived: bytes, returned: bytes) -> RuleError:
    try:
        page = first_changed_page(archived, returned)
    except FileFailed:
        page = None
    if page is None:
        return RuleError(
            "content_changed",
            f"El archivo trae, además de la firma, un cambio en el documento. {_KEPT} Exporte el documento otra "
            "vez y fírmelo sin escribir, marcar ni guardar con otro programa.",
        )
    return RuleError(
        "page_changed",
        f"La página {page + 1} no es la que salió: alguien la cambió. {_KEPT} "
        "Exporte el documento otra vez, fírmelo sin tocar nada más y tráigalo.",
    )


def _added_after() -> RuleError:
    return RuleError(
        "added_after",
        f"El archivo trae contenido agregado después de la firma. {_KEPT} Fírmelo otra vez, sin "
        "sello de tiempo ni cambios después de firmar, y tráigalo tal como lo guardó el programa de firma.",
    )


def _sound_report(returned: bytes, field: str) -> SignatureReport:
    """What is said of the new signature, when it and all earlier ones are as they were made."""
    result = verify_pdf(returned, own_fields=True)
    report = next((each for each in result.signatures if each.field == field), None)
    if report is None or not report.intact:
        raise RuleError(
            "signature_damaged",
            f"La firma que trae está dañada o no corresponde al documento. {_KEPT} Fírmelo otra vez.",
        )
    ending = returned[-8:].rstrip(b"\r\n")
    if not report.covers_whole_file or not ending.endswith(b"%%EOF"):
        raise _added_after()
    if not result.all_intact:
        raise RuleError(
            "earlier_signature_broken",
            f"Con lo que trae el archivo, una firma anterior deja de valer. {_KEPT} Exporte el documento otra vez "
            "y fírmelo sin cambiar nada.",
        )
    if report.trust == "rejected":
        why = next((each for each in result.findings if report.signer in each), "El certificado no sirve.")
        raise RuleError("certificate_rejected", f"{why} {_KEPT} Firme con un certificado vigente y de firma.")
    return report


def _signature_in(reader: PdfFileReader, name: str) -> EmbeddedPdfSignature:
    field = next(each for found, _, each in enumerate_sig_fields(reader) if str(found) == name)
    return EmbeddedPdfSignature(reader, field.get_object(), name)


def _check_in_force(
    signature: EmbeddedPdfSignature, report: SignatureReport, between: tuple[datetime, datetime]
) -> None:
    """A clock set back or ahead revives no certificate: nobody signed before the bytes were fixed."""
    fixed, back = between
    facts = facts_of(signature.signer_cert, hard=False)
    at = max(fixed, min(report.signed_at or back, back))
    if not facts.not_before <= at <= facts.not_after:
        since, until = (
            format_date(each.astimezone(LIMA).date()) for each in (facts.not_before, facts.not_after)
        )
        raise RuleError(
            "certificate_rejected",
            f"El certificado de {report.signer} vale del {since} al {until}, y el documento salió a firmar después o "
            f"volvió antes, diga lo que diga la fecha de la firma. {_KEPT} Firme con un certificado vigente.",
        )


def _check_leaves_open(signature: EmbeddedPdfSignature, waiting: Mapping[str, str]) -> None:
    """A signature that locks the paper would leave out those who sign after."""
    locks = signature.fieldmdp
    if signature.docmdp_level is MDPPerm.NO_CHANGES or (
        locks is not None and any(locks.is_locked(name) for name in waiting)
    ):
        others = ", ".join(waiting.values())
        raise RuleError(
            "locks_paper",
            f"La firma cierra el documento y todavía falta {others}. {_KEPT} "
            "Fírmelo otra vez sin la opción de bloquear o cerrar el documento.",
        )


def _another_file(archived: bytes, returned: bytes) -> RuleError:
    """Why a file that does not begin with what went out is not taken."""
    if not returned.startswith(b"%PDF-"):
        if returned.startswith(_IMAGES):
            return _scanned()
        return RuleError(
            "not_a_pdf", f"El archivo no es un PDF. {_KEPT} Elija el PDF que guardó el programa de firma."
        )
    ours = page_texts(archived)
    try:
        theirs = page_texts(returned)
    except FileFailed:
        return RuleError(
            "damaged_file",
            f"El PDF está dañado o protegido con contraseña. {_KEPT} "
            "Elija el archivo que guardó el programa de firma.",
        )
    if not any(theirs):
        return _scanned()
    differ = [n for n, text in enumerate(ours) if n >= len(theirs) or theirs[n] != text]
    kindred = sum(_alike(one, other) for one, other in zip(ours, theirs, strict=False))
    if not differ and len(theirs) == len(ours):
        return RuleError(
            "rewritten",
            "El archivo dice lo mismo pero no es el que salió: fue impreso a PDF o guardado de nuevo, y así se pierden "
            f"las firmas. {_KEPT} Abra el exportado en el programa de firma, fírmelo y tráigalo sin pasar por otro.",
        )
    # most pages are ours or nearly: it is this paper, tampered with; otherwise it is another
    if kindred * 2 > max(len(ours), len(theirs)):
        page = (differ[0] if differ else len(ours)) + 1
        return RuleError(
            "page_changed",
            f"La página {page} no es la que salió: alguien la cambió. {_KEPT} "
            "Exporte el documento otra vez, fírmelo sin tocar nada más y tráigalo.",
        )
    return RuleError(
        "other_document",
        f"Es otro documento: no empieza con lo que salió a firmar. {_KEPT} Elija el archivo de este documento.",
    )


def _alike(one: str, other: str) -> bool:
    """Whether two pages share most of their words."""
    mine, theirs = Counter(one.split()), Counter(other.split())
    return (mine & theirs).total() >= _ALIKE * max(mine.total(), theirs.total(), 1)


def _scanned() -> RuleError:
    return RuleError(
        "scan",
        f"El archivo es una impresión escaneada, no el documento con una firma digital. {_KEPT} "
        "Si se firmó a mano, regístrelo como firma en tinta.",
    )
