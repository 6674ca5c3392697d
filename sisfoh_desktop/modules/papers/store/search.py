"""What «Buscar en todo» finds of the papers: by number, title and who signs them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.modules.papers.tables import PaperRow, PaperSignerRow


def list_findable(session: Session) -> list[RecordHit]:
    """Every paper, the newest first, with its signers; two queries."""
    names: dict[int, list[str]] = {}
    for paper_id, name, unit in session.execute(
        select(PaperSignerRow.paper_id, PaperSignerRow.name, PaperSignerRow.unit)
    ):
        names.setdefault(paper_id, []).append(f"{name} {unit}")
    rows = session.execute(
        select(PaperRow.id, PaperRow.number_text, PaperRow.title, PaperRow.dated, PaperRow.state).order_by(
            PaperRow.id.desc()
        )
    )
    return [
        RecordHit(
            "papers",
            row.id,
            row.title if row.number_text in row.title else f"{row.title} · {row.number_text}",
            f"{row.state.replace('_', ' ').capitalize()} · {format_date(row.dated)}",
            " ".join((row.number_text, *names.get(row.id, ()))),
        )
        for row in rows
    ]
