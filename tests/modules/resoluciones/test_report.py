"""The resolución on paper: what it says, in which order, what is set where, and hostile text printed literally."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import page_break
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.expedientes.rules import Detail
from sisfoh_desktop.modules.resoluciones import report
from sisfoh_desktop.modules.resoluciones.rules import (
    ArticleStyle,
    BlockKind,
    ChainTable,
    Headings,
    PrintedAct,
    PrintedBlock,
    Signer,
    SignerRole,
    article_head,
)

K = BlockKind
TABLE = ChainTable(
    (("PROGRAMA", "9002 ASIGNACIONES PRESUPUESTARIAS QUE NO RESULTAN EN PRODUCTOS"),),
    (
        "ACTIVIDAD",
        "FUNCIÓN",
        "DIV. FUNCIONAL",
        "GRUPO FUNCIONAL",
        "FTE. FTO.",
        "RUBRO",
        "GENÉRICA DE GASTO",
        "PRESUPUESTO DISPONIBLE",
    ),
    (
        (
            "5006414\nEMPADRONAMIENTO DE HOGARES",
            "23\nPROTECCIÓN SOCIAL",
            "051\nASISTENCIA SOCIAL",
            "0114\nDESARROLLO DE CAPACIDADES",
            "00\nRecursos Ordinarios",
            "00\nRecursos Ordinarios",
            "2.3\nBienes y Servicios",
            "S/\u00a0312\u00a0656.00",
        ),
    ),
    ("PRESUPUESTO TOTAL DEL PLAN DE TRABAJO", "S/\u00a0312\u00a0656.00"),
)
LONG = "Que, esta es una razón que se repite para llenar el renglón y pasar a otra página del acto. " * 6


def signer(field: str, role: SignerRole, name: str, unit: str) -> Signer:
    return Signer(field, role, 1, unit, "X", name, "Cargo de prueba")


def act(**changes) -> PrintedAct:
    blocks = (
        PrintedBlock(K.VISTOS, ("El Informe N° 1, sobre el plan, y;",)),
        PrintedBlock(K.CONSIDERANDO, ("Que, la ley.",)),
        PrintedBlock(
            K.CONSIDERANDO,
            ("Que, el memorando:",),
            details=(Detail("PROGRAMA", "9002", "ASIGNACIONES"), Detail("ASIGNACIÓN 2024", "", "S/ 1.00")),
        ),
        PrintedBlock(K.CONSIDERANDO, ("Por tanto, se opina:", "Segundo párrafo."), tables=(TABLE,)),
        PrintedBlock(K.ESTANDO, ("Estando a lo expuesto;",)),
        PrintedBlock(K.ARTICLE, (" el Plan:",), "ARTÍCULO PRIMERO:", "APROBAR", (TABLE,)),
        PrintedBlock(K.ARTICLE, ("Comunicar a todos.",), "ARTÍCULO SEGUNDO:"),
        PrintedBlock(K.CLOSING, ("REGÍSTRESE Y CÚMPLASE",)),
        PrintedBlock(K.COPIES, ("Archivo", "GM.", "Interesado")),
    )
    values = {
        "headings": Headings(entity_line="MUNICIPALIDAD DE PRUEBA", initials="abc/DEF"),
        "number": "091-2024-GM/MPP",
        "place": "Prueba",
        "dated": date(2024, 3, 8),
        "blocks": blocks,
        "signers": (
            signer("VB1_OGAJ", SignerRole.VISTO_BUENO, "", "Asesoría Jurídica"),
            signer("AUTOR_GM", SignerRole.AUTHOR, "Ing. Juan Ejemplo", "Gerencia Municipal"),
        ),
        "version_code": "V1-ABCDEF",
        **changes,
    }
    return PrintedAct(**values)


def built(printed: PrintedAct | None = None, **changes):
    return report.resolucion_pdf(printed or act(), Letterhead("Municipalidad de Prueba"), **changes)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_the_parts_are_read_in_the_order_of_such_acts(text_of: Callable[[bytes], str]) -> None:
    words = text_of(built().pdf)
    order = [
        "Municipalidad de Prueba",
        "RESOLUCIÓN DE GERENCIA MUNICIPAL",
        "N° 091-2024-GM/MPP",
        "Prueba, 08 MAR 2024",
        "VISTOS:",
        "El Informe N° 1, sobre el plan, y;",
        "CONSIDERANDO:",
        "Que, la ley.",
        "PROGRAMA : 9002 ASIGNACIONES",
        "ASIGNACIÓN 2024 : S/ 1.00",
        "Por tanto, se opina:",
        "Segundo párrafo.",
        "9002 ASIGNACIONES PRESUPUESTARIAS",
        "PRESUPUESTO TOTAL DEL PLAN DE TRABAJO",
        "Estando a lo expuesto;",
        "SE RESUELVE:",
        "ARTÍCULO PRIMERO: APROBAR el Plan:",
        "PRESUPUESTO TOTAL DEL PLAN DE TRABAJO",
        "ARTÍCULO SEGUNDO: Comunicar a todos.",
        "REGÍSTRESE Y CÚMPLASE",
        "MUNICIPALIDAD DE PRUEBA",
        "ING. JUAN EJEMPLO",
        "CARGO DE PRUEBA",
        "C.c. Archivo GM. Interesado abc/DEF",
        "Firmado por:",
        "Ing. Juan Ejemplo",
    ]
    at = 0
    for part in order:
        found = words.find(part, at)
        assert found >= 0, f"{part!r} not after {words[max(0, at - 60) : at]!r}"
        at = found + len(part)
    assert words.count("CONSIDERANDO:") == words.count("SE RESUELVE:") == 1


def test_codes_of_the_chain_stand_in_order(text_of: Callable[[bytes], str]) -> None:
    words = text_of(built().pdf)
    row = words[words.index("GENÉRICA DE GASTO") :]
    assert re.search(r"5006414.*23 PROTECCIÓN.*051 .*0114 .*00 .*2\.3 ", row)
    assert words.count("0114") == 2


def test_hostile_text_prints_literally(text_of: Callable[[bytes], str]) -> None:
    hostile = "Que, <b>negrita</b> & <para> {llave} </font> «ñ» \u200b=1+1;"
    blocks = tuple(
        replace(block, paragraphs=(hostile,)) if block.kind is not K.ARTICLE else block
        for block in act().blocks
    )
    words = text_of(built(act(blocks=blocks, headings=Headings(initials="<i>&"))).pdf)
    assert words.count("Que, <b>negrita</b> & <para> {llave} </font> «ñ» =1+1;") >= 4
    assert "<i>&" in words


def test_the_annex_begins_on_a_page_of_its_own_and_signers_stand_on_the_last() -> None:
    paper = built(
        annex=[paragraph("ANEXO N° 01", "act"), paragraph("Funciones."), page_break(), paragraph("Fin.")]
    )
    pages = pages_of(paper.pdf)
    assert len(pages) == paper.pages >= 3
    annex = next(place for place, page in enumerate(pages) if "ANEXO N° 01" in page)
    assert "REGÍSTRESE" in pages[annex - 1]
    assert set(paper.boxes) == {"VB1_OGAJ", "AUTOR_GM"}
    assert {box.page for box in paper.boxes.values()} == {paper.pages - 1}


@pytest.mark.parametrize("count", range(3, 24))
def test_no_heading_is_left_alone_and_the_zone_has_text_above(count: int) -> None:
    blocks = act().blocks
    filled = (*blocks[:2], *[PrintedBlock(K.CONSIDERANDO, (LONG,))] * count, *blocks[4:])
    paper = built(act(blocks=filled))
    pages = pages_of(paper.pdf)
    for page in pages:
        body = page.split("N° 091-2024-GM/MPP V1-ABCDEF")[0].strip()
        assert not body.endswith(
            ("VISTOS:", "CONSIDERANDO:", "SE RESUELVE:", "CÚMPLASE", "MUNICIPALIDAD DE PRUEBA", "EJEMPLO")
        )
    assert all(box.page == paper.pages - 1 for box in paper.boxes.values())
    assert "C.c. Archivo GM. Interesado abc/DEF" in pages[-1].split("Firmado por:")[0]


def test_a_very_long_list_of_copies_goes_over_pages() -> None:
    copies = tuple(f"Oficina {number}" for number in range(200))
    blocks = tuple(
        replace(block, paragraphs=copies) if block.kind is K.COPIES else block for block in act().blocks
    )
    pages = pages_of(built(act(blocks=blocks)).pdf)
    assert "Oficina 0" in pages[0]
    assert "Oficina 199" in pages[-1]


def test_later_pages_repeat_the_act_and_every_page_says_which_it_is() -> None:
    blocks = act().blocks
    paper = built(act(blocks=(blocks[0], *[PrintedBlock(K.CONSIDERANDO, (LONG,))] * 12, *blocks[4:])))
    pages = pages_of(paper.pdf)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de {len(pages)}" in page
        assert "V1-ABCDEF" in page
        assert "RESOLUCIÓN DE GERENCIA MUNICIPAL" in page
        assert page.count("N° 091-2024-GM/MPP") == 2


def test_title_language_and_bookmarks_are_set() -> None:
    paper = built(annex=[paragraph("ANEXO N° 01", "act")])
    reader = PdfFileReader(io.BytesIO(paper.pdf))
    act_title = "RESOLUCIÓN DE GERENCIA MUNICIPAL N° 091-2024-GM/MPP"
    assert reader.root["/Lang"] == "es-PE"
    assert reader.trailer["/Info"]["/Title"] == act_title
    assert reader.trailer["/Info"]["/Author"] == "Municipalidad de Prueba"
    outline = reader.root["/Outlines"]
    assert outline["/First"]["/Title"] == act_title
    assert outline["/First"] == outline["/Last"]


def test_the_same_act_gives_the_same_bytes() -> None:
    assert built().pdf == built().pdf


def test_an_act_without_signers_copies_or_tables_still_prints(text_of: Callable[[bytes], str]) -> None:
    blocks = tuple(
        replace(
            block, tables=(), details=(), paragraphs=("",) if block.kind is K.COPIES else block.paragraphs
        )
        for block in act().blocks
    )
    words = text_of(built(act(signers=(), blocks=blocks, headings=Headings())).pdf)
    assert "C.c." not in words
    assert "SE RESUELVE:" in words


def test_articles_in_figures(text_of: Callable[[bytes], str]) -> None:
    heads = iter(article_head(number, ArticleStyle.NUMERIC) for number in (1, 2))
    blocks = tuple(
        replace(block, head=next(heads)) if block.kind is K.ARTICLE else block for block in act().blocks
    )
    words = text_of(built(act(blocks=blocks)).pdf)
    assert "ARTÍCULO 1.- APROBAR el Plan:" in words
    assert "ARTÍCULO 2.- Comunicar a todos." in words
