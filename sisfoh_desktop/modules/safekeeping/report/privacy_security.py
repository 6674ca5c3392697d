"""The security document on paper. Loads reportlab: import it inside functions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.documents.page import A4_WIDE, BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.safekeeping.rules.incidents import moment_words
from sisfoh_desktop.modules.safekeeping.rules.privacy import gaps
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import Section, SecurityDocument, place_words

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "Documento de seguridad"
_FIGURES = ("Filas", "Usuarios")  # heads of columns of numbers


def security_pdf(
    document: SecurityDocument,
    letterhead: "Letterhead",
    *,
    slots: Sequence[SignatureSlot] = (),
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The document on A4 on its side; without slots it is a copy for work."""
    norms = document.norms
    number = f"{bold(f'DOCUMENTO N° {document.number}')}, " if document.number else ""
    story: list[Flowable] = [
        bookmark(_TITLE, "documento"),
        paragraph("DOCUMENTO DE SEGURIDAD DE DATOS PERSONALES", "act"),
        rich_paragraph(f"{number}{safe(place_words(document.place, document.dated))}", "centred"),
        paragraph(
            f"Documento de seguridad que pide el artículo 47 del {norms.regulation.words} ({norms.law.words}). Lo que "
            f"sigue sale de la base tal como estaba el {moment_words(document.made_at)}, "
            f"por el usuario {document.made_by or 'sin nombre'}; lo que dice «Pendiente» falta.",
            "left",
        ),
        *(
            paragraph(told, "left")
            for told in (norms.early_words(document.dated), norms.trust_words())
            if told
        ),
    ]
    missing = gaps(document.bank)
    if missing:
        story.append(
            rich_paragraph(f"{bold('Falta en el banco de datos:')} {safe(', '.join(missing))}.", "left")
        )
    for place, section in enumerate(document.sections, 1):
        story += _section(place, section)
    if slots:
        story.append(signature_zone(slots))
    foot = f"{_TITLE} N° {document.number}" if document.number else _TITLE
    return build_paper(
        story,
        PaperFormat(
            letterhead=letterhead,
            title=foot,
            author=letterhead.entity,
            foot_number=foot,
            legend=legend,
            watermark=watermark,
            continuation_head=foot,
            sheet=A4_WIDE,
        ),
    )


def _section(place: int, section: Section) -> "list[Flowable]":
    parts: list[Flowable] = [
        bookmark(section.title, f"parte{place}"),
        paragraph(f"{place}. {section.title} ({section.article})", "heading"),
    ]
    if section.facts:
        rows: list[Row] = [[Cell(label, bold=True), value] for label, value in section.facts]
        parts.append(ruled_table((Column("", width_mm=52), Column("")), rows, font_size=9))
        parts.append(space(2))
    if section.rows:
        columns = [
            Column(head, share=share, align="right" if head in _FIGURES else "left")
            for head, share in zip(section.heads, section.shares, strict=True)
        ]
        parts.append(ruled_table(columns, [list(row) for row in section.rows], font_size=8))
        parts.append(space(2))
    parts += [
        paragraph(line, "left") for words in section.words for line in words.splitlines() if line.strip()
    ]
    return parts
