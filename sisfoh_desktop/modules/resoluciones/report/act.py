"""The resolución on paper: act, vistos, considerandos, articles, closing, copies, annex, signature zone.

What is printed comes ready in a `PrintedAct`; tables and pages are the paper kit's. Loads reportlab: import it
inside functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table

from sisfoh_desktop.basics.dates import stamp_date
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, page_break, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe, style
from sisfoh_desktop.modules.expedientes.rules import Detail
from sisfoh_desktop.modules.resoluciones.rules import (
    BlockKind,
    ChainTable,
    PrintedAct,
    PrintedBlock,
    Signer,
    SignerRole,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TABLE_POINTS = 7.0  # eight columns have to stand side by side
_HEAD_SHARES = {  # of the width, by head; in millimetres of the 165 that a page has
    "ACTIVIDAD": 31.0,
    "FUNCIÓN": 20.0,
    "DIV. FUNCIONAL": 19.5,
    "GRUPO FUNCIONAL": 22.5,
    "FTE. FTO.": 16.0,
    "RUBRO": 16.0,
    "GENÉRICA DE GASTO": 16.0,
}
_AMOUNT_SHARE = 24.0
_COPIES_KEPT = 40  # lines of C.c. that stay together on a page
_DETAIL_MM = (46.0, 4.0, 20.0, 91.0)


def resolucion_pdf(
    act: PrintedAct,
    letterhead: "Letterhead",
    *,
    legend: str = "",
    watermark: str = "",
    annex: "Sequence[Flowable]" = (),
) -> BuiltPaper:
    """The act with its annex; boxes are named by the fields of its signers."""
    number = f"{act.headings.number_word} {act.number}"
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{act.headings.act_name} {number}",
        author=letterhead.entity,
        foot_number=number,
        version_code=act.version_code,
        legend=legend,
        watermark=watermark,
        continuation_head=f"{act.headings.act_name}\n{number}",
    )
    story: list[Flowable] = [*_head(act, number), *_body(act), *_closing(act)]
    if annex:
        story += [page_break(), *annex, space(4)]
    slots = [_slot(signer) for signer in act.signers]
    return build_paper([*story, signature_zone(slots)] if slots else story, paper_format)


def _head(act: PrintedAct, number: str) -> "list[Flowable]":
    return [
        bookmark(f"{act.headings.act_name} {number}", "resolucion"),
        paragraph(act.headings.act_name, "act"),
        paragraph(number, "act"),
        paragraph(f"{act.place}, {stamp_date(act.dated)}", "left"),
    ]


def _body(act: PrintedAct) -> "list[Flowable]":
    headings = {
        BlockKind.VISTOS: act.headings.vistos,
        BlockKind.CONSIDERANDO: act.headings.considerando,
        BlockKind.ARTICLE: act.headings.resuelve,
    }
    story: list[Flowable] = []
    for block in act.blocks:
        if block.kind in (BlockKind.CLOSING, BlockKind.COPIES):
            continue
        heading = headings.pop(block.kind, "")
        if heading:
            story.append(paragraph(heading, "heading"))
        story += _block(block)
    return story


def _block(block: PrintedBlock) -> "list[Flowable]":
    first, *others = block.paragraphs
    if block.head:
        verb = f" {bold(block.verb)}" if block.verb else " "
        opening = rich_paragraph(f"{bold(block.head)}{verb}{safe(first)}")
    else:
        opening = paragraph(first)
    story: list[Flowable] = [opening, *(paragraph(text) for text in others)]
    if block.details:
        story += [_details(block.details), space(3)]
    for table in block.tables:
        story += [_chain(table), space(3)]
    return story


def _chain(table: ChainTable) -> "Flowable":
    """The functional-programmatic table: programme above, a column for each level, the total below."""
    last = len(table.heads) - 1
    columns = [
        Column(head, share=_HEAD_SHARES.get(head, _AMOUNT_SHARE), align="right" if place == last else "left")
        for place, head in enumerate(table.heads)
    ]
    rows = [[[part for part in cell.split("\n") if part] for cell in row] for row in table.rows]
    above = [
        (Cell(head, bold=True, align="left"), Cell(text, span=last, align="left"))
        for head, text in table.above
    ]
    foot = []
    if table.total:
        label, amount = table.total
        foot = [(Cell(label, span=last, bold=True, align="left"), Cell(amount, bold=True, align="right"))]
    return ruled_table(columns, rows, above_head=above, foot=foot, font_size=_TABLE_POINTS)


def _details(details: Sequence[Detail]) -> "Flowable":
    """Lines `PROGRAMA : 9002  ASIGNACIONES …`, without rules."""
    rows = [
        [
            rich_paragraph(bold(detail.label), "table"),
            paragraph(":", "table"),
            paragraph(detail.code, "table"),
            paragraph(detail.text, "table"),
        ]
        for detail in details
    ]
    plain = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    return Table(rows, colWidths=[width * mm for width in _DETAIL_MM], style=plain, hAlign="RIGHT")


def _closing(act: PrintedAct) -> "list[Flowable]":
    story: list[Flowable] = [
        Paragraph(bold(text), _kept("left", spaceBefore=4)) for text in act.paragraphs(BlockKind.CLOSING)
    ]
    author = act.author
    lines = [act.headings.entity_line]
    if author is not None:
        lines += [author.name.upper(), author.position.upper()]
    shown = [line for line in lines if line.strip()]
    story += [
        Paragraph(bold(line), _kept("centred", spaceAfter=2) if line is not shown[-1] else style("centred"))
        for line in shown
    ]
    copies = [text for text in act.paragraphs(BlockKind.COPIES) if text.strip()]
    if act.headings.initials:
        copies.append(act.headings.initials)
    if copies:
        hanging = ParagraphStyle(
            "copies",
            parent=style("table"),
            fontSize=8,
            leading=10,
            leftIndent=20,
            bulletFontSize=8,
            spaceBefore=6,
        )
        kind = _Whole if len(copies) <= _COPIES_KEPT else Paragraph
        story.append(kind(safe("\n".join(copies)), hanging, bulletText="C.c."))
    return story


class _Whole(Paragraph):
    """A paragraph that is never cut in two."""

    def split(self, availWidth: float, availHeight: float) -> "list[Flowable]":  # noqa: N803 - reportlab's names
        return []


def _kept(role: str, **changes: float) -> ParagraphStyle:
    """A style of the kit that is never left alone at the foot of a page."""
    parent = style("left") if role == "left" else style("centred")
    return ParagraphStyle(f"kept_{role}", parent=parent, keeps_next=True, **changes)


def _slot(signer: Signer) -> SignatureSlot:
    return SignatureSlot(
        field=signer.field,
        role="author" if signer.role is SignerRole.AUTHOR else "visto_bueno",
        name=signer.name,
        position=signer.printed_position,
        unit=signer.unit,
    )
