"""The cover of an expediente: its data, and the índice foliado of its documents and its act. Loads reportlab."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.documents.page import bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.expedientes.report.surround import Surround, code_of, party_text, tied
from sisfoh_desktop.modules.expedientes.rules import (
    UNCOUNTED,
    Document,
    Expediente,
    FolioLine,
    Holder,
    SequelStep,
    folio_index,
    total_folios,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_SMALL = 8.5  # points


def caratula_pdf(
    expediente: Expediente,
    surround: Surround,
    *,
    holder: Holder | None = None,
    plan_title: str = "",
    followed: Sequence[SequelStep] = (),
) -> bytes:
    """The cover; `holder` has the file on the day of printing, `plan_title` is the plan it is about.

    `followed` are the steps after the chain: the act and its papers.
    """
    index = folio_index(expediente.documents, followed)
    story = [
        bookmark("Carátula", "caratula"),
        space(4),
        paragraph("CARÁTULA DEL EXPEDIENTE", "act"),
        paragraph(code_of(expediente), "title"),
        space(3),
        ruled_table([Column("", width_mm=42), Column("")], _data(expediente, index, holder, plan_title)),
        space(7),
        bookmark("Índice foliado", "indice"),
        paragraph("ÍNDICE FOLIADO", "title"),
    ]
    if not index:
        story.append(paragraph("El expediente todavía no tiene documentos.", "centred"))
    else:
        story.append(_index(index))
        story += [paragraph(note, "note") for note in _notes(index)]
    return build_paper(story, surround.paper_format("Carátula", expediente)).pdf


def _data(
    expediente: Expediente, index: Sequence[FolioLine], holder: Holder | None, plan_title: str
) -> list[Row]:
    counted, uncounted = total_folios(index)
    folios = format_number(counted) if counted else ""
    if uncounted:
        missing = "1 documento" if uncounted == 1 else f"{uncounted} documentos"
        folios = f"{folios}, más {missing} {UNCOUNTED}" if folios else f"{missing} {UNCOUNTED}"
    state = expediente.state.label
    if expediente.resolved_on is not None:
        state = f"{state} del {format_date(expediente.resolved_on)}"
    lines = [
        ("Asunto", expediente.title),
        ("Código", expediente.code),
        ("Registro de ingreso", expediente.registry),
        ("Plan de trabajo", plan_title),
        ("Abierto el", format_date(expediente.opened_on)),
        ("Estado", state),
        ("Lo tiene", f"{party_text(holder.party)}, desde el {format_date(holder.since)}" if holder else ""),
        ("Documentos", str(len(index))),
        ("Folios", folios),
    ]
    return [(Cell(head, bold=True), tied(text)) for head, text in lines if text]


def _index(index: Sequence[FolioLine]) -> "Flowable":
    columns = [
        Column("N°", width_mm=8, align="center"),
        Column("DOCUMENTO"),
        Column("FECHA", width_mm=19, align="center"),
        Column("DE", width_mm=22),
        Column("PARA", width_mm=22),
        Column("FOLIOS", width_mm=20, align="center"),
        Column("DEL – AL", width_mm=17, align="center"),
    ]
    rows = [
        (str(number), *_told(line.paper), line.count, line.span) for number, line in enumerate(index, start=1)
    ]
    return ruled_table(columns, rows, font_size=_SMALL)


def _told(paper: Document | SequelStep) -> tuple[list[str], str, str, str]:
    """What it is, its date, from whom, to whom."""
    if isinstance(paper, SequelStep):
        return [tied(paper.title), tied(paper.action)], format_date(paper.day), paper.sender, paper.receiver
    entry = paper.entry
    told = [tied(paper.title), tied(entry.subject), f"Reg. {entry.registry}" if entry.registry else ""]
    return [text for text in told if text], format_date(entry.on), entry.sender.label, entry.receiver.label


def _notes(index: Sequence[FolioLine]) -> list[str]:
    uncounted = [number for number, line in enumerate(index, start=1) if line.folios is None]
    if not uncounted:
        return ["Los folios se cuentan desde el documento más antiguo."]
    one = len(uncounted) == 1
    which = number_list(uncounted)
    who = f"El documento N° {which} está" if one else f"Los documentos N° {which} están"
    told = f"{who} {UNCOUNTED}: desde el N° {uncounted[0]} no se puede decir qué folio le toca a cada uno."
    return [tied(told)]


def number_list(numbers: Sequence[int]) -> str:
    """`1 a 9`, `3, 5 a 8, 11`: runs of three or more told by their ends; a long list is cut."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told: list[str] = []
    for run in runs:
        told += [f"{run[0]} a {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return ", ".join(told[:20]) + (", …" if len(told) > 20 else "")
