"""The hoja de ruta: each step of the file with its dates, what was asked, and room to sign. Loads reportlab."""

from collections.abc import Sequence

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.page import bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.expedientes.report.surround import Surround, code_of, cut
from sisfoh_desktop.modules.expedientes.rules import Document, Expediente, OpinionLine, Step

_SMALL = 8.0
_BLANK_ROWS = 4  # to be filled in by hand on the way
_SIGNING_ROOM = ["\u00a0"] * 4  # lines that make a row tall enough for a signature


def hoja_ruta_pdf(
    expediente: Expediente, surround: Surround, *, steps: Sequence[Step], opinions: Sequence[OpinionLine] = ()
) -> bytes:
    """The route sheet; `steps` in order of date with the working days between them."""
    columns = [
        Column("N°", width_mm=7, align="center"),
        Column("DE → PARA", width_mm=26),
        Column("DOCUMENTO Y ACCIÓN"),
        Column("SALIDA", width_mm=17, align="center"),
        Column("ENTRADA", width_mm=17, align="center"),
        Column("D. H.", width_mm=10, align="right"),
        Column("FIRMA Y SELLO DE RECEPCIÓN", width_mm=32),
    ]
    rows = [_row(number, step, opinions) for number, step in enumerate(steps, start=1)]
    blank: list[Row] = [("", "", "", "", "", "", _SIGNING_ROOM) for _ in range(_BLANK_ROWS)]
    story = [
        bookmark("Hoja de ruta", "hoja"),
        space(4),
        paragraph("HOJA DE RUTA", "act"),
        paragraph(code_of(expediente), "title"),
        ruled_table(
            [Column("", width_mm=27), Column("")], [(Cell("Asunto", bold=True), cut(expediente.title, 600))]
        ),
        space(4),
        ruled_table(columns, [*rows, *blank], font_size=_SMALL),
        paragraph(
            "D. H.: días hábiles desde el documento anterior. La entrada es el día en que se recibió; en blanco, "
            "no se registró. Las filas vacías se llenan a mano.",
            "note",
        ),
    ]
    return build_paper(story, surround.paper_format("Hoja de ruta", expediente)).pdf


def _row(number: int, step: Step, opinions: Sequence[OpinionLine]) -> Row:
    entry = step.document.entry
    received = format_date(entry.received_on) if entry.received_on else ""
    return (
        str(number),
        [entry.sender.label, f"→ {entry.receiver.label}"],
        [step.document.title, *_actions(step.document, opinions)],
        format_date(entry.on),
        received,
        "" if step.workdays is None else str(step.workdays),
        _SIGNING_ROOM,
    )


def _actions(document: Document, opinions: Sequence[OpinionLine]) -> list[str]:
    """What is asked with the document, or what it answers."""
    entry = document.entry
    asked = [
        f"Pide {line.request.name}; vence el {format_date(line.due)}."
        for line in opinions
        if line.request.document_id == document.id
    ]
    answered = [
        f"Responde: {line.request.name}"
        for line in opinions
        if line.request.answer is not None and line.request.answer.document_id == document.id
    ]
    told = [cut(entry.subject, 160)]
    if entry.opinion.value != "ninguna":
        told.append(f"{entry.opinion.label}.")
    if not asked and entry.asks_reply:
        asked = ["Pide respuesta."]
    return [*told, *answered, *asked]
