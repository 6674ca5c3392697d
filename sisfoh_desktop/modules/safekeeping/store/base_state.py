"""What the database itself tells of its engine, size, schema and trail."""

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from sisfoh_desktop.db.audit import AuditHeadRow


@dataclass(frozen=True)
class Measures:
    """Figures of an open base."""

    engine: str
    byte_count: int | None
    revision: str
    entry_count: int


def read_measures(session: Session, *, is_sqlite: bool) -> Measures:
    """The figures as they are now."""
    if is_sqlite:
        version = session.scalar(select(func.sqlite_version()))
        pages, size = (session.scalar(text(f"PRAGMA {name}")) for name in ("page_count", "page_size"))
        engine, byte_count = f"SQLite {version}", int(pages or 0) * int(size or 0)
    else:
        engine = f"PostgreSQL {str(session.scalar(text('SHOW server_version'))).split(' ')[0]}"
        byte_count = session.scalar(text("SELECT pg_database_size(current_database())"))
    return Measures(
        engine=engine,
        byte_count=byte_count,
        revision=str(session.scalar(text("SELECT version_num FROM alembic_version")) or ""),
        entry_count=session.scalar(select(AuditHeadRow.entries)) or 0,
    )
