"""The kardex card of a type: SALDO ANTERIOR, entries with their balance, VIENEN and VAN on every page it crosses.

Nobody signs it: it bears no legend and no DNI. Loads reportlab: import it inside functions.
"""

from itertools import accumulate
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.progress import Progress, ToldRows, silent
from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.kardex.report.headings import facts_block
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count
from sisfoh_desktop.modules.kardex.rules.acta_words import whole_numbers
from sisfoh_desktop.modules.kardex.rules.differences import short_ranges
from sisfoh_desktop.modules.kardex.rules.reading import Card, CardEntry

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_COLUMNS = (
    Column("Fecha", width_mm=18, align="center"),
    Column("N° mov.", width_mm=15, align="center"),
    Column("Detalle"),
    Column("Números", width_mm=36),
    Column("Entrada", width_mm=16, align="right"),
    Column("Salida", width_mm=16, align="right"),
    Column("Saldo", width_mm=17, align="right"),
)
_TITLE = "TARJETA KARDEX"


def card_pdf(
    card: Card,
    campaign: str,
    today: "date",
    letterhead: "Letterhead",
    *,
    watermark: str = "",
    progress: Progress = silent,
) -> bytes:
    """The card as it stood on `today`; `progress` counts the rows set on it and may raise Cancelled."""
    form = card.form_type
    holder = card.holder.name if card.holder is not None else "Almacenes"
    story: list[Flowable] = [
        bookmark(_TITLE, "tarjeta"),
        paragraph(_TITLE, "act"),
        facts_block(
            (
                ("Formulario", f"{form.code}, {form.title}"),
                ("Versión de la hoja", form.layout_version or "No registrada"),
                ("Tenedor", holder),
                ("Campaña", campaign),
                ("Período", _period(card, today)),
                (
                    "Existencia mínima",
                    format_count(form.minimum_stock) if form.minimum_stock else "No fijada",
                ),
            )
        ),
        space(3),
        card_table(card, progress),
        paragraph(
            "Solo formularios en blanco: los usados, anulados, extraviados y deteriorados salen de esta tarjeta con el "
            "movimiento que los registra.",
            "note",
        ),
    ]
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"Tarjeta kardex: {form.code}, {holder}",
        author=letterhead.entity,
        foot_number=f"Tarjeta kardex: {form.code}",
        watermark=watermark,
        continuation_head=f"Tarjeta kardex: {form.code}\n{holder}",
    )
    return build_paper(story, paper_format).pdf


def card_table(card: Card, progress: Progress = silent) -> "Flowable":
    """The entries; what VAN says at the foot of a page VIENEN says again at the head of the next."""
    rows: list[Row] = [
        (
            Cell("SALDO ANTERIOR", span=4, bold=True, align="left"),
            "",
            "",
            Cell(format_count(card.opening), bold=True),
        )
    ]
    rows += [_row(card, entry) for entry in card.entries]
    received = list(accumulate((entry.received for entry in card.entries), initial=0))
    issued = list(accumulate((entry.issued for entry in card.entries), initial=0))

    def carry(label: str, count: int) -> Row:
        done = count - 1  # the first row is the opening balance
        return _sums(label, received[done], issued[done], card.opening + received[done] - issued[done])

    return ruled_table(
        _COLUMNS,
        ToldRows(rows, progress),
        foot=[_sums("SALDO FINAL", card.received, card.issued, card.closing)],
        carry=carry,
        font_size=8,
    )


def _sums(label: str, received: int, issued: int, balance: int) -> Row:
    return (
        Cell(label, span=4, bold=True, align="right"),
        Cell(format_count(received), bold=True),
        Cell(format_count(issued), bold=True),
        Cell(format_count(balance), bold=True),
    )


def _row(card: Card, entry: CardEntry) -> Row:
    side = f" {'de' if entry.received else 'a'} {entry.counterpart}" if entry.counterpart else ""
    detail = [f"{entry.kind.label}{side}"]
    detail += [whole_numbers(text) for text in (entry.detail, entry.document) if text]
    return (
        format_date(entry.moved_on),
        f"{entry.movement_number:06d}",
        detail,
        short_ranges(card.form_type, entry.forms),
        format_count(entry.received) if entry.received else "",
        format_count(entry.issued) if entry.issued else "",
        format_count(entry.balance),
    )


def _period(card: Card, today: "date") -> str:
    until = format_date(card.until or today)
    return f"Del {format_date(card.since)} al {until}" if card.since else f"Hasta el {until}"
