"""Whether handovers were changed past the program, for `comprobar`. Told, never repaired."""

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.checks import Check, check_of
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.rules.sealing import find_differences
from sisfoh_desktop.modules.handover.store import checking as store
from sisfoh_desktop.modules.handover.store import handovers as handover_store

_NAME = "entregas de cargo"
_SOUND = "Toda entrega de cargo dice lo que decía al emitirse su acta."
_ADVICE = (
    "Alguien las cambió fuera del programa: el acta archivada sigue diciendo lo que se firmó; conserve una copia de "
    "la base y avise a quien la administra."
)


def check_handovers(db: Database) -> list[Check]:
    """`entregas de cargo`: each issued handover says what it said when its acta was drawn up, and so do its systems."""
    try:
        with db.reading() as session:
            found = find_differences(store.trail_words(session), handover_store.list_handovers(session))
    except SisfohError as error:
        return [Check(_NAME, False, error.sentence)]
    except (ValueError, TypeError, AttributeError):  # an entry or a list of parts that nobody can read
        return [Check(_NAME, False, f"No se pudieron leer las entregas de cargo. {_ADVICE}")]
    return [check_of(_NAME, found, sound=_SOUND, advice=_ADVICE)]
