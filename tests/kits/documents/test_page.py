"""What surrounds the story: page numbers, heads, legend, watermark, outline, and the same bytes each time."""

import io
import re

import pypdfium2
import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import A3_WIDE, A4, A4_WIDE, Sheet, bookmark, page_break, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Column, ruled_table
from sisfoh_desktop.documents.text import paragraph

MM = 72 / 25.4
LONG = "Que, la unidad propone el plan de trabajo y lo eleva para su aprobación. " * 12
ENDLESS = "SUPERCALIFRAGILISTICO" * 40


def _story(paragraphs: int = 14) -> list:
    return [paragraph(f"{number}. {LONG}") for number in range(paragraphs)]


def test_every_page_says_its_number_and_how_many_there_are(build, words) -> None:
    built = build(_story())
    pages = words(built.pdf)
    assert built.pages == len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de {built.pages}" in page
        assert "Resolución N° 007-2024" in page
        assert "versión 3f2a" in page


def test_letterhead_first_then_a_short_head(build, words) -> None:
    pages = words(build(_story()).pdf)
    assert "MUNICIPALIDAD DE PRUEBA" in pages[0]
    assert "Año de la prueba" in pages[0]
    assert "RESOLUCIÓN DE GERENCIA" not in pages[0]
    for page in pages[1:]:
        assert "MUNICIPALIDAD DE PRUEBA" in page
        assert "RESOLUCIÓN DE GERENCIA" in page
        assert "N° 007-2024" in page
        assert "Año de la prueba" not in page


def test_legend_stands_rotated_in_the_side_margin_of_every_page(build, letters) -> None:
    found = letters(build(_story(), legend="L" * 40).pdf)
    for page in {each[0] for each in found}:
        legend = [each for each in found if each[0] == page and each[1] == "L" and each[4] < 25 * MM]
        assert len(legend) == 40
        assert all(left >= 8 * MM and right <= 20 * MM for _, _, left, _, right, _ in legend)
        heights = sorted(bottom for _, _, _, bottom, _, _ in legend)
        assert heights[-1] - heights[0] > 50  # one under the other: the line runs upwards


def test_a_long_legend_stays_within_its_margin(build, letters) -> None:
    found = letters(build([paragraph("x")], legend="leyenda muy larga " * 120).pdf)
    side = [each for each in found if each[2] < 22 * MM]
    assert side
    assert all(left >= 8 * MM - 1 and right <= 20 * MM + 1 for _, _, left, _, right, _ in side)


@pytest.mark.parametrize("mark", ["PROYECTO", "PRÁCTICA, SIN VALOR"])
def test_watermark_on_every_page_at_eight_percent_grey(build, words, mark: str) -> None:
    built = build(_story(), watermark=mark)
    for number, page in enumerate(words(built.pdf)):
        assert "".join(mark.split()) in "".join(page.split()), number
    document = pypdfium2.PdfDocument(built.pdf)
    picture = document[0].render(scale=1).to_pil().convert("L")
    greys = picture.crop((0, 200, 595, 640)).getcolors(256)
    assert max(greys, key=lambda each: each[0] if 200 < each[1] < 250 else 0)[1] == 235  # 0.92 of white
    document.close()


def test_no_watermark_unless_asked(build, words) -> None:
    assert "PROYECTO" not in words(build(_story()).pdf)[0]


def test_text_keeps_to_the_margins(build, letters) -> None:
    for _, sign, left, bottom, right, top in letters(build(_story(), legend="").pdf):
        assert left >= 25 * MM - 1, sign
        assert right <= 190 * MM + 1, sign
        assert bottom > 9 * MM, sign
        assert top < 842 - 8 * MM, sign


@pytest.mark.parametrize(
    "role", ["text", "act", "title", "heading", "centred", "right", "left", "item", "note"]
)
def test_a_word_longer_than_the_line_is_broken_not_cut(build, letters, role: str) -> None:
    found = letters(build([paragraph(f"palabra {ENDLESS} fin", role)], legend="").pdf)
    assert all(right <= 190 * MM + 1 for _, _, _, _, right, _ in found)
    assert sum(1 for each in found if each[1] == "G") >= 40  # each of the forty repetitions is there


def test_over_long_surroundings_are_shortened_never_off_the_page(build, letters) -> None:
    built = build(
        [paragraph("x"), page_break(), paragraph("y")],
        letterhead=Letterhead(ENDLESS[:200], ENDLESS[:300], year_name=ENDLESS[:200]),
        foot_number=ENDLESS,
        version_code=ENDLESS,
        continuation_head=f"{ENDLESS}\n{ENDLESS}",
        watermark=ENDLESS,
        legend=ENDLESS,
        title=ENDLESS,
    )
    for page, sign, left, bottom, right, top in letters(built.pdf):
        assert left > 6 * MM, (page, sign)
        assert right <= 191 * MM, (page, sign)
        assert bottom > 20, (page, sign)
        assert top < 842, (page, sign)


def test_document_facts_are_set(build) -> None:
    pdf = build(_story(1), title="Título con ñ & <b>", author="Órgano 😀").pdf
    document = pypdfium2.PdfDocument(pdf)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "Título con ñ & <b>"
    assert facts["Author"] == "Órgano □"
    assert re.search(rb"/Lang\s*\(es-PE\)", pdf)
    assert b"/DisplayDocTitle true" in pdf


