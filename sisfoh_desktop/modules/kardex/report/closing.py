"""The acta that closes the kardex of a campaign: the balance of each type and the differences that were explained.

Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.documents.page import BuiltPaper, build_paper
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.kardex.report.acta import acta_format, acta_head, signers_zone
from sisfoh_desktop.modules.kardex.report.headings import differences_table
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count, total_words
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet
from sisfoh_desktop.modules.kardex.rules.control_sheets import ClosingBook
from sisfoh_desktop.modules.kardex.rules.reading import StockLine

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_PARTS = ("in_stock", "in_hand", "used", "annulled", "lost", "damaged", "written_off")
_COLUMNS = (
    Column("Formulario"),
    *(
        Column(title, width_mm=16.2, align="right")
        for title in (
            "Recibido",
            "Almacén",
            "En poder",
            "Usado",
            "Anulado",
            "Extrav.",
            "Deterior.",
            "Baja",
        )
    ),
)


def closing_pdf(
    sheet: ActaSheet,
    book: ClosingBook,
    letterhead: "Letterhead",
    *,
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The acta with both who sign."""
    story: list[Flowable] = [
        *acta_head(sheet),
        paragraph(words.opening(sheet)),
        paragraph("Saldos por formulario", "heading"),
        _balances(book),
        paragraph(
            "En cada formulario lo recibido es igual a la suma de lo que está en almacén y en poder del personal, lo "
            "usado, lo anulado, lo extraviado, lo deteriorado y lo dado de baja.",
            "note",
        ),
        *_differences(book),
    ]
    if sheet.draft.note:
        story.append(rich_paragraph(f"{bold('Observaciones:')} {safe(sheet.draft.note)}"))
    story += [paragraph(words.closing(sheet)), signers_zone(sheet)]
    return build_paper(story, acta_format(sheet, letterhead, legend=legend, watermark=watermark))


def _balances(book: ClosingBook) -> "Flowable":
    rows = [_row(line) for line in book.stock if line.received]
    sums = [sum(line.received for line in book.stock)]
    sums += [sum(getattr(line, part) for line in book.stock) for part in _PARTS]
    foot: Row = [Cell("Total", bold=True), *(Cell(format_count(one), bold=True) for one in sums)]
    return ruled_table(_COLUMNS, rows, foot=[foot], font_size=8)


def _row(line: StockLine) -> Row:
    counts = [line.received, *(getattr(line, part) for part in _PARTS)]
    return [line.form_type.code, *(format_count(one) for one in counts)]


def _differences(book: ClosingBook) -> "list[Flowable]":
    received = sum(line.received for line in book.stock)
    told: list[Flowable] = [
        rich_paragraph(bold(f"En la campaña se recibió un total de {total_words(received)}."), "left")
    ]
    never = [line.form_type.code for line in book.stock if not line.received]
    if never:
        told.append(paragraph(f"No se recibieron formularios de: {', '.join(never)}.", "left"))
    if not book.differences:
        told.append(paragraph("El cuadre no dejó diferencias por explicar."))
        return told
    told.append(paragraph("Diferencias del cuadre y su explicación", "heading"))
    told.append(differences_table(book.differences))
    return told
