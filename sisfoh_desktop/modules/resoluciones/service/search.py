"""What «Buscar en todo» finds of the acts, with their rectifications and the codes of their cargos."""

from datetime import date

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.resoluciones.rules import chain_label
from sisfoh_desktop.modules.resoluciones.service.delivery.cargos import open_cargo
from sisfoh_desktop.modules.resoluciones.service.lists import list_resoluciones
from sisfoh_desktop.modules.resoluciones.service.rectifying import list_rectifications
from sisfoh_desktop.modules.resoluciones.store import search as store


def list_findable(db: Database, _today: date) -> list[RecordHit]:
    """Every act; one that rectifies or was rectified says so."""
    chains = {one: chain_label(chain) for one, chain in list_rectifications(db).items()}
    with db.reading() as session:
        texts = store.list_texts(session)
    return [
        RecordHit(
            "resoluciones",
            line.id,
            f"{line.act_name} {line.number_text}" if line.number_text else "Borrador de resolución",
            " · ".join(part for part in (line.state.label, line.matter, chains.get(line.id, "")) if part),
            f"{line.act_name} {texts.get(line.id, '')}",
        )
        for line in list_resoluciones(db)
    ]


def find_typed(db: Database, _today: date, typed: str) -> list[RecordHit]:
    """The act whose cargo bears the code typed or scanned."""
    try:
        found = open_cargo(db, typed)
    except RuleError:  # no code, or of no cargo
        return []
    return [
        RecordHit(
            "resoluciones", found.resolucion_id, f"Cargo de {found.recipient.name}", found.state.label, typed
        )
    ]


def find_dni(db: Database, dni: str) -> list[RecordHit]:
    """The acts of which the person received a cargo."""
    with db.reading() as session:
        return store.find_dni(session, dni)


FINDER = Finder(list_findable, frozenset({"resoluciones", "papers", "plans"}), find_typed, find_dni)