def test_only_embedded_shipped_type_is_used(build) -> None:
    pdf = build([paragraph("uno"), paragraph("dos", "act"), paragraph("tres", "note")]).pdf
    names = set(re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([\w-]+)", pdf))
    assert names == {b"LiberationSans", b"LiberationSans-Bold", b"LiberationSans-Italic"}
    assert pdf.count(b"/FontFile2") >= 3


def test_bookmarks_lead_to_their_pages(build) -> None:
    story = [bookmark("Resolución", "r"), paragraph("acto", "act"), *_story(), page_break()]
    story += [bookmark("Anexo <1> & único", "a"), paragraph("anexo", "act"), bookmark("Cuadro", "c", 1)]
    built = build([*story, paragraph("cuadro", "heading"), paragraph("fin")])
    document = pypdfium2.PdfDocument(built.pdf)
    outline = [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    document.close()
    last = built.pages - 1
    assert outline == [(0, "Resolución", 0), (0, "Anexo <1> & único", last), (1, "Cuadro", last)]


def test_the_same_story_gives_the_same_bytes(build, paper_format) -> None:
    def story() -> list:
        rows = [[str(number), LONG] for number in range(30)]
        table = ruled_table([Column("N°", 12), Column("TEXTO")], rows)
        return [bookmark("Uno", "u"), *_story(), table]

    first = build(story(), watermark="PROYECTO").pdf
    assert first == build(story(), watermark="PROYECTO").pdf
    assert first != build(story(), watermark="").pdf


@pytest.mark.parametrize("filler", range(0, 60, 3))
def test_no_title_is_left_alone_at_the_foot_of_a_page(build, words, filler: int) -> None:
    story = [paragraph(f"relleno {number}", "left") for number in range(filler)]
    story += [
        paragraph("TÍTULO UNO", "heading"),
        paragraph("TÍTULO DOS", "heading"),
        paragraph(f"cuerpo {LONG}"),
    ]
    for page in words(build(story).pdf):
        if "TÍTULO UNO" in page:
            assert "TÍTULO DOS" in page
            assert "cuerpo Que, la unidad" in page


@pytest.mark.parametrize("filler", range(20, 50, 3))
def test_a_title_stays_with_the_first_row_of_its_table(build, words, filler: int) -> None:
    story = [paragraph(f"relleno {number}", "left") for number in range(filler)]
    story += [paragraph("CUADRO", "title"), space(2)]
    story.append(ruled_table([Column("CABEZA")], [[f"fila {number}"] for number in range(40)]))
    page = next(page for page in words(build(story).pdf) if "CUADRO" in page)
    assert "CABEZA fila 0" in page


def test_space_does_not_make_pages(build) -> None:
    assert build([paragraph("a"), space(400), paragraph("b")]).pages == 2
    assert build([paragraph("a"), space(20), page_break(), space(250), paragraph("b")]).pages == 2


def test_an_empty_story_is_a_page_with_its_letterhead(build, words) -> None:
    built = build([])
    assert built.pages == 1
    assert "MUNICIPALIDAD DE PRUEBA" in words(built.pdf)[0]


def test_nested_lists_and_nothing_are_allowed_in_a_story(build, words) -> None:
    page = words(build([[paragraph("uno"), [paragraph("dos"), None]], paragraph("tres")]).pdf)[0]
    assert "uno dos tres" in page


def test_a_paper_of_forty_pages_holds_all_its_text(build, words) -> None:
    built = build([paragraph(f"[{number}] {LONG}") for number in range(230)])
    assert built.pages >= 40
    text = " ".join(words(built.pdf))
    assert all(f"[{number}]" in text for number in range(230))


def test_a_part_that_fits_no_page_is_refused_with_a_sentence(build) -> None:
    with pytest.raises(RuleError) as refusal:
        build([paragraph("x")], letterhead=Letterhead("MUNICIPALIDAD " * 2000))
    assert refusal.value.code == "paper_does_not_fit"
    assert "Acorte ese texto" in refusal.value.sentence


@pytest.mark.parametrize(
    ("sheet", "sides"), [(A4, (595, 842)), (A4_WIDE, (842, 595)), (A3_WIDE, (1191, 842))]
)
def test_every_page_is_the_sheet_asked_for(build, sheet: Sheet, sides: tuple[int, int]) -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(build([*_story(), *_story()], sheet=sheet).pdf))
    assert len(document) > 2
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {sides}
    document.close()


def test_a_paper_is_upright_a4_unless_told_otherwise(build) -> None:
    assert build(_story()).pdf == build(_story(), sheet=A4).pdf


@pytest.mark.parametrize("sheet", [A4_WIDE, A3_WIDE])
def test_a_sheet_on_its_side_keeps_its_margins_and_all_that_surrounds(
    build, words, letters, sheet: Sheet
) -> None:
    story = [*_story(), *_story(), signature_zone([SignatureSlot("AUTOR", "author", "JEFA", "Jefa")])]
    built = build(story, sheet=sheet, legend="Leyenda de prueba. " * 40, watermark="PRÁCTICA, SIN VALOR")
    pages = words(built.pdf)
    assert "Año de la prueba" in pages[0]
    assert "RESOLUCIÓN DE GERENCIA" not in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de {built.pages}" in page
        assert number == 1 or "N° 007-2024 RESOLUCIÓN DE GERENCIA" in page
    for _, sign, left, bottom, right, top in letters(built.pdf):
        assert left >= 8 * MM - 1, sign
        assert right <= (sheet.width - sheet.right) * MM + 1, sign
        assert bottom > 9 * MM, sign
        assert top < (sheet.height - 8) * MM, sign
    side = [each for each in letters(built.pdf) if each[4] < sheet.left * MM - 2]
    assert {each[0] for each in side} == set(range(built.pages))
    box = built.boxes["AUTOR"]
    assert box.page == built.pages - 1
    assert sheet.left * MM <= box.x1 < box.x2 <= (sheet.width - sheet.right) * MM
