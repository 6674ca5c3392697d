"""Actas that tell movements: two copies on one A4 to be signed by hand, or one copy with its signature fields.

Where half a page does not hold the ranges the acta takes whole pages and is printed twice. Loads reportlab: import it
inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.kardex.report.half_page import half_pages
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaRow, format_count
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet
from sisfoh_desktop.modules.kardex.rules.actas import ActaRoute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

COLUMNS = (
    Column("Formulario"),
    Column("Del", width_mm=30, align="center"),
    Column("Al", width_mm=30, align="center"),
    Column("Cantidad", width_mm=22, align="right"),
    Column("Condición", width_mm=28, align="center"),
)


def acta_pdf(
    sheet: ActaSheet, letterhead: "Letterhead", *, legend: str = "", watermark: str = ""
) -> BuiltPaper:
    """The acta by its route; `legend` is of digital papers alone."""
    if sheet.draft.route is ActaRoute.INK:
        halves = half_pages(sheet, letterhead, watermark=watermark)
        if halves is not None:
            return halves
    story: list[Flowable] = [
        *acta_head(sheet),
        paragraph(words.opening(sheet)),
        rows_table(sheet.rows),
        *remarks(sheet),
        paragraph(words.closing(sheet)),
        signers_zone(sheet),
    ]
    return build_paper(story, acta_format(sheet, letterhead, legend=legend, watermark=watermark))


def acta_format(
    sheet: ActaSheet, letterhead: "Letterhead", *, legend: str = "", watermark: str = ""
) -> PaperFormat:
    """What surrounds every paper of the kardex that is signed."""
    return PaperFormat(
        letterhead=letterhead,
        title=f"{sheet.short_title}: {sheet.campaign}",
        author=letterhead.entity,
        foot_number=sheet.short_title,
        legend=legend,
        watermark=watermark,
        continuation_head=sheet.short_title,
    )


def acta_head(sheet: ActaSheet) -> "list[Flowable]":
    return [
        bookmark(sheet.short_title, "acta"),
        paragraph(sheet.title, "act"),
        paragraph(f"N°\u00a0{sheet.number}", "title"),
        space(2),
    ]


def rows_table(
    rows: "Sequence[ActaRow]", *, columns: "Sequence[Column]" = COLUMNS, font_size: float = 9.0
) -> "Flowable":
    """The forms, with their sum carried over where the table crosses a page."""
    sums = [0]
    for row in rows:
        sums.append(sums[-1] + row.form_count)

    def carry(label: str, count: int) -> Row:
        return (Cell(label, span=3, bold=True, align="right"), Cell(format_count(sums[count]), bold=True), "")

    return ruled_table(
        columns,
        [
            (row.form, row.first or "Sin número", row.last, format_count(row.form_count), row.condition)
            for row in rows
        ],
        foot=[(Cell("Total", span=3, bold=True, align="right"), Cell(format_count(sums[-1]), bold=True), "")],
        carry=carry,
        font_size=font_size,
    )


def remarks(sheet: ActaSheet) -> "list[Flowable]":
    """The total in words, the grounds of each movement and the note, if there is one."""
    told: list[Flowable] = [rich_paragraph(bold(words.total(sheet)), "left")]
    told += [paragraph(ground, "left") for ground in sheet.grounds]
    if sheet.draft.note:
        told.append(rich_paragraph(f"{bold('Observaciones:')} {safe(sheet.draft.note)}"))
    return told


def signers_zone(sheet: ActaSheet) -> "Flowable":
    """Both signers side by side, whoever gives at the left, each with the DNI that the acta names."""
    places = sorted(words.places(sheet.draft), key=lambda place: place.party != sheet.draft.gives)
    return signature_zone(
        [
            SignatureSlot(
                place.field,
                "author",
                place.party.name,
                f"DNI N°\u00a0{place.party.dni}, {place.party.position}",
                place.caption,
            )
            for place in places
        ]
    )
