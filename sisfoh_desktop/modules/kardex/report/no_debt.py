"""The constancia that a person owes no forms, with what became of those that they were given.

Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.documents.page import BuiltPaper, bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.kardex.report.acta import acta_format, signers_zone
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count
from sisfoh_desktop.modules.kardex.rules.acta_words import NBSP, ActaSheet
from sisfoh_desktop.modules.kardex.rules.control_sheets import NoDebt
from sisfoh_desktop.modules.kardex.rules.reading import FlowLine

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_PARTS = ("delivered", "used", "returned", "transferred", "annulled", "lost", "damaged", "adjusted")
_COLUMNS = (
    Column("Formulario"),
    *(
        Column(title, width_mm=16.2, align="right")
        for title in (
            "Entregado",
            "Usado",
            "Devuelto",
            "Transfer.",
            "Anulado",
            "Extrav.",
            "Deterior.",
            "Ajustado",
        )
    ),
)


def no_debt_pdf(
    sheet: ActaSheet,
    debt: NoDebt,
    letterhead: "Letterhead",
    *,
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The constancia with the box of whoever issues it."""
    holder, issuer = debt.holder, sheet.draft.gives
    story: list[Flowable] = [
        bookmark(sheet.short_title, "constancia"),
        paragraph("CONSTANCIA DE NO ADEUDO DE FORMULARIOS", "act"),
        paragraph(f"N°{NBSP}{sheet.number}", "title"),
        space(4),
        paragraph(f"Quien suscribe, {issuer.name}, con DNI N°{NBSP}{issuer.dni}, {issuer.position},"),
        paragraph("HACE CONSTAR:", "title"),
        rich_paragraph(
            f"Que {bold(holder.name)}, con DNI N°{NBSP}{safe(holder.dni)}, "
            f"{safe(holder.kind.label.lower())} de la campaña «{safe(sheet.campaign)}»{safe(_document(debt))}, "
            f"no tiene en su poder, al {safe(long_date(sheet.draft.dated))}, formulario alguno de los que se le "
            "entregaron, según el kardex de formularios de esta unidad."
        ),
    ]
    if debt.flows:
        story += [
            paragraph("De lo que se le entregó en la campaña, el kardex registra lo siguiente:"),
            ruled_table(_COLUMNS, [_row(flow) for flow in debt.flows], font_size=8),
        ]
    else:
        story.append(paragraph("En la campaña no se le entregaron formularios."))
    lost = sum(flow.lost + flow.used_then_lost for flow in debt.flows)
    if lost:
        story.append(
            paragraph(
                f"{'El formulario extraviado consta' if lost == 1 else f'Los {lost} formularios extraviados constan'} "
                "en el kardex con su informe. La presente no libera de la responsabilidad que de ello resulte."
            )
        )
    if sheet.draft.note:
        story.append(rich_paragraph(f"{bold('Observaciones:')} {safe(sheet.draft.note)}"))
    story += [
        paragraph(
            "Se expide la presente a solicitud de la persona interesada, para los fines que estime convenientes."
        ),
        paragraph(f"{sheet.place}, {long_date(sheet.draft.dated)}", "right"),
        signers_zone(sheet),
    ]
    return build_paper(story, acta_format(sheet, letterhead, legend=legend, watermark=watermark))


def _row(flow: FlowLine) -> Row:
    counts = (flow.opening + flow.delivered, *(getattr(flow, part) for part in _PARTS[1:]))
    return [Cell(flow.form_type.code, bold=True), *(format_count(one) for one in counts)]


def _document(debt: NoDebt) -> str:
    return f" ({debt.holder.document})" if debt.holder.document else ""
