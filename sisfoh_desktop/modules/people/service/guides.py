"""The notes of each role, and its guide of two pages to be printed."""

import tomllib
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.help_topics import help_topics
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.people.rules.role_notes import RoleNotes, TourStop

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database


@cache
def role_notes() -> tuple[RoleNotes, ...]:
    """The notes of every role, in the order of the file; FileFailed where it is missing or damaged."""
    try:
        read = tomllib.loads(resource("help", "tours.toml").read_text(encoding="utf-8"))
        return tuple(_notes(row) for row in read["tour"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FileFailed(
            "No se pudieron leer los recorridos y guías del programa; lo demás sigue funcionando. "
            "Vuelva a instalar el programa para recuperarlos."
        ) from error


def role_guide_bytes(db: "Database", key: str, on: date) -> bytes:
    """The guide of a role as a PDF of two A4 pages, with the head of the office; RuleError `role_unknown`."""
    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.modules.people.report.role_guide import role_guide_pdf

    notes = next((one for one in role_notes() if one.key == key), None)
    if notes is None:
        raise RuleError("role_unknown", f"No hay una guía para el rol «{key[:40]}»; elija otro de la lista.")
    municipality = office.find_municipality(db)
    letterhead = Letterhead("SISFOH Desktop") if municipality is None else office.letterhead(db, on)
    titles = {topic.key: topic.title for topic in help_topics()}
    return role_guide_pdf(
        notes,
        letterhead,
        topics=[titles[topic] for topic in notes.topics if topic in titles],
        watermark=office.watermark(db),
        on=on,
    )


def _notes(row: dict[str, Any]) -> RoleNotes:
    return RoleNotes(
        key=row["key"],
        roles=tuple(row["roles"]),
        title=row["title"],
        purpose=row["purpose"],
        daily=tuple(row["daily"]),
        weekly=tuple(row["weekly"]),
        seldom=tuple(row["seldom"]),
        keys=tuple((key, use) for key, use in row["keys"]),
        topics=tuple(row["help"]),
        stops=tuple(
            TourStop(
                title=step["title"],
                text=step["text"],
                page=step.get("page", ""),
                tab=step.get("tab", ""),
                targets=tuple(step["target"]),
            )
            for step in row["step"]
        ),
    )
