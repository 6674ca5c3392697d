"""What «Buscar en todo» finds of expedientes: they themselves, and each document of their chains."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.searching import LONGEST_WORDS, RecordHit
from sisfoh_desktop.modules.expedientes.rules import DocumentKind
from sisfoh_desktop.modules.expedientes.tables import ExpedienteDocumentRow, ExpedienteRow


def list_findable(session: Session) -> list[RecordHit]:
    """Every expediente, the newest first, then every document that was not withdrawn; two queries."""
    files = session.execute(
        select(
            ExpedienteRow.id, ExpedienteRow.title, ExpedienteRow.code, ExpedienteRow.registry_number
        ).order_by(ExpedienteRow.id.desc())
    ).all()
    titles = {row.id: row.title for row in files}
    document = ExpedienteDocumentRow
    documents = session.execute(
        select(
            document.expediente_id,
            document.kind,
            document.kind_word,
            document.number_text,
            document.subject,
            document.registry_number,
            document.from_siglas,
            document.from_name,
            document.from_person,
            document.to_siglas,
            document.to_name,
            document.to_person,
            document.says,
        )
        .where(document.withdrawn_reason == "")
        .order_by(document.dated.desc(), document.id.desc())
    )
    return [
        *(
            RecordHit(
                "expedientes",
                row.id,
                row.title,
                "Expediente" + (f" {row.code}" if row.code else ""),
                row.registry_number,
            )
            for row in files
        ),
        *(
            RecordHit(
                "expedientes",
                row.expediente_id,
                f"{row.kind_word or DocumentKind(row.kind).label} {row.number_text}",
                row.subject or f"Documento de «{titles.get(row.expediente_id, '')}»",
                " ".join([*map(str, row[5:12]), row.says[:LONGEST_WORDS]]),
            )
            for row in documents
        ),
    ]
