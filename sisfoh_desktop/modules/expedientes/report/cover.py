"""The cover of an expediente: its data, and the índice foliado of its documents. Loads reportlab."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.documents.page import bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.expedientes.report.surround import Surround, code_of, party_text
from sisfoh_desktop.modules.expedientes.rules import (
    UNCOUNTED,
    Expediente,
    Holder,
    folio_index,
    total_folios,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_SMALL = 8.5  # points


def caratula_pdf(
    expediente: Expediente, surround: Surround, *, holder: Holder | None = None, plan_title: str = ""
) -> bytes:
    """The cover; `holder` has the file on the day of printing, `plan_title` is the plan it is about."""
    story = [
        bookmark("Carátula", "caratula"),
        space(4),
        paragraph("CARÁTULA DEL EXPEDIENTE", "act"),
        paragraph(code_of(expediente), "title"),
        space(3),
        ruled_table([Column("", width_mm=42), Column("")], _data(expediente, holder, plan_title)),
        space(7),
        bookmark("Índice foliado", "indice"),
        paragraph("ÍNDICE FOLIADO", "title"),
    ]
    if not expediente.documents:
        story.append(paragraph("El expediente todavía no tiene documentos.", "centred"))
    else:
        story.append(_index(expediente))
        story += [paragraph(note, "note") for note in _notes(expediente)]
    return build_paper(story, surround.paper_format("Carátula", expediente)).pdf


def _data(expediente: Expediente, holder: Holder | None, plan_title: str) -> list[Row]:
    counted, uncounted = total_folios(expediente.documents)
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
        ("Documentos", str(len(expediente.documents))),
        ("Folios", folios),
    ]
    return [(Cell(head, bold=True), text) for head, text in lines if text]


def _index(expediente: Expediente) -> "Flowable":
    columns = [
        Column("N°", width_mm=8, align="center"),
        Column("DOCUMENTO"),
        Column("FECHA", width_mm=19, align="center"),
        Column("DE", width_mm=22),
        Column("PARA", width_mm=22),
        Column("FOLIOS", width_mm=20, align="center"),
        Column("DEL – AL", width_mm=17, align="center"),
    ]
    rows = []
    for number, line in enumerate(folio_index(expediente.documents), start=1):
        document = line.document
        registry = f"Reg. {document.entry.registry}" if document.entry.registry else ""
        told = [document.title, document.entry.subject, registry]
        rows.append(
            (
                str(number),
                [text for text in told if text],
                format_date(document.entry.on),
                document.entry.sender.label,
                document.entry.receiver.label,
                line.count,
                line.span,
            )
        )
    return ruled_table(columns, rows, font_size=_SMALL)


def _notes(expediente: Expediente) -> list[str]:
    index = folio_index(expediente.documents)
    uncounted = [number for number, line in enumerate(index, start=1) if line.document.entry.folios is None]
    if not uncounted:
        return ["Los folios se cuentan desde el documento más antiguo."]
    which = ", ".join(str(number) for number in uncounted[:20]) + (", …" if len(uncounted) > 20 else "")
    who = f"El documento N° {which} está" if len(uncounted) == 1 else f"Los documentos N° {which} están"
    return [f"{who} {UNCOUNTED}: desde el N° {uncounted[0]} no se puede decir qué folio le toca a cada uno."]
