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
from sisfoh_desktop.modules.kardex.report.headings import (
    SignLines,
    differences_table,
    facts_block,
    room_for_a_table,
)
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count, total_words
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet
from sisfoh_desktop.modules.kardex.rules.control_sheets import (
    CountedHolder,
    CountedRow,
    HeldOfType,
    InventoryHolder,
    InventorySheet,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "HOJA DE ARQUEO DE FORMULARIOS"
_COLUMNS = (
    Column("Formulario", width_mm=26),
    Column("Condición", width_mm=22),
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
        if one.held or one.counted:
            told.append(_table(one))
        else:
            told.append(paragraph("Según el kardex no tiene formularios.", "left"))
        if one.counted is not None:
            told += _counted(one.counted)
    told.append(room_for_a_table(0, then_mm=SignLines.MOST_MM))  # nobody signs on an empty page
    told.append(rich_paragraph(bold(f"Según el kardex, en total {total_words(sheet.form_count)}."), "left"))
    return told


def _heading(one: InventoryHolder) -> str:
    kind = one.holder.kind
    return f"{one.holder.name} ({kind.label.lower()})" if kind.is_person else one.holder.name


def _counted(counted: CountedHolder) -> "list[Flowable]":
    """Of which day and document what was found is, and what was said of each difference."""
    sources = "; ".join(f"{format_date(day)} ({source})" for day, source in counted.sources)
    one = len(counted.sources) == 1
    told: list[Flowable] = [
        paragraph(
            f"Lo hallado consta en {'el arqueo' if one else 'los arqueos'} del {sources}; junto a ello figura lo que "
            f"decía el kardex {'ese día' if one else 'esos días'}.",
            "left",
        )
    ]
    if counted.differences:
        told.append(differences_table(counted.differences))
    elif all(row.expected == row.found and not row.differing for row in counted.rows):
        told.append(paragraph("El arqueo no dejó diferencias.", "left"))
    else:
        told.append(paragraph("Lo que difería se regularizó después en el kardex.", "left"))
    return told


def _table(one: InventoryHolder) -> "Flowable":
    counted = one.counted.rows if one.counted is not None else ()
    rows: list[Row] = []
    expected, found = [0], [0]
    for counted_row in counted:
        rows.append(_counted_row(counted_row))
        expected.append(expected[-1] + counted_row.expected)
        found.append(found[-1] + counted_row.found)
    for held in one.held:
        for row, count in _rows(held):
            rows.append(row)
            expected.append(expected[-1] + count)
            found.append(found[-1])

    def sums(label: str, count: int) -> Row:
        # what is still to be written by hand leaves no sum to print
        whole = count <= len(counted) and bool(counted)
        return (
            Cell(label, span=4, bold=True, align="right"),
            Cell(format_count(expected[count]), bold=True),
            Cell(format_count(found[count]) if whole else "", bold=True),
            "",
        )

    return ruled_table(_COLUMNS, rows, foot=[sums("Total", len(rows))], carry=sums, font_size=8.5)


def _counted_row(row: CountedRow) -> Row:
    form, numbers = row.form_type, row.forms
    if numbers is not None:
        first, last = form.number_text(numbers.first), form.number_text(numbers.last)
    else:
        first, last = "Ninguno" if form.serialised else "Sin número", ""
    return (
        form.code,
        row.condition.label,
        first,
        last,
        format_count(row.expected),
        format_count(row.found),
        _differing(row),
    )


def _differing(row: CountedRow) -> str:
    """`Falta 004517`, `Sobran 3`; empty where both agree."""
    if row.expected == row.found:
        return ""
    count = abs(row.expected - row.found)
    word = ("Sobra" if row.found > row.expected else "Falta") + ("n" if count > 1 else "")
    return f"{word} {row.form_type.ranges_text(row.differing) if row.differing else format_count(count)}"


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
                condition.label,
                form.number_text(forms.first),
                form.number_text(forms.last),
                format_count(forms.count),
                "",
                "",
            ),
            forms.count,
        )
        for condition, forms in held.joined()
    ]
