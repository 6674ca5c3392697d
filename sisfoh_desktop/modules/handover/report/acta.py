"""The acta of a handover on A4: who gives and receives, the clocks that run, and a table for each part.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.progress import Progress, ToldRows, silent
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.handover.rules.checks import read_credential, summary
from sisfoh_desktop.modules.handover.rules.facts import (
    Handover,
    Line,
    Section,
    of_section,
    running,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "Acta de entrega de cargo"
_WITH_DAY = (
    Column("N°", width_mm=9, align="center"),
    Column("Qué se entrega", share=1.0),
    Column("Cómo está", share=1.2),
    Column("Vence", width_mm=22, align="center"),
)
_WITHOUT_DAY = _WITH_DAY[:3]
_RUNNING = (
    Column("Vence", width_mm=22, align="center"),
    Column("Asunto", share=1.6),
    Column("De", share=1.0),
)
_SYSTEMS = (
    Column("N°", width_mm=9, align="center"),
    Column("Sistema, equipo o llave", share=1.1),
    Column("Dónde se guarda la clave", share=1.0),
    Column("Quién la custodia", share=0.8),
)


@dataclass(frozen=True)
class ActaFrame:
    """What surrounds the acta: the letterhead of the day, place and moment, legend and watermark."""

    letterhead: "Letterhead"
    place: str
    made_at: datetime
    legend: str = ""
    watermark: str = ""


def handover_pdf(
    handover: Handover,
    lines: Sequence[Line],
    frame: ActaFrame,
    *,
    fields: tuple[str, str],
    progress: Progress = silent,
) -> BuiltPaper:
    """The acta with a field for each of the two: `fields` are those of whoever receives and of whoever gives.

    `progress` counts the lines set on it and may raise Cancelled.
    """
    moment = frame.made_at.astimezone(LIMA)
    receives, gives = fields
    number = handover.number_text
    story: list[Flowable] = [
        bookmark(_TITLE, "acta"),
        paragraph("ACTA DE ENTREGA Y RECEPCIÓN DE CARGO", "act"),
        rich_paragraph(bold(f"N°\u00a0{number}"), "centred"),
        paragraph(_opening(handover, frame.place, moment.date())),
        rich_paragraph(_grounds(handover), "left"),
        rich_paragraph(
            f"Al {format_date(moment.date())}, {moment:%H:%M}, el cargo tiene "
            f"{bold(summary(lines, moment.date()))}.",
            "left",
        ),
        *_clocks(lines, moment.date()),
    ]
    listed = (*handover.sections, *([Section.CREDENTIALS] if handover.credentials else []))
    before = 0
    for annex, section in enumerate(listed, 1):
        held = of_section(lines, section)
        story += _annex(annex, section, held, _after(before, len(lines), progress))
        before += len(held)
    if handover.note:
        story += [space(2), rich_paragraph(f"{bold('Observación:')} {safe(handover.note)}", "left")]
    story += [
        space(2),
        paragraph(
            "Quien entrega declara que lo anterior es lo pendiente del cargo según los registros de la oficina; quien "
            "recibe lo recibe en ese estado. Esta acta no contiene contraseñas ni PIN: las claves se entregan en "
            "persona, y quien recibe las cambia. Ambos firman en señal de conformidad.",
        ),
        signature_zone(
            [
                SignatureSlot(gives, "author", handover.leaver.name, handover.leaver.position, "ENTREGA"),
                SignatureSlot(
                    receives, "author", handover.receiver.name, handover.receiver.position, "RECIBE"
                ),
            ]
        ),
    ]
    foot = f"{_TITLE} N° {number}"
    return build_paper(
        story,
        PaperFormat(
            letterhead=frame.letterhead,
            title=f"{_TITLE} de {handover.leaver.name}",
            author=frame.letterhead.entity,
            foot_number=foot,
            legend=frame.legend,
            watermark=frame.watermark,
            continuation_head=foot,
        ),
    )


def _opening(handover: Handover, place: str, on: date) -> str:
    giver, taker = handover.leaver, handover.receiver
    where = f"En {place}, a {long_date(on)}" if place else f"El {long_date(on)}"
    from_unit = f", de {giver.unit}" if giver.unit else ""
    to_unit = f", de {taker.unit}" if taker.unit else ""
    return (
        f"{where}, {giver.told}{from_unit}, entrega su cargo a {taker.told}{to_unit}, con efecto desde el "
        f"{format_date(handover.handed_on)}."
    )


def _grounds(handover: Handover) -> str:
    told = f"{bold('Motivo:')} {safe(handover.reason.rstrip('.'))}."
    if handover.document:
        told += f" {bold('Documento:')} {safe(handover.document.rstrip('.'))}."
    return told


def _clocks(lines: Sequence[Line], today: date) -> "list[Flowable]":
    clocks = running(lines)
    if not clocks:
        return [paragraph("No corre ningún plazo.", "left")]
    rows = [
        (
            Cell(format_date(line.due) + (" (vencido)" if line.due < today else ""), bold=line.due < today),
            line.title,
            line.section.label,
        )
        for line in clocks
        if line.due is not None
    ]
    return [
        bookmark("Plazos que corren", "plazos", level=1),
        paragraph("Plazos que corren", "heading"),
        ruled_table(_RUNNING, rows, font_size=8.5),
    ]


def _after(before: int, total: int, progress: Progress) -> Progress:
    """The count of one table within that of the whole acta."""
    return lambda done, _total: progress(before + done, total)


def _annex(number: int, section: Section, lines: Sequence[Line], progress: Progress) -> "list[Flowable]":
    title = f"Anexo {number}. {section.label}"
    head: list[Flowable] = [bookmark(title, f"anexo{number}", level=1), paragraph(title, "heading")]
    if not lines:
        return [*head, paragraph("Nada pendiente.", "left")]
    if section is Section.CREDENTIALS:
        rows = [(str(place), *read_credential(line)) for place, line in enumerate(lines, 1)]
        return [*head, ruled_table(_SYSTEMS, ToldRows(rows, progress), font_size=8.5)]
    if any(line.due is not None for line in lines):
        dated = [
            (str(place), line.title, line.detail, format_date(line.due) if line.due else "")
            for place, line in enumerate(lines, 1)
        ]
        return [*head, ruled_table(_WITH_DAY, ToldRows(dated, progress), font_size=8.5)]
    plain = [(str(place), line.title, line.detail) for place, line in enumerate(lines, 1)]
    return [*head, ruled_table(_WITHOUT_DAY, ToldRows(plain, progress), font_size=8.5)]
