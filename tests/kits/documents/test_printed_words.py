"""The words of a paper read back from its bytes: the body alone, whole across lines and pages."""

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.printed_words import printed_words
from sisfoh_desktop.documents.tables import Column, ruled_table
from sisfoh_desktop.documents.text import paragraph


def test_the_body_is_read_and_what_surrounds_it_is_not():
    long = "Que, la Directiva N° 003-2024-MIDIS/VMPES-DGFIS dispone lo siguiente para ñandúes y más. " * 40
    story = [paragraph(long) for _ in range(4)]
    story.append(
        ruled_table([Column("A"), Column("B")], [["una celda larga que se parte " * 6, "S/ 312 656.00"]])
    )
    built = build_paper(
        story,
        PaperFormat(
            Letterhead("Municipalidad de Prueba"),
            "Título",
            "Autor",
            foot_number="N° 7",
            version_code="V1-ABC",
            legend="Leyenda del margen",
            watermark="PRÁCTICA",
            continuation_head="Acto\nN° 7",
        ),
    )
    assert built.pages > 1
    words = "".join(printed_words(built.pdf).split())
    assert "".join((long * 4).split()) in words, "whole, although it crosses pages"
    assert "".join(("una celda larga que se parte " * 6).split()) in words
    assert "S/312656.00" in words
    for outside in ("Leyenda", "PRÁCTICA", "Página", "V1-ABC"):
        assert outside not in words


def test_what_is_no_pdf_is_refused():
    with pytest.raises(FileFailed):
        printed_words(b"no es un PDF")
