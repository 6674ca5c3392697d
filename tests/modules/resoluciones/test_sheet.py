"""Files under the name of a .docx that are something else: refused in one sentence, with nothing changed."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones import service


@pytest.fixture
def draft(case) -> int:
    return case.draft()


def package(**parts: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return result.getvalue()


def rewritten(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            made.writestr(entry.filename, change(content) if entry.filename == name else content)
    return result.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY secret SYSTEM "file:///etc/passwd">]>"""


def hostile(kind: str, good: bytes) -> bytes:
    body = "word/document.xml"
    if kind == "entities":
        return rewritten(
            good, body, lambda xml: LAUGHS + xml.split(b"?>", 1)[1].replace(b"VISTOS", b"&secret;")
        )
    if kind == "utf16_entities":
        return rewritten(
            good,
            body,
            lambda xml: (
                '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "x">]>'
                + xml.decode().split("?>", 1)[1]
            ).encode("utf-16"),
        )
    if kind == "deep":
        return rewritten(good, body, lambda xml: b"<a>" * 100_000 + b"</a>" * 100_000)
    if kind == "bomb":
        return rewritten(good, body, lambda xml: b" " * 70_000_000 + xml)
    if kind == "many":
        return package(**{f"word/{n}.xml": b"" for n in range(2_500)})
    if kind == "macros":
        return rewritten(
            good,
            "[Content_Types].xml",
            lambda xml: xml.replace(b"wordprocessingml.document.main", b"x.macroEnabled.main"),
        )
    if kind == "vba":
        result = io.BytesIO(good)
        with zipfile.ZipFile(result, "a") as made:
            made.writestr("word/vbaProject.bin", b"x")
        return result.getvalue()
    return {
        "empty": b"",
        "text": b"hola",
        "pdf": b"%PDF-1.7\n",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "huge": b"PK\x03\x04" + b"\0" * 21_000_000,
        "zip": package(hola=b"x"),
        "sheet": package(**{"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}),
        "outside": package(
            **{
                "[Content_Types].xml": b"<Types/>",
                "_rels/.rels": b'<R><Relationship Type="x/officeDocument" Target="../../etc/passwd"/></R>',
            }
        ),
        "cut": good[: len(good) // 2],
        "crc": good.replace(b"word/document.xml", b"word/documenx.xml", 1),
    }[kind]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("empty", "docx_unreadable"),
        ("text", "docx_unreadable"),
        ("pdf", "docx_unreadable"),
        ("zip", "docx_unreadable"),
        ("sheet", "docx_unreadable"),
        ("outside", "docx_unreadable"),
        ("cut", "docx_unreadable"),
        ("crc", "docx_unreadable"),
        ("entities", "docx_unreadable"),
        ("utf16_entities", "docx_unreadable"),
        ("deep", "docx_unreadable"),
        ("ole", "docx_protected"),
        ("huge", "docx_too_big"),
        ("bomb", "docx_bomb"),
        ("many", "docx_bomb"),
        ("macros", "docx_macros"),
        ("vba", "docx_macros"),
    ],
)
def test_a_file_that_is_no_draft_is_refused_in_one_sentence(case, draft, kind, code) -> None:
    with pytest.raises(RuleError) as refused:
        service.read_back(case.db, draft, hostile(kind, service.draft_docx(case.db, draft)))
    assert refused.value.code == code
    assert "Traceback" not in refused.value.sentence


def test_another_paper_is_refused(case, draft) -> None:
    other = Document()
    other.add_paragraph("Acta de instalación del comité de transparencia.")
    result = io.BytesIO()
    other.save(result)
    with pytest.raises(RuleError) as refused:
        service.read_back(case.db, draft, result.getvalue())
    assert refused.value.code == "docx_other"


def test_two_hundred_pages_are_refused(case, draft) -> None:
    other = Document()
    for number in range(1_600):
        other.add_paragraph(
            f"Que, el informe {number} dice muchas cosas distintas de {number * 7} asuntos. " * 4
        )
    result = io.BytesIO()
    other.save(result)
    with pytest.raises(RuleError) as refused:
        service.read_back(case.db, draft, result.getvalue())
    assert refused.value.code in ("docx_other", "too_many_blocks")


@pytest.mark.parametrize("inside", [b"<w:r/>" * 300_000, b"<w:r><w:t>a</w:t><w:br/></w:r>" * 60_000])
def test_a_paragraph_of_countless_parts_is_refused_at_once(case, draft, inside) -> None:
    good = service.draft_docx(case.db, draft)
    stuffed = rewritten(
        good,
        "word/document.xml",
        lambda xml: xml.replace(b"<w:sectPr", b"<w:p>" + inside + b"</w:p><w:sectPr", 1),
    )
    with pytest.raises(RuleError) as refused:
        service.read_back(case.db, draft, stuffed)
    assert refused.value.code == "docx_too_long"
