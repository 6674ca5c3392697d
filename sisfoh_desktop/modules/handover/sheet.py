"""The spreadsheets of a handover's folder: what is pending, and the papers of the archive."""

from collections.abc import Iterable, Sequence
from datetime import date

from sisfoh_desktop.modules.handover.rules.facts import Line
from sisfoh_desktop.modules.papers.rules import PaperLine
from sisfoh_desktop.sheets.workbook import Column, table_workbook

_STATES = {
    "congelada": "Por firmar",
    "en_firma": "En firma",
    "firmada": "Firmada",
    "anulada": "Anulada",
    "observada": "Observada",
}


def pending_xlsx(lines: Sequence[Line], today: date, *, foot: str, mark: str) -> bytes:
    """Every line of the acta; days left are calendar days, negative once it is overdue."""
    rows = (
        (
            line.section.label,
            line.title,
            line.detail,
            line.due,
            (line.due - today).days if line.due is not None else None,
        )
        for line in lines
    )
    columns = ("Parte", Column("Qué se entrega", 48), Column("Cómo está", 60), "Vence", "Días que quedan")
    return table_workbook("Pendientes", columns, rows, foot=foot, mark=mark)


def papers_xlsx(papers: Iterable[PaperLine], *, foot: str, mark: str) -> bytes:
    """The papers that the archive of the office keeps, the newest first."""
    rows = (
        (
            one.number_text,
            one.title,
            one.dated,
            _STATES.get(one.state.value, one.state.value),
            f"{one.signed_count} de {one.signer_count}",
        )
        for one in papers
    )
    columns = ("Número", Column("Papel", 60), "Fecha", "Estado", "Firmas")
    return table_workbook("Papeles del archivo", columns, rows, foot=foot, mark=mark)
