"""Reads and writes of the absences of users."""

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.people.rules.facts import Absence, AbsenceLine
from sisfoh_desktop.modules.people.tables import UserAbsenceRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session


def list_of_user(session: "Session", user_id: int) -> list[Absence]:
    """The last first, those without effect too."""
    rows = session.scalars(
        select(UserAbsenceRow)
        .where(UserAbsenceRow.user_id == user_id)
        .order_by(UserAbsenceRow.first_day.desc(), UserAbsenceRow.id.desc())
        .execution_options(populate_existing=True)
    )
    return [_absence(row) for row in rows]


def list_absences(session: "Session") -> list[AbsenceLine]:
    """Of everybody, the last first."""
    rows = session.execute(
        select(UserAbsenceRow, UserRow.login, UserRow.name)
        .join(UserRow, UserRow.id == UserAbsenceRow.user_id)
        .order_by(UserAbsenceRow.first_day.desc(), UserAbsenceRow.id.desc())
        .execution_options(populate_existing=True)
    )
    return [AbsenceLine(_absence(row), login, name) for row, login, name in rows]


def load_absence(session: "Session", absence_id: int) -> Absence:
    """RuleError `absence_unknown`."""
    row = session.get(UserAbsenceRow, absence_id, populate_existing=True)
    if row is None:
        raise RuleError(
            "absence_unknown", "Esa ausencia no existe en esta base; no se cambió nada. Actualice con F5."
        )
    return _absence(row)


def add_absence(session: "Session", absence: Absence) -> int:
    """Its id."""
    done = cast(
        "CursorResult[Any]",
        session.execute(
            insert(UserAbsenceRow).values(
                user_id=absence.user_id, **_values(absence), withdrawn=False, version=1
            )
        ),
    )
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


def save_absence(session: "Session", absence: Absence) -> int:
    """Over the version that was seen; the new one, or StaleRow."""
    return update_version(
        session,
        UserAbsenceRow,
        absence.id,
        absence.version,
        {**_values(absence), "withdrawn": absence.withdrawn},
    )


def _values(absence: Absence) -> dict[str, Any]:
    return {"first_day": absence.first_day, "last_day": absence.last_day, "reason": absence.reason}


def _absence(row: UserAbsenceRow) -> Absence:
    return Absence(
        row.user_id, row.first_day, row.last_day, row.reason, row.withdrawn, id=row.id, version=row.version
    )
