"""The draft as a .docx: each block in a box of its own that is found again, its data in boxes that do not open.

Headings, heads of articles and tables are the program's and are never read back.
"""

import io
import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sisfoh_desktop.basics.dates import stamp_date
from sisfoh_desktop.modules.resoluciones.rules import (
    Block,
    BlockKind,
    PrintedAct,
    PrintedBlock,
    Resolucion,
    block_tag,
    chip_label,
    chip_tag,
    pieces_of,
    verb_and_rest,
)
from sisfoh_desktop.modules.resoluciones.sheet.reading import FIXED_TAG, HEAD_TAG

_NOTICE = (
    "Proyecto para revisar. Los datos en recuadro gris no se cambian aquí: se corrigen en su origen. Escriba con "
    "control de cambios si quiere, comente al margen y devuelva este mismo archivo."
)
_FONT = "Arial"
_STYLE = {
    BlockKind.VISTOS: "SISFOH Vistos",
    BlockKind.CONSIDERANDO: "SISFOH Considerando",
    BlockKind.ESTANDO: "SISFOH Estando",
    BlockKind.ARTICLE: "SISFOH Articulo",
    BlockKind.CLOSING: "SISFOH Cierre",
    BlockKind.COPIES: "SISFOH Copias",
}
_FIXED = "SISFOH Fijo"
_FIXED_HEAD = "SISFOH Fijo Centrado"
_CHIP_GROUND = "E7EBF0"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def draft_docx(
    resolucion: Resolucion, act: PrintedAct, values: Mapping[str, str], names: Sequence[str], entity: str
) -> bytes:
    """The draft for a word processor; `act` is the same draft as it would print, `names` those of its blocks."""
    document = Document()
    _dress(document)
    properties = document.core_properties
    properties.title = f"Proyecto: {act.headings.act_name}"
    properties.author = entity[:250]
    properties.language = "es-PE"
    properties.identifier = f"resolucion:{resolucion.id}:{resolucion.version}"
    properties.comments = ""
    writer = _Writer(document)
    writer.fixed(_NOTICE, _FIXED)
    for line in _opening(act):
        writer.fixed(line, _FIXED_HEAD)
    headings = {
        BlockKind.VISTOS: act.headings.vistos,
        BlockKind.CONSIDERANDO: act.headings.considerando,
        BlockKind.ARTICLE: act.headings.resuelve,
    }
    for index, (block, printed) in enumerate(zip(resolucion.blocks, act.blocks, strict=True)):
        if block.kind is BlockKind.COPIES:
            for line in _signature(act):
                writer.fixed(line, _FIXED_HEAD)
            writer.fixed("C.c.", _FIXED)
        heading = headings.pop(block.kind, "")
        if heading:
            writer.fixed(heading, _FIXED)
        writer.block(index, block, printed, values, names[index])
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def fixed_lines(act: PrintedAct) -> tuple[str, ...]:
    """Every line that the program writes around the blocks."""
    headings = (act.headings.vistos, act.headings.considerando, act.headings.resuelve, "C.c.")
    return tuple(line for line in (_NOTICE, *_opening(act), *headings, *_signature(act)) if line.strip())


def _opening(act: PrintedAct) -> list[str]:
    number = f"{act.headings.number_word} {act.number}".strip()
    return [act.headings.act_name, number, f"{act.place}, {stamp_date(act.dated)}"]


def _signature(act: PrintedAct) -> list[str]:
    author = act.author
    lines = [act.headings.entity_line]
    if author is not None:
        lines += [author.name.upper(), author.position.upper()]
    return [line for line in lines if line.strip()]


