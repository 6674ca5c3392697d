"""A one-page paper with two places to sign."""

import pytest

from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone


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
