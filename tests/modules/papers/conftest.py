"""A one-page paper with two places to sign."""

import io

import pytest
from paper_round import KIND, Round

from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.modules.papers.service import KindHooks


@pytest.fixture(autouse=True)
def _kinds_of_the_tests(monkeypatch):
    """Papers of these kinds may be signed anywhere: no other module's rows follow them."""
    monkeypatch.setattr(
        "sisfoh_desktop.modules.papers.service.hooks._kinds",
        dict.fromkeys((KIND, "resolucion_gm"), KindHooks()),
    )


@pytest.fixture(scope="session")
def one_page():
    """(pdf, boxes) with the fields VB1_OGAJ and AUTOR_GM."""
    from sisfoh_desktop.documents.text import paragraph

    story = [paragraph("Que se aprueba."), paragraph("Que se comunica."), paragraph("Que se archiva.")]
    story.append(
        signature_zone(
            [
                SignatureSlot("VB1_OGAJ", "visto_bueno", "", "Jefe", "OGAJ"),
                SignatureSlot("AUTOR_GM", "author", "GERENTE DE PRUEBA", "Gerente Municipal", "GM"),
            ]
        )
    )
    paper_format = PaperFormat(
        Letterhead("Municipalidad de Prueba"), "Resolución", "GM", foot_number="001-2024-GM/MPT"
    )
    built = build_paper(story, paper_format)
    return built.pdf, built.boxes


@pytest.fixture(scope="session")
def sign_outside(pki):
    """Sign with pyHanko alone, as another program would, in the prepared field or in one of its own."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    def sign(pdf, field, p12, own_box=None):
        signer = SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=pki.password.encode())
        name = f"Refirma {field}" if own_box else field
        meta = PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
        spec = SigFieldSpec(name, on_page=-1, box=own_box) if own_box else None
        out = io.BytesIO()
        PdfSigner(meta, signer=signer, new_field_spec=spec).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=not own_box, output=out
        )
        return out.getvalue()

    return sign


@pytest.fixture
def desk_of(db, archive, actor, now, pki, sign_outside):
    return Round(db, archive, actor, now, pki, sign_outside)


@pytest.fixture
def either(either_db, archive, actor, now, pki, sign_outside):
    return Round(either_db, archive, actor, now, pki, sign_outside)
