"""Reads and writes of what each frozen version of an act said."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.modules.resoluciones.rules import ActVersion, Part
from sisfoh_desktop.modules.resoluciones.tables import ResolucionVersionRow


def add_version(
    session: Session,
    resolucion_id: int,
    draft_round: int,
    *,
    frozen_at: datetime,
    number_text: str,
    parts: Sequence[Part],
) -> None:
    """Keep what an act says at its freeze."""
    session.add(
        ResolucionVersionRow(
            resolucion_id=resolucion_id,
            draft_round=draft_round,
            frozen_at=frozen_at,
            number_text=number_text,
            parts=json.dumps([asdict(part) for part in parts], ensure_ascii=False),
        )
    )


def list_versions(session: Session, resolucion_id: int) -> list[ActVersion]:
    """The frozen versions of an act, the first one first."""
    rows = session.scalars(
        select(ResolucionVersionRow)
        .where(ResolucionVersionRow.resolucion_id == resolucion_id)
        .order_by(ResolucionVersionRow.draft_round)
    )
    return [
        ActVersion(
            row.draft_round,
            row.frozen_at,
            row.number_text,
            tuple(Part(one["kind"], one["name"], one["text"]) for one in json.loads(row.parts)),
        )
        for row in rows
    ]
