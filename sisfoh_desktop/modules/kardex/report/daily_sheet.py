"""The daily control sheet of an empadronador: what they hold, with boxes to fill in by hand, and the day's movements.

It is a working sheet: no DNI, no legend. Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date, weekday_name
from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, page_break, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.kardex.report.headings import SignLines, facts_block, room_for_a_table
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count
from sisfoh_desktop.modules.kardex.rules.acta_words import NBSP
from sisfoh_desktop.modules.kardex.rules.control_sheets import DailySheet, HeldOfType, range_words
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "HOJA DE CONTROL DIARIO DE FORMULARIOS"
_HELD = (
    Column("Formulario", width_mm=25),
    Column("Números"),
    Column("Cantidad", width_mm=17, align="right"),
    Column("Desde", width_mm=18, align="center"),
    Column("Usados", width_mm=19),
    Column("Anulados", width_mm=19),
    Column("Devueltos", width_mm=19),
    Column("Quedan", width_mm=16),
)
_TOLD = (
    Column("N° mov.", width_mm=16, align="center"),
    Column("Movimiento", width_mm=30),
    Column("De"),
    Column("A"),
    Column("Formulario", width_mm=25),
    Column("Cantidad", width_mm=17, align="right"),
)
_PER_ROW = 6
_BOXES = f"□{NBSP}{NBSP}□{NBSP}{NBSP}□"


def daily_sheets_pdf(
    sheets: "Sequence[DailySheet]", letterhead: "Letterhead", *, watermark: str = ""
) -> bytes:
    """One sheet after the other, each from a new page."""
    story: list[Flowable] = []
    for sheet in sheets:
        if story:
            story.append(page_break())
        story += _sheet(sheet)
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=_TITLE.capitalize(),
        author=letterhead.entity,
        foot_number=_TITLE.capitalize(),
        watermark=watermark,
        continuation_head=_TITLE.capitalize(),
    )
    return build_paper(story, paper_format).pdf


def _sheet(sheet: DailySheet) -> "list[Flowable]":
    holder = sheet.holder
    told: list[Flowable] = [
        bookmark(holder.name, f"hoja-{holder.id}"),
        paragraph(_TITLE, "act"),
        facts_block(
            (
                (holder.kind.label, holder.name),
                ("Fecha", f"{weekday_name(sheet.day)} {format_date(sheet.day)}"),
                ("Jefe de brigada", sheet.chief or "Sin registrar"),
                ("Campaña", sheet.campaign),
                ("Sector o manzana", ""),
                ("Salida y retorno", ""),
            )
        ),
        space(2),
        paragraph(
            "Formularios en su poder al empezar el día" if sheet.past else "Formularios en su poder",
            "heading",
        ),
    ]
    blank = [one for one in sheet.held if one.count_of(Condition.BLANK)]
    if blank:
        told.append(_held_table(blank))
    else:
        have = "tenía" if sheet.past else "tiene"
        told.append(paragraph(f"Según el kardex no {have} formularios en blanco.", "left"))
    kept = [one for one in sheet.held if one.form_count > one.count_of(Condition.BLANK)]
    if kept:
        told.append(paragraph(f"Por entregar, además: {_others(kept)}.", "left"))
    for form_type, numbers in sheet.ticked:
        told += _ticks(form_type, numbers)
    told.append(room_for_a_table(len(sheet.told), then_mm=SignLines.MOST_MM))  # nobody signs on an empty page
    told.append(paragraph("Movimientos del día según el kardex", "heading"))
    none = "No hubo movimientos." if sheet.past else "Todavía no hay movimientos."
    told.append(_movements_table(sheet) if sheet.told else paragraph(none, "left"))
    chief = sheet.chief or "Nombres y firma"
    told.append(SignLines(((holder.name, holder.kind.label), (chief, "Jefe de brigada")), with_notes=True))
    return told


def _held_table(held: "Sequence[HeldOfType]") -> "Flowable":
    rows: list[Row] = []
    for one in held:
        if not one.ranges:
            rows.append(
                (one.form_type.code, "Sin número", format_count(one.count_of(Condition.BLANK)), *[""] * 5)
            )
        rows += [
            (
                one.form_type.code,
                range_words(one.form_type, each.forms),
                format_count(each.forms.count),
                format_date(each.since),
                *[""] * 4,
            )
            for each in one.ranges
            if each.condition is Condition.BLANK
        ]
    total = sum(one.count_of(Condition.BLANK) for one in held)
    foot: Row = (Cell("Total", span=2, bold=True), Cell(format_count(total), bold=True), *[""] * 5)
    return ruled_table(_HELD, rows, foot=[foot], font_size=8)


def _others(held: "Sequence[HeldOfType]") -> str:
    return "; ".join(
        f"{one.form_type.code}, {format_count(count)} {condition.label.lower()}{'s' if count > 1 else ''}"
        for one in held
        for condition, count in one.counts
        if condition is not Condition.BLANK
    )


def _ticks(form_type: FormType, numbers: "Sequence[int]") -> "list[Flowable]":
    """Each number with its three boxes."""
    rows: list[Row] = []
    for start in range(0, len(numbers), _PER_ROW):
        cells = [
            f"{form_type.number_text(number)}{NBSP}{NBSP}{_BOXES}"
            for number in numbers[start : start + _PER_ROW]
        ]
        rows.append([*cells, *[""] * (_PER_ROW - len(cells))])
    head = f"N°{NBSP * 5}U{NBSP * 2}A{NBSP * 2}D"
    return [
        paragraph(f"{form_type.code}: marque U (usado), A (anulado) o D (devuelto)", "heading"),
        ruled_table([Column(head, align="center") for _ in range(_PER_ROW)], rows, font_size=8),
    ]


def _movements_table(sheet: DailySheet) -> "Flowable":
    rows = [
        (f"{one.number:06d}", one.label, one.giver, one.taker, one.code, format_count(one.form_count))
        for one in sheet.told
    ]
    return ruled_table(_TOLD, rows, font_size=8)
