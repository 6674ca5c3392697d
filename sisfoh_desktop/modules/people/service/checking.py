"""Whether users, roles and passwords were changed past the program, for `comprobar`."""

import json
from datetime import date
from typing import Any

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.checks import Check, check_of
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules.checking import (
    KeptAccount,
    credentials_seal,
    find_differences,
    sheet_seal,
)
from sisfoh_desktop.modules.people.service.users import told
from sisfoh_desktop.modules.people.store import checking as store
from sisfoh_desktop.modules.people.store import sheets as sheet_store
from sisfoh_desktop.modules.people.store import users as user_store

_ADVICE = (
    "Alguien cambió los usuarios fuera del programa: conserve una copia de la base, revise esos accesos y avise a "
    "quien administra la base."
)


def check_users(db: Database) -> list[Check]:
    """`usuarios`: everybody has the roles, the state, the days and the password that the trail gave them."""
    try:
        with db.reading() as session:
            words = store.account_words(session)
            sheets = sheet_store.hashes(session)
            kept = [
                KeptAccount(
                    user,
                    _as_told(told(user)),
                    credentials_seal(user_store.load_credentials(session, user.id)),
                    sheet_seal(sheets.get(user.id, "")),
                )
                for user in user_store.list_users(session)
            ]
    except SisfohError as error:
        return [Check("usuarios", False, error.sentence)]
    except ValueError:  # a state, a day or an entry that nobody can read
        return [Check("usuarios", False, f"No se pudieron leer los usuarios. {_ADVICE}")]
    found = find_differences(words, kept)
    return [check_of("usuarios", found, sound="Todo usuario es como lo dejó el historial.", advice=_ADVICE)]


def _as_told(values: dict[str, Any]) -> Any:
    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    return json.loads(json.dumps(values, default=plain))
