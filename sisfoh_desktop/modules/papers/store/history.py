"""Which papers were made for a matter, so that its history tells of them too."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.modules.papers.tables import PaperRow


def list_paper_ids(session: Session, subject: str) -> list[int]:
    """Every paper of the matter ("resolucion:12"), withdrawn versions included."""
    return list(session.scalars(select(PaperRow.id).where(PaperRow.subject == subject).order_by(PaperRow.id)))
