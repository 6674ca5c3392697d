"""What the versions of an act said, and what changed from one to another."""

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import ActVersion, PartChange
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion
from sisfoh_desktop.modules.resoluciones.service.gathering import gather


def list_versions(db: Database, resolucion_id: int) -> list[ActVersion]:
    """Every frozen version of an act, the first one first, and the draft as it stands now at the end.

    The present round appears once: as it was frozen, or as a draft. An act frozen before the program kept its
    words shows them as they are told today.
    """
    with db.reading() as session:
        kept = store.list_versions(session, resolucion_id)
    resolucion = load_resolucion(db, resolucion_id)
    if kept and kept[-1].draft_round == resolucion.draft_round:
        return kept
    around = gather(db, resolucion)
    parts = rules.act_parts(resolucion, around.values, around.signers)
    return [*kept, ActVersion(resolucion.draft_round, None, resolucion.number_text, parts)]


def compare_versions(db: Database, resolucion_id: int, older: int, newer: int) -> tuple[PartChange, ...]:
    """Every part of the newer version against the older one; RuleError `version_unknown`."""
    by_round = {version.draft_round: version for version in list_versions(db, resolucion_id)}
    missing = [one for one in (older, newer) if one not in by_round]
    if missing:
        raise RuleError(
            "version_unknown",
            f"De esta resolución no se guardó el texto de la versión {missing[0]}; no hay con qué comparar. Su PDF "
            "sigue en el archivo.",
        )
    return rules.compare_parts(by_round[older].parts, by_round[newer].parts)
