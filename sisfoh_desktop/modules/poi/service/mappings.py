"""What the columns of a layout mean, as a person confirmed it: kept by its titles and found again by them."""

from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.texts import clean_name
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.column_mapping import missing_meanings
from sisfoh_desktop.modules.poi.rules.head_words import JOINED
from sisfoh_desktop.modules.poi.rules.import_plan import LayoutProposal, SavedMapping
from sisfoh_desktop.modules.poi.rules.importing import ColumnMapping, Profile
from sisfoh_desktop.modules.poi.sheet import importing as sheet
from sisfoh_desktop.modules.poi.store import importing as store
from sisfoh_desktop.sheets.reading import read_workbook

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def propose_mapping(
    db: Database, *, data: bytes, file_name: str, stage: str = "", progress: Progress = silent
) -> LayoutProposal:
    """What the columns of a file's table seem to mean, or what a person confirmed for these titles before.

    `stage` is the block of CEPLAN's export taken as programmed. FileFailed for a file that cannot be read safely;
    RuleError `poi_head_missing`.
    """
    found = sheet.propose_table(read_workbook(data, file_name, progress=progress), stage)
    if found is None:
        raise RuleError(
            "poi_head_missing",
            "El archivo no tiene la cabecera de un POI; no se leyó nada. Hacen falta títulos como Unidad orgánica, "
            "Actividad, Unidad de medida, Meta anual y los meses o trimestres.",
        )
    saved = find_mapping(db, found.mapping.heads) if found.mapping.profile is Profile.GENERIC else None
    return LayoutProposal(
        mapping=saved.mapping if saved is not None else found.mapping,
        known=saved is not None or found.mapping.profile is not Profile.GENERIC,
        preview=found.preview,
        saved_name=saved.name if saved is not None else "",
        title=found.title,
        year=found.year,
        quarter=found.quarter,
        stages=found.stages,
    )


def list_mappings(db: Database) -> list[SavedMapping]:
    """The confirmed layouts, by name."""
    with db.reading() as session:
        return store.list_mappings(session)


def find_mapping(db: Database, heads: tuple[str, ...]) -> SavedMapping | None:
    """The confirmed meanings of columns with these titles (accents and capitals aside)."""
    with db.reading() as session:
        return store.find_mapping(session, heads)


def save_mapping(
    db: Database, *, actor: Actor, now: datetime, name: str, mapping: ColumnMapping, token: str | None = None
) -> int:
    """Keep what a person confirmed, over what was kept for the same titles; its id.

    RuleError `mapping_incomplete` or `mapping_repeated`, or as in `basics.texts`.
    """
    kept = clean_name(name, what="el nombre de la disposición", limit=120)
    check_mapping(mapping)

    def change(session: "Session") -> int:
        mapping_id = store.save_mapping(session, kept, mapping, now=now, user=actor.user)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="poi_mapping.save",
            subject=f"poi_mapping:{mapping_id}",
            after={"name": kept, "columns": len([one for one in mapping.meanings if one])},
        )
        return mapping_id

    return db.run_once(token, change)


def check_mapping(mapping: ColumnMapping) -> None:
    """RuleError where the columns do not tell what an activity needs, or two of them mean the same."""
    if missing_meanings(mapping):
        raise RuleError(
            "mapping_incomplete",
            "Faltan columnas: diga cuál es la de la actividad y al menos una de cifras. No se importó nada.",
        )
    told = [one for one in mapping.meanings if one and one not in JOINED]
    if len(set(told)) != len(told):
        raise RuleError(
            "mapping_repeated",
            "Dos columnas dicen lo mismo: deje una sola para cada significado. No se importó nada.",
        )