class _Writer:
    """Puts boxes, paragraphs and tables at the end of the body."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._end = document.element.body[-1]  # the section's own properties stay last
        self._numbers = count(1001)

    def fixed(self, text: str, style: str) -> None:
        """A line of the program, locked as a whole."""
        box, content = self._box(FIXED_TAG, "Lo escribe el programa", "sdtContentLocked")
        content.append(self._paragraph(style, [_run(text, bold=style == _FIXED_HEAD)]))
        self._end.addprevious(box)

    def block(
        self, index: int, block: Block, printed: PrintedBlock, values: Mapping[str, str], name: str
    ) -> None:
        """A block: its paragraphs in one box, its tables after it."""
        box, content = self._box(block_tag(index, block), name, "")
        lines: list[list[Any]] = [[]]
        verb = printed.verb
        if printed.head:
            lines[0] += [self._head(printed.head)]
        for piece in pieces_of(block.text):
            if piece.key:
                value = values.get(piece.key) or f"«{chip_label(piece.key)}»"
                lines[-1].append(self._chip(piece.key, value))
                verb = ""
                continue
            for place, text in enumerate(piece.text.split("\n")):
                if place:
                    lines.append([])
                if verb and verb_and_rest(text)[0] == verb:
                    lines[-1].append(_run(verb, bold=True))
                    text = text[len(verb) :]
                verb = ""
                if text:
                    lines[-1].append(_run(text, bold=block.kind is BlockKind.CLOSING))
        for runs in lines:
            content.append(self._paragraph(_STYLE[block.kind], runs))
        self._end.addprevious(box)
        for table in printed.tables:
            above = [[f"{head}: {text}"] for head, text in table.above]
            total = [[*table.total]] if table.total else []
            self._table([*above, list(table.heads), *(list(row) for row in table.rows), *total])
        if printed.details:
            self._table([[detail.label, detail.code, detail.text] for detail in printed.details])

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        columns = max(len(row) for row in rows)
        table = self._document.add_table(rows=len(rows), cols=columns)
        table.style = "Table Grid"
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=False):
                paragraph = cell.paragraphs[0]
                paragraph.style = _FIXED
                run = paragraph.add_run(_clean(text))
                run.font.size = Pt(7)
        self._end.addprevious(self._paragraph(_FIXED, []))

    def _head(self, head: str) -> Any:
        box, content = self._box(HEAD_TAG, "Cabeza del artículo", "sdtContentLocked")
        content.append(_run(f"{head} ", bold=True))
        return box

    def _chip(self, key: str, value: str) -> Any:
        box, content = self._box(chip_tag(key), chip_label(key)[:60], "contentLocked")
        run = _run(value)
        shade = OxmlElement("w:shd")
        for name, given in (("val", "clear"), ("color", "auto"), ("fill", _CHIP_GROUND)):
            shade.set(qn(f"w:{name}"), given)
        run.get_or_add_rPr().append(shade)
        content.append(run)
        return box

    def _box(self, tag: str, alias: str, lock: str) -> tuple[Any, Any]:
        """A content control and the place for what it holds."""
        box, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
        given = (("alias", _clean(alias)), ("tag", tag), ("id", str(next(self._numbers))), ("lock", lock))
        for name, value in given:
            if value:
                element = OxmlElement(f"w:{name}")
                element.set(qn("w:val"), value)
                properties.append(element)
        content = OxmlElement("w:sdtContent")
        box.append(properties)
        box.append(content)
        return box, content

    def _paragraph(self, style: str, runs: Sequence[Any]) -> Any:
        paragraph = OxmlElement("w:p")
        paragraph.get_or_add_pPr().style = self._document.styles[style].style_id
        for run in runs:
            paragraph.append(run)
        return paragraph


def _run(text: str, *, bold: bool = False) -> Any:
    run = OxmlElement("w:r")
    if bold:
        run.get_or_add_rPr().append(OxmlElement("w:b"))
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = _clean(text)
    run.append(words)
    return run


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _dress(document: Any) -> None:
    """A4, the margins of the paper, its type, and a style for each part."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    mark = section.header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = mark.add_run("PROYECTO")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(9), True, RGBColor(0x5B, 0x64, 0x70)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "es-PE")
    normal.element.get_or_add_rPr().append(language)
    for name in (*_STYLE.values(), _FIXED, _FIXED_HEAD):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.line_spacing = 1.25
        centred, left = (
            name == _FIXED_HEAD,
            name in (_FIXED, _STYLE[BlockKind.COPIES], _STYLE[BlockKind.CLOSING]),
        )
        style.paragraph_format.alignment = (
            WD_ALIGN_PARAGRAPH.CENTER
            if centred
            else WD_ALIGN_PARAGRAPH.LEFT
            if left
            else WD_ALIGN_PARAGRAPH.JUSTIFY
        )
    document.styles[_STYLE[BlockKind.COPIES]].font.size = Pt(8)
