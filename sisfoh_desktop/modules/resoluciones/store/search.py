"""What «Buscar en todo» finds of the acts: by number, matter and text, and by who received a cargo of theirs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.searching import LONGEST_WORDS, RecordHit
from sisfoh_desktop.modules.resoluciones.tables import (
    ResolucionBlockRow,
    ResolucionNotificationRow,
    ResolucionRow,
)

_LONGEST_BLOCK = 300


def list_texts(session: Session) -> dict[int, str]:
    """The beginning of each block of every act, by the act's id."""
    texts: dict[int, str] = {}
    block = ResolucionBlockRow
    for resolucion_id, text in session.execute(
        select(block.resolucion_id, block.text).order_by(block.resolucion_id, block.position)
    ):
        known = texts.get(resolucion_id, "")
        if len(known) < LONGEST_WORDS:
            texts[resolucion_id] = f"{known} {text[:_LONGEST_BLOCK]}"
    return texts


def find_dni(session: Session, dni: str) -> list[RecordHit]:
    """The acts of which a person with this DNI received a cargo."""
    cargo, act = ResolucionNotificationRow, ResolucionRow
    rows = session.execute(
        select(act.id, act.number_text, cargo.receiver)
        .join(act, cargo.resolucion_id == act.id)
        .where(cargo.dni == dni)
        .order_by(cargo.id.desc())
    )
    return [
        RecordHit("resoluciones", row.id, row.receiver, f"Recibió el cargo de {row.number_text}")
        for row in rows
    ]
