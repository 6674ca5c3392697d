"""The oficio that carries the copy to the national body. Loads reportlab: import it inside functions."""

from typing import TYPE_CHECKING

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Table

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.documents.fonts import BOLD
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.text import bold, paragraph, plain_paragraph, rich_paragraph, style
from sisfoh_desktop.modules.resoluciones.rules import Signer
from sisfoh_desktop.modules.resoluciones.rules.delivery import PrintedLetter
from sisfoh_desktop.modules.resoluciones.rules.genders import steady

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead


def letter_pdf(
    letter: PrintedLetter,
    letterhead: "Letterhead",
    signer: Signer,
    *,
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The oficio with the box of its author."""
    number = f"OFICIO N° {letter.number}"
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{number}: {letter.subject}",
        author=letterhead.entity,
        foot_number=f"Oficio N° {letter.number}",
        legend=legend,
        watermark=watermark,
        continuation_head=number,
    )
    address = ParagraphStyle("address", parent=style("left"), spaceAfter=0)
    strong = ParagraphStyle("strong", parent=address, fontName=BOLD)
    story: list[Flowable] = [
        bookmark(number, "oficio"),
        paragraph(f"{letter.place}, {long_date(letter.dated)}", "right"),
        rich_paragraph(f"<u>{bold(number)}</u>", "left"),
        space(2),
        plain_paragraph(letter.greeting, address),
        *(plain_paragraph(line, strong) for line in letter.addressee),
        rich_paragraph("<u>Presente.-</u>", "left"),
        space(1),
        _subject(letter),
        space(3),
        paragraph("De mi consideración:", "left"),
        *(paragraph(steady(text)) for text in letter.paragraphs),
        paragraph("Atentamente,", "left"),
    ]
    slot = SignatureSlot(signer.field, "author", signer.name, signer.position, signer.unit)
    copies = ParagraphStyle(
        "copies", parent=style("left"), fontSize=8, leading=10, leftIndent=20, bulletFontSize=8
    )
    story.append(signature_zone([slot]))
    if letter.copies:
        story.append(plain_paragraph("\n".join(letter.copies), copies, "C.c."))
    return build_paper(story, paper_format)


def _subject(letter: PrintedLetter) -> "Flowable":
    """ASUNTO and REFERENCIA with their colons in line, between hairlines."""
    references = (
        [f"{'abcdefgh'[n]}) {text}" for n, text in enumerate(letter.references)]
        if len(letter.references) > 1
        else list(letter.references)
    )
    flat = ParagraphStyle("flat", parent=style("left"), spaceAfter=0)
    rows = [
        [
            rich_paragraph(bold(label), "left"),
            paragraph(":", "left"),
            [plain_paragraph(steady(t), flat) for t in texts],
        ]
        for label, texts in (("ASUNTO", [letter.subject]), ("REFERENCIA", references))
        if texts
    ]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, "#000000"),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 5),
    ]
    return Table(rows, colWidths=[27 * mm, 4 * mm, 134 * mm], style=look, hAlign="LEFT")
