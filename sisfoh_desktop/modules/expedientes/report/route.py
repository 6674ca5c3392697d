"""The hoja de ruta: each step of the file with its dates, what was asked, and room to sign. Loads reportlab."""

from collections.abc import Callable, Sequence
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.page import bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.expedientes.report.surround import Surround, code_of, cut, tied
from sisfoh_desktop.modules.expedientes.rules import (
    Document,
    Expediente,
    Opinion,
    OpinionLine,
    SequelStep,
    in_file_order,
)

_SMALL = 8.0
_BLANK_ROWS = 4  # to be filled in by hand on the way
_SIGNING_ROOM = ["\u00a0"] * 4  # lines that make a row tall enough for a signature


def hoja_ruta_pdf(
    expediente: Expediente,
    surround: Surround,
    *,
    opinions: Sequence[OpinionLine] = (),
    followed: Sequence[SequelStep] = (),
    workdays: Callable[[date, date], int],
) -> bytes:
    """The route sheet: the chain and, by their day, the steps that `followed` (the act and its papers).

    `workdays` counts the working days after a day, up to another.
    """
    columns = [
        Column("N°", width_mm=7, align="center"),
        Column("DE → PARA", width_mm=26),
        Column("DOCUMENTO Y ACCIÓN"),
        Column("SALIDA", width_mm=17, align="center"),
        Column("ENTRADA", width_mm=17, align="center"),
        Column("D. H.", width_mm=10, align="center"),
        Column("FIRMA Y SELLO DE RECEPCIÓN", width_mm=32),
    ]
    rows: list[Row] = []
    before: date | None = None
    for number, paper in enumerate(in_file_order(expediente.documents, followed), start=1):
        day = paper.day if isinstance(paper, SequelStep) else paper.entry.on
        days = "" if before is None else str(workdays(before, day))
        if isinstance(paper, SequelStep):
            rows.append(_row_after(number, paper, days))
        else:
            rows.append(_row(number, paper, days, opinions))
        before = day
    blank: list[Row] = [("", "", "", "", "", "", _SIGNING_ROOM) for _ in range(_BLANK_ROWS)]
    story = [
        bookmark("Hoja de ruta", "hoja"),
        space(4),
        paragraph("HOJA DE RUTA", "act"),
        paragraph(code_of(expediente), "title"),
        ruled_table(
            [Column("", width_mm=27), Column("")],
            [(Cell("Asunto", bold=True), tied(cut(expediente.title, 600)))],
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


def _row_after(number: int, step: SequelStep, days: str) -> Row:
    way = [step.sender, f"→ {step.receiver}"] if step.receiver else [step.sender]
    told = [tied(step.title), tied(step.action)]
    return (str(number), way, told, format_date(step.day), "", days, _SIGNING_ROOM)


def _row(number: int, document: Document, days: str, opinions: Sequence[OpinionLine]) -> Row:
    entry = document.entry
    received = format_date(entry.received_on) if entry.received_on else ""
    return (
        str(number),
        [entry.sender.label, f"→ {entry.receiver.label}"],
        [tied(text) for text in (document.title, *_actions(document, opinions))],
        format_date(entry.on),
        received,
        days,
        _SIGNING_ROOM,
    )


def _actions(document: Document, opinions: Sequence[OpinionLine]) -> list[str]:
    """What is asked with the document, or what it answers."""
    entry = document.entry
    asked = [
        f"Pide: {line.request.name}; vence el {format_date(line.due)}."
        for line in opinions
        if line.request.document_id == document.id
    ]
    answered = [
        f"Responde: {line.request.name}."
        for line in opinions
        if line.request.answer is not None and line.request.answer.document_id == document.id
    ]
    told = [cut(entry.subject, 160)]
    if entry.opinion is not Opinion.NONE:
        told.append(f"Opinión: {entry.opinion.label.lower()}.")
    if not asked and entry.asks_reply:
        asked = ["Pide: respuesta."]
    return [*told, *answered, *asked]
