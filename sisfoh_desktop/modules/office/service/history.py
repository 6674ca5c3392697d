"""The history of the whole office: who changed which of its facts, and what it was before."""

from dataclasses import replace

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import (
    Body,
    Holiday,
    LegalTerm,
    Legend,
    Norm,
    Officer,
    YearName,
)
from sisfoh_desktop.modules.office.rules.history import HISTORY_WORDS

_LONGEST_NAME = 60


def history(db: Database) -> list[HistoryLine]:
    """The last changes of the office's facts, newest first, each with the name that the fact has today."""
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
    return history_of(db, (), words, named=named, actions="office.")
