"""One signature with a key that is already open, and verifying one, against pyHanko alone doing the same."""

import io
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from measuring import Line, in_turn, line, timed
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, validation
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext

from sisfoh_desktop.app.practice import create_practice
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.documents.signing import fields_of, open_pkcs12, sign_field
from sisfoh_desktop.documents.verifying import verify_pdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from synthetic_pki import SyntheticPki

_WHEN = datetime(2024, 3, 8, 10, tzinfo=LIMA)


def measure(rounds: int) -> list[Line]:
    """Both on the resolución of the practice case, its first visible signature, with the very same open key."""
    pki = SyntheticPki()
    signer = open_pkcs12(pki.person("PRUEBA UNO ANA"), pki.password)
    root = Certificate.load(pem.unarmor(pki.root)[2])
    with tempfile.TemporaryDirectory() as folder:
        create_practice(Path(folder))
        paper = next(path.read_bytes() for path in Path(folder, "archivo").rglob("*") if path.is_file())
    how = {"field": fields_of(paper)[0].name, "reason": "Doy V° B°", "when": _WHEN}

    def ours() -> bytes:
        return sign_field(paper, signer=signer, position="Gerente Municipal", **how)

    signed = ours()
    bare = timed(lambda: _validate(_sign(paper, signer.engine, how["field"]), []))
    signing = in_turn(rounds * 3, timed(ours), bare)
    check = timed(lambda: verify_pdf(signed, roots=[pki.root]))
    verifying = in_turn(rounds * 3, check, timed(lambda: _validate(signed, [root])))
    return [
        line(signing, "una firma comprobada, con la clave abierta", "pyHanko solo: firmar y validar", 1.3),
        line(verifying, "verificar una firma", "pyHanko solo: validar", 1.3),
    ]


def _sign(paper: bytes, engine: Any, field: str) -> bytes:
    values = {"md_algorithm": "sha256", "reason": "Doy V° B°", "subfilter": SigSeedSubFilter.PADES}
    meta = signers.PdfSignatureMetadata(field, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS, **values)
    style = TextStampStyle(stamp_text="Firmado digitalmente por %(signer)s\nFecha: %(ts)s")
    machine, writer = (
        signers.PdfSigner(meta, engine, stamp_style=style),
        IncrementalPdfFileWriter(io.BytesIO(paper)),
    )
    return bytes(machine.sign_pdf(writer, existing_fields_only=True, bytes_reserved=16384).getvalue())


def _validate(signed: bytes, roots: list[Certificate]) -> None:
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=_WHEN)
    for signature in PdfFileReader(io.BytesIO(signed)).embedded_signatures:
        assert validation.validate_pdf_signature(signature, context).intact
