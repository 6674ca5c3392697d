"""The history of the office, or of one of its facts: who changed it, and what it was before."""

from dataclasses import replace

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.basics.history_words import known_parts
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import (
    Body,
    DatedFact,
    Holiday,
    LegalTerm,
    Legend,
    Norm,
    Officer,
    Unit,
    YearName,
)
from sisfoh_desktop.modules.office.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.office.service.changes import noun

_LONGEST_NAME = 60


def history(db: Database, fact: DatedFact | Unit | None = None) -> list[HistoryLine]:
    """The last changes of the office's facts, newest first, each with the name that the fact has today.

    With `fact` those of that one alone, and who saw the whole DNI of an officer.
    """
    with db.reading() as session:
        units = {str(name.unit_id): name.name for name in store.list_unit_names(session)}
        called = {
            **{f"unit:{unit_id}": name for unit_id, name in units.items()},
            **{f"officer:{one.id}": one.full_name for one in store.list_dated(session, Officer)},
            **{f"body:{one.id}": one.siglas for one in store.list_dated(session, Body)},
            **{f"norm:{one.id}": one.code for one in store.list_dated(session, Norm)},
            **{f"year_name:{one.id}": one.text for one in store.list_dated(session, YearName)},
            **{f"legend:{one.id}": one.text for one in store.list_dated(session, Legend)},
            **{f"holiday:{one.id}": one.name for one in store.list_dated(session, Holiday)},
            **{f"legal_term:{one.id}": one.title for one in store.list_dated(session, LegalTerm)},
        }
    words = replace(HISTORY_WORDS, values={**HISTORY_WORDS.values, "unit_id": units, "parent_id": units})
    named = {subject: name[:_LONGEST_NAME] for subject, name in called.items()}
    if fact is None:
        return history_of(db, (), words, named=named, actions="office.")
    others = [part.words for part in known_parts() if part.words is not HISTORY_WORDS]
    return history_of(db, (f"{noun(fact)}:{fact.id}",), [words, *others])
