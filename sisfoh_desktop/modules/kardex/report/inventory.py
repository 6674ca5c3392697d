"""The inventory (arqueo): holder by holder what the kardex says, with room to write what is found.

As a working sheet nobody's DNI is on it; as an acta it bears number, both who sign and their DNI. Loads reportlab:
import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.kardex.report.acta import acta_format, acta_head, signers_zone
from sisfoh_desktop.modules.kardex.report.headings import SignLines, facts_block
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count, total_words
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet
from sisfoh_desktop.modules.kardex.rules.control_sheets import HeldOfType, InventoryHolder, InventorySheet
from sisfoh_desktop.modules.kardex.rules.facts import HolderKind

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "HOJA DE ARQUEO DE FORMULARIOS"
_COLUMNS = (
    Column("Formulario", width_mm=20),
    Column("Condición", width_mm=21),
    Column("Del", width_mm=19, align="center"),
    Column("Al", width_mm=19, align="center"),
    Column("Kardex", width_mm=17, align="right"),
    Column("Hallado", width_mm=17, align="right"),
    Column("Números que faltan o sobran"),
)


def inventory_pdf(sheet: InventorySheet, letterhead: "Letterhead", *, watermark: str = "") -> bytes:
    """The working sheet, filled in while counting."""
    story: list[Flowable] = [
        bookmark(_TITLE, "arqueo"),
        paragraph(_TITLE, "act"),
        facts_block(
            (
                ("Campaña", sheet.campaign),
                ("Según el kardex al", format_date(sheet.dated)),
                ("Contado por", ""),
                ("Fecha y hora", ""),
            )
        ),
        *_holders(sheet),
        SignLines((("Quien contó", "Nombres y firma"), ("Quien los tiene a su cargo", "Nombres y firma"))),
    ]
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{_TITLE.capitalize()}: {sheet.campaign}",
        author=letterhead.entity,
        foot_number=_TITLE.capitalize(),
        watermark=watermark,
        continuation_head=f"{_TITLE.capitalize()}\n{sheet.campaign}",
    )
    return build_paper(story, paper_format).pdf


def inventory_acta_pdf(
    sheet: ActaSheet, inventory: InventorySheet, letterhead: "Letterhead", *, watermark: str = ""
) -> BuiltPaper:
    """The same as an acta that both sign by hand once it is filled in."""
    story: list[Flowable] = [
        *acta_head(sheet),
        paragraph(words.opening(sheet)),
        *_holders(inventory),
        *_note(sheet),
        paragraph(words.closing(sheet)),
        signers_zone(sheet),
    ]
    return build_paper(story, acta_format(sheet, letterhead, watermark=watermark))


def _note(sheet: ActaSheet) -> "list[Flowable]":
    if not sheet.draft.note:
        return []
    return [rich_paragraph(f"{bold('Observaciones:')} {safe(sheet.draft.note)}")]


def _holders(sheet: InventorySheet) -> "list[Flowable]":
    told: list[Flowable] = []
    for one in sheet.holders:
        told.append(paragraph(_heading(one), "heading"))
        told.append(_table(one) if one.held else paragraph("Según el kardex no tiene formularios.", "left"))
    if len(sheet.holders) > 1:
        told.append(
            rich_paragraph(bold(f"Según el kardex, en total {total_words(sheet.form_count)}."), "left")
        )
    return told


def _heading(one: InventoryHolder) -> str:
    kind = one.holder.kind
    return one.holder.name if kind is HolderKind.WAREHOUSE else f"{one.holder.name} ({kind.label.lower()})"


def _table(one: InventoryHolder) -> "Flowable":
    rows: list[Row] = []
    sums: list[int] = [0]
    for held in one.held:
        for row, count in _rows(held):
            rows.append(row)
            sums.append(sums[-1] + count)

    def carry(label: str, count: int) -> Row:
        return _sum(label, sums[count])

    return ruled_table(_COLUMNS, rows, foot=[_sum("Total", sums[-1])], carry=carry, font_size=8.5)


def _rows(held: HeldOfType) -> list[tuple[Row, int]]:
    form = held.form_type
    if not held.ranges:
        return [
            ((form.code, condition.label, "Sin número", "", format_count(count), "", ""), count)
            for condition, count in held.counts
        ]
    return [
        (
            (
                form.code,
                each.condition.label,
                form.number_text(each.forms.first),
                form.number_text(each.forms.last),
                format_count(each.forms.count),
                "",
                "",
            ),
            each.forms.count,
        )
        for each in held.ranges
    ]


def _sum(label: str, count: int) -> Row:
    return (Cell(label, span=4, bold=True, align="right"), Cell(format_count(count), bold=True), "", "")
